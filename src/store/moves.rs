//! People who go to another account.

use rusqlite::params;

use super::rows::{new_record, record};
use super::{Result, Tx, Writing};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{AccountId, OperationId, PersonId};

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

impl Tx<'_> {
    /// Where a person went, oldest first; the moves of records that became part of theirs are among them.
    pub(crate) fn moves_of(&self, person: PersonId) -> Result<Vec<MoveRow>> {
        self.all(
            "WHERE ?1 IN (p.id, p.merged_into) ORDER BY m.moved_at, m.id",
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
