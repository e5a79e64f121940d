//! What every command is given: the file, of which it sees one snapshot, the clock, and the place to answer.

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use chrono::NaiveDate;

use crate::clock::Clock;
use crate::domain::calendar::{Timestamp, days_after};
use crate::domain::present::Present;
use crate::failure::{Failure, Result};
use crate::output::{self, Answer, Format, Invocation, Sentence, Style, Value};
use crate::store::{NewOperation, Snapshot, Store, Tx, Writing};

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

/// What every command is given.
pub struct Session<'a> {
    /// The clock.
    pub clock: Clock,
    /// The database file.
    pub database: PathBuf,
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
    /// How the program was called, and so how printed commands begin.
    pub invocation: Invocation,
    /// Standard output.
    pub out: &'a mut dyn Write,
    /// Standard error.
    pub err: &'a mut dyn Write,
}

/// One snapshot of the file, of which any number of days can be asked about.
pub(crate) struct Reading {
    snapshot: Snapshot,
    /// Now.
    present: Present,
}

impl Reading {
    /// Asks about now, or about the end of an earlier day, with the policy that was in force then.
    ///
    /// # Errors
    /// Whatever `ask` returns; a usage failure for a day in the future.
    pub(crate) fn read<T>(
        &self,
        as_of: Option<NaiveDate>,
        ask: impl FnOnce(&Tx<'_>, &Present) -> Result<T>,
    ) -> Result<T> {
        let today = self.present.today;
        match as_of {
            Some(day) if day > today => {
                let message = format!("--as-of {day} is in the future; today is {today}");
                Err(Failure::usage(message))
            }
            Some(day) if day < today => {
                let end = self.present.policy.time_zone.start_of(days_after(day, 1));
                let policy = self.snapshot.read(Some(end), |tx| tx.policy())?;
                let then = Present::new(policy, Timestamp(end.0 - 1));
                self.snapshot.read(Some(end), |tx| ask(tx, &then))
            }
            _ => self.snapshot.read(None, |tx| ask(tx, &self.present)),
        }
    }
}

impl Session<'_> {
    /// Opens the file to read it. A command that only reads does so once.
    pub(crate) fn open(&self) -> Result<Reading> {
        let snapshot = Snapshot::open(&self.database)?;
        let policy = snapshot.read(None, |tx| tx.policy())?;
        Ok(Reading {
            present: Present::new(policy, self.clock.now()),
            snapshot,
        })
    }

    /// Reads from one snapshot, of now or of the end of an earlier day.
    pub(crate) fn read<T>(
        &self,
        as_of: Option<NaiveDate>,
        ask: impl FnOnce(&Tx<'_>, &Present) -> Result<T>,
    ) -> Result<T> {
        self.open()?.read(as_of, ask)
    }

    /// Goes on with another database, as if that had been named on the command line.
    pub(crate) fn turn_to(&mut self, database: PathBuf) {
        self.invocation = Invocation::new(Some(database.clone()));
        self.database = database;
    }

    /// Writes in one immediate transaction.
    pub(crate) fn write<T>(
        &mut self,
        write: impl FnOnce(&Writing<'_>, &Present) -> Result<T>,
    ) -> Result<T> {
        self.load_or_rehearse(false, false, write)
    }

    /// Writes, or shows what a write would do and rolls it back; a large load goes its own way
    /// ([`Store::load_or_rehearse`]).
    pub(crate) fn load_or_rehearse<T>(
        &mut self,
        large: bool,
        rehearse: bool,
        write: impl FnOnce(&Writing<'_>, &Present) -> Result<T>,
    ) -> Result<T> {
        let mut store = Store::open_write(&self.database, self.lock_wait)?;
        if let Some(before) = store.upgraded_from() {
            self.note(format!("upgraded the database from schema {before}"))?;
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

    /// Answers from one snapshot, of now or of the end of an earlier day.
    pub(crate) fn answer<T: Into<Value>>(
        &mut self,
        schema: &'static str,
        as_of: Option<NaiveDate>,
        ask: impl FnOnce(&Tx<'_>, &Present) -> Result<T>,
    ) -> Result<Done> {
        let answer = |tx: &Tx<'_>, present: &Present| Ok((ask(tx, present)?.into(), present.today));
        let (data, day): (Value, NaiveDate) = self.read(as_of, answer)?;
        self.show(schema, day, data)
    }

    /// Writes in one immediate transaction, and says what came of it.
    pub(crate) fn record<T: Into<Value>>(
        &mut self,
        schema: &'static str,
        write: impl FnOnce(&Writing<'_>, &Present) -> Result<T>,
    ) -> Result<Done> {
        let (data, today) =
            self.write(|writing, present| Ok((write(writing, present)?, present.today)))?;
        self.show(schema, today, data)
    }

    /// Prints an answer, unless `--quiet`: the last sentence of a command's story.
    pub(crate) fn show(
        &mut self,
        schema: &'static str,
        as_of: NaiveDate,
        data: impl Into<Value>,
    ) -> Result<Done> {
        if !self.quiet {
            let answer = Answer::new(schema, as_of, data);
            let answer = self.invocation.answer(answer);
            output::render(&answer, self.format, &self.style, self.out)?;
        }
        Ok(Done::Fully)
    }

    /// What is missing and cannot be asked for, and the options that say it.
    pub(crate) fn unasked(&self, missing: &str, options: impl Into<Sentence>) -> Failure {
        let why = match self.no_input {
            true => "--no-input forbids questions",
            false => "there is no terminal to ask",
        };
        Failure::usage_hint(format!("{missing} missing, and {why}"), options)
    }

    /// Says what is wrong with something that was done all the same: on stderr, and with `--quiet`, too.
    pub(crate) fn warn(&mut self, warning: impl Into<Sentence>) -> Result<()> {
        let warning = self.invocation.sentence(warning.into());
        Ok(writeln!(self.err, "warning: {}", warning.text())?)
    }

    /// Says that a list is longer than what is shown of it, where it is.
    pub(crate) fn note_the_rest(&mut self, shown: usize, all: usize) -> Result<Done> {
        if shown < all {
            self.note(format!("{shown} of {all} shown; --limit {all} shows all"))?;
        }
        Ok(Done::Fully)
    }

    /// Says something beside the answer, on stderr, unless `--quiet`.
    pub(crate) fn note(&mut self, note: impl Into<Sentence>) -> Result<()> {
        if !self.quiet {
            let note = self.invocation.sentence(note.into());
            writeln!(self.err, "note: {}", note.text())?;
        }
        Ok(())
    }
}
