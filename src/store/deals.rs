//! Deals as the CRM tells them: the current words, and what they were before.

use chrono::NaiveDate;
use rusqlite::{Row, params};

use super::{Result, Tx, Writing, date_opt};
use crate::domain::ids::DealId;
use crate::domain::industry::slug;
use crate::domain::money::Money;

/// What describes a deal.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DealWords {
    /// Its id in the CRM.
    pub crm_id: Option<String>,
    /// Its name.
    pub name: String,
    /// The prospect's name.
    pub prospect: Option<String>,
    /// The prospect's domain.
    pub prospect_domain: Option<String>,
    /// What it is worth.
    pub amount: Option<Money>,
    /// Its stage in the words received.
    pub stage: Option<String>,
    /// When it was opened.
    pub opened_on: Option<NaiveDate>,
    /// When it was closed, or is expected to be.
    pub closed_on: Option<NaiveDate>,
    /// Who owns it.
    pub owner: Option<String>,
    /// The prospect's industry in the words received.
    pub industry: Option<String>,
}

/// A deal as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DealRow {
    /// Its id.
    pub id: DealId,
    /// What describes it.
    pub words: DealWords,
}

const SELECT: &str =
    "SELECT id, crm_id, name, prospect, prospect_domain, amount_minor, currency, stage, opened_on,
    closed_on, owner, industry FROM deals";

fn read(row: &Row<'_>) -> rusqlite::Result<DealRow> {
    let amount_minor: Option<i64> = row.get(5)?;
    let currency = super::parsed_opt(row, 6)?;
    Ok(DealRow {
        id: DealId(row.get(0)?),
        words: DealWords {
            crm_id: row.get(1)?,
            name: row.get(2)?,
            prospect: row.get(3)?,
            prospect_domain: row.get(4)?,
            amount: amount_minor
                .zip(currency)
                .map(|(amount_minor, currency)| Money {
                    amount_minor,
                    currency,
                }),
            stage: row.get(7)?,
            opened_on: date_opt(row, 8)?,
            closed_on: date_opt(row, 9)?,
            owner: row.get(10)?,
            industry: row.get(11)?,
        },
    })
}

impl Tx<'_> {
    /// One deal.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn deal(&self, id: DealId) -> Result<Option<DealRow>> {
        self.first(&format!("{SELECT} WHERE id = ?1"), [id.0], read)
    }

    /// Every deal, by id.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn deals(&self) -> Result<Vec<DealRow>> {
        self.rows(&format!("{SELECT} ORDER BY id"), [], read)
    }

    /// The deal with this CRM id, or else with this prospect, name and opening day.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn deal_like(&self, words: &DealWords) -> Result<Option<DealRow>> {
        if let Some(crm_id) = &words.crm_id {
            return self.first(&format!("{SELECT} WHERE crm_id = ?1"), [crm_id], read);
        }
        let sql = format!(
            "{SELECT} WHERE prospect_key = ?1 AND name_key = ?2 AND opened_on IS ?3 AND crm_id IS NULL ORDER BY id LIMIT 1"
        );
        let prospect = words.prospect.as_deref().map(slug).unwrap_or_default();
        let opened_on = words.opened_on.map(|day| day.to_string());
        self.first(&sql, params![prospect, slug(&words.name), opened_on], read)
    }
}

impl Writing<'_> {
    /// Adds a deal.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_deal(&self, words: &DealWords) -> Result<DealId> {
        let id = DealId(self.next_id("deals")?);
        self.execute(
            "INSERT INTO deals (id, crm_id, name, name_key, prospect, prospect_key, prospect_domain, amount_minor,
                 currency, stage, opened_on, closed_on, owner, industry, operation_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            params![
                id.0,
                words.crm_id,
                words.name,
                slug(&words.name),
                words.prospect,
                words.prospect.as_deref().map(slug).unwrap_or_default(),
                words.prospect_domain,
                words.amount.map(|money| money.amount_minor),
                words.amount.map(|money| money.currency.to_string()),
                words.stage,
                words.opened_on.map(|day| day.to_string()),
                words.closed_on.map(|day| day.to_string()),
                words.owner,
                words.industry,
                self.operation.0,
            ],
        )?;
        Ok(id)
    }

    /// Gives a deal new words and keeps the old ones of what can be measured.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn change_deal(&self, old: &DealRow, new: &DealWords) -> Result<()> {
        self.execute(
            "INSERT INTO deal_edits (deal_id, amount_minor, currency, stage, opened_on, closed_on, superseded_at,
                 operation_id)
             SELECT id, amount_minor, currency, stage, opened_on, closed_on, ?2, ?3 FROM deals WHERE id = ?1",
            params![old.id.0, self.at.0, self.operation.0],
        )?;
        self.execute(
            "UPDATE deals SET name = ?2, name_key = ?3, prospect = ?4, prospect_key = ?5, prospect_domain = ?6,
                 amount_minor = ?7, currency = ?8, stage = ?9, opened_on = ?10, closed_on = ?11, owner = ?12,
                 industry = ?13, crm_id = ?14
             WHERE id = ?1",
            params![
                old.id.0,
                new.name,
                slug(&new.name),
                new.prospect,
                new.prospect.as_deref().map(slug).unwrap_or_default(),
                new.prospect_domain,
                new.amount.map(|money| money.amount_minor),
                new.amount.map(|money| money.currency.to_string()),
                new.stage,
                new.opened_on.map(|day| day.to_string()),
                new.closed_on.map(|day| day.to_string()),
                new.owner,
                new.industry,
                new.crm_id,
            ],
        )?;
        Ok(())
    }
}
