//! Answers for people on a terminal: sheets in calm columns, records in aligned lines.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the columns are those of the sheet, and a group is not empty"
)]

use super::answer::{Alignment, Cell, Entry, Sheet, Value};
use super::figures::reading;
use super::grid::{Behaviour, Grid, wrap};
use super::sentence::{Piece, Sentence};
use super::style::{Paint, Style};
use super::text::visible;

/// Columns of a table that goes to a pipe.
const PIPE_WIDTH: usize = 100;
/// Spaces before the lines of a record in a record.
const INDENT: usize = 2;
/// A list with an item longer than this is shown one item a line.
const SENTENCE: usize = 40;
/// What a record shows for an empty value.
const NOTHING: &str = "-";

/// The lines of `value`, without spaces at their ends.
pub(super) fn lines(value: &Value, style: &Style) -> Vec<String> {
    let width = style.width.unwrap_or(PIPE_WIDTH);
    let paint = Paint(style.color);
    match value {
        Value::Cell(cell) => paragraph(cell, width),
        Value::Record(entries) => record(entries, width, paint),
        Value::Sheet(sheet) => self::sheet(sheet, width, paint),
    }
}

fn sheet(sheet: &Sheet, width: usize, paint: Paint) -> Vec<String> {
    let mut lines = rows(sheet, width, paint);
    if !sheet.notes.is_empty() && !lines.is_empty() {
        lines.push(String::new());
    }
    let notes = sheet.notes.iter();
    lines.extend(notes.flat_map(|note| sentence(note, width)));
    lines
}

fn rows(sheet: &Sheet, width: usize, paint: Paint) -> Vec<String> {
    if sheet.rows.is_empty() {
        return match sheet.empty.is_empty() {
            true => Vec::new(),
            false => sentence(&sheet.empty, width),
        };
    }
    let columns = seen_columns(sheet);
    let grid = Grid {
        headings: columns
            .iter()
            .map(|&column| visible(&sheet.columns[column].heading))
            .collect(),
        columns: columns
            .iter()
            .map(|&column| behaviour(sheet, column))
            .collect(),
        rows: sheet.rows.iter().map(|row| texts(row, &columns)).collect(),
    };
    grid.lines(width, paint)
}

/// The columns that people see.
pub(super) fn seen_columns(sheet: &Sheet) -> Vec<usize> {
    let seen = |index: &usize| sheet.columns[*index].shown.is_for_people();
    (0..sheet.columns.len()).filter(seen).collect()
}

/// The cells of a row that people see, as text.
fn texts(row: &[Cell], columns: &[usize]) -> Vec<String> {
    columns
        .iter()
        .map(|&column| row.get(column).map(reading).unwrap_or_default())
        .collect()
}

fn behaviour(sheet: &Sheet, column: usize) -> Behaviour {
    let words = |row: &Vec<Cell>| matches!(row.get(column), Some(Cell::Text(_) | Cell::List(_)));
    Behaviour {
        alignment: sheet.columns[column].alignment,
        breaks: sheet.rows.iter().any(words),
    }
}

/// A value that stands alone: a sentence, or one line an item of a list.
fn paragraph(cell: &Cell, width: usize) -> Vec<String> {
    match cell {
        Cell::Empty => Vec::new(),
        Cell::List(items) => items
            .iter()
            .flat_map(|item| wrap(&visible(item), width))
            .collect(),
        Cell::Sentence(said) => sentence(said, width),
        Cell::Command(command) => vec![format!("{:INDENT$}{}", "", command.typed())],
        cell => wrap(&reading(cell), width),
    }
}

/// A sentence over as many lines as it needs. Commands that would be broken, and so could not be pasted, get lines of
/// their own.
fn sentence(said: &Sentence, width: usize) -> Vec<String> {
    let (text, pieces) = (said.text(), said.pieces());
    let is_command = |piece: &Piece| matches!(piece, Piece::Command(_));
    let fits = text.chars().count() <= width && !pieces.iter().all(is_command);
    if fits || !pieces.iter().any(is_command) {
        return wrap(&text, width);
    }
    let lines = pieces.into_iter().flat_map(|piece| match piece {
        Piece::Words(words) => wrap(&words, width),
        Piece::Command(command) => vec![format!("{:INDENT$}{command}", "")],
    });
    lines.collect()
}

/// What an entry becomes; a blank line stands between two kinds, and before every block.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Line,
    Paragraph,
    Block,
}

fn record(entries: &[Entry], width: usize, paint: Paint) -> Vec<String> {
    let seen: Vec<&Entry> = entries
        .iter()
        .filter(|entry| entry.shown.is_for_people())
        .collect();
    let mut lines: Vec<String> = Vec::new();
    for group in seen.chunk_by(|one, next| kind(one) != Kind::Block && kind(one) == kind(next)) {
        let part = match kind(group[0]) {
            Kind::Line => labelled(group, width),
            Kind::Paragraph => paragraphs(group, width),
            Kind::Block => block(group[0], width, paint),
        };
        if !lines.is_empty() && !part.is_empty() {
            lines.push(String::new());
        }
        lines.extend(part);
    }
    lines
}

