//! Rows are read by name, and written as values beside the names of their columns.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a place of the same list"
)]

use std::cell::Cell;

use rusqlite::types::{FromSql, ToSql, ValueRef};
use rusqlite::{OptionalExtension, Params, Statement, params_from_iter};

use super::{Result, Tx, Writing};

/// The names of the columns of a statement, asked for once: for every row, SQLite would take longer to say them than to
/// find the row.
pub(super) struct Names(Vec<String>);

impl Names {
    pub(super) fn of(statement: &Statement<'_>) -> Self {
        Self(statement.column_names().map(str::to_owned).collect())
    }

    /// A row of the statement.
    pub(super) const fn row<'r>(&'r self, row: &'r rusqlite::Row<'r>) -> Row<'r> {
        Row {
            row,
            names: self,
            next: Cell::new(0),
        }
    }
}

/// A row that is read by the names of its columns.
pub(super) struct Row<'r> {
    row: &'r rusqlite::Row<'r>,
    names: &'r Names,
    /// Columns are mostly read in their order: the next one is looked at first.
    next: Cell<usize>,
}

impl<'r> Row<'r> {
    fn place(&self, name: &str) -> rusqlite::Result<usize> {
        let (names, next) = (&self.names.0, self.next.get());
        let mut places = (next..names.len()).chain(0..next);
        let found = places.find(|place| names[*place] == name);
        let found = found.ok_or_else(|| rusqlite::Error::InvalidColumnName(name.to_owned()))?;
        self.next.set(found + 1);
        Ok(found)
    }

    /// The value of a column.
    pub(super) fn get<T: FromSql>(&self, name: &str) -> rusqlite::Result<T> {
        self.row.get(self.place(name)?)
    }

    /// The text of a column, where it lies.
    pub(super) fn text(&self, name: &str) -> rusqlite::Result<Option<&'r str>> {
        Ok(self.row.get_ref(self.place(name)?)?.as_str_or_null()?)
    }

    /// Whether a column has a value.
    pub(super) fn has(&self, name: &str) -> rusqlite::Result<bool> {
        Ok(self.row.get_ref(self.place(name)?)? != ValueRef::Null)
    }
}

/// What one row says: the columns that it is read from, and where they are found.
pub(super) trait Record: Sized {
    /// The tables.
    const FROM: &str;

    /// The columns, each under the name of its field.
    fn columns() -> String;

