//! `backup` and `restore`: copies of the whole database (`docs/backup.md`).
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the counts and the ending were taken from the same list and name"
)]

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Entry, Record, Sentence, Shown, count_of};
use crate::prompt;
use crate::resolve::arguments::{path, whole};
use crate::resolve::forgetting;
use crate::session::new_database::NewDatabase;
use crate::session::{Done, Session};
use crate::store::backups::{self, Why};
use crate::store::{ForgottenList, OperationRow, Store, StoreError, make_folder_of, sidecars};

/// How many of the operations that would be lost are shown.
const SHOWN: usize = 5;

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
    let database = &session.database;
    let store = Store::open_copy(database, session.lock_wait)?;
    let place = match &args.file {
        Some(file) => file.clone(),
        None => backups::place(database, Why::AskedFor, session.clock.now()),
    };
    if place.symlink_metadata().is_ok() {
        return Err(StoreError::Exists(place).into());
    }
    let progress = session.progress("copying the database");
    NewDatabase::copied(&place, &store)?.publish()?;
    drop(progress);
    if args.file.is_some() {
        backups::remember_elsewhere(database, &place)?;
    }
    let removed = match args.keep {
        Some(keep) => rotate(database, keep as usize)?,
        None => 0,
    };
    // Of the copy: others may have written since.
    let copy = Store::open_copy(&place, session.lock_wait)?;
    let (newest, policy) =
        copy.read(|tx| Ok::<_, StoreError>((tx.newest_operation()?, tx.policy()?)))?;
    let restore = CommandLine::of("restore").value(place.display());
    let record = Record::new()
        .with("file", "Backup", place.display().to_string())
        .entry(Entry::new("bytes", "", fs::metadata(&place)?.len()).only(Shown::ToPrograms))
        .with("operation_id", "Newest operation", newest.map(|one| one.id))
        .with("removed", "Older ones removed", removed)
        .say(Sentence::from("To bring it back: ").then(restore));
    session.show("backup/1", session.clock.today(policy.time_zone), record)
}

/// Removes all but the newest backups that were asked for.
fn rotate(database: &Path, keep: usize) -> Result<usize> {
    let all = backups::made(database, Why::AskedFor)?;
    let old = all.len().saturating_sub(keep);
    for path in &all[..old] {
        fs::remove_file(path)?;
    }
    Ok(old)
}

/// What lies where a backup is to be brought back.
enum Present {
    /// A database that can be read whole, with the operations that the backup does not hold, newest first, and who was
    /// erased from it.
    Whole(Store, Vec<OperationRow>, Option<ForgottenList>),
    /// One that is damaged, perhaps beyond being known as ours.
    Damaged,
    /// Nothing.
    Nothing,
}

impl Present {
    fn of(database: &Path, newest: Option<&OperationRow>, session: &Session<'_>) -> Result<Self> {
        let store = match Store::open_copy(database, session.lock_wait) {
            Err(StoreError::Missing(_) | StoreError::Empty(_)) => return Ok(Present::Nothing),
            Err(StoreError::Damaged(_) | StoreError::NotOurs(_)) => return Ok(Present::Damaged),
            store => store?,
        };
        let read = store.read(|tx| {
            tx.check_structure()?;
            Ok((tx.operations_after(newest)?, tx.forgotten_list()?))
        });
        match read {
            Ok((lost, list)) => Ok(Present::Whole(store, lost, list)),
            Err(StoreError::Damaged(_)) => Ok(Present::Damaged),
            Err(error) => Err(error.into()),
        }
    }

    /// What becomes of it.
    fn told(&self) -> String {
        match self {
            Present::Whole(_, lost, _) => {
                let lost = count_of(lost.len(), "operation", "operations");
                format!("{lost} would be lost")
            }
            Present::Damaged => {
                "what is there now is no sound database, and would be put aside".to_owned()
            }
            Present::Nothing => "there is no database yet".to_owned(),
        }
    }

    /// How many operations are lost, where that is known.
    const fn lost(&self) -> Option<usize> {
        match self {
            Present::Whole(_, lost, _) => Some(lost.len()),
            Present::Damaged => None,
            Present::Nothing => Some(0),
        }
    }
}

