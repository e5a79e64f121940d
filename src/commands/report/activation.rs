//! `report activation`: how much of the pool did something lately.

use super::super::{Context, Done};
use super::people::{Someone, decided, who_cells, who_columns};
use super::{Found, TRAITS, at_end, group, group_name, rate};
use crate::cli::ReportArgs;
use crate::domain::group::{By, grouped};
use crate::domain::pool::{activation, activation_from};
use crate::domain::tier::Tier;
use crate::output::{Cell, Column, Record, Sheet};

pub(super) fn run(args: &ReportArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let by = group(args, TRAITS)?;
    let found = at_end(args, context, decided)?;
    let now = &found.now;
    let mut record = figures(found.heading(), now);
    if let Some(beside) = &found.beside {
        record = record.with(
            "beside",
            beside.period.name(),
            figures(Record::new(), beside),
        );
    }
    if let Some((name, by)) = by {
        record = record.with("groups", format!("By {name}"), groups(now, by));
    }
    if args.rows {
        record = record.with("rows", "The pool", rows(now));
    }
    context.show("report-activation/1", found.present.today, record)?;
    Ok(Done::Fully)
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
        Column::left("owner", "Owner"),
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
