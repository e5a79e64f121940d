//! Accounts and what describes them.

use std::collections::HashMap;

use rusqlite::{Row, params};

use super::{Result, Tx, Writing, date_opt, parsed_opt};
use crate::domain::describing::{AccountField, Health};
use crate::domain::ids::AccountId;
use crate::domain::industry::slug;

/// What a caller may set of an account: a value for each field that is known.
pub type AccountFields = Vec<(AccountField, String)>;

/// An account as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountRow {
    /// Its id.
    pub id: AccountId,
    /// Its name, or the domain where no name is known.
    pub name: Option<String>,
    /// Its e-mail domain.
    pub domain: Option<String>,
    /// Its id in the CRM.
    pub crm_id: Option<String>,
    /// Its industry in the words received.
    pub industry: Option<String>,
    /// Its segment.
    pub segment: Option<String>,
    /// Its region.
    pub region: Option<String>,
    /// Its country.
    pub country: Option<String>,
    /// The colleague who owns the relationship.
    pub owner: Option<String>,
    /// The next renewal.
    pub renewal_on: Option<chrono::NaiveDate>,
    /// How it is doing.
    pub health: Option<Health>,
    /// Whether an escalation is open.
    pub escalated: bool,
    /// Customer since.
    pub customer_since: Option<chrono::NaiveDate>,
}

/// Traits of which an account can have several.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccountTraits {
    /// What it uses.
    pub products: Vec<String>,
    /// What for.
    pub use_cases: Vec<String>,
    /// Who competes with it.
    pub competitors: Vec<String>,
}

impl AccountTraits {
    fn all(&self) -> impl Iterator<Item = (&'static str, &String)> {
        let named = |name: &'static str| move |value| (name, value);
        let products = self.products.iter().map(named("product"));
        let use_cases = self.use_cases.iter().map(named("use-case"));
        products
            .chain(use_cases)
            .chain(self.competitors.iter().map(named("competitor")))
    }
}

/// An edit `e` by hand that still holds: the newest of its field. Nothing but taking back a merge or a move can follow
/// it that is not by hand as well.
const CONFIRMED: &str = "e.by_hand = 1 AND NOT EXISTS (
    SELECT 1 FROM edits n
    WHERE n.entity = e.entity AND n.entity_id = e.entity_id AND n.field = e.field AND n.id > e.id)";

const SELECT: &str = "SELECT id, name, domain, crm_id, industry, segment, region, country, owner, renewal_on, health,
    escalated, customer_since FROM accounts";

fn read(row: &Row<'_>) -> rusqlite::Result<AccountRow> {
    Ok(AccountRow {
        id: AccountId(row.get(0)?),
        name: row.get(1)?,
        domain: row.get(2)?,
        crm_id: row.get(3)?,
        industry: row.get(4)?,
        segment: row.get(5)?,
        region: row.get(6)?,
        country: row.get(7)?,
        owner: row.get(8)?,
        renewal_on: date_opt(row, 9)?,
        health: parsed_opt(row, 10)?,
        escalated: row.get(11)?,
        customer_since: date_opt(row, 12)?,
    })
}

impl AccountRow {
    /// The value of a field as text.
    pub fn field(&self, field: AccountField) -> Option<String> {
        match field {
            AccountField::Name => self.name.clone(),
            AccountField::Domain => self.domain.clone(),
            AccountField::CrmId => self.crm_id.clone(),
            AccountField::Industry => self.industry.clone(),
            AccountField::Segment => self.segment.clone(),
            AccountField::Region => self.region.clone(),
            AccountField::Country => self.country.clone(),
            AccountField::Owner => self.owner.clone(),
            AccountField::RenewalOn => self.renewal_on.map(|day| day.to_string()),
            AccountField::Health => self.health.map(|health| health.to_string()),
            AccountField::Escalated => Some(i32::from(self.escalated).to_string()),
            AccountField::CustomerSince => self.customer_since.map(|day| day.to_string()),
        }
    }
}

