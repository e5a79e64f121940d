//! Deals from a Salesforce report, HubSpot or anywhere (`docs/deals-and-influence.md`, deals) to typed rows.

use chrono::NaiveDate;

use super::amount_column::AmountColumn;
use super::columns::Doubt;
use super::currencies::{self, Mark};
use super::headers::plain;
use super::holds::Holds;
use super::list::{List, ListKind, Reading};
use super::table::Row;
use super::{CellResult, IntakeError, Options, Setting};
use crate::domain::money::{Currency, Money};
use crate::domain::words::word_lists;

/// One deal.
#[derive(Debug, Clone, PartialEq)]
pub struct DealRow {
    /// Its id in the CRM.
    pub crm_id: Option<String>,
    /// Its name.
    pub name: String,
    /// The prospect's name.
    pub account: Option<String>,
    /// The prospect's id in the CRM.
    pub account_crm_id: Option<String>,
    /// The prospect's web domain, bare and lower-case, never a mailbox provider's.
    pub account_domain: Option<String>,
    /// What it is worth, exactly.
    pub amount: Option<Money>,
    /// Its stage in the CRM's words; what it comes to is policy.
    pub stage: Option<String>,
    /// When it was opened.
    pub opened_on: Option<NaiveDate>,
    /// When it was closed or, while it is open, is expected to be: perhaps in the future.
    pub closed_on: Option<NaiveDate>,
    /// The colleague who sells it.
    pub owner: Option<String>,
    /// The prospect's industry in the source's spelling.
    pub industry: Option<String>,
}

/// A list of deals. Everything has a name: a file that says neither how far a deal is nor what it is worth is not one
/// of deals. A bare `Closed` is a yes or no in Salesforce, and an amount that was converted has another currency than
/// the deal: neither is taken unasked.
const DEALS: ListKind = ListKind {
    fields: word_lists! {
        "id": "opportunity id", "opportunity id 18", "deal id", "record id", "crm id", "salesforce id", "hs object id",
            "record id deal", "id";
        "name": "opportunity name", "deal name", "dealname", "deal title", "opportunity", "deal", "name", "title";
        "account-id": "account id", "account id 18", "associated company ids", "associated company id",
            "associated company ids primary", "primary associated company id", "company id", "organization id",
            "organisation id", "deal organization id", "record id company";
        "account": "account name", "deal organization", "deal organisation", "organization name", "prospect", "prospect name", "company name", "account", "company", "customer",
            "organisation", "organization", "associated company primary", "primary associated company", "primary company",
            "associated company", "associated companies", "associated company names", "@company";
        "domain": "account domain", "prospect domain", "company domain name", "company domain", "domain",
            "account website", "website url", "website", "web site";
        "amount": "amount", "deal amount", "opportunity amount", "value", "deal value", "contract value", "opportunity value", "deal size", "acv", "arr", "amount eur",
            "amount gbp", "amount usd", "value eur", "value gbp", "value usd";
        "currency": "amount currency", "deal currency", "deal currency of value", "currency of value", "deal currency code", "opportunity currency", "currency",
            "currency code", "currency iso code";
        "stage": "stage", "deal stage", "dealstage", "opportunity stage", "stage name", "pipeline stage", "deal status",
            "status";
        "opened-on": "opened on", "opened", "created date", "create date", "createdate", "created", "created on",
            "opportunity created date", "date opened", "open date", "add time", "deal created", "deal deal created",
            "deal add time", "created time", "created at";
        "closed-on": "closed on", "close date", "closedate", "closed date", "date closed", "deal closed on", "deal deal closed on",
            "close time", "won time", "deal won time", "deal close date", "deal expected close date", "expected close date",
            "expected close";
        "owner": "opportunity owner", "deal owner", "owner name", "owner", "account executive", "sales rep", "seller";
        "industry": "industry", "account industry", "sector", "vertical", "@industry";
    },
    dates: &["opened-on", "closed-on"],
    by_content: &[
        ("amount", Holds::Amounts, Doubt::Leave),
        ("id", Holds::Ids, Doubt::Leave),
    ],
    day: None,
    needed: &[&["amount", "stage"], &["name"]],
};

