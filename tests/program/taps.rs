//! `tap`, `outcome`, `taps`.

use crate::common::{Program, has_keys};

#[test]
fn an_ask_and_what_became_of_it() {
    let mut program = Program::new();
    crate::nina(&program);
    program
        .tell("tap nina --ask reference --note 'for the Larkfield deal'")
        .ok();
    program.tell("tap nina --ask review").code(3);
    program.tell("outcome 1 accepted").ok();
    program.at("2026-06-18");
    program
        .tell("outcome 1 completed --rating 5 --note 'went well'")
        .ok();
    program.tell("outcome 1 declined").code(3);
    program.tell("outcome 1 completed --on 2026-06-17").code(2);
    program.tell("outcome 7 accepted").code(2);
    program.tell("outcome 1 splendid").code(2);
    program.tell("outcome 1 completed --rating 6").code(2);
    program.tell("taps").ok();
    program.tell("taps nina --outcome pending").ok();
    insta::assert_snapshot!(program.story());
    program.healthy();
}

#[test]
fn a_request_that_is_filled_holds_nobody_back() {
    let program = Program::new();
    crate::nina(&program);
    program
        .run("register ada@orbit.example --will reference")
        .ok();
    program.run("signal add ada --kind community").ok();
    program.run("request open --ask reference").ok();
    program.run("tap nina --request 1").ok();
    program.run("hold ada --request 1").ok();
    let held = |program: &Program| program.data("request list --all")[0]["held"].clone();
    assert_eq!(held(&program), 1);
    program.run("outcome 1 accepted").ok();
    assert_eq!(held(&program), 0);
    assert_eq!(
        program.data("agenda --days 30 --kind hold"),
        serde_json::json!([])
    );
    program.healthy();
}

#[test]
fn every_reason_against_an_ask_says_until_when() {
    let program = Program::new();
    crate::nina(&program);
    program.run("tap nina --ask reference").ok();
    program.run("outcome 1 declined").ok();
    program
        .run("tap nina --ask reference")
        .code(3)
        .says("cause: also: declined a reference ask on 2026-06-15, so that kind rests (until 2026-12-15)");
    // By then their goodwill has grown old, so that no day is promised.
    assert_eq!(
        program.fails("tap nina --ask reference", 3)["clears_on"],
        serde_json::Value::Null
    );
    assert_eq!(
        program.fails("tap nina --ask review", 3)["clears_on"],
        "2026-07-15"
    );
}

#[test]
fn whoever_is_to_be_left_alone_has_no_next_ask() {
    let program = Program::new();
    crate::nina(&program);
    program
        .run("do-not-contact nina --reason 'asked us to stop'")
        .ok();
    let next = program.data("next nina");
    assert_eq!(next[0]["ask"], serde_json::Value::Null);
    assert_eq!(next[0]["reason"], "marked do-not-contact");
}

#[test]
fn a_whole_name_is_meant_before_a_part_of_others() {
    let program = Program::new();
    for (email, name) in [
        ("m@a.example", "Mei Takeda"),
        ("a@b.example", "Alina Almeida"),
    ] {
        program
            .run(&format!("register {email} --name '{name}' --will review"))
            .ok();
    }
    assert_eq!(program.data("show mei")["email"], "m@a.example");
    program.run("show me").code(2).says("could be 2 people");
}

#[test]
fn a_thank_you_is_asked_for_once_and_a_rating_stays() {
    let program = Program::new();
    crate::nina(&program);
    program.run("policy set thanks.days 5").ok();
    program.run("tap nina --ask reference").ok();
    let done = program.run("outcome 1 completed --rating 4").ok();
    assert!(done.out.contains("due within 5 days"), "{}", done.out);
    let again = program.run("outcome 1 completed --note 'went well'").ok();
    assert!(!again.out.contains("thank-you"), "{}", again.out);
    assert!(again.out.contains("Rating:   4"), "{}", again.out);
    let rating = |program: &Program| program.data("taps")[0]["rating"].clone();
    assert_eq!(rating(&program), 4);
    program.run("outcome 1 completed").ok();
    assert_eq!(rating(&program), 4);
    program.run("outcome 1 completed --rating 5").ok();
    assert_eq!(rating(&program), 5);
    assert_eq!(program.data("taps")[0]["outcome_note"], "went well");
    program.healthy();
}

