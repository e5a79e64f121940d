//! What every command is given: the file, of which it sees one snapshot, the clock, and the place to answer.

pub(crate) mod new_database;
mod progress;
mod reading;
mod showing;

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use chrono::NaiveDate;
use new_database::NewDatabase;
pub(crate) use progress::Progress;
pub(crate) use reading::Reading;

use crate::clock::Clock;
use crate::config::Preferences;
use crate::domain::present::Present;
use crate::domain::typed_day::TypedDay;
use crate::failure::Result;
use crate::output::{Format, Invocation, Order, Pager, Style, Value};
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
    /// In which order a list is shown, where it is not its own.
    pub order: Option<Order>,
    /// How it looks.
    pub style: Style,
    /// What long answers are read in, where there is a terminal.
    pub pager: Option<Pager>,
    /// What flags, the environment and the configuration file say.
    pub preferences: Preferences,
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
            order: None,
            style: Style {
                width: None,
                color: false,
                dim_notes: false,
                notes_width: None,
                raw: false,
            },
            pager: None,
            preferences: Preferences::default(),
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
}
