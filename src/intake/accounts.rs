//! Account lists from Salesforce, HubSpot or anywhere to typed rows.

use chrono::NaiveDate;

use super::columns::Doubt;
use super::holds::Holds;
use super::list::{List, ListKind, Reading};
use super::traits::{AccountTraits, adds_nothing};
use super::{CellResult, IntakeError, Options, Setting, cells};
use crate::domain::industry::slug;
use crate::domain::words::word_lists;

/// One account.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountRow {
    /// Its id in the CRM.
    pub crm_id: Option<String>,
    /// Name, domain, industry and so on; at least one of id, name and domain is there.
    pub account: AccountTraits<'static>,
    /// When its contract renews.
    pub renewal_on: Option<NaiveDate>,
    /// Its health, lower-case, such as `red`.
    pub health: Option<String>,
    /// Whether an escalation is open.
    pub escalated: Option<bool>,
    /// What it uses.
    pub products: Vec<String>,
    /// What for.
    pub use_cases: Vec<String>,
    /// Companies it must not be introduced to.
    pub competitors: Vec<String>,
    /// Since when it is a customer.
    pub customer_since: Option<NaiveDate>,
    /// Its telephone number.
    pub phone: Option<String>,
    /// Whether it is a customer, in the words received.
    pub status: Option<String>,
    /// When it left.
    pub churned_on: Option<NaiveDate>,
}

impl AccountRow {
    /// Whether it says nothing of an account beside what an earlier row said, but for that of which an account can have
    /// several.
    pub(crate) fn adds_nothing_to(&self, before: &Self) -> bool {
        adds_nothing(&self.crm_id, &before.crm_id)
            && self.account.adds_nothing_to(&before.account)
            && adds_nothing(&self.renewal_on, &before.renewal_on)
            && adds_nothing(&self.health, &before.health)
            && adds_nothing(&self.escalated, &before.escalated)
            && adds_nothing(&self.customer_since, &before.customer_since)
            && adds_nothing(&self.phone, &before.phone)
    }

    /// Whether it is of another account than an earlier row, by what both say.
    pub(crate) fn is_of_another_than(&self, before: &Self) -> bool {
        let differ = |one: Option<&str>, other: Option<&str>| {
            one.is_some() && other.is_some() && one.map(slug) != other.map(slug)
        };
        let (account, other) = (&self.account, &before.account);
        let by_id = differ(self.crm_id.as_deref(), before.crm_id.as_deref());
        let is_one_id = self.crm_id.is_some() && self.crm_id == before.crm_id;
        by_id
            || !is_one_id
                && (differ(account.name.as_deref(), other.name.as_deref())
                    || differ(account.domain.as_deref(), other.domain.as_deref()))
    }
}

/// A list of accounts.
const ACCOUNTS: ListKind = ListKind {
    fields: word_lists! {
        "id": "account id", "account id 18", "company id", "record id company", "organization id", "organisation id", "record id", "crm id", "salesforce id", "hs object id", "id";
        // Beside another of these, `name` is that of a person.
        "name": "account name", "company name", "organization name", "organisation name", "account", "company", "organisation", "organization", "name", "customer", "@company";
        "domain": "company domain name", "domain", "website url", "website", "account website", "company domain",
            "web site", "@domain";
        "industry": "industry", "sector", "vertical", "account industry", "@industry";
        "segment": "segment", "account segment", "customer segment", "company size", "@segment";
        "region": "region", "territory", "geo", "sales region", "@region";
        "country": "country", "billing country", "country region", "billing country code", "@country";
        "owner": "csm", "customer success manager", "account owner", "company owner", "organization owner", "owner", "owner name",
            "account manager", "@owner";
        "renewal": "renewal date", "renewal on", "renewal", "renews on", "next renewal date", "contract end date",
            "contract end";
        "health": "health", "health status", "account health", "health colour", "health color", "customer health";
        "escalated": "escalated", "escalation", "open escalation", "is escalated", "has open escalation";
        "products": "products", "product", "products owned", "product names";
        "use-cases": "use cases", "use case";
        "competitors": "competitors", "competitor", "do not introduce";
        "customer-since": "customer since", "became a customer date", "contract start date", "contract start",
            "start date";
        // In a list of people, `phone` alone is that of a person.
        "company-phone": "company phone", "company phone number", "account phone", "main phone";
        "status": "account status", "customer status";
        "churned-on": "churned on", "churn date", "churned date", "cancellation date";
    },
    dates: &["renewal", "customer-since", "churned-on"],
    by_content: &[
        ("domain", Holds::Domains, Doubt::Leave),
        ("id", Holds::IdsOfAccounts, Doubt::Leave),
    ],
    day: None,
    needed: &[&["id", "domain", "name"]],
};

/// Reads a list of accounts.
///
/// # Errors
/// When the file as a whole cannot be read as a list of accounts; see [`IntakeError`].
pub fn read(
    bytes: impl Into<Vec<u8>>,
    options: &Options,
    setting: &Setting,
) -> Result<Reading<AccountRow>, IntakeError> {
    let list = List::open(bytes.into(), options, &ACCOUNTS)?;
    list.read(|cells| {
        let account = cells.account("name");
        let crm_id = cells.id("id");
        if crm_id.is_none() && account.name.is_none() && account.domain.is_none() {
            return Err("the row has no id, name or domain of an account".into());
        }
        Ok(AccountRow {
            crm_id,
            account,
            renewal_on: cells.day("renewal", setting.zone)?,
            health: cells.value("health").map(str::to_lowercase),
            escalated: cells.value("escalated").map(escalation).transpose()?,
            products: cells.list("products"),
            use_cases: cells.list("use-cases"),
            competitors: cells.list("competitors"),
            customer_since: cells.day("customer-since", setting.zone)?,
            phone: cells.text("company-phone"),
            status: cells.value("status").map(str::to_owned),
            churned_on: cells.day("churned-on", setting.zone)?,
        })
    })
}

fn escalation(word: &str) -> CellResult<bool> {
    if let Some(known) = cells::yes_or_no(word) {
        return Ok(known);
    }
    match word.to_lowercase().as_str() {
        "open" | "escalated" | "active" => Ok(true),
        "closed" | "resolved" => Ok(false),
        _ => Err(format!(
            "`{word}` does not say whether an escalation is open; write yes or no"
        )),
    }
}
