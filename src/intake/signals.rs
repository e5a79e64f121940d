//! Usage and health exports (`docs/import.md`, usage and health exports) to typed rows: any file with an e-mail address
//! or an account and a figure.

use chrono::NaiveDate;

use super::columns::{Doubt, named};
use super::error::Stop;
use super::holds::Holds;
use super::list::{Cells, List, ListKind, Reading};
use super::table::Row;
use super::{IntakeError, Options, Setting, Understood, cells};
use crate::domain::condition::Condition;
use crate::domain::email::Email;
use crate::domain::signal::SignalKind;
use crate::domain::words::word_lists;

/// One signal. Whose it is, is said by the address, or else by the account.
#[derive(Debug, Clone, PartialEq)]
pub struct SignalRow {
    /// What the file calls it.
    pub id: Option<String>,
    /// The person's address.
    pub email: Option<Email>,
    /// The account's id in the CRM.
    pub account_crm_id: Option<String>,
    /// The account's domain.
    pub account_domain: Option<String>,
    /// The account's name.
    pub account: Option<String>,
    /// What was seen.
    pub kind: SignalKind,
    /// The figure that shows it, with the name of its column.
    pub reading: Option<String>,
    /// Words beside it.
    pub note: Option<String>,
    /// When; where the file does not say, it is of today.
    pub on: Option<NaiveDate>,
}

/// A list of signals. A bare `id` may be the person's, so it is none of them.
const SIGNALS: ListKind = ListKind {
    fields: word_lists! {
        "id": "signal id", "event id", "reading id";
        "email": "email", "email address", "user email", "contact email", "work email", "@email";
        "account-id": "account id", "account id 18", "company id", "crm id", "crm account id", "salesforce account id";
        "account": "account", "account name", "company", "company name", "customer", "organisation", "organization", "@company";
        "domain": "domain", "account domain", "company domain", "company domain name", "website";
        "date": "date", "day", "on", "as of", "reading date", "snapshot date", "reported on", "happened on",
            "occurred at", "period end", "week ending", "timestamp", "created at", "datum", "fecha", "data", "日付", "日期";
        "kind": "kind", "signal", "signal kind";
        "reading": "reading", "figure";
        "note": "note", "notes", "comment", "comments", "details", "description";
    },
    dates: &["date"],
    by_content: &[
        ("email", Holds::Addresses, Doubt::Leave),
        ("date", Holds::Dates, Doubt::Leave),
    ],
    day: Some("date"),
    needed: &[&["account-id", "account", "domain", "email"]],
};

/// Reads a usage or health export. A row that does not meet the conditions comes out as nothing.
///
/// # Errors
/// When the file as a whole cannot be read as a list of signals; see [`IntakeError`].
pub fn read(
    bytes: impl Into<Vec<u8>>,
    options: &Options,
    setting: &Setting,
) -> Result<Reading<Option<SignalRow>>, IntakeError> {
    let list = List::open(bytes.into(), options, &SIGNALS)?;
    if options.kind.is_none() {
        list.columns.needed("kind", &list.header)?;
    }
    let figures = FigureColumns::find(&list, options)?;
    let mut reading = list.read(|cells| match figures.meet_the_conditions(cells.row)? {
        true => row(cells, options, &figures, setting).map(Some),
        false => Ok(None),
    })?;
    figures.say_what_they_hold(&mut reading.understood);
    Ok(reading)
}

fn row(
    cells: &mut Cells<'_, '_>,
    options: &Options,
    figures: &FigureColumns,
    setting: &Setting,
) -> Result<SignalRow, Stop> {
    let address = cells.answer("email");
    let account_crm_id = cells.text("account-id");
    let (account, account_domain) = (cells.text("account"), cells.domain("domain"));
    let has_account = account_crm_id.is_some() || account.is_some() || account_domain.is_some();
    if address.is_none() && !has_account {
        return Err("the row names neither a person nor an account".into());
    }
    let kind = match options.kind {
        Some(kind) => kind,
        None => {
            let word = cells.value("kind").ok_or("the kind of signal is missing")?;
            word.parse()?
        }
    };
    let on = cells.past_day("date", "date", setting)?;
    Ok(SignalRow {
        id: cells.text("id"),
        email: address.map(cells::address).map(Email::parse).transpose()?,
        account_crm_id,
        account_domain,
        account,
        kind,
        reading: figures.reading(cells.row),
        note: cells.text("note"),
        on,
    })
}

/// The columns that say whether a row is a signal, and those of the figure that shows it.
struct FigureColumns {
    conditions: Vec<(usize, Condition)>,
    /// The columns of the reading, with their headers.
    reading: Vec<(usize, String)>,
}

impl FigureColumns {
    fn find(list: &List, options: &Options) -> Result<Self, IntakeError> {
        let (found, header) = (&list.columns, &list.header);
        let conditions = options
            .when
            .iter()
            .map(|one| Ok((named(header, found, one.column())?, one.clone())))
            .collect::<Result<Vec<_>, IntakeError>>()?;
        let mut shown: Vec<usize> = match found.first("reading") {
            Some(column) => vec![column],
            None => conditions.iter().map(|(column, _)| *column).collect(),
        };
        shown.dedup();
        let reading = shown.into_iter().map(|at| (at, header.name(at).to_owned()));
        Ok(Self {
            reading: reading.collect(),
            conditions,
        })
    }

