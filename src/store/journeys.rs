//! How far each person has come: their first positive moments, and the companies that were introduced.

use std::collections::HashMap;

use super::histories::Everybody;
use super::rows::record;
use super::{Result, Tx};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{AccountId, PersonId};
use crate::domain::moment::MomentRules;

/// The first words and deeds of one person that showed goodwill.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct FirstMoments {
    /// The first promoter's score.
    pub(crate) promoter_at: Option<Timestamp>,
    /// The first positive moment of any sort.
    pub(crate) at: Option<Timestamp>,
}

record! {
    /// A company that an advocate introduced.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct IntroductionRow
    from "introductions i
          JOIN taps t ON t.id = i.tap_id
          LEFT JOIN accounts a ON a.id = i.account_id
          LEFT JOIN operations o ON o.id = a.operation_id" {
        /// By whom.
        person: PersonId = "t.person_id",
        /// The company's name, as names are compared.
        introduced_key: String = "i.introduced_key",
        /// Its domain.
        domain: Option<String> = "i.domain",
        /// When.
        at: Timestamp = "i.introduced_at",
        /// The account that it has become.
        account: Option<AccountId> = "i.account_id",
        /// When that account came on record.
        account_at: Option<Timestamp> = "o.at",
    }
}

impl Everybody<'_> {
    /// The first positive moments of everybody who has one.
    pub(crate) fn first_moments(
        &self,
        rules: MomentRules,
    ) -> Result<HashMap<PersonId, FirstMoments>> {
        let mut all: HashMap<PersonId, FirstMoments> = HashMap::new();
        let first = |known: &mut Option<Timestamp>, at: Timestamp| {
            *known = Some(known.map_or(at, |known| known.min(at)));
        };
        self.each_moment(|source, person, moment| {
            if rules.day(moment).is_some() {
                let firsts = all.entry(person).or_default();
                first(&mut firsts.at, moment.at);
                if source.is_answer() {
                    first(&mut firsts.promoter_at, moment.at);
                }
            }
        })?;
        Ok(all)
    }
}

impl Tx<'_> {
    /// Every company that was introduced, with the account that it has become.
    pub(crate) fn introductions(&self) -> Result<Vec<IntroductionRow>> {
        self.all(
            "ORDER BY i.tap_id, i.introduced_at, i.introduced_key, i.deal_id",
            [],
        )
    }
}
