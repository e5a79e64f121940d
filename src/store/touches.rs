//! Touches: contact that asked for nothing, a fact each.

use rusqlite::{Row, params};

use super::{Result, Tx, Writing, parsed};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{PersonId, TapId, TouchId};
use crate::domain::touch::TouchKind;

/// A touch to record.
#[derive(Debug, Clone, Copy)]
pub struct NewTouch<'a> {
    /// With whom.
    pub person: PersonId,
    /// What it was.
    pub kind: TouchKind,
    /// The ask that it was about.
    pub tap: Option<TapId>,
    /// By whom.
    pub by: &'a str,
    /// Words beside it.
    pub note: Option<&'a str>,
    /// When.
    pub at: Timestamp,
}

/// A touch as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TouchRow {
    /// Its id.
    pub id: TouchId,
    /// With whom.
    pub person: PersonId,
    /// What it was.
    pub kind: TouchKind,
    /// The ask that it was about.
    pub tap: Option<TapId>,
    /// By whom.
    pub by: String,
    /// Words beside it.
    pub note: Option<String>,
    /// When.
    pub at: Timestamp,
}

const SELECT: &str =
    "SELECT id, person_id, kind, tap_id, touched_by, note, touched_at FROM touches";

fn read(row: &Row<'_>) -> rusqlite::Result<TouchRow> {
    Ok(TouchRow {
        id: TouchId(row.get(0)?),
        person: PersonId(row.get(1)?),
        kind: parsed(row, 2)?,
        tap: row.get::<_, Option<i64>>(3)?.map(TapId),
        by: row.get(4)?,
        note: row.get(5)?,
        at: Timestamp(row.get(6)?),
    })
}

impl Tx<'_> {
    /// Every touch, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn touches(&self) -> Result<Vec<TouchRow>> {
        self.rows(
            &format!("{SELECT} ORDER BY touched_at DESC, id DESC"),
            [],
            read,
        )
    }

    /// The touches of one person, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn touches_of(&self, person: PersonId) -> Result<Vec<TouchRow>> {
        let sql = format!("{SELECT} WHERE person_id = ?1 ORDER BY touched_at DESC, id DESC");
        self.rows(&sql, [person.0], read)
    }
}

impl Writing<'_> {
    /// Records a touch.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_touch(&self, new: &NewTouch<'_>) -> Result<TouchId> {
        let id = TouchId(self.next_id("touches")?);
        self.execute(
            "INSERT INTO touches (id, person_id, kind, tap_id, touched_by, note, touched_at, operation_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                id.0,
                new.person.0,
                new.kind.name(),
                new.tap.map(|tap| tap.0),
                new.by,
                new.note,
                new.at.0,
                self.operation.0,
            ],
        )?;
        Ok(id)
    }
}
