//! Targets (`docs/metrics.md`, targets): how many advocates there should be, in the pool as a whole and where one or two
//! traits meet. Each is a setting of the policy, so that everyone sees the same and an earlier day its own.

use std::collections::BTreeMap;
use std::fmt;

use super::ask::AskKind;
use super::industry::slug;
use super::traits::{Axis, TraitValue};

/// What a target is for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum TargetOf {
    /// Advocates in an industry who may be asked for a kind.
    IndustryAsk(String, AskKind),
    /// All advocates.
    Pool,
    /// Advocates with one trait who may be asked.
    One(TraitValue),
    /// Advocates with two traits who may be asked; by the order of the traits.
    Two(TraitValue, TraitValue),
}

impl TargetOf {
    /// Where two traits meet, in whatever order they were named.
    ///
    /// # Errors
    /// Says that one trait cannot have two values.
    pub fn two(one: TraitValue, other: TraitValue) -> Result<Self, String> {
        let (first, second) = match one.axis <= other.axis {
            true => (one, other),
            false => (other, one),
        };
        match (first.axis, second.axis) {
            (one, other) if one == other => Err(format!("{} is named twice", one.name())),
            (Axis::Industry, Axis::Ask) => {
                Ok(Self::IndustryAsk(first.value, second.value.parse()?))
            }
            _ => Ok(Self::Two(first, second)),
        }
    }

    /// The same with the one name of its industry.
    #[must_use]
    pub fn in_industries(self, name_of: impl Fn(&str) -> String) -> Self {
        let named = |one: TraitValue| match one.axis {
            Axis::Industry => TraitValue {
                value: name_of(&one.value),
                ..one
            },
            _ => one,
        };
        match self {
            Self::Pool => Self::Pool,
            Self::IndustryAsk(industry, ask) => Self::IndustryAsk(name_of(&industry), ask),
            Self::One(one) => Self::One(named(one)),
            Self::Two(one, other) => Self::Two(named(one), other),
        }
    }

    /// The traits that it is for.
    pub fn traits(&self) -> Vec<TraitValue> {
        match self {
            Self::Pool => Vec::new(),
            Self::One(one) => vec![one.clone()],
            Self::Two(one, other) => vec![one.clone(), other.clone()],
            Self::IndustryAsk(industry, ask) => vec![
                TraitValue {
                    axis: Axis::Industry,
                    value: industry.clone(),
                },
                TraitValue {
                    axis: Axis::Ask,
                    value: ask.name().to_owned(),
                },
            ],
        }
    }
}

impl fmt::Display for TargetOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let traits: Vec<String> = self.traits().iter().map(TraitValue::to_string).collect();
        match traits.is_empty() {
            true => f.write_str(POOL),
            false => f.write_str(&traits.join(", ")),
        }
    }
}

/// How many advocates there should be; 0 is no target.
pub type Targets = BTreeMap<TargetOf, u32>;

/// The largest target that can be set.
pub const MOST: u32 = 1000;

/// A target as typed.
///
/// # Errors
/// Says what is allowed.
pub fn number(text: &str) -> Result<u32, String> {
    let typed = text.trim().parse().ok().filter(|number| *number <= MOST);
    typed.ok_or_else(|| format!("a target is a whole number from 0 to {MOST}, not `{text}`"))
}

/// The family of settings that hold the targets.
pub(super) const FAMILY: &str = "target";

/// What stands in the key of the pool's target.
const POOL: &str = "pool";

/// What stands in a key in the place of a second trait.
const ANY: &str = "any";

/// The setting that holds a target: `target.healthcare.reference`, `target.pool`, `target.region.emea.any` or
/// `target.region.emea.segment.enterprise`.
pub fn key(target: &TargetOf) -> String {
    format!("{FAMILY}.{}", member(target))
}

/// What stands in that key behind the family.
pub(super) fn member(target: &TargetOf) -> String {
    let trait_value = |one: &TraitValue| format!("{}.{}", one.axis.name(), one.value);
    match target {
        TargetOf::Pool => POOL.to_owned(),
        TargetOf::IndustryAsk(industry, ask) => format!("{industry}.{ask}"),
        TargetOf::One(one) => format!("{}.{ANY}", trait_value(one)),
        TargetOf::Two(one, other) => format!("{}.{}", trait_value(one), trait_value(other)),
    }
}

/// What a target's setting is for, by what stands in its key behind the family.
///
/// # Errors
/// Says how such a key is written.
pub(super) fn of_member(member: &str) -> Result<TargetOf, String> {
    let allowed = || {
        format!(
            "a target's key is {FAMILY}.INDUSTRY.ASK, {FAMILY}.{POOL}, {FAMILY}.TRAIT.VALUE.{ANY} or \
             {FAMILY}.TRAIT.VALUE.TRAIT.VALUE, not `{FAMILY}.{member}`"
        )
    };
    let trait_value = |axis: &str, value: &str| {
        let axis = Axis::named(axis).ok_or_else(allowed)?;
        let read = TraitValue::new(axis, value)?;
        match read.value == value {
            true => Ok(read),
            false => Err(allowed()),
        }
    };
    let parts: Vec<&str> = member.split('.').collect();
    match parts[..] {
        [POOL] => Ok(TargetOf::Pool),
        [industry, ask] if !industry.is_empty() && slug(industry) == industry => {
            Ok(TargetOf::IndustryAsk(industry.to_owned(), ask.parse()?))
        }
        [axis, value, ANY] => Ok(TargetOf::One(trait_value(axis, value)?)),
        [axis, value, other, other_value] => {
            let (one, other) = (trait_value(axis, value)?, trait_value(other, other_value)?);
            let target = TargetOf::two(one, other)?;
            // Each has one key.
            match self::member(&target) == member {
                true => Ok(target),
                false => Err(allowed()),
            }
        }
        _ => Err(allowed()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::traits::Trait;
    use super::*;

    fn of(axis: Axis, value: &str) -> TraitValue {
        TraitValue::new(axis, value).unwrap()
    }

    #[test]
    fn keys_read_back() {
        let region = || of(Axis::Trait(Trait::Region), "EMEA");
        let segment = || of(Axis::Trait(Trait::Segment), "Mid Market");
        let ask = || of(Axis::Ask, "case study");
        for (target, member_of) in [
            (
                TargetOf::IndustryAsk("public-sector".to_owned(), AskKind::CaseStudy),
                "public-sector.case-study",
            ),
            (TargetOf::Pool, "pool"),
            (TargetOf::One(region()), "region.emea.any"),
            (
                TargetOf::two(segment(), region()).unwrap(),
                "region.emea.segment.mid-market",
            ),
            (
                TargetOf::two(region(), ask()).unwrap(),
                "ask.case-study.region.emea",
            ),
            (
                TargetOf::two(ask(), of(Axis::Industry, "Retail")).unwrap(),
                "retail.case-study",
            ),
        ] {
            assert_eq!(member(&target), member_of);
            assert_eq!(key(&target), format!("target.{member_of}"));
            assert_eq!(of_member(member_of), Ok(target));
        }
        assert_eq!((number(" 12 "), number("1000")), (Ok(12), Ok(MOST)));
        assert!(number("1001").is_err() && number("-1").is_err() && number("a few").is_err());
        for wrong in [
            "",
            "retail",
            "Retail.review",
            ".review",
            "region.EMEA.any",
            "planet.mars.any",
            "region.emea",
            "region.emea.region.apac",
            "segment.smb.region.emea",
            "industry.retail.ask.review",
            "tier.wood.any",
        ] {
            assert!(of_member(wrong).is_err(), "{wrong}");
        }
    }
}
