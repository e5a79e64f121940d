//! `policy show`, `policy set`, `policy menu`, `policy budget`, `policy targets …`.

use clap::{Args, Subcommand};

use super::numbers::whole;
use super::{AsOf, ImportFileArgs};
use crate::domain::ask::AskKind;

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
    /// How many advocates there should be, by industry and kind of ask; alone, the list
    Targets(TargetsArgs),
}

/// Arguments of `policy targets`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct TargetsArgs {
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
    /// What to do with them.
    #[command(subcommand)]
    pub command: Option<TargetsCommand>,
}

/// What can be done with targets.
#[derive(Debug, Subcommand)]
pub enum TargetsCommand {
    /// Set a target for one kind of ask in one industry
    Set(TargetsSetArgs),
    /// Import targets from a file with the columns industry, ask and target
    Import(ImportFileArgs),
    /// List the targets
    List(TargetsListArgs),
}

/// Arguments of `policy targets set`.
#[derive(Debug, Args)]
pub struct TargetsSetArgs {
    /// The industry, by its name or another word for it
    #[arg(value_name = "INDUSTRY")]
    pub industry: String,
    /// The kind of ask
    #[arg(value_name = "ASK")]
    pub ask: AskKind,
    /// How many advocates should be free to ask; 0 is no target
    #[arg(value_name = "NUMBER", value_parser = whole::<0, { u32::MAX }>)]
    pub number: u32,
}

/// Arguments of `policy targets list`.
#[derive(Debug, Args)]
pub struct TargetsListArgs {
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
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
    #[arg(value_name = "VALUE", allow_hyphen_values = true, required_unless_present_any = ["add", "remove"])]
    pub value: Option<String>,
    /// Of a list of words: add this one, and keep the others; may be repeated
    #[arg(
        long,
        value_name = "WORD",
        value_delimiter = ';',
        conflicts_with = "value"
    )]
    pub add: Vec<String>,
    /// Of a list of words: take this one away, and keep the others; may be repeated
    #[arg(
        long,
        value_name = "WORD",
        value_delimiter = ';',
        conflicts_with = "value"
    )]
    pub remove: Vec<String>,
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
