//! What needs a decision: the few things of a review that its figures say are wrong, most urgent first
//! (`docs/qbr.md`, what needs a decision). Pure: figures in, concerns out.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::fill::FILL_TARGET;
use super::money::Money;
use super::rate::Rate;

/// The share of stale profiles, in percent, over which somebody must see to it.
const STALE_PERCENT: u64 = 20;
/// The most urgent that anything can be.
const MOST_URGENT: u64 = 100;

/// What the reports found; each fills in its own part, and what no report has looked at stays empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings {
    /// The fill rate of each industry with requests in the period.
    pub fill_by_industry: Vec<(String, Rate)>,
    /// Taps of the period that broke a cap.
    pub over_cap_taps: u64,
    /// Taps of the period for which a refusal was overridden.
    pub overridden_taps: u64,
    /// All taps of the period.
    pub taps: u64,
    /// Who was asked for more than they were given, the most overdrawn first.
    pub overdrawn: Vec<Case>,
    /// Advocates whose score fell into a lower group in the period, the deepest fall first.
    pub score_drops: Vec<Case>,
    /// Advocates whose profile was not verified in time, of all.
    pub stale_profiles: Rate,
    /// Where fewer advocates are available than the target says: what, how many there are, how many there should be.
    pub gaps: Vec<Gap>,
    /// What advocates did for deals that count in the period, won ones first.
    pub helped: Vec<Helped>,
}

/// What somebody did for a deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Helped {
    /// The deal.
    pub deal: String,
    /// What it is worth.
    pub amount: Option<Money>,
    /// Whether it is won; otherwise it is open.
    pub won: bool,
    /// What was done.
    pub what: String,
    /// When.
    pub on: NaiveDate,
    /// Where it is recorded, such as `tap 12`.
    pub source: String,
}

/// Somebody whom a concern is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Case {
    /// Their e-mail address.
    pub who: String,
    /// Their name, or the address where it is not known.
    pub name: String,
    /// The colleague who looks after them.
    pub owner: Option<String>,
    /// What happened, in a few words that name nobody.
    pub what: String,
}

/// A part of the program with too few advocates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The people among whom it is, such as an industry: one of them can close several gaps of the same.
    pub group: String,
    /// Which, such as `healthcare, reference`.
    pub what: String,
    /// Advocates available.
    pub available: u64,
    /// Advocates wanted.
    pub target: u64,
    /// Candidates who could close it.
    pub candidates: u64,
}

impl Gap {
    /// How many are missing.
    pub const fn missing(&self) -> u64 {
        self.target.saturating_sub(self.available)
    }
}

/// Something that needs a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Concern {
    /// Industries whose requests are filled too rarely, the worst first.
    Sourcing(Vec<(String, Rate)>),
    /// The promise of the caps was broken.
    Caps {
        /// Taps over a cap.
        over: u64,
        /// Refusals overridden.
        overridden: u64,
        /// All taps of the period.
        taps: u64,
    },
    /// People who gave more than they got.
    Overdrawn(Vec<Case>),
    /// Advocates who are less content than they were.
    ScoreDrops(Vec<Case>),
    /// Too few advocates for what is asked for, the widest gap first.
    Coverage(Vec<Gap>),
    /// Profiles that nobody has checked for long.
    Stale(Rate),
}

/// A concern and how urgent it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What is wrong.
    pub concern: Concern,
    /// 1 to 100; the larger the more urgent.
    pub severity: u64,
}

/// Everything that needs a decision, most urgent first; of two as urgent, in the order of [`Concern`]. One concern
/// gathers all its cases, so that three decisions are three different things.
///
/// | concern | when | severity |
/// |---|---|---|
/// | sourcing | the fill rate of an industry with five requests or more, or of all, is under 70 % | 40 + 8 for each filled request missing to 70 % |
/// | caps | a tap over a cap, or overridden | 50 + 10 for each over a cap + 5 for each overridden |
/// | overdrawn | somebody was asked for more than they were given | 30 + 6 a person |
/// | score drops | an advocate's score fell into a lower group | 35 + 6 a person |
/// | coverage | fewer advocates than the target | 30 + 4 for each person missing |
/// | stale | more than 20 % of the profiles are stale | 10 + half the percentage |
pub fn decisions(found: &Findings) -> Vec<Decision> {
    let mut all: Vec<Decision> = [
        sourcing(found),
        caps(found),
        people(&found.overdrawn, 30, Concern::Overdrawn),
        people(&found.score_drops, 35, Concern::ScoreDrops),
        coverage(found),
        stale(found),
    ]
    .into_iter()
    .flatten()
    .collect();
    // A stable sort: of two as urgent, the order above holds.
    all.sort_by_key(|decision| Reverse(decision.severity));
    all
}

