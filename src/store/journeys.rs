//! How far each person has come: the first of each kind of fact, and the companies that were introduced.

use super::{Result, Tx};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{AccountId, PersonId};
use crate::domain::score::Score;
use crate::domain::stage::Stage;

/// The first facts of one person's way through the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JourneyRow {
    /// Who.
    pub person: PersonId,
    /// The first promoter's score.
    pub promoter_at: Option<Timestamp>,
    /// The first positive moment.
    pub moment_at: Option<Timestamp>,
    /// The first invitation.
    pub invited_at: Option<Timestamp>,
    /// The first time that they were an advocate.
    pub confirmed_at: Option<Timestamp>,
}

/// A company that an advocate introduced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IntroductionRow {
    /// By whom.
    pub person: PersonId,
    /// When.
    pub at: Timestamp,
    /// The account that it has become.
    pub account: Option<AccountId>,
    /// When that account came on record.
    pub account_at: Option<Timestamp>,
}

impl Tx<'_> {
    /// The first facts of everyone on record, by id.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn journeys(&self) -> Result<Vec<JourneyRow>> {
        let sql = "SELECT p.id,
                 (SELECT min(r.responded_at) FROM responses r WHERE r.person_id = p.id AND r.score >= ?1),
                 (SELECT min(m.happened_at) FROM positive_moments m WHERE m.person_id = p.id),
                 (SELECT min(s.changed_at) FROM stage_changes s WHERE s.person_id = p.id AND s.stage = ?2),
                 (SELECT min(s.changed_at) FROM stage_changes s WHERE s.person_id = p.id AND s.stage IN (?3, ?4))
             FROM people p ORDER BY p.id";
        let stages = [Stage::Invited, Stage::Active, Stage::Paused].map(Stage::name);
        let params = rusqlite::params![Score::PROMOTER_FROM.get(), stages[0], stages[1], stages[2]];
        self.rows(sql, params, |row| {
            let at = |column| {
                Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(column)?.map(Timestamp))
            };
            Ok(JourneyRow {
                person: PersonId(row.get(0)?),
                promoter_at: at(1)?,
                moment_at: at(2)?,
                invited_at: at(3)?,
                confirmed_at: at(4)?,
            })
        })
    }

    /// Every company that was introduced, with the account that it has become: of several, the one that was on record
    /// first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn introductions(&self) -> Result<Vec<IntroductionRow>> {
        let sql = "SELECT t.person_id, r.introduced_at, a.id, o.at
             FROM referrals r
             JOIN taps t ON t.id = r.tap_id
             LEFT JOIN accounts a ON a.id = (
                 SELECT min(x.id) FROM accounts x
                 WHERE x.name_key = r.introduced_key OR (r.domain IS NOT NULL AND x.domain = r.domain))
             LEFT JOIN operations o ON o.id = a.operation_id
             ORDER BY r.tap_id";
        self.rows(sql, [], |row| {
            Ok(IntroductionRow {
                person: PersonId(row.get(0)?),
                at: Timestamp(row.get(1)?),
                account: row.get::<_, Option<i64>>(2)?.map(AccountId),
                account_at: row.get::<_, Option<i64>>(3)?.map(Timestamp),
            })
        })
    }

    /// Every change of stage of anybody, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn stage_changes(&self) -> Result<Vec<(PersonId, Stage, Timestamp)>> {
        self.rows(
            "SELECT person_id, stage, changed_at FROM stage_changes ORDER BY changed_at, id",
            [],
            |row| {
                Ok((
                    PersonId(row.get(0)?),
                    super::parsed(row, 1)?,
                    Timestamp(row.get(2)?),
                ))
            },
        )
    }
}
