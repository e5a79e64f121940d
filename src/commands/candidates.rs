//! `candidates`: promoters who were never confirmed, warmest first.

use crate::failure::Result;
use crate::resolve::arguments::AsOf;
use crate::resolve::arguments::limit;
use clap::Args;
use std::collections::HashSet;

use chrono::NaiveDate;

use crate::domain::ids::PersonId;
use crate::domain::present::Present;
use crate::output::{Cell, Column, Sheet, Shown};
use crate::resolve;
use crate::session::{Done, Session};
use crate::store::{ListRow, Tx, Undecided};

/// Arguments of `candidates`.
#[derive(Debug, Args)]
pub struct CandidatesArgs {
    /// Only in this industry
    #[arg(long, value_name = "NAME")]
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
    let (found, present) = session.read(args.as_of.as_of, |tx, present| {
        let industry = match &args.industry {
            Some(words) => Some(resolve::industry(tx, &present.policy, words)?),
            None => None,
        };
        let spellings = industry.as_ref().map(|industry| &industry.spellings[..]);
        let found = candidates(tx, present, spellings, None, limit)?;
        Ok((found, present.clone()))
    })?;
    let all = found.all;
    let sheet = sheet(&found.warmest, &present);
    session.show("candidates/1", present.today, sheet)?;
    if all > limit {
        session.note(format!("{limit} of {all} shown; --limit {all} shows all"))?;
    }
    Ok(Done::Fully)
}

/// The candidates that were asked for.
#[derive(Default)]
pub(super) struct Candidates {
    /// The warmest of them.
    pub(super) warmest: Vec<ListRow>,
    /// How many there are.
    pub(super) all: usize,
}

/// The candidates in the given spellings of an industry, `only` those named where some are, the warmest `limit` of them
/// with their cards: score, then recency, then positive moments. Moments are counted only where they matter, for there
/// can be very many people.
pub(super) fn candidates(
    tx: &Tx<'_>,
    present: &Present,
    spellings: Option<&[String]>,
    only: Option<&HashSet<PersonId>>,
    limit: usize,
) -> Result<Candidates> {
    let mut people = Vec::new();
    for one in tx.undecided(spellings)? {
        if only.is_some_and(|only| !only.contains(&one.id)) {
            continue;
        }
        let mut goodwill = one.goodwill(present.policy.time_zone);
        if goodwill.hinges_on_moments() {
            goodwill.moments = tx.moments_of(one.id)?;
        }
        if goodwill.is_candidate() {
            people.push(one);
        }
    }
    let warmth = |one: &Undecided| (one.latest_score, one.latest_response_at);
    people.sort_by(|a, b| warmth(b).cmp(&warmth(a)).then_with(|| a.id.cmp(&b.id)));
    let all = people.len();
    // Those as warm as the last one shown are compared by their moments.
    let last = limit
        .checked_sub(1)
        .and_then(|last| people.get(last))
        .map(warmth);
    let mut warmest = Vec::new();
    for (before, one) in people.into_iter().enumerate() {
        if before >= limit && Some(warmth(&one)) != last {
            break;
        }
        if let Some(person) = tx.person(one.id)? {
            let moments = tx.moments_of(one.id)?;
            let noticed = tx.noticed(one.id)?;
            let row = ListRow {
                person,
                moments,
                noticed,
            };
            warmest.push((warmth(&one), row));
        }
    }
    warmest.sort_by(|(a, one), (b, other)| (b, other.moments).cmp(&(a, one.moments)));
    warmest.truncate(limit);
    let warmest = warmest.into_iter().map(|(_, row)| row).collect();
    Ok(Candidates { warmest, all })
}

fn sheet(rows: &[ListRow], present: &Present) -> Sheet {
    let day = |row: &ListRow| -> Option<NaiveDate> {
        row.person.latest_response_at.map(|at| present.day(at))
    };
    let mut sheet = Sheet::new(vec![
        Column::left("who", "Name").only(Shown::Reading),
        Column::left("email", "E-mail").only(Shown::Data),
        Column::left("name", "Name").only(Shown::Data),
        Column::left("account", "Account"),
        Column::left("industry", "Industry"),
        Column::right("score", "Score").only(Shown::Data),
        Column::left("last_response_on", "Last response").only(Shown::Data),
        Column::right("moments", "Moments").only(Shown::Data),
        Column::left("reason", "Why"),
    ])
    .empty("No candidates. Import a survey with: advocate import nps FILE");
    for row in rows {
        let person = &row.person;
        let industry = person
            .industry
            .as_deref()
            .map(|words| present.policy.industries.name_of(words));
        sheet.push(vec![
            person.shown_name().into(),
            person.email.as_str().into(),
            person.name.as_deref().into(),
            person.account.as_deref().into(),
            industry.into(),
            Cell::opt(person.latest_score.map(|score| i64::from(score.get()))),
            Cell::opt(day(row)),
            row.moments.into(),
            row.goodwill(present.policy.time_zone)
                .reason(present.today)
                .into(),
        ]);
    }
    sheet
}
