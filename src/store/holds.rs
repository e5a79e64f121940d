//! Holds: short reservations of somebody for a request.

use rusqlite::params;

use super::rows::{new_record, record};
use super::{Result, Tx, Writing};
use crate::domain::ask::Effort;
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{AccountId, HoldId, PersonId, RequestId};

new_record! {
    /// A hold to place.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct NewHold<'a> into "holds" {
        /// Whom.
        person: PersonId = "person_id",
        /// Their account.
        account: Option<AccountId> = "account_id",
        /// For which request.
        request: RequestId = "request_id",
        /// How much will be asked.
        effort: Effort = "effort",
        /// Who places it.
        by: &'a str = "placed_by",
        /// The instant at which it lapses by itself.
        lapses_at: Timestamp = "lapses_at",
    }
}

record! {
    /// A hold as stored.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct HoldRow from "holds h JOIN people p ON p.id = h.person_id" {
        /// Its id.
        id: HoldId = "h.id",
        /// Whom.
        person: PersonId = "h.person_id",
        /// Their address.
        email: String = "p.email",
        /// For which request.
        request: RequestId = "h.request_id",
        /// Since when.
        placed_at: Timestamp = "h.placed_at",
        /// Who placed it.
        placed_by: String = "h.placed_by",
        /// When it lapses by itself.
        lapses_at: Timestamp = "h.lapses_at",
        /// When it was released or used.
        released_at: Option<Timestamp> = "h.released_at",
    }
}

/// The condition for a hold to last at an instant, as [`HoldRow::lasts`] has it.
pub(super) fn lasts(at: &str) -> String {
    format!("released_at IS NULL AND lapses_at > {at}")
}

impl HoldRow {
    /// Whether it lasts at an instant: neither released nor lapsed.
    pub(crate) fn lasts(&self, now: Timestamp) -> bool {
        self.released_at.is_none() && self.lapses_at > now
    }
}

impl Tx<'_> {
    /// The holds made for a request, oldest first.
    pub(crate) fn holds_for(&self, request: RequestId) -> Result<Vec<HoldRow>> {
        self.all(
            "WHERE h.request_id = ?1 ORDER BY h.placed_at, h.id",
            [request],
        )
    }

    /// The hold of a person for a request that counts at this instant.
    pub(crate) fn live_hold(
        &self,
        person: PersonId,
        request: RequestId,
        now: Timestamp,
    ) -> Result<Option<HoldRow>> {
        let of_both = self.holds_for(request)?.into_iter();
        Ok(of_both
            .filter(|hold| hold.person == person && hold.lasts(now))
            .min_by_key(|hold| hold.id))
    }
}

impl Writing<'_> {
    /// Places a hold.
    pub(crate) fn place_hold(&self, new: &NewHold<'_>) -> Result<HoldId> {
        self.add_new(new, &[("placed_at", &self.at)])
    }

    /// Ends a hold: it was released, or the ask was made.
    pub(crate) fn release_hold(&self, hold: HoldId) -> Result<()> {
        self.update("holds", &hold, &[("released_at", &self.at)])
    }

    /// Ends every hold for a request that lasts: it needs nobody any more.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn release_holds_for(&self, request: RequestId) -> Result<()> {
        self.execute(
            "UPDATE holds SET released_at = ?2 WHERE request_id = ?1 AND released_at IS NULL AND lapses_at > ?2",
            params![request.0, self.at.0],
        )?;
        Ok(())
    }

    /// Ends every hold of a person that lasts.
    pub(super) fn release_holds_of(&self, person: PersonId) -> Result<()> {
        let sql = format!(
            "UPDATE holds SET released_at = ?2 WHERE person_id = ?1 AND {}",
            lasts("?2")
        );
        self.execute(&sql, params![person, self.at])
    }
}
