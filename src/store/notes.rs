//! Notes: words kept about a person or an account, a fact each.

use super::rows::{new_record, record};
use super::signals::Whose;
use super::{Result, Tx, Writing};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{AccountId, NoteId, OperationId, PersonId};

new_record! {
    /// A note to keep.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct NewNote<'a> into "notes" {
        /// About whom.
        person: Option<PersonId> = "person_id",
        /// About which account.
        account: Option<AccountId> = "account_id",
        /// The words.
        note: &'a str = "note",
        /// By whom.
        by: &'a str = "noted_by",
        /// When.
        at: Timestamp = "noted_at",
    }
}

record! {
    /// A note as shown.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct NoteRow
    from "notes n LEFT JOIN people p ON p.id = n.person_id
          LEFT JOIN accounts a ON a.id = coalesce(n.account_id, p.account_id)" {
        /// Its id.
        id: NoteId = "n.id",
        /// About whom.
        person: Option<PersonId> = "n.person_id",
        /// About which account, where it is about no person.
        account_id: Option<AccountId> = "n.account_id",
        /// Their address.
        email: Option<String> = "p.email",
        /// Their name.
        name: Option<String> = "p.name",
        /// The account, or the one of the person.
        account: Option<String> = "coalesce(a.name, a.domain)",
        /// The words.
        note: String = "n.note",
        /// By whom.
        by: String = "n.noted_by",
        /// When.
        at: Timestamp = "n.noted_at",
        /// The operation that recorded it.
        operation: OperationId = "n.operation_id",
    }
}

impl Tx<'_> {
    /// Every note, newest first.
    pub(crate) fn notes(&self) -> Result<Vec<NoteRow>> {
        self.all("ORDER BY n.noted_at DESC, n.id DESC", [])
    }

    /// The notes about somebody, or about an account, newest first.
    pub(crate) fn notes_about(&self, whom: Whose) -> Result<Vec<NoteRow>> {
        match whom {
            Whose::Person(id) => self.all(
                "WHERE n.person_id = ?1 ORDER BY n.noted_at DESC, n.id DESC",
                [id],
            ),
            Whose::Account(id) => self.all(
                "WHERE n.account_id = ?1 ORDER BY n.noted_at DESC, n.id DESC",
                [id],
            ),
        }
    }

    /// One note.
    pub(crate) fn note_row(&self, id: NoteId) -> Result<Option<NoteRow>> {
        self.one("WHERE n.id = ?1", [id])
    }
}

impl Writing<'_> {
    /// Keeps a note.
    pub(crate) fn add_note(&self, new: &NewNote<'_>) -> Result<NoteId> {
        self.add_new(new, &[])
    }
}
