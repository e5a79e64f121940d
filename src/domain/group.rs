//! How reports split what they count: by a trait of the person or of the account, in one order everywhere.

use std::collections::BTreeMap;
use std::fmt;

use super::ask::AskKind;
use super::tier::Tier;
use super::words::words;

words! {
    /// What people can be grouped by.
    pub enum By is "a trait to group by" {
        /// The account's industry, by its one name.
        Industry = "industry",
        /// The account's segment.
        Segment = "segment",
        /// The account's region.
        Region = "region",
        /// The colleague who owns the relationship.
        Owner = "owner",
        /// The tier on the day that the report is about.
        Tier = "tier",
    }
}

/// What is known of a person that reports group by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Traits {
    /// The account's industry, by its one name.
    pub industry: Option<String>,
    /// The account's segment.
    pub segment: Option<String>,
    /// The account's region.
    pub region: Option<String>,
    /// The colleague who owns the relationship.
    pub owner: Option<String>,
    /// The tier; `None` for somebody who is no advocate.
    pub tier: Option<Tier>,
}

impl Traits {
    /// The group to which the person belongs.
    pub fn group(&self, by: By) -> Option<Group> {
        let text = match by {
            By::Industry => &self.industry,
            By::Segment => &self.segment,
            By::Region => &self.region,
            By::Owner => &self.owner,
            By::Tier => return self.tier.map(Group::of_tier),
        };
        text.as_deref().map(Group::named)
    }
}

/// A group, in the order in which groups are shown: tiers the highest first, all else by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    place: usize,
    name: String,
}

impl Group {
    /// A group that stands among others by its name.
    pub fn named(name: &str) -> Self {
        Self::placed(0, name)
    }

    /// A group that stands at this place.
    pub fn placed(place: usize, name: &str) -> Self {
        Self {
            place,
            name: name.to_owned(),
        }
    }

    /// The group of a kind of ask.
    pub(super) fn of_ask(kind: AskKind) -> Self {
        Self::placed(kind as usize, kind.name())
    }

    /// The group of a tier.
    pub(super) fn of_tier(tier: Tier) -> Self {
        Self::placed(Tier::ALL.len() - 1 - tier as usize, tier.name())
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// Puts everything into its one group: in the order of the groups, what has none last.
pub fn grouped<T, K: Ord>(
    all: impl IntoIterator<Item = T>,
    group: impl Fn(&T) -> Option<K>,
) -> Vec<(Option<K>, Vec<T>)> {
    let mut groups: BTreeMap<Option<K>, Vec<T>> = BTreeMap::new();
    for one in all {
        groups.entry(group(&one)).or_default().push(one);
    }
    let unnamed = groups.remove_entry(&None);
    groups.into_iter().chain(unnamed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_in_order_with_the_unnamed_last() {
        let groups = grouped([3, 1, 4, 1, 5], |number| {
            (*number != 4).then_some(number % 2 == 0).map(|_| *number)
        });
        assert_eq!(
            groups,
            [
                (Some(1), vec![1, 1]),
                (Some(3), vec![3]),
                (Some(5), vec![5]),
                (None, vec![4])
            ]
        );
    }

    #[test]
    fn the_highest_tier_comes_first() {
        let mut groups = Tier::ALL.map(Group::of_tier).to_vec();
        groups.sort();
        let names: Vec<&str> = groups.iter().map(Group::name).collect();
        assert_eq!(names, ["platinum", "gold", "silver", "community"]);
    }

    #[test]
    fn each_trait_has_its_group() {
        let traits = Traits {
            industry: Some("retail".into()),
            segment: Some("SMB".into()),
            region: None,
            owner: Some("Maya".into()),
            tier: Some(Tier::Gold),
        };
        let names = By::ALL.map(|by| traits.group(by).map(|group| group.to_string()));
        let expected = [
            Some("retail"),
            Some("SMB"),
            None,
            Some("Maya"),
            Some("gold"),
        ];
        assert_eq!(names, expected.map(|name| name.map(str::to_owned)));
    }
}
