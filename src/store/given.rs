//! How much people received lately: gives and touches counted together, for matching.

use chrono::NaiveDate;

use super::people::PersonRow;
use super::{Result, Scope, Tx};
use crate::domain::calendar::{Timestamp, days_after, months_before};
use crate::domain::ids::PersonId;
use crate::domain::matching::Person;
use crate::domain::policy::Policy;
use crate::domain::reciprocity::BALANCE_MONTHS;

impl Tx<'_> {
    /// Adds to people, sorted by id, what they received within the months of a balance.
    pub(super) fn load_given(
        &self,
        scope: &Scope,
        policy: &Policy,
        today: NaiveDate,
        everyone: &mut [(PersonRow, Person)],
    ) -> Result<()> {
        let first = days_after(months_before(today, BALANCE_MONTHS), 1);
        let only = match scope {
            Scope::Person(id) => Some(*id),
            _ => None,
        };
        for (id, received) in self.given_since(policy.time_zone.start_of(first), only)? {
            if let Ok(at) = everyone.binary_search_by_key(&id, |(card, _)| card.id) {
                everyone[at].1.given = received;
            }
        }
        Ok(())
    }

    /// How many gives and touches each person received from an instant on, by ascending id: of everybody, or of one.
    /// Both indexes hold all that is asked for, so no row is looked at.
    ///
    /// # Errors
    /// When the file cannot be read.
    fn given_since(
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
