//! `report nominations`: who nominates, and how many of the nominated become advocates.

use crate::failure::Result;
use chrono::NaiveDate;

use super::{Asked, Figure, Followed, Kind, Periods, Report, follow, group, number, rate, summary};
use crate::domain::nomination::{NominationFacts, NominationReport, report, report_by};
use crate::domain::period::Period;
use crate::domain::present::Present;
use crate::output::{Cell, Chart, ChartKind, Column, Names, Record, Sheet, Shown};
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
    by: Some("industry"),
    load: |source, _| {
        source.read::<Box<dyn Report>>(|tx, present| {
            let rows = tx.nominations(None)?;
            Ok(Box::new(Nominations {
                facts: rows.iter().map(|row| fact(row, present)).collect(),
                rows,
                days: present.policy.nomination_days,
                today: present.today,
            }))
        })
    },
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
        let report = self.of(period);
        vec![Figure::new(
            "nominations",
            "Nominations",
            number(report.nominations),
        )]
    }
}

impl Report for Nominations {
    fn record(&self, asked: &Asked<'_>) -> Result<Record> {
        // Who nominates is what the report is about, so it is said without being asked for.
        let (name, by) = group(asked, GROUPS)?.unwrap_or(GROUPS[0]);
        let periods = &asked.periods;
        let mut record = figures(asked.heading(), &self.of(&periods.now));
        record = asked.beside(record, |beside| figures(Record::new(), &self.of(beside)));
        let groups = report_by(&self.facts, &periods.now, (self.days, self.today), by);
        record = record.with("groups", format!("By {name}"), groups_sheet(&groups));
        if asked.rows {
            let rows = rows_sheet(&self.rows, &self.facts, periods);
            record = record.with("rows", "Nominations", rows);
        }
        Ok(record)
    }

    fn charts(&self, periods: &[Period]) -> Vec<Chart> {
        let words = ("nominations-trend", "Nominations");
        let made = |period: &Period| number(self.of(period).nominations);
        vec![follow::trend(
            words,
            ChartKind::Columns,
            periods,
            self.today,
            made,
        )]
    }
}

/// What the domain needs to know of a nomination.
fn fact(row: &NominationRow, present: &Present) -> NominationFacts {
    let verdict = row.course.verdict();
    let industry = row.industry.as_deref();
    NominationFacts {
        id: row.id,
        person: row.person,
        by: row.by.clone(),
        industry: industry.map(|words| present.policy.industries.name_of(words)),
        nominated_on: present.day(row.at),
        status: verdict.status,
        settled_on: verdict.settled_at.map(|at| present.day(at)),
        advocate_on: row.course.advocate_at().map(|at| present.day(at)),
    }
}

fn figures(record: Record, report: &NominationReport) -> Record {
    record
        .with("nominations", "Nominations", number(report.nominations))
        .with("accepted", "Accepted", rate(report.accepted))
        .with("declined", "Declined", rate(report.declined))
        .with("waiting", "Waiting", rate(report.waiting))
        .with("overdue", "Overdue", number(report.overdue))
        .with("noted", "Decided before", number(report.noted))
        .with(
            "became_advocates",
            "Became advocates",
            rate(report.became_advocates),
        )
        .with(
            "days_to_answer",
            "Days to answer",
            summary(report.days_to_answer),
        )
}

fn groups_sheet(groups: &[(Option<String>, NominationReport)]) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::left("group", "Group"),
        Column::right("nominations", "Made"),
        Column::rate("accepted", "Accepted"),
        Column::rate("declined", "Declined").only(Shown::Data),
        Column::right("declined_count", "Declined").only(Shown::Reading),
        Column::rate("waiting", "Waiting").only(Shown::Data),
        Column::right("waiting_count", "Waiting").only(Shown::Reading),
        Column::right("overdue", "Overdue"),
        Column::rate("became_advocates", "Became advocates"),
    ])
    .empty("Nobody was nominated in this period.");
    for (name, report) in groups {
        sheet.push(vec![
            name.as_deref().unwrap_or("(none)").into(),
            number(report.nominations),
            rate(report.accepted),
            rate(report.declined),
            number(report.declined.numerator),
            rate(report.waiting),
            number(report.waiting.numerator),
            number(report.overdue),
            rate(report.became_advocates),
        ]);
    }
    sheet
}

fn rows_sheet(rows: &[NominationRow], facts: &[NominationFacts], periods: &Periods) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::right("nomination_id", "Id"),
        Column::left("nominated_on", "On"),
        Column::left("who", "Name")
            .only(Shown::Reading)
            .names(Names::Others),
        Column::left("email", "E-mail")
            .only(Shown::Data)
            .names(Names::People),
        Column::left("industry", "Industry"),
        Column::left("nominated_by", "By").names(Names::Others),
        Column::left("status", "Status"),
        Column::left("settled_on", "Since"),
        Column::left("advocate_on", "Advocate since"),
    ])
    .empty("Nobody was nominated in this period.");
    let made = rows.iter().zip(facts);
    for (row, one) in made.filter(|(_, one)| periods.now.contains(one.nominated_on)) {
        sheet.push(vec![
            one.id.0.into(),
            one.nominated_on.into(),
            row.shown_name().into(),
            row.email.as_str().into(),
            one.industry.as_deref().into(),
            one.by.as_str().into(),
            one.status.name().into(),
            Cell::opt(one.settled_on),
            Cell::opt(one.advocate_on),
        ]);
    }
    sheet
}
