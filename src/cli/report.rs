//! `report`, `report fill|reviews|influence` and `report qbr`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::AsOf;

/// The dashboard, or one of the reports.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct ReportsArgs {
    /// Which report; none shows the dashboard.
    #[command(subcommand)]
    pub report: Option<ReportCommand>,
    /// What the dashboard is about.
    #[command(flatten)]
    pub dashboard: DashboardArgs,
}

/// Arguments of the dashboard.
#[derive(Debug, Args)]
pub struct DashboardArgs {
    /// 2026-Q3, 2026-09, 2026, last-90d, or FROM..TO
    #[arg(long, value_name = "PERIOD", default_value = "last-90d")]
    pub period: String,
    /// Beside another period: previous, or any period
    #[arg(long, value_name = "PERIOD", default_value = "previous")]
    pub compare: String,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// The reports.
#[derive(Debug, Subcommand)]
pub enum ReportCommand {
    /// How much of the demand was filled, and how fast
    Fill(ReportArgs),
    /// How many reviews are published, and how long case studies take
    Reviews(ReportArgs),
    /// What the program was worth in deals
    Influence(ReportArgs),
    /// Write a quarter's pack: summary, workbook, page, charts and CSV
    Qbr(QbrArgs),
}

/// Arguments of `report qbr`.
#[derive(Debug, Args)]
pub struct QbrArgs {
    /// 2026-Q3, 2026-09, 2026, last-90d, or FROM..TO
    #[arg(long, value_name = "PERIOD")]
    pub period: String,
    /// The folder to write: a new one, an empty one, or that of an earlier pack, which it replaces
    #[arg(long, value_name = "FOLDER")]
    pub out: PathBuf,
    /// Beside another period: previous, or any period
    #[arg(long, value_name = "PERIOD", default_value = "previous")]
    pub compare: String,
    /// Show people and accounts as roles and industries, for decks that leave the house
    #[arg(long)]
    pub anonymous: bool,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// Arguments of every report.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// 2026-Q3, 2026-09, 2026, last-90d, or FROM..TO
    #[arg(long, value_name = "PERIOD", default_value = "last-90d")]
    pub period: String,
    /// One row for each: ask, industry, requester or month for fill; platform or month for reviews; ask for influence
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
