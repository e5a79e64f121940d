//! Commands run in this process, as many as it takes: an answer or a failure, and no program to start.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use advocate::cli::Cli;
use advocate::clock::Clock;
use advocate::commands;
use advocate::output::Format;
use advocate::session::{Done, Session};
use clap::{CommandFactory as _, Parser as _};
use serde_json::Value;

use crate::common::NOW;

/// What became of a command.
#[derive(Debug)]
pub(crate) enum Ended {
    /// It answered: the exit code and the data.
    Answered(u8, Value),
    /// It failed: the exit code.
    Failed(u8),
    /// It panicked.
    Panicked,
}

/// Runs a command on a database; nothing that it says is shown.
pub(crate) fn run(database: &Path, args: &[&str]) -> Ended {
    catch_unwind(AssertUnwindSafe(|| attempt(database, args))).unwrap_or(Ended::Panicked)
}

fn attempt(database: &Path, args: &[&str]) -> Ended {
    let cli = Cli::try_parse_from(std::iter::once(&"advocate").chain(args)).unwrap();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let clock = Clock::fixed(NOW).unwrap();
    let mut session = Session {
        command: args.join(" "),
        format: Format::Json,
        no_input: true,
        ..Session::off_terminal(
            clock,
            database.to_owned(),
            Cli::command,
            (&mut out, &mut err),
        )
    };
    match commands::run(cli.command, &mut session) {
        Err(failure) => Ended::Failed(failure.exit_code()),
        Ok(done) => {
            let whole: Value = serde_json::from_slice(&out).unwrap();
            let code = match done {
                Done::Fully => 0,
                Done::WithRejects => 4,
                Done::Found => 1,
            };
            Ended::Answered(code, whole["data"].clone())
        }
    }
}

/// A figure of an answer; nothing where it has none of that name.
pub(crate) fn figure(data: &Value, key: &str) -> u64 {
    data[key].as_u64().unwrap_or(0)
}

/// Whether every row of an import was counted once.
pub(crate) fn every_row_is_counted_once(data: &Value) -> bool {
    let parts = [
        "new",
        "changed",
        "unchanged",
        "no_answer",
        "skipped",
        "rejected",
    ];
    let sum: u64 = parts.iter().map(|part| figure(data, part)).sum();
    sum == figure(data, "rows")
}
