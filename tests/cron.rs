//! The nightly line of docs/cron.md, run as cron runs it: an empty environment, no terminal, twice.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const PAGE: &str = include_str!("../docs/cron.md");
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
fn as_cron(home: &Path, line: &str) -> Output {
    Command::new("/bin/sh")
        .args(["-c", &line.replace("\\%", "%")])
        .env_clear()
        .env("HOME", home)
        .env("LOGNAME", "maya")
        .env("PATH", "/usr/bin:/bin")
        .env("SHELL", "/bin/sh")
        .env("ADVOCATE_NOW", NOW)
        .current_dir(home)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/import");
    fs::create_dir_all(home.path().join("exports")).unwrap();
    fs::create_dir_all(home.path().join(".cargo/bin")).unwrap();
    std::os::unix::fs::symlink(
        env!("CARGO_BIN_EXE_advocate"),
        home.path().join(".cargo/bin/advocate"),
    )
    .unwrap();
    fs::copy(
        fixtures.join("delighted.csv"),
        home.path().join("exports/nps.csv"),
    )
    .unwrap();
    let made = as_cron(home.path(), "$HOME/.cargo/bin/advocate init --quiet");
    assert!(made.status.success());
    home
}

#[test]
fn the_nightly_line_is_silent_and_adds_nothing_the_second_time() {
    let home = home();
    for _ in 0..2 {
        let night = as_cron(home.path(), &nightly());
        assert_eq!(night.status.code(), Some(0));
        assert_eq!(night.stdout, b"");
        assert_eq!(night.stderr, b"");
    }
    let line = "$HOME/.cargo/bin/advocate import nps exports/nps.csv --json";
    let again = as_cron(home.path(), line);
    let answer: serde_json::Value = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!(answer["data"]["new"], 0);
    assert_eq!(answer["data"]["changed"], 0);
    assert_eq!(answer["data"]["unchanged"], 40);
    assert_eq!(again.status.code(), Some(0));
}

#[test]
fn rejected_rows_are_mailed_and_kept_aside() {
    let home = home();
    let export = "Email,Score,Date\na@one.example,9,2026-06-01\nb@one.example,11,2026-06-01\n";
    fs::write(home.path().join("exports/nps.csv"), export).unwrap();
    let night = as_cron(home.path(), &nightly());
    assert_eq!(night.status.code(), Some(4));
    assert_eq!(night.stdout, b"");
    let mail = String::from_utf8(night.stderr).unwrap();
    assert!(mail.contains("line 3"), "{mail}");
    let kept = fs::read_to_string(home.path().join("exports/rejects.csv")).unwrap();
    assert!(kept.contains("b@one.example,11"), "{kept}");
}

#[test]
fn a_night_without_an_export_is_mailed() {
    let home = home();
    fs::remove_file(home.path().join("exports/nps.csv")).unwrap();
    let night = as_cron(home.path(), &nightly());
    assert_eq!(night.status.code(), Some(1));
    assert!(!night.stderr.is_empty());
}
