//! `touch`, `give`, `policy menu`, `policy budget`, `report reciprocity`, and what they do to `match`.

use serde_json::{Value, json};

use crate::common::{Program, has_keys};
use crate::{nina, register};

/// Nina and Oliver each completed a reference in February; Nina was thanked.
fn two_references() -> Program {
    let mut program = Program::new();
    program.at("2026-01-05");
    nina(&program);
    register(&program, "oliver@fernhill.example", "Oliver Penrose");
    program.at("2026-02-02");
    for (tap, who) in [(1, "nina"), (2, "oliver")] {
        program.run(&format!("tap {who} --ask reference")).ok();
        program
            .run(&format!("outcome {tap} completed --rating 5"))
            .ok();
    }
    program.at("2026-06-15");
    program
}

#[test]
fn thanks_and_gifts() {
    let mut program = two_references();
    for line in [
        "touch nina --kind thank-you --tap 1 --on 2026-02-03 --note 'a card'",
        "policy menu",
        "give nina --item swag --tap 1",
        "give nina --item 'Executive Time' --by Ines",
        "policy set budget.2026 '60 USD'",
        "give oliver --item swag --cost '10.50 USD' --on 2026-06-01",
        "give oliver --item swag --cost '5 EUR'",
        "policy budget",
        "show nina",
        "report reciprocity --period 2026 --by owner --rows",
    ] {
        program.tell(line).ok();
    }
    insta::assert_snapshot!(program.story());
    program.healthy();
}

#[test]
fn what_cannot_be_given_or_touched() {
    let mut program = two_references();
    for line in [
        "give nina --item swagg",
        "give nina --item yacht",
        "give nina --item swag --cost 25",
        "give nina --item swag --cost '-1 USD'",
        "give nina --item swag --tap 2",
        "give nina --item swag --tap 99",
        "give nina --item swag --on 2026-06-16",
        "touch nina --kind hug",
        "touch nobody --kind check-in",
        "touch nina --kind check-in --tap 2",
        "policy set menu.Wine 'free; gold'",
        "policy set menu.wine gold",
        "policy set budget.2026 lots",
        "policy show budget",
        "report reciprocity --by ask",
    ] {
        program.tell(line).code(2);
    }
    assert_eq!((program.count("gives"), program.count("touches")), (0, 0));
    insta::assert_snapshot!(program.story());
}

#[test]
fn a_warning_is_said_even_quietly_and_the_give_is_recorded() {
    let program = Program::new();
    nina(&program);
    let ran = program.run("give nina --item early-access --quiet").ok();
    assert_eq!(ran.out, "");
    let ran =
        ran.says("warning: early-access is meant for silver and above; this tier is community");
    assert!(ran.err.contains("recorded all the same"));
    assert_eq!(program.count("gives"), 1);
    let data = program.data("give nina --item early-access");
    has_keys(
        &data,
        &[
            "give_id", "email", "item", "cost", "given_on", "tap_id", "warnings",
        ],
    );
    assert_eq!((&data["cost"], &data["give_id"]), (&Value::Null, &json!(2)));
    // A touch is contact, which somebody on this list must not have.
    program
        .run("do-not-contact nina --reason 'asked to stop'")
        .ok();
    program
        .run("touch nina --kind check-in -q")
        .ok()
        .says("warning: nina");
}

#[test]
fn the_tier_of_a_give_is_that_of_its_day() {
    let program = two_references();
    let warned = |line: &str| !program.run(line).ok().err.is_empty();
    // Silver since February; community before.
    assert!(warned("give nina --item early-access --on 2026-01-20"));
    assert!(!warned("give nina --item early-access --on 2026-02-02"));
    program
        .run("tier set nina gold --reason 'on the board' --on 2026-06-10")
        .ok();
    assert!(warned("give nina --item executive-time --on 2026-06-09"));
    assert!(!warned("give nina --item executive-time --on 2026-06-10"));
}

#[test]
fn whoever_is_overdrawn_ranks_lower_and_it_is_said_why() {
    let program = two_references();
    let ready = |day: &str| -> Vec<(String, String)> {
        let found = program.data(&format!("match --ask review --as-of {day}"));
        let rows = found["ready"].as_array().unwrap().clone();
        let row = |row: &Value| {
            (
                row["email"].as_str().unwrap().to_owned(),
                row["reasons"].to_string(),
            )
        };
        rows.iter().map(row).collect()
    };
    let both = ready("2026-06-15");
    assert!(
        both.iter()
            .all(|(_, reasons)| reasons.contains("overdrawn: completed 1, received 0"))
    );
    assert_eq!(both[0].0, "nina@northwind.example");
    program
        .run("touch oliver --kind thank-you --tap 2 --on 2026-06-10")
        .ok();
    let after = ready("2026-06-15");
    assert_eq!(after[0].0, "oliver@fernhill.example");
    assert!(!after[0].1.contains("overdrawn") && after[1].1.contains("overdrawn"));
    assert_eq!(ready("2026-06-09")[0].0, "nina@northwind.example");
}

