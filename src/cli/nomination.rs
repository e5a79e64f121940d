//! `nominate`, and `nominations` with `accept` and `decline`.

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::numbers::nomination;
use super::{AsOf, DescribeArgs};

/// Arguments of `nominate`.
#[derive(Debug, Args)]
pub struct NominateArgs {
    /// Who: an e-mail address, an id, or part of a name; an unknown address is added
    #[arg(value_name = "WHO")]
    pub who: String,
    /// Who proposes them [default: you]
    #[arg(long, value_name = "NAME", value_parser = super::words)]
    pub by: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT", required = true, value_parser = super::words)]
    pub reason: String,
    /// The day of the nomination [default: today]
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub on: Option<NaiveDate>,
    /// What describes them.
    #[command(flatten)]
    pub describe: DescribeArgs,
}

/// Arguments of `nominations`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct NominationsArgs {
    /// Those that were answered as well
    #[arg(long)]
    pub all: bool,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
    /// The answer to one of them.
    #[command(subcommand)]
    pub answer: Option<NominationCommand>,
}

/// The answers to a nomination.
#[derive(Debug, Subcommand)]
pub enum NominationCommand {
    /// Say that somebody nominated is wanted in the program
    Accept(NominationDecisionArgs),
    /// Say that somebody nominated will not be asked
    Decline(NominationDeclineArgs),
}

/// Arguments of `nominations accept`.
#[derive(Debug, Args)]
pub struct NominationDecisionArgs {
    /// The nomination's number, as `nominations` lists it
    #[arg(value_name = "ID", value_parser = nomination)]
    pub id: i64,
    /// Why, in words for the nominator
    #[arg(long, value_name = "TEXT", value_parser = super::words)]
    pub reason: Option<String>,
}

/// Arguments of `nominations decline`.
#[derive(Debug, Args)]
pub struct NominationDeclineArgs {
    /// The nomination's number, as `nominations` lists it
    #[arg(value_name = "ID", value_parser = nomination)]
    pub id: i64,
    /// Why, in words for the nominator
    #[arg(long, value_name = "TEXT", required = true, value_parser = super::words)]
    pub reason: String,
}
