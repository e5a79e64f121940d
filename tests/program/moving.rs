//! `move`: the history goes with the person, old asks stay with the old account, and it can be taken back.

use crate::common::{Program, has_keys};
use crate::{nina, register};

/// Nina at Northwind, with an ask that is completed.
fn with_nina() -> Program {
    let program = Program::new();
    nina(&program);
    program
        .run("edit nina --account 'Northwind Clinics' --title Director")
        .ok();
    program.run("tap nina --ask review --on 2026-03-02").ok();
    program
        .run("outcome 1 completed --rating 5 --on 2026-03-05")
        .ok();
    program
}

#[test]
fn somebody_goes_to_another_account() {
    let mut program = with_nina();
    register(&program, "omar@silverbirch.example", "Omar Farouk");
    program
        .tell("move nina --account silverbirch.example --on 2026-06-01 --title CIO --email nina@silverbirch.example --repeat-customer --note 'met at the fair'")
        .ok();
    program.tell("show nina@northwind.example").ok();
    program.tell("taps nina").ok();
    program.tell("show nina --as-of 2026-05-31").ok();
    program.tell("move nina --back").ok();
    program.tell("show nina").ok();
    program.healthy();
    insta::assert_snapshot!(program.story());
}

#[test]
fn what_cannot_be_followed_is_said_with_the_way_on() {
    let mut program = with_nina();
    for line in [
        "move nina",
        "move nina --account Northwind",
        "move nina --account 'Northwind Clinic'",
        "move nina --back",
        "move nina --back --account Elsewhere",
        "move nina --account Elsewhere --on 2026-06-16",
        "move nobody --account Elsewhere",
        "move nina --account 'Northwind Clinics'",
        "move nina --email not-an-address",
    ] {
        program.tell(line).code(2);
    }
    let before = program.rows();
    program
        .run("move nina --account Elsewhere --on 2026-06-16")
        .code(2);
    assert_eq!(program.rows(), before);
    program.run("move nina --account Elsewhere").ok();
    program
        .tell("move nina --account Northwind --new-account --on 2026-06-01")
        .code(2);
    program
        .tell("edit nina --account 'Northwind Clinics'")
        .code(2);
    register(&program, "nina@else.example", "Nina A.");
    program
        .tell("move nina@n --email nina@else.example")
        .code(2);
    insta::assert_snapshot!(program.story());
    program.healthy();
}

#[test]
fn two_accounts_of_one_name_are_told_apart() {
    let program = with_nina();
    program.file(
        "accounts.csv",
        "Account Name,Website,Account ID,Industry\nAcme,acme.example,A1,retail\nAcme,acme.co.example,A2,retail\n",
    );
    program.run("import accounts accounts.csv").ok();
    program
        .run("move nina --account acme")
        .code(2)
        .says("`acme` could be 2 accounts")
        .says("number 2: Acme (acme.example), number 3: Acme (acme.co.example)");
    program.run("move nina --account A2").ok();
    program.run("move nina --account acme.example").ok();
    let moves = program.data("show nina")["moves"].clone();
    assert_eq!(moves.as_array().unwrap().len(), 2);
    program.healthy();
}

#[test]
fn the_old_account_keeps_its_asks_and_the_new_one_has_room() {
    let program = Program::new();
    program.run("policy set cap.account.max 1").ok();
    nina(&program);
    register(&program, "bea@northwind.example", "Bea Holt");
    register(&program, "carl@else.example", "Carl Roth");
    program.run("tap nina --ask review").ok();
    program.run("move nina --account else.example").ok();
    let capped = program.run("tap bea --ask review --json").code(3).error();
    assert_eq!(capped["refusal"], "account-cap");
    program.run("tap carl --ask review").ok();
    let tap = program.data("taps nina")[0].clone();
    assert_eq!(tap["account"], "northwind.example");
    program.healthy();
}

#[test]
fn an_ask_before_the_move_is_one_of_the_old_account() {
    let mut program = Program::new();
    program.run("policy set cap.account.max 1").ok();
    program.at("2026-01-15");
    nina(&program);
    register(&program, "bea@northwind.example", "Bea Holt");
    program.at("2026-06-15");
    register(&program, "bea@northwind.example", "Bea Holt");
    program.run("tap bea --ask review --on 2026-02-20").ok();
    program
        .run("move nina --account Elsewhere --on 2026-04-01")
        .ok();
    let capped = program
        .run("tap nina --ask review --on 2026-02-24 --json")
        .code(3)
        .error();
    assert_eq!(capped["refusal"], "account-cap");
    program
        .run("tap nina --ask review --on 2026-02-24 --override 'it was asked'")
        .ok();
    assert_eq!(program.data("taps nina")[0]["account"], "northwind.example");
    program.healthy();
}

#[test]
fn scripts_find_the_keys() {
    let program = with_nina();
    let data = program.data("move nina --account Elsewhere --industry retail");
    has_keys(
        &data,
        &[
            "email",
            "name",
            "email_was",
            "account",
            "was",
            "moved_on",
            "account_new",
            "repeat_customer",
        ],
    );
    assert_eq!(
        (&data["account"], &data["was"], &data["account_new"]),
        (
            &"Elsewhere".into(),
            &"Northwind Clinics".into(),
            &true.into()
        )
    );
    assert_eq!(data["repeat_customer"], false);
    assert_eq!(program.count("signals"), 0);
    assert_eq!(program.data("show nina")["industry"], "retail");
}

#[test]
fn a_new_address_finds_them_and_so_does_the_old_one() {
    let program = with_nina();
    program.run("move nina --email nina.a@home.example").ok();
    program.file(
        "survey.csv",
        "Email,Score,Date\nnina@northwind.example,9,2026-06-01\nNina.A@home.example,10,2026-06-02\n",
    );
    let data = program.data("import nps survey.csv");
    assert_eq!((&data["people_new"], &data["new"]), (&0.into(), &2.into()));
    let whole = program.data("show nina@northwind.example");
    assert_eq!(whole["email"], "nina.a@home.example");
    assert_eq!(
        whole["other_emails"],
        serde_json::json!(["nina@northwind.example"])
    );
    assert_eq!(whole["responses"].as_array().unwrap().len(), 2);
    // And back: an address that is theirs already changes places.
    program.run("move nina --email nina@northwind.example").ok();
    assert_eq!(program.count("people"), 2);
    assert_eq!(
        program.data("show nina.a@home.example")["email"],
        "nina@northwind.example"
    );
    program.healthy();
}

#[test]
fn a_move_that_was_a_mistake_leaves_no_trace_in_what_is_current() {
    let program = with_nina();
    let before = program.data("show nina");
    program
        .run("move nina --account Elsewhere --title Boss --email n@else.example --repeat-customer")
        .ok();
    assert_eq!(program.count("signals"), 1);
    program.run("move nina --back").ok();
    let after = program.data("show nina");
    for key in ["email", "title", "account", "other_emails", "moments"] {
        assert_eq!(after[key], before[key], "{key}");
    }
    assert_eq!(program.count("signals"), 0);
    assert_eq!(program.count("account_moves"), 2);
    program.healthy();
}

#[test]
fn check_sees_an_account_that_no_move_led_to() {
    let program = with_nina();
    program.run("move nina --account Elsewhere").ok();
    program
        .sql()
        .execute("UPDATE people SET account_id = 1", [])
        .unwrap();
    program.run("check").code(1).shows("the newest move leads");
}
