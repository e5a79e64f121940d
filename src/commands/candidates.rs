//! `candidates`: promoters who were never confirmed, warmest first.

use clap::Args;

use crate::domain::present::Present;
use crate::failure::Result;
use crate::output::{CommandLine, Sentence, Table};
use crate::resolve::arguments::{AsOf, limit};
use crate::resolve::filter::FilterArgs;
use crate::session::{Done, Session};
use crate::store::ListRow;
use crate::views::who::WhoColumns;

/// Arguments of `candidates`.
#[derive(Debug, Args)]
pub struct CandidatesArgs {
    /// About whom.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// At most so many
    #[arg(long, value_name = "NUMBER", default_value_t = 20, value_parser = limit)]
    pub limit: u32,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

pub(super) fn run(args: &CandidatesArgs, session: &mut Session<'_>) -> Result<Done> {
    let limit = session.most(Some(args.limit));
    let import = CommandLine::of("import nps FILE");
    let mut all = 0;
    session.answer("candidates/1", args.as_of.as_of, |tx, present| {
        let passing = args.filter.passing(tx, present)?;
        let found = tx.candidates(present.policy.moments(), None, passing.people(), limit)?;
        all = found.all;
        Ok(
            table(&found.warmest, present).empty(match args.filter.is_empty() {
                true => Sentence::from("No candidates. Import a survey with: ").then(import),
                false => "No candidates like that.".into(),
            }),
        )
    })?;
    session.note_the_rest(limit, all)
}

fn table<'a>(candidates: &'a [ListRow], present: &Present) -> Table<'a, ListRow> {
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
}
