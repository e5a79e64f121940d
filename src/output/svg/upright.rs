//! Standing bars and lines: categories from left to right, the axis of values at the left.
#![allow(
    clippy::indexing_slicing,
    reason = "a place before another of the same list"
)]

use super::super::fonts::width;
use super::canvas::{Anchor, Area, Canvas};
use super::lines::{LINE, lines, widest};
use super::marks::{bar, hue, is_running, legend, mark};
use super::scale::Scale;
use crate::output::Cell;
use crate::output::chart::{Chart, ChartKind, Series};
use crate::output::short::{label, short_label};

/// The part of a category's width that its bars take.
const THICKNESS: f64 = 0.72;
/// The widest bar, in sizes of text.
const WIDEST: f64 = 4.5;
/// The most categories of a picture.
const MOST: usize = 12;

/// Where things go.
struct Frame<'a> {
    chart: &'a Chart,
    plot: Area,
    scale: Scale,
    words: Words,
    more: Option<String>,
}

/// What is written beside the values of a series, a line each.
type Words = fn(&Series, usize) -> Vec<String>;

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
    let size = canvas.small;
    let area = legend(canvas, chart, area);
    let (folded, more) = chart.folded(MOST);
    let scale = Scale::of_chart(&folded);
    let unit = folded.unit();
    let ticks = widest(scale.ticks.iter().map(|tick| unit.tick(*tick)), size) + 0.5 * size;
    let ticks = ticks.min(0.4 * area.width);
    let beneath = if more.is_some() { 4.6 } else { 3.1 } * size;
    let plot = Area {
        x: area.x + ticks,
        y: area.y + 0.5 * size,
        width: area.width - ticks,
        height: area.height - beneath - 0.5 * size,
    };
    let mut frame = Frame {
        chart: &folded,
        plot,
        scale,
        words: nothing,
        more,
    };
    frame.words = words(&frame, size);
    let above = LINE * size * heights(&frame).max(1) as f64;
    frame.plot.y += above;
    frame.plot.height -= above;
    axis(canvas, &frame);
    if let Some(target) = &folded.target {
        let y = frame.y(target.value);
        canvas.line((frame.plot.x, y), (frame.plot.right(), y), "target");
    }
    categories(canvas, &frame, area);
    match folded.kind {
        ChartKind::Lines => self::each_line(canvas, &frame),
        _ => columns(canvas, &frame),
    }
}

/// The most lines that are written beside a value.
fn heights(frame: &Frame<'_>) -> usize {
    let series = frame.chart.series.iter();
    let each = series.flat_map(|one| drawn(one).map(|index| (frame.words)(one, index).len()));
    each.max().unwrap_or(0)
}

/// The places of a series that have a mark.
fn drawn(series: &Series) -> impl Iterator<Item = usize> {
    let values = series.values.iter().enumerate();
    values.filter_map(|(index, cell)| cell.number().map(|_| index))
}

fn axis(canvas: &mut Canvas, frame: &Frame<'_>) {
    let (size, plot, unit) = (canvas.small, frame.plot, frame.chart.unit());
    let mut taken = f64::INFINITY;
    for tick in &frame.scale.ticks {
        let y = frame.y(*tick);
        let class = if *tick == 0.0 { "axis" } else { "grid" };
        canvas.line((plot.x, y), (plot.right(), y), class);
        if y + 1.1 * size <= taken {
            let at = (plot.x - 0.5 * size, y + 0.35 * size);
            canvas.small_text(at, Anchor::End, "soft", &unit.tick(*tick));
            taken = y;
        }
    }
}

