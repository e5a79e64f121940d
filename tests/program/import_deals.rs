//! `import deals`: exports of a CRM and any other file.

use serde_json::{Value, json};

use crate::common::{Program, column, counts};
use crate::deals::money;

#[test]
fn a_salesforce_report_with_its_footer() {
    let program = Program::on("2026-07-01");
    let line = format!(
        "import deals {}",
        program.fixture("import/deals-salesforce.csv")
    );
    assert_eq!(counts(&program.data_with(&line, 4)), [7, 5, 0, 0, 2]);
    assert_eq!(counts(&program.data_with(&line, 4)), [7, 0, 0, 5, 2]);
    let list = program.data("deal list");
    assert_eq!(
        column(&list, "amount"),
        [
            &money(123_456_700, "USD"),
            &money(9_840_050, "USD"),
            &money(125_075, "EUR"),
            &money(-150_000, "USD"),
            &Value::Null
        ]
    );
    assert_eq!(
        column(&list, "status"),
        ["won", "open", "lost", "won", "open"]
    );
    assert_eq!(column(&list, "opened_on")[0], "2026-01-09");
    assert_eq!(
        program.data("deal show 006Xx0000103")["name"],
        "Old Quay \"Express\" pilot"
    );
}

#[test]
fn a_hubspot_export() {
    let program = Program::on("2026-07-01");
    let line = format!(
        "import deals {}",
        program.fixture("import/deals-hubspot.csv")
    );
    let first = program.data_with(&line, 4);
    assert_eq!(counts(&first), [4, 3, 0, 0, 1]);
    assert!(first["rejects"][0].as_str().unwrap().contains("--currency"));
    assert_eq!(counts(&program.data_with(&line, 4)), [4, 0, 0, 3, 1]);
    assert_eq!(
        counts(&program.data(&format!("{line} --currency EUR"))),
        [4, 1, 0, 3, 0]
    );
    let list = program.data("deal list");
    assert_eq!(
        column(&list, "amount"),
        [
            &money(4_800_000, "EUR"),
            &money(1_250_050, "GBP"),
            &Value::Null,
            &money(730_000, "EUR")
        ]
    );
    assert_eq!(column(&list, "status"), ["won", "open", "open", "lost"]);
}

#[test]
fn any_other_file_of_deals() {
    let program = Program::on("2026-07-01");
    let line = format!(
        "import deals {}",
        program.fixture("import/deals-generic.csv")
    );
    let dry = program.data_with(&format!("{line} --dry-run"), 4);
    assert_eq!(counts(&dry), [12, 9, 0, 0, 3]);
    assert_eq!(program.data("deal list"), json!([]));
    assert_eq!(counts(&program.data_with(&line, 4)), [12, 9, 0, 0, 3]);
    assert_eq!(counts(&program.data_with(&line, 4)), [12, 0, 0, 9, 3]);
    let list = program.data("deal list");
    assert_eq!(
        column(&list, "amount"),
        [
            &money(123_456, "EUR"),
            &money(4_500_000, "EUR"),
            &money(1_250_000, "GBP"),
            &money(99, "GBP"),
            &money(1_500_000, "JPY"),
            &money(1_999_995, "USD"),
            &money(105_040, "CHF"),
            &Value::Null,
            &money(1_000_500, "EUR")
        ]
    );
    assert_eq!(column(&list, "opened_on")[0], "2026-01-12");
    assert_eq!(column(&list, "crm_id")[0], &Value::Null);
}

