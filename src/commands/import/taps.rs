//! `import taps`: the history of asks from an old spreadsheet. It is fact: stored even where it breaks a cap, and
//! marked over-cap.

use std::collections::{HashMap, HashSet};
use std::slice;

use super::frame;
use super::kind::Look;
use super::list::{List, ListImport, RowContext, RowEffect};
use crate::domain::caps;
use crate::domain::email::Email;
use crate::domain::ids::{PersonId, TapId};
use crate::domain::present::Present;
use crate::domain::readiness::ReadinessFacts;
use crate::domain::tap::Outcome;
use crate::failure::Result;
use crate::intake::taps::{TapRow, read};
use crate::intake::{FileRow, IntakeError, Reading, Rejected};
use crate::output::Record;
use crate::resolve::account::of_newcomer;
use crate::resolve::reading::ImportFileArgs;
use crate::session::{Done, Session};
use crate::store::{self, NewOutcome, NewPerson, NewTap, TapFilter, Writing};

/// What stands for a colleague whom nobody named.
const NOBODY_NAMED: &str = "unknown";

pub(super) fn run(args: &ImportFileArgs, session: &mut Session<'_>) -> Result<Done> {
    let taps = List::of(Taps::default());
    frame::run(taps, slice::from_ref(&args.file), &args.read, session)
}

/// A file of past asks.
#[derive(Debug, Default)]
struct Taps {
    over_cap: u64,
    people_new: u64,
    /// The words of the rows of the file that tell two asks apart.
    words: HashSet<Words>,
    /// What the file said so far, with the lines.
    saved: HashMap<TapId, (u64, TapRow)>,
}

/// What tells two asks of one person, kind and day apart: who asked, and a note.
type Words = (String, Option<String>);

fn words(row: &TapRow) -> Words {
    let by = row.tapped_by.as_deref().unwrap_or(NOBODY_NAMED);
    (by.to_owned(), row.note.clone())
}

impl ListImport for Taps {
    type Row = TapRow;
    const COMMAND: &'static str = "import taps";
    const SCHEMA: &'static str = "import-taps/1";

    /// In the order of the asks, so that of two that are too near it is the later one that is over the cap.
    fn read(&self, look: &Look<'_>, bytes: Vec<u8>) -> Result<Reading<TapRow>, IntakeError> {
        let mut reading = read(bytes, look.options, &look.setting())?;
        let day = |row: &Result<FileRow<TapRow>, Rejected>| {
            row.as_ref().ok().map(|row| row.says.tapped_on)
        };
        reading.rows.sort_by_key(day);
        Ok(reading)
    }

    fn address<'r>(&self, row: &'r TapRow) -> Option<&'r Email> {
        Some(&row.email)
    }

    fn save(&mut self, context: &RowContext<'_>, row: &TapRow) -> Result<RowEffect> {
        let (writing, present) = (context.writing, context.present);
        let person = self.person(writing, row)?;
        let outcome = row.outcome.unwrap_or(Outcome::Pending);
        let mut known = writing.taps(&TapFilter {
            person: Some(person),
            kind: Some(row.ask),
            ..TapFilter::default()
        })?;
        known.retain(|known| present.day(known.at) == row.tapped_on);
        let Some(known) = self.known(&known, row) else {
            let tap = self.add(context, row, person, outcome)?;
            settle(context, row, person, tap, outcome)?;
            self.saved.insert(tap, (context.at.line, row.clone()));
            return Ok(RowEffect::New);
        };
        if let Some((line, before)) = self.saved.get(&known.id) {
            if row.adds_nothing_to(before) {
                return Ok(RowEffect::Unchanged);
            }
            let what = format!("the ask of {} on {}", row.email.shown(), row.tapped_on);
            let option = "who asked, or a note, tells two asks apart";
            return Ok(context.contradicts(&what, *line, option));
        }
        self.saved.insert(known.id, (context.at.line, row.clone()));
        let is_mended = mend(writing, known, row)?;
        if known.outcome == outcome || known.outcome.step(outcome).is_err() {
            return Ok(RowEffect::from(usize::from(is_mended), true));
        }
        settle(context, row, person, known.id, outcome)?;
        Ok(RowEffect::Changed)
    }

    fn look_ahead(&mut self, rows: &[Result<FileRow<TapRow>, Rejected>]) {
        self.words = rows.iter().flatten().map(|row| words(&row.says)).collect();
    }

    fn figures(&self, record: Record) -> Record {
        record.with("over_cap", "Over a cap", self.over_cap).with(
            "people_new",
            "People new",
            self.people_new,
        )
    }
}

