//! The library of assets, reviews from exports, and referrals whose loop closes, through the binary (issue 3).
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod demand_common;

use demand_common::{Program, column, fixture};
use serde_json::{Value, json};

fn counts(answer: &Value) -> [u64; 5] {
    ["rows", "new", "changed", "unchanged", "rejected"].map(|key| answer[key].as_u64().unwrap())
}

#[test]
fn a_case_study_from_asked_to_expired() {
    let program = Program::on("2026-01-05");
    program.advocate("ada@a.example", "Aster", "healthcare", "case-study");
    program.ok("deal add 'Rollout' --opened 2026-01-02");
    let added = program.data(
        "asset add 'How Aster halved waiting' --kind case-study --person ada@a.example --industry healthcare \
         --product Pulse --permission 'name, title, logo' --permission-until 2026-06-30",
    );
    for (key, value) in [
        ("asset_id", json!(1)),
        ("kind", json!("case-study")),
        ("status", json!("asked")),
        ("email", json!("ada@a.example")),
        ("account", json!("Aster")),
        ("permission", json!("name, title, logo")),
        ("permission_until", json!("2026-06-30")),
        ("published_on", Value::Null),
    ] {
        assert_eq!(added[key], value, "{key}");
    }
    // It may be used once it is approved, not before.
    let early = program.fails("asset use 1 --deal 1", 3);
    assert_eq!(early["refusal"], "asset");
    for (day, status) in [
        ("2026-01-12", "drafting"),
        ("2026-01-20", "in-review"),
        ("2026-01-26", "approved"),
    ] {
        program.at(day);
        assert_eq!(
            program.data(&format!("asset edit 1 --status {status}"))["status"],
            status
        );
    }
    assert_eq!(program.data("asset use 1 --deal 1")["deal_id"], 1);
    program.at("2026-02-03");
    let published = program
        .data("asset edit 1 --status published --on 2026-02-02 --url https://aster.example/story");
    assert_eq!(published["published_on"], "2026-02-02");
    let back = program.fails("asset edit 1 --status drafting --on 2026-01-20", 2);
    assert!(
        back["message"].as_str().unwrap().contains("later"),
        "{back}"
    );

    let shown = program.data("asset show 1");
    assert_eq!(
        column(&shown["events"], "status"),
        ["asked", "drafting", "in-review", "approved", "published"]
    );
    assert_eq!(
        shown["uses"],
        json!([{ "deal_id": 1, "used_by": "Mara", "on": "2026-01-26" }])
    );
    let earlier = program.data("asset show 1 --as-of 2026-01-20");
    assert_eq!(
        (&earlier["status"], &earlier["uses"]),
        (&json!("in-review"), &json!([]))
    );
    assert_eq!(
        program.fails("asset show 1 --as-of 2026-01-04", 2)["kind"],
        "usage"
    );
    assert_eq!(program.data("asset list --as-of 2026-01-04"), json!([]));

    // The last day of the permission is in time, the next is not.
    program.at("2026-06-30").ok("asset use 1 --deal 1");
    program.at("2026-07-01");
    let over = program.fails("asset use 1 --deal 1", 3);
    assert_eq!(over["refusal"], "permission");
    program.ok("asset edit 1 --permission-until 2027-06-30");
    program.ok("asset use 1 --deal 1 --by Dana");
    program.ok("asset edit 1 --status expired");
    assert_eq!(program.fails("asset use 1 --deal 1", 3)["refusal"], "asset");
    let deal = program.data("deal show 1");
    assert_eq!(column(&deal["touches"], "touch"), ["case-study used"; 3]);
}

#[test]
fn listed_by_kind_status_and_industry() {
    let program = Program::on("2026-04-01");
    program.ok("asset add 'One' --kind review --platform G2 --rating 4.5 --status published --on 2026-03-02");
    program.ok("asset add 'Two' --kind video --industry 'Hospital & Health Care'");
    program.ok("asset add 'Three' --kind review --industry retail");
    for (options, found) in [
        ("", vec![1, 2, 3]),
        ("--kind review", vec![1, 3]),
        ("--status asked", vec![2, 3]),
        ("--industry healthcare", vec![2]),
        ("--kind review --status published", vec![1]),
        ("--unlinked", vec![1, 2, 3]),
    ] {
        let list = program.data(&format!("asset list {options}"));
        assert_eq!(column(&list, "asset_id"), found, "{options}");
    }
    let list = program.data("asset list");
    assert_eq!(
        (&list[0]["rating"], &list[0]["published_on"]),
        (&json!(4.5), &json!("2026-03-02"))
    );
    for line in [
        "asset add 'Four' --kind poem",
        "asset add 'Four' --kind review --rating 5.5",
        "asset add 'Four' --kind review --rating 4.55",
        "asset add 'Four' --kind review --on 2026-05-01",
        "asset add 'Four' --kind review --person nobody@x.example",
        "asset show 4",
        "asset use 1 --deal 9",
    ] {
        assert_eq!(program.run(line).code, 2, "{line}");
    }
    assert_eq!(column(&program.data("asset list"), "asset_id"), [1, 2, 3]);
}

