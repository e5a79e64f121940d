//! `forget`: erases a person (`docs/privacy.md`).

use std::path::{Path, PathBuf};

use clap::Args;

use crate::domain::calendar::months_before;
use crate::domain::ids::PersonId;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence, Table, count, count_of, remove_left};
use crate::prompt;
use crate::resolve::arguments::words;
use crate::resolve::{self, forgetting};
use crate::session::{Done, Session};
use crate::store::{ClockSetBack, Forgettable, Naming, Store, backups, sidecars};

/// Arguments of `forget`.
#[derive(Debug, Args)]
pub struct ForgetArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO", value_parser = words, required_unless_present = "due")]
    pub who: Option<String>,
    /// List who never took part and was without contact for too long (`policy show privacy.keep-months`)
    #[arg(long, conflicts_with = "who")]
    pub due: bool,
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
    match &args.who {
        Some(who) => forget(who, args.dry_run, session),
        None => due(session),
    }
}

/// Lists who is to be erased by the policy. Nobody is erased by itself.
fn due(session: &mut Session<'_>) -> Result<Done> {
    let (rows, present) = session.read(None, |tx, present| {
        let months = present.policy.keep.contact_months;
        let since = months_before(present.today, months);
        let rows = match months {
            0 => Vec::new(),
            _ => tx.without_contact_since(present.policy.time_zone.start_of(since))?,
        };
        Ok((rows, present.clone()))
    })?;
    let months = present.policy.keep.contact_months;
    let table = Table::of(&rows)
        .right("id", "Id", |(card, _)| card.id)
        .left("email", "E-mail", |(card, _)| &card.email)
        .left("name", "Name", |(card, _)| card.name.as_ref())
        .left("account", "Account", |(card, _)| card.account.as_ref())
        .left("last_contact_on", "Last contact", |(_, last)| {
            present.day(*last)
        })
        .data("command", |(card, _)| {
            CommandLine::of("forget").value(&card.email)
        })
        .empty(match months {
            0 => "Nobody is listed: privacy.keep-months is 0.".to_owned(),
            _ => format!("Nobody was without contact for {}.", count(months, "month")),
        });
    session.show("forget-due/1", present.today, table)?;
    if let Some((first, _)) = rows.first() {
        let forget = CommandLine::of("forget").value(&first.email);
        session.note(Sentence::from("to erase one of them: ").then(forget))?;
    }
    Ok(Done::Fully)
}

fn forget(who: &str, dry_run: bool, session: &mut Session<'_>) -> Result<Done> {
    let found = session.read(None, |tx, present| {
        let named = match resolve::person(tx, who) {
            Ok(named) => named,
            Err(unknown) => {
                let list = tx.forgotten_list()?;
                let was_erased = list.is_some_and(|list| list.has(&who.to_lowercase()));
                return if was_erased { Ok(None) } else { Err(unknown) };
            }
        };
        let person = tx.forgettable(named.id)?;
        let found = Found {
            id: named.id,
            email: named.email.clone(),
            facts: tx.fact_counts_of(named.id)?,
            naming: tx.naming(&person)?,
            person,
        };
        Ok(Some((found, present.today)))
    })?;
    // No word that names them is to stay, not even in the command that erases them.
    session.command = "advocate forget".to_owned();
    let Some((found, today)) = found else {
        return go_on(dry_run, session);
    };
    let own = backups::every(&session.database)?;
    let elsewhere = backups::elsewhere(&session.database)?;
    let asks = !session.assume_yes;
    if dry_run || asks {
        session.show("forget/1", today, record(&found, &own, &elsewhere))?;
        if dry_run {
            return Ok(Done::Fully);
        }
        confirm(&found, session)?;
    }
    // What a killed command left holds whole copies.
    let beside = [&session.database].into_iter().chain(&elsewhere);
    for folder in beside.filter_map(|path| path.parent()) {
        remove_left(match folder.as_os_str().is_empty() {
            true => Path::new("."),
            false => folder,
        });
    }
    remove_left(&backups::folder_of(&session.database));
    // The backups first: as long as the database knows them, the same command can be typed again.
    for path in &own {
        erase_in(path, &found.person, session)?;
    }
    session.write_word(true, |writing, _| forgetting::erase(writing, &found.person))?;
    rewrite(&found.email, session)?;
    for path in &elsewhere {
        session.warn(format!(
            "{} was written elsewhere and still names them: delete it",
            path.display()
        ))?;
    }
    match asks {
        // It was shown before the question.
        true => {
            session.note("they are erased")?;
            Ok(Done::Fully)
        }
        false => session.show("forget/1", today, record(&found, &own, &elsewhere)),
    }
}

/// What is done once somebody is erased.
const REWRITING: &str = "rewriting the file, so that nothing is left in it";

/// Rewrites the file of somebody who was erased, where that could not be done at once.
fn go_on(dry_run: bool, session: &mut Session<'_>) -> Result<Done> {
    let said = match dry_run {
        true => "They were erased already.",
        false => {
            let _progress = session.progress(REWRITING);
            session.open_to_write()?.rewrite()?;
            "They were erased already; the file was rewritten once more."
        }
    };
    session.answer("forget/1", None, |_, _| {
        Ok(Record::new().with("result", "", said))
    })
}

/// Rewrites the file, so that nothing is left between its rows.
fn rewrite(address: &str, session: &Session<'_>) -> Result<()> {
    let _progress = session.progress(REWRITING);
    let rewritten = session.open_to_write()?.rewrite();
    rewritten.map_err(|error| {
        let again = CommandLine::of("forget").value(address).then("--yes");
        Failure::from(error)
            .doing("they are erased, but others use the file, and its free pages still hold them")
            .hint(Sentence::from("when nobody uses it: ").then(again))
    })
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
fn erase_in(path: &Path, person: &Forgettable, session: &mut Session<'_>) -> Result<()> {
    let operation = session.operation(ClockSetBack::Follow);
    let erased = (|| -> Result<()> {
        // Of an older version no copy is kept: it would name them.
        let mut backup = Store::open_write(path, session.lock_wait, |_, _| Ok::<_, Failure>(()))?;
        backup.write_or_rehearse(&operation, false, |writing| -> Result<()> {
            for here in writing.forgettable_here(person)? {
                forgetting::erase(writing, &here)?;
            }
            Ok(())
        })?;
        Ok(backup.rewrite_copy()?)
    })();
    if erased.is_err() {
        for file in sidecars(path) {
            std::fs::remove_file(file)?;
        }
        std::fs::remove_file(path)?;
        session.warn(format!(
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
        .with("email", "E-mail", &found.email)
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
            "Backups of ours, rewritten",
            count_of(own.len(), "file", "files"),
        )
        .with(
            "elsewhere",
            "Backups elsewhere",
            count_of(elsewhere.len(), "file", "files"),
        )
}
