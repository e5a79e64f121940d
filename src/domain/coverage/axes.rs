//! Two traits set against each other, and where people, requests and targets stand on them.

use std::collections::BTreeMap;

use crate::domain::ask::AskKind;
use crate::domain::group::Group;
use crate::domain::industry::slug;
use crate::domain::targets::Targets;
use crate::domain::tier::Tier;
use crate::domain::traits::{Axis, Trait, TraitValue};

/// Somebody who is, or could become, a part of the supply.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Supplier {
    /// The account's industry, by its one name.
    pub industry: Option<String>,
    /// The tier; that of a candidate is what they would begin with.
    pub tier: Option<Tier>,
    /// Other traits.
    pub traits: Vec<(Trait, String)>,
    /// Kinds that they are willing to do.
    pub willing: Vec<AskKind>,
    /// Kinds for which they pass every hard rule today.
    pub available: Vec<AskKind>,
}

/// One request of the last 12 months that was not withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemandFacts {
    /// What was asked for.
    pub ask: AskKind,
    /// The prospect's industry, by its one name.
    pub industry: Option<String>,
    /// What else the advocate should be like.
    pub traits: Vec<(Trait, String)>,
    /// How many people were wanted.
    pub wanted: u32,
}

/// A value on an axis.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum AxisValue {
    /// This one.
    Named(Group),
    /// That of people of whom it is not known.
    Unknown,
    /// That of requests for which any would do: everybody counts as supply.
    Any,
}

impl AxisValue {
    /// The word for it.
    pub fn name(&self) -> &str {
        match self {
            AxisValue::Named(group) => group.name(),
            AxisValue::Unknown => "(none)",
            AxisValue::Any => "(any)",
        }
    }
}

/// A value on each axis.
pub(super) type CellKey = (AxisValue, AxisValue);

/// Where one person stands on both axes.
pub(super) struct Position {
    values: [Vec<AxisValue>; 2],
    available: [Vec<AxisValue>; 2],
    is_free: bool,
}

impl Position {
    /// Every pair of values that they have.
    pub(super) fn keys(&self) -> impl Iterator<Item = (&AxisValue, &AxisValue)> {
        let [rows, columns] = &self.values;
        let pairs = |row| columns.iter().map(move |column| (row, column));
        rows.iter().flat_map(pairs)
    }

    /// Whether they are there.
    pub(super) fn is_in(&self, key: &CellKey) -> bool {
        fits(&self.values[0], &key.0) && fits(&self.values[1], &key.1)
    }

    /// Whether they may be asked there today.
    pub(super) fn is_available_in(&self, key: &CellKey) -> bool {
        self.is_free && fits(&self.available[0], &key.0) && fits(&self.available[1], &key.1)
    }
}

fn fits(own: &[AxisValue], value: &AxisValue) -> bool {
    *value == AxisValue::Any || own.contains(value)
}

/// The axes, and one spelling for each value: `EMEA` and `emea` are one.
pub(super) struct Axes {
    axes: [Axis; 2],
    spelt: BTreeMap<(Trait, String), String>,
    /// The same for every way in which a value is spelt.
    spellings: BTreeMap<(Trait, String), String>,
}

