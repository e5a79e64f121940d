//! `import taps`: the history of asks from an old spreadsheet. It is fact: stored even where it breaks a cap, and
//! marked over-cap (`domain.md` §4).

use super::super::{Context, Done, Present, describe, tap};
use super::rejects::Rejects;
use super::{Input, options, save_profile, setting};
use crate::cli::{DescribeArgs, ImportFileArgs};
use crate::domain::caps::{self, Claim};
use crate::domain::ids::{PersonId, TapId};
use crate::domain::tap::{Outcome, Rating};
use crate::intake::taps::{TapRow, read};
use crate::output::{Cell, Record};
use crate::store::{NewOutcome, NewPerson, NewTap, TapFilter, Writing};

/// What an import did.
#[derive(Debug, Default)]
struct Counts {
    rows: u64,
    new: u64,
    changed: u64,
    unchanged: u64,
    over_cap: u64,
    people_new: u64,
    notes: Vec<String>,
}

pub(super) fn run(args: &ImportFileArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let input = Input::read(&args.file)?;
    let mut rejects = Rejects::open(&args.read)?;
    let (counts, today) = context.write_or_rehearse(args.read.dry_run, |writing, present| {
        let options = options(writing, &args.read)?;
        let file = read(input.bytes, &options, &setting(present))?;
        let mut counts = Counts {
            notes: file.notes.clone(),
            ..Counts::default()
        };
        counts.rows = file.rows.len() as u64;
        for rejected in file.rejected() {
            rejects.add(&input.name, &file.header, rejected)?;
        }
        // In the order of the asks, so that of two that are too near it is the later one that is over the cap.
        let mut accepted: Vec<&TapRow> = file.accepted().collect();
        accepted.sort_by_key(|row| row.tapped_on);
        for row in accepted {
            save(writing, present, row, &mut counts)?;
        }
        rejects.finish(counts.rows)?;
        save_profile(writing, &args.read, &options)?;
        Ok((counts, present.today))
    })?;
    for note in &counts.notes {
        context.note(note)?;
    }
    let number = |count: u64| Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX));
    let mut record = Record::new()
        .with("rows", "Rows", number(counts.rows))
        .with("new", "  new", number(counts.new))
        .with("changed", "  changed", number(counts.changed))
        .with("unchanged", "  unchanged", number(counts.unchanged))
        .with("rejected", "  rejected", number(rejects.count))
        .with("over_cap", "Over a cap", number(counts.over_cap))
        .with("people_new", "People new", number(counts.people_new))
        .data("dry_run", args.read.dry_run);
    if rejects.count > 0 {
        record = record.with("rejects", "", Cell::list(rejects.shown()));
    }
    if args.read.dry_run {
        record = record.say("Dry run: nothing was changed.");
    }
    context.show("import-taps/1", today, record)?;
    Ok(if rejects.count > 0 {
        Done::WithRejects
    } else {
        Done::Fully
    })
}

fn save(
    writing: &Writing<'_>,
    present: &Present,
    row: &TapRow,
    counts: &mut Counts,
) -> anyhow::Result<()> {
    let person = person(writing, row, counts)?;
    let outcome = match row.outcome {
        Some(word) => word.parse::<Outcome>().map_err(anyhow::Error::msg)?,
        None => Outcome::Pending,
    };
    let known = writing.taps(&TapFilter {
        person: Some(person),
        kind: Some(row.ask),
        ..TapFilter::default()
    })?;
    if let Some(known) = known
        .iter()
        .find(|known| present.day(known.at) == row.tapped_on)
    {
        let follows = known.outcome != outcome && known.outcome.step(outcome).is_ok();
        match follows {
            true => {
                settle(writing, present, row, person, known.id, outcome)?;
                counts.changed += 1;
            }
            false => counts.unchanged += 1,
        }
        return Ok(());
    }
    let tap = add(writing, present, row, person, outcome, counts)?;
    settle(writing, present, row, person, tap, outcome)?;
    counts.new += 1;
    Ok(())
}

/// The person who was asked; added, with their account, where they are unknown.
fn person(writing: &Writing<'_>, row: &TapRow, counts: &mut Counts) -> anyhow::Result<PersonId> {
    if let Some(found) = writing.person_by_email(row.email.key())? {
        return Ok(found);
    }
    counts.people_new += 1;
    let account = describe::account_of(writing, &row.email, &DescribeArgs::default())?;
    Ok(writing.add_person(
        &NewPerson {
            email: &row.email,
            account,
            fields: &[],
        },
        false,
    )?)
}

fn add(
    writing: &Writing<'_>,
    present: &Present,
    row: &TapRow,
    person: PersonId,
    outcome: Outcome,
    counts: &mut Counts,
) -> anyhow::Result<TapId> {
    let policy = &present.policy;
    let effort = policy.effort(row.ask);
    let card = writing
        .person(person)?
        .ok_or_else(|| anyhow::anyhow!("nobody has the id {person}"))?;
    let (card, facts) = tap::facts_from(writing, present, &card, row.tapped_on)?;
    let claims: &[Claim] = &facts.facts.claims;
    let over_cap = outcome.counts()
        && (caps::check(&policy.caps, claims, effort, row.tapped_on).is_err()
            || !policy
                .account_cap
                .has_room(facts.facts.account_claims.iter(), row.tapped_on));
    counts.over_cap += u64::from(over_cap);
    Ok(writing.add_tap(&NewTap {
        person,
        account: card.account_id,
        kind: row.ask,
        effort,
        at: policy.time_zone.noon_of(row.tapped_on).min(present.now),
        by: row.tapped_by.as_deref().unwrap_or("unknown"),
        note: row.note.as_deref(),
        over_cap,
        overridden: None,
        imported: true,
        request: None,
    })?)
}

fn settle(
    writing: &Writing<'_>,
    present: &Present,
    row: &TapRow,
    person: PersonId,
    tap: TapId,
    outcome: Outcome,
) -> anyhow::Result<()> {
    if outcome == Outcome::Pending {
        return Ok(());
    }
    let on = row.outcome_on.unwrap_or(row.tapped_on).max(row.tapped_on);
    let at = present.policy.time_zone.noon_of(on).min(present.now);
    let rating = row.rating.and_then(Rating::new);
    Ok(writing.add_outcome(
        person,
        &NewOutcome {
            tap,
            outcome,
            rating,
            note: None,
            at,
        },
    )?)
}
