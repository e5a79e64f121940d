//! Lying bars: a name at the left, a bar from zero, the value at its end.

use super::canvas::{Anchor, Area, Canvas, fitted, width};
use super::hues::fill_of;
use super::scale::Scale;
use crate::output::chart::{Chart, label};

/// The part of the width that names may take.
const NAMES: f64 = 0.36;
/// The part of a category's height that its bars take.
const THICKNESS: f64 = 0.68;
/// The tallest bar, in heights of text.
const TALLEST: f64 = 2.2;

/// Draws the bars of `chart` into `area`.
pub(super) fn draw(canvas: &mut Canvas, chart: &Chart, area: Area) {
    let size = canvas.size;
    let scale = Scale::of_chart(chart);
    let plot = plot(chart, area, size);
    let unit = chart.unit();
    let x = |value: f64| plot.x + plot.width * scale.part(value);
    for tick in &scale.ticks {
        canvas.line((x(*tick), plot.y), (x(*tick), plot.bottom()), "grid");
        let at = (x(*tick), plot.bottom() + 1.2 * size);
        canvas.sized_text(at, Anchor::Middle, "soft", 0.85 * size, &unit.tick(*tick));
    }
    let each = plot.height / chart.categories.len().max(1) as f64;
    let count = chart.series.len().max(1) as f64;
    let thick = (each * THICKNESS / count).min(TALLEST * size);
    for (index, category) in chart.categories.iter().enumerate() {
        let middle = plot.y + each * (index as f64 + 0.5);
        let name = fitted(category, size, plot.x - area.x - 0.6 * size);
        let at = (plot.x - 0.6 * size, middle + 0.35 * size);
        canvas.text(at, Anchor::End, "ink", &name);
        let top = middle - thick * count / 2.0;
        for (place, series) in chart.series.iter().enumerate() {
            let cell = &series.values[index];
            let middle = top + thick * (place as f64 + 0.5);
            let value = cell.number().unwrap_or(0.0);
            let (from, to) = (x(0.0_f64.min(value)), x(0.0_f64.max(value)));
            let bar = Area {
                x: from,
                y: middle - 0.44 * thick,
                width: to - from,
                height: 0.88 * thick,
            };
            if value != 0.0 {
                canvas.bar(bar, &fill_of(chart, place, value));
            }
            let class = if series.muted { "soft" } else { "ink" };
            let at = (to + 0.4 * size, middle + 0.33 * size);
            canvas.sized_text(at, Anchor::Start, class, 0.92 * size, &label(cell));
        }
    }
    canvas.line((x(0.0), plot.y), (x(0.0), plot.bottom()), "axis");
    if let Some(target) = &chart.target {
        let at = x(target.value);
        canvas.line((at, plot.y - 0.2 * size), (at, plot.bottom()), "target");
        let words = (at, plot.y - 0.5 * size);
        canvas.sized_text(
            words,
            Anchor::Middle,
            "ink strong",
            0.85 * size,
            &target.label,
        );
    }
}

/// Where the bars go: right of the names, with room for a value at the end of the longest.
fn plot(chart: &Chart, area: Area, size: f64) -> Area {
    let widest = |texts: &mut dyn Iterator<Item = f64>| texts.fold(0.0, f64::max);
    let names = widest(&mut chart.categories.iter().map(|name| width(name, size)));
    let names = names.min(NAMES * area.width) + 0.6 * size;
    let cells = chart.series.iter().flat_map(|series| &series.values);
    let values = widest(&mut cells.map(|cell| width(&label(cell), 0.92 * size))) + 0.6 * size;
    let above = if chart.target.is_some() {
        1.6 * size
    } else {
        0.2 * size
    };
    Area {
        x: area.x + names,
        y: area.y + above,
        width: area.width - names - values,
        height: area.height - above - 1.8 * size,
    }
}
