//! Holds: short reservations of somebody for a request.

use rusqlite::{Row, params};

use super::{Result, Tx, Writing};
use crate::domain::ask::Effort;
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{AccountId, HoldId, PersonId, RequestId};

/// A hold to place.
#[derive(Debug, Clone, Copy)]
pub struct NewHold<'a> {
    /// Whom.
    pub person: PersonId,
    /// Their account.
    pub account: Option<AccountId>,
    /// For which request.
    pub request: RequestId,
    /// How much will be asked.
    pub effort: Effort,
    /// Who places it.
    pub by: &'a str,
    /// The instant at which it lapses by itself.
    pub lapses_at: Timestamp,
}

/// A hold as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldRow {
    /// Its id.
    pub id: HoldId,
    /// Whom.
    pub person: PersonId,
    /// Their address.
    pub email: String,
    /// For which request.
    pub request: RequestId,
    /// Since when.
    pub placed_at: Timestamp,
    /// Who placed it.
    pub placed_by: String,
    /// When it lapses by itself.
    pub lapses_at: Timestamp,
    /// When it was released or used.
    pub released_at: Option<Timestamp>,
}

impl HoldRow {
    /// Whether it lasts at an instant: neither released nor lapsed.
    pub fn lasts(&self, now: Timestamp) -> bool {
        self.released_at.is_none() && self.lapses_at > now
    }
}

const SELECT: &str =
    "SELECT h.id, h.person_id, p.email, h.request_id, h.placed_at, h.placed_by, h.lapses_at,
    h.released_at FROM holds h JOIN people p ON p.id = h.person_id";

fn read(row: &Row<'_>) -> rusqlite::Result<HoldRow> {
    Ok(HoldRow {
        id: HoldId(row.get(0)?),
        person: PersonId(row.get(1)?),
        email: row.get(2)?,
        request: RequestId(row.get(3)?),
        placed_at: Timestamp(row.get(4)?),
        placed_by: row.get(5)?,
        lapses_at: Timestamp(row.get(6)?),
        released_at: row.get::<_, Option<i64>>(7)?.map(Timestamp),
    })
}

impl Tx<'_> {
    /// The holds made for a request, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn holds_for(&self, request: RequestId) -> Result<Vec<HoldRow>> {
        let sql = format!("{SELECT} WHERE h.request_id = ?1 ORDER BY h.placed_at, h.id");
        self.rows(&sql, [request.0], read)
    }

    /// The hold of a person for a request that counts at this instant.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn live_hold(
        &self,
        person: PersonId,
        request: RequestId,
        now: Timestamp,
    ) -> Result<Option<HoldRow>> {
        let sql = format!(
            "{SELECT} WHERE h.person_id = ?1 AND h.request_id = ?2 AND h.released_at IS NULL AND h.lapses_at > ?3
             ORDER BY h.id LIMIT 1"
        );
        self.first(&sql, params![person.0, request.0, now.0], read)
    }
}

impl Writing<'_> {
    /// Places a hold.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn place_hold(&self, new: &NewHold<'_>) -> Result<HoldId> {
        let id = HoldId(self.next_id("holds")?);
        self.execute(
            "INSERT INTO holds (id, person_id, account_id, request_id, effort, placed_at, placed_by, lapses_at,
                 operation_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                id.0,
                new.person.0,
                new.account.map(|account| account.0),
                new.request.0,
                new.effort.name(),
                self.at.0,
                new.by,
                new.lapses_at.0,
                self.operation.0,
            ],
        )?;
        Ok(id)
    }

    /// Ends a hold: it was released, or the ask was made.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn release_hold(&self, hold: HoldId) -> Result<()> {
        self.execute(
            "UPDATE holds SET released_at = ?2 WHERE id = ?1",
            params![hold.0, self.at.0],
        )?;
        Ok(())
    }

    /// Ends every hold of a person that lasts.
    pub(super) fn release_holds_of(&self, person: PersonId) -> Result<()> {
        self.execute(
            "UPDATE holds SET released_at = ?2 WHERE person_id = ?1 AND released_at IS NULL AND lapses_at > ?2",
            params![person.0, self.at.0],
        )?;
        Ok(())
    }
}
