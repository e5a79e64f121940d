//! What can go wrong with the file.

use std::path::{Path, PathBuf};

use crate::domain::calendar::Timestamp;

/// A failure of the database file, or a name that is not in it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no file.
    #[error("there is no program database at {}", .0.display())]
    Missing(PathBuf),
    /// There is one already, where a new one was to be made.
    #[error("{} exists already", .0.display())]
    Exists(PathBuf),
    /// The file belongs to something else; it was left untouched.
    #[error("{} is not an advocate database; it was left untouched", .0.display())]
    NotOurs(PathBuf),
    /// The file holds nothing: it was made by somebody else, or by an `init` that was killed.
    #[error("{} is empty", .0.display())]
    Empty(PathBuf),
    /// What a crash left beside a file that is gone would be taken for the new one's.
    #[error("{} is there without its database: a new one would be damaged by what it holds", .0.display())]
    LeftBeside(PathBuf),
    /// The file was written by a newer version.
    #[error("the database has schema {found}; this version knows {known}")]
    Newer {
        /// Its schema version.
        found: i32,
        /// The newest that this program knows.
        known: i32,
    },
    /// The file was written by an older version and this command only reads.
    #[error(
        "the database has schema {found}; this version needs {known}, and a command that reads does not change it"
    )]
    Older {
        /// Its schema version.
        found: i32,
        /// What this program needs.
        known: i32,
    },
    /// A row of today has the place of one that was to come back.
    #[error("something of today is in the way: {0}")]
    InTheWay(String),
    /// Another process is writing.
    #[error("the database is busy: another command is writing to it")]
    Busy,
    /// The file cannot be opened or created.
    #[error("cannot open {}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: std::io::Error,
    },
    /// The permissions of this file forbid it.
    #[error("{} is read-only", .0.display())]
    ReadOnlyFile(PathBuf),
    /// The clock says a time before the newest operation.
    #[error(
        "the clock says {}, before the newest operation of {}: nothing was recorded",
        now.to_rfc3339(),
        newest.to_rfc3339()
    )]
    ClockSetBack {
        /// What it says.
        now: Timestamp,
        /// When the newest operation was recorded.
        newest: Timestamp,
    },
    /// There is no room left.
    #[error("the disk is full; nothing was changed")]
    DiskFull(#[source] rusqlite::Error),
    /// The disk did not do what was asked.
    #[error("the disk does not do what SQLite asks of it; nothing was changed")]
    DiskFailed(#[source] rusqlite::Error),
    /// The file is not what SQLite wrote.
    #[error("the database is damaged")]
    Damaged(#[source] rusqlite::Error),
    /// The file, or the folder in which SQLite keeps its log beside it, cannot be written to.
    #[error("the database file or its folder is read-only")]
    ReadOnly(#[source] rusqlite::Error),
    /// Anything else that SQLite reports.
    #[error("the database could not be read or written")]
    Sqlite(#[source] rusqlite::Error),
}

impl StoreError {
    /// Of a file that cannot be opened or created.
    pub(super) fn unreadable(path: &Path, source: std::io::Error) -> Self {
        StoreError::Unreadable {
            path: path.to_owned(),
            source,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{
            DatabaseBusy, DatabaseCorrupt, DatabaseLocked, DiskFull, NotADatabase, ReadOnly,
            SystemIoFailure,
        };
        match error.sqlite_error_code() {
            Some(DatabaseBusy | DatabaseLocked) => StoreError::Busy,
            Some(ReadOnly) => StoreError::ReadOnly(error),
            Some(DiskFull) => StoreError::DiskFull(error),
            Some(SystemIoFailure) => StoreError::DiskFailed(error),
            Some(DatabaseCorrupt | NotADatabase) => StoreError::Damaged(error),
            _ => StoreError::Sqlite(error),
        }
    }
}
