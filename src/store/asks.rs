//! Asks as the ladder and the figures look at them: slim, without the words and names that are shown of a tap.

use rusqlite::Row;

use super::{Result, Tx, parsed};
use crate::domain::ask::{AskKind, Effort};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{PersonId, TapId};
use crate::domain::tap::{Outcome, Rating};

/// A tap that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskRow {
    /// Its id.
    pub tap: TapId,
    /// Who was asked.
    pub person: PersonId,
    /// For what.
    pub kind: AskKind,
    /// How much that took.
    pub effort: Effort,
    /// When.
    pub at: Timestamp,
    /// What became of it.
    pub outcome: Outcome,
    /// Since when.
    pub outcome_at: Timestamp,
    /// How they liked it.
    pub rating: Option<Rating>,
}

fn read(row: &Row<'_>) -> rusqlite::Result<AskRow> {
    Ok(AskRow {
        tap: TapId(row.get(0)?),
        person: PersonId(row.get(1)?),
        kind: parsed(row, 2)?,
        effort: parsed(row, 3)?,
        at: Timestamp(row.get(4)?),
        outcome: parsed(row, 5)?,
        outcome_at: Timestamp(row.get(6)?),
        rating: row.get::<_, Option<u8>>(7)?.and_then(Rating::new),
    })
}

impl Tx<'_> {
    /// The taps that count, of everybody or of one person, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn asks(&self, only: Option<PersonId>) -> Result<Vec<AskRow>> {
        let who = match only {
            Some(_) => "person_id = ?1",
            None => "?1 IS NULL",
        };
        let sql = format!(
            "SELECT id, person_id, ask_kind, effort, tapped_at, outcome, outcome_at, rating FROM taps
             WHERE counts = 1 AND {who} ORDER BY tapped_at, id"
        );
        self.rows(&sql, [only.map(|id| id.0)], read)
    }
}
