//! `policy show|set|menu|budget|targets`: the settings of the program.

mod menu;
mod set;
mod show;
mod targets;
mod unknown;

use clap::Subcommand;

use crate::failure::Result;
use crate::resolve::arguments::AsOf;
use crate::resolve::reading::ImportFileArgs;
use crate::session::{Done, Session};
use targets::TargetsCommand;

/// What can be done with the policy.
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// Show the settings, their values and what they mean
    Show(show::PolicyShowArgs),
    /// Change a setting
    Set(set::PolicySetArgs),
    /// Show what can be given to advocates
    Menu(AsOf),
    /// Show what may be spent on them, and what was
    Budget(AsOf),
    /// How many advocates there should be, by industry and kind of ask; alone, the list
    Targets(targets::TargetsArgs),
}

/// Loads a file of targets.
pub(super) type ImportTargets = fn(&ImportFileArgs, &mut Session<'_>) -> Result<Done>;

pub(super) fn run(
    command: &PolicyCommand,
    session: &mut Session<'_>,
    import_targets: ImportTargets,
) -> Result<Done> {
    match command {
        PolicyCommand::Show(args) => show::run(args, session),
        PolicyCommand::Set(args) => set::run(args, session),
        PolicyCommand::Menu(as_of) => menu::menu(*as_of, session),
        PolicyCommand::Budget(as_of) => menu::budget(*as_of, session),
        PolicyCommand::Targets(args) => match &args.command {
            None => targets::list(args.as_of, session),
            Some(TargetsCommand::List(as_of)) => targets::list(*as_of, session),
            Some(TargetsCommand::Set(args)) => targets::set(args, session),
            Some(TargetsCommand::Pool(args)) => targets::pool(args, session),
            Some(TargetsCommand::Traits(args)) => targets::traits(args, session),
            Some(TargetsCommand::Import(args)) => import_targets(args, session),
        },
    }
}
