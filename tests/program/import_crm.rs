//! `import accounts`, `import people`.

use serde_json::json;

use crate::common::{Program, fixture};

fn line(what: &str, file: &str) -> String {
    format!("import {what} {}", fixture("import").join(file).display())
}

#[test]
fn a_file_that_changes_fields_says_before_and_now() {
    let program = Program::new();
    program.file(
        "a.csv",
        "Name,Industry,Owner\nKestrel,retail,Dana\nOsprey,retail,Dana\n",
    );
    let first = program.data("import accounts a.csv");
    assert_eq!(first["changes"], serde_json::Value::Null);
    program.file(
        "b.csv",
        "Name,Industry,Owner\nKestrel,energy,Dana\nOsprey,retail,Omar\n",
    );
    let said = program.run("import accounts b.csv").ok();
    said.shows("What it says now")
        .shows("Kestrel  industry  retail  energy")
        .shows("Osprey   owner     Dana    Omar");
    // No more than fit on a screen, and how many there are.
    let many = |title: &str| {
        let rows = (0..30).map(|n| format!("p{n}@kestrel.example,P{n},{title}\n"));
        format!("Email,Name,Title\n{}", rows.collect::<String>())
    };
    program.file("c.csv", many("Head"));
    program.run("import people c.csv").ok();
    program.file("d.csv", many("Chief"));
    let told = program.data("import people d.csv");
    assert_eq!(told["changes_in_all"], 30);
    assert_eq!(told["changes"].as_array().unwrap().len(), 20);
}

#[test]
fn crm_exports_create_then_change_nothing() {
    let mut program = Program::new();
    for (what, file) in [
        ("accounts", "accounts-salesforce.csv"),
        ("accounts", "accounts-hubspot.csv"),
        ("people", "people-salesforce.csv"),
        ("people", "people-hubspot.csv"),
    ] {
        let name = program.fixture(&format!("import/{file}"));
        program.tell(&format!("import {what} {name}"));
        let before = (
            program.count("accounts"),
            program.count("people"),
            program.count("edits"),
        );
        let again = program.run(&format!("{} --json", line(what, file))).data();
        assert_eq!(
            (&again["new"], &again["changed"]),
            (&json!(0), &json!(0)),
            "{file}: {again}"
        );
        let after = (
            program.count("accounts"),
            program.count("people"),
            program.count("edits"),
        );
        assert_eq!(before, after, "{file}");
    }
    insta::assert_snapshot!(program.story());
    program.healthy();
}

#[test]
fn a_crm_updates_what_it_knows_but_not_what_a_hand_confirmed() {
    let program = Program::new();
    program.file(
        "people.csv",
        "Email,Name,Job Title,Account Name\nnina@northwind.example,Nina A.,Director,Northwind\n",
    );
    program.run("import people people.csv").ok();
    program.file(
        "people2.csv",
        "Email,Name,Job Title,Account Name\nnina@northwind.example,Nina Albrecht,VP,Northwind\n",
    );
    let data = program.data("import people people2.csv");
    assert_eq!(data["changed"], 1, "{data}");
    assert_eq!(program.data("show nina")["title"], "VP");
    // Typing what stands there already confirms it as much as changing it.
    program
        .run("register nina@northwind.example --title VP --industry media --will review")
        .ok();
    program.run("import people people.csv").ok();
    let nina = program.data("show nina");
    assert_eq!(
        (&nina["title"], &nina["name"]),
        (&json!("VP"), &json!("Nina A."))
    );
    program.file(
        "accounts.csv",
        "Account Name,Domain,Industry,Region\nNorthwind,northwind.example,Retail,EMEA\n",
    );
    program.run("import accounts accounts.csv").ok();
    let nina = program.data("show nina");
    assert_eq!(
        (&nina["industry"], &nina["region"]),
        (&json!("media"), &json!("EMEA"))
    );
    program.healthy();
}

#[test]
fn dry_runs_and_rejects_of_crm_imports() {
    let program = Program::new();
    let before = program.rows();
    program
        .run(&format!(
            "{} --dry-run",
            line("accounts", "accounts-hubspot.csv")
        ))
        .code(4);
    assert_eq!(program.rows(), before);
    let rejects = program.path("rejects.csv");
    let ran = program.run(&format!(
        "{} --rejects {}",
        line("people", "people-hubspot.csv"),
        rejects.display()
    ));
    ran.code(4);
    let text = std::fs::read_to_string(rejects).unwrap();
    assert!(text.contains("bad address"), "{text}");
}

