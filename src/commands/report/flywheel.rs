//! `report flywheel`: how far people have come, and where they stay behind.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "there is a place for each step"
)]

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use chrono::NaiveDate;

use super::asked::Asked;
use super::follow::{Followed, Way};
use super::groups::{BY_TRAIT, TRAITS, by_group, in_groups, marked};
use super::kind::{Kind, Report};
use super::people::{Cards, Change, Program, Someone};
use super::source::{AtEnds, Found};
use crate::domain::ask::Effort;
use crate::domain::flywheel::{FlywheelReport, Journey, Step, StepReport, flywheel, one_by_name};
use crate::domain::group::By;
use crate::domain::ids::{AccountId, PersonId};
use crate::domain::period::Period;
use crate::domain::rate::Rate;
use crate::domain::stage::Stage;
use crate::domain::tap::Outcome;
use crate::failure::Result;
use crate::output::{
    Cell, Chart, ChartKind, Document, Figure, Record, Series, Sheet, Shown, Table,
};
use crate::store::{FirstMoments, IntroductionRow, PersonRow};
use crate::views::who::WhoColumns;

/// What everyone has completed.
type Completed = HashMap<PersonId, Vec<(Effort, NaiveDate)>>;

/// Everyone's way, the stages they stand in, and the companies they introduced.
struct Facts {
    journeys: Vec<Journey>,
    cards: Cards,
    stages: Vec<(Stage, u64)>,
    introductions: Rate,
}

pub(super) const KIND: Kind = Kind {
    name: "flywheel",
    title: "Flywheel",
    question: "How far have people come, and where does it stick?",
    schema: "report-flywheel/1",
    by: BY_TRAIT,
    pack_by: Some("industry"),
    at_end: true,
    load: |source, periods| {
        Ok(Box::new(Flywheel(
            source.at_ends(periods, |program, _| facts(program))?,
        )))
    },
};

/// Everyone's way, at the end of each period.
struct Flywheel(AtEnds<Facts>);

impl Flywheel {
    fn of(&self, period: &Period) -> FlywheelReport {
        let found = self.0.of(period);
        flywheel(&found.facts.journeys, &found.period)
    }
}

impl Followed for Flywheel {
    fn figures(&self, period: &Period) -> Vec<Figure> {
        let report = self.of(period);
        let closed = "Advocates who were introduced";
        vec![
            Figure::new("repeaters", "Repeaters", report.repeaters).more_is_better(),
            Figure::new("closed_loops", closed, report.closed_loops).more_is_better(),
        ]
    }
}

impl Report for Flywheel {
    fn document(&self, asked: &Asked<'_>) -> Document {
        let now = self.0.of(asked.now());
        let report = self.of(asked.now());
        Document {
            details: asked.groups(TRAITS, |by| groups(now, by)),
            facts: asked.facts("People", || people(now)),
            notes: vec![match report.weakest() {
                Some(weakest) => sticks(weakest).into(),
                None => "Too few people have come anywhere to say where it sticks.".into(),
            }],
            ..asked.document(|period| figures(&self.of(period), &self.0.of(period).facts))
        }
    }

    fn charts(&self, way: &Way) -> Vec<Chart> {
        let now = &way.now;
        let report = self.of(now);
        let steps = report.steps.iter().map(|one| one.step.name());
        let title = format!("People who have come to each step, {}", now.name());
        let people = report.steps.iter().map(|one| one.people.into());
        let chart = Chart::new("flywheel-steps", title, ChartKind::Bars, "Step", steps);
        let finding = report
            .weakest()
            .map(|one| sticks(one).trim_end_matches('.').to_owned());
        let chart = chart.finding(finding.unwrap_or_default());
        vec![chart.with(Series::new("People", people))]
    }
}

fn sticks(weakest: &StepReport) -> String {
    let rate = weakest.conversion.unwrap_or_default();
    format!(
        "It sticks between {} and {}: {} of {} went on.",
        weakest.step.from().map_or("", Step::name),
        weakest.step.name(),
        rate.numerator,
        rate.denominator
    )
}

