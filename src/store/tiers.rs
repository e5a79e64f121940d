//! Tiers set by hand: dated facts. Computed tiers are derived and never stored.

use std::collections::HashMap;

use super::rows::{new_record, record};
use super::{Result, Tx, Writing};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::PersonId;
use crate::domain::tier::Tier;

new_record! {
    /// A tier to set by hand, or to give back to the policy.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct NewTier<'a> into "tier_changes" {
        /// Whose.
        person: PersonId = "person_id",
        /// The tier; `None` for the computed one.
        tier: Option<Tier> = "tier",
        /// Why.
        reason: &'a str = "reason",
        /// Who set it.
        by: &'a str = "set_by",
        /// When.
        at: Timestamp = "set_at",
    }
}

record! {
    /// A tier set by hand, as shown.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct TierRow from "tier_changes" {
        /// Whose.
        person: PersonId = "person_id",
        /// The tier; `None` where it was given back to the policy.
        tier: Option<Tier> = "tier",
        /// Why.
        reason: String = "reason",
        /// Who set it.
        by: String = "set_by",
        /// When.
        at: Timestamp = "set_at",
    }
}

impl Tx<'_> {
    /// Everything that was set by hand for one person, newest first.
    pub(crate) fn tiers_of(&self, person: PersonId) -> Result<Vec<TierRow>> {
        self.all(
            "WHERE person_id = ?1 ORDER BY set_at DESC, id DESC",
            [person],
        )
    }

    /// What was set by hand last, for everyone for whom something was.
    pub(crate) fn tiers_by_hand(&self) -> Result<HashMap<PersonId, TierRow>> {
        // The last of several stays.
        let every = self.every_tier_by_hand()?.into_iter();
        Ok(every.map(|tier| (tier.person, tier)).collect())
    }

    /// Everything that was set by hand for anyone, oldest first.
    pub(crate) fn every_tier_by_hand(&self) -> Result<Vec<TierRow>> {
        self.all("ORDER BY set_at, id", [])
    }
}

impl Writing<'_> {
    /// Sets a tier by hand, or gives it back.
    pub(crate) fn set_tier(&self, new: &NewTier<'_>) -> Result<()> {
        self.insert_new(new, &[])
    }
}
