//! What every command is given: the file, of which it sees one snapshot, the clock, and the place to answer.

pub(crate) mod new_database;
mod progress;
mod reading;

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;

use chrono::NaiveDate;
use new_database::NewDatabase;
pub(crate) use progress::Progress;
pub(crate) use reading::Reading;

use crate::clock::Clock;
use crate::domain::present::Present;
use crate::domain::typed_day::TypedDay;
use crate::failure::{Failure, Result};
use crate::output::{self, Answer, Format, Invocation, Reader, Sentence, Style, Value};
use crate::store::backups::{self, Why};
use crate::store::{ClockSetBack, NewOperation, Snapshot, Store, Tx, Writing};

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

/// What a command is doing that writes.
const WRITING: &str = "writing to the database";

/// How much a write brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Volume {
    /// A few rows.
    Small,
    /// A file of them: it goes its own way ([`Store::load_or_rehearse`]).
    Large,
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
    /// The whole command line, for manuals.
    pub command_line: fn() -> clap::Command,
    /// How long a command waits for another.
    pub lock_wait: Duration,
    /// Whether the clock is right although the newest operation is later.
    pub clock_is_right: bool,
    /// How the answer is printed.
    pub format: Format,
    /// The only fields of an answer that are wanted; none where all are.
    pub fields: Vec<String>,
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
    /// Whether this command has changed the database.
    pub has_written: bool,
    /// How the program was called, and so how printed commands begin.
    pub invocation: Invocation,
    /// Standard output.
    pub out: &'a mut dyn Write,
    /// Standard error.
    pub err: &'a mut dyn Write,
}

impl<'a> Session<'a> {
    /// One on a database, off any terminal: nothing is asked, and all else is as where nothing was said about it.
    pub fn off_terminal(
        clock: Clock,
        database: PathBuf,
        command_line: fn() -> clap::Command,
        (out, err): (&'a mut dyn Write, &'a mut dyn Write),
    ) -> Self {
        Self {
            clock,
            database,
            actor: "unknown".to_owned(),
            command: "advocate".to_owned(),
            program: "advocate".to_owned(),
            command_line,
            lock_wait: Duration::from_secs(5),
            clock_is_right: false,
            format: Format::default(),
            fields: Vec::new(),
            style: Style {
                width: None,
                color: false,
                dim_notes: false,
                notes_width: None,
                raw: false,
            },
            quiet: false,
            verbose: false,
            assume_yes: false,
            interactive: false,
            no_input: false,
            has_written: false,
            invocation: Invocation::default(),
            out,
            err,
        }
    }
}

