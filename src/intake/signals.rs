//! Usage and health exports (`formats.md` §4) to typed rows: any file with an e-mail address or an account and a
//! figure.

use chrono::NaiveDate;

use super::columns::{Aliases, named};
use super::date_column::DateColumn;
use super::file::{Opened, text};
use super::problem::Stop;
use super::table::{Row, Table};
use super::traits::TraitColumns;
use super::{IntakeError, Options, Place, Reading, Setting, cells};
use crate::domain::condition::Condition;
use crate::domain::email::Email;
use crate::domain::signal::SignalKind;

/// One signal. Whose it is, is said by the address, or else by the account.
#[derive(Debug, Clone, PartialEq)]
pub struct SignalRow {
    /// Where the row stands.
    pub place: Place,
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

/// Every field of a file of signals, with its usual headers. A bare `id` may be the person's, so it is none of them.
const FIELDS: Aliases = &[
    ("id", &["signal id", "event id", "reading id"]),
    (
        "email",
        &[
            "email",
            "email address",
            "user email",
            "contact email",
            "work email",
        ],
    ),
    (
        "account-id",
        &[
            "account id",
            "account id 18",
            "company id",
            "crm id",
            "crm account id",
            "salesforce account id",
        ],
    ),
    (
        "account",
        &[
            "account",
            "account name",
            "company",
            "company name",
            "customer",
            "organisation",
            "organization",
        ],
    ),
    (
        "domain",
        &[
            "domain",
            "account domain",
            "company domain",
            "company domain name",
            "website",
        ],
    ),
    (
        "date",
        &[
            "date",
            "day",
            "on",
            "as of",
            "reading date",
            "snapshot date",
            "reported on",
            "happened on",
            "occurred at",
            "period end",
            "week ending",
            "timestamp",
            "created at",
        ],
    ),
    ("kind", &["kind", "signal", "signal kind"]),
    ("reading", &["reading", "figure"]),
    (
        "note",
        &[
            "note",
            "notes",
            "comment",
            "comments",
            "details",
            "description",
        ],
    ),
];

/// Reads a usage or health export. A row that does not meet the conditions comes out as nothing.
///
/// # Errors
/// When the file as a whole cannot be read as a list of signals; see [`IntakeError`].
pub fn read(
    bytes: impl Into<Vec<u8>>,
    options: &Options,
    setting: &Setting,
) -> Result<Reading<Option<SignalRow>>, IntakeError> {
    let opened = Opened::open(bytes.into(), options, FIELDS)?;
    let mut columns = SignalColumns::find(&opened, options)?;
    opened.read_rows(|row, table| columns.row(row, table, setting))
}

/// Where everything stands in the file.
struct SignalColumns {
    id: Option<usize>,
    email: Option<usize>,
    account_id: Option<usize>,
    account: TraitColumns,
    date: Option<DateColumn>,
    /// What all rows are.
    of_the_file: Option<SignalKind>,
    kind: Option<usize>,
    /// The columns of the reading, with their headers.
    reading: Vec<(usize, String)>,
    note: Option<usize>,
    conditions: Vec<(usize, Condition)>,
}

impl SignalColumns {
    fn find(opened: &Opened, options: &Options) -> Result<Self, IntakeError> {
        let (found, header) = (&opened.columns, &opened.header);
        let account_id = found.first("account-id");
        let has_account = account_id.is_some()
            || found.first("account").is_some()
            || found.first("domain").is_some();
        if !has_account {
            found.needed("email", header)?;
        }
        if options.kind.is_none() {
            found.needed("kind", header)?;
        }
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
        let name = |column: usize| header.names.get(column).cloned().unwrap_or_default();
        let date = |column| DateColumn::new(column, found.all("date"), header, options);
        Ok(Self {
            id: found.first("id"),
            email: found.first("email"),
            account_id,
            account: TraitColumns::of(found, "account"),
            date: found.first("date").map(date).transpose()?,
            of_the_file: options.kind,
            kind: found.first("kind"),
            reading: shown.into_iter().map(|at| (at, name(at))).collect(),
            note: found.first("note"),
            conditions,
        })
    }

    fn row(
        &mut self,
        row: &Row<'_>,
        table: &Table,
        setting: &Setting,
    ) -> Result<Option<SignalRow>, Stop> {
        if !self.is_wanted(row)? {
            return Ok(None);
        }
        let address = row
            .value(self.email)
            .filter(|text| !cells::is_no_answer(text));
        let account = self.account.read(row).into_owned();
        let account_crm_id = text(row, self.account_id);
        let has_account =
            account_crm_id.is_some() || account.name.is_some() || account.domain.is_some();
        if address.is_none() && !has_account {
            return Err("the row names neither a person nor an account".into());
        }
        let kind = match self.of_the_file {
            Some(kind) => kind,
            None => row
                .value(self.kind)
                .ok_or("the kind of signal is missing")?
                .parse()?,
        };
        let on = match &mut self.date {
            Some(column) => column.read_past(row, table, "date", setting)?,
            None => None,
        };
        Ok(Some(SignalRow {
            place: row.place(),
            id: text(row, self.id),
            email: address.map(Email::parse).transpose()?,
            account_crm_id,
            account_domain: account.domain.map(Into::into),
            account: account.name.map(Into::into),
            kind,
            reading: self.reading(row),
            note: text(row, self.note),
            on: on.map(|moment| moment.day(setting.zone)),
        }))
    }

    /// Whether every condition holds. One that does not skips the row, whatever the others make of it.
    fn is_wanted(&self, row: &Row<'_>) -> Result<bool, Stop> {
        let mut fault = None;
        for (column, condition) in &self.conditions {
            match condition.holds(row.value(Some(*column))) {
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
            Err(error) => return vec![error.to_string(), error.hint().unwrap_or_default()],
        };
        let rows = reading.rows.into_iter().map(|row| match row {
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
                "line 8: the date 2027-06-30 is in the future",
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
    fn a_file_that_says_too_little_is_refused_with_what_to_type() {
        let text = "Who,Days\nada@x.example,3\n";
        let power = Some(SignalKind::PowerUser);
        let refused = |text, kind, when: &[&str]| read_with(text, kind, when).join(" ");
        let found = refused(text, power, &[]);
        assert!(
            found.contains("holds the email") && found.contains("--map email="),
            "{found}"
        );
        let text = "Email,Days\nada@x.example,3\n";
        let found = refused(text, None, &[]);
        assert!(found.contains("--kind power-user"), "{found}");
        let found = refused(text, power, &["active>=3"]);
        assert!(
            found.contains("headed `active`") && found.contains("--when"),
            "{found}"
        );
        assert_eq!(
            refused(text, power, &[]),
            "ada@x.example power-user today: "
        );
    }
}
