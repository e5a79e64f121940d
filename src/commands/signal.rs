//! `signal add|list` and `signals`: positive moments that no survey and no ask has shown, and what was wrong about them put
//! right.

use clap::{Args, Subcommand};

use crate::domain::correction::Fact;
use crate::domain::signal::SignalKind;
use crate::domain::typed_day::TypedDay;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence, Shown};
use crate::resolve::arguments::{AsOf, day, limit, signal_number, word, words};
use crate::resolve::filter::FilterArgs;
use crate::resolve::{self, account};
use crate::session::{Done, Session};
use crate::store::{NewSignal, SignalFilter, SignalRow, Tx, Whose};
use crate::views::changes::Changes;
use crate::views::signals::table;

/// What can be done with signals.
#[derive(Debug, Subcommand)]
pub enum SignalCommand {
    /// Record a positive moment of a person or an account
    Add(SignalAddArgs),
    /// List positive moments, newest first
    List(SignalListArgs),
}

/// Arguments of `signal add`.
#[derive(Debug, Args)]
pub struct SignalAddArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO", value_parser = words, required_unless_present = "account")]
    pub who: Option<String>,
    /// Instead of one person an account, by name, domain or CRM id: the signal counts for all its people
    #[arg(long, value_name = "ACCOUNT", value_parser = words, conflicts_with = "who")]
    pub account: Option<String>,
    /// What was seen: power-user, health, community, support-praise, public-praise, business-review, renewal,
    /// expansion or repeat-customer
    #[arg(value_parser = word::<SignalKind>(), hide_possible_values = true, long, value_name = "KIND")]
    pub kind: SignalKind,
    /// The figure that shows it, such as "active days 24"
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub reading: Option<String>,
    /// The day it happened [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<TypedDay>,
    /// Words to keep beside it
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub note: Option<String>,
}

/// Arguments of `signals`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct SignalsArgs {
    /// Which are listed.
    #[command(flatten)]
    pub list: SignalListArgs,
    /// What is to be put right.
    #[command(subcommand)]
    pub correct: Option<SignalsCommand>,
}

/// How a signal is put right.
#[derive(Debug, Subcommand)]
pub enum SignalsCommand {
    /// Correct a signal; it counts as corrected on every day
    Edit(SignalEditArgs),
    /// Remove a signal that never was
    Remove(SignalRemoveArgs),
}

/// Arguments of `signals edit`.
#[derive(Debug, Args)]
pub struct SignalEditArgs {
    /// The signal's number, as `signals` lists it
    #[arg(value_name = "ID", value_parser = signal_number)]
    pub id: i64,
    /// What was seen
    #[arg(value_parser = word::<SignalKind>(), hide_possible_values = true, long, value_name = "KIND")]
    pub kind: Option<SignalKind>,
    /// The figure that shows it; "" for none
    #[arg(long, value_name = "TEXT")]
    pub reading: Option<String>,
    /// The day it happened
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<TypedDay>,
    /// Words to keep beside it; "" for none
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// Why it is corrected
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub reason: Option<String>,
}

/// Arguments of `signals remove`.
#[derive(Debug, Args)]
pub struct SignalRemoveArgs {
    /// The signal's number, as `signals` lists it
    #[arg(value_name = "ID", value_parser = signal_number)]
    pub id: i64,
    /// Why it is removed
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub reason: Option<String>,
}

