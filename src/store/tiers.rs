//! Tiers set by hand: dated facts. Computed tiers are derived and never stored.

use std::collections::HashMap;

use rusqlite::params;

use super::{Result, Tx, Writing, parsed_opt};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::PersonId;
use crate::domain::tier::Tier;

/// A tier to set by hand, or to give back to the policy.
#[derive(Debug, Clone, Copy)]
pub struct NewTier<'a> {
    /// Whose.
    pub person: PersonId,
    /// The tier; `None` for the computed one.
    pub tier: Option<Tier>,
    /// Why.
    pub reason: &'a str,
    /// Who set it.
    pub by: &'a str,
    /// When.
    pub at: Timestamp,
}

/// A tier set by hand, as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TierRow {
    /// The tier; `None` where it was given back to the policy.
    pub tier: Option<Tier>,
    /// Why.
    pub reason: String,
    /// Who set it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl Tx<'_> {
    /// Everything that was set by hand for one person, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn tiers_of(&self, person: PersonId) -> Result<Vec<TierRow>> {
        let sql = "SELECT tier, reason, set_by, set_at FROM tier_changes
                   WHERE person_id = ?1 ORDER BY set_at DESC, id DESC";
        self.rows(sql, [person.0], |row| {
            Ok(TierRow {
                tier: parsed_opt(row, 0)?,
                reason: row.get(1)?,
                by: row.get(2)?,
                at: Timestamp(row.get(3)?),
            })
        })
    }

    /// What was set by hand last, for everyone for whom something was.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn tiers_by_hand(&self) -> Result<HashMap<PersonId, TierRow>> {
        // The last of several stays.
        Ok(self.every_tier_by_hand()?.into_iter().collect())
    }

    /// Everything that was set by hand for anyone, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn every_tier_by_hand(&self) -> Result<Vec<(PersonId, TierRow)>> {
        let sql =
            "SELECT tier, reason, set_by, set_at, person_id FROM tier_changes ORDER BY set_at, id";
        self.rows(sql, [], |row| {
            let set = TierRow {
                tier: parsed_opt(row, 0)?,
                reason: row.get(1)?,
                by: row.get(2)?,
                at: Timestamp(row.get(3)?),
            };
            Ok((PersonId(row.get(4)?), set))
        })
    }
}

impl Writing<'_> {
    /// Sets a tier by hand, or gives it back.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn set_tier(&self, new: &NewTier<'_>) -> Result<()> {
        self.execute(
            "INSERT INTO tier_changes (id, person_id, tier, reason, set_by, set_at, operation_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                self.next_id("tier_changes")?,
                new.person.0,
                new.tier.map(Tier::name),
                new.reason,
                new.by,
                new.at.0,
                self.operation.0,
            ],
        )?;
        Ok(())
    }
}
