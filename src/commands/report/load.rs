//! `report load`: how the asks are spread over the advocates.

use crate::failure::Result;
use std::collections::HashMap;

use super::people::{decided, traits, who_cells, who_columns};
use super::{
    Asked, AtEnds, Figure, Followed, Found, Kind, Report, TRAITS, follow, group, group_name,
    number, rate,
};
use crate::domain::decisions::Findings;
use crate::domain::group::{By, Traits, grouped};
use crate::domain::ids::PersonId;
use crate::domain::load::{Bearer, LoadReport, TapFacts, bearers, load};
use crate::domain::period::Period;
use crate::domain::present::Present;
use crate::domain::stage::Stage;
use crate::domain::tier::Tier;
use crate::output::{Cell, Chart, ChartKind, Column, Record, Sheet, Shown};
use crate::store::{PersonRow, TapFilter, TapRow, Tx};

/// The asks, and everyone whom they could have gone to.
struct Facts {
    people: HashMap<PersonId, Person>,
    taps: Vec<TapFacts>,
}

/// Somebody in the pool, or asked without being in it.
struct Person {
    card: PersonRow,
    traits: Traits,
    stage: Option<Stage>,
}

pub(super) const KIND: Kind = Kind {
    name: "load",
    title: "Load",
    question: "How are the asks spread over the advocates?",
    schema: "report-load/1",
    by: Some("industry"),
    load: |source, periods| Ok(Box::new(Load(source.at_ends(periods, facts)?))),
};

/// Everyone who could be asked and every ask, at the end of each period.
struct Load(AtEnds<Facts>);

impl Load {
    fn of(&self, period: &Period) -> LoadReport {
        load(&spread(self.0.of(period)))
    }
}

impl Followed for Load {
    fn figures(&self, period: &Period) -> Vec<Figure> {
        let report = self.of(period);
        let each = report.taps_per_advocate;
        let each = each.map_or(Cell::Empty, |mean| Cell::decimal(mean, 2));
        vec![
            Figure::new("taps_per_advocate", "Asks per advocate", each),
            Figure::new(
                "concentration",
                "Asks on the top 10 %",
                rate(report.concentration),
            ),
            Figure::new("never_asked", "Never asked", rate(report.never_asked)),
            Figure::new("over_cap_taps", "Taps over a cap", number(report.over_cap))
                .marked(report.over_cap > 0, "the promise was broken"),
            Figure::new(
                "overridden_taps",
                "Refusals overridden",
                number(report.overridden),
            )
            .marked(report.overridden > 0, "look at the reasons"),
        ]
    }

    fn find(&self, period: &Period, found: &mut Findings) {
        let report = self.of(period);
        found.taps = report.taps;
        found.over_cap_taps = report.over_cap;
        found.overridden_taps = report.overridden;
    }
}

impl Report for Load {
    fn record(&self, asked: &Asked<'_>) -> Result<Record> {
        let by = group(asked, TRAITS)?;
        let periods = &asked.periods;
        let now = self.0.of(&periods.now);
        let everyone = spread(now);
        let mut record = figures(asked.heading_at(now.on), &load(&everyone));
        record = asked.beside(record, |beside| figures(Record::new(), &self.of(beside)));
        if let Some((name, by)) = by {
            let sheet = groups(&everyone, &now.facts, by);
            record = record.with("groups", format!("By {name}"), sheet);
        }
        if asked.rows {
            record = record.with("rows", "Advocates", rows(&everyone, &now.facts));
        }
        Ok(record)
    }

    fn charts(&self, periods: &[Period]) -> Vec<Chart> {
        let words = ("load-trend", "Asks made");
        let taps = |period: &Period| number(self.of(period).taps);
        vec![follow::trend(
            words,
            ChartKind::Columns,
            periods,
            self.0.today,
            taps,
        )]
    }
}

fn facts(tx: &Tx<'_>, present: &Present) -> Result<Facts> {
    let mut people: HashMap<PersonId, Person> = decided(tx, present)?
        .into_iter()
        .map(|one| {
            let person = Person {
                stage: one.member.stage,
                traits: one.member.traits,
                card: one.card,
            };
            (person.card.id, person)
        })
        .collect();
    let taps = tx.taps(&TapFilter::default())?;
    for tap in &taps {
        if !people.contains_key(&tap.person)
            && let Some(card) = tx.person(tap.person)?
        {
            let traits = traits(&card, present);
            let person = Person {
                stage: None,
                traits,
                card,
            };
            people.insert(tap.person, person);
        }
    }
    let taps = taps.iter().map(|tap| tap_facts(tap, present)).collect();
    Ok(Facts { people, taps })
}

