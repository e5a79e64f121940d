//! How long the large jobs take beside what the `sqlite3` shell needs for the same data, and the figures and lists beside
//! `advocate check`, which is one pass over everything; in one run, one after the other, as whole processes: `cargo bench
//! --bench against_sqlite [-- --rows N] [--people N] [--times N]`. Counts are asserted, times are only shown.

#![allow(
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a bench shows its figures on the terminal, and stops where something is missing"
)]

mod delighted;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use serde_json::Value;

const ADVOCATE: &str = env!("CARGO_BIN_EXE_advocate");
const NOW: &str = "2026-11-01T12:00:00Z";
const PROGRAM: &str = include_str!("program.sql");
const SEEDED: &str = include_str!("seeded.sql");

/// What is compared with `advocate check` on the same file, and how many times as long it should take at most.
const READING: &[(&str, f64)] = &[
    ("report", 4.0),
    ("report qbr --period 2026-Q3 --out OUT", 6.0),
    ("report pool", 1.0),
    ("report fill", 1.0),
    ("report acceptance", 1.0),
    ("report load", 1.0),
    ("report reciprocity", 1.0),
    ("report flywheel", 1.0),
    ("report coverage", 1.0),
    ("report nps", 1.0),
    ("report nps --compare previous", 1.0),
    ("report retention", 1.0),
    ("list", 1.0),
    ("list --as-of 2026-05-01", 1.0),
    ("candidates --limit 1000000", 1.0),
    ("taps --limit 1000000", 1.0),
    ("agenda", 2.0),
];

/// The bare join that `match` is compared with.
const JOIN: &str = "SELECT p.id, p.name, a.name, count(t.id), max(t.tapped_at) FROM people p
    JOIN accounts a ON a.id = p.account_id JOIN taps t ON t.person_id = p.id
    WHERE a.industry IN ('Hospital & Health Care', 'Healthcare') AND p.stage = 'active' GROUP BY p.id";

