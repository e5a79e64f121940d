//! From a file to typed rows: decoded, sniffed, recognised, mapped. Nothing here knows the database.
//! One layer is shared by every kind of file (`decode`, `table`, `columns`, `dates`). `survey` and its `profiles` read
//! what survey sources export. `list` reads everything else; `accounts`, `people`, `taps`, `deals`, `reviews`,
//! `signals`, `nominations` and `targets` say what their rows hold.

pub mod accounts;
mod amount_column;
mod amounts;
mod cells;
mod columns;
mod currencies;
mod date_column;
mod date_parts;
mod date_words;
mod dates;
pub mod deals;
mod decode;
mod digits;
mod error;
mod file;
pub mod full_export;
mod grid;
mod gzip;
mod headers;
mod holds;
mod json;
mod list;
mod loose_dates;
mod loose_times;
pub mod nominations;
mod open_document;
pub mod people;
pub(crate) mod platforms;
mod profiles;
mod ratings;
pub mod reviews;
mod sample;
mod scale;
mod scores;
mod separators;
mod shape;
pub mod signals;
mod stable_key;
pub mod survey;
mod table;
pub mod taps;
pub mod targets;
mod times;
mod totals;
mod traits;
mod understood;
mod unpacking;
mod vocabulary;
mod workbook;
mod zone_names;

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod properties;

pub(crate) use cells::domain as bare_domain;
pub use error::IntakeError;
pub use file::{read_all, read_file};
pub use list::{FileRow, Reading};
pub use stable_key::hash_key;
pub(crate) use stable_key::stable_key;
pub use table::first_rows;
pub use traits::AccountTraits;
pub use understood::{ColumnRead, Understood};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::domain::calendar::{Timestamp, Zone};
use crate::domain::condition::Condition;
use crate::domain::responses::CellsDigest;
use crate::domain::scale::Scale;
use crate::domain::signal::SignalKind;

/// What the user says about a file; everything left out is found out. Also what a saved profile holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// A profile's name, which is then used without looking, or any other name for the source.
    pub source: Option<String>,
    /// Fields and the headers that hold them, as in `--map score="NPS (0-10)"`.
    pub map: Vec<(String, String)>,
    /// `day-first`, `month-first`, or a pattern such as `%d/%m/%Y %H:%M`.
    pub date_format: Option<String>,
    /// The byte between two cells.
    pub delimiter: Option<u8>,
    /// An encoding's label, such as `windows-1252` or `utf-16le`.
    pub encoding: Option<String>,
    /// How many lines stand above the header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skip_lines: Option<u32>,
    /// The sheet of a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The day of rows that have none; of one file, so no profile keeps it.
    #[serde(skip)]
    pub date: Option<NaiveDate>,
    /// For a file of answers: their scale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
    /// For a file of signals: what its rows are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<SignalKind>,
    /// For a file of signals: what a row must show to be one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<Condition>,
}

impl Options {
    /// What was said, in words that stay the same from release to release.
    pub(crate) fn manner(&self) -> String {
        let Self {
            source,
            map,
            date_format,
            delimiter,
            encoding,
            kind,
            when,
            ..
        } = self;
        let mut manner = format!(
            "Options {{ source: {source:?}, map: {map:?}, date_format: {date_format:?}, delimiter: {delimiter:?}, \
             encoding: {encoding:?}, kind: {kind:?}, when: {when:?} }}"
        );
        if let Some(lines) = self.skip_lines {
            manner.push_str(&format!(" skip {lines}"));
        }
        if let Some(sheet) = &self.sheet {
            manner.push_str(&format!(" sheet {sheet:?}"));
        }
        if let Some(day) = self.date {
            manner.push_str(&format!(" day {day}"));
        }
        if let Some(scale) = self.scale {
            manner.push_str(&format!(" scale {scale}"));
        }
        manner
    }
}

/// Where and when a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// The zone of times that are written without one.
    pub zone: Zone,
    /// Facts dated after this instant are rejected.
    pub now: Timestamp,
}

/// A row that could not be used: where it stands, why, and what it held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// The line on which the row begins, from 1.
    pub line: u64,
    /// The row's number, from 1; header rows and blank lines do not count.
    pub record: u64,
    /// Why.
    pub reason: String,
    /// Whether it can be read, but says something else than an earlier row about the same thing.
    pub contradicts: bool,
    /// The cells as read.
    pub original: Vec<String>,
}

/// Where a row stands and what it held, for the case that it cannot be used after all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    /// The line on which the row begins, from 1.
    pub line: u64,
    /// The row's number, from 1; header rows and blank lines do not count.
    pub record: u64,
    /// The cells as read.
    pub original: Vec<String>,
}

impl SourceRow {
    /// The row as a rejected one.
    pub fn rejected(&self, reason: impl Into<String>) -> Rejected {
        Rejected {
            line: self.line,
            record: self.record,
            reason: reason.into(),
            contradicts: false,
            original: self.original.clone(),
        }
    }
}

impl SourceRow {
    /// Stands for the cells, whatever is made of them.
    pub(crate) fn cells(&self) -> CellsDigest {
        let mut digest = Sha256::new();
        for cell in &self.original {
            digest.update((cell.len() as u64).to_le_bytes());
            digest.update(cell);
        }
        CellsDigest(first_number(&digest.finalize()))
    }
}

/// The first eight bytes of a digest.
#[allow(clippy::indexing_slicing, reason = "a digest has 32 bytes")]
fn first_number(digest: &[u8]) -> i64 {
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    i64::from_le_bytes(first)
}

/// A value of a row, or the reason for which the row is rejected.
type CellResult<T> = Result<T, String>;
