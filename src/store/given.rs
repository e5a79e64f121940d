//! How much people received lately: gives and touches counted together, for matching.

use super::{Result, Tx};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::PersonId;

impl Tx<'_> {
    /// How many gives and touches each person received from an instant on, by ascending id: of everybody, or of one.
    /// Both indexes hold all that is asked for, so no row is looked at.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn given_since(
        &self,
        since: Timestamp,
        only: Option<PersonId>,
    ) -> Result<Vec<(PersonId, u32)>> {
        let who = match only {
            Some(_) => "person_id = ?2",
            None => "?2 IS NULL",
        };
        let sql = format!(
            "SELECT person_id, sum(received) FROM (
                 SELECT person_id, count(*) AS received FROM gives WHERE given_at >= ?1 AND {who} GROUP BY person_id
                 UNION ALL
                 SELECT person_id, count(*) FROM touches WHERE touched_at >= ?1 AND {who} GROUP BY person_id)
             GROUP BY person_id ORDER BY person_id"
        );
        self.rows(&sql, (since.0, only.map(|id| id.0)), |row| {
            Ok((PersonId(row.get(0)?), row.get(1)?))
        })
    }
}
