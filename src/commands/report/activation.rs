//! `report activation`: how much of the pool did something lately.

use std::rc::Rc;

use super::asked::Asked;
use super::follow::{Followed, Way};
use super::groups::{BY_TRAIT, TRAITS, by_group};
use super::kind::{Kind, Report};
use super::people::{People, Someone};
use super::source::{AtEnds, Found};
use crate::domain::group::{By, grouped};
use crate::domain::period::Period;
use crate::domain::pool::{activation, activation_from};
use crate::domain::rate::Rate;
use crate::output::{Chart, ChartKind, Document, Figure, Names, Record, Sheet, Table};
use crate::views::who::WhoColumns;

pub(super) const KIND: Kind = Kind {
    name: "activation",
    title: "Activation",
    question: "How much of the pool completed an ask in 90 days?",
    schema: "report-activation/1",
    by: BY_TRAIT,
    pack_by: Some("industry"),
    at_end: true,
    load: |source, periods| {
        Ok(Box::new(Activation(
            source.at_ends(periods, |program, _| program.decided())?,
        )))
    },
};

/// Everyone about whom something was decided, at the end of each period.
struct Activation(AtEnds<People>);

impl Activation {
    fn rate(&self, period: &Period) -> Rate {
        let found = self.0.of(period);
        activation(found.facts.iter().map(|one| &one.member), found.on)
    }
}

impl Followed for Activation {
    fn figures(&self, period: &Period) -> Vec<Figure> {
        vec![
            Figure::new("activation_rate", "Activation, 90 days", self.rate(period))
                .more_is_better(),
        ]
    }
}

impl Report for Activation {
    fn document(&self, asked: &Asked<'_>) -> Document {
        let now = self.0.of(asked.now());
        let figures = |period: &Period| {
            let on = self.0.of(period).on;
            Record::new()
                .with("activation_rate", "Activation rate", self.rate(period))
                .with("completed_from", "Completed from", activation_from(on))
                .with("completed_to", "Completed to", on)
        };
        Document {
            details: asked.groups(TRAITS, |by| groups(now, by)),
            facts: asked.facts("The pool", || advocates(now)),
            ..asked.document(figures)
        }
    }

    fn charts(&self, way: &Way) -> Vec<Chart> {
        let rate = |period: &Period| self.rate(period);
        vec![way.trend(
            "activation-trend",
            "Activation rate",
            ChartKind::Lines,
            rate,
        )]
    }
}

fn groups(found: &Found<People>, by: By) -> Sheet {
    let pool = found.facts.iter().map(|one| &one.member);
    let pool = pool.filter(|one| one.is_advocate());
    by_group(&grouped(pool, |one| one.traits.group(by)))
        .rate("activation_rate", "Activation rate", |(_, members)| {
            activation(members.iter().copied(), found.on)
        })
        .empty("The pool is empty.")
}

fn advocates(found: &Found<People>) -> Sheet {
    let mut advocates = found.facts.to_vec();
    advocates.retain(|one| one.member.is_advocate());
    let last = |one: &Rc<Someone>| one.member.completed.iter().map(|(_, on)| *on).max();
    Table::of(&advocates)
        .who_and_account(|one| &*one.card)
        .left("tier", "Tier", |one| one.tier)
        .spare()
        .left("industry", "Industry", |one| {
            one.member.traits.industry.as_ref()
        })
        .cut()
        .spare()
        .left("owner", "Owner", |one| one.member.traits.owner.as_ref())
        .names(Names::Others)
        .cut()
        .spare()
        .right("completed", "Completed", |one| {
            one.member.completed_since(found.on)
        })
        .left("last_completed_on", "Last", last)
        .left("activated", "Activated", |one| {
            one.member.is_activated(found.on)
        })
        .always()
        .empty("The pool is empty.")
}
