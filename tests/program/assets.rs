//! The library of assets: from asked to published and expired, and where each was used.

use serde_json::{Value, json};

use crate::common::{Program, column};

#[test]
fn a_case_study_from_asked_to_expired() {
    let mut program = Program::on("2026-01-05");
    program.advocate("ada@a.example", "Aster", "healthcare", "case-study");
    program.run("deal add 'Rollout' --opened 2026-01-02").ok();
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
        json!([{ "use_id": 1, "deal_id": 1, "used_by": "Mona", "on": "2026-01-26", "override_reason": null,
                 "operation_id": 8 }])
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
    program.at("2026-06-30").run("asset use 1 --deal 1").ok();
    program.at("2026-07-01");
    let over = program.fails("asset use 1 --deal 1", 3);
    assert_eq!(over["refusal"], "permission");
    program
        .run("asset edit 1 --permission-until 2027-06-30")
        .ok();
    program.run("asset use 1 --deal 1 --by Dana").ok();
    program.run("asset edit 1 --status expired").ok();
    assert_eq!(program.fails("asset use 1 --deal 1", 3)["refusal"], "asset");
    let deal = program.data("deal show 1");
    assert_eq!(column(&deal["touches"], "touch"), ["case-study used"; 3]);
}

#[test]
fn listed_by_kind_status_and_industry() {
    let program = Program::on("2026-04-01");
    program.run("asset add 'One' --kind review --platform G2 --rating 4.5 --status published --on 2026-03-02").ok();
    program
        .run("asset add 'Two' --kind video --industry 'Hospital & Health Care'")
        .ok();
    program
        .run("asset add 'Three' --kind review --industry retail")
        .ok();
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
        program.run(line).code(2);
    }
    assert_eq!(column(&program.data("asset list"), "asset_id"), [1, 2, 3]);
}
