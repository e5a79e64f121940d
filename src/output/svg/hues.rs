//! Which colour a mark has, as the name of its class.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the series are those of the chart"
)]

use crate::output::chart::Chart;

/// How many hues there are; further series begin anew.
const HUES: usize = 4;

/// The hue of a series: those that only stand beside take none.
pub(super) fn hue(chart: &Chart, index: usize) -> String {
    if chart.series[index].muted {
        return "beside".to_owned();
    }
    let before = chart.series[..index].iter().filter(|one| !one.muted);
    format!("hue{}", before.count() % HUES)
}

/// The class of the marks of a series.
pub(super) fn fill(chart: &Chart, index: usize) -> String {
    format!("fill {}", hue(chart, index))
}

/// The class of a value's own mark: what stays under the target is set apart.
pub(super) fn fill_of(chart: &Chart, series: usize, value: f64) -> String {
    let under = chart
        .target
        .as_ref()
        .is_some_and(|target| value < target.value);
    match under && !chart.series[series].muted {
        true => "fill under".to_owned(),
        false => fill(chart, series),
    }
}