/// The names beneath, in two lines; where not all have room, every second, third, … and always the last.
fn categories(canvas: &mut Canvas, frame: &Frame<'_>, area: Area) {
    let (size, names) = (canvas.small, &frame.chart.categories);
    let room = |every: usize| frame.each() * every as f64 - 0.4 * size;
    let whole = |every: &usize| {
        names.iter().all(|name| {
            let broken = lines(name, size, room(*every), 2);
            !broken.iter().any(|line| line.ends_with('…'))
        })
    };
    let every = (1..=names.len()).find(whole).unwrap_or(names.len());
    let last = names.len().saturating_sub(1);
    let mut taken = f64::INFINITY;
    for (index, name) in names.iter().enumerate().rev() {
        if !(last - index).is_multiple_of(every) {
            continue;
        }
        let broken = lines(name, size, room(every).min(area.width), 2);
        let half = widest(&broken, size) / 2.0;
        // At an edge a long name moves inwards, and may take the room of the one before.
        let x = frame
            .middle(index)
            .clamp(area.x + half, area.right() - half);
        if x + half > taken {
            continue;
        }
        taken = x - half - 0.4 * size;
        for (place, line) in broken.iter().enumerate() {
            let y = frame.plot.bottom() + (1.4 + LINE * place as f64) * size;
            canvas.small_text((x, y), Anchor::Middle, "ink", line);
        }
    }
    if let Some(more) = &frame.more {
        let at = (area.x, area.bottom() - 0.3 * size);
        canvas.small_text(
            at,
            Anchor::Start,
            "soft",
            &lines(more, size, area.width, 1).concat(),
        );
    }
}

/// The width of the bar of a series.
fn thickness(frame: &Frame<'_>, size: f64) -> f64 {
    let count = frame.chart.series.len().max(1) as f64;
    (frame.each() * THICKNESS / count).min(WIDEST * size)
}

fn columns(canvas: &mut Canvas, frame: &Frame<'_>) {
    let (chart, size) = (frame.chart, canvas.small);
    let count = chart.series.len().max(1) as f64;
    let thick = thickness(frame, size);
    for (place, series) in chart.series.iter().enumerate() {
        for (index, cell) in series.values.iter().enumerate() {
            let Some(value) = cell.number() else { continue };
            let middle = frame.middle(index) + thick * (place as f64 + 0.5 - count / 2.0);
            let (top, bottom) = (frame.y(value.max(0.0)), frame.y(value.min(0.0)));
            let area = Area {
                x: middle - 0.45 * thick,
                y: top,
                width: 0.9 * thick,
                height: bottom - top,
            };
            if value != 0.0 {
                bar(canvas, chart, (place, index), area);
            }
            beside(canvas, (middle, top), &(frame.words)(series, index), true);
        }
    }
}

fn nothing(_: &Series, _: usize) -> Vec<String> {
    Vec::new()
}

/// The whole of a value, and on how much it rests where it does not say it itself and that is little.
fn whole(series: &Series, index: usize) -> Vec<String> {
    with_count(label(&series.values[index]), series, index)
}

/// A rate in two lines, what else there is in one.
fn in_two(series: &Series, index: usize) -> Vec<String> {
    let cell = &series.values[index];
    match (cell, label(cell).split_once(" (")) {
        (Cell::Rate { .. }, Some((percent, parts))) => {
            vec![percent.to_owned(), parts.trim_end_matches(')').to_owned()]
        }
        _ => with_count(short_label(cell), series, index),
    }
}

/// Only what must be said.
fn brief(series: &Series, index: usize) -> Vec<String> {
    let cell = &series.values[index];
    match cell {
        Cell::Rate { .. } => vec![short_label(cell)],
        _ => with_count(short_label(cell), series, index),
    }
}

fn with_count(text: String, series: &Series, index: usize) -> Vec<String> {
    let is_rate = matches!(series.values[index], Cell::Rate { .. });
    match series
        .count(index)
        .filter(|_| series.is_small(index) && !is_rate)
    {
        Some(count) if !text.is_empty() => vec![text, format!("n = {count}")],
        _ => vec![text],
    }
}

/// What is written beside all values: the most for which each has room.
fn words(frame: &Frame<'_>, size: f64) -> Words {
    let chart = frame.chart;
    let lines = chart.kind == ChartKind::Lines;
    if lines && chart.series.iter().filter(|one| !one.muted).count() > 1 {
        return nothing;
    }
    let room = match lines || chart.series.len() == 1 {
        true => frame.each(),
        false => thickness(frame, size),
    };
    let room = room - 0.2 * size;
    let fits = |words: &Words| {
        let shown = chart.series.iter().filter(|series| !lines || !series.muted);
        let mut texts = shown.flat_map(|one| drawn(one).flat_map(|index| words(one, index)));
        texts.all(|text| width(&text, size) <= room)
    };
    let shapes: [Words; 3] = [whole, in_two, brief];
    shapes.into_iter().find(fits).unwrap_or(nothing)
}

