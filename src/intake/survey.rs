//! Survey exports to typed responses (`formats.md` §2, §3): one record per row, borrowed from the file, in its order.
//! Which responses are new or changed is for others to find out.

use std::borrow::Cow;

use super::problem::Stop;
use super::profiles;
use super::survey_columns::SurveyColumns;
use super::table::Table;
use super::traits::AccountTraits;
use super::{IntakeError, Options, Rejected, Setting, cells};
use crate::domain::calendar::Timestamp;
use crate::domain::email::Email;
use crate::domain::score::Score;

/// What a row of a survey file turned out to be.
#[expect(
    clippy::large_enum_variant,
    reason = "a record is handed over once; a box would cost an allocation per row"
)]
#[derive(Debug, Clone, PartialEq)]
pub enum Record<'a> {
    /// A response.
    Answer(SurveyRow<'a>),
    /// Somebody who was asked and did not answer.
    NoAnswer(NoAnswer<'a>),
    /// No NPS response at all: another type of survey, unfinished, a preview.
    Skipped {
        /// The line on which the row begins.
        line: u64,
        /// What it is instead.
        reason: &'static str,
        /// Whom it is about; their wish not to be contacted counts here too.
        respondent: Respondent<'a>,
        /// Whether they must not be contacted.
        do_not_contact: bool,
    },
    /// A row that could not be used.
    Rejected(Rejected),
}

/// One response.
#[derive(Debug, Clone, PartialEq)]
pub struct SurveyRow<'a> {
    /// The line on which the row begins, from 1.
    pub line: u64,
    /// The row's number, from 1.
    pub record: u64,
    /// The source's own id of the response, where it has one; see [`super::stable_key`].
    pub key: Option<&'a str>,
    /// Who answered.
    pub respondent: Respondent<'a>,
    /// The answer.
    pub score: Score,
    /// The comment as received, perhaps empty.
    pub comment: Cow<'a, str>,
    /// When they answered.
    pub responded_at: Timestamp,
    /// When the answer was last changed.
    pub updated_at: Option<Timestamp>,
    /// Whether they must not be contacted.
    pub do_not_contact: bool,
    /// Their job title.
    pub title: Option<Cow<'a, str>>,
    /// Their language.
    pub language: Option<Cow<'a, str>>,
    /// Their account.
    pub account: AccountTraits<'a>,
}

/// A person who did not answer.
#[derive(Debug, Clone, PartialEq)]
pub struct NoAnswer<'a> {
    /// The line on which the row begins, from 1.
    pub line: u64,
    /// The row's number, from 1.
    pub record: u64,
    /// Who was asked.
    pub respondent: Respondent<'a>,
    /// Whether they must not be contacted.
    pub do_not_contact: bool,
}

/// The person that a row is about, as far as it says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Respondent<'a> {
    /// Their e-mail address.
    pub email: Option<Email>,
    /// The source's id of the person.
    pub external_id: Option<&'a str>,
    /// Their name.
    pub name: Option<Cow<'a, str>>,
}

impl SurveyRow<'_> {
    /// The account's domain: the one given, else that of the e-mail address; never a mailbox provider's.
    pub fn account_domain(&self) -> Option<&str> {
        let by_email = || {
            self.respondent
                .email
                .as_ref()
                .and_then(Email::company_domain)
        };
        self.account.domain.as_deref().or_else(by_email)
    }
}

/// A survey file, recognised and ready to be read.
#[derive(Debug)]
pub struct SurveyFile {
    /// The name of the profile it is read with.
    pub profile: &'static str,
    /// The name of the source: given by the user, else the profile's.
    pub source: String,
    /// What should be said once about the file; complete after it was read.
    pub notes: Vec<String>,
    /// The headers, for a file of rejected rows.
    pub header: Vec<String>,
    table: Table,
    columns: SurveyColumns,
    setting: Setting,
}

/// Opens a survey export: decodes it, recognises its source and finds its columns.
///
/// # Errors
/// When the file as a whole cannot be read as a survey; see [`IntakeError`].
pub fn open(
    bytes: impl Into<Vec<u8>>,
    options: &Options,
    setting: &Setting,
) -> Result<SurveyFile, IntakeError> {
    let mut table = Table::open(bytes.into(), options)?;
    let first = table.first_rows(profiles::MOST_HEADER_ROWS);
    let names = first.first().map_or(&[][..], Vec::as_slice);
    let profile = profiles::choose(options.source.as_deref(), names);
    let header = (profile.header)(&first);
    table.begin_after(header.rows);
    let columns = SurveyColumns::find(&header, profile, options)?;
    Ok(SurveyFile {
        profile: profile.name,
        source: profile.source_name(options.source.as_deref()),
        notes: table.note.clone().into_iter().collect(),
        header: header.names,
        table,
        columns,
        setting: *setting,
    })
}

impl SurveyFile {
    /// Hands every record to `use_record`, in the order of the file.
    ///
    /// # Errors
    /// What `use_record` returns, and [`IntakeError::AmbiguousDates`] when a column of dates can be read in two ways.
    pub fn for_each<E: From<IntakeError>>(
        &mut self,
        mut use_record: impl FnMut(Record<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut destroyed = None;
        let (table, columns, setting) = (&self.table, &mut self.columns, &self.setting);
        table.for_each_row(|row| {
            use_record(match columns.record(&row, table, setting, &mut destroyed) {
                Ok(record) => record,
                Err(Stop::Row(reason)) => Record::Rejected(row.rejected(reason)),
                Err(Stop::File(error)) => return Err(error.into()),
            })
        })?;
        if let Some(example) = destroyed {
            let note = cells::destroyed_note(&example);
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
        Ok(())
    }
}
