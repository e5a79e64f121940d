//! The rows of a survey file: each becomes a response, a person, an account, or a wish to be left alone.

use super::survey_people::{describe, find_or_add};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{ResponseId, SourceId};
use crate::domain::responses::{ResponseChange, ResponseValue};
use crate::domain::stage::Move;
use crate::failure::Result;
use crate::intake::Rejected;
use crate::intake::survey::{Record, Respondent, SurveyRow};
use crate::store::{Loading, NewResponse, NewStage, Writing};

/// What became of the rows.
#[derive(Debug, Default)]
pub(super) struct SurveyCounts {
    pub(super) rows: u64,
    pub(super) new: u64,
    pub(super) changed: u64,
    pub(super) unchanged: u64,
    pub(super) no_answer: u64,
    pub(super) skipped: u64,
    pub(super) do_not_contact: u64,
    /// Answers on record that came again with an address that is not.
    pub(super) readdressed: u64,
}

/// The rows of one file.
pub(super) struct SurveyRows<'a, 'w> {
    pub(super) writing: &'a Writing<'a>,
    pub(super) loading: &'a mut Loading<'w>,
    pub(super) counts: &'a mut SurveyCounts,
    /// The source of the file.
    pub(super) source: &'a str,
    /// Now.
    pub(super) at: Timestamp,
}

impl SurveyRows<'_, '_> {
    /// Saves what a row says; a rejected one is handed back.
    pub(super) fn save<'r>(&mut self, record: &'r Record<'_>) -> Result<Option<&'r Rejected>> {
        self.counts.rows += 1;
        match record {
            Record::Answer(row) => {
                self.answer(row)?;
                self.obey(&row.respondent, row.do_not_contact)?;
            }
            Record::Unchanged => self.counts.unchanged += 1,
            Record::NoAnswer(row) => {
                self.counts.no_answer += 1;
                self.obey(&row.respondent, row.do_not_contact)?;
            }
            Record::Skipped {
                respondent,
                do_not_contact,
                ..
            } => {
                self.counts.skipped += 1;
                self.obey(respondent, *do_not_contact)?;
            }
            Record::Rejected(row) => return Ok(Some(row)),
        }
        Ok(None)
    }

    fn answer(&mut self, row: &SurveyRow<'_>) -> Result<()> {
        let value = ResponseValue {
            score: row.score,
            comment: &*row.comment,
            updated_at: row.updated_at,
        };
        match self.loading.again(&row.key, &value, row.digest)? {
            Some(again) => self.again(row, &value, again),
            None => self.add(row, &value),
        }
    }

    fn add(&mut self, row: &SurveyRow<'_>, value: &ResponseValue<&str>) -> Result<()> {
        let answer = Some((row.score, row.responded_at));
        let (person, account) = describe(self.loading, row, answer)?;
        let account = account.filter(|_| person.is_none());
        let new = NewResponse {
            id: ResponseId(0),
            source: SourceId(0),
            key: &row.key,
            person,
            account: account.map(|account| self.loading.account_id(account)),
            respondent: row.respondent.external_id,
            score: row.score,
            comment: value.comment,
            responded_at: row.responded_at,
            updated_at: row.updated_at,
            row: Some(row.digest),
        };
        self.loading.add_response(row.key.symbol, new)?;
        self.counts.new += 1;
        Ok(())
    }

    /// An answer that is on record comes again.
    fn again(
        &mut self,
        row: &SurveyRow<'_>,
        value: &ResponseValue<&str>,
        again: ResponseChange,
    ) -> Result<()> {
        match again {
            ResponseChange::SameRow | ResponseChange::Older => self.counts.unchanged += 1,
            ResponseChange::Same => {
                self.loading.note_row(&row.key, row.digest)?;
                self.counts.unchanged += 1;
            }
            ResponseChange::Changed => self.change(row, value)?,
        }
        match &row.respondent.email {
            _ if again == ResponseChange::SameRow => {}
            Some(email) if self.loading.person(email)?.is_none() => self.counts.readdressed += 1,
            _ => drop(describe(self.loading, row, None)?),
        }
        Ok(())
    }

    fn change(&mut self, row: &SurveyRow<'_>, value: &ResponseValue<&str>) -> Result<()> {
        let counts = &mut *self.counts;
        match self.loading.change_response(&row.key, value, row.digest)? {
            0 => counts.changed += 1,
            taken_back => {
                counts.changed -= taken_back;
                counts.unchanged += taken_back + 1;
            }
        }
        Ok(())
    }

    /// Obeys a source's word that somebody must not be contacted; they are added where they are unknown, so that the
    /// word is kept.
    fn obey(&mut self, respondent: &Respondent<'_>, do_not_contact: bool) -> Result<()> {
        if !do_not_contact {
            return Ok(());
        }
        let Some(person) = find_or_add(self.loading, respondent)? else {
            return Ok(());
        };
        let card = self.writing.person(person)?;
        let stage = card.and_then(|card| card.standing.stage);
        if let Ok(to) = Move::Forbid.from(stage) {
            self.writing.change_stage(&NewStage {
                person,
                stage: to,
                until: None,
                reason: Some("the survey source says so"),
                decided_by: Some(self.source),
                at: self.at,
            })?;
            self.loading.decided(person);
            self.counts.do_not_contact += 1;
        }
        Ok(())
    }
}
