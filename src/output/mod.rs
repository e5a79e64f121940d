//! One neutral answer, rendered last: as a table, CSV, JSON or Markdown. No command knows about formats.

mod answer;
mod build;
mod calendar;
mod chart;
mod command_line;
mod csv;
mod document;
mod error;
mod figures;
mod grid;
mod invocation;
mod json;
mod markdown;
mod pack;
mod png;
mod rejects;
mod sentence;
mod svg;
mod table;
mod terminal;
#[cfg(test)]
mod tests;
mod text;
mod unfinished;
mod whole;

use std::fmt;
use std::io;
use std::str::FromStr;

pub use answer::{Alignment, Answer, Cell, Column, Entry, Names, Parts, Sheet, Shown, Value};
pub use build::Record;
pub use calendar::{CALENDAR_MARK, Entry as CalendarEntry, calendar};
pub use chart::{Chart, ChartKind, Series};
pub use command_line::{CommandLine, shell_word};
pub use document::{Compared, Document, Figure, Heading};
pub use error::Problem;
pub use invocation::Invocation;
pub use json::escaped;
pub use pack::{Advice, FolderError, Pack, Roster, Section};
pub use rejects::{REJECTS_MARK, RejectsFile};
pub use sentence::Sentence;
pub use table::Table;
pub use text::{count, count_of, thousands, visible};
pub use unfinished::{Unfinished, create, write_whole};
pub use whole::TableWriter;

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For people, on a terminal.
    #[default]
    Table,
    /// For spreadsheets.
    Csv,
    /// For programs.
    Json,
    /// For documents.
    Markdown,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 4] = [Format::Table, Format::Csv, Format::Json, Format::Markdown];

    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Table => "table",
            Format::Csv => "csv",
            Format::Json => "json",
            Format::Markdown => "markdown",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let found = Format::ALL
            .into_iter()
            .find(|format| format.name().eq_ignore_ascii_case(word));
        found.ok_or_else(|| {
            let names = Format::ALL.map(Format::name).join(", ");
            format!("`{}` is not a format; use one of {names}", visible(word))
        })
    }
}

/// What the place where the answer goes can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// Columns of the terminal; none for a pipe, where tables take 100.
    pub width: Option<usize>,
    /// Whether headings are bold.
    pub color: bool,
    /// CSV without the `'` that keeps a spreadsheet from running a cell.
    pub raw: bool,
}

/// Writes `answer` to `out`.
///
/// # Errors
/// Those of `out`; a closed pipe keeps its kind.
pub fn render(
    answer: &Answer,
    format: Format,
    style: &Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let lines = match format {
        Format::Csv => return csv::write(&answer.data, style.raw, out),
        Format::Json => return json::write(answer, out),
        Format::Table => terminal::lines(&answer.data, style),
        Format::Markdown => markdown::lines(&answer.data),
    };
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// ANSI colours, or none.
#[derive(Clone, Copy)]
struct Paint(bool);

impl Paint {
    fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    fn dim(self, text: &str) -> String {
        self.with("2", text)
    }

    fn red(self, text: &str) -> String {
        self.with("1;31", text)
    }

    fn cyan(self, text: &str) -> String {
        self.with("36", text)
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.0 && !text.is_empty() {
            return format!("\u{1b}[{code}m{text}\u{1b}[0m");
        }
        text.to_owned()
    }
}
