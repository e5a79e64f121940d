//! `tier set|list|show`.

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::AsOf;
use crate::domain::tier::Tier;

/// What can be done with tiers.
#[derive(Debug, Subcommand)]
pub enum TierCommand {
    /// Set a tier by hand, or give it back to the policy
    Set(TierSetArgs),
    /// List advocates by tier, the highest first
    List(TierListArgs),
    /// Show how somebody came to their tier
    Show(TierShowArgs),
}

/// A tier as typed: one of them, or the computed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TierChoice(pub Option<Tier>);

impl std::str::FromStr for TierChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.trim().eq_ignore_ascii_case("computed") {
            return Ok(Self(None));
        }
        let tier = text.parse().map_err(|error| format!("{error}, computed"))?;
        Ok(Self(Some(tier)))
    }
}

/// Arguments of `tier set`.
#[derive(Debug, Args)]
pub struct TierSetArgs {
    /// Whose: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO")]
    pub who: String,
    /// community, silver, gold or platinum, which holds until it is changed; or computed
    #[arg(value_name = "TIER")]
    pub tier: TierChoice,
    /// Why
    #[arg(long, value_name = "TEXT", value_parser = super::words)]
    pub reason: String,
    /// The day from which it holds [default: today]
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub on: Option<NaiveDate>,
    /// The colleague who decided it [default: you]
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

/// Arguments of `tier list`.
#[derive(Debug, Args)]
pub struct TierListArgs {
    /// Only tiers that were set by hand
    #[arg(long)]
    pub by_hand: bool,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// Arguments of `tier show`.
#[derive(Debug, Args)]
pub struct TierShowArgs {
    /// Whose: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO")]
    pub who: String,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}
