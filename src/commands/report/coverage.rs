//! `report coverage`: who could be asked today, beside what is wanted.

use super::super::{Failure, Present, request};
use super::people::{Someone, decided, traits, undecided};
use super::{Asked, AtEnds, Figure, Followed, Found, Kind, Report, number, rate};
use crate::domain::ask::AskKind;
use crate::domain::calendar::months_before;
use crate::domain::coverage::{
    self, Axis, CoverageFacts, CoverageReport, DEMAND_MONTHS, DemandFacts, Supplier, coverage,
};
use crate::domain::decisions::{Findings, Gap};
use crate::domain::matching::Trait;
use crate::domain::period::Period;
use crate::domain::readiness;
use crate::domain::request::Status;
use crate::domain::targets::Targets;
use crate::domain::tier::Tier;
use crate::output::{Cell, Chart, ChartKind, Column, Entry, Record, Series, Sheet, Shown};
use crate::store::{PersonRow, RequestRow, Tx};

/// What coverage is computed from, as loaded.
struct Loaded {
    pool: Vec<(PersonRow, Supplier)>,
    candidates: Vec<Supplier>,
    demand: Vec<DemandFacts>,
    targets: Targets,
}

pub(super) const KIND: Kind = Kind {
    name: "coverage",
    title: "Coverage",
    question: "Who could be asked, beside targets and requests?",
    schema: "report-coverage/1",
    by: None,
    load: |source, periods| Ok(Box::new(Coverage(source.at_ends(periods, load)?))),
};

/// How many gaps a picture shows.
const WIDEST: usize = 12;

/// Where a cell is, in words.
fn place(cell: &coverage::Cell) -> String {
    format!("{}, {}", cell.row.name(), cell.column.name())
}

/// A cell with too few advocates, for the review.
fn gap(cell: &coverage::Cell) -> Gap {
    Gap {
        what: place(cell),
        available: cell.available,
        target: cell.need(),
        candidates: cell.candidates,
    }
}

/// Supply, demand and targets, at the end of each period.
struct Coverage(AtEnds<Loaded>);

impl Coverage {
    /// By industry and kind of ask.
    fn of(&self, period: &Period) -> CoverageReport {
        covered([Axis::Industry, Axis::Ask], &self.0.of(period).facts)
    }
}

impl Followed for Coverage {
    fn figures(&self, period: &Period) -> Vec<Figure> {
        let report = self.of(period);
        vec![
            Figure::new("available", "Free for anything now", rate(report.available)),
            Figure::new("gap", "People lacking", number(report.gap)),
        ]
    }

    fn find(&self, period: &Period, found: &mut Findings) {
        let report = self.of(period);
        let lacking = report.cells.iter().filter(|cell| cell.gap > 0);
        found.gaps = lacking.map(gap).collect();
    }
}

impl Report for Coverage {
    fn record(&self, asked: &Asked<'_>) -> anyhow::Result<Record> {
        let axes = axes(asked.by)?;
        let now = self.0.of(&asked.periods.now);
        let report = covered(axes, &now.facts);
        let mut record = figures(heading(asked, now, axes), &report);
        record = asked.beside(record, |beside| {
            let other = covered(axes, &self.0.of(beside).facts);
            figures(Record::new(), &other)
        });
        record = cells(record, axes, &report);
        if asked.rows {
            record = record.with("rows", "The pool", rows(&now.facts));
        }
        Ok(record)
    }

    fn charts(&self, periods: &[Period]) -> Vec<Chart> {
        let Some(now) = periods.last() else {
            return Vec::new();
        };
        let report = self.of(now);
        let widest = || report.cells.iter().filter(|cell| cell.gap > 0).take(WIDEST);
        let title = format!("Where advocates are lacking, {}", now.name());
        let places = widest().map(place);
        let chart = Chart::new("coverage-gaps", title, ChartKind::Bars, "Where", places);
        vec![chart.with(Series::new(
            "Lacking",
            widest().map(|cell| number(cell.gap)),
        ))]
    }
}

