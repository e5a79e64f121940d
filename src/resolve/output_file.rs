//! Files that a command writes where the user says: never over the program itself, nor over what the command reads.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};

/// Makes sure that the file named with an option can be made, and that it is neither the database nor one of those that
/// the command reads.
///
/// # Errors
/// Says which it is.
pub(crate) fn check_writable(
    path: &Path,
    option: &str,
    database: &Path,
    read: &[PathBuf],
) -> Result<()> {
    let refused = |why: &str| {
        let message = format!("cannot write {}: {why}", path.display());
        let hint = format!("name another file with {option}");
        Err(Failure::other(message, hint))
    };
    let parts = ["", "-wal", "-shm", "-journal"].map(|end| {
        let mut part = OsString::from(database);
        part.push(end);
        PathBuf::from(part)
    });
    if parts.iter().any(|part| is_same(part, path)) {
        return refused("it is the program's database");
    }
    if read.iter().any(|one| is_same(one, path)) {
        return refused("it is the file that is imported");
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if path.is_dir() || folder.is_some_and(|folder| !folder.is_dir()) {
        return refused("there is no folder for such a file");
    }
    Ok(())
}

/// Whether two names lead to one file.
fn is_same(one: &Path, other: &Path) -> bool {
    let Ok(found) = fs::metadata(other) else {
        return one == other;
    };
    fs::metadata(one).is_ok_and(|one| (one.dev(), one.ino()) == (found.dev(), found.ino()))
}