#[test]
fn the_report_counts_to_the_cent_and_to_the_day() {
    let mut program = two_references();
    program.run("policy set budget.2026 '100 USD; 20 EUR'").ok();
    program
        .run("touch nina --kind thank-you --on 2026-02-03")
        .ok();
    program
        .run("give nina --item swag --cost '0.10 USD' --on 2026-03-31")
        .ok();
    program
        .run("give nina --item swag --cost '0.20 USD' --on 2026-04-01")
        .ok();
    program
        .run("give nina --item swag --cost '7 CHF' --on 2026-04-02")
        .ok();
    let report = program.data("report reciprocity --period 2026-Q1 --compare 2026-Q2");
    assert_eq!(
        (
            &report["taken"],
            &report["completed"],
            &report["gives"],
            &report["touches"]
        ),
        (&json!(2), &json!(2), &json!(1), &json!(1))
    );
    assert_eq!(
        report["per_tap"],
        json!({"numerator": 2, "denominator": 2, "value": 1.0, "small_n": true})
    );
    assert_eq!(
        (&report["balance"], &report["overdrawn"]),
        (&json!(0), &json!(1))
    );
    // Beside it, where April's gifts are in the balance.
    assert_eq!(
        (&report["beside"]["gives"], &report["beside"]["balance"]),
        (&json!(2), &json!(2))
    );
    let people = report["advocates"].as_array().unwrap();
    assert_eq!(people[0]["email"], "oliver@fernhill.example");
    assert_eq!(
        (&people[0]["balance"], &people[0]["overdrawn"]),
        (&json!(-1), &json!(1))
    );
    let spend = report["spend"].as_array().unwrap();
    let usd = spend.iter().find(|line| line["currency"] == "USD").unwrap();
    assert_eq!(usd["spent_in_period"]["amount_minor"], 10);
    assert_eq!(
        (&usd["spent"]["amount_minor"], &usd["left"]["amount_minor"]),
        (&json!(30), &json!(9970))
    );
    let chf = spend.iter().find(|line| line["currency"] == "CHF").unwrap();
    assert_eq!((&chf["budget"], &chf["left"]), (&Value::Null, &Value::Null));
    // The same in CSV: rates and money in columns of their own.
    program.at("2027-02-03");
    let later = program.data("report reciprocity");
    assert_eq!(
        later["overdrawn"], 0,
        "what was completed a year ago is no longer owed"
    );
}

#[test]
fn the_past_is_answered_as_it_was() {
    let mut program = Program::new();
    program.at("2026-01-05");
    nina(&program);
    let days: [(&str, &[&str]); 5] = [
        (
            "2026-01-12",
            &["tap nina --ask review", "policy set budget.2026 '40 USD'"],
        ),
        (
            "2026-01-20",
            &[
                "outcome 1 completed --rating 4",
                "touch nina --kind thank-you --tap 1",
            ],
        ),
        (
            "2026-02-10",
            &[
                "give nina --item swag",
                "tier set nina gold --reason 'speaks for us'",
            ],
        ),
        (
            "2026-03-10",
            &[
                "policy set menu.swag none",
                "tier set nina computed --reason 'a year on'",
            ],
        ),
        (
            "2026-04-10",
            &[
                "touch nina --kind check-in",
                "policy set budget.2026 '90 USD'",
            ],
        ),
    ];
    let questions = [
        "show nina",
        "list --tier gold",
        "tier list",
        "tier show nina",
        "policy menu",
        "policy budget",
        "next nina",
        "next --all",
        "report reciprocity --period 2026 --rows --by tier",
        "match --ask review --why-not",
    ];
    let mut asked = Vec::new();
    for (day, deeds) in days {
        program.at(day);
        for deed in deeds {
            program.run(deed).ok();
        }
        program.at(&format!("{day}T23:59:59Z"));
        for question in questions {
            let answer = program.run(&format!("{question} --json")).ok().json();
            asked.push((day, question, answer));
        }
    }
    program.at("2026-08-01");
    for (day, question, then) in asked {
        let now = program
            .run(&format!("{question} --as-of {day} --json"))
            .ok()
            .json();
        assert_eq!(now, then, "{question} --as-of {day}");
    }
    program.healthy();
}
