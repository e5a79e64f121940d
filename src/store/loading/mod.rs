//! What an importer of surveys keeps at hand: who and what is on record, by key. For a small file each key is looked
//! up once; for a large one every key is read beforehand and no row needs a look-up.

mod accounts;
mod keys;

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use rusqlite::CachedStatement;

use super::gaps::Gaps;
use super::newcomers::{Latest, Newcomers};
use super::{NewPerson, NewResponse, Result, Writing, people, responses};
use crate::domain::calendar::Zone;
use crate::domain::candidates::Goodwill;
use crate::domain::describing::PersonField;
use crate::domain::email::Email;
use crate::domain::ids::{AccountId, PersonId, ResponseId, SourceId};
use crate::domain::responses::{Again, Value};

/// A person at hand.
#[derive(Debug, Clone, Copy)]
struct Known {
    id: PersonId,
    account: Option<AccountId>,
    gaps: Gaps,
}

/// Where a person is kept at hand.
#[derive(Debug, Clone, Copy)]
pub struct AtHand(usize);

/// A response at hand: what it says is there as a digest, enough to see that it says the same again.
#[derive(Debug, Clone, Copy)]
struct Seen {
    id: ResponseId,
    says: u64,
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
    people: HashMap<Box<str>, AtHand>,
    known: Vec<Known>,
    domains: HashMap<String, AccountId>,
    names: HashMap<String, AccountId>,
    account_gaps: HashMap<AccountId, Gaps>,
    /// Who stands behind the source's own ids; read when the first row without an address comes.
    respondents: Option<HashMap<Box<str>, PersonId>>,
    responses: HashMap<Box<str>, Seen>,
    /// The goodwill of everyone before a first load.
    goodwill_before: HashMap<PersonId, Goodwill>,
    /// Those who were known before, as they were.
    touched: HashMap<PersonId, Goodwill>,
    newcomers: Newcomers,
    /// Accounts with signals, which are moments of whoever comes to them.
    signalled: HashSet<AccountId>,
    indexes: Vec<String>,
    next_account: i64,
    next_response: i64,
    /// Accounts added.
    pub accounts_new: u64,
}

fn says(score: u8, comment: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    score.hash(&mut hasher);
    comment.hash(&mut hasher);
    hasher.finish()
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
            people: HashMap::new(),
            known: Vec::new(),
            domains: HashMap::new(),
            names: HashMap::new(),
            account_gaps: HashMap::new(),
            respondents: None,
            responses: HashMap::new(),
            goodwill_before: HashMap::new(),
            touched: HashMap::new(),
            newcomers: Newcomers::from(person),
            signalled: writing.signalled_accounts()?,
            indexes: Vec::new(),
            next_account: account.0,
            next_response: response.0,
            accounts_new: 0,
        };
        if large {
            writing.expect_much()?;
            loading.read_every_key()?;
            if !writing.has_responses()? {
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

    fn keep(&mut self, email_key: &str, known: Known) -> AtHand {
        let at = AtHand(self.known.len());
        self.known.push(known);
        self.people.insert(email_key.into(), at);
        at
    }

    /// The person with this address, where they are known.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn person(&mut self, email: &Email) -> Result<Option<AtHand>> {
        let found = self.people.get(email.key()).copied();
        if found.is_some() || self.complete {
            return Ok(found);
        }
        self.read_people(Some(email.key()))?;
        Ok(self.people.get(email.key()).copied())
    }

    /// The id of a person at hand.
    pub fn id_of(&self, person: AtHand) -> PersonId {
        self.known[person.0].id
    }

    /// The account that a person at hand belongs to.
    pub fn account_of(&self, person: AtHand) -> Option<AccountId> {
        self.known[person.0].account
    }

    /// The person whom the source knows under its own id: who answered under it first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn respondent(&mut self, external_id: &str) -> Result<Option<PersonId>> {
        let respondents = match self.respondents.take() {
            Some(known) => known,
            None => {
                let mut known = HashMap::new();
                self.writing.each_respondent(self.source, |key, person| {
                    known.entry(key.into()).or_insert(person);
                })?;
                known
            }
        };
        let found = respondents.get(external_id).copied();
        self.respondents = Some(respondents);
        Ok(found)
    }

    /// Adds a person. `answer` is the response of theirs that is added next: a row that need not grow is written once.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_person(&mut self, new: &NewPerson<'_>, answer: Option<Latest>) -> Result<AtHand> {
        let id = self.newcomers.next_id();
        people::add(
            &mut self.add_person,
            id,
            new,
            answer,
            self.writing.operation,
        )?;
        self.newcomers.add(answer);
        if new
            .account
            .is_some_and(|account| self.signalled.contains(&account))
        {
            self.newcomers.doubt(id);
        }
        let known = Known {
            id,
            account: new.account,
            gaps: Gaps::beside(PersonField::ALL, new.fields),
        };
        Ok(self.keep(new.email.key(), known))
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
        account: Option<AccountId>,
        fields: impl Iterator<Item = (PersonField, &'f str)>,
    ) -> Result<()> {
        let known = &mut self.known[person.0];
        if known.account.is_none()
            && let Some(account) = account
        {
            self.writing.join_account(known.id, account)?;
            known.account = Some(account);
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

    /// What it means that an answer comes again under a key; nothing where it is new.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn again(&mut self, key: &str, value: &Value<&str>) -> Result<Option<Again>> {
        let says = says(value.score.get(), value.comment);
        if !self.complete
            && !self.responses.contains_key(key)
            && let Some(stored) = self.writing.response_by_key(self.source, key)?
        {
            let says = self::says(stored.score.get(), stored.value().comment);
            let id = stored.id;
            self.responses.insert(key.into(), Seen { id, says });
        }
        let Some(seen) = self.responses.get(key) else {
            return Ok(None);
        };
        if seen.says == says {
            return Ok(Some(Again::Same));
        }
        let stored = self.writing.response(seen.id)?;
        Ok(stored.map(|stored| value.again(&stored.value())))
    }

    /// Adds a response; its id and source are set here.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_response(&mut self, new: NewResponse<'_>) -> Result<()> {
        let new = NewResponse {
            id: ResponseId(self.next_response),
            source: self.source,
            ..new
        };
        if let Some(person) = new.person
            && !self
                .newcomers
                .answered(person, new.id, (new.score, new.responded_at))
        {
            self.touch(person)?;
        }
        if let (Some(known), Some(id), Some(person)) =
            (&mut self.respondents, new.respondent, new.person)
        {
            known.entry(id.into()).or_insert(person);
        }
        responses::add(&mut self.add_response, &new, self.writing.operation)?;
        self.next_response += 1;
        let seen = Seen {
            id: new.id,
            says: says(new.score.get(), new.comment),
        };
        self.responses.insert(new.key.into(), seen);
        Ok(())
    }

    /// Gives the response of this key a new value.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn change_response(&mut self, key: &str, value: &Value<&str>) -> Result<()> {
        let Some(seen) = self.responses.get_mut(key) else {
            return Ok(());
        };
        let Some(old) = self.writing.response(seen.id)? else {
            return Ok(());
        };
        seen.says = says(value.score.get(), value.comment);
        if let Some(person) = old.person
            && !self.newcomers.doubt(person)
        {
            self.touch(person)?;
        }
        self.writing
            .edit_response(&old, value.score, value.comment, value.updated_at)
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
        drop(self.responses);
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
