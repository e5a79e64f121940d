//! The append-only list of schema steps, each applied in its own transaction. A newer file is refused.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the versions were compared with the number of steps"
)]

use rusqlite::{Connection, TransactionBehavior};

use super::{Result, StoreError, Writing};

/// Marks a file as ours: "ADVC".
pub(super) const APPLICATION_ID: i32 = 0x4144_5643;

/// The steps; released ones are never edited.
const STEPS: &[&str] = &[
    include_str!("sql/0001_program.sql"),
    include_str!("sql/0002_demand.sql"),
    include_str!("sql/0003_relationship.sql"),
    include_str!("sql/0004_row_digests.sql"),
    include_str!("sql/0005_rules.sql"),
    include_str!("sql/0006_agenda.sql"),
    include_str!("sql/0007_histories.sql"),
    include_str!("sql/0008_rows_of_files.sql"),
    include_str!("sql/0009_profiles.sql"),
    include_str!("sql/0010_images.sql"),
    include_str!("sql/0011_words.sql"),
];

/// The schema version that this program reads and writes.
pub(crate) const CURRENT: i32 = STEPS.len() as i32;

/// Applies the steps that are missing, each in its own transaction, and returns the version found before. Safe for any
/// number of processes at once: the version is read inside the immediate transaction that raises it.
pub(super) fn upgrade(sql: &mut Connection) -> Result<i32> {
    let before = version(sql)?;
    while version(sql)? < CURRENT {
        let tx = sql.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found = version(&tx)?;
        apply(&tx, found, CURRENT.min(found + 1))?;
        tx.commit()?;
    }
    Ok(before)
}

/// Makes the tables of a version, in the transaction that is open: nobody ever finds a file half made.
pub(super) fn create(sql: &Connection, version: i32) -> Result<()> {
    apply(sql, 0, version)
}

fn apply(sql: &Connection, found: i32, target: i32) -> Result<()> {
    for step in &STEPS[found as usize..target as usize] {
        sql.execute_batch(step)?;
    }
    sql.pragma_update(None, "application_id", APPLICATION_ID)?;
    Ok(sql.pragma_update(None, "user_version", target)?)
}

/// The schema version of the file; refuses one that is newer than this program.
pub(super) fn version(sql: &Connection) -> Result<i32> {
    let found: i32 = sql.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > CURRENT {
        return Err(StoreError::Newer {
            found,
            known: CURRENT,
        });
    }
    // A number below zero was never ours; the steps will say what is wrong with the file.
    Ok(found.max(0))
}

impl Writing<'_> {
    /// Gives the rest of this process what a first large load is fastest with: room for pages as large as the pieces of
    /// an index that SQLite then sorts on further threads.
    pub(super) fn expect_much(&self) -> Result<()> {
        self.sql.pragma_update(None, "cache_size", -32_768)?;
        Ok(self.sql.pragma_update(None, "threads", 2)?)
    }

    /// Drops the indexes of a table before a first large load, and returns the statements that create them again.
    pub(super) fn drop_indexes(&self, table: &str) -> Result<Vec<String>> {
        let indexes = self.rows(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?1 AND sql IS NOT NULL",
            [table],
            |row| Ok((row.get::<String>("name")?, row.get("sql")?)),
        )?;
        for (name, _) in &indexes {
            self.sql.execute_batch(&format!("DROP INDEX {name}"))?;
        }
        Ok(indexes.into_iter().map(|(_, sql)| sql).collect())
    }

    /// Creates indexes that [`Writing::drop_indexes`] dropped.
    pub(super) fn create_indexes(&self, statements: &[String]) -> Result<()> {
        for sql in statements {
            self.sql.execute_batch(sql)?;
        }
        Ok(())
    }
}
