//! `report nominations`: who nominates, and how many of the nominated become advocates.

use super::super::{Context, Done, Present};
use super::{Periods, group, number, rate, summary};
use crate::cli::ReportArgs;
use crate::domain::nomination::{NominationFacts, NominationReport, report, report_by};
use crate::output::{Cell, Column, Record, Sheet, Shown};
use crate::store::NominationRow;

type Group = fn(&NominationFacts) -> Option<String>;

const GROUPS: &[(&str, Group)] = &[
    ("nominator", NominationFacts::by_nominator),
    ("industry", NominationFacts::by_industry),
    ("month", NominationFacts::by_month),
];

pub(super) fn run(args: &ReportArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    // Who nominates is what the report is about, so it is said without being asked for.
    let (name, by) = group(args, GROUPS)?.unwrap_or(GROUPS[0]);
    let (rows, periods, present) = context.read(args.as_of.as_of, |tx, present| {
        Ok((
            tx.nominations(None)?,
            Periods::read(args, present)?,
            present.clone(),
        ))
    })?;
    let facts: Vec<NominationFacts> = rows.iter().map(|row| fact(row, &present)).collect();
    let (days, today) = (present.policy.nomination_days, present.today);
    let all = report(&facts, &periods.now, days, today);
    let mut record = figures(periods.heading(&present), &all);
    if let Some(beside) = &periods.beside {
        let other = report(&facts, beside, days, today);
        record = record.with("beside", beside.name(), figures(Record::new(), &other));
    }
    let groups = report_by(&facts, &periods.now, (days, today), by);
    record = record.with("groups", format!("By {name}"), groups_sheet(&groups));
    if args.rows {
        record = record.with("rows", "Nominations", rows_sheet(&rows, &facts, &periods));
    }
    context.show("report-nominations/1", today, record)?;
    Ok(Done::Fully)
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
        Column::left("who", "Name").only(Shown::Reading),
        Column::left("email", "E-mail").only(Shown::Data),
        Column::left("industry", "Industry"),
        Column::left("nominated_by", "By"),
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
