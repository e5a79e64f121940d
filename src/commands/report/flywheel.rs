//! `report flywheel`: how far people have come, and where they stay behind.

use crate::failure::Result;
use std::collections::{HashMap, HashSet};

use super::people::{Someone, everyone, traits, who_cells, who_columns};
use super::{
    Asked, AtEnds, Figure, Followed, Found, Kind, Report, TRAITS, group, group_name, number, rate,
};
use crate::domain::flywheel::{FlywheelReport, Journey, Step, StepReport, flywheel};
use crate::domain::group::{By, grouped};
use crate::domain::ids::{AccountId, PersonId};
use crate::domain::period::Period;
use crate::domain::present::Present;
use crate::domain::rate::Rate;
use crate::domain::stage::Stage;
use crate::output::{Cell, Chart, ChartKind, Column, Record, Series, Sheet, Shown};
use crate::store::{IntroductionRow, JourneyRow, PersonRow, Tx};

/// Everyone's way, the stages they stand in, and the companies they introduced.
struct Facts {
    journeys: Vec<Journey>,
    cards: HashMap<PersonId, PersonRow>,
    stages: Vec<(Stage, u64)>,
    introductions: Rate,
}

pub(super) const KIND: Kind = Kind {
    name: "flywheel",
    title: "Flywheel",
    question: "How far have people come, and where does it stick?",
    schema: "report-flywheel/1",
    by: Some("industry"),
    load: |source, periods| Ok(Box::new(Flywheel(source.at_ends(periods, facts)?))),
};

/// Everyone's way, at the end of each period.
struct Flywheel(AtEnds<Facts>);

impl Followed for Flywheel {
    fn figures(&self, period: &Period) -> Vec<Figure> {
        let report = turned(self.0.of(period));
        vec![
            Figure::new("repeaters", "Repeaters", rate(report.repeaters)),
            Figure::new(
                "closed_loops",
                "Advocates who were introduced",
                rate(report.closed_loops),
            ),
        ]
    }
}

impl Report for Flywheel {
    fn record(&self, asked: &Asked<'_>) -> Result<Record> {
        let by = group(asked, TRAITS)?;
        let now = self.0.of(&asked.periods.now);
        let report = turned(now);
        let mut record = figures(asked.heading_at(now.on), &report, &now.facts);
        record = asked.beside(record, |beside| {
            let then = self.0.of(beside);
            figures(Record::new(), &turned(then), &then.facts)
        });
        if let Some((name, by)) = by {
            record = record.with("groups", format!("By {name}"), groups(now, by));
        }
        if asked.rows {
            record = record.with("rows", "People", rows(now));
        }
        Ok(match report.weakest() {
            Some(weakest) => record.say(sticks(weakest)),
            None => record.say("Too few people have come anywhere to say where it sticks."),
        })
    }

    fn charts(&self, periods: &[Period]) -> Vec<Chart> {
        let Some(now) = periods.last() else {
            return Vec::new();
        };
        let report = turned(self.0.of(now));
        let steps = report.steps.iter().map(|one| one.step.name());
        let title = format!("People who have come to each step, {}", now.name());
        let people = report.steps.iter().map(|one| number(one.people));
        let chart = Chart::new("flywheel-steps", title, ChartKind::Bars, "Step", steps);
        vec![chart.with(Series::new("People", people))]
    }
}

fn turned(found: &Found<Facts>) -> FlywheelReport {
    flywheel(&found.facts.journeys, &found.period)
}

fn sticks(weakest: &StepReport) -> String {
    let rate = weakest.conversion.unwrap_or_default();
    let from = weakest.step.from().map_or("", Step::name);
    format!(
        "It sticks between {from} and {}: {} of {} went on.",
        weakest.step.name(),
        rate.numerator,
        rate.denominator
    )
}

