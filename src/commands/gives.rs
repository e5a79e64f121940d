//! `gives`: value that was returned, newest first, and what was wrong about it put right.

use clap::{Args, Subcommand};

use crate::domain::correction::Fact;
use crate::domain::typed_day::TypedDay;
use crate::domain::value_back::Cost;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence, Shown};
use crate::resolve;
use crate::resolve::arguments::{AsOf, day, give_number, limit, tap_number, words};
use crate::resolve::filter::FilterArgs;
use crate::session::{Done, Session};
use crate::store::{GiveRow, NewGive};
use crate::views::changes::Changes;
use crate::views::gives::table;

/// Arguments of `gives`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct GivesArgs {
    /// Only to this person
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
    pub correct: Option<GivesCommand>,
}

/// How a give is put right.
#[derive(Debug, Subcommand)]
pub enum GivesCommand {
    /// Correct a give; it counts as corrected on every day
    Edit(GiveEditArgs),
    /// Remove a give that never was
    Remove(GiveRemoveArgs),
}

/// Arguments of `gives edit`.
#[derive(Debug, Args)]
pub struct GiveEditArgs {
    /// The give's number, as `gives` lists it
    #[arg(value_name = "ID", value_parser = give_number)]
    pub id: i64,
    /// What, as `policy menu` lists it
    #[arg(long, value_name = "ITEM", value_parser = words)]
    pub item: Option<String>,
    /// What it cost, such as "25 USD", or free
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    pub cost: Option<Cost>,
    /// The ask that it was for
    #[arg(long, value_name = "ID", value_parser = tap_number)]
    pub tap: Option<i64>,
    /// It was for no ask
    #[arg(long, conflicts_with = "tap")]
    pub no_tap: bool,
    /// The day it was given
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<TypedDay>,
    /// The colleague who gave it
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub by: Option<String>,
    /// Words to keep beside it; "" for none
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// Why it is corrected
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub reason: Option<String>,
}

/// Arguments of `gives remove`.
#[derive(Debug, Args)]
pub struct GiveRemoveArgs {
    /// The give's number, as `gives` lists it
    #[arg(value_name = "ID", value_parser = give_number)]
    pub id: i64,
    /// Why it is removed
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub reason: Option<String>,
}

pub(super) fn run(args: &GivesArgs, session: &mut Session<'_>) -> Result<Done> {
    match &args.correct {
        None => list(args, session),
        Some(GivesCommand::Edit(args)) => edit(args, session),
        Some(GivesCommand::Remove(args)) => remove(args, session),
    }
}

fn list(args: &GivesArgs, session: &mut Session<'_>) -> Result<Done> {
    let most = session.most(args.limit);
    session.answer("gives/1", args.as_of.as_of, |tx, present| {
        let person = args.who.as_ref().map(|who| resolve::person(tx, who));
        let mut rows = match person.transpose()? {
            Some(person) => tx.gives_to(person.id)?,
            None => tx.gives()?,
        };
        let passing = args.filter.passing(tx, present)?;
        rows.retain(|row| passing.concerns(Some(row.person), None));
        rows.truncate(most);
        let whose = match args.who {
            Some(_) => Shown::ToPrograms,
            None => Shown::Everywhere,
        };
        let first = CommandLine::of("give WHO --item ITEM");
        Ok(table(&rows, present, whose).empty(match args.who {
            _ if !args.filter.is_empty() => "No gives like that.".into(),
            Some(_) => "Nothing was given to them.".into(),
            None => Sentence::from("No gives. Record the first with: ").then(first),
        }))
    })
}

fn edit(args: &GiveEditArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("give-edit/1", |writing, present| {
        let old = resolve::give(writing, args.id)?;
        let item = args.item.as_deref();
        let item = item.map(|item| resolve::menu_item(&present.policy, item));
        let tap = resolve::tap_of(writing, args.tap, old.person)?;
        let note = args.note.as_deref().or(old.note.as_deref());
        let new = NewGive {
            person: old.person,
            item: item.transpose()?.map_or(&old.item, |(name, _)| name),
            cost: args.cost.map_or(old.cost, |cost| cost.0),
            tap: tap.or(old.tap).filter(|_| !args.no_tap),
            by: args.by.as_deref().unwrap_or(&old.by),
            note: note.filter(|note| !note.is_empty()),
            at: present.moved_to(old.at, args.on)?,
        };
        let changes = Changes::default()
            .field("item", Some(old.item.as_str()), Some(new.item))
            .field("cost", Some(Cost(old.cost)), Some(Cost(new.cost)))
            .field("tap", old.tap, new.tap)
            .field("day", Some(present.day(old.at)), Some(present.day(new.at)))
            .field("by", Some(old.by.as_str()), Some(new.by))
            .field("note", old.note.as_deref(), new.note);
        if changes.is_empty() {
            let what = format!("give {}", old.id);
            return Err(Failure::nothing_to_change("gives edit", what));
        }
        writing.correct_give(old.id, &new)?;
        let reason = args.reason.as_deref();
        writing.note_changed(Fact::Give, old.id.0, Some(old.person), reason)?;
        Ok(record(&old).with("changes", "Corrected", changes.sheet()))
    })
}

fn remove(args: &GiveRemoveArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("give-remove/1", |writing, present| {
        let old = resolve::give(writing, args.id)?;
        writing.remove_give(old.id)?;
        let reason = args.reason.as_deref();
        writing.note_removed(Fact::Give, old.id.0, Some(old.person), reason)?;
        let removed = format!("{} of {}", old.item, present.day(old.at));
        Ok(record(&old).with("removed", "Removed", removed))
    })
}

fn record(old: &GiveRow) -> Record {
    Record::new()
        .with("give_id", "Give", old.id)
        .with("email", "Person", &old.email)
}
