//! `advocate` runs a customer-advocacy program over one local SQLite file.
//!
//! A command is a short story in four sentences, each told by a different part of the house: load facts (`store`,
//! `intake`), decide (`domain`), save (`store`), show (`output`). This file reads the environment, and it is the one
//! place where an error becomes words on stderr and an exit code.
#![cfg_attr(
    test,
    allow(
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        reason = "a test that is wrong stops"
    )
)]

pub mod cli;
pub mod clock;
pub mod commands;
pub mod config;
pub mod domain;
pub mod failure;
#[cfg(test)]
mod growth;
pub mod intake;
pub mod output;
pub mod prompt;
pub mod resolve;
pub mod session;
pub mod store;
mod system;
pub mod views;

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, ValueEnum as _};
use clap_complete::CompleteEnv;
use cli::{Cli, Color, Global, Mistyped};
use clock::Clock;
use commands::completions::ASKED_IN;
use config::{ConfigFile, Fault, Key, Preferences, Said};
use dialoguer::console::Term;
use etcetera::BaseStrategy;
use etcetera::base_strategy::Xdg;
use failure::{Failure, Result};
use output::{CommandLine, Format, Invocation, Pager, Problem, Sentence};
use session::{Done, Session};

/// What clap calls a group of commands typed alone.
const GROUP_ALONE: ErrorKind = ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;

/// Runs the command line and returns the exit code.
pub fn run() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().collect();
    if environment(ASKED_IN).is_some() {
        return complete(&args);
    }
    let json = asks_for_json(&args);
    let code = match Cli::read(&args, terminal_width(io::stdout().is_terminal())) {
        Ok(cli) => follow(cli, &args, json),
        Err(error) if !error.use_stderr() => {
            // Help and version: a closed pipe is no failure.
            let _ = error.print();
            0
        }
        // A group without its command shows what there is.
        Err(error) if !json && error.kind() == GROUP_ALONE => {
            let _ = error.print();
            2
        }
        Err(error) => {
            let mistyped = Mistyped::of(&error, &args);
            let problem = Problem::new("usage", mistyped.message).hint(mistyped.hint);
            show_problem(problem, mistyped.database, json, Environment(None).color());
            2
        }
    };
    ExitCode::from(code)
}

/// Does what was typed, and says what went wrong.
fn follow(cli: Cli, args: &[OsString], json: bool) -> u8 {
    let named = cli.global.db.clone();
    let said = Environment(Some(&cli.global));
    let preferences = said.preferences();
    let json = json || preferences.text(Key::Format) == Format::Json.name();
    let color = color(&preferences);
    let done = match &preferences.fault {
        Some(fault) if cli.command.needs_preferences() => Err(faulty(fault)),
        _ => execute(cli, preferences, args),
    };
    match done {
        Ok(Done::Fully) => 0,
        Ok(Done::WithRejects) => 4,
        Ok(Done::Found) => 1,
        Err(failure) => report(failure, named, json, color),
    }
}

/// A configuration file that cannot be followed.
fn faulty(fault: &Fault) -> Failure {
    let look = Sentence::from("see ").then(CommandLine::of("config show"));
    match &fault.hint {
        Some(hint) => Failure::usage_hint(fault.to_string(), hint.clone()),
        None => Failure::usage_hint(fault.to_string(), look),
    }
}

/// What is said beside the configuration file: by the command line, where it could be read, and by the environment.
struct Environment<'a>(Option<&'a Global>);

impl Said for Environment<'_> {
    fn flag(&self, key: Key) -> Option<(&'static str, OsString)> {
        self.0?.given(key)
    }

    #[allow(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the environment"
    )]
    fn variable(&self, name: &str) -> Option<OsString> {
        std::env::var_os(name)
    }
}

impl Environment<'_> {
    fn preferences(&self) -> Preferences {
        let folders = Xdg::new().ok();
        let place = |folder: PathBuf, file: &str| folder.join("advocate").join(file);
        let folders = folders.as_ref();
        let config = folders.map(|folders| place(folders.config_dir(), "config.toml"));
        let file = ConfigFile::read(config, folders.map(BaseStrategy::home_dir));
        let database = folders.map(|folders| place(folders.data_dir(), "advocate.db"));
        Preferences::gather(file, self, database)
    }

    /// When the environment wants colours.
    fn color(&self) -> Color {
        let when = config::color_of(self).map_or("auto", |(_, when)| when);
        Color::from_str(when, true).unwrap_or(Color::Auto)
    }
}

/// When colours are wanted.
fn color(preferences: &Preferences) -> Color {
    Color::from_str(&preferences.text(Key::Color), true).unwrap_or(Color::Auto)
}

