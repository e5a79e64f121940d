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

/// Alpha with Ann and Beta with Bob.
fn two() -> Program {
    let program = Program::new();
    for line in [
        "register ann@alpha.example --name Ann --account Alpha --will review",
        "register bob@beta.example --name Bob --account Beta --will review",
    ] {
        program.run(line).ok();
    }
    program
}

#[test]
fn the_number_of_a_merged_record_is_that_of_the_account() {
    let program = two();
    program.run("account merge 1 2").ok();
    program.run("account merge 1 2").code(2);
    program.run("account merge 2 1").code(2);
    for line in [
        "account note 2 'kept words'",
        "account tag 2 +kept",
        "account edit 2 --phone 123",
        "signal add --account 2 --kind expansion",
    ] {
        program.run(line).ok();
    }
    let alpha = program.data("account show Alpha");
    assert_eq!(alpha["phone"], json!("123"));
    assert_eq!(alpha["tags"], json!(["kept"]));
    assert_eq!(alpha["notes"][0]["note"], json!("kept words"));
    assert_eq!(alpha["signals"].as_array().unwrap().len(), 1);
    assert_eq!(
        of(&program.data("list --account 2"), "name"),
        ["Ann", "Bob"]
    );
    // Whoever moves to a number moves to that account.
    program
        .run("move bob --account 2 --no-repeat-customer")
        .code(2);
    assert_eq!(program.count("accounts"), 2);
    // An account that is called by a figure is another one where that is insisted on.
    program
        .run("move bob --account 2 --new-account --no-repeat-customer")
        .ok();
    assert_eq!(program.count("accounts"), 3);
    program.healthy();
}

#[test]
fn no_undo_makes_a_record_part_of_one_that_is_part_of_another() {
    let program = two();
    program.run("account merge Alpha Beta").ok();
    program
        .run("undo --yes")
        .ok()
        .shows("stays with the account that was kept");
    program.run("account merge Beta Alpha").ok();
    program
        .run("undo 5 --yes")
        .code(3)
        .says("a later merge builds on it");
    assert_eq!(of(&program.data("account list"), "account"), ["Beta"]);
    let people = Program::new();
    register(&people, "ann@alpha.example", "Ann");
    register(&people, "bob@alpha.example", "Bob");
    for line in ["merge 1 2 --yes", "undo --yes", "merge 2 1 --yes"] {
        people.run(line).ok();
    }
    people.run("undo 5 --yes").code(3);
    people.healthy();
}

#[test]
fn whoever_is_on_record_twice_is_counted_once() {
    let program = Program::new();
    for email in ["ann@alpha.example", "ann.b@alpha.example"] {
        program
            .run(&format!(
                "register {email} --name Ann --account Alpha --will review"
            ))
            .ok();
    }
    program.run("merge 1 2 --yes").ok();
    assert_eq!(program.data("account list")[0]["people"], json!(1));
    let alpha = program.data("account show Alpha");
    assert_eq!(alpha["people"].as_array().unwrap().len(), 1);
}

#[test]
fn keys_of_an_account_are_checked_as_they_are_typed() {
    let program = two();
    program.run("account edit Alpha --crm-id 001A").ok();
    program.run("account edit Beta --crm-id 001B").ok();
    program.run("account edit Alpha --crm-id 001B").code(2);
    program
        .run("account edit Alpha --domain 'https://www.Alpha.example/about'")
        .ok();
    let domain = program.data("account show Alpha")["domain"].clone();
    assert_eq!(domain, json!("alpha.example"));
    for none in ["'not a domain'", "x@alpha.example", "gmail.com"] {
        program
            .run(&format!("account edit Alpha --domain {none}"))
            .code(2);
    }
    program.run("account merge Alpha Beta").ok();
    program
        .run("account edit Alpha --crm-id 001B")
        .code(2)
        .says("part of Alpha already");
}

#[test]
fn two_accounts_of_one_name_are_told_apart_by_their_numbers() {
    let program = two();
    program.run("account merge Alpha Beta").ok();
    program.run("account edit Alpha --name Beta").ok();
    program.run("undo 4 --yes").ok();
    program
        .run("account show Beta")
        .code(2)
        .says("number 2: Beta");
    program
        .run("account show 2")
        .ok()
        .shows("advocate list --account 2 --free-now");
}
