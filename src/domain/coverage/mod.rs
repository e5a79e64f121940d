//! Coverage (`docs/metrics.md`, coverage): who could be asked today, two traits against each other, beside the targets
//! and the demand of the last 12 months. Who may be asked is said in `readiness`.

mod axes;

use std::collections::BTreeSet;

use super::rate::Rate;
use super::targets::Targets;
use axes::{Axes, CellKey, Position};

pub use super::traits::Axis;
pub use axes::{AxisValue, DemandFacts, Supplier};

/// The months before the period's end whose requests are the demand.
pub const DEMAND_MONTHS: u32 = 12;

/// Where two values meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The value on the first axis.
    pub row: AxisValue,
    /// The value on the second.
    pub column: AxisValue,
    /// Advocates of the pool here; on the axis of asks, those who are willing.
    pub advocates: u64,
    /// Those of them who may be asked today.
    pub available: u64,
    /// People wanted by the requests of the last 12 months; `None` where requests have no such trait.
    pub demand: Option<u64>,
    /// The target, where one is set.
    pub target: Option<u64>,
    /// How many are lacking: the larger of demand and target, less the available.
    pub gap: u64,
    /// Candidates here; on the axis of asks all of them, for nobody has said yet what they would do.
    pub candidates: u64,
    /// How much of the gap the candidates could close.
    pub closable: u64,
}

impl Cell {
    /// The larger of target and demand.
    pub fn need(&self) -> u64 {
        self.target.unwrap_or(0).max(self.demand.unwrap_or(0))
    }
}

/// Supply against need.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CoverageReport {
    /// Advocates who may be asked for anything today / the pool.
    pub available: Rate,
    /// Of the cells with a target or with demand: those without a gap.
    pub covered: Rate,
    /// The sum of the gaps.
    pub gap: u64,
    /// Every cell with an advocate, a target or demand: the largest gap first, then the largest need, then by place.
    pub cells: Vec<Cell>,
}

/// The facts that coverage is computed from.
#[derive(Debug, Clone, Copy)]
pub struct CoverageFacts<'a> {
    /// The pool.
    pub pool: &'a [Supplier],
    /// Who could be confirmed.
    pub candidates: &'a [Supplier],
    /// Requests of the last 12 months.
    pub demand: &'a [DemandFacts],
    /// Targets.
    pub targets: &'a Targets,
}

/// Supply against need, one axis against the other.
pub fn coverage(axes: [Axis; 2], facts: &CoverageFacts<'_>) -> CoverageReport {
    let mut cells = cells(axes, facts);
    // The sort is stable: cells that are alike stay in the order of their places.
    cells.sort_by_key(|cell| std::cmp::Reverse((cell.gap, cell.need())));
    let needed = || cells.iter().filter(|cell| cell.need() > 0);
    let free = facts.pool.iter().filter(|one| !one.available.is_empty());
    CoverageReport {
        available: Rate::new(free.count() as u64, facts.pool.len() as u64),
        covered: Rate::new(
            needed().filter(|cell| cell.gap == 0).count() as u64,
            needed().count() as u64,
        ),
        gap: cells.iter().map(|cell| cell.gap).sum(),
        cells,
    }
}

/// Every cell with an advocate, a target or demand, by place.
fn cells(axes: [Axis; 2], facts: &CoverageFacts<'_>) -> Vec<Cell> {
    let people = facts.pool.iter().chain(facts.candidates);
    let traits = people.flat_map(|one| &one.traits);
    let named = Axes::of(
        axes,
        traits.chain(facts.demand.iter().flat_map(|one| &one.traits)),
    );
    let pool: Vec<Position> = facts.pool.iter().map(|one| named.position(one)).collect();
    let candidates = facts.candidates.iter();
    let candidates: Vec<Position> = candidates
        .map(|one| named.candidate_position(one))
        .collect();
    let demand = named.demand(facts.demand);
    let targets = named.targets(facts.targets);
    let needed = demand.keys().chain(targets.keys());
    let needed = needed.map(|(row, column)| (row, column));
    let keys: BTreeSet<(&AxisValue, &AxisValue)> =
        pool.iter().flat_map(Position::keys).chain(needed).collect();
    let cell = |(row, column): (&AxisValue, &AxisValue)| {
        let key: &CellKey = &(row.clone(), column.clone());
        let mut cell = Cell {
            row: key.0.clone(),
            column: key.1.clone(),
            advocates: count(&pool, |one| one.is_in(key)),
            available: count(&pool, |one| one.is_available_in(key)),
            demand: (!axes.contains(&Axis::Tier)).then(|| *demand.get(key).unwrap_or(&0)),
            target: targets.get(key).copied(),
            gap: 0,
            candidates: count(&candidates, |one| one.is_in(key)),
            closable: 0,
        };
        cell.gap = cell.need().saturating_sub(cell.available);
        cell.closable = cell.gap.min(cell.candidates);
        cell
    };
    keys.into_iter().map(cell).collect()
}