impl Tx<'_> {
    /// One account.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn account(&self, id: AccountId) -> Result<Option<AccountRow>> {
        self.first(&format!("{SELECT} WHERE id = ?1"), [id.0], read)
    }

    /// The account with this CRM id.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn account_by_crm_id(&self, crm_id: &str) -> Result<Option<AccountId>> {
        self.first(
            "SELECT id FROM accounts WHERE crm_id = ?1",
            [crm_id],
            |row| row.get(0).map(AccountId),
        )
    }

    /// The account with this e-mail domain.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn account_by_domain(&self, domain: &str) -> Result<Option<AccountId>> {
        self.first(
            "SELECT id FROM accounts WHERE domain = ?1",
            [domain],
            |row| row.get(0).map(AccountId),
        )
    }

    /// The account of this name, compared without regard to case and punctuation; the oldest of several.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn account_by_name(&self, name: &str) -> Result<Option<AccountId>> {
        let sql = "SELECT id FROM accounts WHERE name_key = ?1 ORDER BY id LIMIT 1";
        self.first(sql, [slug(name)], |row| row.get(0).map(AccountId))
    }

    /// What every account is called: its name, or else its domain.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn account_names(&self) -> Result<Vec<String>> {
        let sql = "SELECT coalesce(name, domain) FROM accounts
                   WHERE coalesce(name, domain) IS NOT NULL ORDER BY id";
        self.rows(sql, [], |row| row.get(0))
    }

    /// Every industry on record, in the words received.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn industries(&self) -> Result<Vec<String>> {
        let sql =
            "SELECT DISTINCT industry FROM accounts WHERE industry IS NOT NULL ORDER BY industry";
        self.rows(sql, [], |row| row.get(0))
    }

    /// The traits of an account.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn account_traits(&self, id: AccountId) -> Result<AccountTraits> {
        let sql =
            "SELECT trait, value FROM account_traits WHERE account_id = ?1 ORDER BY trait, value";
        let rows = self.rows(sql, [id.0], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })?;
        let mut traits = AccountTraits::default();
        for (kind, value) in rows {
            match kind.as_str() {
                "product" => traits.products.push(value),
                "use-case" => traits.use_cases.push(value),
                _ => traits.competitors.push(value),
            }
        }
        Ok(traits)
    }

    /// The fields of an account that somebody confirmed by hand.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn account_fields_by_hand(&self, id: AccountId) -> Result<Vec<AccountField>> {
        self.fields_by_hand("account", id.0)
    }

    pub(super) fn fields_by_hand<F>(&self, entity: &str, id: i64) -> Result<Vec<F>>
    where
        F: std::str::FromStr<Err = String>,
    {
        self.rows(
            &format!(
                "SELECT field FROM edits e WHERE entity = ?1 AND entity_id = ?2 AND {CONFIRMED}"
            ),
            params![entity, id],
            |row| super::parsed(row, 0),
        )
    }

    /// What was confirmed by hand in every account, or of every person, by id.
    pub(super) fn all_fields_by_hand<F>(&self, entity: &str) -> Result<HashMap<i64, Vec<F>>>
    where
        F: std::str::FromStr<Err = String>,
    {
        let sql = format!("SELECT entity_id, field FROM edits e WHERE entity = ?1 AND {CONFIRMED}");
        let mut found: HashMap<i64, Vec<F>> = HashMap::new();
        for (id, field) in self.rows(&sql, [entity], |row| {
            Ok((row.get(0)?, super::parsed(row, 1)?))
        })? {
            found.entry(id).or_default().push(field);
        }
        Ok(found)
    }
}

impl Writing<'_> {
    /// Adds an account.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_account(
        &self,
        fields: &[(AccountField, String)],
        by_hand: bool,
    ) -> Result<AccountId> {
        let id = AccountId(self.next_id("accounts")?);
        self.add_account_as(id, fields)?;
        if by_hand {
            for (field, value) in fields {
                self.record_edit("account", id.0, field.name(), None, value, true)?;
            }
        }
        Ok(id)
    }

    /// Adds an account under an id that the caller counted up.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_account_as(&self, id: AccountId, fields: &[(AccountField, String)]) -> Result<()> {
        let get = |wanted| {
            fields
                .iter()
                .find(|(field, _)| *field == wanted)
                .map(|(_, value)| value.as_str())
        };
        let name = get(AccountField::Name);
        self.execute(
            "INSERT INTO accounts (id, name, name_key, domain, crm_id, industry, segment, region, country, owner,
                 renewal_on, health, escalated, customer_since, operation_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            params![
                id.0,
                name,
                name.map(slug),
                get(AccountField::Domain),
                get(AccountField::CrmId),
                get(AccountField::Industry),
                get(AccountField::Segment),
                get(AccountField::Region),
                get(AccountField::Country),
                get(AccountField::Owner),
                get(AccountField::RenewalOn),
                get(AccountField::Health),
                get(AccountField::Escalated).unwrap_or("0"),
                get(AccountField::CustomerSince),
                self.operation.0,
            ],
        )?;
        Ok(())
    }

    /// Changes one field of an account; an empty value clears it. The old value stays in the edits.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn edit_account(
        &self,
        id: AccountId,
        field: AccountField,
        old: Option<&str>,
        new: &str,
        by_hand: bool,
    ) -> Result<()> {
        self.record_edit("account", id.0, field.name(), old, new, by_hand)?;
        let column = field.name().replace('-', "_");
        let sql = format!("UPDATE accounts SET {column} = nullif(?2, '') WHERE id = ?1");
        self.execute(&sql, params![id.0, new])?;
        if field == AccountField::Name {
            self.execute(
                "UPDATE accounts SET name_key = ?2 WHERE id = ?1",
                params![id.0, slug(new)],
            )?;
        }
        Ok(())
    }

    /// Adds traits to an account; those it has already stay.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_account_traits(&self, id: AccountId, traits: &AccountTraits) -> Result<usize> {
        let mut added = 0;
        for (kind, value) in traits.all() {
            added += self.execute(
                "INSERT INTO account_traits (account_id, trait, value, operation_id) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO NOTHING",
                params![id.0, kind, value, self.operation.0],
            )?;
        }
        Ok(added)
    }

    pub(super) fn record_edit(
        &self,
        entity: &str,
        id: i64,
        field: &str,
        old: Option<&str>,
        new: &str,
        by_hand: bool,
    ) -> Result<()> {
        self.execute(
            "INSERT INTO edits (entity, entity_id, field, old, new, by_hand, edited_at, operation_id)
             VALUES (?1, ?2, ?3, ?4, nullif(?5, ''), ?6, ?7, ?8)",
            params![entity, id, field, old, new, by_hand, self.at.0, self.operation.0],
        )?;
        Ok(())
    }
}
