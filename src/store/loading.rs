//! What an importer of surveys keeps at hand: who and what is on record, by key. For a small file each key is looked
//! up once; for a large one every key is read beforehand and no row needs a look-up.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{DefaultHasher, Hash, Hasher};

use rusqlite::params;

use super::{NewPerson, NewResponse, Result, StoredResponse, Writing};
use crate::domain::calendar::{Timestamp, Zone};
use crate::domain::candidates::Goodwill;
use crate::domain::describing::{AccountField, Origin, PersonField};
use crate::domain::email::Email;
use crate::domain::ids::{AccountId, PersonId, ResponseId, SourceId};
use crate::domain::industry::slug;
use crate::domain::responses::Value;
use crate::domain::score::Score;

/// A person at hand.
#[derive(Debug, Clone)]
struct Known {
    id: PersonId,
    account: Option<AccountId>,
    /// Fields that an import may fill; `None` until somebody asks.
    gaps: Option<Vec<PersonField>>,
}

/// A response at hand; the comment is there as a digest, and in full only where it was looked up.
#[derive(Debug, Clone)]
struct Seen {
    id: ResponseId,
    person: Option<PersonId>,
    value: Value<u64>,
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
    /// Whether there was no response at all before, so that their indexes are built at the end.
    first: bool,
    people: HashMap<String, Known>,
    domains: HashMap<String, AccountId>,
    names: HashMap<String, AccountId>,
    account_gaps: HashMap<AccountId, Vec<AccountField>>,
    respondents: HashMap<String, Option<PersonId>>,
    responses: HashMap<String, Seen>,
    touched: HashMap<PersonId, Option<Goodwill>>,
    order: Vec<PersonId>,
    next_account: i64,
    next_person: i64,
    next_response: i64,
    /// Accounts added.
    pub accounts_new: u64,
    /// People added.
    pub people_new: u64,
}

