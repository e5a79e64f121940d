//! Deals by hand.

use serde_json::{Value, json};

use crate::common::{Program, column};

pub(crate) fn money(amount_minor: i64, currency: &str) -> Value {
    json!({ "amount_minor": amount_minor, "currency": currency })
}

#[test]
fn added_listed_shown_and_edited_by_hand() {
    let mut program = Program::on("2026-04-01");
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
    program
        .run("deal add 'Rollout' --prospect Tidewater --opened 2026-03-20")
        .ok();
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
        program.run(line).code(2);
    }
    assert_eq!(column(&program.data("deal list"), "name"), ["Rollout"]);
    program
        .run("deal add 'Rollout' --prospect Tidewater --opened 2026-03-21")
        .ok();
    program
        .run("deal add 'Yen' --amount 1500 --currency JPY")
        .ok();
    program
        .run("deal add 'Dinar' --amount 1.005 --currency KWD")
        .ok();
    let list = program.data("deal list");
    assert_eq!(
        column(&list, "amount")[2..],
        [&money(1500, "JPY"), &money(1005, "KWD")]
    );
}
