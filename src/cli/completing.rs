//! Completions: the shell asks the program itself, so that people, deals and numbers complete from the database as well
//! (`advocate completions bash`).

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::builder::StyledStr;
use clap::{Arg, Command};
use clap_complete::CompletionCandidate;
use clap_complete::engine::ArgValueCompleter;

use crate::resolve::completing::{OnRecord, beginning};

/// The same command line, whose words complete from this database.
pub fn completing(command: Command, database: &Path) -> Command {
    with_candidates(command, "", database)
}

/// Every command with what its words may complete to; `group` is the one in which it stands.
fn with_candidates(command: Command, group: &str, database: &Path) -> Command {
    let name = command.get_name().to_owned();
    let of_command = |arg: Arg| match named_by(group, &arg) {
        Some(what) => arg.add(candidates(database.to_owned(), what)),
        None => arg,
    };
    command
        .mut_args(of_command)
        .mut_subcommands(|sub| with_candidates(sub, &name, database))
}

fn candidates(database: PathBuf, what: OnRecord) -> ArgValueCompleter {
    ArgValueCompleter::new(move |typed: &OsStr| {
        let found = beginning(&database, what, &typed.to_string_lossy());
        let shown = found.into_iter().map(|(value, words)| {
            let help = Some(words).filter(|words| !words.is_empty());
            CompletionCandidate::new(value).help(help.map(StyledStr::from))
        });
        shown.collect()
    })
}

/// What the value of an argument names, by what its help calls it.
fn named_by(group: &str, arg: &Arg) -> Option<OnRecord> {
    let value = arg.get_value_names()?.first()?.as_str();
    Some(match (value, arg.get_id().as_str()) {
        ("WHO", _) => OnRecord::People,
        ("ACCOUNT", _) => OnRecord::Accounts,
        ("KEEP" | "OTHER", _) if group == "account" => OnRecord::Accounts,
        ("TAG" | "TAGS", _) => OnRecord::Tags,
        ("DEAL", _) => OnRecord::Deals,
        ("TAP", _) => OnRecord::OpenTaps,
        ("NAME", "industry") => OnRecord::Industries,
        ("NAME", "account" | "to_account") => OnRecord::Accounts,
        ("ID", "request") => OnRecord::Requests,
        ("ID", "asset") => OnRecord::Assets,
        ("ID", "id") if group == "request" => OnRecord::Requests,
        ("ID", "id") if group == "asset" => OnRecord::Assets,
        _ => return None,
    })
}
