//! What an importer of surveys keeps at hand: who and what is on record. For a small file each key is looked up in the
//! database once; for a large one every key is read beforehand. Either way a file numbers its addresses and answers, and
//! from the second time on the number is enough to find them.

mod accounts;
mod answers;
mod by_text;
mod keys;

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use accounts::KnownAccount;
use answers::Seen;
use by_text::ByText;
use rusqlite::CachedStatement;

use super::gaps::Gaps;
use super::newcomers::{Latest, Newcomers};
use super::{NewPerson, Result, StoredResponse, Writing, people, responses};
use crate::domain::calendar::Zone;
use crate::domain::candidates::Goodwill;
use crate::domain::describing::PersonField;
use crate::domain::email::Email;
use crate::domain::ids::{AccountId, PersonId, ResponseId, SourceId};
use crate::domain::interner::{Interned, Symbol};
use crate::domain::responses::OnRecord;

/// A person at hand.
#[derive(Debug, Clone, Copy)]
struct Known {
    id: PersonId,
    account: Option<AccountAtHand>,
    gaps: Gaps,
}

/// Where a person is kept at hand.
#[derive(Debug, Clone, Copy)]
pub struct AtHand(usize);

/// Where an account is kept at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountAtHand(usize);

/// Keeps something by the number that the file gave it.
fn keep<T>(list: &mut Vec<Option<T>>, symbol: Symbol, one: T) {
    if list.len() <= symbol.index() {
        list.resize_with(symbol.index() + 1, || None);
    }
    list[symbol.index()] = Some(one);
}

fn kept<T: Copy>(list: &[Option<T>], symbol: Symbol) -> Option<T> {
    list.get(symbol.index()).copied().flatten()
}

/// Someone whose responses an import touched. Their moments are counted only where they decide whether the person is a
/// candidate.
#[derive(Debug, Clone, Copy)]
pub struct Touched {
    /// Who.
    pub person: PersonId,
    /// Their goodwill before; none for someone whom the import added.
    pub before: Goodwill,
    /// Their goodwill after it.
    pub after: Goodwill,
}

/// An import of survey answers under way.
pub struct Loading<'w> {
    writing: &'w Writing<'w>,
    source: SourceId,
    zone: Zone,
    /// Whether every key was read beforehand, so that what is not at hand does not exist.
    complete: bool,
    add_person: CachedStatement<'w>,
    add_response: CachedStatement<'w>,
    known: Vec<Known>,
    /// Those on record that were read, by address.
    people: ByText<AtHand>,
    /// The people of the file, by the number of their address.
    of_file: Vec<Option<AtHand>>,
    domains: ByText<AccountAtHand>,
    names: ByText<AccountAtHand>,
    /// The accounts at hand, and their places.
    accounts: Vec<KnownAccount>,
    account_places: HashMap<AccountId, AccountAtHand>,
    /// Who stands behind the source's own ids; read when the first row without an address comes.
    respondents: Option<ByText<PersonId>>,
    /// Whether they are everyone.
    everyone: bool,
    on_record: OnRecord,
    /// The responses by the number of their key: first those on record, where they were read, then those of the file.
    answers: Vec<Option<Seen>>,
    /// Responses on record that the file changed: as they were, and how often.
    changed: HashMap<ResponseId, (StoredResponse, u64)>,
    /// The goodwill of everyone before a first load.
    goodwill_before: HashMap<PersonId, Goodwill>,
    /// Those who were known before, as they were.
    touched: HashMap<PersonId, Goodwill>,
    newcomers: Newcomers,
    /// Accounts with signals, which are moments of whoever comes to them.
    signalled: HashSet<AccountId>,
    indexes: Vec<String>,
    next_account: i64,
    first_response: ResponseId,
    next_response: i64,
    /// Accounts added.
    pub accounts_new: u64,
}

impl<'w> Loading<'w> {
    /// Begins an import from a source. `large` reads every key beforehand.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn begin(writing: &'w Writing<'w>, source: &str, zone: Zone, large: bool) -> Result<Self> {
        let source = writing.ensure_source(source)?;
        let (account, person, response) = writing.next_ids()?;
        let mut loading = Self {
            writing,
            source,
            zone,
            complete: large,
            add_person: people::adding(writing)?,
            add_response: responses::adding(writing)?,
            known: Vec::new(),
            people: ByText::default(),
            of_file: Vec::new(),
            domains: ByText::default(),
            names: ByText::default(),
            accounts: Vec::new(),
            account_places: HashMap::new(),
            respondents: None,
            everyone: false,
            on_record: OnRecord::default(),
            answers: Vec::new(),
            changed: HashMap::new(),
            goodwill_before: HashMap::new(),
            touched: HashMap::new(),
            newcomers: Newcomers::from(person),
            signalled: writing.signalled_accounts()?,
            indexes: Vec::new(),
            next_account: account.0,
            first_response: response,
            next_response: response.0,
            accounts_new: 0,
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
        for known in &self.known {
            let before = self.writing.goodwill_as_candidate(known.id, self.zone)?;
            self.goodwill_before.insert(known.id, before);
        }
        for table in ["responses", "people", "accounts"] {
            self.indexes.extend(self.writing.drop_indexes(table)?);
        }
        Ok(())
    }

