//! Answers to surveys as they are recorded: their current value, and what it was before.

use rusqlite::{CachedStatement, params};

use super::super::rows::{ColumnValue, record, some_words};
use super::super::{Result, Tx, Writing};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{AccountId, OperationId, PersonId, ResponseId, SourceId};
use crate::domain::responses::{CellsDigest, ResponseValue, RowDigest};
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
    /// Of its cells.
    pub(crate) cells: CellsDigest,
}

record! {
    /// A response as an import finds it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct StoredResponse from "responses" {
        /// Its id.
        id: ResponseId = "id",
        /// What identifies it in its source.
        key: String = "key",
        /// Who answered.
        person: Option<PersonId> = "person_id",
        /// For which account, where nobody is known.
        account: Option<AccountId> = "account_id",
        /// The source's own id of whoever answered.
        respondent: Option<String> = "respondent",
        /// When it was given.
        responded_at: Timestamp = "responded_at",
        /// Its current score.
        score: Score = "score",
        /// Its current comment.
        comment: Option<String> = "comment",
        /// When it was changed last, where the source said.
        updated_at: Option<Timestamp> = "updated_at",
        /// Of the row that said so.
        row: Option<RowDigest> = "row_digest",
        /// Of its cells.
        cells: Option<CellsDigest> = "cells_digest",
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

/// Stands for the row that says something: as it is read, and its cells alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ByRow {
    /// As it is read.
    pub(crate) row: RowDigest,
    /// Its cells alone.
    pub(crate) cells: CellsDigest,
}

/// What a response says once its row is read better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mended<'a> {
    /// What identifies it.
    pub(crate) key: &'a str,
    /// When it was given.
    pub(crate) responded_at: Timestamp,
    /// The source's own id of whoever answered.
    pub(crate) respondent: Option<&'a str>,
    /// What it says.
    pub(crate) value: ResponseValue<&'a str>,
}

impl<'a> Mended<'a> {
    /// What a stored response says.
    pub(crate) fn of(stored: &'a StoredResponse) -> Self {
        Self {
            key: &stored.key,
            responded_at: stored.responded_at,
            respondent: stored.respondent.as_deref(),
            value: stored.value(),
        }
    }
}

/// The statement that [`add`] runs.
pub(in crate::store) fn adding<'c>(tx: &Tx<'c>) -> Result<CachedStatement<'c>> {
    Ok(tx.sql.prepare_cached(
        "INSERT INTO responses (id, source_id, key, person_id, account_id, respondent, score, comment, responded_at,
             updated_at, operation_id, row_digest, cells_digest)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
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
        new.cells,
    ])?;
    Ok(())
}

impl Tx<'_> {
    /// The source of this name.
    pub(crate) fn source(&self, name: &str) -> Result<Option<SourceId>> {
        self.found("SELECT id FROM sources WHERE name = ?1", [name])
    }

    /// Whether there is any response of a source.
    pub(in crate::store) fn has_responses_of(&self, source: SourceId) -> Result<bool> {
        self.value(
            "SELECT EXISTS (SELECT 1 FROM responses WHERE source_id = ?1)",
            [source],
        )
    }

    /// The response of a source that a row of these cells told of, and that has no id of its source.
    pub(in crate::store) fn response_by_cells(
        &self,
        source: SourceId,
        cells: CellsDigest,
    ) -> Result<Option<StoredResponse>> {
        self.one(
            "WHERE source_id = ?1 AND cells_digest = ?2 AND substr(key, 1, 4) = 'fnv:' ORDER BY id LIMIT 1",
            params![source, cells],
        )
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
    pub(in crate::store) fn note_row(&self, response: ResponseId, row: ByRow) -> Result<()> {
        let values: [ColumnValue<'_>; 2] = [("row_digest", &row.row), ("cells_digest", &row.cells)];
        self.update("responses", &response, &values)
    }

    /// Gives a response what its row says now that it is read better. It never said anything else, so that no history is
    /// kept of it.
    pub(in crate::store) fn mend_response(
        &self,
        id: ResponseId,
        mended: &Mended<'_>,
        row: ByRow,
    ) -> Result<()> {
        self.update(
            "responses",
            &id,
            &[
                ("key", &mended.key),
                ("responded_at", &mended.responded_at),
                ("respondent", &mended.respondent),
                ("score", &mended.value.score),
                ("comment", &some_words(mended.value.comment)),
                ("updated_at", &mended.value.updated_at),
                ("row_digest", &row.row),
                ("cells_digest", &row.cells),
            ],
        )
    }

    /// Says who gave a response, or else for which account it was given.
    pub(in crate::store) fn place_response(
        &self,
        id: ResponseId,
        person: Option<PersonId>,
        account: Option<AccountId>,
    ) -> Result<()> {
        let values: [ColumnValue<'_>; 2] = [("person_id", &person), ("account_id", &account)];
        self.update("responses", &id, &values)
    }

    /// Gives a response the value that a row says and keeps the old one. The old value held until the new update time,
    /// or until now where the source names none.
    pub(in crate::store) fn edit_response(
        &self,
        old: &StoredResponse,
        new: &ResponseValue<&str>,
        row: ByRow,
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
        self.update(
            "responses",
            &old.id,
            &[
                ("score", &new.score),
                ("comment", &some_words(new.comment)),
                ("updated_at", &new.updated_at.or(old.updated_at)),
                ("row_digest", &row.row),
                ("cells_digest", &row.cells),
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
        self.execute_kept(
            "UPDATE people SET (latest_score, latest_response_at) =
                 (SELECT score, responded_at FROM responses WHERE person_id = ?1
                  ORDER BY responded_at DESC, id DESC LIMIT 1)
             WHERE id = ?1",
            [person],
        )
    }
}
