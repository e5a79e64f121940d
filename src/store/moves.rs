//! People who go to another account.

use rusqlite::params;

use super::rows::{Row, new_record, record};
use super::stages::is_advocate;
use super::{Result, Tx, Writing};
use crate::domain::calendar::Timestamp;
use crate::domain::customer::CustomerSigns;
use crate::domain::deal::DealStatus;
use crate::domain::ids::{AccountId, OperationId, PersonId};
use crate::domain::policy::Policy;
use crate::domain::readiness::Moved;
use crate::domain::signal::SignalKind;

new_record! {
    /// A move to record.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct NewMove<'a> into "account_moves" {
        /// Who went.
        person: PersonId = "person_id",
        /// From where; nobody had to know.
        from: Option<AccountId> = "from_account_id",
        /// Where to.
        to: AccountId = "to_account_id",
        /// Words beside it.
        note: Option<&'a str> = "note",
        /// When.
        at: Timestamp = "moved_at",
    }
}

record! {
    /// A move as stored.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct MoveRow
    from "account_moves m JOIN people p ON p.id = m.person_id
          LEFT JOIN accounts f ON f.id = m.from_account_id JOIN accounts t ON t.id = m.to_account_id" {
        /// From where.
        from_id: Option<AccountId> = "m.from_account_id",
        /// Its name, or its domain.
        from: Option<String> = "coalesce(f.name, f.domain)",
        /// Where to.
        to_id: AccountId = "m.to_account_id",
        /// Its name, or its domain.
        to: Option<String> = "coalesce(t.name, t.domain)",
        /// Words beside it.
        note: Option<String> = "m.note",
        /// When.
        at: Timestamp = "m.moved_at",
        /// The operation that recorded it.
        operation: OperationId = "m.operation_id",
    }
}

/// The last move `m` of each person, with what is on record of the account that only a customer has, and whether the
/// person was verified since: of one day, the word said later holds.
pub(super) fn last_moves(before: &str, which: &str) -> String {
    format!(
        "SELECT j.key AS place, m.moved_at AS moved_at, m.operation_id AS operation_id,
             v.verified_at AS verified_at, v.operation_id AS verified_by,
             a.crm_id IS NOT NULL OR a.customer_since IS NOT NULL OR a.renewal_on IS NOT NULL
                 OR a.health IS NOT NULL OR EXISTS (
                     SELECT 1 FROM account_traits x WHERE x.account_id = a.id AND x.trait <> 'competitor') AS described,
             EXISTS (SELECT 1 FROM signals x WHERE x.account_id = a.id)
                 OR EXISTS (SELECT 1 FROM signals x WHERE x.person_id = m.person_id
                            AND x.kind = '{bought_again}' AND x.happened_at >= m.moved_at) AS noticed,
             EXISTS (SELECT 1 FROM people x JOIN responses r ON r.person_id = x.id
                     WHERE x.account_id = a.id AND x.id <> m.person_id)
                 OR EXISTS (SELECT 1 FROM people x WHERE x.account_id = a.id AND x.id <> m.person_id AND {advocate}
                            AND NOT EXISTS (SELECT 1 FROM account_moves y WHERE y.person_id = x.id)) AS voices,
             (SELECT json_group_array(d.stage) FROM deals d
              WHERE d.prospect_key = a.name_key OR d.prospect_domain = a.domain) AS deal_stages
         FROM {before} account_moves m ON {which}
         JOIN accounts a ON a.id = m.to_account_id
         LEFT JOIN verifications v ON v.id = (
             SELECT x.id FROM verifications x WHERE x.person_id = m.person_id
             ORDER BY x.verified_at DESC, x.id DESC LIMIT 1)
         WHERE m.id = (SELECT x.id FROM account_moves x WHERE x.person_id = m.person_id
                       ORDER BY x.moved_at DESC, x.id DESC LIMIT 1)",
        bought_again = SignalKind::RepeatCustomer,
        advocate = is_advocate("x.stage"),
    )
}

/// What a row of [`last_moves`] says.
pub(super) fn moved(row: &Row<'_>, policy: &Policy) -> rusqlite::Result<Moved> {
    let day = |at| policy.time_zone.day(at);
    let on = day(row.get("moved_at")?);
    let moved: OperationId = row.get("operation_id")?;
    let verified: Option<Timestamp> = row.get("verified_at")?;
    let verified = verified.map(day).zip(row.get("verified_by")?);
    let stages: String = row.get("deal_stages")?;
    let stages: Vec<Option<String>> = serde_json::from_str(&stages).unwrap_or_default();
    let stages = stages.into_iter().flatten();
    let mut stages = stages.map(|stage| policy.deal_stages.status(&stage));
    Ok(Moved {
        on,
        customer: CustomerSigns {
            described: row.get("described")?,
            won: stages.any(|status| status == Some(DealStatus::Won)),
            noticed: row.get("noticed")?,
            voices: row.get("voices")?,
        },
        verified: verified.is_some_and(|verified| verified > (on, moved)),
    })
}

impl Tx<'_> {
    /// Where a person went, oldest first; the moves of records that became part of theirs are among them.
    pub(crate) fn moves_of(&self, person: PersonId) -> Result<Vec<MoveRow>> {
        self.all(
            "WHERE m.person_id IN (SELECT ?1 UNION ALL SELECT id FROM people WHERE merged_into = ?1)
             ORDER BY m.moved_at, m.id",
            [person],
        )
    }

    /// The newest move of a person's own record: where it leads is where they are.
    pub(crate) fn last_move(&self, person: PersonId) -> Result<Option<MoveRow>> {
        self.one(
            "WHERE p.id = ?1 ORDER BY m.moved_at DESC, m.id DESC LIMIT 1",
            [person],
        )
    }

    /// The account that a person belonged to at an instant.
    pub(crate) fn account_at(&self, person: PersonId, at: Timestamp) -> Result<Option<AccountId>> {
        let next: Option<Option<AccountId>> = self.found(
            "SELECT from_account_id FROM account_moves WHERE person_id = ?1 AND moved_at > ?2
             ORDER BY moved_at, id LIMIT 1",
            params![person, at],
        )?;
        match next {
            Some(from) => Ok(from),
            None => self.value("SELECT account_id FROM people WHERE id = ?1", [person]),
        }
    }
}

impl Writing<'_> {
    /// Records a move and keeps where the newest one leads beside the person. Asks and holds keep the account that
    /// they were made with.
    pub(crate) fn move_person(&self, new: &NewMove<'_>) -> Result<()> {
        self.insert_new(new, &[])?;
        self.execute(
            "UPDATE people SET account_id =
                 (SELECT to_account_id FROM account_moves WHERE person_id = ?1 ORDER BY moved_at DESC, id DESC LIMIT 1)
             WHERE id = ?1",
            [new.person],
        )
    }
}
