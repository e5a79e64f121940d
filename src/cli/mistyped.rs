//! What clap has to say about a command line that cannot be read, in the words in which every other error is told.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "windows of two have two"
)]

use std::error::Error as _;
use std::ffi::OsString;
use std::num::ParseIntError;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Error};

use super::Cli;
use crate::output::{CommandLine, Sentence};
use crate::resolve::arguments::{Unfit, is_printable};

/// What is wrong with a command line, and what to type instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistyped {
    /// What is wrong.
    pub message: String,
    /// The word that was meant, the whole command, or its help.
    pub hint: Sentence,
    /// The database that was named.
    pub database: Option<PathBuf>,
}

impl Mistyped {
    /// The words for an error of clap's about these arguments.
    pub fn of(error: &Error, args: &[OsString]) -> Self {
        let help = || command(args).then("--help").into();
        if let Some((message, hint)) = unfit(error) {
            return Self {
                message,
                hint: hint.unwrap_or_else(help),
                database: database(args),
            };
        }
        let text = error.to_string();
        let said = text.lines().take_while(|line| !line.trim().is_empty());
        let said: Vec<&str> = said.map(str::trim).collect();
        let said = said.join(" ");
        Self {
            message: said.trim_start_matches("error: ").to_owned(),
            hint: elsewhere(error, args)
                .or_else(|| meant(error))
                .or_else(|| whole(error))
                .unwrap_or_else(help),
            database: database(args),
        }
    }
}

/// What is wrong with a number or a word, and what can be typed. Options say their name.
fn unfit(error: &Error) -> Option<(String, Option<Sentence>)> {
    let source = error.source()?;
    let (message, hint) = match source.downcast_ref::<Unfit>() {
        Some(unfit) => (unfit.to_string(), unfit.hint.as_deref().cloned()),
        None if source.is::<ParseIntError>() => {
            let typed = error.get(ContextKind::InvalidValue)?;
            (format!("`{typed}` is not a whole number"), None)
        }
        None => return None,
    };
    let argument = error.get(ContextKind::InvalidArg)?.to_string();
    let option = argument
        .split(' ')
        .next()
        .filter(|word| word.starts_with('-'));
    Some(match option {
        Some(option) => (format!("{option}: {message}"), hint),
        None => (message, hint),
    })
}

/// What follows `--db`, on a command line that cannot be read as a whole.
fn database(args: &[OsString]) -> Option<PathBuf> {
    let joined = |arg: &OsString| arg.to_str()?.strip_prefix("--db=").map(PathBuf::from);
    let apart = args.windows(2).find(|pair| pair[0] == "--db");
    apart
        .map(|pair| PathBuf::from(&pair[1]))
        .or_else(|| args.iter().find_map(joined))
        .filter(|path| is_printable(path))
}

/// Where to go with an option that another command has.
fn elsewhere(error: &Error, args: &[OsString]) -> Option<Sentence> {
    let option = error.get(ContextKind::InvalidArg)?.to_string();
    let is_unknown = error.kind() == ErrorKind::UnknownArgument;
    let is_an_address = command(args) == CommandLine::of("edit") && option == "--email";
    (is_unknown && is_an_address).then(|| {
        let words = Sentence::from("an address is changed by: ");
        words.then(CommandLine::of("move WHO --email EMAIL"))
    })
}

/// "Did you mean …?", where something is like what was typed.
fn meant(error: &Error) -> Option<Sentence> {
    use ContextKind as Is;
    let kinds = [
        (Is::InvalidSubcommand, Is::SuggestedSubcommand),
        (Is::InvalidArg, Is::SuggestedArg),
        (Is::InvalidValue, Is::SuggestedValue),
    ];
    kinds.into_iter().find_map(|(typed, suggested)| {
        let typed = error.get(typed)?.to_string();
        let mut words = match error.get(suggested)? {
            ContextValue::String(word) => vec![word.clone()],
            ContextValue::Strings(words) => words.clone(),
            _ => Vec::new(),
        };
        words.retain(|word| is_like(&typed, word));
        (!words.is_empty()).then(|| format!("did you mean {}?", words.join(" or ")).into())
    })
}

/// Whether a word is the beginning of another, or differs from it by a letter in three at most.
fn is_like(typed: &str, word: &str) -> bool {
    let letters = word.trim_start_matches('-').chars().count();
    word.starts_with(typed) || strsim::damerau_levenshtein(typed, word) * 3 <= letters
}

/// The whole command, where a part of it is missing.
fn whole(error: &Error) -> Option<Sentence> {
    if error.kind() != ErrorKind::MissingRequiredArgument {
        return None;
    }
    let usage = error.get(ContextKind::Usage)?.to_string();
    let command = usage.trim().strip_prefix("Usage: advocate ")?;
    // What was typed already is in it, and the database comes back at its beginning.
    let command = command.replace("--db <PATH>", "").replace("...", "");
    (!command.contains('\n')).then(|| CommandLine::usage(&command).into())
}

/// The command that was typed, without its arguments.
fn command(args: &[OsString]) -> CommandLine {
    let mut command = CommandLine::of("");
    let root = Cli::command();
    let mut here = &root;
    for arg in args.iter().skip(1) {
        if let Some(next) = arg.to_str().and_then(|arg| here.find_subcommand(arg)) {
            command = command.value(next.get_name());
            here = next;
        }
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_and_what_to_type() {
        let cases = [
            ("lst", "unrecognized subcommand 'lst'", "did you mean list?"),
            (
                "reqest list",
                "unrecognized subcommand 'reqest'",
                "did you mean request?",
            ),
            (
                "edit nina --email x@y.example",
                "unexpected argument '--email' found",
                "an address is changed by: advocate move WHO --email EMAIL",
            ),
            (
                "edit nina --wealth x",
                "unexpected argument '--wealth' found",
                "did you mean --health?",
            ),
            (
                "edit nina --mail x",
                "unexpected argument '--mail' found",
                "advocate edit --help",
            ),
            (
                "list --owmer X",
                "unexpected argument '--owmer' found",
                "did you mean --owner?",
            ),
            (
                "tier set nina gold",
                "the following required arguments were not provided: --reason <TEXT>",
                "advocate tier set --reason <TEXT> <WHO> <TIER>",
            ),
            (
                "--db x.db request show one",
                "`one` is not a request's number",
                "advocate request list",
            ),
            (
                "tap nina --request one --ask review",
                "--request: `one` is not a request's number",
                "advocate request list",
            ),
            (
                "match --ask review --limit 0",
                "--limit: `0` is not a whole number of 1 or more",
                "advocate match --help",
            ),
            (
                "--lock-wait x list",
                "--lock-wait: `x` is not a whole number from 0 to 86400",
                "advocate list --help",
            ),
            (
                "policy targets set retail review 99999999999",
                "`99999999999` is not a whole number up to 4294967295",
                "advocate policy targets set --help",
            ),
        ];
        for (line, message, hint) in cases {
            let words = std::iter::once("advocate").chain(line.split(' '));
            let args: Vec<OsString> = words.map(OsString::from).collect();
            let error = Cli::read(&args, None).unwrap_err();
            let said = Mistyped::of(&error, &args);
            assert_eq!(
                (said.message.as_str(), said.hint.text()),
                (message, hint.to_owned())
            );
        }
    }
}
