//! Account lists from Salesforce, HubSpot or anywhere (`formats.md` §4) to typed rows.

use chrono::NaiveDate;

use super::columns::Aliases;
use super::date_column::DateColumn;
use super::dates::Moment;
use super::file::{Opened, text};
use super::table::Row;
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
            "name",
            "account",
            "company",
            "organisation",
            "organization",
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
            "type",
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
    let columns = &opened.columns;
    let id = columns.first("id");
    if columns.first("domain").is_none() && id.is_none() {
        columns.needed("name", &opened.header)?;
    }
    let traits = TraitColumns::of(columns, "name");
    let [health, escalated, products, use_cases, competitors] = [
        "health",
        "escalated",
        "products",
        "use-cases",
        "competitors",
    ]
    .map(|field| columns.first(field));
    let all_dates = [columns.all("renewal"), columns.all("customer-since")].concat();
    let mut dates = Vec::new();
    for field in ["renewal", "customer-since"] {
        let column = columns
            .first(field)
            .map(|at| DateColumn::new(at, &all_dates, &opened.header, options));
        dates.push(column.transpose()?);
    }
    let list = |row: &Row<'_>, column| row.value(column).map_or_else(Vec::new, cells::list);
    opened.read_rows(|row, table| {
        let mut days = [None, None];
        for (day, column) in days.iter_mut().zip(&mut dates) {
            let Some(column) = column else { continue };
            match column.read(row, table)? {
                Ok(moment) => *day = moment.map(|moment: Moment| moment.day(setting.zone)),
                Err(reason) => return Ok(Err(reason)),
            }
        }
        let account = traits.read(row).into_owned();
        let crm_id = text(row, id);
        if crm_id.is_none() && account.name.is_none() && account.domain.is_none() {
            return Ok(Err(
                "the row has no id, name or domain of an account".to_owned()
            ));
        }
        Ok(
            escalation(row.value(escalated)).map(|escalated| AccountRow {
                line: row.line,
                crm_id,
                account,
                renewal_on: days[0],
                health: row.value(health).map(str::to_lowercase),
                escalated,
                products: list(row, products),
                use_cases: list(row, use_cases),
                competitors: list(row, competitors),
                customer_since: days[1],
            }),
        )
    })
}

fn escalation(cell: Option<&str>) -> Typed<Option<bool>> {
    let Some(word) = cell else { return Ok(None) };
    if let Some(known) = cells::yes_or_no(word) {
        return Ok(Some(known));
    }
    match word.to_lowercase().as_str() {
        "open" | "escalated" | "active" => Ok(Some(true)),
        "closed" | "resolved" => Ok(Some(false)),
        _ => Err(format!(
            "`{word}` does not say whether an escalation is open; write yes or no"
        )),
    }
}
