//! Lists: files that are read whole before their rows are saved one by one. A kind of list says how its rows are read
//! and saved.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::input::Input;
use super::kind::{Import, Load, Look, forgotten, repaired};
use super::rejects::Rejects;
use super::understanding::Understanding;
use crate::domain::email::Email;
use crate::domain::present::Present;
use crate::domain::responses::CellsDigest;
use crate::failure::Result;
use crate::intake::{FileRow, IntakeError, Options, Reading, Rejected, SourceRow};
use crate::output::{Record, Sentence};
use crate::store::{EditTold, ForgottenList, Writing};
use crate::views::changes::changed_fields;

/// So many of the fields that a file changes are told.
const TOLD: u32 = 20;

/// What became of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RowEffect {
    /// It was added.
    New,
    /// It said something new.
    Changed,
    /// It is on record as it was, and says more now that it is read otherwise.
    Repaired,
    /// It said what is on record.
    Unchanged,
    /// It was not asked for.
    Skipped,
    /// It cannot be saved.
    Rejected(Rejected),
}

impl RowEffect {
    /// By the number of changes to what is on record, which the same row said before where `is_same_row`.
    pub(super) const fn from(changes: usize, is_same_row: bool) -> Self {
        match (changes, is_same_row) {
            (0, _) => RowEffect::Unchanged,
            (_, true) => RowEffect::Repaired,
            (_, false) => RowEffect::Changed,
        }
    }
}

/// What a row is saved with.
pub(super) struct RowContext<'a> {
    /// The transaction.
    pub(super) writing: &'a Writing<'a>,
    /// The moment and the policy.
    pub(super) present: &'a Present,
    /// The name of the source of the file.
    pub(super) source: &'a str,
    /// The day given for the rows of the file.
    pub(super) day_given: Option<NaiveDate>,
    /// Where the row stands, and what it holds.
    pub(super) at: &'a SourceRow,
    /// Stands for its cells, whatever is made of them.
    pub(super) cells: CellsDigest,
}

impl RowContext<'_> {
    /// What became of a row that cannot be saved.
    pub(super) fn reject(&self, reason: impl Into<String>) -> RowEffect {
        RowEffect::Rejected(self.at.rejected(reason))
    }

    /// What became of a row that says something else than an earlier one about the same thing: neither of them is taken
    /// for the newer word. `what` they share, `option` tells two things apart.
    pub(super) fn contradicts(&self, what: &str, line: u64, option: &str) -> RowEffect {
        RowEffect::Rejected(Rejected {
            contradicts: true,
            ..self.at.rejected(format!(
                "{what} is also in line {line}, with other content, which stays; {option}"
            ))
        })
    }
}

/// A kind of list, and what it counts besides its rows.
pub(super) trait ListImport {
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
    fn read(&self, look: &Look<'_>, bytes: Vec<u8>) -> Result<Reading<Self::Row>, IntakeError>;

    /// Looks at all rows before the first is saved.
    fn look_ahead(&mut self, _rows: &[Result<FileRow<Self::Row>, Rejected>]) {}

    /// Whether a row says of which person it is, and of which company; nothing where it need not.
    fn is_of(&self, _row: &Self::Row) -> (Option<bool>, Option<bool>) {
        (None, None)
    }

    /// The address of the person whom a row would bring back.
    fn address<'r>(&self, _row: &'r Self::Row) -> Option<&'r Email> {
        None
    }

    /// Saves a row.
    fn save(&mut self, context: &RowContext<'_>, row: &Self::Row) -> Result<RowEffect>;

    /// Looks at what is on record once all rows are saved.
    fn finish(&mut self, _load: &Load<'_>) -> Result<()> {
        Ok(())
    }

    /// What should be said once about the file, beside what its reading says.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }

    /// Adds its own figures to those of every list.
    fn figures(&self, record: Record) -> Record {
        record
    }

    /// What to type next.
    fn next(&self) -> Option<Sentence> {
        None
    }
}

/// What stands above the fields that say something else now.
fn heading(shown: usize, all: u32) -> String {
    match shown as u64 == u64::from(all) {
        true => "What it says now".to_owned(),
        false => format!("What it says now: the first {shown} of {all} fields"),
    }
}

/// A list under way.
#[derive(Debug, Default)]
pub(super) struct List<K> {
    kind: K,
    notes: Vec<String>,
    understanding: Understanding,
    rows: u64,
    new: u64,
    changed: u64,
    repaired: u64,
    unchanged: u64,
    skipped: u64,
    /// Who was erased, and is not brought back.
    erased: Option<ForgottenList>,
    /// Those of the skipped that are of people who were erased.
    forgotten: u64,
    /// The rows of the file that were saved. One that comes again says nothing more.
    saved: HashSet<CellsDigest>,
    /// Where the changed fields ended before the first row was saved.
    end_of_edits: Option<i64>,
    /// The first fields that say something else now, and how many there are.
    edited: (Vec<EditTold>, u32),
}

