//! Standing bars and lines: categories from left to right, the axis of values at the left.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a place before another of the same list"
)]

use super::canvas::{Anchor, Area, Canvas, fitted, width};
use super::hues::{fill, fill_of, hue};
use super::scale::Scale;
use crate::output::Cell;
use crate::output::chart::{Chart, ChartKind, Unit, label, short_label};

/// The part of a category's width that its bars take.
const THICKNESS: f64 = 0.68;
/// The widest bar, in heights of text.
const WIDEST: f64 = 4.0;

/// Where things go.
struct Frame<'a> {
    chart: &'a Chart,
    plot: Area,
    scale: Scale,
}

impl Frame<'_> {
    /// The width of one category.
    fn each(&self) -> f64 {
        self.plot.width / self.chart.categories.len().max(1) as f64
    }

    fn middle(&self, index: usize) -> f64 {
        self.plot.x + self.each() * (index as f64 + 0.5)
    }

    fn y(&self, value: f64) -> f64 {
        self.plot.bottom() - self.plot.height * self.scale.part(value)
    }
}

/// Draws the columns or lines of `chart` into `area`.
pub(super) fn draw(canvas: &mut Canvas, chart: &Chart, area: Area) {
    let size = canvas.size;
    let scale = Scale::of_chart(chart);
    let plot = plot(chart, &scale, area, size);
    let frame = Frame { chart, plot, scale };
    axis(canvas, &frame, &chart.unit());
    categories(canvas, &frame);
    match chart.kind {
        ChartKind::Lines => lines(canvas, &frame),
        _ => columns(canvas, &frame),
    }
    if let Some(target) = &chart.target {
        let y = frame.y(target.value);
        canvas.line((plot.x, y), (plot.right(), y), "target");
        let at = (plot.x + 0.3 * size, y - 0.4 * size);
        let class = "ink strong halo";
        canvas.sized_text(at, Anchor::Start, class, 0.85 * size, &target.label);
    }
}

/// Right of the ticks' words, above those of the categories, with room at the right for the names of lines.
fn plot(chart: &Chart, scale: &Scale, area: Area, size: f64) -> Area {
    let unit = chart.unit();
    let widest = |texts: &mut dyn Iterator<Item = f64>| texts.fold(0.0, f64::max);
    let ticks = widest(
        &mut scale
            .ticks
            .iter()
            .map(|tick| width(&unit.tick(*tick), 0.85 * size)),
    );
    let right = match named(chart) {
        true => {
            let names = chart.series.iter().map(|one| width(&one.name, size));
            widest(&mut names.map(|name| name + 0.8 * size))
        }
        false => 0.0,
    };
    let left = ticks + 0.7 * size;
    Area {
        x: area.x + left,
        y: area.y + 1.4 * size,
        width: area.width - left - right,
        height: area.height - 3.3 * size,
    }
}

/// Whether lines carry their names at their right ends.
fn named(chart: &Chart) -> bool {
    chart.kind == ChartKind::Lines && chart.series.len() > 1
}

fn axis(canvas: &mut Canvas, frame: &Frame<'_>, unit: &Unit) {
    let (size, plot) = (canvas.size, frame.plot);
    for tick in &frame.scale.ticks {
        let y = frame.y(*tick);
        let class = if *tick == 0.0 { "axis" } else { "grid" };
        canvas.line((plot.x, y), (plot.right(), y), class);
        let at = (plot.x - 0.5 * size, y + 0.3 * size);
        canvas.sized_text(at, Anchor::End, "soft", 0.85 * size, &unit.tick(*tick));
    }
}

/// The names beneath; where not all have room, every second, third, … and always the last.
fn categories(canvas: &mut Canvas, frame: &Frame<'_>) {
    let size = 0.9 * canvas.size;
    let names = &frame.chart.categories;
    let widest = names
        .iter()
        .map(|name| width(name, size))
        .fold(0.0, f64::max);
    let room = frame.each();
    let every = (((widest + 0.2 * size) / room).ceil() as usize).clamp(1, 4);
    let last = names.len().saturating_sub(1);
    for (index, name) in names.iter().enumerate() {
        if (last - index).is_multiple_of(every) {
            let at = (frame.middle(index), frame.plot.bottom() + 1.6 * size);
            let name = fitted(name, size, room * every as f64);
            canvas.sized_text(at, Anchor::Middle, "ink", size, &name);
        }
    }
}