fn facts(tx: &Tx<'_>, present: &Present) -> Result<Facts> {
    let people = everyone(tx, present)?;
    let count = |stage| {
        let there = people
            .iter()
            .filter(|one| one.member.stage == Some(stage))
            .count();
        (stage, there as u64)
    };
    let stages = Stage::ALL.into_iter().map(count).collect();
    let people: HashMap<PersonId, Someone> =
        people.into_iter().map(|one| (one.card.id, one)).collect();
    let introductions = introductions(tx, present)?;
    let closed = introductions.iter().filter(|one| one.account.is_some());
    let cards: HashMap<PersonId, PersonRow> = tx
        .everybody()?
        .into_iter()
        .map(|card| (card.id, card))
        .collect();
    let ways = Ways {
        present,
        people,
        introduced: closed.clone().filter_map(|one| one.account).collect(),
        introductions: &introductions,
    };
    let journeys = tx
        .journeys()?
        .iter()
        .filter_map(|row| Some(ways.journey(row, cards.get(&row.person)?)))
        .collect();
    Ok(Facts {
        journeys,
        cards,
        stages,
        introductions: Rate::new(closed.count() as u64, introductions.len() as u64),
    })
}

/// Every introduction; an account that came on record later is not one yet.
fn introductions(tx: &Tx<'_>, present: &Present) -> Result<Vec<IntroductionRow>> {
    let mut introductions = tx.introductions()?;
    for one in &mut introductions {
        if one.account_at.is_some_and(|at| at > present.now) {
            (one.account, one.account_at) = (None, None);
        }
    }
    Ok(introductions)
}

/// What a person's way is put together from.
struct Ways<'a> {
    present: &'a Present,
    people: HashMap<PersonId, Someone>,
    introduced: HashSet<AccountId>,
    introductions: &'a [IntroductionRow],
}

impl Ways<'_> {
    fn journey(&self, row: &JourneyRow, card: &PersonRow) -> Journey {
        let day = |at| self.present.day(at);
        let someone = self.people.get(&row.person);
        let own = || {
            let all = self.introductions.iter();
            all.filter(|one| one.person == row.person)
        };
        // The company is a customer once it was introduced and is on record, whichever came last.
        let customer = |one: &IntroductionRow| Some(day(one.account_at?.max(one.at)));
        Journey {
            person: row.person,
            traits: someone.map_or_else(
                || traits(card, self.present),
                |one| one.member.traits.clone(),
            ),
            promoter_on: row.promoter_at.map(day),
            moment_on: row.moment_at.map(day),
            invited_on: row.invited_at.map(day),
            confirmed_on: row.confirmed_at.map(day),
            completed: someone.map_or_else(Vec::new, |one| one.member.completed.clone()),
            referred_on: own().map(|one| day(one.at)).min(),
            customer_on: own().filter_map(customer).min(),
            in_pool: someone.is_some_and(|one| one.member.is_advocate()),
            from_referral: card
                .account_id
                .is_some_and(|account| self.introduced.contains(&account)),
        }
    }
}

fn figures(record: Record, report: &FlywheelReport, facts: &Facts) -> Record {
    record
        .with("repeaters", "Repeaters", rate(report.repeaters))
        .with(
            "introductions_closed",
            "Introduced, now accounts",
            rate(facts.introductions),
        )
        .with(
            "closed_loops",
            "Advocates who were introduced",
            rate(report.closed_loops),
        )
        .data(
            "weakest",
            Cell::opt(report.weakest().map(|one| one.step.name())),
        )
        .with("stages", "Stages", stages(&facts.stages))
        .with("steps", "Steps", steps(report))
}

fn stages(stages: &[(Stage, u64)]) -> Record {
    stages.iter().fold(Record::new(), |record, (stage, count)| {
        record.with(stage_key(*stage), stage.name(), number(*count))
    })
}

/// The stage as a key of JSON.
const fn stage_key(stage: Stage) -> &'static str {
    match stage {
        Stage::DoNotContact => "do_not_contact",
        other => other.name(),
    }
}

