//! Every write to the database is an operation: who, when, with which command and version.

use std::cell::RefCell;
use std::collections::HashSet;
use std::ops::Deref;

use rusqlite::params;

use super::{Result, StoreError, Tx};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::OperationId;

/// How far a clock may be behind another one, or behind the command that was just waited for.
const CLOCKS_DIFFER: i64 = 3600;

/// What is done where the clock says a time before the newest operation, because it was set back or was wrong then.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum ClockSetBack {
    /// Nothing is recorded: caps would be counted from the wrong day.
    #[default]
    Refuse,
    /// The clock is right, and the newest operation was not.
    IsRight,
    /// It is recorded at the time of the newest operation: a no counts at once, whatever the clock says.
    Follow,
}

/// What is recorded about a write before it begins.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewOperation<'a> {
    /// When.
    pub(crate) at: Timestamp,
    /// Who.
    pub(crate) actor: &'a str,
    /// The command as typed.
    pub(crate) command: &'a str,
    /// Whether the clock is believed.
    pub(crate) clock: ClockSetBack,
}

impl NewOperation<'_> {
    /// When it is recorded, beside the newest operation on record.
    fn instant(&self, newest: Option<Timestamp>) -> Result<Timestamp> {
        let now = self.at;
        match newest {
            Some(newest) if newest > now && self.clock == ClockSetBack::Follow => Ok(newest),
            Some(newest)
                if newest.0 - now.0 > CLOCKS_DIFFER && self.clock == ClockSetBack::Refuse =>
            {
                Err(StoreError::ClockSetBack { now, newest })
            }
            _ => Ok(now),
        }
    }
}

/// A write transaction: everything that [`Tx`] can answer, and the only door to changing anything.
pub(crate) struct Writing<'a> {
    tx: Tx<'a>,
    /// The operation that every fact row written here carries.
    pub(crate) operation: OperationId,
    actor: &'a str,
    /// The instant of the operation.
    pub(crate) at: Timestamp,
    /// The tables of which images are kept by now; nothing where none are to be kept.
    pub(super) imaged: RefCell<Option<HashSet<String>>>,
}

impl<'a> Deref for Writing<'a> {
    type Target = Tx<'a>;

    fn deref(&self) -> &Tx<'a> {
        &self.tx
    }
}

impl<'a> Writing<'a> {
    pub(super) fn begin(tx: Tx<'a>, operation: &NewOperation<'a>) -> Result<Self> {
        let newest: Option<Timestamp> = tx.value(
            "SELECT (SELECT at FROM operations ORDER BY id DESC LIMIT 1)",
            [],
        )?;
        let at = operation.instant(newest)?;
        let id: OperationId = tx.next_id("operations")?;
        let writing = Self {
            tx,
            operation: id,
            at,
            actor: operation.actor,
            imaged: RefCell::new(Some(HashSet::new())),
        };
        writing.execute(
            "INSERT INTO operations (id, at, actor, command, version) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                id,
                at,
                operation.actor,
                operation.command,
                env!("CARGO_PKG_VERSION")
            ],
        )?;
        Ok(writing)
    }

    /// The colleague who is named, or else the one who writes.
    pub(crate) fn by<'n>(&'n self, named: Option<&'n str>) -> &'n str {
        named.unwrap_or(self.actor)
    }
}