fn columns(canvas: &mut Canvas, frame: &Frame<'_>) {
    let (chart, size) = (frame.chart, canvas.size);
    let count = chart.series.len().max(1) as f64;
    let thick = (frame.each() * THICKNESS / count).min(WIDEST * size);
    let words = words(chart, thick, size);
    for (place, series) in chart.series.iter().enumerate() {
        for (index, cell) in series.values.iter().enumerate() {
            let Some(value) = cell.number() else { continue };
            let middle = frame.middle(index) + thick * (place as f64 + 0.5 - count / 2.0);
            let (top, bottom) = (frame.y(value.max(0.0)), frame.y(value.min(0.0)));
            let bar = Area {
                x: middle - 0.45 * thick,
                y: top,
                width: 0.9 * thick,
                height: bottom - top,
            };
            if value != 0.0 {
                canvas.bar(bar, &fill_of(chart, place, value));
            }
            beside(canvas, (middle, top - 0.4 * size), &words(cell));
        }
    }
}

/// What is written beside values that have so much room: all of it, less, or nothing, and the same for all of them.
fn words(chart: &Chart, room: f64, size: f64) -> fn(&Cell) -> String {
    let nothing = |_: &Cell| String::new();
    let shapes: [fn(&Cell) -> String; 3] = [label, short_label, nothing];
    let cells = || chart.series.iter().flat_map(|series| &series.values);
    let fits = |shape: &fn(&Cell) -> String| {
        cells().all(|cell| width(&shape(cell), VALUE * size) <= 1.1 * room)
    };
    shapes.into_iter().find(fits).unwrap_or(nothing)
}

/// The size of values beside their marks, in sizes of text.
const VALUE: f64 = 0.88;

fn beside(canvas: &mut Canvas, at: (f64, f64), text: &str) {
    if !text.is_empty() {
        canvas.sized_text(at, Anchor::Middle, "ink halo", VALUE * canvas.size, text);
    }
}

fn lines(canvas: &mut Canvas, frame: &Frame<'_>) {
    let (chart, size) = (frame.chart, canvas.size);
    for (place, series) in chart.series.iter().enumerate() {
        let points: Vec<Option<(f64, f64)>> = series
            .values
            .iter()
            .enumerate()
            .map(|(index, cell)| Some((frame.middle(index), frame.y(cell.number()?))))
            .collect();
        let class = format!("path {}", hue(chart, place));
        for run in points.split(Option::is_none) {
            let run: Vec<(f64, f64)> = run.iter().copied().flatten().collect();
            if run.len() > 1 {
                canvas.polyline(&run, &class);
            }
        }
        for point in points.iter().flatten() {
            canvas.dot(*point, &fill(chart, place));
        }
        if !named(chart) {
            values(canvas, frame, &points, &series.values);
        } else if let Some(end) = points.iter().rev().copied().flatten().next() {
            let at = (frame.plot.right() + 0.3 * size, end.1 + 0.33 * size);
            canvas.text(at, Anchor::Start, "ink", &series.name);
        }
    }
}

/// The values of a single line: above a point, or beneath it where the line comes from above.
fn values(canvas: &mut Canvas, frame: &Frame<'_>, points: &[Option<(f64, f64)>], cells: &[Cell]) {
    let size = canvas.size;
    let words = words(frame.chart, frame.each(), size);
    for (index, (point, cell)) in points.iter().zip(cells).enumerate() {
        let Some((x, y)) = *point else { continue };
        let before = index.checked_sub(1).and_then(|one| points[one]);
        let after = points.get(index + 1).copied().flatten();
        let beside: Vec<f64> = [before, after]
            .into_iter()
            .flatten()
            .map(|(_, y)| y)
            .collect();
        let mean = beside.iter().sum::<f64>() / beside.len().max(1) as f64;
        let beneath = !beside.is_empty() && mean < y && y + 1.6 * size < frame.plot.bottom();
        let away = if beneath { 1.3 * size } else { -0.7 * size };
        self::beside(canvas, (x, y + away), &words(cell));
    }
}
