//! `request show`: the whole story of a request.

use clap::Args;

use crate::domain::calendar::Timestamp;
use crate::domain::matching::Trait;
use crate::domain::present::Present;
use crate::domain::request::{self, Event};
use crate::domain::tap::Outcome;
use crate::failure::Result;
use crate::output::{Cell, Record, Sheet, Shown, Table};
use crate::resolve;
use crate::resolve::arguments::{AsOf, request_number};
use crate::session::{Done, Session};
use crate::store::{HoldRow, RequestRow, TapRow, Tx};
use crate::views::taps;

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

pub(super) fn run(args: &RequestShowArgs, session: &mut Session<'_>) -> Result<Done> {
    session.answer("request/1", args.as_of.as_of, |tx, present| {
        record(tx, present, &resolve::request(tx, args.id)?)
    })
}

fn record(tx: &Tx<'_>, present: &Present, row: &RequestRow) -> Result<Record> {
    let status = row.status();
    let overdue = request::is_overdue(status, row.due_on(present), present.today);
    let deal = row.deal.map(|id| tx.deal(id)).transpose()?.flatten();
    let filled_at = request::first_filled(row.events.iter().map(|event| (event.event, event.at)));
    let until = filled_at.unwrap_or(present.now);
    let hours = (until.0 - row.opened_at.0) as f64 / 3600.0;
    let taps = tx.taps_for(row.id)?;
    let supplied = request::supplied(taps.iter().map(|tap| tap.outcome));
    let asked = taps::table(&taps, present, Shown::Everywhere).empty("");
    Ok(Record::new()
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
        .data("due_on", row.due_on(present))
        .with("note", "Note", row.note.as_ref())
        .with("status", "Status", status)
        .with("overdue", "Overdue", overdue)
        .with("wanted", "Wanted", row.wanted)
        .with("supplied", "Said yes", supplied)
        .with("filled_at", "First filled", filled_at)
        .with("clock_hours", "Clock (hours)", Cell::decimal(hours, 1))
        .with("events", "What happened", events(tx, present, row, &taps)?)
        .with("taps", format!("Asked ({})", taps.len()), asked))
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
fn events(tx: &Tx<'_>, present: &Present, row: &RequestRow, taps: &[TapRow]) -> Result<Sheet> {
    let (proposed, own): (Vec<_>, Vec<_>) = row
        .events
        .iter()
        .partition(|one| one.event == Event::Proposed);
    let own = own.into_iter().map(|one| {
        let reason = one.reason.clone().unwrap_or_default();
        (one.at, one.event.name(), reason)
    });
    let mut happened: Vec<Happened> = own.collect();
    for event in proposed {
        let person = event.person.map(|id| tx.person(id)).transpose()?.flatten();
        happened.extend(person.map(|one| (event.at, event.event.name(), one.email)));
    }
    for hold in tx.holds_for(row.id)? {
        let detail = format!("{} by {}", hold.email, hold.placed_by);
        happened.push((hold.placed_at, "held", detail));
        let end = end_of(&hold, taps, present);
        happened.extend(end.map(|(at, what)| (at, what, hold.email)));
    }
    for tap in taps {
        let detail = format!("{} by {} (tap {})", tap.email, tap.by, tap.id);
        happened.push((tap.at, "asked", detail));
    }
    for tap in taps {
        let outcomes = tx.outcomes_of(tap.id)?.into_iter();
        happened.extend(outcomes.map(|(outcome, at)| (at, outcome.name(), tap.email.clone())));
    }
    // In one moment the answer comes before what it made of the request.
    let makes = |what: &str, detail: &str| {
        what == Event::Filled.name()
            || what == Event::Reopened.name() && detail.parse::<Outcome>().is_ok()
    };
    happened.sort_by_key(|(at, what, detail)| (*at, makes(what, detail)));
    Ok(Table::of(&happened)
        .left("on", "On", |(at, ..)| present.day(*at))
        .left("event", "What", |(_, what, _)| *what)
        .left("detail", "Detail", |(.., detail)| detail)
        .sheet())
}

/// When a hold ended, and how.
fn end_of(hold: &HoldRow, taps: &[TapRow], present: &Present) -> Option<(Timestamp, &'static str)> {
    let mut taps = taps.iter();
    match hold.released_at {
        // The ask ended the hold in its own moment; it tells of itself.
        Some(at) if taps.any(|tap| tap.person == hold.person && tap.at == at) => None,
        Some(at) => Some((at, "released")),
        None if hold.lapses_at <= present.now => Some((hold.lapses_at, "lapsed")),
        None => None,
    }
}
