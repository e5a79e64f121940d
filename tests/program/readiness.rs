//! The hard rules through the binary: what freshens, what proves, what rests, who speaks for a company, and the days that
//! are promised.

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use crate::common::{Program, column};

/// The addresses of those who can be asked.
fn ready(program: &Program, kind: &str) -> Vec<String> {
    let found = program.data(&format!("match --ask {kind}"));
    let emails = column(&found["ready"], "email");
    emails
        .iter()
        .map(|email| email.as_str().unwrap().to_owned())
        .collect()
}

fn refusal(program: &Program, line: &str) -> (String, Value) {
    let refused = program.fails(line, 3);
    let name = refused["refusal"].as_str().unwrap().to_owned();
    (name, refused["clears_on"].clone())
}

#[test]
fn a_day_is_promised_only_where_goodwill_lasts_until_then() {
    let mut program = Program::on("2026-01-05");
    program.run("register a@x.example --will reference").ok();
    program.at("2026-04-01");
    program.run("tap a@x.example --ask reference").ok();
    program.at("2026-04-02");
    let blocked = program.data("match --ask reference --why-not")["blocked"][0].clone();
    assert_eq!(blocked["refusal"], "cap");
    assert_eq!(
        (&blocked["clears_on"], &blocked["all_clear_on"]),
        (&json!(null), &json!(null))
    );
    let next = &program.data("next a@x.example")[0];
    assert_eq!(next["free_on"], json!(null));
    // A confirmation lasts until then.
    program.run("verify a@x.example --still-willing").ok();
    let blocked = program.data("match --ask reference --why-not")["blocked"][0].clone();
    assert_eq!(blocked["clears_on"], "2026-06-01");
    let free_from = &program.data("show a@x.example")["free_from"];
    assert_eq!(free_from["medium"], "2026-06-01");
    program.at("2026-05-31");
    assert_eq!(
        refusal(&program, "tap a@x.example --ask reference"),
        ("cap".into(), json!("2026-06-01"))
    );
    program.at("2026-06-01");
    program.run("tap a@x.example --ask reference").ok();
}

#[test]
fn a_long_hold_counts_until_it_lapses() {
    let mut program = Program::on("2026-07-01");
    program
        .run("register a@x.example --will reference,review")
        .ok();
    program.run("request open --ask reference").ok();
    program.run("hold a@x.example --request 1 --days 45").ok();
    for day in ["2026-07-01", "2026-08-01", "2026-08-14"] {
        program.at(day);
        assert_eq!(
            refusal(&program, "tap a@x.example --ask review"),
            ("cap".into(), json!("2026-08-15"))
        );
    }
    program.run("tap a@x.example --request 1").ok();
}

#[test]
fn what_is_known_of_the_account_alone_carries_small_asks_only() {
    let mut program = Program::on("2022-01-20");
    program.file("nps.csv", "email,score,date\nz@z.example,9,2022-01-15\n");
    program.run("import nps nps.csv").ok();
    program
        .run("register z@z.example --will review,case-study,reference")
        .ok();
    program.run("tap z@z.example --ask reference").ok();
    program.run("outcome 1 completed").ok();
    program.at("2026-01-20");
    program
        .run("signal add --account z.example --kind health")
        .ok();
    program
        .run("register late@z.example --will review --on 2025-01-10")
        .ok();
    assert_eq!(ready(&program, "case-study"), [""; 0]);
    assert_eq!(ready(&program, "reference"), [""; 0]);
    assert_eq!(ready(&program, "review"), ["z@z.example", "late@z.example"]);
    // Even where somebody noted it for one person; but what they do themselves is theirs.
    program.run("signal add z@z.example --kind renewal").ok();
    assert_eq!(ready(&program, "case-study"), [""; 0]);
    program
        .run("nominate z@z.example --by Ines --reason kind")
        .ok();
    assert_eq!(ready(&program, "case-study"), [""; 0]);
    program.run("signal add z@z.example --kind community").ok();
    assert_eq!(ready(&program, "case-study"), ["z@z.example"]);
}

#[test]
fn a_confirmation_and_a_good_word_freshen() {
    for freshens in [
        "verify a@x.example --still-willing",
        "touch a@x.example --kind business-review --good",
        "nominate a@x.example --by a@x.example --reason 'I like it'",
        "register a@x.example --will reference,review",
    ] {
        let mut program = Program::on("2026-01-05");
        program.run("register a@x.example --will reference").ok();
        program.at("2026-04-06");
        assert_eq!(ready(&program, "reference"), [""; 0]);
        let refused = program.fails("tap a@x.example --ask reference", 3);
        assert!(
            refused["hint"]
                .as_str()
                .unwrap()
                .contains("--still-willing")
        );
        for not in [
            "verify a@x.example",
            "touch a@x.example --kind business-review --answered",
            "nominate a@x.example --by Ines --reason kind",
        ] {
            program.run(not).ok();
            assert_eq!(ready(&program, "reference"), [""; 0], "{not}");
        }
        program.run(freshens).ok();
        assert_eq!(ready(&program, "reference"), ["a@x.example"], "{freshens}");
        program.healthy();
    }
    let program = Program::on("2026-01-05");
    program
        .run("nominate n@x.example --by Ines --reason kind")
        .ok();
    program
        .run("verify n@x.example --still-willing")
        .code(3)
        .says("advocate register n@x.example --will KINDS");
    program
        .run("touch n@x.example --kind check-in --good")
        .code(2);
}

