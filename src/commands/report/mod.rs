//! `report …`: figures with what they were computed from (`domain.md` §8). The facts are loaded here, the figures are
//! the domain's.

mod acceptance;
mod activation;
mod coverage;
mod fill;
mod flywheel;
mod influence;
mod load;
mod nominations;
mod nps;
mod people;
mod pool;
mod reciprocity;
mod reviews;

use chrono::NaiveDate;

use super::{Context, Done, Failure, Present};
use crate::cli::{ReportArgs, ReportCommand};
use crate::domain::group::{By, Group};
use crate::domain::period::Period;
use crate::domain::rate::Rate;
use crate::domain::statistics::Summary;
use crate::output::{Cell, Entry, Record, Shown};
use crate::store::Tx;

pub(super) use influence::{deal_facts, touch_sheet, touches};

pub(super) fn run(command: &ReportCommand, context: &mut Context<'_>) -> anyhow::Result<Done> {
    match command {
        ReportCommand::Fill(args) => fill::run(args, context),
        ReportCommand::Reviews(args) => reviews::run(args, context),
        ReportCommand::Influence(args) => influence::run(args, context),
        ReportCommand::Nominations(args) => nominations::run(args, context),
        ReportCommand::Reciprocity(args) => reciprocity::run(args, context),
        ReportCommand::Pool(args) => pool::run(args, context),
        ReportCommand::Activation(args) => activation::run(args, context),
        ReportCommand::Load(args) => load::run(args, context),
        ReportCommand::Acceptance(args) => acceptance::run(args, context),
        ReportCommand::Flywheel(args) => flywheel::run(args, context),
        ReportCommand::Nps(args) => nps::run(args, context),
        ReportCommand::Coverage(args) => coverage::run(args, context),
    }
}

/// The period asked for, and the one to set beside it.
struct Periods {
    now: Period,
    beside: Option<Period>,
}

impl Periods {
    fn read(args: &ReportArgs, present: &Present) -> anyhow::Result<Self> {
        let now = Period::parse(&args.period, present.today).map_err(Failure::usage)?;
        let beside = match &args.compare {
            Some(text) => Some(now.compared(text, present.today).map_err(Failure::usage)?),
            None => None,
        };
        Ok(Self { now, beside })
    }

    /// The record that every report begins with.
    fn heading(&self, present: &Present) -> Record {
        let running = self.now.is_running(present.today);
        let said = match running {
            true => format!("{} (running)", self.now.name()),
            false => self.now.name(),
        };
        let (from, to) = (self.now.from(), self.now.last());
        let record = Record::new()
            .entry(Entry::new("period", "Period", said).only(Shown::Reading))
            .data("period", self.now.name())
            .data("running", running);
        // A period that is named by its days says them once.
        let record = match self.now.name() == format!("{from}..{to}") {
            true => record.data("from", from).data("to", to),
            false => record.with("from", "From", from).with("to", "To", to),
        };
        match &self.beside {
            Some(beside) => record.with("compared_with", "Beside", beside.name()),
            None => record,
        }
    }
}

/// What a report about how things stand has found: at the end of the period, and of the one beside it.
struct AtEnd<T> {
    present: Present,
    periods: Periods,
    now: Found<T>,
    beside: Option<Found<T>>,
}

/// What was found at the end of one period.
struct Found<T> {
    period: Period,
    /// The day for which it holds: the period's last, or today where that is not over.
    on: NaiveDate,
    facts: T,
}

/// Loads how things stood at the period's end: the whole answer is that of the period's last day, rules and policy
/// included. So a past period says today what it said on that day.
fn at_end<T>(
    args: &ReportArgs,
    context: &Context<'_>,
    load: impl Fn(&Tx<'_>, &Present) -> anyhow::Result<T>,
) -> anyhow::Result<AtEnd<T>> {
    let (periods, present) = context.read(args.as_of.as_of, |_, present| {
        Ok((Periods::read(args, present)?, present.clone()))
    })?;
    let find = |period: Period| -> anyhow::Result<Found<T>> {
        let on = period.last().min(present.today);
        let facts = context.read(Some(on), |tx, then| load(tx, then))?;
        Ok(Found { period, on, facts })
    };
    Ok(AtEnd {
        now: find(periods.now)?,
        beside: periods.beside.map(find).transpose()?,
        periods,
        present,
    })
}

impl<T> AtEnd<T> {
    fn heading(&self) -> Record {
        self.periods
            .heading(&self.present)
            .with("at", "As at", self.now.on)
    }
}

/// The traits by which most reports group people.
const TRAITS: &[(&str, By)] = &[
    ("industry", By::Industry),
    ("segment", By::Segment),
    ("region", By::Region),
    ("owner", By::Owner),
    ("tier", By::Tier),
];

/// The name of a group as a cell.
fn group_name(group: &Option<Group>) -> Cell {
    group.as_ref().map_or("(none)", Group::name).into()
}

/// The grouping asked for, out of those that a report offers.
fn group<'a, T: Copy>(
    args: &ReportArgs,
    offered: &'a [(&'static str, T)],
) -> anyhow::Result<Option<(&'a str, T)>> {
    let Some(by) = &args.by else { return Ok(None) };
    match offered.iter().find(|(name, _)| name == by) {
        Some((name, one)) => Ok(Some((name, *one))),
        None => {
            let names: Vec<&str> = offered.iter().map(|(name, _)| *name).collect();
            Err(Failure::usage(format!(
                "--by `{by}` is not offered here; one of: {}",
                names.join(", ")
            ))
            .into())
        }
    }
}

/// A rate as a cell.
fn rate(rate: Rate) -> Cell {
    let whole = |part: u64| i64::try_from(part).unwrap_or(i64::MAX);
    Cell::rate(whole(rate.numerator), whole(rate.denominator))
}

/// A count as a cell.
fn number(count: u64) -> Cell {
    Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX))
}

/// Median, p90, mean and n as a record.
fn summary(summary: Summary) -> Record {
    let figure = |value: Option<f64>| value.map_or(Cell::Empty, |value| Cell::decimal(value, 1));
    Record::new()
        .with("median", "median", figure(summary.median))
        .with("p90", "p90", figure(summary.p90))
        .with("mean", "mean", figure(summary.mean))
        .with("n", "n", number(summary.n))
}
