//! How a row of a survey file becomes a record.

use std::borrow::Cow;

use super::columns::SurveyColumns;
use super::record::{Earlier, NoAnswer, Record, Respondent, SurveyRow};
use super::state::{Digests, FileState};
use crate::domain::score::Score;
use crate::intake::error::Stop;
use crate::intake::table::{Row, Table};
use crate::intake::{IntakeError, Setting, cells, scores};

/// What makes records of rows.
pub(super) struct Recording<'f> {
    pub(super) table: &'f Table,
    pub(super) columns: &'f mut SurveyColumns,
    pub(super) setting: &'f Setting,
    pub(super) state: FileState<'f>,
}

/// What every response of a row needs besides its own cells.
struct Answered<'a> {
    /// The source's own id of the response.
    key: Option<&'a str>,
    respondent: Respondent<'a>,
    score: Score,
    do_not_contact: bool,
    digests: Digests,
}

impl Recording<'_> {
    /// Reads a row.
    ///
    /// # Errors
    /// Where the file cannot be read on.
    pub(super) fn record<'r>(&mut self, row: &Row<'r>) -> Result<Record<'r>, IntakeError> {
        match self.read(row) {
            Ok(record) => Ok(record),
            Err(Stop::Row(reason)) => Ok(Record::Rejected(row.rejected(reason))),
            Err(Stop::File(error)) => Err(error),
        }
    }

    fn read<'r>(&mut self, row: &Row<'r>) -> Result<Record<'r>, Stop> {
        if let Some(fault) = row.fault() {
            return Err(fault.into());
        }
        let (columns, state) = (&mut *self.columns, &mut self.state);
        let key = cells::intact_id(row.value(columns.key), &mut state.destroyed);
        let external_id = cells::intact_id(row.value(columns.external_id), &mut state.destroyed);
        let do_not_contact = columns.forbids_contact(row);
        let digests = state.digests(self.table.text_of(row));
        if !do_not_contact && key.is_some_and(|key| state.is_on_record(key, digests.row, row.line))
        {
            // A file that says a date in no known way is refused, whatever else is in it.
            columns.settle_dates(row, self.table)?;
            return Ok(Record::Unchanged);
        }
        let email = columns.email(row, &mut state.addresses);
        let respondent = |email| Respondent {
            email,
            external_id,
            name: columns.name(row),
        };
        if let Some(reason) = columns.skipped(row) {
            return Ok(Record::Skipped {
                line: row.line,
                reason,
                respondent: respondent(email.unwrap_or_default()),
                do_not_contact,
            });
        }
        let is_of_other_scale = columns.is_of_other_scale();
        if is_of_other_scale && !cells::is_no_answer(cells::trimmed(row.raw(columns.score))) {
            return Ok(Record::Skipped {
                line: row.line,
                reason: "on another scale",
                respondent: respondent(email.unwrap_or_default()),
                do_not_contact,
            });
        }
        let respondent = respondent(email?);
        let Some(score) = scores::parse(row.raw(columns.score))? else {
            return Ok(Record::NoAnswer(NoAnswer {
                line: row.line,
                record: row.number,
                respondent,
                do_not_contact,
            }));
        };
        let answered = Answered {
            key,
            respondent,
            score,
            do_not_contact,
            digests,
        };
        self.response(row, answered).map(Record::Answer)
    }

    fn response<'r>(
        &mut self,
        row: &Row<'r>,
        answered: Answered<'r>,
    ) -> Result<SurveyRow<'r>, Stop> {
        let (columns, state) = (&mut *self.columns, &mut self.state);
        let (responded_at, updated_at) = columns.times(row, self.table, self.setting)?;
        let (comment, account) = (columns.comment(row), columns.account.read(row));
        let Answered {
            key,
            respondent,
            score,
            do_not_contact,
            digests,
        } = answered;
        let is_key_made = key.is_none();
        let (key, cells) = match key {
            Some(key) => (Cow::Borrowed(key), digests.cells),
            None => {
                let person = respondent.known_as().or(account.name.as_deref());
                let person = person.unwrap_or_default();
                let key = state.stable_key(person, responded_at, score, &comment);
                (Cow::Owned(key), state.nth_of(digests.cells))
            }
        };
        let key = state.interned(key);
        let earlier = match is_key_made {
            true => None,
            false => state.earlier_line(key.symbol, row.line),
        };
        let earlier = earlier.map(|line| {
            let at = row.source_row();
            Box::new(Earlier { line, at })
        });
        Ok(SurveyRow {
            line: row.line,
            record: row.number,
            key,
            cells,
            is_key_made,
            shared_id: row.value(columns.shared_id),
            earlier,
            respondent,
            score,
            comment,
            responded_at,
            updated_at,
            do_not_contact,
            digest: digests.row,
            title: row.value(columns.title).map(Cow::Borrowed),
            language: row.value(columns.language).map(Cow::Borrowed),
            account,
        })
    }
}
