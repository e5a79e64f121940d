//! `register`, and the describing options that `edit` shares with it.

use chrono::NaiveDate;
use clap::Args;

use crate::domain::ask::AskKind;

/// Arguments of `register`.
#[derive(Debug, Args)]
pub struct RegisterArgs {
    /// Who: an e-mail address, an id, or part of a name; an unknown address is added [default: asks on a terminal]
    #[arg(value_name = "WHO")]
    pub who: Option<String>,
    /// What they said yes to, such as reference,review
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    pub will: Vec<AskKind>,
    /// What they said no to
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    pub wont: Vec<AskKind>,
    /// A limit they named, such as "not in December"
    #[arg(long, value_name = "TEXT")]
    pub limit: Option<String>,
    /// The colleague to whom they said it [default: you]
    #[arg(long, value_name = "NAME")]
    pub confirmed_by: Option<String>,
    /// The day they said it [default: today]
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub on: Option<NaiveDate>,
    /// What describes them.
    #[command(flatten)]
    pub describe: DescribeArgs,
}

/// What describes a person and their account. Given by hand, so no import overwrites it.
#[derive(Debug, Clone, Default, Args)]
pub struct DescribeArgs {
    /// Their name
    #[arg(long, value_name = "TEXT", help_heading = "About the person")]
    pub name: Option<String>,
    /// Their job title
    #[arg(long, value_name = "TEXT", help_heading = "About the person")]
    pub title: Option<String>,
    /// Their role in a purchase, such as buyer or admin
    #[arg(long, value_name = "TEXT", help_heading = "About the person")]
    pub persona: Option<String>,
    /// A language they speak
    #[arg(long, value_name = "TEXT", help_heading = "About the person")]
    pub language: Option<String>,
    /// The colleague who owns the relationship
    #[arg(long, value_name = "NAME", help_heading = "About the person")]
    pub owner: Option<String>,
    /// The account's name
    #[arg(
        long,
        visible_alias = "company",
        value_name = "NAME",
        help_heading = "About the account"
    )]
    pub account: Option<String>,
    /// Its industry
    #[arg(long, value_name = "TEXT", help_heading = "About the account")]
    pub industry: Option<String>,
    /// Its segment
    #[arg(long, value_name = "TEXT", help_heading = "About the account")]
    pub segment: Option<String>,
    /// Its region
    #[arg(long, value_name = "TEXT", help_heading = "About the account")]
    pub region: Option<String>,
    /// Its country
    #[arg(long, value_name = "TEXT", help_heading = "About the account")]
    pub country: Option<String>,
}
