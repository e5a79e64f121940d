//! Survey exports to typed responses (`formats.md` §2, §3): one record per row, borrowed from the file, in its order.
//! Which responses are new or changed is for others to find out.

mod ahead;

use std::borrow::Cow;

use ahead::Batches;

use super::problem::Stop;
use super::profiles;
use super::survey_columns::{Met, SurveyColumns};
use super::table::{Row, Table};
use super::traits::AccountTraits;
use super::{IntakeError, Options, Rejected, Setting, cells};
use crate::domain::calendar::Timestamp;
use crate::domain::email::Email;
use crate::domain::numbering::Numbered;
use crate::domain::score::Score;

/// From this size of the text on, a second thread is worth its while.
const LARGE: usize = 4 << 20;

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
    /// What identifies the response in its source: the source's own id, else a stable key ([`super::stable_key`]).
    pub key: Numbered<Cow<'a, str>>,
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
    pub email: Option<Numbered<Email>>,
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
                .and_then(|email| email.company_domain())
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
    /// Lets `use_records` have the records. Of a large file they are being made from now on, whatever else is done first.
    pub fn read<T>(&mut self, use_records: impl FnOnce(Records<'_, '_>) -> T) -> T {
        let mut recording = Recording {
            table: &self.table,
            columns: &mut self.columns,
            setting: &self.setting,
            met: Met::begin(&self.source),
        };
        let result = if self.table.size() >= LARGE {
            ahead::read(&mut recording, use_records)
        } else {
            use_records(Records(Source::Plain(&mut recording)))
        };
        if let Some(example) = recording.met.destroyed {
            let note = cells::destroyed_note(&example);
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
        result
    }
}

/// What makes records of rows.
struct Recording<'f> {
    table: &'f Table,
    columns: &'f mut SurveyColumns,
    setting: &'f Setting,
    met: Met<'f>,
}

impl Recording<'_> {
    fn record<'r>(&mut self, row: &Row<'r>) -> Result<Record<'r>, IntakeError> {
        let met = &mut self.met;
        match self.columns.record(row, self.table, self.setting, met) {
            Ok(record) => Ok(record),
            Err(Stop::Row(reason)) => Ok(Record::Rejected(row.rejected(reason))),
            Err(Stop::File(error)) => Err(error),
        }
    }
}

/// The records of a file, to be used once.
pub struct Records<'a, 'f>(Source<'a, 'f>);

enum Source<'a, 'f> {
    /// Made one after the other.
    Plain(&'a mut Recording<'f>),
    /// Made on another thread.
    Ahead(Batches),
}

impl Records<'_, '_> {
    /// Hands every record to `use_record`, in the order of the file.
    ///
    /// # Errors
    /// What `use_record` returns, and [`IntakeError::AmbiguousDates`] when a column of dates can be read in two ways.
    pub fn for_each<E: From<IntakeError>>(
        self,
        mut use_record: impl FnMut(&Record<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let recording = match self.0 {
            Source::Ahead(batches) => return batches.for_each(use_record),
            Source::Plain(recording) => recording,
        };
        let mut rows = recording.table.rows();
        while let Some(row) = rows.next() {
            use_record(&recording.record(&row)?)?;
        }
        Ok(())
    }
}
