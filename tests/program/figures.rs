//! Figures that an independent recomputation found wrong once, each on the example that showed it.

use serde_json::{Value, json};

use crate::common::Program;

#[test]
fn an_asset_counts_as_published_while_it_is_published() {
    let mut program = Program::on("2026-03-05");
    program
        .run("asset add R --kind review --platform G2 --status published")
        .ok();
    program.run("asset edit 1 --status drafting").ok();
    let published = |program: &Program, period: &str| {
        program.data(&format!("report reviews --period {period}"))["published"].clone()
    };
    assert_eq!(published(&program, "2026-03"), 0);
    assert_eq!(program.data("asset list")[0]["published_on"], Value::Null);
    // It comes out in May, and is taken back in June.
    program
        .at("2026-05-10")
        .run("asset edit 1 --status published")
        .ok();
    program
        .at("2026-06-10")
        .run("asset edit 1 --status expired")
        .ok();
    for (period, expected) in [("2026-03", 0), ("2026-05", 1), ("2026-06", 0)] {
        assert_eq!(published(&program, period), expected, "{period}");
    }
    // Of the quarter nothing is left at its end.
    assert_eq!(published(&program, "2026-Q2"), 0);
}

#[test]
fn imported_history_counts_in_every_step_of_the_flywheel() {
    let program = Program::on("2026-01-05");
    program.file(
        "answers.csv",
        "email,score,date\na@x.example,10,2025-06-01\n",
    );
    program.file(
        "asks.csv",
        "email,ask,date,outcome\n\
         a@x.example,review,2025-07-01,completed\n\
         a@x.example,referral,2025-10-01,completed\n",
    );
    program.run("import nps answers.csv").ok();
    program.run("import taps asks.csv").ok();
    program.run("outcome 2 completed --introduced Newco").ok();
    let report = program.data("report flywheel --period 2026-01");
    let people = |step: &str| {
        let steps = report["steps"].as_array().unwrap();
        let found = steps.iter().find(|one| one["step"] == step).unwrap();
        found["people"].clone()
    };
    for (step, expected) in [
        ("low-ask", 1),
        ("medium-ask", 1),
        ("high-ask", 0),
        ("referral", 1),
    ] {
        assert_eq!(people(step), expected, "{step}");
    }
    assert_eq!(report["repeaters"]["numerator"], 1);
    assert_eq!(report["repeaters"]["denominator"], 1);
}

#[test]
fn a_company_that_two_people_introduced_is_one() {
    let mut program = Program::on("2026-01-05");
    for who in ["a@x.example", "b@y.example", "c@z.example"] {
        program.run(&format!("register {who} --will referral")).ok();
        program.run(&format!("tap {who} --ask referral")).ok();
    }
    program
        .run("outcome 1 completed --introduced 'Newco' --introduced-domain newco.example")
        .ok();
    program.run("outcome 2 completed --introduced newco").ok();
    program.run("outcome 3 completed --introduced Oldco").ok();
    let closed = |program: &Program| {
        let report = program.data("report flywheel --period 2026-Q1");
        let closed = &report["introductions_closed"];
        (closed["numerator"].clone(), closed["denominator"].clone())
    };
    assert_eq!(closed(&program), (json!(0), json!(2)));
    // Nina is the first of the new customer's people.
    program.at("2026-02-01");
    program
        .run("register nina@newco.example --account Newco --will review")
        .ok();
    assert_eq!(closed(&program), (json!(1), json!(2)));
}

#[test]
fn each_day_of_a_touch_is_tested_against_the_ninety_days() {
    let mut program = Program::on("2026-01-05");
    program.run("register a@x.example --will reference").ok();
    program
        .run("deal add D1 --prospect P --amount 100 --currency EUR --stage Prospecting --opened 2026-01-01")
        .ok();
    program.run("request open --ask reference --deal 1").ok();
    program.run("tap a@x.example --request 1").ok();
    program.at("2026-01-10").run("outcome 1 accepted").ok();
    program.at("2026-02-01").run("outcome 1 completed").ok();
    // Completed 78 days before the opening, accepted 100 days before.
    program
        .at("2026-05-01")
        .run("deal edit 1 --opened 2026-04-20")
        .ok();
    let report = program.data("report influence --period 2026-Q2 --rows");
    assert_eq!(report["totals"][0]["deals_open"], 1);
    let rows = report["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["on"], "2026-02-01");
    let touches = &program.data("deal show 1")["touches"];
    assert_eq!(
        (&touches[0]["on"], &touches[0]["qualifies"]),
        (&json!("2026-02-01"), &json!(true))
    );
}

#[test]
fn the_range_is_the_documented_one() {
    let program = Program::on("2026-01-05");
    let answers = [("p", 16, 9), ("q", 10, 7), ("d", 4, 3)].map(|(who, many, score)| {
        let one = |number| format!("{who}{number}@x.example,{score},2026-01-02\n");
        (0..many).map(one).collect::<String>()
    });
    let answers = answers.concat();
    program.file("answers.csv", format!("email,score,date\n{answers}"));
    program.run("import nps answers.csv").ok();
    let report = program.data("report nps --period 2026-01");
    // 60.9504 with 1.96; 60.9498 with more digits of it.
    assert_eq!(report["all_responses"]["high"], 61.0);
}

#[test]
fn a_converted_sum_is_rounded_once() {
    let program = Program::on("2026-01-05");
    program
        .run("asset add A --kind case-study --status published")
        .ok();
    let amounts = [
        "333.33 USD",
        "333.33 USD",
        "333.33 USD",
        "5000 JPY",
        "10.01 GBP",
        "100 EUR",
        "1.234 KWD",
    ];
    for (number, amount) in amounts.into_iter().enumerate() {
        let (number, (amount, currency)) = (number + 1, amount.split_once(' ').unwrap());
        program
            .run(&format!(
                "deal add D{number} --prospect P{number} --amount {amount} --currency {currency} \
                 --stage Prospecting --opened 2026-01-01"
            ))
            .ok();
        program.run(&format!("asset use 1 --deal {number}")).ok();
    }
    program.run("policy set exchange.into EUR").ok();
    program
        .run("policy set exchange.rates 'GBP 1.15; USD 0.92; JPY 0.0061; KWD 3.01'")
        .ok();
    // 919.9908 + 30.5 + 11.5115 + 100 + 3.71434 = 1065.71664.
    let report = program.data("report influence --period 2026-01");
    assert_eq!(report["pipeline_converted"]["amount_minor"], 106_572);
}

#[test]
fn all_figures_stand_beside_those_of_the_other_period() {
    let program = Program::on("2026-04-05");
    program
        .run("asset add C --kind case-study --status published --on 2026-02-10")
        .ok();
    let report = program.data("report reviews --period 2026-03 --compare previous");
    assert_eq!(report["case_studies_published"], 0);
    assert_eq!(report["beside"]["case_studies_published"], 1);
    assert_eq!(report["beside"]["case_study_weeks"]["n"], 0);
}
