//! The house is one straight stack: who may import whom, what only one place may do, how long a file may be, and what
//! lies at the top of the repository.
//!
//! `ADVOCATE_LAYERS_TOP=FOLDER cargo test --test layers` looks at another checkout.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise"
)]

#[path = "layers/checker.rs"]
mod checker;
#[path = "layers/house.rs"]
mod house;
#[path = "layers/source.rs"]
mod source;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use house::{House, SourceFile};

/// Lines of a file without its tests.
const MOST_LINES: usize = 400;
/// What may lie at the top.
const TOP: [&str; 13] = [
    "Cargo.toml",
    "Cargo.lock",
    "README.md",
    "src",
    "tests",
    "fixtures",
    "docs",
    ".ci",
    ".github",
    ".gitignore",
    ".clippy.toml",
    ".rustfmt.toml",
    ".deny.toml",
];
/// The packages that the rules may know.
const PURE: [&str; 3] = ["chrono", "chrono_tz", "serde"];
/// The parts of the standard library that reach outside.
const OUTSIDE: [&str; 7] = ["env", "fs", "io", "net", "os", "process", "thread"];
const CLOCK: [[&str; 2]; 3] = [["Utc", "now"], ["Local", "now"], ["SystemTime", "now"]];
const ENVIRONMENT: [[&str; 2]; 5] = [
    ["env", "args"],
    ["env", "args_os"],
    ["env", "var"],
    ["env", "var_os"],
    ["env", "vars"],
];
const SQL: [&str; 11] = [
    "select ",
    "insert into ",
    "insert or ",
    "delete from ",
    "create table ",
    "create index ",
    "create temp ",
    "drop table ",
    "drop view ",
    "pragma ",
    "begin immediate",
];

/// The rooms that a room may name beside itself, or `None` where there is no limit.
fn may_import(room: &str) -> Option<&'static [&'static str]> {
    Some(match room {
        "cli" => &["commands", "config", "domain", "output", "resolve"],
        "commands" => &[
            "clock", "config", "domain", "failure", "intake", "output", "prompt", "resolve",
            "session", "store", "system", "views",
        ],
        "views" => &["domain", "failure", "output", "resolve", "store"],
        "resolve" => &[
            "domain", "failure", "intake", "output", "prompt", "session", "store", "system",
        ],
        "session" => &["clock", "config", "domain", "failure", "output", "store"],
        "config" => &["output"],
        "failure" => &["domain", "intake", "output", "store"],
        "output" | "store" => &["domain", "system"],
        "intake" => &["domain", "system"],
        "clock" => &["domain"],
        "prompt" => &["system"],
        "domain" | "main" | "system" => &[],
        "lib" => return None,
        _ => return Some(&[]),
    })
}

/// What a file names that its room may not know.
fn looks_up(house: &House) -> Vec<String> {
    let mut faults = Faults::default();
    for (module, file) in &house.files {
        let own = room(module);
        let Some(allowed) = may_import(own) else {
            continue;
        };
        for path in house.named(module) {
            let other = path.get(1).map_or("", String::as_str);
            if path[0] == "crate" && other != own && !allowed.contains(&other) {
                faults.names(file, &path, 2);
            }
        }
    }
    faults.told()
}

/// What a command names of another command, or of the list of all commands.
fn looks_sideways(house: &House) -> Vec<String> {
    let mut faults = Faults::default();
    for (module, file) in &house.files {
        let own = match module.as_slice() {
            [first, own, ..] if first == "commands" => own,
            _ => continue,
        };
        for path in house.named(module) {
            let inside = path.starts_with(&["crate", "commands"].map(str::to_owned));
            if inside && path.get(2) != Some(own) {
                faults.names(file, &path, 3);
            }
        }
    }
    faults.told()
}

