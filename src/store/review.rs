//! Facts for reviews: scores that fell, when profiles were verified, and who people are
//! when nobody is named.

use super::{Result, Tx};
use crate::domain::calendar::Timestamp;
use crate::domain::score::Score;

/// Two answers of an advocate, one after the other, the second lower.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FallRow {
    /// Whose.
    pub email: String,
    /// The earlier score.
    pub from: Score,
    /// The later one.
    pub to: Score,
    /// When that was given.
    pub at: Timestamp,
}

/// Who somebody is, without their name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleRow {
    /// Their address.
    pub email: String,
    /// Their job title, or their role in a purchase.
    pub role: Option<String>,
    /// Their account.
    pub account: Option<String>,
    /// Its industry in the words received.
    pub industry: Option<String>,
}

impl Tx<'_> {
    /// Every answer of an active or paused advocate that is lower than their one before, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn falls(&self) -> Result<Vec<FallRow>> {
        let sql = "SELECT email, before, score, responded_at FROM (
                       SELECT p.email, r.score, r.responded_at, r.id,
                              lag(r.score) OVER (PARTITION BY r.person_id ORDER BY r.responded_at, r.id) AS before
                       FROM responses r JOIN people p ON p.id = r.person_id
                       WHERE p.stage IN ('active', 'paused'))
                   WHERE score < before ORDER BY responded_at, id";
        self.rows(sql, [], |row| {
            let score = |column| {
                let value: u8 = row.get(column)?;
                Score::try_from(value).map_err(|error| super::corrupt(column, error))
            };
            Ok(FallRow {
                email: row.get(0)?,
                from: score(1)?,
                to: score(2)?,
                at: Timestamp(row.get(3)?),
            })
        })
    }

    /// When the profile of each active or paused advocate was last verified.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn verified(&self) -> Result<Vec<Option<Timestamp>>> {
        let sql = "SELECT verified_at FROM people WHERE stage IN ('active', 'paused') ORDER BY id";
        self.rows(sql, [], |row| {
            Ok(row.get::<_, Option<i64>>(0)?.map(Timestamp))
        })
    }

    /// Everybody by role, account and industry.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn roles(&self) -> Result<Vec<RoleRow>> {
        let sql =
            "SELECT p.email, coalesce(p.title, p.persona), coalesce(a.name, a.domain), a.industry
                   FROM people p LEFT JOIN accounts a ON a.id = p.account_id ORDER BY p.id";
        self.rows(sql, [], |row| {
            Ok(RoleRow {
                email: row.get(0)?,
                role: row.get(1)?,
                account: row.get(2)?,
                industry: row.get(3)?,
            })
        })
    }
}
