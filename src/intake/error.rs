//! Why a whole file was refused. A single bad row is a `Rejected`, not an error.

use crate::domain::characters::shortened;
use std::path::PathBuf;

use crate::domain::scale::Scale;

/// A file that cannot be imported as it is.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The file could not be opened or read.
    #[error("cannot read {}", path.display())]
    Unreadable {
        /// The file, or `-` for standard input.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A folder that is not a full export, or not any longer.
    #[error("{}: {why}", file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// An export of a newer version.
    #[error("the export has schema {found}; this version knows {known}")]
    NewerExport {
        /// Its schema version.
        found: i32,
        /// The newest that this program knows.
        known: i32,
    },
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// What a spreadsheet program saves unless it is told otherwise.
    #[error("the file is a workbook of before 2007 (.xls)")]
    Workbook,
    /// A workbook that cannot be read.
    #[error("the workbook cannot be read: {why}")]
    BadWorkbook {
        /// What is wrong with it.
        why: String,
    },
    /// Several sheets could be meant.
    #[error("more than one sheet could be meant: {}", listed(candidates))]
    WhichSheet {
        /// Their names.
        candidates: Vec<String>,
    },
    /// `--sheet` with a name that no sheet has.
    #[error("no sheet is called `{wanted}`; sheets seen: {}", listed(seen))]
    NoSheet {
        /// The name given.
        wanted: String,
        /// The sheets in the file.
        seen: Vec<String>,
    },
    /// `--sheet` for a file that has none.
    #[error("--sheet names a sheet of a workbook; this file is none")]
    NoSheets,
    /// It begins as JSON does and is none.
    #[error("the file looks like JSON, but line {line} is not: {why}")]
    BadJson {
        /// The line.
        line: u64,
        /// What is wrong with it.
        why: String,
    },
    /// It begins as a file does that gzip made.
    #[error("the file cannot be unfolded: {why}")]
    BadArchive {
        /// What is wrong with it.
        why: String,
    },
    /// It unfolds to more than can be read.
    #[error("the file unfolds to more than can be read")]
    TooLarge,
    /// It has another shape than one row for each answer.
    #[error("the file has {shape}, not a row for each answer")]
    Shape {
        /// The shape.
        shape: &'static str,
    },
    /// The first row is data.
    #[error("the first row does not look like a header")]
    NoHeader,
    /// A line with more columns than any table has.
    #[error("line {line} has {cells} cells: it is no table")]
    TooWide {
        /// The line, from 1.
        line: usize,
        /// How many cells.
        cells: usize,
    },
    /// `--encoding` with an unknown label.
    #[error("`{label}` is not an encoding that can be read")]
    UnknownEncoding {
        /// The label given.
        label: String,
    },
    /// `--delimiter` with a character that cannot stand between cells.
    #[error("{} cannot stand between cells", char::from(*delimiter).escape_default())]
    BadDelimiter {
        /// The byte given.
        delimiter: u8,
    },
    /// `--delimiter` with a character that is not in the header, where another one is.
    #[error("the header has {}, not {}", sign(*found), sign(*given))]
    OtherDelimiter {
        /// The byte given.
        given: u8,
        /// The one that stands between the headers.
        found: u8,
    },
    /// `--map` with an unknown field.
    #[error("`{field}` is not a field; known fields: {}", known.join(", "))]
    UnknownField {
        /// The field given.
        field: String,
        /// Every field of this kind of file.
        known: Vec<&'static str>,
    },
    /// `--map` with a header that the file does not have.
    #[error("no column is headed `{header}`; headers seen: {}", listed(seen))]
    UnknownHeader {
        /// The field to be mapped.
        field: &'static str,
        /// The header given.
        header: String,
        /// The headers in the file.
        seen: Vec<String>,
    },
    /// `--when` with a header that the file does not have.
    #[error("no column is headed `{header}`; headers seen: {}", listed(seen))]
    NoSuchColumn {
        /// The header given.
        header: String,
        /// The headers in the file.
        seen: Vec<String>,
    },
    /// A needed column is not there.
    #[error("no column holds the {field}; headers seen: {}", listed(seen))]
    NoColumn {
        /// The field that is needed.
        field: &'static str,
        /// The headers in the file.
        seen: Vec<String>,
    },
    /// More than one column could be the field.
    #[error(
        "more than one column could hold the {field}: {}",
        candidates_listed(candidates)
    )]
    TwoColumns {
        /// The field.
        field: &'static str,
        /// Their headers; where others have the same one, with the position from 1.
        candidates: Vec<(String, Option<usize>)>,
    },
    /// Answers that seem to be on another scale than the NPS.
    #[error(
        "the {answers} answers in `{header}` are from {lowest} to {highest}, which looks like a scale of {scale}"
    )]
    OtherScale {
        /// The column's header.
        header: String,
        /// How many answers there are.
        answers: u32,
        /// The lowest of them.
        lowest: u8,
        /// The highest of them.
        highest: u8,
        /// The scale that they seem to be on.
        scale: Scale,
    },
    /// `--date` for rows that have no one date.
    #[error("--date is the day of answers, reviews and the like; these rows have none")]
    NoDayHere,
    /// Day and month cannot be told apart in a column.
    #[error("{}", ambiguity(column, example, *contradictory))]
    AmbiguousDates {
        /// The column's header.
        column: String,
        /// A value that can be read both ways.
        example: String,
        /// Whether some values say day first and others month first.
        contradictory: bool,
    },
    /// `--date-format` cannot be used.
    #[error("`{format}` is not a date format: {why}")]
    BadDateFormat {
        /// The format given.
        format: String,
        /// What is wrong with it.
        why: &'static str,
    },
}

