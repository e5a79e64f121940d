//! `signal add|list`: positive moments that no survey and no ask has shown.

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use crate::domain::signal::SignalKind;
use crate::failure::Result;
use crate::output::{CommandLine, Record, Sentence, Shown};
use crate::resolve::arguments::{AsOf, day, limit, words};
use crate::resolve::{self, account};
use crate::session::{Done, Session};
use crate::store::{NewSignal, SignalFilter, Tx, Whose};
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
    #[arg(long, value_name = "KIND")]
    pub kind: SignalKind,
    /// The figure that shows it, such as "active days 24"
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub reading: Option<String>,
    /// The day it happened [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<NaiveDate>,
    /// Words to keep beside it
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub note: Option<String>,
}

/// Arguments of `signal list`.
#[derive(Debug, PartialEq, Default, Args)]
pub struct SignalListArgs {
    /// Only of this person, with those of their account
    #[arg(value_name = "WHO", value_parser = words)]
    pub who: Option<String>,
    /// Only of this account itself, by name, domain or CRM id
    #[arg(long, value_name = "ACCOUNT", value_parser = words, conflicts_with = "who")]
    pub account: Option<String>,
    /// Only of this kind
    #[arg(long, value_name = "KIND")]
    pub kind: Option<SignalKind>,
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
    session.answer("signal-list/1", args.as_of.as_of, |tx, present| {
        let mut filter = SignalFilter {
            kind: args.kind,
            limit: args.limit,
            ..SignalFilter::default()
        };
        if args.who.is_some() || args.account.is_some() {
            match whose(tx, args.who.as_deref(), args.account.as_deref())?.0 {
                Whose::Person(person) => filter.person = Some(person),
                Whose::Account(account) => filter.account = Some(account),
            }
        }
        let rows = tx.signals(&filter)?;
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
