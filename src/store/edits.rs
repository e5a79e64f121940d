//! Changes of the fields that describe accounts and people: what stood there before, and what somebody confirmed by hand.

use std::collections::HashMap;

use rusqlite::types::FromSql;
use rusqlite::{ToSql, params};

use super::rows::{record, some_words};
use super::{Result, Tx, Writing, asked_for};
use crate::domain::describing::{AccountField, PersonField};
use crate::domain::ids::{AccountId, OperationId, PersonId};
use crate::domain::industry::slug;

record! {
    /// A changed field of a person as stored.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct EditRow from "edits e" {
        /// Which: a [`PersonField`], or [`ADDRESS`].
        field: String = "e.field",
        /// What stood there.
        old: Option<String> = "e.old",
        /// What stands there since.
        new: Option<String> = "e.new",
        /// Whether somebody had confirmed by hand what stood there.
        confirmed_before: bool = "coalesce(
            (SELECT b.by_hand FROM edits b WHERE b.entity = e.entity AND b.entity_id = e.entity_id
                 AND b.field = e.field AND b.id < e.id ORDER BY b.id DESC LIMIT 1), 0)",
    }
}

record! {
    /// A changed field, and whom or what it describes.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct EditTold from "edits e
        LEFT JOIN people p ON e.entity = 'person' AND p.id = e.entity_id
        LEFT JOIN accounts a ON e.entity = 'account' AND a.id = e.entity_id" {
        /// The person's address, or what the account is called.
        of: String = "coalesce(p.email, a.name, a.domain, a.crm_id, '')",
        /// Which.
        field: String = "e.field",
        /// What stood there.
        old: Option<String> = "e.old",
        /// What stands there since.
        new: Option<String> = "e.new",
    }
}

/// The field of an e-mail address in the edits.
pub(crate) const ADDRESS: &str = "email";

/// What fields describe.
#[derive(Debug, Clone, Copy)]
pub(super) enum Entity {
    Account(AccountId),
    Person(PersonId),
}

/// The words for them in the edits.
pub(super) const ACCOUNT: &str = "account";
pub(super) const PERSON: &str = "person";

/// An edit `e` by hand that still holds: the newest of its field. Nothing but taking back a merge or a move can follow
/// it that is not by hand as well.
const CONFIRMED: &str = "e.by_hand = 1 AND NOT EXISTS (
    SELECT 1 FROM edits n
    WHERE n.entity = e.entity AND n.entity_id = e.entity_id AND n.field = e.field AND n.id > e.id)";

/// The column of a describing field.
pub(super) fn column(field: &str) -> String {
    field.replace('-', "_")
}

impl Tx<'_> {
    /// Where the changed fields end that were recorded so far.
    pub(crate) fn end_of_edits(&self) -> Result<i64> {
        self.value("SELECT coalesce(max(id), 0) FROM edits", [])
    }

    /// What was changed behind that end, the first so many in their order, and how many there are in all.
    pub(crate) fn edits_behind(&self, end: i64, most: u32) -> Result<(Vec<EditTold>, u32)> {
        let first = self.all("WHERE e.id > ?1 ORDER BY e.id LIMIT ?2", params![end, most])?;
        let all = self.value("SELECT count(*) FROM edits WHERE id > ?1", [end])?;
        Ok((first, all))
    }

    /// What an operation changed about a person, in its order.
    pub(crate) fn edits_of(
        &self,
        person: PersonId,
        operation: OperationId,
    ) -> Result<Vec<EditRow>> {
        self.all(
            "WHERE e.entity = ?1 AND e.entity_id = ?2 AND e.operation_id = ?3 ORDER BY e.id",
            params![PERSON, person, operation],
        )
    }

    /// The fields of an account that somebody confirmed by hand.
    pub(crate) fn account_fields_by_hand(&self, id: AccountId) -> Result<Vec<AccountField>> {
        let mut found = self.fields_by_hand(ACCOUNT, Some(id.0))?;
        Ok(found.remove(&id.0).unwrap_or_default())
    }

    /// The fields of a person that somebody confirmed by hand.
    pub(crate) fn person_fields_by_hand(&self, id: PersonId) -> Result<Vec<PersonField>> {
        let mut found = self.fields_by_hand(PERSON, Some(id.0))?;
        Ok(found.remove(&id.0).unwrap_or_default())
    }

    /// What was confirmed by hand of every account or person, or of one, by id.
    pub(super) fn fields_by_hand<F: FromSql>(
        &self,
        entity: &str,
        only: Option<i64>,
    ) -> Result<HashMap<i64, Vec<F>>> {
        let which = asked_for(only, "?2", "e.entity_id = ?2");
        let sql = format!(
            "SELECT entity_id, field FROM edits e WHERE entity = ?1 AND {which} AND {CONFIRMED}"
        );
        let mut found: HashMap<i64, Vec<F>> = HashMap::new();
        self.for_each(&sql, params![entity, only], |row| {
            let fields = found.entry(row.get("entity_id")?).or_default();
            fields.push(row.get("field")?);
            Ok(())
        })?;
        Ok(found)
    }
}

impl Writing<'_> {
    /// Changes one field of an account; an empty value clears it. The old value stays in the edits.
    pub(crate) fn edit_account(
        &self,
        id: AccountId,
        field: AccountField,
        old: Option<&str>,
        new: &str,
        by_hand: bool,
    ) -> Result<()> {
        self.record_edit(Entity::Account(id), field.name(), old, new, by_hand)?;
        self.set_field("accounts", &id, field.name(), new)?;
        match field {
            AccountField::Name => self.update("accounts", &id, &[("name_key", &slug(new))]),
            _ => Ok(()),
        }
    }

    /// Changes one field of a person; an empty value clears it. The old value stays in the edits.
    pub(crate) fn edit_person(
        &self,
        id: PersonId,
        field: PersonField,
        old: Option<&str>,
        new: &str,
        by_hand: bool,
    ) -> Result<()> {
        self.record_edit(Entity::Person(id), field.name(), old, new, by_hand)?;
        self.set_field("people", &id, field.name(), new)
    }

    fn set_field(&self, table: &str, id: &dyn ToSql, field: &str, value: &str) -> Result<()> {
        self.update(table, id, &[(&column(field), &some_words(value))])
    }

    /// Keeps what stood in a field before it is changed.
    pub(super) fn record_edit(
        &self,
        of: Entity,
        field: &str,
        old: Option<&str>,
        new: &str,
        by_hand: bool,
    ) -> Result<()> {
        let (entity, id) = match of {
            Entity::Account(id) => (ACCOUNT, id.0),
            Entity::Person(id) => (PERSON, id.0),
        };
        self.insert(
            "edits",
            &[
                ("entity", &entity),
                ("entity_id", &id),
                ("field", &field),
                ("old", &old),
                ("new", &some_words(new)),
                ("by_hand", &by_hand),
                ("edited_at", &self.at),
            ],
        )
    }
}
