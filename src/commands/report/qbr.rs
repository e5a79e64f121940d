//! `report qbr`: everything that a deck for the quarterly review needs, written into one folder.

use std::path::PathBuf;

use clap::Args;

use super::advice::advice;
use super::asked::{Asked, Periods};
use super::follow::{self, headlines, leading_to};
use super::kind::{Followed, Kind, Report};
use super::people::{Program, industry};
use super::registry::REPORTS;
use super::source::Source;
use super::watch::Watch;
use crate::domain::decisions::{Findings, decisions};
use crate::failure::Result;
use crate::output::{Cell, Document, Pack, Record, Roster, Section};
use crate::resolve::arguments::AsOf;
use crate::session::{Done, Session};

/// What it is, in the list of reports.
pub(super) const ABOUT: &str = "Write a quarter's pack: summary, workbook, page, charts and CSV";

/// How many decisions a review can take.
const DECISIONS: usize = 3;

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

pub(super) fn run(args: &QbrArgs, session: &mut Session<'_>) -> Result<Done> {
    let source = Source::of(session, args.as_of)?;
    let periods = Periods::read(&args.period, Some(&args.compare), &source.present)?;
    let pack = pack(&source, periods)?;
    let pack = match args.anonymous {
        true => pack.anonymous(&source.read(roster)?),
        false => pack,
    };
    let pack = pack.called_by(&session.invocation);
    let files = pack.write(&args.out)?;
    let (period, beside) = pack.heading.names();
    let decided = pack.decisions.iter().map(|one| one.title.as_str());
    let record = Record::new()
        .with("folder", "Folder", Cell::text(args.out.display()))
        .with("period", "Period", period)
        .with("compared_with", "Beside", beside)
        .with("anonymous", "Anonymous", pack.anonymous)
        .with("files", "Files", files.len())
        .with("decisions", "To decide", Cell::list(decided))
        .data("names", Cell::list(&files))
        .say(format!(
            "Look at {} first.",
            args.out.join("qbr.html").display()
        ));
    session.show("report-qbr/1", pack.as_of, record)?;
    Ok(Done::Fully)
}

fn pack(source: &Source, periods: Periods) -> Result<Pack> {
    let today = source.present.today;
    let every = follow::every(&periods);
    let mut found = Findings::default();
    let (mut figures, mut sections) = (Vec::new(), Vec::new());
    for kind in &REPORTS {
        let report = (kind.load)(source, &every)?;
        figures.extend(headlines(report.as_ref(), &periods));
        report.find(&periods.now, &mut found);
        let asked = Asked {
            periods,
            by: kind.pack_by,
            facts: true,
            at_end: kind.at_end,
            today,
        };
        sections.push(section(kind, report.as_ref(), &asked));
    }
    let watch = source.read(Watch::load)?;
    figures.extend(headlines(&watch, &periods));
    watch.find(&periods.now, &mut found);
    let decisions = decisions(&found);
    Ok(Pack {
        as_of: today,
        heading: periods.heading(today),
        headlines: figures,
        decisions: decisions.iter().take(DECISIONS).map(advice).collect(),
        sections,
        anonymous: false,
    })
}

fn section(kind: &Kind, report: &dyn Report, asked: &Asked<'_>) -> Section {
    let document = Document {
        charts: report.charts(&leading_to(asked.periods.now)),
        ..report.document(asked)
    };
    Section::new((kind.name, kind.title, kind.question), document)
}

/// What to say instead of the names of people and accounts.
fn roster(program: &Program<'_>) -> Result<Roster> {
    let mut roster = Roster::default();
    for row in program.tx.roles()? {
        let industry = industry(row.industry.as_deref(), program.present);
        roster.person(&row.email, row.role.as_deref(), industry.as_deref());
        if let Some(account) = &row.account {
            roster.account(account, industry.as_deref());
        }
    }
    Ok(roster)
}
