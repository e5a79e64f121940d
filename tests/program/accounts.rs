//! Accounts as things of their own: listed, shown, corrected, and two records of one made one.

use serde_json::{Value, json};

use crate::common::Program;
use crate::register;

/// Two records of one account, with an advocate at each, and an ask of the one.
fn twice() -> Program {
    let program = Program::new();
    register(&program, "nina@northwind.example", "Nina Albrecht");
    register(&program, "bea@northwind-clinic.example", "Bea Holt");
    for line in [
        "edit nina --account 'Northwind Clinics' --product Orrery",
        "edit bea --account 'Northwind Clinic'",
        "account edit 'Northwind Clinic' --domain northwind-clinic.example --crm-id 0017 --region EMEA --product Sextant",
        "account note 'Northwind Clinic' 'Opens a second site'",
        "account tag 'Northwind Clinic' +strategic",
        "signal add --account 'Northwind Clinic' --kind health --reading green",
        "tap bea --ask review",
    ] {
        program.run(line).ok();
    }
    program
}

fn of(rows: &Value, key: &str) -> Vec<String> {
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| row[key].as_str().unwrap_or("-").to_owned())
        .collect()
}

#[test]
fn two_records_of_an_account_become_one_and_two_again() {
    let mut program = twice();
    program.tell("account list").ok();
    let apart = program.data("account show 'Northwind Clinic'");
    let kept = program.data("account show 'Northwind Clinics'");
    program
        .tell("account merge 'Northwind Clinics' 'Northwind Clinic'")
        .ok();
    program.tell("account show 0017").ok();
    program.tell("account list").ok();
    program
        .tell("account merge 'Northwind Clinics' northwind-clinic.example")
        .code(2);
    program.healthy();
    program.tell("undo --yes").ok();
    assert_eq!(program.data("account show 'Northwind Clinic'"), apart);
    assert_eq!(program.data("account show 'Northwind Clinics'"), kept);
    program.healthy();
    insta::assert_snapshot!(program.story());
}

#[test]
fn the_cap_of_an_account_counts_the_asks_of_both_records() {
    let program = twice();
    program.run("policy set cap.account.max 1").ok();
    program.run("policy set cap.account.months 2").ok();
    let refused = |line: &str| program.run(line);
    refused("tap nina --ask review --dry-run").ok();
    program
        .run("account merge 'Northwind Clinics' 'Northwind Clinic'")
        .ok();
    refused("tap nina --ask review --dry-run").code(3);
}

#[test]
fn an_import_finds_the_account_that_was_kept() {
    let program = twice();
    program
        .run("account merge 'Northwind Clinics' 'Northwind Clinic'")
        .ok();
    program
        .run("account edit 'Northwind Clinics' --segment Enterprise")
        .ok();
    let file = "Account ID,Account Name,Segment,Industry,Country\n0017,Northwind Clinic,SMB,healthcare,Germany\n";
    program.file("accounts.csv", file);
    program
        .run("import accounts accounts.csv --map crm-id='Account ID' --map name='Account Name'")
        .ok();
    assert_eq!(program.count("accounts"), 2);
    let account = program.data("account show 'Northwind Clinics'");
    assert_eq!(account["segment"], json!("Enterprise"));
    assert_eq!(account["country"], json!("Germany"));
    assert_eq!(account["name"], json!("Northwind Clinics"));
    // A third record of it, and the second joins another: what was merged before comes along.
    register(&program, "kai@nw.example", "Kai Lund");
    program.run("edit kai --account 'NW Group'").ok();
    program
        .run("account merge 'NW Group' 'Northwind Clinics'")
        .ok();
    assert_eq!(
        program.data("account show 0017")["account"],
        json!("NW Group")
    );
    assert_eq!(of(&program.data("account list"), "account"), ["NW Group"]);
    program.healthy();
}

#[test]
fn a_new_account_that_is_called_nearly_as_a_known_one_is_noted() {
    let program = twice();
    program
        .run("register lou@nwc.example --name 'Lou Marsh' --will review --account 'Northwind Clinicss'")
        .ok()
        .says("account merge");
    program
        .run("register mia@osprey.example --name 'Mia Marsh' --will review --account Osprey")
        .ok()
        .silent_on_stderr();
}

#[test]
fn what_an_account_is_called_decides_and_doubt_is_refused() {
    let program = twice();
    program.run("account show northwind").code(2);
    program
        .run("account show nowhere")
        .code(2)
        .says("account list");
    program.run("account show 1").ok();
    program.run("account edit 'Northwind Clinics'").code(2);
    program
        .run("account edit 'Northwind Clinics' --domain northwind-clinic.example")
        .code(2);
}

#[test]
fn an_edit_says_what_was_there_before() {
    let program = twice();
    program
        .run("account edit 'Northwind Clinic' --health green")
        .ok();
    let edited = program.data("account edit 'Northwind Clinic' --region APAC --health red");
    let changes = edited["changes"].as_array().unwrap();
    let change = |field: &str| {
        let found = changes.iter().find(|row| row["field"] == field);
        found.unwrap_or_else(|| panic!("{field}: {edited}"))
    };
    assert_eq!(change("region")["before"], json!("EMEA"));
    assert_eq!(change("region")["after"], json!("APAC"));
    assert_eq!(change("health")["before"], json!("green"));
    assert_eq!(change("health")["after"], json!("red"));
}
