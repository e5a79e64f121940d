//! What was asked of people, tap by tap.

use chrono::NaiveDate;

use super::person::{add_bad_ask, add_completed, add_decline, add_moment};
use crate::domain::ask::{AskKind, Effort};
use crate::domain::calendar::{Timestamp, Zone};
use crate::domain::caps::Claim;
use crate::domain::ids::TapId;
use crate::domain::matching::Person;
use crate::domain::moment::BadRating;
use crate::domain::readiness::{BadAsk, InVain};
use crate::domain::tap::{Outcome, Rating};
use crate::store::rows::record;
use crate::store::taps::AskRow;

record! {
    /// What the rules look at of a tap: no more than the index holds.
    #[derive(Debug, Clone, Copy)]
    pub(super) struct Asked from "taps m" {
        /// When.
        at: Timestamp = "m.tapped_at",
        /// Which.
        id: TapId = "m.id",
        /// What became of it.
        outcome: Outcome = "m.outcome",
        /// Since when.
        outcome_at: Timestamp = "m.outcome_at",
        /// How much that took.
        effort: Effort = "m.effort",
        /// For what.
        kind: AskKind = "m.ask_kind",
        /// How they liked it.
        rating: Option<Rating> = "m.rating",
    }
}

impl From<&AskRow> for Asked {
    fn from(ask: &AskRow) -> Self {
        Self {
            at: ask.at,
            id: ask.tap,
            outcome: ask.outcome,
            outcome_at: ask.outcome_at,
            effort: ask.effort,
            kind: ask.kind,
            rating: ask.rating,
        }
    }
}

/// The taps of several people while they are read.
pub(super) struct Asks {
    pub(super) zone: Zone,
    pub(super) bad_rating: BadRating,
    /// What happened after this day is of the last year.
    pub(super) year_ago: NaiveDate,
    /// The first day whose claims matter to the cap of a person.
    pub(super) reach: NaiveDate,
    /// When the earlier of these two days began: that of an earlier tap is of no interest, and there are many of them.
    pub(super) recent: Timestamp,
    /// What was settled, by the place of the person and in the order of the taps.
    pub(super) settled: Vec<(usize, Timestamp, TapId, Outcome, NaiveDate)>,
}

impl Asks {
    /// One more tap, of the person at a place.
    pub(super) fn add(&mut self, place: usize, person: &mut Person, tap: &Asked) {
        if tap.at >= self.recent && tap.outcome.counts() {
            let on = self.zone.day(tap.at);
            if on >= self.reach {
                person.facts.claims.push(Claim::tap(on, tap.effort));
            }
            person.taps_last_year += u32::from(on > self.year_ago);
        }
        person.record.add(tap.outcome);
        if !tap.outcome.is_open() {
            let on = self.zone.day(tap.outcome_at);
            self.settled.push((place, tap.at, tap.id, tap.outcome, on));
            match tap.outcome {
                Outcome::Completed => self.add_done(person, tap, on),
                Outcome::Declined => add_decline(person, tap.kind, on),
                _ => {}
            }
        }
    }

    /// An ask that was completed is a positive moment, unless it was rated badly.
    fn add_done(&self, person: &mut Person, tap: &Asked, on: NaiveDate) {
        let kind = tap.kind;
        let bad = tap
            .rating
            .filter(|rating| self.bad_rating.is(Some(*rating)));
        match bad {
            Some(rating) => add_bad_ask(person, BadAsk { kind, rating, on }),
            None => add_moment(person, on, true, self.year_ago),
        }
        add_completed(person, tap.effort, on, bad.is_none());
    }

    /// Counts what was asked in vain, once all taps are read.
    pub(super) fn settle(mut self, people: &mut [Person]) {
        self.settled
            .sort_unstable_by_key(|(place, at, id, ..)| (*place, *at, *id));
        for (place, at, _, outcome, settled_on) in self.settled {
            if let Some(person) = people.get_mut(place) {
                let row = &mut person.facts.in_vain;
                *row = InVain::after(*row, self.zone.day(at), outcome, settled_on);
            }
        }
    }
}
