//! Opening the file: whose it is, who may read it, how it waits, and what survives a power cut.

use std::fs::{DirBuilder, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::operations::{NewOperation, Writing};
use super::requests::INTRODUCTIONS;
use super::schema::{self, APPLICATION_ID, CURRENT};
use super::{Result, StoreError, Tx, as_of, journal, moments};
use crate::domain::calendar::Timestamp;

/// How long a command that only reads waits for a lock: writers hold one for moments, when they close the file.
const READ_WAIT: Duration = Duration::from_millis(500);

/// Bytes in a page of a new file: twice the default makes trees of a million rows a level lower.
const PAGE_SIZE: i32 = 8192;

/// The program's database file.
pub struct Store {
    pub(super) sql: Connection,
    upgraded_from: Option<i32>,
}

impl Store {
    /// Opens the file to read it.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::NotOurs`], [`StoreError::Newer`], [`StoreError::Older`]: nothing is
    /// created, changed or upgraded.
    pub fn open_read(path: &Path) -> Result<Self> {
        let sql = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        sql.busy_timeout(READ_WAIT)?;
        let found = match ours(&sql, path) {
            Err(error) if journal::needs_undoing(&error) => {
                ours(&connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?, path)?;
                ours(&sql, path)?
            }
            found => found?,
        };
        if found < CURRENT {
            return Err(StoreError::Older {
                found,
                known: CURRENT,
            });
        }
        Self::on(sql, "MEMORY", None)
    }

    /// Opens the file to write to it, upgrading an older schema first.
    ///
    /// # Errors
    /// As [`Store::open_read`], but an older file is upgraded; [`StoreError::Busy`] after `lock_wait`.
    pub(crate) fn open_write(path: &Path, lock_wait: Duration) -> Result<Self> {
        let mut sql = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        sql.busy_timeout(lock_wait)?;
        ours(&sql, path)?;
        journal::mend(&sql, path)?;
        let before = schema::upgrade(&mut sql)?;
        Self::on(sql, "FILE", (before < CURRENT).then_some(before))
    }

    /// Creates the file, readable by its owner only, in a folder made with the same care.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where there is a file that holds anything.
    pub(crate) fn create(path: &Path, lock_wait: Duration) -> Result<Self> {
        Self::create_at(path, lock_wait, CURRENT)
    }

    /// The same, of an earlier schema perhaps.
    ///
    /// # Errors
    /// As [`Store::create`].
    pub(crate) fn create_at(path: &Path, lock_wait: Duration, version: i32) -> Result<Self> {
        if std::fs::metadata(path).is_ok_and(|found| found.len() > 0) {
            return Err(StoreError::Exists(path.to_owned()));
        }
        let unreadable = |source| StoreError::Unreadable {
            path: path.to_owned(),
            source,
        };
        if let Some(folder) = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(folder)
                .map_err(unreadable)?;
        }
        let created = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(path);
        created.map_err(unreadable)?;
        let mut sql = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        sql.busy_timeout(lock_wait)?;
        sql.pragma_update(None, "page_size", PAGE_SIZE)?;
        // Our mark comes first, in one transaction: whoever finds a file that is not empty finds it marked.
        schema::upgrade_to(&mut sql, version)?;
        if !journal::on_network_file_system(path) {
            journal::write_ahead(&sql, lock_wait)?;
        }
        Self::on(sql, "FILE", None)
    }

    /// A database in memory, for tests.
    #[cfg(test)]
    pub(crate) fn in_memory() -> Result<Self> {
        let mut sql = Connection::open_in_memory()?;
        schema::upgrade(&mut sql)?;
        Self::on(sql, "FILE", None)
    }

    /// The schema version that was found, where opening the file upgraded it.
    pub(crate) const fn upgraded_from(&self) -> Option<i32> {
        self.upgraded_from
    }

    /// `temporary` is where SQLite puts what it sorts. In memory, nothing that a question reads gets to the disk. But a
    /// large load sorts its indexes faster where they may go to a file: in one piece of memory instead of a million.
    fn on(sql: Connection, temporary: &str, upgraded_from: Option<i32>) -> Result<Self> {
        sql.set_prepared_statement_cache_capacity(128);
        // Without this, SQLite compiles a statement anew for each value bound, in case a partial index could serve it.
        sql.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        sql.pragma_update(None, "foreign_keys", true)?;
        sql.pragma_update(None, "synchronous", "FULL")?;
        sql.pragma_update(None, "trusted_schema", false)?;
        sql.pragma_update(None, "temp_store", temporary)?;
        sql.pragma_update(None, "cache_size", -8_192)?;
        // Temporary, so that the file is never touched.
        sql.execute_batch(&moments::view())?;
        sql.execute_batch(INTRODUCTIONS)?;
        Ok(Self { sql, upgraded_from })
    }

    /// From here on, answers as of an earlier instant: whatever is dated `until` or later is left out.
    ///
    /// # Errors
    /// When SQLite cannot make the views.
    pub fn look_back(&self, until: Timestamp) -> Result<()> {
        as_of::look(&self.sql, Some(until))
    }

    /// Asks questions of one consistent snapshot.
    ///
    /// # Errors
    /// Whatever `ask` returns, or that the file cannot be read.
    pub fn read<T, E: From<StoreError>>(
        &self,
        ask: impl FnOnce(&Tx<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let tx = self.sql.unchecked_transaction().map_err(StoreError::from)?;
        ask(&Tx { sql: &tx })
    }

    /// Writes in one immediate transaction, after recording the operation. An error leaves nothing behind.
    ///
    /// # Errors
    /// Whatever `write` returns; [`StoreError::Busy`] when another process writes for too long.
    pub(crate) fn write<T, E: From<StoreError>>(
        &mut self,
        operation: &NewOperation<'_>,
        write: impl FnOnce(&Writing<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.write_or_rehearse(operation, false, write)
    }

    /// As [`Store::write`], but a rehearsal is rolled back at its end, so that it shows what would happen.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub(crate) fn write_or_rehearse<T, E: From<StoreError>>(
        &mut self,
        operation: &NewOperation<'_>,
        rehearse: bool,
        write: impl FnOnce(&Writing<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let behavior = TransactionBehavior::Immediate;
        let tx = self
            .sql
            .transaction_with_behavior(behavior)
            .map_err(StoreError::from)?;
        let value = write(&Writing::begin(Tx { sql: &tx }, operation)?)?;
        if rehearse { tx.rollback() } else { tx.commit() }.map_err(StoreError::from)?;
        Ok(value)
    }
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection> {
    match std::fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(StoreError::Missing(path.to_owned()));
        }
        Err(source) => {
            return Err(StoreError::Unreadable {
                path: path.to_owned(),
                source,
            });
        }
        Ok(found) if found.is_dir() => return Err(StoreError::NotOurs(path.to_owned())),
        Ok(_) => {}
    }
    Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(|error| {
        let source = io::Error::other(error);
        StoreError::Unreadable {
            path: path.to_owned(),
            source,
        }
    })
}

/// The schema version of a file that bears our mark.
fn ours(sql: &Connection, path: &Path) -> Result<i32> {
    let mark = sql.pragma_query_value(None, "application_id", |row| row.get::<_, i32>(0));
    match mark {
        Ok(APPLICATION_ID) => schema::version(sql),
        Ok(_) => Err(StoreError::NotOurs(path.to_owned())),
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
            Err(StoreError::NotOurs(path.to_owned()))
        }
        Err(error) => Err(error.into()),
    }
}
