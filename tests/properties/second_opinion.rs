//! A second opinion: who may be asked, and what the reports say, by a slow and plain telling of the rules.
//!
//! A random program is played, with every command that writes. At the end of each day the rows of facts are read from
//! the file, the rules and figures are worked out from them with plain loops, and the answers of the program are
//! compared with that. Nothing here is shared with the program.
//!
//! `ADVOCATE_TRIALS` says how many programs are played, `ADVOCATE_SEED` which is the first.
#![allow(
    clippy::disallowed_types,
    reason = "the test looks behind the program's back"
)]

#[path = "second_opinion/facts.rs"]
mod facts;
#[path = "second_opinion/rules.rs"]
mod rules;

use std::collections::{BTreeMap, BTreeSet};

use chrono::Days;
use serde_json::Value;

use self::facts::Facts;
use self::rules::{KINDS, Today};
use crate::past::told;
use crate::random_program::World;

const DAYS: usize = 12;

/// What was compared, and how often each refusal was seen.
#[derive(Default)]
struct Seen {
    rules: usize,
    refusals: BTreeMap<&'static str, usize>,
}

fn asked(world: &World, question: &str) -> Value {
    let answer = world.at("23:59:59", question);
    let answer = answer.unwrap_or_else(|error| panic!("{question}: {error:?}\n{}", world.log));
    serde_json::from_str::<Value>(&answer).unwrap()["data"].take()
}

/// Everybody who is listed, with the refusals; who may be asked has none.
fn listed(answer: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut found = BTreeMap::new();
    for one in answer["ready"].as_array().unwrap() {
        found.insert(text(&one["email"]), BTreeSet::new());
    }
    for one in answer["blocked"].as_array().unwrap() {
        let also = one["also"].as_array().unwrap().iter().map(text);
        let all = also.chain([text(&one["refusal"])]).collect();
        found.insert(text(&one["email"]), all);
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
    for (kind, prospect) in KINDS
        .map(|(kind, effort)| ((kind, effort), None))
        .into_iter()
        .chain([(KINDS[0], Some("p1")), (KINDS[5], Some("P-2"))])
    {
        let towards = prospect.map_or(String::new(), |name| format!(" --prospect {name}"));
        let question = format!("match --ask {}{towards} --why-not --limit 100000", kind.0);
        let answers = listed(&asked(world, &question));
        for who in &facts.people {
            let mine = today.refusals(who, kind, prospect);
            for name in &mine {
                *seen.refusals.entry(name).or_default() += 1;
            }
            seen.rules += 1;
            let mine: BTreeSet<String> = mine.into_iter().map(str::to_owned).collect();
            match answers.get(&who.email) {
                Some(theirs) if *theirs == mine => (),
                None if mine.contains("stage") || mine.contains("do-not-contact") => (),
                theirs => different.push(format!(
                    "{} {} {question}\n  here: {mine:?}\n  program: {theirs:?}",
                    world.today, who.email
                )),
            }
        }
    }
    different
}

/// Plays a program, and compares each day.
fn play(seed: u64, seen: &mut Seen) {
    let mut world = World::new(seed);
    if seed % 2 == 0 {
        world.act("policy set freshness on");
    }
    for _ in 0..DAYS {
        world.live();
        let file = world.folder.path().join("program.db");
        let facts = Facts::read(&rusqlite::Connection::open(file).unwrap());
        let different = compare_rules(&world, &facts, seen);
        assert!(
            different.is_empty(),
            "seed {seed}: {} differ\n{}\n{}",
            different.len(),
            different.join("\n"),
            world.log
        );
        world.today = world.today + Days::new(1 + world.dice.roll(24) as u64);
    }
}

#[test]
fn a_second_opinion_is_the_same() {
    let (first, trials) = (told("ADVOCATE_SEED", 1), told("ADVOCATE_TRIALS", 4));
    let mut seen = Seen::default();
    for seed in first..first + trials {
        play(seed, &mut seen);
    }
    assert!(seen.rules > 100 * trials as usize, "{} asks", seen.rules);
    println!("{:?} {}", seen.refusals, seen.rules);
}
