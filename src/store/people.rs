//! People: who they are, and the card that is shown of them.

use rusqlite::{CachedStatement, Row, params};

use super::newcomers::Latest;
use super::{Result, Tx, Writing, date_opt, parsed_opt, score_opt};
use crate::domain::calendar::Timestamp;
use crate::domain::describing::PersonField;
use crate::domain::email::Email;
use crate::domain::ids::{AccountId, OperationId, PersonId};
use crate::domain::score::Score;
use crate::domain::stage::Standing;

/// What a caller may set of a person: a value for each field that is known.
pub type PersonFields = Vec<(PersonField, String)>;

/// A person to add.
#[derive(Debug, Clone, Copy)]
pub struct NewPerson<'a> {
    /// Their address.
    pub email: &'a Email,
    /// Their account, where it is known.
    pub account: Option<AccountId>,
    /// What describes them.
    pub fields: &'a [(PersonField, String)],
}

/// A person as stored, with what is shown of their account.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonRow {
    /// Their id.
    pub id: PersonId,
    /// The address as received.
    pub email: String,
    /// The address as matched.
    pub email_key: String,
    /// Their id in the CRM.
    pub crm_id: Option<String>,
    /// Their name.
    pub name: Option<String>,
    /// Their job title.
    pub title: Option<String>,
    /// Their role in a purchase.
    pub persona: Option<String>,
    /// A language they speak.
    pub language: Option<String>,
    /// The colleague who owns the relationship: theirs, or else their account's.
    pub owner: Option<String>,
    /// The owner recorded for the person alone.
    pub own_owner: Option<String>,
    /// Their account.
    pub account_id: Option<AccountId>,
    /// Its name, or its domain.
    pub account: Option<String>,
    /// Its industry in the words received.
    pub industry: Option<String>,
    /// Its segment.
    pub segment: Option<String>,
    /// Its region.
    pub region: Option<String>,
    /// Its country.
    pub country: Option<String>,
    /// Where they stand.
    pub standing: Standing,
    /// The latest response.
    pub latest_score: Option<Score>,
    /// When it was given.
    pub latest_response_at: Option<Timestamp>,
    /// The newest tap that counts.
    pub last_tapped_at: Option<Timestamp>,
    /// When the profile was last verified.
    pub verified_at: Option<Timestamp>,
}

pub(super) const COLUMNS: &str = "p.id, p.email, p.email_key, p.crm_id, p.name, p.title, p.persona, p.language,
    coalesce(p.owner, a.owner), p.owner, p.account_id, coalesce(a.name, a.domain), a.industry, a.segment, a.region,
    a.country, p.stage, p.stage_until, p.latest_score, p.latest_response_at, p.last_tapped_at, p.verified_at";

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<PersonRow> {
    let instant =
        |column| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(column)?.map(Timestamp));
    Ok(PersonRow {
        id: PersonId(row.get(0)?),
        email: row.get(1)?,
        email_key: row.get(2)?,
        crm_id: row.get(3)?,
        name: row.get(4)?,
        title: row.get(5)?,
        persona: row.get(6)?,
        language: row.get(7)?,
        owner: row.get(8)?,
        own_owner: row.get(9)?,
        account_id: row.get::<_, Option<i64>>(10)?.map(AccountId),
        account: row.get(11)?,
        industry: row.get(12)?,
        segment: row.get(13)?,
        region: row.get(14)?,
        country: row.get(15)?,
        standing: Standing {
            stage: parsed_opt(row, 16)?,
            until: date_opt(row, 17)?,
        },
        latest_score: score_opt(row, 18)?,
        latest_response_at: instant(19)?,
        last_tapped_at: instant(20)?,
        verified_at: instant(21)?,
    })
}

impl PersonRow {
    /// The name, or else the address.
    pub fn shown_name(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.email)
    }

    /// The first word of the name.
    pub fn first_name(&self) -> Option<&str> {
        self.name
            .as_deref()
            .and_then(|name| name.split_whitespace().next())
    }

    /// The value of a field as text.
    pub fn field(&self, field: PersonField) -> Option<&str> {
        match field {
            PersonField::Name => self.name.as_deref(),
            PersonField::Title => self.title.as_deref(),
            PersonField::Persona => self.persona.as_deref(),
            PersonField::Language => self.language.as_deref(),
            PersonField::Owner => self.own_owner.as_deref(),
            PersonField::CrmId => self.crm_id.as_deref(),
        }
    }
}

