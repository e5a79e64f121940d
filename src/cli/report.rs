//! `report …`.

use clap::{Args, Subcommand};

use super::AsOf;

/// The reports.
#[derive(Debug, Subcommand)]
pub enum ReportCommand {
    /// How large the program is, who could join it, who came and went
    ///
    /// --by industry, segment, region, owner or tier. As things stood at the period's end.
    Pool(ReportArgs),
    /// How much of the pool completed an ask in 90 days
    ///
    /// --by industry, segment, region, owner or tier. As things stood at the period's end.
    Activation(ReportArgs),
    /// How the asks are spread over the advocates
    ///
    /// --by industry, segment, region, owner or tier; --rows lists the advocates. As things stood at the period's end.
    Load(ReportArgs),
    /// How often an ask gets a yes
    ///
    /// --by ask, effort, month, industry, segment, region, owner or tier; without it, by ask and by tier.
    Acceptance(ReportArgs),
    /// How far people have come, and where it sticks
    ///
    /// --by industry, segment, region, owner or tier. As things stood at the period's end.
    Flywheel(ReportArgs),
    /// How much of the demand was filled, and how fast
    ///
    /// --by ask, industry, requester, region, segment or month.
    Fill(ReportArgs),
    /// Who could be asked today, beside targets and requests
    ///
    /// --by two of industry, ask, tier, region, segment, product, use-case, persona and language, such as
    /// region,tier; industry,ask without it. As things stood at the period's end.
    Coverage(ReportArgs),
    /// NPS in both its forms, with how sure it is
    ///
    /// --by month, quarter, source, industry, segment, region or owner.
    Nps(ReportArgs),
    /// How many reviews are published, and how long case studies take
    ///
    /// --by platform or month.
    Reviews(ReportArgs),
    /// What the program was worth in deals
    ///
    /// --by ask.
    Influence(ReportArgs),
}

/// Arguments of every report.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// 2026-Q3, 2026-09, 2026, last-90d, or FROM..TO
    #[arg(long, value_name = "PERIOD", default_value = "last-90d")]
    pub period: String,
    /// One row for each; what is offered is said above
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
