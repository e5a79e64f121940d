//! Figures followed from period to period: the period, the one beside it, and the way there.

use chrono::NaiveDate;

use super::{Figure, Followed, Periods};
use crate::domain::period::Period;
use crate::output::{Cell, Chart, ChartKind, Headline, Series};

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

/// Every period that is looked at on the way to `now`, and the one beside it.
pub(super) fn every(periods: &Periods) -> Vec<Period> {
    let mut every = leading_to(periods.now);
    let beside = periods.beside.filter(|one| !every.contains(one));
    every.extend(beside);
    every
}

/// A picture of one figure, period by period.
pub(super) fn trend(
    (key, title): (&str, &str),
    kind: ChartKind,
    periods: &[Period],
    today: NaiveDate,
    value: impl Fn(&Period) -> Cell,
) -> Chart {
    let names: Vec<String> = periods.iter().map(|one| column(one, today)).collect();
    let title_of_chart = format!("{title}, period by period");
    Chart::new(key, title_of_chart, kind, "Period", names)
        .with(Series::new(title, periods.iter().map(value)))
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
