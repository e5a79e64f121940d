//! Figures followed from period to period: the period, the one beside it, and the way there.

use chrono::NaiveDate;

use crate::domain::decisions::Findings;
use crate::domain::period::Period;
use crate::output::{Cell, Chart, ChartKind, Compared, Figure, Series};

/// How many periods a trend shows, the one asked about included.
pub(super) const PERIODS: usize = 6;

/// Facts that are loaded, and give figures for any period.
pub(super) trait Followed {
    /// The figures that are followed from period to period: the same keys for every period.
    fn figures(&self, period: &Period) -> Vec<Figure>;

    /// Adds what it knows to what may need a decision.
    fn find(&self, _period: &Period, _found: &mut Findings) {}
}

/// The way to the period that is asked about.
pub(super) struct Way {
    /// That period.
    pub(super) now: Period,
    /// The ones that lead to it, the oldest first, itself last.
    pub(super) periods: Vec<Period>,
    today: NaiveDate,
}

impl Way {
    pub(super) fn to(now: Period, today: NaiveDate) -> Self {
        let back = std::iter::successors(Some(now), |period| Some(period.previous()));
        let mut periods: Vec<Period> = back.take(PERIODS).collect();
        periods.reverse();
        Self {
            now,
            periods,
            today,
        }
    }

    /// All these periods, and the one beside.
    pub(super) fn and(&self, beside: Option<Period>) -> Vec<Period> {
        let beside = beside.filter(|one| !self.periods.contains(one));
        self.periods.iter().copied().chain(beside).collect()
    }

    /// A picture of one figure, period by period.
    pub(super) fn trend<C: Into<Cell>>(
        &self,
        key: &str,
        title: &str,
        kind: ChartKind,
        value: impl Fn(&Period) -> C,
    ) -> Chart {
        let values = self.periods.iter().map(|one| value(one).into());
        self.chart(key, &format!("{title}, period by period"), kind)
            .with(Series::new(title, values))
    }

    /// A picture with a place for each period, and no series yet.
    pub(super) fn chart(&self, key: &str, title: &str, kind: ChartKind) -> Chart {
        let names = self.periods.iter().map(|one| column(one, self.today));
        Chart::new(key, title, kind, "Period", names)
    }

    /// The figures of a report, each beside the one of the other period.
    pub(super) fn figures(
        &self,
        followed: &dyn Followed,
        beside: Option<&Period>,
    ) -> Vec<Compared> {
        let way = self.periods.iter();
        let way: Vec<(&Period, Vec<Figure>)> = way
            .map(|period| (period, followed.figures(period)))
            .collect();
        let of = |period: &Period| {
            let on_the_way = way.iter().find(|(one, _)| *one == period);
            on_the_way.map_or_else(|| followed.figures(period), |(_, figures)| figures.clone())
        };
        let beside = beside.map(of).unwrap_or_default();
        let value = |figures: &[Figure], key: &str| {
            let found = figures.iter().find(|figure| figure.key == key);
            found.map_or(Cell::Empty, |figure| figure.value.clone())
        };
        let compared = |figure: Figure| Compared {
            before: value(&beside, &figure.key),
            trend: way
                .iter()
                .map(|(_, figures)| value(figures, &figure.key).number())
                .collect(),
            figure,
        };
        of(&self.now).into_iter().map(compared).collect()
    }
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
