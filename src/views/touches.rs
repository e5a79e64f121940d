//! Contact that asked for nothing, as a list.

use crate::domain::present::Present;
use crate::output::{Sheet, Table};
use crate::store::TouchRow;

/// Touches as a list.
pub(crate) fn table(touches: &[TouchRow], present: &Present) -> Sheet {
    Table::of(touches)
        .right("touch_id", "Touch", |touch| touch.id)
        .left("touched_on", "On", |touch| present.day(touch.at))
        .left("kind", "Kind", |touch| touch.kind)
        .left("touched_by", "By", |touch| &touch.by)
        .right("tap_id", "About tap", |touch| touch.tap)
        .left("answered", "Answered", |touch| touch.answered)
        .left("good", "Good word", |touch| touch.good)
        .left("note", "Note", |touch| touch.note.as_ref())
        .empty("")
}
