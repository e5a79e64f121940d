//! Figures followed from period to period: the period, the one beside it, and the way there.

use chrono::NaiveDate;

use super::asked::Periods;
use super::kind::Followed;
use crate::domain::period::Period;
use crate::output::{Cell, Chart, ChartKind, Compared, Figure, Series};

/// How many periods a trend shows, the one asked about included.
pub(super) const PERIODS: usize = 6;

/// The periods that lead to `now`, the oldest first, `now` last.
pub(super) fn leading_to(now: Period) -> Vec<Period> {
    let back = std::iter::successors(Some(now), |period| Some(period.previous()));
    let mut periods: Vec<Period> = back.take(PERIODS).collect();
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
pub(super) fn trend<C: Into<Cell>>(
    (key, title): (&str, &str),
    kind: ChartKind,
    periods: &[Period],
    today: NaiveDate,
    value: impl Fn(&Period) -> C,
) -> Chart {
    let values = periods.iter().map(|one| value(one).into());
    by_period(
        (key, &format!("{title}, period by period")),
        kind,
        periods,
        today,
    )
    .with(Series::new(title, values))
}

/// A picture with a category a period, and no series yet.
pub(super) fn by_period(
    (key, title): (&str, &str),
    kind: ChartKind,
    periods: &[Period],
    today: NaiveDate,
) -> Chart {
    let names = periods.iter().map(|one| column(one, today));
    Chart::new(key, title, kind, "Period", names)
}

/// The figures of a report, followed.
pub(super) fn headlines(followed: &dyn Followed, periods: &Periods) -> Vec<Compared> {
    let of = |period: &Period| followed.figures(period);
    let way: Vec<Vec<Figure>> = leading_to(periods.now).iter().map(of).collect();
    let beside = periods.beside.as_ref().map(of).unwrap_or_default();
    let value = |figures: &[Figure], key: &str| {
        let found = figures.iter().find(|figure| figure.key == key);
        found.map_or(Cell::Empty, |figure| figure.value.clone())
    };
    let compared = |figure: Figure| Compared {
        before: value(&beside, &figure.key),
        trend: way
            .iter()
            .map(|one| value(one, &figure.key).number())
            .collect(),
        figure,
    };
    of(&periods.now).into_iter().map(compared).collect()
}

/// A period's name beneath a column: free ranges by their last day, and a quarter that is not over as such.
fn column(period: &Period, today: NaiveDate) -> String {
    let name = period.name();
    match (name.split_once(".."), name.split_once('-')) {
        (Some((_, last)), _) => format!("to {last}"),
        (None, Some((_, rest))) if period.is_running(today) => format!("{rest} so far"),
        _ => name,
    }
}
