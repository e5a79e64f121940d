//! A large load: what it does without, and how its first pages reach the file.

use super::operations::{NewOperation, Writing};
use super::{Result, Store, StoreError, journal};

impl Store {
    /// Whether the file uses a rollback journal because it lies on a network file system, where WAL corrupts.
    ///
    /// # Errors
    /// When SQLite cannot say.
    pub(crate) fn uses_rollback_journal(&self) -> Result<bool> {
        journal::is_rollback(&self.sql)
    }

    /// As [`Store::write_or_rehearse`], for a large load alone.
    ///
    /// SQLite does not look up whether the rows that new ones point to exist: for four parents a row, that is an eighth
    /// of the work. Every id was read from the database or counted up within the load's own immediate transaction, and
    /// nothing is deleted, so that no id can point nowhere; `advocate check` proves it. A first load writes its pages
    /// straight to the file, unless somebody else has it open.
    ///
    /// # Errors
    /// As [`Store::write_or_rehearse`].
    pub(crate) fn load_or_rehearse<T, E: From<StoreError>>(
        &mut self,
        operation: &NewOperation<'_>,
        rehearse: bool,
        write: impl FnOnce(&Writing<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let untrusting = self.sql.pragma_update(None, "foreign_keys", false);
        untrusting.map_err(StoreError::from)?;
        if rehearse || self.read(|tx| tx.has_responses())? || self.uses_rollback_journal()? {
            return self.write_or_rehearse(operation, rehearse, write);
        }
        journal::write_straight(&self.sql)?;
        let loaded = self.write_or_rehearse(operation, rehearse, write);
        // What was loaded is loaded, whatever comes after it.
        journal::write_ahead_again(&self.sql);
        loaded
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::ClockSetBack;
    use super::super::schema::CURRENT;
    use super::*;
    use crate::domain::calendar::Timestamp;

    #[test]
    fn whoever_reads_first_after_a_crash_finds_nothing_half_done() {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        let wait = Duration::from_secs(5);
        let mut store = Store::create_at(&place("program.db"), wait, CURRENT).unwrap();
        let operation = NewOperation {
            at: Timestamp(0),
            actor: "Mara",
            command: "advocate import nps large.csv",
            clock: ClockSetBack::Refuse,
        };
        let loaded: Result<()> = store.load_or_rehearse(&operation, false, |writing| {
            writing.sql.pragma_update(None, "cache_size", 4)?;
            for number in 0..2000 {
                writing.ensure_source(&format!("the source with the number {number}"))?;
            }
            // What a crash would leave behind: pages that were written early, and what was in them before.
            for end in ["", "-journal"] {
                let copy = place(&format!("left.db{end}"));
                std::fs::copy(place(&format!("program.db{end}")), copy).unwrap();
            }
            Ok(())
        });
        loaded.unwrap();
        let source = |store: &Store| {
            let found: Result<_> = store.read(|tx| tx.source("the source with the number 7"));
            found.unwrap()
        };
        assert!(source(&store).is_some());
        assert!(!store.uses_rollback_journal().unwrap());

        let left = Store::open_read(&place("left.db"), wait).unwrap();
        assert_eq!(source(&left), None);
        drop(left);
        let left: Result<_> = Store::open_write(&place("left.db"), wait, |_, _| Ok(()));
        let left = left.unwrap();
        assert!(!left.uses_rollback_journal().unwrap(), "mended");
    }

    #[test]
    fn a_first_load_goes_on_where_somebody_else_has_the_file_open() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("program.db");
        let mut store = Store::create_at(&path, Duration::ZERO, CURRENT).unwrap();
        let reader = Store::open_read(&path, Duration::ZERO).unwrap();
        let operation = NewOperation {
            at: Timestamp(0),
            actor: "Mara",
            command: "advocate import nps large.csv",
            clock: ClockSetBack::Refuse,
        };
        let loaded: Result<_> = store.load_or_rehearse(&operation, false, |writing| {
            let found: Result<_> = reader.read(|tx| tx.source("new"));
            assert_eq!(found?, None);
            writing.ensure_source("new")
        });
        let found: Result<_> = reader.read(|tx| tx.source("new"));
        assert_eq!(found.unwrap(), Some(loaded.unwrap()));
    }
}
