//! Copies of the whole file: made while others write, and brought back (`docs/backup.md`).

use std::path::Path;
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::open::{connect, read_only};
use super::taking_back::OperationRow;
use super::{Result, Store, StoreError, Tx};
use crate::system;

impl Store {
    /// Opens a file to copy it, of whatever schema it is.
    ///
    /// # Errors
    /// As [`Store::open_read`], but an older schema is read as it is.
    pub(crate) fn open_copy(path: &Path, lock_wait: Duration) -> Result<Self> {
        let (sql, _) = read_only(path, lock_wait)?;
        // What is read gets to no other file.
        sql.pragma_update(None, "temp_store", "MEMORY")?;
        Ok(Self::unprepared(sql))
    }

    /// Copies the file as it is in one moment to a new one, which is proved to be sound.
    ///
    /// # Errors
    /// [`StoreError::Busy`] where somebody writes for too long; [`StoreError::Damaged`] where the copy is not sound.
    pub(crate) fn copy_to(&self, path: &Path) -> Result<()> {
        let made = system::private_file()
            .write(true)
            .create_new(true)
            .open(path);
        made.map(drop)
            .map_err(|source| StoreError::unreadable(path, source))?;
        let mut copy = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        copy_pages(&self.sql, &mut copy)?;
        // One file: nothing is needed beside it.
        copy.pragma_update(None, "journal_mode", "DELETE")?;
        Tx::on(&copy).check_structure()
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
