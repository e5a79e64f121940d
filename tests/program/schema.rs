//! The schema on disk: every released one is upgraded and becomes what a fresh one is.
//!
//! A dump in `fixtures/schema/` is `sqlite3 program.db .dump` with the two pragmas in front; the commands that made its
//! rows stand in its operations.

use std::fs;

use serde_json::json;

use crate::common::{Program, column, dump, fixture};

/// The first step of the schema, which made a database of schema 1.
const FIRST: &str = include_str!("../../src/store/sql/0001_program.sql");

/// Version, and a dump of a database with a few rows.
const RELEASED: &[(i32, &str)] = &[
    (1, "schema/0001.sql"),
    (2, "schema/0002.sql"),
    (3, "schema/0003.sql"),
    (4, "schema/0004.sql"),
    (5, "schema/0005.sql"),
    (6, "schema/0006.sql"),
    (7, "schema/0007.sql"),
    (8, "schema/0008.sql"),
    (9, "schema/0009.sql"),
    (10, "schema/0010.sql"),
    (11, "schema/0011.sql"),
];

/// What the schema consists of.
fn schema(program: &Program) -> Vec<(String, String, Option<String>)> {
    let sql = program.sql();
    let mut statement = sql
        .prepare("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
        .unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

fn pragma(program: &Program, name: &str) -> i32 {
    program
        .sql()
        .pragma_query_value(None, name, |row| row.get(0))
        .unwrap()
}

fn built_from(text: &str) -> Program {
    let program = Program::empty();
    program.sql().execute_batch(text).unwrap();
    program
}

/// A program of a released schema.
fn released(file: &str) -> Program {
    built_from(&fs::read_to_string(fixture(file)).unwrap())
}

/// A program of schema 1, with these rows.
fn of_schema_1(rows: &str) -> Program {
    built_from(&format!(
        "{FIRST}\n{rows}\nPRAGMA application_id = 1094997571; PRAGMA user_version = 1;"
    ))
}

/// Asserts that two databases are made alike.
#[track_caller]
fn assert_alike(one: &Program, other: &Program, what: &str) {
    assert_eq!(schema(one), schema(other), "{what}");
    for name in ["user_version", "application_id"] {
        assert_eq!(pragma(one, name), pragma(other, name), "{what}: {name}");
    }
}

#[test]
fn every_released_schema_becomes_what_a_fresh_one_is() {
    let fresh = Program::new();
    let newest = pragma(&fresh, "user_version");
    assert_eq!(
        RELEASED.len(),
        usize::try_from(newest).unwrap(),
        "a released schema has no dump"
    );
    for (version, file) in RELEASED {
        let old = released(file);
        assert_eq!(pragma(&old, "user_version"), *version);
        let before = dump(&old.sql());
        old.run("init").ok();
        assert_alike(&old, &fresh, file);
        if *version == newest {
            assert_eq!(dump(&old.sql()), before, "{file}");
        }
        old.healthy();
        let nina = old.data("show nina");
        assert_eq!(nina["stage"], "active");
        assert_eq!(nina["last_tapped_at"], "2026-05-04T09:00:00Z");
        assert_eq!(nina["responses"][0]["score"], 10);
        old.run("tap nina --ask review").ok();
        old.healthy();
    }
}

#[test]
fn what_schema_2_kept_is_read_and_written_after_the_upgrade() {
    let mut program = released("schema/0002.sql");
    program.at("2026-07-15");
    program.run("init").ok();
    program.healthy();
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
    program.run("tap nina --ask review").ok();
    program.healthy();
    program.run("init").ok();
    assert_alike(&program, &Program::new(), "again");
}

#[test]
fn reading_upgrades_nothing_and_says_what_does() {
    let rows = "INSERT INTO operations VALUES (1, 1777626000, 'Mona', 'advocate init', '0.1.0');
        INSERT INTO settings VALUES ('time-zone', 'UTC', 1777626000, 1);
        INSERT INTO people (id, email_key, email, stage, last_tapped_at, verified_at, operation_id)
            VALUES (1, 'ada@a.example', 'Ada@a.example', 'active', 1777712400, 1777626000, 1);
        INSERT INTO stage_changes (id, person_id, stage, changed_at, operation_id) VALUES (1, 1, 'active', 1777626000, 1);
        INSERT INTO willingness (id, person_id, ask_kind, willing, said_at, operation_id)
            VALUES (1, 1, 'reference', 1, 1777626000, 1);
        INSERT INTO verifications (id, person_id, verified_at, operation_id) VALUES (1, 1, 1777626000, 1);
        INSERT INTO taps (id, person_id, ask_kind, effort, tapped_at, tapped_by, outcome, outcome_at, counts, operation_id)
            VALUES (1, 1, 'reference', 'medium', 1777712400, 'Mona', 'pending', 1777712400, 1, 1);";
    let mut program = of_schema_1(rows);
    program.at("2026-07-15");
    let old = program.fails("list", 5);
    assert!(
        old["hint"].as_str().unwrap().contains("advocate init"),
        "{old}"
    );
    assert_eq!(pragma(&program, "user_version"), 1);

    let fresh = Program::new();
    assert_eq!(program.data("init")["schema"], fresh.data("init")["schema"]);
    assert_alike(&program, &fresh, "init");
    program.healthy();
    let taps = program.data("taps");
    assert_eq!(
        (&taps[0]["email"], &taps[0]["request_id"]),
        (&json!("Ada@a.example"), &json!(null))
    );
    let request = program.request("--ask reference --by Dana");
    program.tap("ada@a.example", request);
    assert_eq!(program.data("request list")[0]["asked"], 1);
    program.healthy();
}

#[test]
fn a_write_upgrades_as_well() {
    let program = of_schema_1("");
    program.run("policy set hold.days 7").ok();
    assert_alike(&program, &Program::new(), "policy set");
    assert_eq!(program.data("policy show hold.days")[0]["value"], "7");
}

#[test]
fn a_schema_that_was_never_ours_is_refused_even_with_our_version() {
    let program = Program::empty();
    program
        .sql()
        .execute_batch("CREATE TABLE people (a); PRAGMA user_version = 1")
        .unwrap();
    let before = program.bytes();
    program
        .run("init")
        .code(5)
        .says("is not an advocate database");
    assert_eq!(program.bytes(), before);
}

#[test]
fn the_file_bears_our_mark_and_keeps_its_promises() {
    let program = Program::new();
    assert_eq!(pragma(&program, "application_id"), 0x4144_5643);
    let sql = program.sql();
    let mode: String = sql
        .pragma_query_value(None, "journal_mode", |row| row.get(0))
        .unwrap();
    assert_eq!(mode, "wal");
    let loose: i64 = sql
        .query_row("SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND strict = 0", [], |row| row.get(0))
        .unwrap();
    assert_eq!(loose, 0, "a table is not STRICT");
}
