//! `report activation`: how much of the pool did something lately.

use super::people::{Someone, decided, who_cells, who_columns};
use super::{
    Asked, AtEnds, Figure, Followed, Found, Kind, Report, TRAITS, follow, group, group_name, rate,
};
use crate::domain::group::{By, grouped};
use crate::domain::period::Period;
use crate::domain::pool::{activation, activation_from};
use crate::domain::tier::Tier;
use crate::failure::Result;
use crate::output::{Cell, Chart, ChartKind, Column, Names, Record, Sheet};

pub(super) const KIND: Kind = Kind {
    name: "activation",
    title: "Activation",
    question: "How much of the pool completed an ask in 90 days?",
    schema: "report-activation/1",
    by: Some("industry"),
    load: |source, periods| Ok(Box::new(Activation(source.at_ends(periods, decided)?))),
};

/// Everyone about whom something was decided, at the end of each period.
struct Activation(AtEnds<Vec<Someone>>);

impl Activation {
    fn rate(&self, period: &Period) -> Cell {
        let found = self.0.of(period);
        let members = found.facts.iter().map(|one| &one.member);
        rate(activation(members, found.on))
    }
}

impl Followed for Activation {
    fn figures(&self, period: &Period) -> Vec<Figure> {
        vec![Figure::new("activation_rate", "Activation, 90 days", self.rate(period)).leading()]
    }
}

impl Report for Activation {
    fn record(&self, asked: &Asked<'_>) -> Result<Record> {
        let by = group(asked, TRAITS)?;
        let now = self.0.of(&asked.periods.now);
        let mut record = figures(asked.heading_at(now.on), now);
        record = asked.beside(record, |beside| figures(Record::new(), self.0.of(beside)));
        if let Some((name, by)) = by {
            record = record.with("groups", format!("By {name}"), groups(now, by));
        }
        if asked.rows {
            record = record.with("rows", "The pool", rows(now));
        }
        Ok(record)
    }

    fn charts(&self, periods: &[Period]) -> Vec<Chart> {
        let words = ("activation-trend", "Activation rate");
        let share = |period: &Period| self.rate(period);
        vec![follow::trend(
            words,
            ChartKind::Lines,
            periods,
            self.0.today,
            share,
        )]
    }
}

fn figures(record: Record, found: &Found<Vec<Someone>>) -> Record {
    let members = found.facts.iter().map(|one| &one.member);
    record
        .with(
            "activation_rate",
            "Activation rate",
            rate(activation(members, found.on)),
        )
        .with(
            "completed_from",
            "Completed from",
            activation_from(found.on),
        )
        .with("completed_to", "Completed to", found.on)
}

fn groups(found: &Found<Vec<Someone>>, by: By) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::left("group", "Group"),
        Column::rate("activation_rate", "Activation rate"),
    ])
    .empty("The pool is empty.");
    let pool = found.facts.iter().map(|one| &one.member);
    let pool = pool.filter(|one| one.is_advocate());
    for (group, members) in grouped(pool, |one| one.traits.group(by)) {
        sheet.push(vec![
            group_name(&group),
            rate(activation(members, found.on)),
        ]);
    }
    sheet
}

fn rows(found: &Found<Vec<Someone>>) -> Sheet {
    let columns = vec![
        Column::left("tier", "Tier"),
        Column::left("industry", "Industry"),
        Column::left("owner", "Owner").names(Names::Others),
        Column::right("completed", "Completed"),
        Column::left("last_completed_on", "Last"),
        Column::left("activated", "Activated"),
    ];
    let mut sheet = Sheet::new([who_columns(), columns].concat()).empty("The pool is empty.");
    for one in found.facts.iter().filter(|one| one.member.is_advocate()) {
        let member = &one.member;
        let last = member.completed.iter().map(|(_, on)| *on).max();
        let mut row = who_cells(&one.card);
        row.extend([
            Cell::opt(member.traits.tier.map(Tier::name)),
            member.traits.industry.as_deref().into(),
            member.traits.owner.as_deref().into(),
            member.completed_since(found.on).into(),
            Cell::opt(last),
            member.is_activated(found.on).into(),
        ]);
        sheet.push(row);
    }
    sheet
}