    fn say_what_they_hold(&self, understood: &mut Understood) {
        for (column, condition) in &self.conditions {
            understood.fills(*column, "reading");
            understood.read_as(*column, Some(format!("only where {condition}")));
        }
        for (column, _) in &self.reading {
            understood.fills(*column, "reading");
        }
    }

    /// Whether every condition holds. One that does not skips the row, whatever the others make of it.
    fn meet_the_conditions(&self, row: &Row<'_>) -> Result<bool, Stop> {
        let mut fault = None;
        for (column, condition) in &self.conditions {
            // `NA` can be a region, but no figure.
            let cell = row.value(Some(*column));
            let cell = cell.filter(|cell| !condition.is_of_number() || !cells::is_no_answer(cell));
            match condition.holds(cell) {
                Ok(true) => {}
                Ok(false) => return Ok(false),
                Err(reason) => fault = fault.or(Some(reason)),
            }
        }
        fault.map_or(Ok(true), |reason| Err(reason.into()))
    }

    /// The figures, each after the name of its column: `active_days 24; seats 12`.
    fn reading(&self, row: &Row<'_>) -> Option<String> {
        let figures = self.reading.iter().filter_map(|(column, name)| {
            let figure = row.value(Some(*column))?;
            Some(format!("{name} {figure}").trim().to_owned())
        });
        let figures: Vec<String> = figures.collect();
        (!figures.is_empty()).then(|| figures.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::{Timestamp, Zone};

    fn read_with(text: &str, kind: Option<SignalKind>, when: &[&str]) -> Vec<String> {
        let options = Options {
            kind,
            when: when.iter().map(|text| text.parse().unwrap()).collect(),
            ..Options::default()
        };
        let setting = Setting {
            zone: Zone::UTC,
            now: Timestamp(1_782_900_000),
        };
        let reading = match read(text, &options, &setting) {
            Ok(reading) => reading,
            Err(error) => return vec![error.to_string()],
        };
        let rows = reading
            .rows
            .into_iter()
            .map(|row| match row.map(|row| row.says) {
                Ok(None) => "skipped".to_owned(),
                Ok(Some(row)) => {
                    let who = row.email.map(|email| email.key().to_owned());
                    let who = who
                        .or(row.account_crm_id)
                        .or(row.account_domain)
                        .or(row.account);
                    let on = row.on.map_or("today".to_owned(), |day| day.to_string());
                    let reading = row.reading.unwrap_or_default();
                    format!("{} {} {on}: {reading}", who.unwrap(), row.kind)
                }
                Err(rejected) => format!("line {}: {}", rejected.line, rejected.reason),
            });
        rows.collect()
    }

    #[test]
    fn rows_above_the_threshold_are_signals() {
        let text = "User Email,Active Days,Seats,Day\n\
                    ada@x.example,24,3,2026-06-30\n\
                    bo@x.example,19,3,2026-06-30\n\
                    cy@x.example,,3,2026-06-30\n\
                    di@x.example,many,3,2026-06-30\n\
                    ed@x.example,\"1,024\",0,2026-06-30\n\
                    ,30,3,2026-06-30\n\
                    gi@x.example,NA,3,2026-06-30\n\
                    fi@x.example,30,3,2027-06-30\n";
        let power = Some(SignalKind::PowerUser);
        assert_eq!(
            read_with(text, power, &["active_days>=20", "seats>0"]),
            [
                "ada@x.example power-user 2026-06-30: Active Days 24; Seats 3",
                "skipped",
                "skipped",
                "line 5: `many` in column `active_days` is not a number",
                "skipped",
                "line 7: the row names neither a person nor an account",
                "skipped",
                "line 9: the date 2027-06-30 is in the future",
            ]
        );
    }

    #[test]
    fn accounts_kinds_and_readings_come_from_columns_too() {
        let text = "Account ID,Website,Company,Kind,Figure,Plan\n\
                    A-1,https://www.x.example,X Ltd,health,92,Team\n\
                    ,www.y.example,Y Ltd,renewal,,Team\n\
                    ,,Z Ltd,wizard,1,Team\n\
                    ,,Z Ltd,expansion,1,Free\n";
        let rows = read_with(text, None, &["plan!=free"]);
        assert_eq!(
            rows[..2],
            ["A-1 health today: Figure 92", "y.example renewal today: "]
        );
        assert!(rows[2].starts_with("line 4: `wizard` is not a kind of signal"));
        assert_eq!(rows[3], "skipped");
    }

    #[test]
    fn a_file_that_says_too_little_is_refused() {
        let text = "Who,Days\nAda,3\n";
        let power = Some(SignalKind::PowerUser);
        let refused = |text, kind, when: &[&str]| read_with(text, kind, when).join(" ");
        let found = refused(text, power, &[]);
        assert!(found.contains("holds the email"), "{found}");
        let text = "Email,Days\nada@x.example,3\n";
        let found = refused(text, None, &[]);
        assert!(found.contains("holds the kind"), "{found}");
        let found = refused(text, power, &["active>=3"]);
        assert!(found.contains("headed `active`"), "{found}");
        assert_eq!(
            refused(text, power, &[]),
            "ada@x.example power-user today: "
        );
    }
}
