//! `advocate` runs a customer-advocacy program over one local SQLite file.
//!
//! A command is a short story in four sentences, each told by a different part of the house: load facts (`store`,
//! `intake`), decide (`domain`), save (`store`), show (`output`).

pub mod domain;
pub mod intake;
pub mod output;

use std::process::ExitCode;

/// Runs the command line and returns the exit code.
pub fn run() -> ExitCode {
    ExitCode::SUCCESS
}
