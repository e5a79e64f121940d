//! `asset add|list|show|edit|use|uses`: the library of what lasts.

mod edit;
mod in_deal;
mod list;
mod show;
mod uses;
mod words;

use clap::Subcommand;

use crate::failure::Result;
use crate::session::{Done, Session};

/// What can be done with assets.
#[derive(Debug, Subcommand)]
pub enum AssetCommand {
    /// Add a review, case study, quote, video or talk
    Add(edit::AssetAddArgs),
    /// List the library
    List(list::AssetListArgs),
    /// Show an asset, how far it has come, and where it was used
    Show(show::AssetShowArgs),
    /// Correct an asset or move it on
    Edit(edit::AssetEditArgs),
    /// Record that an asset was used in a deal
    Use(in_deal::AssetUseArgs),
    /// List where assets were used, newest first, and correct it
    Uses(uses::AssetUsesArgs),
}

pub(super) fn run(command: &AssetCommand, session: &mut Session<'_>) -> Result<Done> {
    match command {
        AssetCommand::Add(args) => edit::add(args, session),
        AssetCommand::List(args) => list::run(args, session),
        AssetCommand::Show(args) => show::run(args, session),
        AssetCommand::Edit(args) => edit::edit(args, session),
        AssetCommand::Use(args) => in_deal::run(args, session),
        AssetCommand::Uses(args) => uses::run(args, session),
    }
}
