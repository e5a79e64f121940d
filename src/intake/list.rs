//! Lists: files with one header row and one thing in each row, such as accounts, deals or past asks. A kind of list
//! names its fields; its rows are read by these names.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::columns::{Aliases, Assignment, Doubt, assign};
use super::date_column::DateColumn;
use super::error::Stop;
use super::holds::Holds;
use super::sample::Sample;
use super::table::{Header, Row, Table};
use super::traits::{AccountTraits, TraitColumns};
use super::{CellResult, IntakeError, Options, Rejected, Setting, SourceRow, Understood, cells};
use crate::domain::calendar::Zone;
use crate::domain::email::Email;

/// A kind of list.
pub(crate) struct ListKind {
    /// Its fields, with their usual headers.
    pub(crate) fields: Aliases,
    /// The fields that hold dates.
    pub(crate) dates: &'static [&'static str],
    /// The fields that are also found by what a column holds, where no header names them, and what is done where two
    /// columns hold it.
    pub(crate) by_content: &'static [(&'static str, Holds, Doubt)],
    /// The field that holds the one date of a row, where there is such a one.
    pub(crate) day: Option<&'static str>,
    /// Of each of these groups of fields the file must have one; where it has none, the last is asked for.
    pub(crate) needed: &'static [&'static [&'static str]],
}

impl ListKind {
    /// Whether the field is one of those of which the file must have one, and has none yet.
    fn lacks(&self, field: &str, found: &Assignment) -> bool {
        let mut needed = self.needed.iter();
        needed.any(|fields| {
            fields.contains(&field) && fields.iter().all(|field| found.first(field).is_none())
        })
    }

    /// Whether the header has every column that is needed.
    fn has_what_it_needs(&self, header: &Header, options: &Options) -> bool {
        let found = assign(header, &[], self.fields, &options.map, &Sample::none());
        let has = |found: &Assignment| {
            let mut needed = self.needed.iter();
            needed.all(|fields| fields.iter().any(|field| found.first(field).is_some()))
        };
        found.is_ok_and(|found| has(&found))
    }
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
    /// What was made of the columns.
    pub understood: Understood,
    /// The rows in the order of the file.
    pub rows: Vec<Result<FileRow<T>, Rejected>>,
}

/// A typed row, and where it stands.
#[derive(Debug, Clone)]
pub struct FileRow<T> {
    /// Where it stands, and what it holds.
    pub at: SourceRow,
    /// What it says.
    pub says: T,
}

/// A list whose columns are found and whose rows are still to be read.
pub(crate) struct List {
    pub(crate) header: Header,
    pub(crate) columns: Assignment,
    table: Table,
    source: String,
    fields: Aliases,
    dates: Vec<(&'static str, DateColumn)>,
    understood: Understood,
    /// The field that has this day where a row has none.
    day: Option<(&'static str, NaiveDate)>,
}

impl List {
    /// Opens the file and finds its columns by the usual names.
    pub(crate) fn open(
        bytes: Vec<u8>,
        options: &Options,
        kind: &ListKind,
    ) -> Result<Self, IntakeError> {
        let fits = |names: &[String]| kind.has_what_it_needs(&Header::of_one_row(names), options);
        let mut table = Table::open(bytes, options, &fits)?;
        table.fill_groups();
        let header = Header::of_one_row(&table.first_rows(1).pop().unwrap_or_default());
        let day = match (options.date, kind.day) {
            (Some(_), None) => return Err(IntakeError::NoDayHere),
            (Some(day), Some(field)) => Some((field, day)),
            (None, _) => None,
        };
        let sample = Sample::of(&table);
        let mut columns = assign(&header, &[], kind.fields, &options.map, &sample)?;
        for (field, holds, doubt) in kind.by_content {
            let doubt = match kind.lacks(field, &columns) {
                true => Doubt::Refuse,
                false => *doubt,
            };
            columns.find_by_content(field, *holds, doubt, &header, &sample)?;
        }
        for fields in kind.needed {
            let is_there = fields.iter().any(|field| {
                columns.first(field).is_some()
                    || (options.date.is_some() && kind.day == Some(field))
            });
            if let (false, Some(last)) = (is_there, fields.last()) {
                columns.needed(last, &header)?;
            }
        }
        let all_dates = kind.dates.iter().flat_map(|field| columns.all(field));
        let all_dates: Vec<usize> = all_dates.copied().collect();
        let mut dates = Vec::new();
        for field in kind.dates {
            if let Some(column) = columns.first(field) {
                let column = DateColumn::new(column, &all_dates, &header, options)?;
                dates.push((*field, column));
            }
        }
        let source = options.source.as_deref().unwrap_or("generic");
        Ok(Self {
            understood: Understood::of(&header, &columns, &sample, &table),
            source: source.to_owned(),
            fields: kind.fields,
            header,
            columns,
            table,
            dates,
            day,
        })
    }

    /// Reads every row with `read`, except those that are no proper rows.
    pub(crate) fn read<T>(
        mut self,
        mut read: impl FnMut(&mut Cells<'_, '_>) -> Result<T, Stop>,
    ) -> Result<Reading<T>, IntakeError> {
        let mut destroyed = None;
        let mut read_rows = Vec::new();
        let mut rows = self.table.rows();
        while let Some(row) = rows.next() {
            let mut cells = Cells {
                row: &row,
                table: &self.table,
                columns: &self.columns,
                fields: self.fields,
                dates: &mut self.dates,
                day: self.day,
                destroyed: &mut destroyed,
            };
            let typed = match row.fault() {
                Some(fault) => Err(fault.into()),
                None => read(&mut cells),
            };
            read_rows.push(match typed {
                Ok(says) => Ok(FileRow {
                    at: row.source_row(),
                    says,
                }),
                Err(Stop::Row(reason)) => Err(row.rejected(reason)),
                Err(Stop::File(error)) => return Err(error),
            });
        }
        for (_, column) in &self.dates {
            self.understood
                .read_as(column.column(), column.read_as(Zone::UTC));
        }
        let destroyed = destroyed.as_deref().map(cells::destroyed_note);
        let dates = self.dates.iter().filter_map(|(_, column)| column.note());
        let notes = self.table.notes.iter().cloned().chain(destroyed);
        let notes = notes.chain(self.columns.notes());
        Ok(Reading {
            source: self.source,
            notes: notes.chain(dates).collect(),
            header: self.header.names,
            understood: self.understood,
            rows: read_rows,
        })
    }
}

/// The cells of a row, by the names of the fields.
pub(crate) struct Cells<'r, 'l> {
    pub(crate) row: &'l Row<'r>,
    table: &'l Table,
    columns: &'l Assignment,
    fields: Aliases,
    dates: &'l mut Vec<(&'static str, DateColumn)>,
    day: Option<(&'static str, NaiveDate)>,
    /// The first id that a spreadsheet destroyed.
    destroyed: &'l mut Option<String>,
}

impl<'r> Cells<'r, '_> {
    fn column(&self, field: &str) -> Option<usize> {
        let is_known = self.fields.iter().any(|(name, _)| *name == field);
        debug_assert!(is_known, "`{field}` is no field of this kind of list");
        self.columns.first(field)
    }

    /// The value, trimmed and unguarded; nothing where there is none.
    pub(crate) fn value(&self, field: &str) -> Option<&'r str> {
        self.row.value(self.column(field))
    }

