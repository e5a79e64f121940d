//! Settings by their keys: each of them shown, changed and validated, as `policy show` and `policy set` and the
//! database speak of them. Which there are is said in `setting_registry`.

use super::policy::Policy;
use super::setting_field::{Field, amend};
use super::setting_registry::{FAMILIES, FIXED, family};

/// A setting as shown: its key, its value in words, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicySetting {
    /// The dotted key, such as `cap.high.months`.
    pub key: String,
    /// The value as it would be typed.
    pub value: String,
    /// What it means.
    pub meaning: String,
}

impl Policy {
    /// Every setting with its value and meaning, in the order in which they are shown.
    pub fn settings(&self) -> Vec<PolicySetting> {
        let fixed = FIXED
            .iter()
            .map(|setting| (setting.key.to_owned(), setting.meaning.to_owned()));
        let members = FAMILIES.iter().flat_map(|family| {
            let keyed = |member: String| {
                let key = format!("{}.{member}", family.name);
                (key, (family.meaning)(&member))
            };
            (family.members)(self).into_iter().map(keyed)
        });
        let mut policy = self.clone();
        let shown = |(key, meaning): (String, String)| {
            let value = policy.field(&key)?.shown();
            Some(PolicySetting {
                key,
                value,
                meaning,
            })
        };
        fixed.chain(members).filter_map(shown).collect()
    }

    /// The value of one setting, as it would be typed.
    pub fn setting(&self, key: &str) -> Option<String> {
        self.clone().field(key).map(|field| field.shown())
    }

    /// Changes one setting and returns the value as it is stored.
    ///
    /// # Errors
    /// A sentence saying what is allowed, for a key that is not known or a value out of range.
    pub fn set(&mut self, key: &str, value: &str) -> Result<String, String> {
        let mut changed = self.clone();
        let stored = changed
            .field_to_change(key)?
            .put(value)
            .map_err(|allowed| format!("{key} cannot be `{value}`: {allowed}"))?;
        if changed.weights.total() == 0 {
            return Err("the matching weights cannot all be 0".into());
        }
        *self = changed;
        Ok(stored)
    }

    /// The value of a list of words with some added and some taken away. Case and punctuation do not tell words apart.
    ///
    /// # Errors
    /// A sentence, for a key that is not known or holds no words, and for a word to be taken away that is not there.
    pub fn amended(&self, key: &str, add: &[String], remove: &[String]) -> Result<String, String> {
        let mut changed = self.clone();
        let Field::Words(words) = changed.field_to_change(key)? else {
            return Err(format!("{key} is not a list of words"));
        };
        amend(words, add, remove).map_err(|word| format!("{key} has no `{word}`"))?;
        Ok(Field::Words(words).shown())
    }

    /// Whether any name may follow in keys of this family: an industry, an item of the menu, a year's budget, a
    /// target.
    pub fn is_open_family(key: &str) -> bool {
        family(key).is_some_and(|(family, _)| family.add.is_some())
    }

