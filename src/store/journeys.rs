//! How far each person has come: the first of each kind of fact, and the companies that were introduced.

use rusqlite::params;

use super::people::json_list;
use super::rows::record;
use super::{Result, Tx};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{AccountId, PersonId};
use crate::domain::moment::MomentRules;
use crate::domain::score::Score;
use crate::domain::stage::Stage;

record! {
    /// The first facts of one person's way through the program.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(crate) struct JourneyRow from "people p" {
        /// Who.
        person: PersonId = "p.id",
        /// The first promoter's score.
        promoter_at: Option<Timestamp> =
            "(SELECT min(r.responded_at) FROM responses r WHERE r.person_id = p.id AND r.score >= ?1)",
        /// The first invitation.
        invited_at: Option<Timestamp> =
            "(SELECT min(s.changed_at) FROM stage_changes s WHERE s.person_id = p.id AND s.stage = ?2)",
        /// The first time that they were an advocate.
        confirmed_at: Option<Timestamp> =
            "(SELECT min(s.changed_at) FROM stage_changes s WHERE s.person_id = p.id
                AND s.stage IN (SELECT value FROM json_each(?3)))",
    }
}

record! {
    /// A company that an advocate introduced.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct IntroductionRow
    from "introductions i
          JOIN taps t ON t.id = i.tap_id
          LEFT JOIN accounts a ON a.id = i.account_id
          LEFT JOIN operations o ON o.id = a.operation_id" {
        /// By whom.
        person: PersonId = "t.person_id",
        /// The company's name, as names are compared.
        introduced_key: String = "i.introduced_key",
        /// Its domain.
        domain: Option<String> = "i.domain",
        /// When.
        at: Timestamp = "i.introduced_at",
        /// The account that it has become.
        account: Option<AccountId> = "i.account_id",
        /// When that account came on record.
        account_at: Option<Timestamp> = "o.at",
    }
}

impl Tx<'_> {
    /// The first facts of everyone on record, by id, each with their first positive moment.
    pub(crate) fn journeys(
        &self,
        rules: MomentRules,
    ) -> Result<Vec<(JourneyRow, Option<Timestamp>)>> {
        let advocates = Stage::ALL.into_iter().filter(|stage| stage.is_advocate());
        let advocates: Vec<String> = advocates.map(|stage| stage.to_string()).collect();
        let params = params![Score::PROMOTER_FROM, Stage::Invited, json_list(&advocates)];
        let rows: Vec<JourneyRow> = self.all("ORDER BY p.id", params)?;
        let moments = self.first_moments(rules)?;
        let first = |row: JourneyRow| (row, moments.get(&row.person).copied());
        Ok(rows.into_iter().map(first).collect())
    }

    /// Every company that was introduced, with the account that it has become.
    pub(crate) fn introductions(&self) -> Result<Vec<IntroductionRow>> {
        self.all(
            "ORDER BY i.tap_id, i.introduced_at, i.introduced_key, i.deal_id",
            [],
        )
    }
}
