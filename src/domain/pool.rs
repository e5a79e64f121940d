//! The pool and how much of it is active (`docs/metrics.md`, pool): who stands where at a period's end, and who came
//! and went.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::ask::Effort;
use super::group::Traits;
use super::ids::{AccountId, PersonId};
use super::period::Period;
use super::rate::Rate;
use super::stage::Stage;

/// The days to the period's end in which a completed ask makes an advocate an active one.
const ACTIVATION_DAYS: u64 = 90;

/// Somebody in the program or near it, as they stand on the day that the report is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// Their account.
    pub account: Option<AccountId>,
    /// What reports group by.
    pub traits: Traits,
    /// Where they stand on that day; `Candidate` is whoever has goodwill and no decision, `None` whoever has neither.
    pub stage: Option<Stage>,
    /// Every stage recorded by that day, oldest first.
    pub changes: Vec<(NaiveDate, Stage)>,
    /// Every ask completed by that day, with its own day.
    pub completed: Vec<(Effort, NaiveDate)>,
}

impl Member {
    /// Whether they are in the pool.
    pub fn is_advocate(&self) -> bool {
        self.stage.is_some_and(Stage::is_advocate)
    }

    /// Whether they completed an ask in the 90 days that end with `last`, `last` included.
    pub fn is_activated(&self, last: NaiveDate) -> bool {
        self.completed_since(last) > 0
    }

    /// How many asks they completed in those days.
    pub fn completed_since(&self, last: NaiveDate) -> usize {
        let first = activation_from(last);
        self.completed
            .iter()
            .filter(|(_, on)| first <= *on && *on <= last)
            .count()
    }

    /// Every step into the pool or out of it, with the stage that it led to.
    fn crossings(&self) -> impl Iterator<Item = (NaiveDate, Stage)> {
        let before = self.changes.iter().map(|(_, stage)| stage.is_advocate());
        let before = std::iter::once(false).chain(before);
        self.changes
            .iter()
            .zip(before)
            .filter(|((_, stage), before)| stage.is_advocate() != *before)
            .map(|(change, _)| *change)
    }
}

/// The pool at a period's end, and what moved in the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PoolReport {
    /// Active and paused advocates: the pool.
    pub pool: u64,
    /// Active ones.
    pub active: u64,
    /// Paused ones.
    pub paused: u64,
    /// Accounts with at least one advocate.
    pub accounts: u64,
    /// People with goodwill about whom nothing was decided.
    pub candidates: u64,
    /// People who were invited and have not answered.
    pub invited: u64,
    /// The pool on the day before the period.
    pub before: u64,
    /// Times that somebody came into the pool in the period; who comes back counts again. `pool` is `before` + `joined`
    /// − `retired` − `left`.
    pub joined: u64,
    /// Times that an advocate was retired in the period.
    pub retired: u64,
    /// Times that an advocate left in another way: declined, or never to be asked again.
    pub left: u64,
}

/// The pool of these people at the end of the period. The members stand as they stood on its last
/// day, or today where it is not over.
pub fn pool<'a>(members: impl IntoIterator<Item = &'a Member>, period: &Period) -> PoolReport {
    let mut report = PoolReport::default();
    let mut accounts = BTreeSet::new();
    for member in members {
        match member.stage {
            Some(Stage::Active) => report.active += 1,
            Some(Stage::Paused) => report.paused += 1,
            Some(Stage::Candidate) => report.candidates += 1,
            Some(Stage::Invited) => report.invited += 1,
            _ => {}
        }
        if member.is_advocate() {
            accounts.extend(member.account);
        }
        for (_, stage) in member.crossings().filter(|(on, _)| period.contains(*on)) {
            *match stage {
                stage if stage.is_advocate() => &mut report.joined,
                Stage::Retired => &mut report.retired,
                _ => &mut report.left,
            } += 1;
        }
    }
    report.pool = report.active + report.paused;
    report.accounts = accounts.len() as u64;
    report.before = (report.pool + report.retired + report.left).saturating_sub(report.joined);
    report
}

/// The first of the 90 days that end with `last`.
pub fn activation_from(last: NaiveDate) -> NaiveDate {
    last.checked_sub_days(Days::new(ACTIVATION_DAYS - 1))
        .unwrap_or(NaiveDate::MIN)
}

