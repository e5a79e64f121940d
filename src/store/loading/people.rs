//! The people of an import: found by address or by the source's own id, added, and filled where they are empty.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "places at hand are given out for what is kept"
)]

use super::Loading;
use super::at_hand::{AccountAtHand, KnownPerson, PersonAtHand, keep, kept};
use super::fillable::Fillable;
use crate::domain::calendar::Timestamp;
use crate::domain::describing::PersonField;
use crate::domain::email::Email;
use crate::domain::ids::PersonId;
use crate::domain::interner::Interned;
use crate::domain::score::Score;
use crate::store::{NewPerson, Result, people};

impl Loading<'_> {
    /// The person with this address, where they are known.
    pub(crate) fn person(&mut self, email: &Interned<Email>) -> Result<Option<PersonAtHand>> {
        if let Some(found) = kept(&self.people.of_file, email.symbol) {
            return Ok(Some(found));
        }
        if self.complete {
            self.read_everyone()?;
        } else if let Some(id) = self.writing.person_by_email(email.key())?
            && let Some(found) = self.read_person(id)?
        {
            self.people.by_address.insert(email.key(), found);
        }
        let found = self.people.by_address.get(email.key()).copied();
        if let Some(found) = found {
            keep(&mut self.people.of_file, email.symbol, found);
        }
        Ok(found)
    }

    /// The id of a person at hand.
    pub(crate) fn id_of(&self, person: PersonAtHand) -> PersonId {
        self.people.known[person.0].id
    }

    /// The account that a person at hand belongs to.
    pub(crate) fn account_of(&self, person: PersonAtHand) -> Option<AccountAtHand> {
        self.people.known[person.0].account
    }

    /// The person whom the source knows under its own id: who answered under it first.
    pub(crate) fn respondent(&mut self, external_id: &str) -> Result<Option<PersonId>> {
        if self.people.respondents.is_none() {
            self.people.respondents = Some(self.read_respondents()?);
        }
        let respondents = self.people.respondents.as_mut();
        Ok(respondents.and_then(|known| known.get(external_id).copied()))
    }

    /// Adds the person of an address, in an account at hand where they have one. `answer` is the response of theirs that
    /// is added next: a row that need not grow is written once.
    pub(crate) fn add_person(
        &mut self,
        email: &Interned<Email>,
        account: Option<AccountAtHand>,
        fields: &[(PersonField, String)],
        answer: Option<(Score, Timestamp)>,
    ) -> Result<PersonAtHand> {
        let id = self.newcomers.next_id();
        let new = NewPerson {
            email,
            account: account.map(|account| self.account_id(account)),
            fields,
        };
        people::add(
            &mut self.people.adding,
            id,
            &new,
            answer,
            self.writing.operation,
        )?;
        self.newcomers.add(answer.is_some());
        if self.accounts.has_signals(account) {
            self.newcomers.doubt(id);
        }
        let at = self.people.keep(KnownPerson {
            id,
            account,
            fillable: Fillable::beside(&PersonField::ALL, fields),
        });
        keep(&mut self.people.of_file, email.symbol, at);
        Ok(at)
    }

    /// How many people were added.
    pub(crate) fn people_new(&self) -> u64 {
        self.newcomers.count()
    }

    /// Notes that something was decided about a person, whatever they answered.
    pub(crate) fn decided(&mut self, person: PersonId) {
        self.newcomers.doubt(person);
    }

    /// Fills what is empty in a person, their account included, and nothing else; says whether there was anything.
    pub(crate) fn fill_person<'f>(
        &mut self,
        person: PersonAtHand,
        account: Option<AccountAtHand>,
        fields: impl Iterator<Item = (PersonField, &'f str)>,
    ) -> Result<bool> {
        let known = &mut self.people.known[person.0];
        let mut any = false;
        if known.account.is_none()
            && let Some(account) = account
        {
            known.account = Some(account);
            any = true;
            self.writing
                .join_account(known.id, self.accounts.id(account))?;
            if self.accounts.has_signals(Some(account)) {
                self.newcomers.doubt(known.id);
            }
        }
        for (field, value) in fields {
            if known.fillable.fill(field as usize) {
                self.writing
                    .edit_person(known.id, field, None, value, false)?;
                any = true;
            }
        }
        Ok(any)
    }
}
