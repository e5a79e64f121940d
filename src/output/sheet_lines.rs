//! Sheets for people on a terminal: calm columns as wide as there is room for, commands beneath their rows.
#![allow(
    clippy::indexing_slicing,
    reason = "the columns are those of the sheet"
)]

use super::answer::{Cell, Flow, Group, Names, Sheet};
use super::figures::reading;
use super::grid::{Behaviour, Grid, Line, unbroken};
use super::layout::Importance;
use super::prose::sentence;
use super::style::Paint;
use super::text::visible;

/// The lines of a sheet and of what it says beneath its rows; the headings of columns without room go to `left_out`.
pub(super) fn sheet(
    sheet: &Sheet,
    width: usize,
    paint: Paint,
    left_out: &mut Vec<String>,
) -> Vec<String> {
    let mut lines = rows(sheet, width, paint, left_out);
    if !sheet.notes.is_empty() && !lines.is_empty() {
        lines.push(String::new());
    }
    let notes = sheet.notes.iter();
    lines.extend(notes.flat_map(|note| sentence(note, width)));
    lines
}

fn rows(sheet: &Sheet, width: usize, paint: Paint, left_out: &mut Vec<String>) -> Vec<String> {
    if sheet.rows.is_empty() {
        return match sheet.empty.is_empty() {
            true => Vec::new(),
            false => sentence(&sheet.empty, width),
        };
    }
    let (commands, columns): (Vec<usize>, Vec<usize>) = seen_columns(sheet)
        .into_iter()
        .partition(|&column| holds(sheet, column, |cell| matches!(cell, Cell::Command(_))));
    let grid = Grid {
        headings: columns
            .iter()
            .map(|&column| visible(&sheet.columns[column].heading))
            .collect(),
        columns: columns
            .iter()
            .enumerate()
            .map(|(place, &column)| behaviour(sheet, place, column))
            .collect(),
        rows: lines_in_order(sheet, &columns, &commands),
    };
    let laid = grid.lay(width, paint);
    for heading in laid.left_out {
        if !left_out.contains(&heading) {
            left_out.push(heading);
        }
    }
    laid.lines
}

/// The columns that people see.
pub(super) fn seen_columns(sheet: &Sheet) -> Vec<usize> {
    let seen = |index: &usize| sheet.columns[*index].shown.is_for_people();
    (0..sheet.columns.len()).filter(seen).collect()
}

fn holds(sheet: &Sheet, column: usize, what: impl Fn(&Cell) -> bool) -> bool {
    let mut cells = sheet.rows.iter().filter_map(|row| row.get(column));
    cells.any(what)
}

fn behaviour(sheet: &Sheet, place: usize, column: usize) -> Behaviour {
    let declared = &sheet.columns[column];
    Behaviour {
        alignment: declared.alignment,
        flow: match holds(sheet, column, Cell::is_words) {
            true if declared.names == Names::Accounts => Flow::IsCut,
            true => declared.flow,
            false => Flow::Whole,
        },
        // Without its first column, no row says what it is about.
        importance: match place {
            0 => Importance::Always,
            _ => declared.importance,
        },
    }
}

/// The rows as lines, those of a group together beneath its title.
fn lines_in_order(sheet: &Sheet, columns: &[usize], commands: &[usize]) -> Vec<Line> {
    let group = |row: usize| sheet.groups.get(row);
    let mut order: Vec<usize> = (0..sheet.rows.len()).collect();
    order.sort_by_key(|&row| group(row));
    let mut before: Option<&Group> = None;
    let line = |row: usize| {
        let begins = group(row).filter(|&group| before != Some(group));
        before = group(row);
        Line {
            above: begins.map(|group| group.title.to_owned()),
            ..line(sheet, row, columns, commands)
        }
    };
    order.into_iter().map(line).collect()
}

fn line(sheet: &Sheet, row: usize, columns: &[usize], commands: &[usize]) -> Line {
    let cell = |column: usize| sheet.rows[row].get(column).unwrap_or(&Cell::Empty);
    let text = |cell: &Cell| match cell.is_words() {
        true => reading(cell),
        false => unbroken(&reading(cell)),
    };
    let tone = |&column: &usize| sheet.columns[column].tones.get(row).copied();
    Line {
        above: None,
        texts: columns.iter().map(|&column| text(cell(column))).collect(),
        tones: columns
            .iter()
            .map(|column| tone(column).unwrap_or_default())
            .collect(),
        commands: commands
            .iter()
            .map(|&column| reading(cell(column)))
            .filter(|command| !command.is_empty())
            .collect(),
    }
}
