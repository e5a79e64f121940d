//! `report coverage`: who could be asked today, beside what is wanted.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the words are ASCII and not empty"
)]

use std::rc::Rc;

use super::asked::Asked;
use super::follow::{Followed, Way};
use super::groups::Groupings;
use super::kind::{Kind, Report};
use super::people::{Program, Someone};
use super::source::AtEnds;
use crate::domain::ask::AskKind;
use crate::domain::calendar::months_before;
use crate::domain::coverage::{
    self, Axis, CoverageFacts, CoverageReport, DEMAND_MONTHS, DemandFacts, Supplier, coverage,
};
use crate::domain::decisions::{Findings, Gap};
use crate::domain::matching::Trait;
use crate::domain::period::Period;
use crate::domain::present::Present;
use crate::domain::readiness;
use crate::domain::request::Status;
use crate::domain::targets::Targets;
use crate::domain::tier::Tier;
use crate::failure::Result;
use crate::output::{
    Cell, Chart, ChartKind, Document, Entry, Figure, Record, Sentence, Series, Sheet, Shown, Table,
    count_of,
};
use crate::store::{PersonRow, RequestRow};
use crate::views::who::WhoColumns;

/// What coverage is computed from, as loaded.
struct Loaded {
    pool: Vec<Supplier>,
    /// The cards of the pool, in its order.
    cards: Vec<Rc<PersonRow>>,
    candidates: Vec<Supplier>,
    demand: Vec<DemandFacts>,
    targets: Targets,
}

pub(super) const KIND: Kind = Kind {
    name: "coverage",
    title: "Coverage",
    question: "Who could be asked, beside targets and requests?",
    schema: "report-coverage/1",
    by: Groupings {
        names: || Axis::ALL.map(Axis::name).to_vec(),
        pairs: true,
        without: Some("industry,ask"),
    },
    pack_by: None,
    at_end: true,
    load: |source, periods| {
        Ok(Box::new(Coverage(
            source.at_ends(periods, |program, _| load(program))?,
        )))
    },
};

/// What is set against what where nothing else is asked for.
const AXES: [Axis; 2] = [Axis::Industry, Axis::Ask];

/// How many gaps a picture shows.
const WIDEST: usize = 40;

/// Where a cell is, in words.
fn place(cell: &coverage::Cell) -> String {
    format!("{}, {}", cell.row.name(), cell.column.name())
}

/// A cell with too few advocates, for the review.
fn gap(cell: &coverage::Cell) -> Gap {
    Gap {
        group: cell.row.name().to_owned(),
        what: place(cell),
        available: cell.available,
        target: cell.need(),
        candidates: cell.candidates,
    }
}

/// Supply, demand and targets, at the end of each period.
struct Coverage(AtEnds<Loaded>);

impl Coverage {
    fn of(&self, period: &Period, axes: [Axis; 2]) -> CoverageReport {
        let loaded = &self.0.of(period).facts;
        let facts = CoverageFacts {
            pool: &loaded.pool,
            candidates: &loaded.candidates,
            demand: &loaded.demand,
            targets: &loaded.targets,
        };
        coverage(axes, &facts)
    }
}

impl Followed for Coverage {
    fn figures(&self, period: &Period) -> Vec<Figure> {
        let report = self.of(period, AXES);
        vec![
            Figure::new("available", "Free for anything now", report.available).more_is_better(),
            Figure::new("gap", "People lacking", report.gap)
                .called("Gaps, ask by ask")
                .less_is_better(),
        ]
    }

    fn find(&self, period: &Period, found: &mut Findings) {
        let report = self.of(period, AXES);
        let lacking = report.cells.iter().filter(|cell| cell.gap > 0);
        found.gaps = lacking.map(gap).collect();
    }
}