#[test]
fn stages_nobody_mapped_are_listed_and_mapped_by_policy() {
    let program = Program::on("2026-07-01");
    program.file(
        "deals.csv",
        "Deal ID,Deal name,Account,Amount,Currency,Stage,Opened\n\
         A1,One,Aster,100,EUR,Verbal yes,2026-06-01\n\
         A2,Two,Birch,200,EUR,Gone quiet,2026-06-02\n\
         A3,Three,Cedar,300,EUR,Prospecting,2026-06-03\n",
    );
    let said = program.data("import deals deals.csv");
    assert_eq!(said["unmapped_stages"], json!(["Gone quiet", "Verbal yes"]));
    assert_eq!(
        column(&program.data("deal list --unmapped"), "crm_id"),
        ["A1", "A2"]
    );
    assert!(
        program
            .run("report influence")
            .ok()
            .out
            .contains("2 deals left out")
    );

    // What the hint says can be done.
    let open = program.data("policy show deal.open");
    let open = open[0]["value"].as_str().unwrap();
    program
        .run(&format!("policy set deal.open '{open}; verbal YES'"))
        .ok();
    program
        .run("policy set deal.lost 'Closed Lost; Gone quiet'")
        .ok();
    let list = program.data("deal list");
    assert_eq!(column(&list, "status"), ["open", "lost", "open"]);
    let again = program.data("import deals deals.csv");
    assert_eq!(
        (counts(&again), &again["unmapped_stages"]),
        ([3, 0, 0, 3, 0], &json!([]))
    );
    assert_eq!(program.data("deal list --unmapped"), json!([]));
}

#[test]
fn a_changed_stage_keeps_the_old_words() {
    let mut program = Program::on("2026-06-01");
    let row = |stage: &str, amount: &str, close: &str| {
        format!(
            "Opportunity ID,Opportunity Name,Account Name,Amount Currency,Amount,Close Date,Stage,Created Date\n\
             006A,Rollout,Tidewater,USD,{amount},{close},{stage},2026-05-20\n"
        )
    };
    let imported = |program: &Program, text: String| {
        program.file("report.csv", text);
        counts(&program.data("import deals report.csv"))
    };
    assert_eq!(
        imported(&program, row("Prospecting", "100.00", "2026-08-31")),
        [1, 1, 0, 0, 0]
    );
    program.at("2026-06-10");
    assert_eq!(
        imported(&program, row("Negotiation/Review", "90.00", "2026-08-31")),
        [1, 0, 1, 0, 0]
    );
    program.at("2026-06-20");
    assert_eq!(
        imported(&program, row("Closed Won", "95.50", "2026-06-18")),
        [1, 0, 1, 0, 0]
    );
    assert_eq!(
        imported(&program, row("Closed Won", "95.50", "2026-06-18")),
        [1, 0, 0, 1, 0]
    );
    for (day, stage, status, amount) in [
        ("2026-06-01", "Prospecting", "open", 10_000),
        ("2026-06-09", "Prospecting", "open", 10_000),
        ("2026-06-10", "Negotiation/Review", "open", 9_000),
        ("2026-06-19", "Negotiation/Review", "open", 9_000),
        ("2026-06-20", "Closed Won", "won", 9_550),
    ] {
        let deal = program.data(&format!("deal show 006A --as-of {day}"));
        assert_eq!(
            (&deal["stage"], &deal["status"]),
            (&json!(stage), &json!(status)),
            "{day}"
        );
        assert_eq!(deal["amount"], money(amount, "USD"), "{day}");
    }
}

#[test]
fn a_deal_typed_by_hand_is_recognised_when_the_crm_tells_of_it() {
    let program = Program::on("2026-06-01");
    program
        .run("deal add 'Rollout' --prospect Tidewater --opened 2026-05-20 --owner Omar")
        .ok();
    program.file(
        "deals.csv",
        "Deal ID,Deal name,Account,Amount,Currency,Stage,Opened\n\
         A1,rollout,TIDEWATER,100,EUR,Prospecting,2026-05-20\n\
         A2,rollout,TIDEWATER,200,EUR,Prospecting,2026-05-20\n\
         A3,rollout,TIDEWATER,300,EUR,Prospecting,2026-05-21\n",
    );
    assert_eq!(
        counts(&program.data("import deals deals.csv")),
        [3, 2, 1, 0, 0]
    );
    assert_eq!(
        counts(&program.data("import deals deals.csv")),
        [3, 0, 0, 3, 0]
    );
    let list = program.data("deal list");
    assert_eq!(column(&list, "crm_id"), ["A1", "A2", "A3"]);
    assert_eq!(column(&list, "owner")[0], "Omar");
}
