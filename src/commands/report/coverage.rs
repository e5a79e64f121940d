//! `report coverage`: who could be asked today, beside what is wanted.

use super::super::{Context, Done, Failure, Present, request};
use super::people::{Someone, decided, traits, undecided};
use super::{AtEnd, at_end, number, rate};
use crate::cli::ReportArgs;
use crate::domain::ask::AskKind;
use crate::domain::calendar::months_before;
use crate::domain::coverage::{
    Axis, CoverageReport, DEMAND_MONTHS, DemandFacts, Facts, Supplier, coverage,
};
use crate::domain::matching::Trait;
use crate::domain::readiness;
use crate::domain::request::Status;
use crate::domain::targets::Targets;
use crate::domain::tier::Tier;
use crate::output::{Cell, Column, Entry, Record, Sheet, Shown};
use crate::store::{PersonRow, RequestRow, Tx};

/// What coverage is computed from, as loaded.
struct Loaded {
    pool: Vec<(PersonRow, Supplier)>,
    candidates: Vec<Supplier>,
    demand: Vec<DemandFacts>,
    targets: Targets,
}

pub(super) fn run(args: &ReportArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let axes = axes(args)?;
    let found = at_end(args, context, load)?;
    let report = covered(axes, &found.now.facts);
    let mut record = figures(heading(&found, axes), &report);
    if let Some(beside) = &found.beside {
        let other = covered(axes, &beside.facts);
        record = record.with(
            "beside",
            beside.period.name(),
            figures(Record::new(), &other),
        );
    }
    record = cells(record, axes, &report);
    if args.rows {
        record = record.with("rows", "The pool", rows(&found.now.facts));
    }
    context.show("report-coverage/1", found.present.today, record)?;
    Ok(Done::Fully)
}

/// The two traits asked for; industry and ask where none are named.
fn axes(args: &ReportArgs) -> anyhow::Result<[Axis; 2]> {
    let Some(by) = &args.by else {
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
        &Facts {
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

fn heading(found: &AtEnd<Loaded>, axes: [Axis; 2]) -> Record {
    let since = months_before(found.now.on, DEMAND_MONTHS);
    found
        .heading()
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
