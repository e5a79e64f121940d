//! `report fill|reviews|influence|nominations|reciprocity`.

use clap::{Args, Subcommand};

use super::AsOf;

/// The reports.
#[derive(Debug, Subcommand)]
pub enum ReportCommand {
    /// How much of the demand was filled, and how fast
    Fill(ReportArgs),
    /// How many reviews are published, and how long case studies take
    Reviews(ReportArgs),
    /// What the program was worth in deals
    Influence(ReportArgs),
    /// Who nominates, and how many of the nominated become advocates
    Nominations(ReportArgs),
    /// What was given to advocates against what was taken
    Reciprocity(ReportArgs),
}

/// Arguments of every report.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// 2026-Q3, 2026-09, 2026, last-90d, or FROM..TO
    #[arg(long, value_name = "PERIOD", default_value = "last-90d")]
    pub period: String,
    /// One row for each: ask, industry, requester or month for fill; platform or month for reviews; ask for influence;
    /// nominator, industry or month for nominations; owner, industry or tier for reciprocity
    #[arg(long, value_name = "TRAIT")]
    pub by: Option<String>,
    /// Beside another period: previous, or any period
    #[arg(long, value_name = "PERIOD")]
    pub compare: Option<String>,
    /// Also list the facts behind the figures
    #[arg(long)]
    pub rows: bool,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}
