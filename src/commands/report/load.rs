//! `report load`: how the asks are spread over the advocates.

use std::collections::HashMap;
use std::rc::Rc;

use super::asked::Asked;
use super::follow::{Followed, Way};
use super::groups::{BY_TRAIT, TRAITS, by_group, in_groups};
use super::kind::{Kind, Report};
use super::people::{Program, Someone};
use super::source::{AtEnds, Found};
use crate::domain::decisions::Findings;
use crate::domain::group::By;
use crate::domain::ids::PersonId;
use crate::domain::load::{Bearer, LoadReport, TapFacts, bearers, load};
use crate::domain::period::Period;
use crate::domain::present::Present;
use crate::failure::Result;
use crate::output::{Cell, Chart, ChartKind, Document, Figure, Record, Sheet, Shown, Table};
use crate::store::AskRow;
use crate::views::who::WhoColumns;

/// The asks, and everyone whom they could have gone to.
struct Facts {
    people: HashMap<PersonId, Rc<Someone>>,
    taps: Vec<TapFacts>,
}

pub(super) const KIND: Kind = Kind {
    name: "load",
    title: "Load",
    question: "How are the asks spread over the advocates?",
    schema: "report-load/1",
    by: BY_TRAIT,
    pack_by: Some("industry"),
    at_end: true,
    load: |source, periods| {
        Ok(Box::new(Load(
            source.at_ends(periods, |program, _| facts(program))?,
        )))
    },
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
            )
            .less_is_better(),
            Figure::new("never_asked", "Never asked", report.never_asked).less_is_better(),
            Figure::new("over_cap_taps", "Taps over a cap", over)
                .marked(over > 0, "the promise was broken")
                .less_is_better(),
            Figure::new("overridden_taps", "Refusals overridden", report.overridden)
                .marked(report.overridden > 0, "look at the reasons")
                .less_is_better(),
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
        let now = self.0.of(asked.now());
        let everyone = spread(now);
        Document {
            details: asked.groups(TRAITS, |by| groups(&everyone, &now.facts, by)),
            facts: asked.facts("Advocates", || advocates(&everyone, &now.facts)),
            ..asked.document(|period| figures(&self.of(period)))
        }
    }

    fn charts(&self, way: &Way) -> Vec<Chart> {
        let taps = |period: &Period| self.of(period).taps;
        vec![way.trend("load-trend", "Asks made", ChartKind::Columns, taps)]
    }
}

fn facts(program: &Program<'_>) -> Result<Facts> {
    let decided = program.decided()?;
    let decided = decided.iter().map(|one| (one.card.id, Rc::clone(one)));
    let mut people: HashMap<_, _> = decided.collect();
    let (taps, cards) = (program.asks()?, program.cards()?);
    for tap in &*taps {
        if !people.contains_key(&tap.person)
            && let Some(card) = cards.get(&tap.person)
        {
            let asked = program.someone(Rc::clone(card), None)?;
            people.insert(tap.person, Rc::new(asked));
        }
    }
    // Newest first: whoever left the pool comes in with an ask of the period, and then with those before it.
    let taps = taps.iter().rev();
    let taps = taps.map(|tap| tap_facts(tap, program.present));
    Ok(Facts {
        taps: taps.collect(),
        people,
    })
}

fn tap_facts(tap: &AskRow, present: &Present) -> TapFacts {
    TapFacts {
        person: tap.person,
        kind: tap.kind,
        effort: tap.effort,
        on: present.day(tap.at),
        outcome: tap.outcome,
        over_cap: tap.over_cap,
        overridden: tap.overridden,
    }
}

fn spread(found: &Found<Facts>) -> Vec<Bearer> {
    let people = found.facts.people.values();
    let pool = people.filter(|one| one.member.is_advocate());
    let pool = pool.map(|one| one.card.id);
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
        .called("Advocates, and others who were asked")
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
    let group = |one: &&Bearer| facts.people.get(&one.person)?.member.traits.group(by);
    let groups = in_groups(everyone, group, load);
    by_group(&groups)
        .rate("concentration", "On the top 10 %", |(_, one)| {
            one.concentration
        })
        .rate("not_asked", "", |(_, one)| one.not_asked)
        .only(Shown::ToPrograms)
        .rate("never_asked", "Never asked", |(_, one)| one.never_asked)
        .right("taps", "Taps", |(_, one)| one.taps)
        .always()
        .right("advocates", "Advocates", |(_, one)| one.advocates)
        .called("Advocates and others")
        .right("taps_per_advocate", "Per head", |(_, one)| {
            per_advocate(one)
        })
        .data("most", |(_, one)| one.most)
        .right("over_cap", "Over cap", |(_, one)| one.over_cap)
        .data("overridden", |(_, one)| one.overridden)
        .empty("The pool is empty, and nobody was asked.")
}

fn advocates(everyone: &[Bearer], facts: &Facts) -> Sheet {
    let people = everyone.iter();
    let people: Vec<(&Rc<Someone>, &Bearer)> = people
        .filter_map(|one| Some((facts.people.get(&one.person)?, one)))
        .collect();
    Table::of(&people)
        .who_and_account(|(person, _)| &*person.card)
        .left("stage", "Stage", |(person, _)| person.member.stage)
        .spare()
        .left("tier", "Tier", |(person, _)| person.member.traits.tier)
        .spare()
        .right("taps", "Taps", |(_, one)| one.asked.all())
        .right("low", "Low", |(_, one)| one.asked.taps.low)
        .right("medium", "Medium", |(_, one)| one.asked.taps.medium)
        .right("high", "High", |(_, one)| one.asked.taps.high)
        .right("ever", "Ever", |(_, one)| one.asked.ever)
        .spare()
        .right("over_cap", "Over cap", |(_, one)| one.asked.over_cap)
        .right("overridden", "Overridden", |(_, one)| one.asked.overridden)
        .empty("The pool is empty, and nobody was asked.")
}
