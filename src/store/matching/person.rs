//! What is gathered about one person, row by row.

use chrono::NaiveDate;

use crate::domain::ask::{AskKind, Effort};
use crate::domain::calendar::Zone;
use crate::domain::matching::{Person, TrackRecord, Trait};
use crate::domain::readiness::{BadAsk, ReadinessFacts, Willingness};
use crate::domain::score::Score;
use crate::domain::told::Spoken;
use crate::store::people::standing;
use crate::store::rows::Row;

/// A person before anything but their own row was read.
pub(super) fn blank(row: &Row<'_>, zone: Zone) -> rusqlite::Result<Person> {
    let standing = standing(row)?;
    let latest: Option<Score> = row.get("latest_score")?;
    let latest = latest.zip(row.get("latest_response_at")?);
    let last_tapped_at = row.get("last_tapped_at")?;
    let mut traits = Vec::new();
    for (column, kind) in [("persona", Trait::Persona), ("language", Trait::Language)] {
        traits.extend(
            row.get::<Option<String>>(column)?
                .map(|value| (kind, value)),
        );
    }
    Ok(Person {
        id: row.get("id")?,
        facts: ReadinessFacts {
            standing,
            latest_score: latest.map(|(score, at)| (score, zone.day(at))),
            ..ReadinessFacts::default()
        },
        traits,
        record: TrackRecord::default(),
        last_tapped_at,
        taps_last_year: 0,
        moments_last_year: 0,
        given: 0,
        completed: Vec::new(),
        spoken: Spoken::default(),
    })
}

pub(super) fn add_moment(person: &mut Person, on: NaiveDate, own: bool, year_ago: NaiveDate) {
    person.facts.moments.add(on, own);
    person.moments_last_year += u32::from(on > year_ago);
}

pub(super) fn add_completed(person: &mut Person, effort: Effort, on: NaiveDate, proves: bool) {
    *person.facts.completed.get_mut(effort) += u32::from(proves);
    person.completed.push((effort, on));
}

/// Keeps the last time that each kind was declined.
pub(super) fn add_decline(person: &mut Person, kind: AskKind, on: NaiveDate) {
    let declines = &mut person.facts.declines;
    match declines.iter_mut().find(|(one, _)| *one == kind) {
        Some((_, last)) => *last = on.max(*last),
        None => declines.push((kind, on)),
    }
}

/// Keeps the last time that each kind went badly.
pub(super) fn add_bad_ask(person: &mut Person, bad: BadAsk) {
    let all = &mut person.facts.bad_asks;
    match all.iter_mut().find(|one| one.kind == bad.kind) {
        Some(last) if last.on <= bad.on => *last = bad,
        Some(_) => {}
        None => all.push(bad),
    }
}

/// Keeps when they were last heard at a touch.
pub(super) fn add_heard(person: &mut Person, on: NaiveDate) {
    let last = &mut person.facts.answered_touch_on;
    *last = Some(on).max(*last);
}

/// Keeps the last word on each kind: they come oldest first.
pub(super) fn add_willingness(person: &mut Person, said: Willingness) {
    let all = &mut person.facts.willingness;
    match all.iter_mut().find(|earlier| earlier.kind == said.kind) {
        Some(earlier) => *earlier = said,
        None => all.push(said),
    }
}
