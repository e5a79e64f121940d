//! Reading a file's bytes, and the shape in which smaller files are handed over: all rows at once.

use std::io::Read;
use std::path::Path;

use super::columns::{Aliases, Assignment, assign};
use super::problem::Stop;
use super::table::{Header, Row, Table};
use super::{IntakeError, Options, Rejected};

/// The whole file.
///
/// # Errors
/// [`IntakeError::Unreadable`].
pub fn read_file(path: &Path) -> Result<Vec<u8>, IntakeError> {
    std::fs::read(path).map_err(|source| IntakeError::Unreadable {
        path: path.to_owned(),
        source,
    })
}

/// Everything that `reader` gives, such as standard input.
///
/// # Errors
/// [`IntakeError::Unreadable`], with `-` for the path.
pub fn read_all(mut reader: impl Read) -> Result<Vec<u8>, IntakeError> {
    let mut bytes = Vec::new();
    reader
        .read_to_end(&mut bytes)
        .map_err(|source| IntakeError::Unreadable {
            path: "-".into(),
            source,
        })?;
    Ok(bytes)
}

/// A file read to its end, row by row: each a typed row or a rejected one.
#[derive(Debug, Clone)]
pub struct Reading<T> {
    /// The name of the source: given by the user, or that of the system recognised.
    pub source: String,
    /// What should be said once about the file.
    pub notes: Vec<String>,
    /// The headers, for a file of rejected rows.
    pub header: Vec<String>,
    /// The rows in the order of the file.
    pub rows: Vec<Result<T, Rejected>>,
}

impl<T> Reading<T> {
    /// The rows that could be used.
    pub fn accepted(&self) -> impl Iterator<Item = &T> {
        self.rows.iter().filter_map(|row| row.as_ref().ok())
    }

    /// The rows that could not.
    pub fn rejected(&self) -> impl Iterator<Item = &Rejected> {
        self.rows.iter().filter_map(|row| row.as_ref().err())
    }
}

/// A file with one header row, its columns found: what accounts, people and taps have in common.
pub(crate) struct Opened {
    pub(crate) table: Table,
    pub(crate) header: Header,
    pub(crate) columns: Assignment,
    source: String,
}

impl Opened {
    /// Opens the file and finds its columns by the usual names.
    pub(crate) fn open(
        bytes: Vec<u8>,
        options: &Options,
        aliases: Aliases,
    ) -> Result<Self, IntakeError> {
        let table = Table::open(bytes, options)?;
        let header = Header::of_one_row(&table.first_rows(1).pop().unwrap_or_default());
        let columns = assign(&header, &[], aliases, &options.map)?;
        let source = options
            .source
            .clone()
            .unwrap_or_else(|| "generic".to_owned());
        Ok(Self {
            table,
            header,
            columns,
            source,
        })
    }

    /// Reads every row with `read`, except those that are no proper rows.
    pub(crate) fn read_rows<T>(
        self,
        mut read: impl FnMut(&Row<'_>, &Table) -> Result<T, Stop>,
    ) -> Result<Reading<T>, IntakeError> {
        let mut all = Vec::new();
        let mut rows = self.table.rows();
        while let Some(row) = rows.next() {
            let typed = row
                .fault()
                .map_or_else(|| read(&row, &self.table), |fault| Err(fault.into()));
            all.push(match typed {
                Ok(typed) => Ok(typed),
                Err(Stop::Row(reason)) => Err(row.rejected(reason)),
                Err(Stop::File(error)) => return Err(error),
            });
        }
        let notes = self.table.note.clone().into_iter().collect();
        Ok(Reading {
            source: self.source,
            notes,
            header: self.header.names,
            rows: all,
        })
    }
}

/// The value of a column as an own text.
pub(crate) fn text(row: &Row<'_>, column: Option<usize>) -> Option<String> {
    row.value(column).map(str::to_owned)
}
