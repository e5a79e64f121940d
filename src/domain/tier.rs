//! Tiers: what an advocate did within 12 months, in one word (`docs/rules.md`, value back).

use chrono::NaiveDate;

use super::ask::Effort;
use super::calendar::{days_after, months_after, months_before};
use super::caps::PerEffort;
use super::words::words;

words! {
    /// How much an advocate has done lately, the least first.
    pub enum Tier is "a tier" {
        /// Confirmed, nothing completed lately.
        Community = "community",
        /// Something completed.
        Silver = "silver",
        /// More.
        Gold = "gold",
        /// Most.
        Platinum = "platinum",
    }
}

/// Policy: points for each completed ask, and the points that each tier needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TierRules {
    /// Points of one completed ask.
    pub points: PerEffort<u32>,
    /// Points for silver.
    pub silver: u32,
    /// Points for gold.
    pub gold: u32,
    /// Points for platinum.
    pub platinum: u32,
}

/// The defaults: a low ask is 1 point, medium 2, high 4; silver from 1, gold from 4, platinum from 8.
pub(super) const DEFAULT_TIER_RULES: TierRules = TierRules {
    points: PerEffort {
        low: 1,
        medium: 2,
        high: 4,
    },
    silver: 1,
    gold: 4,
    platinum: 8,
};

/// Months for which a completed ask counts.
const COUNTS_FOR: u32 = 12;

/// The tier that somebody has, and how they came to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurrentTier {
    /// The tier.
    pub tier: Tier,
    /// Whether it was set by hand.
    pub by_hand: bool,
}

impl CurrentTier {
    /// How they came to it, in a word.
    pub const fn source(self) -> &'static str {
        match self.by_hand {
            true => "by hand",
            false => "computed",
        }
    }
}

impl std::fmt::Display for CurrentTier {
    /// `gold`, or `gold (by hand)`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.by_hand {
            true => write!(f, "{} ({})", self.tier, self.source()),
            false => self.tier.fmt(f),
        }
    }
}

impl TierRules {
    /// The tier that somebody has on `day`: the one set by hand until that is changed, else the computed one.
    pub fn current(
        &self,
        by_hand: Option<Tier>,
        completed: &[(Effort, NaiveDate)],
        day: NaiveDate,
    ) -> CurrentTier {
        CurrentTier {
            tier: by_hand.unwrap_or_else(|| self.tier(completed, day)),
            by_hand: by_hand.is_some(),
        }
    }

    /// The points on `day` of the completed asks: only the last 12 months count.
    pub fn points(&self, completed: &[(Effort, NaiveDate)], day: NaiveDate) -> u32 {
        let since = months_before(day, COUNTS_FOR);
        completed
            .iter()
            .filter(|(_, on)| since < *on && *on <= day)
            .map(|(effort, _)| *self.points.get(*effort))
            .sum()
    }

    /// The computed tier on `day`.
    pub fn tier(&self, completed: &[(Effort, NaiveDate)], day: NaiveDate) -> Tier {
        match self.points(completed, day) {
            points if points >= self.platinum => Tier::Platinum,
            points if points >= self.gold => Tier::Gold,
            points if points >= self.silver => Tier::Silver,
            _ => Tier::Community,
        }
    }

    /// The days after `from` and up to `to` on which the computed tier changed, with the new tier, oldest first. It can
    /// change only on the day of a completed ask, and on the day on which one no longer counts.
    pub fn changes(
        &self,
        completed: &[(Effort, NaiveDate)],
        from: NaiveDate,
        to: NaiveDate,
    ) -> Vec<(NaiveDate, Tier)> {
        let turns = completed.iter().flat_map(|(_, on)| [*on, gone_on(*on)]);
        let mut days: Vec<NaiveDate> = turns.filter(|day| from < *day && *day <= to).collect();
        days.sort_unstable();
        days.dedup();
        let mut before = self.tier(completed, from);
        let mut changes = Vec::new();
        for day in days {
            let tier = self.tier(completed, day);
            if tier != before {
                changes.push((day, tier));
                before = tier;
            }
        }
        changes
    }
}