fn decision(concern: Concern, severity: u64) -> Decision {
    Decision {
        concern,
        severity: severity.min(MOST_URGENT),
    }
}

fn sourcing(found: &Findings) -> Option<Decision> {
    let under = |(_, rate): &&(String, Rate)| !rate.is_small() && rate.is_below(FILL_TARGET);
    let mut industries: Vec<(String, Rate)> = found
        .fill_by_industry
        .iter()
        .filter(under)
        .cloned()
        .collect();
    if industries.is_empty() {
        industries.extend(all_requests(found));
    }
    if industries.is_empty() {
        return None;
    }
    industries.sort_by_key(|(name, rate)| (Reverse(missing_fills(rate)), name.clone()));
    let missing: u64 = industries.iter().map(|(_, rate)| missing_fills(rate)).sum();
    Some(decision(Concern::Sourcing(industries), 40 + 8 * missing))
}

/// The name of all industries together, where none has requests enough to say anything about it alone.
pub const ALL_INDUSTRIES: &str = "all industries";

/// All requests together, where they are enough and filled too rarely.
fn all_requests(found: &Findings) -> Option<(String, Rate)> {
    let rates = found.fill_by_industry.iter().map(|(_, rate)| rate);
    let all = rates.fold(Rate::default(), |all, rate| {
        Rate::new(
            all.numerator + rate.numerator,
            all.denominator + rate.denominator,
        )
    });
    (!all.is_small() && all.is_below(FILL_TARGET)).then(|| (ALL_INDUSTRIES.to_owned(), all))
}

/// How many more requests would have to be filled to reach the target.
fn missing_fills(rate: &Rate) -> u64 {
    let wanted = (rate.denominator.saturating_mul(FILL_TARGET)).div_ceil(100);
    wanted.saturating_sub(rate.numerator)
}

fn caps(found: &Findings) -> Option<Decision> {
    let (over, overridden) = (found.over_cap_taps, found.overridden_taps);
    if over + overridden == 0 {
        return None;
    }
    let concern = Concern::Caps {
        over,
        overridden,
        taps: found.taps,
    };
    Some(decision(concern, 50 + 10 * over + 5 * overridden))
}

fn people(who: &[Case], least: u64, concern: fn(Vec<Case>) -> Concern) -> Option<Decision> {
    (!who.is_empty()).then(|| decision(concern(who.to_vec()), least + 6 * who.len() as u64))
}

fn coverage(found: &Findings) -> Option<Decision> {
    let mut gaps: Vec<Gap> = found
        .gaps
        .iter()
        .filter(|gap| gap.missing() > 0)
        .cloned()
        .collect();
    if gaps.is_empty() {
        return None;
    }
    gaps.sort_by_key(|gap| (Reverse(gap.missing()), gap.what.clone()));
    let missing = people_missing(&gaps);
    Some(decision(Concern::Coverage(gaps), 30 + 4 * missing))
}

/// How many people would close all gaps at least: somebody who closes one can close each other of their group.
pub fn people_missing(gaps: &[Gap]) -> u64 {
    let mut groups: BTreeMap<&str, u64> = BTreeMap::new();
    for gap in gaps {
        let widest = groups.entry(&gap.group).or_default();
        *widest = gap.missing().max(*widest);
    }
    groups.values().sum()
}