    /// The value as an own text.
    pub(crate) fn text(&self, field: &str) -> Option<String> {
        self.value(field).map(str::to_owned)
    }

    /// The value, unless it is a word for none, such as `NA`.
    pub(crate) fn answer(&self, field: &str) -> Option<&'r str> {
        self.value(field).filter(|cell| !cells::is_no_answer(cell))
    }

    /// The e-mail address.
    pub(crate) fn email(&self, field: &str) -> CellResult<Option<Email>> {
        let address = self.answer(field).map(cells::address);
        address.map(Email::parse).transpose()
    }

    /// The parts of a list.
    pub(crate) fn list(&self, field: &str) -> Vec<String> {
        self.value(field).map_or_else(Vec::new, cells::list)
    }

    /// The web domain, bare and lower-case; never a mailbox provider's.
    pub(crate) fn domain(&self, field: &str) -> Option<String> {
        let column = self.column(field)?;
        cells::domain(self.row.raw(column)).map(Cow::into_owned)
    }

    /// A name: that of `field`, or else the first and the last name as one.
    pub(crate) fn name(&self, field: &str) -> Option<String> {
        let full_name = || cells::full_name(self.value("first-name"), self.value("last-name"));
        self.text(field)
            .or_else(|| full_name().map(Cow::into_owned))
    }

    /// What the row says of an account whose name is in `field`.
    pub(crate) fn account(&self, field: &str) -> AccountTraits<'static> {
        TraitColumns::of(self.columns, field)
            .read(self.row)
            .into_owned()
    }

    /// The id, unless a spreadsheet destroyed it.
    pub(crate) fn id(&mut self, field: &str) -> Option<String> {
        self.intact_id(self.value(field))
    }

    /// The first of several ids in one cell, which is the main one.
    pub(crate) fn first_id(&mut self, field: &str) -> Option<String> {
        let ids = self.list(field);
        self.intact_id(ids.first().map(String::as_str))
    }

    fn intact_id(&mut self, id: Option<&str>) -> Option<String> {
        cells::intact_id(id, self.destroyed).map(str::to_owned)
    }

    /// The day of a date, perhaps in the future.
    pub(crate) fn day(&mut self, field: &str, zone: Zone) -> Result<Option<NaiveDate>, Stop> {
        let Some(column) = date_column(self.dates, field) else {
            return Ok(None);
        };
        let moment = column.read(self.row, self.table)?;
        Ok(moment.map(|moment| moment.day(zone)))
    }

    /// The day of a date that must not lie in the future; `what` names it in a reason.
    pub(crate) fn past_day(
        &mut self,
        field: &str,
        what: &str,
        setting: &Setting,
    ) -> Result<Option<NaiveDate>, Stop> {
        let given = self.day.filter(|(of, _)| *of == field).map(|(_, day)| day);
        let Some(column) = date_column(self.dates, field) else {
            return Ok(given);
        };
        let moment = column.read_past(self.row, self.table, what, setting)?;
        Ok(moment.map(|moment| moment.day(setting.zone)).or(given))
    }
}

fn date_column<'a>(
    dates: &'a mut [(&'static str, DateColumn)],
    field: &str,
) -> Option<&'a mut DateColumn> {
    dates
        .iter_mut()
        .find(|(name, _)| *name == field)
        .map(|(_, column)| column)
}
