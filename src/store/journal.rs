//! The journal of the file. Its pages go to a log beside it first (WAL), so that nobody who reads waits for somebody who
//! writes; but not on a network file system, nor during a first large load, which would write everything twice.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode};

use super::operations::{NewOperation, Writing};
use super::{Result, Store, StoreError};

impl Store {
    /// Whether the file uses a rollback journal because it lies on a network file system, where WAL corrupts.
    ///
    /// # Errors
    /// When SQLite cannot say.
    pub(crate) fn uses_rollback_journal(&self) -> Result<bool> {
        let mode: String = self
            .sql
            .pragma_query_value(None, "journal_mode", |row| row.get(0))?;
        Ok(mode == "delete")
    }

    /// As [`Store::write_or_rehearse`], for a large load alone.
    ///
    /// SQLite does not look up whether the rows that new ones point to exist: for four parents a row, that is an eighth
    /// of the work. Every id was read from the database or counted up within the load's own immediate transaction, and
    /// nothing is deleted, so that no id can point nowhere; `advocate check` proves it. A first load writes its pages
    /// straight to the file, unless somebody else has it open.
    ///
    /// # Errors
    /// As [`Store::write_or_rehearse`].
    pub(crate) fn load_or_rehearse<T, E: From<StoreError>>(
        &mut self,
        operation: &NewOperation<'_>,
        rehearse: bool,
        write: impl FnOnce(&Writing<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let untrusting = self.sql.pragma_update(None, "foreign_keys", false);
        untrusting.map_err(StoreError::from)?;
        if rehearse || self.read(|tx| tx.has_responses())? || self.uses_rollback_journal()? {
            return self.write_or_rehearse(operation, rehearse, write);
        }
        unless_busy(self.sql.pragma_update(None, "journal_mode", "DELETE"))?;
        let loaded = self.write_or_rehearse(operation, rehearse, write);
        // What was loaded is loaded. Whoever writes next mends it where that is in the way now.
        let _ = self.sql.pragma_update(None, "journal_mode", "WAL");
        loaded
    }
}

/// Sets the journal that a first load left behind when it crashed.
pub(super) fn mend(sql: &Connection, path: &Path) -> Result<()> {
    let mode: String = sql.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    if mode == "delete" && !on_network_file_system(path) {
        unless_busy(sql.pragma_update(None, "journal_mode", "WAL"))?;
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

#[cfg(test)]
mod tests {
    use super::super::ClockSetBack;
    use super::super::schema::CURRENT;
    use super::*;
    use crate::domain::calendar::Timestamp;

    #[test]
    fn whoever_reads_first_after_a_crash_finds_nothing_half_done() {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        let wait = Duration::from_secs(5);
        let mut store = Store::create_at(&place("program.db"), wait, CURRENT).unwrap();
        let operation = NewOperation {
            at: Timestamp(0),
            actor: "Mara",
            command: "advocate import nps large.csv",
            clock: ClockSetBack::Refuse,
        };
        let loaded: Result<()> = store.load_or_rehearse(&operation, false, |writing| {
            writing.sql.pragma_update(None, "cache_size", 4)?;
            for number in 0..2000 {
                writing.ensure_source(&format!("the source with the number {number}"))?;
            }
            // What a crash would leave behind: pages that were written early, and what was in them before.
            for end in ["", "-journal"] {
                let copy = place(&format!("left.db{end}"));
                std::fs::copy(place(&format!("program.db{end}")), copy).unwrap();
            }
            Ok(())
        });
        loaded.unwrap();
        let source = |store: &Store| {
            let found: Result<_> = store.read(|tx| tx.source("the source with the number 7"));
            found.unwrap()
        };
        assert!(source(&store).is_some());
        assert!(!store.uses_rollback_journal().unwrap());

        let left = Store::open_read(&place("left.db"), wait).unwrap();
        assert_eq!(source(&left), None);
        drop(left);
        let left = Store::open_write(&place("left.db"), wait).unwrap();
        assert!(!left.uses_rollback_journal().unwrap(), "mended");
    }

    #[test]
    fn a_first_load_goes_on_where_somebody_else_has_the_file_open() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("program.db");
        let mut store = Store::create_at(&path, Duration::ZERO, CURRENT).unwrap();
        let reader = Store::open_read(&path, Duration::ZERO).unwrap();
        let operation = NewOperation {
            at: Timestamp(0),
            actor: "Mara",
            command: "advocate import nps large.csv",
            clock: ClockSetBack::Refuse,
        };
        let loaded: Result<_> = store.load_or_rehearse(&operation, false, |writing| {
            let found: Result<_> = reader.read(|tx| tx.source("new"));
            assert_eq!(found?, None);
            writing.ensure_source("new")
        });
        let found: Result<_> = reader.read(|tx| tx.source("new"));
        assert_eq!(found.unwrap(), Some(loaded.unwrap()));
    }
}
