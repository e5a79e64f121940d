//! Files that a command writes where the user says: never over the program itself, nor over what the command reads.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};
use crate::output::CommandLine;

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

/// A name of its own beside a path, for what is not finished yet.
///
/// # Errors
/// Exit code 2 for what cannot be the name of something new.
pub(crate) fn beside(path: &Path) -> Result<PathBuf> {
    let name = path.file_name().ok_or_else(|| {
        Failure::usage(format!("{} is no name for something new", path.display()))
    })?;
    let mut beside = OsString::from(".");
    beside.push(name);
    beside.push(format!(".{}", std::process::id()));
    Ok(path.with_file_name(beside))
}

/// A new file that only its owner can read.
pub(crate) fn create(path: &Path) -> io::Result<BufWriter<File>> {
    let file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    Ok(BufWriter::new(file))
}

/// Waits until the file is on the disk.
pub(crate) fn finish(mut file: BufWriter<File>) -> io::Result<()> {
    file.flush()?;
    file.get_ref().sync_all()
}

/// What is said where something new was to be written and something is there.
pub(crate) fn taken(path: &Path, instead: CommandLine) -> Failure {
    let message = format!("{} is there already; it was left untouched", path.display());
    Failure::other(message, instead)
}

/// Whether two names lead to one file.
fn is_same(one: &Path, other: &Path) -> bool {
    let Ok(found) = fs::metadata(other) else {
        return one == other;
    };
    fs::metadata(one).is_ok_and(|one| (one.dev(), one.ino()) == (found.dev(), found.ino()))
}
