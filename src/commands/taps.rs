//! `taps`: asks, newest first.

use crate::domain::ask::AskKind;
use crate::domain::present::Present;
use crate::domain::tap::Outcome;
use crate::failure::Result;
use crate::output::{Cell, Column, Sheet, Shown};
use crate::resolve;
use crate::resolve::arguments::AsOf;
use crate::resolve::arguments::day;
use crate::resolve::arguments::limit;
use crate::session::{Done, Session};
use crate::store::{TapFilter, TapRow};
use chrono::NaiveDate;
use clap::Args;

/// Arguments of `taps`.
#[derive(Debug, Args)]
pub struct TapsArgs {
    /// Only of this person
    #[arg(value_name = "WHO")]
    pub who: Option<String>,
    /// Only with this outcome
    #[arg(long, value_name = "OUTCOME")]
    pub outcome: Option<Outcome>,
    /// Only of this kind
    #[arg(long, value_name = "KIND")]
    pub ask: Option<AskKind>,
    /// Only since this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub since: Option<NaiveDate>,
    /// At most so many
    #[arg(long, value_name = "NUMBER", value_parser = limit)]
    pub limit: Option<u32>,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

pub(super) fn run(args: &TapsArgs, session: &mut Session<'_>) -> Result<Done> {
    let (rows, present) = session.read(args.as_of.as_of, |tx, present| {
        let person = match &args.who {
            Some(who) => Some(resolve::person(tx, who)?.id),
            None => None,
        };
        let rows = tx.taps(&TapFilter {
            person,
            outcome: args.outcome,
            kind: args.ask,
            request: None,
            since: args.since.map(|day| present.policy.time_zone.start_of(day)),
            limit: args.limit,
        })?;
        Ok((rows, present.clone()))
    })?;
    let of = match &args.who {
        Some(_) => Of::OnePerson,
        None => Of::Everyone,
    };
    let filtered = args.who.is_some()
        || args.outcome.is_some()
        || args.ask.is_some()
        || args.since.is_some()
        || args.as_of.as_of.is_some();
    let sheet = sheet(&rows, &present, of).empty(match filtered {
        true => "No taps like that.",
        false => "No taps. Log the first with: advocate tap WHO --ask KIND",
    });
    session.show("taps/1", present.today, sheet)?;
    Ok(Done::Fully)
}

/// Whose taps are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// Everyone's: each line says whose.
    Everyone,
    /// One person's, so that the reader knows whose; the data say it all the same.
    OnePerson,
}

/// Taps as a list.
pub(super) fn sheet(rows: &[TapRow], present: &Present, of: Of) -> Sheet {
    // A line has room for whose tap it was, or for more about it.
    let (whose, more) = match of {
        Of::Everyone => (Shown::Everywhere, Shown::Data),
        Of::OnePerson => (Shown::Data, Shown::Everywhere),
    };
    let mut sheet = Sheet::new(vec![
        Column::right("tap_id", "Tap"),
        Column::left("tapped_on", "On"),
        Column::left("email", "E-mail").only(Shown::Data),
        Column::left("name", "Name").only(whose),
        Column::left("account", "Account").only(whose),
        Column::left("ask", "Ask"),
        Column::left("effort", "Effort").only(more),
        Column::left("tapped_by", "By").only(more),
        Column::left("outcome", "Outcome"),
        Column::left("outcome_on", "Since").only(Shown::Data),
        Column::right("rating", "Rating"),
        Column::left("marks", "Marks").only(Shown::Reading),
        Column::left("over_cap", "Over cap").only(Shown::Data),
        Column::left("overridden", "Overridden").only(Shown::Data),
        Column::left("override_reason", "Reason").only(Shown::Data),
        Column::left("imported", "Imported").only(Shown::Data),
        Column::right("request_id", "Request").only(Shown::Data),
        Column::left("introduced", "Introduced").only(Shown::Data),
        Column::left("loop_closed", "Loop closed").only(Shown::Data),
        Column::left("notes", "Note").only(Shown::Reading),
        Column::left("note", "Note").only(Shown::Data),
        Column::left("outcome_note", "Outcome note").only(Shown::Data),
    ]);
    for row in rows {
        let more = row.outcome_note.iter().filter(|_| of == Of::OnePerson);
        let notes: Vec<&str> = row.note.iter().chain(more).map(String::as_str).collect();
        sheet.push(vec![
            row.id.0.into(),
            present.day(row.at).into(),
            row.email.as_str().into(),
            row.name.as_deref().unwrap_or(&row.email).into(),
            row.account.as_deref().into(),
            row.kind.name().into(),
            row.effort.name().into(),
            row.by.as_str().into(),
            row.outcome.name().into(),
            present.day(row.outcome_at).into(),
            Cell::opt(row.rating.map(i64::from)),
            marks(row).into(),
            row.over_cap.into(),
            row.overridden.as_deref().into(),
            row.override_reason.as_deref().into(),
            row.imported.into(),
            Cell::opt(row.request.map(|id| id.0)),
            row.introduced.as_deref().into(),
            row.loop_closed.into(),
            notes.join("; ").into(),
            row.note.as_deref().into(),
            row.outcome_note.as_deref().into(),
        ]);
    }
    sheet
}

/// What is unusual about a tap, in words.
fn marks(row: &TapRow) -> Option<String> {
    let mut marks = Vec::new();
    if row.over_cap {
        marks.push("over cap".to_owned());
    }
    if let (Some(rules), Some(reason)) = (&row.overridden, &row.override_reason) {
        marks.push(format!("overrode {rules}: {reason}"));
    }
    if let Some(request) = row.request {
        marks.push(format!("request {request}"));
    }
    match (&row.introduced, row.loop_closed) {
        (Some(name), true) => marks.push(format!("introduced {name}, a customer now")),
        (Some(name), false) => marks.push(format!("introduced {name}")),
        (None, _) => {}
    }
    (!marks.is_empty()).then(|| marks.join("; "))
}
