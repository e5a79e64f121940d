//! Deals by hand and from CRM exports, through the binary (issue 3; `formats.md` §4).
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod demand_common;

use demand_common::{Program, column, fixture};
use serde_json::{Value, json};

fn counts(answer: &Value) -> [u64; 5] {
    ["rows", "new", "changed", "unchanged", "rejected"].map(|key| answer[key].as_u64().unwrap())
}

fn money(amount_minor: i64, currency: &str) -> Value {
    json!({ "amount_minor": amount_minor, "currency": currency })
}

#[test]
fn added_listed_shown_and_edited_by_hand() {
    let program = Program::on("2026-04-01");
    let added = program.data(
        "deal add 'Rollout' --prospect Tidewater --domain tidewater.example --crm-id 006X --amount 12500.50 \
         --currency EUR --stage Prospecting --opened 2026-03-20 --owner Omar --industry healthcare",
    );
    for (key, value) in [
        ("deal_id", json!(1)),
        ("crm_id", json!("006X")),
        ("name", json!("Rollout")),
        ("account", json!("Tidewater")),
        ("amount", money(1_250_050, "EUR")),
        ("stage", json!("Prospecting")),
        ("status", json!("open")),
        ("opened_on", json!("2026-03-20")),
        ("closed_on", Value::Null),
        ("owner", json!("Omar")),
    ] {
        assert_eq!(added[key], value, "{key}");
        assert_eq!(program.data("deal show 006X")[key], value, "{key}");
        assert_eq!(program.data("deal list")[0][key], value, "{key}");
    }
    assert_eq!(program.data("deal show 1")["touches"], json!([]));

    program.at("2026-04-03");
    let edited = program
        .data("deal edit 1 --stage 'Closed Won' --closed 2026-04-02 --amount 12000 --currency EUR");
    assert_eq!(
        (&edited["status"], &edited["amount"]),
        (&json!("won"), &money(1_200_000, "EUR"))
    );
    assert_eq!(program.data("deal list --status open"), json!([]));
    assert_eq!(
        column(&program.data("deal list --status won"), "deal_id"),
        [1]
    );
    // The old words are kept, and nobody knew of the deal before it was added.
    let before = program.data("deal show 1 --as-of 2026-04-02");
    assert_eq!(
        (&before["stage"], &before["amount"]),
        (&json!("Prospecting"), &money(1_250_050, "EUR"))
    );
    assert_eq!(before["closed_on"], Value::Null);
    assert_eq!(program.data("deal list --as-of 2026-03-31"), json!([]));
    assert_eq!(
        program.fails("deal show 1 --as-of 2026-03-31", 2)["kind"],
        "usage"
    );
}

#[test]
fn what_makes_no_deal_is_refused() {
    let program = Program::on("2026-04-01");
    program.ok("deal add 'Rollout' --prospect Tidewater --opened 2026-03-20");
    for line in [
        "deal add 'rollout' --prospect TIDEWATER --opened 2026-03-20",
        "deal add 'Other' --amount 5",
        "deal add 'Other' --amount 5.001 --currency EUR",
        "deal add 'Other' --amount 5 --currency EURO",
        "deal add 'Other' --opened 2026-03-02 --closed 2026-03-01",
        "deal add ''",
        "deal show 7",
        "deal edit 7 --name x",
    ] {
        assert_eq!(program.run(line).code, 2, "{line}");
    }
    assert_eq!(column(&program.data("deal list"), "name"), ["Rollout"]);
    program.ok("deal add 'Rollout' --prospect Tidewater --opened 2026-03-21");
    program.ok("deal add 'Yen' --amount 1500 --currency JPY");
    program.ok("deal add 'Dinar' --amount 1.005 --currency KWD");
    let list = program.data("deal list");
    assert_eq!(
        column(&list, "amount")[2..],
        [&money(1500, "JPY"), &money(1005, "KWD")]
    );
}

