//! A sheet as a table of the page.
#![allow(
    clippy::indexing_slicing,
    reason = "the columns are those of the sheet, and a row has a cell for each"
)]

use super::super::answer::{Alignment, Cell, Column, Names, Sheet};
use super::super::plain::plain;
use super::super::svg::{self, escaped};

/// A table of more columns scrolls within itself where there is no room, and can be reached with the keyboard for it.
const NARROW: usize = 4;

/// A name, in the direction in which it is written.
pub(super) fn named(name: &str) -> String {
    format!("<bdi dir=\"auto\">{}</bdi>", escaped(name))
}

/// A sheet as people see it. A wide one scrolls within itself.
pub(super) fn table(sheet: &Sheet, name: &str) -> String {
    if sheet.rows.is_empty() {
        return match sheet.empty.text().as_str() {
            "" => String::new(),
            sentence => format!("<p>{}</p>\n", escaped(sentence)),
        };
    }
    let name = escaped(name);
    let seen: Vec<usize> = (0..sheet.columns.len())
        .filter(|column| sheet.columns[*column].shown.is_for_people())
        .filter(|column| sheet.rows.iter().any(|row| row[*column] != Cell::Empty))
        .collect();
    let mut table = match seen.len() {
        0..=NARROW => "<div>\n<table>\n".to_owned(),
        _ => format!(
            "<div class=\"scroll\" role=\"region\" aria-label=\"{name}\" tabindex=\"0\">\n<table>\n"
        ),
    };
    table.push_str("<thead><tr>");
    for &column in &seen {
        table.push_str(&heading(&sheet.columns[column]));
    }
    table.push_str("</tr></thead>\n<tbody>\n");
    for row in &sheet.rows {
        table.push_str("<tr>");
        for (place, &column) in seen.iter().enumerate() {
            table.push_str(&cell(&row[column], &sheet.columns[column], place == 0));
        }
        table.push_str("</tr>\n");
    }
    table.push_str("</tbody>\n</table>\n</div>\n");
    table
}

fn class(column: &Column) -> &'static str {
    match column.alignment {
        Alignment::Right => " class=\"right\"",
        Alignment::Left => "",
    }
}

fn heading(column: &Column) -> String {
    let heading = escaped(column.called.unwrap_or(&column.heading));
    format!("<th scope=\"col\"{}>{heading}</th>", class(column))
}

fn cell(cell: &Cell, column: &Column, first: bool) -> String {
    let text = match cell {
        Cell::Trend(values) => svg::spark(values),
        // A year and a number by which something is known are no amounts.
        Cell::Integer(number) if column.key == "year" || column.key.ends_with("id") => {
            number.to_string()
        }
        cell => escaped(&plain(cell)),
    };
    let direction = match (cell, column.names) {
        (Cell::Text(_), Names::Nobody) if !first => "",
        (Cell::Text(_), _) => " dir=\"auto\"",
        _ => "",
    };
    let class = class(column);
    // What is empty heads nothing.
    match first && !text.is_empty() {
        true => format!("<th scope=\"row\"{class}{direction}>{text}</th>"),
        false => format!("<td{class}{direction}>{text}</td>"),
    }
}
