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

use crate::domain::decisions::Findings;
use crate::domain::group::{By, Group};
use crate::domain::period::Period;
use crate::domain::rate::Rate;
use crate::domain::statistics::Summary;
use crate::failure::{Failure, Result};
use crate::output::{Cell, Chart, Record};
use crate::resolve::arguments::AsOf;
use crate::session::{Done, Session};
use clap::Args;
use clap::Subcommand;
use std::path::PathBuf;

use asked::{Asked, Periods};
use source::{AtEnds, Found, Source};

/// The dashboard, or one of the reports.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct ReportsArgs {
    /// Which report; none shows the dashboard.
    #[command(subcommand)]
    pub report: Option<ReportCommand>,
    /// What the dashboard is about.
    #[command(flatten)]
    pub dashboard: DashboardArgs,
}

/// Arguments of the dashboard.
#[derive(Debug, Args)]
pub struct DashboardArgs {
    /// 2026-Q3, 2026-09, 2026, last-90d, or FROM..TO
    #[arg(long, value_name = "PERIOD", default_value = "last-90d")]
    pub period: String,
    /// Beside another period: previous, or any period
    #[arg(long, value_name = "PERIOD", default_value = "previous")]
    pub compare: String,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// What follows the help of reports that group by people.
const BY_PEOPLE: &str = "--by takes industry, segment, region, owner or tier.
All is as it stood at the period's end.";

/// The reports.
#[derive(Debug, Subcommand)]
pub enum ReportCommand {
    /// How large the program is, who could join it, who came and went
    #[command(after_help = BY_PEOPLE)]
    Pool(ReportArgs),
    /// How much of the pool completed an ask in 90 days
    #[command(after_help = BY_PEOPLE)]
    Activation(ReportArgs),
    /// How the asks are spread over the advocates
    #[command(after_help = BY_PEOPLE)]
    Load(ReportArgs),
    /// How often an ask gets a yes
    #[command(
        after_help = "--by takes ask, effort, month, industry, segment, region, owner or tier; without it, ask and tier."
    )]
    Acceptance(ReportArgs),
    /// How far people have come, and where it sticks
    #[command(after_help = BY_PEOPLE)]
    Flywheel(ReportArgs),
    /// How much of the demand was filled, and how fast
    #[command(after_help = "--by takes ask, industry, requester, region, segment or month.")]
    Fill(ReportArgs),
    /// Who could be asked, beside targets and requests
    #[command(
        after_help = "--by takes two of industry, ask, tier, region, segment, product, use-case, persona and language, \
                      such as region,tier; without it, industry,ask.\nAll is as it stood at the period's end."
    )]
    Coverage(ReportArgs),
    /// NPS in both its forms, with how sure it is
    #[command(
        after_help = "--by takes month, quarter, source, industry, segment, region or owner."
    )]
    Nps(ReportArgs),
    /// How many reviews are published, and how long case studies take
    #[command(after_help = "--by takes platform or month.")]
    Reviews(ReportArgs),
    /// What the program was worth in deals
    #[command(after_help = "--by takes ask.")]
    Influence(ReportArgs),
    /// Who nominates, and how many of the nominated become advocates
    #[command(after_help = "--by takes nominator, industry or month; without it, nominator.")]
    Nominations(ReportArgs),
    /// What was given to advocates against what was taken
    #[command(after_help = "--by takes owner, industry or tier.")]
    Reciprocity(ReportArgs),
    /// Write a quarter's pack: summary, workbook, page, charts and CSV
    Qbr(QbrArgs),
}

/// Arguments of `report qbr`.
#[derive(Debug, Args)]
pub struct QbrArgs {
    /// 2026-Q3, 2026-09, 2026, last-90d, or FROM..TO
    #[arg(long, value_name = "PERIOD")]
    pub period: String,
    /// The folder to write: a new one, an empty one, or that of an earlier pack, which it replaces
    #[arg(long, value_name = "FOLDER")]
    pub out: PathBuf,
    /// Beside another period: previous, or any period
    #[arg(long, value_name = "PERIOD", default_value = "previous")]
    pub compare: String,
    /// Show people and accounts as roles and industries, for decks that leave the house
    #[arg(long)]
    pub anonymous: bool,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// Arguments of every report.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// 2026-Q3, 2026-09, 2026, last-90d, or FROM..TO
    #[arg(long, value_name = "PERIOD", default_value = "last-90d")]
    pub period: String,
    /// One row for each; what it takes is said below
    #[arg(long, value_name = "TRAIT")]
    pub by: Option<String>,
    /// Beside another period: previous, or any period
    #[arg(long, value_name = "PERIOD")]
    pub compare: Option<String>,
    /// Also list the facts behind the figures
    #[arg(long)]
    pub rows: bool,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

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
type Load = fn(&Source<'_, '_>, &[Period]) -> Result<Box<dyn Report>>;

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
    fn record(&self, asked: &Asked<'_>) -> Result<Record>;

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
pub(super) fn run_or_dashboard(args: &ReportsArgs, session: &mut Session<'_>) -> Result<Done> {
    match &args.report {
        None => dashboard::run(&args.dashboard, session),
        Some(command) => run(command, session),
    }
}

pub(super) fn run(command: &ReportCommand, session: &mut Session<'_>) -> Result<Done> {
    match command {
        ReportCommand::Fill(args) => show(&fill::KIND, args, session),
        ReportCommand::Reviews(args) => show(&reviews::KIND, args, session),
        ReportCommand::Influence(args) => show(&influence::KIND, args, session),
        ReportCommand::Nominations(args) => show(&nominations::KIND, args, session),
        ReportCommand::Reciprocity(args) => show(&reciprocity::KIND, args, session),
        ReportCommand::Pool(args) => show(&pool::KIND, args, session),
        ReportCommand::Activation(args) => show(&activation::KIND, args, session),
        ReportCommand::Load(args) => show(&load::KIND, args, session),
        ReportCommand::Acceptance(args) => show(&acceptance::KIND, args, session),
        ReportCommand::Flywheel(args) => show(&flywheel::KIND, args, session),
        ReportCommand::Nps(args) => show(&nps::KIND, args, session),
        ReportCommand::Coverage(args) => show(&coverage::KIND, args, session),
        ReportCommand::Qbr(args) => qbr::run(args, session),
    }
}

/// `report NAME`.
fn show(kind: &Kind, args: &ReportArgs, session: &mut Session<'_>) -> Result<Done> {
    let source = Source::of(session, args.as_of)?;
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
    session.show(kind.schema, today, record)?;
    Ok(Done::Fully)
}

/// The grouping asked for, out of those that a report offers.
fn group<'a, T: Copy>(
    asked: &Asked<'_>,
    offered: &'a [(&'static str, T)],
) -> Result<Option<(&'a str, T)>> {
    let Some(by) = asked.by else { return Ok(None) };
    match offered.iter().find(|(name, _)| *name == by) {
        Some((name, one)) => Ok(Some((name, *one))),
        None => {
            let names: Vec<&str> = offered.iter().map(|(name, _)| *name).collect();
            Err(Failure::usage(format!(
                "--by `{by}` is not offered here; one of: {}",
                names.join(", ")
            )))
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
