//! Copies of the whole file: made while others write, and brought back (`docs/backup.md`).

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::open::{connect, ours, unreadable};
use super::undo::OperationRow;
use super::{Result, Store, StoreError, Tx, backups};

impl Store {
    /// Opens a file to copy it, of whatever schema it is.
    ///
    /// # Errors
    /// As [`Store::open_read`], but an older schema is read as it is.
    pub(crate) fn open_copy(path: &Path, lock_wait: Duration) -> Result<Self> {
        let sql = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY, lock_wait)?;
        ours(&sql, path)?;
        Ok(Self::unprepared(sql))
    }

    /// Copies the file as it is in one moment to a new one, which is proved to be sound.
    ///
    /// # Errors
    /// [`StoreError::Busy`] where somebody writes for too long; [`StoreError::Damaged`] where the copy is not sound.
    pub(crate) fn copy_to(&self, path: &Path) -> Result<()> {
        copy_to(&self.sql, path)
    }

    /// Puts what another file holds in the place of everything, in one transaction.
    ///
    /// # Errors
    /// [`StoreError::Busy`].
    pub(crate) fn bring_back(path: &Path, from: &Self, lock_wait: Duration) -> Result<()> {
        let mut sql = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, lock_wait)?;
        copy_pages(&from.sql, &mut sql)
    }
}

/// Keeps the file as it is before it is upgraded, in the folder of backups.
pub(super) fn before_upgrade(sql: &Connection, path: &Path, schema: i32) -> Result<()> {
    let keep = || -> std::io::Result<_> {
        let folder = backups::make_folder(path)?;
        let place = folder.join(format!("before-upgrade-of-schema-{schema}.db"));
        let unfinished = folder.join(format!(".schema-{schema}-{}", std::process::id()));
        match place.exists() {
            true => Ok(None),
            false => Ok(Some((unfinished, place))),
        }
    };
    let kept = keep().map_err(|source| unreadable(&backups::folder_of(path), source))?;
    let Some((unfinished, place)) = kept else {
        return Ok(());
    };
    copy_to(sql, &unfinished)?;
    std::fs::rename(&unfinished, &place).map_err(|source| unreadable(&place, source))
}

fn copy_to(sql: &Connection, path: &Path) -> Result<()> {
    let made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    made.map(drop).map_err(|source| unreadable(path, source))?;
    let mut copy = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    copy_pages(sql, &mut copy)?;
    // One file: nothing is needed beside it.
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    Tx { sql: &copy }.check_structure()
}

fn copy_pages(from: &Connection, to: &mut Connection) -> Result<()> {
    let copy = Backup::new(from, to)?;
    match copy.step(-1)? {
        StepResult::Done => Ok(()),
        _ => Err(StoreError::Busy),
    }
}

impl Tx<'_> {
    /// Proves that the file is one that SQLite wrote.
    ///
    /// # Errors
    /// [`StoreError::Damaged`].
    pub(crate) fn check_structure(&self) -> Result<()> {
        let found: Vec<String> = self.values("PRAGMA integrity_check(1)", [])?;
        match found.iter().all(|one| one == "ok") {
            true => Ok(()),
            false => Err(StoreError::Damaged(rusqlite::Error::QueryReturnedNoRows)),
        }
    }

    /// The newest operation.
    pub(crate) fn newest_operation(&self) -> Result<Option<OperationRow>> {
        self.one("ORDER BY o.id DESC LIMIT 1", [])
    }
}
