//! Commands that bring back, copy, correct and erase, stopped at any moment and refused any write: what they leave is whole,
//! and the same command does the rest (`docs/reliability.md`).
//!
//! `ADVOCATE_TRIALS` says how often each is stopped, and at how many of its writes it is refused one.

use std::collections::BTreeSet;
use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::common::traced::has_strace;
use crate::common::{Program, trials};

const NOW: &str = "2026-07-01";

/// A small program with an ask that was answered, as the bytes of its file.
fn bytes() -> Vec<u8> {
    let program = Program::on(NOW);
    program.file(
        "nps.csv",
        "email,name,score,comment,date\nzelda@k.example,Zelda Quux,9,Quuxword,2026-05-01\n",
    );
    for line in [
        "import nps nps.csv",
        "register zelda --will review,reference",
        "register omar@o.example --name Omar --will review",
        "tap zelda --ask review",
        "outcome 1 accepted",
        "touch omar --kind check-in",
    ] {
        program.run(line).ok();
    }
    program.run("check --quiet").ok();
    program
        .sql()
        .execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")
        .unwrap();
    program.bytes()
}

/// What is stopped, and what it needs before.
const COMMANDS: [(&str, &[&str]); 7] = [
    ("undo 6 --yes", &[]),
    ("redo", &["undo 6 --yes"]),
    ("outcome 1 declined --correct --reason typo", &[]),
    ("touches remove 1", &[]),
    ("backup copy.db", &[]),
    (
        "restore copy.db --yes",
        &["backup copy.db", "tap omar --ask review"],
    ),
    ("forget zelda@k.example --yes", &["backup"]),
];

/// A fresh program that is ready for a command.
fn ready(bytes: &[u8], before: &[&str]) -> Program {
    let program = Program::copy(bytes, NOW);
    for line in before {
        program.run(line).ok();
    }
    program
}

/// What the facts say, without what is about operations themselves.
fn facts(program: &Program) -> String {
    const ABOUT: [&str; 8] = [
        "operations ",
        "row_images ",
        "undos ",
        "used_ids ",
        "forget_keys ",
        "forgotten ",
        "forgotten_operations ",
        "sqlite_",
    ];
    let rows = program.rows();
    let facts = rows
        .lines()
        .filter(|row| !ABOUT.iter().any(|one| row.starts_with(one)));
    facts.collect::<Vec<_>>().join("\n")
}

/// Whatever was left is sound: as before or as after, with no half of a copy, and the same command ends the work.
fn is_sound(program: &Program, line: &str, either: &BTreeSet<String>) {
    program.healthy();
    if !line.starts_with("forget") {
        // The next command that makes something removes what a killed one left.
        program.run("backup next.db").ok();
        fs::remove_file(program.path("next.db")).unwrap();
    }
    let now = facts(program);
    assert!(either.contains(&now), "{line} left\n{now}");
    if line.starts_with("backup") && program.path("copy.db").exists() {
        program.run("--db copy.db check --quiet").ok();
        return;
    }
    if line.starts_with("forget") {
        program.run(line).ok();
    }
    let entries = fs::read_dir(program.path("")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let unfinished: Vec<String> = names
        .filter(|name| name.starts_with(".advocate-unfinished"))
        .collect();
    assert_eq!(unfinished, [""; 0], "{line}");
    if line.starts_with("forget") {
        let left = holding(program, b"quux");
        assert_eq!(left, [""; 0], "{line}");
    }
}

/// The files of the program and of its backups that hold these bytes.
fn holding(program: &Program, bytes: &[u8]) -> Vec<String> {
    let mut folders = vec![program.path("")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let all = fs::read(&path).unwrap().to_ascii_lowercase();
            if all.windows(bytes.len()).any(|part| part == bytes) {
                found.push(path.display().to_string());
            }
        }
    }
    found
}

/// What the facts may say after a command that was stopped: what they said before, or what they say after it.
fn either(bytes: &[u8], line: &str, before: &[&str]) -> (BTreeSet<String>, Duration) {
    let program = ready(bytes, before);
    let was = facts(&program);
    let begin = Instant::now();
    program.run(line).ok();
    let whole = begin.elapsed();
    (BTreeSet::from([was, facts(&program)]), whole)
}

#[test]
fn whatever_was_killed_is_as_before_or_as_after() {
    let bytes = bytes();
    let mut random = fastrand::Rng::with_seed(11);
    for (line, before) in COMMANDS {
        let (either, whole) = either(&bytes, line, before);
        for _ in 0..trials(4) {
            let program = ready(&bytes, before);
            let mut child = program
                .command(&crate::common::words(line))
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(whole.mul_f64(random.f64() * 1.2));
            child.kill().unwrap();
            child.wait().unwrap();
            is_sound(&program, line, &either);
        }
    }
}

#[test]
fn whatever_was_refused_a_write_is_as_before_or_as_after() {
    if !has_strace() {
        return;
    }
    let bytes = bytes();
    let mut refused = 0;
    for (line, before) in COMMANDS {
        let (either, _) = either(&bytes, line, before);
        for (call, error) in [
            ("pwrite64", "ENOSPC"),
            ("fsync,fdatasync", "EIO"),
            ("rename,renameat,renameat2", "EIO"),
        ] {
            for nth in 1..=trials(3) {
                let program = ready(&bytes, before);
                let trace = format!("trace={call}");
                let inject = format!("inject={call}:error={error}:when={nth}+");
                let options = ["-o", "/dev/null", "-e", &trace, "-e", &inject];
                let ran = program.traced(&options, line);
                let said = String::from_utf8(ran.stderr).unwrap();
                assert!(!said.contains("panicked"), "{line}: {said}");
                match ran.status.code() {
                    Some(0) => {
                        // It needed fewer of these.
                        is_sound(&program, line, &either);
                        break;
                    }
                    Some(1 | 5) => refused += 1,
                    code => panic!("{line}, {call} {nth}: {code:?} {said}"),
                }
                is_sound(&program, line, &either);
            }
        }
    }
    assert!(refused > COMMANDS.len(), "{refused} were refused");
}
