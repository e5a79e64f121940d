//! The pack of a review as its readers meet it: every file through an independent reader, the same bytes twice, nobody
//! named where nobody may be, and the dashboard.

mod anonymous;
mod dashboard;
mod files;
mod workbook;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::common::Program;

/// The day on which the packs are made: a quarter that is still running.
const TODAY: &str = "2026-11-22";
/// The reports that a pack holds, and how it groups each.
const REPORTS: [(&str, Option<&str>); 12] = [
    ("pool", Some("industry")),
    ("activation", Some("industry")),
    ("fill", Some("industry")),
    ("reviews", Some("platform")),
    ("influence", Some("ask")),
    ("acceptance", None),
    ("load", Some("industry")),
    ("reciprocity", Some("industry")),
    ("nps", Some("industry")),
    ("flywheel", Some("industry")),
    ("coverage", None),
    ("nominations", Some("industry")),
];

/// The demonstration program.
fn demo() -> Program {
    crate::demo(TODAY)
}

/// A pack written into the program's folder.
fn pack(program: &Program, folder: &str, options: &str) -> PathBuf {
    let line = format!("report qbr --period 2026-Q4 --out {folder} {options}");
    program.run(&line).ok();
    program.path(folder)
}

/// Every file in a folder by its path from there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn add(top: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                add(top, &path, found);
            } else {
                let name = path.strip_prefix(top).unwrap().display().to_string();
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    add(folder, folder, &mut found);
    found
}

/// The same days of the quarter before, beside which a pack of [`TODAY`] stands.
const SAME_DAYS: &str = "2026-07-01..2026-08-22";

/// What a report answers to the question that the pack asks it.
fn answer(program: &Program, report: &str) -> serde_json::Value {
    let asked = REPORTS.iter().find(|(name, _)| *name == report);
    let by = asked.and_then(|(_, by)| *by);
    let by = by.map_or_else(String::new, |by| format!(" --by {by}"));
    program.data(&format!(
        "report {report} --period 2026-Q4 --compare {SAME_DAYS}{by} --rows"
    ))
}
