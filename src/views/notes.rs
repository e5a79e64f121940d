//! Notes as a list.

use crate::domain::present::Present;
use crate::output::{Names, Shown, Table};
use crate::store::NoteRow;

/// Notes as a list; `whose` says who needs to be told whom they are about.
pub(crate) fn table<'a>(
    notes: &'a [NoteRow],
    present: &Present,
    whose: Shown,
) -> Table<'a, NoteRow> {
    let table = Table::of(notes)
        .right("note_id", "Note", |note| note.id)
        .left("noted_on", "On", |note| present.day(note.at))
        .data("email", |note| note.email.as_ref())
        .names(Names::People)
        .data("name", |note| note.name.as_ref())
        .names(Names::Others)
        .data("account", |note| note.account.as_ref())
        .names(Names::Accounts);
    let table = match whose {
        Shown::Everywhere => table.reading("About", about).always().cut(),
        _ => table,
    };
    table
        .left("note", "Words", |note| &note.note)
        .always()
        .left("noted_by", "By", |note| &note.by)
        .cut()
        .spare()
        .right("operation_id", "Op", |note| note.operation)
        .spare()
}

/// Whom or what a note is about.
fn about(note: &NoteRow) -> String {
    let person = note.name.as_ref().or(note.email.as_ref());
    let about = person.or(note.account.as_ref());
    about.cloned().unwrap_or_default()
}
