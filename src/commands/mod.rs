//! One `run` per command: load, decide, save, show.

mod accounts;
mod agenda;
mod asset;
mod candidates;
mod check;
mod deal;
mod demo;
mod describe;
mod edit;
mod export;
mod failure;
mod give;
mod hold;
mod import;
mod init;
mod list;
mod matching;
mod menu;
mod merge;
mod moving;
mod names;
mod next;
mod nomination;
mod outcome;
mod policy;
mod register;
mod report;
mod request;
mod search;
mod show;
mod signal;
mod spare;
mod stage;
mod tap;
mod taps;
mod targets;
mod tier;
mod touch;

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use chrono::NaiveDate;

use crate::cli::{self, Command};
use crate::clock::Clock;
use crate::domain::calendar::{Timestamp, days_after};
use crate::domain::policy::Policy;
use crate::output::{self, Answer, Format, Invocation, Style, Value};
use crate::store::{NewOperation, Snapshot, Store, Tx, Writing};

pub use failure::Failure;

/// How a command that did not fail has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// All of it: exit code 0.
    Fully,
    /// An import loaded what it could: exit code 4.
    WithRejects,
    /// A check found something: exit code 1.
    Found,
}

/// What every command gets: where the database is, what time it is, how to answer.
pub struct Context<'a> {
    /// The clock.
    pub clock: Clock,
    /// The database file.
    pub database: PathBuf,
    /// The one named with `--db`.
    pub named_database: Option<PathBuf>,
    /// Who runs the command.
    pub actor: String,
    /// The command as typed.
    pub command: String,
    /// The program as it was called, such as `advocate` or `target/release/advocate`.
    pub program: String,
    /// How long a write waits for another.
    pub lock_wait: Duration,
    /// How the answer is printed.
    pub format: Format,
    /// How it looks.
    pub style: Style,
    /// Print nothing unless something is wrong.
    pub quiet: bool,
    /// Say more.
    pub verbose: bool,
    /// Answer every question with yes.
    pub assume_yes: bool,
    /// Whether questions may be asked, and there is a terminal to ask on.
    pub interactive: bool,
    /// Whether questions are forbidden.
    pub no_input: bool,
    /// Standard output.
    pub out: &'a mut dyn Write,
    /// Standard error.
    pub err: &'a mut dyn Write,
}

/// The moment for which a command answers, and the policy in force then.
#[derive(Debug, Clone, PartialEq)]
pub struct Present {
    /// The policy.
    pub policy: Policy,
    /// The program's day.
    pub today: NaiveDate,
    /// The instant: now, or the last second of an earlier day.
    pub now: Timestamp,
}

impl Present {
    fn new(policy: Policy, now: Timestamp) -> Self {
        Self {
            today: policy.time_zone.day(now),
            policy,
            now,
        }
    }

    /// The instant of something that happened on `on`: now for today, noon for an earlier day.
    ///
    /// # Errors
    /// A usage failure for a day in the future.
    pub fn instant_on(&self, on: Option<NaiveDate>) -> anyhow::Result<Timestamp> {
        match on {
            None => Ok(self.now),
            Some(day) if day == self.today => Ok(self.now),
            Some(day) if day > self.today => Err(Failure::usage(format!(
                "{day} is in the future; today is {}",
                self.today
            ))
            .into()),
            Some(day) => Ok(self.policy.time_zone.noon_of(day)),
        }
    }

    /// The instant of something that happened at `at` and is to replace what happened at `last`.
    ///
    /// # Errors
    /// A usage failure where that is of a later day; `says` puts in words what has held since then.
    pub fn replacing(
        &self,
        at: Timestamp,
        last: Timestamp,
        says: impl FnOnce(NaiveDate) -> String,
    ) -> anyhow::Result<Timestamp> {
        let zone = self.policy.time_zone;
        zone.replacing(at, last).map_err(|since| {
            let hint = format!("leave out --on, or name {since} or a later day");
            Failure::usage_hint(format!("{}, which is later", says(since)), hint).into()
        })
    }

    /// The program's day of an instant.
    pub fn day(&self, at: Timestamp) -> NaiveDate {
        self.policy.time_zone.day(at)
    }
}

