//! What an importer of surveys keeps at hand: who and what is on record, by key. For a small file each key is looked
//! up once; for a large one every key is read beforehand and no row needs a look-up.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{DefaultHasher, Hash, Hasher};

use rusqlite::types::ValueRef;
use rusqlite::{CachedStatement, Row};

use super::gaps::Gaps;
use super::responses;
use super::{NewPerson, NewResponse, Result, Writing};
use crate::domain::calendar::Zone;
use crate::domain::candidates::Goodwill;
use crate::domain::describing::{AccountField, PersonField};
use crate::domain::email::Email;
use crate::domain::ids::{AccountId, PersonId, ResponseId, SourceId};
use crate::domain::industry::slug;
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

/// Someone whose responses an import touched, as they were before it.
#[derive(Debug, Clone, Copy)]
pub struct Touched {
    /// Who.
    pub person: PersonId,
    /// Their goodwill before; `None` for someone whom the import added.
    pub before: Option<Goodwill>,
}

/// An import of survey answers under way.
pub struct Loading<'w> {
    writing: &'w Writing<'w>,
    source: SourceId,
    zone: Zone,
    /// Whether every key was read beforehand, so that what is not at hand does not exist.
    complete: bool,
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
    touched: HashMap<PersonId, Option<Goodwill>>,
    indexes: Vec<String>,
    next_account: i64,
    next_person: i64,
    next_response: i64,
    /// Accounts added.
    pub accounts_new: u64,
    /// People added.
    pub people_new: u64,
}

fn says(score: u8, comment: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    score.hash(&mut hasher);
    comment.hash(&mut hasher);
    hasher.finish()
}

/// The columns of describing fields, for a SELECT.
fn columns<F: Copy>(fields: &[F], name: fn(F) -> &'static str) -> String {
    let names: Vec<_> = fields
        .iter()
        .map(|field| name(*field).replace('-', "_"))
        .collect();
    names.join(", ")
}