fn tap_facts(tap: &TapRow, present: &Present) -> TapFacts {
    TapFacts {
        person: tap.person,
        kind: tap.kind,
        effort: tap.effort,
        on: present.day(tap.at),
        outcome: tap.outcome,
        over_cap: tap.over_cap,
        overridden: tap.overridden.is_some(),
    }
}

fn spread(found: &Found<Facts>) -> Vec<Bearer> {
    let people = found.facts.people.values();
    let pool = people
        .filter(|one| one.stage.is_some_and(Stage::is_advocate))
        .map(|one| one.card.id);
    bearers(pool, &found.facts.taps, &found.period)
}

fn figures(record: Record, report: &LoadReport) -> Record {
    let mean = report.taps_per_advocate;
    record
        .with(
            "concentration",
            "On the top 10 %",
            rate(report.concentration),
        )
        .with("not_asked", "Not asked", rate(report.not_asked))
        .with("never_asked", "Never asked", rate(report.never_asked))
        .with("taps", "Taps", number(report.taps))
        .with("advocates", "Advocates", number(report.advocates))
        .with(
            "taps_per_advocate",
            "Taps per advocate",
            mean.map_or(Cell::Empty, |mean| Cell::decimal(mean, 2)),
        )
        .with("most", "Most on one", number(report.most))
        .with("top", "The top 10 % are", number(report.top))
        .with("over_cap", "Over a cap", number(report.over_cap))
        .with("overridden", "Overridden", number(report.overridden))
}

fn groups(everyone: &[Bearer], facts: &Facts, by: By) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::left("group", "Group"),
        Column::rate("concentration", "On the top 10 %"),
        Column::rate("not_asked", "Not asked").only(Shown::Data),
        Column::rate("never_asked", "Never asked"),
        Column::right("taps", "Taps"),
        Column::right("advocates", "Advocates"),
        Column::right("taps_per_advocate", "Per head"),
        Column::right("most", "Most").only(Shown::Data),
        Column::right("over_cap", "Over cap"),
        Column::right("overridden", "Overridden").only(Shown::Data),
    ])
    .empty("The pool is empty, and nobody was asked.");
    let group = |one: &&Bearer| facts.people.get(&one.person)?.traits.group(by);
    for (name, members) in grouped(everyone, group) {
        let report = load(members);
        let mean = report.taps_per_advocate;
        sheet.push(vec![
            group_name(&name),
            rate(report.concentration),
            rate(report.not_asked),
            rate(report.never_asked),
            number(report.taps),
            number(report.advocates),
            mean.map_or(Cell::Empty, |mean| Cell::decimal(mean, 2)),
            number(report.most),
            number(report.over_cap),
            number(report.overridden),
        ]);
    }
    sheet
}

fn rows(everyone: &[Bearer], facts: &Facts) -> Sheet {
    let columns = vec![
        Column::left("stage", "Stage"),
        Column::left("tier", "Tier"),
        Column::right("taps", "Taps"),
        Column::right("low", "Low"),
        Column::right("medium", "Medium"),
        Column::right("high", "High"),
        Column::right("ever", "Ever"),
        Column::right("over_cap", "Over cap"),
        Column::right("overridden", "Overridden"),
    ];
    let mut sheet = Sheet::new([who_columns(), columns].concat())
        .empty("The pool is empty, and nobody was asked.");
    for Bearer { person, asked, .. } in everyone {
        let Some(person) = facts.people.get(person) else {
            continue;
        };
        let mut row = who_cells(&person.card);
        row.extend([
            Cell::opt(person.stage.map(Stage::name)),
            Cell::opt(person.traits.tier.map(Tier::name)),
            number(asked.all()),
            number(asked.taps.low),
            number(asked.taps.medium),
            number(asked.taps.high),
            number(asked.ever),
            number(asked.over_cap),
            number(asked.overridden),
        ]);
        sheet.push(row);
    }
    sheet
}
