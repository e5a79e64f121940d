//! `candidates`: promoters who were never confirmed, warmest first.

use clap::Args;

use crate::domain::present::Present;
use crate::failure::Result;
use crate::output::{CommandLine, Sentence, Sheet, Table};
use crate::resolve;
use crate::resolve::arguments::{AsOf, limit, words};
use crate::session::{Done, Session};
use crate::store::ListRow;
use crate::views::who::WhoColumns;

/// Arguments of `candidates`.
#[derive(Debug, Args)]
pub struct CandidatesArgs {
    /// Only in this industry
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub industry: Option<String>,
    /// At most so many
    #[arg(long, value_name = "NUMBER", default_value_t = 20, value_parser = limit)]
    pub limit: u32,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

pub(super) fn run(args: &CandidatesArgs, session: &mut Session<'_>) -> Result<Done> {
    let limit = args.limit as usize;
    let mut all = 0;
    session.answer("candidates/1", args.as_of.as_of, |tx, present| {
        let industry = resolve::typed_industry(tx, &present.policy, args.industry.as_deref())?;
        let spellings = industry.as_ref().map(|industry| &industry.spellings[..]);
        let found = tx.candidates(present.policy.moments(), spellings, None, limit)?;
        all = found.all;
        Ok(table(&found.warmest, present))
    })?;
    session.note_the_rest(limit, all)
}

fn table(candidates: &[ListRow], present: &Present) -> Sheet {
    let import = CommandLine::of("import nps FILE");
    Table::of(candidates)
        .who_and_account(|row| &row.person)
        .left("industry", "Industry", |row| {
            present.industry(row.person.industry.as_deref())
        })
        .cut()
        .spare()
        .data("score", |row| row.person.latest_score)
        .data("last_response_on", |row| {
            row.person.latest_response_at.map(|at| present.day(at))
        })
        .data("moments", |row| row.moments)
        .left("reason", "Why", |row| {
            row.goodwill(present.policy.time_zone).reason(present.today)
        })
        .always()
        .empty(Sentence::from("No candidates. Import a survey with: ").then(import))
}
