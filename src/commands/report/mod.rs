//! `report …`: figures with what they were computed from (`docs/metrics.md`). The facts are loaded here, the figures are
//! the domain's. Each report is a file, and an entry of the [`registry`].

mod acceptance;
mod activation;
mod advice;
mod asked;
mod coverage;
mod dashboard;
mod experience;
mod fill;
mod flywheel;
mod follow;
mod groups;
mod influence;
mod kind;
mod load;
mod nominations;
mod nps;
mod people;
mod pool;
mod qbr;
mod reciprocity;
mod registry;
mod retention;
mod reviews;
mod source;
mod story;
mod watch;

use clap::error::{Error, ErrorKind};
use clap::{ArgMatches, Args, Command, FromArgMatches, Subcommand};

use crate::domain::period::Period;
use crate::failure::Result;
use crate::resolve::arguments::{AsOf, words};
use crate::session::{Done, Session};
use asked::heading;
use dashboard::DashboardArgs;
use kind::Kind;
use qbr::QbrArgs;
use registry::REPORTS;
use source::{LOADING, Source};

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

/// Arguments of every report.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// 2026-Q3, 2026-09, 2026, last-quarter, last-90d, ytd, or FROM..TO
    #[arg(long, value_name = "PERIOD", value_parser = words, default_value = "last-90d")]
    pub period: String,
    /// One row for each; what it takes is said below
    #[arg(long, value_name = "TRAIT", value_parser = words)]
    pub by: Option<String>,
    /// Beside another period: previous, or any period
    #[arg(long, value_name = "PERIOD", value_parser = words)]
    pub compare: Option<String>,
    /// Also list the facts behind the figures
    #[arg(long)]
    pub rows: bool,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// A report of the registry by its name, or the pack of all of them.
#[derive(Debug)]
pub enum ReportCommand {
    /// `report NAME`.
    One(&'static Kind, ReportArgs),
    /// `report qbr`.
    Qbr(QbrArgs),
}

/// The name of the pack among the reports.
const QBR: &str = "qbr";

impl Subcommand for ReportCommand {
    fn augment_subcommands(command: Command) -> Command {
        let reports = REPORTS.iter().map(|kind| {
            let at_end = match kind.at_end {
                true => "\nAll is as it stood at the period's end.",
                false => "",
            };
            ReportArgs::augment_args(Command::new(kind.name))
                .about(kind.question)
                .after_help(format!("{}{at_end}", kind.by.help()))
        });
        command
            .subcommands(reports)
            .subcommand(QbrArgs::augment_args(Command::new(QBR)).about(qbr::ABOUT))
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        name == QBR || REPORTS.iter().any(|kind| kind.name == name)
    }
}

impl FromArgMatches for ReportCommand {
    fn from_arg_matches(matches: &ArgMatches) -> std::result::Result<Self, Error> {
        let unknown = || Error::new(ErrorKind::InvalidSubcommand);
        let (name, matches) = matches.subcommand().ok_or_else(unknown)?;
        if name == QBR {
            return QbrArgs::from_arg_matches(matches).map(Self::Qbr);
        }
        let found = REPORTS.iter().find(|kind| kind.name == name);
        let kind = found.ok_or_else(unknown)?;
        ReportArgs::from_arg_matches(matches).map(|args| Self::One(kind, args))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> std::result::Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// `report`, alone or with a report's name.
pub(super) fn run(args: &ReportsArgs, session: &mut Session<'_>) -> Result<Done> {
    match &args.report {
        None => dashboard::run(&args.dashboard, session),
        Some(ReportCommand::One(kind, args)) => show(kind, args, session),
        Some(ReportCommand::Qbr(args)) => qbr::run(args, session),
    }
}

/// `report NAME`.
fn show(kind: &Kind, args: &ReportArgs, session: &mut Session<'_>) -> Result<Done> {
    let progress = session.progress(LOADING);
    let source = Source::of(session, args.as_of)?;
    let today = source.present.today;
    let heading = heading(&args.period, args.compare.as_deref(), today)?;
    let by = args.by.as_deref();
    by.map_or(Ok(()), |by| kind.by.check(by))?;
    let source = source.showing(heading.period);
    let periods: Vec<Period> = [heading.period].into_iter().chain(heading.beside).collect();
    progress.doing(kind.doing());
    let report = (kind.load)(&source, &periods)?;
    let document = report.document(&kind.asked(heading, by, args.rows, today));
    drop(progress);
    session.show(kind.schema, today, document)
}
