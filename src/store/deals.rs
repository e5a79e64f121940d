//! Deals as the CRM tells them: the current words, and what they were before.

use chrono::NaiveDate;
use rusqlite::params;

use super::gives::money;
use super::rows::{ColumnValue, next_id, record};
use super::{Result, Tx, Writing};
use crate::domain::ids::DealId;
use crate::domain::industry::slug;
use crate::domain::money::Money;

record! {
    /// What describes a deal.
    #[derive(Debug, Clone, PartialEq, Eq, Default)]
    pub(crate) struct DealWords from "deals" {
        /// Its id in the CRM.
        crm_id: Option<String> = "crm_id",
        /// Its name.
        name: String = "name",
        /// The prospect's name.
        prospect: Option<String> = "prospect",
        /// The prospect's domain.
        prospect_domain: Option<String> = "prospect_domain",
        /// What it is worth.
        amount: Option<Money> = "amount_minor, currency" => money,
        /// Its stage in the words received.
        stage: Option<String> = "stage",
        /// When it was opened.
        opened_on: Option<NaiveDate> = "opened_on",
        /// When it was closed, or is expected to be.
        closed_on: Option<NaiveDate> = "closed_on",
        /// Who owns it.
        owner: Option<String> = "owner",
        /// The prospect's industry in the words received.
        industry: Option<String> = "industry",
    }
}

record! {
    /// A deal as stored.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct DealRow from "deals" {
        /// Its id.
        id: DealId = "id",
        /// What describes it.
        words: ..DealWords,
    }
}

impl DealWords {
    fn prospect_key(&self) -> String {
        self.prospect.as_deref().map(slug).unwrap_or_default()
    }
}

impl Tx<'_> {
    /// One deal.
    pub(crate) fn deal(&self, id: DealId) -> Result<Option<DealRow>> {
        self.one("WHERE id = ?1", [id])
    }

    /// Every deal, by id.
    pub(crate) fn deals(&self) -> Result<Vec<DealRow>> {
        self.all("ORDER BY id", [])
    }

    /// The deal with this CRM id.
    pub(crate) fn deal_by_crm_id(&self, crm_id: &str) -> Result<Option<DealRow>> {
        self.one("WHERE crm_id = ?1", [crm_id])
    }

    /// The deal with this CRM id, or else the first with this prospect, name and opening day.
    pub(crate) fn deal_like(&self, words: &DealWords) -> Result<Option<DealRow>> {
        match &words.crm_id {
            Some(crm_id) => self.deal_by_crm_id(crm_id),
            None => Ok(self.deals_like(words)?.into_iter().next()),
        }
    }

    /// The deals without a CRM id that have this prospect, name and opening day, in the order in which they were added.
    pub(crate) fn deals_like(&self, words: &DealWords) -> Result<Vec<DealRow>> {
        self.all(
            "WHERE prospect_key = ?1 AND name_key = ?2 AND opened_on IS ?3 AND crm_id IS NULL ORDER BY id",
            params![words.prospect_key(), slug(&words.name), words.opened_on],
        )
    }
}

impl Writing<'_> {
    /// Adds a deal.
    pub(crate) fn add_deal(&self, words: &DealWords) -> Result<DealId> {
        let nothing: [ColumnValue<'_>; 3] =
            [("name", &""), ("name_key", &""), ("prospect_key", &"")];
        let id = self.add("deals", &nothing)?;
        self.describe_deal(id, words)?;
        Ok(id)
    }

    /// Gives a deal new words and keeps the old ones of what can be measured.
    pub(crate) fn change_deal(&self, old: &DealRow, new: &DealWords) -> Result<()> {
        let sql = format!(
            "INSERT INTO deal_edits (id, deal_id, amount_minor, currency, stage, opened_on, closed_on, superseded_at,
                 operation_id)
             SELECT ({}), id, amount_minor, currency, stage, opened_on, closed_on, ?2, ?3 FROM deals WHERE id = ?1",
            next_id("deal_edits")
        );
        self.execute(&sql, params![old.id, self.at, self.operation])?;
        self.describe_deal(old.id, new)
    }

    fn describe_deal(&self, id: DealId, words: &DealWords) -> Result<()> {
        self.update(
            "deals",
            &id,
            &[
                ("crm_id", &words.crm_id),
                ("name", &words.name),
                ("name_key", &slug(&words.name)),
                ("prospect", &words.prospect),
                ("prospect_key", &words.prospect_key()),
                ("prospect_domain", &words.prospect_domain),
                (
                    "amount_minor",
                    &words.amount.map(|money| money.amount_minor),
                ),
                ("currency", &words.amount.map(|money| money.currency)),
                ("stage", &words.stage),
                ("opened_on", &words.opened_on),
                ("closed_on", &words.closed_on),
                ("owner", &words.owner),
                ("industry", &words.industry),
            ],
        )
    }
}
