//! `report qbr`: everything that a deck for the quarterly review needs, written into one folder.

use super::super::{Context, Done, Failure, Present};
use super::advice::advice;
use super::asked::Asked;
use super::follow::{self, headlines, leading_to};
use super::watch::Watch;
use super::{Followed, Kind, Periods, REPORTS, Report, Source};
use crate::cli::QbrArgs;
use crate::domain::decisions::{Findings, decisions};
use crate::output::{Advice, Cell, FolderError, Pack, Record, Roster, Section};
use crate::store::Tx;

/// How many decisions a review can take.
const DECISIONS: usize = 3;

pub(super) fn run(args: &QbrArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let source = Source::of(context, args.as_of)?;
    let periods = Periods::read(&args.period, Some(&args.compare), &source.present)?;
    let pack = pack(&source, periods)?;
    let pack = match args.anonymous {
        true => pack.anonymous(&source.read(roster)?),
        false => pack,
    };
    let pack = pack.called_by(&context.invocation());
    let files = pack.write(&args.out).map_err(refused)?;
    let decided = pack.decisions.iter().map(|one| one.title.as_str());
    let record = Record::new()
        .with("folder", "Folder", Cell::text(args.out.display()))
        .with("period", "Period", pack.period.as_str())
        .with("compared_with", "Beside", pack.beside.as_str())
        .with("anonymous", "Anonymous", pack.anonymous)
        .with("files", "Files", files.len())
        .with("decisions", "To decide", Cell::list(decided))
        .data("names", Cell::list(&files))
        .say(format!(
            "Look at {} first.",
            args.out.join("qbr.html").display()
        ));
    context.show("report-qbr/1", pack.as_of, record)?;
    Ok(Done::Fully)
}

/// A folder that cannot be written, with what to do about it.
fn refused(error: FolderError) -> anyhow::Error {
    match error.hint() {
        Some(hint) => Failure::Other {
            message: error.to_string(),
            hint,
        }
        .into(),
        None => error.into(),
    }
}

fn pack(source: &Source<'_, '_>, periods: Periods) -> anyhow::Result<Pack> {
    let present = &source.present;
    let every = follow::every(&periods);
    let mut found = Findings::default();
    let (mut figures, mut sections) = (Vec::new(), Vec::new());
    for kind in REPORTS {
        let report = (kind.load)(source, &every)?;
        figures.extend(headlines(report.as_ref(), &periods));
        report.find(&periods.now, &mut found);
        sections.push(section(kind, report.as_ref(), &periods, present)?);
    }
    let watch = source.read(Watch::load)?;
    figures.extend(headlines(&watch, &periods));
    watch.find(&periods.now, &mut found);
    let decided: Vec<Advice> = decisions(&found)
        .iter()
        .take(DECISIONS)
        .map(advice)
        .collect();
    Ok(Pack {
        title: format!("Customer advocacy, {}", periods.now.name()),
        as_of: present.today,
        period: periods.now.name(),
        beside: periods.beside.map(|one| one.name()).unwrap_or_default(),
        running: periods.now.is_running(present.today),
        headlines: figures,
        decisions: decided,
        sections,
        anonymous: false,
    })
}

fn section(
    kind: &Kind,
    report: &dyn Report,
    periods: &Periods,
    present: &Present,
) -> anyhow::Result<Section> {
    let asked = Asked {
        periods: *periods,
        by: kind.by,
        rows: true,
        present,
    };
    let beside = periods.beside.map(|one| one.name()).unwrap_or_default();
    Ok(Section::new(
        (kind.name, kind.title, kind.question),
        report.record(&asked)?,
        report.charts(&leading_to(periods.now)),
        (&periods.now.name(), &beside),
    ))
}

/// What to say instead of the names of people and accounts.
fn roster(tx: &Tx<'_>, present: &Present) -> anyhow::Result<Roster> {
    let mut roster = Roster::default();
    for row in tx.everybody()? {
        let industry = row.industry.as_deref();
        let industry = industry.map(|words| present.policy.industries.name_of(words));
        let role = row.title.as_deref().or(row.persona.as_deref());
        roster.person(&row.email, role, industry.as_deref());
        if let Some(account) = &row.account {
            roster.account(account, industry.as_deref());
        }
    }
    Ok(roster)
}
