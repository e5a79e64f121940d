//! `report …`: figures with what they were computed from (`domain.md` §8). The facts are loaded here, the figures are
//! the domain's. Each report is a [`Report`] over its loaded facts, and one line in [`REPORTS`]: the dashboard and the
//! pack follow from that list.

mod acceptance;
mod activation;
mod advice;
mod asked;
mod coverage;
mod dashboard;
mod fill;
mod flywheel;
mod follow;
mod influence;
mod load;
mod nominations;
mod nps;
mod people;
mod pool;
mod qbr;
mod reciprocity;
mod reviews;
mod source;
mod watch;

use super::{Context, Done, Failure};
use crate::cli::{ReportArgs, ReportCommand, ReportsArgs};
use crate::domain::decisions::Findings;
use crate::domain::group::{By, Group};
use crate::domain::period::Period;
use crate::domain::rate::Rate;
use crate::domain::statistics::Summary;
use crate::output::{Cell, Chart, Record};

use asked::{Asked, Periods};
use source::{AtEnds, Found, Source};

pub(super) use influence::{deal_facts, touch_sheet, touches};

/// All reports, in the order of the dashboard and the pack.
const REPORTS: &[Kind] = &[
    pool::KIND,
    activation::KIND,
    fill::KIND,
    reviews::KIND,
    influence::KIND,
    acceptance::KIND,
    load::KIND,
    reciprocity::KIND,
    nps::KIND,
    flywheel::KIND,
    coverage::KIND,
    nominations::KIND,
];

/// The traits by which most reports group people.
const TRAITS: &[(&str, By)] = &[
    ("industry", By::Industry),
    ("segment", By::Segment),
    ("region", By::Region),
    ("owner", By::Owner),
    ("tier", By::Tier),
];

/// Reads the facts of a report for some periods.
type Load = fn(&Source<'_, '_>, &[Period]) -> anyhow::Result<Box<dyn Report>>;

/// A report: what it is, and how its facts are loaded.
struct Kind {
    /// Its name on the command line and in the names of its files.
    name: &'static str,
    /// Its title, short enough for the tab of a worksheet.
    title: &'static str,
    /// The question that it answers.
    question: &'static str,
    /// The schema of its JSON.
    schema: &'static str,
    /// How the pack groups it.
    by: Option<&'static str>,
    /// Reads its facts, for these periods.
    load: Load,
}

/// Facts that are loaded, and give figures for any period.
trait Followed {
    /// The figures that are followed from period to period: the same keys for every period.
    fn figures(&self, period: &Period) -> Vec<Figure>;

    /// Adds what it knows to what may need a decision.
    fn find(&self, _period: &Period, _found: &mut Findings) {}
}

/// A report whose facts are loaded.
trait Report: Followed {
    /// What `report NAME` prints.
    ///
    /// # Errors
    /// A usage failure for a grouping that it does not offer.
    fn record(&self, asked: &Asked<'_>) -> anyhow::Result<Record>;

    /// The pictures of it; `periods` run from the oldest to the one that is asked about.
    fn charts(&self, periods: &[Period]) -> Vec<Chart>;
}

/// A figure that is followed from period to period.
#[derive(Debug, Clone, PartialEq)]
struct Figure {
    /// The snake_case key, the same in every period.
    key: String,
    /// What it is.
    label: String,
    /// Its value in the period.
    value: Cell,
    /// What is wrong with it, where a threshold is crossed.
    mark: Option<String>,
    /// Whether an executive asks for it.
    leads: bool,
}

impl Figure {
    fn new(key: impl Into<String>, label: impl Into<String>, value: Cell) -> Self {
        Self {
            key: key.into(),
            label: label.into(),
            value,
            mark: None,
            leads: false,
        }
    }

    /// The same figure, shown large.
    fn leading(self) -> Self {
        Self {
            leads: true,
            ..self
        }
    }

    /// The same figure with what is wrong with it, if it is.
    fn marked(self, wrong: bool, mark: impl Into<String>) -> Self {
        Self {
            mark: wrong.then(|| mark.into()),
            ..self
        }
    }
}

/// `report`, alone or with a report's name.
pub(super) fn run_or_dashboard(
    args: &ReportsArgs,
    context: &mut Context<'_>,
) -> anyhow::Result<Done> {
    match &args.report {
        None => dashboard::run(&args.dashboard, context),
        Some(command) => run(command, context),
    }
}

pub(super) fn run(command: &ReportCommand, context: &mut Context<'_>) -> anyhow::Result<Done> {
    match command {
        ReportCommand::Fill(args) => show(&fill::KIND, args, context),
        ReportCommand::Reviews(args) => show(&reviews::KIND, args, context),
        ReportCommand::Influence(args) => show(&influence::KIND, args, context),
        ReportCommand::Nominations(args) => show(&nominations::KIND, args, context),
        ReportCommand::Reciprocity(args) => show(&reciprocity::KIND, args, context),
        ReportCommand::Pool(args) => show(&pool::KIND, args, context),
        ReportCommand::Activation(args) => show(&activation::KIND, args, context),
        ReportCommand::Load(args) => show(&load::KIND, args, context),
        ReportCommand::Acceptance(args) => show(&acceptance::KIND, args, context),
        ReportCommand::Flywheel(args) => show(&flywheel::KIND, args, context),
        ReportCommand::Nps(args) => show(&nps::KIND, args, context),
        ReportCommand::Coverage(args) => show(&coverage::KIND, args, context),
        ReportCommand::Qbr(args) => qbr::run(args, context),
    }
}

/// `report NAME`.
fn show(kind: &Kind, args: &ReportArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let source = Source::of(context, args.as_of)?;
    let present = &source.present;
    let periods = Periods::read(&args.period, args.compare.as_deref(), present)?;
    let report = (kind.load)(&source, &periods.all())?;
    let record = report.record(&Asked {
        periods,
        by: args.by.as_deref(),
        rows: args.rows,
        present,
    })?;
    let today = present.today;
    context.show(kind.schema, today, record)?;
    Ok(Done::Fully)
}

/// The grouping asked for, out of those that a report offers.
fn group<'a, T: Copy>(
    asked: &Asked<'_>,
    offered: &'a [(&'static str, T)],
) -> anyhow::Result<Option<(&'a str, T)>> {
    let Some(by) = asked.by else { return Ok(None) };
    match offered.iter().find(|(name, _)| *name == by) {
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

/// The name of a group as a cell.
fn group_name(group: &Option<Group>) -> Cell {
    group.as_ref().map_or("(none)", Group::name).into()
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
