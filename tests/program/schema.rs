//! The schema on disk: every released one is upgraded and becomes what a fresh one is.

use std::fs;

use crate::common::{Program, dump, fixture};

/// Version, and a dump of a database with a few rows.
const RELEASED: &[(i32, &str)] = &[
    (1, "schema/0001.sql"),
    (2, "schema/0002.sql"),
    (3, "schema/0003.sql"),
    (4, "schema/0004.sql"),
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

fn built_from(file: &str) -> Program {
    let program = Program::empty();
    let text = fs::read_to_string(fixture(file)).unwrap();
    program.sql().execute_batch(&text).unwrap();
    program
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
        let old = built_from(file);
        assert_eq!(pragma(&old, "user_version"), *version);
        let before = dump(&old.sql());
        old.run("init").ok();
        assert_eq!(schema(&old), schema(&fresh), "{file}");
        for name in ["user_version", "application_id"] {
            assert_eq!(pragma(&old, name), pragma(&fresh, name), "{file}: {name}");
        }
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
