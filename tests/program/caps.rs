//! The cadence caps and every refusal by name, with the day on which it clears.

use serde_json::{Value, json};

use crate::common::Program;

/// Tries an ask that must be refused; gives the name of the refusal and when it clears.
#[track_caller]
fn refused(program: &Program, line: &str) -> (String, Value) {
    let error = program.run(&format!("{line} --json")).code(3).error();
    assert_eq!(error["kind"], "refused");
    assert!(
        error["message"].is_string() && error["hint"].is_string(),
        "{error}"
    );
    let name = error["refusal"].as_str().expect("a name").to_owned();
    (name, error["clears_on"].clone())
}

/// A program with one advocate who is willing for everything, and no rule in the way but caps.
fn willing() -> Program {
    let program = Program::new();
    program
        .run("register nina@northwind.example --name 'Nina Albrecht' --will review,testimonial,logo,community,feedback,reference,video,referral,beta,case-study,speaking,advisory-board")
        .ok();
    for rule in ["brake", "freshness", "proven"] {
        program.run(&format!("policy set {rule} off")).ok();
    }
    program
}

#[test]
fn a_tap_counts_for_its_own_effort_and_every_smaller_one() {
    // What was asked on 2026-03-10, and when each effort is free again.
    let table = [
        ("review", ["2026-04-10", "2026-04-10", "2026-04-10"]),
        ("reference", ["2026-04-10", "2026-05-10", "2026-05-10"]),
        ("speaking", ["2026-04-10", "2026-05-10", "2026-06-10"]),
    ];
    for (asked, free) in table {
        let mut program = willing();
        program
            .run(&format!("tap nina --ask {asked} --on 2026-03-10"))
            .ok();
        program.at("2026-03-11");
        for (next, day) in ["logo", "video", "case-study"].into_iter().zip(free) {
            let found = refused(&program, &format!("tap nina --ask {next}"));
            assert_eq!(found, ("cap".into(), json!(day)), "{next} after {asked}");
            let eve: chrono::NaiveDate = day.parse().unwrap();
            let eve = eve.pred_opt().unwrap();
            program.at(&eve.to_string());
            assert_eq!(
                refused(&program, &format!("tap nina --ask {next}")).1,
                json!(day)
            );
            program.at("2026-03-11");
        }
        let shown = program.data("show nina")["free_from"].clone();
        assert_eq!(
            shown,
            json!({"low": free[0], "medium": free[1], "high": free[2]})
        );
        program.at(free[2]);
        program.run("tap nina --ask case-study").ok();
        program.healthy();
    }
}

#[test]
fn the_day_is_the_programs_also_when_the_clocks_change() {
    // 8 March 2026, 02:00: New York goes from UTC-5 to UTC-4; 1 November: back.
    let table = [
        // Asked at 23:30 local; the UTC instants just before and at the local midnight on which the cap clears.
        (
            "2026-02-08T04:30:00Z",
            "2026-03-07",
            "2026-03-07T04:59:59Z",
            "2026-03-07T05:00:00Z",
        ),
        (
            "2026-02-10T04:30:00Z",
            "2026-03-09",
            "2026-03-09T03:59:59Z",
            "2026-03-09T04:00:00Z",
        ),
        (
            "2026-10-03T03:30:00Z",
            "2026-11-02",
            "2026-11-02T04:59:59Z",
            "2026-11-02T05:00:00Z",
        ),
    ];
    for (asked, clears, before, at) in table {
        let mut program = willing();
        program.run("policy set time-zone America/New_York").ok();
        program.at(asked);
        program.run("tap nina --ask review").ok();
        program.at(before);
        assert_eq!(
            refused(&program, "tap nina --ask review"),
            ("cap".into(), json!(clears)),
            "{asked}"
        );
        program.at(at);
        program.run("tap nina --ask review").ok();
        program.healthy();
    }
}

#[test]
fn a_back_dated_tap_is_checked_on_both_sides() {
    let mut program = willing();
    program.at("2026-05-20");
    program.run("tap nina --ask review --on 2026-03-01").ok();
    program.run("tap nina --ask review --on 2026-05-10").ok();
    // Too near to the earlier one, too near to the later one, and between them with room on both sides.
    assert_eq!(
        refused(&program, "tap nina --ask review --on 2026-03-31").0,
        "cap"
    );
    assert_eq!(
        refused(&program, "tap nina --ask review --on 2026-04-11").0,
        "cap"
    );
    program.run("tap nina --ask review --on 2026-04-01").ok();
    assert_eq!(
        program.data("show nina")["last_tapped_at"],
        "2026-05-10T12:00:00Z"
    );
    program
        .run("tap nina --ask review --on 2026-05-21")
        .code(2)
        .says("2026-05-21 is in the future; today is 2026-05-20");
    program.healthy();
}

#[test]
fn a_withdrawn_tap_makes_room_again() {
    let program = willing();
    program.run("tap nina --ask speaking").ok();
    assert_eq!(refused(&program, "tap nina --ask review").0, "cap");
    program.run("outcome 1 withdrawn").ok();
    let nina = program.data("show nina");
    assert_eq!(nina["last_tapped_at"], Value::Null);
    assert_eq!(nina["free_from"]["high"], "2026-06-15");
    program.run("tap nina --ask review").ok();
    program.healthy();
}