/// Arguments of `signal list`.
#[derive(Debug, PartialEq, Default, Args)]
pub struct SignalListArgs {
    /// Only of this person, with those of their account
    #[arg(value_name = "WHO", value_parser = words)]
    pub who: Option<String>,
    /// Only of this kind
    #[arg(value_parser = word::<SignalKind>(), hide_possible_values = true, long, value_name = "KIND")]
    pub kind: Option<SignalKind>,
    /// About whom.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// At most so many
    #[arg(long, value_name = "NUMBER", value_parser = limit)]
    pub limit: Option<u32>,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

pub(super) fn run(command: &SignalCommand, session: &mut Session<'_>) -> Result<Done> {
    match command {
        SignalCommand::Add(args) => add(args, session),
        SignalCommand::List(args) => list(args, session),
    }
}

pub(super) fn run_all(args: &SignalsArgs, session: &mut Session<'_>) -> Result<Done> {
    match &args.correct {
        None => list(&args.list, session),
        Some(SignalsCommand::Edit(args)) => edit(args, session),
        Some(SignalsCommand::Remove(args)) => remove(args, session),
    }
}

/// Whose a signal is, and the words for them: an address, or an account's name.
fn whose(tx: &Tx<'_>, who: Option<&str>, account: Option<&str>) -> Result<(Whose, String)> {
    if let Some(words) = account {
        let account = account::known(tx, words)?;
        let shown = account.name.or(account.domain).unwrap_or_default();
        return Ok((Whose::Account(account.id), shown));
    }
    let person = resolve::person(tx, who.unwrap_or_default())?;
    Ok((Whose::Person(person.id), person.email))
}

fn add(args: &SignalAddArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("signal-add/1", |writing, present| {
        let (of, shown) = whose(writing, args.who.as_deref(), args.account.as_deref())?;
        let at = present.instant_on(args.on)?;
        let id = writing.add_signal(&NewSignal {
            of,
            kind: args.kind,
            reading: args.reading.as_deref(),
            note: args.note.as_deref(),
            key: None,
            at,
        })?;
        let (key, label, next) = match of {
            Whose::Person(_) => {
                let show = CommandLine::of("show").value(&shown);
                ("email", "Person", Sentence::from("Next: ").then(show))
            }
            Whose::Account(_) => {
                let next = "It counts for everyone at the account.";
                ("account", "Account", next.into())
            }
        };
        Ok(Record::new()
            .with("signal_id", "Signal", id)
            .with(key, label, shown)
            .with("kind", "Kind", args.kind)
            .with("reading", "Reading", args.reading.as_deref())
            .with("happened_on", "On", present.day(at))
            .with("note", "Note", args.note.as_deref())
            .say(next))
    })
}

fn list(args: &SignalListArgs, session: &mut Session<'_>) -> Result<Done> {
    let most = session.most(args.limit);
    session.answer("signal-list/1", args.as_of.as_of, |tx, present| {
        let mut filter = SignalFilter {
            kind: args.kind,
            limit: u32::try_from(most).ok().filter(|_| args.filter.is_empty()),
            ..SignalFilter::default()
        };
        // Of an account, those of the account itself.
        let account = args.filter.account.as_deref();
        let whom = FilterArgs {
            account: None,
            ..args.filter.clone()
        };
        if args.who.is_some() || account.is_some() {
            match whose(tx, args.who.as_deref(), account)?.0 {
                Whose::Person(person) => filter.person = Some(person),
                Whose::Account(account) => filter.account = Some(account),
            }
        }
        let mut rows = tx.signals(&filter)?;
        let passing = whom.passing(tx, present)?;
        rows.retain(|row| match row.of {
            Whose::Person(person) => passing.concerns(Some(person), None),
            Whose::Account(account) => passing.concerns(None, Some(account)),
        });
        rows.truncate(most);
        Ok(table(&rows, present, Shown::Everywhere).empty(nothing_found(args)))
    })
}

fn nothing_found(args: &SignalListArgs) -> Sentence {
    let everything = SignalListArgs {
        limit: args.limit,
        ..SignalListArgs::default()
    };
    let first = CommandLine::of("signal add WHO --kind power-user");
    match *args == everything {
        true => Sentence::from("No signals. Add the first with: ").then(first),
        false => "No signals like that.".into(),
    }
}

fn edit(args: &SignalEditArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("signal-edit/1", |writing, present| {
        let old = resolve::signal(writing, args.id)?;
        let said = |typed: &'_ Option<String>, before: &Option<String>| {
            let words = typed.clone().or_else(|| before.clone());
            words.filter(|words| !words.is_empty())
        };
        let reading = said(&args.reading, &old.reading);
        let note = said(&args.note, &old.note);
        let new = NewSignal {
            of: old.of,
            kind: args.kind.unwrap_or(old.kind),
            reading: reading.as_deref(),
            note: note.as_deref(),
            key: None,
            at: present.moved_to(old.at, args.on)?,
        };
        let changes = Changes::default()
            .field("kind", Some(old.kind), Some(new.kind))
            .field("reading", old.reading.as_deref(), new.reading)
            .field("day", Some(present.day(old.at)), Some(present.day(new.at)))
            .field("note", old.note.as_deref(), new.note);
        if changes.is_empty() {
            let what = format!("signal {}", old.id);
            return Err(Failure::nothing_to_change("signals edit", what));
        }
        writing.correct_signal(old.id, &new)?;
        let reason = args.reason.as_deref();
        writing.note_changed(Fact::Signal, old.id.0, old.of.person(), reason)?;
        Ok(corrected(&old).with("changes", "Corrected", changes.sheet()))
    })
}

fn remove(args: &SignalRemoveArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("signal-remove/1", |writing, present| {
        let old = resolve::signal(writing, args.id)?;
        writing.remove_signal(old.id)?;
        let reason = args.reason.as_deref();
        writing.note_removed(Fact::Signal, old.id.0, old.of.person(), reason)?;
        let removed = format!("{} of {}", old.kind, present.day(old.at));
        let again = old.source.as_ref().map(|source| {
            Sentence::from(format!(
                "It came from a file of {source}: the same file brings it back."
            ))
        });
        Ok(corrected(&old)
            .with("removed", "Removed", removed)
            .say_all(again))
    })
}

fn corrected(old: &SignalRow) -> Record {
    Record::new()
        .with("signal_id", "Signal", old.id)
        .with("email", "Person", old.email.as_ref())
        .with("account", "Account", old.account.as_ref())
}
