//! `report qbr`: everything that a deck for the quarterly review needs, written into one folder.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use super::advice::advice;
use super::asked::heading;
use super::follow::{Followed, Way};
use super::people::Program;
use super::registry::REPORTS;
use super::source::{LOADING, Source};
use super::story;
use super::watch::Watch;
use crate::domain::decisions::{Findings, decisions};
use crate::failure::Result;
use crate::output::{Cell, Document, Heading, Pack, Record, Roster, Section};
use crate::resolve::arguments::{AsOf, path, words};
use crate::session::{Done, Progress, Session};

/// What it is, in the list of reports.
pub(super) const ABOUT: &str = "Write a quarter's pack: summary, workbook, page, charts and CSV";

/// How many decisions a review can take.
const DECISIONS: usize = 3;

/// Arguments of `report qbr`.
#[derive(Debug, Args)]
pub struct QbrArgs {
    /// 2026-Q3, 2026-09, 2026, last-quarter, last-90d, ytd, or FROM..TO
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
    let progress = session.progress(LOADING);
    let source = Source::of_many_days(session, args.as_of)?;
    let today = source.present.today;
    let heading = beside_same_days(heading(&args.period, Some(&args.compare), today)?, today);
    let source = source.showing(heading.period);
    let pack = pack(&source, heading, &progress)?;
    let pack = match args.anonymous {
        true => pack.anonymous(&source.read(roster)?),
        false => pack,
    };
    let pack = pack.called_by(&session.invocation);
    progress.doing("drawing and writing the pack");
    let written = pack.write(&args.out)?;
    drop(progress);
    let files = &written.files;
    let period = pack.heading.period.name();
    let beside = pack.heading.beside.map(|beside| beside.name());
    let decided = pack.decisions.iter().map(|one| one.title.as_str());
    let record = Record::new()
        .with("folder", "Folder", Cell::text(args.out.display()))
        .with("period", "Period", period)
        .with("compared_with", "Beside", beside)
        .with("anonymous", "Anonymous", pack.anonymous)
        .with("files", "Files", files.len())
        .with("decisions", "To decide", Cell::list(decided))
        .data("names", Cell::list(files))
        .data("not_drawn", Cell::list(&written.not_drawn))
        .say(format!(
            "Look at {} first.",
            args.out.join("qbr.html").display()
        ));
    let record = match written.not_drawn.is_empty() {
        true => record,
        false => record.say(format!(
            "No font on this machine has {}: the pictures in pixels show a question mark for each. Install a font that has them, \
             or take the .svg files.",
            written.not_drawn.iter().collect::<String>()
        )),
    };
    session.show("report-qbr/1", pack.as_of, record)
}

/// A period that is running stands beside the same days of the one before, where no other was asked for.
fn beside_same_days(heading: Heading, today: NaiveDate) -> Heading {
    let same = heading.period.same_days_before(today);
    match (same, heading.beside) {
        (Some(same), Some(beside)) if beside == heading.period.previous() => Heading {
            beside: Some(same),
            same_days: true,
            ..heading
        },
        _ => heading,
    }
}

fn pack(source: &Source, heading: Heading, progress: &Progress) -> Result<Pack> {
    let today = source.present.today;
    let (now, beside) = (&heading.period, heading.beside.as_ref());
    let way = Way::to(*now, today);
    let every = way.drawn(heading.beside);
    let running = if heading.running {
        ", not over yet"
    } else {
        ""
    };
    let about = format!("{}{running} · as of {today}", now.spoken());
    let mut found = Findings::default();
    let (mut headlines, mut sections) = (Vec::new(), Vec::new());
    for kind in &REPORTS {
        progress.doing(kind.doing());
        let report = (kind.load)(source, &every)?;
        headlines.extend(way.figures(report.as_ref(), beside));
        report.find(now, &mut found);
        let document = Document {
            charts: report
                .charts(&way)
                .into_iter()
                .map(|chart| chart.foot(&about))
                .collect(),
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
        story: story::story(&headlines, &heading),
        deals: source.read(|program| story::deals(program, &found.helped))?,
        testimonial: source.read(story::testimonial)?,
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
