//! A pack that leaves the house names nobody: every byte of it is searched for everything that would.

use std::collections::BTreeSet;
use std::io::Read as _;

use super::{demo, files, pack};
use crate::common::Program;

/// Where the database holds words that tell who is meant.
const TELLING: &[(&str, &str)] = &[
    ("people", "name"),
    ("people", "email"),
    ("people", "owner"),
    ("accounts", "name"),
    ("accounts", "domain"),
    ("accounts", "owner"),
    ("responses", "comment"),
    ("taps", "note"),
    ("taps", "tapped_by"),
    ("taps", "override_reason"),
    ("tap_outcomes", "note"),
    ("referrals", "introduced"),
    ("requests", "prospect"),
    ("requests", "requested_by"),
    ("requests", "note"),
    ("deals", "name"),
    ("deals", "prospect"),
    ("deals", "owner"),
    ("deals", "crm_id"),
    ("assets", "title"),
    ("assets", "url"),
    ("assets", "reviewer"),
    ("assets", "company"),
    ("asset_uses", "used_by"),
    ("signals", "note"),
    ("nominations", "nominated_by"),
    ("nominations", "reason"),
    ("nomination_decisions", "reason"),
    ("nomination_decisions", "decided_by"),
    ("gives", "note"),
    ("gives", "given_by"),
    ("touches", "note"),
    ("touches", "touched_by"),
    ("tier_changes", "reason"),
    ("tier_changes", "set_by"),
    ("account_moves", "note"),
    ("merges", "reason"),
    ("stage_changes", "reason"),
    ("stage_changes", "decided_by"),
    ("willingness", "note"),
    ("willingness", "confirmed_by"),
    ("holds", "placed_by"),
    ("request_events", "reason"),
    ("people", "crm_id"),
    ("accounts", "crm_id"),
];

/// Everything in the database that tells who is meant.
fn telling(program: &Program) -> BTreeSet<String> {
    let sql = program.sql();
    let mut found = BTreeSet::new();
    for (table, column) in TELLING {
        let question = format!("SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL");
        let mut rows = sql.prepare(&question).unwrap();
        let texts = rows.query_map([], |row| row.get::<_, String>(0)).unwrap();
        found.extend(
            texts
                .map(Result::unwrap)
                .filter(|text| text.trim().len() > 3),
        );
    }
    found
}

/// The texts of a pack: every file but the pictures in pixels, the workbook unpacked.
fn texts(folder: &std::path::Path) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for (name, bytes) in files(folder) {
        if name.ends_with(".xlsx") {
            let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
            for index in 0..zip.len() {
                let mut part = zip.by_index(index).unwrap();
                let mut text = String::new();
                let name = format!("{name}: {}", part.name().unwrap());
                part.read_to_string(&mut text).unwrap();
                texts.push((name, text));
            }
        } else if !name.ends_with(".png") {
            texts.push((name, String::from_utf8(bytes).unwrap()));
        }
    }
    // Text in markup is written with escapes.
    for (_, text) in &mut texts {
        *text = text
            .replace("&#x27;", "'")
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
            .to_lowercase();
    }
    texts
}

fn told(texts: &[(String, String)], telling: &BTreeSet<String>) -> Vec<String> {
    let mut found = Vec::new();
    for (name, text) in texts {
        let said = telling
            .iter()
            .filter(|words| text.contains(&words.to_lowercase()));
        found.extend(said.map(|words| format!("{name}: {words}")));
    }
    found
}

/// Lets the scores of some advocates fall, so that a decision is about people.
fn disappoint(program: &Program) {
    let promoters = program.data("list --stage active");
    let emails = promoters
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["score"] == 10);
    let rows: String = emails
        .take(8)
        .map(|one| format!("{},2,2026-11-20\n", one["email"].as_str().unwrap()))
        .collect();
    program.file("fallen.csv", format!("Email,Score,Date\n{rows}"));
    program.run("import nps fallen.csv").ok();
}

#[test]
fn an_anonymous_pack_names_nobody() {
    let program = demo();
    disappoint(&program);
    let telling = telling(&program);
    assert!(telling.len() > 500, "{}", telling.len());
    let named = texts(&pack(&program, "named", ""));
    assert!(
        !told(&named, &telling).is_empty(),
        "the search finds what is there"
    );
    let folder = pack(&program, "nameless", "--anonymous");
    let texts = texts(&folder);
    assert_eq!(told(&texts, &telling), [""; 0]);
    for (name, text) in &texts {
        // An address has letters on both sides of its sign; a rule of style has not.
        let parts: Vec<&str> = text.split('@').collect();
        let address = parts
            .windows(2)
            .any(|pair| pair[0].ends_with(char::is_alphanumeric));
        assert!(!address, "{name}");
    }
    // Whom a decision is about is told by role, to readers of the tables as well.
    let summary = std::fs::read_to_string(folder.join("summary.md")).unwrap();
    let people: Vec<&str> = summary
        .lines()
        .filter(|line| line.contains(": from 10 to 2"))
        .collect();
    assert!(!people.is_empty(), "{summary}");
    assert!(
        people.iter().all(|line| line.contains(" in ")),
        "{people:?}"
    );
    assert!(!summary.contains("advocate --"), "{summary}");
    let page = std::fs::read_to_string(folder.join("qbr.html")).unwrap();
    assert!(page.contains("People and accounts are shown by role and industry."));
    assert!(page.contains(">Person</th>"));
}
