//! `forget`: erases a person (`docs/privacy.md`).

use std::path::PathBuf;

use clap::Args;

use crate::domain::ids::PersonId;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence, Table, count_of};
use crate::prompt;
use crate::resolve::arguments::words;
use crate::resolve::{self, forgetting};
use crate::session::{Done, Session};
use crate::store::{ClockSetBack, Forgettable, Naming, NewOperation, Store, backups};

/// Arguments of `forget`.
#[derive(Debug, Args)]
pub struct ForgetArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO", value_parser = words)]
    pub who: String,
    /// Show what would be erased, and erase nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// What is to be erased, as it is shown first.
struct Found {
    person: Forgettable,
    id: PersonId,
    email: String,
    facts: Vec<(String, u32)>,
    naming: Vec<Naming>,
}

pub(super) fn run(args: &ForgetArgs, session: &mut Session<'_>) -> Result<Done> {
    let (found, today) = session.read(None, |tx, present| {
        let named = resolve::person(tx, &args.who)?;
        let person = tx.forgettable(named.id)?;
        let found = Found {
            id: named.id,
            email: named.email.clone(),
            facts: tx.fact_counts_of(named.id)?,
            naming: tx.naming(&person)?,
            person,
        };
        Ok((found, present.today))
    })?;
    let (own, elsewhere) = own_and_elsewhere(session)?;
    if args.dry_run || !session.assume_yes {
        session.show("forget/1", today, record(&found, &own, &elsewhere))?;
        if args.dry_run {
            return Ok(Done::Fully);
        }
        confirm(&found, session)?;
    }
    session.write(|writing, _| forgetting::erase(writing, &found.person))?;
    let store = Store::open_write(&session.database, session.lock_wait)?;
    store.rewrite()?;
    drop(store);
    for path in &own {
        erase_in(path, &found.person, session)?;
    }
    let record = record(&found, &own, &elsewhere).say_all(elsewhere.iter().map(|path| {
        Sentence::from(format!(
            "{} was written elsewhere and still names them: delete it, or restore it and forget them again",
            path.display()
        ))
    }));
    session.show("forget/1", today, record)
}

/// Backups that the program keeps, and those that were written elsewhere.
fn own_and_elsewhere(session: &Session<'_>) -> Result<(Vec<PathBuf>, Vec<PathBuf>)> {
    let folder = backups::folder_of(&session.database);
    let own = match folder.is_dir() {
        true => backups::every(&folder)?,
        false => Vec::new(),
    };
    Ok((own, backups::elsewhere(&session.database)?))
}

/// Has the address typed, for there is no way back.
fn confirm(found: &Found, session: &Session<'_>) -> Result<()> {
    if !session.interactive {
        let again = CommandLine::of("forget").value(&found.email).then("--yes");
        let hint = Sentence::from("it cannot be taken back; to do it: ").then(again);
        return Err(Failure::usage_hint(
            format!("{} would be erased", found.email),
            hint,
        ));
    }
    let typed = prompt::line(
        "It cannot be taken back. Type the address to erase them",
        None,
    )?;
    match typed.is_some_and(|typed| typed.eq_ignore_ascii_case(&found.email)) {
        true => Ok(()),
        false => Err(Failure::usage(
            "that is not the address; nothing was erased",
        )),
    }
}

/// Erases somebody in a backup of ours; one in which that cannot be done is deleted.
fn erase_in(path: &std::path::Path, person: &Forgettable, session: &mut Session<'_>) -> Result<()> {
    let operation = NewOperation {
        clock: ClockSetBack::Follow,
        command: "advocate forget",
        ..session.operation(ClockSetBack::Follow)
    };
    let erased = (|| -> Result<()> {
        let mut store = Store::open_write(path, session.lock_wait)?;
        store.write_or_rehearse(&operation, false, |writing| {
            forgetting::erase(writing, person)
        })?;
        Ok(store.rewrite()?)
    })();
    if erased.is_err() {
        std::fs::remove_file(path)?;
        session.note(format!(
            "{} could not be rewritten and was deleted",
            path.display()
        ))?;
    }
    Ok(())
}

fn record(found: &Found, own: &[PathBuf], elsewhere: &[PathBuf]) -> Record {
    let facts: Vec<_> = found.facts.iter().collect();
    Record::new()
        .with("person_id", "Person", found.id)
        .with(
            "facts",
            "Kept, naming nobody",
            Table::of(&facts)
                .left("table", "Table", |(table, _)| table)
                .right("rows", "Rows", |(_, rows)| *rows)
                .empty("none"),
        )
        .with(
            "naming",
            "Texts of others that name them, cleared there",
            Table::of(&found.naming)
                .left("table", "Table", |one| &one.table)
                .left("column", "Column", |one| &one.column)
                .left("text", "Text", |one| &one.text)
                .empty("none"),
        )
        .with(
            "backups",
            "Backups rewritten",
            count_of(own.len(), "file", "files"),
        )
        .with(
            "elsewhere",
            "Backups elsewhere",
            count_of(elsewhere.len(), "file", "files"),
        )
}
