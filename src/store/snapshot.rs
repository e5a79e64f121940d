//! One snapshot for a whole command.

use std::cell::{Cell, OnceCell};
use std::path::Path;
use std::time::Duration;

use super::histories::{Everybody, Histories, Until};
use super::{Result, Store, StoreError, Tx, as_of};
use crate::domain::calendar::Timestamp;

/// How much of the file stays in memory: of many days, the same pages are asked about again and again. No more is taken
/// than the file has.
const CACHE_KIB: i32 = -65_536;

/// The file as it is when a command first reads it, until that is dropped: whatever others write meanwhile, all that is
/// asked belongs to the same moment, of any number of days. It holds no write back, but is not to be kept while a
/// question is put to the user: on a network file system, others could not write.
pub(crate) struct Snapshot {
    store: Store,
    /// The instant as of which it answers; `None` for the present.
    until: Cell<Option<Timestamp>>,
    /// How many questions are being answered, each within the one before.
    depth: Cell<u32>,
    /// What is known of many days, where many are asked about.
    histories: OnceCell<Histories>,
}

impl Snapshot {
    /// Opens the file to read it. The snapshot is taken by the first question.
    ///
    /// # Errors
    /// As [`Store::open_read`].
    pub(crate) fn open(path: &Path, lock_wait: Duration) -> Result<Self> {
        let store = Store::open_read(path, lock_wait)?;
        store.sql.pragma_update(None, "cache_size", CACHE_KIB)?;
        store.sql.execute_batch("BEGIN")?;
        Ok(Self {
            store,
            until: Cell::new(None),
            depth: Cell::new(0),
            histories: OnceCell::new(),
        })
    }

    /// Reads what questions about many days have in common, before they are put.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn expect_many_days(&self) -> Result<()> {
        let histories = self.read(None, Histories::load)?;
        self.histories.get_or_init(|| histories);
        Ok(())
    }

    /// Asks about the present, or as of an instant: whatever is dated then or later is left out. Questions can be put
    /// within questions, of other days as well. The day is left as it is until another is asked about: so those that
    /// look at one day are best put one after the other.
    ///
    /// # Errors
    /// Whatever `ask` returns, or that the file cannot be read.
    pub(crate) fn read<T, E: From<StoreError>>(
        &self,
        until: Option<Timestamp>,
        ask: impl FnOnce(&Tx<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let (before, depth) = (self.until.get(), self.depth.get());
        self.look(until)?;
        self.depth.set(depth + 1);
        let answer = ask(&Tx::on(&self.store.sql));
        self.depth.set(depth);
        if depth > 0 {
            self.look(before)?;
        }
        answer
    }

    /// The same about everybody: from what many days have in common, where that was read.
    ///
    /// # Errors
    /// As [`Snapshot::read`].
    pub(crate) fn read_everybody<T, E: From<StoreError>>(
        &self,
        until: Option<Timestamp>,
        ask: impl FnOnce(&Everybody<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let known = self.histories.get();
        let known = known.map(|histories| Until { histories, until });
        self.read(until, |tx| ask(&Everybody { tx, known }))
    }

    fn look(&self, until: Option<Timestamp>) -> Result<()> {
        if self.until.get() != until {
            as_of::look(&self.store.sql, until)?;
            self.until.set(until);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::ClockSetBack;
    use super::super::schema::CURRENT;
    use std::time::Duration;

    use super::*;
    use crate::store::NewOperation;

    #[test]
    fn all_that_is_asked_belongs_to_one_moment_whatever_the_day() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("program.db");
        let mut store = Store::create_at(&path, Duration::ZERO, CURRENT).unwrap();
        let mut set = |at: i64, value: &str| {
            let (actor, command) = ("Mara", "advocate policy set");
            let at = Timestamp(at);
            let operation = NewOperation {
                at,
                actor,
                command,
                clock: ClockSetBack::Refuse,
            };
            let written: Result<()> = store.write_or_rehearse(&operation, false, |writing| {
                writing.put_setting("cap.low.months", value)
            });
            written.unwrap();
        };
        set(10, "1");
        set(20, "2");
        let snapshot = Snapshot::open(&path, Duration::ZERO).unwrap();
        let months = |tx: &Tx<'_>| -> Result<u32> { Ok(tx.policy()?.caps.low.months) };
        let unset = crate::domain::policy::Policy::default().caps.low.months;
        let at = |at: i64| Some(Timestamp(at));
        assert_eq!(snapshot.read(None, months).unwrap(), 2);
        set(30, "3");
        for (until, expected) in [
            (at(20), 1),
            (at(21), 2),
            (None, 2),
            (at(10), unset),
            (at(i64::MAX), 2),
            (None, 2),
        ] {
            let within = snapshot.read(until, |tx| {
                assert_eq!(snapshot.read(at(11), months)?, 1);
                assert_eq!(snapshot.read(None, months)?, 2);
                months(tx)
            });
            assert_eq!(within.unwrap(), expected, "{until:?}");
            assert_eq!(snapshot.read(until, months).unwrap(), expected, "{until:?}");
        }
        let later = Snapshot::open(&path, Duration::ZERO).unwrap();
        assert_eq!(later.read(None, months).unwrap(), 3);
    }
}
