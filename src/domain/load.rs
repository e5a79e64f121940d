//! Tap load (`docs/metrics.md`, load): how the asks are spread over the people who take them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::ask::{AskKind, Effort};
use super::caps::PerEffort;
use super::ids::PersonId;
use super::period::Period;
use super::rate::Rate;
use super::tap::Outcome;

/// One ask, as it stands on the day that the report is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TapFacts {
    /// Who was asked.
    pub person: PersonId,
    /// For what.
    pub kind: AskKind,
    /// How much that took.
    pub effort: Effort,
    /// When, in the program's zone; it decides the period.
    pub on: NaiveDate,
    /// What became of it.
    pub outcome: Outcome,
    /// Whether it broke a cap.
    pub over_cap: bool,
    /// Whether a refusal was overridden.
    pub overridden: bool,
}

/// What one person was asked in the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asked {
    /// Taps that count, by effort.
    pub taps: PerEffort<u64>,
    /// Those of them over a cap.
    pub over_cap: u64,
    /// Those of them with a refusal overridden.
    pub overridden: u64,
    /// Taps that count since the program began.
    pub ever: u64,
}

impl Asked {
    /// Taps that count in the period.
    pub const fn all(&self) -> u64 {
        self.taps.low + self.taps.medium + self.taps.high
    }
}

/// Somebody who carries a part of the load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bearer {
    /// Who.
    pub person: PersonId,
    /// Whether they are in the pool at the period's end.
    pub in_pool: bool,
    /// What they were asked.
    pub asked: Asked,
}

/// How the asks of a period were spread.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LoadReport {
    /// The pool at the period's end, and whoever was asked in the period without being in it then.
    pub advocates: u64,
    /// Taps made in the period that count: all but the withdrawn.
    pub taps: u64,
    /// Taps / advocates; `None` of nobody.
    pub taps_per_advocate: Option<f64>,
    /// Taps on the one who was asked most.
    pub most: u64,
    /// How many advocates the top 10 % are: a tenth of them, rounded up.
    pub top: u64,
    /// Taps on those / taps.
    pub concentration: Rate,
    /// Of the pool: not asked in the period.
    pub not_asked: Rate,
    /// Of the pool: never asked at all.
    pub never_asked: Rate,
    /// Taps in the period that broke a cap.
    pub over_cap: u64,
    /// Taps in the period with a refusal overridden.
    pub overridden: u64,
}

/// Everyone who carries a part of the load, the most asked first: the pool, and whoever was asked in the period
/// without being in it. Taps after the period are left out.
pub fn bearers(
    pool: impl IntoIterator<Item = PersonId>,
    taps: &[TapFacts],
    period: &Period,
) -> Vec<Bearer> {
    let mut everyone: BTreeMap<PersonId, (bool, Asked)> = pool
        .into_iter()
        .map(|person| (person, (true, Asked::default())))
        .collect();
    let counted = taps
        .iter()
        .filter(|tap| tap.outcome.counts() && tap.on < period.until());
    for tap in counted {
        if !period.contains(tap.on) {
            if let Some((_, asked)) = everyone.get_mut(&tap.person) {
                asked.ever += 1;
            }
            continue;
        }
        let (_, asked) = everyone.entry(tap.person).or_default();
        asked.ever += 1;
        *asked.taps.get_mut(tap.effort) += 1;
        asked.over_cap += u64::from(tap.over_cap);
        asked.overridden += u64::from(tap.overridden);
    }
    let mut bearers: Vec<Bearer> = everyone
        .into_iter()
        .map(|(person, (in_pool, asked))| Bearer {
            person,
            in_pool,
            asked,
        })
        .collect();
    bearers.sort_by_key(|one| std::cmp::Reverse(one.asked.all()));
    bearers
}

