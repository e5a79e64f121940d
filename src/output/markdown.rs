//! Answers for documents: GitHub tables and lists, with text from outside kept from becoming markup.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the columns are those of the sheet"
)]

use super::answer::{Alignment, Cell, Entry, Sheet, Value};
use super::figures::reading;
use super::sheet_lines::seen_columns;
use super::terminal::{one_line, or_nothing, value_text};
use super::text::visible;

/// The deepest heading that Markdown knows.
const DEEPEST: usize = 6;
/// The level of the heading above a sheet.
const TOP: usize = 3;

/// The lines of `value`.
pub(super) fn lines(value: &Value) -> Vec<String> {
    match value {
        Value::Cell(cell) => paragraph(cell),
        Value::Record(entries) => record(entries, TOP),
        Value::Sheet(sheet) => self::sheet(sheet),
    }
}

fn sheet(sheet: &Sheet) -> Vec<String> {
    let mut lines = rows(sheet);
    for sentence in &sheet.notes {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(starting(escaped(&sentence.text())));
    }
    lines
}

fn rows(sheet: &Sheet) -> Vec<String> {
    if sheet.rows.is_empty() {
        return match sheet.empty.is_empty() {
            true => Vec::new(),
            false => vec![starting(escaped(&sheet.empty.text()))],
        };
    }
    let columns = seen_columns(sheet);
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let headings = columns
        .iter()
        .map(|&column| escaped(&sheet.columns[column].heading));
    let sides = columns
        .iter()
        .map(|&column| match sheet.columns[column].alignment {
            Alignment::Left => ":---".to_owned(),
            Alignment::Right => "---:".to_owned(),
        });
    let mut lines = vec![line(headings.collect()), line(sides.collect())];
    for row in &sheet.rows {
        let text = |column: &usize| row.get(*column).map(shown).unwrap_or_default();
        lines.push(line(columns.iter().map(text).collect()));
    }
    lines
}

fn record(entries: &[Entry], level: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut in_list = false;
    for entry in entries.iter().filter(|entry| entry.shown.is_for_people()) {
        let (part, item) = part(entry, level);
        if part.is_empty() {
            continue;
        }
        let goes_on = item && in_list;
        if !lines.is_empty() && !goes_on {
            lines.push(String::new());
        }
        in_list = item;
        lines.extend(part);
    }
    lines
}

/// The lines of an entry, and whether they are an item of a list.
fn part(entry: &Entry, level: usize) -> (Vec<String>, bool) {
    let below = match &entry.value {
        Value::Sheet(inner) => sheet(inner),
        Value::Record(inner) if one_line(inner).is_none() => record(inner, DEEPEST.min(level + 1)),
        Value::Cell(cell) if entry.label.is_empty() => return (paragraph(cell), false),
        value if entry.label.is_empty() => return (vec![starting(text(value))], false),
        value => {
            let item = format!("- **{}**: {}", escaped(&entry.label), text(value));
            return (vec![item], true);
        }
    };
    if below.is_empty() || entry.label.is_empty() {
        return (below, false);
    }
    let mut titled = vec![
        format!("{} {}", "#".repeat(level), escaped(&entry.label)),
        String::new(),
    ];
    titled.extend(below);
    (titled, false)
}

fn paragraph(cell: &Cell) -> Vec<String> {
    match cell {
        Cell::Empty => Vec::new(),
        Cell::List(items) => items
            .iter()
            .map(|item| format!("- {}", starting(escaped(item))))
            .collect(),
        cell => vec![starting(shown(cell))],
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Cell(cell) => or_nothing(shown(cell)),
        value => escaped(&value_text(value)),
    }
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(_)
        | Cell::Command(_)
        | Cell::Sentence(_)
        | Cell::List(_)
        | Cell::Money { .. } => escaped(&reading(cell)),
        cell => reading(cell),
    }
}

/// Text with the characters that begin markup in a line written as themselves.
pub(super) fn escaped(text: &str) -> String {
    let text = visible(text);
    let mut escaped = String::with_capacity(text.len());
    let mut before = ' ';
    let mut characters = text.trim().chars().peekable();
    while let Some(c) = characters.next() {
        let inside_word = before.is_alphanumeric()
            && characters.peek().is_some_and(|next| next.is_alphanumeric());
        if matches!(c, '\\' | '|' | '`' | '*' | '[' | ']' | '<' | '>' | '~')
            || (c == '_' && !inside_word)
        {
            escaped.push('\\');
        }
        escaped.push(c);
        before = c;
    }
    escaped
}

/// Text that begins a line, kept from becoming a heading, a list or a rule.
fn starting(text: String) -> String {
    if text.starts_with(['#', '-', '+', '=']) {
        return format!("\\{text}");
    }
    let after = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if after.len() < text.len() && after.starts_with(['.', ')']) {
        let digits = text.len() - after.len();
        return format!("{}\\{after}", &text[..digits]);
    }
    text
}
