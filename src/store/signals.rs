//! Signals: positive moments of a person or an account that were no answers and no asks.

use std::collections::HashSet;

use rusqlite::params;

use super::rows::{ColumnValue, Row, new_record, record};
use super::{Result, Tx, Writing, asked_for};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{AccountId, OperationId, PersonId, SignalId, SourceId};
use crate::domain::signal::SignalKind;

/// Whose a signal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    /// One person's.
    Person(PersonId),
    /// An account's, and so one of each of its people.
    Account(AccountId),
}

impl Whose {
    /// The person, where it is one person's.
    pub(crate) const fn person(self) -> Option<PersonId> {
        self.split().0
    }

    /// The person and the account: one of them.
    pub(crate) const fn split(self) -> (Option<PersonId>, Option<AccountId>) {
        match self {
            Self::Person(person) => (Some(person), None),
            Self::Account(account) => (None, Some(account)),
        }
    }
}

new_record! {
    /// A signal to record.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct NewSignal<'a> into "signals" {
        /// Whose it is.
        of: Whose,
        /// What was seen.
        kind: SignalKind = "kind",
        /// The figure that shows it, in words.
        reading: Option<&'a str> = "reading",
        /// Words beside it.
        note: Option<&'a str> = "note",
        /// For one from a file: its source, and what the file calls it.
        key: Option<(SourceId, &'a str)>,
        /// When.
        at: Timestamp = "happened_at",
    }
}

record! {
    /// A signal as shown.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct SignalRow
    from "signals s
          LEFT JOIN people p ON p.id = s.person_id
          LEFT JOIN accounts a ON a.id = coalesce(s.account_id, p.account_id)
          LEFT JOIN sources o ON o.id = s.source_id" {
        /// Its number.
        id: SignalId = "s.id",
        /// Whose it is.
        of: Whose = "s.person_id AS person_id, s.account_id AS account_id" => whose,
        /// The person's address.
        email: Option<String> = "p.email",
        /// The person's name.
        name: Option<String> = "p.name",
        /// The account's name or domain: the person's, or the one that it is about.
        account: Option<String> = "coalesce(a.name, a.domain)",
        /// What was seen.
        kind: SignalKind = "s.kind",
        /// The figure that shows it.
        reading: Option<String> = "s.reading",
        /// Words beside it.
        note: Option<String> = "s.note",
        /// The source of the file that it came from.
        source: Option<String> = "o.name",
        /// When.
        at: Timestamp = "s.happened_at",
        /// The operation that recorded it.
        operation: OperationId = "s.operation_id",
    }
}

fn whose(row: &Row<'_>) -> rusqlite::Result<Whose> {
    Ok(match row.get("person_id")? {
        Some(person) => Whose::Person(person),
        None => Whose::Account(row.get("account_id")?),
    })
}

/// Which signals are wanted; everything left out is not asked for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct SignalFilter {
    /// Of this person, those of their account included.
    pub(crate) person: Option<PersonId>,
    /// About this account itself.
    pub(crate) account: Option<AccountId>,
    /// Of this kind.
    pub(crate) kind: Option<SignalKind>,
    /// At most so many.
    pub(crate) limit: Option<u32>,
}

impl Tx<'_> {
    /// The accounts about which there is a signal.
    pub(super) fn signalled_accounts(&self) -> Result<HashSet<AccountId>> {
        let sql = "SELECT DISTINCT account_id FROM signals WHERE account_id IS NOT NULL";
        Ok(self.values(sql, [])?.into_iter().collect())
    }

    /// Signals, newest first.
    pub(crate) fn signals(&self, filter: &SignalFilter) -> Result<Vec<SignalRow>> {
        let person = asked_for(
            filter.person,
            "?1",
            "(s.person_id = ?1 OR s.account_id = (SELECT x.account_id FROM people x WHERE x.id = ?1))",
        );
        let account = asked_for(filter.account, "?2", "s.account_id = ?2");
        let rest = format!(
            "WHERE {person} AND {account} AND (?3 IS NULL OR s.kind = ?3)
             ORDER BY s.happened_at DESC, s.id DESC LIMIT ?4"
        );
        let limit = filter.limit.map_or(-1, i64::from);
        self.all(
            &rest,
            params![filter.person, filter.account, filter.kind, limit],
        )
    }
}

impl Tx<'_> {
    /// One signal.
    pub(crate) fn signal(&self, id: SignalId) -> Result<Option<SignalRow>> {
        self.one("WHERE s.id = ?1", [id])
    }

    /// The signal that a source identifies by `key`.
    pub(crate) fn signal_by_key(&self, source: SourceId, key: &str) -> Result<Option<SignalId>> {
        let sql = "SELECT id FROM signals WHERE source_id = ?1 AND key = ?2";
        self.found(sql, params![source, key])
    }
}

impl Writing<'_> {
    /// Gives a signal from a file another day, owner and note, because its row is read better; its key is `key` then.
    pub(crate) fn mend_signal(&self, id: SignalId, new: &NewSignal<'_>) -> Result<()> {
        let (person, account) = new.of.split();
        let (_, key) = new.key.unzip();
        self.update(
            "signals",
            &id,
            &[
                ("person_id", &person),
                ("account_id", &account),
                ("note", &new.note),
                ("key", &key),
                ("happened_at", &new.at),
            ],
        )
    }

    /// Records a signal; nothing where its source has given one of this key before.
    pub(crate) fn add_signal(&self, new: &NewSignal<'_>) -> Result<Option<SignalId>> {
        let id = self.next_id("signals")?;
        let (person, account) = new.of.split();
        let (source, key) = new.key.unzip();
        let more: [ColumnValue<'_>; 5] = [
            ("id", &id),
            ("person_id", &person),
            ("account_id", &account),
            ("source_id", &source),
            ("key", &key),
        ];
        let otherwise = "ON CONFLICT (source_id, key) WHERE key IS NOT NULL DO NOTHING";
        let added = self.insert_new_or(new, &more, otherwise)?;
        Ok((added > 0).then_some(id))
    }

    /// Takes back a signal of a person that one operation recorded by mistake; says whether there was one.
    pub(crate) fn take_back_signal(
        &self,
        person: PersonId,
        kind: SignalKind,
        operation: OperationId,
    ) -> Result<bool> {
        let taken_back = self.change(
            "DELETE FROM signals WHERE person_id = ?1 AND kind = ?2 AND operation_id = ?3",
            params![person, kind, operation],
        )?;
        Ok(taken_back > 0)
    }
}
