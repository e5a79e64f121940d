//! `request show`: the whole story of a request.

use super::super::taps;
use super::{status, supplied, taps_for};
use crate::domain::calendar::Timestamp;
use crate::domain::present::Present;
use crate::domain::request::{self, Event};
use crate::domain::tap::Outcome;
use crate::failure::Result;
use crate::output::{Cell, Column, Record, Sheet};
use crate::resolve::arguments::AsOf;
use crate::resolve::arguments::request_number;
use crate::resolve::wanted as search;
use crate::session::{Done, Session};
use crate::store::{DealRow, HoldRow, PersonRow, RequestRow, TapRow};
use clap::Args;

/// Arguments of `request show`.
#[derive(Debug, Args)]
pub struct RequestShowArgs {
    /// The request's number
    #[arg(value_name = "ID", value_parser = request_number)]
    pub id: i64,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// Everything on record about a request.
struct Story {
    row: RequestRow,
    deal: Option<DealRow>,
    holds: Vec<HoldRow>,
    taps: Vec<TapRow>,
    outcomes: Vec<(Timestamp, Outcome, String)>,
    proposed: Vec<(Timestamp, PersonRow)>,
}

pub(super) fn run(args: &RequestShowArgs, session: &mut Session<'_>) -> Result<Done> {
    let (story, present) = session.read(args.as_of.as_of, |tx, present| {
        let row = search::request(tx, args.id)?;
        let mut proposed = Vec::new();
        for event in row
            .events
            .iter()
            .filter(|event| event.event == Event::Proposed)
        {
            if let Some(person) = event.person.map(|id| tx.person(id)).transpose()?.flatten() {
                proposed.push((event.at, person));
            }
        }
        let taps = taps_for(tx, row.id)?;
        let mut outcomes = Vec::new();
        for tap in &taps {
            for (outcome, at) in tx.outcomes_of(tap.id)? {
                outcomes.push((at, outcome, tap.email.clone()));
            }
        }
        let story = Story {
            deal: row.deal.map(|id| tx.deal(id)).transpose()?.flatten(),
            holds: tx.holds_for(row.id)?,
            taps,
            outcomes,
            proposed,
            row,
        };
        Ok((story, present.clone()))
    })?;
    session.show("request/1", present.today, record(&story, &present))?;
    Ok(Done::Fully)
}

fn record(story: &Story, present: &Present) -> Record {
    let row = &story.row;
    let status = status(row);
    let filled_at = request::first_filled(row.events.iter().map(|event| (event.event, event.at)));
    let until = filled_at.unwrap_or(present.now);
    let record = Record::new()
        .with("request_id", "Request", row.id.0)
        .with("ask", "Ask", row.kind.name())
        .with("industry", "Industry", row.industry.as_deref())
        .with("traits", "Traits", Cell::list(row.traits.iter().map(said)))
        .with("account", "Prospect", row.prospect.as_deref())
        .with("deal_id", "Deal", Cell::opt(row.deal.map(|id| id.0)))
        .with(
            "amount",
            "Amount",
            Cell::from(story.deal.as_ref().and_then(|deal| deal.words.amount)),
        )
        .with("requested_by", "By", row.requested_by.as_str())
        .with("opened_on", "Opened", present.day(row.opened_at))
        .with("needed_by", "Needed by", Cell::opt(row.needed_by))
        .with("note", "Note", row.note.as_deref())
        .with("status", "Status", status.name())
        .with(
            "overdue",
            "Overdue",
            request::is_overdue(status, row.needed_by, present.today),
        )
        .with("wanted", "Wanted", row.wanted)
        .with("supplied", "Said yes", supplied(&story.taps))
        .with("filled_at", "First filled", Cell::opt(filled_at))
        .with(
            "clock_hours",
            "Clock (hours)",
            Cell::decimal((until.0 - row.opened_at.0) as f64 / 3600.0, 1),
        );
    record
        .with("events", "What happened", events(story, present))
        .with(
            "taps",
            format!("Asked ({})", story.taps.len()),
            taps::sheet(&story.taps, present, taps::Of::Everyone).empty(""),
        )
}

fn said((kind, value, required): &(crate::domain::matching::Trait, String, bool)) -> String {
    match required {
        true => format!("{kind} {value} (required)"),
        false => format!("{kind} {value}"),
    }
}

/// What happened, in its order: the events of the request, its holds, and the answers to its taps.
fn events(story: &Story, present: &Present) -> Sheet {
    let mut lines: Vec<(Timestamp, &str, String)> = Vec::new();
    for event in story
        .row
        .events
        .iter()
        .filter(|event| event.event != Event::Proposed)
    {
        lines.push((
            event.at,
            event.event.name(),
            event.reason.clone().unwrap_or_default(),
        ));
    }
    for (at, person) in &story.proposed {
        lines.push((*at, Event::Proposed.name(), person.email.clone()));
    }
    let asked_at = |person, at| {
        let mut taps = story.taps.iter();
        taps.any(|tap| tap.person == person && tap.at == at)
    };
    for hold in &story.holds {
        lines.push((
            hold.placed_at,
            "held",
            format!("{} by {}", hold.email, hold.placed_by),
        ));
        match hold.released_at {
            // The ask ended the hold in its own moment; it tells of itself.
            Some(at) if asked_at(hold.person, at) => {}
            Some(at) => lines.push((at, "released", hold.email.clone())),
            None if hold.lapses_at <= present.now => {
                lines.push((hold.lapses_at, "lapsed", hold.email.clone()))
            }
            None => {}
        }
    }
    for tap in &story.taps {
        lines.push((
            tap.at,
            "asked",
            format!("{} by {} (tap {})", tap.email, tap.by, tap.id),
        ));
    }
    for (at, outcome, email) in &story.outcomes {
        lines.push((*at, outcome.name(), email.clone()));
    }
    // In one moment the answer comes before what it made of the request.
    lines.sort_by_key(|(at, what, _)| (*at, *what == Event::Filled.name()));
    let mut sheet = Sheet::new(vec![
        Column::left("on", "On"),
        Column::left("event", "What"),
        Column::left("detail", "Detail"),
    ]);
    for (at, what, detail) in lines {
        sheet.push(vec![present.day(at).into(), what.into(), detail.into()]);
    }
    sheet
}
