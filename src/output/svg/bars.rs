//! Lying bars: a name at the left, or over the bar where the picture is narrow, a bar from zero, the value at its end.
#![allow(
    clippy::indexing_slicing,
    reason = "a series has a value for each place"
)]

use super::super::fonts::width;
use super::canvas::{Anchor, Area, Canvas};
use super::lines::{LINE, lines, widest};
use super::marks::{bar, legend};
use super::scale::Scale;
use crate::output::Cell;
use crate::output::chart::Chart;
use crate::output::short::{label, short_label};

/// The part of the width that names may take.
const NAMES: f64 = 0.36;
/// The part of the width that values may take.
const VALUES: f64 = 0.3;
/// The most bars of a picture.
pub(super) const MOST: usize = 12;
/// The tallest bar, in sizes of text.
const TALLEST: f64 = 1.9;

/// How bars are laid out.
struct Layout {
    /// Names stand over their bars rather than at the left.
    above: bool,
    /// How many lines a name may have.
    lines: usize,
    /// The height that a category has.
    each: f64,
}

/// A chart with the place and the axis of its bars.
struct Bars<'c> {
    chart: &'c Chart,
    scale: Scale,
    plot: Area,
    layout: Layout,
    words: fn(&Cell) -> String,
}

/// The height that a picture of lying bars needs on a page.
pub(super) fn height(chart: &Chart, above: bool, size: f64) -> f64 {
    let bars = chart.categories.len().clamp(1, MOST) as f64;
    let more = if chart.categories.len() > MOST {
        1.5
    } else {
        0.0
    };
    let each = least(chart, size).max(1.9 * size) + if above { 1.5 * size } else { 0.7 * size };
    bars * each + (more + 2.2) * size
}

/// The height that the bars of a category need at least: a line for each value.
fn least(chart: &Chart, size: f64) -> f64 {
    LINE * size * chart.series.len().max(1) as f64
}

/// Draws the bars of `chart` into `area`.
pub(super) fn draw(canvas: &mut Canvas, chart: &Chart, area: Area, above: bool) {
    let size = canvas.small;
    let area = legend(canvas, chart, area);
    let names = if above { 1.5 * size } else { 0.15 * size };
    let fit = |below: f64| {
        let room = area.height - below * size;
        (room / (least(chart, size) + names)).floor().max(1.0) as usize
    };
    let fit = match fit(2.2) {
        all if all.min(MOST) >= chart.categories.len() => all,
        _ => fit(3.9),
    };
    let (folded, more) = chart.folded(fit.min(MOST));
    let chart = &folded;
    let below = if more.is_some() { 3.7 } else { 2.2 } * size;
    let each = (area.height - below) / chart.categories.len().max(1) as f64;
    let layout = Layout {
        above,
        lines: if each >= 2.0 * LINE * size { 2 } else { 1 },
        each,
    };
    let words = words(chart, VALUES * area.width, size);
    let plot = plot(chart, area, size, &layout, words);
    let plot = Area {
        height: area.height - below,
        ..plot
    };
    let bars = Bars {
        chart,
        scale: Scale::of_chart(chart),
        plot,
        layout,
        words,
    };
    bars.grid(canvas, area);
    bars.target(canvas);
    for index in 0..chart.categories.len() {
        bars.name(canvas, index, area);
        bars.category(canvas, index);
    }
    bars.upright(canvas, 0.0, "axis");
    if let Some(more) = more {
        let at = (area.x, area.bottom() - 0.3 * size);
        let more = lines(&more, size, area.width, 1).concat();
        canvas.small_text(at, Anchor::Start, "soft", &more);
    }
}

/// What is written at the ends of bars: all of it, or less where all would take too much room.
fn words(chart: &Chart, room: f64, size: f64) -> fn(&Cell) -> String {
    let shapes: [fn(&Cell) -> String; 2] = [label, short_label];
    let cells = || chart.series.iter().flat_map(|series| &series.values);
    let fits = |shape: &fn(&Cell) -> String| cells().all(|cell| width(&shape(cell), size) <= room);
    shapes.into_iter().find(fits).unwrap_or(short_label)
}

