//! A crash in the middle of a large import leaves all or nothing.

use std::fmt::Write as _;

use crate::common::Program;

/// A survey with that many answers, as large as a real export.
fn survey(rows: usize) -> String {
    let mut text = String::from("Response ID,Email,Name,Score,Comment,Created at,Company\n");
    for row in 0..rows {
        let (person, account) = (row / 3, row / 21);
        writeln!(
            text,
            "r{row},p{person}@a{account}.example,Person {person},{},\"Comment number {row}, of middling length\",2026-0{}-1{} 10:00:00,Account {account}",
            row % 11,
            row % 5 + 1,
            row % 9,
        )
        .unwrap();
    }
    text
}

#[test]
fn killed_while_it_writes_an_import_leaves_nothing_behind() {
    let program = Program::new();
    program.file("large.csv", survey(40_000));
    let wal = program.path("program.db-wal");
    let mut import = program.spawn("import nps large.csv");
    // Wait until pages are being written, which is before the commit.
    let written = loop {
        let size = std::fs::metadata(&wal).map_or(0, |found| found.len());
        if size > 1 << 20 || import.try_wait().unwrap().is_some() {
            break size;
        }
        std::thread::sleep(std::time::Duration::from_millis(1));
    };
    import.kill().unwrap();
    let status = import.wait().unwrap();
    let count = program.count("responses");
    if status.success() {
        assert_eq!(count, 40_000);
    } else {
        assert!(written > 0, "killed before it wrote anything");
        assert_eq!(count, 0);
        assert_eq!((program.count("people"), program.count("accounts")), (0, 0));
    }
    program.healthy();
    program.file("small.csv", survey(300));
    program.run("import nps small.csv").ok();
    program.healthy();
}
