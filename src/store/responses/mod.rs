//! Answers to surveys as they are shown and counted.

mod recording;

pub(crate) use recording::{ByRow, Mended, NewResponse, StoredResponse};
pub(super) use recording::{add, adding};

use super::rows::record;
use super::{Result, Tx, stages};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{PersonId, ResponseId};
use crate::domain::score::Score;

record! {
    /// A response as shown.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct ResponseRow from "responses r JOIN sources s ON s.id = r.source_id" {
        /// Its id.
        id: ResponseId = "r.id",
        /// The name of its source.
        source: String = "s.name",
        /// The answer.
        score: Score = "r.score",
        /// The words beside it.
        comment: Option<String> = "r.comment",
        /// When it was given.
        responded_at: Timestamp = "r.responded_at",
        /// How often it was changed.
        edits: u32 = "(SELECT count(*) FROM response_edits e WHERE e.response_id = r.id)",
    }
}

record! {
    /// A response as reports count it, with the account that it was given for: the person's, or the one that a response
    /// without a person names.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct AnswerRow
    from "responses r
          JOIN sources s ON s.id = r.source_id
          LEFT JOIN people p ON p.id = r.person_id
          LEFT JOIN accounts a ON a.id = coalesce(p.account_id, r.account_id)" {
        /// Its id.
        id: ResponseId = "r.id",
        /// Who gave it, where that is known.
        person: Option<PersonId> = "r.person_id",
        /// The source's own id of whoever gave it.
        respondent: Option<String> = "r.respondent",
        /// The source.
        source: String = "s.name",
        /// The score.
        score: Score = "r.score",
        /// When.
        at: Timestamp = "r.responded_at",
        /// The address of whoever gave it.
        email: Option<String> = "p.email",
        /// Their name.
        name: Option<String> = "p.name",
        /// The account's name, or its domain.
        account: Option<String> = "coalesce(a.name, a.domain)",
        /// The account's industry in the words received.
        industry: Option<String> = "a.industry",
        /// The account's segment.
        segment: Option<String> = "a.segment",
        /// The account's region.
        region: Option<String> = "a.region",
        /// The colleague who owns the relationship.
        owner: Option<String> = "coalesce(p.owner, a.owner)",
    }
}

/// Two answers of an advocate, one after the other, the second lower.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FallRow {
    /// Whose.
    pub(crate) email: String,
    /// The earlier score.
    pub(crate) from: Score,
    /// The later one.
    pub(crate) to: Score,
    /// When that was given.
    pub(crate) at: Timestamp,
}

impl Tx<'_> {
    /// Everything one person answered, newest first.
    pub(crate) fn responses_of(&self, person: PersonId) -> Result<Vec<ResponseRow>> {
        self.all(
            "WHERE r.person_id = ?1 ORDER BY r.responded_at DESC, r.id DESC",
            [person],
        )
    }

    /// Every answer in `[from, until)`, oldest first.
    pub(crate) fn answers(&self, from: Timestamp, until: Timestamp) -> Result<Vec<AnswerRow>> {
        self.all(
            "WHERE r.responded_at >= ?1 AND r.responded_at < ?2 ORDER BY r.responded_at, r.id",
            [from, until],
        )
    }

    /// Every answer of an advocate that is lower than their one before, oldest first.
    pub(crate) fn falls(&self) -> Result<Vec<FallRow>> {
        let advocates = stages::is_advocate("p.stage");
        let sql = format!(
            "SELECT email, before, score, responded_at FROM (
                 SELECT p.email, r.score, r.responded_at, r.id,
                        lag(r.score) OVER (PARTITION BY r.person_id ORDER BY r.responded_at, r.id) AS before
                 FROM responses r JOIN people p ON p.id = r.person_id
                 WHERE {advocates})
             WHERE score < before ORDER BY responded_at, id"
        );
        self.rows(&sql, [], |row| {
            Ok(FallRow {
                email: row.get("email")?,
                from: row.get("before")?,
                to: row.get("score")?,
                at: row.get("responded_at")?,
            })
        })
    }
}
