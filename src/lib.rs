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
pub mod views;

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::CommandFactory as _;
use clap::error::ErrorKind;
use clap_complete::CompleteEnv;
use cli::{Cli, Mistyped};
use clock::Clock;
use commands::completions::ASKED_IN;
use failure::{Failure, Result};
use output::{Invocation, Problem};
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
        Ok(cli) => {
            let named = cli.global.db.clone();
            match execute(cli, &args) {
                Ok(Done::Fully) => 0,
                Ok(Done::WithRejects) => 4,
                Ok(Done::Found) => 1,
                Err(failure) => report(failure, named, json),
            }
        }
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
            show_problem(problem, mistyped.database, json);
            2
        }
    };
    ExitCode::from(code)
}

/// Answers a shell that asks what a word could be completed to.
fn complete(args: &[OsString]) -> ExitCode {
    let named = args.windows(2).find_map(|pair| match pair {
        [option, path] if option == "--db" => Some(PathBuf::from(path)),
        _ => None,
    });
    let database = named.or_else(|| path_in("ADVOCATE_DB"));
    let database = database
        .map_or_else(default_database, Ok)
        .unwrap_or_default();
    let shell =
        CompleteEnv::with_factory(|| cli::completing(Cli::command(), &database)).var(ASKED_IN);
    match shell.try_complete(args, None) {
        Ok(_) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn execute(cli: Cli, args: &[OsString]) -> Result<Done> {
    let clock = match environment("ADVOCATE_NOW") {
        Some(text) => Clock::fixed(&text).map_err(Failure::usage)?,
        None => Clock::system(),
    };
    let global = cli.global;
    let database = match global.db.clone().or_else(|| path_in("ADVOCATE_DB")) {
        Some(path) => named_database(path)?,
        None => default_database()?,
    };
    let actor = ["ADVOCATE_ACTOR", "USER", "LOGNAME"]
        .into_iter()
        .find_map(environment);
    let stdout = io::stdout();
    let terminal = stdout.is_terminal();
    let interactive = !global.no_input && io::stdin().is_terminal() && io::stderr().is_terminal();
    let color = global.color.resolve(terminal, wants_no_color());
    let mut out = stdout.lock();
    let mut session = Session {
        clock,
        database,
        actor: actor.unwrap_or_else(|| "unknown".to_owned()),
        command: as_typed(args),
        program: program(args),
        command_line: Cli::command,
        lock_wait: std::time::Duration::from_secs(global.lock_wait.into()),
        clock_is_right: global.clock_is_right,
        format: global.format(),
        fields: global.fields(),
        style: output::Style {
            width: terminal_width(terminal),
            color,
            dim_notes: global
                .color
                .resolve(io::stderr().is_terminal(), wants_no_color()),
            notes_width: error_width(io::stderr().is_terminal()),
            raw: global.raw,
        },
        quiet: global.quiet,
        verbose: global.verbose,
        assume_yes: global.yes,
        interactive,
        no_input: global.no_input,
        has_written: false,
        invocation: Invocation::new(global.db),
        out: &mut out,
        err: &mut io::stderr(),
    };
    commands::run(cli.command, &mut session)
        .map_err(|failure| failure.in_database(&session.database))
}

#[allow(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the environment"
)]
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

#[allow(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the environment"
)]
fn path_in(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os(name).map(PathBuf::from);
    path.filter(|path| !path.as_os_str().is_empty())
}

/// A database by the name that was given for it.
fn named_database(path: PathBuf) -> Result<PathBuf> {
    let name = path.as_os_str();
    if name.is_empty() {
        return Err(Failure::usage("--db is empty; name a file"));
    }
    // SQLite takes this name for a database that is gone at the end of the command.
    if name == ":memory:" {
        let message = ":memory: would be gone at the end of the command; name a file";
        return Err(Failure::usage_hint(message, "--db program.db"));
    }
    Ok(path)
}

/// Whether the environment asks for no colours, in one of the ways that programs agree on.
fn wants_no_color() -> bool {
    environment("NO_COLOR").is_some()
        || environment("CLICOLOR").is_some_and(|value| value == "0")
        || environment("TERM").is_some_and(|value| value == "dumb")
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

/// `advocate/advocate.db` in the XDG data folder.
fn default_database() -> Result<PathBuf> {
    use etcetera::BaseStrategy;
    let folders = etcetera::base_strategy::Xdg::new()
        .map_err(|_| Failure::usage("there is no home folder; name the database with --db PATH"))?;
    Ok(folders.data_dir().join("advocate").join("advocate.db"))
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
fn report(failure: Failure, named: Option<PathBuf>, json: bool) -> u8 {
    let code = failure.exit_code();
    if let Some(problem) = failure.problem() {
        show_problem(problem, named, json);
    }
    code
}

/// Says it; `named` is the database of the command line, which a command to be typed names as well.
fn show_problem(problem: Problem, named: Option<PathBuf>, json: bool) {
    let problem = Invocation::new(named).problem(problem);
    let mut err = io::stderr();
    let color = err.is_terminal() && !wants_no_color();
    // Nothing can be done where stderr is closed as well.
    let width = error_width(err.is_terminal());
    let _ = problem.render(json, color, width, &mut err);
}
