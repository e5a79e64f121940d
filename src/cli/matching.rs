//! `match`.

use clap::Args;

use super::AsOf;
use super::numbers::{limit, request};
use crate::domain::ask::{AskKind, Effort};
use crate::domain::matching::Trait;

/// The heading of the options that say whom the ask is for.
const PROSPECT: &str = "What the prospect looks like";

/// Arguments of `match`.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["ask", "effort", "request"]))]
pub struct MatchArgs {
    /// What to ask for, such as reference
    #[arg(long, value_name = "KIND")]
    pub ask: Option<AskKind>,
    /// Or anything of this size: low, medium or high
    #[arg(long, value_name = "EFFORT")]
    pub effort: Option<Effort>,
    /// For this request: what is asked for and what the prospect looks like are taken from it
    #[arg(long, value_name = "ID", value_parser = request, conflicts_with = "WantedArgs")]
    pub request: Option<i64>,
    /// What the prospect looks like.
    #[command(flatten)]
    pub wanted: WantedArgs,
    /// At most so many
    #[arg(long, value_name = "NUMBER", default_value_t = 5)]
    #[arg(value_parser = limit)]
    pub limit: u32,
    /// Also list everyone who fits but may not be asked, and why
    #[arg(long)]
    pub why_not: bool,
    /// Show the parts of each score
    #[arg(long)]
    pub explain: bool,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// What the prospect looks like; `match` and `request open` share it.
#[derive(Debug, Clone, Default, Args)]
pub struct WantedArgs {
    /// Only people in this industry
    #[arg(long, value_name = "NAME", help_heading = PROSPECT)]
    pub industry: Option<String>,
    /// Region or country; scores
    #[arg(long, value_name = "NAME", help_heading = PROSPECT)]
    pub region: Option<String>,
    /// Segment; scores
    #[arg(long, value_name = "NAME", help_heading = PROSPECT)]
    pub segment: Option<String>,
    /// A product they use; scores
    #[arg(long, value_name = "NAME", help_heading = PROSPECT)]
    pub product: Option<String>,
    /// What they use it for; scores
    #[arg(long, value_name = "TEXT", help_heading = PROSPECT)]
    pub use_case: Option<String>,
    /// Role of the person; scores
    #[arg(long, value_name = "NAME", help_heading = PROSPECT)]
    pub persona: Option<String>,
    /// Language; scores
    #[arg(long, value_name = "NAME", help_heading = PROSPECT)]
    pub language: Option<String>,
    /// The prospect's name: leaves out accounts that compete with it
    #[arg(long, value_name = "NAME", help_heading = PROSPECT)]
    pub prospect: Option<String>,
    /// Make a trait filter instead of score, such as region; may be repeated
    #[arg(long, value_name = "TRAIT", help_heading = PROSPECT)]
    pub require: Vec<Trait>,
}
