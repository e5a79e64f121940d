//! Settings that are fine one by one and cannot all be meant: said when one of them is changed.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "windows of two have two"
)]

use std::collections::BTreeMap;

use super::industry::slug;
use super::policy::Policy;

impl Policy {
    /// What two settings say that cannot both be meant, if anything: tiers in the wrong order, a stage of deals or
    /// another word for an industry with two meanings.
    pub fn contradiction(&self) -> Option<String> {
        self.tiers_out_of_order()
            .or_else(|| twice("the stage", self.meanings_of_stages()))
            .or_else(|| twice("the industry", self.meanings_of_industries()))
    }

    fn tiers_out_of_order(&self) -> Option<String> {
        let tiers = [
            ("tier.silver", self.tiers.silver),
            ("tier.gold", self.tiers.gold),
            ("tier.platinum", self.tiers.platinum),
        ];
        tiers
            .windows(2)
            .find(|pair| pair[0].1 > pair[1].1)
            .map(|pair| {
                let [(lower, points), (higher, fewer)] = [pair[0], pair[1]];
                format!("{lower} is {points} points and {higher}, the higher tier, {fewer}")
            })
    }

    fn meanings_of_stages(&self) -> Vec<(&String, &str)> {
        let stages = &self.deal_stages;
        let lists = [
            ("deal.open", &stages.open),
            ("deal.won", &stages.won),
            ("deal.lost", &stages.lost),
        ];
        lists
            .into_iter()
            .flat_map(|(key, words)| words.iter().map(move |word| (word, key)))
            .collect()
    }

    fn meanings_of_industries(&self) -> Vec<(&String, &str)> {
        let named = self.industries.0.iter();
        named
            .flat_map(|(name, words)| words.iter().map(move |word| (word, name.as_str())))
            .collect()
    }
}

/// The first word that stands in two lists.
fn twice(what: &str, words: Vec<(&String, &str)>) -> Option<String> {
    let mut lists: BTreeMap<String, &str> = BTreeMap::new();
    words.into_iter().find_map(|(word, list)| {
        let other = lists.insert(slug(word), list)?;
        (other != list).then(|| format!("{what} `{word}` stands in {other} and in {list}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_all_be_meant_is_said() {
        assert_eq!(Policy::default().contradiction(), None);
        for (key, value, words) in [
            ("tier.silver", "5", "tier.silver is 5 points and tier.gold"),
            (
                "tier.platinum",
                "3",
                "tier.gold is 4 points and tier.platinum",
            ),
            (
                "deal.lost",
                "Lost; closed-won",
                "the stage `closed-won` stands in deal.won and in deal.lost",
            ),
            (
                "industry.mining",
                "Quarries; Oil and Energy",
                "stands in energy and in mining",
            ),
        ] {
            let mut policy = Policy::default();
            policy.set(key, value).unwrap();
            let said = policy.contradiction().unwrap();
            assert!(said.contains(words), "{key}: {said}");
        }
        let mut policy = Policy::default();
        for (key, value) in [
            ("tier.gold", "20"),
            ("tier.platinum", "30"),
            ("tier.silver", "20"),
        ] {
            policy.set(key, value).unwrap();
        }
        assert_eq!(policy.contradiction(), None);
    }
}
