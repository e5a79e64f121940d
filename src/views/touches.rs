//! Contact that asked for nothing, as a list.

use crate::domain::named::Named;
use crate::domain::present::Present;
use crate::output::{Shown, Table};
use crate::store::TouchRow;

/// Touches as a list; `whose` says who needs to be told with whom they were.
pub(crate) fn table<'a>(
    touches: &'a [TouchRow],
    present: &Present,
    whose: Shown,
) -> Table<'a, TouchRow> {
    Table::of(touches)
        .right("touch_id", "Touch", |touch| touch.id)
        .left("touched_on", "On", |touch| present.day(touch.at))
        .data("email", |touch| &touch.email)
        .left("name", "Name", |touch| touch.shown_name())
        .only(whose)
        .always()
        .cut()
        .left("kind", "Kind", |touch| touch.kind)
        .always()
        .left("touched_by", "By", |touch| &touch.by)
        .cut()
        .spare()
        .right("tap_id", "About tap", |touch| touch.tap)
        .spare()
        .left("answered", "Answered", |touch| touch.answered)
        .spare()
        .left("good", "Good word", |touch| touch.good)
        .spare()
        .left("note", "Note", |touch| touch.note.as_ref())
        .right("operation_id", "Op", |touch| touch.operation)
        .spare()
}
