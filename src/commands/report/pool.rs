//! `report pool`: how large the program is, who could join it, and who came and went.

use std::rc::Rc;

use super::asked::Asked;
use super::follow::{Followed, Way};
use super::groups::{BY_TRAIT, TRAITS, by_group, in_groups};
use super::kind::{Kind, Report};
use super::people::{People, Program, Someone};
use super::source::{AtEnds, Found};
use crate::domain::group::By;
use crate::domain::period::Period;
use crate::domain::pool::{Member, PoolReport, pool};
use crate::domain::targets::TargetOf;
use crate::failure::Result;
use crate::output::{Chart, ChartKind, Document, Figure, Names, Record, Sheet, Table};
use crate::views::who::WhoColumns;

pub(super) const KIND: Kind = Kind {
    name: "pool",
    title: "Pool",
    question: "How large is the program, and who could join it?",
    schema: "report-pool/1",
    by: BY_TRAIT,
    pack_by: Some("industry"),
    at_end: true,
    load: |source, periods| {
        Ok(Box::new(Pool(
            source.at_ends(periods, |program, _| load(program))?,
        )))
    },
};

/// Everyone in the program or near it, at the end of each period.
struct Pool(AtEnds<Loaded>);

/// What the report is made of.
struct Loaded {
    people: People,
    /// How many advocates there should be, where somebody said so.
    target: Option<u64>,
}

fn load(program: &Program<'_>) -> Result<Loaded> {
    let target = program.present.policy.targets.get(&TargetOf::Pool);
    let target = target.copied().filter(|number| *number > 0);
    Ok(Loaded {
        people: program.everyone()?,
        target: target.map(u64::from),
    })
}

impl Pool {
    fn of(&self, period: &Period) -> PoolReport {
        pool(members(&self.0.of(period).facts.people), period)
    }
}

impl Followed for Pool {
    fn figures(&self, period: &Period) -> Vec<Figure> {
        let report = self.of(period);
        vec![
            Figure::new("pool", "Pool", report.pool)
                .leading()
                .called("Advocates")
                .more_is_better(),
            Figure::new("candidates", "Candidates", report.candidates).more_is_better(),
            Figure::new("joined", "Joined", report.joined).more_is_better(),
        ]
    }
}

impl Report for Pool {
    fn document(&self, asked: &Asked<'_>) -> Document {
        let now = self.0.of(asked.now());
        Document {
            details: asked.groups(TRAITS, |by| groups(now, by)),
            facts: asked.facts("The pool", || advocates(&now.facts.people)),
            ..asked.document(|period| figures(&self.of(period), self.0.of(period).facts.target))
        }
    }

    fn charts(&self, way: &Way) -> Vec<Chart> {
        let size = |period: &Period| self.of(period).pool;
        let chart = way.trend("pool-trend", "Advocates", ChartKind::Columns, size);
        // How many there are is not counted up while the period runs.
        vec![Chart {
            running: false,
            ..chart
        }]
    }
}

fn members(everyone: &[Rc<Someone>]) -> impl Iterator<Item = &Member> {
    everyone.iter().map(|one| &one.member)
}

fn figures(report: &PoolReport, target: Option<u64>) -> Record {
    let lacking = target.map(|target| target.saturating_sub(report.pool));
    Record::new()
        .with("pool", "Pool", report.pool)
        .with_any("target", "  target", target)
        .with_any("lacking", "  lacking", lacking)
        .with("active", "  active", report.active)
        .with("paused", "  paused", report.paused)
        .with("accounts", "Accounts", report.accounts)
        .with("candidates", "Candidates", report.candidates)
        .with("invited", "Invited", report.invited)
        .with("pool_before", "Pool before", report.before)
        .with("joined", "  joined", report.joined)
        .with("retired", "  retired", report.retired)
        .with("left", "  left otherwise", report.left)
}

fn groups(found: &Found<Loaded>, by: By) -> Sheet {
    let mut groups = in_groups(
        members(&found.facts.people),
        |one| one.traits.group(by),
        |members| pool(members, &found.period),
    );
    // Of those who left long ago nothing is said.
    groups.retain(|(_, report)| *report != PoolReport::default());
    by_group(&groups)
        .right("pool", "Pool", |(_, one)| one.pool)
        .right("active", "Active", |(_, one)| one.active)
        .right("paused", "Paused", |(_, one)| one.paused)
        .right("accounts", "Accounts", |(_, one)| one.accounts)
        .right("candidates", "Candidates", |(_, one)| one.candidates)
        .right("invited", "Invited", |(_, one)| one.invited)
        .right("pool_before", "Was", |(_, one)| one.before)
        .right("joined", "Joined", |(_, one)| one.joined)
        .right("retired", "Retired", |(_, one)| one.retired)
        .right("left", "Left", |(_, one)| one.left)
        .empty("Nobody is in the program, or near it.")
}

fn advocates(everyone: &[Rc<Someone>]) -> Sheet {
    let mut advocates = everyone.to_vec();
    advocates.retain(|one| one.member.is_advocate());
    let since = |one: &Rc<Someone>| one.member.changes.last().map(|(on, _)| *on);
    Table::of(&advocates)
        .who_and_account(|one| &*one.card)
        .left("stage", "Stage", |one| one.member.stage)
        .left("since", "Since", since)
        .left("tier", "Tier", |one| one.tier)
        .left("industry", "Industry", |one| {
            one.member.traits.industry.as_ref()
        })
        .cut()
        .spare()
        .left("owner", "Owner", |one| one.member.traits.owner.as_ref())
        .names(Names::Others)
        .cut()
        .spare()
        .empty("The pool is empty.")
}