/// Activation rate: advocates of the pool who completed an ask in the 90 days that end with `last` / the pool. Who
/// completed one and has left the pool since is in neither.
pub fn activation<'a>(members: impl IntoIterator<Item = &'a Member>, last: NaiveDate) -> Rate {
    let mut rate = Rate::default();
    for member in members.into_iter().filter(|one| one.is_advocate()) {
        rate.denominator += 1;
        rate.numerator += u64::from(member.is_activated(last));
    }
    rate
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;
    use proptest::prelude::*;

    fn quarter() -> Period {
        Period::parse("2026-Q2", day("2026-12-31")).unwrap()
    }

    fn member(person: i64, changes: &[(&str, Stage)]) -> Member {
        let changes: Vec<_> = changes
            .iter()
            .map(|(on, stage)| (day(on), *stage))
            .collect();
        Member {
            person: PersonId(person),
            account: Some(AccountId(person % 3)),
            traits: Traits::default(),
            stage: Some(changes.last().map_or(Stage::Candidate, |(_, stage)| *stage)),
            changes,
            completed: Vec::new(),
        }
    }

    #[test]
    fn a_quarter_by_hand() {
        use Stage::{Active, Declined, DoNotContact, Invited, Paused, Retired};
        let members = [
            // In the pool all along: accounts 1, 2 and 1.
            member(1, &[("2026-01-10", Invited), ("2026-01-20", Active)]),
            member(2, &[("2025-01-10", Active), ("2026-05-01", Paused)]),
            // Joined on the first day, and on the last.
            member(4, &[("2026-04-01", Active)]),
            member(5, &[("2026-03-01", Invited), ("2026-06-30", Active)]),
            // Retired in the period, and the day before it.
            member(6, &[("2025-01-10", Active), ("2026-06-30", Retired)]),
            member(7, &[("2025-01-10", Active), ("2026-03-31", Retired)]),
            // Left in other ways.
            member(8, &[("2025-01-10", Paused), ("2026-04-05", Declined)]),
            member(9, &[("2025-01-10", Active), ("2026-04-06", DoNotContact)]),
            // Retired and came back: out and in.
            member(
                10,
                &[
                    ("2025-01-10", Active),
                    ("2026-04-02", Retired),
                    ("2026-04-20", Active),
                ],
            ),
            // Never in it.
            member(11, &[("2026-04-02", Invited)]),
            member(12, &[("2026-04-02", Declined)]),
            member(13, &[]),
            member(14, &[]),
        ];
        let expected = PoolReport {
            pool: 5,
            active: 4,
            paused: 1,
            accounts: 2,
            candidates: 2,
            invited: 1,
            before: 6,
            joined: 3,
            retired: 2,
            left: 2,
        };
        assert_eq!(pool(&members, &quarter()), expected);
    }

    #[test]
    fn nobody_is_an_empty_pool() {
        assert_eq!(pool([], &quarter()), PoolReport::default());
        assert_eq!(activation([], day("2026-06-30")), Rate::new(0, 0));
    }

    #[test]
    fn activation_by_hand() {
        let last = day("2026-06-30");
        let with = |stage, days: &[&str]| Member {
            stage: Some(stage),
            completed: days.iter().map(|on| (Effort::Low, day(on))).collect(),
            ..member(1, &[])
        };
        let members = [
            with(Stage::Active, &["2026-04-02"]), // the first of the 90 days
            with(Stage::Active, &["2026-04-01"]), // a day too early
            with(Stage::Paused, &["2026-06-30", "2026-05-01"]), // counts once
            with(Stage::Active, &["2026-07-01"]), // a day too late
            with(Stage::Active, &[]),
            with(Stage::Retired, &["2026-06-01"]), // not in the pool any more
        ];
        assert_eq!(activation(&members, last), Rate::new(2, 5));
    }

    proptest! {
        #[test]
        fn what_comes_and_goes_adds_up(
            lives in proptest::collection::vec(
                proptest::collection::vec((0_u64..200, 0_usize..7), 0..6), 0..20
            )
        ) {
            let first = day("2026-01-15");
            let members: Vec<Member> = lives.into_iter().enumerate().map(|(index, mut life)| {
                life.sort();
                let changes: Vec<_> = life
                    .into_iter()
                    .map(|(after, stage)| (first + Days::new(after), Stage::ALL[stage]))
                    .filter(|(on, _)| *on < quarter().until())
                    .collect();
                Member {
                    stage: Some(changes.last().map_or(Stage::Candidate, |(_, stage)| *stage)),
                    changes,
                    ..member(index as i64, &[])
                }
            }).collect();
            let report = pool(&members, &quarter());
            let before = members.iter().filter(|one| {
                let last = one.changes.iter().rfind(|(on, _)| *on < quarter().from());
                last.is_some_and(|(_, stage)| stage.is_advocate())
            });
            prop_assert_eq!(report.before, before.count() as u64);
        }
    }
}
