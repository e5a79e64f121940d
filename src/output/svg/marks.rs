//! Which look a mark has, as the name of its class. One colour has one meaning: the hues are those of series, orange is
//! what stays under its target, grey is what only stands beside. What is hollow rests on too few cases; what is hatched
//! is not over.
#![allow(clippy::indexing_slicing, reason = "the series are those of the chart")]

use super::super::fonts::width;
use super::canvas::{Anchor, Area, Canvas};
use super::lines::{LINE, fitted};
use crate::domain::rate::SMALL;
use crate::output::chart::{Chart, ChartKind};

/// How many hues there are; further series begin anew.
const HUES: usize = 3;

/// The hue of a series: those that only stand beside take none.
pub(super) fn hue(chart: &Chart, series: usize) -> String {
    if chart.series[series].muted {
        return "beside".to_owned();
    }
    let before = chart.series[..series].iter().filter(|one| !one.muted);
    format!("hue{}", before.count() % HUES)
}

/// The hue of one value.
fn hue_of(chart: &Chart, series: usize, category: usize) -> String {
    let value = chart.series[series].values[category].number();
    let under =
        |target: &crate::output::chart::Target| value.is_some_and(|value| value < target.value);
    match () {
        () if chart.series[series].muted || chart.beside == Some(category) => "beside".to_owned(),
        () if chart.target.as_ref().is_some_and(under) => "under".to_owned(),
        () => hue(chart, series),
    }
}

/// The class of a value's own mark.
pub(super) fn mark(chart: &Chart, series: usize, category: usize) -> String {
    let hue = hue_of(chart, series, category);
    match chart.series[series].is_small(category) {
        true => format!("hollow {hue}"),
        false => format!("fill {hue}"),
    }
}

/// Whether a category is a period that is not over.
pub(super) fn is_running(chart: &Chart, category: usize) -> bool {
    chart.running && category + 1 == chart.categories.len()
}

/// Draws a bar; that of a period which is not over is hatched.
pub(super) fn bar(
    canvas: &mut Canvas,
    chart: &Chart,
    (series, category): (usize, usize),
    area: Area,
) {
    canvas.bar(area, &mark(chart, series, category));
    if is_running(chart, category) && !chart.series[series].is_small(category) {
        hatch(canvas, area);
    }
}

/// Slanting lines in the colour of the ground, within an area.
fn hatch(canvas: &mut Canvas, area: Area) {
    let step = 8.0;
    let mut along = step;
    while along < area.width + area.height {
        let from = (
            area.x + (along - area.height).max(0.0),
            area.y + along.min(area.height),
        );
        let to = (
            area.x + along.min(area.width),
            area.y + (along - area.width).max(0.0),
        );
        canvas.line(from, to, "hatch");
        along += step;
    }
}

/// What stands in the legend: the class of its mark and its words.
fn entries(chart: &Chart) -> Vec<(String, String)> {
    let places = || 0..chart.series.len();
    let mut entries = Vec::new();
    if chart.series.len() > 1 {
        entries.extend(places().map(|place| {
            (
                format!("fill {}", hue(chart, place)),
                chart.series[place].name.clone(),
            )
        }));
    }
    if let Some(target) = &chart.target {
        entries.push(("target".to_owned(), target.label.clone()));
    }
    if places().any(|place| !chart.series[place].band.is_empty()) {
        entries.push((
            "band hue0".to_owned(),
            "where it most likely lies".to_owned(),
        ));
    }
    let columns = 0..chart.categories.len();
    let each = || places().flat_map(|place| columns.clone().map(move |column| (place, column)));
    let drawn =
        |(place, column): (usize, usize)| chart.series[place].values[column].number().is_some();
    if each().any(|(place, column)| drawn((place, column)) && chart.series[place].is_small(column))
    {
        entries.push((
            "hollow hue0".to_owned(),
            format!("fewer than {SMALL} cases"),
        ));
    }
    if chart.running && chart.kind == ChartKind::Columns {
        entries.push(("hatched".to_owned(), "not over yet".to_owned()));
    }
    entries
}

/// Draws the legend at the top of an area, and returns what is left beneath it.
pub(super) fn legend(canvas: &mut Canvas, chart: &Chart, area: Area) -> Area {
    let size = canvas.small;
    let (swatch, gap) = (1.1 * size, 1.2 * size);
    let (mut x, mut y) = (area.x, area.y);
    let entries = entries(chart);
    if entries.is_empty() {
        return area;
    }
    for (class, words) in &entries {
        let words = fitted(words, size, area.width - swatch - 0.4 * size);
        let needed = swatch + 0.4 * size + width(&words, size);
        if x > area.x && x + needed > area.right() {
            (x, y) = (area.x, y + LINE * size);
        }
        sample(
            canvas,
            class,
            Area {
                x,
                y: y + 0.2 * size,
                width: swatch,
                height: 0.8 * size,
            },
        );
        let at = (x + swatch + 0.4 * size, y + 0.95 * size);
        canvas.small_text(at, Anchor::Start, "ink", &words);
        x += needed + gap;
    }
    let taken = y + 1.9 * size - area.y;
    Area {
        y: area.y + taken,
        height: area.height - taken,
        ..area
    }
}

fn sample(canvas: &mut Canvas, class: &str, area: Area) {
    let middle = area.y + area.height / 2.0;
    match class {
        "target" => canvas.line((area.x, middle), (area.right(), middle), class),
        "hatched" => {
            canvas.bar(area, "fill hue0");
            hatch(canvas, area);
        }
        class => canvas.bar(area, class),
    }
}
