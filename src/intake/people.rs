//! Contact lists from Salesforce, HubSpot or anywhere to typed rows.

use super::columns::Doubt;
use super::holds::Holds;
use super::list::{List, ListKind, Reading};
use super::traits::{AccountTraits, adds_nothing};
use super::{IntakeError, Options};
use crate::domain::email::Email;
use crate::domain::words::word_lists;

/// One person.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonRow {
    /// Their id in the CRM.
    pub crm_id: Option<String>,
    /// Their e-mail address; without one, the row has an id.
    pub email: Option<Email>,
    /// Their name.
    pub name: Option<String>,
    /// Whether that is the first or the last name alone, which replaces no name that is known.
    pub half_a_name: bool,
    /// Their job title.
    pub title: Option<String>,
    /// The kind of role they have, such as `economic buyer`.
    pub persona: Option<String>,
    /// Their language.
    pub language: Option<String>,
    /// Their telephone number.
    pub phone: Option<String>,
    /// Their account's id in the CRM.
    pub account_crm_id: Option<String>,
    /// Their account.
    pub account: AccountTraits<'static>,
}

impl PersonRow {
    /// The account's domain: the one given, else that of the e-mail address; never a mailbox provider's.
    pub fn account_domain(&self) -> Option<&str> {
        let by_email = || self.email.as_ref().and_then(Email::company_domain);
        self.account.domain.as_deref().or_else(by_email)
    }

    /// Whether it says nothing of somebody beside what an earlier row said.
    pub(crate) fn adds_nothing_to(&self, before: &Self) -> bool {
        let key = |email: &Option<Email>| email.as_ref().map(|email| email.key().to_owned());
        adds_nothing(&key(&self.email), &key(&before.email))
            && [
                (&self.crm_id, &before.crm_id),
                (&self.name, &before.name),
                (&self.title, &before.title),
                (&self.persona, &before.persona),
                (&self.language, &before.language),
                (&self.phone, &before.phone),
                (&self.account_crm_id, &before.account_crm_id),
            ]
            .into_iter()
            .all(|(value, before)| adds_nothing(value, before))
            && self.account.adds_nothing_to(&before.account)
    }
}

/// A list of people.
const PEOPLE: ListKind = ListKind {
    fields: word_lists! {
        "id": "contact id", "record id contact", "record id", "person id", "crm id", "salesforce id", "hs object id", "id";
        "email": "email", "email address", "work email", "contact email", "@email";
        "first-name": "first name", "given name", "forename", "@first-name";
        "last-name": "last name", "family name", "surname", "@last-name";
        "name": "full name", "contact name", "name", "contact", "@name";
        "title": "job title", "organization 1 title", "organization title", "title", "role", "position", "@title";
        "persona": "persona", "buying role", "contact role", "job function";
        "language": "preferred language", "language", "locale", "@language";
        "phone": "phone", "phone number", "business phone", "work phone", "mobile", "mobile phone", "mobile phone number",
            "telephone", "phone 1 value", "@phone";
        "account-id": "account id", "account id 18", "associated company ids", "associated company id",
            "primary associated company id", "company id", "record id company", "organization id", "organisation id";
        "company": "account name", "associated company", "company name", "company", "organization 1 name", "organization name", "organisation name", "account", "organisation",
            "organization", "@company";
        "domain": "company domain name", "domain", "website url", "website", "account website", "company domain", "@domain";
        "industry": "industry", "sector", "vertical", "account industry", "@industry";
        "country": "country", "mailing country", "country region", "@country";
        "region": "region", "territory", "geo", "sales region", "@region";
        "segment": "segment", "account segment", "customer segment", "company size", "@segment";
        "owner": "csm", "contact owner", "account owner", "owner", "owner name", "account manager", "@owner";
    },
    dates: &[],
    by_content: &[
        ("email", Holds::Addresses, Doubt::Refuse),
        ("id", Holds::IdsOfPeople, Doubt::Leave),
    ],
    day: None,
    needed: &[&["id", "email"]],
};

/// Reads a list of people.
///
/// # Errors
/// When the file as a whole cannot be read as a list of people; see [`IntakeError`].
pub fn read(
    bytes: impl Into<Vec<u8>>,
    options: &Options,
) -> Result<Reading<PersonRow>, IntakeError> {
    let list = List::open(bytes.into(), options, &PEOPLE)?;
    list.read(|cells| {
        let email = cells.email("email")?;
        let crm_id = cells.id("id");
        if email.is_none() && crm_id.is_none() {
            return Err("the row has neither an e-mail address nor an id".into());
        }
        let is_there = |field| cells.value(field).is_some();
        let half_a_name = !(is_there("name") || is_there("first-name") && is_there("last-name"));
        Ok(PersonRow {
            crm_id,
            email,
            name: cells.name("name"),
            half_a_name,
            title: cells.text("title"),
            persona: cells.text("persona"),
            language: cells.text("language"),
            phone: cells.text("phone"),
            account_crm_id: cells.first_id("account-id"),
            account: cells.account("company"),
        })
    })
}
