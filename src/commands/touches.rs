//! `touches`: contact that asked for nothing, newest first, and what was wrong about it put right.

use clap::{Args, Subcommand};

use crate::domain::correction::Fact;
use crate::domain::touch::TouchKind;
use crate::domain::typed_day::TypedDay;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence, Shown};
use crate::resolve;
use crate::resolve::arguments::{AsOf, day, limit, tap_number, touch_number, word, words};
use crate::resolve::filter::FilterArgs;
use crate::session::{Done, Session};
use crate::store::{NewTouch, TouchRow};
use crate::views::changes::Changes;
use crate::views::touches::table;

/// Arguments of `touches`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct TouchesArgs {
    /// Only with this person
    #[arg(value_name = "WHO", value_parser = words)]
    pub who: Option<String>,
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
    pub correct: Option<TouchesCommand>,
}

/// How a touch is put right.
#[derive(Debug, Subcommand)]
pub enum TouchesCommand {
    /// Correct a touch; it counts as corrected on every day
    Edit(TouchEditArgs),
    /// Remove a touch that never was
    Remove(TouchRemoveArgs),
}

/// Arguments of `touches edit`.
#[derive(Debug, Args)]
pub struct TouchEditArgs {
    /// The touch's number, as `touches` lists it
    #[arg(value_name = "ID", value_parser = touch_number)]
    pub id: i64,
    /// check-in, thank-you, results-shared, business-review or other
    #[arg(value_parser = word::<TouchKind>(), hide_possible_values = true, long, value_name = "KIND")]
    pub kind: Option<TouchKind>,
    /// Whether they answered: true or false
    #[arg(long, value_name = "BOOL")]
    pub answered: Option<bool>,
    /// Whether they had a good word, at a business-review: true or false
    #[arg(long, value_name = "BOOL")]
    pub good: Option<bool>,
    /// The ask that it was about
    #[arg(long, value_name = "ID", value_parser = tap_number)]
    pub tap: Option<i64>,
    /// It was about no ask
    #[arg(long, conflicts_with = "tap")]
    pub no_tap: bool,
    /// The day it happened
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<TypedDay>,
    /// The colleague who did it
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub by: Option<String>,
    /// Words to keep beside it; "" for none
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// Why it is corrected
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub reason: Option<String>,
}

/// Arguments of `touches remove`.
#[derive(Debug, Args)]
pub struct TouchRemoveArgs {
    /// The touch's number, as `touches` lists it
    #[arg(value_name = "ID", value_parser = touch_number)]
    pub id: i64,
    /// Why it is removed
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub reason: Option<String>,
}

pub(super) fn run(args: &TouchesArgs, session: &mut Session<'_>) -> Result<Done> {
    match &args.correct {
        None => list(args, session),
        Some(TouchesCommand::Edit(args)) => edit(args, session),
        Some(TouchesCommand::Remove(args)) => remove(args, session),
    }
}

fn list(args: &TouchesArgs, session: &mut Session<'_>) -> Result<Done> {
    let most = session.most(args.limit);
    session.answer("touches/1", args.as_of.as_of, |tx, present| {
        let person = args.who.as_ref().map(|who| resolve::person(tx, who));
        let mut rows = match person.transpose()? {
            Some(person) => tx.touches_of(person.id)?,
            None => tx.touches()?,
        };
        let passing = args.filter.passing(tx, present)?;
        rows.retain(|row| passing.concerns(Some(row.person), None));
        rows.truncate(most);
        let whose = match args.who {
            Some(_) => Shown::ToPrograms,
            None => Shown::Everywhere,
        };
        let first = CommandLine::of("touch WHO --kind check-in");
        Ok(table(&rows, present, whose).empty(match args.who {
            _ if !args.filter.is_empty() => "No contact like that.".into(),
            Some(_) => "No contact with them is on record.".into(),
            None => Sentence::from("No touches. Record the first with: ").then(first),
        }))
    })
}

fn edit(args: &TouchEditArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("touch-edit/1", |writing, present| {
        let old = resolve::touch(writing, args.id)?;
        let tap = resolve::tap_of(writing, args.tap, old.person)?;
        let note = args.note.as_deref().or(old.note.as_deref());
        let new = NewTouch {
            person: old.person,
            kind: args.kind.unwrap_or(old.kind),
            tap: tap.or(old.tap).filter(|_| !args.no_tap),
            by: args.by.as_deref().unwrap_or(&old.by),
            answered: args.answered.or(old.answered),
            good: args.good.or(old.good),
            note: note.filter(|note| !note.is_empty()),
            at: present.moved_to(old.at, args.on)?,
        };
        if new.good == Some(true) && new.kind != TouchKind::BusinessReview {
            let message = "a good word is one of a business-review; say --good false as well";
            return Err(Failure::usage(message));
        }
        let changes = Changes::default()
            .field("kind", Some(old.kind), Some(new.kind))
            .field("answered", old.answered, new.answered)
            .field("good word", old.good, new.good)
            .field("tap", old.tap, new.tap)
            .field("day", Some(present.day(old.at)), Some(present.day(new.at)))
            .field("by", Some(old.by.as_str()), Some(new.by))
            .field("note", old.note.as_deref(), new.note);
        if changes.is_empty() {
            let what = format!("touch {}", old.id);
            return Err(Failure::nothing_to_change("touches edit", what));
        }
        writing.correct_touch(old.id, &new)?;
        let reason = args.reason.as_deref();
        writing.note_changed(Fact::Touch, old.id.0, Some(old.person), reason)?;
        Ok(record(&old).with("changes", "Corrected", changes.sheet()))
    })
}

fn remove(args: &TouchRemoveArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("touch-remove/1", |writing, present| {
        let old = resolve::touch(writing, args.id)?;
        writing.remove_touch(old.id)?;
        let reason = args.reason.as_deref();
        writing.note_removed(Fact::Touch, old.id.0, Some(old.person), reason)?;
        let removed = format!("{} of {}", old.kind, present.day(old.at));
        Ok(record(&old).with("removed", "Removed", removed))
    })
}

fn record(old: &TouchRow) -> Record {
    Record::new()
        .with("touch_id", "Touch", old.id)
        .with("email", "Person", &old.email)
}
