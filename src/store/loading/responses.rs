//! The responses of an import: known again by the number of their key, added, and changed.

use super::Loading;
use super::at_hand::{Seen, keep, kept};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{AccountId, PersonId, ResponseId};
use crate::domain::interner::{Interned, Symbol};
use crate::domain::responses::{OnRecord, ResponseValue};
use crate::store::{ByRow, Mended, NewResponse, Result, StoredResponse, responses};

/// A row that tells of an answer, as far as it is known again by it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told<'r, K> {
    /// What identifies the answer in its source.
    pub(crate) key: &'r Interned<K>,
    /// Whether that is made of what the row says.
    pub(crate) is_key_made: bool,
    /// Stands for the row.
    pub(crate) by: ByRow,
    /// An id that would be the key, did it not come again with other people or days.
    pub(crate) shared_id: Option<&'r str>,
    /// When the answer was given.
    pub(crate) responded_at: Timestamp,
}

/// What is on record of an answer.
#[derive(Debug)]
pub(crate) enum Again {
    /// Nothing.
    No,
    /// The same row told of it, which says nothing new.
    SameRow,
    /// This.
    Stored(StoredResponse),
}

impl Loading<'_> {
    /// The responses on record, where they were read: for whoever reads the file.
    pub(crate) fn on_record(&mut self) -> OnRecord {
        std::mem::take(&mut self.responses.on_record)
    }

    /// What is on record of the answer that a row tells of: known by its key or, where the source gives no id, by the
    /// cells of its row.
    pub(crate) fn again(&mut self, row: &Told<'_, impl AsRef<str>>) -> Result<Again> {
        let stored = match self.seen(row.key)? {
            Some(seen) => {
                if row.is_key_made {
                    self.responses.tell(seen.id);
                }
                if seen.row == Some(row.by.row) {
                    return Ok(Again::SameRow);
                }
                self.writing.response(seen.id)?
            }
            None => self.known_otherwise(row)?,
        };
        Ok(stored.map_or(Again::No, Again::Stored))
    }

    /// The answer that the same row told of when it was read otherwise; or the one that had an id before this file showed
    /// that such ids name no answers.
    fn known_otherwise(
        &mut self,
        row: &Told<'_, impl AsRef<str>>,
    ) -> Result<Option<StoredResponse>> {
        if !self.responses.has_any {
            return Ok(None);
        }
        let (source, writing) = (self.responses.source, self.writing);
        let mut found = writing.response_by_cells(source, row.by.cells)?;
        if let (None, Some(id)) = (&found, row.shared_id) {
            let under_id = writing.response_by_key(source, id)?;
            found = under_id.filter(|stored| stored.responded_at == row.responded_at);
        }
        let found = found.filter(|stored| !self.responses.is_told(stored.id));
        if let Some(stored) = &found {
            self.responses.tell(stored.id);
            let seen = Seen {
                id: stored.id,
                row: stored.row,
            };
            keep(&mut self.responses.seen, row.key.symbol, seen);
        }
        Ok(found)
    }

    /// The response of a key at hand.
    fn seen(&mut self, key: &Interned<impl AsRef<str>>) -> Result<Option<Seen>> {
        let seen = kept(&self.responses.seen, key.symbol);
        if seen.is_some() || self.complete {
            return Ok(seen);
        }
        let stored = self
            .writing
            .response_by_key(self.responses.source, key.as_ref())?;
        let seen = stored.map(|StoredResponse { id, row, .. }| Seen { id, row });
        if let Some(seen) = seen {
            keep(&mut self.responses.seen, key.symbol, seen);
        }
        Ok(seen)
    }

    /// Adds a response; its id and source are set here.
    pub(crate) fn add_response(&mut self, nth: Symbol, new: NewResponse<'_>) -> Result<()> {
        let new = NewResponse {
            id: self.responses.next,
            source: self.responses.source,
            ..new
        };
        if let Some(person) = new.person
            && !self
                .newcomers
                .answered(person, new.id, (new.score, new.responded_at))
        {
            self.touch(person)?;
        }
        if let (Some(known), Some(id), Some(person)) =
            (&mut self.people.respondents, new.respondent, new.person)
        {
            known.insert_new(id, person);
        }
        responses::add(&mut self.responses.adding, &new, self.writing.operation)?;
        self.responses.next = ResponseId(new.id.0 + 1);
        let seen = Seen {
            id: new.id,
            row: new.row,
        };
        keep(&mut self.responses.seen, nth, seen);
        Ok(())
    }

    /// Notes which row says what a response says already.
    pub(crate) fn note_row(&mut self, nth: Symbol, id: ResponseId, by: ByRow) -> Result<()> {
        keep(&mut self.responses.seen, nth, Seen::by(id, by.row));
        self.writing.note_row(id, by)
    }

    /// Gives a response the value that a row says, and keeps the old one.
    pub(crate) fn change_response(
        &mut self,
        nth: Symbol,
        old: &StoredResponse,
        value: &ResponseValue<&str>,
        by: ByRow,
    ) -> Result<()> {
        keep(&mut self.responses.seen, nth, Seen::by(old.id, by.row));
        self.expect_change_of(old.person)?;
        self.writing.edit_response(old, value, by)
    }

    /// Gives a response what its row says now that it is read better.
    pub(crate) fn mend_response(
        &mut self,
        nth: Symbol,
        old: &StoredResponse,
        mended: &Mended<'_>,
        by: ByRow,
    ) -> Result<()> {
        keep(&mut self.responses.seen, nth, Seen::by(old.id, by.row));
        self.expect_change_of(old.person)?;
        self.writing.mend_response(old.id, mended, by)
    }

    /// Says who gave a response that nobody had given, or at least for which account it was given.
    pub(crate) fn place_response(
        &mut self,
        id: ResponseId,
        person: Option<PersonId>,
        account: Option<AccountId>,
        respondent: Option<&str>,
    ) -> Result<()> {
        self.expect_change_of(person)?;
        if let (Some(known), Some(respondent), Some(person)) =
            (&mut self.people.respondents, respondent, person)
        {
            known.insert_new(respondent, person);
        }
        self.writing.place_response(id, person, account)
    }

    /// Remembers that somebody's responses change, so that what their row keeps of them is settled at the end.
    fn expect_change_of(&mut self, person: Option<PersonId>) -> Result<()> {
        match person {
            Some(person) if !self.newcomers.doubt(person) => self.touch(person),
            _ => Ok(()),
        }
    }
}