#[test]
fn a_month_end_is_counted_forward() {
    let mut program = Program::on("2026-02-28");
    program.run("register a@x.example --will speaking").ok();
    program.run("policy set proven off").ok();
    program.at("2026-05-28");
    assert_eq!(ready(&program, "speaking"), ["a@x.example"]);
    program.at("2026-05-29");
    assert_eq!(ready(&program, "speaking"), [""; 0]);
}

#[test]
fn an_ask_that_went_badly_proves_nothing_and_rests_its_kind() {
    let mut program = Program::on("2026-01-05");
    program
        .run("register a@x.example --will review,reference,case-study")
        .ok();
    program.at("2026-02-05");
    program.run("tap a@x.example --ask reference").ok();
    program.run("outcome 1 completed --rating 2").ok();
    program.at("2026-04-05");
    assert_eq!(
        refusal(&program, "tap a@x.example --ask case-study"),
        ("unproven".into(), json!(null))
    );
    program.run("policy set freshness.reference.months 12").ok();
    program.run("policy set freshness.medium.months 12").ok();
    assert_eq!(
        refusal(&program, "tap a@x.example --ask reference"),
        ("rating-rest".into(), json!("2026-08-05"))
    );
    program.at("2026-08-04");
    assert_eq!(ready(&program, "reference"), [""; 0]);
    program.at("2026-08-05");
    assert_eq!(ready(&program, "reference"), ["a@x.example"]);
    program.run("policy set bad-rating.months 12").ok();
    assert_eq!(ready(&program, "reference"), [""; 0]);
    program.run("policy set bad-rating.most 1").ok();
    assert_eq!(ready(&program, "reference"), ["a@x.example"]);
}

#[test]
fn a_bigger_ask_proves_as_a_low_one() {
    let mut program = Program::on("2026-01-05");
    program
        .run("register a@x.example --will speaking,case-study")
        .ok();
    program.run("policy set proven.medium 2").ok();
    program.run("policy set proven.low 1").ok();
    program
        .run("tap a@x.example --ask speaking --override first")
        .ok();
    program.run("outcome 1 completed").ok();
    program.at("2026-04-05");
    program.run("tap a@x.example --ask case-study").ok();
}

#[test]
fn three_asks_in_vain_rest_all_until_they_are_heard_again() {
    let mut program = Program::on("2026-01-05");
    program.run("register a@x.example --will review,logo").ok();
    for (tap, (day, outcome)) in [
        ("2026-01-10", "no-reply"),
        ("2026-02-11", "declined"),
        ("2026-03-12", "withdrawn"),
        ("2026-04-13", "no-reply"),
    ]
    .into_iter()
    .enumerate()
    {
        program.at(day);
        let kind = if tap == 1 { "logo" } else { "review" };
        program.run(&format!("tap a@x.example --ask {kind}")).ok();
        program.run(&format!("outcome {} {outcome}", tap + 1)).ok();
    }
    program.at("2026-05-20");
    assert_eq!(
        refusal(&program, "tap a@x.example --ask review"),
        ("unanswered".into(), json!("2026-10-13"))
    );
    program.run("touch a@x.example --kind check-in").ok();
    assert_eq!(ready(&program, "review"), [""; 0]);
    let hint = program.fails("tap a@x.example --ask review", 3)["hint"].clone();
    assert!(hint.as_str().unwrap().contains("--answered"), "{hint}");
    program
        .run("touch a@x.example --kind check-in --answered")
        .ok();
    assert_eq!(ready(&program, "review"), ["a@x.example"]);
    // The day before it says so, nobody knew.
    program.at("2026-05-21");
    let then = program.data("match --ask review --as-of 2026-05-19");
    assert_eq!(then["ready"].as_array().unwrap().len(), 0);
    program.healthy();
}

#[test]
fn whoever_moved_to_no_customer_is_verified_first() {
    let mut program = Program::on("2026-01-05");
    program
        .run("register j@old.example --name Jo --account OldCo --industry healthcare --will reference")
        .ok();
    program.at("2026-01-25");
    program
        .run(
            "move j@old.example --account 'No Customer' --email j@new.example --no-repeat-customer",
        )
        .ok()
        .shows("advocate verify j@new.example");
    assert_eq!(
        refusal(&program, "tap j@new.example --ask reference"),
        ("moved".into(), json!(null))
    );
    let due = program.data("agenda --kind verify");
    assert_eq!(column(&due, "due_on"), ["2026-01-25"]);
    // Any sign that the company is a customer will do.
    for sign in [
        "edit j@new.example --health green",
        "edit j@new.example --renewal-on 2027-01-01",
        "edit j@new.example --product 'Ledger Pro'",
        "signal add --account 'No Customer' --kind expansion",
        "signal add j@new.example --kind repeat-customer",
        "register other@new.example --account 'No Customer' --will review",
    ] {
        let copy = Program::copy(&program.bytes(), "2026-01-25");
        copy.run(sign).ok();
        assert!(
            ready(&copy, "reference").contains(&"j@new.example".to_owned()),
            "{sign}"
        );
        assert_eq!(
            column(&copy.data("agenda --kind verify"), "who"),
            ["j@new.example"]
        );
    }
    program.run("verify j@new.example").ok();
    assert_eq!(ready(&program, "reference"), ["j@new.example"]);
    assert_eq!(program.data("agenda --kind verify"), json!([]));
    program.healthy();
}

