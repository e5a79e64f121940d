//! Answers to surveys as they are recorded: their current value, and what it was before.

use rusqlite::{CachedStatement, params};

use super::super::rows::{record, some_words};
use super::super::{Result, Tx, Writing};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{AccountId, OperationId, PersonId, ResponseId, SourceId};
use crate::domain::responses::{ResponseValue, RowDigest};
use crate::domain::score::Score;

/// A response to add.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewResponse<'a> {
    /// The id that the caller counted up.
    pub(crate) id: ResponseId,
    /// Where it came from.
    pub(crate) source: SourceId,
    /// What identifies it there.
    pub(crate) key: &'a str,
    /// Who answered, where that is known.
    pub(crate) person: Option<PersonId>,
    /// For which account, where nobody is known.
    pub(crate) account: Option<AccountId>,
    /// The source's own id of whoever answered.
    pub(crate) respondent: Option<&'a str>,
    /// The answer.
    pub(crate) score: Score,
    /// The words beside it.
    pub(crate) comment: &'a str,
    /// When it was given.
    pub(crate) responded_at: Timestamp,
    /// When it was changed last, where the source says.
    pub(crate) updated_at: Option<Timestamp>,
    /// Of the row that said so.
    pub(crate) row: Option<RowDigest>,
}

record! {
    /// A response as an import finds it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct StoredResponse from "responses" {
        /// Its id.
        id: ResponseId = "id",
        /// Who answered.
        person: Option<PersonId> = "person_id",
        /// Its current score.
        score: Score = "score",
        /// Its current comment.
        comment: Option<String> = "comment",
        /// When it was changed last, where the source said.
        updated_at: Option<Timestamp> = "updated_at",
        /// Of the row that said so.
        row: Option<RowDigest> = "row_digest",
    }
}

impl StoredResponse {
    /// What it says, as far as it can change.
    pub(crate) fn value(&self) -> ResponseValue<&str> {
        ResponseValue {
            score: self.score,
            comment: self.comment.as_deref().unwrap_or_default(),
            updated_at: self.updated_at,
        }
    }
}

/// The statement that [`add`] runs.
pub(in crate::store) fn adding<'c>(tx: &Tx<'c>) -> Result<CachedStatement<'c>> {
    Ok(tx.sql.prepare_cached(
        "INSERT INTO responses (id, source_id, key, person_id, account_id, respondent, score, comment, responded_at,
             updated_at, operation_id, row_digest)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?)
}

/// Adds a response with a statement that is at hand.
pub(in crate::store) fn add(
    adding: &mut CachedStatement<'_>,
    new: &NewResponse<'_>,
    operation: OperationId,
) -> Result<()> {
    adding.execute(params![
        new.id,
        new.source,
        new.key,
        new.person,
        new.account,
        new.respondent,
        new.score,
        some_words(new.comment),
        new.responded_at,
        new.updated_at,
        operation,
        new.row,
    ])?;
    Ok(())
}

impl Tx<'_> {
    /// The source of this name.
    pub(crate) fn source(&self, name: &str) -> Result<Option<SourceId>> {
        self.found("SELECT id FROM sources WHERE name = ?1", [name])
    }

    /// Whether there is any response at all.
    pub(in crate::store) fn has_responses(&self) -> Result<bool> {
        self.value("SELECT EXISTS (SELECT 1 FROM responses)", [])
    }

    /// The response that a source identifies by `key`.
    pub(in crate::store) fn response_by_key(
        &self,
        source: SourceId,
        key: &str,
    ) -> Result<Option<StoredResponse>> {
        self.one("WHERE source_id = ?1 AND key = ?2", params![source, key])
    }

    /// The response with this id.
    pub(in crate::store) fn response(&self, id: ResponseId) -> Result<Option<StoredResponse>> {
        self.one("WHERE id = ?1", [id])
    }

    /// The ids from which an importer counts up: the next account, person and response.
    pub(crate) fn next_ids(&self) -> Result<(AccountId, PersonId, ResponseId)> {
        Ok((
            self.next_id("accounts")?,
            self.next_id("people")?,
            self.next_id("responses")?,
        ))
    }
}

impl Writing<'_> {
    /// The source of this name, added where it is new.
    pub(crate) fn ensure_source(&self, name: &str) -> Result<SourceId> {
        if let Some(found) = self.source(name)? {
            return Ok(found);
        }
        self.add("sources", &[("name", &name)])
    }

    /// Notes which row says what a response says already.
    pub(in crate::store) fn note_row(&self, response: ResponseId, row: RowDigest) -> Result<()> {
        self.update("responses", &response, &[("row_digest", &row)])
    }

    /// Gives a response the value that a row says and keeps the old one. The old value held until the new update time,
    /// or until now where the source names none.
    pub(in crate::store) fn edit_response(
        &self,
        old: &StoredResponse,
        new: &ResponseValue<&str>,
        row: RowDigest,
    ) -> Result<()> {
        self.insert(
            "response_edits",
            &[
                ("response_id", &old.id),
                ("score", &old.score),
                ("comment", &old.comment),
                ("updated_at", &old.updated_at),
                ("superseded_at", &new.updated_at.unwrap_or(self.at)),
            ],
        )?;
        let updated_at = new.updated_at.or(old.updated_at);
        self.set_value(old.id, &ResponseValue { updated_at, ..*new }, row)
    }

    /// Undoes what this operation did to a response, because its file says at last what is on record.
    pub(in crate::store) fn take_back_edits(
        &self,
        before: &StoredResponse,
        row: RowDigest,
    ) -> Result<()> {
        self.execute(
            "DELETE FROM response_edits WHERE response_id = ?1 AND operation_id = ?2",
            params![before.id, self.operation],
        )?;
        self.set_value(before.id, &before.value(), row)
    }

    fn set_value(
        &self,
        response: ResponseId,
        value: &ResponseValue<&str>,
        row: RowDigest,
    ) -> Result<()> {
        self.update(
            "responses",
            &response,
            &[
                ("score", &value.score),
                ("comment", &some_words(value.comment)),
                ("updated_at", &value.updated_at),
                ("row_digest", &row),
            ],
        )
    }

    /// Keeps a person's latest score and its time beside their responses, for somebody who knows them.
    pub(in crate::store) fn keep_latest_response(
        &self,
        person: PersonId,
        (score, at): (Score, Timestamp),
    ) -> Result<()> {
        self.update(
            "people",
            &person,
            &[("latest_score", &score), ("latest_response_at", &at)],
        )
    }

    /// Keeps a person's latest score and its time beside their responses.
    pub(crate) fn refresh_latest_response(&self, person: PersonId) -> Result<()> {
        self.execute(
            "UPDATE people SET (latest_score, latest_response_at) =
                 (SELECT score, responded_at FROM responses WHERE person_id = ?1
                  ORDER BY responded_at DESC, id DESC LIMIT 1)
             WHERE id = ?1",
            [person],
        )
    }
}