impl IntakeError {
    /// A workbook that cannot be read.
    pub(super) fn workbook(why: impl std::fmt::Display) -> Self {
        Self::BadWorkbook {
            why: why.to_string(),
        }
    }
}

/// What ends the reading of a row: the row's own fault, or one of the whole file.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The row is rejected, for this reason.
    Row(String),
    /// The file is refused.
    File(IntakeError),
}

impl From<String> for Stop {
    fn from(reason: String) -> Self {
        Self::Row(reason)
    }
}

impl From<&str> for Stop {
    fn from(reason: &str) -> Self {
        Self::Row(reason.to_owned())
    }
}

impl From<IntakeError> for Stop {
    fn from(error: IntakeError) -> Self {
        Self::File(error)
    }
}

/// A delimiter as it is typed.
fn sign(delimiter: u8) -> String {
    match delimiter {
        b'\t' => "tab".to_owned(),
        other => format!("\"{}\"", char::from(other).escape_default()),
    }
}

/// A name from a file.
fn short(name: &str) -> String {
    format!("`{}`", shortened(name, 60))
}

fn listed(headers: &[String]) -> String {
    const MOST: usize = 30;
    let named = headers.iter().filter(|header| !header.is_empty());
    let more = named.clone().count().saturating_sub(MOST);
    let mut named: Vec<String> = named.take(MOST).map(|header| short(header)).collect();
    if more > 0 {
        named.push(format!("and {more} more"));
    }
    named.join(", ")
}

fn candidates_listed(candidates: &[(String, Option<usize>)]) -> String {
    let named = candidates.iter().map(|(header, position)| match position {
        Some(position) => format!("{} (#{position})", short(header)),
        None => short(header),
    });
    named.collect::<Vec<_>>().join(", ")
}

fn ambiguity(column: &str, example: &str, contradictory: bool) -> String {
    let (column, example) = (short(column), short(example));
    if contradictory {
        format!(
            "column {column} has dates with the day first and dates with the month first; \
                 {example} can be read both ways"
        )
    } else {
        format!(
            "nothing in column {column} tells the day from the month: {example} can be read both ways"
        )
    }
}
