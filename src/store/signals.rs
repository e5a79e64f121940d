//! Signals: positive moments of a person or an account that were no answers and no asks.

use std::collections::HashSet;

use rusqlite::{Row, params};

use super::{Result, Tx, Writing, asked_for, parsed};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{AccountId, OperationId, PersonId, SignalId, SourceId};
use crate::domain::signal::SignalKind;

/// Whose a signal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// One person's.
    Person(PersonId),
    /// An account's, and so one of each of its people.
    Account(AccountId),
}

/// A signal to record.
#[derive(Debug, Clone, Copy)]
pub struct NewSignal<'a> {
    /// Whose it is.
    pub of: Whose,
    /// What was seen.
    pub kind: SignalKind,
    /// The figure that shows it, in words.
    pub reading: Option<&'a str>,
    /// Words beside it.
    pub note: Option<&'a str>,
    /// For one from a file: its source, and what the file calls it.
    pub key: Option<(SourceId, &'a str)>,
    /// When.
    pub at: Timestamp,
}

/// A signal as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignalRow {
    /// Its number.
    pub id: SignalId,
    /// Whose it is.
    pub of: Whose,
    /// The person's address.
    pub email: Option<String>,
    /// The person's name.
    pub name: Option<String>,
    /// The account's name or domain: the person's, or the one that it is about.
    pub account: Option<String>,
    /// What was seen.
    pub kind: SignalKind,
    /// The figure that shows it.
    pub reading: Option<String>,
    /// Words beside it.
    pub note: Option<String>,
    /// The source of the file that it came from.
    pub source: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// Which signals are wanted; everything left out is not asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct SignalFilter {
    /// Of this person, those of their account included.
    pub person: Option<PersonId>,
    /// About this account itself.
    pub account: Option<AccountId>,
    /// Of this kind.
    pub kind: Option<SignalKind>,
    /// At most so many.
    pub limit: Option<u32>,
}

fn read(row: &Row<'_>) -> rusqlite::Result<SignalRow> {
    let person = row.get::<_, Option<i64>>(1)?.map(PersonId);
    let of = match person {
        Some(person) => Whose::Person(person),
        None => Whose::Account(AccountId(row.get(2)?)),
    };
    Ok(SignalRow {
        id: SignalId(row.get(0)?),
        of,
        email: row.get(3)?,
        name: row.get(4)?,
        account: row.get(5)?,
        kind: parsed(row, 6)?,
        reading: row.get(7)?,
        note: row.get(8)?,
        source: row.get(9)?,
        at: Timestamp(row.get(10)?),
    })
}

impl Tx<'_> {
    /// The accounts about which there is a signal.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn signalled_accounts(&self) -> Result<HashSet<AccountId>> {
        let sql = "SELECT DISTINCT account_id FROM signals WHERE account_id IS NOT NULL";
        let found = self.rows(sql, [], |row| row.get(0).map(AccountId))?;
        Ok(found.into_iter().collect())
    }

    /// Signals, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn signals(&self, filter: &SignalFilter) -> Result<Vec<SignalRow>> {
        let person = asked_for(
            filter.person,
            "?1",
            "(s.person_id = ?1 OR s.account_id = (SELECT x.account_id FROM people x WHERE x.id = ?1))",
        );
        let account = asked_for(filter.account, "?2", "s.account_id = ?2");
        let sql = format!(
            "SELECT s.id, s.person_id, s.account_id, p.email, p.name, coalesce(a.name, a.domain), s.kind,
                 s.reading, s.note, o.name, s.happened_at
             FROM signals s
             LEFT JOIN people p ON p.id = s.person_id
             LEFT JOIN accounts a ON a.id = coalesce(s.account_id, p.account_id)
             LEFT JOIN sources o ON o.id = s.source_id
             WHERE {person} AND {account} AND (?3 IS NULL OR s.kind = ?3)
             ORDER BY s.happened_at DESC, s.id DESC LIMIT ?4"
        );
        let params = params![
            filter.person.map(|id| id.0),
            filter.account.map(|id| id.0),
            filter.kind.map(SignalKind::name),
            filter.limit.map_or(-1, i64::from),
        ];
        self.rows(&sql, params, read)
    }
}

impl Writing<'_> {
    /// Records a signal; nothing where its source has given one of this key before.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_signal(&self, new: &NewSignal<'_>) -> Result<Option<SignalId>> {
        let id = SignalId(self.next_id("signals")?);
        let (person, account) = match new.of {
            Whose::Person(person) => (Some(person.0), None),
            Whose::Account(account) => (None, Some(account.0)),
        };
        let (source, key) = new.key.map(|(source, key)| (source.0, key)).unzip();
        let added = self.execute(
            "INSERT INTO signals (id, person_id, account_id, kind, reading, note, source_id, key, happened_at,
                 operation_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT (source_id, key) WHERE key IS NOT NULL DO NOTHING",
            params![
                id.0,
                person,
                account,
                new.kind.name(),
                new.reading,
                new.note,
                source,
                key,
                new.at.0,
                self.operation.0,
            ],
        )?;
        Ok((added > 0).then_some(id))
    }

    /// Takes back a signal of a person that one operation recorded by mistake; says whether there was one.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn take_back_signal(
        &self,
        person: PersonId,
        kind: SignalKind,
        operation: OperationId,
    ) -> Result<bool> {
        let taken_back = self.execute(
            "DELETE FROM signals WHERE person_id = ?1 AND kind = ?2 AND operation_id = ?3",
            params![person.0, kind.name(), operation.0],
        )?;
        Ok(taken_back > 0)
    }
}
