//! `report nominations`: who nominates, and how many of the nominated become advocates.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a list that is written out in this file"
)]

use chrono::NaiveDate;

use super::asked::{Asked, titled};
use super::follow::{Followed, Way};
use super::groups::{Groupings, by_group, names};
use super::kind::{Kind, Report};
use super::people::Program;
use crate::domain::named::Named;
use crate::domain::nomination::{NominationFacts, NominationReport, report, report_by};
use crate::domain::period::Period;
use crate::domain::present::Present;
use crate::failure::Result;
use crate::output::{Chart, ChartKind, Document, Figure, Names, Record, Sheet, Shown, Table};
use crate::store::NominationRow;

type Group = fn(&NominationFacts) -> Option<String>;

const GROUPS: &[(&str, Group)] = &[
    ("nominator", NominationFacts::by_nominator),
    ("industry", NominationFacts::by_industry),
    ("month", NominationFacts::by_month),
];

pub(super) const KIND: Kind = Kind {
    name: "nominations",
    title: "Nominations",
    question: "Who nominates, and how many of the nominated become advocates?",
    schema: "report-nominations/1",
    by: Groupings {
        without: Some("nominator"),
        ..Groupings::of(|| names(GROUPS))
    },
    pack_by: Some("industry"),
    at_end: false,
    load: |source, _| Ok(Box::new(source.read(nominations)?)),
};

/// Every nomination.
struct Nominations {
    rows: Vec<NominationRow>,
    facts: Vec<NominationFacts>,
    days: u32,
    today: NaiveDate,
}

impl Nominations {
    fn of(&self, period: &Period) -> NominationReport {
        report(&self.facts, period, self.days, self.today)
    }
}

impl Followed for Nominations {
    fn figures(&self, period: &Period) -> Vec<Figure> {
        let made = self.of(period).nominations;
        vec![Figure::new("nominations", "Nominations", made).more_is_better()]
    }
}

impl Report for Nominations {
    fn document(&self, asked: &Asked<'_>) -> Document {
        let now = asked.now();
        // Who nominates is what the report is about, so it is said without being asked for.
        let (name, by) = asked.grouping(GROUPS).unwrap_or(GROUPS[0]);
        let groups = report_by(&self.facts, now, (self.days, self.today), by);
        Document {
            details: titled(name, self::groups(&groups)),
            facts: asked.facts("Nominations", || rows(self, now)),
            ..asked.document(|period| figures(&self.of(period)))
        }
    }

    fn charts(&self, way: &Way) -> Vec<Chart> {
        let made = |period: &Period| self.of(period).nominations;
        vec![way.trend("nominations-trend", "Nominations", ChartKind::Columns, made)]
    }
}

fn nominations(program: &Program<'_>) -> Result<Nominations> {
    let present = program.present;
    let rows = program.tx.nominations(None)?;
    Ok(Nominations {
        facts: rows.iter().map(|row| fact(row, present)).collect(),
        rows,
        days: present.policy.nomination_days,
        today: present.today,
    })
}

/// What the domain needs to know of a nomination.
fn fact(row: &NominationRow, present: &Present) -> NominationFacts {
    let verdict = row.course.verdict();
    NominationFacts {
        id: row.id,
        person: row.person,
        by: row.by.clone(),
        industry: present.industry(row.industry.as_deref()),
        nominated_on: present.day(row.at),
        status: verdict.status,
        settled_on: verdict.settled_at.map(|at| present.day(at)),
        advocate_on: row.course.advocate_at().map(|at| present.day(at)),
    }
}

fn figures(report: &NominationReport) -> Record {
    Record::new()
        .with("nominations", "Nominations", report.nominations)
        .with("accepted", "Accepted", report.accepted)
        .with("declined", "Declined", report.declined)
        .with("waiting", "Waiting", report.waiting)
        .with("overdue", "Overdue", report.overdue)
        .with("noted", "Decided before", report.noted)
        .with(
            "became_advocates",
            "Became advocates",
            report.became_advocates,
        )
        .with("days_to_answer", "Days to answer", report.days_to_answer)
}

fn groups(groups: &[(Option<String>, NominationReport)]) -> Sheet {
    by_group(groups)
        .right("nominations", "Made", |(_, one)| one.nominations)
        .rate("accepted", "Accepted", |(_, one)| one.accepted)
        .rate("declined", "", |(_, one)| one.declined)
        .only(Shown::ToPrograms)
        .reading("Declined", |(_, one)| one.declined.numerator)
        .figures()
        .rate("waiting", "", |(_, one)| one.waiting)
        .only(Shown::ToPrograms)
        .reading("Waiting", |(_, one)| one.waiting.numerator)
        .figures()
        .right("overdue", "Overdue", |(_, one)| one.overdue)
        .rate("became_advocates", "Became advocates", |(_, one)| {
            one.became_advocates
        })
        .always()
        .empty("Nobody was nominated in this period.")
}

fn rows(all: &Nominations, period: &Period) -> Sheet {
    let made = all.rows.iter().zip(&all.facts);
    let made: Vec<_> = made
        .filter(|(_, one)| period.contains(one.nominated_on))
        .collect();
    Table::of(&made)
        .right("nomination_id", "Id", |(_, one)| one.id)
        .left("nominated_on", "On", |(_, one)| one.nominated_on)
        .reading("Name", |(row, _)| row.shown_name())
        .names(Names::Others)
        .always()
        .cut()
        .data("email", |(row, _)| &row.email)
        .names(Names::People)
        .left("industry", "Industry", |(_, one)| one.industry.as_ref())
        .cut()
        .spare()
        .left("nominated_by", "By", |(_, one)| &one.by)
        .names(Names::Others)
        .cut()
        .left("status", "Status", |(_, one)| one.status.name())
        .always()
        .left("settled_on", "Since", |(_, one)| one.settled_on)
        .left("advocate_on", "Advocate since", |(_, one)| one.advocate_on)
        .empty("Nobody was nominated in this period.")
}