/// What a file does that only another place may do.
fn misplaced(house: &House) -> Vec<String> {
    let mut faults = Faults::default();
    for (module, file) in &house.files {
        let room = room(module);
        for path in house.named(module) {
            let words: Vec<&str> = path.iter().map(String::as_str).collect();
            let is_wrong = match words[..] {
                ["std", part, ..] if room == "domain" && OUTSIDE.contains(&part) => true,
                ["rusqlite", ..] => room != "store",
                [package, ..] if room == "domain" => {
                    house.packages.contains(&path[0]) && !PURE.contains(&package)
                }
                _ => false,
            };
            let reads = |what: [&str; 2]| words.windows(2).any(|pair| pair == what);
            let reads_clock = room != "clock" && CLOCK.into_iter().any(reads);
            let reads_environment = room != "lib" && ENVIRONMENT.into_iter().any(reads);
            if is_wrong || reads_clock || reads_environment {
                faults.names(file, &path, 2);
            }
        }
        let sql = |text: &&String| {
            let text = text.trim_start().to_lowercase();
            SQL.iter().any(|begin| text.starts_with(begin))
        };
        for text in file.source.strings.iter().filter(sql) {
            if room != "store" {
                faults.add(file, format!("speaks SQL: {text}"));
            }
        }
    }
    faults.told()
}

/// What is wrong with a file as a page to be read.
fn unreadable(house: &House) -> Vec<String> {
    let mut faults = Faults::default();
    for file in house.files.values().chain(house.tests.values()) {
        if !file.text.starts_with("//!") {
            faults.add(file, "does not say what lives in it".to_owned());
        }
    }
    for file in house.files.values() {
        let tests = file.text.find("#[cfg(test)]\nmod tests {");
        let lines = file.text[..tests.unwrap_or(file.text.len())]
            .lines()
            .count();
        if lines > MOST_LINES {
            let told = format!("has {lines} lines without tests, more than {MOST_LINES}");
            faults.add(file, told);
        }
    }
    faults.told()
}

/// The folder under `src`, or the file's name without its ending.
fn room(module: &[String]) -> &str {
    module.first().map_or("lib", String::as_str)
}

/// What is wrong, each thing once a file.
#[derive(Default)]
struct Faults(BTreeMap<(String, String), String>);

impl Faults {
    fn add(&mut self, file: &SourceFile, what: String) {
        self.0.insert((file.path.clone(), what), String::new());
    }

    /// The file names this path, and perhaps more that begins with the same words.
    fn names(&mut self, file: &SourceFile, path: &[String], words: usize) {
        let begin = path[..words.min(path.len())].join("::");
        let key = (file.path.clone(), format!("names {begin}"));
        self.0.insert(key, format!(" ({})", path.join("::")));
    }

    fn told(self) -> Vec<String> {
        let told = |((file, what), more)| format!("{file}: {what}{more}");
        self.0.into_iter().map(told).collect()
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "whoever runs the test may name another checkout"
)]
fn top() -> PathBuf {
    let named = std::env::var_os("ADVOCATE_LAYERS_TOP");
    named.map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from)
}

#[track_caller]
fn assert_none(faults: &[String]) {
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn every_room_looks_only_down() {
    let house = House::read(&top());
    assert!(house.files.len() > 50);
    assert_none(&looks_up(&house));
}

#[test]
fn no_command_knows_another() {
    assert_none(&looks_sideways(&House::read(&top())));
}

#[test]
fn no_file_needs_another_in_a_circle() {
    assert_none(&House::read(&top()).circles());
}

#[test]
fn everything_is_done_where_it_belongs() {
    assert_none(&misplaced(&House::read(&top())));
}

#[test]
fn every_file_can_be_read() {
    assert_none(&unreadable(&House::read(&top())));
}

#[test]
fn nothing_else_lies_at_the_top() {
    // What git does not keep is nobody's concern.
    let ignored = [".git", "target"];
    for entry in fs::read_dir(top()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let known = TOP.contains(&&*name) || ignored.contains(&&*name);
        assert!(known || name.starts_with("advocate-demo.db"), "{name}");
    }
}
