//! The rows of a survey file: each becomes a response, a person, an account, or a wish to be left alone.

use std::borrow::Cow;

use super::shared_domains::SharedDomains;
use super::survey_people::{Described, describe, find_or_add};
use super::understanding::Understanding;
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{ResponseId, SourceId};
use crate::domain::responses::{ResponseChange, ResponseValue};
use crate::domain::score::Score;
use crate::domain::stage::Move;
use crate::failure::Result;
use crate::intake::Rejected;
use crate::intake::survey::{Earlier, Record, Respondent, SurveyRow};
use crate::store::{
    Again, ByRow, ForgottenList, Loading, Mended, NewResponse, NewStage, StoredResponse, Told,
    Writing,
};

/// What became of the rows.
#[derive(Debug, Default)]
pub(super) struct SurveyCounts {
    pub(super) rows: u64,
    pub(super) new: u64,
    pub(super) changed: u64,
    /// Those of the changed that said nothing new, but were read better.
    pub(super) repaired: u64,
    pub(super) unchanged: u64,
    pub(super) no_answer: u64,
    pub(super) skipped: u64,
    /// Those of the skipped that are of people who were erased.
    pub(super) forgotten: u64,
    pub(super) do_not_contact: u64,
    /// Answers on record that came again with an address that is not.
    pub(super) readdressed: u64,
    pub(super) shared: SharedDomains,
    pub(super) understanding: Understanding,
}

/// The rows of one file.
pub(super) struct SurveyRows<'a, 'w> {
    pub(super) writing: &'a Writing<'a>,
    pub(super) loading: &'a mut Loading<'w>,
    pub(super) counts: &'a mut SurveyCounts,
    /// Who was erased, and is not brought back.
    pub(super) forgotten: Option<ForgottenList>,
    /// The source of the file.
    pub(super) source: &'a str,
    /// The header of the ids of its answers.
    pub(super) id_header: Option<&'a str>,
    /// Now.
    pub(super) at: Timestamp,
}

/// Who gave an answer, or gave none.
fn respondent<'r>(record: &'r Record<'_>) -> Option<&'r Respondent<'r>> {
    match record {
        Record::Answer(row) => Some(&row.respondent),
        Record::NoAnswer(row) => Some(&row.respondent),
        Record::Skipped { respondent, .. } => Some(respondent),
        Record::Unchanged | Record::Rejected(_) => None,
    }
}

