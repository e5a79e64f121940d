//! Names for the settings of [`Policy`], each readable, changeable and validated: what `policy show` and `policy set`
//! speak of, and what the database stores.

use std::ops::RangeInclusive;

use super::ask::{AskKind, Effort};
use super::caps::Cap;
use super::industry::slug;
use super::policy::Policy;
use super::setting_names::FIXED;
use super::slot::Slot;
use super::targets;

/// A setting as shown: its key, its value in words, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The dotted key, such as `cap.high.months`.
    pub key: String,
    /// The value as it would be typed.
    pub value: String,
    /// What it means.
    pub meaning: String,
}

const COUNT: RangeInclusive<u32> = 0..=1000;
const MONTHS: RangeInclusive<u32> = 1..=120;
const DAYS: RangeInclusive<u32> = 1..=3650;

impl Policy {
    /// Every setting with its value and meaning, in the order in which they are shown.
    pub fn settings(&self) -> Vec<Setting> {
        let mut policy = self.clone();
        let fixed = FIXED
            .iter()
            .map(|(key, meaning)| ((*key).to_owned(), (*meaning).to_owned()));
        let efforts = AskKind::ALL.iter().map(|kind| {
            (
                format!("effort.{kind}"),
                format!("effort of {kind} asks (low/medium/high)"),
            )
        });
        let industries = self.industries.0.keys().map(|name| {
            (
                format!("industry.{name}"),
                format!("other words for {name}, separated by ;"),
            )
        });
        let items = self.menu.0.keys().map(|name| {
            let meaning = format!("value back: cost and lowest tier of {name}, or none");
            (format!("menu.{name}"), meaning)
        });
        let budgets = self.budgets.keys().map(|year| {
            let meaning = format!("value back: what may be spent in {year}, by currency");
            (format!("budget.{year}"), meaning)
        });
        let targets = self.targets.keys().map(|(industry, ask)| {
            (
                targets::key(industry, *ask),
                format!("so many free {industry} advocates for a {ask} ask are wanted"),
            )
        });
        fixed
            .chain(efforts)
            .chain(industries)
            .chain(items)
            .chain(budgets)
            .chain(targets)
            .filter_map(|(key, meaning)| {
                let value = policy.slot(&key)?.shown();
                Some(Setting {
                    key,
                    value,
                    meaning,
                })
            })
            .collect()
    }

    /// The value of one setting, as it would be typed.
    pub fn setting(&self, key: &str) -> Option<String> {
        self.clone().slot(key).map(|slot| slot.shown())
    }

    /// Changes one setting and returns the value as it is stored.
    ///
    /// # Errors
    /// A sentence saying what is allowed, for a key that is not known or a value out of range.
    pub fn set(&mut self, key: &str, value: &str) -> Result<String, String> {
        let mut changed = self.clone();
        changed.make_room(key)?;
        let slot = changed
            .slot(key)
            .ok_or_else(|| format!("there is no setting `{key}`"))?;
        let stored = slot
            .put(value)
            .map_err(|allowed| format!("{key} cannot be `{value}`: {allowed}"))?;
        if changed.weights.total() == 0 {
            return Err("the matching weights cannot all be 0".into());
        }
        *self = changed;
        Ok(stored)
    }

    /// Whether any name may follow in keys of this family: an industry, an item of the menu, a year's budget, a
    /// target.
    pub fn is_open_family(key: &str) -> bool {
        let family = key.split_once('.').map(|(family, _)| family);
        matches!(family, Some("industry" | "menu" | "budget" | "target"))
    }

    /// Makes the place of a key in an open family.
    pub(super) fn make_room(&mut self, key: &str) -> Result<(), String> {
        let named = |what: &str, name: &str| match name.is_empty() || slug(name) != name {
            true => Err(format!(
                "{what} is named in lower case with dashes, not `{name}`"
            )),
            false => Ok(name.to_owned()),
        };
        match key.split_once('.') {
            Some(("industry", name)) => {
                let name = named("an industry", name)?;
                self.industries.0.entry(name).or_default();
            }
            Some(("menu", name)) => {
                let name = named("an item of the menu", name)?;
                self.menu.0.entry(name).or_default();
            }
            Some(("budget", year)) => {
                self.budgets.entry(four_digits(year)?).or_default();
            }
            _ => {
                if let Some(target) = targets::named(key)? {
                    self.targets.entry(target).or_default();
                }
            }
        }
        Ok(())
    }

