//! Text to rows of cells: the delimiter, the header rows, where each row stands, footers and rows of the wrong
//! length (`docs/import.md`, odd files). What the cells mean is decided elsewhere.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the places are line ends of the same text"
)]

mod grouped;
mod kept;
mod titles;

use std::ops::Range;

use csv::{ReaderBuilder, StringRecord};

use super::separators::{can_delimit, declared_delimiter, ends_in_quotes, refuse_endless, sniff};
use super::unpacking::{FileText, text_of};
use super::{IntakeError, Options, Rejected, SourceRow, cells, totals};
use crate::domain::email::Email;

pub(crate) use kept::Kept;

/// How a file names its columns. Some sources spread this over two or three rows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Header {
    /// A name per column, perhaps empty.
    pub(crate) names: Vec<String>,
    /// A second name per column, where a further header row gives one.
    pub(crate) labels: Vec<String>,
    /// How many rows are header.
    pub(crate) rows: usize,
    /// Fields whose columns the shape of the header gives away.
    pub(crate) found: Vec<(&'static str, Vec<usize>)>,
}

impl Header {
    /// A header of one row.
    pub(crate) fn of_one_row(first: &[String]) -> Self {
        Self {
            names: first.to_vec(),
            rows: 1,
            ..Self::default()
        }
    }

    /// The name of a column, perhaps empty.
    pub(crate) fn name(&self, column: usize) -> &str {
        self.names.get(column).map_or("", String::as_str)
    }
}

/// The first rows of a file, the header first; nothing where it cannot be read as a table.
pub fn first_rows(bytes: &[u8], options: &Options, count: usize) -> Option<Vec<Vec<String>>> {
    let table = Table::open(bytes.to_vec(), options, &|_| true);
    table.ok().map(|table| table.first_rows(count))
}

/// A decoded file whose rows can be read any number of times.
#[derive(Debug)]
pub(crate) struct Table {
    text: String,
    delimiter: u8,
    /// Where the first header row begins, and the first row of data.
    start: usize,
    body: usize,
    /// Where the rows of data end, and the last lines of a report begin.
    end: usize,
    width: usize,
    /// Where each line of the text stands in the file, where the file was no such text.
    lines_of_file: Option<Vec<u64>>,
    /// Its encoding, or the kind of file where it is no text.
    pub(crate) encoding: &'static str,
    /// What is worth saying about how the file was decoded.
    pub(crate) notes: Vec<String>,
}

impl Table {
    /// Decodes the bytes, finds the delimiter, and makes sure that there is a header. Of several sheets it is one whose
    /// header fits.
    pub(crate) fn open(
        bytes: Vec<u8>,
        options: &Options,
        fits: &dyn Fn(&[String]) -> bool,
    ) -> Result<Self, IntakeError> {
        let FileText {
            text,
            lines,
            note,
            encoding,
        } = text_of(bytes, options, fits)?;
        if let Some(delimiter) = options.delimiter.filter(|given| !can_delimit(*given)) {
            return Err(IntakeError::BadDelimiter { delimiter });
        }
        let (declared, start) = declared_delimiter(&text);
        let start = start + bytes_of_lines(&text[start..], options.skip_lines.unwrap_or(0));
        let of_grid = lines.as_ref().map(|_| b',');
        let delimiter = of_grid
            .or(options.delimiter)
            .or(declared)
            .or_else(|| sniff(&text.as_bytes()[start..]))
            .unwrap_or(b',');
        refuse_endless(&text[start..], delimiter)?;
        let mut table = Self {
            text,
            delimiter,
            start,
            body: start,
            end: usize::MAX,
            width: 0,
            lines_of_file: lines,
            encoding,
            notes: note.into_iter().collect(),
        };
        if options.skip_lines.is_none() {
            table.pass_titles();
        }
        let Some(first) = table.first_rows(1).pop() else {
            return Err(IntakeError::Empty);
        };
        if !looks_like_header(&first) {
            return Err(IntakeError::NoHeader);
        }
        table.begin_after(1);
        if let Some(given) = options.delimiter
            && let Some(found) = table.other_delimiter()
        {
            return Err(IntakeError::OtherDelimiter { given, found });
        }
        Ok(table)
    }

