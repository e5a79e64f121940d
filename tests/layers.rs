//! Who may import whom, what only one place may do, how long a file may be, and what lies at the top of the repository.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::Path;

/// Lines of a file without its tests.
const MOST_LINES: usize = 400;
/// Files that hold nothing but tests.
const TESTS: &[&str] = &[
    "src/output/tests.rs",
    "src/intake/fixtures.rs",
    "src/domain/agenda/tests.rs",
];
/// What may lie at the top.
const TOP: &[&str] = &[
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

/// A source file: its path from the top, and its code without tests, comments and the insides of strings.
struct Source<'a> {
    path: &'a str,
    text: &'a str,
    code: String,
    strings: Vec<String>,
}

impl<'a> Source<'a> {
    fn new(path: &'a str, text: &'a str) -> Self {
        let (code, strings) = apart(without_tests(text));
        Self {
            path,
            text,
            code,
            strings,
        }
    }

    /// The folder under `src`, or the file's name without its ending.
    fn layer(&self) -> &str {
        let inside = self.path.trim_start_matches("src/");
        inside
            .split('/')
            .next()
            .unwrap_or_default()
            .trim_end_matches(".rs")
    }

    /// How many `super::` lead from this file's module to the root.
    fn depth(&self) -> usize {
        let inside = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        inside.split('/').filter(|part| *part != "mod").count()
    }
}

/// The text before the module of unit tests.
fn without_tests(text: &str) -> &str {
    let end = [
        "#[cfg(test)]\nmod tests {",
        "#[cfg(test)]\npub(crate) mod tests {",
    ]
    .iter()
    .filter_map(|sign| text.find(sign))
    .min();
    &text[..end.unwrap_or(text.len())]
}

/// Code with comments left out and strings emptied, and the strings.
fn apart(text: &str) -> (String, Vec<String>) {
    let mut code = String::new();
    let mut strings = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
        } else if rest.starts_with("'\"'") || rest.starts_with("b'\"'") {
            code.push_str("' '");
            rest = &rest[rest.find("\"'").map_or(rest.len(), |at| at + 2)..];
        } else if rest.starts_with("r#\"") {
            let end = rest.find("\"#").unwrap_or(rest.len() - 2);
            strings.push(rest[3..end].to_owned());
            code.push_str("\"\"");
            rest = &rest[end + 2..];
        } else if c == '"' {
            let mut end = 1;
            let bytes = rest.as_bytes();
            while end < bytes.len() && bytes[end] != b'"' {
                end += if bytes[end] == b'\\' { 2 } else { 1 };
            }
            let end = end.min(rest.len());
            strings.push(rest[1..end].to_owned());
            code.push_str("\"\"");
            rest = rest.get(end + 1..).unwrap_or_default();
        } else {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    (code, strings)
}

/// Every path that begins with `root::`, with groups taken apart: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn paths(code: &str, root: &str) -> Vec<String> {
    let sign = format!("{root}::");
    let begins = |at: usize| {
        let before = code[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
    };
    code.match_indices(&sign)
        .filter(|(at, _)| begins(*at))
        .flat_map(|(at, _)| spread(&code[at + sign.len()..]))
        .collect()
}