/// The first day on which what was completed on `on` no longer counts.
fn gone_on(on: NaiveDate) -> NaiveDate {
    let anniversary = months_after(on, COUNTS_FOR);
    match months_before(anniversary, COUNTS_FOR) < on {
        // Completed on 29 February: the 28th of the next year looks back to a 28th, so it still counts.
        true => days_after(anniversary, 1),
        false => anniversary,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::day;
    use super::*;
    use Effort::{High, Low, Medium};
    use chrono::Days;
    use proptest::prelude::*;

    #[test]
    fn points_of_the_last_twelve_months_make_the_tier() {
        for (completed, tier) in [
            (vec![], Tier::Community),
            (vec![(Low, "2026-06-01")], Tier::Silver),
            (vec![(Low, "2025-06-15")], Tier::Community), // twelve months ago to the day: gone
            (vec![(Low, "2025-06-16")], Tier::Silver),
            (
                vec![(Medium, "2026-06-01"), (Medium, "2026-01-01")],
                Tier::Gold,
            ),
            (
                vec![
                    (High, "2026-06-01"),
                    (Medium, "2026-03-01"),
                    (Low, "2026-02-01"),
                ],
                Tier::Gold,
            ),
            (
                vec![(High, "2026-06-01"), (High, "2026-01-01")],
                Tier::Platinum,
            ),
            (vec![(High, "2026-06-16")], Tier::Community), // tomorrow
        ] {
            let dated: Vec<_> = completed
                .iter()
                .map(|(effort, on)| (*effort, day(on)))
                .collect();
            assert_eq!(
                DEFAULT_TIER_RULES.tier(&dated, day("2026-06-15")),
                tier,
                "{completed:?}"
            );
        }
    }

    #[test]
    fn a_tier_by_hand_holds_until_it_is_given_back() {
        let completed = [(High, day("2026-06-01"))];
        for (by_hand, shown) in [
            (None, "gold"),
            (Some(Tier::Silver), "silver (by hand)"),
            (Some(Tier::Platinum), "platinum (by hand)"),
        ] {
            let current = DEFAULT_TIER_RULES.current(by_hand, &completed, day("2026-06-15"));
            assert_eq!(current.to_string(), shown);
        }
    }

    #[test]
    fn the_computed_tier_changes_when_asks_are_completed_and_when_they_age_out() {
        for (completed, changes) in [
            (vec![], vec![]),
            (
                vec![(Low, "2025-03-01")],
                vec![
                    ("2025-03-01", Tier::Silver),
                    ("2026-03-01", Tier::Community),
                ],
            ),
            (
                vec![(Low, "2024-02-29")],
                vec![("2025-03-01", Tier::Community)],
            ),
            (
                vec![
                    (High, "2025-01-10"),
                    (High, "2025-05-10"),
                    (Low, "2025-05-10"),
                ],
                vec![
                    ("2025-01-10", Tier::Gold),
                    ("2025-05-10", Tier::Platinum),
                    ("2026-01-10", Tier::Gold),
                    ("2026-05-10", Tier::Community),
                ],
            ),
            // The second comes on the day on which the first is gone: nothing changes.
            (
                vec![(Low, "2024-08-01"), (Low, "2025-08-01")],
                vec![("2024-08-01", Tier::Silver)],
            ),
        ] {
            let dated: Vec<_> = completed
                .iter()
                .map(|(effort, on)| (*effort, day(on)))
                .collect();
            let expected: Vec<_> = changes.iter().map(|(on, tier)| (day(on), *tier)).collect();
            let found = DEFAULT_TIER_RULES.changes(&dated, day("2024-07-01"), day("2026-07-01"));
            assert_eq!(found, expected, "{completed:?}");
        }
    }

    proptest! {
        #[test]
        fn the_changes_are_those_that_a_look_at_every_day_finds(
            completed in proptest::collection::vec((0_usize..3, 0_u64..1600), 0..8)
        ) {
            let first = day("2022-12-25");
            let completed: Vec<_> = completed
                .into_iter()
                .map(|(effort, days)| (Effort::ALL[effort], first + Days::new(days)))
                .collect();
            let (from, to) = (day("2024-02-20"), day("2026-03-05"));
            let rules = DEFAULT_TIER_RULES;
            let every_day = from.iter_days().skip(1).take_while(|day| *day <= to);
            let looked: Vec<_> = every_day
                .filter_map(|day| {
                    let (before, tier) = (rules.tier(&completed, day.pred_opt()?), rules.tier(&completed, day));
                    (before != tier).then_some((day, tier))
                })
                .collect();
            prop_assert_eq!(rules.changes(&completed, from, to), looked);
        }
    }
}
