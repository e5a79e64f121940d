//! Every answer to a survey, as reports count them.

use super::people::{self, PersonRow};
use super::{Result, Tx, corrupt};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{PersonId, ResponseId};
use crate::domain::score::Score;

/// An answer with the account it was given for.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerRow {
    /// Its id.
    pub id: ResponseId,
    /// Who gave it, where that is known.
    pub person: Option<PersonId>,
    /// The source's own id of whoever gave it.
    pub respondent: Option<String>,
    /// The source.
    pub source: String,
    /// The score.
    pub score: Score,
    /// When.
    pub at: Timestamp,
    /// The address of whoever gave it.
    pub email: Option<String>,
    /// Their name.
    pub name: Option<String>,
    /// The account's name, or its domain.
    pub account: Option<String>,
    /// The account's industry in the words received.
    pub industry: Option<String>,
    /// The account's segment.
    pub segment: Option<String>,
    /// The account's region.
    pub region: Option<String>,
    /// The colleague who owns the relationship.
    pub owner: Option<String>,
}

impl Tx<'_> {
    /// Every answer in `[from, until)`, oldest first. The account is the person's, or the one that an answer without a
    /// person names.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn answers(&self, from: Timestamp, until: Timestamp) -> Result<Vec<AnswerRow>> {
        let sql = "SELECT r.id, r.person_id, r.respondent, s.name, r.score, r.responded_at, p.email, p.name,
                 coalesce(a.name, a.domain), a.industry, a.segment, a.region, coalesce(p.owner, a.owner)
             FROM responses r
             JOIN sources s ON s.id = r.source_id
             LEFT JOIN people p ON p.id = r.person_id
             LEFT JOIN accounts a ON a.id = coalesce(p.account_id, r.account_id)
             WHERE r.responded_at >= ?1 AND r.responded_at < ?2
             ORDER BY r.responded_at, r.id";
        self.rows(sql, [from.0, until.0], |row| {
            let score = row.get::<_, u8>(4)?;
            Ok(AnswerRow {
                id: ResponseId(row.get(0)?),
                person: row.get::<_, Option<i64>>(1)?.map(PersonId),
                respondent: row.get(2)?,
                source: row.get(3)?,
                score: Score::try_from(score).map_err(|error| corrupt(4, error))?,
                at: Timestamp(row.get(5)?),
                email: row.get(6)?,
                name: row.get(7)?,
                account: row.get(8)?,
                industry: row.get(9)?,
                segment: row.get(10)?,
                region: row.get(11)?,
                owner: row.get(12)?,
            })
        })
    }

    /// The cards of everyone on record, by id.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn everybody(&self) -> Result<Vec<PersonRow>> {
        let sql = format!(
            "SELECT {} FROM people p LEFT JOIN accounts a ON a.id = p.account_id ORDER BY p.id",
            people::COLUMNS
        );
        self.rows(&sql, [], people::read)
    }
}