#[test]
fn reviews_of_g2_are_only_suggested_until_somebody_confirms() {
    let program = Program::on("2026-07-01");
    program
        .ok("register helene@tidewater.example --name 'Helene M.' --account 'Tidewater Hospitals' --will review");
    program.ok("register helene@other.example --name 'Helene M.' --account 'Other' --will review");
    let line = format!("import reviews {}", fixture("import/reviews-g2.csv"));
    let first = program.data_with(&line, 4);
    assert_eq!(counts(&first), [5, 3, 0, 0, 2]);
    assert_eq!(
        first["to_confirm"][0]["perhaps_by"],
        json!(["helene@tidewater.example"])
    );
    let shown = program.data("asset show 1");
    assert_eq!(
        (&shown["email"], &shown["suggested"]),
        (&Value::Null, &json!(["helene@tidewater.example"]))
    );
    assert_eq!(
        column(&program.data("asset list --unlinked"), "asset_id"),
        [1, 2, 3]
    );

    let confirmed = program.data("asset edit 1 --person helene@tidewater.example");
    assert_eq!(
        (&confirmed["email"], &confirmed["account"]),
        (
            &json!("helene@tidewater.example"),
            &json!("Tidewater Hospitals")
        )
    );
    assert_eq!(program.data("asset show 1")["suggested"], json!([]));
    assert_eq!(
        column(&program.data("asset list --unlinked"), "asset_id"),
        [2, 3]
    );
    // The same file again neither adds nor unlinks.
    assert_eq!(counts(&program.data_with(&line, 4)), [5, 0, 0, 3, 2]);
    assert_eq!(
        program.data("asset show 1")["email"],
        "helene@tidewater.example"
    );
}

#[test]
fn reviews_of_any_file_are_linked_by_their_address() {
    let program = Program::on("2026-07-01");
    program.ok(
        "register noor@glasswing-insurance.example --account 'Glasswing Insurance' --will review",
    );
    let line = format!("import reviews {}", fixture("import/reviews-generic.csv"));
    assert_eq!(
        counts(&program.data_with(&format!("{line} --dry-run"), 4)),
        [9, 6, 0, 0, 3]
    );
    assert_eq!(counts(&program.data_with(&line, 4)), [9, 6, 0, 0, 3]);
    assert_eq!(counts(&program.data_with(&line, 4)), [9, 0, 0, 6, 3]);
    let list = program.data("asset list");
    assert_eq!(list[0]["email"], "noor@glasswing-insurance.example");
    assert_eq!(
        column(&list, "platform")[..3],
        ["capterra", "trustradius", "gartner"]
    );
    assert_eq!(column(&list, "rating")[..3], [4.5, 4.5, 4.0]);
    // Nobody was invented.
    assert_eq!(program.data("list").as_array().unwrap().len(), 1);
}

#[test]
fn a_referral_whose_company_becomes_a_customer_closes_the_loop() {
    let program = Program::on("2026-04-01");
    program.advocate("ada@a.example", "Aster", "healthcare", "referral");
    program.ok("deal add 'First' --prospect 'Northwind Clinics'");
    let tap = program.data("tap ada@a.example --ask referral")["tap_id"].clone();
    let early = program.fails(
        &format!("outcome {tap} accepted --introduced 'Northwind Clinics'"),
        2,
    );
    assert!(early["message"].as_str().unwrap().contains("completed"));
    program.at("2026-04-10");
    program.ok(&format!("outcome {tap} accepted"));
    program.ok(&format!(
        "outcome {tap} completed --introduced 'Northwind Clinics' --deal 1"
    ));
    let taps = program.data("taps ada@a.example");
    assert_eq!(
        (&taps[0]["introduced"], &taps[0]["loop_closed"]),
        (&json!("Northwind Clinics"), &json!(false))
    );
    assert!(program.ok("taps ada@a.example").contains("introduced"));

    program.at("2026-05-10");
    let line = format!(
        "import accounts {}",
        fixture("import/accounts-salesforce.csv")
    );
    let said = program.run(&line);
    assert!(matches!(said.code, 0 | 4), "{said:?}");
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
    program.ok(&format!("outcome {tap} completed --introduced 'Northwind (Berlin)' --introduced-domain NORTHWIND-clinics.example"));
    assert_eq!(program.data("taps")[0]["loop_closed"], false);
    program.run(&format!(
        "import accounts {}",
        fixture("import/accounts-salesforce.csv")
    ));
    assert_eq!(program.data("taps")[0]["loop_closed"], true);
}