    fn field(&mut self, key: &str) -> Option<Field<'_>> {
        if let Some(fixed) = FIXED.iter().find(|setting| setting.key == key) {
            return Some((fixed.field)(self));
        }
        let (family, member) = family(key)?;
        (family.field)(self, member)
    }

    /// The field of a key; one of an open family need not be there yet.
    fn field_to_change(&mut self, key: &str) -> Result<Field<'_>, String> {
        if let Some((family, member)) = family(key)
            && let Some(add) = family.add
        {
            add(self, member)?;
        }
        self.field(key)
            .ok_or_else(|| format!("there is no setting `{key}`"))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::ask::{AskKind, Effort};
    use super::super::setting_registry::FixedSetting;
    use super::*;

    #[test]
    fn every_setting_reads_back_what_it_shows() {
        let mut policy = Policy::default();
        policy.set("target.retail.review", "4").unwrap();
        let settings = policy.settings();
        assert!(settings.len() > FIXED.len() + AskKind::ALL.len());
        assert!(settings.iter().any(|one| one.key == "target.retail.review"));
        for setting in settings {
            let mut copy = policy.clone();
            assert_eq!(
                copy.set(&setting.key, &setting.value),
                Ok(setting.value),
                "{}",
                setting.key
            );
            assert_eq!(copy, policy, "{}", setting.key);
        }
    }

    #[test]
    fn no_two_settings_share_a_field() {
        let keys: BTreeSet<&str> = FIXED.iter().map(|setting| setting.key).collect();
        assert_eq!(keys.len(), FIXED.len());
        for setting in FIXED {
            let other = [
                "2",
                "3",
                "off",
                "medium",
                "day-first",
                "Asia/Tokyo",
                "EUR",
                "USD 2",
            ];
            let changed = other.iter().find_map(|value| {
                let mut policy = Policy::default();
                policy.set(setting.key, value).ok()?;
                (policy != Policy::default()).then_some(policy)
            });
            let changed = changed.unwrap_or_else(|| panic!("{} changes nothing", setting.key));
            let differs = |one: &&FixedSetting| {
                changed.setting(one.key) != Policy::default().setting(one.key)
            };
            let differing: Vec<&str> = FIXED.iter().filter(differs).map(|one| one.key).collect();
            assert_eq!(differing, [setting.key]);
        }
    }

    #[test]
    fn a_bad_value_says_what_is_allowed_and_changes_nothing() {
        for (key, value, allowed) in [
            ("cap.low.max", "-1", "0 to 1000"),
            ("cap.low.months", "0", "1 to 120"),
            ("brake", "maybe", "on or off"),
            ("effort.review", "huge", "low, medium, high"),
            ("time-zone", "Mars", "IANA"),
            ("cap.tiny.max", "1", "no setting"),
            ("industry.Health Care", "x", "lower case"),
            ("exchange.rates", "USD", "USD 0.92"),
            ("exchange.rates", "USD 0", "USD 0.92"),
            ("exchange.into", "EURO", "EUR"),
            ("menu.swag", "25", "25 USD; silver"),
            ("menu.Big Gift", "free; gold", "lower case"),
            ("budget.2026", "lots", "25 USD"),
            ("budget.26", "5000 USD", "2026"),
            ("ladder.good-rating", "6", "1 to 5"),
            ("target.retail", "3", "target.INDUSTRY.ASK"),
            ("target.Health Care.review", "3", "target.INDUSTRY.ASK"),
            ("target.retail.lunch", "3", "lunch"),
            ("target.retail.review", "many", "0 to 1000"),
        ] {
            let mut policy = Policy::default();
            let error = policy.set(key, value).unwrap_err();
            assert!(error.contains(allowed), "{key}: {error}");
            assert_eq!(policy, Policy::default());
        }
    }

    #[test]
    fn changes_reach_the_rules() {
        let mut policy = Policy::default();
        policy.set("effort.review", "high").unwrap();
        policy.set("cap.account.max", "7").unwrap();
        policy
            .set("industry.space", "Rockets; Orbital Services")
            .unwrap();
        assert_eq!(policy.effort(AskKind::Review), Effort::High);
        assert_eq!(policy.account_cap.max, 7);
        assert_eq!(policy.industries.name_of("orbital services"), "space");
    }

    #[test]
    fn the_menu_and_the_budget_grow_and_shrink() {
        let mut policy = Policy::default();
        policy.set("menu.wine", "30 EUR; gold").unwrap();
        policy.set("menu.swag", "none").unwrap();
        policy.set("budget.2026", "5000 USD; 2000 EUR").unwrap();
        assert_eq!(policy.setting("menu.wine").as_deref(), Some("30 EUR; gold"));
        assert!(policy.menu.item("wine").is_some() && policy.menu.item("swag").is_none());
        assert_eq!(policy.setting("menu.swag").as_deref(), Some("none"));
        assert_eq!(policy.budgets[&2026].of("EUR".parse().unwrap()), 200_000);
        let settings = policy.settings();
        assert!(settings.iter().any(|one| one.key == "budget.2026"));
        for setting in settings {
            assert_eq!(
                policy.clone().set(&setting.key, &setting.value),
                Ok(setting.value)
            );
        }
    }

    #[test]
    fn weights_cannot_all_vanish() {
        let mut policy = Policy::default();
        for part in ["fit", "relationship", "track-record", "rest"] {
            policy.set(&format!("weight.{part}"), "0").unwrap();
        }
        assert!(policy.set("weight.reciprocity", "0").is_err());
    }
}
