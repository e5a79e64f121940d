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

use crate::domain::present::Present;
use crate::resolve::reading::ImportFileArgs;
use crate::resolve::reading::ReadArgs;
use all::ImportAllArgs;
use clap::Subcommand;
use deals::ImportDealsArgs;
use nps::ImportNpsArgs;
use signals::ImportSignalsArgs;
use std::path::Path;

use crate::failure::{Failure, Result};
use crate::intake::{self, Options, Setting};
use crate::resolve;
use crate::session::{Done, Session};
use crate::store::{SavedProfile, Tx, Writing};

/// What can be imported.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Import the answers of an NPS survey
    Nps(ImportNpsArgs),
    /// Import accounts from a CRM export
    Accounts(ImportFileArgs),
    /// Import people from a CRM export
    People(ImportFileArgs),
    /// Import the history of asks from a spreadsheet
    Taps(ImportFileArgs),
    /// Import deals from a CRM export
    Deals(ImportDealsArgs),
    /// Import published reviews
    Reviews(ImportFileArgs),
    /// Import positive moments from a usage or health export
    Signals(ImportSignalsArgs),
    /// Import whom colleagues propose
    Nominations(ImportFileArgs),
    /// Bring back a whole program from a folder that `export` wrote, into a new database
    All(ImportAllArgs),
}

pub(super) fn run(command: &ImportCommand, session: &mut Session<'_>) -> Result<Done> {
    match command {
        ImportCommand::Nps(args) => nps::run(args, session),
        ImportCommand::Accounts(args) => crm::accounts(args, session),
        ImportCommand::People(args) => crm::people(args, session),
        ImportCommand::Taps(args) => taps::run(args, session),
        ImportCommand::Deals(args) => deals::run(args, session),
        ImportCommand::Reviews(args) => reviews::run(args, session),
        ImportCommand::Signals(args) => signals::run(args, session),
        ImportCommand::Nominations(args) => nominations::run(args, session),
        ImportCommand::All(args) => all::run(args, session),
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
    fn read(path: &Path) -> Result<Self> {
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
fn options(tx: &Tx<'_>, args: &ReadArgs, command: &str) -> Result<Options> {
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

fn saved(tx: &Tx<'_>, name: &str, command: &str) -> Result<Options> {
    let profiles = tx.saved_profiles()?;
    match profiles.iter().find(|profile| profile.name == name) {
        Some(profile) => Ok(serde_json::from_str(&profile.options)?),
        None if profiles.is_empty() => Err(Failure::usage_hint(
            format!("there is no profile `{name}`, nor any other"),
            format!("advocate {command} FILE --map FIELD=HEADER --save-profile {name}"),
        )),
        None => {
            let known: Vec<&String> = profiles.iter().map(|profile| &profile.name).collect();
            Err(resolve::unknown_word("profile", name, name, &known))
        }
    }
}

/// Saves the options under the name asked for.
fn save_profile(writing: &Writing<'_>, args: &ReadArgs, options: &Options) -> Result<()> {
    if let Some(name) = &args.save_profile {
        let options = serde_json::to_string(options)?;
        writing.save_profile(&SavedProfile {
            name: name.clone(),
            options,
        })?;
    }
    Ok(())
}

fn setting(present: &Present) -> Setting {
    Setting {
        zone: present.policy.time_zone,
        now: present.now,
    }
}
