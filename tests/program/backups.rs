//! `backup`, `restore` and `check --repair` through the binary.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::json;

use crate::common::{Program, column};

fn program() -> Program {
    let program = Program::new();
    program.run("register nina@n.example --will review").ok();
    program
}

#[test]
fn a_backup_is_a_sound_copy_for_its_owner_only() {
    let program = program();
    let data = program.data("backup copy.db");
    assert_eq!(data["operation_id"], 2);
    let copy = program.path("copy.db");
    let mode = fs::metadata(&copy).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    for end in ["-wal", "-shm", "-journal"] {
        assert!(!program.path(&format!("copy.db{end}")).exists(), "{end}");
    }
    program.run("backup copy.db").code(1).says("exists already");
    let before = program.rows();
    let mut other = Program::empty();
    other.db = copy;
    assert_eq!(other.rows(), before);
    other.healthy();
}

#[test]
fn the_newest_are_kept() {
    let program = program();
    for _ in 0..4 {
        program.run("backup --keep 2 --quiet").ok().silent();
    }
    let folder = program.db.with_file_name(format!(
        "{}.backups",
        program.db.file_name().unwrap().to_str().unwrap()
    ));
    let files = fs::read_dir(&folder).unwrap().count();
    assert_eq!(files, 2);
    assert_eq!(
        fs::metadata(&folder).unwrap().permissions().mode() & 0o777,
        0o700
    );
}

#[test]
fn a_restore_brings_everything_back_and_keeps_what_was_there() {
    let program = program();
    program.run("backup copy.db").ok();
    let then = program.rows();
    program.run("tap nina --ask review").ok();
    let before = program.rows();
    program
        .run("restore copy.db")
        .code(2)
        .says("1 operation would be lost")
        .says("restore copy.db --yes");
    assert_eq!(program.rows(), before);
    let data = program.data("restore copy.db --yes");
    assert_eq!(data["lost"], 1);
    assert_eq!(program.rows(), then);
    program.healthy();
    // What was there is a database as well.
    let mut aside = Program::empty();
    aside.db = program.path(data["aside"].as_str().unwrap());
    assert_eq!(aside.rows(), before);
}

#[test]
fn what_is_gone_or_damaged_is_restored_and_nothing_else_is_taken() {
    let program = program();
    program.run("backup copy.db").ok();
    let rows = program.rows();
    fs::write(
        &program.db,
        "this is no database at all, but a text of some length",
    )
    .unwrap();
    for end in ["-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{end}", program.db.display()));
    }
    program.run("restore copy.db --yes").ok();
    assert_eq!(program.rows(), rows);
    fs::remove_file(&program.db).unwrap();
    program.run("restore copy.db --yes").ok();
    assert_eq!(program.rows(), rows);
    fs::write(program.path("other.db"), "nothing of ours").unwrap();
    program.run("restore other.db --yes").code(5);
    program.run("restore nowhere.db --yes").code(5);
    assert_eq!(program.rows(), rows);
}

#[test]
fn what_is_kept_beside_the_facts_is_derived_again() {
    let program = program();
    program.run("tap nina --ask review").ok();
    program
        .sql()
        .execute_batch("UPDATE people SET last_tapped_at = 5, stage = 'retired'; UPDATE taps SET outcome = 'accepted'")
        .unwrap();
    let found = program.run("check --json").code(1).data();
    assert_eq!(found["discrepancies"].as_array().unwrap().len(), 3);
    let repaired = program.data("check --repair");
    assert_eq!(repaired["repaired"], 3);
    assert_eq!(repaired["discrepancies"], json!([]));
    program.healthy();
    assert_eq!(column(&program.data("list"), "email"), ["nina@n.example"]);
}

/// The file of a table of contents with a word in it changed: it is no sound database any more.
fn damage(program: &Program) {
    program
        .sql()
        .execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")
        .unwrap();
    let mut bytes = fs::read(&program.db).unwrap();
    let half = bytes.len() / 2;
    bytes[half..].fill(0xAA);
    fs::write(&program.db, bytes).unwrap();
}

#[test]
fn what_is_damaged_is_put_aside_with_what_lies_beside_it() {
    let program = program();
    program.run("backup copy.db").ok();
    let rows = program.rows();
    damage(&program);
    let wal = program.db.with_extension("db-wal");
    fs::write(&wal, "left by a crash").unwrap();
    program.run("restore copy.db").code(2).says("put aside");
    let data = program.data("restore copy.db --yes");
    assert_eq!((&data["lost"], program.rows()), (&json!(null), rows));
    let aside = data["aside"].as_str().unwrap();
    assert!(program.path(aside).exists());
    let beside = fs::read_to_string(program.path(&format!("{aside}-wal"))).unwrap();
    assert_eq!(beside, "left by a crash");
    program.healthy();
}

#[test]
fn what_a_crash_left_beside_a_database_that_is_gone_is_not_taken_for_its_own() {
    let program = program();
    program.run("backup copy.db").ok();
    fs::remove_file(&program.db).unwrap();
    for end in ["-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{end}", program.db.display()));
    }
    let left = format!("{}-wal", program.db.display());
    fs::write(&left, "of another one").unwrap();
    program.run("restore copy.db --yes").code(1).says("-wal");
    assert!(!program.db.exists());
    fs::remove_file(left).unwrap();
    program.run("restore copy.db --yes").ok();
    program.healthy();
}

#[test]
fn a_database_is_no_backup_of_itself() {
    let program = program();
    let before = program.rows();
    let own = program.db.file_name().unwrap().to_str().unwrap().to_owned();
    program
        .run(&format!("restore {own} --yes"))
        .code(2)
        .says("the database itself");
    assert_eq!(program.rows(), before);
}

#[test]
fn what_an_older_version_wrote_is_kept_before_it_is_upgraded() {
    let mut program = Program::empty();
    program.db = program.path("old.db");
    let dump = fs::read_to_string(crate::common::fixture("schema/0009.sql")).unwrap();
    program.sql().execute_batch(&dump).unwrap();
    program.run("init").ok();
    let folder = program.path("old.db.backups");
    let files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert_eq!(files.len(), 1, "{files:?}");
    assert_eq!(
        fs::metadata(&files[0]).unwrap().permissions().mode() & 0o777,
        0o600
    );
    program.db = files[0].clone();
    let version: i64 = program
        .sql()
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .unwrap();
    assert_eq!(version, 9);
}
