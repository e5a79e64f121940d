//! Asks that were made, as a list.

use crate::domain::named::Named;
use crate::domain::present::Present;
use crate::output::{Reader, Shown, Table};
use crate::store::TapRow;

/// Taps as a list; `whose` says who needs to be told whose they are.
pub(crate) fn table<'a>(taps: &'a [TapRow], present: &Present, whose: Shown) -> Table<'a, TapRow> {
    table_for(Reader::Anybody, taps, present, whose)
}

/// The same for somebody.
pub(crate) fn table_for<'a>(
    reader: Reader,
    taps: &'a [TapRow],
    present: &Present,
    whose: Shown,
) -> Table<'a, TapRow> {
    // A line has room for whose tap it was, or for more about it.
    let more = match whose {
        Shown::ToPrograms => Shown::Everywhere,
        _ => Shown::ToPrograms,
    };
    Table::read_by(reader, taps)
        .right("tap_id", "Tap", |tap| tap.id)
        .left("tapped_on", "On", |tap| present.day(tap.at))
        .data("email", |tap| &tap.email)
        .left("name", "Name", |tap| tap.shown_name())
        .only(whose)
        .always()
        .cut()
        .left("account", "Account", |tap| tap.account.as_ref())
        .only(whose)
        .cut()
        .left("ask", "Ask", |tap| tap.kind)
        .always()
        .left("effort", "Effort", |tap| tap.effort)
        .only(more)
        .spare()
        .left("tapped_by", "By", |tap| &tap.by)
        .only(more)
        .cut()
        .spare()
        .left("outcome", "Outcome", |tap| tap.outcome)
        .always()
        .data("outcome_on", |tap| present.day(tap.outcome_at))
        .right("rating", "Rating", |tap| tap.rating)
        .spare()
        .reading("Marks", marks)
        .spare()
        .data("over_cap", |tap| tap.over_cap)
        .data("overridden", |tap| tap.overridden.as_ref())
        .data("override_reason", |tap| tap.override_reason.as_ref())
        .data("imported", |tap| tap.imported)
        .data("request_id", |tap| tap.request)
        .data("introduced", |tap| tap.introduced.as_ref())
        .data("loop_closed", |tap| tap.loop_closed)
        .reading("Note", |tap| notes(tap, more))
        .spare()
        .data("note", |tap| tap.note.as_ref())
        .data("outcome_note", |tap| tap.outcome_note.as_ref())
        .data("operation_id", |tap| tap.operation)
        .data("outcome_operation_id", |tap| tap.outcome_operation)
        .data("prospect_note", |tap| tap.prospect_note.as_ref())
        .with(|table| match more {
            Shown::Everywhere => table.reading("Ops", operations).spare(),
            _ => table,
        })
}

/// What is unusual about a tap, in words.
fn marks(tap: &TapRow) -> Option<String> {
    let mut marks = Vec::new();
    if tap.over_cap {
        marks.push("over cap".to_owned());
    }
    if let (Some(rules), Some(reason)) = (&tap.overridden, &tap.override_reason) {
        marks.push(format!("overrode {rules}: {reason}"));
    }
    if let Some(request) = tap.request {
        marks.push(format!("request {request}"));
    }
    match (&tap.introduced, tap.loop_closed) {
        (Some(name), true) => marks.push(format!("introduced {name}, a customer now")),
        (Some(name), false) => marks.push(format!("introduced {name}")),
        (None, _) => {}
    }
    (!marks.is_empty()).then(|| marks.join("; "))
}

/// The operations that recorded the ask and what became of it.
fn operations(tap: &TapRow) -> String {
    let all = [Some(tap.operation), tap.outcome_operation];
    let all: Vec<String> = all.iter().flatten().map(ToString::to_string).collect();
    all.join(", ")
}

/// The note on the ask, and where there is room for it the one on its outcome.
fn notes(tap: &TapRow, more: Shown) -> String {
    let of_outcome = tap.outcome_note.iter().chain(&tap.prospect_note);
    let more = of_outcome.filter(|_| more == Shown::Everywhere);
    let notes: Vec<&str> = tap.note.iter().chain(more).map(String::as_str).collect();
    notes.join("; ")
}
