//! `import taps`: the history of asks from an old spreadsheet. It is fact: stored even where it breaks a cap, and
//! marked over-cap (`domain.md` §4).

use super::frame::{self, Became, Import, Job, number};
use crate::domain::caps::{self, Claim};
use crate::domain::ids::{PersonId, TapId};
use crate::domain::present::Present;
use crate::domain::tap::Outcome;
use crate::failure::Result;
use crate::intake::taps::{TapRow, read};
use crate::intake::{IntakeError, Options, Reading, Rejected, Setting};
use crate::output::Record;
use crate::resolve::account::of_newcomer;
use crate::resolve::reading::ImportFileArgs;
use crate::session::{Done, Session};
use crate::store::{NewOutcome, NewPerson, NewTap, TapFilter, Writing};

pub(super) fn run(args: &ImportFileArgs, session: &mut Session<'_>) -> Result<Done> {
    frame::run(Taps::default(), &args.file, &args.read, session)
}

/// A file of past asks.
#[derive(Debug, Default)]
struct Taps {
    over_cap: u64,
    people_new: u64,
}

impl Import for Taps {
    type Row = TapRow;
    const COMMAND: &'static str = "import taps";
    const SCHEMA: &'static str = "import-taps/1";

    /// In the order of the asks, so that of two that are too near it is the later one that is over the cap.
    fn read(
        &mut self,
        bytes: Vec<u8>,
        options: &Options,
        setting: &Setting,
    ) -> Result<Reading<TapRow>, IntakeError> {
        let mut reading = read(bytes, options, setting)?;
        let day = |row: &Result<TapRow, Rejected>| row.as_ref().ok().map(|row| row.tapped_on);
        reading.rows.sort_by_key(day);
        Ok(reading)
    }

    fn save(&mut self, job: &Job<'_>, row: &TapRow) -> Result<Result<Became, Rejected>> {
        Ok(Ok(save(job.writing, job.present, row, self)?))
    }

    fn figures(&self, record: Record) -> Record {
        record
            .with("over_cap", "Over a cap", number(self.over_cap))
            .with("people_new", "People new", number(self.people_new))
    }
}

fn save(
    writing: &Writing<'_>,
    present: &Present,
    row: &TapRow,
    counts: &mut Taps,
) -> Result<Became> {
    let person = person(writing, row, counts)?;
    let outcome = row.outcome.unwrap_or(Outcome::Pending);
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
        if !follows {
            return Ok(Became::Unchanged);
        }
        settle(writing, present, row, person, known.id, outcome)?;
        return Ok(Became::Changed);
    }
    let tap = add(writing, present, row, person, outcome, counts)?;
    settle(writing, present, row, person, tap, outcome)?;
    Ok(Became::New)
}

/// The person who was asked; added, with their account, where they are unknown.
fn person(writing: &Writing<'_>, row: &TapRow, counts: &mut Taps) -> Result<PersonId> {
    if let Some(found) = writing.person_by_email(row.email.key())? {
        return Ok(found);
    }
    counts.people_new += 1;
    let account = of_newcomer(writing, None, row.email.company_domain())?;
    let account = account.map(|(id, _)| id);
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
    counts: &mut Taps,
) -> Result<TapId> {
    let policy = &present.policy;
    let effort = policy.effort(row.ask);
    let (card, facts) = writing.facts_on(person, present, row.tapped_on)?;
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
) -> Result<()> {
    if outcome == Outcome::Pending {
        return Ok(());
    }
    let on = row.outcome_on.unwrap_or(row.tapped_on).max(row.tapped_on);
    let at = present.policy.time_zone.noon_of(on).min(present.now);
    Ok(writing.add_outcome(
        person,
        &NewOutcome {
            tap,
            outcome,
            rating: row.rating,
            note: None,
            at,
        },
    )?)
}
