//! The append-only list of schema steps, each applied in its own transaction. A newer file is refused.

use rusqlite::{Connection, TransactionBehavior};

use super::{Result, StoreError};

/// Marks a file as ours: "ADVC".
pub(super) const APPLICATION_ID: i32 = 0x4144_5643;

/// The steps; released ones are never edited.
const STEPS: &[&str] = &[
    include_str!("sql/0001_program.sql"),
    include_str!("sql/0002_demand.sql"),
];

/// The schema version that this program reads and writes.
pub const CURRENT: i32 = STEPS.len() as i32;

/// Applies the steps that are missing and returns the version found before. Safe for any number of processes at once:
/// the version is read inside the immediate transaction that raises it.
#[allow(
    clippy::disallowed_types,
    reason = "store/ is where SQLite is spoken to"
)]
pub(super) fn upgrade(sql: &mut Connection) -> Result<i32> {
    let before = version(sql)?;
    for (index, step) in STEPS.iter().enumerate() {
        let target = index as i32 + 1;
        let tx = sql.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if version(&tx)? < target {
            tx.execute_batch(step)?;
            tx.pragma_update(None, "application_id", APPLICATION_ID)?;
            tx.pragma_update(None, "user_version", target)?;
        }
        tx.commit()?;
    }
    Ok(before)
}

/// The schema version of the file; refuses one that is newer than this program.
#[allow(
    clippy::disallowed_types,
    reason = "store/ is where SQLite is spoken to"
)]
pub(super) fn version(sql: &Connection) -> Result<i32> {
    let found: i32 = sql.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > CURRENT {
        return Err(StoreError::Newer {
            found,
            known: CURRENT,
        });
    }
    Ok(found)
}