fn main() -> anyhow::Result<()> {
    let rows = number("--rows", 1_000_000)?;
    let people = number("--people", 10_000)?;
    let times = number("--times", 3)?.max(1);
    if Command::new("sqlite3").arg("-version").output().is_err() {
        println!("There is no `sqlite3` shell here to compare with.");
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    println!(
        "{rows} answers; {} advocates, {rows} taps; medians of {times}",
        rows / 10
    );
    println!(
        "{:<34}{:>10}{:>10}{:>8}{:>8}",
        "", "advocate", "sqlite3", "ratio", "target"
    );
    imports(folder.path(), rows, times)?;
    matching(folder.path(), rows, times)?;
    println!("{people} people; medians of {times}");
    println!(
        "{:<34}{:>10}{:>10}{:>8}{:>8}",
        "", "it", "check", "ratio", "target"
    );
    reading(folder.path(), people, times)
}

fn imports(folder: &Path, rows: u64, times: u64) -> anyhow::Result<()> {
    let file = folder.join("delighted.csv");
    delighted::write(&file, rows)?;
    let (mut raw, mut new, mut again) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..times {
        let import = format!(".import {} raw", file.display());
        let database = fresh(folder, "raw.db")?;
        raw.push(
            timed(
                Command::new("sqlite3")
                    .arg(&database)
                    .args([".mode csv", &import]),
            )?
            .0,
        );

        let database = fresh(folder, "advocate.db")?;
        timed(advocate(&database).arg("init"))?;
        let import = || {
            let mut import = advocate(&database);
            import.args(["--json", "import", "nps"]).arg(&file);
            import
        };
        let (time, answer) = timed(&mut import())?;
        ensure!(
            counts(&answer)? == [rows, 0, 0],
            "the first import: {answer}"
        );
        new.push(time);
        let (time, answer) = timed(&mut import())?;
        ensure!(
            counts(&answer)? == [0, 0, rows],
            "the second import: {answer}"
        );
        again.push(time);
    }
    let raw = median(raw);
    show("import, all new | .import", median(new), raw, 1.2);
    show("import, nothing new | .import", median(again), raw, 0.4);
    Ok(())
}

fn matching(folder: &Path, rows: u64, times: u64) -> anyhow::Result<()> {
    let people = (rows / 10).max(1).to_string();
    let script = PROGRAM.replace(":people", &people);
    let script = script.replace(":taps", &rows.to_string());
    let database = program(folder, "program.db", &script)?;
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..times.max(5) {
        bare.push(timed(Command::new("sqlite3").arg(&database).arg(JOIN))?.0);
        let mut ask = advocate(&database);
        ask.args([
            "--json",
            "match",
            "--industry",
            "healthcare",
            "--ask",
            "reference",
        ]);
        let (time, answer) = timed(&mut ask)?;
        let answer: Value = serde_json::from_str(&answer)?;
        ensure!(
            answer["data"]["ready"].as_array().is_some(),
            "match said {answer}"
        );
        ours.push(time);
    }
    show("match | the bare join", median(ours), median(bare), 2.0);
    Ok(())
}

/// The commands that read, one after the other, each beside the check of the file.
fn reading(folder: &Path, people: u64, times: u64) -> anyhow::Result<()> {
    let script = SEEDED.replace(":people", &people.to_string());
    let database = program(folder, "seeded.db", &script)?;
    let pack = folder.join("pack").to_string_lossy().into_owned();
    for (line, target) in READING {
        let (mut ours, mut check) = (Vec::new(), Vec::new());
        for _ in 0..times.max(5) {
            check.push(timed(advocate(&database).arg("check"))?.0);
            let words = line.split(' ');
            let words = words.map(|word| if word == "OUT" { &pack } else { word });
            ours.push(timed(advocate(&database).args(words))?.0);
        }
        show(line, median(ours), median(check), *target);
    }
    Ok(())
}

/// A database that a script has filled.
fn program(folder: &Path, name: &str, script: &str) -> anyhow::Result<PathBuf> {
    let database = fresh(folder, name)?;
    // Before the first fact of the script.
    timed(
        advocate(&database)
            .env("ADVOCATE_NOW", "2023-01-01T00:00:00Z")
            .arg("init"),
    )?;
    let path = folder.join("program.sql");
    std::fs::write(&path, script)?;
    timed(
        Command::new("sqlite3")
            .args(["-bail"])
            .arg(&database)
            .arg(format!(".read {}", path.display())),
    )?;
    timed(advocate(&database).arg("check"))
        .context("the database of the bench is not consistent")?;
    Ok(database)
}

fn advocate(database: &Path) -> Command {
    let mut command = Command::new(ADVOCATE);
    command
        .env("ADVOCATE_NOW", NOW)
        .arg("--db")
        .arg(database)
        .arg("--no-input");
    command
}

/// Runs a process to its end, which must be a good one.
fn timed(command: &mut Command) -> anyhow::Result<(Duration, String)> {
    let begun = Instant::now();
    let output = command.stdin(Stdio::null()).output()?;
    let time = begun.elapsed();
    ensure!(
        output.status.success(),
        "{command:?}: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok((time, String::from_utf8_lossy(&output.stdout).into_owned()))
}

/// What an import says is new, changed and unchanged.
fn counts(answer: &str) -> anyhow::Result<[u64; 3]> {
    let answer: Value = serde_json::from_str(answer)?;
    let count = |key| {
        answer["data"][key]
            .as_u64()
            .with_context(|| format!("no `{key}`: {answer}"))
    };
    Ok([count("new")?, count("changed")?, count("unchanged")?])
}

/// The path of a database that does not exist yet.
fn fresh(folder: &Path, name: &str) -> anyhow::Result<PathBuf> {
    for suffix in ["", "-wal", "-shm"] {
        let path = folder.join(format!("{name}{suffix}"));
        if path.exists() {
            std::fs::remove_file(path)?;
        }
    }
    Ok(folder.join(name))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn show(what: &str, ours: Duration, theirs: Duration, target: f64) {
    let (ours, theirs) = (ours.as_secs_f64(), theirs.as_secs_f64());
    println!(
        "{what:<34}{ours:>9.3}s{theirs:>9.3}s{:>8.2}{target:>8.1}",
        ours / theirs
    );
}

/// The number after an option on the command line.
fn number(option: &str, default: u64) -> anyhow::Result<u64> {
    let args: Vec<String> = std::env::args().collect();
    match args.iter().position(|arg| arg == option) {
        Some(at) => args
            .get(at + 1)
            .and_then(|value| value.parse().ok())
            .with_context(|| format!("{option} needs a number")),
        None => Ok(default),
    }
}
