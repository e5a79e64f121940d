//! Files that a command writes where the user says: never over the program itself, nor over what the command reads.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};
use crate::output::CommandLine;
use crate::session::Session;
use crate::system;

/// A file that a command writes on the side.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SideFile<'a> {
    /// Where.
    pub(crate) path: &'a Path,
    /// The option that names it.
    pub(crate) option: &'static str,
    /// What every such file of ours holds near its beginning.
    pub(crate) mark: &'static str,
}

/// Makes sure that the file can be made, that it is neither the database nor one of those that the command reads, and
/// that what is there is an earlier one of the same kind. `--yes` replaces any file.
///
/// # Errors
/// Says which it is.
pub(crate) fn check_writable(
    file: SideFile<'_>,
    session: &Session<'_>,
    read: &[PathBuf],
) -> Result<()> {
    let SideFile { path, option, mark } = file;
    let database = &session.database;
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
    if !session.assume_yes && path.is_file() && !begins_like_ours(path, mark)? {
        let message = format!("cannot write {}: another file is there", path.display());
        let hint = format!("name another file with {option}, or replace it with --yes");
        return Err(Failure::other(message, hint));
    }
    Ok(())
}

/// Whether a file is empty or holds the mark near its beginning.
fn begins_like_ours(path: &Path, mark: &str) -> io::Result<bool> {
    const BEGINNING: u64 = 1 << 20;
    let mut beginning = Vec::new();
    File::open(path)?
        .take(BEGINNING)
        .read_to_end(&mut beginning)?;
    Ok(beginning.is_empty() || String::from_utf8_lossy(&beginning).contains(mark))
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
    one == other || system::is_one_file(one, other)
}
