//! Figures followed from period to period: the period, the one beside it, and the way there.

use chrono::NaiveDate;

use crate::domain::decisions::Findings;
use crate::domain::period::Period;
use crate::domain::story;
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
    /// The same days of the one before, where the period is not over.
    same_days: Option<Period>,
    today: NaiveDate,
}

impl Way {
    pub(super) fn to(now: Period, today: NaiveDate) -> Self {
        let back = std::iter::successors(Some(now), |period| Some(period.previous()));
        let mut periods: Vec<Period> = back.take(PERIODS).collect();
        periods.reverse();
        Self {
            same_days: now.same_days_before(today),
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

    /// The same for pictures, which set a period that is not over against the same days of the one before.
    pub(super) fn drawn(&self, beside: Option<Period>) -> Vec<Period> {
        let mut all = self.and(beside);
        all.extend(self.same_days.filter(|one| !all.contains(one)));
        all
    }

    /// A picture of one figure, period by period.
    pub(super) fn trend<C: Into<Cell>>(
        &self,
        key: &str,
        title: &str,
        kind: ChartKind,
        value: impl Fn(&Period) -> C,
    ) -> Chart {
        self.trend_of(key, title, kind, |period| (value(period).into(), None))
    }

    /// The same of a figure that does not say itself on how many cases it rests.
    pub(super) fn trend_of<C: Into<Cell>>(
        &self,
        key: &str,
        title: &str,
        kind: ChartKind,
        value: impl Fn(&Period) -> (C, Option<u64>),
    ) -> Chart {
        let before = self.before();
        let before = before.map(|(period, name)| (value(&period).0.into(), name));
        let values = self.periods.iter().map(&value);
        let (values, counts): (Vec<C>, Vec<Option<u64>>) = values.unzip();
        let counts: Option<Vec<u64>> = counts.into_iter().collect();
        let values = values.into_iter().map(Into::into);
        let series = Series::new(title, values).resting_on(counts.unwrap_or_default());
        self.chart(key, &format!("{title}, period by period"), kind)
            .finding(finding(title, &series, before))
            .with(series)
    }

    /// A picture with a place for each period, and no series yet.
    pub(super) fn chart(&self, key: &str, title: &str, kind: ChartKind) -> Chart {
        let names = self.periods.iter().map(|one| column(one, self.today));
        let running = self.now.is_running(self.today);
        Chart {
            running,
            ..Chart::new(key, title, kind, "Period", names)
        }
    }

    /// What the period is set against, and its name.
    fn before(&self) -> Option<(Period, String)> {
        let last = self.periods.iter().rev().nth(1)?;
        match self.same_days {
            Some(same) => {
                let name = last.spoken();
                let name = name
                    .split(' ')
                    .next()
                    .filter(|name| *name != "to")
                    .unwrap_or("before");
                Some((same, format!("the same days of {name}")))
            }
            None => Some((*last, last.spoken())),
        }
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

/// What a figure comes to beside the period before.
fn finding(title: &str, series: &Series, before: Option<(Cell, String)>) -> String {
    let Some(now) = series.values.last() else {
        return String::new();
    };
    let (before, name) = before.unwrap_or((Cell::Empty, String::new()));
    let few = series.is_small(series.values.len() - 1);
    let by = now.since(&before);
    story::finding(title, &now.brief(), (&name, &before.brief()), by, few)
}

/// A period's name beneath a column: free ranges by their last day, and a quarter that is not over as such.
fn column(period: &Period, today: NaiveDate) -> String {
    let name = period.spoken();
    match name.split_once(' ') {
        Some((first, _)) if period.is_running(today) && first != "to" => format!("{first} so far"),
        _ => name,
    }
}
