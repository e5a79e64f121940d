//! `give`.

use chrono::NaiveDate;
use clap::Args;

use super::numbers::tap;
use crate::domain::value_back::Cost;

/// Arguments of `give`.
#[derive(Debug, Args)]
pub struct GiveArgs {
    /// To whom: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO")]
    pub who: String,
    /// What, as `policy menu` lists it
    #[arg(long, value_name = "ITEM")]
    pub item: String,
    /// What it cost, such as "25 USD", or free [default: as on the menu]
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    pub cost: Option<Cost>,
    /// The ask that it is for, as `taps` numbers it
    #[arg(long, value_name = "ID", value_parser = tap)]
    pub tap: Option<i64>,
    /// The day it was given [default: today]
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub on: Option<NaiveDate>,
    /// The colleague who gave it [default: you]
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Words to keep beside it
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}