    pub(super) fn slot(&mut self, key: &str) -> Option<Slot<'_>> {
        Some(match key {
            "time-zone" => Slot::Zone(&mut self.time_zone),
            "decline-rest.months" => Slot::Number(&mut self.decline_rest_months, COUNT),
            "hold.days" => Slot::Number(&mut self.hold_days, DAYS),
            "brake" => Slot::Switch(&mut self.brake.on),
            "brake.passive" => Slot::Effort(&mut self.brake.passive),
            "freshness" => Slot::Switch(&mut self.freshness.on),
            "proven" => Slot::Switch(&mut self.proven.on),
            "proven.medium" => Slot::Number(&mut self.proven.medium, COUNT),
            "proven.low" => Slot::Number(&mut self.proven.low, COUNT),
            "account-risk" => Slot::Switch(&mut self.account_risk),
            "renewal" => Slot::Switch(&mut self.renewal.on),
            "renewal.days" => Slot::Number(&mut self.renewal.days, DAYS),
            "renewal.allowed" => Slot::Effort(&mut self.renewal.allowed),
            "conflict" => Slot::Switch(&mut self.conflict),
            "half-life.days" => Slot::Number(&mut self.half_life_days, DAYS),
            "tier.silver" => Slot::Number(&mut self.tiers.silver, COUNT),
            "tier.gold" => Slot::Number(&mut self.tiers.gold, COUNT),
            "tier.platinum" => Slot::Number(&mut self.tiers.platinum, COUNT),
            "deal.open" => Slot::Words(&mut self.deal_stages.open),
            "deal.won" => Slot::Words(&mut self.deal_stages.won),
            "deal.lost" => Slot::Words(&mut self.deal_stages.lost),
            "exchange.into" => Slot::Currency(&mut self.exchange.into),
            "exchange.rates" => Slot::Rates(&mut self.exchange.rates),
            "nomination.days" => Slot::Number(&mut self.nomination_days, DAYS),
            "ladder.good-rating" => Slot::Number(&mut self.good_rating, 1..=5),
            "verify.months" => Slot::Number(&mut self.verify_months, MONTHS),
            "thanks.days" => Slot::Number(&mut self.care.thanks_days, DAYS),
            "results.days" => Slot::Number(&mut self.care.results_days, DAYS),
            "check-in.days" => Slot::Number(&mut self.care.check_in_days, DAYS),
            "answer.days" => Slot::Number(&mut self.care.answer_days, DAYS),
            "invitation.days" => Slot::Number(&mut self.care.invitation_days, DAYS),
            "permission.days" => Slot::Number(&mut self.care.permission_days, DAYS),
            "asset.days" => Slot::Number(&mut self.care.asset_days, DAYS),
            _ => return self.family_slot(key),
        })
    }

    fn family_slot(&mut self, key: &str) -> Option<Slot<'_>> {
        let (family, rest) = key.split_once('.')?;
        Some(match family {
            "cap" => {
                let (whose, part) = rest.split_once('.')?;
                let cap: &mut Cap = match whose {
                    "account" => &mut self.account_cap,
                    effort => self.caps.get_mut(effort_named(effort)?),
                };
                match part {
                    "max" => Slot::Number(&mut cap.max, COUNT),
                    "months" => Slot::Number(&mut cap.months, MONTHS),
                    _ => return None,
                }
            }
            "freshness" => {
                let effort = effort_named(rest.strip_suffix(".months")?)?;
                Slot::Number(self.freshness.months.get_mut(effort), MONTHS)
            }
            "weight" => Slot::Number(
                match rest {
                    "fit" => &mut self.weights.fit,
                    "relationship" => &mut self.weights.relationship,
                    "track-record" => &mut self.weights.track_record,
                    "rest" => &mut self.weights.rest,
                    "reciprocity" => &mut self.weights.reciprocity,
                    _ => return None,
                },
                COUNT,
            ),
            "tier" => {
                let effort = effort_named(rest.strip_prefix("points.")?)?;
                Slot::Number(self.tiers.points.get_mut(effort), COUNT)
            }
            "effort" => {
                let kind = AskKind::ALL.into_iter().find(|kind| kind.name() == rest)?;
                Slot::Effort(&mut self.efforts[kind as usize])
            }
            "industry" => Slot::Words(self.industries.0.get_mut(rest)?),
            "menu" => Slot::Item(self.menu.0.get_mut(rest)?),
            "budget" => Slot::Amounts(self.budgets.get_mut(&four_digits(rest).ok()?)?),
            "target" => Slot::Number(
                self.targets.get_mut(&targets::named(key).ok()??)?,
                0..=targets::MOST,
            ),
            _ => return None,
        })
    }
}

fn effort_named(name: &str) -> Option<Effort> {
    Effort::ALL.into_iter().find(|effort| effort.name() == name)
}

fn four_digits(year: &str) -> Result<i32, String> {
    let digits = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    let year_read = year.parse().ok().filter(|_| digits);
    year_read.ok_or_else(|| format!("a budget is that of a year such as 2026, not `{year}`"))
}

#[cfg(test)]
mod tests {
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
    fn every_fixed_key_has_a_place() {
        let policy = Policy::default();
        for (key, _) in FIXED {
            assert!(policy.setting(key).is_some(), "{key}");
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
