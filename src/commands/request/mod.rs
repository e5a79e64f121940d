//! `request open|list|show|close|reopen|fill`: demand, and what becomes of it (`domain.md` §7).

mod fill;
mod open;
mod show;

use super::hold;
use crate::domain::ask::AskKind;
use crate::domain::ids::RequestId;
use crate::domain::present::Present;
use crate::domain::request::UnfilledReason;
use crate::domain::request::{self, Event, Status};
use crate::failure::{Failure, Result};
use crate::output::{Cell, Column, Record, Sheet, Shown};
use crate::resolve;
use crate::resolve::arguments::AsOf;
use crate::resolve::arguments::day;
use crate::resolve::arguments::request_number;
use crate::resolve::arguments::words;
use crate::resolve::wanted as search;
use crate::session::{Done, Session};
use crate::store::{RequestRow, TapFilter, TapRow, Tx};
use chrono::NaiveDate;
use clap::Args;
use clap::Subcommand;
use fill::RequestFillArgs;
use open::RequestOpenArgs;
use show::RequestShowArgs;

/// What can be done with requests.
#[derive(Debug, Subcommand)]
#[allow(
    clippy::large_enum_variant,
    reason = "one is made in the life of the program"
)]
pub enum RequestCommand {
    /// Record that somebody needs an ask filled
    Open(RequestOpenArgs),
    /// List requests, the most urgent first
    List(RequestListArgs),
    /// Show the whole story of a request
    Show(RequestShowArgs),
    /// Close a request that was not filled, or is no longer needed
    Close(RequestCloseArgs),
    /// Open a closed request again
    Reopen(RequestReopenArgs),
    /// Propose the best free advocate, and hold or ask them
    Fill(RequestFillArgs),
}

/// Arguments of `request list`.
#[derive(Debug, Args)]
pub struct RequestListArgs {
    /// With this status [default: open]
    #[arg(long, value_name = "STATUS", conflicts_with = "all")]
    pub status: Option<Status>,
    /// Whatever their status
    #[arg(long)]
    pub all: bool,
    /// Only those past needed-by and open
    #[arg(long)]
    pub overdue: bool,
    /// Only of this requester
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Only in this industry
    #[arg(long, value_name = "NAME")]
    pub industry: Option<String>,
    /// Only for this kind of ask
    #[arg(long, value_name = "KIND")]
    pub ask: Option<AskKind>,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

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

pub(super) fn run(command: &RequestCommand, session: &mut Session<'_>) -> Result<Done> {
    match command {
        RequestCommand::Open(args) => open::run(args, session),
        RequestCommand::List(args) => list(args, session),
        RequestCommand::Show(args) => show::run(args, session),
        RequestCommand::Close(args) => close(args, session),
        RequestCommand::Reopen(args) => reopen(args, session),
        RequestCommand::Fill(args) => fill::run(args, session),
    }
}

/// Where a request stands.
pub(super) fn status(row: &RequestRow) -> Status {
    request::status(row.events.iter().map(|event| event.event))
}

/// The taps made for a request.
fn taps_for(tx: &Tx<'_>, id: RequestId) -> Result<Vec<TapRow>> {
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

fn list(args: &RequestListArgs, session: &mut Session<'_>) -> Result<Done> {
    let (mut rows, present) = session.read(args.as_of.as_of, |tx, present| {
        let industry = match &args.industry {
            Some(words) => Some(resolve::industry(tx, &present.policy, words)?.name),
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
    session.show("request-list/1", present.today, sheet(&rows, &present))?;
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

fn close(args: &RequestCloseArgs, session: &mut Session<'_>) -> Result<Done> {
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

fn reopen(args: &RequestReopenArgs, session: &mut Session<'_>) -> Result<Done> {
    happen(
        &Change {
            id: args.id,
            event: Event::Reopened,
            reason: &args.reason,
            on: None,
        },
        session,
    )
}

/// Something that is to happen to a request.
struct Change<'a> {
    id: i64,
    event: Event,
    reason: &'a str,
    on: Option<chrono::NaiveDate>,
}

fn happen(change: &Change<'_>, session: &mut Session<'_>) -> Result<Done> {
    let today = session.write(|writing, present| {
        let row = search::request(writing, change.id)?;
        change.event.check(status(&row)).map_err(|message| {
            Failure::step(
                format!("request {}", row.id),
                message,
                "request",
                format!("advocate request show {}", row.id),
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
            hold::release_all(writing, row.id, present)?;
        }
        Ok(present.today)
    })?;
    let status = change.event.leads_to().unwrap_or(Status::Open);
    let record = Record::new()
        .with("request_id", "Request", change.id)
        .with("status", "Status", status.name())
        .with("reason", "Reason", change.reason);
    session.show("request-change/1", today, record)?;
    Ok(Done::Fully)
}
