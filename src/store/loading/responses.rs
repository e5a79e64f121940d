//! The responses of an import: known again by the number of their key, added, and changed.

use super::Loading;
use super::at_hand::{Seen, keep, kept};
use crate::domain::ids::ResponseId;
use crate::domain::interner::{Interned, Symbol};
use crate::domain::responses::{OnRecord, ResponseChange, ResponseValue, RowDigest};
use crate::store::{NewResponse, Result, StoredResponse, responses};

impl Loading<'_> {
    /// The responses on record, where they were read: for whoever reads the file.
    pub(crate) fn on_record(&mut self) -> OnRecord {
        std::mem::take(&mut self.responses.on_record)
    }

    /// What it means that a row says something under a key again; nothing where the key is new.
    pub(crate) fn again(
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

    /// Notes which row says what the response of this key says already.
    pub(crate) fn note_row(
        &mut self,
        key: &Interned<impl AsRef<str>>,
        row: RowDigest,
    ) -> Result<()> {
        let Some(Seen { id, .. }) = self.seen(key)? else {
            return Ok(());
        };
        keep(&mut self.responses.seen, key.symbol, Seen::by(id, row));
        self.writing.note_row(id, row)
    }

    /// Gives the response of this key the value that a row says. Where it was changed earlier in the same file and is
    /// back at what is on record, nothing has changed: how many changes that takes back. So a file that says two things
    /// under one key adds nothing when it comes again.
    pub(crate) fn change_response(
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
        keep(&mut self.responses.seen, key.symbol, Seen::by(id, row));
        if let Some(person) = old.person
            && !self.newcomers.doubt(person)
        {
            self.touch(person)?;
        }
        if let Some((before, changes)) = self.responses.changed.get_mut(&id) {
            let said = before.value();
            if (said.score, said.comment) == (value.score, value.comment) {
                self.writing.take_back_edits(before, row)?;
                let taken_back = *changes;
                self.responses.changed.remove(&id);
                return Ok(taken_back);
            }
            *changes += 1;
        } else if id < self.responses.first {
            self.responses.changed.insert(id, (old.clone(), 1));
        }
        self.writing.edit_response(&old, value, row)?;
        Ok(0)
    }
}