impl Report for Coverage {
    fn document(&self, asked: &Asked<'_>) -> Document {
        let axes = axes(asked.by);
        let now = self.0.of(asked.now());
        let since = months_before(now.on, DEMAND_MONTHS);
        let demand = Record::new()
            .with(
                "demand_since",
                "Requests since",
                since.succ_opt().unwrap_or(since),
            )
            .data("by", Cell::list(axes.map(Axis::name)));
        let document = asked.document(|period| figures(&self.of(period, axes)));
        let report = self.of(&now.period, axes);
        Document {
            figures: demand.and(document.figures),
            details: cells(axes, &report),
            typed: left_out(axes, &report),
            facts: asked.facts("The pool", || pool(&now.facts)),
            ..document
        }
    }

    fn charts(&self, way: &Way) -> Vec<Chart> {
        let now = &way.now;
        let report = self.of(now, AXES);
        let widest = || report.cells.iter().filter(|cell| cell.gap > 0).take(WIDEST);
        let title = format!("Where advocates are lacking, {}", now.name());
        let places = widest().map(place);
        let chart = Chart::new("coverage-gaps", title, ChartKind::Bars, "Where", places);
        let lacking = widest().map(|cell| cell.gap.into());
        let finding = widest()
            .next()
            .map(|cell| format!("The widest gap: {} for {}", cell.gap, place(cell)));
        let chart = chart.finding(finding.unwrap_or_default());
        vec![chart.with(Series::new("Lacking", lacking))]
    }
}

/// The two traits asked for; industry and ask where none are named.
fn axes(by: Option<&str>) -> [Axis; 2] {
    let one = |word: &str| {
        let mut all = Axis::ALL.into_iter();
        all.find(|axis| axis.name() == word.trim())
    };
    let named = by.and_then(|by| by.split_once(','));
    let found = named.and_then(|(row, column)| Some([one(row)?, one(column)?]));
    found.unwrap_or(AXES)
}

fn load(program: &Program<'_>) -> Result<Loaded> {
    let present = program.present;
    let decided = program.decided()?;
    let pool = || decided.iter().filter(|one| one.member.is_advocate());
    let undecided = program.undecided()?;
    let candidates = undecided.iter().map(|one| Supplier {
        // Where they would begin.
        tier: Some(Tier::Community),
        ..supplier(one, present)
    });
    let since = months_before(present.today, DEMAND_MONTHS);
    let requests = program.tx.requests()?;
    let demand = requests
        .iter()
        .filter(|row| present.day(row.opened_at) > since)
        .filter(|row| row.status() != Status::Withdrawn)
        .map(|row| demand(row, present));
    let industries = &present.policy.industries;
    let targets = present.policy.targets.iter();
    let targets = targets.map(|(target, number)| {
        let target = target
            .clone()
            .in_industries(|industry| industries.name_of(industry));
        (target, *number)
    });
    Ok(Loaded {
        pool: pool().map(|one| supplier(one, present)).collect(),
        cards: pool().map(|one| Rc::clone(&one.card)).collect(),
        candidates: candidates.collect(),
        demand: demand.collect(),
        targets: targets.collect(),
    })
}

/// What somebody could be asked for: only the rules say who may be (`docs/rules.md`, who may be asked).
fn supplier(one: &Someone, present: &Present) -> Supplier {
    let card = &one.card;
    let own = [
        (Trait::Region, &card.region),
        (Trait::Segment, &card.segment),
        (Trait::Persona, &card.persona),
        (Trait::Language, &card.language),
    ];
    let own = own.into_iter();
    let mut supplier = Supplier {
        industry: one.member.traits.industry.clone(),
        tier: one.member.traits.tier,
        traits: own
            .filter_map(|(kind, value)| Some((kind, value.clone()?)))
            .collect(),
        ..Supplier::default()
    };
    let Some(person) = &one.person else {
        return supplier;
    };
    let several = person.traits.iter().cloned();
    let several =
        several.filter(|(kind, _)| matches!(kind, Trait::Product | Trait::UseCase | Trait::Tag));
    supplier.traits.extend(several);
    let said = person.facts.willingness.iter().filter(|said| said.willing);
    supplier.willing = said.map(|said| said.kind).collect();
    let passes = |kind: &AskKind| {
        readiness::passes(&person.facts, *kind, None, &present.policy, present.today)
    };
    supplier.available = supplier.willing.iter().copied().filter(passes).collect();
    supplier
}

