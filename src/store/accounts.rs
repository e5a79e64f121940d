//! Accounts and what describes them.

use chrono::NaiveDate;
use rusqlite::{ToSql, params};

use super::edits::{Entity, column};
use super::rows::{ColumnValue, record};
use super::{Result, Tx, Writing};
use crate::domain::calendar::Timestamp;
use crate::domain::correction::Fact;
use crate::domain::describing::{AccountField, AccountStatus, Health};
use crate::domain::ids::AccountId;
use crate::domain::industry::slug;

/// What a caller may set of an account: a value for each field that is known.
pub(crate) type AccountFields = Vec<(AccountField, String)>;

record! {
    /// An account as stored.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct AccountRow from "accounts" {
        /// Its id.
        id: AccountId = "id",
        /// Its name.
        name: Option<String> = "name",
        /// Its e-mail domain.
        domain: Option<String> = "domain",
        /// Its id in the CRM.
        crm_id: Option<String> = "crm_id",
        /// Its industry in the words received.
        industry: Option<String> = "industry",
        /// Its segment.
        segment: Option<String> = "segment",
        /// Its region.
        region: Option<String> = "region",
        /// Its country.
        country: Option<String> = "country",
        /// The colleague who owns the relationship.
        owner: Option<String> = "owner",
        /// The next renewal.
        renewal_on: Option<NaiveDate> = "renewal_on",
        /// How it is doing.
        health: Option<Health> = "health",
        /// Whether an escalation is open.
        escalated: bool = "escalated",
        /// Customer since.
        customer_since: Option<NaiveDate> = "customer_since",
        /// Its telephone number.
        phone: Option<String> = "phone",
    }
}

record! {
    /// Whether an account is a customer, since when.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(crate) struct StatusRow from "account_statuses" {
        /// Which.
        account: AccountId = "account_id",
        /// What it is.
        status: AccountStatus = "status",
        /// Whether somebody said so by hand.
        by_hand: bool = "by_hand",
        /// Since when.
        at: Timestamp = "since_at",
    }
}

/// Traits of which an account can have several.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct AccountTraits {
    /// What it uses.
    pub(crate) products: Vec<String>,
    /// What for.
    pub(crate) use_cases: Vec<String>,
    /// Who competes with it.
    pub(crate) competitors: Vec<String>,
}

impl AccountTraits {
    /// Those that say something.
    pub(crate) fn named(&self) -> Self {
        let named = |values: &[String]| -> Vec<String> {
            let values = values.iter().map(|value| value.trim());
            let named = values.filter(|value| !value.is_empty());
            named.map(str::to_owned).collect()
        };
        Self {
            products: named(&self.products),
            use_cases: named(&self.use_cases),
            competitors: named(&self.competitors),
        }
    }

    /// The kinds of trait of which an empty one was named.
    pub(crate) fn emptied(&self) -> Vec<&'static str> {
        let empty = self.all().filter(|(_, value)| value.trim().is_empty());
        empty.map(|(kind, _)| kind).collect()
    }

    fn all(&self) -> impl Iterator<Item = (&'static str, &String)> {
        let named = |name: &'static str| move |value| (name, value);
        let products = self.products.iter().map(named("product"));
        let use_cases = self.use_cases.iter().map(named("use-case"));
        products
            .chain(use_cases)
            .chain(self.competitors.iter().map(named("competitor")))
    }
}

impl AccountRow {
    /// The value of a field as text.
    pub(crate) fn field(&self, field: AccountField) -> Option<String> {
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
            AccountField::Phone => self.phone.clone(),
        }
    }
}