fn digest(comment: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
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
        let first = large && !writing.has_responses()?;
        if first {
            writing.drop_response_indexes()?;
        }
        let mut loading = Self {
            writing,
            source,
            zone,
            complete: large,
            first,
            people: HashMap::new(),
            domains: HashMap::new(),
            names: HashMap::new(),
            account_gaps: HashMap::new(),
            respondents: HashMap::new(),
            responses: HashMap::new(),
            touched: HashMap::new(),
            order: Vec::new(),
            next_account: account.0,
            next_person: person.0,
            next_response: response.0,
            accounts_new: 0,
            people_new: 0,
        };
        if large {
            loading.read_every_key()?;
        }
        Ok(loading)
    }

    fn read_every_key(&mut self) -> Result<()> {
        for (key, id, account) in self.writing.person_keys()? {
            self.people.insert(
                key,
                Known {
                    id,
                    account,
                    gaps: None,
                },
            );
        }
        for (id, domain, name) in self.writing.account_keys()? {
            self.domains.extend(domain.map(|domain| (domain, id)));
            if let Some(name) = name {
                self.names.entry(slug(&name)).or_insert(id);
            }
        }
        let mut statement = self.writing.sql.prepare(
            "SELECT key, id, person_id, score, comment, updated_at FROM responses WHERE source_id = ?1",
        )?;
        let mut rows = statement.query([self.source.0])?;
        while let Some(row) = rows.next()? {
            let comment = row
                .get_ref(4)?
                .as_str_or_null()
                .unwrap_or_default()
                .unwrap_or_default();
            let score =
                Score::try_from(row.get::<_, u8>(3)?).map_err(|error| super::corrupt(3, error))?;
            let seen = Seen {
                id: ResponseId(row.get(1)?),
                person: row.get::<_, Option<i64>>(2)?.map(PersonId),
                value: Value {
                    score,
                    comment: digest(comment),
                    updated_at: row.get::<_, Option<i64>>(5)?.map(Timestamp),
                },
            };
            self.responses.insert(row.get(0)?, seen);
        }
        Ok(())
    }

    /// The person with this address, where they are known.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn person(&mut self, email: &Email) -> Result<Option<PersonId>> {
        if let Some(known) = self.people.get(email.key()) {
            return Ok(Some(known.id));
        }
        if self.complete {
            return Ok(None);
        }
        let Some(id) = self.writing.person_by_email(email.key())? else {
            return Ok(None);
        };
        let account = self
            .writing
            .person(id)?
            .and_then(|person| person.account_id);
        self.people.insert(
            email.key().to_owned(),
            Known {
                id,
                account,
                gaps: None,
            },
        );
        Ok(Some(id))
    }

    /// The person whom the source knows under its own id.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn respondent(&mut self, external_id: &str) -> Result<Option<PersonId>> {
        if let Some(found) = self.respondents.get(external_id) {
            return Ok(*found);
        }
        let found = self.writing.respondent(self.source.0, external_id)?;
        self.respondents.insert(external_id.to_owned(), found);
        Ok(found)
    }

    /// Remembers the source's own id of a person.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn remember(&mut self, external_id: &str, person: PersonId) -> Result<()> {
        let known = self.respondents.get(external_id).copied().flatten();
        if known != Some(person) {
            self.writing
                .add_respondent(self.source.0, external_id, person)?;
            self.respondents
                .insert(external_id.to_owned(), Some(person));
        }
        Ok(())
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
        let empty = |field: &AccountField| !fields.iter().any(|(given, _)| given == field);
        self.account_gaps.insert(
            id,
            AccountField::ALL.iter().copied().filter(empty).collect(),
        );
        Ok(id)
    }

    /// Fills what is empty in an account, and nothing else.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn fill_account(&mut self, id: AccountId, fields: &[(AccountField, &str)]) -> Result<()> {
        let gaps = match self.account_gaps.entry(id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let by_hand = self.writing.account_fields_by_hand(id)?;
                let row = self.writing.account(id)?;
                let fills = |field: &AccountField| {
                    let current = row.as_ref().and_then(|row| row.field(*field));
                    Origin::Survey.replaces(
                        current.as_deref(),
                        by_hand.contains(field),
                        "something",
                    )
                };
                unknown.insert(AccountField::ALL.iter().copied().filter(fills).collect())
            }
        };
        if gaps.is_empty() {
            return Ok(());
        }
        for (field, value) in fields {
            if let Some(at) = gaps.iter().position(|gap| gap == field) {
                gaps.swap_remove(at);
                self.writing.edit_account(id, *field, None, value, false)?;
            }
        }
        Ok(())
    }

    /// Adds a person.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_person(&mut self, new: &NewPerson<'_>) -> Result<PersonId> {
        let id = PersonId(self.next_person);
        self.writing.add_person_as(id, new)?;
        self.next_person += 1;
        self.people_new += 1;
        let empty = |field: &PersonField| !new.fields.iter().any(|(given, _)| given == field);
        let gaps = Some(PersonField::ALL.iter().copied().filter(empty).collect());
        self.people.insert(
            new.email.key().to_owned(),
            Known {
                id,
                account: new.account,
                gaps,
            },
        );
        self.touch_as(id, None);
        Ok(id)
    }

    /// Fills what is empty in a person, their account included, and nothing else.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn fill_person(
        &mut self,
        email: &Email,
        account: Option<AccountId>,
        fields: &[(PersonField, &str)],
    ) -> Result<()> {
        let Some(known) = self.people.get_mut(email.key()) else {
            return Ok(());
        };
        if known.account.is_none()
            && let Some(account) = account
        {
            self.writing.join_account(known.id, account)?;
            known.account = Some(account);
        }
        if known.gaps.is_none() {
            let by_hand = self.writing.person_fields_by_hand(known.id)?;
            let row = self.writing.person(known.id)?;
            let fills = |field: &PersonField| {
                let current = row.as_ref().and_then(|row| row.field(*field));
                Origin::Survey.replaces(current, by_hand.contains(field), "something")
            };
            known.gaps = Some(PersonField::ALL.iter().copied().filter(fills).collect());
        }
        let gaps = known.gaps.get_or_insert_default();
        if gaps.is_empty() {
            return Ok(());
        }
        for (field, value) in fields {
            if let Some(at) = gaps.iter().position(|gap| gap == field) {
                gaps.swap_remove(at);
                self.writing
                    .edit_person(known.id, *field, None, value, false)?;
            }
        }
        Ok(())
    }

    /// The account that a person at hand belongs to.
    pub fn account_of(&self, email: &Email) -> Option<AccountId> {
        self.people.get(email.key()).and_then(|known| known.account)
    }

    /// What is on record under a key: who answered, and the value to compare with.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn on_record(&mut self, key: &str) -> Result<Option<(Option<PersonId>, Value<u64>)>> {
        if let Some(seen) = self.responses.get(key) {
            return Ok(Some((seen.person, seen.value)));
        }
        if self.complete {
            return Ok(None);
        }
        let Some(stored) = self.writing.response_by_key(self.source, key)? else {
            return Ok(None);
        };
        let comment = digest(stored.comment.as_deref().unwrap_or_default());
        let value = Value {
            score: stored.score,
            comment,
            updated_at: stored.updated_at,
        };
        self.responses.insert(
            key.to_owned(),
            Seen {
                id: stored.id,
                person: stored.person,
                value,
            },
        );
        Ok(Some((stored.person, value)))
    }

    /// A value as it is compared with what is on record.
    pub fn comparable(&self, value: &Value<&str>) -> Value<u64> {
        Value {
            score: value.score,
            comment: digest(value.comment),
            updated_at: value.updated_at,
        }
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
        self.writing.add_response(&new)?;
        self.next_response += 1;
        let value = Value {
            score: new.score,
            comment: digest(new.comment),
            updated_at: new.updated_at,
        };
        self.responses.insert(
            new.key.to_owned(),
            Seen {
                id: new.id,
                person: new.person,
                value,
            },
        );
        Ok(())
    }

    /// Gives the response of this key a new value.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn change_response(&mut self, key: &str, value: &Value<&str>) -> Result<()> {
        let Some(seen) = self.responses.get(key).cloned() else {
            return Ok(());
        };
        self.touch(seen.person)?;
        let comment = self.writing.first(
            "SELECT comment FROM responses WHERE id = ?1",
            params![seen.id.0],
            |row| row.get(0),
        )?;
        let old = StoredResponse {
            id: seen.id,
            person: seen.person,
            score: seen.value.score,
            comment: comment.flatten(),
            updated_at: seen.value.updated_at,
        };
        self.writing
            .edit_response(&old, value.score, value.comment, value.updated_at)?;
        let value = self.comparable(value);
        self.responses
            .insert(key.to_owned(), Seen { value, ..seen });
        Ok(())
    }

    /// Remembers how somebody's goodwill stood before this import touches it.
    fn touch(&mut self, person: Option<PersonId>) -> Result<()> {
        let Some(person) = person else { return Ok(()) };
        if !self.touched.contains_key(&person) {
            let before = self.writing.goodwill(person, self.zone)?;
            self.touch_as(person, Some(before));
        }
        Ok(())
    }

    fn touch_as(&mut self, person: PersonId, before: Option<Goodwill>) {
        self.touched.insert(person, before);
        self.order.push(person);
    }

    /// Settles what rows keep beside the responses, builds the indexes of a first load, and tells who was touched.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn finish(self) -> Result<Vec<Touched>> {
        if self.first {
            self.writing.index_responses()?;
        }
        for person in &self.order {
            self.writing.refresh_latest_response(*person)?;
        }
        let touched = &self.touched;
        let before = |person: &PersonId| touched.get(person).copied().flatten();
        Ok(self
            .order
            .iter()
            .map(|person| Touched {
                person: *person,
                before: before(person),
            })
            .collect())
    }
}
