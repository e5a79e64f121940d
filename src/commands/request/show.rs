//! `request show`: the whole story of a request.

use clap::Args;

use crate::domain::calendar::Timestamp;
use crate::domain::matching::Trait;
use crate::domain::present::Present;
use crate::domain::request::{self, Event};
use crate::domain::tap::Outcome;
use crate::failure::Result;
use crate::output::{Cell, Record, Sheet, Table};
use crate::resolve;
use crate::resolve::arguments::{AsOf, request_number};
use crate::session::{Done, Session};
use crate::store::{DealRow, HoldRow, PersonRow, RequestRow, TapRow, Tx};
use crate::views::taps::{self, TapsOf};

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
    session.answer("request/1", args.as_of.as_of, |tx, present| {
        let story = Story::load(tx, resolve::request(tx, args.id)?)?;
        Ok(record(&story, present))
    })
}

impl Story {
    fn load(tx: &Tx<'_>, row: RequestRow) -> Result<Self> {
        let mut proposed = Vec::new();
        for event in row.events.iter().filter(|one| is_proposal(one.event)) {
            let person = event.person.map(|id| tx.person(id)).transpose()?;
            proposed.extend(person.flatten().map(|person| (event.at, person)));
        }
        let taps = tx.taps_for(row.id)?;
        let mut outcomes = Vec::new();
        for tap in &taps {
            for (outcome, at) in tx.outcomes_of(tap.id)? {
                outcomes.push((at, outcome, tap.email.clone()));
            }
        }
        Ok(Self {
            deal: row.deal.map(|id| tx.deal(id)).transpose()?.flatten(),
            holds: tx.holds_for(row.id)?,
            taps,
            outcomes,
            proposed,
            row,
        })
    }
}

fn is_proposal(event: Event) -> bool {
    event == Event::Proposed
}

fn record(story: &Story, present: &Present) -> Record {
    let row = &story.row;
    let status = row.status();
    let overdue = request::is_overdue(status, row.needed_by, present.today);
    let deal = story.deal.as_ref();
    let filled_at = request::first_filled(row.events.iter().map(|event| (event.event, event.at)));
    let until = filled_at.unwrap_or(present.now);
    let hours = (until.0 - row.opened_at.0) as f64 / 3600.0;
    let supplied = request::supplied(story.taps.iter().map(|tap| tap.outcome));
    let taps = taps::table(&story.taps, present, TapsOf::Everyone).empty("");
    Record::new()
        .with("request_id", "Request", row.id)
        .with("ask", "Ask", row.kind)
        .with("industry", "Industry", row.industry.as_ref())
        .with("traits", "Traits", Cell::list(row.traits.iter().map(said)))
        .with("account", "Prospect", row.prospect.as_ref())
        .with("deal_id", "Deal", row.deal)
        .with("amount", "Amount", deal.and_then(|deal| deal.words.amount))
        .with("requested_by", "By", &row.requested_by)
        .with("opened_on", "Opened", present.day(row.opened_at))
        .with("needed_by", "Needed by", row.needed_by)
        .with("note", "Note", row.note.as_ref())
        .with("status", "Status", status)
        .with("overdue", "Overdue", overdue)
        .with("wanted", "Wanted", row.wanted)
        .with("supplied", "Said yes", supplied)
        .with("filled_at", "First filled", filled_at)
        .with("clock_hours", "Clock (hours)", Cell::decimal(hours, 1))
        .with("events", "What happened", events(story, present))
        .with("taps", format!("Asked ({})", story.taps.len()), taps)
}

fn said((kind, value, required): &(Trait, String, bool)) -> String {
    match required {
        true => format!("{kind} {value} (required)"),
        false => format!("{kind} {value}"),
    }
}

/// Something that happened, and more about it.
type Happened = (Timestamp, &'static str, String);

/// What happened, in its order: the events of the request, its holds, and the answers to its taps.
fn events(story: &Story, present: &Present) -> Sheet {
    let own = story
        .row
        .events
        .iter()
        .filter(|one| !is_proposal(one.event));
    let own = own.map(|one| {
        let reason = one.reason.clone().unwrap_or_default();
        (one.at, one.event.name(), reason)
    });
    let proposed = story.proposed.iter();
    let proposed = proposed.map(|(at, person)| (*at, Event::Proposed.name(), person.email.clone()));
    let holds = story
        .holds
        .iter()
        .flat_map(|hold| of_hold(story, hold, present));
    let asked = story.taps.iter().map(|tap| {
        let detail = format!("{} by {} (tap {})", tap.email, tap.by, tap.id);
        (tap.at, "asked", detail)
    });
    let outcomes = story.outcomes.iter();
    let outcomes = outcomes.map(|(at, outcome, email)| (*at, outcome.name(), email.clone()));
    let mut happened: Vec<Happened> = own
        .chain(proposed)
        .chain(holds)
        .chain(asked)
        .chain(outcomes)
        .collect();
    // In one moment the answer comes before what it made of the request.
    happened.sort_by_key(|(at, what, _)| (*at, *what == Event::Filled.name()));
    Table::of(&happened)
        .left("on", "On", |(at, ..)| present.day(*at))
        .left("event", "What", |(_, what, _)| *what)
        .left("detail", "Detail", |(.., detail)| detail)
        .sheet()
}

/// A hold and its end.
fn of_hold(story: &Story, hold: &HoldRow, present: &Present) -> Vec<Happened> {
    let detail = format!("{} by {}", hold.email, hold.placed_by);
    let placed = (hold.placed_at, "held", detail);
    let mut taps = story.taps.iter();
    let ended = match hold.released_at {
        // The ask ended the hold in its own moment; it tells of itself.
        Some(at) if taps.any(|tap| tap.person == hold.person && tap.at == at) => None,
        Some(at) => Some((at, "released")),
        None if hold.lapses_at <= present.now => Some((hold.lapses_at, "lapsed")),
        None => None,
    };
    let ended = ended.map(|(at, what)| (at, what, hold.email.clone()));
    std::iter::once(placed).chain(ended).collect()
}
