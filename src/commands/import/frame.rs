//! The frame of the imports of one file: what they have in common is told once. A kind of file says how its rows are
//! read and saved.

use crate::failure::Result;
use std::path::Path;

use super::rejects::Rejects;
use super::{Input, options, save_profile, setting};
use crate::domain::present::Present;
use crate::intake::{IntakeError, Options, Reading, Rejected, Setting};
use crate::output::{Cell, Record};
use crate::resolve::reading::ReadArgs;
use crate::session::{Done, Session};
use crate::store::Writing;

/// What became of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Became {
    /// It was added.
    New,
    /// It said something new.
    Changed,
    /// It said what is on record.
    Unchanged,
    /// It was not asked for.
    Skipped,
}

impl Became {
    /// By the number of changes to what is on record.
    pub(super) const fn from(changes: usize) -> Self {
        if changes > 0 {
            Became::Changed
        } else {
            Became::Unchanged
        }
    }
}

/// What a row can be saved with.
pub(super) struct Job<'a> {
    /// The transaction.
    pub(super) writing: &'a Writing<'a>,
    /// The moment and the policy.
    pub(super) present: &'a Present,
    /// The name of the source of the file.
    pub(super) source: &'a str,
}

/// A kind of file, and what it counts besides its rows.
pub(super) trait Import {
    /// A row as read.
    type Row;
    /// The words that call it.
    const COMMAND: &'static str;
    /// Name and version of the answer.
    const SCHEMA: &'static str;
    /// Whether rows can be skipped, so that they are counted.
    const SKIPS: bool = false;

    /// Adds what was typed for this kind of file alone to what is saved in a profile.
    fn add_options(&self, _options: &mut Options) {}

    /// Reads the file whole. The rows are saved in the order in which they come out.
    fn read(
        &mut self,
        bytes: Vec<u8>,
        options: &Options,
        setting: &Setting,
    ) -> Result<Reading<Self::Row>, IntakeError>;

    /// Saves a row, or says why it cannot be.
    fn save(&mut self, job: &Job<'_>, row: &Self::Row) -> Result<Result<Became, Rejected>>;

    /// Looks at what is on record once all rows are saved.
    fn finish(&mut self, _job: &Job<'_>) -> Result<()> {
        Ok(())
    }

    /// What should be said once about the file, beside what its reading says.
    fn notes(&self) -> &[String] {
        &[]
    }

    /// Adds its own figures to those of every import.
    fn figures(&self, record: Record) -> Record {
        record
    }

    /// What to type next.
    fn next(&self) -> Option<String> {
        None
    }
}

/// How many rows came to what.
#[derive(Debug, Default)]
struct Tally {
    rows: u64,
    new: u64,
    changed: u64,
    unchanged: u64,
    skipped: u64,
}

impl Tally {
    fn count(&mut self, became: Became) {
        *match became {
            Became::New => &mut self.new,
            Became::Changed => &mut self.changed,
            Became::Unchanged => &mut self.unchanged,
            Became::Skipped => &mut self.skipped,
        } += 1;
    }
}

/// Reads a file whole, saves its rows in one transaction, and says what became of them.
pub(super) fn run<I: Import>(
    mut import: I,
    file: &Path,
    args: &ReadArgs,
    session: &mut Session<'_>,
) -> Result<Done> {
    let input = Input::read(file)?;
    let mut rejects = Rejects::open(args, session, &[file.to_owned()])?;
    let (tally, notes, today) = session.write_or_rehearse(args.dry_run, |writing, present| {
        let mut options = options(writing, args, I::COMMAND)?;
        import.add_options(&mut options);
        let reading = import.read(input.bytes, &options, &setting(present))?;
        let job = Job {
            writing,
            present,
            source: &reading.source,
        };
        let mut tally = Tally::default();
        for row in reading.rows {
            tally.rows += 1;
            let became = match row {
                Ok(row) => import.save(&job, &row)?,
                Err(rejected) => Err(rejected),
            };
            match became {
                Ok(became) => tally.count(became),
                Err(rejected) => rejects.add(&input.name, &reading.header, &rejected)?,
            }
        }
        rejects.finish(tally.rows)?;
        save_profile(writing, args, &options)?;
        import.finish(&job)?;
        Ok((tally, reading.notes, present.today))
    })?;
    for note in notes.iter().chain(import.notes()) {
        session.note(note.as_str())?;
    }
    rejects.tell_quietly(session)?;
    let summary = summary(&import, &tally, &rejects, args.dry_run);
    session.show(I::SCHEMA, today, summary)?;
    Ok(if rejects.count > 0 {
        Done::WithRejects
    } else {
        Done::Fully
    })
}

fn summary<I: Import>(import: &I, tally: &Tally, rejects: &Rejects, dry_run: bool) -> Record {
    let mut record = Record::new()
        .with("rows", "Rows", number(tally.rows))
        .with("new", "  new", number(tally.new))
        .with("changed", "  changed", number(tally.changed))
        .with("unchanged", "  unchanged", number(tally.unchanged));
    if I::SKIPS {
        record = record.with("skipped", "  skipped", number(tally.skipped));
    }
    record = import
        .figures(record.with("rejected", "  rejected", number(rejects.count)))
        .data("dry_run", dry_run);
    if rejects.count > 0 {
        record = record.with("rejects", "", Cell::list(rejects.shown()));
    }
    if let Some(next) = import.next() {
        record = record.say(next);
    }
    match dry_run {
        true => record.say("Dry run: nothing was changed."),
        false => record,
    }
}

/// A count as a cell.
pub(super) fn number(count: u64) -> Cell {
    Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX))
}