impl Context<'_> {
    /// Reads from one consistent snapshot, of now or of the end of an earlier day.
    pub(crate) fn read<T>(
        &self,
        as_of: Option<NaiveDate>,
        ask: impl FnOnce(&Tx<'_>, &Present) -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        let snapshot = Snapshot::open(&self.database)?;
        let mut until = None;
        let mut present = Present::new(snapshot.read(until, |tx| tx.policy())?, self.clock.now());
        if let Some(day) = as_of {
            if day > present.today {
                let message = format!("--as-of {day} is in the future; today is {}", present.today);
                return Err(Failure::usage(message).into());
            }
            if day < present.today {
                let end = present.policy.time_zone.start_of(days_after(day, 1));
                until = Some(end);
                let policy = snapshot.read(until, |tx| tx.policy())?;
                present = Present::new(policy, Timestamp(end.0 - 1));
            }
        }
        snapshot.read(until, |tx| ask(tx, &present))
    }

    /// Writes in one immediate transaction.
    pub(crate) fn write<T>(
        &mut self,
        write: impl FnOnce(&Writing<'_>, &Present) -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        self.write_or_rehearse(false, write)
    }

    /// Writes, or shows what a write would do and rolls it back.
    pub(crate) fn write_or_rehearse<T>(
        &mut self,
        rehearse: bool,
        write: impl FnOnce(&Writing<'_>, &Present) -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        self.load_or_rehearse(false, rehearse, write)
    }

    /// As [`Context::write_or_rehearse`]; a large load goes its own way ([`Store::load_or_rehearse`]).
    pub(crate) fn load_or_rehearse<T>(
        &mut self,
        large: bool,
        rehearse: bool,
        write: impl FnOnce(&Writing<'_>, &Present) -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        let mut store = Store::open_write(&self.database, self.lock_wait)?;
        if let Some(before) = store.upgraded_from() {
            self.note(&format!("upgraded the database from schema {before}"))?;
        }
        let now = self.clock.now();
        let operation = NewOperation {
            at: now,
            actor: &self.actor,
            command: &self.command,
        };
        let write = |writing: &Writing<'_>| {
            let present = Present::new(writing.policy()?, now);
            write(writing, &present)
        };
        match large {
            true => store.load_or_rehearse(&operation, rehearse, write),
            false => store.write_or_rehearse(&operation, rehearse, write),
        }
    }

    /// How printed commands begin.
    pub(crate) fn invocation(&self) -> Invocation {
        Invocation::new(self.named_database.as_deref(), cli::on_a_database())
    }

    /// Prints an answer, unless `--quiet`.
    pub(crate) fn show(
        &mut self,
        schema: &'static str,
        as_of: NaiveDate,
        data: impl Into<Value>,
    ) -> anyhow::Result<()> {
        if !self.quiet {
            let answer = Answer::new(schema, as_of, data);
            let answer = self.invocation().answer(answer);
            output::render(&answer, self.format, &self.style, self.out)?;
        }
        Ok(())
    }

    /// What is missing and cannot be asked for, and the options that say it.
    pub(crate) fn unasked(&self, missing: &str, options: &str) -> Failure {
        let why = match self.no_input {
            true => "--no-input forbids questions",
            false => "there is no terminal to ask",
        };
        Failure::usage_hint(format!("{missing} missing, and {why}"), options)
    }

    /// Says what is wrong with something that was done all the same: on stderr, and with `--quiet`, too.
    pub(crate) fn warn(&mut self, text: &str) -> anyhow::Result<()> {
        let text = self.invocation().text(text);
        writeln!(self.err, "warning: {}", output::visible(&text))?;
        Ok(())
    }

    /// Says something beside the answer, on stderr, unless `--quiet`.
    pub(crate) fn note(&mut self, text: &str) -> anyhow::Result<()> {
        if !self.quiet {
            let text = self.invocation().text(text);
            writeln!(self.err, "note: {}", output::visible(&text))?;
        }
        Ok(())
    }
}

/// Runs a command.
///
/// # Errors
/// Whatever the command refuses or fails at; `lib.rs` says it and sets the exit code.
pub fn run(command: Command, context: &mut Context<'_>) -> anyhow::Result<Done> {
    if context.verbose {
        let (database, now) = (context.database.display(), context.clock.now().to_rfc3339());
        context.note(&format!(
            "database {database}, as {}, at {now}",
            context.actor
        ))?;
    }
    match &command {
        Command::Init(args) => init::run(args, context),
        Command::Candidates(args) => candidates::run(args, context),
        Command::Signal(command) => signal::run(command, context),
        Command::Nominate(args) => nomination::nominate(args, context),
        Command::Nominations(args) => nomination::run(args, context),
        Command::Register(args) => register::run(args, context),
        Command::Invite(args) => stage::invite(args, context),
        Command::Decline(args) => stage::decline(args, context),
        Command::DoNotContact(args) => stage::do_not_contact(args, context),
        Command::Pause(args) => stage::pause(args, context),
        Command::Resume(args) => stage::resume(args, context),
        Command::Retire(args) => stage::retire(args, context),
        Command::Verify(args) => stage::verify(args, context),
        Command::Edit(args) => edit::run(args, context),
        Command::Move(args) => moving::run(args, context),
        Command::Merge(args) => merge::run(args, context),
        Command::List(args) => list::run(args, context),
        Command::Show(args) => show::run(args, context),
        Command::Match(args) => matching::run(args, context),
        Command::Tap(args) => tap::run(args, context),
        Command::Outcome(args) => outcome::run(args, context),
        Command::Taps(args) => taps::run(args, context),
        Command::Next(args) => next::run(args, context),
        Command::Touch(args) => touch::run(args, context),
        Command::Give(args) => give::run(args, context),
        Command::Tier(command) => tier::run(command, context),
        Command::Agenda(args) => agenda::run(args, context),
        Command::Request(command) => request::run(command, context),
        Command::Hold(args) => hold::hold(args, context),
        Command::Release(args) => hold::release(args, context),
        Command::Deal(command) => deal::run(command, context),
        Command::Asset(command) => asset::run(command, context),
        Command::Report(args) => report::run_or_dashboard(args, context),
        Command::Policy(command) => policy::run(command, context),
        Command::Export(args) => export::run(args, context),
        Command::Check(_) => check::run(context),
        Command::Import(command) => import::run(command, context),
        Command::Demo(args) => demo::run(args, context),
    }
}
