//! `request open|list|show|close|reopen|fill`: demand, and what becomes of it (`domain.md` §7).

mod fill;
mod open;
mod show;

use super::{Context, Done, Failure, Present, hold, names, search};
use crate::cli::{RequestCloseArgs, RequestCommand, RequestListArgs, RequestReopenArgs};
use crate::domain::ids::RequestId;
use crate::domain::request::{self, Event, Status};
use crate::output::{Cell, Column, Record, Sheet, Shown};
use crate::store::{RequestRow, TapFilter, TapRow, Tx};

pub(super) fn run(command: &RequestCommand, context: &mut Context<'_>) -> anyhow::Result<Done> {
    match command {
        RequestCommand::Open(args) => open::run(args, context),
        RequestCommand::List(args) => list(args, context),
        RequestCommand::Show(args) => show::run(args, context),
        RequestCommand::Close(args) => close(args, context),
        RequestCommand::Reopen(args) => reopen(args, context),
        RequestCommand::Fill(args) => fill::run(args, context),
    }
}

/// Where a request stands.
pub(super) fn status(row: &RequestRow) -> Status {
    request::status(row.events.iter().map(|event| event.event))
}

/// The taps made for a request.
fn taps_for(tx: &Tx<'_>, id: RequestId) -> anyhow::Result<Vec<TapRow>> {
    Ok(tx.taps(&TapFilter {
        request: Some(id),
        ..TapFilter::default()
    })?)
}

/// How many said yes.
fn supplied(taps: &[TapRow]) -> usize {
    taps.iter()
        .filter(|tap| request::supplies(tap.outcome))
        .count()
}

/// A request with what was done for it.
struct Listed {
    row: RequestRow,
    supplied: usize,
    asked: usize,
    held: usize,
}

fn list(args: &RequestListArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let (mut rows, present) = context.read(args.as_of.as_of, |tx, present| {
        let industry = match &args.industry {
            Some(words) => Some(names::industry(tx, &present.policy, words)?.name),
            None => None,
        };
        let mut rows = Vec::new();
        for row in tx.requests()? {
            if matches(&row, args, industry.as_deref(), present) {
                let taps = taps_for(tx, row.id)?;
                let held = tx
                    .holds_for(row.id)?
                    .iter()
                    .filter(|hold| hold.lasts(present.now))
                    .count();
                rows.push(Listed {
                    supplied: supplied(&taps),
                    asked: taps.len(),
                    held,
                    row,
                });
            }
        }
        Ok((rows, present.clone()))
    })?;
    rows.sort_by_key(|listed| {
        let row = &listed.row;
        (
            status(row) != Status::Open,
            row.needed_by.is_none(),
            row.needed_by,
            row.id,
        )
    });
    context.show("request-list/1", present.today, sheet(&rows, &present))?;
    Ok(Done::Fully)
}

fn matches(
    row: &RequestRow,
    args: &RequestListArgs,
    industry: Option<&str>,
    present: &Present,
) -> bool {
    let status = status(row);
    let wanted = match (args.all, args.status) {
        (true, _) => true,
        (false, Some(wanted)) => status == wanted,
        (false, None) => status == Status::Open,
    };
    let own = row
        .industry
        .as_deref()
        .map(|words| present.policy.industries.name_of(words));
    wanted
        && (!args.overdue || request::is_overdue(status, row.needed_by, present.today))
        && args
            .by
            .as_ref()
            .is_none_or(|by| row.requested_by.eq_ignore_ascii_case(by))
        && industry.is_none_or(|industry| own.as_deref() == Some(industry))
        && args.ask.is_none_or(|kind| row.kind == kind)
}