/// Reads a list of deals. `default_currency` is that of amounts whose currency the file does not tell.
///
/// # Errors
/// When the file as a whole cannot be read as a list of deals; see [`IntakeError`].
pub fn read(
    bytes: impl Into<Vec<u8>>,
    options: &Options,
    setting: &Setting,
    default_currency: Option<Currency>,
) -> Result<Reading<DealRow>, IntakeError> {
    let list = List::open(bytes.into(), options, &DEALS)?;
    let column = |field| list.columns.first(field);
    let currency = column("currency");
    let mut columns: Vec<usize> = column("amount").into_iter().collect();
    for other in amounts_of_other_currencies(&list) {
        if !columns.contains(&other) {
            columns.push(other);
        }
    }
    let amount = |column| AmountColumn::new(column, currency, default_currency, &list.header);
    let mut amounts: Vec<AmountColumn> = columns.into_iter().map(amount).collect();
    let several_accounts = names_several_accounts(&list);
    let mut reading = list.read(|cells| {
        Ok(DealRow {
            name: cells
                .text("name")
                .ok_or("the name of the deal is missing")?,
            opened_on: cells.past_day("opened-on", "date of opening", setting)?,
            closed_on: cells.day("closed-on", setting.zone)?,
            amount: first_amount(&mut amounts, cells.row)?,
            crm_id: cells.id("id"),
            account: match several_accounts {
                true => cells.list("account").into_iter().next(),
                false => cells.text("account"),
            },
            account_crm_id: cells.first_id("account-id"),
            account_domain: cells.domain("domain"),
            stage: cells.text("stage"),
            owner: cells.text("owner"),
            industry: cells.text("industry"),
        })
    })?;
    for amount in &amounts {
        let (column, how) = amount.read_as();
        reading.understood.holds(column, Some("amount"));
        reading.understood.read_as(column, how);
    }
    reading
        .notes
        .extend(amounts.iter().flat_map(AmountColumn::notes));
    Ok(reading)
}

/// Columns such as `Amount USD` beside `Amount EUR`: a row is in one of the currencies.
fn amounts_of_other_currencies(list: &List) -> Vec<usize> {
    const AMOUNTS: [&str; 5] = [
        "amount",
        "dealamount",
        "opportunityamount",
        "value",
        "dealvalue",
    ];
    let is_one = |column: &usize| {
        let name = list.header.name(*column);
        let Some(Mark::Code(currency)) = currencies::in_header(name) else {
            return false;
        };
        let name = plain(name);
        let before = name.strip_suffix(&currency.code().to_lowercase());
        before.is_some_and(|before| AMOUNTS.contains(&before))
    };
    (0..list.header.names.len()).filter(is_one).collect()
}

/// The amount in the first of these columns that has one.
fn first_amount(columns: &mut [AmountColumn], row: &Row<'_>) -> CellResult<Option<Money>> {
    for column in columns {
        if let Some(amount) = column.read(row)? {
            return Ok(Some(amount));
        }
    }
    Ok(None)
}

