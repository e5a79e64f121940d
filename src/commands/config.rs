//! `config`: the standing preferences, and where each comes from. What they mean is decided before any command runs.

use clap::{Args, Subcommand};

use crate::config::{Chosen, Origin, Preferences};
use crate::domain::calendar::Zone;
use crate::failure::{Failure, Result};
use crate::output::{Cell, Record, Table};
use crate::session::{Done, Session};

/// Commands about standing preferences.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Show every preference, its value and where it comes from
    Show(ConfigShowArgs),
    /// Print where the configuration file is looked for
    Path(ConfigPathArgs),
}

/// Arguments of `config show`.
#[derive(Debug, Args)]
pub struct ConfigShowArgs {}

/// Arguments of `config path`.
#[derive(Debug, Args)]
pub struct ConfigPathArgs {}

pub(super) fn run(command: &ConfigCommand, session: &mut Session<'_>) -> Result<Done> {
    match command {
        ConfigCommand::Show(_) => show(session),
        ConfigCommand::Path(_) => path(session),
    }
}

fn show(session: &mut Session<'_>) -> Result<Done> {
    let today = session.clock.today(Zone::UTC);
    let preferences = &session.preferences;
    let table = Table::of(preferences.chosen())
        .left("key", "Preference", |one| one.key.name())
        .left("value", "Value", |one| {
            one.value.to_string_lossy().into_owned()
        })
        .left("from", "From", |one| from(one).0)
        .left("where", "Where", |one| from(one).1);
    let fault = preferences.fault.as_ref().map(ToString::to_string);
    let hint = preferences
        .fault
        .as_ref()
        .and_then(|fault| fault.hint.clone());
    let record = Record::new()
        .with("path", "File", file(preferences))
        .data("exists", preferences.is_there)
        .with_any("fault", "Wrong", Cell::opt(fault))
        .with_any("hint", "Hint", Cell::opt(hint))
        .with("preferences", "", table);
    let is_whole = preferences.fault.is_none();
    session.show("config-show/1", today, record)?;
    Ok(match is_whole {
        true => Done::Fully,
        false => Done::Found,
    })
}

/// Where the file is looked for.
fn file(preferences: &Preferences) -> Option<String> {
    preferences
        .path
        .as_ref()
        .map(|path| path.display().to_string())
}

/// Who says it, and where.
fn from(one: &Chosen) -> (&'static str, Option<String>) {
    match one.origin {
        Origin::Flag(flag) => ("flag", Some(flag.to_owned())),
        Origin::Environment(name) => ("environment", Some(name.to_owned())),
        Origin::File(line) => ("file", Some(format!("line {line}"))),
        Origin::Default => ("default", None),
    }
}

fn path(session: &mut Session<'_>) -> Result<Done> {
    let today = session.clock.today(Zone::UTC);
    let Some(path) = file(&session.preferences) else {
        let message = "there is no home folder, and so no configuration file";
        return Err(Failure::usage(message));
    };
    let record = Record::new()
        .with("path", "", path)
        .data("exists", session.preferences.is_there);
    session.show("config-path/1", today, record)
}
