//! Answers for spreadsheets and scripts: RFC 4180, a header row of keys, one value a cell.

use std::io;

use csv::{Terminator, WriterBuilder};

use super::answer::{Cell, Entry, Parts, Sheet, Value};
use super::fields::main_sheet;
use super::figures::{decimal, major_units, numbers_in_words, rate};
use super::text::visible_lines;

/// What stands between the cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    /// As RFC 4180 says.
    Comma,
    /// For shells: lines end in a line feed.
    Tab,
}

/// Writes the sheet of `value`: itself, the first one of a record, or a record's single values as one row.
pub(super) fn write(
    value: &Value,
    separator: Separator,
    raw: bool,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let (delimiter, terminator) = match separator {
        Separator::Comma => (b',', Terminator::CRLF),
        Separator::Tab => (b'\t', Terminator::Any(b'\n')),
    };
    let mut writer = WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(terminator)
        .from_writer(out);
    let (header, rows) = match value {
        Value::Cell(cell) => single(vec![("value".to_owned(), cell)], raw),
        Value::Sheet(sheet) => table(sheet, raw),
        Value::Record(entries) => match main_sheet(entries) {
            Some(sheet) => table(sheet, raw),
            None => single(flat(entries, ""), raw),
        },
    };
    if !header.is_empty() {
        writer.write_record(&header).map_err(io_error)?;
        for row in rows {
            writer.write_record(&row).map_err(io_error)?;
        }
    }
    writer.flush()
}

/// Keeps the kind of an I/O error, so that a closed pipe is still recognised.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

type Rows = (Vec<String>, Vec<Vec<String>>);

/// The cells of a record by key; those of a record in it as `key_subkey`.
fn flat<'a>(entries: &'a [Entry], prefix: &str) -> Vec<(String, &'a Cell)> {
    let mut cells = Vec::new();
    for entry in entries.iter().filter(|entry| entry.shown.is_in_csv()) {
        let key = format!("{prefix}{}", entry.key);
        match &entry.value {
            Value::Cell(cell) => cells.push((key, cell)),
            Value::Record(inner) => cells.extend(flat(inner, &format!("{key}_"))),
            Value::Sheet(_) => {}
        }
    }
    cells
}

fn single(cells: Vec<(String, &Cell)>, raw: bool) -> Rows {
    let mut header = Vec::new();
    let mut row = Vec::new();
    for (key, cell) in cells {
        let layout = Layout::of(Parts::One, std::iter::once(cell));
        layout.name(&key, &mut header);
        layout.fill(cell, raw, &mut row);
    }
    (header, vec![row])
}

fn table(sheet: &Sheet, raw: bool) -> Rows {
    let mut header = Vec::new();
    let mut rows = vec![Vec::new(); sheet.rows.len()];
    for (index, column) in sheet.columns.iter().enumerate() {
        if !column.shown.is_in_csv() {
            continue;
        }
        let layout = Layout::of(
            column.parts,
            sheet.rows.iter().filter_map(|row| row.get(index)),
        );
        layout.name(column.key, &mut header);
        for (cells, row) in sheet.rows.iter().zip(&mut rows) {
            layout.fill(cells.get(index).unwrap_or(&Cell::Empty), raw, row);
        }
    }
    (header, rows)
}

/// The CSV columns that one column of cells takes: those it declares and those its cells need.
#[derive(Clone, Copy)]
struct Layout {
    one: bool,
    rate: bool,
    money: bool,
}

impl Layout {
    fn of<'a>(parts: Parts, cells: impl Iterator<Item = &'a Cell>) -> Self {
        let mut layout = Self {
            one: false,
            rate: parts == Parts::Rate,
            money: parts == Parts::Money,
        };
        for cell in cells {
            match cell.bare() {
                Cell::Empty => {}
                Cell::Rate { .. } => layout.rate = true,
                Cell::Money { .. } => layout.money = true,
                _ => layout.one = true,
            }
        }
        layout.one |= !(layout.rate || layout.money);
        layout
    }

    fn name(self, key: &str, header: &mut Vec<String>) {
        let mut add = |part: &str| header.push(format!("{key}{part}"));
        if self.one {
            add("");
        }
        if self.rate {
            ["_numerator", "_denominator", "_value"]
                .into_iter()
                .for_each(&mut add);
        }
        if self.money {
            ["_minor", "_currency", "_value"]
                .into_iter()
                .for_each(&mut add);
        }
    }

    fn fill(self, cell: &Cell, raw: bool, row: &mut Vec<String>) {
        if self.one {
            row.push(plain(cell, raw));
        }
        if self.rate {
            row.extend(rate_parts(cell));
        }
        if self.money {
            row.extend(money_parts(cell, raw));
        }
    }
}

fn plain(cell: &Cell, raw: bool) -> String {
    match cell.bare() {
        Cell::Empty | Cell::Money { .. } | Cell::Rate { .. } | Cell::Told(_) | Cell::Change(_) => {
            String::new()
        }
        Cell::Text(text) => words(text, raw),
        Cell::Command(command) => words(&command.typed(), raw),
        Cell::Sentence(sentence) => words(&sentence.text(), raw),
        Cell::List(items) => words(&items.join("; "), raw),
        Cell::Integer(number) => number.to_string(),
        Cell::Numbers(numbers) => numbers_in_words(numbers),
        Cell::Trend(values) => trend(values),
        Cell::Decimal { value, places } => decimal(*value, *places).unwrap_or_default(),
        Cell::Flag(yes) => yes.to_string(),
        Cell::Day(day) => day.to_string(),
        Cell::Instant(at) => at.to_rfc3339(),
    }
}

/// The values of a trend, one after the other; a gap is empty.
fn trend(values: &[Option<f64>]) -> String {
    let words: Vec<String> = values
        .iter()
        .map(|value| value.map(|value| value.to_string()).unwrap_or_default())
        .collect();
    words.join("; ")
}

fn rate_parts(cell: &Cell) -> [String; 3] {
    let Cell::Rate {
        numerator,
        denominator,
    } = cell.bare()
    else {
        return Default::default();
    };
    let value = rate(*numerator, *denominator).map(|value| value.to_string());
    [
        numerator.to_string(),
        denominator.to_string(),
        value.unwrap_or_default(),
    ]
}

fn money_parts(cell: &Cell, raw: bool) -> [String; 3] {
    let Cell::Money {
        amount_minor,
        currency,
    } = cell.bare()
    else {
        return Default::default();
    };
    [
        amount_minor.to_string(),
        words(currency, raw),
        major_units(*amount_minor, currency),
    ]
}

/// A cell from outside, made safe to show and to open in a spreadsheet.
pub(super) fn guarded(text: &str) -> String {
    words(text, false)
}

/// Text from outside: safe to show and, unless `raw`, with a `'` before what a spreadsheet would run.
fn words(text: &str, raw: bool) -> String {
    let shown = visible_lines(text);
    if !raw && (text.starts_with(['\t', '\r', '\n']) || runs(&shown)) {
        return format!("'{shown}");
    }
    shown
}

/// Whether a spreadsheet takes the text for a formula; some skip spaces first, some read the full-width signs.
fn runs(text: &str) -> bool {
    text.trim_start()
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}