/// The two traits asked for; industry and ask where none are named.
fn axes(by: Option<&str>) -> anyhow::Result<[Axis; 2]> {
    let Some(by) = by else {
        return Ok([Axis::Industry, Axis::Ask]);
    };
    let one = |word: &str| {
        Axis::ALL
            .into_iter()
            .find(|axis| axis.name() == word.trim())
    };
    let found = by
        .split_once(',')
        .and_then(|(row, column)| Some([one(row)?, one(column)?]));
    match found {
        Some([row, column]) if row != column => Ok([row, column]),
        _ => {
            let names = Axis::ALL.map(Axis::name);
            Err(Failure::usage(format!(
                "--by `{by}` is not offered here; two of: {}, such as industry,ask",
                names.join(", ")
            ))
            .into())
        }
    }
}

fn covered(axes: [Axis; 2], loaded: &Loaded) -> CoverageReport {
    let pool: Vec<Supplier> = loaded.pool.iter().map(|(_, one)| one.clone()).collect();
    coverage(
        axes,
        &CoverageFacts {
            pool: &pool,
            candidates: &loaded.candidates,
            demand: &loaded.demand,
            targets: &loaded.targets,
        },
    )
}

fn load(tx: &Tx<'_>, present: &Present) -> anyhow::Result<Loaded> {
    let pool = decided(tx, present)?
        .into_iter()
        .filter(|one| one.member.is_advocate())
        .map(|one| {
            let supplier = supplier(&one, present);
            (one.card, supplier)
        })
        .collect();
    let candidates = undecided(tx, present)?
        .iter()
        .map(|one| Supplier {
            // Where they would begin.
            tier: Some(Tier::Community),
            ..supplier(one, present)
        })
        .collect();
    let since = months_before(present.today, DEMAND_MONTHS);
    let industries = &present.policy.industries;
    let demand = tx
        .requests()?
        .iter()
        .filter(|row| present.day(row.opened_at) > since)
        .filter(|row| request::status(row) != Status::Withdrawn)
        .map(|row| demand(row, present))
        .collect();
    let targets = present.policy.targets.iter();
    Ok(Loaded {
        pool,
        candidates,
        demand,
        targets: targets
            .map(|((industry, ask), number)| ((industries.name_of(industry), *ask), *number))
            .collect(),
    })
}

/// What somebody could be asked for: only the rules say who may be (`domain.md` §5).
fn supplier(one: &Someone, present: &Present) -> Supplier {
    let card = &one.card;
    let own = [
        (Trait::Region, &card.region),
        (Trait::Segment, &card.segment),
        (Trait::Persona, &card.persona),
        (Trait::Language, &card.language),
    ];
    let mut supplier = Supplier {
        industry: traits(card, present).industry,
        tier: one.member.traits.tier,
        traits: own
            .into_iter()
            .filter_map(|(kind, value)| Some((kind, value.clone()?)))
            .collect(),
        ..Supplier::default()
    };
    let Some(person) = &one.person else {
        return supplier;
    };
    let several = person.traits.iter().cloned();
    supplier
        .traits
        .extend(several.filter(|(kind, _)| matches!(kind, Trait::Product | Trait::UseCase)));
    let said = person.facts.willingness.iter().filter(|said| said.willing);
    supplier.willing = said.map(|said| said.kind).collect();
    let passes = |kind: &AskKind| {
        readiness::check(&person.facts, *kind, None, &present.policy, present.today).is_ok()
    };
    supplier.available = supplier.willing.iter().copied().filter(passes).collect();
    supplier
}

