//! A kind of import: how its files are read and loaded, and what it counts.

use super::input::Input;
use super::rejects::Rejects;
use super::understanding::Understanding;
use crate::domain::present::Present;
use crate::failure::Result;
use crate::intake::{IntakeError, Options, Setting};
use crate::output::{Entry, Record, Sentence, Shown};
use crate::session::Progress;
use crate::store::{Tx, Writing};

/// What a file is loaded with.
pub(super) struct Load<'a> {
    /// The transaction.
    pub(super) writing: &'a Writing<'a>,
    /// The moment and the policy.
    pub(super) present: &'a Present,
    /// How files are read.
    pub(super) options: &'a Options,
    /// Where it is said how many rows were read.
    pub(super) progress: &'a Progress,
}

/// What a file is read with.
pub(super) struct Look<'a> {
    /// What is on record.
    pub(super) tx: &'a Tx<'a>,
    /// The moment and the policy.
    pub(super) present: &'a Present,
    /// How it is read.
    pub(super) options: &'a Options,
}

impl Load<'_> {
    /// What the file is read with.
    pub(super) fn look(&self) -> Look<'_> {
        Look {
            tx: self.writing,
            present: self.present,
            options: self.options,
        }
    }
}

impl Look<'_> {
    /// Where and when files are read.
    pub(super) fn setting(&self) -> Setting {
        Setting {
            zone: self.present.policy.time_zone,
            now: self.present.now,
        }
    }
}

/// A kind of file, and what it counts.
pub(super) trait Import {
    /// The words that call it.
    const COMMAND: &'static str;
    /// Name and version of the answer.
    const SCHEMA: &'static str;

    /// Whether these files make a large load.
    fn is_large(&self, _inputs: &[Input]) -> bool {
        false
    }

    /// Adds what was typed for this kind of file alone to what is saved in a profile.
    fn add_options(&self, _options: &mut Options) {}

    /// Reads a file to see whether it can be read.
    fn look_at(&self, look: &Look<'_>, bytes: Vec<u8>) -> Result<(), IntakeError>;

    /// The source that was recognised, where one was.
    fn source(&self) -> Option<&str> {
        None
    }

    /// Loads a file.
    fn load(&mut self, load: &Load<'_>, input: Input, rejects: &mut Rejects) -> Result<()>;

    /// What was made of the files.
    fn understanding(&self) -> &Understanding;

    /// How many rows there were.
    fn rows(&self) -> u64;

    /// Looks at what is on record once everything is loaded.
    fn finish(&mut self, _load: &Load<'_>) -> Result<()> {
        Ok(())
    }

    /// What should be said once about the files.
    fn notes(&self) -> Vec<String>;

    /// What became of the rows, of which so many were rejected.
    fn figures(&self, rejected: u64) -> Record;

    /// What to type next.
    fn next(&self) -> Option<Sentence>;
}

/// How many of the skipped rows are of people who were erased. People see it where there are some.
pub(super) fn forgotten(count: u64) -> Entry {
    let entry = Entry::new("forgotten", "    of people erased", count);
    match count {
        0 => entry.only(Shown::ToPrograms),
        _ => entry,
    }
}

/// How many of the changed rows said nothing new, but were read better. People see it where there are some.
pub(super) fn repaired(count: u64) -> Entry {
    let entry = Entry::new("repaired", "    repaired", count);
    match count {
        0 => entry.only(Shown::ToPrograms),
        _ => entry,
    }
}
