//! Answers to surveys: their current value, and what it was before.

use rusqlite::{CachedStatement, Row, params};

use super::newcomers::Latest;
use super::{Result, Tx, Writing};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{AccountId, OperationId, PersonId, ResponseId, SourceId};
use crate::domain::responses::{ResponseValue, RowDigest};
use crate::domain::score::Score;

/// A response to add.
#[derive(Debug, Clone, Copy)]
pub struct NewResponse<'a> {
    /// The id that the caller counted up.
    pub id: ResponseId,
    /// Where it came from.
    pub source: SourceId,
    /// What identifies it there.
    pub key: &'a str,
    /// Who answered, where that is known.
    pub person: Option<PersonId>,
    /// For which account, where nobody is known.
    pub account: Option<AccountId>,
    /// The source's own id of whoever answered.
    pub respondent: Option<&'a str>,
    /// The answer.
    pub score: Score,
    /// The words beside it.
    pub comment: &'a str,
    /// When it was given.
    pub responded_at: Timestamp,
    /// When it was changed last, where the source says.
    pub updated_at: Option<Timestamp>,
    /// Of the row that said so.
    pub row: Option<RowDigest>,
}

/// A response as an import finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredResponse {
    /// Its id.
    pub id: ResponseId,
    /// Who answered.
    pub person: Option<PersonId>,
    /// Its current score.
    pub score: Score,
    /// Its current comment.
    pub comment: Option<String>,
    /// When it was changed last, where the source said.
    pub updated_at: Option<Timestamp>,
    /// Of the row that said so.
    pub row: Option<RowDigest>,
}

/// A response as shown.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseRow {
    /// Its id.
    pub id: ResponseId,
    /// The name of its source.
    pub source: String,
    /// The answer.
    pub score: Score,
    /// The words beside it.
    pub comment: Option<String>,
    /// When it was given.
    pub responded_at: Timestamp,
    /// How often it was changed.
    pub edits: u32,
}

fn score(row: &Row<'_>, column: usize) -> rusqlite::Result<Score> {
    Score::try_from(row.get::<_, u8>(column)?).map_err(|error| super::corrupt(column, error))
}

const STORED: &str = "SELECT id, person_id, score, comment, updated_at, row_digest FROM responses";

fn stored(row: &Row<'_>) -> rusqlite::Result<StoredResponse> {
    Ok(StoredResponse {
        id: ResponseId(row.get(0)?),
        person: row.get::<_, Option<i64>>(1)?.map(PersonId),
        score: score(row, 2)?,
        comment: row.get(3)?,
        updated_at: row.get::<_, Option<i64>>(4)?.map(Timestamp),
        row: row.get::<_, Option<i64>>(5)?.map(RowDigest),
    })
}

impl StoredResponse {
    /// What it says, as far as it can change.
    pub fn value(&self) -> ResponseValue<&str> {
        ResponseValue {
            score: self.score,
            comment: self.comment.as_deref().unwrap_or_default(),
            updated_at: self.updated_at,
        }
    }
}

/// The statement that [`add`] runs.
pub(super) fn adding<'c>(tx: &Tx<'c>) -> Result<CachedStatement<'c>> {
    Ok(tx.sql.prepare_cached(
        "INSERT INTO responses (id, source_id, key, person_id, account_id, respondent, score, comment, responded_at,
             updated_at, operation_id, row_digest)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?)
}

/// Adds a response with a statement that is at hand.
pub(super) fn add(
    adding: &mut CachedStatement<'_>,
    new: &NewResponse<'_>,
    operation: OperationId,
) -> Result<()> {
    adding.execute(params![
        new.id.0,
        new.source.0,
        new.key,
        new.person.map(|id| id.0),
        new.account.map(|id| id.0),
        new.respondent,
        new.score.get(),
        Some(new.comment).filter(|words| !words.is_empty()),
        new.responded_at.0,
        new.updated_at.map(|at| at.0),
        operation.0,
        new.row.map(|row| row.0),
    ])?;
    Ok(())
}

