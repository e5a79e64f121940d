//! `invite`, `decline`, `do-not-contact`, `pause`, `resume`, `retire`, `verify`.

use chrono::NaiveDate;
use clap::Args;

/// Arguments of a command that takes nothing but a person.
#[derive(Debug, Args)]
pub struct WhoArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO")]
    pub who: String,
}

/// Arguments of a decision that may have a reason.
#[derive(Debug, Args)]
pub struct ReasonArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO")]
    pub who: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// The day it happened [default: today]
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub on: Option<NaiveDate>,
}

/// Arguments of `do-not-contact`.
#[derive(Debug, Args)]
pub struct SilenceArgs {
    /// Who, why and when.
    #[command(flatten)]
    pub decision: ReasonArgs,
    /// The person took it back themselves; needs a --reason
    #[arg(long, requires = "reason")]
    pub lift: bool,
}

/// Arguments of `pause`.
#[derive(Debug, Args)]
pub struct PauseArgs {
    /// Who, why and when.
    #[command(flatten)]
    pub decision: ReasonArgs,
    /// The day on which they are back [default: until resumed]
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub until: Option<NaiveDate>,
}

/// Arguments of `retire`.
#[derive(Debug, Args)]
pub struct RetireArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO")]
    pub who: String,
    /// Why they leave
    #[arg(long, value_name = "TEXT", required = true, value_parser = super::words)]
    pub reason: String,
    /// The day it happened [default: today]
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub on: Option<NaiveDate>,
}
