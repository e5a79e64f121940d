//! Referrals, whose loop closes when the company that was introduced becomes a customer.

use serde_json::json;

use crate::common::{Program, column};

#[test]
fn a_referral_whose_company_becomes_a_customer_closes_the_loop() {
    let mut program = Program::on("2026-04-01");
    program.advocate("ada@a.example", "Aster", "healthcare", "referral");
    program
        .run("deal add 'First' --prospect 'Northwind Clinics'")
        .ok();
    let tap = program.data("tap ada@a.example --ask referral")["tap_id"].clone();
    let early = program.fails(
        &format!("outcome {tap} accepted --introduced 'Northwind Clinics'"),
        2,
    );
    assert!(early["message"].as_str().unwrap().contains("completed"));
    program.at("2026-04-10");
    program.run(&format!("outcome {tap} accepted")).ok();
    program
        .run(&format!(
            "outcome {tap} completed --introduced 'Northwind Clinics' --deal 1"
        ))
        .ok();
    let taps = program.data("taps ada@a.example");
    assert_eq!(
        (&taps[0]["introduced"], &taps[0]["loop_closed"]),
        (&json!("Northwind Clinics"), &json!(false))
    );
    let table = program.run("taps ada@a.example").ok();
    table.shows("introduced");

    program.at("2026-05-10");
    let line = format!(
        "import accounts {}",
        program.fixture("import/accounts-salesforce.csv")
    );
    program.run(&line).code(4);
    let taps = program.data("taps ada@a.example");
    assert_eq!(taps[0]["loop_closed"], true);
    let touches = program.data("deal show 1")["touches"].clone();
    assert_eq!(column(&touches, "touch"), ["referral"]);
}

#[test]
fn the_domain_closes_the_loop_under_another_name() {
    let program = Program::on("2026-04-01");
    program.advocate("ada@a.example", "Aster", "healthcare", "referral,reference");
    let tap = program.data("tap ada@a.example --ask referral")["tap_id"].clone();
    program.run(&format!("outcome {tap} completed --introduced 'Northwind (Berlin)' --introduced-domain NORTHWIND-clinics.example")).ok();
    assert_eq!(program.data("taps")[0]["loop_closed"], false);
    program
        .run(&format!(
            "import accounts {}",
            program.fixture("import/accounts-salesforce.csv")
        ))
        .code(4);
    assert_eq!(program.data("taps")[0]["loop_closed"], true);
}
