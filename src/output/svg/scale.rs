//! The axis of values: round steps from a round number to a round number.

use crate::output::answer::Cell;
use crate::output::chart::{Chart, Unit};

/// An axis from `min` to `max`, both of them ticks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scale {
    /// The smallest tick; zero unless a value is below it.
    pub(super) min: f64,
    /// The largest tick.
    pub(super) max: f64,
    /// All ticks, from the smallest.
    pub(super) ticks: Vec<f64>,
}

/// How many steps an axis has at most.
const STEPS: f64 = 5.0;

impl Scale {
    /// The axis on which all values and the target of a chart have room.
    pub(super) fn of_chart(chart: &Chart) -> Self {
        let cells = chart.series.iter().flat_map(|series| &series.values);
        let target = chart.target.iter().map(|target| target.value);
        let values = cells.filter_map(Cell::number).chain(target);
        match chart.unit() {
            Unit::Share => Self::shares(values),
            Unit::Number(0) => Self::of(values, true),
            _ => Self::of(values, false),
        }
    }

    /// An axis that holds zero and all `values`, with steps of 1, 2, 2.5 or 5 times a power of ten. `whole` keeps the
    /// steps whole numbers.
    pub(super) fn of(values: impl IntoIterator<Item = f64>, whole: bool) -> Self {
        let (mut low, mut high) = (0.0_f64, 0.0_f64);
        for value in values {
            low = low.min(value);
            high = high.max(value);
        }
        if high - low <= 0.0 {
            high = 1.0;
        }
        let step = step((high - low) / STEPS, whole);
        let first = (low / step).floor() as i64;
        let last = (high / step).ceil() as i64;
        Self {
            min: first as f64 * step,
            max: last as f64 * step,
            ticks: (first..=last).map(|tick| tick as f64 * step).collect(),
        }
    }

    /// The axis of shares, from nothing to all.
    pub(super) fn shares(values: impl IntoIterator<Item = f64>) -> Self {
        let mut scale = Self::of(values.into_iter().chain([1.0]), false);
        if scale.max <= 1.0 {
            scale.ticks = vec![0.0, 0.25, 0.5, 0.75, 1.0];
        }
        scale
    }

    /// Where a value lies, 0 at the smallest tick and 1 at the largest.
    pub(super) fn part(&self, value: f64) -> f64 {
        (value - self.min) / (self.max - self.min)
    }
}

/// The smallest round step that is not under `least`.
fn step(least: f64, whole: bool) -> f64 {
    let power = 10_f64.powf(least.log10().floor());
    let steps = [1.0, 2.0, 2.5, 5.0, 10.0].map(|round| round * power);
    let enough = |step: &f64| *step >= least * 0.999_999 && (!whole || step.fract() == 0.0);
    steps
        .into_iter()
        .find(enough)
        .unwrap_or(1.0)
        .max(if whole { 1.0 } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_hold_every_value() {
        for (values, whole, ticks) in [
            (vec![3.0], true, vec![0.0, 1.0, 2.0, 3.0]),
            (vec![0.3], false, vec![0.0, 0.1, 0.2, 0.3]),
            (vec![12.0], true, vec![0.0, 5.0, 10.0, 15.0]),
            (
                vec![335_100.0],
                false,
                vec![0.0, 100_000.0, 200_000.0, 300_000.0, 400_000.0],
            ),
            (vec![-20.0, 60.0], false, vec![-20.0, 0.0, 20.0, 40.0, 60.0]),
            (vec![], true, vec![0.0, 1.0]),
            (vec![0.0], false, vec![0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        ] {
            let scale = Scale::of(values.clone(), whole);
            let near = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-9 * b.abs().max(1.0);
            assert_eq!(scale.ticks.len(), ticks.len(), "{values:?}: {scale:?}");
            assert!(scale.ticks.iter().zip(&ticks).all(near), "{scale:?}");
            for value in values {
                assert!((0.0..=1.0).contains(&scale.part(value)), "{scale:?}");
            }
        }
    }

    #[test]
    fn shares_go_to_the_whole() {
        assert_eq!(Scale::shares([0.2]).ticks, [0.0, 0.25, 0.5, 0.75, 1.0]);
        assert!(Scale::shares([1.4]).max >= 1.4);
    }
}