/// Words over a point, or beneath it.
fn beside(canvas: &mut Canvas, (x, y): (f64, f64), words: &[String], over: bool) {
    let size = canvas.small;
    let first = match over {
        true => y - 0.4 * size - LINE * size * words.len().saturating_sub(1) as f64,
        false => y + 1.2 * size,
    };
    for (place, line) in words.iter().enumerate() {
        let at = (x, first + LINE * size * place as f64);
        canvas.small_text(at, Anchor::Middle, "ink halo", line);
    }
}

fn each_line(canvas: &mut Canvas, frame: &Frame<'_>) {
    let chart = frame.chart;
    for (place, series) in chart.series.iter().enumerate() {
        band(canvas, frame, series);
        let points: Vec<Option<(f64, f64)>> = series
            .values
            .iter()
            .enumerate()
            .map(|(index, cell)| Some((frame.middle(index), frame.y(cell.number()?))))
            .collect();
        for (index, pair) in points.windows(2).enumerate() {
            let [Some(from), Some(to)] = pair else {
                continue;
            };
            let running = if is_running(chart, index + 1) {
                " running"
            } else {
                ""
            };
            canvas.polyline(
                &[*from, *to],
                &format!("path {}{running}", hue(chart, place)),
            );
        }
        for (index, point) in points.iter().enumerate() {
            if let Some(point) = point {
                canvas.dot(*point, &mark(chart, place, index));
            }
        }
        if !series.muted {
            values(canvas, frame, &points, series);
        }
    }
}

/// The ground between the ends of what is not known better, from point to point.
fn band(canvas: &mut Canvas, frame: &Frame<'_>, series: &Series) {
    let ends: Vec<Option<(f64, [f64; 2])>> = (series.band.iter().enumerate())
        .map(|(index, ends)| {
            ends.map(|(low, high)| (frame.middle(index), [frame.y(low), frame.y(high)]))
        })
        .collect();
    for run in ends.split(Option::is_none) {
        let run: Vec<(f64, [f64; 2])> = run.iter().copied().flatten().collect();
        let beneath = run.iter().rev().map(|(x, [low, _])| (*x, *low));
        let above: Vec<(f64, f64)> = run
            .iter()
            .map(|(x, [_, high])| (*x, *high))
            .chain(beneath)
            .collect();
        match run.as_slice() {
            [] => {}
            [(x, [low, high])] => canvas.bar(
                Area {
                    x: x - 4.0,
                    y: *high,
                    width: 8.0,
                    height: low - high,
                },
                "band hue0",
            ),
            _ => canvas.polygon(&above, "band hue0"),
        }
    }
}

/// The values of a line: over a point, or beneath it where the line comes from above.
fn values(canvas: &mut Canvas, frame: &Frame<'_>, points: &[Option<(f64, f64)>], series: &Series) {
    let size = canvas.small;
    for (index, point) in points.iter().enumerate() {
        let Some((x, y)) = *point else { continue };
        let words = (frame.words)(series, index);
        let before = index.checked_sub(1).and_then(|one| points[one]);
        let after = points.get(index + 1).copied().flatten();
        let beside: Vec<f64> = [before, after]
            .into_iter()
            .flatten()
            .map(|(_, y)| y)
            .collect();
        let mean = beside.iter().sum::<f64>() / beside.len().max(1) as f64;
        let needed = (0.7 + LINE * words.len() as f64) * size;
        let beneath = !beside.is_empty() && mean < y && y + needed < frame.plot.bottom();
        let y = if beneath {
            y + 0.3 * size
        } else {
            y - 0.3 * size
        };
        self::beside(canvas, (x, y), &words, !beneath);
    }
}
