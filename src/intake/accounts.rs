//! Account lists from Salesforce, HubSpot or anywhere (`formats.md` §4) to typed rows.

use chrono::NaiveDate;

use super::columns::Aliases;
use super::date_column::DateColumn;
use super::file::Opened;
use super::problem::Stop;
use super::table::{Row, Table};
use super::traits::{AccountTraits, TraitColumns};
use super::{IntakeError, Options, Reading, Setting, Typed, cells};

/// One account.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountRow {
    /// The line on which the row begins, from 1.
    pub line: u64,
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
}

/// Every field of a file of accounts, with its usual headers.
const FIELDS: Aliases = &[
    (
        "id",
        &[
            "account id",
            "account id 18",
            "company id",
            "record id",
            "crm id",
            "salesforce id",
            "hs object id",
            "id",
        ],
    ),
    (
        "name",
        &[
            "account name",
            "company name",
            "account",
            "company",
            "organisation",
            "organization",
            // Beside one of the above it is the name of a person.
            "name",
            "customer",
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
            "web site",
        ],
    ),
    (
        "industry",
        &["industry", "sector", "vertical", "account industry"],
    ),
    (
        "segment",
        &[
            "segment",
            "account segment",
            "customer segment",
            "company size",
        ],
    ),
    ("region", &["region", "territory", "geo", "sales region"]),
    (
        "country",
        &[
            "country",
            "billing country",
            "country region",
            "billing country code",
        ],
    ),
    (
        "owner",
        &[
            "csm",
            "customer success manager",
            "account owner",
            "company owner",
            "owner",
            "owner name",
            "account manager",
        ],
    ),
    (
        "renewal",
        &[
            "renewal date",
            "renewal on",
            "renewal",
            "renews on",
            "next renewal date",
            "contract end date",
            "contract end",
        ],
    ),
    (
        "health",
        &[
            "health",
            "health status",
            "account health",
            "health colour",
            "health color",
            "customer health",
        ],
    ),
    (
        "escalated",
        &[
            "escalated",
            "escalation",
            "open escalation",
            "is escalated",
            "has open escalation",
        ],
    ),
    (
        "products",
        &["products", "product", "products owned", "product names"],
    ),
    ("use-cases", &["use cases", "use case"]),
    (
        "competitors",
        &["competitors", "competitor", "do not introduce"],
    ),
    (
        "customer-since",
        &[
            "customer since",
            "became a customer date",
            "contract start date",
            "contract start",
            "start date",
        ],
    ),
];

/// Reads a list of accounts.
///
/// # Errors
/// When the file as a whole cannot be read as a list of accounts; see [`IntakeError`].
pub fn read(
    bytes: impl Into<Vec<u8>>,
    options: &Options,
    setting: &Setting,
) -> Result<Reading<AccountRow>, IntakeError> {
    let opened = Opened::open(bytes.into(), options, FIELDS)?;
    let mut columns = AccountColumns::find(&opened, options)?;
    let mut reading = opened.read_rows(|row, table| columns.row(row, table, setting))?;
    let destroyed = columns.destroyed.as_deref();
    reading.notes.extend(destroyed.map(cells::destroyed_note));
    Ok(reading)
}

/// Where everything stands in the file.
struct AccountColumns {
    id: Option<usize>,
    account: TraitColumns,
    renewal: Option<DateColumn>,
    customer_since: Option<DateColumn>,
    health: Option<usize>,
    escalated: Option<usize>,
    products: Option<usize>,
    use_cases: Option<usize>,
    competitors: Option<usize>,
    /// The first id that a spreadsheet destroyed.
    destroyed: Option<String>,
}

impl AccountColumns {
    fn find(opened: &Opened, options: &Options) -> Result<Self, IntakeError> {
        let found = &opened.columns;
        let id = found.first("id");
        if found.first("domain").is_none() && id.is_none() {
            found.needed("name", &opened.header)?;
        }
        let dates = [found.all("renewal"), found.all("customer-since")].concat();
        let date = |field| {
            let column = found.first(field);
            column
                .map(|at| DateColumn::new(at, &dates, &opened.header, options))
                .transpose()
        };
        Ok(Self {
            id,
            account: TraitColumns::of(found, "name"),
            renewal: date("renewal")?,
            customer_since: date("customer-since")?,
            health: found.first("health"),
            escalated: found.first("escalated"),
            products: found.first("products"),
            use_cases: found.first("use-cases"),
            competitors: found.first("competitors"),
            destroyed: None,
        })
    }

    fn row(&mut self, row: &Row<'_>, table: &Table, setting: &Setting) -> Result<AccountRow, Stop> {
        let account = self.account.read(row).into_owned();
        let crm_id = cells::intact_id(row.value(self.id), &mut self.destroyed).map(str::to_owned);
        if crm_id.is_none() && account.name.is_none() && account.domain.is_none() {
            return Err("the row has no id, name or domain of an account".into());
        }
        let day = |column: &mut Option<DateColumn>| {
            let moment = column
                .as_mut()
                .map(|column| column.read(row, table))
                .transpose()?;
            Ok::<_, Stop>(moment.flatten().map(|moment| moment.day(setting.zone)))
        };
        let list = |column| row.value(column).map_or_else(Vec::new, cells::list);
        Ok(AccountRow {
            line: row.line,
            crm_id,
            account,
            renewal_on: day(&mut self.renewal)?,
            health: row.value(self.health).map(str::to_lowercase),
            escalated: row.value(self.escalated).map(escalation).transpose()?,
            products: list(self.products),
            use_cases: list(self.use_cases),
            competitors: list(self.competitors),
            customer_since: day(&mut self.customer_since)?,
        })
    }
}

fn escalation(word: &str) -> Typed<bool> {
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
