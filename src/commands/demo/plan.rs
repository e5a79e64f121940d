//! The program as planned: everything that will be written, and the facts that the rules look at while it is planned.

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use fastrand::Rng;

use super::demand::Demand;
use super::words::Words;
use crate::commands::Present;
use crate::domain::ask::{AskKind, Effort};
use crate::domain::calendar::Timestamp;
use crate::domain::caps::Claim;
use crate::domain::email::Email;
use crate::domain::readiness::{AccountState, ReadinessFacts, Willingness};
use crate::domain::score::Score;
use crate::domain::stage::Standing;
use crate::domain::tap::Outcome;
use crate::store::{AccountFields, AccountTraits, PersonFields};

/// Red health and escalations are news: asks older than so many days were made in calmer times.
const NEWS: i64 = 60;

/// An account to add.
pub(super) struct Account {
    pub fields: AccountFields,
    pub traits: AccountTraits,
    pub name: String,
    pub domain: String,
    pub industry: &'static str,
    pub language: &'static str,
    pub owner: &'static str,
    pub state: AccountState,
    /// Whether the asks of its people are told by hand.
    pub told: bool,
}

/// A person to add, with what was decided and said so far.
pub(super) struct Person {
    pub account: usize,
    pub name: String,
    pub email: Email,
    pub fields: PersonFields,
    pub answers: Vec<Answer>,
    pub stages: Vec<(NaiveDate, Standing)>,
    pub said: Vec<Willingness>,
    /// When somebody checked their profile last.
    pub verified: Option<NaiveDate>,
    pub taps: Vec<usize>,
}

/// An answer to a survey.
#[derive(Clone, Copy)]
pub(super) struct Answer {
    pub on: NaiveDate,
    pub score: Score,
    pub comment: &'static str,
}

/// A tap with what became of it.
pub(super) struct Tap {
    pub person: usize,
    pub kind: AskKind,
    pub effort: Effort,
    pub on: NaiveDate,
    pub at: Timestamp,
    pub by: &'static str,
    pub note: Option<&'static str>,
    pub over_cap: bool,
    pub overridden: Option<(String, &'static str)>,
    pub imported: bool,
    pub course: Vec<(NaiveDate, Outcome)>,
    /// The request that it is made for.
    pub request: Option<usize>,
}

impl Tap {
    /// Whether it takes room in a cap on `day`: one that is withdrawn stands in the way until then.
    fn counts_on(&self, day: NaiveDate) -> bool {
        let last = self.course.iter().rfind(|(on, _)| *on <= day);
        last.is_none_or(|(_, outcome)| outcome.counts())
    }
}

/// Everything that will be written.
pub(super) struct Plan<'a> {
    pub present: &'a Present,
    pub rng: Rng,
    pub words: Words,
    pub accounts: Vec<Account>,
    pub people: Vec<Person>,
    pub taps: Vec<Tap>,
    pub events: Vec<super::events::Event>,
    pub demand: Demand,
}

impl<'a> Plan<'a> {
    /// A plan without anybody.
    pub(super) fn new(seed: u64, present: &'a Present) -> Self {
        Self {
            present,
            rng: Rng::with_seed(seed),
            words: Words::load(),
            accounts: Vec::new(),
            people: Vec::new(),
            taps: Vec::new(),
            events: Vec::new(),
            demand: Demand::default(),
        }
    }

    /// The day so many days ago; a negative number is in the future.
    pub(super) fn day(&self, ago: i64) -> NaiveDate {
        self.present.today - TimeDelta::days(ago)
    }

    /// How many days ago a day was.
    pub(super) fn ago(&self, day: NaiveDate) -> i64 {
        (self.present.today - day).num_days()
    }

    /// Some minute of an hour of a day, never later than now.
    pub(super) fn at(&mut self, day: NaiveDate, hour: i64) -> Timestamp {
        let seconds = self.rng.i64(0..3600);
        let time = day.and_time(NaiveTime::MIN) + TimeDelta::seconds(hour * 3600 + seconds);
        let zone = self.present.policy.time_zone;
        zone.instant(time).min(self.present.now)
    }

    /// The colleague who owns the relationship with a person.
    pub(super) fn owner(&self, person: usize) -> &'static str {
        self.accounts[self.people[person].account].owner
    }

    /// Everything that the hard rules look at, as it was on `day`; taps of later days count in the caps as well.
    pub(super) fn facts(&self, person: usize, day: NaiveDate) -> ReadinessFacts {
        let who = &self.people[person];
        let mut facts = ReadinessFacts {
            willingness: who.said.clone(),
            claims: self.claims(day, |tap| tap.person == person),
            account_claims: self
                .claims(day, |tap| self.people[tap.person].account == who.account)
                .into(),
            account: self.accounts[who.account].state.clone(),
            ..ReadinessFacts::default()
        };
        if self.ago(day) > NEWS {
            facts.account.red = false;
            facts.account.escalated = false;
        }
        let standing = who.stages.iter().rfind(|(on, _)| *on <= day);
        facts.standing = standing.map(|(_, standing)| *standing).unwrap_or_default();
        let answers = who.answers.iter().filter(|answer| answer.on <= day);
        facts.latest_score = answers
            .clone()
            .map(|one| (one.on, one.score))
            .max()
            .map(swap);
        let promoted = answers
            .filter(|one| one.score.is_promoter())
            .map(|one| one.on);
        let confirmed = who.said.iter().filter(|one| one.willing && one.on <= day);
        facts.last_moment_on = promoted.chain(confirmed.map(|one| one.on)).max();
        self.add_courses(&mut facts, person, day);
        facts
    }

    fn claims(&self, day: NaiveDate, of: impl Fn(&Tap) -> bool) -> Vec<Claim> {
        let taps = self.taps.iter().filter(|tap| of(tap));
        let taps = taps.filter(|tap| tap.counts_on(day));
        taps.map(|tap| Claim::tap(tap.on, tap.effort)).collect()
    }

    fn add_courses(&self, facts: &mut ReadinessFacts, person: usize, day: NaiveDate) {
        for tap in self.people[person].taps.iter().map(|tap| &self.taps[*tap]) {
            match tap.course.iter().rfind(|(on, _)| *on <= day) {
                Some((on, Outcome::Completed)) => {
                    *facts.completed.get_mut(tap.effort) += 1;
                    facts.last_moment_on = facts.last_moment_on.max(Some(*on));
                }
                Some((on, Outcome::Declined)) => facts.declines.insert(0, (tap.kind, *on)),
                _ => {}
            }
        }
    }
}

fn swap((on, score): (NaiveDate, Score)) -> (Score, NaiveDate) {
    (score, on)
}
