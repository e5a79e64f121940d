//! `note` and `notes`: words kept about a person; `account note` keeps them about an account.

use clap::{Args, Subcommand};

use crate::domain::correction::Fact;
use crate::domain::told::About;
use crate::domain::typed_day::TypedDay;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence, Shown};
use crate::resolve;
use crate::resolve::arguments::{AsOf, day, limit, note_number, words};
use crate::resolve::colleague::slip;
use crate::resolve::filter::FilterArgs;
use crate::resolve::keeping::{Kept, keep};
use crate::session::{Done, Session};
use crate::store::{NewNote, NoteRow, Whose};
use crate::views;
use crate::views::changes::Changes;

/// Arguments of `note`.
#[derive(Debug, Args)]
pub struct NoteArgs {
    /// About whom: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO", value_parser = words)]
    pub who: String,
    /// What is to be kept.
    #[command(flatten)]
    pub note: Kept,
}

/// Arguments of `notes`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct NotesArgs {
    /// Only about this person
    #[arg(value_name = "WHO", value_parser = words)]
    pub who: Option<String>,
    /// Only about accounts, not about people
    #[arg(long, conflicts_with = "who")]
    pub of_accounts: bool,
    /// Only with these words
    #[arg(long, value_name = "WORDS")]
    pub about: Option<About>,
    /// About whom.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// At most so many
    #[arg(long, value_name = "NUMBER", value_parser = limit)]
    pub limit: Option<u32>,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
    /// What is to be put right.
    #[command(subcommand)]
    pub correct: Option<NotesCommand>,
}

/// How a note is put right.
#[derive(Debug, Subcommand)]
pub enum NotesCommand {
    /// Correct a note
    Edit(NoteEditArgs),
    /// Remove a note
    Remove(NoteRemoveArgs),
}

/// Arguments of `notes edit`.
#[derive(Debug, Args)]
pub struct NoteEditArgs {
    /// The note's number, as `notes` lists it
    #[arg(value_name = "ID", value_parser = note_number)]
    pub id: i64,
    /// The words in its place
    #[arg(value_name = "WORDS", value_parser = words)]
    pub words: Vec<String>,
    /// The day it was said
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<TypedDay>,
    /// The colleague who heard it
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub by: Option<String>,
    /// Why it is corrected
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub reason: Option<String>,
}

/// Arguments of `notes remove`.
#[derive(Debug, Args)]
pub struct NoteRemoveArgs {
    /// The note's number, as `notes` lists it
    #[arg(value_name = "ID", value_parser = note_number)]
    pub id: i64,
    /// Why it is removed
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub reason: Option<String>,
}

pub(super) fn add(args: &NoteArgs, session: &mut Session<'_>) -> Result<Done> {
    let mut nearly = None;
    session.record("note/1", |writing, present| {
        nearly = slip(writing, args.note.by.as_deref())?;
        let person = resolve::person(writing, &args.who)?;
        let record = Record::new().with("email", "Person", &person.email);
        keep(
            writing,
            present,
            Whose::Person(person.id),
            &args.note,
            record,
        )
    })?;
    session.note_any(nearly)
}

pub(super) fn run(args: &NotesArgs, session: &mut Session<'_>) -> Result<Done> {
    match &args.correct {
        None => list(args, session),
        Some(NotesCommand::Edit(args)) => edit(args, session),
        Some(NotesCommand::Remove(args)) => remove(args, session),
    }
}

fn list(args: &NotesArgs, session: &mut Session<'_>) -> Result<Done> {
    let most = session.most(args.limit);
    session.answer("notes/1", args.as_of.as_of, |tx, present| {
        let mut rows = match &args.who {
            Some(who) => tx.notes_about(Whose::Person(resolve::person(tx, who)?.id))?,
            None => tx.notes()?,
        };
        let all = rows.len();
        let passing = args.filter.passing(tx, present)?;
        rows.retain(|row| passing.concerns(row.person, row.account_id));
        rows.retain(|row| !args.of_accounts || row.person.is_none());
        if let Some(about) = &args.about {
            rows.retain(|row| about.is_in(&row.note));
        }
        rows.truncate(most);
        let whose = match args.who {
            Some(_) => Shown::ToPrograms,
            None => Shown::Everywhere,
        };
        let first = CommandLine::of("note WHO WORDS");
        let filtered = all > 0 || args.who.is_some();
        Ok(
            views::notes::table(&rows, present, whose).empty(match filtered {
                true => "No notes like that.".into(),
                false => Sentence::from("No notes. Keep the first with: ").then(first),
            }),
        )
    })
}

fn edit(args: &NoteEditArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("note-edit/1", |writing, present| {
        let old = resolve::note(writing, args.id)?;
        let typed = args.words.join(" ");
        let new = NewNote {
            person: old.person,
            account: old.account_id,
            note: match typed.is_empty() {
                true => &old.note,
                false => &typed,
            },
            by: args.by.as_deref().unwrap_or(&old.by),
            at: present.moved_to(old.at, args.on)?,
        };
        let changes = Changes::default()
            .field("words", Some(old.note.as_str()), Some(new.note))
            .field("day", Some(present.day(old.at)), Some(present.day(new.at)))
            .field("by", Some(old.by.as_str()), Some(new.by));
        if changes.is_empty() {
            let what = format!("note {}", old.id);
            return Err(Failure::nothing_to_change("notes edit", what));
        }
        writing.correct_note(old.id, &new)?;
        writing.note_changed(Fact::Note, old.id.0, old.person, args.reason.as_deref())?;
        Ok(record(&old).with("changes", "Corrected", changes.sheet()))
    })
}

fn remove(args: &NoteRemoveArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("note-remove/1", |writing, _| {
        let old = resolve::note(writing, args.id)?;
        writing.remove_note(old.id)?;
        writing.note_removed(Fact::Note, old.id.0, old.person, args.reason.as_deref())?;
        Ok(record(&old).with("removed", "Removed", &old.note))
    })
}

fn record(old: &NoteRow) -> Record {
    let about = match old.person {
        Some(_) => ("email", "Person", old.email.as_ref()),
        None => ("account", "Account", old.account.as_ref()),
    };
    Record::new()
        .with("note_id", "Note", old.id)
        .with(about.0, about.1, about.2)
}
