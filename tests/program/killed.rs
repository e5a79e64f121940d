//! Commands that are stopped at any moment: nothing half done is ever found, and nothing personal is left behind.
//!
//! `ADVOCATE_TRIALS` says how often each is stopped.

use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::common::{Program, trials};

/// A program with a demonstration in it, and an export of it.
fn program() -> Program {
    let program = crate::demo("2026-07-01");
    program.run("export backup --quiet").ok();
    program
}

/// What lies in the folder of the program that it made while it worked.
fn unfinished(program: &Program) -> Vec<String> {
    let entries = fs::read_dir(program.path("")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names
        .filter(|name| name.starts_with(".advocate-unfinished-"))
        .collect()
}

/// How long a command takes that nobody stops.
fn takes(program: &Program, line: &str) -> Duration {
    let begin = Instant::now();
    program.run(line).ok();
    begin.elapsed()
}

/// Starts the command and stops it after a random part of the time that it takes.
fn stop(program: &Program, line: &str, signal: &str, whole: Duration, random: &mut fastrand::Rng) {
    let mut child = program
        .command(&crate::common::words(line))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(whole.mul_f64(random.f64() * 1.2));
    let kill = std::process::Command::new("kill")
        .args([signal, &child.id().to_string()])
        .stderr(Stdio::null())
        .status();
    assert!(kill.is_ok());
    child.wait().unwrap();
}

#[test]
fn a_signal_leaves_nothing_behind() {
    let program = program();
    let mut random = fastrand::Rng::with_seed(1);
    for (line, made) in [
        ("export out --quiet", "out"),
        ("--db new.db import all backup --quiet", "new.db"),
        ("report qbr --period 2026-Q2 --out pack --quiet", "pack"),
    ] {
        let whole = takes(&program, line);
        for trial in 0..trials(8) {
            remove(&program, made);
            let signal = ["-INT", "-TERM", "-HUP"][trial % 3];
            stop(&program, line, signal, whole, &mut random);
            assert_eq!(unfinished(&program), [""; 0], "{line} {signal}");
            is_whole(&program, made);
        }
    }
    program.healthy();
}

#[test]
fn the_next_command_removes_what_a_killed_one_left() {
    let program = program();
    let mut random = fastrand::Rng::with_seed(2);
    let mut left = 0;
    for (line, made) in [
        ("export out --quiet", "out"),
        ("--db new.db import all backup --quiet", "new.db"),
        ("report qbr --period 2026-Q2 --out pack --quiet", "pack"),
    ] {
        let whole = takes(&program, line);
        for _ in 0..trials(8) {
            if made != "pack" || random.bool() {
                remove(&program, made);
            }
            stop(&program, line, "-KILL", whole, &mut random);
            left += unfinished(&program).len();
            is_whole(&program, made);
            remove(&program, "next");
            program.run("export next --quiet").ok();
            let still = unfinished(&program);
            let is_aside = |name: &String| program.path(name).join("aside").exists();
            assert!(still.iter().all(is_aside), "{line}: {still:?}");
        }
        // A pack that had stepped aside is put back by the next one.
        if made == "pack" {
            program.run(line).ok();
        }
        assert_eq!(unfinished(&program), [""; 0], "{line}");
    }
    assert!(left > 0, "no command was killed while it worked");
    program.healthy();
}

/// What has its name is whole, or is not there.
fn is_whole(program: &Program, made: &str) {
    let path = program.path(made);
    match made {
        _ if !path.exists() => {}
        "new.db" => {
            program.run("--db new.db check --quiet").ok();
        }
        _ => assert!(path.join("manifest.json").exists(), "{made}"),
    }
}

fn remove(program: &Program, made: &str) {
    let path = program.path(made);
    if path.is_dir() {
        fs::remove_dir_all(path).unwrap();
    } else if path.exists() {
        fs::remove_file(path).unwrap();
    }
}

#[test]
fn an_init_that_was_killed_is_done_by_the_next() {
    let mut random = fastrand::Rng::with_seed(3);
    let mut program = Program::empty();
    let line = "init --time-zone Europe/Berlin --quiet";
    let whole = takes(&program, line);
    for trial in 0..trials(20) {
        program.db = program.path(&format!("{trial}.db"));
        stop(&program, line, "-KILL", whole, &mut random);
        program.run(line).ok();
        program
            .run("policy show time-zone")
            .ok()
            .shows("Europe/Berlin");
        program.healthy();
    }
}

#[test]
fn a_write_that_was_killed_is_whole_or_was_never_begun() {
    let program = program();
    let mut random = fastrand::Rng::with_seed(4);
    let line = "tap 12 --ask review --override 'to be sure' --quiet";
    let whole = takes(&program, line);
    let mut taps = program.count("taps");
    for _ in 0..trials(12) {
        stop(&program, line, "-KILL", whole, &mut random);
        let now = program.count("taps");
        assert!(now == taps || now == taps + 1, "{taps} became {now}");
        taps = now;
        program.healthy();
    }
}

#[test]
fn a_restore_never_takes_the_place_of_a_program_made_meanwhile() {
    let program = program();
    let mut random = fastrand::Rng::with_seed(5);
    let restore = "--db new.db import all backup --quiet";
    let whole = takes(&program, restore);
    for _ in 0..trials(8) {
        for end in ["", "-wal", "-shm", "-journal"] {
            remove(&program, &format!("new.db{end}"));
        }
        let restoring = program.spawn(restore);
        std::thread::sleep(whole.mul_f64(random.f64()));
        let made = program.run("--db new.db init --time-zone UTC --quiet");
        let kept = made.code == Some(0)
            && program
                .run("--db new.db register mine@mine.example --will review --quiet")
                .code
                == Some(0);
        restoring.wait_with_output().unwrap();
        if kept {
            program.run("--db new.db show mine@mine.example").ok();
        }
        program.run("--db new.db check --quiet").ok();
    }
}