impl Session<'_> {
    /// Opens the file to read it. A command that only reads does so once.
    pub(crate) fn open(&self) -> Result<Reading> {
        let snapshot = Snapshot::open(&self.database, self.lock_wait)?;
        let policy = snapshot.read(None, |tx| tx.policy())?;
        Ok(Reading {
            present: Present::new(policy, self.clock.now()),
            snapshot,
        })
    }

    /// Reads from one snapshot, of now or of the end of an earlier day.
    pub(crate) fn read<T>(
        &self,
        as_of: Option<TypedDay>,
        ask: impl FnOnce(&Tx<'_>, &Present) -> Result<T>,
    ) -> Result<T> {
        let _progress = self.progress("reading the database");
        self.open()?.read(as_of, ask)
    }

    /// Says on a terminal what is being done, where it takes more than a second, until what is returned is dropped.
    pub(crate) fn progress(&self, what: &'static str) -> Progress {
        Progress::begin(what, !self.quiet)
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
        self.write_or_rehearse(false, write)
    }

    /// Writes, or shows what a write would do and rolls it back.
    pub(crate) fn write_or_rehearse<T>(
        &mut self,
        rehearse: bool,
        write: impl FnOnce(&Writing<'_>, &Present) -> Result<T>,
    ) -> Result<T> {
        let _progress = self.progress(WRITING);
        self.change(ClockSetBack::Refuse, Volume::Small, rehearse, write)
    }

    /// Writes what somebody said. A no counts at once, whatever the clock says.
    pub(crate) fn write_word<T>(
        &mut self,
        is_a_no: bool,
        write: impl FnOnce(&Writing<'_>, &Present) -> Result<T>,
    ) -> Result<T> {
        let clock = match is_a_no {
            true => ClockSetBack::Follow,
            false => ClockSetBack::Refuse,
        };
        let _progress = self.progress(WRITING);
        self.change(clock, Volume::Small, false, write)
    }

    /// The same for the rows of files; a large load goes its own way ([`Store::load_or_rehearse`]). Whoever loads says how
    /// far it has come.
    pub(crate) fn load_or_rehearse<T>(
        &mut self,
        volume: Volume,
        rehearse: bool,
        write: impl FnOnce(&Writing<'_>, &Present) -> Result<T>,
    ) -> Result<T> {
        self.change(ClockSetBack::Refuse, volume, rehearse, write)
    }

    fn change<T>(
        &mut self,
        clock: ClockSetBack,
        volume: Volume,
        rehearse: bool,
        write: impl FnOnce(&Writing<'_>, &Present) -> Result<T>,
    ) -> Result<T> {
        let mut store = self.open_to_write()?;
        if let Some(before) = store.upgraded_from() {
            self.note(format!("upgraded the database from schema {before}"))?;
        }
        let operation = self.operation(clock);
        let write = |writing: &Writing<'_>| {
            let present = Present::new(writing.policy()?, writing.at);
            let written = write(writing, &present)?;
            writing.let_images_go(present.undo_since())?;
            Ok(written)
        };
        let written = match volume {
            Volume::Large => store.load_or_rehearse(&operation, rehearse, write),
            Volume::Small => store.write_or_rehearse(&operation, rehearse, write),
        };
        self.has_written |= written.is_ok() && !rehearse;
        written
    }

    /// Opens the file to write to it. One of an older version is copied before it is upgraded.
    pub(crate) fn open_to_write(&self) -> Result<Store> {
        Store::open_write(&self.database, self.lock_wait, |store, _| {
            let place = backups::place(&self.database, Why::BeforeUpgrade, self.clock.now());
            NewDatabase::copied(&place, store)?.publish()
        })
    }

    /// What is recorded about a write of this command.
    pub(crate) fn operation(&self, clock: ClockSetBack) -> NewOperation<'_> {
        NewOperation {
            at: self.clock.now(),
            actor: &self.actor,
            command: &self.command,
            clock: match self.clock_is_right {
                true => ClockSetBack::IsRight,
                false => clock,
            },
        }
    }

    /// Answers from one snapshot, of now or of the end of an earlier day.
    pub(crate) fn answer<T: Into<Value>>(
        &mut self,
        schema: &'static str,
        as_of: Option<TypedDay>,
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
        self.record_word(schema, false, write)
    }

    /// The same of what somebody said. A no counts at once, whatever the clock says.
    pub(crate) fn record_word<T: Into<Value>>(
        &mut self,
        schema: &'static str,
        is_a_no: bool,
        write: impl FnOnce(&Writing<'_>, &Present) -> Result<T>,
    ) -> Result<Done> {
        let write = |writing: &Writing<'_>, present: &Present| {
            Ok((write(writing, present)?, present.today))
        };
        let (data, today) = self.write_word(is_a_no, write)?;
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
            let data = self.only_wanted(data.into())?;
            let answer = Answer::new(schema, as_of, data);
            let answer = self.invocation.answer(answer);
            let shown = output::render(&answer, self.format, &self.style, self.out);
            let shown = shown.and_then(|left_out| self.out.flush().map(|()| left_out));
            let left_out = shown.map_err(|error| self.unshown(error, &answer))?;
            self.note_what_is_left_out(&left_out)?;
        }
        Ok(Done::Fully)
    }

    /// For whom answers are made. Fields that are asked for by name are found among all.
    pub(crate) fn reader(&self) -> Reader {
        match self.fields.is_empty() {
            true => self.format.reader(),
            false => Reader::Anybody,
        }
    }

    /// The fields of an answer that are wanted. What was done is told in full where one is not there.
    fn only_wanted(&mut self, data: Value) -> Result<Value> {
        if self.fields.is_empty() {
            return Ok(data);
        }
        match output::only(data.clone(), &self.fields) {
            Ok(wanted) => Ok(wanted),
            Err(error) if self.has_written => {
                self.warn(format!("there is no field `{}` in the answer", error.field))?;
                Ok(data)
            }
            Err(error) => Err(Failure::no_such_field(error)),
        }
    }

    /// What is said where the answer could not be printed: what was done, is done.
    fn unshown(&self, error: io::Error, answer: &Answer) -> Failure {
        match error.kind() {
            io::ErrorKind::BrokenPipe => error.into(),
            _ if self.has_written => Failure::recorded(answer.subject(), &error),
            _ => Failure::from(error).doing("the answer could not be printed"),
        }
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
        for line in self.style.note(&Sentence::from("warning: ").then(warning)) {
            writeln!(self.err, "{line}")?;
        }
        Ok(())
    }

    /// Says something beside the answer where there is something to say: the last words of a command.
    pub(crate) fn note_any(&mut self, note: Option<impl Into<Sentence>>) -> Result<Done> {
        if let Some(note) = note {
            self.note(note)?;
        }
        Ok(Done::Fully)
    }

    /// Says that a list is longer than what is shown of it, where it is.
    pub(crate) fn note_the_rest(&mut self, shown: usize, all: usize) -> Result<Done> {
        if shown < all {
            self.note(format!("{shown} of {all} shown; --limit {all} shows all"))?;
        }
        Ok(Done::Fully)
    }

    /// Says for which columns there was no room, if there are any.
    fn note_what_is_left_out(&mut self, columns: &[String]) -> Result<()> {
        if columns.is_empty() {
            return Ok(());
        }
        let columns = columns.join(", ");
        self.note(format!(
            "no room for {columns}: a wider terminal or --format csv shows all"
        ))
    }

    /// Says something beside the answer, on stderr, unless `--quiet`.
    pub(crate) fn note(&mut self, note: impl Into<Sentence>) -> Result<()> {
        if !self.quiet {
            let note = self.invocation.sentence(note.into());
            for line in self.style.note(&Sentence::from("note: ").then(note)) {
                writeln!(self.err, "{line}")?;
            }
        }
        Ok(())
    }
}
