//! Databases of earlier schemas, built here from text, become what a fresh one is (`architecture.md` §3).
//!
//! `fixtures/schema/0002.sql` is `sqlite3 program.db .dump` with the two pragmas in front; the commands that made its
//! rows stand in its operations. While schema 2 is not released it is made again when a step of the schema changes.
#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![allow(
    clippy::disallowed_types,
    reason = "an older program wrote these files, so they are built without this one"
)]

mod demand_common;

use demand_common::{Program, column, fixture};
use rusqlite::Connection;
use serde_json::json;

const FIRST: &str = include_str!("../src/store/sql/0001_program.sql");

/// Type, name and text of everything the schema consists of.
fn schema(program: &Program) -> Vec<(String, String, Option<String>)> {
    let sql = Connection::open(program.database()).unwrap();
    let mut statement = sql
        .prepare("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
        .unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

fn pragma(program: &Program, name: &str) -> i64 {
    let sql = Connection::open(program.database()).unwrap();
    sql.pragma_query_value(None, name, |row| row.get(0))
        .unwrap()
}

fn built_from(text: &str) -> Program {
    let program = Program::empty("2026-07-15");
    let sql = Connection::open(program.database()).unwrap();
    sql.execute_batch(text).unwrap();
    program
}

#[test]
fn a_database_of_schema_2_is_upgraded_read_and_written() {
    let program = built_from(&std::fs::read_to_string(fixture("schema/0002.sql")).unwrap());
    assert_eq!(pragma(&program, "user_version"), 2);
    program.ok("init");
    program.ok("check");
    assert_eq!(
        column(&program.data("request list --all"), "status"),
        ["unfilled", "filled"]
    );
    let deal = program.data("deal show D1");
    assert_eq!(
        deal["amount"],
        json!({ "amount_minor": 1_250_050, "currency": "EUR" })
    );
    assert_eq!(column(&deal["touches"], "qualifies"), [true, true]);
    assert_eq!(
        program.data("deal show D1 --as-of 2026-05-05")["stage"],
        "Prospecting"
    );
    assert_eq!(
        program.data("asset show 1")["email"],
        "nina@northwind.example"
    );
    assert_eq!(program.data("taps finn")[0]["loop_closed"], true);

    program.ok("tap nina --ask review");
    program.ok("check");
    let fresh = Program::on("2026-07-15");
    program.ok("init");
    assert_eq!(schema(&program), schema(&fresh));
    for name in ["user_version", "application_id"] {
        assert_eq!(pragma(&program, name), pragma(&fresh, name), "{name}");
    }
}

#[test]
fn a_database_of_schema_1_becomes_what_a_fresh_one_is() {
    let rows = "INSERT INTO operations VALUES (1, 1777626000, 'Mara', 'advocate init', '0.1.0');
        INSERT INTO settings VALUES ('time-zone', 'UTC', 1777626000, 1);
        INSERT INTO people (id, email_key, email, stage, last_tapped_at, verified_at, operation_id)
            VALUES (1, 'ada@a.example', 'Ada@a.example', 'active', 1777712400, 1777626000, 1);
        INSERT INTO stage_changes (id, person_id, stage, changed_at, operation_id) VALUES (1, 1, 'active', 1777626000, 1);
        INSERT INTO willingness (id, person_id, ask_kind, willing, said_at, operation_id)
            VALUES (1, 1, 'reference', 1, 1777626000, 1);
        INSERT INTO verifications (id, person_id, verified_at, operation_id) VALUES (1, 1, 1777626000, 1);
        INSERT INTO taps (id, person_id, ask_kind, effort, tapped_at, tapped_by, outcome, outcome_at, counts, operation_id)
            VALUES (1, 1, 'reference', 'medium', 1777712400, 'Mara', 'pending', 1777712400, 1, 1);";
    let program = built_from(&format!(
        "{FIRST}\n{rows}\nPRAGMA application_id = 1094997571; PRAGMA user_version = 1;"
    ));
    // Reading upgrades nothing and says what does.
    let old = program.fails("list", 5);
    assert!(
        old["hint"].as_str().unwrap().contains("advocate init"),
        "{old}"
    );
    assert_eq!(pragma(&program, "user_version"), 1);

    let upgraded = program.data("init");
    let fresh = Program::on("2026-07-15");
    assert_eq!(upgraded["schema"], fresh.data("init")["schema"]);
    assert_eq!(schema(&program), schema(&fresh));
    for name in ["user_version", "application_id"] {
        assert_eq!(pragma(&program, name), pragma(&fresh, name), "{name}");
    }
    program.ok("check");
    let taps = program.data("taps");
    assert_eq!(
        (&taps[0]["email"], &taps[0]["request_id"]),
        (&json!("Ada@a.example"), &json!(null))
    );
    let request = program.request("--ask reference --by Dana");
    program.tap("ada@a.example", request);
    assert_eq!(program.data("request list")[0]["asked"], 1);
    program.ok("check");
}

#[test]
fn a_write_upgrades_as_well() {
    let program = built_from(&format!(
        "{FIRST}\nPRAGMA application_id = 1094997571; PRAGMA user_version = 1;"
    ));
    program.ok("policy set hold.days 7");
    assert_eq!(schema(&program), schema(&Program::on("2026-07-15")));
    assert_eq!(program.data("policy show hold.days")[0]["value"], "7");
}
