//! Rows as a sheet: each column says its key, its heading and how its cell is made from a row, in one place.

use super::answer::{Alignment, Cell, Column, Flow, Group, Names, Sheet, Shown, Tone, Value};
use super::layout::Importance;
use super::sentence::Sentence;

/// A sheet in the making: the rows, and the columns so far.
pub struct Table<'a, T> {
    rows: &'a [T],
    sheet: Sheet,
}

impl<'a, T> Table<'a, T> {
    /// A table of these rows, without columns yet.
    pub fn of(rows: &'a [T]) -> Self {
        Self {
            rows,
            sheet: Sheet {
                rows: rows.iter().map(|_| Vec::new()).collect(),
                ..Sheet::new(Vec::new())
            },
        }
    }

    /// A column of words.
    #[must_use]
    pub fn left<C: Into<Cell>>(
        self,
        key: &'static str,
        heading: impl Into<String>,
        cell: impl FnMut(&'a T) -> C,
    ) -> Self {
        self.column(Column::left(key, heading), cell)
    }

    /// A column of figures.
    #[must_use]
    pub fn right<C: Into<Cell>>(
        self,
        key: &'static str,
        heading: impl Into<String>,
        cell: impl FnMut(&'a T) -> C,
    ) -> Self {
        self.column(Column::right(key, heading), cell)
    }

    /// A column of rates: three columns in CSV.
    #[must_use]
    pub fn rate<C: Into<Cell>>(
        self,
        key: &'static str,
        heading: impl Into<String>,
        cell: impl FnMut(&'a T) -> C,
    ) -> Self {
        self.column(Column::rate(key, heading), cell)
    }

    /// A column of money: two columns in CSV.
    #[must_use]
    pub fn money<C: Into<Cell>>(
        self,
        key: &'static str,
        heading: impl Into<String>,
        cell: impl FnMut(&'a T) -> C,
    ) -> Self {
        self.column(Column::money(key, heading), cell)
    }

    /// A column for programs only.
    #[must_use]
    pub fn data<C: Into<Cell>>(self, key: &'static str, cell: impl FnMut(&'a T) -> C) -> Self {
        self.left(key, "", cell).only(Shown::ToPrograms)
    }

    /// A column for people only.
    #[must_use]
    pub fn reading<C: Into<Cell>>(
        self,
        heading: impl Into<String>,
        cell: impl FnMut(&'a T) -> C,
    ) -> Self {
        self.left("", heading, cell).only(Shown::ToPeople)
    }

    fn column<C: Into<Cell>>(mut self, column: Column, mut cell: impl FnMut(&'a T) -> C) -> Self {
        self.sheet.columns.push(column);
        for (row, cells) in self.rows.iter().zip(&mut self.sheet.rows) {
            cells.push(cell(row).into());
        }
        self
    }

    /// The same table, whose last column is seen only by some.
    #[must_use]
    pub fn only(self, shown: Shown) -> Self {
        self.last(|column| column.shown = shown)
    }

    /// The same table, whose last column names somebody.
    #[must_use]
    pub fn names(self, names: Names) -> Self {
        self.last(|column| column.names = names)
    }

    /// The same table, whose last column leans to the right.
    #[must_use]
    pub fn figures(self) -> Self {
        self.last(|column| column.alignment = Alignment::Right)
    }

    /// The same table, as a page calls its last column.
    #[must_use]
    pub fn called(self, called: &'static str) -> Self {
        self.last(|column| column.called = Some(called))
    }

    /// The same table, whose last column stays on a terminal of any width.
    #[must_use]
    pub fn always(self) -> Self {
        self.last(|column| column.importance = Importance::Always)
    }

    /// The same table, whose last column is the first to go where a terminal has no room for all.
    #[must_use]
    pub fn spare(self) -> Self {
        self.last(|column| column.importance = Importance::Spare)
    }

    /// The same table, whose last column holds names: on a terminal they are cut rather than broken over lines.
    #[must_use]
    pub fn cut(self) -> Self {
        self.last(|column| column.flow = Flow::IsCut)
    }

    /// The same table, whose last column holds what has to be typed again, and so is never broken.
    #[must_use]
    pub fn whole(self) -> Self {
        self.last(|column| column.flow = Flow::Whole)
    }

    /// The same table with what the cells of its last column mean.
    #[must_use]
    pub fn toned(self, tone: impl FnMut(&'a T) -> Tone) -> Self {
        let tones = self.rows.iter().map(tone).collect();
        self.last(|column| column.tones = tones)
    }

    /// The same table, whose rows stand under titles on a terminal.
    #[must_use]
    pub fn grouped(mut self, group: impl FnMut(&'a T) -> Group) -> Self {
        self.sheet.groups = self.rows.iter().map(group).collect();
        self
    }

    fn last(mut self, change: impl FnOnce(&mut Column)) -> Self {
        if let Some(column) = self.sheet.columns.last_mut() {
            change(column);
        }
        self
    }

    /// The same table with columns that several tables share.
    #[must_use]
    pub fn with(self, columns: impl FnOnce(Self) -> Self) -> Self {
        columns(self)
    }

    /// The finished sheet with what to say where there are no rows; an empty sentence says nothing, not even the title.
    #[must_use]
    pub fn empty(self, sentence: impl Into<Sentence>) -> Sheet {
        self.sheet.empty(sentence)
    }

    /// The finished sheet.
    pub fn sheet(self) -> Sheet {
        self.sheet
    }
}

impl<T> From<Table<'_, T>> for Sheet {
    fn from(table: Table<'_, T>) -> Self {
        table.sheet
    }
}

impl<T> From<Table<'_, T>> for Value {
    fn from(table: Table<'_, T>) -> Self {
        Value::Sheet(table.sheet)
    }
}
