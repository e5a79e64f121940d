//! `candidates`, `list`, `show`, `check`.

use clap::{Args, ValueEnum};

use super::AsOf;
use super::numbers::{limit, whole};
use crate::domain::ask::AskKind;
use crate::domain::stage::Stage;
use crate::domain::tier::Tier;

/// Arguments of `candidates`.
#[derive(Debug, Args)]
pub struct CandidatesArgs {
    /// Only in this industry
    #[arg(long, value_name = "NAME")]
    pub industry: Option<String>,
    /// At most so many
    #[arg(long, value_name = "NUMBER", default_value_t = 20, value_parser = limit)]
    pub limit: u32,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// Arguments of `list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// In this stage [default: active and paused]
    #[arg(long, value_name = "STAGE")]
    pub stage: Option<Stage>,
    /// In this industry
    #[arg(long, value_name = "NAME")]
    pub industry: Option<String>,
    /// In this region or country
    #[arg(long, value_name = "NAME")]
    pub region: Option<String>,
    /// In this segment
    #[arg(long, value_name = "NAME")]
    pub segment: Option<String>,
    /// Owned by this colleague
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
    /// In this tier
    #[arg(long, value_name = "TIER")]
    pub tier: Option<Tier>,
    /// Willing for this kind of ask
    #[arg(long, value_name = "KIND")]
    pub ask: Option<AskKind>,
    /// May be asked today (for --ask, or for anything they are willing to do)
    #[arg(long)]
    pub free_now: bool,
    /// Profile not verified for so many months
    #[arg(long, value_name = "MONTHS", value_parser = whole::<0, { u32::MAX }>)]
    pub not_verified_for: Option<u32>,
    /// By name, account, rested, score, tier or verified
    #[arg(
        long,
        value_name = "ORDER",
        default_value = "name",
        hide_possible_values = true
    )]
    pub sort: ListSort,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListSort {
    /// By name.
    Name,
    /// By account, then name.
    Account,
    /// Longest rested first.
    Rested,
    /// Latest score, highest first.
    Score,
    /// Highest tier first.
    Tier,
    /// Longest unverified first.
    Verified,
}

/// Arguments of `show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO")]
    pub who: String,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {}
