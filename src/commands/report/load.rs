//! `report load`: how the asks are spread over the advocates.

use std::collections::HashMap;

use super::asked::Asked;
use super::follow;
use super::groups::{BY_TRAIT, TRAITS, by_group};
use super::kind::{Followed, Kind, Report};
use super::people::{Program, traits};
use super::source::{AtEnds, Found};
use crate::domain::decisions::Findings;
use crate::domain::group::{By, Traits, grouped};
use crate::domain::ids::PersonId;
use crate::domain::load::{Bearer, LoadReport, TapFacts, bearers, load};
use crate::domain::period::Period;
use crate::domain::present::Present;
use crate::domain::stage::Stage;
use crate::failure::Result;
use crate::output::{Cell, Chart, ChartKind, Document, Figure, Record, Sheet, Shown, Table};
use crate::store::{PersonRow, TapFilter, TapRow};
use crate::views::who::WhoseColumns;

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
    by: BY_TRAIT,
    pack_by: Some("industry"),
    at_end: true,
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
        let (each, over) = (per_advocate(&report), report.over_cap);
        vec![
            Figure::new("taps_per_advocate", "Asks per advocate", each),
            Figure::new(
                "concentration",
                "Asks on the top 10 %",
                report.concentration,
            ),
            Figure::new("never_asked", "Never asked", report.never_asked),
            Figure::new("over_cap_taps", "Taps over a cap", over)
                .marked(over > 0, "the promise was broken"),
            Figure::new("overridden_taps", "Refusals overridden", report.overridden)
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
    fn document(&self, asked: &Asked<'_>) -> Document {
        let now = self.0.of(&asked.periods.now);
        let everyone = spread(now);
        Document {
            details: asked.groups(TRAITS, |by| groups(&everyone, &now.facts, by)),
            facts: asked.facts("Advocates", || advocates(&everyone, &now.facts)),
            ..asked.document(|period| figures(&self.of(period)))
        }
    }

    fn charts(&self, periods: &[Period]) -> Vec<Chart> {
        let words = ("load-trend", "Asks made");
        let taps = |period: &Period| self.of(period).taps;
        let today = self.0.today;
        vec![follow::trend(
            words,
            ChartKind::Columns,
            periods,
            today,
            taps,
        )]
    }
}

fn facts(program: &Program<'_>) -> Result<Facts> {
    let decided = program.decided()?;
    let decided = decided.iter().map(|one| Person {
        stage: one.member.stage,
        traits: one.member.traits.clone(),
        card: one.card.clone(),
    });
    let mut people: HashMap<_, _> = decided.map(|person| (person.card.id, person)).collect();
    let taps = program.tx.taps(&TapFilter::default())?;
    for tap in &taps {
        if !people.contains_key(&tap.person)
            && let Some(card) = program.tx.person(tap.person)?
        {
            let person = Person {
                stage: None,
                traits: traits(&card, program.present),
                card,
            };
            people.insert(tap.person, person);
        }
    }
    let taps = taps.iter().map(|tap| tap_facts(tap, program.present));
    Ok(Facts {
        taps: taps.collect(),
        people,
    })
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

fn per_advocate(report: &LoadReport) -> Option<Cell> {
    report.taps_per_advocate.map(|mean| Cell::decimal(mean, 2))
}

fn figures(report: &LoadReport) -> Record {
    Record::new()
        .with("concentration", "On the top 10 %", report.concentration)
        .with("not_asked", "Not asked", report.not_asked)
        .with("never_asked", "Never asked", report.never_asked)
        .with("taps", "Taps", report.taps)
        .with("advocates", "Advocates", report.advocates)
        .with(
            "taps_per_advocate",
            "Taps per advocate",
            per_advocate(report),
        )
        .with("most", "Most on one", report.most)
        .with("top", "The top 10 % are", report.top)
        .with("over_cap", "Over a cap", report.over_cap)
        .with("overridden", "Overridden", report.overridden)
}

fn groups(everyone: &[Bearer], facts: &Facts, by: By) -> Sheet {
    let group = |one: &&Bearer| facts.people.get(&one.person)?.traits.group(by);
    let groups = grouped(everyone, group).into_iter();
    let groups: Vec<_> = groups
        .map(|(name, members)| (name, load(members)))
        .collect();
    by_group(&groups)
        .rate("concentration", "On the top 10 %", |(_, one)| {
            one.concentration
        })
        .rate("not_asked", "", |(_, one)| one.not_asked)
        .only(Shown::Data)
        .rate("never_asked", "Never asked", |(_, one)| one.never_asked)
        .right("taps", "Taps", |(_, one)| one.taps)
        .right("advocates", "Advocates", |(_, one)| one.advocates)
        .right("taps_per_advocate", "Per head", |(_, one)| {
            per_advocate(one)
        })
        .data("most", |(_, one)| one.most)
        .right("over_cap", "Over cap", |(_, one)| one.over_cap)
        .data("overridden", |(_, one)| one.overridden)
        .empty("The pool is empty, and nobody was asked.")
        .sheet()
}

fn advocates(everyone: &[Bearer], facts: &Facts) -> Sheet {
    let people = everyone.iter();
    let people: Vec<(&Person, &Bearer)> = people
        .filter_map(|one| Some((facts.people.get(&one.person)?, one)))
        .collect();
    Table::of(&people)
        .who_and_account_of(|(person, _)| &person.card)
        .left("stage", "Stage", |(person, _)| person.stage)
        .left("tier", "Tier", |(person, _)| person.traits.tier)
        .right("taps", "Taps", |(_, one)| one.asked.all())
        .right("low", "Low", |(_, one)| one.asked.taps.low)
        .right("medium", "Medium", |(_, one)| one.asked.taps.medium)
        .right("high", "High", |(_, one)| one.asked.taps.high)
        .right("ever", "Ever", |(_, one)| one.asked.ever)
        .right("over_cap", "Over cap", |(_, one)| one.asked.over_cap)
        .right("overridden", "Overridden", |(_, one)| one.asked.overridden)
        .empty("The pool is empty, and nobody was asked.")
        .sheet()
}
