//! What is gathered about one person, row by row.

use chrono::NaiveDate;

use crate::domain::ask::{AskKind, Effort};
use crate::domain::matching::Person;
use crate::domain::readiness::Willingness;

pub(super) fn add_moment(person: &mut Person, on: NaiveDate, year_ago: NaiveDate) {
    person.facts.last_moment_on = person.facts.last_moment_on.max(Some(on));
    person.moments_last_year += u32::from(on > year_ago);
}

pub(super) fn add_completed(person: &mut Person, effort: Effort, on: NaiveDate) {
    *person.facts.completed.get_mut(effort) += 1;
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

/// Keeps the last word on each kind: they come oldest first.
pub(super) fn add_willingness(person: &mut Person, said: Willingness) {
    let all = &mut person.facts.willingness;
    match all.iter_mut().find(|earlier| earlier.kind == said.kind) {
        Some(earlier) => *earlier = said,
        None => all.push(said),
    }
}
