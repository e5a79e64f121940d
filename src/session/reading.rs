//! What a command reads: one snapshot, of now and of any day before.

use crate::domain::calendar::{Timestamp, days_after};
use crate::domain::present::Present;
use crate::domain::typed_day::TypedDay;
use crate::failure::{Failure, Result};
use crate::store::{Everybody, Snapshot, Tx};

/// One snapshot of the file, of which any number of days can be asked about.
pub(crate) struct Reading {
    pub(super) snapshot: Snapshot,
    /// Now.
    pub(super) present: Present,
}

impl Reading {
    /// Reads what questions about many days have in common, before they are put.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn expect_many_days(&self) -> Result<()> {
        Ok(self.snapshot.expect_many_days()?)
    }

    /// Asks about now, or about the end of an earlier day, with the policy that was in force then.
    ///
    /// # Errors
    /// Whatever `ask` returns; a usage failure for a day in the future.
    pub(crate) fn read<T>(
        &self,
        as_of: Option<TypedDay>,
        ask: impl FnOnce(&Tx<'_>, &Present) -> Result<T>,
    ) -> Result<T> {
        self.read_everybody(as_of, |everybody, present| ask(everybody.tx, present))
    }

    /// The same about everybody.
    ///
    /// # Errors
    /// As [`Reading::read`].
    pub(crate) fn read_everybody<T>(
        &self,
        as_of: Option<TypedDay>,
        ask: impl FnOnce(&Everybody<'_>, &Present) -> Result<T>,
    ) -> Result<T> {
        let today = self.present.today;
        match self.present.typed_any(as_of)? {
            Some(day) if day > today => {
                let message = format!("--as-of {day} is in the future; today is {today}");
                Err(Failure::usage(message))
            }
            Some(day) if day < today => {
                let end = self.present.policy.time_zone.start_of(days_after(day, 1));
                let policy = self.snapshot.read(Some(end), |tx| tx.policy())?;
                let then = Present::new(policy, Timestamp(end.0 - 1));
                self.snapshot
                    .read_everybody(Some(end), |everybody| ask(everybody, &then))
            }
            _ => self
                .snapshot
                .read_everybody(None, |everybody| ask(everybody, &self.present)),
        }
    }
}
