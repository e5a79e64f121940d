//! The demonstration program as a file: it is whole, it has a past, the reports have something to say about it, and its
//! data are what `export` would write.
//!
//! After a change of the schema, `DEMO_UPDATE=1 cargo test --test program demonstration` writes the data anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::common::Program;

/// The variable that asks to write the data anew.
const UPDATE: &str = "DEMO_UPDATE";

/// The ends of a year, a quarter and a month, a leap day, and a day like any other.
const DAYS: [&str; 5] = [
    "2026-11-21T00:00:20Z",
    "2027-01-01T23:59:59Z",
    "2027-09-30T08:00:00Z",
    "2028-02-29T09:30:00Z",
    "2030-06-15T12:00:00Z",
];

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo")
}

/// The files of a folder, by name.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let file = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().unwrap();
        (name, fs::read_to_string(entry.path()).unwrap())
    };
    entries.map(file).collect()
}

#[allow(
    clippy::disallowed_methods,
    reason = "a test asks whether to rewrite the data"
)]
fn wants_update() -> bool {
    std::env::var(UPDATE).is_ok_and(|value| value == "1")
}

#[test]
fn the_data_are_an_export_of_what_they_restore() {
    let recorded = files(&data());
    let manifest: Value = serde_json::from_str(&recorded["manifest.json"]).unwrap();
    let mut program = Program::empty();
    program.at(manifest["exported_at"].as_str().unwrap());
    let restore = format!("import all '{}'", data().display());
    program.run(&restore).ok();
    program.run("export again").ok();
    let again = files(&program.path("again"));
    if wants_update() {
        for (name, content) in &again {
            fs::write(data().join(name), content).unwrap();
        }
        return;
    }
    assert!(
        recorded.keys().eq(again.keys()),
        "{UPDATE}=1 writes them anew"
    );
    for (name, content) in &recorded {
        assert!(*content == again[name], "{name}: {UPDATE}=1 writes it anew");
    }
}

#[test]
fn the_file_is_whole_and_has_a_past() {
    let mut program = Program::empty();
    program.db = program.path("my demo.db");
    program
        .at("2028-02-29T09:30:00Z")
        .run("demo 'my demo.db'")
        .ok()
        .shows("my demo.db' match --industry healthcare");
    program.healthy();
    let zone = program.data("policy show time-zone");
    let then = "--as-of 2027-03-01";
    assert_eq!(program.data(&format!("policy show time-zone {then}")), zone);
    let rows = |line: &str| {
        program
            .data(&format!("{line} {then}"))
            .as_array()
            .unwrap()
            .len()
    };
    assert!(rows("list") >= 10);
    assert!(rows("taps") >= 20);
}

#[test]
fn the_same_day_makes_the_same_program() {
    let program = Program::empty();
    let first = program.run("demo program.db --force").ok();
    let rows = program.rows();
    assert_eq!(program.run("demo program.db --force").ok().out, first.out);
    assert_eq!(program.rows(), rows);
}

#[test]
fn the_reports_have_something_to_say() {
    for now in DAYS {
        let mut program = Program::empty();
        program.at(now).run("demo program.db --quiet").ok();
        program.healthy();
        let mut reasons = BTreeSet::new();
        let first = program.data("report fill --period last-90d --compare previous");
        for period in ["last-90d", first["compared_with"].as_str().unwrap()] {
            fill_falls_short_somewhere(&program, period);
            let reviews = program.data(&format!("report reviews --period {period}"));
            assert!(reviews["published"].as_u64() >= Some(2), "{reviews:#}");
            assert_eq!(reviews["case_studies_published"], 1, "{reviews:#}");
            reasons.extend(influence_is_told(&program, period));
        }
        assert_eq!(reasons.len(), 7, "{reasons:?}");
    }
}

/// Why touches do not qualify.
fn influence_is_told(program: &Program, period: &str) -> Vec<String> {
    let worth = program.data(&format!("report influence --period {period} --rows"));
    let currencies = rows(&worth, "totals").iter();
    let currencies = currencies.filter(|total| total["currency"].is_string());
    assert_eq!(currencies.count(), 2, "{worth:#}");
    let decided = |which: &str| worth[which]["win_rate"]["denominator"].as_u64();
    assert!(decided("influenced") >= Some(3) && decided("not_influenced") >= Some(1));
    let rows = rows(&worth, "rows");
    assert!(rows.len() >= 20, "{worth:#}");
    let reasons = rows.iter().filter_map(|row| row["reason"].as_str());
    reasons.map(str::to_owned).collect()
}

fn fill_falls_short_somewhere(program: &Program, period: &str) {
    let fill = program.data(&format!(
        "report fill --period {period} --by industry --rows"
    ));
    assert!(rows(&fill, "rows").len() >= 8, "{fill:#}");
    assert!(
        fill["on_time"]["denominator"].as_u64() >= Some(3),
        "{fill:#}"
    );
    let short = |one: &Value| one["below_target"] == Value::Bool(true);
    let groups = rows(&fill, "groups");
    assert!(
        groups.iter().any(short) && !groups.iter().all(short),
        "{fill:#}"
    );
}

fn rows<'a>(answer: &'a Value, key: &str) -> &'a [Value] {
    answer[key].as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn nothing_of_it_lies_ahead_at_any_time_of_day() {
    for now in [
        "2026-07-01T00:10:00Z",
        "2026-07-01T05:00:00Z",
        "2026-07-01T23:50:00Z",
    ] {
        let mut program = Program::empty();
        program.at(now).run("demo program.db --quiet").ok();
        let sql = program.sql();
        let later: i64 = sql
            .query_row(
                "SELECT count(*) FROM operations WHERE at > unixepoch(?1)",
                [now],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(later, 0, "{now}");
        program.run("tap nina --ask reference").ok();
    }
}