pub(super) fn restore(args: &RestoreArgs, session: &mut Session<'_>) -> Result<Done> {
    let source = Store::open_copy(&args.file, session.lock_wait)?;
    if let (Ok(one), Ok(other)) = (args.file.canonicalize(), session.database.canonicalize())
        && one == other
    {
        return Err(Failure::usage("that is the database itself"));
    }
    let newest = source.read(|tx| {
        tx.check_structure()?;
        tx.newest_operation()
    })?;
    let present = Present::of(&session.database, newest.as_ref(), session)?;
    if !session.assume_yes && !is_wanted(args, &present, session)? {
        session.note("nothing was changed")?;
        return Ok(Done::Fully);
    }
    let lost = present.lost();
    let progress = session.progress("bringing back what the backup holds");
    let (aside, list) = bring_back(&source, present, session)?;
    drop(progress);
    // One of an older version is upgraded at once: a command that reads would refuse it.
    drop(session.open_to_write()?);
    session.has_written = true;
    let erased = list.map(|list| erase_again(&list, session)).transpose()?;
    let erased = erased.filter(|erased| *erased > 0);
    let restored = args.file.display().to_string();
    let aside = aside.map(|path| path.display().to_string());
    session.answer("restore/1", None, |tx, _| {
        tx.check_structure()?;
        Ok(Record::new()
            .with("restored", "Restored", restored)
            .with(
                "operation_id",
                "Newest operation",
                tx.newest_operation()?.map(|one| one.id),
            )
            .with("lost", "Operations lost", lost)
            .with_any("erased", "Erased again", erased)
            .with("aside", "What was there", aside)
            .say(Sentence::from("To be sure: ").then(CommandLine::of("check"))))
    })
}

/// Says what would be lost, and asks on a terminal.
fn is_wanted(args: &RestoreArgs, present: &Present, session: &mut Session<'_>) -> Result<bool> {
    let told = present.told();
    if !session.interactive {
        let again = CommandLine::of("restore").value(args.file.display());
        let hint = Sentence::from("to do it all the same: ").then(again.then("--yes"));
        return Err(Failure::usage_hint(told, hint));
    }
    if let Present::Whole(_, lost, _) = present {
        for row in lost.iter().take(SHOWN) {
            writeln!(session.err, "{}  {}", row.id, row.command)?;
        }
    }
    Ok(prompt::yes(&format!("{told}. Restore?"), false)?)
}

/// Keeps what is there in the folder of backups and puts the backup in its place. Where what was there lies now, and who
/// was erased from it.
fn bring_back(
    source: &Store,
    present: Present,
    session: &Session<'_>,
) -> Result<(Option<PathBuf>, Option<ForgottenList>)> {
    let database = &session.database;
    let aside = backups::place(database, Why::BeforeRestore, session.clock.now());
    match present {
        Present::Whole(store, _, list) => {
            NewDatabase::copied(&aside, &store)?.publish()?;
            drop(store);
            Store::bring_back(database, source, session.lock_wait)?;
            Ok((Some(aside), list))
        }
        Present::Damaged => {
            let copy = NewDatabase::copied(database, source)?;
            move_aside(database, &aside)?;
            let published = copy.publish();
            published
                .map_err(|error| error.doing(format!("what was there is {}", aside.display())))?;
            Ok((Some(aside), None))
        }
        Present::Nothing => {
            let copy = NewDatabase::copied(database, source)?;
            if database.exists() {
                fs::remove_file(database)?;
            }
            copy.publish()?;
            Ok((None, None))
        }
    }
}

/// Moves a damaged database aside, with what SQLite left beside it.
fn move_aside(database: &Path, aside: &Path) -> Result<()> {
    make_folder_of(aside)?;
    let left: Vec<PathBuf> = sidecars(database).collect();
    fs::rename(database, aside)?;
    for file in left {
        let end = file.as_os_str().as_encoded_bytes();
        let end = &end[database.as_os_str().len()..];
        let mut name = aside.as_os_str().to_owned();
        // SQLite's own endings, such as -wal.
        name.push(&*String::from_utf8_lossy(end));
        fs::rename(&file, PathBuf::from(name))?;
    }
    Ok(())
}

/// Erases those again who were erased after the backup was made, and keeps in mind whoever it does not hold.
fn erase_again(list: &ForgottenList, session: &mut Session<'_>) -> Result<usize> {
    let erased = session.write_word(true, |writing, _| {
        let people = writing.on_list(list)?;
        writing.keep_forgotten(list)?;
        for person in &people {
            let person = writing.forgettable(*person)?;
            forgetting::erase(writing, &person)?;
        }
        Ok(people.len())
    })?;
    if erased > 0 {
        session.open_to_write()?.rewrite()?;
    }
    Ok(erased)
}