#[test]
fn asks_are_no_contact() {
    let mut program = Program::on("2026-01-05");
    program.run("register b@b.example --will review").ok();
    program.at("2026-03-10");
    program.run("tap b@b.example --ask review").ok();
    program.run("outcome 1 accepted").ok();
    program.at("2026-04-05");
    let due = program.data("agenda --kind check-in");
    assert_eq!(column(&due, "due_on"), ["2026-04-05"]);
    program.run("touch b@b.example --kind other").ok();
    assert_eq!(program.data("agenda --kind check-in"), json!([]));
}

#[test]
fn the_parts_of_a_score_and_the_owner_are_for_programs_too() {
    let program = Program::on("2026-01-05");
    program
        .run("register a@x.example --will review --owner 'Ines Falk'")
        .ok();
    let found = program.data("match --ask review --explain")["ready"][0].clone();
    let parts = ["fit", "relationship", "track_record", "rest", "reciprocity"];
    let sum: f64 = parts.iter().map(|part| found[part].as_f64().unwrap()).sum();
    assert!(
        (sum - found["score"].as_f64().unwrap()).abs() < 0.3,
        "{found}"
    );
    assert_eq!(found["owner"], "Ines Falk");
    let plain = program.data("match --ask review")["ready"][0].clone();
    assert_eq!(plain["relationship"], json!(null));
    let csv = program
        .run("match --ask review --explain --format csv")
        .ok()
        .out;
    assert!(csv.starts_with(
        "rank,id,email,name,account,owner,ask,score,reasons,last_tapped_at,fit,relationship,"
    ));
}

#[test]
fn an_account_is_set_where_there_is_none_and_another_needs_a_move() {
    let program = Program::on("2026-01-05");
    program.run("register a@gmail.com --will review").ok();
    program
        .run("register a@gmail.com --will review --account Aster")
        .ok();
    let account = |who: &str| program.data(&format!("show {who}"))["account"].clone();
    assert_eq!(account("a@gmail.com"), "Aster");
    program
        .run("register a@gmail.com --will logo --account Borea")
        .code(2)
        .says("advocate move a@gmail.com --account Borea");
    assert_eq!(
        program.data("show a@gmail.com")["willing"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    program
        .run("register a@gmail.com --will logo --account aster")
        .ok();
    // An account that is known by its domain alone takes its name.
    program.file("nps.csv", "email,score,date\nz@z.example,9,2026-01-02\n");
    program.run("import nps nps.csv").ok();
    program
        .run("register z@z.example --will review --account Zephyr")
        .ok();
    assert_eq!(account("z@z.example"), "Zephyr");
    program
        .run("nominate z@z.example --reason kind --account Aster")
        .code(2)
        .says("advocate move z@z.example --account Aster");
}

#[test]
fn an_industry_is_known_by_its_names() {
    let program = Program::on("2026-01-05");
    for (who, industry) in [
        ("a@a.example", "Hospitals and Health Care"),
        ("b@b.example", "Hospital & Health Care"),
        ("c@c.example", "HOSPITAL_HEALTH_CARE"),
    ] {
        let line =
            format!("register {who} --account {who} --industry '{industry}' --will reference");
        program.run(&line).ok();
    }
    let found = program.data("match --ask reference --industry healthcare");
    assert_eq!(found["ready"].as_array().unwrap().len(), 3);
}

/// Every day that the demonstration promises: the ask passes on it, and not on the day before.
#[test]
fn every_promised_day_of_the_demonstration_holds() {
    let mut program = Program::empty();
    program.at("2026-07-01");
    program.run(&format!("demo {}", program.db.display())).ok();
    let bytes = program.bytes();
    let mut promised = 0;
    for kind in ["review", "reference", "case-study", "video"] {
        let answer = program.data(&format!("match --ask {kind} --why-not"));
        for row in answer["blocked"].as_array().unwrap() {
            assert_eq!(row["clears_on"], row["all_clear_on"]);
            let Some(day) = row["clears_on"].as_str() else {
                continue;
            };
            let who = row["email"].as_str().unwrap();
            let day: NaiveDate = day.parse().unwrap();
            for (on, code) in [(day - Days::new(1), 3), (day, 0)] {
                let then = Program::copy(&bytes, &on.to_string());
                then.run(&format!("tap {who} --ask {kind}")).code(code);
            }
            promised += 1;
        }
    }
    assert!(promised > 20, "{promised}");
}
