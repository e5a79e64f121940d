//! `export`: everything in a folder, or everything about one person.

mod everything;
mod person;

use std::path::PathBuf;

use clap::Args;

use crate::failure::{Failure, Result};
use crate::output::CommandLine;
use crate::resolve::arguments::{path, words};
use crate::session::{Done, Session};

/// Arguments of `export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// A new folder for everything; with --person, a new file or a folder for it [default: standard output]
    #[arg(value_name = "PATH", required_unless_present = "person", value_parser = path())]
    pub path: Option<PathBuf>,
    /// Only what is on record about one person, as JSON: an e-mail address, an id, or part of a name
    #[arg(long, value_name = "WHO", value_parser = words)]
    pub person: Option<String>,
}

pub(super) fn run(args: &ExportArgs, session: &mut Session<'_>) -> Result<Done> {
    match (&args.person, &args.path) {
        (Some(who), path) => person::run(who, path.as_deref(), session),
        (None, Some(folder)) => everything::run(folder, session),
        (None, None) => Err(Failure::usage_hint(
            "where to?",
            CommandLine::of("export DIR"),
        )),
    }
}
