//! `report qbr`: everything that a deck for the quarterly review needs, written into one folder.

use std::path::PathBuf;

use clap::Args;

use super::advice::advice;
use super::asked::heading;
use super::follow::{Followed, Way};
use super::people::Program;
use super::registry::REPORTS;
use super::source::Source;
use super::watch::Watch;
use crate::domain::decisions::{Findings, decisions};
use crate::failure::Result;
use crate::output::{Cell, Document, Heading, Pack, Record, Roster, Section};
use crate::resolve::arguments::{AsOf, path, words};
use crate::session::{Done, Session};

/// What it is, in the list of reports.
pub(super) const ABOUT: &str = "Write a quarter's pack: summary, workbook, page, charts and CSV";

/// How many decisions a review can take.
const DECISIONS: usize = 3;

/// Arguments of `report qbr`.
#[derive(Debug, Args)]
pub struct QbrArgs {
    /// 2026-Q3, 2026-09, 2026, last-90d, or FROM..TO
    #[arg(long, value_name = "PERIOD", value_parser = words)]
    pub period: String,
    /// The folder to write: a new one, an empty one, or that of an earlier pack, which it replaces
    #[arg(long, value_name = "FOLDER", value_parser = path())]
    pub out: PathBuf,
    /// Beside another period: previous, or any period
    #[arg(long, value_name = "PERIOD", value_parser = words, default_value = "previous")]
    pub compare: String,
    /// Show people and accounts as roles and industries, for decks that leave the house
    #[arg(long)]
    pub anonymous: bool,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

pub(super) fn run(args: &QbrArgs, session: &mut Session<'_>) -> Result<Done> {
    let source = Source::of_many_days(session, args.as_of)?;
    let heading = heading(&args.period, Some(&args.compare), source.present.today)?;
    let source = source.showing(heading.period);
    let pack = pack(&source, heading)?;
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
    session.show("report-qbr/1", pack.as_of, record)
}

fn pack(source: &Source, heading: Heading) -> Result<Pack> {
    let today = source.present.today;
    let (now, beside) = (&heading.period, heading.beside.as_ref());
    let way = Way::to(*now, today);
    let every = way.and(heading.beside);
    let mut found = Findings::default();
    let (mut headlines, mut sections) = (Vec::new(), Vec::new());
    for kind in &REPORTS {
        let report = (kind.load)(source, &every)?;
        headlines.extend(way.figures(report.as_ref(), beside));
        report.find(now, &mut found);
        let document = Document {
            charts: report.charts(&way),
            ..report.document(&kind.asked(heading, kind.pack_by, true, today))
        };
        sections.push(Section::new(
            (kind.name, kind.title, kind.question),
            document,
        ));
    }
    let watch = source.read(Watch::load)?;
    headlines.extend(way.figures(&watch, beside));
    watch.find(now, &mut found);
    let decisions = decisions(&found);
    Ok(Pack {
        as_of: today,
        heading,
        headlines,
        decisions: decisions.iter().take(DECISIONS).map(advice).collect(),
        sections,
        anonymous: false,
    })
}

/// What to say instead of the names of people and accounts.
fn roster(program: &Program<'_>) -> Result<Roster> {
    let mut roster = Roster::default();
    for row in program.tx.everybody()? {
        let industry = program.present.industry(row.industry.as_deref());
        let role = row.title.as_deref().or(row.persona.as_deref());
        roster.person(&row.email, role, industry.as_deref());
        if let Some(account) = &row.account {
            roster.account(account, industry.as_deref());
        }
    }
    Ok(roster)
}
