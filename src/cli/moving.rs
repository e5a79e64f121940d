//! `move` and `merge`.

use chrono::NaiveDate;
use clap::Args;

use super::numbers::limit;
use super::register::DescribeArgs;

/// Arguments of `move`.
#[derive(Debug, Args)]
pub struct MoveArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO")]
    pub who: String,
    /// The day they went [default: today]
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub on: Option<NaiveDate>,
    /// Words beside it
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// Their address there; the one they had still finds them
    #[arg(long, value_name = "EMAIL", help_heading = "About the person")]
    pub email: Option<String>,
    /// They brought us along: the account is a customer because of them [default: asks on a terminal]
    #[arg(long, overrides_with = "no_repeat_customer")]
    pub repeat_customer: bool,
    /// They did not
    #[arg(long, overrides_with = "repeat_customer")]
    pub no_repeat_customer: bool,
    /// Take their last move back: it was a mistake
    #[arg(long, conflicts_with_all = ["on", "email", "repeat_customer", "no_repeat_customer", "new_account"])]
    pub back: bool,
    /// Add the account although one of a similar name is known
    #[arg(long, help_heading = "About the account")]
    pub new_account: bool,
    /// What describes them, and the account: its name, domain or CRM id.
    #[command(flatten)]
    pub describe: DescribeArgs,
}

/// Arguments of `merge`.
#[derive(Debug, Args)]
pub struct MergeArgs {
    /// Whose record is kept: an e-mail address, an id, or part of a name; with --undo, perhaps the merge's number
    #[arg(value_name = "KEEP", required_unless_present = "suggest")]
    pub keep: Option<String>,
    /// Whose becomes part of it
    #[arg(value_name = "OTHER", required_unless_present_any = ["suggest", "undo"])]
    pub other: Option<String>,
    /// How you know that they are one person
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// Take the two apart again
    #[arg(long, conflicts_with = "reason")]
    pub undo: bool,
    /// List records that are likely to be of one person
    #[arg(long, conflicts_with_all = ["keep", "other", "reason", "undo"])]
    pub suggest: bool,
    /// List at most so many
    #[arg(
        long,
        value_name = "NUMBER",
        default_value_t = 20,
        value_parser = limit,
        requires = "suggest"
    )]
    pub limit: u32,
}
