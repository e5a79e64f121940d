//! `report pool`: how large the program is, who could join it, and who came and went.

use super::super::{Context, Done};
use super::people::{Someone, everyone, who_cells, who_columns};
use super::{TRAITS, at_end, group, group_name, number};
use crate::cli::ReportArgs;
use crate::domain::group::{By, grouped};
use crate::domain::period::Period;
use crate::domain::pool::{Member, PoolReport, pool};
use crate::domain::stage::Stage;
use crate::domain::tier::Tier;
use crate::output::{Cell, Column, Record, Sheet};

pub(super) fn run(args: &ReportArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let by = group(args, TRAITS)?;
    let found = at_end(args, context, everyone)?;
    let now = &found.now;
    let mut record = figures(found.heading(), &pool(members(&now.facts), &now.period));
    if let Some(beside) = &found.beside {
        let other = pool(members(&beside.facts), &beside.period);
        record = record.with(
            "beside",
            beside.period.name(),
            figures(Record::new(), &other),
        );
    }
    if let Some((name, by)) = by {
        let sheet = groups(&now.facts, &now.period, by);
        record = record.with("groups", format!("By {name}"), sheet);
    }
    if args.rows {
        record = record.with("rows", "The pool", rows(&now.facts));
    }
    context.show("report-pool/1", found.present.today, record)?;
    Ok(Done::Fully)
}

fn members(everyone: &[Someone]) -> impl Iterator<Item = &Member> {
    everyone.iter().map(|one| &one.member)
}

fn figures(record: Record, report: &PoolReport) -> Record {
    record
        .with("pool", "Pool", number(report.pool))
        .with("active", "  active", number(report.active))
        .with("paused", "  paused", number(report.paused))
        .with("accounts", "Accounts", number(report.accounts))
        .with("candidates", "Candidates", number(report.candidates))
        .with("invited", "Invited", number(report.invited))
        .with("pool_before", "Pool before", number(report.before))
        .with("joined", "  joined", number(report.joined))
        .with("retired", "  retired", number(report.retired))
        .with("left", "  left otherwise", number(report.left))
}

fn groups(everyone: &[Someone], period: &Period, by: By) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::left("group", "Group"),
        Column::right("pool", "Pool"),
        Column::right("active", "Active"),
        Column::right("paused", "Paused"),
        Column::right("accounts", "Accounts"),
        Column::right("candidates", "Candidates"),
        Column::right("invited", "Invited"),
        Column::right("pool_before", "Was"),
        Column::right("joined", "Joined"),
        Column::right("retired", "Retired"),
        Column::right("left", "Left"),
    ])
    .empty("Nobody is in the program, or near it.");
    for (group, members) in grouped(members(everyone), |one| one.traits.group(by)) {
        let report = pool(members, period);
        // Of those who left long ago nothing is said.
        if report == PoolReport::default() {
            continue;
        }
        sheet.push(vec![
            group_name(&group),
            number(report.pool),
            number(report.active),
            number(report.paused),
            number(report.accounts),
            number(report.candidates),
            number(report.invited),
            number(report.before),
            number(report.joined),
            number(report.retired),
            number(report.left),
        ]);
    }
    sheet
}

fn rows(everyone: &[Someone]) -> Sheet {
    let columns = vec![
        Column::left("stage", "Stage"),
        Column::left("since", "Since"),
        Column::left("tier", "Tier"),
        Column::left("industry", "Industry"),
        Column::left("owner", "Owner"),
    ];
    let mut sheet = Sheet::new([who_columns(), columns].concat()).empty("The pool is empty.");
    for one in everyone.iter().filter(|one| one.member.is_advocate()) {
        let member = &one.member;
        let since = member.changes.last().map(|(on, _)| *on);
        let mut row = who_cells(&one.card);
        row.extend([
            Cell::opt(member.stage.map(Stage::name)),
            Cell::opt(since),
            Cell::opt(member.traits.tier.map(Tier::name)),
            member.traits.industry.as_deref().into(),
            member.traits.owner.as_deref().into(),
        ]);
        sheet.push(row);
    }
    sheet
}
