//! Every write to the database is an operation: who, when, with which command and version.

use std::ops::Deref;

use rusqlite::params;

use super::{Result, Tx};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::OperationId;

/// What is recorded about a write before it begins.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewOperation<'a> {
    /// When.
    pub(crate) at: Timestamp,
    /// Who.
    pub(crate) actor: &'a str,
    /// The command as typed.
    pub(crate) command: &'a str,
}

/// A write transaction: everything that [`Tx`] can answer, and the only door to changing anything.
pub(crate) struct Writing<'a> {
    tx: Tx<'a>,
    /// The operation that every fact row written here carries.
    pub(crate) operation: OperationId,
    actor: &'a str,
    /// The instant of the operation.
    pub(crate) at: Timestamp,
}

impl<'a> Deref for Writing<'a> {
    type Target = Tx<'a>;

    fn deref(&self) -> &Tx<'a> {
        &self.tx
    }
}

impl<'a> Writing<'a> {
    pub(super) fn begin(tx: Tx<'a>, operation: &NewOperation<'a>) -> Result<Self> {
        let id: OperationId = tx.next_id("operations")?;
        tx.execute(
            "INSERT INTO operations (id, at, actor, command, version) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                id,
                operation.at,
                operation.actor,
                operation.command,
                env!("CARGO_PKG_VERSION")
            ],
        )?;
        Ok(Self {
            tx,
            operation: id,
            actor: operation.actor,
            at: operation.at,
        })
    }

    /// The colleague who is named, or else the one who writes.
    pub(crate) fn by<'n>(&'n self, named: Option<&'n str>) -> &'n str {
        named.unwrap_or(self.actor)
    }
}
