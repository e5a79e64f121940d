//! What is gathered about one person, word by word and ask by ask.

use chrono::NaiveDate;

use crate::domain::ask::{AskKind, Effort};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::OperationId;
use crate::domain::matching::Person;
use crate::domain::readiness::Willingness;

/// A word about one kind of ask.
pub(super) struct Word {
    pub(super) said_at: Timestamp,
    pub(super) id: i64,
    pub(super) operation: OperationId,
    pub(super) said: Willingness,
}

impl Word {
    /// Whether it is the positive moment of its confirmation, as in [`crate::store::moments`], which asks SQLite: of those with
    /// everything that one person said, looking is faster.
    pub(super) fn is_moment<'w>(&self, mut all: impl Iterator<Item = &'w Word>) -> bool {
        self.said.willing
            && !all.any(|other| {
                other.said.willing && other.operation == self.operation && other.id < self.id
            })
    }
}

pub(super) fn add_moment(person: &mut Person, on: NaiveDate, year_ago: NaiveDate) {
    person.facts.last_moment_on = person.facts.last_moment_on.max(Some(on));
    person.moments_last_year += u32::from(on > year_ago);
}

pub(super) fn add_completed(
    person: &mut Person,
    effort: Effort,
    on: NaiveDate,
    year_ago: NaiveDate,
) {
    *person.facts.completed.get_mut(effort) += 1;
    person.completed.push((effort, on));
    add_moment(person, on, year_ago);
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