/// Whether the column of accounts is HubSpot's, which names several in a cell, the main one first.
fn names_several_accounts(list: &List) -> bool {
    let column = list.columns.first("account");
    column.is_some_and(|column| plain(list.header.name(column)).contains("associated"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::{Timestamp, Zone};

    /// 2026-07-01T12:00:00Z.
    const SETTING: Setting = Setting {
        zone: Zone::UTC,
        now: Timestamp(1_782_907_200),
    };

    fn read_text(text: &str, default: Option<&str>) -> Reading<DealRow> {
        let default = default.map(|code| code.parse().unwrap());
        super::read(text, &Options::default(), &SETTING, default).unwrap()
    }

    /// The amount, or the reason, of a file with one row.
    fn amount(header: &str, cells: &str, default: Option<&str>) -> (String, Vec<String>) {
        let read = read_text(&format!("Deal;{header}\nD;{cells}\n"), default);
        let shown = match &read.rows[0] {
            Ok(row) => row.says.amount.map_or("none".to_owned(), |money| {
                format!("{} {}", money.amount_minor, money.currency)
            }),
            Err(rejected) => rejected.reason.clone(),
        };
        (shown, read.notes)
    }

    #[test]
    fn the_currency_is_the_one_that_the_file_tells() {
        for (header, cells, default, money) in [
            ("Amount;Currency", "1234.5;EUR", Some("USD"), "123450 EUR"),
            (
                "Amount;Amount Currency",
                "\"$1,234,567\";CAD",
                None,
                "123456700 CAD",
            ),
            ("Amount;Currency", "$5;", Some("EUR"), "500 USD"),
            ("Amount;Currency", "5;€", None, "500 EUR"),
            ("Amount;Currency", "US$5;$", Some("CAD"), "500 USD"),
            ("Amount", "USD 1,234.50", Some("EUR"), "123450 USD"),
            ("Amount", "1.234,56 €", None, "123456 EUR"),
            ("Amount", "(1,234.00)", Some("gbp"), "-123400 GBP"),
            ("Amount", "£0.07", None, "7 GBP"),
            ("Amount", "¥1,500,000", None, "1500000 JPY"),
            ("Amount", "¥1,500", Some("CNY"), "150000 CNY"),
            ("Amount", "$1.234", Some("AUD"), "123400 AUD"),
            (
                "Amount",
                "90071992547409.93",
                Some("USD"),
                "9007199254740993 USD",
            ),
            ("Amount EUR", "1.234.567,89", None, "123456789 EUR"),
            ("Value", "KWD 1,234.500", None, "1234500 KWD"),
            ("Value", "", None, "none"),
            ("Value;Currency", "N/A;Dollars", None, "none"),
            ("Value;Currency", "NA;", None, "none"),
            ("Stage", "Won", None, "none"),
            ("Amount EUR;Amount USD", ";5", None, "500 USD"),
            ("Amount CHF;Amount USD", "7;", None, "700 CHF"),
            (
                "Amount (converted);Amount;Currency",
                "5;7;EUR",
                None,
                "700 EUR",
            ),
            ("Amount", "1.25E7", Some("EUR"), "1250000000 EUR"),
            ("Amount", "140000.0", Some("EUR"), "14000000 EUR"),
        ] {
            assert_eq!(amount(header, cells, default).0, money, "{header} {cells}");
        }
    }

    #[test]
    fn amounts_that_cannot_be_used_say_why() {
        for (header, cells, default, reason) in [
            (
                "Amount",
                "1234",
                None,
                "--map currency=HEADER or give --currency",
            ),
            ("Amount;Currency", "5;", None, "`5` has no currency"),
            (
                "Amount;Currency",
                "5;Dollars",
                None,
                "`Dollars` is not a currency",
            ),
            (
                "Amount;Currency",
                "€5;USD",
                None,
                "`€5` and its currency `USD` do not agree",
            ),
            ("Amount;Currency", "$5;EUR", None, "do not agree"),
            ("Amount", "EUR 5 USD", None, "names two currencies"),
            ("Amount EUR", "£5", None, "than its header says"),
            (
                "Amount",
                "$12.345,678",
                None,
                "more decimal places than USD",
            ),
            ("Amount", "¥1.5", None, "more decimal places than JPY"),
            ("Amount", "$99999999999999999999", None, "too large"),
            ("Amount", "KWD 1.234", None, "two ways"),
            (
                "Amount",
                "1.23E+06",
                Some("USD"),
                "destroyed by a spreadsheet",
            ),
            ("Amount", "$1.2M", None, "`$1.2M` is not an amount"),
        ] {
            let (seen, _) = amount(header, cells, default);
            assert!(seen.contains(reason), "{header} {cells}: {seen}");
        }
    }

    #[test]
    fn a_shared_sign_is_noted_once_unless_it_is_known() {
        let read = read_text("Deal;Amount\nA;$1\nB;$2\nC;€3\n", Some("EUR"));
        assert_eq!(
            read.notes,
            ["`$` was read as USD; --currency names another"]
        );
        for (cell, default) in [("$1", Some("USD")), ("€1", None), ("US$1", None)] {
            assert_eq!(amount("Amount", cell, default).1, [""; 0], "{cell}");
        }
    }

    #[test]
    fn a_deal_can_close_in_the_future_but_not_open_there() {
        let read = read_text(
            "Deal,Created Date,Close Date,Stage\nA,1/5/2026,31/12/2026,Won\nB,2/7/2026,,\nC,,,\n,1/5/2026,,\nD,soon,,\n",
            None,
        );
        let first = read.accepted().next().unwrap();
        let days = [first.opened_on, first.closed_on].map(|day| day.unwrap().to_string());
        assert_eq!(days, ["2026-05-01", "2026-12-31"]);
        assert_eq!(read.accepted().nth(1).unwrap().opened_on, None);
        let reasons: Vec<&str> = read.rejected().map(|row| row.reason.as_str()).collect();
        assert_eq!(
            reasons,
            [
                "the date of opening 2026-07-02 is in the future",
                "the name of the deal is missing",
                "`soon` is not a date that can be read"
            ]
        );
    }

    #[test]
    fn an_id_that_was_destroyed_is_no_id() {
        let read = read_text(
            "Record ID,Deal Name,Stage\n1.23E+10,A,Won\n1.23E+10,B,Won\n77,C,Won\n",
            None,
        );
        let ids: Vec<_> = read.accepted().map(|row| row.crm_id.as_deref()).collect();
        assert_eq!(ids, [None, None, Some("77")]);
        assert!(read.notes[0].contains("1.23E+10"));
    }

    #[test]
    fn a_file_without_names_of_deals_is_refused() {
        let options = Options::default();
        let error = super::read("Amount,Stage\n1,Won\n", &options, &SETTING, None).unwrap_err();
        assert!(
            error.to_string().starts_with("no column holds the name"),
            "{error}"
        );
    }
}
