//! `report pool`: how large the program is, who could join it, and who came and went.

use super::people::{Someone, everyone, who_cells, who_columns};
use super::{
    Asked, AtEnds, Figure, Followed, Kind, Report, TRAITS, follow, group, group_name, number,
};
use crate::domain::group::{By, grouped};
use crate::domain::period::Period;
use crate::domain::pool::{Member, PoolReport, pool};
use crate::domain::stage::Stage;
use crate::domain::tier::Tier;
use crate::failure::Result;
use crate::output::{Cell, Chart, ChartKind, Column, Names, Record, Sheet};

pub(super) const KIND: Kind = Kind {
    name: "pool",
    title: "Pool",
    question: "How large is the program, and who could join it?",
    schema: "report-pool/1",
    by: Some("industry"),
    load: |source, periods| Ok(Box::new(Pool(source.at_ends(periods, everyone)?))),
};

/// Everyone in the program or near it, at the end of each period.
struct Pool(AtEnds<Vec<Someone>>);

impl Pool {
    fn of(&self, period: &Period) -> PoolReport {
        pool(members(&self.0.of(period).facts), period)
    }
}

impl Followed for Pool {
    fn figures(&self, period: &Period) -> Vec<Figure> {
        let report = self.of(period);
        vec![
            Figure::new("pool", "Pool", number(report.pool)).leading(),
            Figure::new("candidates", "Candidates", number(report.candidates)),
            Figure::new("joined", "Joined", number(report.joined)),
        ]
    }
}

impl Report for Pool {
    fn record(&self, asked: &Asked<'_>) -> Result<Record> {
        let by = group(asked, TRAITS)?;
        let periods = &asked.periods;
        let now = self.0.of(&periods.now);
        let mut record = figures(asked.heading_at(now.on), &self.of(&periods.now));
        record = asked.beside(record, |beside| figures(Record::new(), &self.of(beside)));
        if let Some((name, by)) = by {
            let sheet = groups(&now.facts, &now.period, by);
            record = record.with("groups", format!("By {name}"), sheet);
        }
        if asked.rows {
            record = record.with("rows", "The pool", rows(&now.facts));
        }
        Ok(record)
    }

    fn charts(&self, periods: &[Period]) -> Vec<Chart> {
        let size = |period: &Period| number(self.of(period).pool);
        let words = ("pool-trend", "Advocates");
        vec![follow::trend(
            words,
            ChartKind::Columns,
            periods,
            self.0.today,
            size,
        )]
    }
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
        Column::left("owner", "Owner").names(Names::Others),
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