fn is_there(row: &Row<'_>, column: usize) -> rusqlite::Result<bool> {
    Ok(row.get_ref(column)? != ValueRef::Null)
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
            indexes: Vec::new(),
            next_account: account.0,
            next_person: person.0,
            next_response: response.0,
            accounts_new: 0,
            people_new: 0,
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

    fn read_every_key(&mut self) -> Result<()> {
        self.read_accounts(None)?;
        self.read_people(None)?;
        self.read_aliases()?;
        self.responses.reserve(self.writing.count_responses()?);
        self.writing
            .each_response(self.source, |key, id, score, comment| {
                let says = says(score, comment);
                self.responses.insert(key.into(), Seen { id, says });
            })
    }

    /// Reads what is kept at hand of everyone, or of the person with an address.
    fn read_people(&mut self, email_key: Option<&str>) -> Result<()> {
        let by_hand = match email_key {
            None => self.writing.all_fields_by_hand("person")?,
            Some(_) => HashMap::new(),
        };
        let filter = email_key.map_or(
            "?1 IS NULL AND merged_into IS NULL",
            |_| "id = (SELECT coalesce(merged_into, id) FROM people WHERE email_key = ?1)",
        );
        let columns = columns(PersonField::ALL, PersonField::name);
        let sql = format!(
            "SELECT email_key, id, account_id, {columns} FROM people WHERE {filter} ORDER BY id"
        );
        let mut statement = self.writing.sql.prepare_cached(&sql)?;
        let mut rows = statement.query([email_key])?;
        while let Some(row) = rows.next()? {
            let id = PersonId(row.get(1)?);
            let hand = match email_key {
                None => by_hand.get(&id.0).cloned().unwrap_or_default(),
                Some(_) => self.writing.person_fields_by_hand(id)?,
            };
            let known = Known {
                id,
                account: row.get::<_, Option<i64>>(2)?.map(AccountId),
                gaps: Gaps::of(PersonField::ALL, &hand, |at| is_there(row, at + 3))?,
            };
            let key = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            // Whoever is found by several addresses is at hand once.
            let at = match self.people.get(key) {
                Some(at) => *at,
                None => self.keep(key, known),
            };
            self.people
                .extend(email_key.map(|asked| (asked.into(), at)));
        }
        Ok(())
    }

    /// Lets the address of each record that became part of another find the one kept, after everyone was read.
    fn read_aliases(&mut self) -> Result<()> {
        for (kept, _, email_key) in self.writing.aliases()? {
            if let Ok(at) = self.known.binary_search_by_key(&kept, |known| known.id) {
                self.people.insert(email_key.into(), AtHand(at));
            }
        }
        Ok(())
    }

    /// Reads what is kept at hand of every account, or of one.
    fn read_accounts(&mut self, one: Option<AccountId>) -> Result<()> {
        let by_hand = match one {
            None => self.writing.all_fields_by_hand("account")?,
            Some(_) => HashMap::new(),
        };
        let filter = one.map_or("?1 IS NULL", |_| "id = ?1");
        let columns = columns(AccountField::ALL, AccountField::name);
        let sql = format!(
            "SELECT id, domain, name_key, {columns} FROM accounts WHERE {filter} ORDER BY id"
        );
        let mut statement = self.writing.sql.prepare_cached(&sql)?;
        let mut rows = statement.query([one.map(|id| id.0)])?;
        while let Some(row) = rows.next()? {
            let id = AccountId(row.get(0)?);
            let hand = match one {
                None => by_hand.get(&id.0).cloned().unwrap_or_default(),
                Some(_) => self.writing.account_fields_by_hand(id)?,
            };
            let gaps = Gaps::of(AccountField::ALL, &hand, |at| is_there(row, at + 3))?;
            self.account_gaps.insert(id, gaps);
            if one.is_none() {
                let domain = row.get::<_, Option<String>>(1)?;
                self.domains.extend(domain.map(|domain| (domain, id)));
                if let Some(name) = row.get::<_, Option<String>>(2)? {
                    self.names.entry(name).or_insert(id);
                }
            }
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

    /// The account of this domain, or else of this name, where it is known.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn account(
        &mut self,
        domain: Option<&str>,
        name: Option<&str>,
    ) -> Result<Option<AccountId>> {
        if let Some(domain) = domain {
            if let Some(found) = self.domains.get(domain) {
                return Ok(Some(*found));
            }
            if !self.complete
                && let Some(found) = self.writing.account_by_domain(domain)?
            {
                self.domains.insert(domain.to_owned(), found);
                return Ok(Some(found));
            }
        }
        let Some(key) = name.map(slug).filter(|key| !key.is_empty()) else {
            return Ok(None);
        };
        if let Some(found) = self.names.get(&key) {
            return Ok(Some(*found));
        }
        if self.complete {
            return Ok(None);
        }
        let found = self.writing.account_by_name(name.unwrap_or_default())?;
        self.names.extend(found.map(|found| (key, found)));
        Ok(found)
    }

    /// Adds an account.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_account(&mut self, fields: &[(AccountField, String)]) -> Result<AccountId> {
        let id = AccountId(self.next_account);
        self.writing.add_account_as(id, fields)?;
        self.next_account += 1;
        self.accounts_new += 1;
        for (field, value) in fields {
            match field {
                AccountField::Domain => drop(self.domains.insert(value.clone(), id)),
                AccountField::Name => drop(self.names.insert(slug(value), id)),
                _ => {}
            }
        }
        self.account_gaps
            .insert(id, Gaps::beside(AccountField::ALL, fields));
        Ok(id)
    }

    /// Fills what is empty in an account, and nothing else.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn fill_account<'f>(
        &mut self,
        id: AccountId,
        fields: impl Iterator<Item = (AccountField, &'f str)>,
    ) -> Result<()> {
        if !self.account_gaps.contains_key(&id) {
            self.read_accounts(Some(id))?;
        }
        let Entry::Occupied(mut gaps) = self.account_gaps.entry(id) else {
            return Ok(());
        };
        for (field, value) in fields {
            if gaps.get_mut().fill(field as usize) {
                self.writing.edit_account(id, field, None, value, false)?;
            }
        }
        Ok(())
    }

    /// Adds a person.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_person(&mut self, new: &NewPerson<'_>) -> Result<AtHand> {
        let id = PersonId(self.next_person);
        self.writing.add_person_as(id, new)?;
        self.next_person += 1;
        self.people_new += 1;
        self.touched.insert(id, None);
        let known = Known {
            id,
            account: new.account,
            gaps: Gaps::beside(PersonField::ALL, new.fields),
        };
        Ok(self.keep(new.email.key(), known))
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
        self.touch(new.person)?;
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
        self.touch(old.person)?;
        self.writing
            .edit_response(&old, value.score, value.comment, value.updated_at)
    }

    /// Remembers how somebody's goodwill stood before this import touches it.
    fn touch(&mut self, person: Option<PersonId>) -> Result<()> {
        let Some(person) = person else { return Ok(()) };
        if let Entry::Vacant(untouched) = self.touched.entry(person) {
            let before = match self.goodwill_before.get(&person) {
                Some(before) => *before,
                None => self.writing.goodwill_as_candidate(person, self.zone)?,
            };
            untouched.insert(Some(before));
        }
        Ok(())
    }

    /// Settles what rows keep beside the responses, builds the indexes of a first load, and tells who was touched, by
    /// ascending id.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn finish(self) -> Result<Vec<Touched>> {
        drop(self.responses);
        self.writing.create_indexes(&self.indexes)?;
        let mut touched: Vec<_> = self
            .touched
            .into_iter()
            .map(|(person, before)| Touched { person, before })
            .collect();
        touched.sort_unstable_by_key(|one| one.person);
        for one in &touched {
            self.writing.refresh_latest_response(one.person)?;
        }
        Ok(touched)
    }
}
