//! The first rows of a file, by which a column is judged where its header does not say what it holds
//! (`docs/import.md`, columns).

use std::cell::OnceCell;
use std::collections::HashSet;

use super::cells;
use super::holds::Holds;
use super::table::Table;

/// How many rows are looked at.
const ROWS: usize = 500;

/// The first rows of a file, read once somebody asks.
pub(crate) struct Sample<'t> {
    table: Option<&'t Table>,
    rows: OnceCell<Vec<Vec<String>>>,
}

impl<'t> Sample<'t> {
    /// Of a file.
    pub(crate) fn of(table: &'t Table) -> Self {
        Self {
            table: Some(table),
            rows: OnceCell::new(),
        }
    }

    /// Of nothing.
    pub(crate) fn none() -> Sample<'static> {
        Sample {
            table: None,
            rows: OnceCell::new(),
        }
    }

    fn rows(&self) -> &[Vec<String>] {
        self.rows.get_or_init(|| {
            let mut kept = Vec::new();
            let mut rows = self.table.map(Table::rows);
            while let Some(row) = rows.as_mut().and_then(|rows| rows.next()) {
                kept.push(row.source_row().original);
                if kept.len() == ROWS {
                    break;
                }
            }
            kept
        })
    }

    /// The values of a column.
    fn values(&self, column: usize) -> impl Iterator<Item = &str> {
        let cells = self.rows().iter().filter_map(move |row| row.get(column));
        cells
            .filter_map(|cell| cells::value(cell))
            .filter(|cell| !cells::is_no_answer(cell))
    }

    /// The first value of a column.
    pub(crate) fn first_value(&self, column: usize) -> Option<&str> {
        self.values(column).next()
    }

    /// Whether any row has a value in the column.
    pub(crate) fn is_filled(&self, column: usize) -> bool {
        self.values(column).next().is_some()
    }

    /// Whether the column holds this.
    pub(crate) fn holds(&self, column: usize, wanted: Holds) -> bool {
        let values: Vec<&str> = self.values(column).collect();
        let is_whole = || values.len() == self.rows().len() && self.never_repeats(column);
        wanted.is_held_by(&values) && (!wanted.are_ids() || is_whole())
    }

    /// Whether no value of the column comes again anywhere in the file.
    fn never_repeats(&self, column: usize) -> bool {
        let Some(table) = self.table else {
            return false;
        };
        let mut seen = HashSet::new();
        let mut rows = table.rows();
        while let Some(row) = rows.next() {
            if !row
                .value(Some(column))
                .is_none_or(|id| seen.insert(id.to_owned()))
            {
                return false;
            }
        }
        true
    }
}