fn demand(row: &RequestRow, present: &Present) -> DemandFacts {
    let industries = &present.policy.industries;
    DemandFacts {
        ask: row.kind,
        industry: row
            .industry
            .as_deref()
            .map(|words| industries.name_of(words)),
        traits: row
            .traits
            .iter()
            .map(|(kind, value, _)| (*kind, value.clone()))
            .collect(),
        wanted: row.wanted,
    }
}

fn heading(asked: &Asked<'_>, found: &Found<Loaded>, axes: [Axis; 2]) -> Record {
    let since = months_before(found.on, DEMAND_MONTHS);
    asked
        .heading_at(found.on)
        .with(
            "demand_since",
            "Requests since",
            since.succ_opt().unwrap_or(since),
        )
        .data("by", Cell::list(axes.map(Axis::name)))
}

fn figures(record: Record, report: &CoverageReport) -> Record {
    record
        .with("covered", "Pairs covered", rate(report.covered))
        .with("available", "Free for anything", rate(report.available))
        .with("gap", "People lacking", number(report.gap))
}

/// Every pair for programs. People see those that are needed, where the axes are the ones that needs are named by:
/// there are many pairs of the two.
fn cells(record: Record, axes: [Axis; 2], report: &CoverageReport) -> Record {
    let every = sheet(axes, report, |_| true);
    let by_need = axes
        .iter()
        .all(|axis| matches!(axis, Axis::Industry | Axis::Ask));
    if !by_need {
        return record.with("cells", "Pairs", every);
    }
    let needed = sheet(axes, report, |need| need > 0);
    let others = report.cells.len() - needed.rows.len();
    let record = record
        .entry(Entry::new("cells", "", every).only(Shown::Data))
        .entry(Entry::new("needed", "Where somebody is needed", needed).only(Shown::Reading));
    if others == 0 {
        return record;
    }
    let pairs = crate::output::count_of(others as u64, "pair has", "pairs have");
    record.say(format!(
        "{pairs} advocates, and neither a target nor a request: --format csv shows all."
    ))
}

fn sheet(axes: [Axis; 2], report: &CoverageReport, shows: fn(u64) -> bool) -> Sheet {
    let heading = |axis: Axis| {
        let mut word = axis.name().replace('-', " ");
        word[..1].make_ascii_uppercase();
        word
    };
    let mut sheet = Sheet::new(vec![
        Column::left("row", heading(axes[0])),
        Column::left("column", heading(axes[1])),
        Column::right("available", "Free"),
        Column::right("advocates", "Advocates"),
        Column::right("demand", "Wanted"),
        Column::right("target", "Target"),
        Column::right("gap", "Gap"),
        Column::right("candidates", "Candidates"),
        Column::right("closable", "Could close"),
    ])
    .empty("Nobody is needed anywhere: no targets, and no requests in the last 12 months.");
    for cell in report.cells.iter().filter(|cell| shows(cell.need())) {
        sheet.push(vec![
            cell.row.name().into(),
            cell.column.name().into(),
            number(cell.available),
            number(cell.advocates),
            cell.demand.map_or(Cell::Empty, number),
            cell.target.map_or(Cell::Empty, number),
            number(cell.gap),
            number(cell.candidates),
            number(cell.closable),
        ]);
    }
    sheet
}

fn rows(loaded: &Loaded) -> Sheet {
    let columns = vec![
        Column::left("industry", "Industry"),
        Column::left("tier", "Tier"),
        Column::left("willing", "Said yes to"),
        Column::left("free_for", "Free for"),
    ];
    let mut sheet =
        Sheet::new([super::people::who_columns(), columns].concat()).empty("The pool is empty.");
    for (card, one) in &loaded.pool {
        let mut row = super::people::who_cells(card);
        row.extend([
            one.industry.as_deref().into(),
            Cell::opt(one.tier.map(Tier::name)),
            Cell::list(one.willing.iter().map(|kind| kind.name())),
            Cell::list(one.available.iter().map(|kind| kind.name())),
        ]);
        sheet.push(row);
    }
    sheet
}