#[test]
fn a_salesforce_report_with_its_footer() {
    let program = Program::on("2026-07-01");
    let line = format!("import deals {}", fixture("import/deals-salesforce.csv"));
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
    let line = format!("import deals {}", fixture("import/deals-hubspot.csv"));
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
    let line = format!("import deals {}", fixture("import/deals-generic.csv"));
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
    let file = program.file(
        "deals.csv",
        "Deal ID,Deal name,Account,Amount,Currency,Stage,Opened\n\
         A1,One,Aster,100,EUR,Verbal yes,2026-06-01\n\
         A2,Two,Birch,200,EUR,Gone quiet,2026-06-02\n\
         A3,Three,Cedar,300,EUR,Prospecting,2026-06-03\n",
    );
    let said = program.data(&format!("import deals {file}"));
    assert_eq!(said["unmapped_stages"], json!(["Gone quiet", "Verbal yes"]));
    assert_eq!(
        column(&program.data("deal list --unmapped"), "crm_id"),
        ["A1", "A2"]
    );
    assert!(program.ok("report influence").contains("2 deals left out"));

    // What the hint says can be done.
    let open = program.data("policy show deal.open");
    let open = open[0]["value"].as_str().unwrap();
    program.ok(&format!("policy set deal.open '{open}; verbal YES'"));
    program.ok("policy set deal.lost 'Closed Lost; Gone quiet'");
    let list = program.data("deal list");
    assert_eq!(column(&list, "status"), ["open", "lost", "open"]);
    let again = program.data(&format!("import deals {file}"));
    assert_eq!(
        (counts(&again), &again["unmapped_stages"]),
        ([3, 0, 0, 3, 0], &json!([]))
    );
    assert_eq!(program.data("deal list --unmapped"), json!([]));
}

#[test]
fn a_changed_stage_keeps_the_old_words() {
    let program = Program::on("2026-06-01");
    let row = |stage: &str, amount: &str, close: &str| {
        format!(
            "Opportunity ID,Opportunity Name,Account Name,Amount Currency,Amount,Close Date,Stage,Created Date\n\
             006A,Rollout,Tidewater,USD,{amount},{close},{stage},2026-05-20\n"
        )
    };
    let imported = |text: String| {
        let file = program.file("report.csv", &text);
        counts(&program.data(&format!("import deals {file}")))
    };
    assert_eq!(
        imported(row("Prospecting", "100.00", "2026-08-31")),
        [1, 1, 0, 0, 0]
    );
    program.at("2026-06-10");
    assert_eq!(
        imported(row("Negotiation/Review", "90.00", "2026-08-31")),
        [1, 0, 1, 0, 0]
    );
    program.at("2026-06-20");
    assert_eq!(
        imported(row("Closed Won", "95.50", "2026-06-18")),
        [1, 0, 1, 0, 0]
    );
    assert_eq!(
        imported(row("Closed Won", "95.50", "2026-06-18")),
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
    program.ok("deal add 'Rollout' --prospect Tidewater --opened 2026-05-20 --owner Omar");
    let file = program.file(
        "deals.csv",
        "Deal ID,Deal name,Account,Amount,Currency,Stage,Opened\n\
         A1,rollout,TIDEWATER,100,EUR,Prospecting,2026-05-20\n\
         A2,rollout,TIDEWATER,200,EUR,Prospecting,2026-05-20\n\
         A3,rollout,TIDEWATER,300,EUR,Prospecting,2026-05-21\n",
    );
    assert_eq!(
        counts(&program.data(&format!("import deals {file}"))),
        [3, 2, 1, 0, 0]
    );
    assert_eq!(
        counts(&program.data(&format!("import deals {file}"))),
        [3, 0, 0, 3, 0]
    );
    let list = program.data("deal list");
    assert_eq!(column(&list, "crm_id"), ["A1", "A2", "A3"]);
    assert_eq!(column(&list, "owner")[0], "Omar");
}
