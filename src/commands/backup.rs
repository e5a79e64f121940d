//! `backup` and `restore`: copies of the whole database (`docs/backup.md`).

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Entry, Record, Sentence, Shown, Unfinished, count_of};
use crate::prompt;
use crate::resolve::arguments::{path, whole};
use crate::resolve::forgetting;
use crate::session::{Done, Session};
use crate::store::{ForgottenList, OperationRow, Store, StoreError, backups, sidecars};

/// How the names of backups begin: those that were asked for, and what a restore put aside.
const ASKED_FOR: &str = "backup";
const ASIDE: &str = "before-restore";

/// Arguments of `backup`.
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// Where to [default: a new file in the folder DATABASE.backups]
    #[arg(value_name = "FILE", value_parser = path())]
    pub file: Option<PathBuf>,
    /// Keep the newest so many of that folder, and remove older ones
    #[arg(long, value_name = "NUMBER", value_parser = whole::<1, 10_000>, conflicts_with = "file")]
    pub keep: Option<u32>,
}

/// Arguments of `restore`.
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// A file that `backup` made
    #[arg(value_name = "FILE", value_parser = path())]
    pub file: PathBuf,
}

pub(super) fn backup(args: &BackupArgs, session: &mut Session<'_>) -> Result<Done> {
    let store = Store::open_copy(&session.database, session.lock_wait)?;
    let now = session.clock.now();
    let place = match &args.file {
        Some(file) => file.clone(),
        None => {
            let folder = backups::make_folder(&session.database)?;
            backups::place(&folder, ASKED_FOR, now)
        }
    };
    let newest = copy(&store, &place)?;
    let removed = match (&args.file, args.keep) {
        (Some(_), _) => {
            backups::remember_elsewhere(&session.database, &place)?;
            0
        }
        (None, None) => 0,
        (None, Some(keep)) => rotate(&session.database, keep as usize)?,
    };
    let restore = CommandLine::of("restore").value(place.display());
    let policy = store.read(|tx| tx.policy())?;
    let today = session.clock.today(policy.time_zone);
    let record = Record::new()
        .with("file", "Backup", place.display().to_string())
        .entry(Entry::new("bytes", "", fs::metadata(&place)?.len()).only(Shown::ToPrograms))
        .with("operation_id", "Newest operation", newest.map(|one| one.id))
        .with("removed", "Older ones removed", removed)
        .say(Sentence::from("To bring it back: ").then(restore));
    session.show("backup/1", today, record)
}

/// Copies the database to a place where nothing is yet, and proves the copy.
fn copy(store: &Store, place: &Path) -> Result<Option<OperationRow>> {
    let doing = || format!("cannot write {}", place.display());
    if place.exists() {
        return Err(StoreError::Exists(place.to_owned()).into());
    }
    let unfinished = Unfinished::at(place).map_err(|error| Failure::from(error).doing(doing()))?;
    store.copy_to(unfinished.path())?;
    let published = unfinished.publish();
    published.map_err(|error| Failure::from(error).doing(doing()))?;
    Ok(store.read(|tx| tx.newest_operation())?)
}

/// Removes all but the newest backups.
fn rotate(database: &Path, keep: usize) -> Result<usize> {
    let all = backups::made(&backups::folder_of(database), ASKED_FOR)?;
    let old = all.len().saturating_sub(keep);
    for path in &all[..old] {
        fs::remove_file(path)?;
    }
    Ok(old)
}

pub(super) fn restore(args: &RestoreArgs, session: &mut Session<'_>) -> Result<Done> {
    let source = Store::open_copy(&args.file, session.lock_wait)?;
    source.read(|tx| tx.check_structure())?;
    let newest = source.read(|tx| tx.newest_operation())?;
    let present = Store::open_copy(&session.database, session.lock_wait);
    let lost = match &present {
        Ok(present) => Some(present.read(|tx| tx.operations_after(newest.as_ref()))?),
        Err(_) => None,
    };
    let told = match (&lost, &present) {
        (Some(lost), _) => format!(
            "{} would be lost",
            count_of(lost.len(), "operation", "operations")
        ),
        (None, Err(error)) => format!("the database of today cannot be read: {error}"),
        (None, Ok(_)) => String::new(),
    };
    if !session.assume_yes {
        let again = CommandLine::of("restore")
            .value(args.file.display())
            .then("--yes");
        if !session.interactive {
            let hint = Sentence::from("to do it all the same: ").then(again);
            return Err(Failure::usage_hint(told, hint));
        }
        for row in lost.iter().flatten().take(5) {
            writeln!(session.err, "{}  {}", row.id, row.command)?;
        }
        if !prompt::yes(&format!("{told}. Restore?"), false)? {
            session.note("nothing was changed")?;
            return Ok(Done::Fully);
        }
    }
    let list = present
        .as_ref()
        .ok()
        .and_then(|one| one.read(|tx| tx.forgotten_list()).ok());
    let list = list.flatten();
    let aside = put_aside(present, session)?;
    match session.database.exists() {
        true => Store::bring_back(&session.database, &source, session.lock_wait)?,
        false => {
            copy(&source, &session.database)?;
        }
    }
    // The next command that writes would upgrade it; one that reads would refuse.
    drop(Store::open_write(&session.database, session.lock_wait)?);
    session.has_written = true;
    let erased = match &list {
        Some(list) => erase_again(list, session)?,
        None => 0,
    };
    let restored = args.file.display().to_string();
    session.answer("restore/1", None, |tx, _| {
        tx.check_structure()?;
        let newest = tx.newest_operation()?;
        Ok(Record::new()
            .with("restored", "Restored", restored)
            .with("operation_id", "Newest operation", newest.map(|one| one.id))
            .with("lost", "Operations lost", lost.map(|rows| rows.len()))
            .with_any("erased", "Erased again", (erased > 0).then_some(erased))
            .with(
                "aside",
                "What was there",
                aside.map(|path| path.display().to_string()),
            )
            .say(CommandLine::of("check")))
    })
}

/// Erases those again who were erased after the backup was made.
fn erase_again(list: &ForgottenList, session: &mut Session<'_>) -> Result<usize> {
    let people = session.read(None, |tx, _| Ok(tx.on_list(list)?))?;
    if people.is_empty() {
        return Ok(0);
    }
    session.write_word(true, |writing, _| {
        writing.keep_key(list)?;
        for person in &people {
            let person = writing.forgettable(*person)?;
            forgetting::erase(writing, &person)?;
        }
        Ok(())
    })?;
    let store = Store::open_write(&session.database, session.lock_wait)?;
    store.rewrite()?;
    Ok(people.len())
}

/// Keeps the database of today in the folder of backups: a copy, or the file itself where it cannot be read.
fn put_aside(
    present: crate::store::Result<Store>,
    session: &Session<'_>,
) -> Result<Option<PathBuf>> {
    let database = &session.database;
    if !database.exists() {
        return Ok(None);
    }
    let folder = backups::make_folder(database)?;
    let place = backups::place(&folder, ASIDE, session.clock.now());
    let copied = present.and_then(|present| present.copy_to(&place));
    if copied.is_err() {
        let _ = fs::remove_file(&place);
        let left: Vec<PathBuf> = sidecars(database).collect();
        fs::rename(database, &place)?;
        for file in left {
            let name = file.file_name().unwrap_or_default().to_owned();
            fs::rename(&file, folder.join(name))?;
        }
    }
    Ok(Some(place))
}