fn steps(report: &FlywheelReport) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::left("step", "Step"),
        Column::left("from", "From"),
        Column::rate("conversion", "Went on"),
        Column::right("people", "People"),
        Column::right("in_period", "In period"),
        Column::right("median_days", "Median days"),
        Column::left("weakest", "Weakest").only(Shown::Data),
        Column::left("mark", "Mark").only(Shown::Reading),
    ]);
    for one in &report.steps {
        sheet.push(vec![
            one.step.name().into(),
            Cell::opt(one.step.from().map(Step::name)),
            one.conversion.map_or(Cell::Empty, rate),
            number(one.people),
            number(one.in_period),
            one.days
                .median
                .map_or(Cell::Empty, |days| Cell::decimal(days, 1)),
            one.weakest.into(),
            if one.weakest { "sticks here" } else { "" }.into(),
        ]);
    }
    sheet
}

fn groups(found: &Found<Facts>, by: By) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::left("group", "Group"),
        Column::rate("confirmed_rate", "Confirmed"),
        Column::rate("first_ask_rate", "First ask"),
        Column::rate("repeaters", "Repeaters").only(Shown::Data),
        Column::right("candidates", "Candidates").only(Shown::Data),
        Column::right("confirmed", "Advocates").only(Shown::Data),
        Column::right("referrals", "Referrals"),
        Column::right("new_customers", "New customers"),
        Column::left("weakest", "Sticks at"),
    ])
    .empty("Nobody has come anywhere yet.");
    let journeys = found.facts.journeys.iter();
    for (group, journeys) in grouped(journeys, |one| one.traits.group(by)) {
        let report = flywheel(journeys, &found.period);
        let step = |step| report.step(step).map_or(0, |one| one.people);
        let conversion = |step| report.step(step).and_then(|one| one.conversion);
        if step(Step::Candidate) == 0 {
            continue;
        }
        // Not every yes has an invitation on record, so what shows is the whole way from candidate to advocate.
        let confirmed = Rate::new(step(Step::Confirmed), step(Step::Candidate));
        sheet.push(vec![
            group_name(&group),
            rate(confirmed),
            conversion(Step::LowAsk).map_or(Cell::Empty, rate),
            rate(report.repeaters),
            number(step(Step::Candidate)),
            number(step(Step::Confirmed)),
            number(step(Step::Referral)),
            number(step(Step::NewCustomer)),
            Cell::opt(report.weakest().map(|one| one.step.name())),
        ]);
    }
    sheet
}

/// Everyone who has come anywhere: the furthest step for people, the day of each for programs.
fn rows(found: &Found<Facts>) -> Sheet {
    let mut columns = who_columns();
    columns.extend([
        Column::left("furthest", "Furthest step"),
        Column::left("furthest_on", "On"),
    ]);
    let day = |(step, key): (Step, &'static str)| Column::left(key, step.name()).only(Shown::Data);
    columns.extend(DAYS.map(day));
    let mut sheet = Sheet::new(columns).empty("Nobody has come anywhere yet.");
    for journey in &found.facts.journeys {
        let days = DAYS.map(|(step, _)| {
            let on = journey.reached(step);
            on.filter(|on| *on < found.period.until())
        });
        let furthest = DAYS.iter().zip(days).rev();
        let mut furthest = furthest.filter_map(|((step, _), on)| Some((*step, on?)));
        let card = found.facts.cards.get(&journey.person);
        if let Some(((step, on), card)) = furthest.next().zip(card) {
            let mut row = who_cells(card);
            row.extend([step.name().into(), on.into()]);
            row.extend(days.map(Cell::opt));
            sheet.push(row);
        }
    }
    sheet
}

/// The keys under which the day of each step is shown.
const DAYS: [(Step, &str); 9] = [
    (Step::Promoter, "promoter_on"),
    (Step::Candidate, "candidate_on"),
    (Step::Invited, "invited_on"),
    (Step::Confirmed, "confirmed_on"),
    (Step::LowAsk, "low_ask_on"),
    (Step::MediumAsk, "medium_ask_on"),
    (Step::HighAsk, "high_ask_on"),
    (Step::Referral, "referral_on"),
    (Step::NewCustomer, "new_customer_on"),
];
