//! Contact lists from Salesforce, HubSpot or anywhere (`formats.md` §4) to typed rows.

use super::columns::Aliases;
use super::file::{Opened, text};
use super::problem::Stop;
use super::table::Row;
use super::traits::{AccountTraits, TraitColumns};
use super::{IntakeError, Options, Place, Reading, cells};
use crate::domain::email::Email;

/// One person.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonRow {
    /// Where the row stands.
    pub place: Place,
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
}

/// Every field of a file of people, with its usual headers.
const FIELDS: Aliases = &[
    (
        "id",
        &[
            "contact id",
            "record id",
            "person id",
            "crm id",
            "salesforce id",
            "hs object id",
            "id",
        ],
    ),
    (
        "email",
        &["email", "email address", "work email", "contact email"],
    ),
    ("first-name", &["first name", "given name", "forename"]),
    ("last-name", &["last name", "family name", "surname"]),
    ("name", &["full name", "contact name", "name", "contact"]),
    ("title", &["job title", "title", "role", "position"]),
    (
        "persona",
        &["persona", "buying role", "contact role", "job function"],
    ),
    ("language", &["preferred language", "language", "locale"]),
    (
        "account-id",
        &[
            "account id",
            "account id 18",
            "associated company ids",
            "associated company id",
            "primary associated company id",
            "company id",
        ],
    ),
    (
        "company",
        &[
            "account name",
            "associated company",
            "company name",
            "company",
            "account",
            "organisation",
            "organization",
        ],
    ),
    (
        "domain",
        &[
            "company domain name",
            "domain",
            "website url",
            "website",
            "account website",
            "company domain",
        ],
    ),
    (
        "industry",
        &["industry", "sector", "vertical", "account industry"],
    ),
    ("country", &["country", "mailing country", "country region"]),
    ("region", &["region", "territory", "geo", "sales region"]),
    (
        "segment",
        &[
            "segment",
            "account segment",
            "customer segment",
            "company size",
        ],
    ),
    (
        "owner",
        &[
            "csm",
            "contact owner",
            "account owner",
            "owner",
            "owner name",
            "account manager",
        ],
    ),
];

/// Reads a list of people.
///
/// # Errors
/// When the file as a whole cannot be read as a list of people; see [`IntakeError`].
pub fn read(
    bytes: impl Into<Vec<u8>>,
    options: &Options,
) -> Result<Reading<PersonRow>, IntakeError> {
    let opened = Opened::open(bytes.into(), options, FIELDS)?;
    let mut columns = PersonColumns::find(&opened)?;
    let mut reading = opened.read_rows(|row, _| columns.row(row))?;
    let destroyed = columns.destroyed.as_deref();
    reading.notes.extend(destroyed.map(cells::destroyed_note));
    Ok(reading)
}

/// Where everything stands in the file.
struct PersonColumns {
    id: Option<usize>,
    email: Option<usize>,
    name: Option<usize>,
    first_name: Option<usize>,
    last_name: Option<usize>,
    title: Option<usize>,
    persona: Option<usize>,
    language: Option<usize>,
    account_id: Option<usize>,
    account: TraitColumns,
    /// The first id that a spreadsheet destroyed.
    destroyed: Option<String>,
}

impl PersonColumns {
    fn find(opened: &Opened) -> Result<Self, IntakeError> {
        let found = &opened.columns;
        let id = found.first("id");
        if id.is_none() {
            found.needed("email", &opened.header)?;
        }
        Ok(Self {
            id,
            email: found.first("email"),
            name: found.first("name"),
            first_name: found.first("first-name"),
            last_name: found.first("last-name"),
            title: found.first("title"),
            persona: found.first("persona"),
            language: found.first("language"),
            account_id: found.first("account-id"),
            account: TraitColumns::of(found, "company"),
            destroyed: None,
        })
    }

    fn row(&mut self, row: &Row<'_>) -> Result<PersonRow, Stop> {
        let address = row
            .value(self.email)
            .filter(|text| !cells::is_no_answer(text));
        let email = address.map(Email::parse).transpose()?;
        let crm_id = cells::intact_id(row.value(self.id), &mut self.destroyed).map(str::to_owned);
        if email.is_none() && crm_id.is_none() {
            return Err("the row has neither an e-mail address nor an id".into());
        }
        let (first, last) = (row.value(self.first_name), row.value(self.last_name));
        let whole_name = text(row, self.name);
        let half_a_name = whole_name.is_none() && (first.is_none() || last.is_none());
        let full_name = || cells::full_name(first, last).map(Into::into);
        // Several accounts in one cell: the first is the main one.
        let account_ids = row
            .value(self.account_id)
            .map_or_else(Vec::new, cells::list);
        let account_id = account_ids.first().map(String::as_str);
        let account_id = cells::intact_id(account_id, &mut self.destroyed);
        Ok(PersonRow {
            place: row.place(),
            crm_id,
            email,
            name: whole_name.or_else(full_name),
            half_a_name,
            title: text(row, self.title),
            persona: text(row, self.persona),
            language: text(row, self.language),
            account_crm_id: account_id.map(str::to_owned),
            account: self.account.read(row).into_owned(),
        })
    }
}
