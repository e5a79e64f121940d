//! `edit`.

use std::fmt::{self, Display};
use std::str::FromStr;

use chrono::NaiveDate;
use clap::Args;

use super::register::DescribeArgs;
use crate::domain::describing::Health;

/// Arguments of `edit`. An empty value clears a field.
#[derive(Debug, Args)]
pub struct EditArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO")]
    pub who: String,
    /// What describes them.
    #[command(flatten)]
    pub describe: DescribeArgs,
    /// The account's health: green, yellow or red
    #[arg(long, value_name = "HEALTH", value_parser = correction::<Health>, help_heading = "About the account")]
    pub health: Option<Correction<Health>>,
    /// Whether an escalation is open
    #[arg(long, value_name = "YES|NO", value_parser = yes_or_no, help_heading = "About the account")]
    pub escalated: Option<bool>,
    /// The next renewal
    #[arg(long, value_name = "DATE", value_parser = day_or_none, help_heading = "About the account")]
    pub renewal_on: Option<Correction<NaiveDate>>,
    /// A product the account uses; may be repeated
    #[arg(long, value_name = "NAME", help_heading = "About the account")]
    pub product: Vec<String>,
    /// What the account uses it for; may be repeated
    #[arg(long, value_name = "TEXT", help_heading = "About the account")]
    pub use_case: Vec<String>,
    /// A competitor of the account; may be repeated
    #[arg(long, value_name = "NAME", help_heading = "About the account")]
    pub competitor: Vec<String>,
}

/// What a field is corrected to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correction<T> {
    /// It is cleared.
    Nothing,
    /// It has this value.
    To(T),
}

impl<T: Display> Display for Correction<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Correction::Nothing => Ok(()),
            Correction::To(value) => value.fmt(f),
        }
    }
}

fn correction<T: FromStr<Err = String>>(text: &str) -> Result<Correction<T>, String> {
    match text.trim() {
        "" => Ok(Correction::Nothing),
        text => text.parse().map(Correction::To),
    }
}

fn day_or_none(text: &str) -> Result<Correction<NaiveDate>, String> {
    match text.trim() {
        "" => Ok(Correction::Nothing),
        text => super::day(text).map(Correction::To),
    }
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "1" => Ok(true),
        "no" | "false" | "0" => Ok(false),
        _ => Err("yes or no".into()),
    }
}
