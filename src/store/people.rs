//! People: who they are, and the card that is shown of them.

use rusqlite::{CachedStatement, params};

use super::edits::Entity;
use super::rows::{Row, record};
use super::{Result, Tx, Writing, stages};
use crate::domain::calendar::Timestamp;
use crate::domain::describing::PersonField;
use crate::domain::email::Email;
use crate::domain::ids::{AccountId, OperationId, PersonId};
use crate::domain::named::Named;
use crate::domain::score::Score;
use crate::domain::stage::Standing;

/// What a caller may set of a person: a value for each field that is known.
pub(crate) type PersonFields = Vec<(PersonField, String)>;

/// A person to add.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewPerson<'a> {
    /// Their address.
    pub(crate) email: &'a Email,
    /// Their account, where it is known.
    pub(crate) account: Option<AccountId>,
    /// What describes them.
    pub(crate) fields: &'a [(PersonField, String)],
}

/// The domain of the addresses that stand for people who were erased.
const FORGOTTEN_DOMAIN: &str = "@forgotten.invalid";

record! {
    /// A person as stored, with what is shown of their account.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct PersonRow from "people p LEFT JOIN accounts a ON a.id = p.account_id" {
        /// Their id.
        id: PersonId = "p.id",
        /// The address as received.
        email: String = "p.email",
        /// The address as matched.
        email_key: String = "p.email_key",
        /// Their id in the CRM.
        crm_id: Option<String> = "p.crm_id",
        /// Their name.
        name: Option<String> = "p.name",
        /// Their job title.
        title: Option<String> = "p.title",
        /// Their role in a purchase.
        persona: Option<String> = "p.persona",
        /// A language they speak.
        language: Option<String> = "p.language",
        /// The colleague who owns the relationship: theirs, or else their account's.
        owner: Option<String> = "coalesce(p.owner, a.owner)",
        /// Their telephone number.
        phone: Option<String> = "p.phone",
        /// The owner recorded for the person alone.
        own_owner: Option<String> = "p.owner",
        /// Their account.
        account_id: Option<AccountId> = "p.account_id",
        /// Its name, or its domain.
        account: Option<String> = "coalesce(a.name, a.domain)",
        /// Its industry in the words received.
        industry: Option<String> = "a.industry",
        /// Its segment.
        segment: Option<String> = "a.segment",
        /// Its region.
        region: Option<String> = "a.region",
        /// Its country.
        country: Option<String> = "a.country",
        /// Where they stand.
        standing: Standing = "p.stage AS stage, p.stage_until AS stage_until" => standing,
        /// The latest response.
        latest_score: Option<Score> = "p.latest_score",
        /// When it was given.
        latest_response_at: Option<Timestamp> = "p.latest_response_at",
        /// The newest tap that counts.
        last_tapped_at: Option<Timestamp> = "p.last_tapped_at",
        /// When the profile was last verified.
        verified_at: Option<Timestamp> = "p.verified_at",
    }
}

/// Reads the stage that was recorded last, and the end that was named for it.
pub(super) fn standing(row: &Row<'_>) -> rusqlite::Result<Standing> {
    Ok(Standing {
        stage: row.get("stage")?,
        until: row.get("stage_until")?,
    })
}

impl Named for PersonRow {
    fn email(&self) -> &str {
        &self.email
    }

    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }
}

impl PersonRow {
    /// Whether they were erased: what is left stands for them in the counts.
    pub(crate) fn is_forgotten(&self) -> bool {
        self.email.ends_with(FORGOTTEN_DOMAIN)
    }

    /// The first word of the name.
    pub(crate) fn first_name(&self) -> Option<&str> {
        self.name
            .as_deref()
            .and_then(|name| name.split_whitespace().next())
    }

    /// The value of a field as text.
    pub(crate) fn field(&self, field: PersonField) -> Option<&str> {
        match field {
            PersonField::Name => self.name.as_deref(),
            PersonField::Title => self.title.as_deref(),
            PersonField::Persona => self.persona.as_deref(),
            PersonField::Language => self.language.as_deref(),
            PersonField::Owner => self.own_owner.as_deref(),
            PersonField::CrmId => self.crm_id.as_deref(),
            PersonField::Phone => self.phone.as_deref(),
        }
    }
}