impl Tx<'_> {
    /// One account.
    pub(crate) fn account(&self, id: AccountId) -> Result<Option<AccountRow>> {
        self.one("WHERE id = ?1", [id])
    }

    /// The account with this CRM id; for a record that became part of another, that one.
    pub(crate) fn account_by_crm_id(&self, crm_id: &str) -> Result<Option<AccountId>> {
        let sql = "SELECT coalesce(merged_into, id) FROM accounts WHERE crm_id = ?1";
        self.found(sql, [crm_id])
    }

    /// The accounts with this domain: mostly one, but nothing forbids that several share one.
    pub(crate) fn accounts_of_domain(&self, domain: &str) -> Result<Vec<AccountId>> {
        let sql = "SELECT DISTINCT coalesce(merged_into, id) AS id FROM accounts WHERE domain = ?1 ORDER BY id";
        self.values(sql, [domain])
    }

    /// The account of this name, compared without regard to case and punctuation; the oldest of several.
    pub(crate) fn account_by_name(&self, name: &str) -> Result<Option<AccountId>> {
        self.account_by_name_key(&slug(name))
    }

    pub(super) fn account_by_name_key(&self, key: &str) -> Result<Option<AccountId>> {
        let sql = "SELECT coalesce(merged_into, id) FROM accounts WHERE name_key = ?1 ORDER BY merged_into IS NOT NULL, id LIMIT 1";
        self.found(sql, [key])
    }

    /// The accounts with this CRM id, domain or name, compared without regard to case and punctuation.
    pub(crate) fn accounts_called(&self, words: &str) -> Result<Vec<AccountId>> {
        let words = words.trim();
        self.values(
            "SELECT DISTINCT coalesce(merged_into, id) AS id FROM accounts
             WHERE crm_id = ?1 OR domain = ?2 OR name_key = nullif(?3, '') ORDER BY id",
            params![words, words.to_lowercase(), slug(words)],
        )
    }

    /// The account with this number; of a record that became part of another, that one.
    pub(crate) fn account_numbered(&self, number: i64) -> Result<Option<AccountId>> {
        let sql = "SELECT coalesce(merged_into, id) AS id FROM accounts WHERE id = ?1";
        Ok(self.values(sql, [number])?.into_iter().next())
    }

    /// Whether another account has this id in the CRM, though it be part of this one.
    pub(crate) fn has_crm_id_elsewhere(&self, id: AccountId, crm_id: &str) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM accounts WHERE crm_id = ?2 AND id <> ?1)";
        self.value(sql, params![id, crm_id])
    }

    /// What every account is called: its name, or else its domain.
    pub(crate) fn account_names(&self) -> Result<Vec<String>> {
        let sql = "SELECT coalesce(name, domain) FROM accounts
                   WHERE coalesce(name, domain) IS NOT NULL AND merged_into IS NULL ORDER BY id";
        self.values(sql, [])
    }

    /// Every industry on record, in the words received.
    pub(crate) fn industries(&self) -> Result<Vec<String>> {
        let sql = "SELECT DISTINCT industry FROM accounts WHERE industry IS NOT NULL AND merged_into IS NULL ORDER BY industry";
        self.values(sql, [])
    }

    /// Whether an account is a customer; `None` where nobody said.
    pub(crate) fn account_status(&self, id: AccountId) -> Result<Option<StatusRow>> {
        self.one(
            "WHERE account_id = ?1 ORDER BY since_at DESC, id DESC LIMIT 1",
            [id],
        )
    }

    /// Every word on whether an account is a customer, oldest first.
    pub(crate) fn account_statuses(&self) -> Result<Vec<StatusRow>> {
        self.all("ORDER BY since_at, id", [])
    }

    /// Every account, by id. Records that became part of another are left out.
    pub(crate) fn accounts(&self) -> Result<Vec<AccountRow>> {
        self.all("WHERE merged_into IS NULL ORDER BY id", [])
    }

    /// Those of them that were on record, or where somebody was.
    pub(crate) fn accounts_on_record(&self) -> Result<Vec<AccountRow>> {
        self.all(
            "WHERE merged_into IS NULL AND (
                 operation_id IN (SELECT id FROM operations) OR id IN (SELECT account_id FROM people))
             ORDER BY id",
            [],
        )
    }

    /// The traits of an account.
    pub(crate) fn account_traits(&self, id: AccountId) -> Result<AccountTraits> {
        let mut traits = AccountTraits::default();
        let sql =
            "SELECT trait, value FROM account_traits WHERE account_id = ?1 ORDER BY trait, value";
        self.for_each(sql, [id], |row| {
            let values = match row.text("trait")? {
                Some("product") => &mut traits.products,
                Some("use-case") => &mut traits.use_cases,
                _ => &mut traits.competitors,
            };
            values.push(row.get("value")?);
            Ok(())
        })?;
        Ok(traits)
    }
}

impl Writing<'_> {
    /// Adds an account.
    pub(crate) fn add_account(
        &self,
        fields: &[(AccountField, String)],
        by_hand: bool,
    ) -> Result<AccountId> {
        let id = self.next_id("accounts")?;
        self.add_account_as(id, fields)?;
        if by_hand {
            for (field, value) in fields {
                self.record_edit(Entity::Account(id), field.name(), None, value, true)?;
            }
        }
        Ok(id)
    }

    /// Adds an account under an id that the caller counted up.
    pub(crate) fn add_account_as(
        &self,
        id: AccountId,
        fields: &[(AccountField, String)],
    ) -> Result<()> {
        let value = |wanted| {
            let mut fields = fields.iter();
            let found = fields.find(|(field, _)| *field == wanted);
            found.map(|(_, value)| value.as_str())
        };
        let described = AccountField::ALL.iter();
        let described = described.filter_map(|field| Some((column(field.name()), value(*field)?)));
        let described: Vec<(String, &str)> = described.collect();
        let key = value(AccountField::Name).map(slug);
        let mut row: Vec<ColumnValue<'_>> = vec![("id", &id), ("name_key", &key)];
        row.extend(
            described
                .iter()
                .map(|(column, value)| (column.as_str(), value as &dyn ToSql)),
        );
        self.insert("accounts", &row)
    }

    /// Records whether an account is a customer, since when.
    pub(crate) fn add_account_status(&self, new: &StatusRow) -> Result<()> {
        self.insert(
            "account_statuses",
            &[
                ("account_id", &new.account),
                ("status", &new.status),
                ("by_hand", &new.by_hand),
                ("since_at", &new.at),
            ],
        )
    }

    /// Forgets what is on record of these traits of an account: it was wrong, on every day.
    pub(crate) fn clear_account_traits(&self, id: AccountId, traits: &[&str]) -> Result<usize> {
        let mut cleared = 0;
        for kind in traits {
            let values: Vec<String> = self.values(
                "SELECT value FROM account_traits WHERE account_id = ?1 AND trait = ?2",
                params![id, kind],
            )?;
            if values.is_empty() {
                continue;
            }
            cleared += values.len();
            let what = format!("{kind} {}", values.join("; "));
            self.note_removed(Fact::Traits, id.0, None, Some(&what))?;
            self.execute(
                "DELETE FROM account_traits WHERE account_id = ?1 AND trait = ?2",
                params![id, kind],
            )?;
        }
        Ok(cleared)
    }

    /// Adds traits to an account; those it has already stay.
    pub(crate) fn add_account_traits(
        &self,
        id: AccountId,
        traits: &AccountTraits,
    ) -> Result<usize> {
        let mut added = 0;
        for (kind, value) in traits.all() {
            let row: [ColumnValue<'_>; 3] =
                [("account_id", &id), ("trait", &kind), ("value", &value)];
            added += self.insert_or("account_traits", &row, "ON CONFLICT DO NOTHING")?;
        }
        Ok(added)
    }
}
