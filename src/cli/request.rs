//! `request open|list|show|close|reopen|fill`, `hold`, `release`.

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::AsOf;
use super::matching::WantedArgs;
use super::numbers::{request, whole};
use crate::domain::ask::AskKind;
use crate::domain::request::{Status, UnfilledReason};

/// What can be done with requests.
#[derive(Debug, Subcommand)]
#[allow(
    clippy::large_enum_variant,
    reason = "one is made in the life of the program"
)]
pub enum RequestCommand {
    /// Record that somebody needs an ask filled
    Open(RequestOpenArgs),
    /// List requests, the most urgent first
    List(RequestListArgs),
    /// Show the whole story of a request
    Show(RequestShowArgs),
    /// Close a request that was not filled, or is no longer needed
    Close(RequestCloseArgs),
    /// Open a closed request again
    Reopen(RequestReopenArgs),
    /// Propose the best free advocate, and hold or ask them
    Fill(RequestFillArgs),
}

/// Arguments of `request open`.
#[derive(Debug, Args)]
pub struct RequestOpenArgs {
    /// What is needed, such as reference [default: asks on a terminal]
    #[arg(long, value_name = "KIND")]
    pub ask: Option<AskKind>,
    /// Who asks [default: you]
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// The deal it is for: its id or CRM id
    #[arg(long, value_name = "DEAL")]
    pub deal: Option<String>,
    /// By when
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub needed_by: Option<NaiveDate>,
    /// How many advocates
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    #[arg(value_parser = whole::<1, 100>)]
    pub wanted: u32,
    /// Words to keep beside it
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// The day it was asked for [default: today]
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub on: Option<NaiveDate>,
    /// What the prospect looks like.
    #[command(flatten)]
    pub like: WantedArgs,
}

/// Arguments of `request list`.
#[derive(Debug, Args)]
pub struct RequestListArgs {
    /// With this status [default: open]
    #[arg(long, value_name = "STATUS", conflicts_with = "all")]
    pub status: Option<Status>,
    /// Whatever their status
    #[arg(long)]
    pub all: bool,
    /// Only those past needed-by and open
    #[arg(long)]
    pub overdue: bool,
    /// Only of this requester
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Only in this industry
    #[arg(long, value_name = "NAME")]
    pub industry: Option<String>,
    /// Only for this kind of ask
    #[arg(long, value_name = "KIND")]
    pub ask: Option<AskKind>,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// Arguments of `request show`.
#[derive(Debug, Args)]
pub struct RequestShowArgs {
    /// The request's number
    #[arg(value_name = "ID", value_parser = request)]
    pub id: i64,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// Arguments of `request close`.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("how").required(true).args(["unfilled", "withdrawn"]))]
pub struct RequestCloseArgs {
    /// The request's number
    #[arg(value_name = "ID", value_parser = request)]
    pub id: i64,
    /// Nobody was found: nobody-fits, all-resting, all-declined or too-late
    #[arg(long, value_name = "REASON")]
    pub unfilled: Option<UnfilledReason>,
    /// No longer needed, and why
    #[arg(long, value_name = "REASON", value_parser = super::words)]
    pub withdrawn: Option<String>,
    /// The day it was closed [default: today]
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub on: Option<NaiveDate>,
}

/// Arguments of `request reopen`.
#[derive(Debug, Args)]
pub struct RequestReopenArgs {
    /// The request's number
    #[arg(value_name = "ID", value_parser = request)]
    pub id: i64,
    /// Why
    #[arg(long, value_name = "TEXT", required = true, value_parser = super::words)]
    pub reason: String,
}

/// Arguments of `request fill`.
#[derive(Debug, Args)]
pub struct RequestFillArgs {
    /// The request's number
    #[arg(value_name = "ID", value_parser = request)]
    pub id: i64,
    /// Hold the one proposed, without asking
    #[arg(long, conflicts_with = "tap")]
    pub hold: bool,
    /// Log the ask to the one proposed, without asking
    #[arg(long)]
    pub tap: bool,
}

/// Arguments of `hold`.
#[derive(Debug, Args)]
pub struct HoldArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO")]
    pub who: String,
    /// For which request
    #[arg(long, value_name = "ID", value_parser = request)]
    pub request: i64,
    /// For how many days [default: the policy's hold.days]
    #[arg(long, value_name = "DAYS", value_parser = whole::<1, 90>)]
    pub days: Option<u32>,
    /// The colleague for whom it is [default: you]
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

/// Arguments of `release`.
#[derive(Debug, Args)]
pub struct ReleaseArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO")]
    pub who: String,
    /// Held for which request
    #[arg(long, value_name = "ID", value_parser = request)]
    pub request: i64,
}
