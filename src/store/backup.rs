//! Copies of the whole file: made while others write, and brought back (`docs/backup.md`).

use std::path::Path;
use std::time::Duration;

use rusqlite::OpenFlags;

use super::copies::{copy_pages, copy_to};
use super::open::{connect, ours};
use super::taking_back::OperationRow;
use super::{Result, Store, Tx};

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

impl Tx<'_> {
    /// The newest operation.
    pub(crate) fn newest_operation(&self) -> Result<Option<OperationRow>> {
        self.one("ORDER BY o.id DESC LIMIT 1", [])
    }
}
