//! A second opinion: who may be asked, and what the reports say, by a slow and plain telling of the rules.
//!
//! A random program is played, with every command that writes. At the end of each day the rows of facts are read from
//! the file, the rules and figures are worked out from them with plain loops, and the answers of the program are
//! compared with that. Nothing here is shared with the program.
//!
//! Where the pages can be read in two ways, this follows the program, so that it says where they part from now on: an
//! introduction has the day on which it
//! was said, not that of the ask; the months before a period are looked at as they stood at the period's end; names are
//! the same where their words are, so `P-2` is not `P2`; asks in vain rest from the day on which the newest of them came
//! to nothing, not the latest such day; the range of the NPS ends at 100 and at -100.
//!
//! `ADVOCATE_TRIALS` says how many programs are played, `ADVOCATE_SEED` which is the first.
#![allow(
    clippy::disallowed_types,
    reason = "the test looks behind the program's back"
)]

#[path = "second_opinion/facts.rs"]
mod facts;
#[path = "second_opinion/figures.rs"]
mod figures;
#[path = "second_opinion/rows.rs"]
mod rows;
#[path = "second_opinion/rules.rs"]
mod rules;
#[path = "second_opinion/worth.rs"]
mod worth;

use std::collections::{BTreeMap, BTreeSet};

use chrono::Days;
use serde_json::Value;

use self::facts::Facts;
use self::figures::{Figure, Figures, Period};
use self::rules::{KINDS, Today};
use crate::past::told;
use crate::random_program::World;

const DAYS: usize = 12;

/// Every so many days the two are compared.
const APART: usize = 3;

/// So many programs show every refusal, and something in every report.
const TRIALS: u64 = 4;

const REPORTS: [&str; 13] = [
    "acceptance",
    "activation",
    "coverage",
    "experience",
    "fill",
    "flywheel",
    "influence",
    "load",
    "nominations",
    "nps",
    "pool",
    "reciprocity",
    "reviews",
];

/// How much was compared.
#[derive(Default)]
struct Seen {
    refusals: BTreeMap<&'static str, usize>,
    /// Who may be asked.
    passes: usize,
    /// Who may be asked from a later day on.
    promises: usize,
    /// How often each figure was neither nought nor missing.
    figures: BTreeMap<String, usize>,
}

impl Seen {
    /// Nothing was compared in vain.
    fn is_enough(&self) {
        assert_eq!(self.refusals.len(), 15, "{:?}", self.refusals);
        assert!(self.passes > 40, "{} may be asked", self.passes);
        assert!(self.promises > 50, "{} promises", self.promises);
        for report in REPORTS {
            let told = self.figures.iter().filter(|(name, count)| {
                let of = name.split('/').next();
                of == Some(report) && **count > 0
            });
            assert!(told.count() > 2, "{report}: {:?}", self.figures);
        }
        let silent = self.figures.values().filter(|count| **count == 0).count();
        assert!(silent * 5 < self.figures.len(), "{:?}", self.figures);
    }
}

fn asked(world: &World, question: &str) -> Value {
    let answer = world.at("23:59:59", question);
    let answer = answer.unwrap_or_else(|error| panic!("{question}: {error:?}\n{}", world.log));
    serde_json::from_str::<Value>(&answer).unwrap()["data"].take()
}

/// Everybody who is listed, with the refusals and the day on which they clear; who may be asked has neither.
fn listed(answer: &Value) -> BTreeMap<String, (BTreeSet<String>, Option<String>)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut found = BTreeMap::new();
    for one in answer["ready"].as_array().unwrap() {
        found.insert(text(&one["email"]), (BTreeSet::new(), None));
    }
    for one in answer["blocked"].as_array().unwrap() {
        let also = one["also"].as_array().unwrap().iter().map(text);
        let all = also.chain([text(&one["refusal"])]).collect();
        let clears_on = one["clears_on"].as_str().map(str::to_owned);
        found.insert(text(&one["email"]), (all, clears_on));
    }
    found
}