#[test]
fn the_note_of_an_outcome_is_shown_beside_that_of_the_ask() {
    let program = Program::new();
    crate::nina(&program);
    program.run("tap nina --ask reference --note 'a call'").ok();
    program
        .run("outcome 1 accepted --note 'after her leave'")
        .ok();
    let outcome_note = |line: &str| program.data(line)["taps"][0]["outcome_note"].clone();
    assert_eq!(outcome_note("show nina"), "after her leave");
    program.run("outcome 1 completed --note 'went well'").ok();
    assert_eq!(outcome_note("show nina"), "went well");
    program.run("taps").ok().shows("  a call\n");
    for line in ["taps nina", "show nina"] {
        program.run(line).ok().shows("  a call; went well  ");
    }
    program
        .run("taps --format csv")
        .ok()
        .shows(",note,outcome_note,operation_id,outcome_operation_id,prospect_note")
        .shows(",a call,went well");
    // Where only one of them was said, it stands alone.
    program
        .run("tap nina --ask review --override 'they asked for it'")
        .ok();
    program.run("outcome 2 no-reply --note 'on holiday'").ok();
    program
        .run("taps nina --ask review --format markdown")
        .ok()
        .shows("| on holiday |");
}

#[test]
fn only_the_moves_that_make_sense() {
    let words = [
        "accepted",
        "declined",
        "completed",
        "no-reply",
        "no-show",
        "withdrawn",
    ];
    // How each outcome is reached; which of the words may follow is recorded.
    let paths: [&[&str]; 7] = [
        &[],
        &["accepted"],
        &["declined"],
        &["accepted", "completed"],
        &["no-reply"],
        &["accepted", "no-show"],
        &["withdrawn"],
    ];
    let mut seen = String::new();
    for path in paths {
        let mut line = format!("{}:", path.last().unwrap_or(&"pending"));
        for word in words {
            let program = Program::new();
            crate::nina(&program);
            program.run("tap nina --ask review").ok();
            for step in path {
                program.run(&format!("outcome 1 {step}")).ok();
            }
            let ran = program.run(&format!("outcome 1 {word}"));
            match ran.code {
                Some(0) => line.push_str(&format!(" {word}")),
                Some(3) => {}
                _ => panic!("{}", ran.story()),
            }
        }
        seen.push_str(&line);
        seen.push('\n');
    }
    insta::assert_snapshot!(seen);
}

#[test]
fn json_of_taps() {
    let program = Program::new();
    crate::nina(&program);
    let tap = program.data("tap nina --ask reference");
    has_keys(&tap, &["tap_id", "email", "ask", "effort", "free_from"]);
    has_keys(&tap["free_from"], &["low", "medium", "high"]);
    assert_eq!(tap["effort"], "medium");
    assert_eq!(
        tap["free_from"],
        serde_json::json!({"low": "2026-07-15", "medium": "2026-08-15", "high": null})
    );
    assert_eq!(tap["overridden"], serde_json::Value::Null);
    has_keys(
        &program.data("outcome 1 accepted"),
        &["tap_id", "email", "ask", "outcome", "was", "rating"],
    );
    let taps = program.data("taps");
    assert_eq!(taps.as_array().unwrap().len(), 1);
    has_keys(&taps[0], &["tap_id", "email", "ask", "effort", "outcome"]);
}

#[test]
fn taps_are_filtered() {
    let mut program = Program::new();
    crate::nina(&program);
    crate::register(&program, "bea@fernhill.example", "Bea Thorn");
    program.run("tap nina --ask review").ok();
    program.at("2026-07-20");
    program.run("tap nina --ask logo").ok();
    program.run("tap bea --ask review").ok();
    program.run("outcome 3 no-reply").ok();
    let ids = |line: &str| -> Vec<i64> {
        let taps = program.data(line);
        taps.as_array()
            .unwrap()
            .iter()
            .map(|tap| tap["tap_id"].as_i64().unwrap())
            .collect()
    };
    assert_eq!(ids("taps"), [3, 2, 1]);
    assert_eq!(ids("taps nina"), [2, 1]);
    assert_eq!(ids("taps --ask review"), [3, 1]);
    assert_eq!(ids("taps --since 2026-07-01"), [3, 2]);
    assert_eq!(ids("taps --outcome no-reply"), [3]);
    assert_eq!(ids("taps --limit 1"), [3]);
    assert_eq!(ids("taps --as-of 2026-07-19"), [1]);
}

#[test]
fn quiet_prints_nothing_but_what_is_wrong() {
    let program = Program::new();
    program
        .run("register nina@northwind.example --will review --quiet")
        .ok()
        .silent();
    program.run("tap nina --ask review -q").ok().silent();
    program.run("outcome 1 accepted -q").ok().silent();
    let refused = program.run("tap nina --ask review -q").code(3);
    assert!(refused.out.is_empty());
    assert!(
        refused
            .err
            .contains("asked too recently: at most 1 ask in a month"),
        "{}",
        refused.story()
    );
}
