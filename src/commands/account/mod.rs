//! `account list|show|edit|merge|note|tag`: the customers, what is known of them, and who is there.

mod edit;
mod list;
mod merge;
mod show;
mod words;

use clap::Subcommand;

use crate::failure::Result;
use crate::session::{Done, Session};

/// What can be done with accounts.
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// List accounts, and how many advocates each has
    List(list::AccountListArgs),
    /// Show an account, its people and what they were asked
    Show(show::AccountShowArgs),
    /// Correct what is known about an account
    Edit(edit::AccountEditArgs),
    /// Make one of two records of an account
    Merge(merge::AccountMergeArgs),
    /// Keep words about an account
    Note(words::AccountNoteArgs),
    /// Put words such as strategic on an account, to find its people by
    Tag(words::AccountTagArgs),
}

pub(super) fn run(command: &AccountCommand, session: &mut Session<'_>) -> Result<Done> {
    match command {
        AccountCommand::List(args) => list::run(args, session),
        AccountCommand::Show(args) => show::run(args, session),
        AccountCommand::Edit(args) => edit::run(args, session),
        AccountCommand::Merge(args) => merge::run(args, session),
        AccountCommand::Note(args) => words::note(args, session),
        AccountCommand::Tag(args) => words::tag(args, session),
    }
}
