//! `tier set`, `tier list`, `tier show`, and the tier wherever it is shown.

use serde_json::{Value, json};

use crate::common::Program;
use crate::{nina, register};

/// Nina completes a review, then a reference, then nothing.
fn climber() -> Program {
    let mut program = Program::new();
    for (day, deeds) in [
        (
            "2025-01-02",
            vec!["register nina@northwind.example --name 'Nina Albrecht' --will review,reference"],
        ),
        (
            "2025-01-10",
            vec!["tap nina --ask review", "outcome 1 completed --rating 5"],
        ),
        (
            "2025-03-10",
            vec!["tap nina --ask reference", "outcome 2 completed --rating 5"],
        ),
        (
            "2025-06-10",
            vec!["tap nina --ask review", "outcome 3 completed"],
        ),
    ] {
        program.at(day);
        for deed in deeds {
            program.run(deed).ok();
        }
    }
    program
}

#[test]
fn a_tier_by_hand_holds_until_it_is_given_back() {
    let mut program = climber();
    program.at("2026-06-15");
    register(&program, "oliver@fernhill.example", "Oliver Penrose");
    for line in [
        "tier show nina",
        "tier set oliver platinum --reason 'Chairs the user group' --on 2026-06-01",
        "tier list",
        "tier list --by-hand",
        "list --tier platinum",
        "show oliver",
        "tier set oliver computed --reason 'Stepped down'",
        "tier show oliver",
    ] {
        program.tell(line).ok();
    }
    program
        .tell("tier set oliver computed --reason again")
        .code(2);
    program.tell("tier set oliver wood --reason why").code(2);
    program.tell("tier set oliver gold").code(2);
    program.tell("tier set oliver gold --reason ' '").code(2);
    program
        .tell("tier set oliver gold --reason why --on 2026-06-16")
        .code(2);
    program.run("retire oliver --reason left").ok();
    program.tell("tier set oliver gold --reason why").code(3);
    insta::assert_snapshot!(program.story());
    program.healthy();
}

/// What the history says of a day is what that day said of itself.
#[test]
fn the_history_agrees_with_every_day() {
    let mut program = climber();
    program.at("2026-09-01");
    let shown = program.data("tier show nina");
    let mut history: Vec<(String, Value)> = shown["history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["on"].as_str().unwrap().to_owned(), row["tier"].clone()))
        .collect();
    history.reverse();
    let days: Vec<&str> = history.iter().map(|(on, _)| on.as_str()).collect();
    assert_eq!(
        days,
        ["2025-01-10", "2025-06-10", "2026-01-10", "2026-06-10"]
    );
    let mut before = json!("community");
    for (on, tier) in history {
        let day: chrono::NaiveDate = on.parse().unwrap();
        let eve = day.pred_opt().unwrap();
        let on_day = program.data(&format!("tier show nina --as-of {day}"));
        let on_eve = program.data(&format!("tier show nina --as-of {eve}"));
        assert_eq!(
            (&on_eve["tier"], &on_day["tier"]),
            (&before, &tier),
            "{day}"
        );
        assert_eq!(on_day["since"], on, "{day}");
        before = tier;
    }
    // What lies ahead came as it was foretold.
    let foretold = program.data("tier show nina --as-of 2025-12-01");
    assert_eq!(
        (&foretold["falls_on"], &foretold["falls_to"]),
        (&json!("2026-01-10"), &json!("silver"))
    );
}

#[test]
fn an_earlier_word_does_not_undo_a_later_one() {
    let program = Program::new();
    nina(&program);
    program.run("tier set nina gold --reason now").ok();
    program
        .run("tier set nina silver --reason before --on 2026-06-01")
        .ok()
        .shows("gold");
    assert_eq!(program.data("list")[0]["tier"], "gold");
    assert_eq!(program.data("list")[0]["tier_source"], "by hand");
    program
        .run("tier set nina computed --reason enough")
        .ok()
        .shows("community");
}
