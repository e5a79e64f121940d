//! `request open|list|show|edit|close|reopen|fill`: demand, and what becomes of it (`docs/rules.md`).

mod close;
mod edit;
mod fill;
mod list;
mod open;
mod show;

use clap::Subcommand;

pub(super) use fill::Acts;

use crate::failure::Result;
use crate::session::{Done, Session};

/// What can be done with requests.
#[derive(Debug, Subcommand)]
#[allow(
    clippy::large_enum_variant,
    reason = "one is made in the life of the program"
)]
pub enum RequestCommand {
    /// Record that somebody needs an ask filled
    Open(open::RequestOpenArgs),
    /// List requests, the most urgent first
    List(list::RequestListArgs),
    /// Show the whole story of a request
    Show(show::RequestShowArgs),
    /// Correct what a request asks for
    Edit(edit::RequestEditArgs),
    /// Close a request that was not filled, or is no longer needed
    Close(close::RequestCloseArgs),
    /// Open a closed request again
    Reopen(close::RequestReopenArgs),
    /// Propose the best free advocate, and hold or ask them
    Fill(fill::RequestFillArgs),
}

pub(super) fn run(
    command: &RequestCommand,
    session: &mut Session<'_>,
    acts: &Acts,
) -> Result<Done> {
    match command {
        RequestCommand::Open(args) => open::run(args, session),
        RequestCommand::List(args) => list::run(args, session),
        RequestCommand::Show(args) => show::run(args, session),
        RequestCommand::Edit(args) => edit::run(args, session),
        RequestCommand::Close(args) => close::close(args, session),
        RequestCommand::Reopen(args) => close::reopen(args, session),
        RequestCommand::Fill(args) => fill::run(args, session, acts),
    }
}
