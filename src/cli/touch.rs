//! `touch`.

use chrono::NaiveDate;
use clap::Args;

use super::numbers::tap;
use crate::domain::touch::TouchKind;

/// Arguments of `touch`.
#[derive(Debug, Args)]
pub struct TouchArgs {
    /// With whom: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO")]
    pub who: String,
    /// check-in, thank-you, results-shared, business-review or other
    #[arg(long, value_name = "KIND")]
    pub kind: TouchKind,
    /// The ask that it was about, as `taps` numbers it
    #[arg(long, value_name = "ID", value_parser = tap)]
    pub tap: Option<i64>,
    /// The day it happened [default: today]
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub on: Option<NaiveDate>,
    /// The colleague who did it [default: you]
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Words to keep beside it
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}
