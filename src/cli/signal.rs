//! `signal add|list`.

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::AsOf;
use super::numbers::limit;
use crate::domain::signal::SignalKind;

/// What can be done with signals.
#[derive(Debug, Subcommand)]
pub enum SignalCommand {
    /// Record a positive moment of a person or an account
    Add(SignalAddArgs),
    /// List positive moments, newest first
    List(SignalListArgs),
}

/// Arguments of `signal add`.
#[derive(Debug, Args)]
pub struct SignalAddArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO", required_unless_present = "account")]
    pub who: Option<String>,
    /// Instead of one person an account, by name, domain or CRM id: the signal counts for all its people
    #[arg(long, value_name = "ACCOUNT", conflicts_with = "who")]
    pub account: Option<String>,
    /// What was seen: power-user, health, community, support-praise, public-praise, business-review, renewal,
    /// expansion or repeat-customer
    #[arg(long, value_name = "KIND")]
    pub kind: SignalKind,
    /// The figure that shows it, such as "active days 24"
    #[arg(long, value_name = "TEXT", value_parser = super::words)]
    pub reading: Option<String>,
    /// The day it happened [default: today]
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub on: Option<NaiveDate>,
    /// Words to keep beside it
    #[arg(long, value_name = "TEXT", value_parser = super::words)]
    pub note: Option<String>,
}

/// Arguments of `signal list`.
#[derive(Debug, Args)]
pub struct SignalListArgs {
    /// Only of this person, with those of their account
    #[arg(value_name = "WHO")]
    pub who: Option<String>,
    /// Only of this account itself, by name, domain or CRM id
    #[arg(long, value_name = "ACCOUNT", conflicts_with = "who")]
    pub account: Option<String>,
    /// Only of this kind
    #[arg(long, value_name = "KIND")]
    pub kind: Option<SignalKind>,
    /// At most so many
    #[arg(long, value_name = "NUMBER", value_parser = limit)]
    pub limit: Option<u32>,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}
