//! `policy show`, `policy set`, `policy menu`, `policy budget`.

use clap::{Args, Subcommand};

use super::AsOf;

/// What can be done with the policy.
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// Show the settings, their values and what they mean
    Show(PolicyShowArgs),
    /// Change a setting
    Set(PolicySetArgs),
    /// Show what can be given to advocates
    Menu(PolicyMenuArgs),
    /// Show what may be spent on them, and what was
    Budget(PolicyBudgetArgs),
}

/// Arguments of `policy show`.
#[derive(Debug, Args)]
pub struct PolicyShowArgs {
    /// Only settings whose name begins so, such as cap
    #[arg(value_name = "KEY")]
    pub key: Option<String>,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// Arguments of `policy set`.
#[derive(Debug, Args)]
pub struct PolicySetArgs {
    /// The setting, such as cap.high.months
    #[arg(value_name = "KEY")]
    pub key: String,
    /// Its new value
    #[arg(value_name = "VALUE", allow_hyphen_values = true)]
    pub value: String,
}

/// Arguments of `policy menu`.
#[derive(Debug, Args)]
pub struct PolicyMenuArgs {
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// Arguments of `policy budget`.
#[derive(Debug, Args)]
pub struct PolicyBudgetArgs {
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}
