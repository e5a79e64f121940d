//! Everything the rules look at, of one person.

use chrono::NaiveDate;

use super::{PersonRow, Result, Scope, Tx};
use crate::domain::ids::PersonId;
use crate::domain::matching::Person;
use crate::domain::present::Present;

impl Tx<'_> {
    /// What the rules look at for an ask today.
    ///
    /// # Errors
    /// When the file cannot be read, or nobody has the id.
    pub(crate) fn facts_of(&self, id: PersonId, present: &Present) -> Result<(PersonRow, Person)> {
        self.facts_on(id, present, present.today)
    }

    /// The same for an ask on `day`, of which only the caps are those of an earlier day; the account is the one of then.
    ///
    /// # Errors
    /// When the file cannot be read, or nobody has the id.
    pub(crate) fn facts_on(
        &self,
        id: PersonId,
        present: &Present,
        day: NaiveDate,
    ) -> Result<(PersonRow, Person)> {
        let (policy, today) = (&present.policy, present.today);
        let person = self
            .people(&Scope::Person(id), present, day.min(today))?
            .pop();
        let found = self.person(id)?.zip(person);
        let (mut card, mut person) = found.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        let then = self.account_at(id, policy.time_zone.noon_of(day))?;
        if day < today && then != card.account_id {
            // They have moved since: the ask is one of the account that they belonged to.
            card.account_id = then;
            person.facts.account_claims = match then {
                Some(account) => self.claims_on(account, policy, day, today)?.into(),
                None => [].into(),
            };
        }
        Ok((card, person))
    }
}
