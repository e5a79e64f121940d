//! Opening the file: whose it is, who may read it, how it waits, and what survives a power cut.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::operations::{NewOperation, Writing};
use super::requests::INTRODUCTIONS;
use super::schema::{self, APPLICATION_ID, CURRENT};
use super::{Result, StoreError, Tx, journal};
use crate::system;

/// Bytes in a page of a new file: twice the default makes trees of a million rows a level lower.
const PAGE_SIZE: i32 = 8192;

/// The program's database file.
pub struct Store {
    pub(super) sql: Connection,
    upgraded_from: Option<i32>,
}

impl Store {
    /// Opens the file to read it. That waits for a first large load alone, which writes straight to the file.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::NotOurs`], [`StoreError::Newer`], [`StoreError::Older`]: nothing is
    /// created, changed or upgraded; [`StoreError::Busy`] after `lock_wait`.
    pub fn open_read(path: &Path, lock_wait: Duration) -> Result<Self> {
        let (sql, found) = read_only(path, lock_wait)?;
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
    /// As [`Store::open_read`], but an older file is upgraded, after `before_upgrade` was told its schema version; what
    /// that returns; [`StoreError::Busy`] after `lock_wait`.
    pub(crate) fn open_write<E: From<StoreError>>(
        path: &Path,
        lock_wait: Duration,
        before_upgrade: impl FnOnce(&Self, i32) -> std::result::Result<(), E>,
    ) -> std::result::Result<Self, E> {
        refuse_read_only(path)?;
        let sql = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, lock_wait)?;
        let found = ours(&sql, path)?;
        journal::mend(&sql, path)?;
        let mut store = Self::unprepared(sql);
        if found < CURRENT {
            before_upgrade(&store, found)?;
        }
        let before = schema::upgrade(&mut store.sql)?;
        Ok(Self::on(
            store.sql,
            "FILE",
            (before < CURRENT).then_some(before),
        )?)
    }

    /// Creates the file, readable by its owner only, in a folder made with the same care. Its tables and what `first`
    /// writes into them come to be in one transaction: whoever is killed leaves nothing but an empty file.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where there is a program already; [`StoreError::NotOurs`] where there is something else.
    pub(crate) fn create(
        path: &Path,
        lock_wait: Duration,
        operation: &NewOperation<'_>,
        first: impl FnOnce(&Writing<'_>) -> Result<()>,
    ) -> Result<Self> {
        Self::create_with(path, lock_wait, CURRENT, |tx| {
            first(&Writing::begin(tx, operation)?)
        })
    }

    /// Creates a file of an earlier schema perhaps, without any row.
    ///
    /// # Errors
    /// As [`Store::create`].
    pub(crate) fn create_at(path: &Path, lock_wait: Duration, version: i32) -> Result<Self> {
        Self::create_with(path, lock_wait, version, |_| Ok(()))
    }

    fn create_with(
        path: &Path,
        lock_wait: Duration,
        version: i32,
        first: impl FnOnce(Tx<'_>) -> Result<()>,
    ) -> Result<Self> {
        make_file(path)?;
        let mut sql = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, lock_wait)?;
        sql.pragma_update(None, "page_size", PAGE_SIZE)?;
        // Reading it first takes back what an `init` that was killed left half done.
        mark(&sql).map_err(|error| unlike_ours(error, path))?;
        let was_empty = has_nothing(path);
        {
            let tx = sql.transaction_with_behavior(TransactionBehavior::Immediate);
            let tx = tx.map_err(|error| unlike_ours(error, path))?;
            match mark(&tx) {
                Ok(APPLICATION_ID) => return Err(StoreError::Exists(path.to_owned())),
                Ok(_) if was_empty && is_empty(&tx)? => {}
                _ => return Err(StoreError::NotOurs(path.to_owned())),
            }
            schema::create(&tx, version)?;
            first(Tx::on(&tx))?;
            tx.commit()?;
        }
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
        let store = Self { sql, upgraded_from };
        store.make_views()?;
        Ok(store)
    }

    /// A connection as it is, of whatever schema.
    pub(super) const fn unprepared(sql: Connection) -> Self {
        Self {
            sql,
            upgraded_from: None,
        }
    }

    /// Makes the views of the present. They are temporary, so that the file is never touched.
    pub(super) fn make_views(&self) -> Result<()> {
        Ok(self.sql.execute_batch(INTRODUCTIONS)?)
    }

    /// Drops them, so that the tables that they look at can change.
    pub(super) fn drop_views(&self) -> Result<()> {
        Ok(self.sql.execute_batch("DROP VIEW temp.introductions")?)
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
        ask(&Tx::on(&tx))
    }

    /// Writes in one immediate transaction, after recording the operation. An error leaves nothing behind; a rehearsal is
    /// rolled back at its end, so that it shows what would happen.
    ///
    /// # Errors
    /// Whatever `write` returns; [`StoreError::Busy`] when another process writes for too long;
    /// [`StoreError::ClockSetBack`].
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
        let value = write(&Writing::begin(Tx::on(&tx), operation)?)?;
        if rehearse { tx.rollback() } else { tx.commit() }.map_err(StoreError::from)?;
        Ok(value)
    }
}