    /// Reads a row with these columns.
    fn read(row: &Row<'_>) -> rusqlite::Result<Self>;

    /// The statement as far as it is the same for every question.
    fn select() -> String {
        format!("SELECT {} FROM {}", Self::columns(), Self::FROM)
    }
}

/// A struct whose fields stand beside the columns that they are read from:
///
/// - `field: Type = "column"`;
/// - `field: Type = "columns" => path` reads several columns with a function;
/// - `field: ..Record` has the columns of another record;
/// - `field: Type` is filled in later.
macro_rules! record {
    (
        $(#[$about:meta])*
        $vis:vis struct $name:ident from $from:literal {
            $(
                $(#[$doc:meta])*
                $field:ident: $(..$record:ident)? $($type:ty $(= $column:literal $(=> $read:path)?)?)?,
            )+
        }
    ) => {
        $(#[$about])*
        $vis struct $name {
            $($(#[$doc])* $vis $field: $($record)? $($type)?,)+
        }

        impl $crate::store::rows::Record for $name {
            const FROM: &str = $from;

            fn columns() -> String {
                let columns: &[String] = &[$(
                    $(<$record as $crate::store::rows::Record>::columns(),)?
                    $($(record!(@column $field, $column $(, $read)?).to_owned(),)?)?
                )+];
                columns.join(", ")
            }

            fn read(row: &$crate::store::rows::Row<'_>) -> rusqlite::Result<Self> {
                Ok(Self {
                    $($field: {
                        $(<$record as $crate::store::rows::Record>::read(row)?)?
                        $(record!(@value row, $field, $type $(, $column $(, $read)?)?))?
                    },)+
                })
            }
        }
    };
    (@column $field:ident, $column:literal) => { concat!($column, " AS \"", stringify!($field), "\"") };
    (@column $field:ident, $columns:literal, $read:path) => { $columns };
    (@value $row:ident, $field:ident, $type:ty) => { <$type>::default() };
    (@value $row:ident, $field:ident, $type:ty, $column:literal) => { $row.get(stringify!($field))? };
    (@value $row:ident, $field:ident, $type:ty, $columns:literal, $read:path) => { $read($row)? };
}
pub(super) use record;

/// What is written as a row of a table.
pub(super) trait NewRecord {
    /// The table.
    const TABLE: &'static str;

    /// The values, behind the names of their columns.
    fn values(&self) -> Vec<ColumnValue<'_>>;
}

/// A struct whose fields stand beside the columns that they are written to: `field: Type = "column"`. A field without a
/// column is written otherwise.
macro_rules! new_record {
    (
        $(#[$about:meta])*
        $vis:vis struct $name:ident<$life:lifetime> into $table:literal {
            $($(#[$doc:meta])* $field:ident: $type:ty $(= $column:literal)?,)+
        }
    ) => {
        $(#[$about])*
        $vis struct $name<$life> {
            $($(#[$doc])* $vis $field: $type,)+
        }

        impl $crate::store::rows::NewRecord for $name<'_> {
            const TABLE: &'static str = $table;

            fn values(&self) -> Vec<$crate::store::rows::ColumnValue<'_>> {
                vec![$($(($column, &self.$field),)?)+]
            }
        }
    };
}
pub(super) use new_record;

impl Tx<'_> {
    /// Hands over each row of an answer.
    pub(super) fn for_each(
        &self,
        sql: &str,
        params: impl Params,
        mut take: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
    ) -> Result<()> {
        let mut statement = self.sql.prepare_cached(sql)?;
        let names = Names::of(&statement);
        let mut rows = statement.query(params)?;
        while let Some(row) = rows.next()? {
            take(&names.row(row))?;
        }
        Ok(())
    }

    /// Every row of an answer.
    pub(super) fn rows<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut found = Vec::new();
        self.for_each(sql, params, |row| {
            found.push(read(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// The first row of an answer, where there is one.
    pub(super) fn first<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        let mut statement = self.sql.prepare_cached(sql)?;
        let names = Names::of(&statement);
        let found = statement.query_row(params, |row| read(&names.row(row)));
        Ok(found.optional()?)
    }

    /// The records that the rest of their statement asks for.
    pub(super) fn all<R: Record>(&self, rest: &str, params: impl Params) -> Result<Vec<R>> {
        self.rows(&format!("{} {rest}", R::select()), params, R::read)
    }

    /// The first of them.
    pub(super) fn one<R: Record>(&self, rest: &str, params: impl Params) -> Result<Option<R>> {
        self.first(&format!("{} {rest}", R::select()), params, R::read)
    }

    /// The one value of a question that has an answer in any case.
    pub(super) fn value<T: FromSql>(&self, sql: &str, params: impl Params) -> Result<T> {
        let mut statement = self.sql.prepare_cached(sql)?;
        Ok(statement.query_row(params, |row| row.get(0))?)
    }

    /// The one value of the first row, where there is one.
    pub(super) fn found<T: FromSql>(&self, sql: &str, params: impl Params) -> Result<Option<T>> {
        let mut statement = self.sql.prepare_cached(sql)?;
        Ok(statement.query_row(params, |row| row.get(0)).optional()?)
    }

    /// The one value of each row.
    pub(super) fn values<T: FromSql>(&self, sql: &str, params: impl Params) -> Result<Vec<T>> {
        self.rows(sql, params, |row| row.row.get(0))
    }

    /// The id that the next row of a table gets: ids come from Rust, inside the write transaction. That of a row that
    /// was taken back is not given out again.
    pub(super) fn next_id<T: FromSql>(&self, table: &str) -> Result<T> {
        self.value(&next_id(table), [])
    }
}

/// The tables whose rows have no number of their own.
const WITHOUT_NUMBERS: [&str; 10] = [
    "account_traits",
    "forget_keys",
    "forgotten",
    "forgotten_operations",
    "import_profiles",
    "merged_facts",
    "request_traits",
    "settings",
    "undos",
    "used_ids",
];

/// Whether a new row of a table gets the next number there.
fn is_numbered(table: &str, values: &[ColumnValue<'_>]) -> bool {
    !WITHOUT_NUMBERS.contains(&table) && values.iter().all(|(name, _)| *name != "id")
}

/// The question for the next number of a table.
pub(super) fn next_id(table: &str) -> String {
    format!(
        "SELECT 1 + max(coalesce((SELECT max(id) FROM main.{table}), 0),
             coalesce((SELECT newest FROM main.used_ids WHERE table_name = '{table}'), 0))"
    )
}

/// A value of a row, behind the name of its column.
pub(super) type ColumnValue<'v> = (&'v str, &'v dyn ToSql);

/// Words as they are stored: nothing where there are none.
pub(super) fn some_words(words: &str) -> Option<&str> {
    Some(words).filter(|words| !words.is_empty())
}

impl Writing<'_> {
    /// Adds a row, which carries the operation of this write. `otherwise` says what follows where the row is there
    /// already. How many were added or changed.
    pub(super) fn insert_or(
        &self,
        table: &str,
        values: &[ColumnValue<'_>],
        otherwise: &str,
    ) -> Result<usize> {
        let mut columns = String::new();
        for (name, _) in values {
            columns.push_str(name);
            columns.push_str(", ");
        }
        let marks = "?, ".repeat(values.len());
        // The number of a row that went is not given out again.
        let (id, next) = match is_numbered(table, values) {
            true => ("id, ", format!("({}), ", next_id(table))),
            false => ("", String::new()),
        };
        let sql = format!(
            "INSERT INTO {table} ({id}{columns}operation_id) VALUES ({next}{marks}?) {otherwise}"
        );
        let operation: &dyn ToSql = &self.operation;
        let values = values.iter().map(|(_, value)| *value);
        self.change(&sql, params_from_iter(values.chain([operation])))
    }

    /// Adds a row, which carries the operation of this write.
    pub(super) fn insert(&self, table: &str, values: &[ColumnValue<'_>]) -> Result<()> {
        self.insert_or(table, values, "").map(drop)
    }

    /// Adds a row under the next id of its table, and says which that is.
    pub(super) fn add<I: FromSql + ToSql>(
        &self,
        table: &str,
        values: &[ColumnValue<'_>],
    ) -> Result<I> {
        let id: I = self.next_id(table)?;
        let all = [&[("id", &id as &dyn ToSql)], values].concat();
        self.insert(table, &all)?;
        Ok(id)
    }

    /// Adds what is new, with `more` values.
    pub(super) fn insert_new<R: NewRecord>(&self, new: &R, more: &[ColumnValue<'_>]) -> Result<()> {
        self.insert_new_or(new, more, "").map(drop)
    }

    /// The same; `otherwise` says what follows where it is there already.
    pub(super) fn insert_new_or<R: NewRecord>(
        &self,
        new: &R,
        more: &[ColumnValue<'_>],
        otherwise: &str,
    ) -> Result<usize> {
        self.insert_or(R::TABLE, &[&new.values(), more].concat(), otherwise)
    }

    /// Adds what is new under the next id of its table, with `more` values, and says which that is.
    pub(super) fn add_new<R: NewRecord, I: FromSql + ToSql>(
        &self,
        new: &R,
        more: &[ColumnValue<'_>],
    ) -> Result<I> {
        self.add(R::TABLE, &[&new.values(), more].concat())
    }

    /// Gives columns of the row with an id these values.
    pub(super) fn update(
        &self,
        table: &str,
        id: &dyn ToSql,
        values: &[ColumnValue<'_>],
    ) -> Result<()> {
        let columns: Vec<String> = values
            .iter()
            .map(|(name, _)| format!("{name} = ?"))
            .collect();
        let sql = format!("UPDATE {table} SET {} WHERE id = ?", columns.join(", "));
        let values = values.iter().map(|(_, value)| *value);
        self.execute(&sql, params_from_iter(values.chain([id])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[test]
    fn the_tables_without_numbers_are_those_of_the_schema() {
        let store = Store::in_memory().unwrap();
        let sql = "SELECT s.name FROM main.sqlite_schema s WHERE s.type = 'table'
             AND NOT EXISTS (SELECT 1 FROM pragma_table_info(s.name) c WHERE c.name = 'id') ORDER BY s.name";
        let found: Vec<String> = store.read(|tx| tx.values(sql, [])).unwrap();
        assert_eq!(found, WITHOUT_NUMBERS);
    }
}
