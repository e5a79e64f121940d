//! Positive moments that no survey and no ask has shown, as a list.

use crate::domain::present::Present;
use crate::output::{Shown, Table};
use crate::store::{SignalRow, Whose};

/// Signals as a list; `whose` says who needs to be told whose they are.
pub(crate) fn table<'a>(
    signals: &'a [SignalRow],
    present: &Present,
    whose: Shown,
) -> Table<'a, SignalRow> {
    // A list of one person's says instead which of them are their account's.
    let of = match whose {
        Shown::ToPrograms => Shown::Everywhere,
        _ => Shown::ToPrograms,
    };
    Table::of(signals)
        .right("signal_id", "Signal", |signal| signal.id)
        .left("happened_on", "On", |signal| present.day(signal.at))
        .data("email", |signal| signal.email.as_ref())
        .left("name", "Name", |signal| match signal.of {
            Whose::Person(_) => signal.name.as_ref().or(signal.email.as_ref()),
            Whose::Account(_) => None,
        })
        .only(whose)
        .cut()
        .left("account", "Account", |signal| signal.account.as_ref())
        .only(whose)
        .cut()
        .left("of", "Of", |signal| match signal.of {
            Whose::Person(_) => "person",
            Whose::Account(_) => "account",
        })
        .only(of)
        .spare()
        .left("kind", "Kind", |signal| signal.kind)
        .always()
        .left("reading", "Reading", |signal| signal.reading.as_ref())
        .data("source", |signal| signal.source.as_ref())
        .left("note", "Note", |signal| signal.note.as_ref())
        .right("operation_id", "Op", |signal| signal.operation)
        .only(of)
        .spare()
}
