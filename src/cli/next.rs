//! `next`.

use clap::{ArgGroup, Args};

use super::AsOf;
use super::numbers::limit;

/// Arguments of `next`.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("whom").required(true).args(["who", "all"]))]
pub struct NextArgs {
    /// For whom: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO")]
    pub who: Option<String>,
    /// For every active advocate: who can be asked today first
    #[arg(long)]
    pub all: bool,
    /// Only advocates owned by this colleague
    #[arg(long, value_name = "NAME", conflicts_with = "who")]
    pub owner: Option<String>,
    /// At most so many
    #[arg(long, value_name = "NUMBER", conflicts_with = "who", value_parser = limit)]
    pub limit: Option<u32>,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}