    fn keep(&mut self, known: Known) -> AtHand {
        self.known.push(known);
        AtHand(self.known.len() - 1)
    }

    /// The person with this address, where they are known.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn person(&mut self, email: &Interned<Email>) -> Result<Option<AtHand>> {
        if let Some(found) = kept(&self.of_file, email.symbol) {
            return Ok(Some(found));
        }
        match self.complete {
            true => self.read_everyone()?,
            false => self.read_people(Some(email.key()))?,
        }
        let found = self.people.get(email.key()).copied();
        if let Some(found) = found {
            keep(&mut self.of_file, email.symbol, found);
        }
        Ok(found)
    }

    /// The id of a person at hand.
    pub fn id_of(&self, person: AtHand) -> PersonId {
        self.known[person.0].id
    }

    /// The account that a person at hand belongs to.
    pub fn account_of(&self, person: AtHand) -> Option<AccountAtHand> {
        self.known[person.0].account
    }

    /// The person whom the source knows under its own id: who answered under it first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn respondent(&mut self, external_id: &str) -> Result<Option<PersonId>> {
        let mut respondents = match self.respondents.take() {
            Some(known) => known,
            None => {
                let mut known = ByText::default();
                self.writing.each_respondent(self.source, |key, person| {
                    known.insert_new(key, person);
                })?;
                known
            }
        };
        let found = respondents.get(external_id).copied();
        self.respondents = Some(respondents);
        Ok(found)
    }

    /// Adds the person of an address, in an account at hand where they have one. `answer` is the response of theirs that
    /// is added next: a row that need not grow is written once.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_person(
        &mut self,
        email: &Interned<Email>,
        account: Option<AccountAtHand>,
        fields: &[(PersonField, String)],
        answer: Option<Latest>,
    ) -> Result<AtHand> {
        let id = self.newcomers.next_id();
        let new = NewPerson {
            email,
            account: account.map(|account| self.account_id(account)),
            fields,
        };
        people::add(
            &mut self.add_person,
            id,
            &new,
            answer,
            self.writing.operation,
        )?;
        self.newcomers.add(answer.is_some());
        if new
            .account
            .is_some_and(|account| self.signalled.contains(&account))
        {
            self.newcomers.doubt(id);
        }
        let known = Known {
            id,
            account,
            gaps: Gaps::beside(&PersonField::ALL, new.fields),
        };
        let at = self.keep(known);
        keep(&mut self.of_file, email.symbol, at);
        Ok(at)
    }

    /// People added.
    pub fn people_new(&self) -> u64 {
        self.newcomers.count()
    }

    /// Notes that something was decided about a person, whatever they answered.
    pub fn decided(&mut self, person: PersonId) {
        self.newcomers.doubt(person);
    }

    /// Fills what is empty in a person, their account included, and nothing else.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn fill_person<'f>(
        &mut self,
        person: AtHand,
        account: Option<AccountAtHand>,
        fields: impl Iterator<Item = (PersonField, &'f str)>,
    ) -> Result<()> {
        let known = &mut self.known[person.0];
        if known.account.is_none()
            && let Some(account) = account
        {
            known.account = Some(account);
            let account = self.accounts[account.0].id;
            self.writing.join_account(known.id, account)?;
            if self.signalled.contains(&account) {
                self.newcomers.doubt(known.id);
            }
        }
        for (field, value) in fields {
            if known.gaps.fill(field as usize) {
                self.writing
                    .edit_person(known.id, field, None, value, false)?;
            }
        }
        Ok(())
    }

    /// Remembers how somebody's goodwill stood before this import touches it.
    fn touch(&mut self, person: PersonId) -> Result<()> {
        if let Entry::Vacant(untouched) = self.touched.entry(person) {
            untouched.insert(match self.goodwill_before.get(&person) {
                Some(before) => *before,
                None => self.writing.goodwill_as_candidate(person, self.zone)?,
            });
        }
        Ok(())
    }

    /// Settles what rows keep beside the responses, builds the indexes of a first load, and tells who was touched, by
    /// ascending id.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn finish(self) -> Result<Vec<Touched>> {
        let Self { writing, zone, .. } = self;
        writing.create_indexes(&self.indexes)?;
        let refreshed = |person, before| {
            writing.refresh_latest_response(person)?;
            let after = writing.goodwill_as_candidate(person, zone)?;
            Ok(Touched {
                person,
                before,
                after,
            })
        };
        let mut known: Vec<_> = self.touched.into_iter().collect();
        known.sort_unstable_by_key(|(person, _)| *person);
        // The ids of those whom the import added come after all others.
        let mut touched = known
            .into_iter()
            .map(|(person, before)| refreshed(person, before))
            .collect::<Result<Vec<_>>>()?;
        for (person, one) in self.newcomers.each() {
            let before = Goodwill::default();
            if one.in_doubt {
                touched.push(refreshed(person, before)?);
                continue;
            }
            if let Some(latest) = one.unkept() {
                writing.keep_latest_response(person, latest)?;
            }
            let after = one.goodwill(zone);
            touched.push(Touched {
                person,
                before,
                after,
            });
        }
        Ok(touched)
    }
}
