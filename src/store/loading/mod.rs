//! What an importer of surveys keeps at hand: who and what is on record. For a small file each key is looked up in the
//! database once; for a large one every key is read beforehand. Either way a file numbers its addresses and answers, and
//! from the second time on the number is enough to find them.

mod accounts;
mod at_hand;
mod by_text;
mod fillable;
mod newcomers;
mod people;
mod reading;
mod responses;

use std::collections::HashMap;
use std::collections::hash_map::Entry;

pub(crate) use accounts::KnownAccount;
pub(crate) use at_hand::AccountAtHand;
pub(crate) use responses::{Again, Told};

use at_hand::{Accounts, People, Responses};
use newcomers::Newcomers;

use super::{Result, Writing};
use crate::domain::candidates::Goodwill;
use crate::domain::ids::PersonId;
use crate::domain::moment::MomentRules;

/// Someone whose responses an import touched. Their moments are counted only where they decide whether the person is a
/// candidate.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Touched {
    /// Who.
    pub(crate) person: PersonId,
    /// Their goodwill before; none for someone whom the import added.
    pub(crate) before: Goodwill,
    /// Their goodwill after it.
    pub(crate) after: Goodwill,
}

/// An import of survey answers under way.
pub(crate) struct Loading<'w> {
    writing: &'w Writing<'w>,
    rules: MomentRules,
    /// Whether every key was read beforehand, so that what is not at hand does not exist.
    complete: bool,
    /// Whether everyone on record and their accounts are at hand.
    everyone: bool,
    people: People<'w>,
    accounts: Accounts,
    responses: Responses<'w>,
    newcomers: Newcomers,
    /// The goodwill of everyone before a first load.
    goodwill_before: HashMap<PersonId, Goodwill>,
    /// Those who were known before, as they were.
    touched: HashMap<PersonId, Goodwill>,
    /// What creates the indexes again that a first load does without.
    indexes: Vec<String>,
}

impl<'w> Loading<'w> {
    /// Begins an import from a source. `large` reads every key beforehand.
    pub(crate) fn begin(
        writing: &'w Writing<'w>,
        source: &str,
        rules: MomentRules,
        large: bool,
    ) -> Result<Self> {
        let source = writing.ensure_source(source)?;
        let (account, person, response) = writing.next_ids()?;
        let mut loading = Self {
            writing,
            rules,
            complete: large,
            everyone: false,
            people: People::new(super::people::adding(writing)?),
            accounts: Accounts::new(account, writing.signalled_accounts()?),
            responses: Responses::new(
                super::responses::adding(writing)?,
                source,
                writing.has_responses_of(source)?,
                response,
            ),
            newcomers: Newcomers::from(person),
            goodwill_before: HashMap::new(),
            touched: HashMap::new(),
            indexes: Vec::new(),
        };
        if large {
            loading.read_responses()?;
            if !writing.has_responses()? {
                loading.read_everyone()?;
                writing.expect_much()?;
                loading.drop_indexes()?;
            }
        }
        Ok(loading)
    }

    /// Before a first load: indexes are built faster at its end. Goodwill is read before, while they are there.
    fn drop_indexes(&mut self) -> Result<()> {
        for known in &self.people.known {
            let before = self.writing.goodwill_as_candidate(known.id, self.rules)?;
            self.goodwill_before.insert(known.id, before);
        }
        for table in ["responses", "people", "accounts"] {
            self.indexes.extend(self.writing.drop_indexes(table)?);
        }
        Ok(())
    }

    /// Remembers how somebody's goodwill stood before this import touches it.
    fn touch(&mut self, person: PersonId) -> Result<()> {
        if let Entry::Vacant(untouched) = self.touched.entry(person) {
            untouched.insert(match self.goodwill_before.get(&person) {
                Some(before) => *before,
                None => self.writing.goodwill_as_candidate(person, self.rules)?,
            });
        }
        Ok(())
    }

    /// Settles what rows keep beside the responses, builds the indexes of a first load, and tells who was touched, by
    /// ascending id.
    pub(crate) fn finish(self) -> Result<Vec<Touched>> {
        let Self { writing, rules, .. } = self;
        writing.create_indexes(&self.indexes)?;
        let refreshed = |person, before| -> Result<Touched> {
            writing.refresh_latest_response(person)?;
            let after = writing.goodwill_as_candidate(person, rules)?;
            Ok(Touched {
                person,
                before,
                after,
            })
        };
        let mut known: Vec<_> = self.touched.into_iter().collect();
        known.sort_unstable_by_key(|(person, _)| *person);
        let mut touched = Vec::new();
        for (person, before) in known {
            touched.push(refreshed(person, before)?);
        }
        // The ids of those whom the import added come after all others.
        for (person, one) in self.newcomers.each() {
            let before = Goodwill::default();
            if one.in_doubt {
                touched.push(refreshed(person, before)?);
                continue;
            }
            if let Some(latest) = one.unkept() {
                writing.keep_latest_response(person, latest)?;
            }
            touched.push(Touched {
                person,
                before,
                after: one.goodwill(rules.zone),
            });
        }
        Ok(touched)
    }
}
