//! `report`, `report NAME` and `report qbr`.

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

/// What follows the help of reports that group by people.
const BY_PEOPLE: &str = "--by takes industry, segment, region, owner or tier.
All is as it stood at the period's end.";

/// The reports.
#[derive(Debug, Subcommand)]
pub enum ReportCommand {
    /// How large the program is, who could join it, who came and went
    #[command(after_help = BY_PEOPLE)]
    Pool(ReportArgs),
    /// How much of the pool completed an ask in 90 days
    #[command(after_help = BY_PEOPLE)]
    Activation(ReportArgs),
    /// How the asks are spread over the advocates
    #[command(after_help = BY_PEOPLE)]
    Load(ReportArgs),
    /// How often an ask gets a yes
    #[command(
        after_help = "--by takes ask, effort, month, industry, segment, region, owner or tier; without it, ask and tier."
    )]
    Acceptance(ReportArgs),
    /// How far people have come, and where it sticks
    #[command(after_help = BY_PEOPLE)]
    Flywheel(ReportArgs),
    /// How much of the demand was filled, and how fast
    #[command(after_help = "--by takes ask, industry, requester, region, segment or month.")]
    Fill(ReportArgs),
    /// Who could be asked, beside targets and requests
    #[command(
        after_help = "--by takes two of industry, ask, tier, region, segment, product, use-case, persona and language, \
                      such as region,tier; without it, industry,ask.\nAll is as it stood at the period's end."
    )]
    Coverage(ReportArgs),
    /// NPS in both its forms, with how sure it is
    #[command(
        after_help = "--by takes month, quarter, source, industry, segment, region or owner."
    )]
    Nps(ReportArgs),
    /// How many reviews are published, and how long case studies take
    #[command(after_help = "--by takes platform or month.")]
    Reviews(ReportArgs),
    /// What the program was worth in deals
    #[command(after_help = "--by takes ask.")]
    Influence(ReportArgs),
    /// Who nominates, and how many of the nominated become advocates
    #[command(after_help = "--by takes nominator, industry or month; without it, nominator.")]
    Nominations(ReportArgs),
    /// What was given to advocates against what was taken
    #[command(after_help = "--by takes owner, industry or tier.")]
    Reciprocity(ReportArgs),
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
    /// One row for each; what it takes is said below
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
