//! Tiers: what an advocate did within 12 months, in one word (`domain.md` §2).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ask::{Effort, words};
use super::calendar::months_before;
use super::caps::PerEffort;

/// How much an advocate has done lately.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// Confirmed, nothing completed lately.
    Community,
    /// Something completed.
    Silver,
    /// More.
    Gold,
    /// Most.
    Platinum,
}

impl Tier {
    /// All tiers, lowest first.
    pub const ALL: [Tier; 4] = [Tier::Community, Tier::Silver, Tier::Gold, Tier::Platinum];

    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Tier::Community => "community",
            Tier::Silver => "silver",
            Tier::Gold => "gold",
            Tier::Platinum => "platinum",
        }
    }
}

words!(Tier, "a tier");

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
pub const DEFAULT_TIER_RULES: TierRules = TierRules {
    points: PerEffort {
        low: 1,
        medium: 2,
        high: 4,
    },
    silver: 1,
    gold: 4,
    platinum: 8,
};

impl TierRules {
    /// The tier on `day` from the completed asks: only the last 12 months count.
    pub fn tier(&self, completed: &[(Effort, NaiveDate)], day: NaiveDate) -> Tier {
        let since = months_before(day, 12);
        let points: u32 = completed
            .iter()
            .filter(|(_, on)| since < *on && *on <= day)
            .map(|(effort, _)| *self.points.get(*effort))
            .sum();
        match points {
            points if points >= self.platinum => Tier::Platinum,
            points if points >= self.gold => Tier::Gold,
            points if points >= self.silver => Tier::Silver,
            _ => Tier::Community,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::day;
    use super::*;
    use Effort::{High, Low, Medium};

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
}
