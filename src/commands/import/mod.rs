//! The imports: what they have in common is told once, in `frame`; what the rows of a file mean, in a file for each kind.

mod accounts;
mod all;
mod deals;
mod described_account;
mod frame;
mod input;
mod kind;
mod list;
mod nominations;
mod nps;
mod people;
mod questions;
mod reasons;
mod rejects;
mod reviews;
mod shared_domains;
mod signals;
mod survey_people;
mod survey_rows;
mod taps;
mod targets;
mod understanding;

use clap::Subcommand;

use crate::failure::Result;
use crate::resolve::reading::ImportFileArgs;
use crate::session::{Done, Session};

pub(super) use targets::run as targets;

/// What can be imported.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Import the answers of an NPS survey
    Nps(nps::ImportNpsArgs),
    /// Import accounts from a CRM export
    Accounts(ImportFileArgs),
    /// Import people from a CRM export
    People(ImportFileArgs),
    /// Import the history of asks from a spreadsheet
    Taps(ImportFileArgs),
    /// Import deals from a CRM export
    Deals(deals::ImportDealsArgs),
    /// Import published reviews
    Reviews(ImportFileArgs),
    /// Import positive moments from a usage or health export
    Signals(signals::ImportSignalsArgs),
    /// Import whom colleagues propose
    Nominations(ImportFileArgs),
    /// Bring back a whole program from a folder that `export` wrote, into a new database
    All(all::ImportAllArgs),
}

pub(super) fn run(command: &ImportCommand, session: &mut Session<'_>) -> Result<Done> {
    match command {
        ImportCommand::Nps(args) => nps::run(args, session),
        ImportCommand::Accounts(args) => accounts::run(args, session),
        ImportCommand::People(args) => people::run(args, session),
        ImportCommand::Taps(args) => taps::run(args, session),
        ImportCommand::Deals(args) => deals::run(args, session),
        ImportCommand::Reviews(args) => reviews::run(args, session),
        ImportCommand::Signals(args) => signals::run(args, session),
        ImportCommand::Nominations(args) => nominations::run(args, session),
        ImportCommand::All(args) => all::run(args, session),
    }
}