impl Taps {
    /// The ask on record, among those of the person, kind and day: the one with these words, or else one of which no
    /// other row of the file tells. Of two rows that say different words each is an ask of its own.
    fn known<'k>(&self, known: &'k [store::TapRow], row: &TapRow) -> Option<&'k store::TapRow> {
        let words_of = |one: &store::TapRow| (one.by.clone(), one.note.clone());
        let same_words = known.iter().find(|one| words_of(one) == words(row));
        let others = || {
            known.iter().find(|one| match self.saved.get(&one.id) {
                None => !self.words.contains(&words_of(one)),
                Some((_, before)) => {
                    let differ = |one: &Option<String>, other: &Option<String>| {
                        one.is_some() && other.is_some() && one != other
                    };
                    !differ(&row.note, &before.note) && !differ(&row.tapped_by, &before.tapped_by)
                }
            })
        };
        same_words.or_else(others)
    }

    /// The person who was asked; added, with their account, where they are unknown.
    fn person(&mut self, writing: &Writing<'_>, row: &TapRow) -> Result<PersonId> {
        if let Some(found) = writing.person_by_email(row.email.key())? {
            return Ok(found);
        }
        self.people_new += 1;
        let account = of_newcomer(writing, None, row.email.company_domain())?;
        let new = NewPerson {
            email: &row.email,
            account: account.map(|(id, _)| id),
            fields: &[],
        };
        Ok(writing.add_person(&new, false)?)
    }

    fn add(
        &mut self,
        context: &RowContext<'_>,
        row: &TapRow,
        person: PersonId,
        outcome: Outcome,
    ) -> Result<TapId> {
        let (writing, present) = (context.writing, context.present);
        let (card, facts) = writing.facts_on(person, present, row.tapped_on)?;
        let over_cap = outcome.counts() && breaks_a_cap(&facts.facts, row, present);
        self.over_cap += u64::from(over_cap);
        let policy = &present.policy;
        Ok(writing.add_tap(&NewTap {
            person,
            account: card.account_id,
            kind: row.ask,
            effort: policy.effort(row.ask),
            at: policy.time_zone.noon_of(row.tapped_on).min(present.now),
            by: row.tapped_by.as_deref().unwrap_or(NOBODY_NAMED),
            note: row.note.as_deref(),
            over_cap,
            overridden: None,
            imported: true,
            request: None,
        })?)
    }
}

/// Fills in who asked and the note, where they are not on record yet; says whether it did.
fn mend(writing: &Writing<'_>, known: &store::TapRow, row: &TapRow) -> Result<bool> {
    let by = row
        .tapped_by
        .as_deref()
        .filter(|_| known.imported && known.by == NOBODY_NAMED);
    let note = row
        .note
        .as_deref()
        .filter(|_| known.imported && known.note.is_none());
    if by.is_none() && note.is_none() {
        return Ok(false);
    }
    let note = note.or(known.note.as_deref());
    writing.mend_tap(known.id, by.unwrap_or(&known.by), note)?;
    Ok(true)
}

fn breaks_a_cap(facts: &ReadinessFacts, row: &TapRow, present: &Present) -> bool {
    let (policy, day) = (&present.policy, row.tapped_on);
    let effort = policy.effort(row.ask);
    let account = facts.account_claims.iter();
    caps::check(&policy.caps, &facts.claims, effort, day).is_err()
        || !policy.account_cap.has_room(account, day)
}

fn settle(
    context: &RowContext<'_>,
    row: &TapRow,
    person: PersonId,
    tap: TapId,
    outcome: Outcome,
) -> Result<()> {
    if outcome == Outcome::Pending {
        return Ok(());
    }
    let present = context.present;
    let on = row.outcome_on.unwrap_or(row.tapped_on).max(row.tapped_on);
    let new = NewOutcome {
        tap,
        outcome,
        rating: row.rating,
        prospect_rating: None,
        note: None,
        prospect_note: None,
        scheduled_on: None,
        scheduled_time: None,
        said_at: None,
        at: present.policy.time_zone.noon_of(on).min(present.now),
    };
    Ok(context.writing.add_outcome(person, &new)?)
}
