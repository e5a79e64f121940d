//! Figures followed from period to period: the period, the one beside it, and the way there.

use chrono::NaiveDate;

use super::{Figure, Followed, Periods};
use crate::domain::period::Period;
use crate::output::{Cell, Headline};

/// How many periods a trend shows, the one asked about included.
pub(super) const PERIODS: usize = 6;

/// The periods that lead to `now`, the oldest first, `now` last.
pub(super) fn leading_to(now: Period) -> Vec<Period> {
    let mut periods: Vec<Period> =
        std::iter::successors(Some(now), |period| Some(period.previous()))
            .take(PERIODS)
            .collect();
    periods.reverse();
    periods
}

/// The figures of a report, followed.
pub(super) fn headlines(followed: &dyn Followed, periods: &Periods) -> Vec<Headline> {
    let way: Vec<_> = leading_to(periods.now)
        .iter()
        .map(|one| followed.figures(one))
        .collect();
    let beside = periods
        .beside
        .as_ref()
        .map(|one| followed.figures(one))
        .unwrap_or_default();
    let now = followed.figures(&periods.now);
    let value = |figures: &[Figure], key: &str| {
        let found = figures.iter().find(|figure| figure.key == key);
        found.map_or(Cell::Empty, |figure| figure.value.clone())
    };
    now.into_iter()
        .map(|figure| Headline {
            before: value(&beside, &figure.key),
            trend: Cell::Trend(
                way.iter()
                    .map(|one| value(one, &figure.key).number())
                    .collect(),
            ),
            key: figure.key,
            label: figure.label,
            now: figure.value,
            mark: figure.mark,
            leads: figure.leads,
        })
        .collect()
}

/// A period's name beneath a column: free ranges by their last day, and a quarter that is not over as such.
pub(super) fn column(period: &Period, today: NaiveDate) -> String {
    let name = period.name();
    match (name.split_once(".."), name.split_once('-')) {
        (Some((_, last)), _) => format!("to {last}"),
        (None, Some((_, rest))) if period.is_running(today) => format!("{rest} so far"),
        _ => name,
    }
}
