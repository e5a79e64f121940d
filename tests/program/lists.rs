//! `list`, `show`, `candidates`.

use serde_json::Value;

use crate::common::{Program, has_keys};

/// Three advocates and two candidates.
pub(crate) fn people() -> Program {
    let program = Program::new();
    program.file(
        "survey.csv",
        "Email,Name,Score,Comment,Date,Company,Industry,Region,Segment,Owner\n\
         nina@northwind.example,Nina Albrecht,10,\"Great, really\",2026-06-01,Northwind Clinics,Hospital & Health Care,EMEA,Enterprise,Ines\n\
         bea@northwind.example,Bea Thorn,9,,2026-05-20,Northwind Clinics,Hospital & Health Care,EMEA,Enterprise,Ines\n\
         oliver@fernhill.example,Oliver Penrose,9,=1+1,2026-06-02,Fernhill Bank,Banking,EMEA,Mid-Market,Tom\n\
         cy@fernhill.example,Cy | Fox,10,,2026-06-10,Fernhill Bank,Banking,EMEA,Mid-Market,Tom\n\
         dee@loom.example,Dee Marsh,8,,2026-06-10,Loom,Textiles,AMER,SMB,Tom\n\
         eve@loom.example,Eve Hull,3,,2026-06-10,Loom,Textiles,AMER,SMB,Tom\n",
    );
    program.run("import nps survey.csv").ok();
    program
        .run("register nina --will reference,review --wont speaking")
        .ok();
    program.run("register oliver --will review").ok();
    program.run("register dee --will review,logo").ok();
    program.run("tap oliver --ask review").ok();
    program
}

#[test]
fn the_three_lists() {
    let mut program = people();
    program.tell("list").ok();
    program.tell("list --industry banking").ok();
    program.tell("candidates").ok();
    program.tell("candidates --industry healthcare").ok();
    program.tell("show oliver").ok();
    program.tell("list --stage retired").ok();
    insta::assert_snapshot!(program.story());
}

#[test]
fn an_empty_program_says_what_to_do() {
    let mut program = Program::new();
    for line in [
        "list",
        "candidates",
        "taps",
        "match --ask review",
        "list --json",
        "list --format csv",
    ] {
        program.tell(line).ok();
    }
    insta::assert_snapshot!(program.story());
}

#[test]
fn a_filter_that_finds_nobody_is_no_empty_program() {
    let program = people();
    for filter in [
        "--stage retired",
        "--region Mars",
        "--tier platinum",
        "--as-of 2019-01-01",
    ] {
        let list = program.run(&format!("list {filter}")).ok();
        assert_eq!(list.out, "Nobody like that.\n", "{filter}");
    }
    program
        .run("list --owner Nobody")
        .code(2)
        .says("there is no owner `Nobody`");
}

#[test]
fn filters_and_orders_of_the_list() {
    let program = people();
    let names = |line: &str| -> Vec<String> {
        let rows = program.data(line);
        let first = |row: &Value| {
            row["email"]
                .as_str()
                .unwrap()
                .split('@')
                .next()
                .unwrap()
                .to_owned()
        };
        rows.as_array().unwrap().iter().map(first).collect()
    };
    let table: [(&str, &[&str]); 16] = [
        ("list", &["dee", "nina", "oliver"]),
        ("list --stage active", &["dee", "nina", "oliver"]),
        ("list --stage candidate", &["bea", "cy"]),
        ("list --stage paused", &[]),
        ("list --industry healthcare", &["nina"]),
        ("list --industry 'Hospital & Health Care'", &["nina"]),
        ("list --region emea", &["nina", "oliver"]),
        ("list --segment SMB", &["dee"]),
        ("list --owner tom", &["dee", "oliver"]),
        ("list --ask reference", &["nina"]),
        ("list --free-now", &["dee", "nina"]),
        ("list --tier community", &["dee", "nina", "oliver"]),
        ("list --tier gold", &[]),
        ("list --not-verified-for 6", &[]),
        ("list --sort score", &["nina", "oliver", "dee"]),
        ("list --sort account", &["oliver", "dee", "nina"]),
    ];
    for (line, wanted) in table {
        let mut found = names(line);
        if !line.contains("--sort") {
            found.sort();
        }
        assert_eq!(found, wanted, "{line}");
    }
    assert_eq!(names("list --sort rested").last().unwrap(), "oliver");
    assert_eq!(names("candidates"), ["cy", "bea"]);
    assert_eq!(names("candidates --limit 1"), ["cy"]);
}

#[test]
fn json_of_the_lists() {
    let program = people();
    let candidates = program.data("candidates");
    has_keys(
        &candidates[0],
        &[
            "email",
            "name",
            "account",
            "industry",
            "score",
            "last_response_on",
            "moments",
        ],
    );
    assert_eq!(candidates[0]["score"], 10);
    assert_eq!(candidates[0]["last_response_on"], "2026-06-10");
    let show = program.data("show nina");
    has_keys(
        &show,
        &[
            "id",
            "email",
            "name",
            "account",
            "stage",
            "willing",
            "responses",
            "taps",
            "last_tapped_at",
            "free_from",
        ],
    );
    assert_eq!(show["stage"], "active");
    has_keys(&show["free_from"], &["low", "medium", "high"]);
    has_keys(
        &show["willing"][0],
        &["ask", "willing", "since", "confirmed_by"],
    );
    assert!(show["willing"][0]["willing"].is_boolean());
    has_keys(
        &program.data("list")[0],
        &["email", "name", "account", "stage", "tier"],
    );
    for (line, schema) in [
        ("list", "list/1"),
        ("candidates", "candidates/1"),
        ("show nina", "show/1"),
    ] {
        let whole = program.run(&format!("{line} --json")).ok().json();
        assert_eq!(
            (&whole["schema"], &whole["as_of"]),
            (&schema.into(), &"2026-06-15".into())
        );
    }
}

#[test]
fn show_tells_of_the_account_what_the_rules_look_at_and_edit_clears_it() {
    let program = Program::new();
    crate::nina(&program);
    let about = || {
        let data = program.data("show nina");
        ["health", "renewal_on", "products", "competitors", "country"].map(|key| data[key].clone())
    };
    let nothing = about();
    assert_eq!(nothing[0], Value::Null);
    program
        .run("edit nina --health yellow --renewal-on 2026-12-31 --product Portal --competitor Acme --country DE")
        .ok();
    let [health, renewal, products, competitors, country] = about();
    assert_eq!((health, renewal), ("yellow".into(), "2026-12-31".into()));
    assert_eq!(
        (products[0].as_str(), competitors[0].as_str()),
        (Some("Portal"), Some("Acme"))
    );
    assert_eq!(country, "DE");
    program
        .run("show nina")
        .ok()
        .shows("Renewal:")
        .shows("Products:");
    program
        .command(&[
            "edit",
            "nina",
            "--health",
            "",
            "--renewal-on",
            "",
            "--country",
            "",
        ])
        .status()
        .unwrap();
    let cleared = about();
    assert_eq!([&cleared[0], &cleared[1], &cleared[4]], [&Value::Null; 3]);
    program.run("edit nina --health pink").code(2);
}
