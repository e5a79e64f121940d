//! `tap`, `outcome`, `taps`.

use chrono::NaiveDate;
use clap::Args;

use super::AsOf;
use super::numbers::{limit, request, tap};
use crate::domain::ask::AskKind;
use crate::domain::tap::{Outcome, Rating};

/// Arguments of `tap`.
#[derive(Debug, Args)]
pub struct TapArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO")]
    pub who: String,
    /// What they are asked for [default: what the request needs]
    #[arg(long, value_name = "KIND", required_unless_present = "request")]
    pub ask: Option<AskKind>,
    /// The colleague who asks [default: you]
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// The day of the ask [default: today]
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub on: Option<NaiveDate>,
    /// For which request; uses the hold made for it
    #[arg(long, value_name = "ID", value_parser = request)]
    pub request: Option<i64>,
    /// Words to keep beside it
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// The prospect's name: refuses a competitor of the account
    #[arg(long, value_name = "NAME")]
    pub prospect: Option<String>,
    /// Ask although a rule refuses; the reason is stored and reported
    #[arg(long = "override", value_name = "REASON", value_parser = super::words)]
    pub override_reason: Option<String>,
}

/// Arguments of `outcome`.
#[derive(Debug, Args)]
pub struct OutcomeArgs {
    /// The tap's number, as `taps` lists it
    #[arg(value_name = "TAP", value_parser = tap)]
    pub tap: i64,
    /// accepted, declined, completed, no-reply, no-show or withdrawn
    #[arg(value_name = "OUTCOME")]
    pub outcome: Outcome,
    /// The day it happened [default: today]
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub on: Option<NaiveDate>,
    /// For a completed referral: the company they introduced
    #[arg(long, value_name = "NAME")]
    pub introduced: Option<String>,
    /// That company's domain
    #[arg(long, value_name = "DOMAIN", requires = "introduced")]
    pub introduced_domain: Option<String>,
    /// The deal that came of the introduction: its id or CRM id
    #[arg(long, value_name = "DEAL", requires = "introduced")]
    pub deal: Option<String>,
    /// How they liked it, 1 to 5
    #[arg(long, value_name = "1-5")]
    pub rating: Option<Rating>,
    /// Words to keep beside it
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}

/// Arguments of `taps`.
#[derive(Debug, Args)]
pub struct TapsArgs {
    /// Only of this person
    #[arg(value_name = "WHO")]
    pub who: Option<String>,
    /// Only with this outcome
    #[arg(long, value_name = "OUTCOME")]
    pub outcome: Option<Outcome>,
    /// Only of this kind
    #[arg(long, value_name = "KIND")]
    pub ask: Option<AskKind>,
    /// Only since this day
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub since: Option<NaiveDate>,
    /// At most so many
    #[arg(long, value_name = "NUMBER", value_parser = limit)]
    pub limit: Option<u32>,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}