/// An empty file at `path`, where there is none.
fn make_file(path: &Path) -> Result<()> {
    if std::fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        return Err(StoreError::NotOurs(path.to_owned()));
    }
    make_folder_of(path)?;
    let made = system::private_file()
        .write(true)
        .create(true)
        .truncate(false)
        .open(path);
    made.map(drop)
        .map_err(|source| StoreError::unreadable(path, source))
}

/// The folder in which a database is to lie, and those around it, for their owner only where they are new.
///
/// # Errors
/// [`StoreError::Unreadable`].
pub(crate) fn make_folder_of(path: &Path) -> Result<()> {
    let folder = path.parent();
    let Some(folder) = folder.filter(|folder| !folder.as_os_str().is_empty()) else {
        return Ok(());
    };
    let made = system::private_folder().recursive(true).create(folder);
    made.map_err(|source| StoreError::unreadable(path, source))
}

/// What SQLite may have left beside a database, after a crash or for others who have it open.
pub(crate) fn sidecars(path: &Path) -> impl Iterator<Item = PathBuf> {
    let names = ["-wal", "-shm", "-journal"].map(|end| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    });
    names
        .into_iter()
        .filter(|name| name.symlink_metadata().is_ok())
}

/// Refuses what cannot be written to by its permissions, by name: the file, or what lies beside it.
fn refuse_read_only(path: &Path) -> Result<()> {
    for one in std::iter::once(path.to_owned()).chain(sidecars(path)) {
        let permissions = std::fs::metadata(&one).map(|found| found.permissions());
        if permissions.is_ok_and(|permissions| permissions.readonly()) {
            return Err(StoreError::ReadOnlyFile(one));
        }
    }
    Ok(())
}

pub(super) fn connect(path: &Path, flags: OpenFlags, lock_wait: Duration) -> Result<Connection> {
    match std::fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(StoreError::Missing(path.to_owned()));
        }
        Err(source) => return Err(StoreError::unreadable(path, source)),
        Ok(found) if !found.is_file() => return Err(StoreError::NotOurs(path.to_owned())),
        Ok(_) => {}
    }
    let sql = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX);
    let sql = sql.map_err(|error| StoreError::unreadable(path, io::Error::other(error)))?;
    #[cfg(test)]
    let sql = super::counted::watched(sql)?;
    sql.busy_timeout(lock_wait)?;
    Ok(sql)
}

/// Opens a file of ours to read it, of whatever schema version, after undoing what a crash left half done.
pub(super) fn read_only(path: &Path, lock_wait: Duration) -> Result<(Connection, i32)> {
    let sql = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY, lock_wait)?;
    let found = match ours(&sql, path) {
        Err(error) if journal::needs_undoing(&error) => {
            let undoing = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, lock_wait)?;
            ours(&undoing, path)?;
            ours(&sql, path)?
        }
        found => found?,
    };
    Ok((sql, found))
}

/// The schema version of a file that bears our mark.
fn ours(sql: &Connection, path: &Path) -> Result<i32> {
    match mark(sql) {
        Ok(APPLICATION_ID) => schema::version(sql),
        Ok(_) if has_nothing(path) => Err(StoreError::Empty(path.to_owned())),
        Ok(_) => Err(StoreError::NotOurs(path.to_owned())),
        Err(error) => Err(unlike_ours(error, path)),
    }
}

fn has_nothing(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|found| found.len() == 0)
}

fn mark(sql: &Connection) -> rusqlite::Result<i32> {
    sql.pragma_query_value(None, "application_id", |row| row.get(0))
}

fn is_empty(sql: &Connection) -> rusqlite::Result<bool> {
    sql.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| {
        row.get(0)
    })
}

fn unlike_ours(error: rusqlite::Error, path: &Path) -> StoreError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => StoreError::NotOurs(path.to_owned()),
        _ => error.into(),
    }
}