/// Where the bars go: right of the names, with room for a value at the end of the longest.
fn plot(chart: &Chart, area: Area, size: f64, layout: &Layout, words: fn(&Cell) -> String) -> Area {
    let most = NAMES * area.width;
    let names = chart.categories.iter();
    let names = names.flat_map(|name| lines(name, size, most, layout.lines));
    let names = match layout.above {
        true => 0.0,
        false => widest(names, size) + 0.6 * size,
    };
    let cells = chart.series.iter().flat_map(|series| &series.values);
    let values = widest(cells.map(words), size) + 0.6 * size;
    Area {
        x: area.x + names,
        width: area.width - names - values,
        ..area
    }
}

impl Bars<'_> {
    fn x(&self, value: f64) -> f64 {
        self.plot.x + self.plot.width * self.scale.part(value)
    }

    /// Where a category begins.
    fn top(&self, index: usize) -> f64 {
        self.plot.y + self.layout.each * index as f64
    }

    fn upright(&self, canvas: &mut Canvas, value: f64, class: &str) {
        let (x, plot) = (self.x(value), self.plot);
        canvas.line((x, plot.y), (x, plot.bottom()), class);
    }

    /// The ticks; a word that would stand on the one before is left out.
    fn grid(&self, canvas: &mut Canvas, area: Area) {
        let (unit, size) = (self.chart.unit(), canvas.small);
        let mut taken = f64::NEG_INFINITY;
        for tick in &self.scale.ticks {
            self.upright(canvas, *tick, "grid");
            let text = unit.tick(*tick);
            let half = width(&text, size) / 2.0;
            let x = self
                .x(*tick)
                .clamp(area.x + half, (area.right() - half).max(area.x + half));
            if x - half >= taken {
                let at = (x, self.plot.bottom() + 1.3 * size);
                canvas.small_text(at, Anchor::Middle, "soft", &text);
                taken = x + half + 0.5 * size;
            }
        }
    }

    fn name(&self, canvas: &mut Canvas, index: usize, area: Area) {
        let (size, top) = (canvas.small, self.top(index));
        let name = &self.chart.categories[index];
        if self.layout.above {
            let name = lines(name, size, area.width, 1).concat();
            canvas.small_text((area.x, top + 1.1 * size), Anchor::Start, "ink", &name);
            return;
        }
        let room = self.plot.x - area.x - 0.5 * size;
        let lines = lines(name, size, room, self.layout.lines);
        let middle = top + self.layout.each / 2.0;
        let first =
            middle + 0.35 * size - (lines.len().saturating_sub(1)) as f64 * LINE * size / 2.0;
        for (place, line) in lines.iter().enumerate() {
            let at = (self.plot.x - 0.6 * size, first + LINE * size * place as f64);
            canvas.small_text(at, Anchor::End, "ink", line);
        }
    }

    /// The bars of a category, one a series.
    fn category(&self, canvas: &mut Canvas, index: usize) {
        let size = canvas.small;
        let names = if self.layout.above { 1.4 * size } else { 0.0 };
        let room = self.layout.each - names;
        let count = self.chart.series.len().max(1) as f64;
        let thick = (room / count * 0.9).min(TALLEST * size).max(LINE * size);
        let top = self.top(index) + names + (room - thick * count) / 2.0;
        for (place, series) in self.chart.series.iter().enumerate() {
            let cell = &series.values[index];
            let middle = top + thick * (place as f64 + 0.5);
            let value = cell.number().unwrap_or(0.0);
            let (from, to) = (self.x(0.0_f64.min(value)), self.x(0.0_f64.max(value)));
            let height = 0.8 * thick;
            let area = Area {
                x: from,
                y: middle - height / 2.0,
                width: to - from,
                height,
            };
            if value != 0.0 {
                bar(canvas, self.chart, (place, index), area);
            }
            let class = if series.muted { "soft" } else { "ink" };
            let at = (to + 0.4 * size, middle + 0.35 * size);
            canvas.small_text(
                at,
                Anchor::Start,
                &format!("{class} halo"),
                &(self.words)(cell),
            );
        }
    }

    fn target(&self, canvas: &mut Canvas) {
        if let Some(target) = &self.chart.target {
            self.upright(canvas, target.value, "target");
        }
    }
}
