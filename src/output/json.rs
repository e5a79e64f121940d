//! Answers for programs: one object with its schema, its day and the data, keys in order.

use std::io;

use serde_json::{Map, Number, Value as Json, json};

use super::answer::{Answer, Cell, Entry, Sheet, Shown, Value};
use super::fields::main_sheet;
use super::figures::{decimal, is_small, rate};
use super::text::is_hidden;

/// Writes the answer, indented, with a line break at its end.
pub(super) fn write(answer: &Answer, out: &mut dyn io::Write) -> io::Result<()> {
    let whole = json!({
        "schema": answer.schema,
        "as_of": answer.as_of.to_string(),
        "data": value(&answer.data),
    });
    let text = serde_json::to_string_pretty(&whole)?;
    writeln!(out, "{}", escaped(&text))
}

/// Writes each row of the answer as an object on a line of its own; an answer without rows as one object.
pub(super) fn write_lines(data: &Value, out: &mut dyn io::Write) -> io::Result<()> {
    let rows = match data {
        Value::Sheet(rows) => sheet(rows),
        Value::Record(entries) => main_sheet(entries).map_or_else(|| record(entries), sheet),
        Value::Cell(one) => cell(one),
    };
    let rows = match rows {
        Json::Array(rows) => rows,
        one => vec![one],
    };
    for row in rows {
        writeln!(out, "{}", escaped(&serde_json::to_string(&row)?))?;
    }
    Ok(())
}

/// JSON with every character that a terminal would obey, or nobody would see, as an escape. Outside of strings JSON
/// has only line breaks of that kind, so the data stay the same.
pub fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if c == '\n' || !is_hidden(c) {
            text.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            text.push_str(&format!("\\u{unit:04x}"));
        }
    }
    text
}

/// A value as JSON.
pub(super) fn value(value: &Value) -> Json {
    match value {
        Value::Cell(one) => cell(one),
        Value::Record(entries) => record(entries),
        Value::Sheet(rows) => sheet(rows),
    }
}

fn record(entries: &[Entry]) -> Json {
    let seen = entries
        .iter()
        .filter(|entry| entry.shown != Shown::ToPeople);
    Json::Object(
        seen.map(|entry| (entry.key.to_owned(), value(&entry.value)))
            .collect(),
    )
}

fn sheet(sheet: &Sheet) -> Json {
    let object = |row: &Vec<Cell>| {
        let pairs = sheet.columns.iter().zip(row);
        let seen = pairs.filter(|(column, _)| column.shown != Shown::ToPeople);
        Json::Object(
            seen.map(|(column, one)| (column.key.to_owned(), cell(one)))
                .collect::<Map<_, _>>(),
        )
    };
    Json::Array(sheet.rows.iter().map(object).collect())
}

fn cell(cell: &Cell) -> Json {
    match cell.bare() {
        Cell::Empty | Cell::Told(_) | Cell::Change(_) => Json::Null,
        Cell::Text(text) => json!(text),
        Cell::Command(command) => json!(command.typed()),
        Cell::Sentence(sentence) => json!(sentence.text()),
        Cell::Integer(number) => json!(number),
        Cell::Decimal { value, places } => rounded(*value, *places),
        Cell::Flag(yes) => json!(yes),
        Cell::Day(day) => json!(day.to_string()),
        Cell::Instant(at) => json!(at.to_rfc3339()),
        Cell::List(items) => json!(items),
        Cell::Numbers(numbers) => json!(numbers),
        Cell::Trend(values) => json!(values),
        Cell::Money {
            amount_minor,
            currency,
        } => {
            json!({ "amount_minor": amount_minor, "currency": currency })
        }
        Cell::Rate {
            numerator,
            denominator,
        } => json!({
            "numerator": numerator,
            "denominator": denominator,
            "value": rate(*numerator, *denominator),
            "small_n": is_small(*denominator),
        }),
    }
}

/// The number that the other formats show: a whole one where there are no digits after the point.
fn rounded(value: f64, places: u8) -> Json {
    let Some(text) = decimal(value, places) else {
        return Json::Null;
    };
    if let Ok(whole) = text.parse::<i64>() {
        return json!(whole);
    }
    text.parse()
        .ok()
        .and_then(Number::from_f64)
        .map_or(Json::Null, Json::Number)
}
