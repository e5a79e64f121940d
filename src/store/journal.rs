//! The journal of the file. Its pages go to a log beside it first (WAL), so that nobody who reads waits for somebody who
//! writes; but not on a network file system, nor during a first large load, which would write everything twice.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode};

use super::{Result, StoreError};

/// Whether its pages go straight to the file, with what was in them before kept beside it.
pub(super) fn is_rollback(sql: &Connection) -> Result<bool> {
    let mode: String = sql.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    Ok(mode == "delete")
}

/// Lets pages go straight to the file, unless somebody else has it open.
pub(super) fn write_straight(sql: &Connection) -> Result<()> {
    unless_busy(sql.pragma_update(None, "journal_mode", "DELETE"))
}

/// Lets pages go to the log again; where somebody is in the way now, whoever writes next mends it.
pub(super) fn write_ahead_again(sql: &Connection) {
    let _ = sql.pragma_update(None, "journal_mode", "WAL");
}

/// Sets the journal that a first load left behind when it crashed.
pub(super) fn mend(sql: &Connection, path: &Path) -> Result<()> {
    if is_rollback(sql)? && !on_network_file_system(path) {
        write_ahead_again(sql);
    }
    Ok(())
}

fn unless_busy(switched: rusqlite::Result<()>) -> Result<()> {
    match switched {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => Ok(()),
        switched => Ok(switched?),
    }
}

/// Whether an error says that a crash left something half done, which somebody who only reads cannot undo.
pub(super) fn needs_undoing(error: &StoreError) -> bool {
    let StoreError::ReadOnly(error) = error else {
        return false;
    };
    let code = error.sqlite_error().map(|error| error.extended_code);
    code == Some(rusqlite::ffi::SQLITE_READONLY_ROLLBACK)
}

/// Lets pages go to a log beside the file first. SQLite does not wait for this lock, whatever the timeout, so that two who switch at
/// once cannot wait for each other: we do, and try again.
pub(super) fn write_ahead(sql: &Connection, lock_wait: Duration) -> Result<()> {
    const PAUSE: Duration = Duration::from_millis(10);
    let mut waited = Duration::ZERO;
    loop {
        match sql.pragma_update(None, "journal_mode", "WAL") {
            Err(error)
                if waited < lock_wait
                    && error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) =>
            {
                std::thread::sleep(PAUSE);
                waited += PAUSE;
            }
            result => return Ok(result?),
        }
    }
}

/// Whether the file lies on a file system on which SQLite's WAL is not safe.
pub(super) fn on_network_file_system(path: &Path) -> bool {
    const NETWORK: &[&str] = &[
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "fuse.sshfs",
    ];
    let Ok(path) = path.canonicalize() else {
        return false;
    };
    let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    mounts
        .lines()
        .filter_map(|line| {
            let mut fields = line.split(' ').skip(1);
            Some((PathBuf::from(fields.next()?), fields.next()?))
        })
        .filter(|(mount, _)| path.starts_with(mount))
        .max_by_key(|(mount, _)| mount.as_os_str().len())
        .is_some_and(|(_, kind)| NETWORK.contains(&kind))
}
