//! Rows as a sheet: each column says its key, its heading and how its cell is made from a row, in one place.

use super::answer::{
    Alignment, Cell, Column, Flow, Group, Names, Reader, Sheet, Shown, Tone, Value,
};
use super::layout::Importance;
use super::sentence::Sentence;

/// A sheet in the making: the rows, and the columns so far.
pub struct Table<'a, T> {
    rows: &'a [T],
    sheet: Sheet,
    reader: Reader,
    /// Whether the last column was left out, and what is said of it with it.
    is_left_out: bool,
}

/// So many cells a row has room for at first, and so many more each time.
const ROOM: usize = 4;

impl<'a, T> Table<'a, T> {
    /// A table of these rows, without columns yet.
    pub fn of(rows: &'a [T]) -> Self {
        Self::read_by(Reader::Anybody, rows)
    }

    /// The same for somebody: columns that they do not see are left out.
    pub fn read_by(reader: Reader, rows: &'a [T]) -> Self {
        Self {
            rows,
            sheet: Sheet {
                rows: rows.iter().map(|_| Vec::with_capacity(ROOM)).collect(),
                ..Sheet::new(Vec::new())
            },
            reader,
            is_left_out: false,
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
        let column = Column::left(key, "");
        let shown = Shown::ToPrograms;
        self.column(Column { shown, ..column }, cell)
    }

    /// A column for people only.
    #[must_use]
    pub fn reading<C: Into<Cell>>(
        self,
        heading: impl Into<String>,
        cell: impl FnMut(&'a T) -> C,
    ) -> Self {
        let column = Column::left("", heading);
        let shown = Shown::ToPeople;
        self.column(Column { shown, ..column }, cell)
    }

    fn column<C: Into<Cell>>(mut self, column: Column, mut cell: impl FnMut(&'a T) -> C) -> Self {
        self.is_left_out = !self.reader.sees(column.shown);
        if self.is_left_out {
            return self;
        }
        self.sheet.columns.push(column);
        for (row, cells) in self.rows.iter().zip(&mut self.sheet.rows) {
            // Doubling would leave half of a long list empty.
            if cells.len() == cells.capacity() {
                cells.reserve_exact(ROOM);
            }
            cells.push(cell(row).into());
        }
        self
    }

    /// The same table, whose last column is seen only by some.
    #[must_use]
    pub fn only(mut self, shown: Shown) -> Self {
        if !self.is_left_out && !self.reader.sees(shown) {
            self.is_left_out = true;
            self.sheet.columns.pop();
            for cells in &mut self.sheet.rows {
                cells.pop();
            }
        }
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
        let last = self.sheet.columns.last_mut();
        if let Some(column) = last.filter(|_| !self.is_left_out) {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(reader: Reader) -> Vec<&'static str> {
        let table = Table::read_by(reader, &[1, 2])
            .left("who", "Who", |row| i64::from(*row))
            .only(Shown::ToPeople)
            .names(Names::People)
            .data("id", |row| i64::from(*row))
            .names(Names::Others)
            .right("rest", "Rest", |row| i64::from(*row));
        let sheet = table.sheet();
        let columns = sheet.columns.iter();
        assert!(columns.clone().all(|column| {
            let names = match column.key {
                "who" => Names::People,
                "id" => Names::Others,
                _ => Names::Nobody,
            };
            column.names == names
        }));
        for (row, cells) in [1, 2].into_iter().zip(&sheet.rows) {
            assert_eq!(*cells, vec![Cell::Integer(row); columns.len()]);
        }
        columns.map(|column| column.key).collect()
    }

    #[test]
    fn what_a_reader_does_not_see_is_not_made() {
        assert_eq!(keys(Reader::Anybody), ["who", "id", "rest"]);
        assert_eq!(keys(Reader::People), ["who", "rest"]);
        assert_eq!(keys(Reader::Csv), ["id", "rest"]);
        assert_eq!(keys(Reader::Json), ["id", "rest"]);
    }
}
