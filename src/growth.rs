//! What commands cost grows with the program and not faster: in steps of SQLite's virtual machine and in statements, as
//! SQLite counts them itself. No time is measured, so that the machine does not matter. `docs/performance.md` says what
//! commands cost in time.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use clap::{CommandFactory as _, Parser as _};
use tempfile::TempDir;

use crate::cli::Cli;
use crate::clock::Clock;
use crate::commands;
use crate::output::Format;
use crate::session::Session;
use crate::store::{Counts, counted, run_script};

/// How many people there are in the two programs that are compared: four times as many in the second.
const PEOPLE: [u32; 2] = [1_000, 4_000];

/// What reads everything may cost so many times as much in the second, in hundredths.
const WITH_THE_PROGRAM: i64 = 440;

/// What concerns a few people may cost so many times as much, in hundredths.
const NOT_AT_ALL: i64 = 130;

/// So many more do not matter, where there are few.
const FEW: Counts = Counts {
    steps: 2_000,
    statements: 20,
};

const SEEDED: &str = include_str!("../tests/bench/seeded.sql");
/// Before the first fact of the seeded program, and after the last.
const BEFORE: &str = "2023-01-01T00:00:00Z";
const NOW: &str = "2026-11-01T12:00:00Z";

/// The programs that are compared. No test changes them.
static PROGRAMS: LazyLock<[Program; 2]> = LazyLock::new(|| PEOPLE.map(Program::seeded));

/// A folder with a database.
struct Program {
    folder: TempDir,
}

impl Program {
    fn seeded(people: u32) -> Self {
        let program = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        program.run(BEFORE, "init");
        let seeded = SEEDED.replace(":people", &people.to_string());
        run_script(&program.database(), &seeded).unwrap();
        program
    }

    /// The same program in a folder of its own.
    fn copied(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::copy(self.database(), folder.path().join("program.db")).unwrap();
        Self { folder }
    }

    fn database(&self) -> PathBuf {
        self.path("program.db")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What SQLite does for a command. `FOLDER` stands for the folder of the program.
    fn run(&self, now: &str, line: &str) -> Counts {
        let line = line.replace("FOLDER", &self.folder.path().to_string_lossy());
        let words = std::iter::once("advocate").chain(line.split(' '));
        let cli = Cli::try_parse_from(words).unwrap_or_else(|error| panic!("{line}: {error}"));
        let (done, counts) = counted(|| execute(&self.database(), now, cli));
        done.unwrap_or_else(|failure| panic!("{line}: {failure}"));
        counts
    }
}

fn execute(database: &Path, now: &str, cli: Cli) -> crate::failure::Result<()> {
    let (mut out, mut err) = (std::io::sink(), std::io::sink());
    let clock = Clock::fixed(now).unwrap();
    let mut session = Session {
        format: Format::Csv,
        quiet: true,
        assume_yes: true,
        ..Session::off_terminal(
            clock,
            database.to_owned(),
            Cli::command,
            (&mut out, &mut err),
        )
    };
    commands::run(cli.command, &mut session).map(drop)
}

/// Asserts that none of these commands costs more than so many times as much in the larger program, in hundredths.
#[track_caller]
fn assert_grow(programs: [&Program; 2], lines: &[&str], most: i64) {
    let mut faults = String::new();
    for line in lines {
        let [small, large] = programs.map(|program| program.run(NOW, line));
        let grows = |small: i64, large: i64, few: i64| large > (small * most / 100).max(few);
        if grows(small.steps, large.steps, FEW.steps)
            || grows(small.statements, large.statements, FEW.statements)
        {
            writeln!(faults, "{line}: {small:?}, then {large:?}").unwrap();
        }
    }
    assert!(
        faults.is_empty(),
        "of {PEOPLE:?} people, these grow more than {most} % of what they were:\n{faults}"
    );
}

fn programs() -> [&'static Program; 2] {
    PROGRAMS.each_ref()
}

#[test]
fn single_reports_grow_with_the_program() {
    let command = Cli::command();
    let reports = command.find_subcommand("report").unwrap().get_subcommands();
    let names = reports
        .map(clap::Command::get_name)
        .filter(|name| *name != "qbr");
    let lines: Vec<String> = names.map(|name| format!("report {name}")).collect();
    assert!(lines.len() > 10);
    let mut lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    lines.extend([
        "report nps --compare previous",
        "report nps --by industry",
        "report flywheel --rows",
    ]);
    assert_grow(programs(), &lines, WITH_THE_PROGRAM);
}

#[test]
fn the_dashboard_and_the_pack_grow_with_the_program() {
    let lines = ["report", "report qbr --period 2026-Q3 --out FOLDER/pack"];
    assert_grow(programs(), &lines, WITH_THE_PROGRAM);
}

#[test]
fn lists_grow_with_the_program() {
    let lines = [
        "agenda",
        "list",
        "list --as-of 2026-05-01",
        "candidates --limit 1000000",
        "taps --limit 1000000",
        "touches --limit 1000000",
        "gives --limit 1000000",
        "request list --all",
        "deal list",
        "nominations",
        "asset list",
        "signals",
        "next --all",
        "match --industry healthcare --ask reference",
        "match --ask speaking --why-not",
        "check",
        "undo --dry-run 700",
    ];
    assert_grow(programs(), &lines, WITH_THE_PROGRAM);
}

/// New answers of a thousand known people.
fn write_nightly_file(program: &Program) {
    let mut file = String::from("Response ID,Email,Score,Comment,Created at\n");
    for row in 0..1_000 {
        let (person, score, minute) = (row % 1_000 + 1, row % 11, row % 60);
        let line = format!(
            "N{row},person{person}@bench.example,{score},Words,2026-10-31 08:{minute:02}:11 UTC"
        );
        writeln!(file, "{line}").unwrap();
    }
    fs::write(program.path("nightly.csv"), file).unwrap();
}

#[test]
fn what_concerns_a_few_people_does_not_grow() {
    let copies = PROGRAMS.each_ref().map(Program::copied);
    copies.iter().for_each(write_nightly_file);
    let lines = [
        "import nps FOLDER/nightly.csv",
        "tap person3@bench.example --ask review --override bench",
        "show person3@bench.example",
    ];
    assert_grow(copies.each_ref(), &lines, NOT_AT_ALL);
}
