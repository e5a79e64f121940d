//! Whom colleagues propose, from a form or a spreadsheet, to typed rows.

use chrono::NaiveDate;

use super::columns::Doubt;
use super::holds::Holds;
use super::list::{List, ListKind, Reading};
use super::traits::AccountTraits;
use super::{IntakeError, Options, Setting, cells};
use crate::domain::email::Email;
use crate::domain::words::word_lists;

/// One nomination.
#[derive(Debug, Clone, PartialEq)]
pub struct NominationRow {
    /// Who is nominated.
    pub email: Email,
    /// Their name.
    pub name: Option<String>,
    /// Their job title.
    pub title: Option<String>,
    /// Their account.
    pub account: AccountTraits<'static>,
    /// Who nominates them.
    pub by: String,
    /// Why.
    pub reason: Option<String>,
    /// When; where the file does not say, it is of today.
    pub on: Option<NaiveDate>,
}

/// A list of nominations.
const NOMINATIONS: ListKind = ListKind {
    fields: word_lists! {
        "email": "nominee email", "nominee email address", "customer email", "contact email", "email", "email address",
            "work email", "@email";
        "name": "nominee name", "nominee", "customer name", "contact name", "full name", "name", "contact", "@name";
        "first-name": "nominee first name", "first name", "given name", "@first-name";
        "last-name": "nominee last name", "last name", "family name", "surname", "@last-name";
        "title": "job title", "title", "role", "position", "@title";
        "company": "nominee company", "company", "company name", "account", "account name", "organisation",
            "organization", "customer", "@company";
        "domain": "domain", "company domain", "website";
        "industry": "industry", "sector", "vertical", "@industry";
        "country": "country";
        "region": "region", "territory";
        "segment": "segment";
        "nominated-by": "nominated by", "nominator", "nominator name", "your name", "proposed by", "suggested by",
            "submitted by", "nominator email", "by";
        "reason": "reason", "why", "reason for nomination", "nomination reason", "why nominate *", "why are you *",
            "why should *", "why would *", "comment", "comments", "note", "notes";
        "date": "nominated on", "nomination date", "date nominated", "date", "submitted on", "submitted at", "submitted",
            "timestamp", "created at", "@date";
    },
    dates: &["date"],
    by_content: &[("email", Holds::Addresses, Doubt::Refuse)],
    day: Some("date"),
    needed: &[&["email"], &["nominated-by"]],
};

/// Reads a list of nominations.
///
/// # Errors
/// When the file as a whole cannot be read as a list of nominations; see [`IntakeError`].
pub fn read(
    bytes: impl Into<Vec<u8>>,
    options: &Options,
    setting: &Setting,
) -> Result<Reading<NominationRow>, IntakeError> {
    let list = List::open(bytes.into(), options, &NOMINATIONS)?;
    list.read(|cells| {
        let email = cells.answer("email");
        let email = email.ok_or("the nominee's e-mail address is missing")?;
        let by = cells.text("nominated-by");
        let by = by.ok_or("it is missing who nominates them")?;
        let on = cells.past_day("date", "date of the nomination", setting)?;
        Ok(NominationRow {
            email: Email::parse(cells::address(email))?,
            name: cells.name("name"),
            title: cells.text("title"),
            account: cells.account("company"),
            by,
            reason: cells.text("reason"),
            on,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::{Timestamp, Zone};

    fn read_all(text: &str) -> Result<Vec<String>, IntakeError> {
        let setting = Setting {
            zone: Zone::UTC,
            now: Timestamp(1_782_900_000),
        };
        let rows = read(text, &Options::default(), &setting)?.rows.into_iter();
        let told = rows.map(|row| match row {
            Ok(row) => {
                let row = row.says;
                let name = row.name.unwrap_or_default();
                let company = row.account.name.unwrap_or_default();
                let reason = row.reason.unwrap_or_default();
                let on = row.on.map_or("today".to_owned(), |day| day.to_string());
                format!("{name}, {company}, by {} {on}: {reason}", row.by)
            }
            Err(rejected) => format!("line {}: {}", rejected.line, rejected.reason),
        });
        Ok(told.collect())
    }

    #[test]
    fn forms_and_spreadsheets_are_read_by_their_usual_headers() {
        let form = "Timestamp,Your name,Nominee,Nominee email,Company,Why should we invite them?\n\
                    6/30/2026 9:15:00,Dana Ruiz,Ada King,ada@x.example,X Ltd,Runs our user group\n";
        assert_eq!(
            read_all(form).unwrap(),
            ["Ada King, X Ltd, by Dana Ruiz 2026-06-30: Runs our user group"]
        );
        let sheet = "Email;First name;Last name;Nominated by;Reason\n\
                     bo@y.example;Bo;Lind;Sam;\n\
                     ;Cy;Low;Sam;Keen\n\
                     di@y.example;Di;Moss;;Keen\n\
                     at home;Ed;Nash;Sam;Keen\n";
        let rows = read_all(sheet).unwrap();
        assert_eq!(
            rows[..3],
            [
                "Bo Lind, , by Sam today: ",
                "line 3: the nominee's e-mail address is missing",
                "line 4: it is missing who nominates them",
            ]
        );
        assert!(rows[3].contains("not an e-mail address"), "{}", rows[3]);
    }

    #[test]
    fn who_nominates_must_be_said() {
        let error = read_all("Email,Reason\nada@x.example,Keen\n").unwrap_err();
        assert!(error.to_string().contains("the nominated-by"), "{error}");
    }
}