fn stale(found: &Findings) -> Option<Decision> {
    let rate = found.stale_profiles;
    let fresh = Rate::new(
        rate.denominator.saturating_sub(rate.numerator),
        rate.denominator,
    );
    fresh.is_below(100 - STALE_PERCENT).then(|| {
        let percent = 100 * rate.numerator / rate.denominator.max(1);
        decision(Concern::Stale(rate), 10 + percent / 2)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cases(count: usize) -> Vec<Case> {
        let one = |index| Case {
            who: format!("p{index}@x.example"),
            name: format!("Person {index}"),
            owner: None,
            what: "from 10 to 6".to_owned(),
        };
        (0..count).map(one).collect()
    }

    fn gap(what: &str, available: u64, target: u64) -> Gap {
        Gap {
            group: what.split(',').next().unwrap_or_default().to_owned(),
            what: what.into(),
            available,
            target,
            candidates: 0,
        }
    }

    fn industry(name: &str, filled: u64, of: u64) -> (String, Rate) {
        (name.to_owned(), Rate::new(filled, of))
    }

    /// What is found, and the urgency of each decision, in order.
    #[test]
    fn each_threshold() {
        for (found, severities) in [
            (Findings::default(), vec![]),
            // 7 of 10 is 70 %: no concern; 6 of 10 misses one.
            (
                Findings {
                    fill_by_industry: vec![industry("a", 7, 10), industry("b", 0, 0)],
                    ..Findings::default()
                },
                vec![],
            ),
            (
                Findings {
                    fill_by_industry: vec![industry("a", 6, 10)],
                    ..Findings::default()
                },
                vec![48],
            ),
            (
                Findings {
                    fill_by_industry: vec![industry("a", 0, 100)],
                    ..Findings::default()
                },
                vec![100],
            ),
            // Fewer than five are too few to say, alone and together.
            (
                Findings {
                    fill_by_industry: vec![industry("a", 0, 4)],
                    ..Findings::default()
                },
                vec![],
            ),
            (
                Findings {
                    fill_by_industry: vec![industry("a", 0, 4), industry("b", 1, 1)],
                    ..Findings::default()
                },
                vec![64],
            ),
            // One person closes both gaps of an industry.
            (
                Findings {
                    gaps: vec![
                        gap("a, reference", 1, 4),
                        gap("a, video", 0, 2),
                        gap("b, video", 0, 1),
                    ],
                    ..Findings::default()
                },
                vec![46],
            ),
            (
                Findings {
                    over_cap_taps: 2,
                    overridden_taps: 1,
                    taps: 40,
                    ..Findings::default()
                },
                vec![75],
            ),
            (
                Findings {
                    overdrawn: cases(1),
                    score_drops: cases(2),
                    ..Findings::default()
                },
                vec![47, 36],
            ),
            // A fifth is tolerated, more is not.
            (
                Findings {
                    stale_profiles: Rate::new(1, 5),
                    ..Findings::default()
                },
                vec![],
            ),
            (
                Findings {
                    stale_profiles: Rate::new(1, 4),
                    ..Findings::default()
                },
                vec![22],
            ),
            (
                Findings {
                    gaps: vec![gap("a", 2, 2), gap("b", 1, 4)],
                    ..Findings::default()
                },
                vec![42],
            ),
        ] {
            let decided: Vec<u64> = decisions(&found).iter().map(|one| one.severity).collect();
            assert_eq!(decided, severities, "{found:?}");
        }
    }

    #[test]
    fn the_worst_comes_first() {
        let found = Findings {
            fill_by_industry: vec![
                industry("retail", 1, 3),
                industry("energy", 0, 9),
                industry("media", 4, 4),
            ],
            gaps: vec![gap("small", 0, 1), gap("wide", 0, 5)],
            over_cap_taps: 1,
            taps: 9,
            ..Findings::default()
        };
        let decided = decisions(&found);
        let industries = vec![industry("energy", 0, 9)];
        assert_eq!(decided[0].concern, Concern::Sourcing(industries));
        assert_eq!(decided[1].severity, 60);
        let Concern::Coverage(gaps) = &decided[2].concern else {
            panic!("{decided:?}");
        };
        assert_eq!(gaps[0].what, "wide");
    }

    #[test]
    fn of_two_as_urgent_the_order_of_the_table_holds() {
        let found = Findings {
            over_cap_taps: 5,
            fill_by_industry: vec![industry("a", 0, 100)],
            ..Findings::default()
        };
        let decided = decisions(&found);
        assert_eq!((decided[0].severity, decided[1].severity), (100, 100));
        assert!(matches!(decided[0].concern, Concern::Sourcing(_)));
    }
}
