//! The answers of an import: known again by the number of their key, added, and changed.

use super::{Loading, keep, kept};
use crate::domain::ids::ResponseId;
use crate::domain::interner::{Interned, Symbol};
use crate::domain::responses::{OnRecord, ResponseChange, ResponseValue, RowDigest};
use crate::store::{NewResponse, Result, StoredResponse, responses};

/// A response at hand, and the row that said so.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    pub(super) id: ResponseId,
    pub(super) row: Option<RowDigest>,
}

impl Seen {
    const fn by(id: ResponseId, row: RowDigest) -> Self {
        Self { id, row: Some(row) }
    }
}

impl Loading<'_> {
    /// The responses on record, where they were read: for whoever reads the file.
    pub fn on_record(&mut self) -> OnRecord {
        std::mem::take(&mut self.on_record)
    }

    /// What it means that a row says something under a key again; nothing where the key is new.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn change_from(
        &mut self,
        key: &Interned<impl AsRef<str>>,
        value: &ResponseValue<&str>,
        row: RowDigest,
    ) -> Result<Option<ResponseChange>> {
        let Some(seen) = self.seen(key)? else {
            return Ok(None);
        };
        if seen.row == Some(row) {
            return Ok(Some(ResponseChange::SameRow));
        }
        let stored = self.writing.response(seen.id)?;
        Ok(stored.map(|stored| value.change_from(&stored.value())))
    }

    /// The response of a key at hand.
    fn seen(&mut self, key: &Interned<impl AsRef<str>>) -> Result<Option<Seen>> {
        let seen = kept(&self.answers, key.symbol);
        if seen.is_some() || self.complete {
            return Ok(seen);
        }
        let stored = self.writing.response_by_key(self.source, key.as_ref())?;
        let seen = stored.map(|StoredResponse { id, row, .. }| Seen { id, row });
        if let Some(seen) = seen {
            keep(&mut self.answers, key.symbol, seen);
        }
        Ok(seen)
    }

    /// Adds a response; its id and source are set here.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_response(&mut self, symbol: Symbol, new: NewResponse<'_>) -> Result<()> {
        let new = NewResponse {
            id: ResponseId(self.next_response),
            source: self.source,
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
            (&mut self.respondents, new.respondent, new.person)
        {
            known.insert_new(id, person);
        }
        responses::add(&mut self.add_response, &new, self.writing.operation)?;
        self.next_response += 1;
        let seen = Seen {
            id: new.id,
            row: new.row,
        };
        keep(&mut self.answers, symbol, seen);
        Ok(())
    }

    /// Notes which row says what the response of this key says already.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn note_row(&mut self, key: &Interned<impl AsRef<str>>, row: RowDigest) -> Result<()> {
        let Some(Seen { id, .. }) = self.seen(key)? else {
            return Ok(());
        };
        keep(&mut self.answers, key.symbol, Seen::by(id, row));
        self.writing.note_row(id, row)
    }

    /// Gives the response of this key the value that a row says. Where it was changed earlier in the same file and is
    /// back at what is on record, nothing has changed: how many changes that takes back. So a file that says two things
    /// under one key adds nothing when it comes again.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn change_response(
        &mut self,
        key: &Interned<impl AsRef<str>>,
        value: &ResponseValue<&str>,
        row: RowDigest,
    ) -> Result<u64> {
        let Some(Seen { id, .. }) = self.seen(key)? else {
            return Ok(0);
        };
        let Some(old) = self.writing.response(id)? else {
            return Ok(0);
        };
        keep(&mut self.answers, key.symbol, Seen::by(id, row));
        if let Some(person) = old.person
            && !self.newcomers.doubt(person)
        {
            self.touch(person)?;
        }
        if let Some((before, changes)) = self.changed.get_mut(&id) {
            let said = before.value();
            if (said.score, said.comment) == (value.score, value.comment) {
                self.writing.take_back_edits(before, row)?;
                let taken_back = *changes;
                self.changed.remove(&id);
                return Ok(taken_back);
            }
            *changes += 1;
        } else if id < self.first_response {
            self.changed.insert(id, (old.clone(), 1));
        }
        self.writing.edit_response(&old, value, row)?;
        Ok(0)
    }
}
