//! Records that are likely to be of one person. Only a suggestion: that they are one is for somebody to say.

use std::collections::{BTreeMap, BTreeSet};

use super::ids::{AccountId, PersonId};
use super::industry::slug;
use super::stage::Stage;

/// A person as far as duplicates are told by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: Option<String>,
    /// Their address as matched.
    pub email: String,
    /// Their account.
    pub account: Option<AccountId>,
    /// The stage recorded last.
    pub stage: Option<Stage>,
}

/// Why two records are likely to be one, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same name at the same account.
    Name,
    /// The same address but for its domain or tag, at the same account.
    Address,
    /// The same name and the same address but for its domain, at another account: perhaps they moved.
    Moved,
}

impl Likeness {
    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Likeness::Name => "same name and account",
            Likeness::Address => "same mailbox and account",
            Likeness::Moved => "same name and mailbox",
        }
    }
}

/// Two records that are likely to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The one to keep: about whom something was decided, or else the older.
    pub keep: PersonId,
    /// The other.
    pub other: PersonId,
    /// Why.
    pub likeness: Likeness,
}

/// Addresses that are a desk's and not a person's.
const DESKS: &[&str] = &[
    "accounts",
    "admin",
    "billing",
    "contact",
    "feedback",
    "hello",
    "help",
    "info",
    "it",
    "mail",
    "marketing",
    "office",
    "sales",
    "service",
    "support",
    "team",
];

/// The pairs of records that are likely to be of one person, the surest first. Each record but the ones to keep is
/// named once.
pub fn pairs(people: &[Known]) -> Vec<Pair> {
    let mut groups: BTreeMap<(Likeness, Option<AccountId>, String), Vec<&Known>> = BTreeMap::new();
    for person in people {
        for key in keys(person) {
            groups.entry(key).or_default().push(person);
        }
    }
    let mut named = BTreeSet::new();
    let mut found = Vec::new();
    for ((likeness, ..), alike) in groups {
        let best = alike.iter().min_by_key(|one| (rank(one.stage), one.id));
        let Some(keep) = best.map(|one| one.id) else {
            continue;
        };
        for other in alike.iter().map(|one| one.id).filter(|id| *id != keep) {
            if !named.contains(&keep) && named.insert(other) {
                found.push(Pair {
                    keep,
                    other,
                    likeness,
                });
            }
        }
    }
    found
}

/// What a record has in common with others of the same person.
fn keys(person: &Known) -> Vec<(Likeness, Option<AccountId>, String)> {
    let name = person.name.as_deref().map(name_key).unwrap_or_default();
    let local = person.email.split(['@', '+']).next().unwrap_or_default();
    let own = !DESKS.contains(&local);
    let mut keys = Vec::new();
    if person.account.is_some() && !name.is_empty() {
        keys.push((Likeness::Name, person.account, name.clone()));
    }
    if person.account.is_some() && own {
        keys.push((Likeness::Address, person.account, local.to_owned()));
    }
    if own && name.contains('-') {
        keys.push((Likeness::Moved, None, format!("{name}@{local}")));
    }
    keys
}

/// A name without regard to case, punctuation and the order of its words: `Low, Ada` is `Ada Low`.
fn name_key(name: &str) -> String {
    let key = slug(name);
    let mut words: Vec<&str> = key.split('-').filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.join("-")
}

/// Advocates come first, then whoever something was decided about.
fn rank(stage: Option<Stage>) -> u8 {
    match stage {
        Some(stage) if stage.is_advocate() => 0,
        Some(_) => 1,
        None => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(id: i64, name: &str, email: &str, account: i64) -> Known {
        Known {
            id: PersonId(id),
            name: Some(name.to_owned()).filter(|name| !name.is_empty()),
            email: email.to_owned(),
            account: Some(AccountId(account)).filter(|account| account.0 > 0),
            stage: None,
        }
    }

    #[test]
    fn who_is_likely_to_be_one() {
        use Likeness::{Address, Moved, Name};
        let ada = known(1, "Ada Low", "ada.low@x.example", 1);
        for (other, expected) in [
            (known(2, "Low, ADA", "al@x.example", 1), Some(Name)),
            (known(2, "", "ada.low@x.co.example", 1), Some(Address)),
            (known(2, "A. L.", "ada.low+nps@x.example", 1), Some(Address)),
            (known(2, "Ada Low", "ada.low@y.example", 2), Some(Moved)),
            (known(2, "Ada Low", "ada.low@home.example", 0), Some(Moved)),
            (known(2, "Ada Low", "ada@y.example", 2), None),
            (known(2, "", "ada.low@y.example", 2), None),
            (known(2, "Bea Low", "bea.low@x.example", 1), None),
        ] {
            let found = pairs(&[ada.clone(), other.clone()]);
            let likeness = found.first().map(|pair| pair.likeness);
            assert_eq!(likeness, expected, "{other:?}");
            assert!(found.len() <= 1, "{other:?}");
        }
    }

    #[test]
    fn a_desk_is_nobody() {
        let desks = [
            known(1, "", "info@x.example", 1),
            known(2, "", "info@x.co.example", 1),
        ];
        assert_eq!(pairs(&desks), []);
    }

    #[test]
    fn the_advocate_is_kept_or_else_the_older_and_each_is_named_once() {
        let mut people = vec![
            known(1, "Ada Low", "ada.low@x.example", 1),
            known(2, "Ada Low", "ada.low@x.co.example", 1),
            known(3, "Ada Low", "ada.low@y.example", 2),
        ];
        let ids = |people: &[Known]| -> Vec<(i64, i64)> {
            let found = pairs(people);
            found.iter().map(|one| (one.keep.0, one.other.0)).collect()
        };
        assert_eq!(ids(&people), [(1, 2), (1, 3)]);
        people[1].stage = Some(Stage::Declined);
        assert_eq!(ids(&people), [(2, 1), (2, 3)]);
        people[2].stage = Some(Stage::Active);
        assert_eq!(ids(&people), [(2, 1), (3, 2)]);
    }
}
