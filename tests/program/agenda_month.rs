//! A month of a small program, day by day: every morning the agenda is read and settled by its own commands, and in the
//! end nothing is due.

use chrono::{NaiveDate, TimeDelta};
use serde_json::Value;

use crate::agenda::{advocate, nominate};
use crate::common::Program;

/// What comes in from outside on a day.
fn news(program: &Program, day: &str) {
    let lines: &[&str] = match day {
        "2026-06-01" => &[
            "tap nina --ask reference",
            "tap omar --ask review",
            "request open --ask logo --by Dana --needed-by 2026-06-09",
            "asset add 'Half the waiting' --kind case-study --person nina",
        ],
        "2026-06-02" => &["outcome 1 accepted", "invite ivy"],
        "2026-06-03" => &[
            "outcome 1 completed --rating 5",
            "pause pia --until 2026-06-20",
        ],
        "2026-06-05" => &[
            "request open --ask logo --by Dana --needed-by 2026-06-30",
            "hold vera --request 2 --days 3",
        ],
        "2026-06-12" => &["import nps survey.csv"],
        "2026-06-15" => &["asset edit 1 --permission-until 2026-06-30"],
        _ => &[],
    };
    for line in lines {
        program.run(line).ok();
    }
    if day == "2026-06-08" {
        nominate(program, "nora@nora.example", "Dana", "2026-06-08");
    }
}

/// Runs a command of the agenda.
fn settle(program: &Program, row: &Value) {
    let command = row["command"].as_str().unwrap();
    let line = command.strip_prefix("advocate ").unwrap();
    if line.starts_with("request fill ") {
        // Whoever fits best is asked at once, and says yes.
        let tap = program.data(line)["tap_id"].clone();
        program.run(&format!("outcome {tap} accepted")).ok();
    } else {
        program.run(line).ok();
    }
}

fn item(row: &Value) -> (String, i64, String) {
    let text = |key: &str| row[key].as_str().unwrap().to_owned();
    (text("kind"), row["id"].as_i64().unwrap(), text("due_on"))
}

#[test]
fn a_month_is_worked_off_day_by_day() {
    let mut program = Program::new();
    let first: NaiveDate = "2026-06-01".parse().unwrap();
    program.at("2026-06-01");
    for (name, since) in [
        ("Nina", "2026-03-20"),
        ("Omar", "2026-05-01"),
        ("Pia", "2026-05-01"),
        ("Sam", "2026-05-01"),
        ("Vera", "2025-12-15"),
    ] {
        advocate(&program, name, since);
    }
    for name in ["Ivy", "Nora"] {
        let email = name.to_lowercase();
        program.file(
            "one.csv",
            format!("Email,Name,Score,Date\n{email}@{email}.example,{name} Low,9,2026-05-20\n"),
        );
        program.run("import nps one.csv").ok();
    }
    program.file(
        "survey.csv",
        "Email,Score,Date\nsam@sam.example,10,2026-05-20\nsam@sam.example,7,2026-06-12\n",
    );
    program
        .run("touch vera --kind check-in --on 2026-03-10")
        .ok();
    let mut settled = std::collections::BTreeSet::new();
    let mut diary = String::new();
    for ahead in 0..30 {
        let day = (first + TimeDelta::days(ahead)).to_string();
        program.at(&day);
        news(&program, &day);
        let due = program.data("agenda");
        for row in due.as_array().unwrap() {
            let item = item(row);
            assert!(settled.insert(item.clone()), "{item:?} is back on {day}");
            assert_eq!(row["overdue_days"], 0, "{item:?} on {day}");
            let command = row["command"].as_str().unwrap();
            diary.push_str(&format!("{day}  {command}\n"));
            settle(&program, row);
        }
        let left = program.run("agenda").ok();
        assert!(left.out.starts_with("Nothing is due."), "{}", left.story());
    }
    insta::assert_snapshot!(diary);
    program.healthy();
}
