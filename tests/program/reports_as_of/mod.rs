//! What a report says of an earlier day is what it said on that day.

mod demand;
mod people;

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde_json::Value;

use crate::common::Program;

/// What happens on which day, counted from [`first_day`]. Requests, taps, deals and assets are numbered as they come.
type History = [(u64, &'static [&'static str])];

fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, 20).unwrap()
}

/// A program whose days begin and end in Berlin, two hours before UTC's.
fn in_berlin() -> Program {
    let mut program = Program::empty();
    program.at("2026-05-18");
    program.run("init --time-zone Europe/Berlin").ok();
    program
}

/// Lives through a history, and gives what was answered at the end of each of these days.
fn live<T>(
    program: &mut Program,
    history: &History,
    days: impl IntoIterator<Item = u64>,
    answer: impl Fn(&Program) -> T,
) -> BTreeMap<NaiveDate, T> {
    let mut said = BTreeMap::new();
    for number in days {
        let day = first_day() + Days::new(number);
        let lines = history.iter().filter(|(on, _)| *on == number);
        let lines: Vec<&str> = lines.flat_map(|(_, lines)| lines.iter().copied()).collect();
        for (moment, line) in lines.iter().enumerate() {
            // The last thing of a day comes a moment before it ends.
            let time = if moment + 1 == lines.len() {
                "21:59:58".to_owned()
            } else {
                format!("1{moment}:00:00")
            };
            program.at(&format!("{day}T{time}Z")).run(line).ok();
        }
        program.at(&format!("{day}T21:59:59Z"));
        said.insert(day, answer(program));
    }
    program.at("2026-08-01");
    said
}

/// What each report answers.
fn answers(program: &Program, reports: &[&str], options: &str) -> Vec<Value> {
    let answer = |report: &&str| {
        program
            .run(&format!("{report} {options} --json"))
            .ok()
            .json()
    };
    reports.iter().map(answer).collect()
}

/// Asserts that each report answers now what it answered then.
#[track_caller]
fn assert_same(reports: &[&str], then: &[Value], now: &[Value], options: &str) {
    for ((then, now), report) in then.iter().zip(now).zip(reports) {
        assert_eq!(now, then, "{report} {options}");
    }
}

/// Asserts that more than `least` answers in a row differ from the one before.
#[track_caller]
fn assert_moved(report: &str, answers: impl Iterator<Item = Value>, least: usize) {
    let mut different: Vec<Value> = answers.collect();
    different.dedup();
    assert!(different.len() > least, "{report}: {}", different.len());
}
