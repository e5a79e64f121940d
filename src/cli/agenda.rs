//! `agenda`.

use std::path::PathBuf;

use clap::Args;

use super::AsOf;
use super::numbers::whole;
use crate::domain::agenda::ItemKind;

/// Arguments of `agenda`.
#[derive(Debug, Args)]
pub struct AgendaArgs {
    /// Only what this colleague owns
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
    /// Also what falls due within so many days
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    #[arg(value_parser = whole::<0, 3650>)]
    pub days: u32,
    /// Only of these kinds, such as thank-you,results
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    pub kind: Vec<ItemKind>,
    /// Also write it into this file as a calendar (iCalendar, RFC 5545)
    #[arg(long, value_name = "FILE")]
    pub ics: Option<PathBuf>,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}
