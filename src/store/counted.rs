//! How much SQLite does, as it counts itself: steps of its virtual machine, and statements run.
//!
//! It is there in tests alone: no program that somebody runs pays for the count, and none can be told to show it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;

use rusqlite::trace::{StmtRef, TraceEvent, TraceEventCodes};
use rusqlite::{Connection, StatementStatus};

use super::Result;

/// What SQLite did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Steps of the virtual machine.
    pub(crate) steps: i64,
    /// Statements that were run to their end or left before it.
    pub(crate) statements: i64,
}

#[derive(Default)]
struct Counting {
    counts: Counts,
    /// The steps that a statement has taken in so many runs. SQLite sums them up for as long as it keeps a statement.
    until_now: HashMap<(String, i32), i32>,
}

thread_local! {
    static COUNTING: RefCell<Counting> = RefCell::default();
}

/// Counts all that happens on a connection, for whoever asks in this thread.
pub(super) fn watched(mut sql: Connection) -> Result<Connection> {
    let take = |event: TraceEvent<'_>| {
        if let TraceEvent::Profile(statement, _) = event {
            COUNTING.with_borrow_mut(|counting| counting.take(&statement));
        }
    };
    sql.trace_v2(TraceEventCodes::SQLITE_TRACE_PROFILE, Some(take))?;
    Ok(sql)
}

/// What SQLite does in this thread for some work.
pub(crate) fn counted<T>(work: impl FnOnce() -> T) -> (T, Counts) {
    COUNTING.take();
    let done = work();
    (done, COUNTING.take().counts)
}

/// Runs a script on a database.
pub(crate) fn run_script(path: &Path, script: &str) -> Result<()> {
    Ok(Connection::open(path)?.execute_batch(script)?)
}

impl Counting {
    fn take(&mut self, statement: &StmtRef<'_>) {
        let sql = statement.sql().into_owned();
        let run = statement.get_status(StatementStatus::Run);
        let steps = statement.get_status(StatementStatus::VmStep);
        let before = self.until_now.remove(&(sql.clone(), run - 1));
        self.counts.steps += i64::from(steps - before.unwrap_or(0));
        self.counts.statements += 1;
        self.until_now.insert((sql, run), steps);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_run_of_a_statement_counts_once() {
        let sql = watched(Connection::open_in_memory().unwrap()).unwrap();
        sql.execute_batch("CREATE TABLE n (i INTEGER); INSERT INTO n VALUES (1), (2), (3)")
            .unwrap();
        let sum = || {
            let mut kept = sql.prepare_cached("SELECT sum(i) FROM n").unwrap();
            let sum: i64 = kept.query_row([], |row| row.get(0)).unwrap();
            assert_eq!(sum, 6);
        };
        let ((), once) = counted(sum);
        assert!(once.statements == 1 && once.steps > 9, "{once:?}");
        let ((), again) = counted(|| (0..3).for_each(|_| sum()));
        assert_eq!(again.statements, 3);
        let ((), nothing) = counted(|| ());
        assert_eq!(nothing, Counts::default());
    }
}
