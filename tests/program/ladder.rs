//! `next`: the sensible next ask, one step at a time.

use serde_json::{Value, json};

use crate::common::{Program, has_keys, keys};

/// Nina would do something of each size, Oliver reviews only, Bea is paused, Cy declined to be asked for small things.
fn people() -> Program {
    let mut program = Program::new();
    program.at("2026-01-05");
    for line in [
        "register nina@northwind.example --name 'Nina Albrecht' --owner Ines --will review,testimonial,reference,case-study",
        "register oliver@fernhill.example --name 'Oliver Penrose' --owner Tom --will review",
        "register bea@loom.example --name 'Bea Thorn' --owner Tom --will review",
        "register cy@orbit.example --name 'Cy Fox' --owner Tom --will reference",
        "pause bea --until 2026-08-01",
    ] {
        program.run(line).ok();
    }
    program
}

fn next(program: &Program, who: &str) -> Value {
    program.data(&format!("next {who}"))[0].clone()
}

#[test]
fn a_year_on_the_ladder() {
    let mut program = people();
    program.tell("next nina").ok();
    program.tell("tap nina --ask review").ok();
    program.tell("next nina").ok();
    program.at("2026-01-12");
    program.tell("outcome 1 completed --rating 5").ok();
    program.tell("next nina").ok();
    program.at("2026-02-05");
    program.tell("next nina").ok();
    program.tell("tap nina --ask reference").ok();
    program.tell("outcome 2 completed --rating 2").ok();
    program.at("2026-04-05");
    program.tell("next nina").ok();
    program.at("2026-05-04");
    program.tell("next --all").ok();
    program.tell("next --all --owner tom --limit 1").ok();
    program.tell("next cy").ok();
    program.tell("next bea").ok();
    insta::assert_snapshot!(program.story());
}

#[test]
fn the_command_that_is_proposed_is_allowed() {
    let mut program = people();
    let mut kinds = Vec::new();
    for month in 1..=9 {
        program.at(&format!("2026-{month:02}-28"));
        let row = next(&program, "nina");
        has_keys(
            &row,
            &[
                "id", "email", "name", "ask", "effort", "reason", "free_on", "command",
            ],
        );
        if row["free_on"] == json!(format!("2026-{month:02}-28")) {
            let command = row["command"]
                .as_str()
                .unwrap()
                .trim_start_matches("advocate ");
            let tap = program.data(command)["tap_id"].clone();
            program
                .run(&format!("outcome {tap} completed --rating 4"))
                .ok();
            kinds.push(row["ask"].as_str().unwrap().to_owned());
        }
    }
    assert_eq!(kinds, ["review", "reference", "case-study", "case-study"]);
    program.healthy();
}

#[test]
fn what_is_free_later_is_free_on_that_day() {
    let mut program = people();
    program.run("tap nina --ask review").ok();
    program.run("outcome 1 completed --rating 5").ok();
    let row = next(&program, "nina");
    assert_eq!(
        (&row["ask"], &row["free_on"]),
        (&json!("reference"), &json!("2026-02-05"))
    );
    program.run("tap nina --ask reference").code(3);
    program.at("2026-02-04");
    program.run("tap nina --ask reference").code(3);
    program.at("2026-02-05");
    program.run("tap nina --ask reference").ok();
}

#[test]
fn a_no_is_accepted() {
    let program = people();
    program.run("decline cy --reason 'no time'").ok();
    program
        .run("do-not-contact oliver --reason 'asked to stop'")
        .ok();
    for who in ["cy", "oliver"] {
        let row = next(&program, who);
        assert_eq!(
            (&row["command"], &row["free_on"]),
            (&Value::Null, &Value::Null),
            "{row}"
        );
    }
    let all = program.data("next --all");
    let names: Vec<&str> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["Nina Albrecht"]);
    assert!(keys(&all[0]).contains(&"ask_text"));
}

#[test]
fn it_asks_for_whom() {
    let mut program = Program::new();
    program.tell("next").code(2);
    program.tell("next nina --all").code(2);
    program.tell("next nina --owner Ines").code(2);
    program.tell("next --all").ok();
    insta::assert_snapshot!(program.story());
}
