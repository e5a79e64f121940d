//! An undo leaves nothing behind: whatever is done, taken back and done again, every row is what it was.
//!
//! A random program is played, with every command that writes. Each operation is taken back at once, which must give the
//! rows of before it, and done again, which must give those of after it; at the end of each day all that the day brought
//! is taken back and done again. What is about operations themselves is left out.
//!
//! `ADVOCATE_TRIALS` says how many programs are played, `ADVOCATE_SEED` which is the first.
#![allow(
    clippy::disallowed_types,
    reason = "the test looks behind the program's back"
)]

use chrono::Days;
use rusqlite::types::Value;

use crate::past::told;
use crate::random_program::World;

const BOOKKEEPING: [&str; 4] = ["operations", "row_images", "undos", "used_ids"];

/// Every row of every table of facts.
fn rows(world: &World) -> Vec<String> {
    let sql = rusqlite::Connection::open(world.folder.path().join("program.db")).unwrap();
    let mut tables = sql
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .unwrap();
    let tables: Vec<String> = tables
        .query_map([], |row| row.get(0))
        .and_then(Iterator::collect)
        .unwrap();
    let facts = tables
        .iter()
        .filter(|one| !BOOKKEEPING.contains(&one.as_str()));
    let mut found = Vec::new();
    for table in facts {
        let mut statement = sql
            .prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2"))
            .unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let cells: Vec<Value> = (0..columns).map(|at| row.get(at).unwrap()).collect();
            found.push(format!("{table} {cells:?}"));
        }
    }
    found
}

/// The newest operation.
fn newest(world: &World) -> i64 {
    let sql = rusqlite::Connection::open(world.folder.path().join("program.db")).unwrap();
    sql.query_row("SELECT max(id) FROM operations", [], |row| row.get(0))
        .unwrap()
}

fn assert_same(before: &[String], after: &[String], what: &str, world: &World) {
    let lost: Vec<&String> = before.iter().filter(|row| !after.contains(row)).collect();
    let left: Vec<&String> = after.iter().filter(|row| !before.contains(row)).collect();
    assert!(
        lost.is_empty() && left.is_empty(),
        "{what}\nlost: {lost:#?}\nleft behind: {left:#?}\n{}",
        world.log
    );
}

fn does(world: &mut World, line: &str) {
    assert!(world.act(line), "refused: {}", world.log);
}

/// Takes back any earlier operation on which nothing builds: the rest stays sound, and doing it again brings all back.
fn take_one_back(world: &mut World, evening: &[String]) {
    let any = 2 + world.dice.roll(newest(world) as usize - 1);
    if world.act(&format!("undo {any} --yes")) {
        does(world, "check");
        does(world, "redo --yes");
        assert_same(evening, &rows(world), &format!("redo of {any}"), world);
        does(world, "check");
    }
}

fn play(seed: u64, days: usize) -> usize {
    let mut world = World::new(seed);
    let mut taken_back = 0;
    for _ in 0..days {
        let morning = (newest(&world), rows(&world));
        for _ in 0..3 + world.dice.roll(6) {
            let (before, last) = (rows(&world), newest(&world));
            let line = match world.dice.roll(3) {
                0 => world.correction(),
                _ => world.deed(),
            };
            if !world.act(&line) || newest(&world) == last {
                continue;
            }
            let after = rows(&world);
            // `request fill --hold` proposes in one operation, and holds in another.
            does(&mut world, &format!("undo --to {} --yes", last + 1));
            assert_same(&before, &rows(&world), &format!("undo of {line}"), &world);
            does(&mut world, "redo --yes");
            assert_same(&after, &rows(&world), &format!("redo of {line}"), &world);
            taken_back += 1;
        }
        let evening = rows(&world);
        let brought = newest(&world) > morning.0;
        take_one_back(&mut world, &evening);
        if brought {
            does(&mut world, &format!("undo --to {} --yes", morning.0 + 1));
            assert_same(&morning.1, &rows(&world), "undo of a day", &world);
            does(&mut world, "check");
            does(&mut world, "redo --yes");
            assert_same(&evening, &rows(&world), "redo of a day", &world);
            does(&mut world, "check");
        }
        world.today = world.today + Days::new(1 + world.dice.roll(24) as u64);
    }
    taken_back
}

#[test]
fn whatever_is_taken_back_leaves_nothing_behind() {
    const DAYS: usize = 8;
    let (first, trials) = (told("ADVOCATE_SEED", 1), told("ADVOCATE_TRIALS", 3));
    let taken_back: usize = (first..first + trials).map(|seed| play(seed, DAYS)).sum();
    assert!(
        taken_back > trials as usize * DAYS,
        "{taken_back} operations"
    );
}
