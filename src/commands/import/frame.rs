//! The frame of every import of files: read whole, loaded in one transaction, told in one way. A kind of file says how it
//! is loaded.

use std::path::PathBuf;

use super::input::{Input, options, save_profile};
use super::rejects::Rejects;
use super::understanding::Understanding;
use crate::domain::present::Present;
use crate::failure::Result;
use crate::intake::{Options, Setting};
use crate::output::{Cell, Entry, Record, Sentence, Shown};
use crate::resolve::reading::ReadArgs;
use crate::session::{Done, Session, Volume};
use crate::store::Writing;

/// What a file is loaded with.
pub(super) struct Load<'a> {
    /// The transaction.
    pub(super) writing: &'a Writing<'a>,
    /// The moment and the policy.
    pub(super) present: &'a Present,
    /// How files are read.
    pub(super) options: &'a Options,
}

impl Load<'_> {
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

/// Reads files whole, loads them in one transaction, and says what became of their rows.
pub(super) fn run<I: Import>(
    mut import: I,
    files: &[PathBuf],
    args: &ReadArgs,
    session: &mut Session<'_>,
) -> Result<Done> {
    let inputs = files.iter().map(|file| Input::read(file));
    let inputs = inputs.collect::<Result<Vec<_>>>()?;
    let mut rejects = Rejects::open(args, session, files)?;
    let volume = match import.is_large(&inputs) {
        true => Volume::Large,
        false => Volume::Small,
    };
    let today = session.load_or_rehearse(volume, args.dry_run, |writing, present| {
        load(&mut import, inputs, args, &mut rejects, writing, present)?;
        Ok(present.today)
    })?;
    let unasked = import.understanding().notes();
    for note in import.notes().into_iter().chain(unasked) {
        session.note(note)?;
    }
    rejects.tell_quietly(session)?;
    let in_full = args.dry_run || session.verbose;
    let answer = answer(&import, &rejects, args.dry_run, in_full);
    session.show(I::SCHEMA, today, answer)?;
    Ok(match rejects.count {
        0 => Done::Fully,
        _ => Done::WithRejects,
    })
}

fn load<I: Import>(
    import: &mut I,
    inputs: Vec<Input>,
    args: &ReadArgs,
    rejects: &mut Rejects,
    writing: &Writing<'_>,
    present: &Present,
) -> Result<()> {
    let mut options = options(writing, args, I::COMMAND)?;
    import.add_options(&mut options);
    let load = Load {
        writing,
        present,
        options: &options,
    };
    for input in inputs {
        import.load(&load, input, rejects)?;
    }
    rejects.finish(import.rows())?;
    save_profile(writing, args, &options)?;
    import.finish(&load)
}

/// How many of the changed rows said nothing new, but were read better. People see it where there are some.
pub(super) fn repaired(count: u64) -> Entry {
    let entry = Entry::new("repaired", "    repaired", count);
    match count {
        0 => entry.only(Shown::ToPrograms),
        _ => entry,
    }
}

fn answer(import: &impl Import, rejects: &Rejects, dry_run: bool, in_full: bool) -> Record {
    let mut record = import
        .figures(rejects.count)
        .and(import.understanding().entries(in_full))
        .data("dry_run", dry_run);
    if rejects.count > 0 {
        record = record
            .with("rejects", "", Cell::list(rejects.reasons.shown()))
            .data("rejects_by_reason", rejects.reasons.sheet());
    }
    match (dry_run, import.next()) {
        (true, _) => record.say("Dry run: nothing was changed."),
        (false, Some(next)) => record.say(next),
        (false, None) => record,
    }
}