impl Tx<'_> {
    /// The source of this name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn source(&self, name: &str) -> Result<Option<SourceId>> {
        self.first("SELECT id FROM sources WHERE name = ?1", [name], |row| {
            row.get(0).map(SourceId)
        })
    }

    /// Whether there is any response at all.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn has_responses(&self) -> Result<bool> {
        self.value("SELECT EXISTS (SELECT 1 FROM responses)", [])
    }

    /// The response that a source identifies by `key`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn response_by_key(&self, source: SourceId, key: &str) -> Result<Option<StoredResponse>> {
        self.first(
            &format!("{STORED} WHERE source_id = ?1 AND key = ?2"),
            params![source.0, key],
            stored,
        )
    }

    /// The response with this id.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn response(&self, id: ResponseId) -> Result<Option<StoredResponse>> {
        self.first(&format!("{STORED} WHERE id = ?1"), [id.0], stored)
    }

    /// Hands over key, id and digest of every response of a source, in the order in which they were added.
    pub(super) fn each_response(
        &self,
        source: SourceId,
        mut take: impl FnMut(&str, ResponseId, Option<RowDigest>),
    ) -> Result<()> {
        let mut statement = self.sql.prepare_cached(
            "SELECT key, id, row_digest FROM responses NOT INDEXED WHERE source_id = ?1 ORDER BY id",
        )?;
        let mut rows = statement.query([source.0])?;
        while let Some(row) = rows.next()? {
            let key = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            let digest = row.get::<_, Option<i64>>(2)?.map(RowDigest);
            take(key, ResponseId(row.get(1)?), digest);
        }
        Ok(())
    }

    /// Everything one person answered, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn responses_of(&self, person: PersonId) -> Result<Vec<ResponseRow>> {
        self.rows(
            "SELECT r.id, s.name, r.score, r.comment, r.responded_at,
                 (SELECT count(*) FROM response_edits e WHERE e.response_id = r.id)
             FROM responses r JOIN sources s ON s.id = r.source_id
             WHERE r.person_id = ?1 ORDER BY r.responded_at DESC, r.id DESC",
            [person.0],
            |row| {
                Ok(ResponseRow {
                    id: ResponseId(row.get(0)?),
                    source: row.get(1)?,
                    score: score(row, 2)?,
                    comment: row.get(3)?,
                    responded_at: Timestamp(row.get(4)?),
                    edits: row.get(5)?,
                })
            },
        )
    }

    /// Hands over everyone whom a source knows under its own id, the first to answer under an id first.
    pub(super) fn each_respondent(
        &self,
        source: SourceId,
        mut take: impl FnMut(&str, PersonId),
    ) -> Result<()> {
        let sql = "SELECT respondent, person_id FROM responses
             WHERE source_id = ?1 AND respondent IS NOT NULL AND person_id IS NOT NULL ORDER BY id";
        let mut statement = self.sql.prepare_cached(sql)?;
        let mut rows = statement.query([source.0])?;
        while let Some(row) = rows.next()? {
            let key = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            take(key, PersonId(row.get(1)?));
        }
        Ok(())
    }

    /// The ids from which an importer counts up: the next account, person and response.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn next_ids(&self) -> Result<(AccountId, PersonId, ResponseId)> {
        Ok((
            AccountId(self.next_id("accounts")?),
            PersonId(self.next_id("people")?),
            ResponseId(self.next_id("responses")?),
        ))
    }
}

impl Writing<'_> {
    /// The source of this name, added where it is new.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn ensure_source(&self, name: &str) -> Result<SourceId> {
        if let Some(found) = self.source(name)? {
            return Ok(found);
        }
        let id = self.next_id("sources")?;
        let sql = "INSERT INTO sources (id, name, operation_id) VALUES (?1, ?2, ?3)";
        self.execute(sql, params![id, name, self.operation.0])?;
        Ok(SourceId(id))
    }

    /// Adds a response. What its person's row keeps beside it is settled by [`Writing::refresh_latest_response`].
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_response(&self, new: &NewResponse<'_>) -> Result<()> {
        add(&mut adding(self)?, new, self.operation)
    }

    /// Notes which row says what a response says already.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn note_row(&self, response: ResponseId, row: RowDigest) -> Result<()> {
        let sql = "UPDATE responses SET row_digest = ?2 WHERE id = ?1";
        self.execute(sql, params![response.0, row.0])?;
        Ok(())
    }

    /// Gives a response the value that a row says and keeps the old one. The old value held until the new update time,
    /// or until now where the source names none.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn edit_response(
        &self,
        old: &StoredResponse,
        new: &ResponseValue<&str>,
        row: RowDigest,
    ) -> Result<()> {
        self.execute(
            "INSERT INTO response_edits (response_id, score, comment, updated_at, superseded_at, operation_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                old.id.0,
                old.score.get(),
                old.comment,
                old.updated_at.map(|at| at.0),
                new.updated_at.unwrap_or(self.at).0,
                self.operation.0,
            ],
        )?;
        self.execute(
            "UPDATE responses SET score = ?2, comment = nullif(?3, ''), updated_at = ?4, row_digest = ?5
             WHERE id = ?1",
            params![
                old.id.0,
                new.score.get(),
                new.comment,
                new.updated_at.or(old.updated_at).map(|at| at.0),
                row.0
            ],
        )?;
        Ok(())
    }

    /// Undoes what this operation did to a response, because its file says at last what is on record.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn take_back_edits(&self, before: &StoredResponse, row: RowDigest) -> Result<()> {
        self.execute(
            "DELETE FROM response_edits WHERE response_id = ?1 AND operation_id = ?2",
            params![before.id.0, self.operation.0],
        )?;
        self.execute(
            "UPDATE responses SET score = ?2, comment = ?3, updated_at = ?4, row_digest = ?5 WHERE id = ?1",
            params![
                before.id.0,
                before.score.get(),
                before.comment,
                before.updated_at.map(|at| at.0),
                row.0,
            ],
        )?;
        Ok(())
    }

    /// Keeps a person's latest score and its time beside their responses, for somebody who knows them.
    pub(super) fn keep_latest_response(&self, person: PersonId, latest: Latest) -> Result<()> {
        let (score, at) = latest;
        self.execute(
            "UPDATE people SET latest_score = ?2, latest_response_at = ?3 WHERE id = ?1",
            params![person.0, score.get(), at.0],
        )?;
        Ok(())
    }

    /// Keeps a person's latest score and its time beside their responses.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn refresh_latest_response(&self, person: PersonId) -> Result<()> {
        self.execute(
            "UPDATE people SET (latest_score, latest_response_at) =
                 (SELECT score, responded_at FROM responses WHERE person_id = ?1
                  ORDER BY responded_at DESC, id DESC LIMIT 1)
             WHERE id = ?1",
            [person.0],
        )?;
        Ok(())
    }
}
