//! The checker sees each fault, and lets pass what is right.

use crate::house::House;
use crate::{MOST_LINES, looks_sideways, looks_up, misplaced, unreadable};

/// A house of these files, each with its first line.
fn house(files: &[(&str, &str)]) -> House {
    let text = |code: &str| format!("//! What lives here.\n{code}");
    let files = files
        .iter()
        .map(|(file, code)| ((*file).to_owned(), text(code)));
    let mut house = House::new(files);
    house.packages = ["anyhow", "chrono", "rusqlite", "serde"]
        .map(str::to_owned)
        .into();
    house
}

/// What is wrong with a file that stands among others.
fn faults(file: &str, code: &str) -> Vec<String> {
    let mut files = vec![
        ("src/lib.rs", ""),
        ("src/clock.rs", ""),
        ("src/commands/mod.rs", "pub struct Shared;"),
        ("src/commands/ask.rs", ""),
        ("src/commands/report/mod.rs", ""),
        ("src/commands/report/load.rs", ""),
        ("src/domain/mod.rs", ""),
        ("src/domain/ask.rs", ""),
        ("src/domain/ask/words.rs", ""),
        ("src/intake/mod.rs", ""),
        ("src/output/mod.rs", ""),
        ("src/store/mod.rs", ""),
    ];
    files.retain(|(other, _)| *other != file);
    files.push((file, code));
    let house = house(&files);
    let checks = [looks_up, looks_sideways, misplaced, unreadable];
    checks.map(|check| check(&house)).concat()
}

#[test]
fn each_fault_is_found() {
    for (file, code) in [
        ("src/domain/a.rs", "use crate::store::Store;"),
        ("src/domain/a.rs", "use crate::{domain::ask, output};"),
        ("src/domain/a.rs", "fn f() { std::fs::read(p) }"),
        (
            "src/domain/a.rs",
            "use std::env; fn f() { env::temp_dir() }",
        ),
        ("src/domain/a.rs", "use std::{fmt, io::Read};"),
        ("src/domain/a.rs", "use anyhow::Result;"),
        ("src/domain/a.rs", "fn f() -> anyhow::Result<()> {}"),
        ("src/domain/a.rs", "use super::super::store;"),
        ("src/domain/mod.rs", "use super::store;"),
        ("src/domain/a/b.rs", "use super::super::super::store;"),
        ("src/intake/a.rs", "use crate::store::Tx;"),
        ("src/store/a.rs", "fn f(x: crate::intake::Row) {}"),
        (
            "src/store/a.rs",
            "fn f() { write!(out, \"{}\", crate::output::x()) }",
        ),
        ("src/output/a.rs", "use crate::commands::Context;"),
        (
            "src/output/a.rs",
            "#[arg(value_parser = crate::intake::day)] struct A;",
        ),
        ("src/views/a.rs", "use crate::session::Session;"),
        ("src/resolve/a.rs", "use crate::views::Table;"),
        ("src/prompt.rs", "use crate::domain::ask::AskKind;"),
        ("src/unheard_of.rs", "use crate::domain::ask::AskKind;"),
        ("src/commands/a.rs", "use crate::commands::ask;"),
        ("src/commands/a.rs", "use super::ask::Args;"),
        ("src/commands/a.rs", "fn f() { super::ask::run() }"),
        ("src/commands/a.rs", "use super::Shared;"),
        ("src/commands/a.rs", "use super::{ask::run, ask::Args};"),
        ("src/commands/report/a.rs", "use super::super::ask;"),
        ("src/commands/report/a.rs", "use super::super::Shared;"),
        ("src/commands/report/mod.rs", "use super::ask::Args;"),
        ("src/commands/a.rs", "use rusqlite::Connection;"),
        ("src/commands/a.rs", "fn f() { let x = \"SELECT 1\"; }"),
        (
            "src/commands/a.rs",
            "const X: &str = r#\"\n  delete from taps\"#;",
        ),
        ("src/commands/a.rs", "fn f() { Utc::now() }"),
        ("src/commands/a.rs", "fn f() { std::env::var(\"HOME\") }"),
        ("src/store/a.rs", "fn f() { SystemTime::now() }"),
    ] {
        assert_eq!(faults(file, code).len(), 1, "{file}: {code}");
    }
    assert_eq!(faults("src/store/a.rs", &"\n".repeat(MOST_LINES)).len(), 1);
}

#[test]
fn a_file_says_what_lives_in_it() {
    let silent = House::new([("src/a.rs".to_owned(), "fn a() {}".to_owned())]);
    assert_eq!(
        unreadable(&silent),
        ["src/a.rs: does not say what lives in it"]
    );
}