impl Tx<'_> {
    /// One person.
    pub(crate) fn person(&self, id: PersonId) -> Result<Option<PersonRow>> {
        self.one("WHERE p.id = ?1", [id])
    }

    /// The cards of everyone on record, by id.
    pub(crate) fn everybody(&self) -> Result<Vec<PersonRow>> {
        self.all("ORDER BY p.id", [])
    }

    /// The same without the records that are part of another.
    pub(crate) fn everybody_once(&self) -> Result<Vec<PersonRow>> {
        self.all("WHERE p.merged_into IS NULL ORDER BY p.id", [])
    }

    /// The cards of these people, by ascending id.
    pub(crate) fn cards(&self, ids: impl IntoIterator<Item = PersonId>) -> Result<Vec<PersonRow>> {
        let ids = json_ids(ids.into_iter().map(|id| id.0));
        let mut cards: Vec<PersonRow> =
            self.all("WHERE p.id IN (SELECT value FROM json_each(?1))", [ids])?;
        cards.sort_unstable_by_key(|card| card.id);
        Ok(cards)
    }

    /// Where everybody stands about whom something was decided, and their account.
    pub(crate) fn standings(&self) -> Result<Vec<(Option<AccountId>, Standing)>> {
        let sql = "SELECT account_id, stage, stage_until FROM people WHERE stage IS NOT NULL";
        self.rows(sql, [], |row| Ok((row.get("account_id")?, standing(row)?)))
    }

    /// When the profile of each advocate was last verified.
    pub(crate) fn verified(&self) -> Result<Vec<Option<Timestamp>>> {
        let advocates = stages::is_advocate("stage");
        let sql = format!("SELECT verified_at FROM people WHERE {advocates} ORDER BY id");
        self.values(&sql, [])
    }

    /// The person with this address key; for a record that became part of another, that one.
    pub(crate) fn person_by_email(&self, key: &str) -> Result<Option<PersonId>> {
        let sql = "SELECT coalesce(merged_into, id) FROM people WHERE email_key = ?1";
        self.found(sql, [key])
    }

    /// The person with this CRM id; for a record that became part of another, that one.
    pub(crate) fn person_by_crm_id(&self, crm_id: &str) -> Result<Option<PersonId>> {
        let sql = "SELECT coalesce(merged_into, id) FROM people WHERE crm_id = ?1";
        self.found(sql, [crm_id])
    }

    /// Everyone's id, name and address key, for names that must be compared one by one. Records that became part of
    /// another are left out.
    pub(crate) fn names(&self) -> Result<Vec<(PersonId, Option<String>, String)>> {
        self.named("id", "merged_into IS NULL")
    }

    /// The record that each merged one is part of, with the name and address under which it was kept.
    pub(crate) fn aliases(&self) -> Result<Vec<(PersonId, Option<String>, String)>> {
        self.named("merged_into", "merged_into IS NOT NULL")
    }

    fn named(&self, who: &str, condition: &str) -> Result<Vec<(PersonId, Option<String>, String)>> {
        let sql = format!(
            "SELECT {who} AS who, name, email_key FROM people WHERE {condition} ORDER BY id"
        );
        self.rows(&sql, [], |row| {
            Ok((row.get("who")?, row.get("name")?, row.get("email_key")?))
        })
    }
}

/// A list of ids as one parameter, for `json_each`.
pub(super) fn json_ids(ids: impl Iterator<Item = i64>) -> String {
    let mut list = String::from("[");
    for id in ids {
        if list.len() > 1 {
            list.push(',');
        }
        list.push_str(&id.to_string());
    }
    list.push(']');
    list
}

/// A list of texts as one parameter, for `json_each`.
pub(super) fn json_list(texts: &[String]) -> String {
    serde_json::Value::from(texts.to_vec()).to_string()
}

/// The statement that [`add`] runs.
pub(super) fn adding<'c>(tx: &Tx<'c>) -> Result<CachedStatement<'c>> {
    Ok(tx.sql.prepare_cached(
        "INSERT INTO people (id, email_key, email, crm_id, account_id, name, title, persona, language, owner,
             phone, latest_score, latest_response_at, operation_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?)
}

/// Adds a person with a statement that is at hand. `latest` is what their row keeps of a response that is added next.
pub(super) fn add(
    adding: &mut CachedStatement<'_>,
    id: PersonId,
    person: &NewPerson<'_>,
    latest: Option<(Score, Timestamp)>,
    operation: OperationId,
) -> Result<()> {
    let get = |wanted| {
        let mut fields = person.fields.iter();
        let found = fields.find(|(field, _)| *field == wanted);
        found.map(|(_, value)| value.as_str())
    };
    adding.execute(params![
        id,
        person.email.key(),
        person.email.shown(),
        get(PersonField::CrmId),
        person.account,
        get(PersonField::Name),
        get(PersonField::Title),
        get(PersonField::Persona),
        get(PersonField::Language),
        get(PersonField::Owner),
        get(PersonField::Phone),
        latest.map(|(score, _)| score),
        latest.map(|(_, at)| at),
        operation,
    ])?;
    Ok(())
}

impl Writing<'_> {
    /// Adds a person.
    pub(crate) fn add_person(&self, person: &NewPerson<'_>, by_hand: bool) -> Result<PersonId> {
        let id = self.next_id("people")?;
        self.add_person_as(id, person)?;
        if by_hand {
            for (field, value) in person.fields {
                self.record_edit(Entity::Person(id), field.name(), None, value, true)?;
            }
        }
        Ok(id)
    }

    /// Adds a person under an id that the caller counted up.
    pub(crate) fn add_person_as(&self, id: PersonId, person: &NewPerson<'_>) -> Result<()> {
        add(&mut adding(self)?, id, person, None, self.operation)
    }

    /// Gives a person without an account one.
    pub(crate) fn join_account(&self, id: PersonId, account: AccountId) -> Result<()> {
        self.update("people", &id, &[("account_id", &account)])
    }
}
