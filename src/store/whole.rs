//! The database as it is, table by table: to be written out whole and read back, and everything about one person.
//! Tables, columns and what points to what are asked of the schema, so that nothing that comes later is left out.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Row, ToSql, TransactionBehavior, params_from_iter};

use super::{Result, Store, StoreError, Tx, schema};
use crate::domain::full_export::{ColumnType, StoredValue};

/// A table: its name, and its columns in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// What it is called.
    pub name: String,
    /// The names of its columns, and what they hold.
    pub columns: Vec<(String, ColumnType)>,
    /// The columns by which its rows are ordered.
    key: Vec<String>,
}

/// A row: one value a column.
pub type StoredRow = Vec<StoredValue>;

impl Layout {
    fn names(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| name.as_str()).collect();
        names.join(", ")
    }

    fn select(&self) -> String {
        format!("SELECT {} FROM main.{}", self.names(), self.name)
    }

    fn read(&self, row: &Row<'_>) -> rusqlite::Result<StoredRow> {
        (0..self.columns.len())
            .map(|column| match row.get_ref(column)? {
                ValueRef::Null => Ok(StoredValue::Nothing),
                ValueRef::Integer(number) => Ok(StoredValue::Number(number)),
                text => Ok(StoredValue::Text(text.as_str()?.to_owned())),
            })
            .collect()
    }
}

impl ToSql for StoredValue {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            StoredValue::Nothing => ToSqlOutput::Owned(Value::Null),
            StoredValue::Number(number) => ToSqlOutput::Owned(Value::Integer(*number)),
            StoredValue::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        })
    }
}

impl Tx<'_> {
    /// Every table, in the order of the schema.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn layouts(&self) -> Result<Vec<Layout>> {
        let mut layouts: Vec<Layout> = Vec::new();
        self.rows(
            "SELECT s.name, c.name, c.type, c.pk FROM main.sqlite_schema s JOIN pragma_table_info(s.name) c
             WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite_%' ORDER BY s.rowid, c.cid",
            [],
            |row| {
                let (table, column): (String, String) = (row.get(0)?, row.get(1)?);
                let kind = match row.get_ref(2)?.as_str()? {
                    "INTEGER" => ColumnType::Number,
                    _ => ColumnType::Text,
                };
                if layouts.last().is_none_or(|last| last.name != table) {
                    layouts.push(Layout { name: table, columns: Vec::new(), key: Vec::new() });
                }
                if let Some(last) = layouts.last_mut() {
                    if row.get::<_, i64>(3)? > 0 {
                        last.key.push(column.clone());
                    }
                    last.columns.push((column, kind));
                }
                Ok(())
            },
        )?;
        Ok(layouts)
    }

    /// Hands over every row of a table, by its key.
    ///
    /// # Errors
    /// Those of `take`, and when the file cannot be read.
    pub fn each_row<E: From<StoreError>>(
        &self,
        layout: &Layout,
        mut take: impl FnMut(StoredRow) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let sql = format!("{} ORDER BY {}", layout.select(), layout.key.join(", "));
        let mut statement = self.sql.prepare(&sql).map_err(StoreError::from)?;
        let mut rows = statement.query([]).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            take(layout.read(row).map_err(StoreError::from)?)?;
        }
        Ok(())
    }

    /// The rows of a table in which a column of numbers holds one of these, by its key.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn rows_with(
        &self,
        layout: &Layout,
        column: &str,
        numbers: &BTreeSet<i64>,
    ) -> Result<Vec<StoredRow>> {
        let list = serde_json::Value::from(numbers.iter().copied().collect::<Vec<_>>());
        let sql = format!(
            "{} WHERE {column} IN (SELECT value FROM json_each(?1)) ORDER BY {}",
            layout.select(),
            layout.key.join(", ")
        );
        self.rows(&sql, [list.to_string()], |row| layout.read(row))
    }

    /// The operations whose command as typed names one of these addresses.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn operations_naming(&self, address_key: &str) -> Result<Vec<i64>> {
        self.rows(
            "SELECT id FROM operations WHERE instr(lower(command), ?1) > 0 ORDER BY id",
            [address_key],
            |row| row.get(0),
        )
    }

    /// Which columns of which tables point to a table.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn pointing_to(&self, table: &str) -> Result<Vec<(String, String)>> {
        self.rows(
            "SELECT s.name, f.\"from\" FROM main.sqlite_schema s JOIN pragma_foreign_key_list(s.name) f
             WHERE s.type = 'table' AND f.\"table\" = ?1 ORDER BY s.rowid, f.\"from\"",
            [table],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }
}

/// A new database that is being filled with the rows of another.
pub struct Restoring<'a> {
    tx: Tx<'a>,
}

impl Restoring<'_> {
    /// Every table of the schema that is being filled.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn layouts(&self) -> Result<Vec<Layout>> {
        self.tx.layouts()
    }

    /// Adds a row as it is.
    ///
    /// # Errors
    /// When the file cannot be written, or the row breaks what the schema promises.
    pub fn add(&self, layout: &Layout, row: &StoredRow) -> Result<()> {
        let marks = vec!["?"; row.len()].join(", ");
        let sql = format!(
            "INSERT INTO main.{} ({}) VALUES ({marks})",
            layout.name,
            layout.names()
        );
        self.tx.execute(&sql, params_from_iter(row))?;
        Ok(())
    }
}

impl Store {
    /// Creates a file of an earlier or the current schema, fills it in one transaction, and upgrades it. No operation
    /// is recorded: those of the other database are among the rows.
    ///
    /// # Errors
    /// As [`Store::create`], and whatever `fill` returns: the file is of no use then.
    pub fn restore<E: From<StoreError>>(
        path: &Path,
        lock_wait: Duration,
        schema_version: i32,
        fill: impl FnOnce(&Restoring<'_>) -> std::result::Result<(), E>,
    ) -> std::result::Result<Self, E> {
        let mut store = Self::create_at(path, lock_wait, schema_version)?;
        let tx = store
            .sql
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::from)?;
        // Tables come in the order of the schema, and some point to later ones.
        tx.pragma_update(None, "defer_foreign_keys", true)
            .map_err(StoreError::from)?;
        fill(&Restoring {
            tx: Tx { sql: &tx },
        })?;
        tx.commit().map_err(StoreError::from)?;
        schema::upgrade(&mut store.sql)?;
        Ok(store)
    }
}
