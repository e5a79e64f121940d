//! Care: this program keeps up with its agenda. What fell due long ago was done, in its time; of what fell due in the
//! last days a part still waits, so that every morning has something to show.

use std::ops::Range;

use super::cast::ROLES;
use super::plan::Plan;
use super::value::Step;
use crate::domain::stage::Stage;
use crate::domain::tap::Outcome;
use crate::domain::touch::TouchKind;

/// Of what fell due in the last so many days, half still waits.
const BACKLOG: i64 = 6;
/// What an advocate may get for a completed ask, the likelier ones more than once. All of it is for every tier.
const GIFTS: [&str; 3] = ["swag", "swag", "recognition"];
/// The days by which the default policy has things due, and those in which they are done: thanks and results after an
/// ask was completed, a check-in after the last contact, a look at the profile after the last one.
const THANKS: (i64, Range<i64>) = (3, 1..4);
const RESULTS: (i64, Range<i64>) = (30, 10..30);
const CHECK_IN: (i64, Range<i64>) = (90, 62..88);
const VERIFY: (i64, Range<i64>) = (181, 130..180);
/// A score that fell is answered within so many days.
const DROP: (i64, Range<i64>) = (0, 1..6);

impl Plan<'_> {
    /// Adds what the crowd is due; the cast's is told by hand, but for the look at their profiles.
    pub(super) fn care(&mut self) {
        for person in 0..self.people.len() {
            if person >= ROLES.len() {
                self.answer_completed_asks(person);
            }
            let standing = self.people[person].stages.last();
            if standing.is_some_and(|(_, standing)| standing.stage == Some(Stage::Active)) {
                self.look_at_profile(person);
                if person >= ROLES.len() {
                    self.keep_in_touch(person);
                }
            }
        }
    }

    /// When something is done that counts from `ago` days ago, if it is by now.
    fn done(&mut self, ago: i64, (due, within): &(i64, Range<i64>)) -> Option<i64> {
        let done = ago - self.rng.i64(within.clone());
        let waits = self.rng.bool() && (0..BACKLOG).contains(&(ago - due));
        (done >= 1 && !waits).then_some(done)
    }

    fn touch(&mut self, ago: i64, person: usize, kind: TouchKind, tap: Option<usize>) {
        let step = Step::Touch {
            person,
            kind,
            tap,
            note: None,
        };
        self.value(ago, step);
    }

    /// Completed asks are answered with thanks and results, some with a gift.
    fn answer_completed_asks(&mut self, person: usize) {
        for tap in self.people[person].taps.clone() {
            let ago = match self.taps[tap].course.last() {
                Some((on, Outcome::Completed)) if !self.taps[tap].imported => self.ago(*on),
                _ => continue,
            };
            for (kind, days) in [
                (TouchKind::ThankYou, &THANKS),
                (TouchKind::ResultsShared, &RESULTS),
            ] {
                if let Some(done) = self.done(ago, days) {
                    self.touch(done, person, kind, Some(tap));
                }
            }
            let (lucky, item) = (self.rng.u8(0..10) < 3, self.rng.usize(0..GIFTS.len()));
            let given = ago - self.rng.i64(5..21);
            if lucky {
                let give = Step::Give {
                    person,
                    item: GIFTS[item],
                    cost: None,
                    tap: Some(tap),
                };
                self.value(given, give);
            }
        }
    }

    /// A check-in wherever there was no contact for long, and where a score fell.
    fn keep_in_touch(&mut self, person: usize) {
        let Some(joined) = self.joined(person) else {
            return;
        };
        for ago in self.drops(person, joined) {
            if let Some(done) = self.done(ago, &DROP) {
                self.touch(done, person, TouchKind::CheckIn, None);
            }
        }
        let mut contacts = self.contacts(person);
        contacts.retain(|ago| *ago <= joined);
        contacts.sort_unstable_by_key(|ago| std::cmp::Reverse(*ago));
        contacts.push(0);
        let mut last = joined;
        for next in contacts {
            while last - next >= CHECK_IN.0 {
                let Some(done) = self.done(last, &CHECK_IN) else {
                    break;
                };
                self.touch(done, person, TouchKind::CheckIn, None);
                last = done;
            }
            last = next;
        }
    }

    /// The profile is looked at twice a year.
    fn look_at_profile(&mut self, person: usize) {
        let verified = self.people[person].verified.map(|on| self.ago(on));
        let looked_at = [verified, self.joined(person)].into_iter().flatten();
        let Some(mut last) = looked_at.min() else {
            return;
        };
        while last >= VERIFY.0 {
            let Some(done) = self.done(last, &VERIFY) else {
                break;
            };
            self.verify(person, done);
            last = done;
        }
    }

    /// How many days ago somebody said first what they are willing to do.
    fn joined(&self, person: usize) -> Option<i64> {
        let said = self.people[person].said.iter();
        said.map(|said| self.ago(said.on)).max()
    }

    /// How many days ago somebody was asked, answered, or was decided about.
    fn contacts(&self, person: usize) -> Vec<i64> {
        let who = &self.people[person];
        let mut days: Vec<i64> = who.stages.iter().map(|(on, _)| self.ago(*on)).collect();
        for tap in who.taps.iter().map(|tap| &self.taps[*tap]) {
            let withdrawn = matches!(tap.course.last(), Some((_, Outcome::Withdrawn)));
            if !withdrawn {
                days.push(self.ago(tap.on));
                days.extend(tap.course.iter().map(|(on, _)| self.ago(*on)));
            }
        }
        days
    }

    /// How many days ago an advocate's answer fell into a lower group.
    fn drops(&self, person: usize, joined: i64) -> Vec<i64> {
        let mut answers = self.people[person].answers.clone();
        answers.sort_unstable_by_key(|answer| answer.on);
        let fell = answers.windows(2).filter_map(|pair| {
            let [before, after] = pair else { return None };
            let ago = self.ago(after.on);
            (after.score.group() < before.score.group() && ago <= joined).then_some(ago)
        });
        fell.collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::{Present, generate};
    use crate::clock::Clock;
    use crate::domain::agenda::{ItemKind, agenda};
    use crate::domain::policy::Policy;
    use crate::domain::stage::Stage;
    use crate::store::{NewOperation, Scope, Store, StoreError};

    #[test]
    fn a_morning_has_every_kind_of_work_and_not_too_much_of_it() {
        for now in [
            "2026-07-01T09:00:00Z",
            "2028-02-29T00:00:20Z",
            "2027-01-31T23:59:59Z",
            "2030-06-15T12:00:00Z",
        ] {
            for seed in [1, 2, 77] {
                let mut store = Store::in_memory().unwrap();
                let present = Present::new(Policy::default(), Clock::fixed(now).unwrap().now());
                let operation = NewOperation {
                    at: present.now,
                    actor: "test",
                    command: "advocate demo",
                };
                store
                    .write(&operation, |writing| generate(writing, seed, &present))
                    .unwrap();
                let looked = store.read(|tx| {
                    let found = tx.agenda_facts(present.policy.time_zone, present.now)?;
                    let items = agenda(&found.facts, &present.policy, present.today, 0);
                    let kinds: BTreeSet<ItemKind> = items.iter().map(|item| item.kind).collect();
                    assert_eq!(kinds.len(), ItemKind::ALL.len(), "{now} {seed}: {kinds:?}");
                    let amount = items.len();
                    assert!((18..=34).contains(&amount), "{now} {seed}: {amount}");
                    let accounts: BTreeSet<_> = tx
                        .referrals()?
                        .iter()
                        .filter_map(|one| one.account)
                        .collect();
                    let advocates = tx.facts(
                        &Scope::Decided,
                        &present.policy,
                        present.today,
                        present.today,
                    )?;
                    let closed = advocates.iter().any(|(card, person)| {
                        let stage = person.facts.standing.on(present.today);
                        stage.is_some_and(Stage::is_advocate)
                            && card.account_id.is_some_and(|id| accounts.contains(&id))
                    });
                    assert!(closed, "{now} {seed}: no advocate of an introduced account");
                    Ok::<_, StoreError>(())
                });
                looked.unwrap();
            }
        }
    }
}