/// Answers a shell that asks what a word could be completed to.
fn complete(args: &[OsString]) -> ExitCode {
    let named = args.windows(2).find_map(|pair| match pair {
        [option, path] if option == "--db" => Some(PathBuf::from(path)),
        _ => None,
    });
    let preferences = Environment(None).preferences();
    let database = named.or_else(|| preferences.database().map(Path::to_owned));
    let database = database.unwrap_or_default();
    let shell =
        CompleteEnv::with_factory(|| cli::completing(Cli::command(), &database)).var(ASKED_IN);
    match shell.try_complete(args, None) {
        Ok(_) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn execute(cli: Cli, preferences: Preferences, args: &[OsString]) -> Result<Done> {
    let clock = match environment("ADVOCATE_NOW") {
        Some(text) => Clock::fixed(&text).map_err(Failure::usage)?,
        None => Clock::system(),
    };
    let global = cli.global;
    let database = match preferences.database() {
        Some(path) => named_database(path)?,
        None if global.db.is_some() => return Err(Failure::usage("--db is empty; name a file")),
        None => {
            let message = "there is no home folder; name the database with --db PATH";
            return Err(Failure::usage(message));
        }
    };
    let stdout = io::stdout();
    let terminal = stdout.is_terminal();
    let no_input = preferences.text(Key::NoInput) == "true";
    let interactive = !no_input && io::stdin().is_terminal() && io::stderr().is_terminal();
    let when = color(&preferences);
    let lock_wait = preferences.text(Key::LockWait).parse().unwrap_or(5);
    let mut out = stdout.lock();
    let mut session = Session {
        clock,
        database,
        actor: preferences.text(Key::Actor),
        command: as_typed(args),
        program: program(args),
        command_line: cli::manual,
        lock_wait: std::time::Duration::from_secs(lock_wait),
        clock_is_right: global.clock_is_right,
        format: preferences.text(Key::Format).parse().unwrap_or_default(),
        fields: global.fields(),
        order: global.sort.clone(),
        style: output::Style {
            width: terminal_width(terminal),
            color: when.resolve(terminal),
            dim_notes: when.resolve(io::stderr().is_terminal()),
            notes_width: error_width(io::stderr().is_terminal()),
            raw: global.raw,
        },
        pager: terminal.then(|| pager(&preferences)).flatten(),
        preferences,
        quiet: global.quiet,
        verbose: global.verbose,
        assume_yes: global.yes,
        interactive,
        no_input,
        has_written: false,
        invocation: Invocation::new(global.db),
        out: &mut out,
        err: &mut io::stderr(),
    };
    commands::run(cli.command, &mut session)
        .map_err(|failure| failure.in_database(&session.database))
}

/// What long answers are read in on this terminal.
fn pager(preferences: &Preferences) -> Option<Pager> {
    let command = preferences.text(Key::Pager);
    let rows: Option<usize> = environment("LINES").and_then(|lines| lines.parse().ok());
    let size = Term::stdout().size_checked();
    let rows = rows.or_else(|| size.map(|(rows, _)| rows.into()));
    // Some terminals say 0, for not known.
    let rows = rows.filter(|rows| *rows > 0)?;
    let is_none = command.trim().is_empty() || command == "cat";
    (!is_none).then(|| Pager {
        less: environment("LESS").is_none().then_some("FRX"),
        rows,
        columns: terminal_width(true).unwrap_or(80),
        command,
    })
}

#[allow(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the environment"
)]
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// A database by the name that was given for it.
fn named_database(path: &Path) -> Result<PathBuf> {
    // SQLite takes this name for a database that is gone at the end of the command.
    if path.as_os_str() == ":memory:" {
        let message = ":memory: would be gone at the end of the command; name a file";
        return Err(Failure::usage_hint(message, "--db program.db"));
    }
    Ok(path.to_owned())
}

/// `COLUMNS`, or what the terminal says of itself.
fn terminal_width(terminal: bool) -> Option<usize> {
    let asked: Option<usize> = environment("COLUMNS").and_then(|columns| columns.parse().ok());
    asked
        .filter(|width| *width > 0)
        .or_else(|| terminal.then(console_width)?.map(usize::from))
}

/// Columns of what is said beside an answer: on a pipe, programs read it line by line.
fn error_width(terminal: bool) -> Option<usize> {
    terminal_width(terminal).filter(|_| terminal)
}

fn console_width() -> Option<u16> {
    // Some terminals say 0, for not known.
    comfy_table::Table::new().width().filter(|width| *width > 0)
}

/// The command line as recorded with an operation: words with spaces in quotes.
fn as_typed(args: &[OsString]) -> String {
    let words = args.iter().enumerate().map(|(index, arg)| {
        let word = arg.to_string_lossy();
        match index {
            0 => "advocate".to_owned(),
            _ if word.is_empty() || word.contains(char::is_whitespace) => format!("{word:?}"),
            _ => word.into_owned(),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The program as it was called: with its folder where it is not on the search path.
fn program(args: &[OsString]) -> String {
    let typed = args.first().map(|arg| arg.to_string_lossy().into_owned());
    typed
        .filter(|typed| typed.contains('/'))
        .unwrap_or_else(|| "advocate".to_owned())
}

#[allow(clippy::indexing_slicing, reason = "windows of two have two")]
fn asks_for_json(args: &[OsString]) -> bool {
    let words: Vec<_> = args.iter().map(|arg| arg.to_string_lossy()).collect();
    words
        .iter()
        .any(|word| word == "--json" || word.starts_with("--json=") || word == "--format=json")
        || words
            .windows(2)
            .any(|pair| pair[0] == "--format" && pair[1] == "json")
}

/// Says what went wrong and returns the exit code.
fn report(failure: Failure, named: Option<PathBuf>, json: bool, color: Color) -> u8 {
    let code = failure.exit_code();
    if let Some(problem) = failure.problem() {
        show_problem(problem, named, json, color);
    }
    code
}

/// Says it; `named` is the database of the command line, which a command to be typed names as well.
fn show_problem(problem: Problem, named: Option<PathBuf>, json: bool, color: Color) {
    let problem = Invocation::new(named).problem(problem);
    let mut err = io::stderr();
    let color = color.resolve(err.is_terminal());
    // Nothing can be done where stderr is closed as well.
    let width = error_width(err.is_terminal());
    let _ = problem.render(json, color, width, &mut err);
}
