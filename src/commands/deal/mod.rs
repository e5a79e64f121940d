//! `deal add|list|show|edit|remove`: what the CRM knows of a sale, and the advocacy in it.

mod edit;
mod list;
mod remove;
mod show;
mod words;

use clap::Subcommand;

use crate::failure::Result;
use crate::session::{Done, Session};

/// What can be done with deals.
#[derive(Debug, Subcommand)]
pub enum DealCommand {
    /// Add a deal by hand
    Add(edit::DealAddArgs),
    /// List deals
    List(list::DealListArgs),
    /// Show a deal and the advocacy in it
    Show(show::DealShowArgs),
    /// Correct a deal; the old words are kept
    Edit(edit::DealEditArgs),
    /// Remove a deal that never was, such as one made to try things out
    Remove(remove::DealRemoveArgs),
}

pub(super) fn run(command: &DealCommand, session: &mut Session<'_>) -> Result<Done> {
    match command {
        DealCommand::Add(args) => edit::add(args, session),
        DealCommand::List(args) => list::run(args, session),
        DealCommand::Show(args) => show::run(args, session),
        DealCommand::Edit(args) => edit::edit(args, session),
        DealCommand::Remove(args) => remove::run(args, session),
    }
}
