//! Where backups lie: in a folder beside the database, named by why and when they were made.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::domain::calendar::Timestamp;
use crate::system;

/// What the name of every backup ends with.
const END: &str = ".db";

/// How many backups of a kind a second may bring.
const MOST_A_SECOND: u32 = 200;

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// Somebody asked for it.
    AskedFor,
    /// A restore put aside what was there.
    BeforeRestore,
    /// The schema was about to change.
    BeforeUpgrade,
}

impl Why {
    const ALL: [Why; 3] = [Why::AskedFor, Why::BeforeRestore, Why::BeforeUpgrade];

    const fn prefix(self) -> &'static str {
        match self {
            Why::AskedFor => "backup-",
            Why::BeforeRestore => "before-restore-",
            Why::BeforeUpgrade => "before-upgrade-",
        }
    }
}

/// The folder of backups of a database.
pub(crate) fn folder_of(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(".backups");
    PathBuf::from(name)
}

/// The place of a backup that is made now.
pub(crate) fn place(database: &Path, why: Why, now: Timestamp) -> PathBuf {
    let moment = now.to_rfc3339().replace(':', "");
    let (folder, prefix) = (folder_of(database), why.prefix());
    let name = |n: u32| match n {
        0 => folder.join(format!("{prefix}{moment}{END}")),
        n => folder.join(format!("{prefix}{moment}_{n:03}{END}")),
    };
    // Behind those of the same second, whose older ones may have been removed: names are in the order of their making.
    let newest = (0..MOST_A_SECOND).rev().find(|n| name(*n).exists());
    name(newest.map_or(0, |n| n + 1))
}

/// The backups of a database that were made for a reason, the oldest first.
///
/// # Errors
/// Those of the file system.
pub(crate) fn made(database: &Path, why: Why) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder_of(database)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        if name.is_some_and(|name| name.starts_with(why.prefix()) && name.ends_with(END)) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Every backup of a database that the program keeps.
///
/// # Errors
/// Those of the file system.
pub(crate) fn every(database: &Path) -> io::Result<Vec<PathBuf>> {
    let all = Why::ALL.map(|why| made(database, why));
    let all: Vec<Vec<PathBuf>> = all.into_iter().collect::<io::Result<_>>()?;
    Ok(all.concat())
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
    let path = fs::canonicalize(path)?;
    if told_elsewhere(database)?.contains(&path) {
        return Ok(());
    }
    system::private_folder()
        .recursive(true)
        .create(folder_of(database))?;
    let file = system::private_file()
        .append(true)
        .create(true)
        .open(elsewhere_file(database));
    writeln!(file?, "{}", path.display())
}

/// The backups that were written elsewhere and may be there still: also on a disk that is not at hand.
///
/// # Errors
/// Those of the file system.
pub(crate) fn elsewhere(database: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = told_elsewhere(database)?;
    let is_gone = |path: &Path| !path.exists() && path.parent().is_some_and(Path::exists);
    paths.retain(|path| !is_gone(path));
    Ok(paths)
}

fn told_elsewhere(database: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_to_string(elsewhere_file(database)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
        Ok(text) => Ok(text.lines().map(PathBuf::from).collect()),
    }
}
