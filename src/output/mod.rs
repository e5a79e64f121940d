//! One neutral answer, rendered last: as a table, CSV, JSON or Markdown. No command knows about formats.

mod answer;
mod build;
mod calendar;
mod chart;
mod command_line;
mod csv;
mod document;
mod error;
mod fields;
mod figures;
mod filled;
mod fold;
mod fonts;
mod full_export;
mod grid;
mod grid_rows;
mod invocation;
mod json;
mod layout;
mod markdown;
mod measure;
mod order;
mod pack;
mod pager;
mod plain;
mod png;
mod prose;
mod rejects;
mod sentence;
mod sheet_lines;
mod short;
mod style;
mod svg;
mod table;
mod terminal;
#[cfg(test)]
mod tests;
mod text;
mod unfinished;

use std::fmt;
use std::io;
use std::str::FromStr;

use csv::Separator;

pub use answer::{
    Alignment, Answer, Cell, Column, Entry, Group, Names, Parts, Plain, Reader, Sheet, Shown, Tone,
    Value,
};
pub use build::Record;
pub use calendar::{
    CALENDAR_MARK, Entry as CalendarEntry, Meeting, MeetingTime, calendar, meeting,
};
pub use chart::{Chart, ChartKind, Series};
pub use command_line::CommandLine;
pub use document::{Compared, Document, Figure, Heading};
pub use error::Problem;
pub use fields::{NoSuchField, only};
pub use filled::{Letter, filled};
pub use full_export::TableWriter;
pub use invocation::Invocation;
pub use json::escaped;
pub use layout::Importance;
pub use order::{Order, sort};
pub use pack::{Advice, FolderError, Pack, Roster, Section, Testimonial};
pub use pager::Pager;
pub use prose::wrap;
pub use rejects::{REJECTS_MARK, RejectsFile};
pub use sentence::Sentence;
pub use style::Style;
pub use table::Table;
pub use text::{count, count_of, visible};
pub use unfinished::{Unfinished, create, left_in, remove_left, write_whole};

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
    /// For programs that read line by line: one object a row.
    Jsonl,
    /// For shells: cells with tabs between them.
    Tsv,
    /// For documents.
    Markdown,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 6] = [
        Format::Table,
        Format::Csv,
        Format::Json,
        Format::Markdown,
        Format::Tsv,
        Format::Jsonl,
    ];

    /// Who reads it.
    pub const fn reader(self) -> Reader {
        match self {
            Format::Table | Format::Markdown => Reader::People,
            Format::Csv | Format::Tsv => Reader::Csv,
            Format::Json | Format::Jsonl => Reader::Json,
        }
    }

    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Table => "table",
            Format::Csv => "csv",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Tsv => "tsv",
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

/// Writes `answer` to `out`, and returns the headings of the columns for which a table had no room.
///
/// # Errors
/// Those of `out`; a closed pipe keeps its kind.
pub fn render(
    answer: &Answer,
    format: Format,
    style: &Style,
    out: &mut dyn io::Write,
) -> io::Result<Vec<String>> {
    let mut left_out = Vec::new();
    let lines = match format {
        Format::Csv => {
            return csv::write(&answer.data, Separator::Comma, style.raw, out).map(|()| left_out);
        }
        Format::Tsv => {
            return csv::write(&answer.data, Separator::Tab, style.raw, out).map(|()| left_out);
        }
        Format::Json => return json::write(answer, out).map(|()| left_out),
        Format::Jsonl => return json::write_lines(&answer.data, out).map(|()| left_out),
        Format::Table => terminal::lines(&answer.data, style, &mut left_out),
        Format::Markdown => markdown::lines(&answer.data),
    };
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(left_out)
}
