//! The nightly line of docs/cron.md, run as cron runs it: an empty environment, no terminal, twice.

use std::fs;
use std::process::{Command, Stdio};

use crate::common::{BINARY, Program, Ran, fixture};

const PAGE: &str = include_str!("../../docs/cron.md");
/// Every answer of the fixture was given before this day.
const NOW: &str = "2026-07-01T04:15:00Z";

/// The command of the crontab line in the page: what follows the five fields of the time.
fn nightly() -> String {
    let line = PAGE
        .lines()
        .find(|line| line.starts_with("15 4 * * * "))
        .unwrap();
    line.trim_start_matches("15 4 * * * ").to_owned()
}

/// Runs a line as cron does, with the program where the page supposes it.
fn as_cron(home: &Program, line: &str) -> Ran {
    let output = Command::new("/bin/sh")
        .args(["-c", &line.replace("\\%", "%")])
        .env_clear()
        .env("HOME", home.path(""))
        .env("LOGNAME", "maya")
        .env("PATH", "/usr/bin:/bin")
        .env("SHELL", "/bin/sh")
        .env("ADVOCATE_NOW", NOW)
        .current_dir(home.path(""))
        .stdin(Stdio::null())
        .output();
    Ran::new(line, output.unwrap())
}

fn home() -> Program {
    let home = Program::empty();
    fs::create_dir_all(home.path("exports")).unwrap();
    fs::create_dir_all(home.path(".cargo/bin")).unwrap();
    std::os::unix::fs::symlink(BINARY, home.path(".cargo/bin/advocate")).unwrap();
    fs::copy(
        fixture("import/delighted.csv"),
        home.path("exports/nps.csv"),
    )
    .unwrap();
    as_cron(&home, "$HOME/.cargo/bin/advocate init --quiet").ok();
    home
}

#[test]
fn the_nightly_line_is_silent_and_adds_nothing_the_second_time() {
    let home = home();
    for _ in 0..2 {
        as_cron(&home, &nightly()).ok().silent();
    }
    let line = "$HOME/.cargo/bin/advocate import nps exports/nps.csv --json";
    let again = as_cron(&home, line).ok().data();
    assert_eq!(again["new"], 0);
    assert_eq!(again["changed"], 0);
    assert_eq!(again["unchanged"], 40);
}

#[test]
fn rejected_rows_are_mailed_and_kept_aside() {
    let home = home();
    let export = "Email,Score,Date\na@one.example,9,2026-06-01\nb@one.example,11,2026-06-01\n";
    home.file("exports/nps.csv", export);
    let night = as_cron(&home, &nightly()).code(4).says("line 3");
    assert_eq!(night.out, "");
    let kept = fs::read_to_string(home.path("exports/rejects.csv")).unwrap();
    assert!(kept.contains("b@one.example,11"), "{kept}");
}

#[test]
fn a_night_without_an_export_is_mailed() {
    let home = home();
    fs::remove_file(home.path("exports/nps.csv")).unwrap();
    let night = as_cron(&home, &nightly()).code(1);
    assert!(!night.err.is_empty());
}
