//! The first rows of a file, by which a column is judged where its header does not say what it holds
//! (`docs/import.md`, columns).

use std::cell::OnceCell;
use std::collections::HashSet;

use super::table::Table;
use super::{cells, loose_dates, scores};
use crate::domain::email::Email;

/// How many rows are looked at.
const ROWS: usize = 500;

/// What a column can be found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// E-mail addresses, most of them of different people.
    Addresses,
    /// Dates, in any form but a mere number.
    Dates,
    /// Whole numbers from 0 to 10, some above 5.
    Scores,
}

impl Holds {
    /// What a column of it is called.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Addresses => "addresses",
            Self::Dates => "dates",
            Self::Scores => "numbers from 0 to 10",
        }
    }
}

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
        match wanted {
            Holds::Addresses => self.holds_addresses(column),
            Holds::Dates => {
                self.mostly(column, 1, |cell| {
                    cell.chars()
                        .any(|c| !c.is_numeric() && !matches!(c, '.' | ',' | '+' | '-' | ' '))
                        || cell.matches(['-', '.']).count() == 2
                }) && self.mostly(column, 1, is_date)
            }
            Holds::Scores => self.holds_scores(column),
        }
    }

    /// Whether nine of ten values are like this, and there are so many.
    fn mostly(&self, column: usize, least: usize, is_it: fn(&str) -> bool) -> bool {
        let (mut all, mut fitting) = (0, 0);
        for value in self.values(column) {
            all += 1;
            fitting += usize::from(is_it(value));
        }
        fitting >= least && fitting * 10 >= all * 9
    }

    fn holds_addresses(&self, column: usize) -> bool {
        if !self.mostly(column, 1, is_address) {
            return false;
        }
        // A few addresses again and again are those of colleagues.
        let distinct: HashSet<&str> = self.values(column).collect();
        let all = self.values(column).count();
        all < 4 || distinct.len() * 2 > all
    }

    fn holds_scores(&self, column: usize) -> bool {
        let score = |cell: &str| scores::parse(cell).ok().flatten();
        let mut seen = 0;
        let mut high = false;
        for cell in self.values(column) {
            match score(cell) {
                Some(score) => high |= score.get() > 5,
                None => return false,
            }
            seen += 1;
        }
        seen >= 3 && high
    }
}

fn is_address(cell: &str) -> bool {
    cell.contains('@') && Email::parse(cells::address(cell)).is_ok()
}

fn is_date(cell: &str) -> bool {
    !matches!(
        loose_dates::parse(cell, None),
        Err(super::dates::Unread::NotADate)
    )
}
