//! `candidates`: promoters who were never confirmed, warmest first.

use chrono::NaiveDate;

use super::{Context, Done, Present, names};
use crate::cli::CandidatesArgs;
use crate::output::{Cell, Column, Sheet, Shown};
use crate::store::{ListRow, Tx};

pub(super) fn run(args: &CandidatesArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let (mut rows, present) = context.read(args.as_of.as_of, |tx, present| {
        let industry = match &args.industry {
            Some(words) => Some(names::industry(tx, &present.policy, words)?),
            None => None,
        };
        let spellings = industry.as_ref().map(|industry| &industry.spellings[..]);
        Ok((candidates(tx, present, spellings)?, present.clone()))
    })?;
    let all = rows.len();
    rows.truncate(args.limit);
    let sheet = sheet(&rows, &present);
    context.show("candidates/1", present.today, sheet)?;
    if all > args.limit {
        context.note(&format!(
            "{} of {all} shown; --limit {all} shows all",
            args.limit
        ))?;
    }
    Ok(Done::Fully)
}

/// Everyone who is a candidate, in the given spellings of an industry, warmest first: score, then recency, then
/// positive moments.
pub(super) fn candidates(
    tx: &Tx<'_>,
    present: &Present,
    spellings: Option<&[String]>,
) -> anyhow::Result<Vec<ListRow>> {
    let zone = present.policy.time_zone;
    let mut rows = tx.undecided(spellings)?;
    rows.retain(|row| row.goodwill(zone).is_candidate());
    rows.sort_by(|a, b| {
        let key = |row: &ListRow| {
            (
                row.person.latest_score,
                row.person.latest_response_at,
                row.moments,
            )
        };
        key(b)
            .cmp(&key(a))
            .then_with(|| a.person.id.cmp(&b.person.id))
    });
    Ok(rows)
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