    /// What seems to stand between the headers, where they were read as one.
    fn other_delimiter(&self) -> Option<u8> {
        let header = &self.text.as_bytes()[self.start..self.body];
        sniff(header).filter(|_| self.width == 1)
    }

    /// The first rows of the file as they are, header rows included.
    pub(crate) fn first_rows(&self, count: usize) -> Vec<Vec<String>> {
        let mut reader = self.reader(self.start);
        let mut rows = Vec::new();
        for record in reader.records().map_while(Result::ok).take(count) {
            rows.push(record.iter().map(clean_name).collect());
        }
        rows
    }

    /// Says how many rows are header; the data begin after them.
    pub(crate) fn begin_after(&mut self, header_rows: usize) {
        let mut reader = self.reader(self.start);
        let mut record = StringRecord::new();
        let mut width = 0;
        for _ in 0..header_rows {
            if !matches!(reader.read_record(&mut record), Ok(true)) {
                break;
            }
            width = width.max(record.len());
        }
        let consumed = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        self.body = self.start.saturating_add(consumed).min(self.text.len());
        self.width = width;
        let rows = &self.text[self.body..];
        self.end = self.body + totals::last_lines(rows, self.delimiter, width);
    }

    /// The line of the file on which the header stands.
    pub(crate) fn header_line(&self) -> u64 {
        let before = &self.text.as_bytes()[..self.start];
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.line_of_file(line)
    }

    /// What stands between the cells, where the file is text.
    pub(crate) fn between_cells(&self) -> Option<u8> {
        self.lines_of_file.is_none().then_some(self.delimiter)
    }

    /// How many bytes of text it has.
    pub(crate) const fn size(&self) -> usize {
        self.text.len()
    }

    /// The text of a row, as it stands in the file.
    pub(crate) fn text_of(&self, row: &Row<'_>) -> &str {
        self.text.get(row.text.clone()).unwrap_or_default()
    }

    /// The rows of data.
    pub(crate) fn rows(&self) -> Rows<'_> {
        let before = &self.text.as_bytes()[..self.body];
        Rows {
            table: self,
            reader: self.reader(self.body),
            record: StringRecord::new(),
            lines_before: before.iter().filter(|byte| **byte == b'\n').count() as u64,
            number: 0,
        }
    }

    fn line_of_file(&self, line: u64) -> u64 {
        let Some(lines) = &self.lines_of_file else {
            return line;
        };
        let index = usize::try_from(line)
            .unwrap_or(usize::MAX)
            .saturating_sub(1);
        lines.get(index).copied().unwrap_or(line)
    }

    fn reader(&self, from: usize) -> csv::Reader<&[u8]> {
        ReaderBuilder::new()
            .delimiter(self.delimiter)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(1 << 16)
            .from_reader(&self.text.as_bytes()[from..self.end.clamp(from, self.text.len())])
    }
}

/// The rows of a table, one at a time, in one reused record.
pub(crate) struct Rows<'t> {
    table: &'t Table,
    reader: csv::Reader<&'t [u8]>,
    record: StringRecord,
    lines_before: u64,
    number: u64,
}

impl<'t> Rows<'t> {
    /// The next row that is neither empty nor one of totals.
    pub(crate) fn next(&mut self) -> Option<Row<'_>> {
        loop {
            if !matches!(self.reader.read_record(&mut self.record), Ok(true)) {
                return None;
            }
            let cells = self.record.as_slice().trim();
            let is_total = totals::may_be_total(cells) && totals::is_total(self.record.iter());
            if !cells.is_empty() && !is_total {
                break;
            }
        }
        self.number += 1;
        let (line, raw) = self.place();
        let end = self.table.body + self.reader.position().byte() as usize;
        let unclosed = end >= self.table.end && ends_in_quotes(raw, self.table.delimiter);
        Some(Row {
            line,
            number: self.number,
            record: &self.record,
            width: self.table.width,
            unclosed,
            text: self.table.end - raw.len()..end,
        })
    }

    /// The line on which the record begins, and the text from there. The reader leaves the line feed of a CRLF, and
    /// blank lines, to the record that follows.
    fn place(&self) -> (u64, &'t [u8]) {
        let Some(position) = self.record.position() else {
            return (0, &[]);
        };
        let from = self.table.body + position.byte() as usize;
        let text = &self.table.text.as_bytes()[from.min(self.table.end)..self.table.end];
        let ends = text
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count();
        let skipped = text[..ends].iter().filter(|byte| **byte == b'\n').count() as u64;
        let line = self.lines_before + position.line() + skipped;
        (self.table.line_of_file(line), &text[ends..])
    }
}

