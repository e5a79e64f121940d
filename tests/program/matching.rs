//! `match`: who can be asked, best first.

use serde_json::Value;

use crate::common::{Program, has_keys};
use crate::lists::people;

#[test]
fn who_can_be_asked() {
    let mut program = people();
    program
        .tell("match --industry healthcare --ask reference")
        .ok();
    program.tell("match --ask review --why-not").ok();
    program.tell("match --ask review --explain --limit 1").ok();
    program
        .tell("match --effort low --region EMEA --require region")
        .ok();
    program.tell("match --ask speaking --industry banking").ok();
    program.tell("match --ask case-study --why-not").ok();
    insta::assert_snapshot!(program.story());
}

#[test]
fn one_of_several_is_the_first() {
    let program = people();
    let shown = program.run("match --ask review --limit 1").ok();
    let headline = shown.out.lines().next().unwrap_or_default();
    assert!(
        headline.ends_with(" people can take a review ask today; the first"),
        "{headline}"
    );
}

#[test]
fn json_of_match() {
    let program = people();
    let data = program.data("match --ask review --why-not");
    has_keys(&data, &["ready", "blocked", "candidates", "ask_text"]);
    let ready = data["ready"].as_array().unwrap();
    assert_eq!(ready.len(), 2);
    for (index, row) in ready.iter().enumerate() {
        has_keys(
            row,
            &[
                "rank",
                "id",
                "email",
                "name",
                "account",
                "score",
                "reasons",
                "last_tapped_at",
            ],
        );
        assert_eq!(row["rank"], index + 1);
        assert!(row["reasons"].is_array() && row["score"].as_f64().unwrap() <= 100.0);
    }
    assert!(ready[0]["score"].as_f64() >= ready[1]["score"].as_f64());
    let blocked = data["blocked"].as_array().unwrap();
    assert_eq!(blocked.len(), 1);
    assert_eq!(blocked[0]["email"], "oliver@fernhill.example");
    assert_eq!(blocked[0]["refusal"], "cap");
    assert_eq!(blocked[0]["clears_on"], "2026-07-15");
    has_keys(
        &data["candidates"][0],
        &["email", "score", "last_response_on"],
    );
    assert!(data["ask_text"].as_str().unwrap().starts_with("Hi "));
    let none = program.data("match --ask advisory-board");
    assert_eq!(
        (&none["ready"], &none["ask_text"]),
        (&Value::Array(vec![]), &Value::Null)
    );
    assert_eq!(none.get("blocked"), None);
}

#[test]
fn the_longer_rested_come_first_then_fewer_taps_then_the_smaller_id() {
    let mut program = Program::new();
    for name in ["ann", "bob", "cy"] {
        program
            .run(&format!("register {name}@{name}.example --will review"))
            .ok();
    }
    let order = |program: &Program| -> Vec<i64> {
        let data = program.data("match --ask review");
        data["ready"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["id"].as_i64().unwrap())
            .collect()
    };
    assert_eq!(order(&program), [1, 2, 3]);
    program.run("tap ann --ask review").ok();
    program.at("2026-06-16");
    program.run("tap bob --ask review").ok();
    assert_eq!(order(&program), [3]);
    program.at("2026-08-01");
    assert_eq!(order(&program), [3, 1, 2]);
    assert_eq!(order(&program), order(&program));
}

#[test]
fn a_required_trait_filters_and_another_scores() {
    let program = people();
    let emails = |line: &str| -> Vec<String> {
        let data = program.data(line);
        let ready = data["ready"].as_array().unwrap();
        ready
            .iter()
            .map(|row| row["email"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        emails("match --ask review --region AMER")[0],
        "dee@loom.example"
    );
    assert_eq!(emails("match --ask review --region AMER").len(), 2);
    assert_eq!(
        emails("match --ask review --region AMER --require region"),
        ["dee@loom.example"]
    );
    program.run("edit nina --competitor Acme").ok();
    assert_eq!(
        emails("match --ask review --prospect acme"),
        ["dee@loom.example"]
    );
}

#[test]
fn only_candidates_who_fit_are_to_be_confirmed() {
    let program = Program::new();
    let rows: String = (0..15)
        .map(|row| {
            let region = if row < 2 { "APAC" } else { "EMEA" };
            format!("p{row}@x{row}.example,9,2026-06-01,Company {row},energy,{region}\n")
        })
        .collect();
    program.file(
        "nps.csv",
        format!("Email,Score,Date,Company,Industry,Region\n{rows}"),
    );
    program.run("import nps nps.csv").ok();
    program
        .run("match --ask review --region APAC")
        .ok()
        .shows("15 candidates to confirm; the first 12");
    let ran = program
        .run("match --ask review --region APAC --require region")
        .ok();
    let ran = ran.shows("2 candidates to confirm");
    assert!(!ran.out.contains("Company 5"), "{}", ran.out);
    for industry in ["", " --industry energy"] {
        let data = program.data(&format!(
            "match --ask review --language Klingon --require language{industry}"
        ));
        assert_eq!(data["candidates"], Value::Array(Vec::new()));
        assert_eq!(data["candidates_in_all"], 0);
    }
}

#[test]
fn an_answer_about_an_earlier_day_gives_no_advice_and_csv_says_what_it_lacks() {
    let program = people();
    let today = program.run("match --ask review").ok();
    assert!(today.out.contains("Then log it:"), "{}", today.out);
    let then = program.run("match --ask review --as-of 2026-06-01").ok();
    assert!(!then.out.contains("Then log it:") && !then.out.contains("Ready to send:"));
    program
        .run("match --ask review --why-not --format csv")
        .ok()
        .says("--format json or markdown also lists who may not");
}
