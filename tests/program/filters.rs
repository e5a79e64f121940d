//! The same filters on every list, and the order in which a list is shown.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::common::Program;

/// Lists that take all filters, with the key of whom a row is about.
const LISTS: [&str; 9] = [
    "list --stage all",
    "candidates --limit 1000",
    "next --all",
    "taps",
    "touches",
    "gives",
    "notes",
    "nominations",
    "tier list",
];

fn rows(program: &Program, line: &str) -> Vec<Value> {
    let data = program.data(line);
    let rows = match &data {
        Value::Array(rows) => Some(rows),
        Value::Object(fields) => fields.values().find_map(Value::as_array),
        _ => None,
    };
    rows.unwrap_or_else(|| panic!("{line}: {data}")).clone()
}

fn emails(program: &Program, line: &str) -> BTreeSet<String> {
    let rows = rows(program, line);
    let emails = rows.iter().filter_map(|row| row["email"].as_str());
    emails.map(str::to_owned).collect()
}

/// What a filter leaves of a list is what of the list is about somebody who passes, and nothing else.
#[test]
fn every_filter_leaves_the_same_people_on_every_list() {
    let program = crate::demo("2026-07-01");
    let sql = program.sql();
    let people = |condition: &str| -> BTreeSet<String> {
        let sql_text = format!(
            "SELECT p.email FROM people p LEFT JOIN accounts a ON a.id = p.account_id WHERE {condition}"
        );
        let mut query = sql.prepare(&sql_text).unwrap();
        let found = query.query_map([], |row| row.get(0)).unwrap();
        found.map(Result::unwrap).collect()
    };
    let filters = [
        ("--region EMEA", "a.region = 'EMEA'"),
        (
            "--industry healthcare",
            "a.industry IN ('healthcare', 'Health Care', 'Hospital & Health Care', 'Medical Devices')",
        ),
        ("--owner 'Ines Falk'", "a.owner = 'Ines Falk'"),
        (
            "--owner 'Ines Falk,Maren Holt'",
            "a.owner IN ('Ines Falk', 'Maren Holt')",
        ),
        ("--score-from 9", "p.latest_score >= 9"),
        (
            "--account 'Larkfield Clinics'",
            "a.name = 'Larkfield Clinics'",
        ),
        (
            "--search clinics",
            "a.name LIKE '%clinics%' OR p.email LIKE '%clinics%' OR p.title LIKE '%clinics%'",
        ),
        (
            "--tapped-before 2026-03-01",
            "p.last_tapped_at IS NULL OR p.last_tapped_at < 1772323200",
        ),
        (
            "--tag champion",
            "p.id IN (SELECT person_id FROM tags WHERE tag = 'champion')",
        ),
    ];
    let mut left = 0;
    for list in LISTS {
        let all = emails(&program, list);
        assert!(!all.is_empty(), "{list}");
        for (filter, condition) in filters {
            let wanted: BTreeSet<String> = people(condition).intersection(&all).cloned().collect();
            let line = format!("{list} {filter}");
            assert_eq!(emails(&program, &line), wanted, "{line}");
            left += wanted.len();
        }
    }
    assert!(left > 500, "{left} rows were left by all filters");
}

#[test]
fn a_list_is_sorted_by_any_field_and_cut_thereafter() {
    let program = crate::demo("2026-07-01");
    let by = |line: &str, key: &str| -> Vec<Value> {
        let rows = rows(&program, line);
        rows.iter().map(|row| row[key].clone()).collect()
    };
    let amounts = by("deal list --sort amount-", "amount");
    let mut sorted = amounts.clone();
    sorted.sort_by(|a, b| b.as_f64().partial_cmp(&a.as_f64()).unwrap());
    assert!(amounts.len() > 5);
    assert_eq!(amounts, sorted);
    assert_eq!(
        by("deal list --sort amount- --limit 3", "amount"),
        amounts[..3]
    );
    let up = by("deal list --sort amount", "amount");
    let worth =
        |values: &[Value]| -> Vec<f64> { values.iter().filter_map(Value::as_f64).collect() };
    let mut turned = worth(&amounts);
    turned.reverse();
    assert_eq!(worth(&up), turned);
    // A field that the table does not show is there all the same.
    program.run("list --sort verified_on- --limit 2").ok();
    program
        .run("list --sort shoe-size")
        .code(2)
        .says("verified_on");
}

#[test]
fn a_stage_or_a_tag_that_is_none_is_refused_with_those_there_are() {
    let program = crate::demo("2026-07-01");
    program.run("list --stage warm").code(2).says("active");
    program
        .run("taps --owner 'Nobody Here'")
        .code(2)
        .says("Ines Falk");
    program.run("taps --account 'No Such Place'").code(2);
    program.run("list --score-from 11").code(2);
}

#[test]
fn a_tag_that_was_never_put_on_anything_is_refused() {
    let program = crate::demo("2026-07-01");
    program.run("list --tag champoin").code(2).says("champion");
    program
        .run("tag 'nina alvarez' -champoin")
        .code(2)
        .says("champion");
    let lines = "--owner 'Ines Falk,Priya Lind'";
    let both = rows(&program, &format!("agenda --days 90 {lines}")).len();
    let one = |owner: &str| rows(&program, &format!("agenda --days 90 --owner '{owner}'")).len();
    assert_eq!(both, one("Ines Falk") + one("Priya Lind"));
    assert!(both > 2);
}