impl SurveyRows<'_, '_> {
    /// Saves what a row says; a rejected one is handed back.
    pub(super) fn save<'r>(&mut self, record: &'r Record<'_>) -> Result<Option<Cow<'r, Rejected>>> {
        self.counts.rows += 1;
        if let Some(list) = &self.forgotten
            && let Some(respondent) = respondent(record)
            && respondent
                .email
                .as_ref()
                .is_some_and(|email| list.has(email.key()))
        {
            self.counts.skipped += 1;
            self.counts.forgotten += 1;
            return Ok(None);
        }
        match record {
            Record::Answer(row) => {
                let rejected = self.answer(row)?;
                self.obey(&row.respondent, row.do_not_contact)?;
                return Ok(rejected.map(Cow::Owned));
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
            Record::Rejected(row) => return Ok(Some(Cow::Borrowed(row))),
        }
        Ok(None)
    }

    fn answer(&mut self, row: &SurveyRow<'_>) -> Result<Option<Rejected>> {
        let value = ResponseValue {
            score: row.score,
            comment: &*row.comment,
            updated_at: row.updated_at,
        };
        let told = Told {
            key: &row.key,
            is_key_made: row.is_key_made,
            by: by_row(row),
            shared_id: row.shared_id,
            responded_at: row.responded_at,
        };
        match (self.loading.again(&told)?, &row.earlier) {
            (Again::No, _) => self.add(row, &value)?,
            (Again::SameRow, _) => self.counts.unchanged += 1,
            (Again::Stored(stored), None) => self.again(row, &value, &stored)?,
            (Again::Stored(stored), Some(earlier)) => {
                return self.beside_earlier(row, &value, &stored, earlier);
            }
        }
        Ok(None)
    }

    fn add(&mut self, row: &SurveyRow<'_>, value: &ResponseValue<&str>) -> Result<()> {
        let answer = Some((row.score, row.responded_at));
        let described = self.describe(row, answer)?;
        let account = described.account.filter(|_| described.person.is_none());
        self.look_at(&described);
        self.counts.understanding.answered(row.score.group());
        let new = NewResponse {
            id: ResponseId(0),
            source: SourceId(0),
            key: &row.key,
            person: described.person,
            account: account.map(|account| self.loading.account_id(account)),
            respondent: row.respondent.external_id,
            score: row.score,
            comment: value.comment,
            responded_at: row.responded_at,
            updated_at: row.updated_at,
            row: Some(row.digest),
            cells: row.cells,
        };
        self.loading.add_response(row.key.symbol, new)?;
        self.counts.new += 1;
        Ok(())
    }

    fn look_at(&mut self, described: &Described) {
        let (person, account) = (described.person.is_some(), described.account.is_some());
        self.counts
            .understanding
            .look_at(Some(person), Some(account));
    }

    fn describe(
        &mut self,
        row: &SurveyRow<'_>,
        answer: Option<(Score, Timestamp)>,
    ) -> Result<Described> {
        let described = describe(self.loading, row, answer)?;
        if described.shared {
            self.counts.shared.add(row.account_domain());
        }
        Ok(described)
    }

    /// A row under the id of an earlier one of the same file. It is an edit where the same person changed the answer
    /// later; anything else that it says besides is no newer word (`docs/import.md`, one row, one fact).
    fn beside_earlier(
        &mut self,
        row: &SurveyRow<'_>,
        value: &ResponseValue<&str>,
        stored: &StoredResponse,
        earlier: &Earlier,
    ) -> Result<Option<Rejected>> {
        let before = stored.value();
        if self.is_of_the_same_person(row, stored)? {
            let says_the_same = (value.score, value.comment) == (before.score, before.comment);
            let updates = row.updated_at.zip(stored.updated_at);
            let is_later = match (row.updated_at, stored.updated_at) {
                (Some(here), Some(there)) => here > there,
                (here, there) => here.is_some() && there.is_none(),
            };
            if is_later && !says_the_same {
                let by = by_row(row);
                self.loading
                    .change_response(row.key.symbol, stored, value, by)?;
                self.counts.changed += 1;
                return Ok(None);
            }
            let is_older = updates.is_some_and(|(here, there)| here < there);
            if is_older || says_the_same && (is_later || row.responded_at == stored.responded_at) {
                self.counts.unchanged += 1;
                return Ok(None);
            }
        }
        let header = self.id_header.unwrap_or("id");
        Ok(Some(Rejected {
            contradicts: true,
            ..earlier.at.rejected(format!(
                "the id `{}` is also in line {}, with another answer, which stays; if the ids name customers, \
                 --map person-id=\"{header}\" tells the answers apart",
                &**row.key, earlier.line
            ))
        }))
    }

    /// Whether a row is of the person who gave an answer on record, as far as is known.
    fn is_of_the_same_person(
        &mut self,
        row: &SurveyRow<'_>,
        stored: &StoredResponse,
    ) -> Result<bool> {
        let Some(email) = &row.respondent.email else {
            let ids = row.respondent.external_id.zip(stored.respondent.as_deref());
            return Ok(ids.is_none_or(|(here, there)| here == there));
        };
        let person = self.loading.person(email)?;
        let person = person.map(|person| self.loading.id_of(person));
        Ok(person.is_some() && person == stored.person)
    }

    /// An answer that is on record comes again, in a row that is not as it was or is read otherwise.
    fn again(
        &mut self,
        row: &SurveyRow<'_>,
        value: &ResponseValue<&str>,
        stored: &StoredResponse,
    ) -> Result<()> {
        let by = by_row(row);
        let is_same_row = stored.cells == Some(row.cells);
        let (is_edited, is_mended) = match value.change_from(&stored.value()) {
            _ if is_same_row => (false, self.mend(row, stored)?),
            ResponseChange::Older => (false, false),
            ResponseChange::Same => {
                self.loading.note_row(row.key.symbol, stored.id, by)?;
                (false, false)
            }
            ResponseChange::Changed => {
                self.loading
                    .change_response(row.key.symbol, stored, value, by)?;
                (true, false)
            }
        };
        let is_placed = self.place(row, stored)?;
        let is_repaired =
            is_mended || is_placed == Placed::Anew || is_placed == Placed::Filled && is_same_row;
        match (is_edited, is_repaired) {
            (true, _) => self.counts.changed += 1,
            (false, true) => {
                self.counts.changed += 1;
                self.counts.repaired += 1;
            }
            (false, false) => self.counts.unchanged += 1,
        }
        Ok(())
    }

    /// Gives an answer what its row says now that it is read otherwise; what it no longer says stays.
    fn mend(&mut self, row: &SurveyRow<'_>, stored: &StoredResponse) -> Result<bool> {
        let before = Mended::of(stored);
        let comment = match &*row.comment {
            "" => before.value.comment,
            comment => comment,
        };
        // A key in which somebody was known goes before one in which nobody is.
        let knows_less =
            row.is_key_made && stored.person.is_some() && row.respondent.known_as().is_none();
        let after = Mended {
            key: if knows_less { before.key } else { &row.key },
            responded_at: row.responded_at,
            respondent: row.respondent.external_id.or(before.respondent),
            value: ResponseValue {
                score: row.score,
                comment,
                updated_at: row.updated_at.or(before.value.updated_at),
            },
        };
        let by = by_row(row);
        if after == before {
            self.loading.note_row(row.key.symbol, stored.id, by)?;
            return Ok(false);
        }
        self.loading
            .mend_response(row.key.symbol, stored, &after, by)?;
        let words = |mended: &Mended<'_>| {
            (
                mended.responded_at,
                mended.value.score,
                mended.value.comment.to_owned(),
            )
        };
        Ok(words(&after) != words(&before))
    }