#[test]
fn every_rule_refuses_by_name() {
    let mut program = Program::new();
    program.file(
        "survey.csv",
        "Email,Name,Score,Date,Company\n\
         cara@calm.example,Cara,10,2026-06-01,Calm\n\
         dora@calm.example,Dora,5,2026-06-01,Calm\n\
         pia@calm.example,Pia,7,2026-06-01,Calm\n",
    );
    program.run("import nps survey.csv").ok();
    let none = || Value::Null;
    let stage = refused(&program, "tap cara --ask review");
    assert_eq!(stage, ("stage".into(), none()));
    program.run("invite cara").ok();
    assert_eq!(refused(&program, "tap cara --ask review").0, "stage");
    program
        .run("register cara --will review,reference,case-study --wont logo")
        .ok();
    assert_eq!(
        refused(&program, "tap cara --ask logo"),
        ("willingness".into(), none())
    );
    assert_eq!(
        refused(&program, "tap cara --ask video"),
        ("willingness".into(), none())
    );
    assert_eq!(
        refused(&program, "tap cara --ask case-study"),
        ("unproven".into(), none())
    );

    program
        .run("register dora --will review --on 2026-06-02")
        .ok();
    assert_eq!(
        refused(&program, "tap dora --ask review"),
        ("score".into(), none())
    );
    program.run("register pia --will review,reference").ok();
    assert_eq!(
        refused(&program, "tap pia --ask reference"),
        ("score".into(), none())
    );
    program.run("tap pia --ask review").ok();

    program
        .run("register olga@old.example --will review,reference,case-study --on 2025-12-14")
        .ok();
    assert_eq!(
        refused(&program, "tap olga --ask reference"),
        ("freshness".into(), none())
    );
    program.run("tap olga --ask review").ok();

    program.run("edit cara --health red").ok();
    assert_eq!(
        refused(&program, "tap cara --ask review"),
        ("account-risk".into(), none())
    );
    program.run("edit cara --health green --escalated yes").ok();
    assert_eq!(
        refused(&program, "tap cara --ask review"),
        ("account-risk".into(), none())
    );
    program
        .run("edit cara --escalated no --renewal-on 2026-08-14")
        .ok();
    let renewal = refused(&program, "tap cara --ask reference");
    assert_eq!(renewal, ("renewal".into(), json!("2026-08-15")));
    program
        .run("edit cara --renewal-on 2026-08-15 --competitor 'Acme Corp'")
        .ok();
    assert_eq!(
        refused(&program, "tap cara --ask reference --prospect 'acme corp'"),
        ("conflict".into(), none())
    );
    program
        .run("tap cara --ask reference --prospect Other")
        .ok();
    program.run("outcome 3 declined").ok();
    program.at("2026-08-16");
    program.run("edit cara --renewal-on 2027-08-14").ok();
    let rest = refused(&program, "tap cara --ask reference");
    // By the day on which it ends, their goodwill has grown old.
    assert_eq!(rest, ("decline-rest".into(), none()));
    program.run("do-not-contact cara").ok();
    assert_eq!(
        refused(&program, "tap cara --ask review"),
        ("do-not-contact".into(), none())
    );
    program.run("retire olga --reason left").ok();
    assert_eq!(
        refused(&program, "tap olga --ask review"),
        ("stage".into(), none())
    );
    program.healthy();
}

#[test]
fn an_account_is_not_over_asked_either() {
    let mut program = Program::new();
    for (index, name) in ["ann", "bob", "cy", "dee"].iter().enumerate() {
        program.at(&format!("2026-0{}-15", index + 3));
        program
            .run(&format!(
                "register {name}@calm.example --will review,reference"
            ))
            .ok();
    }
    program.at("2026-06-30");
    program.run("tap ann --ask review --on 2026-06-01").ok();
    program.run("tap bob --ask review --on 2026-06-10").ok();
    program.run("tap cy --ask review").ok();
    assert_eq!(
        refused(&program, "tap dee --ask review"),
        ("account-cap".into(), json!("2026-09-01"))
    );
    program.at("2026-09-01");
    program.run("tap dee --ask review").ok();
    program.healthy();
}

#[test]
fn an_override_is_stored_and_reported_and_never_passes_do_not_contact() {
    let program = willing();
    program.run("tap nina --ask review").ok();
    program.run("tap nina --ask review --override ''").code(2);
    let tap = program.data("tap nina --ask logo --override 'she offered it herself'");
    assert_eq!(tap["overridden"], json!(["cap"]));
    let taps = program.data("taps nina");
    let text = taps[0].to_string();
    assert!(text.contains("she offered it herself"), "{text}");
    program.run("taps nina").ok().shows("overrode");
    let who: String = program
        .sql()
        .query_row(
            "SELECT actor FROM taps JOIN operations o ON o.id = taps.operation_id WHERE over_cap = 1",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(who, "Mona");
    // A reason where no rule refuses overrides nothing.
    let other = willing();
    let tap = other.data("tap nina --ask logo --override 'to be safe'");
    assert_eq!(tap["overridden"], Value::Null);
    program.run("do-not-contact nina").ok();
    let found = refused(
        &program,
        "tap nina --ask review --override 'the CEO wants it'",
    );
    assert_eq!(found.0, "do-not-contact");
    assert_eq!(program.count("taps"), 2);
    program.healthy();
}

#[test]
fn a_cap_is_policy() {
    let program = willing();
    program.run("policy set cap.low.max 2").ok();
    program.run("tap nina --ask review").ok();
    program.run("tap nina --ask logo").ok();
    assert_eq!(refused(&program, "tap nina --ask logo").0, "cap");
    program.run("policy set cap.low.max 0").ok();
    assert_eq!(
        refused(&program, "tap nina --ask logo"),
        ("cap".into(), Value::Null)
    );
}