/// One row: its cells and where it stands.
#[derive(Clone)]
pub(crate) struct Row<'r> {
    /// The line on which it begins, from 1.
    pub(crate) line: u64,
    /// Its number, from 1.
    pub(crate) number: u64,
    record: &'r StringRecord,
    width: usize,
    unclosed: bool,
    /// Where its text stands.
    text: Range<usize>,
}

impl<'r> Row<'r> {
    /// The cell as received; empty where the row is too short.
    pub(crate) fn raw(&self, column: usize) -> &'r str {
        self.record.get(column).unwrap_or("")
    }

    /// The cell's value, trimmed and unguarded; nothing where there is no such column or value.
    pub(crate) fn value(&self, column: Option<usize>) -> Option<&'r str> {
        cells::value(self.record.get(column?)?)
    }

    /// Why the row cannot be trusted as a row, if so.
    pub(crate) fn fault(&self) -> Option<String> {
        if self.unclosed {
            return Some(
                "a quotation mark is opened and never closed: the rest of the file is in this row"
                    .into(),
            );
        }
        if self.record.len() <= self.width {
            return None;
        }
        let filled = self
            .record
            .iter()
            .skip(self.width)
            .any(|cell| !cell.trim().is_empty());
        filled.then(|| {
            format!(
                "the row has {} cells, the header has {}",
                self.record.len(),
                self.width
            )
        })
    }

    /// Where the row stands and what it holds.
    pub(crate) fn source_row(&self) -> SourceRow {
        SourceRow {
            line: self.line,
            record: self.number,
            original: self.record.iter().map(str::to_owned).collect(),
        }
    }

    /// The row as a rejected one.
    pub(crate) fn rejected(&self, reason: impl Into<String>) -> Rejected {
        self.source_row().rejected(reason)
    }
}

/// How many bytes the first so many lines take.
fn bytes_of_lines(text: &str, count: u32) -> usize {
    let lines = text.split_inclusive('\n').take(count as usize);
    lines.map(str::len).sum()
}

/// A header has a word in it, and no e-mail address.
fn looks_like_header(first: &[String]) -> bool {
    first
        .iter()
        .any(|cell| cell.chars().any(char::is_alphabetic))
        && !first
            .iter()
            .any(|cell| cell.contains('@') && Email::parse(cell).is_ok())
}