fn demand(row: &RequestRow, present: &Present) -> DemandFacts {
    let traits = row.traits.iter();
    DemandFacts {
        ask: row.kind,
        industry: present.industry(row.industry.as_deref()),
        traits: traits
            .map(|(kind, value, _)| (*kind, value.clone()))
            .collect(),
        wanted: row.wanted,
    }
}

fn figures(report: &CoverageReport) -> Record {
    Record::new()
        .with("covered", "Pairs covered", report.covered)
        .with("available", "Free for anything", report.available)
        .with("gap", "People lacking", report.gap)
        .called("Gaps, ask by ask")
}

/// Every pair for programs. People see those that are needed, where the axes are the ones that needs are named by:
/// there are many pairs of the two.
fn cells(axes: [Axis; 2], report: &CoverageReport) -> Record {
    let every = table(axes, report, |_| true);
    let mut both = axes.iter();
    if !both.all(|axis| AXES.contains(axis)) {
        return Record::new().with("cells", "Pairs", every);
    }
    let needed = table(axes, report, |need| need > 0);
    Record::new()
        .data("cells", every)
        .entry(Entry::new("needed", "Where somebody is needed", needed).only(Shown::ToPeople))
}

/// What is said of the pairs that people are not shown.
fn left_out(axes: [Axis; 2], report: &CoverageReport) -> Vec<Sentence> {
    let others = report.cells.iter().filter(|cell| cell.need() == 0).count();
    if others == 0 || !axes.iter().all(|axis| AXES.contains(axis)) {
        return Vec::new();
    }
    let pairs = count_of(others as u64, "pair has", "pairs have");
    vec![
        format!("{pairs} advocates, and neither a target nor a request: --format csv shows all.")
            .into(),
    ]
}

fn table(axes: [Axis; 2], report: &CoverageReport, shows: fn(u64) -> bool) -> Sheet {
    let heading = |axis: Axis| {
        let mut word = axis.name().replace('-', " ");
        word[..1].make_ascii_uppercase();
        word
    };
    let cells = report.cells.iter();
    let cells: Vec<&coverage::Cell> = cells.filter(|cell| shows(cell.need())).collect();
    Table::of(&cells)
        .left("row", heading(axes[0]), |cell| cell.row.name())
        .left("column", heading(axes[1]), |cell| cell.column.name())
        .right("available", "Free", |cell| cell.available)
        .right("advocates", "Advocates", |cell| cell.advocates)
        .spare()
        .right("demand", "Wanted", |cell| cell.demand)
        .right("target", "Target", |cell| cell.target)
        .right("gap", "Gap", |cell| cell.gap)
        .right("candidates", "Candidates", |cell| cell.candidates)
        .spare()
        .right("closable", "Could close", |cell| cell.closable)
        .empty("Nobody is needed anywhere: no targets, and no requests in the last 12 months.")
}

fn pool(loaded: &Loaded) -> Sheet {
    let kinds = |kinds: &[AskKind]| Cell::list(kinds.iter().map(|kind| kind.name()));
    let pool: Vec<(&Rc<PersonRow>, &Supplier)> = loaded.cards.iter().zip(&loaded.pool).collect();
    Table::of(&pool)
        .who_and_account(|(card, _)| &***card)
        .left("industry", "Industry", |(_, one)| one.industry.as_ref())
        .cut()
        .left("tier", "Tier", |(_, one)| one.tier)
        .left("willing", "Said yes to", |(_, one)| kinds(&one.willing))
        .left("free_for", "Free for", |(_, one)| kinds(&one.available))
        .empty("The pool is empty.")
}
