//! Lying bars: a name at the left, a bar from zero, the value at its end.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a series has a value for each place"
)]

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

/// A chart with the place and the axis of its bars.
struct Bars<'c> {
    chart: &'c Chart,
    scale: Scale,
    plot: Area,
    /// The height of text.
    size: f64,
}

/// Draws the bars of `chart` into `area`.
pub(super) fn draw(canvas: &mut Canvas, chart: &Chart, area: Area) {
    let size = canvas.size;
    let bars = Bars {
        chart,
        scale: Scale::of_chart(chart),
        plot: plot(chart, area, size),
        size,
    };
    bars.grid(canvas);
    let room = bars.plot.x - area.x - 0.6 * size;
    let each = bars.plot.height / chart.categories.len().max(1) as f64;
    for (index, name) in chart.categories.iter().enumerate() {
        let middle = bars.plot.y + each * (index as f64 + 0.5);
        let at = (bars.plot.x - 0.6 * size, middle + 0.35 * size);
        canvas.text(at, Anchor::End, "ink", &fitted(name, size, room));
        bars.category(canvas, index, middle, each);
    }
    bars.upright(canvas, 0.0, 0.0, "axis");
    bars.target(canvas);
}

impl Bars<'_> {
    fn x(&self, value: f64) -> f64 {
        self.plot.x + self.plot.width * self.scale.part(value)
    }

    /// A line at a value, from so far above the bars to their end.
    fn upright(&self, canvas: &mut Canvas, value: f64, above: f64, class: &str) {
        let (x, plot) = (self.x(value), self.plot);
        canvas.line((x, plot.y - above), (x, plot.bottom()), class);
    }

    fn grid(&self, canvas: &mut Canvas) {
        let unit = self.chart.unit();
        for tick in &self.scale.ticks {
            self.upright(canvas, *tick, 0.0, "grid");
            let at = (self.x(*tick), self.plot.bottom() + 1.2 * self.size);
            canvas.sized_text(
                at,
                Anchor::Middle,
                "soft",
                0.85 * self.size,
                &unit.tick(*tick),
            );
        }
    }

    /// The bars of a category, one a series, in the height that each category has around its middle.
    fn category(&self, canvas: &mut Canvas, index: usize, middle: f64, each: f64) {
        let count = self.chart.series.len().max(1) as f64;
        let thick = (each * THICKNESS / count).min(TALLEST * self.size);
        let top = middle - thick * count / 2.0;
        for (place, series) in self.chart.series.iter().enumerate() {
            let cell = &series.values[index];
            let middle = top + thick * (place as f64 + 0.5);
            let value = cell.number().unwrap_or(0.0);
            let (from, to) = (self.x(0.0_f64.min(value)), self.x(0.0_f64.max(value)));
            let bar = Area {
                x: from,
                y: middle - 0.44 * thick,
                width: to - from,
                height: 0.88 * thick,
            };
            if value != 0.0 {
                canvas.bar(bar, &fill_of(self.chart, place, value));
            }
            let class = if series.muted { "soft" } else { "ink" };
            let at = (to + 0.4 * self.size, middle + 0.33 * self.size);
            canvas.sized_text(at, Anchor::Start, class, 0.92 * self.size, &label(cell));
        }
    }

    fn target(&self, canvas: &mut Canvas) {
        if let Some(target) = &self.chart.target {
            self.upright(canvas, target.value, 0.2 * self.size, "target");
            let at = (self.x(target.value), self.plot.y - 0.5 * self.size);
            let size = 0.85 * self.size;
            canvas.sized_text(at, Anchor::Middle, "ink strong", size, &target.label);
        }
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