#[test]
fn an_export_of_something_else_makes_no_deals_and_no_accounts_of_people() {
    let mut program = Program::new();
    program.at("2026-07-01");
    let survey = fixture("import/delighted.csv");
    program
        .run(&format!("import nps {}", survey.display()))
        .ok();
    let accounts = program.count("accounts");
    program
        .run(&line("deals", "delighted.csv"))
        .code(2)
        .says("no column holds the stage");
    program.run(&line("accounts", "delighted.csv")).ok();
    assert_eq!(program.count("accounts"), accounts);
    let workbook = program.file("export.xlsx", b"PK\x03\x04 and more");
    program
        .run(&format!("import nps {}", workbook.display()))
        .code(2)
        .says("the workbook cannot be read")
        .says("CSV");
}

#[test]
fn a_word_for_nothing_and_a_destroyed_number_are_no_ids() {
    let program = Program::new();
    for id in ["NA", "1.23E+18"] {
        program.file(
            "people.csv",
            format!(
                "Contact ID,First Name,Last Name,Email,Account ID,Account Name\n\
                 {id},Ann,A,ann@a.example,{id},Alpha\n{id},Bob,B,bob@b.example,{id},Beta\n"
            ),
        );
        program.run("import people people.csv").ok();
        program.file(
            "accounts.csv",
            format!("Account ID,Account Name\n{id},Gamma\n{id},Delta\n"),
        );
        let ran = program.run("import accounts accounts.csv --json").ok();
        if id != "NA" {
            ran.says("destroyed by a spreadsheet");
        }
    }
    assert_eq!((program.count("people"), program.count("accounts")), (2, 4));
}

#[test]
fn half_a_name_replaces_no_whole_one() {
    let program = Program::new();
    let name = || program.data("show ann@a.example")["name"].clone();
    let import = |first: &str, last: &str| {
        program.file(
            "people.csv",
            format!("First Name,Last Name,Email\n{first},{last},ann@a.example\n"),
        );
        program.run("import people people.csv").ok();
        name()
    };
    assert_eq!(import("Ann", ""), "Ann");
    assert_eq!(import("Ann", "Lee"), "Ann Lee");
    assert_eq!(import("Ann", ""), "Ann Lee");
    assert_eq!(import("Ann", "Lee-Ray"), "Ann Lee-Ray");
}

#[test]
fn quiet_imports_tell_what_was_rejected() {
    let program = Program::new();
    program.file("people.csv", "Name,Email\nAnn,ann@a.example\nBob,nowhere\n");
    program
        .run("import people people.csv --quiet")
        .code(4)
        .says("people.csv line 3 (record 2): `nowhere` is not an e-mail address");
}

#[test]
fn a_hint_names_the_kind_of_import_and_the_delimiter_of_the_file() {
    let program = Program::new();
    let file = program.fixture("import/people-hubspot.csv");
    for command in ["import people", "policy targets import", "import nps"] {
        program
            .run(&format!("{command} {file} --profile nothere"))
            .code(2)
            .says("there is no profile `nothere`")
            .says(&format!("advocate {command} FILE --map FIELD=HEADER"));
    }
    let tabs = "email\tscore\tdate\nnina@northwind.example\t9\t2026-06-01\n";
    program.file("tabs.csv", tabs);
    for (line, what, hint) in [
        (
            format!("import people {file} --delimiter ';'"),
            r#"the header has ",", not ";""#,
            "hint: --delimiter ,",
        ),
        (
            "import nps tabs.csv --delimiter ,".to_owned(),
            r#"the header has tab, not ",""#,
            "hint: --delimiter tab",
        ),
    ] {
        program.run(&line).code(2).says(what).says(hint);
    }
    program.run("import nps tabs.csv --delimiter tab").ok();
}

#[test]
fn a_row_without_an_address_is_read_the_same_whether_its_person_is_on_record_or_not() {
    let program = Program::new();
    program.file(
        "people.csv",
        "Contact ID,First Name,Last Name,Email\n501,Somebody,Else,\n501,Ann,Kite,ann@kestrel.example\n",
    );
    for new in [1, 0] {
        let data = program.data_with("import people people.csv", 4);
        assert_eq!((&data["new"], &data["rejected"]), (&new.into(), &1.into()));
        let reject = data["rejects"].to_string();
        assert!(reject.contains("the id 501 is also in line 3"), "{reject}");
    }
    assert_eq!(program.data("show ann")["name"], "Ann Kite");
}
