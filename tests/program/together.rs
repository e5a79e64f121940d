//! Many processes at one database at the same instant.

use std::process::Child;

use crate::common::{Program, Ran};

const MANY: usize = 50;

fn all(children: Vec<Child>) -> Vec<Ran> {
    let end = |child: Child| Ran::new("(one of many)", child.wait_with_output().expect("it ends"));
    children.into_iter().map(end).collect()
}

#[test]
fn of_fifty_who_tap_one_advocate_exactly_one_succeeds() {
    let program = Program::new();
    crate::nina(&program);
    // All wait at the gate that a write transaction is, until it opens.
    let gate = program.sql();
    gate.execute_batch("BEGIN IMMEDIATE").unwrap();
    let children: Vec<Child> = (0..MANY)
        .map(|_| program.spawn("tap nina --ask review --lock-wait 120 --json"))
        .collect();
    gate.execute_batch("COMMIT").unwrap();
    let ran = all(children);
    let codes = |code: i32| ran.iter().filter(|one| one.code == Some(code)).count();
    let odd = ran.iter().find(|one| !matches!(one.code, Some(0 | 3)));
    assert!(odd.is_none(), "{}", odd.unwrap().story());
    assert_eq!((codes(0), codes(3)), (1, MANY - 1));
    for one in ran.iter().filter(|one| one.code == Some(3)) {
        assert_eq!(one.error()["refusal"], "cap", "{}", one.story());
    }
    assert_eq!(program.count("taps"), 1);
    program.healthy();
}

#[test]
fn of_many_who_tap_as_many_succeed_as_the_cap_allows() {
    let program = Program::new();
    crate::nina(&program);
    program.run("policy set cap.low.max 3").ok();
    let children = (0..20).map(|_| program.spawn("tap nina --ask review --lock-wait 120"));
    let ran = all(children.collect());
    let done = ran.iter().filter(|one| one.code == Some(0)).count();
    let refused = ran.iter().filter(|one| one.code == Some(3)).count();
    assert_eq!((done, refused), (3, 17));
    program.healthy();
}

#[test]
fn fifty_who_create_one_database_leave_a_healthy_one() {
    let program = Program::empty();
    let children = (0..MANY).map(|_| program.spawn("init --time-zone UTC --lock-wait 120"));
    for one in all(children.collect()) {
        let one = one.ok();
        assert!(
            one.out.contains("created") || one.out.contains("exists already"),
            "{}",
            one.story()
        );
    }
    program.healthy();
    crate::nina(&program);
}

#[test]
fn the_same_import_by_many_at_once_adds_everything_once() {
    let mut program = Program::new();
    program.at("2026-07-01");
    let file = crate::common::fixture("import/delighted.csv");
    let line = format!("import nps {} --lock-wait 120 --json", file.display());
    let ran = all((0..8).map(|_| program.spawn(&line)).collect());
    let new: u64 = ran
        .into_iter()
        .map(|one| one.ok().data()["new"].as_u64().unwrap())
        .sum();
    assert_eq!(new, 40);
    assert_eq!(program.count("responses"), 40);
    program.healthy();
}
