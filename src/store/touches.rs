//! Touches: contact that asked for nothing, a fact each.

use super::rows::{new_record, record};
use super::{Result, Tx, Writing};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{PersonId, TapId, TouchId};
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
        answered: bool = "answered",
        /// Whether they had a good word.
        good: bool = "good",
        /// Words beside it.
        note: Option<&'a str> = "note",
        /// When.
        at: Timestamp = "touched_at",
    }
}

record! {
    /// A touch as shown.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct TouchRow from "touches" {
        /// Its id.
        id: TouchId = "id",
        /// With whom.
        person: PersonId = "person_id",
        /// What it was.
        kind: TouchKind = "kind",
        /// The ask that it was about.
        tap: Option<TapId> = "tap_id",
        /// By whom.
        by: String = "touched_by",
        /// Whether they answered, where that was recorded.
        answered: Option<bool> = "answered",
        /// Whether they had a good word, where that was recorded.
        good: Option<bool> = "good",
        /// Words beside it.
        note: Option<String> = "note",
        /// When.
        at: Timestamp = "touched_at",
    }
}

impl Tx<'_> {
    /// Every touch, newest first.
    pub(crate) fn touches(&self) -> Result<Vec<TouchRow>> {
        self.all("ORDER BY touched_at DESC, id DESC", [])
    }

    /// The touches of one person, newest first.
    pub(crate) fn touches_of(&self, person: PersonId) -> Result<Vec<TouchRow>> {
        self.all(
            "WHERE person_id = ?1 ORDER BY touched_at DESC, id DESC",
            [person],
        )
    }
}

impl Writing<'_> {
    /// Records a touch.
    pub(crate) fn add_touch(&self, new: &NewTouch<'_>) -> Result<TouchId> {
        self.add_new(new, &[])
    }
}