fn kind(entry: &Entry) -> Kind {
    match &entry.value {
        Value::Sheet(_) => Kind::Block,
        Value::Record(entries) if one_line(entries).is_none() => Kind::Block,
        _ if entry.label.is_empty() => Kind::Paragraph,
        Value::Cell(Cell::List(items)) if are_sentences(items) => Kind::Block,
        _ => Kind::Line,
    }
}

/// Whether the items of a list are better read one a line.
fn are_sentences(items: &[String]) -> bool {
    items.iter().any(|item| item.chars().count() > SENTENCE)
}

/// A record of cells only, as `key value, key value`.
pub(super) fn one_line(entries: &[Entry]) -> Option<String> {
    let mut words = Vec::new();
    for entry in entries.iter().filter(|entry| entry.shown.is_for_people()) {
        let Value::Cell(cell) = &entry.value else {
            return None;
        };
        let name = if entry.label.is_empty() {
            entry.key
        } else {
            &entry.label
        };
        words.push(
            format!("{} {}", visible(name), or_nothing(reading(cell)))
                .trim()
                .to_owned(),
        );
    }
    Some(words.join(", "))
}

/// The text, or a dash where there is none.
pub(super) fn or_nothing(text: String) -> String {
    if text.is_empty() {
        NOTHING.to_owned()
    } else {
        text
    }
}

/// A value of a record as text on one line.
pub(super) fn value_text(value: &Value) -> String {
    or_nothing(match value {
        Value::Cell(cell) => reading(cell),
        Value::Record(entries) => one_line(entries).unwrap_or_default(),
        Value::Sheet(_) => String::new(),
    })
}

fn labelled(entries: &[&Entry], width: usize) -> Vec<String> {
    let column = |breaks| Behaviour {
        alignment: Alignment::Left,
        breaks,
    };
    let row = |entry: &&Entry| {
        vec![
            format!("{}:", visible(&entry.label)),
            value_text(&entry.value),
        ]
    };
    let grid = Grid {
        headings: Vec::new(),
        columns: vec![column(false), column(true)],
        rows: entries.iter().map(row).collect(),
    };
    grid.lines(width, Paint(false))
}

fn paragraphs(entries: &[&Entry], width: usize) -> Vec<String> {
    let text = |entry: &&Entry| match &entry.value {
        Value::Cell(cell) => paragraph(cell, width),
        value => wrap(&value_text(value), width),
    };
    entries.iter().flat_map(text).collect()
}

fn block(entry: &Entry, width: usize, paint: Paint) -> Vec<String> {
    let lines = match &entry.value {
        Value::Sheet(inner) => sheet(inner, width, paint),
        Value::Record(entries) => indented(record(entries, width.saturating_sub(INDENT), paint)),
        Value::Cell(cell) => indented(paragraph(cell, width.saturating_sub(INDENT))),
    };
    if lines.is_empty() || entry.label.is_empty() {
        return lines;
    }
    let mut titled = vec![paint.bold(&visible(&entry.label))];
    titled.extend(lines);
    titled
}

fn indented(lines: Vec<String>) -> Vec<String> {
    let indent = |line: String| match line.as_str() {
        "" => line,
        _ => format!("{:INDENT$}{line}", ""),
    };
    lines.into_iter().map(indent).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Column, CommandLine, Record};
    use super::*;

    fn shown(record: Record) -> Vec<String> {
        lines(&record.into(), &Style::default())
    }

    #[test]
    fn sentences_stand_one_a_line_and_words_side_by_side() {
        let words = Cell::list(["reference", "review"]);
        assert_eq!(
            shown(Record::new().with("yes", "Yes to", words)),
            ["Yes to:  reference; review"]
        );
        let sentence = "a sentence that is much too long to stand beside another";
        let sentences = Cell::list([sentence, "short"]);
        assert_eq!(
            shown(Record::new().with("why", "Why", sentences)),
            [
                "Why".to_owned(),
                format!("  {sentence}"),
                "  short".to_owned()
            ]
        );
    }

    #[test]
    fn what_a_sheet_says_stands_beneath_its_rows() {
        let mut sheet = Sheet::new(vec![Column::left("ask", "Ask")]).say("Then log it.");
        let shown = |sheet: &Sheet| lines(&sheet.clone().into(), &Style::default());
        assert_eq!(shown(&sheet), ["Nothing to show.", "", "Then log it."]);
        sheet.push(vec!["review".into()]);
        assert_eq!(shown(&sheet)[2..], ["review", "", "Then log it."]);
    }

    #[test]
    fn what_is_to_be_typed_stays_on_one_line() {
        let command = CommandLine::of("tap").value("very ".repeat(40));
        let line = format!("  {}", command.typed());
        assert_eq!(shown(Record::new().say(command)), [line]);
    }

    #[test]
    fn a_command_at_the_end_of_a_long_sentence_is_not_broken() {
        let command = CommandLine::of("tap nina@larkfield.example --ask reference");
        let typed = command.typed();
        let said = Sentence::from("Then log it: ").then(command);
        assert_eq!(sentence(&said, 100), [said.text()]);
        assert_eq!(sentence(&said, 40), ["Then log it:", &format!("  {typed}")]);
    }
}