/// How the load is spread over these people.
pub fn load<'a>(bearers: impl IntoIterator<Item = &'a Bearer>) -> LoadReport {
    let mut report = LoadReport::default();
    let mut loads = Vec::new();
    for Bearer { in_pool, asked, .. } in bearers {
        loads.push(asked.all());
        report.over_cap += asked.over_cap;
        report.overridden += asked.overridden;
        if *in_pool {
            report.not_asked.denominator += 1;
            report.not_asked.numerator += u64::from(asked.all() == 0);
            report.never_asked.denominator += 1;
            report.never_asked.numerator += u64::from(asked.ever == 0);
        }
    }
    loads.sort_unstable_by_key(|taps| std::cmp::Reverse(*taps));
    let top = loads.len().div_ceil(10);
    report.advocates = loads.len() as u64;
    report.taps = loads.iter().sum();
    report.taps_per_advocate = (!loads.is_empty()).then(|| report.taps as f64 / loads.len() as f64);
    report.most = loads.first().copied().unwrap_or(0);
    report.top = top as u64;
    report.concentration = Rate::new(loads.iter().take(top).sum(), report.taps);
    report
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;
    use proptest::prelude::*;

    fn quarter() -> Period {
        Period::parse("2026-Q2", day("2026-12-31")).unwrap()
    }

    fn tap(person: i64, on: &str) -> TapFacts {
        TapFacts {
            person: PersonId(person),
            kind: AskKind::Review,
            effort: Effort::Low,
            on: day(on),
            outcome: Outcome::Pending,
            over_cap: false,
            overridden: false,
        }
    }

    /// Eleven in the pool, so two are the top 10 %.
    fn a_quarter() -> Vec<TapFacts> {
        let over = |tap| TapFacts {
            over_cap: true,
            ..tap
        };
        vec![
            tap(1, "2026-04-01"),
            over(tap(1, "2026-04-02")),
            TapFacts {
                effort: Effort::High,
                overridden: true,
                ..over(tap(1, "2026-06-30"))
            },
            tap(2, "2026-05-01"),
            tap(2, "2026-06-01"),
            tap(3, "2026-05-01"),
            tap(4, "2026-03-31"), // asked once, before the period
            tap(5, "2026-07-01"), // after it: not asked yet
            TapFacts {
                outcome: Outcome::Withdrawn,
                ..over(tap(6, "2026-05-01"))
            },
            tap(12, "2026-05-05"), // asked and left
            tap(13, "2026-01-05"), // left before
        ]
    }

    #[test]
    fn a_quarter_by_hand() {
        let bearers = bearers((1..=11).map(PersonId), &a_quarter(), &quarter());
        let report = load(&bearers);
        let expected = LoadReport {
            advocates: 12,
            taps: 7,
            taps_per_advocate: Some(7.0 / 12.0),
            most: 3,
            top: 2,
            concentration: Rate::new(5, 7),
            not_asked: Rate::new(8, 11),
            never_asked: Rate::new(7, 11),
            over_cap: 2,
            overridden: 1,
        };
        assert_eq!(report, expected);
        let most = bearers[0];
        assert_eq!((most.person, most.in_pool), (PersonId(1), true));
        assert_eq!((most.asked.taps.low, most.asked.taps.high), (2, 1));
        assert!(
            !bearers
                .iter()
                .find(|one| one.person.0 == 12)
                .unwrap()
                .in_pool
        );
    }

    #[test]
    fn a_tenth_is_rounded_up() {
        for (people, top) in [(0, 0), (1, 1), (9, 1), (10, 1), (11, 2), (20, 2), (21, 3)] {
            let report = load(&bearers((0..people).map(PersonId), &[], &quarter()));
            assert_eq!(report.top, top, "{people}");
            assert_eq!(report.concentration, Rate::new(0, 0));
        }
        assert_eq!(load([]), LoadReport::default());
    }

    proptest! {
        #[test]
        fn the_top_tenth_carries_at_least_its_share_in_any_order(
            (taps, shuffled) in proptest::collection::vec((1_i64..30, 0_u64..80), 1..60)
                .prop_map(|list| list
                    .into_iter()
                    .map(|(person, after)| TapFacts {
                        on: day("2026-04-01") + chrono::Days::new(after),
                        ..tap(person, "2026-04-01")
                    })
                    .collect::<Vec<_>>())
                .prop_flat_map(|taps| (Just(taps.clone()), Just(taps).prop_shuffle()))
        ) {
            let of = |taps: &[TapFacts]| load(&bearers((1..15).map(PersonId), taps, &quarter()));
            let report = of(&taps);
            prop_assert_eq!(report, of(&shuffled));
            prop_assert_eq!(report.taps, taps.len() as u64);
            prop_assert!(report.concentration.numerator * report.advocates >= report.taps * report.top);
            prop_assert!(report.not_asked.numerator >= report.never_asked.numerator);
        }
    }
}
