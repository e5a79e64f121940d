//! Copying a file page by page, while others use it.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::{Result, StoreError, Tx, backups};

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
    let kept =
        keep().map_err(|source| StoreError::unreadable(&backups::folder_of(path), source))?;
    let Some((unfinished, place)) = kept else {
        return Ok(());
    };
    copy_to(sql, &unfinished)?;
    std::fs::rename(&unfinished, &place).map_err(|source| StoreError::unreadable(&place, source))
}

pub(super) fn copy_to(sql: &Connection, path: &Path) -> Result<()> {
    let made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    made.map(drop)
        .map_err(|source| StoreError::unreadable(path, source))?;
    let mut copy = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    copy_pages(sql, &mut copy)?;
    // One file: nothing is needed beside it.
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    Tx { sql: &copy }.check_structure()
}

pub(super) fn copy_pages(from: &Connection, to: &mut Connection) -> Result<()> {
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
}
