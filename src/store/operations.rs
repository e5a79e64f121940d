//! Every write to the database is an operation: who, when, with which command and version.

use std::ops::Deref;

use rusqlite::params;

use super::{Result, Tx};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::OperationId;

/// What is recorded about a write before it begins.
#[derive(Debug, Clone, Copy)]
pub struct NewOperation<'a> {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: &'a str,
    /// The command as typed.
    pub command: &'a str,
}

/// A write transaction: everything that [`Tx`] can answer, and the only door to changing anything.
pub struct Writing<'a> {
    tx: Tx<'a>,
    /// The operation that every fact row written here carries.
    pub operation: OperationId,
    /// The instant of the operation.
    pub at: Timestamp,
}

impl<'a> Deref for Writing<'a> {
    type Target = Tx<'a>;

    fn deref(&self) -> &Tx<'a> {
        &self.tx
    }
}

impl<'a> Writing<'a> {
    pub(super) fn begin(tx: Tx<'a>, operation: &NewOperation<'_>) -> Result<Self> {
        let id = tx.next_id("operations")?;
        tx.execute(
            "INSERT INTO operations (id, at, actor, command, version) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                id,
                operation.at.0,
                operation.actor,
                operation.command,
                env!("CARGO_PKG_VERSION")
            ],
        )?;
        Ok(Self {
            tx,
            operation: OperationId(id),
            at: operation.at,
        })
    }

    /// The same transaction, with a further operation recorded in it: how a demonstration program gets a past.
    ///
    /// # Errors
    /// When the operation cannot be recorded.
    pub fn also<T, E: From<super::StoreError>>(
        &self,
        operation: &NewOperation<'_>,
        write: impl FnOnce(&Writing<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        write(&Writing::begin(Tx { sql: self.tx.sql }, operation)?)
    }
}
