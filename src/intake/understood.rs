//! What was made of a file, to be shown: which column became which field, how its cells were read, and what was left
//! unread (`docs/import.md`, columns).

use super::columns::Assignment;
use super::sample::Sample;
use super::table::{Header, Table};
use crate::domain::characters::shortened;

/// What was made of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Understood {
    /// Its columns, in the order of the file.
    pub columns: Vec<ColumnRead>,
    /// The encoding of the text, or the kind of file where it is no text.
    pub encoding: &'static str,
    /// What stands between the cells.
    pub delimiter: String,
    /// The line of the header.
    pub header_line: u64,
}

/// What was made of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnRead {
    /// Its header, perhaps empty.
    pub header: String,
    /// Where it stands, from 1.
    pub position: usize,
    /// The field that it holds; none for one that was left unread.
    pub field: Option<&'static str>,
    /// How its cells were read, with an example, where that can be done in several ways.
    pub read_as: Option<String>,
    /// Its first value.
    pub example: Option<String>,
}

impl Understood {
    /// What is known before the rows are read.
    pub(crate) fn of(
        header: &Header,
        columns: &Assignment,
        sample: &Sample<'_>,
        table: &Table,
    ) -> Self {
        let read = |column| ColumnRead {
            header: header.name(column).to_owned(),
            position: column + 1,
            field: columns.field_of(column),
            read_as: None,
            example: sample.first_value(column).map(beginning),
        };
        let delimiter = table.between_cells().map(|sign| match sign {
            b'\t' => "tab".to_owned(),
            other => char::from(other).to_string(),
        });
        Self {
            columns: (0..header.names.len()).map(read).collect(),
            encoding: table.encoding,
            delimiter: delimiter.unwrap_or_default(),
            header_line: table.header_line(),
        }
    }

    /// Says how the cells of a column were read.
    pub(crate) fn read_as(&mut self, column: usize, how: Option<String>) {
        if let (Some(column), Some(how)) = (self.columns.get_mut(column), how) {
            column.read_as = Some(how);
        }
    }

    /// Says which field a column turned out to hold as well, where it was left unread so far.
    pub(crate) fn fills(&mut self, column: usize, field: &'static str) {
        let free = self.columns.get_mut(column);
        if let Some(column) = free.filter(|column| column.field.is_none()) {
            column.field = Some(field);
        }
    }

    /// Says which field a column turned out to hold.
    pub(crate) fn holds(&mut self, column: usize, field: Option<&'static str>) {
        if let Some(column) = self.columns.get_mut(column) {
            column.field = field;
        }
    }
}

/// The beginning of a cell.
fn beginning(cell: &str) -> String {
    let line = cell.lines().next().unwrap_or_default();
    shortened(line, 40).into_owned()
}
