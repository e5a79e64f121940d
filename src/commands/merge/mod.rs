//! `merge`: two records of one person become one, and apart again. Nothing is lost: every fact stays, and a no holds.

mod join;
mod suggest;
mod undo;

use clap::Args;

use crate::failure::{Failure, Result};
use crate::output::CommandLine;
use crate::resolve::arguments::{limit, words};
use crate::session::{Done, Session};

/// Arguments of `merge`.
#[derive(Debug, Args)]
pub struct MergeArgs {
    /// Whose record is kept: an e-mail address, an id, or part of a name; with --undo, perhaps the merge's number
    #[arg(value_name = "KEEP", value_parser = words, required_unless_present = "suggest")]
    pub keep: Option<String>,
    /// Whose becomes part of it
    #[arg(value_name = "OTHER", required_unless_present_any = ["suggest", "undo"])]
    pub other: Option<String>,
    /// How you know that they are one person
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// Take the two apart again
    #[arg(long, conflicts_with = "reason")]
    pub undo: bool,
    /// List records that are likely to be of one person
    #[arg(long, conflicts_with_all = ["keep", "other", "reason", "undo"])]
    pub suggest: bool,
    /// List at most so many
    #[arg(
        long,
        value_name = "NUMBER",
        default_value_t = 20,
        requires = "suggest"
    )]
    #[arg(value_parser = limit)]
    pub limit: u32,
}

pub(super) fn run(args: &MergeArgs, session: &mut Session<'_>) -> Result<Done> {
    let reason = args.reason.as_deref();
    match (&args.keep, &args.other) {
        _ if args.suggest => suggest::run(args.limit as usize, session),
        (Some(keep), other) if args.undo => undo::run(keep, other.as_deref(), session),
        (Some(keep), Some(other)) => join::run((keep, other), reason, session),
        _ => {
            let both = CommandLine::of("merge KEEP OTHER");
            Err(Failure::usage_hint("whom?", both))
        }
    }
}