/// What the two say differently of whom.
fn compare_rules(world: &World, facts: &Facts, seen: &mut Seen) -> Vec<String> {
    let today = Today {
        facts,
        today: world.today,
    };
    let mut different = Vec::new();
    let asks = KINDS.map(|kind| (kind, None)).into_iter();
    for (kind, prospect) in asks.chain([(KINDS[0], Some("p1")), (KINDS[5], Some("P2."))]) {
        let towards = prospect.map_or(String::new(), |name| format!(" --prospect {name}"));
        let question = format!("match --ask {}{towards} --why-not --limit 1000", kind.0);
        let answers = listed(&asked(world, &question));
        for who in &facts.people {
            let mine = today.refusals(who, kind, prospect);
            for name in &mine {
                *seen.refusals.entry(name).or_default() += 1;
            }
            let clears_on = match mine.is_empty() {
                true => None,
                false => today.clears_on(who, kind, prospect),
            };
            seen.passes += usize::from(mine.is_empty());
            seen.promises += usize::from(clears_on.is_some());
            let mine: BTreeSet<String> = mine.into_iter().map(str::to_owned).collect();
            let mine = (mine, clears_on.map(|on| on.to_string()));
            match answers.get(&who.email) {
                Some(theirs) if *theirs == mine => (),
                // Of whom nothing was decided is not listed.
                None if ["", "candidate"].contains(&today.stage(who.id)) => (),
                theirs => different.push(format!(
                    "{} {} {question}\n  here: {mine:?}\n  program: {theirs:?}",
                    world.today, who.email
                )),
            }
        }
    }
    different
}

/// Every figure of every report, worked out here: the report, its period, the figures.
fn reports(today: &Today<'_>) -> Vec<(&'static str, String, Figures)> {
    let on = today.today;
    let year = Period {
        first: "2026-01-01".parse().unwrap(),
        last: "2026-12-31".parse().unwrap(),
    };
    let lately = Period {
        first: on - Days::new(89),
        last: on,
    };
    let past = Period {
        first: on - Days::new(40),
        last: on - Days::new(10),
    };
    let mut reports = Vec::new();
    for (period, name) in [
        (year, "2026".to_owned()),
        (lately, "last-90d".to_owned()),
        (past, format!("{}..{}", past.first, past.last)),
    ] {
        let mut add = |report, figures| reports.push((report, name.clone(), figures));
        add("nps", today.nps(period));
        add("acceptance", today.acceptance(period));
        add("fill", today.fill(period));
        add("influence", today.influence(period));
        add("nominations", today.nominations(period));
        if period.last < on {
            continue;
        }
        // These tell how things stood at the end of the period, and here that is today.
        add("load", today.load(period));
        add("pool", today.pool(period));
        add("reciprocity", today.reciprocity(period));
        add("experience", today.experience(period));
    }
    let mut add =
        |report, period: &str, figures| reports.push((report, period.to_owned(), figures));
    add("reviews", "2026", today.reviews(year, 12.0));
    add("reviews", "last-90d", today.reviews(lately, 90.0 / 30.4375));
    add("activation", "last-90d", today.activation());
    add("coverage", "2026", today.coverage());
    add("flywheel", "2026", today.flywheel());
    reports
}

/// Sums are listed by currency: each is put under the name of its own.
fn by_currency(answer: &mut Value) {
    for part in ["totals", "sourced", "assisted"] {
        let Some(Value::Array(sums)) = answer.get(part) else {
            continue;
        };
        let mut named = serde_json::Map::new();
        named.insert("currencies".to_owned(), sums.len().into());
        for sum in sums {
            let currency = sum["currency"].as_str().unwrap_or("none");
            named.insert(currency.to_owned(), sum.clone());
        }
        answer[part] = Value::Object(named);
    }
}