fn count(all: &[Position], fits: impl Fn(&Position) -> bool) -> u64 {
    all.iter().filter(|one| fits(one)).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ask::AskKind::{self, Reference, Review, Speaking};
    use crate::domain::targets::TargetOf;
    use crate::domain::tier::Tier;
    use crate::domain::traits::{Trait, TraitValue};
    use proptest::prelude::*;

    const BY_ASK: [Axis; 2] = [Axis::Industry, Axis::Ask];

    fn advocate(industry: &str, willing: &[AskKind], available: &[AskKind]) -> Supplier {
        Supplier {
            industry: Some(industry.to_owned()),
            tier: Some(Tier::Community),
            traits: vec![(Trait::Region, "EMEA".into())],
            willing: willing.to_vec(),
            available: available.to_vec(),
        }
    }

    fn request(industry: Option<&str>, ask: AskKind, wanted: u32) -> DemandFacts {
        DemandFacts {
            ask,
            industry: industry.map(str::to_owned),
            traits: vec![(Trait::Region, "emea".into())],
            wanted,
        }
    }

    struct Program {
        pool: Vec<Supplier>,
        candidates: Vec<Supplier>,
        demand: Vec<DemandFacts>,
        targets: Targets,
    }

    impl Program {
        fn facts(&self) -> CoverageFacts<'_> {
            CoverageFacts {
                pool: &self.pool,
                candidates: &self.candidates,
                demand: &self.demand,
                targets: &self.targets,
            }
        }
    }

    fn a_program() -> Program {
        Program {
            pool: vec![
                advocate("healthcare", &[Reference, Review], &[Reference, Review]),
                advocate("healthcare", &[Reference], &[]),
                advocate("retail", &[Review], &[Review]),
                Supplier {
                    industry: None,
                    ..advocate("", &[Reference], &[Reference])
                },
            ],
            candidates: vec![
                advocate("healthcare", &[], &[]),
                advocate("retail", &[], &[]),
            ],
            demand: vec![
                request(Some("healthcare"), Reference, 2),
                request(Some("healthcare"), Reference, 1),
                request(Some("energy"), Speaking, 1),
                request(None, Reference, 1),
            ],
            targets: [
                (TargetOf::IndustryAsk("healthcare".to_owned(), Reference), 5),
                (TargetOf::IndustryAsk("retail".to_owned(), Review), 1),
                (TargetOf::IndustryAsk("retail".to_owned(), Reference), 0),
            ]
            .into(),
        }
    }

    /// Row, column, advocates, available, demand, target, gap, candidates, closable.
    type Line<'a> = (
        &'a str,
        &'a str,
        [u64; 2],
        Option<u64>,
        Option<u64>,
        [u64; 3],
    );

    fn lines(report: &CoverageReport) -> Vec<Line<'_>> {
        let line = |cell: &'_ Cell| {
            (
                [cell.advocates, cell.available],
                cell.demand,
                cell.target,
                [cell.gap, cell.candidates, cell.closable],
            )
        };
        report
            .cells
            .iter()
            .map(|cell| {
                let (people, demand, target, gap) = line(cell);
                (
                    cell.row.name(),
                    cell.column.name(),
                    people,
                    demand,
                    target,
                    gap,
                )
            })
            .collect()
    }

    #[test]
    fn industry_by_ask_by_hand() {
        let program = a_program();
        let report = coverage(BY_ASK, &program.facts());
        assert_eq!(
            lines(&report),
            [
                (
                    "healthcare",
                    "reference",
                    [2, 1],
                    Some(3),
                    Some(5),
                    [4, 1, 1]
                ),
                ("energy", "speaking", [0, 0], Some(1), None, [1, 0, 0]),
                ("retail", "review", [1, 1], Some(0), Some(1), [0, 1, 0]),
                ("(any)", "reference", [3, 2], Some(1), None, [0, 2, 0]),
                ("healthcare", "review", [1, 1], Some(0), None, [0, 1, 0]),
                ("(none)", "reference", [1, 1], Some(0), None, [0, 0, 0]),
            ]
        );
        assert_eq!(report.available, Rate::new(3, 4));
        assert_eq!(report.covered, Rate::new(2, 4));
        assert_eq!(report.gap, 5);
    }

    #[test]
    fn other_axes_have_no_targets_and_tiers_no_demand() {
        let program = a_program();
        let region = Axis::Trait(Trait::Region);
        let report = coverage([region, Axis::Tier], &program.facts());
        assert_eq!(
            lines(&report),
            [("EMEA", "community", [4, 3], None, None, [0, 2, 0])]
        );
        let report = coverage([region, Axis::Industry], &program.facts());
        let first = &lines(&report)[0];
        assert_eq!(
            *first,
            ("EMEA", "healthcare", [2, 1], Some(3), None, [2, 1, 1])
        );
    }

    #[test]
    fn a_target_stands_where_its_traits_meet() {
        let region = Axis::Trait(Trait::Region);
        let of = |axis, value| TraitValue::new(axis, value).unwrap();
        let program = Program {
            demand: Vec::new(),
            targets: [
                (
                    TargetOf::two(of(region, "emea"), of(Axis::Ask, "reference")).unwrap(),
                    4,
                ),
                (TargetOf::One(of(region, "EMEA")), 2),
                (TargetOf::One(of(Axis::Tier, "gold")), 1),
                (TargetOf::Pool, 30),
            ]
            .into(),
            ..a_program()
        };
        let needed = |axes| {
            let report = coverage(axes, &program.facts());
            let cells = report.cells.into_iter().filter(|cell| cell.need() > 0);
            let cell = |cell: Cell| {
                let place = format!("{}, {}", cell.row.name(), cell.column.name());
                (place, cell.available, cell.target, cell.gap)
            };
            cells.map(cell).collect::<Vec<_>>()
        };
        assert_eq!(
            needed([region, Axis::Ask]),
            [
                ("EMEA, reference".to_owned(), 2, Some(4), 2),
                ("EMEA, (any)".to_owned(), 3, Some(2), 0),
            ]
        );
        assert_eq!(
            needed([Axis::Ask, region])[0],
            ("reference, EMEA".to_owned(), 2, Some(4), 2)
        );
        assert_eq!(
            needed([Axis::Tier, region]),
            [
                ("gold, (any)".to_owned(), 0, Some(1), 1),
                ("(any), EMEA".to_owned(), 3, Some(2), 0),
            ]
        );
        assert_eq!(needed(BY_ASK), []);
    }

    #[test]
    fn nothing_covers_nothing() {
        let none = CoverageFacts {
            pool: &[],
            candidates: &[],
            demand: &[],
            targets: &Targets::new(),
        };
        assert_eq!(coverage(BY_ASK, &none), CoverageReport::default());
    }

    proptest! {
        #[test]
        fn turning_the_axes_turns_the_cells(
            people in proptest::collection::vec((0_usize..3, 0_usize..12, proptest::bool::ANY), 0..20),
            demand in proptest::collection::vec((0_usize..4, 0_usize..12, 1_u32..4), 0..20),
        ) {
            let industry = |at: usize| ["healthcare", "retail", "energy"][at];
            let program = Program {
                pool: people.iter().map(|(at, kind, free)| {
                    let kind = [AskKind::ALL[*kind]];
                    advocate(industry(*at), &kind, if *free { &kind } else { &[] })
                }).collect(),
                demand: demand.iter().map(|(at, kind, wanted)| {
                    request((*at < 3).then(|| industry(*at)), AskKind::ALL[*kind], *wanted)
                }).collect(),
                ..a_program()
            };
            let one = coverage([Axis::Industry, Axis::Ask], &program.facts());
            let other = coverage([Axis::Ask, Axis::Industry], &program.facts());
            prop_assert_eq!((one.covered, one.gap), (other.covered, other.gap));
            let wanted: u64 = one.cells.iter().filter_map(|cell| cell.demand).sum();
            prop_assert_eq!(wanted, demand.iter().map(|(.., wanted)| u64::from(*wanted)).sum::<u64>());
            for cell in &one.cells {
                prop_assert!(cell.available <= cell.advocates);
                prop_assert_eq!(cell.gap, cell.need().saturating_sub(cell.available));
            }
        }
    }
}
