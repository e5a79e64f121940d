//! The candidates, warmest first. Whether somebody is one is for the rules to say.

use std::collections::{HashMap, HashSet};

use super::histories::Everybody;
use super::{ListRow, Result, Tx, Undecided};
use crate::domain::candidates::Goodwill;
use crate::domain::ids::PersonId;
use crate::domain::moment::MomentRules;

/// The candidates that were asked for.
#[derive(Debug, Default)]
pub(crate) struct Candidates {
    /// The warmest of them.
    pub warmest: Vec<ListRow>,
    /// How many there are.
    pub all: usize,
}

impl Tx<'_> {
    /// The candidates in the given spellings of an industry, `only` those named where some are, the warmest `limit` of
    /// them with their cards: score, then recency, then positive moments.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn candidates(
        &self,
        rules: MomentRules,
        spellings: Option<&[String]>,
        only: Option<&HashSet<PersonId>>,
        limit: usize,
    ) -> Result<Candidates> {
        let mut people = self.with_goodwill(rules, spellings)?;
        people.retain(|one| only.is_none_or(|only| only.contains(&one.id)));
        Ok(Candidates {
            all: people.len(),
            warmest: self.warmest(people, rules, limit)?,
        })
    }

    /// Who all of them are.
    pub(crate) fn candidate_ids(
        &self,
        rules: MomentRules,
        spellings: Option<&[String]>,
    ) -> Result<HashSet<PersonId>> {
        let people = self.with_goodwill(rules, spellings)?;
        Ok(people.into_iter().map(|one| one.id).collect())
    }

    fn with_goodwill(
        &self,
        rules: MomentRules,
        spellings: Option<&[String]>,
    ) -> Result<Vec<Undecided>> {
        with_goodwill(self.undecided(spellings)?, rules, |hinging| {
            self.moments_of_each(hinging, rules)
        })
    }

    fn warmest(
        &self,
        mut people: Vec<Undecided>,
        rules: MomentRules,
        limit: usize,
    ) -> Result<Vec<ListRow>> {
        let warmth = |one: &Undecided| (one.latest_score, one.latest_response_at);
        people.sort_by(|a, b| warmth(b).cmp(&warmth(a)).then_with(|| a.id.cmp(&b.id)));
        // Those as warm as the last one shown are compared by their moments.
        let last = limit.checked_sub(1).and_then(|last| people.get(last));
        let last = last.map(warmth);
        let mut warmest = Vec::new();
        for (before, one) in people.iter().enumerate() {
            if before >= limit && Some(warmth(one)) != last {
                break;
            }
            if let Some(person) = self.person(one.id)? {
                let row = ListRow {
                    person,
                    moments: self.moments_of(one.id, rules)?,
                    noticed: self.noticed(one.id, rules)?,
                };
                warmest.push((warmth(one), row));
            }
        }
        warmest.sort_by(|(a, one), (b, other)| (b, other.moments).cmp(&(a, one.moments)));
        warmest.truncate(limit);
        Ok(warmest.into_iter().map(|(_, row)| row).collect())
    }
}

impl Everybody<'_> {
    /// All candidates, by ascending id.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn candidates(&self, rules: MomentRules) -> Result<Vec<PersonId>> {
        let people = self.tx.undecided(None)?;
        let candidates = with_goodwill(people, rules, |hinging| {
            self.moments_of_each(hinging, rules)
        })?;
        let mut ids: Vec<PersonId> = candidates.iter().map(|one| one.id).collect();
        ids.sort_unstable();
        Ok(ids)
    }
}

/// Those whose goodwill makes them candidates. Moments are counted only where they matter, for there can be very many
/// people.
fn with_goodwill(
    mut people: Vec<Undecided>,
    rules: MomentRules,
    count: impl FnOnce(Vec<PersonId>) -> Result<HashMap<PersonId, u32>>,
) -> Result<Vec<Undecided>> {
    let goodwill = |one: &Undecided| one.goodwill(rules.zone);
    let hinging = people
        .iter()
        .filter(|one| goodwill(one).hinges_on_moments());
    let moments = count(hinging.map(|one| one.id).collect())?;
    people.retain(|one| {
        let counted = Goodwill {
            moments: moments.get(&one.id).copied().unwrap_or_default(),
            ..goodwill(one)
        };
        counted.is_candidate()
    });
    Ok(people)
}