fn spread(rest: &str) -> Vec<String> {
    let word: String = rest
        .chars()
        .take_while(|c| c.is_alphanumeric() || "_:".contains(*c))
        .collect();
    let after = &rest[word.len()..];
    let Some(group) = after.strip_prefix('{') else {
        return vec![word];
    };
    let (mut level, mut start, mut found) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => level += 1,
            '}' if level > 0 => level -= 1,
            ',' | '}' if level == 0 => {
                let item = group[start..at].trim();
                if !item.is_empty() {
                    found.extend(spread(item).iter().map(|path| format!("{word}{path}")));
                }
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether `path` is `allowed` or something in it.
fn within(path: &str, allowed: &str) -> bool {
    path == allowed
        || path
            .strip_prefix(allowed)
            .is_some_and(|rest| rest.starts_with("::"))
}

/// The layers that a layer may name, or `None` where there is no limit.
fn may_import(layer: &str) -> Option<&'static [&'static str]> {
    Some(match layer {
        "domain" => &["domain"],
        "cli" => &["cli", "commands", "domain", "output", "resolve"],
        "session" => &["clock", "domain", "failure", "output", "store"],
        "failure" => &["domain", "intake", "output", "store"],
        "resolve" => &[
            "resolve", "domain", "failure", "intake", "output", "session", "store",
        ],
        "views" => &["views", "resolve", "domain", "failure", "output", "store"],
        "intake" => &["intake", "domain"],
        "store" => &["store", "domain"],
        "output" => &["output", "domain"],
        "clock" => &["domain"],
        "prompt" | "main" => &[],
        "commands" => &[
            "commands", "clock", "domain", "failure", "intake", "output", "prompt", "resolve",
            "session", "store", "views",
        ],
        _ => return None,
    })
}

const SQL: &[&str] = &[
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

/// Everything that is wrong with a source file.
fn faults(source: &Source<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    let code = &source.code;
    let layer = source.layer();
    let mut fault = |what: String| faults.push(format!("{}: {what}", source.path));
    if let Some(allowed) = may_import(layer) {
        for path in paths(code, "crate") {
            if !allowed.iter().any(|one| within(&path, one)) {
                fault(format!("names crate::{path}"));
            }
        }
        if code.contains(&"super::".repeat(source.depth())) {
            fault("climbs to the root with super::".into());
        }
    }
    if layer == "domain" {
        let outside = ["fs", "io", "env", "process", "net", "os", "thread"];
        for path in paths(code, "std") {
            if outside.iter().any(|one| within(&path, one)) {
                fault(format!("names std::{path}: domain is pure"));
            }
        }
        for package in [
            "anyhow",
            "clap",
            "comfy_table",
            "csv",
            "dialoguer",
            "encoding_rs",
            "etcetera",
            "fastrand",
            "html_escape",
            "iana_time_zone",
            "icalendar",
            "indicatif",
            "resvg",
            "rusqlite",
            "rust_xlsxwriter",
            "serde_json",
            "strsim",
            "thiserror",
        ] {
            if !paths(code, package).is_empty() {
                fault(format!(
                    "names {package}: domain knows chrono, serde and std"
                ));
            }
        }
    }
    if layer != "store" {
        if !paths(code, "rusqlite").is_empty() {
            fault("names rusqlite".into());
        }
        for text in &source.strings {
            let text = text.trim_start().to_lowercase();
            if SQL.iter().any(|begin| text.starts_with(begin)) {
                fault(format!("speaks SQL: {text}"));
            }
        }
    }
    if layer != "clock"
        && ["Utc::now", "Local::now", "SystemTime::now"]
            .iter()
            .any(|one| code.contains(one))
    {
        fault("reads the clock".into());
    }
    if layer != "lib"
        && ["env::var", "env::args", "env::vars"]
            .iter()
            .any(|one| code.contains(one))
    {
        fault("reads the environment".into());
    }
    if !source.text.starts_with("//!") {
        fault("does not say what lives in it".into());
    }
    let lines = without_tests(source.text).lines().count();
    if lines > MOST_LINES && !TESTS.contains(&source.path) {
        fault(format!(
            "has {lines} lines without tests, more than {MOST_LINES}"
        ));
    }
    faults
}

fn visit(folder: &Path, top: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            visit(&path, top, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(top).unwrap();
            let name = name.to_string_lossy().replace('\\', "/");
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn the_house_is_in_order() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    visit(&top.join("src"), top, &mut files);
    assert!(files.len() > 50);
    let faults: Vec<String> = files
        .iter()
        .filter(|(path, _)| !TESTS.contains(&path.as_str()))
        .flat_map(|(path, text)| faults(&Source::new(path, text)))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_exceptions_are_still_needed() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    for path in TESTS {
        assert!(top.join(path).exists(), "{path}");
    }
}

#[test]
fn nothing_else_lies_at_the_top() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    // What git does not keep is nobody's concern.
    let ignored = [".git", "target"];
    for entry in fs::read_dir(top).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let known = TOP.contains(&&*name) || ignored.contains(&&*name);
        assert!(known || name.starts_with("advocate-demo.db"), "{name}");
    }
}

mod the_checker {
    use super::*;

    fn found(path: &str, code: &str) -> Vec<String> {
        let text = format!("//! What lives here.\n{code}");
        faults(&Source::new(path, &text))
    }

    #[test]
    fn finds_each_fault() {
        for (path, code) in [
            ("src/domain/a.rs", "use crate::store::Store;"),
            ("src/domain/a.rs", "use crate::{domain::ask, output};"),
            ("src/domain/a.rs", "fn f() { std::fs::read(p) }"),
            ("src/domain/a.rs", "use std::{fmt, io::Read};"),
            ("src/domain/a.rs", "use anyhow::Result;"),
            ("src/domain/a.rs", "use super::super::store;"),
            ("src/domain/mod.rs", "use super::store;"),
            ("src/domain/a/b.rs", "use super::super::super::store;"),
            ("src/cli/a.rs", "use crate::output::Sheet;"),
            ("src/cli/a.rs", "use crate::output;"),
            ("src/cli/a.rs", "use crate::output::Formatter;"),
            ("src/intake/a.rs", "use crate::store::Tx;"),
            ("src/store/a.rs", "fn f(x: crate::intake::Row) {}"),
            ("src/output/a.rs", "use crate::commands::Context;"),
            ("src/prompt.rs", "use crate::domain::ask::AskKind;"),
            ("src/commands/a.rs", "use rusqlite::Connection;"),
            ("src/commands/a.rs", "let x = \"SELECT 1\";"),
            ("src/commands/a.rs", "let x = r#\"\n  delete from taps\"#;"),
            ("src/commands/a.rs", "let x = Utc::now();"),
            ("src/commands/a.rs", "let x = std::env::var(\"HOME\");"),
            ("src/store/a.rs", "let x = SystemTime::now();"),
        ] {
            assert!(!found(path, code).is_empty(), "{path}: {code}");
        }
        assert_eq!(faults(&Source::new("src/a.rs", "fn f() {}")).len(), 1);
        assert_eq!(found("src/store/a.rs", &"x\n".repeat(400)).len(), 1);
    }

    #[test]
    fn lets_pass_what_is_right() {
        for (path, code) in [
            (
                "src/domain/a.rs",
                "use std::fmt;\nuse chrono::NaiveDate;\nuse super::ask;",
            ),
            ("src/domain/a.rs", "// use crate::store::Store;"),
            (
                "src/domain/a.rs",
                "#[cfg(test)]\nmod tests {\n use crate::store::Store;\n}",
            ),
            ("src/cli/a.rs", "use crate::output::Format;"),
            (
                "src/cli/mod.rs",
                "use crate::{domain::{ask::AskKind, tap}, output::Format};",
            ),
            ("src/commands/a/b.rs", "use super::super::Context;"),
            ("src/commands/a.rs", "let x = \"crate::x; select one\";"),
            ("src/store/a.rs", "let x = \"SELECT 1\"; use rusqlite::Row;"),
            ("src/clock.rs", "let x = chrono::Utc::now();"),
            ("src/lib.rs", "let x = std::env::var(name);"),
            ("src/output/a.rs", "let quote = '\"'; use std::io;"),
        ] {
            assert_eq!(found(path, code), [""; 0], "{path}: {code}");
        }
    }

    #[test]
    fn takes_groups_apart() {
        assert_eq!(
            paths("use crate::{a::{b, c::d}, e}; mycrate::f", "crate"),
            ["a::b", "a::c::d", "e"]
        );
    }
}
