//! Who may read what is written, and that reading writes nothing.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::common::{Program, fixture};

const READING: &[&str] = &[
    "list",
    "list --as-of 2026-01-01",
    "show nina",
    "show nina --as-of 2026-06-15",
    "match --ask review --why-not --explain",
    "candidates",
    "taps",
    "policy show",
    "check",
];

fn mode(path: &Path) -> u32 {
    fs::metadata(path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .permissions()
        .mode()
        & 0o777
}

#[test]
fn everything_is_the_owners_only() {
    let mut program = Program::empty();
    program.db = program.path("new/folder/program.db");
    program.run("init --time-zone UTC").ok();
    assert_eq!(mode(&program.path("new")), 0o700);
    assert_eq!(mode(&program.path("new/folder")), 0o700);
    assert_eq!(mode(&program.db), 0o600);
    crate::nina(&program);
    // A reader keeps the sidecars there while a write is under way.
    let reader = program.sql();
    let count: i64 = reader
        .query_row("SELECT count(*) FROM people", [], |row| row.get(0))
        .unwrap();
    assert_eq!(count, 1);
    program.run("verify nina").ok();
    for name in ["program.db", "program.db-wal", "program.db-shm"] {
        assert_eq!(
            mode(&program.path("new/folder").join(name)),
            0o600,
            "{name}"
        );
    }
    drop(reader);
    let rejects = program.path("rejects.csv");
    program
        .run(&format!(
            "import nps {} --rejects {}",
            fixture("import/scores.csv").display(),
            rejects.display()
        ))
        .code(4);
    assert_eq!(mode(&rejects), 0o600);
}

#[test]
fn a_folder_that_was_there_keeps_its_mode() {
    let mut program = Program::empty();
    fs::create_dir(program.path("shared")).unwrap();
    fs::set_permissions(program.path("shared"), fs::Permissions::from_mode(0o755)).unwrap();
    program.db = program.path("shared/program.db");
    program.run("init --time-zone UTC").ok();
    assert_eq!(mode(&program.path("shared")), 0o755);
    assert_eq!(mode(&program.db), 0o600);
}

#[test]
fn the_demonstration_program_is_the_owners_only() {
    let program = Program::empty();
    program.run("demo").ok();
    assert_eq!(mode(&program.path("advocate-demo.db")), 0o600);
}

#[test]
fn a_command_that_reads_leaves_the_file_byte_identical() {
    let program = Program::new();
    crate::nina(&program);
    program.run("tap nina --ask review").ok();
    let before = program.bytes();
    for line in READING {
        program.run(line).ok();
        assert!(program.bytes() == before, "{line} changed the file");
    }
}

#[test]
fn a_refused_command_leaves_every_row_as_it_was() {
    let program = Program::new();
    crate::nina(&program);
    program.run("tap nina --ask review").ok();
    let before = program.rows();
    for (line, code) in [
        ("tap nina --ask review", 3),
        ("tap nina --ask speaking", 3),
        ("resume nina", 3),
        ("outcome 1 pending", 3),
        ("tap bea --ask review", 2),
        ("policy set brake perhaps", 2),
        ("tap nina --ask review --on 2027-01-01", 2),
        ("edit bea --title x", 2),
    ] {
        program.run(line).code(code);
        assert_eq!(program.rows(), before, "{line}");
    }
}

#[test]
fn a_read_only_copy_can_be_read() {
    let mut program = Program::new();
    crate::nina(&program);
    let copy = program.path("copy");
    fs::create_dir(&copy).unwrap();
    fs::copy(&program.db, copy.join("program.db")).unwrap();
    let set =
        |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    set(&copy.join("program.db"), 0o400);
    program.db = copy.join("program.db");
    let original = program.bytes();
    for line in READING {
        program.run(line).ok();
    }
    assert_eq!(fs::read(&program.db).unwrap(), original);
    let wal = copy.join("program.db-wal");
    assert_eq!(fs::metadata(wal).map_or(0, |found| found.len()), 0);
}

#[test]
fn every_write_records_who_did_it_and_the_command_as_typed() {
    let program = Program::new();
    crate::nina(&program);
    program.run("tap nina --ask review --note 'two words'").ok();
    let (actor, command, at, version): (String, String, i64, String) = program
        .sql()
        .query_row(
            "SELECT actor, command, at, version FROM operations ORDER BY id DESC LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )
        .unwrap();
    assert_eq!(actor, "Mona");
    assert_eq!(
        command,
        "advocate tap nina --ask review --note \"two words\""
    );
    assert_eq!(at, 1_781_514_000);
    assert_eq!(version, env!("CARGO_PKG_VERSION"));
}