    /// Says who gave an answer on record, where nobody is known to have, and fills in what is not known of them.
    fn place(&mut self, row: &SurveyRow<'_>, stored: &StoredResponse) -> Result<Placed> {
        if stored.person.is_some() {
            self.counts.understanding.look_at(Some(true), None);
            return Ok(match &row.respondent.email {
                Some(email) if self.loading.person(email)?.is_none() => {
                    self.counts.readdressed += 1;
                    Placed::AsBefore
                }
                _ if self.describe(row, None)?.filled => Placed::Filled,
                _ => Placed::AsBefore,
            });
        }
        let described = self.describe(row, None)?;
        self.look_at(&described);
        let account = described
            .account
            .map(|account| self.loading.account_id(account));
        let account = account
            .filter(|_| described.person.is_none())
            .or(stored.account);
        if described.person.is_none() && account == stored.account {
            return Ok(if described.filled {
                Placed::Filled
            } else {
                Placed::AsBefore
            });
        }
        let account = account.filter(|_| described.person.is_none());
        let respondent = row.respondent.external_id;
        self.loading
            .place_response(stored.id, described.person, account, respondent)?;
        Ok(Placed::Anew)
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

/// What was found out about whose an answer on record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Placed {
    /// Nothing that was not known.
    AsBefore,
    /// More about them.
    Filled,
    /// Whose it is.
    Anew,
}

/// What stands for a row.
const fn by_row(row: &SurveyRow<'_>) -> ByRow {
    ByRow {
        row: row.digest,
        cells: row.cells,
    }
}