impl<K> List<K> {
    /// A list of this kind, of which nothing is read yet.
    pub(super) fn of(kind: K) -> Self {
        Self {
            kind,
            notes: Vec::new(),
            understanding: Understanding::default(),
            rows: 0,
            new: 0,
            changed: 0,
            repaired: 0,
            unchanged: 0,
            skipped: 0,
            erased: None,
            forgotten: 0,
            saved: HashSet::new(),
            end_of_edits: None,
            edited: (Vec::new(), 0),
        }
    }
}

impl<K: ListImport> List<K> {
    fn save(&mut self, load: &Load<'_>, source: &str, row: &FileRow<K::Row>) -> Result<RowEffect> {
        let cells = row.at.cells();
        if self.saved.contains(&cells) {
            return Ok(RowEffect::Unchanged);
        }
        let context = RowContext {
            writing: load.writing,
            present: load.present,
            source,
            day_given: load.options.date,
            at: &row.at,
            cells,
        };
        if let Some(address) = self.kind.address(&row.says)
            && self
                .erased
                .as_ref()
                .is_some_and(|list| list.has(address.key()))
        {
            self.forgotten += 1;
            return Ok(RowEffect::Skipped);
        }
        let effect = self.kind.save(&context, &row.says)?;
        if !matches!(effect, RowEffect::Skipped | RowEffect::Rejected(_)) {
            self.saved.insert(cells);
        }
        Ok(effect)
    }
}

impl<K: ListImport> Import for List<K> {
    const COMMAND: &'static str = K::COMMAND;
    const SCHEMA: &'static str = K::SCHEMA;

    fn add_options(&self, options: &mut Options) {
        self.kind.add_options(options);
    }

    fn look_at(&self, look: &Look<'_>, bytes: Vec<u8>) -> Result<(), IntakeError> {
        self.kind.read(look, bytes).map(drop)
    }

    fn load(&mut self, load: &Load<'_>, input: Input, rejects: &mut Rejects) -> Result<()> {
        let reading = self.kind.read(&load.look(), input.bytes)?;
        self.kind.look_ahead(&reading.rows);
        self.erased = load.writing.not_to_be_brought_back()?;
        if self.end_of_edits.is_none() {
            self.end_of_edits = Some(load.writing.end_of_edits()?);
        }
        for row in reading.rows {
            self.rows += 1;
            let effect = match row {
                Ok(row) => {
                    let effect = self.save(load, &reading.source, &row)?;
                    if !matches!(effect, RowEffect::Skipped | RowEffect::Rejected(_)) {
                        let (person, account) = self.kind.is_of(&row.says);
                        self.understanding.look_at(person, account);
                        self.understanding.has_news |= effect != RowEffect::Unchanged;
                    }
                    effect
                }
                Err(rejected) => RowEffect::Rejected(rejected),
            };
            match effect {
                RowEffect::New => self.new += 1,
                RowEffect::Changed => self.changed += 1,
                RowEffect::Repaired => {
                    self.changed += 1;
                    self.repaired += 1;
                }
                RowEffect::Unchanged => self.unchanged += 1,
                RowEffect::Skipped => self.skipped += 1,
                RowEffect::Rejected(row) => rejects.add(&input.name, &reading.header, &row)?,
            }
        }
        self.understanding.add_file(&input.name, reading.understood);
        self.notes.extend(reading.notes);
        Ok(())
    }

    fn understanding(&self) -> &Understanding {
        &self.understanding
    }

    fn rows(&self) -> u64 {
        self.rows
    }

    fn finish(&mut self, load: &Load<'_>) -> Result<()> {
        if let Some(end) = self.end_of_edits {
            self.edited = load.writing.edits_behind(end, TOLD)?;
        }
        self.kind.finish(load)
    }

    fn notes(&self) -> Vec<String> {
        [self.notes.clone(), self.kind.notes()].concat()
    }

    fn figures(&self, rejected: u64) -> Record {
        let record = Record::new()
            .with("rows", "Rows", self.rows)
            .with("new", "  new", self.new)
            .with("changed", "  changed", self.changed)
            .entry(repaired(self.repaired))
            .with("unchanged", "  unchanged", self.unchanged);
        let record = match K::SKIPS || self.skipped > 0 {
            true => record.with("skipped", "  skipped", self.skipped),
            false => record,
        };
        let record = record.entry(forgotten(self.forgotten));
        let record = record.with("rejected", "  rejected", rejected);
        let record = self.kind.figures(record);
        match &self.edited {
            (_, 0) => record,
            (first, all) => record.data("changes_in_all", *all).with(
                "changes",
                heading(first.len(), *all),
                changed_fields(first),
            ),
        }
    }

    fn next(&self) -> Option<Sentence> {
        self.kind.next()
    }
}
