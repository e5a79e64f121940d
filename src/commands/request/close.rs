//! `request close` and `request reopen`.

use clap::Args;

use crate::domain::request::{Event, Status, UnfilledReason};
use crate::domain::typed_day::TypedDay;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record};
use crate::resolve::arguments::{day, request_number, word, words};
use crate::resolve::{self, instant};
use crate::session::{Done, Session};

/// Arguments of `request close`.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("how").required(true).args(["unfilled", "withdrawn"]))]
pub struct RequestCloseArgs {
    /// The request's number
    #[arg(value_name = "ID", value_parser = request_number)]
    pub id: i64,
    /// Nobody was found: nobody-fits, all-resting, all-declined or too-late
    #[arg(value_parser = word::<UnfilledReason>(), hide_possible_values = true, long, value_name = "REASON")]
    pub unfilled: Option<UnfilledReason>,
    /// No longer needed, and why
    #[arg(long, value_name = "REASON", value_parser = words)]
    pub withdrawn: Option<String>,
    /// The day it was closed [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<TypedDay>,
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
    happen(args.id, event, (&reason, args.on), session)
}

pub(super) fn reopen(args: &RequestReopenArgs, session: &mut Session<'_>) -> Result<Done> {
    happen(args.id, Event::Reopened, (&args.reason, None), session)
}

/// Records what happened to a request, why and when.
fn happen(
    id: i64,
    event: Event,
    (reason, on): (&str, Option<TypedDay>),
    session: &mut Session<'_>,
) -> Result<Done> {
    session.record("request-change/1", |writing, present| {
        let row = resolve::request(writing, id)?;
        event.check(row.status()).map_err(|message| {
            Failure::step(
                format!("request {}", row.id),
                message,
                "request",
                CommandLine::of("request show").value(row.id),
            )
        })?;
        let last = row.events.last().map_or(row.opened_at, |event| event.at);
        let at = instant::replacing(present, on, Some((last, row.id)), |id, since| {
            format!("request {id} changed last on {since}")
        })?;
        writing.add_request_event(row.id, event, None, Some(reason), at)?;
        // Whoever is held for it is free again.
        if event != Event::Reopened {
            writing.release_holds_for(row.id)?;
        }
        let status = event.leads_to().unwrap_or(Status::Open);
        Ok(Record::new()
            .with("request_id", "Request", row.id)
            .with("status", "Status", status)
            .with("reason", "Reason", reason))
    })
}
