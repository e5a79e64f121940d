//! `deal add|list|show|edit`.

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::AsOf;
use crate::domain::deal::DealStatus;
use crate::domain::money::Currency;

/// What can be done with deals.
#[derive(Debug, Subcommand)]
pub enum DealCommand {
    /// Add a deal by hand
    Add(DealAddArgs),
    /// List deals
    List(DealListArgs),
    /// Show a deal and the advocacy in it
    Show(DealShowArgs),
    /// Correct a deal; the old words are kept
    Edit(DealEditArgs),
}

/// What describes a deal.
#[derive(Debug, Clone, PartialEq, Default, Args)]
pub struct DealWordsArgs {
    /// The prospect's name
    #[arg(long, value_name = "NAME")]
    pub prospect: Option<String>,
    /// The prospect's domain
    #[arg(long, value_name = "DOMAIN")]
    pub domain: Option<String>,
    /// Its id in the CRM
    #[arg(long, value_name = "ID")]
    pub crm_id: Option<String>,
    /// What it is worth, such as 12500.50
    #[arg(
        long,
        value_name = "AMOUNT",
        requires = "currency",
        allow_hyphen_values = true
    )]
    pub amount: Option<String>,
    /// In which currency, such as EUR
    #[arg(long, value_name = "CODE")]
    pub currency: Option<Currency>,
    /// Its stage, in the CRM's words
    #[arg(long, value_name = "STAGE")]
    pub stage: Option<String>,
    /// When it was opened
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub opened: Option<NaiveDate>,
    /// When it was closed, or is expected to be
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub closed: Option<NaiveDate>,
    /// Who owns it
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
    /// The prospect's industry
    #[arg(long, value_name = "NAME")]
    pub industry: Option<String>,
}

/// Arguments of `deal add`.
#[derive(Debug, Args)]
pub struct DealAddArgs {
    /// The deal's name
    #[arg(value_name = "NAME", value_parser = super::words)]
    pub name: String,
    /// What describes it.
    #[command(flatten)]
    pub words: DealWordsArgs,
}

/// Arguments of `deal list`.
#[derive(Debug, Args)]
pub struct DealListArgs {
    /// open, won or lost
    #[arg(long, value_name = "STATUS")]
    pub status: Option<DealStatus>,
    /// Only those whose stage nobody mapped
    #[arg(long, conflicts_with = "status")]
    pub unmapped: bool,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// Arguments of `deal show`.
#[derive(Debug, Args)]
pub struct DealShowArgs {
    /// The deal's id or CRM id
    #[arg(value_name = "DEAL")]
    pub deal: String,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// Arguments of `deal edit`.
#[derive(Debug, Args)]
pub struct DealEditArgs {
    /// The deal's id or CRM id
    #[arg(value_name = "DEAL")]
    pub deal: String,
    /// Another name
    #[arg(long, value_name = "NAME", value_parser = super::words)]
    pub name: Option<String>,
    /// What describes it.
    #[command(flatten)]
    pub words: DealWordsArgs,
}
