//! Touches: contact that asked for nothing, a fact each.

use super::rows::{new_record, record};
use super::{Result, Tx, Writing};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{OperationId, PersonId, TapId, TouchId};
use crate::domain::named::Named;
use crate::domain::touch::TouchKind;

new_record! {
    /// A touch to record.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct NewTouch<'a> into "touches" {
        /// With whom.
        person: PersonId = "person_id",
        /// What it was.
        kind: TouchKind = "kind",
        /// The ask that it was about.
        tap: Option<TapId> = "tap_id",
        /// By whom.
        by: &'a str = "touched_by",
        /// Whether they answered.
        answered: Option<bool> = "answered",
        /// Whether they had a good word.
        good: Option<bool> = "good",
        /// Words beside it.
        note: Option<&'a str> = "note",
        /// When.
        at: Timestamp = "touched_at",
    }
}

record! {
    /// A touch as shown.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct TouchRow from "touches t JOIN people p ON p.id = t.person_id" {
        /// Its id.
        id: TouchId = "t.id",
        /// With whom.
        person: PersonId = "t.person_id",
        /// Their address.
        email: String = "p.email",
        /// Their name.
        name: Option<String> = "p.name",
        /// What it was.
        kind: TouchKind = "t.kind",
        /// The ask that it was about.
        tap: Option<TapId> = "t.tap_id",
        /// By whom.
        by: String = "t.touched_by",
        /// Whether they answered, where that was recorded.
        answered: Option<bool> = "t.answered",
        /// Whether they had a good word, where that was recorded.
        good: Option<bool> = "t.good",
        /// Words beside it.
        note: Option<String> = "t.note",
        /// When.
        at: Timestamp = "t.touched_at",
        /// The operation that recorded it.
        operation: OperationId = "t.operation_id",
    }
}

impl Tx<'_> {
    /// Every touch, newest first.
    pub(crate) fn touches(&self) -> Result<Vec<TouchRow>> {
        self.all("ORDER BY t.touched_at DESC, t.id DESC", [])
    }

    /// The touches of one person, newest first.
    pub(crate) fn touches_of(&self, person: PersonId) -> Result<Vec<TouchRow>> {
        self.all(
            "WHERE t.person_id = ?1 ORDER BY t.touched_at DESC, t.id DESC",
            [person],
        )
    }
}

impl Tx<'_> {
    /// One touch.
    pub(crate) fn touch_row(&self, id: TouchId) -> Result<Option<TouchRow>> {
        self.one("WHERE t.id = ?1", [id])
    }
}

impl Named for TouchRow {
    fn email(&self) -> &str {
        &self.email
    }

    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn account(&self) -> Option<&str> {
        None
    }
}

impl Writing<'_> {
    /// Records a touch.
    pub(crate) fn add_touch(&self, new: &NewTouch<'_>) -> Result<TouchId> {
        self.add_new(new, &[])
    }
}
