//! A database that appears whole, where nothing was: filled beside its place and moved there in one step.

use std::io;
use std::path::Path;
use std::time::Duration;

use crate::failure::{Failure, Result};
use crate::output::Unfinished;
use crate::store::{Restoring, Store, StoreError, make_folder_of, sidecars};

/// A database under way.
pub(crate) struct NewDatabase<'a> {
    path: &'a Path,
    unfinished: Unfinished,
}

impl<'a> NewDatabase<'a> {
    /// Fills it, beside the place where it is to be.
    ///
    /// # Errors
    /// Whatever `fill` returns.
    pub(crate) fn filled(
        path: &'a Path,
        lock_wait: Duration,
        version: i32,
        fill: impl FnOnce(&Restoring<'_>) -> Result<()>,
    ) -> Result<Self> {
        Self::made(path, |unfinished| {
            // Closed at once, so that nothing is left beside it.
            Store::create_at(unfinished, lock_wait, version)?.restored(fill)?;
            Ok(())
        })
    }

    /// Copies another one as it is in one moment, beside the place where it is to be, and proves the copy.
    ///
    /// # Errors
    /// As [`Store::copy_to`].
    pub(crate) fn copied(path: &'a Path, from: &Store) -> Result<Self> {
        Self::made(path, |unfinished| Ok(from.copy_to(unfinished)?))
    }

    fn made(path: &'a Path, make: impl FnOnce(&Path) -> Result<()>) -> Result<Self> {
        make_folder_of(path)?;
        let unfinished =
            Unfinished::at(path).map_err(|error| Failure::from(error).doing(cannot_write(path)))?;
        make(unfinished.path())?;
        Ok(Self { path, unfinished })
    }

    /// Moves it to its place.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where something came there meanwhile; as [`refuse_left`].
    pub(crate) fn publish(self) -> Result<()> {
        refuse_left(self.path)?;
        self.unfinished
            .publish()
            .map_err(|error| match error.kind() {
                io::ErrorKind::AlreadyExists => StoreError::Exists(self.path.to_owned()).into(),
                _ => Failure::from(error).doing(cannot_write(self.path)),
            })
    }
}

/// Refuses a place beside which lies what a crash left of a database that is gone: it would be taken for the new one's.
///
/// # Errors
/// [`StoreError::LeftBeside`].
pub(crate) fn refuse_left(path: &Path) -> Result<()> {
    match sidecars(path).next() {
        Some(left) => Err(StoreError::LeftBeside(left).into()),
        None => Ok(()),
    }
}

fn cannot_write(path: &Path) -> String {
    format!("cannot write {}", path.display())
}