fn sheet(rows: &[Listed], present: &Present) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::right("request_id", "Request"),
        Column::left("ask", "Ask"),
        Column::left("industry", "Industry"),
        Column::left("account", "Prospect"),
        Column::left("requested_by", "By"),
        Column::left("opened_on", "Opened").only(Shown::Data),
        Column::left("needed_by", "Needed by"),
        Column::left("status_in_words", "Status").only(Shown::Reading),
        Column::left("status", "Status").only(Shown::Data),
        Column::left("overdue", "Overdue").only(Shown::Data),
        Column::left("progress", "So far").only(Shown::Reading),
        Column::right("wanted", "Wanted").only(Shown::Data),
        Column::right("supplied", "Supplied").only(Shown::Data),
        Column::right("asked", "Asked").only(Shown::Data),
        Column::right("held", "Held").only(Shown::Data),
    ])
    .empty(
        "No requests. Open one with: advocate request open --ask reference --industry healthcare",
    );
    for Listed {
        row,
        supplied,
        asked,
        held,
    } in rows
    {
        let status = status(row);
        let overdue = request::is_overdue(status, row.needed_by, present.today);
        let in_words = if overdue { "overdue" } else { status.name() };
        sheet.push(vec![
            row.id.0.into(),
            row.kind.name().into(),
            row.industry
                .as_deref()
                .map(|words| present.policy.industries.name_of(words))
                .into(),
            row.prospect.as_deref().into(),
            row.requested_by.as_str().into(),
            present.day(row.opened_at).into(),
            Cell::opt(row.needed_by),
            in_words.into(),
            status.name().into(),
            overdue.into(),
            progress(*supplied, row.wanted, *held, *asked).into(),
            row.wanted.into(),
            (*supplied).into(),
            (*asked).into(),
            (*held).into(),
        ]);
    }
    sheet
}

/// How far a request has come, such as `1 of 2, 3 asked`; what is not there is not said.
fn progress(supplied: usize, wanted: u32, held: usize, asked: usize) -> String {
    let mut words = format!("{supplied} of {wanted}");
    for (count, what) in [(held, "held"), (asked, "asked")] {
        if count > 0 {
            words.push_str(&format!(", {count} {what}"));
        }
    }
    words
}

fn close(args: &RequestCloseArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let (event, reason) = match (&args.unfilled, &args.withdrawn) {
        (Some(reason), _) => (Event::Unfilled, reason.name().to_owned()),
        (None, reason) => (Event::Withdrawn, reason.clone().unwrap_or_default()),
    };
    let change = Change {
        id: args.id,
        event,
        reason: &reason,
        on: args.on,
    };
    happen(&change, context)
}

fn reopen(args: &RequestReopenArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    happen(
        &Change {
            id: args.id,
            event: Event::Reopened,
            reason: &args.reason,
            on: None,
        },
        context,
    )
}

/// Something that is to happen to a request.
struct Change<'a> {
    id: i64,
    event: Event,
    reason: &'a str,
    on: Option<chrono::NaiveDate>,
}

fn happen(change: &Change<'_>, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let today = context.write(|writing, present| {
        let row = search::request(writing, change.id)?;
        change
            .event
            .check(status(&row))
            .map_err(|message| Failure::Move {
                who: format!("request {}", row.id),
                message,
                refusal: "request",
                hint: format!("advocate request show {}", row.id),
            })?;
        let at = present.instant_on(change.on)?;
        let last = row.events.last().map_or(row.opened_at, |event| event.at);
        let at = present.replacing(at, last, |since| {
            format!("request {} changed last on {since}", row.id)
        })?;
        writing.add_request_event(row.id, change.event, None, Some(change.reason), at)?;
        // Whoever is held for it is free again.
        if change.event != Event::Reopened {
            hold::release_all(writing, row.id, present)?;
        }
        Ok(present.today)
    })?;
    let status = change.event.leads_to().unwrap_or(Status::Open);
    let record = Record::new()
        .with("request_id", "Request", change.id)
        .with("status", "Status", status.name())
        .with("reason", "Reason", change.reason);
    context.show("request-change/1", today, record)?;
    Ok(Done::Fully)
}