impl Axes {
    /// Two axes, with the values of all these traits.
    pub(super) fn of<'a>(
        axes: [Axis; 2],
        traits: impl Iterator<Item = &'a (Trait, String)>,
    ) -> Self {
        let mut all: Vec<&(Trait, String)> = traits.collect();
        all.sort();
        all.dedup();
        let (mut spelt, mut spellings) = (BTreeMap::new(), BTreeMap::new());
        for (kind, value) in all {
            let one = spelt.entry((*kind, slug(value)));
            let one = one.or_insert_with(|| value.clone());
            spellings.insert((*kind, value.clone()), one.clone());
        }
        Self {
            axes,
            spelt,
            spellings,
        }
    }

    fn traits(&self, kind: Trait, traits: &[(Trait, String)]) -> Vec<AxisValue> {
        let own = traits.iter().filter(|(one, _)| *one == kind);
        let mut values: Vec<AxisValue> = own
            .filter_map(|one| self.spellings.get(one))
            .map(|value| AxisValue::Named(Group::named(value)))
            .collect();
        values.sort();
        values.dedup();
        values
    }

    /// The values on an axis that is not the axis of asks; `missing` where there is none.
    fn values(
        &self,
        axis: Axis,
        industry: Option<&str>,
        tier: Option<Tier>,
        traits: &[(Trait, String)],
        missing: AxisValue,
    ) -> Vec<AxisValue> {
        let values: Vec<AxisValue> = match axis {
            Axis::Industry => industry
                .map(Group::named)
                .map(AxisValue::Named)
                .into_iter()
                .collect(),
            Axis::Tier => tier
                .map(Group::of_tier)
                .map(AxisValue::Named)
                .into_iter()
                .collect(),
            Axis::Trait(kind) => self.traits(kind, traits),
            Axis::Ask => Vec::new(),
        };
        match values.is_empty() {
            true => vec![missing],
            false => values,
        }
    }

    /// Where an advocate stands: on the axis of asks, at what they are willing to do.
    pub(super) fn position(&self, one: &Supplier) -> Position {
        self.willing_to(&one.willing, one)
    }

    /// Where a candidate stands: they may come to do anything.
    pub(super) fn candidate_position(&self, one: &Supplier) -> Position {
        self.willing_to(&AskKind::ALL, one)
    }

    fn willing_to(&self, willing: &[AskKind], one: &Supplier) -> Position {
        let on = |kinds: &[AskKind]| {
            self.axes.map(|axis| match axis {
                Axis::Ask => kinds.iter().copied().map(of_ask).collect(),
                _ => self.values(
                    axis,
                    one.industry.as_deref(),
                    one.tier,
                    &one.traits,
                    AxisValue::Unknown,
                ),
            })
        };
        Position {
            values: on(willing),
            available: on(&one.available),
            is_free: !one.available.is_empty(),
        }
    }

    /// How many people are wanted where.
    pub(super) fn demand(&self, all: &[DemandFacts]) -> BTreeMap<CellKey, u64> {
        let mut demand = BTreeMap::new();
        if self.axes.contains(&Axis::Tier) {
            return demand;
        }
        for one in all {
            let [rows, columns] = self.axes.map(|axis| match axis {
                Axis::Ask => vec![of_ask(one.ask)],
                _ => self.values(
                    axis,
                    one.industry.as_deref(),
                    None,
                    &one.traits,
                    AxisValue::Any,
                ),
            });
            for row in &rows {
                for column in &columns {
                    *demand.entry((row.clone(), column.clone())).or_default() +=
                        u64::from(one.wanted);
                }
            }
        }
        demand
    }

    /// The targets for these traits: those for both stand where they meet, those for one of them beside any of the other.
    pub(super) fn targets(&self, all: &Targets) -> BTreeMap<CellKey, u64> {
        let set = all.iter().filter(|(_, number)| **number > 0);
        let placed = set.filter_map(|(target, number)| {
            let traits = target.traits();
            let on = |axis| traits.iter().find(|one| one.axis == axis);
            let found = self.axes.map(on);
            if traits.is_empty() || found.iter().flatten().count() < traits.len() {
                return None;
            }
            let [row, column] = found.map(|one| one.map_or(AxisValue::Any, |one| self.place(one)));
            Some(((row, column), u64::from(*number)))
        });
        placed.collect()
    }

    /// Where a trait of a target stands.
    fn place(&self, one: &TraitValue) -> AxisValue {
        let named = |name: &str| AxisValue::Named(Group::named(name));
        match one.axis {
            Axis::Industry => named(&one.value),
            Axis::Ask => one.value.parse().map_or_else(|_| named(&one.value), of_ask),
            Axis::Tier => match one.value.parse() {
                Ok(tier) => AxisValue::Named(Group::of_tier(tier)),
                Err(_) => named(&one.value),
            },
            Axis::Trait(kind) => {
                let spelt = self.spelt.get(&(kind, one.value.clone()));
                named(spelt.unwrap_or(&one.value))
            }
        }
    }
}

fn of_ask(kind: AskKind) -> AxisValue {
    AxisValue::Named(Group::of_ask(kind))
}