fn facts(program: &Program<'_>) -> Result<Facts> {
    let people = program.everyone()?;
    let count = |stage| {
        let there = people.iter().filter(|one| one.member.stage == Some(stage));
        (stage, there.count() as u64)
    };
    let introductions = introductions(program)?;
    let introduced = introductions.iter().filter_map(|one| one.account);
    let cards = program.cards()?;
    let mut introduced_by: HashMap<PersonId, Vec<&IntroductionRow>> = HashMap::new();
    for one in &introductions {
        introduced_by.entry(one.person).or_default().push(one);
    }
    let ways = Ways {
        program,
        people: people.iter().map(|one| (one.card.id, one)).collect(),
        introduced: introduced.collect(),
        introductions: introduced_by,
        completed: completed(program)?,
    };
    let first = program
        .everybody
        .first_moments(program.present.policy.moments())?;
    let changes = program.changes()?;
    let mut journeys: Vec<Journey> = cards
        .values()
        .map(|card| {
            let first = first.get(&card.id).copied().unwrap_or_default();
            let changes = changes.get(&card.id).map_or(&[][..], Vec::as_slice);
            ways.journey(card, first, changes)
        })
        .collect();
    journeys.sort_unstable_by_key(|journey| journey.person);
    Ok(Facts {
        journeys,
        stages: Stage::ALL.into_iter().map(count).collect(),
        introductions: companies(&introductions),
        cards,
    })
}

/// Every completed ask of everyone on record, also of those about whom nothing was decided: an imported history counts.
fn completed(program: &Program<'_>) -> Result<Completed> {
    let mut completed = Completed::new();
    for ask in &*program.asks()? {
        if ask.outcome == Outcome::Completed {
            let done = (ask.effort, program.present.day(ask.outcome_at));
            completed.entry(ask.person).or_default().push(done);
        }
    }
    Ok(completed)
}

/// Every introduction; an account that came on record later is not one yet.
fn introductions(program: &Program<'_>) -> Result<Vec<IntroductionRow>> {
    let mut introductions = program.tx.introductions()?;
    for one in &mut introductions {
        if one.account_at.is_some_and(|at| at > program.present.now) {
            (one.account, one.account_at) = (None, None);
        }
    }
    Ok(introductions)
}

/// The companies that are accounts now, of all that were introduced. One that two people introduced is one.
fn companies(introductions: &[IntroductionRow]) -> Rate {
    let names = introductions.iter().map(|one| {
        let account = one.account.map(|account| format!("account {account}"));
        let domain = one.domain.as_ref().map(|domain| format!("domain {domain}"));
        let name = format!("name {}", one.introduced_key);
        let names = [Some(name), domain, account].into_iter().flatten();
        (names.collect(), one.account.is_some())
    });
    let companies = one_by_name(names);
    let closed = companies.iter().filter(|is_account| **is_account);
    Rate::new(closed.count() as u64, companies.len() as u64)
}

/// What a person's way is put together from.
struct Ways<'a> {
    program: &'a Program<'a>,
    people: HashMap<PersonId, &'a Rc<Someone>>,
    introduced: HashSet<AccountId>,
    introductions: HashMap<PersonId, Vec<&'a IntroductionRow>>,
    completed: Completed,
}

impl Ways<'_> {
    /// The changes of stage are in their order.
    fn journey(&self, card: &PersonRow, first: FirstMoments, changes: &[Change]) -> Journey {
        let person = card.id;
        let day = |at| self.program.present.day(at);
        let member = self.people.get(&person).map(|one| &one.member);
        let own = || self.introductions.get(&person).into_iter().flatten();
        let came_to = |is: fn(Stage) -> bool| {
            let there = changes.iter().find(|(_, stage)| is(*stage));
            there.map(|(on, _)| *on)
        };
        // The company is a customer once it was introduced and is on record, whichever came last.
        let customer = |one: &IntroductionRow| Some(day(one.account_at?.max(one.at)));
        let account = card.account_id;
        Journey {
            person,
            traits: member.map_or_else(|| self.program.traits(card), |one| one.traits.clone()),
            promoter_on: first.promoter_at.map(day),
            moment_on: first.at.map(day),
            invited_on: came_to(|stage| stage == Stage::Invited),
            confirmed_on: came_to(Stage::is_advocate),
            completed: self.completed.get(&person).cloned().unwrap_or_default(),
            referred_on: own().map(|one| day(one.at)).min(),
            customer_on: own().filter_map(|one| customer(one)).min(),
            in_pool: member.is_some_and(|one| one.is_advocate()),
            from_referral: account.is_some_and(|account| self.introduced.contains(&account)),
        }
    }
}

