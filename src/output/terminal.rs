//! Answers for people on a terminal: records in aligned lines, with their sheets beneath.
#![allow(clippy::indexing_slicing, reason = "a group is not empty")]

use unicode_width::UnicodeWidthStr;

use super::answer::{Alignment, Cell, Entry, Flow, Value};
use super::figures::reading;
use super::grid::{Behaviour, Grid, unbroken};
use super::grid_rows::Line;
use super::layout::Importance;
use super::prose::{INDENT, sentence, wrap};
use super::sheet_lines::sheet;
use super::style::{Paint, Style};
use super::text::visible;

/// Columns of a table that goes to a pipe, and of a terminal that does not say how wide it is.
const WIDTH: usize = 80;
/// No terminal is taken for narrower: a word of 20 letters finds room in it.
const LEAST_WIDTH: usize = 24;
/// A list with an item longer than this is shown one item a line.
const SENTENCE: usize = 40;
/// What a record shows for an empty value.
const NOTHING: &str = "-";

/// The lines of `value`, without spaces at their ends; the headings of columns without room go to `left_out`.
pub(super) fn lines(value: &Value, style: &Style, left_out: &mut Vec<String>) -> Vec<String> {
    let width = style.width.unwrap_or(WIDTH).max(LEAST_WIDTH);
    let paint = Paint(style.color);
    match value {
        Value::Cell(cell) => paragraph(cell, width),
        Value::Record(entries) => record(entries, width, paint, left_out),
        Value::Sheet(inner) => sheet(inner, width, paint, left_out),
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

/// What an entry becomes; a blank line stands between two kinds, and before every block.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Line,
    Paragraph,
    Block,
}

fn record(
    entries: &[Entry],
    width: usize,
    paint: Paint,
    left_out: &mut Vec<String>,
) -> Vec<String> {
    let seen: Vec<&Entry> = entries
        .iter()
        .filter(|entry| entry.shown.is_for_people())
        .collect();
    let mut lines: Vec<String> = Vec::new();
    for group in seen.chunk_by(|one, next| kind(one) != Kind::Block && kind(one) == kind(next)) {
        let part = match kind(group[0]) {
            Kind::Line => labelled(group, width),
            Kind::Paragraph => paragraphs(group, width),
            Kind::Block => block(group[0], width, paint, left_out),
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
    items.iter().any(|item| item.width() > SENTENCE)
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
    let column = Behaviour {
        alignment: Alignment::Left,
        flow: Flow::Wraps,
        importance: Importance::Always,
    };
    let row = |entry: &&Entry| {
        let value = value_text(&entry.value);
        let value = match &entry.value {
            Value::Cell(cell) if !cell.is_words() => unbroken(value),
            _ => value,
        };
        Line {
            texts: vec![format!("{}:", visible(&entry.label)), value],
            ..Line::default()
        }
    };
    let grid = Grid {
        headings: Vec::new(),
        columns: vec![column, column],
        rows: entries.iter().map(row).collect::<Vec<Line>>(),
    };
    grid.lay(width, Paint(false)).lines
}

fn paragraphs(entries: &[&Entry], width: usize) -> Vec<String> {
    let text = |entry: &&Entry| match &entry.value {
        Value::Cell(cell) => paragraph(cell, width),
        value => wrap(&value_text(value), width),
    };
    entries.iter().flat_map(text).collect()
}

fn block(entry: &Entry, width: usize, paint: Paint, left_out: &mut Vec<String>) -> Vec<String> {
    let within = width.saturating_sub(INDENT);
    let lines = match &entry.value {
        Value::Sheet(inner) => sheet(inner, width, paint, left_out),
        Value::Record(entries) => indented(record(entries, within, paint, left_out)),
        Value::Cell(cell) => indented(paragraph(cell, within)),
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
    use super::super::{Column, CommandLine, Record, Sheet};
    use super::*;

    fn shown(record: Record) -> Vec<String> {
        lines(&record.into(), &Style::default(), &mut Vec::new())
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
        let shown =
            |sheet: &Sheet| lines(&sheet.clone().into(), &Style::default(), &mut Vec::new());
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
}