#[test]
fn what_is_right_passes() {
    for (file, code) in [
        (
            "src/domain/a.rs",
            "use std::fmt; use chrono::NaiveDate; use super::ask;",
        ),
        ("src/domain/a.rs", "// use crate::store::Store;"),
        (
            "src/domain/a.rs",
            "/// See [`crate::store::Store`].\nstruct A;",
        ),
        (
            "src/domain/a.rs",
            "#[cfg(test)] mod tests { use crate::store::Store; }",
        ),
        (
            "src/domain/a.rs",
            "#[cfg(test)] use crate::{store::Store, output};",
        ),
        (
            "src/commands/mod.rs",
            "use report::Args; fn f() { ask::run() }",
        ),
        (
            "src/commands/report/a.rs",
            "use super::load; use super::super::report::load::Facts;",
        ),
        (
            "src/commands/a.rs",
            "use crate::{domain::{ask::AskKind, tap}, output::Format};",
        ),
        (
            "src/commands/a.rs",
            "fn f() { let x = \"crate::x; select one\"; }",
        ),
        ("src/views/a.rs", "use crate::resolve::person;"),
        (
            "src/store/a.rs",
            "fn f() { let x = \"SELECT 1\"; } use rusqlite::Row;",
        ),
        ("src/clock.rs", "fn f() { chrono::Utc::now() }"),
        (
            "src/lib.rs",
            "fn f() { std::env::var(name) } use crate::commands::ask;",
        ),
        ("src/output/a.rs", "const Q: char = '\"'; use std::io;"),
    ] {
        assert_eq!(faults(file, code), [""; 0], "{file}: {code}");
    }
}

/// The files that need each other, by their names.
fn circle(files: &[(&str, &str)]) -> bool {
    let found = house(files).circles();
    assert!(found.len() < 2, "{found:?}");
    !found.is_empty()
}

#[test]
fn circles_are_found() {
    let root = ("src/lib.rs", "mod a;");
    for files in [
        // By imports of every form.
        [
            root,
            ("src/a/mod.rs", ""),
            ("src/a/b.rs", "use super::c::C; pub struct B;"),
            ("src/a/c.rs", "use crate::a::b::B; pub struct C;"),
        ],
        // By a path in the code, in a macro, and through a module that is imported.
        [
            root,
            ("src/a/mod.rs", ""),
            ("src/a/b.rs", "fn b() { super::c::c() }"),
            ("src/a/c.rs", "use super::b; fn c() { f!(1, b::b()) }"),
        ],
        // Through what the parent passes on.
        [
            root,
            ("src/a/mod.rs", "mod b; mod c; pub use b::B; pub use c::*;"),
            ("src/a/b.rs", "use super::C; pub struct B;"),
            ("src/a/c.rs", "use super::B; pub struct C;"),
        ],
        [
            root,
            ("src/a/mod.rs", "mod b; mod c; pub use b::B as Other;"),
            ("src/a/b.rs", "use super::c::C; pub struct B;"),
            ("src/a/c.rs", "use crate::a::Other; pub struct C;"),
        ],
        // With the parent itself, which makes use of its child.
        [
            root,
            ("src/a/mod.rs", "mod b; pub struct A; fn a() { b::b() }"),
            ("src/a/b.rs", "use super::A;"),
            ("src/a/c.rs", ""),
        ],
        [
            root,
            ("src/a/mod.rs", "mod b; pub use b::B; pub struct A(B);"),
            ("src/a/b.rs", "use super::A; pub struct B;"),
            ("src/a/c.rs", ""),
        ],
    ] {
        assert!(circle(&files), "{files:?}");
    }
}

#[test]
fn what_is_no_circle_passes() {
    let root = ("src/lib.rs", "mod a; use a::A;");
    for files in [
        // A parent that only declares its children and passes their names on.
        [
            root,
            ("src/a/mod.rs", "mod b; mod c; pub use b::B; pub struct A;"),
            ("src/a/b.rs", "use super::A; pub struct B;"),
            ("src/a/c.rs", ""),
        ],
        // What the parent passes on is no need of the parent.
        [
            root,
            (
                "src/a/mod.rs",
                "mod b; mod c; pub use b::B; fn a() { c::c() }",
            ),
            ("src/a/b.rs", "pub struct B;"),
            ("src/a/c.rs", "use super::B; fn c() {}"),
        ],
        // Tests may look anywhere.
        [
            root,
            ("src/a/mod.rs", "mod b; fn a() { b::b() }"),
            ("src/a/b.rs", "#[cfg(test)] mod tests { use crate::a::a; }"),
            ("src/a/c.rs", ""),
        ],
        // To name a module is not yet to need it.
        [
            root,
            ("src/a/mod.rs", ""),
            ("src/a/b.rs", "use super::c; fn b() {}"),
            ("src/a/c.rs", "use super::b; fn c() { b::b() }"),
        ],
    ] {
        assert!(!circle(&files), "{files:?}");
    }
}

#[test]
fn a_file_of_tests_is_no_part_of_the_house() {
    let house = house(&[
        ("src/lib.rs", "mod a;"),
        ("src/a/mod.rs", "#[cfg(test)]\npub(crate) mod tests;"),
        ("src/a/tests.rs", ""),
        ("src/a/tests/more.rs", ""),
    ]);
    let files: Vec<&str> = house
        .files
        .values()
        .map(|file| file.path.as_str())
        .collect();
    assert_eq!(files, ["src/lib.rs", "src/a/mod.rs"]);
}
