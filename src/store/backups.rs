//! Where backups lie: in a folder beside the database, named by the moment in which they were made.

use std::fs;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use crate::domain::calendar::Timestamp;

/// What the name of every backup ends with.
const END: &str = ".db";

/// How many backups a second may bring.
const MOST_A_SECOND: u32 = 200;

/// The folder of backups of a database.
pub(crate) fn folder_of(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(".backups");
    PathBuf::from(name)
}

/// Makes the folder of backups, for its owner only.
///
/// # Errors
/// Those of the file system.
pub(crate) fn make_folder(database: &Path) -> io::Result<PathBuf> {
    let folder = folder_of(database);
    match fs::DirBuilder::new().mode(0o700).create(&folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(folder),
    }
}

/// The place of a backup that is made now; `why` tells those apart that the program makes by itself.
pub(crate) fn place(folder: &Path, why: &str, now: Timestamp) -> PathBuf {
    let moment = now.to_rfc3339().replace(':', "");
    let name = |n: u32| match n {
        0 => folder.join(format!("{why}-{moment}{END}")),
        n => folder.join(format!("{why}-{moment}_{n:03}{END}")),
    };
    // Behind those of the same second, whose older ones may have been removed: names are in the order of their making.
    let newest = (0..MOST_A_SECOND).rev().find(|n| name(*n).exists());
    name(newest.map_or(0, |n| n + 1))
}

/// The backups in a folder whose names begin with `why`, the oldest first.
///
/// # Errors
/// Those of the file system.
pub(crate) fn made(folder: &Path, why: &str) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        if name.is_some_and(|name| name.starts_with(&format!("{why}-")) && name.ends_with(END)) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Every backup in a folder.
///
/// # Errors
/// Those of the file system.
pub(crate) fn every(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "db") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Where the paths of backups stand that were written elsewhere.
fn elsewhere_file(database: &Path) -> PathBuf {
    folder_of(database).join("elsewhere")
}

/// Keeps in mind that a backup was written elsewhere.
///
/// # Errors
/// Those of the file system.
pub(crate) fn remember_elsewhere(database: &Path, path: &Path) -> io::Result<()> {
    make_folder(database)?;
    let path = fs::canonicalize(path)?;
    let mut all = elsewhere(database)?;
    if !all.contains(&path) {
        all.push(path);
    }
    let lines: Vec<String> = all
        .iter()
        .map(|one| format!("{}\n", one.display()))
        .collect();
    fs::write(elsewhere_file(database), lines.concat())
}

/// The backups that were written elsewhere and are still there.
///
/// # Errors
/// Those of the file system.
pub(crate) fn elsewhere(database: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_to_string(elsewhere_file(database)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
        Ok(text) => {
            let paths = text.lines().map(PathBuf::from);
            Ok(paths.filter(|path| path.exists()).collect())
        }
    }
}
