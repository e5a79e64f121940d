//! The imports: how a file is read is decided here, what its rows mean in a file for each kind.

mod all;
mod crm;
mod deals;
mod frame;
mod nominations;
mod nps;
mod rejects;
mod reviews;
mod signals;
mod survey_rows;
mod taps;
mod targets;

use std::path::Path;

use super::{Context, Done, Failure, names};
use crate::cli::{ImportCommand, ReadArgs};
use crate::intake::{self, Options, Setting};
use crate::store::{SavedProfile, Tx, Writing};

pub(super) fn run(command: &ImportCommand, context: &mut Context<'_>) -> anyhow::Result<Done> {
    match command {
        ImportCommand::Nps(args) => nps::run(args, context),
        ImportCommand::Accounts(args) => crm::accounts(args, context),
        ImportCommand::People(args) => crm::people(args, context),
        ImportCommand::Taps(args) => taps::run(args, context),
        ImportCommand::Deals(args) => deals::run(args, context),
        ImportCommand::Reviews(args) => reviews::run(args, context),
        ImportCommand::Signals(args) => signals::run(args, context),
        ImportCommand::Nominations(args) => nominations::run(args, context),
        ImportCommand::All(args) => all::run(args, context),
    }
}

pub(super) use targets::run as targets;

/// A file as it was read, with the name to speak of it.
struct Input {
    name: String,
    bytes: Vec<u8>,
}

impl Input {
    /// Reads a file, or standard input for `-`.
    fn read(path: &Path) -> anyhow::Result<Self> {
        let bytes = match path.as_os_str() == "-" {
            true => intake::read_all(std::io::stdin().lock())?,
            false => intake::read_file(path)?,
        };
        Ok(Self {
            name: path.display().to_string(),
            bytes,
        })
    }
}

/// The options typed, on top of those saved under `--profile`. `command` is the kind of import.
fn options(tx: &Tx<'_>, args: &ReadArgs, command: &str) -> anyhow::Result<Options> {
    let mut options = match &args.profile {
        None => Options::default(),
        Some(name) => saved(tx, name, command)?,
    };
    if args.source.is_some() {
        options.source.clone_from(&args.source);
    }
    options
        .map
        .retain(|(field, _)| !args.map.iter().any(|(typed, _)| typed == field));
    options.map.extend(args.map.iter().cloned());
    if args.date_format.is_some() {
        options.date_format.clone_from(&args.date_format);
    }
    options.delimiter = args.delimiter.or(options.delimiter);
    if args.encoding.is_some() {
        options.encoding.clone_from(&args.encoding);
    }
    Ok(options)
}

fn saved(tx: &Tx<'_>, name: &str, command: &str) -> anyhow::Result<Options> {
    let profiles = tx.saved_profiles()?;
    match profiles.iter().find(|profile| profile.name == name) {
        Some(profile) => Ok(serde_json::from_str(&profile.options)?),
        None if profiles.is_empty() => Err(Failure::usage_hint(
            format!("there is no profile `{name}`, nor any other"),
            format!("advocate {command} FILE --map FIELD=HEADER --save-profile {name}"),
        )
        .into()),
        None => {
            let known: Vec<&String> = profiles.iter().map(|profile| &profile.name).collect();
            Err(names::unknown_word("profile", name, name, &known).into())
        }
    }
}

/// Saves the options under the name asked for.
fn save_profile(writing: &Writing<'_>, args: &ReadArgs, options: &Options) -> anyhow::Result<()> {
    if let Some(name) = &args.save_profile {
        let options = serde_json::to_string(options)?;
        writing.save_profile(&SavedProfile {
            name: name.clone(),
            options,
        })?;
    }
    Ok(())
}

fn setting(present: &super::Present) -> Setting {
    Setting {
        zone: present.policy.time_zone,
        now: present.now,
    }
}