/// A header cell without its guard, line breaks and doubled spaces.
fn clean_name(cell: &str) -> String {
    cells::unguarded(cell.trim())
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        Table::open(text.as_bytes().to_vec(), &Options::default(), &|_| true).unwrap()
    }

    fn rows(text: &str) -> Vec<(u64, u64, Vec<String>, Option<String>)> {
        let table = table(text);
        let mut rows = table.rows();
        let mut all = Vec::new();
        while let Some(row) = rows.next() {
            all.push((row.line, row.number, row.rejected("").original, row.fault()));
        }
        all
    }

    fn places(text: &str) -> Vec<(u64, u64)> {
        rows(text)
            .into_iter()
            .map(|(line, number, ..)| (line, number))
            .collect()
    }

    #[test]
    fn lines_and_records_are_counted_through_breaks_in_cells_and_blank_lines() {
        let text = "a,b\n1,\"x\ny\"\n\n,\n2,z\n";
        assert_eq!(places(text), [(2, 1), (6, 2)]);
        assert_eq!(places(&text.replace('\n', "\r\n")), [(2, 1), (6, 2)]);
        assert_eq!(places("\"a\nb\",c\r\n1,2\r\n3,4"), [(3, 1), (4, 2)]);
        assert_eq!(places("a,b\r1,2\r3,4\r"), [(2, 1), (3, 2)]);
    }

    #[test]
    fn the_delimiter_is_the_one_the_header_uses_outside_quotes() {
        for (text, delimiter) in [
            ("a,b\n1;2;3\n", b','),
            ("a;\"b,c,d,e\"\n", b';'),
            ("a\tb\n", b'\t'),
            ("a|b|c\n", b'|'),
            ("a\n", b','),
            ("\"x\n;;;\",b\n", b','),
            ("sep=|\na|b\n", b'|'),
        ] {
            assert_eq!(table(text).delimiter, delimiter, "{text:?}");
        }
        assert_eq!(rows("sep=;\r\na;b\r\n1;2\r\n")[0].0, 3);
    }

    #[test]
    fn titles_above_the_header_are_passed() {
        for (text, line) in [
            ("Spring survey,,\n,,\nEmail,Score,Date\na,b,c\n", 4),
            ("Spring survey\n\nEmail;Score;Date\na;b;c\n", 4),
            ("Report,NPS\nEmail,Score,Date,Comment\na,b,c,d\n", 3),
            ("Email\na\nb\n", 2),
            ("Name,Score\nAnn,x\n", 2),
            ("Email\na@x.example,9,2\n", 2),
        ] {
            assert_eq!(rows(text)[0].0, line, "{text:?}");
        }
        let options = Options {
            skip_lines: Some(2),
            ..Options::default()
        };
        let table = Table::open("a,b,c\n\nEmail,Score\nx,y\n".into(), &options, &|_| true).unwrap();
        assert_eq!(table.first_rows(1), [["Email", "Score"]]);
        assert_eq!(table.rows().next().unwrap().line, 4);
    }

    #[test]
    fn some_bytes_cannot_stand_between_cells() {
        for delimiter in [b'"', b'\n', 0xc3] {
            let options = Options {
                delimiter: Some(delimiter),
                ..Options::default()
            };
            let error = Table::open("é,b\n".into(), &options, &|_| true).unwrap_err();
            assert!(matches!(error, IntakeError::BadDelimiter { .. }), "{error}");
        }
    }

    #[test]
    fn a_file_needs_a_header() {
        for (text, empty) in [
            ("", true),
            ("\n\n", true),
            ("1,2\n", false),
            ("x@y.example,9\n", false),
        ] {
            let error =
                Table::open(text.as_bytes().to_vec(), &Options::default(), &|_| true).unwrap_err();
            assert_eq!(matches!(error, IntakeError::Empty), empty, "{text:?}");
        }
    }

    #[test]
    fn only_long_rows_with_content_are_at_fault() {
        let faults: Vec<bool> = rows("a,b\n1\n1,2\n1,2,, \n1,2,,x\n")
            .into_iter()
            .map(|(.., fault)| fault.is_some())
            .collect();
        assert_eq!(faults, [false, false, false, true]);
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_noticed() {
        let read = rows("a,b\n1,\"x\n2,y\n3,z\n");
        assert_eq!(read.len(), 1);
        assert!(read[0].3.as_deref().unwrap().contains("never closed"));
        for closed in [
            "a,b\n1,\"x\"",
            "a,b\n1,\"x\"\"\"\n",
            "a,b\n1,5\" screen\n",
            "a,b\n\"\",\"\"\"x\"\n",
        ] {
            assert_eq!(rows(closed)[0].3, None, "{closed:?}");
        }
        assert!(rows("a,b\n1,\"x\"\"\n")[0].3.is_some());
    }

    #[test]
    fn footers_are_no_rows() {
        let text = "\"Account\",\"Industry\"\n\"Copyright (c) Ltd\",\"Media\"\n\n\"Grand Totals (1 records)\"\n\
                    \"Confidential Information - Do Not Distribute\"\n\"Copyright (c) 2000-2026 salesforce.com\"\n";
        assert_eq!(places(text), [(2, 1)]);
    }
}
