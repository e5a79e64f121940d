//! `request close` and `request reopen`.

use chrono::NaiveDate;
use clap::Args;

use crate::domain::request::{Event, Status, UnfilledReason};
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record};
use crate::resolve;
use crate::resolve::arguments::{day, request_number, words};
use crate::session::{Done, Session};

/// Arguments of `request close`.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("how").required(true).args(["unfilled", "withdrawn"]))]
pub struct RequestCloseArgs {
    /// The request's number
    #[arg(value_name = "ID", value_parser = request_number)]
    pub id: i64,
    /// Nobody was found: nobody-fits, all-resting, all-declined or too-late
    #[arg(long, value_name = "REASON")]
    pub unfilled: Option<UnfilledReason>,
    /// No longer needed, and why
    #[arg(long, value_name = "REASON", value_parser = words)]
    pub withdrawn: Option<String>,
    /// The day it was closed [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<NaiveDate>,
}

/// Arguments of `request reopen`.
#[derive(Debug, Args)]
pub struct RequestReopenArgs {
    /// The request's number
    #[arg(value_name = "ID", value_parser = request_number)]
    pub id: i64,
    /// Why
    #[arg(long, value_name = "TEXT", required = true, value_parser = words)]
    pub reason: String,
}

pub(super) fn close(args: &RequestCloseArgs, session: &mut Session<'_>) -> Result<Done> {
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
    happen(&change, session)
}

pub(super) fn reopen(args: &RequestReopenArgs, session: &mut Session<'_>) -> Result<Done> {
    let change = Change {
        id: args.id,
        event: Event::Reopened,
        reason: &args.reason,
        on: None,
    };
    happen(&change, session)
}

/// Something that is to happen to a request.
struct Change<'a> {
    id: i64,
    event: Event,
    reason: &'a str,
    on: Option<NaiveDate>,
}

fn happen(change: &Change<'_>, session: &mut Session<'_>) -> Result<Done> {
    let today = session.write(|writing, present| {
        let row = resolve::request(writing, change.id)?;
        change.event.check(row.status()).map_err(|message| {
            Failure::step(
                format!("request {}", row.id),
                message,
                "request",
                CommandLine::of("request show").value(row.id),
            )
        })?;
        let at = present.instant_on(change.on)?;
        let last = row.events.last().map_or(row.opened_at, |event| event.at);
        let at = present.replacing(at, last).map_err(|since| {
            Failure::replaces_later(since, format!("request {} changed last on {since}", row.id))
        })?;
        writing.add_request_event(row.id, change.event, None, Some(change.reason), at)?;
        // Whoever is held for it is free again.
        if change.event != Event::Reopened {
            writing.release_holds_for(row.id)?;
        }
        Ok(present.today)
    })?;
    let status = change.event.leads_to().unwrap_or(Status::Open);
    let record = Record::new()
        .with("request_id", "Request", change.id)
        .with("status", "Status", status)
        .with("reason", "Reason", change.reason);
    session.show("request-change/1", today, record)?;
    Ok(Done::Fully)
}
