//! Sheets for people on a terminal: calm columns as wide as there is room for, commands beneath their rows.
#![allow(
    clippy::indexing_slicing,
    reason = "the columns are those of the sheet"
)]

use std::borrow::Cow;

use super::answer::{Cell, Flow, Group, Names, Sheet, Tone};
use super::figures::reading;
use super::grid::{Behaviour, Grid, unbroken};
use super::grid_rows::Rows;
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
        rows: InOrder::of(sheet, &columns, &commands),
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

/// The rows of a sheet, those of a group together beneath its title.
struct InOrder<'s> {
    sheet: &'s Sheet,
    columns: &'s [usize],
    commands: &'s [usize],
    order: Vec<usize>,
}

impl<'s> InOrder<'s> {
    fn of(sheet: &'s Sheet, columns: &'s [usize], commands: &'s [usize]) -> Self {
        let mut order: Vec<usize> = (0..sheet.rows.len()).collect();
        order.sort_by_key(|&row| sheet.groups.get(row));
        Self {
            sheet,
            columns,
            commands,
            order,
        }
    }

    fn group(&self, row: usize) -> Option<&Group> {
        self.sheet.groups.get(self.order[row])
    }

    fn cell(&self, row: usize, column: usize) -> &Cell {
        let cells = &self.sheet.rows[self.order[row]];
        cells.get(column).unwrap_or(&Cell::Empty)
    }
}

impl Rows for InOrder<'_> {
    fn count(&self) -> usize {
        self.order.len()
    }

    fn above(&self, row: usize) -> Option<&str> {
        let before = row.checked_sub(1).and_then(|before| self.group(before));
        let group = self.group(row)?;
        (before != Some(group)).then_some(group.title)
    }

    fn text(&self, row: usize, column: usize) -> Cow<'_, str> {
        let cell = self.cell(row, self.columns[column]);
        Cow::Owned(match cell.is_words() {
            true => reading(cell),
            false => unbroken(reading(cell)),
        })
    }

    fn tone(&self, row: usize, column: usize) -> Tone {
        let tones = &self.sheet.columns[self.columns[column]].tones;
        tones.get(self.order[row]).copied().unwrap_or_default()
    }

    fn commands(&self, row: usize) -> Cow<'_, [String]> {
        let commands = self.commands.iter();
        let commands = commands.map(|&column| reading(self.cell(row, column)));
        Cow::Owned(commands.filter(|command| !command.is_empty()).collect())
    }
}