/// What the two say differently in reports.
fn compare_figures(world: &World, facts: &Facts, seen: &mut Seen) -> Vec<String> {
    let today = Today {
        facts,
        today: world.today,
    };
    let mut different = Vec::new();
    for (report, period, figures) in reports(&today) {
        let question = format!("report {report} --period {period}");
        let mut answer = asked(world, &question);
        by_currency(&mut answer);
        for Figure {
            place,
            value,
            decimals,
        } in figures
        {
            let theirs = answer.pointer(&place);
            let number = theirs.and_then(|theirs| match theirs {
                Value::Bool(yes) => Some(f64::from(u8::from(*yes))),
                other => other.as_f64(),
            });
            let within = 0.5 * 10_f64.powi(-decimals) + 1e-9;
            let is_same = match (value, number) {
                (Some(one), Some(other)) => (one - other).abs() <= within,
                (None, None) => theirs.is_none_or(Value::is_null),
                _ => false,
            };
            if is_same {
                let says_something = value.is_some_and(|one| one != 0.0);
                let name = format!(
                    "{report}{}",
                    place.replace(|one: char| one.is_numeric(), "")
                );
                *seen.figures.entry(name).or_default() += usize::from(says_something);
            } else {
                different.push(format!(
                    "{} {question} {place}\n  here: {value:?}\n  program: {theirs:?}",
                    world.today
                ));
            }
        }
    }
    different
}

fn on_record(world: &World) -> Facts {
    let file = world.folder.path().join("program.db");
    Facts::read(&rusqlite::Connection::open(file).unwrap())
}

/// What seldom comes about in a random program.
fn befall(world: &mut World) {
    let facts = on_record(world);
    let who = &facts.people[world.dice.roll(facts.people.len())].email;
    let (kind, _) = KINDS[world.dice.roll(KINDS.len())];
    match world.dice.roll(12) {
        0 | 1 => {
            for _ in 0..3 {
                world.act(&format!("tap {who} --ask {kind} --override because"));
                let newest = on_record(world).taps.iter().map(|tap| tap.id).max();
                let outcome = ["no-reply", "declined"][world.dice.roll(2)];
                world.act(&format!("outcome {} {outcome}", newest.unwrap_or(1)));
            }
        }
        2 => {
            let elsewhere = ["Elm", "Fir", "Newco"][world.dice.roll(3)];
            world.act(&format!(
                "move {who} --account {elsewhere} --new-account --no-repeat-customer"
            ));
        }
        3 => {
            world.act(&format!("nominate {who} --by {who} --reason keen"));
        }
        4 | 5 => {
            let line = world.correction();
            world.act(&line);
        }
        6 => {
            let request = 1 + world.dice.roll(facts.requests.len().max(1));
            world.act(&format!("request close {request} --withdrawn over"));
        }
        7 => {
            world.act(&format!(
                "asset add C --kind case-study --person {who} --status published"
            ));
        }
        8 => {
            let deal = 1 + world.dice.roll(facts.deals.len().max(1));
            let today = world.today;
            world.act(&format!("deal edit {deal} --stage Won --closed {today}"));
        }
        _ => {
            let all: Vec<&str> = KINDS.iter().map(|(kind, _)| *kind).collect();
            world.act(&format!("register {who} --will {}", all.join(",")));
            world.act(&format!("resume {who}"));
        }
    }
}

/// Plays a program; what differs on the first day on which something does, with the program.
fn play(seed: u64, seen: &mut Seen) -> Result<(), String> {
    let mut world = World::new(seed);
    if seed.is_multiple_of(2) {
        world.act("policy set freshness on");
    }
    for day in 1..=DAYS {
        world.live();
        befall(&mut world);
        if day.is_multiple_of(APART) {
            compare(seed, &world, seen)?;
        }
        world.today = world.today + Days::new(1 + world.dice.roll(24) as u64);
    }
    Ok(())
}

fn compare(seed: u64, world: &World, seen: &mut Seen) -> Result<(), String> {
    let facts = on_record(world);
    let mut different = compare_rules(world, &facts, seen);
    different.extend(compare_figures(world, &facts, seen));
    if different.is_empty() {
        return Ok(());
    }
    Err(format!(
        "seed {seed}: {} differ\n{}\n{}",
        different.len(),
        different.join("\n"),
        world.log
    ))
}

#[test]
fn a_second_opinion_is_the_same() {
    let (first, trials) = (told("ADVOCATE_SEED", 1), told("ADVOCATE_TRIALS", TRIALS));
    let mut seen = Seen::default();
    let played = (first..first + trials).map(|seed| play(seed, &mut seen));
    let different: Vec<String> = played.filter_map(Result::err).collect();
    assert!(
        different.is_empty(),
        "{} of {trials} programs differ; the first:\n{}",
        different.len(),
        different[0]
    );
    if trials >= TRIALS {
        seen.is_enough();
    }
}