impl Tx<'_> {
    /// One person.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn person(&self, id: PersonId) -> Result<Option<PersonRow>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM people p LEFT JOIN accounts a ON a.id = p.account_id WHERE p.id = ?1"
        );
        self.first(&sql, [id.0], read)
    }

    /// The cards of these people, by ascending id.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn cards(&self, ids: impl IntoIterator<Item = PersonId>) -> Result<Vec<PersonRow>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM json_each(?1) j CROSS JOIN people p ON p.id = j.value
             LEFT JOIN accounts a ON a.id = p.account_id"
        );
        let ids = json_ids(ids.into_iter().map(|id| id.0));
        let mut cards = self.rows(&sql, [ids], read)?;
        cards.sort_unstable_by_key(|card| card.id);
        Ok(cards)
    }

    /// The person with this address key; for a record that became part of another, that one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn person_by_email(&self, key: &str) -> Result<Option<PersonId>> {
        let sql = "SELECT coalesce(merged_into, id) FROM people WHERE email_key = ?1";
        self.first(sql, [key], |row| row.get(0).map(PersonId))
    }

    /// The person with this CRM id; for a record that became part of another, that one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn person_by_crm_id(&self, crm_id: &str) -> Result<Option<PersonId>> {
        let sql = "SELECT coalesce(merged_into, id) FROM people WHERE crm_id = ?1";
        self.first(sql, [crm_id], |row| row.get(0).map(PersonId))
    }

    /// Everyone's id, name and address key, for names that must be compared one by one. Records that became part of
    /// another are left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn names(&self) -> Result<Vec<(PersonId, Option<String>, String)>> {
        self.rows(
            "SELECT id, name, email_key FROM people WHERE merged_into IS NULL ORDER BY id",
            [],
            |row| Ok((PersonId(row.get(0)?), row.get(1)?, row.get(2)?)),
        )
    }

    /// The fields of a person that somebody confirmed by hand.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn person_fields_by_hand(&self, id: PersonId) -> Result<Vec<PersonField>> {
        self.fields_by_hand("person", id.0)
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
             latest_score, latest_response_at, operation_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?)
}

/// Adds a person with a statement that is at hand. `latest` is what their row keeps of a response that is added next.
pub(super) fn add(
    adding: &mut CachedStatement<'_>,
    id: PersonId,
    person: &NewPerson<'_>,
    latest: Option<Latest>,
    operation: OperationId,
) -> Result<()> {
    let get = |wanted| {
        let mut fields = person.fields.iter();
        let found = fields.find(|(field, _)| *field == wanted);
        found.map(|(_, value)| value.as_str())
    };
    adding.execute(params![
        id.0,
        person.email.key(),
        person.email.shown(),
        get(PersonField::CrmId),
        person.account.map(|account| account.0),
        get(PersonField::Name),
        get(PersonField::Title),
        get(PersonField::Persona),
        get(PersonField::Language),
        get(PersonField::Owner),
        latest.map(|(score, _)| score.get()),
        latest.map(|(_, at)| at.0),
        operation.0,
    ])?;
    Ok(())
}

impl Writing<'_> {
    /// Adds a person.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_person(&self, person: &NewPerson<'_>, by_hand: bool) -> Result<PersonId> {
        let id = PersonId(self.next_id("people")?);
        self.add_person_as(id, person)?;
        if by_hand {
            for (field, value) in person.fields {
                self.record_edit("person", id.0, field.name(), None, value, true)?;
            }
        }
        Ok(id)
    }

    /// Adds a person under an id that the caller counted up.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_person_as(&self, id: PersonId, person: &NewPerson<'_>) -> Result<()> {
        add(&mut adding(self)?, id, person, None, self.operation)
    }

    /// Changes one field of a person; an empty value clears it. The old value stays in the edits.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn edit_person(
        &self,
        id: PersonId,
        field: PersonField,
        old: Option<&str>,
        new: &str,
        by_hand: bool,
    ) -> Result<()> {
        self.record_edit("person", id.0, field.name(), old, new, by_hand)?;
        let column = field.name().replace('-', "_");
        let sql = format!("UPDATE people SET {column} = nullif(?2, '') WHERE id = ?1");
        self.execute(&sql, params![id.0, new])?;
        Ok(())
    }

    /// Gives a person without an account one.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn join_account(&self, id: PersonId, account: AccountId) -> Result<()> {
        self.execute(
            "UPDATE people SET account_id = ?2 WHERE id = ?1",
            params![id.0, account.0],
        )?;
        Ok(())
    }
}