fn figures(report: &FlywheelReport, facts: &Facts) -> Record {
    let introduced = facts.introductions;
    let weakest = report.weakest().map(|one| one.step.name());
    let stages = facts.stages.iter();
    let stages = stages.fold(Record::new(), |record, (stage, count)| {
        record.with(stage_key(*stage), stage.name(), *count)
    });
    Record::new()
        .with("repeaters", "Repeaters", report.repeaters)
        .with(
            "introductions_closed",
            "Introduced, now accounts",
            introduced,
        )
        .with(
            "closed_loops",
            "Advocates who were introduced",
            report.closed_loops,
        )
        .data("weakest", weakest)
        .with("stages", "Stages", stages)
        .with("steps", "Steps", steps(report))
}

/// The stage as a key of JSON.
const fn stage_key(stage: Stage) -> &'static str {
    match stage {
        Stage::DoNotContact => "do_not_contact",
        other => other.name(),
    }
}

fn steps(report: &FlywheelReport) -> Sheet {
    Table::of(&report.steps)
        .left("step", "Step", |one| one.step.name())
        .left("from", "From", |one| one.step.from().map(Step::name))
        .spare()
        .rate("conversion", "Went on", |one| one.conversion)
        .right("people", "People", |one| one.people)
        .right("in_period", "In period", |one| one.in_period)
        .spare()
        .right("median_days", "Median days", |one| {
            one.days.median.map(|days| Cell::decimal(days, 1))
        })
        .data("weakest", |one| one.weakest)
        .reading("Mark", |one| marked(one.weakest, "sticks here"))
        .always()
        .sheet()
}

fn groups(found: &Found<Facts>, by: By) -> Sheet {
    let step = |report: &FlywheelReport, step| report.step(step).map_or(0, |one| one.people);
    let mut groups = in_groups(
        &found.facts.journeys,
        |one| one.traits.group(by),
        |journeys| flywheel(journeys, &found.period),
    );
    groups.retain(|(_, report)| step(report, Step::Candidate) > 0);
    by_group(&groups)
        // Not every yes has an invitation on record, so what shows is the whole way from candidate to advocate.
        .rate("confirmed_rate", "Confirmed", |(_, one)| {
            Rate::new(step(one, Step::Confirmed), step(one, Step::Candidate))
        })
        .rate("first_ask_rate", "First ask", |(_, one)| {
            one.step(Step::LowAsk).and_then(|step| step.conversion)
        })
        .rate("repeaters", "", |(_, one)| one.repeaters)
        .only(Shown::ToPrograms)
        .data("candidates", |(_, one)| step(one, Step::Candidate))
        .data("confirmed", |(_, one)| step(one, Step::Confirmed))
        .right("referrals", "Referrals", |(_, one)| {
            step(one, Step::Referral)
        })
        .right("new_customers", "New customers", |(_, one)| {
            step(one, Step::NewCustomer)
        })
        .left("weakest", "Sticks at", |(_, one)| {
            one.weakest().map(|one| one.step.name())
        })
        .empty("Nobody has come anywhere yet.")
}

/// Somebody who has come anywhere, with the day of each step.
type Come<'a> = (&'a PersonRow, [Option<NaiveDate>; 9]);

/// Everyone who has come anywhere: the furthest step for people, the day of each for programs.
fn people(found: &Found<Facts>) -> Sheet {
    let until = found.period.until();
    let journeys = found.facts.journeys.iter();
    let come = journeys.filter_map(|journey| {
        let days = DAYS.map(|(step, _)| journey.reached(step).filter(|on| *on < until));
        let card = &**found.facts.cards.get(&journey.person)?;
        days.iter().any(Option::is_some).then_some((card, days))
    });
    let come: Vec<Come> = come.collect();
    let furthest = |(_, days): &Come| days.iter().rposition(Option::is_some);
    let table = Table::of(&come)
        .who_and_account(|(card, _)| *card)
        .left("furthest", "Furthest step", |one| {
            furthest(one).map(|place| DAYS[place].0.name())
        })
        .left("furthest_on", "On", |one| one.1[furthest(one)?]);
    let days = DAYS.iter().enumerate();
    let table = days.fold(table, |table, (place, (_, key))| {
        table.data(key, move |one| one.1[place])
    });
    table.empty("Nobody has come anywhere yet.")
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
