//! What fits (`docs/value-back.md`, what fits): of all that can be given, what somebody gets most out of.

use std::fmt;

use chrono::NaiveDate;

use super::ask::Effort;
use super::calendar::months_before;
use super::policy::Policy;
use super::profile::{Valued, Values};
use super::reciprocity::BALANCE_MONTHS;
use super::tier::Tier;

/// What is known of somebody to whom something is to be given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Receiver {
    /// What they value.
    pub values: Values,
    /// The tier that was set by hand.
    pub by_hand: Option<Tier>,
    /// Every completed ask with its day.
    pub completed: Vec<(Effort, NaiveDate)>,
    /// Every give with its day.
    pub given: Vec<(String, NaiveDate)>,
}

/// An item of the menu that fits what somebody values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fitting {
    /// The item.
    pub item: String,
    /// What they value that it is for.
    pub value: Valued,
}

impl fmt::Display for Fitting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "values {}: {}", self.value, self.item)
    }
}

impl Receiver {
    /// The item that fits best, of those for their tier: what they got least often in the last 12 months, then what they
    /// value most, then by name. Nothing is proposed where they said nothing, or nothing fits.
    pub fn fitting(&self, policy: &Policy, today: NaiveDate) -> Option<Fitting> {
        let tier = policy.tiers.current(self.by_hand, &self.completed, today);
        let since = months_before(today, BALANCE_MONTHS);
        let times = |item: &str| {
            let given = self.given.iter();
            given
                .filter(|(name, on)| name == item && since < *on)
                .count()
        };
        let for_them = policy
            .menu
            .items()
            .filter(|(_, item)| item.from <= tier.tier);
        let fits = for_them.filter_map(|(name, item)| {
            let value = item.value?;
            let place = self.values.0.iter().position(|one| *one == value)?;
            Some((times(name), place, name, value))
        });
        fits.min().map(|(_, _, item, value)| Fitting {
            item: item.clone(),
            value,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::day;
    use super::*;

    #[test]
    fn the_least_given_of_what_they_value_fits_best() {
        let policy = Policy::default();
        let today = day("2026-06-15");
        let receiver = |values: &str, tier, given: &[(&str, &str)]| Receiver {
            values: values.parse().unwrap(),
            by_hand: Some(tier),
            given: given
                .iter()
                .map(|(item, on)| ((*item).to_owned(), day(on)))
                .collect(),
            ..Receiver::default()
        };
        for (values, tier, given, item) in [
            ("", Tier::Gold, &[][..], None),
            ("peers,perks", Tier::Gold, &[], Some("peer-networking")),
            ("perks,peers", Tier::Gold, &[], Some("swag")),
            // What is meant for higher tiers is not proposed.
            ("peers,perks", Tier::Community, &[], Some("swag")),
            ("executive-access", Tier::Silver, &[], None),
            (
                "peers,perks",
                Tier::Gold,
                &[("peer-networking", "2026-01-10")],
                Some("swag"),
            ),
            (
                "peers,perks",
                Tier::Gold,
                &[("peer-networking", "2025-06-15")],
                Some("peer-networking"),
            ),
        ] {
            let fitting = receiver(values, tier, given).fitting(&policy, today);
            assert_eq!(
                fitting.map(|one| one.item).as_deref(),
                item,
                "{values} {tier}"
            );
        }
    }

    #[test]
    fn an_item_can_say_what_it_is_for() {
        let mut policy = Policy::default();
        policy
            .set("menu.dinner", "80 EUR; community; peers")
            .unwrap();
        let receiver = Receiver {
            values: "peers".parse().unwrap(),
            ..Receiver::default()
        };
        let fitting = receiver.fitting(&policy, day("2026-06-15")).unwrap();
        assert_eq!(fitting.to_string(), "values peers: dinner");
    }
}
