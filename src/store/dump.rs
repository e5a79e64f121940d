//! Dump and restore: the database as it is, table by table, and everything about one person.
//! Tables, columns and what points to what are asked of the schema, so that nothing that comes later is left out.

use std::collections::BTreeSet;

use rusqlite::types::{FromSql, FromSqlResult, ToSqlOutput, Value, ValueRef};
use rusqlite::{ToSql, TransactionBehavior, params_from_iter};

use super::people::json_ids;
use super::rows::{Names, Row};
use super::{Result, Store, StoreError, Tx, schema};
use crate::domain::full_export::{ColumnType, StoredValue};

/// A table: its name, and its columns in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
    /// What it is called.
    pub(crate) name: String,
    /// The names of its columns, and what they hold.
    pub(crate) columns: Vec<(String, ColumnType)>,
    /// The columns by which its rows are ordered.
    pub(super) key: Vec<String>,
    /// The statement that adds a row.
    pub(super) insert: String,
}

/// A row: one value a column.
pub(crate) type StoredRow = Vec<StoredValue>;

impl Layout {
    fn names(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| name.as_str()).collect();
        names.join(", ")
    }

    fn select(&self) -> String {
        format!("SELECT {} FROM main.{}", self.names(), self.name)
    }

    fn read(&self, row: &Row<'_>) -> rusqlite::Result<StoredRow> {
        let names = self.columns.iter().map(|(name, _)| name);
        names.map(|name| row.get(name)).collect()
    }
}

impl FromSql for StoredValue {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(match value {
            ValueRef::Null => StoredValue::Nothing,
            ValueRef::Integer(number) => StoredValue::Number(number),
            text => StoredValue::Text(text.as_str()?.to_owned()),
        })
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
    pub(crate) fn layouts(&self) -> Result<Vec<Layout>> {
        let mut layouts: Vec<Layout> = Vec::new();
        self.for_each(
            "SELECT s.name AS table_name, c.name AS name, c.type AS type, c.pk AS pk FROM main.sqlite_schema s JOIN pragma_table_info(s.name) c
             WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite_%' ORDER BY s.rowid, c.cid",
            [],
            |row| {
                let (table, column): (String, String) = (row.get("table_name")?, row.get("name")?);
                let kind = match row.text("type")? {
                    Some("INTEGER") => ColumnType::Number,
                    _ => ColumnType::Text,
                };
                if layouts.last().is_none_or(|last| last.name != table) {
                    layouts.push(Layout { name: table, columns: Vec::new(), key: Vec::new(), insert: String::new() });
                }
                if let Some(last) = layouts.last_mut() {
                    if row.get::<i64>("pk")? > 0 {
                        last.key.push(column.clone());
                    }
                    last.columns.push((column, kind));
                }
                Ok(())
            },
        )?;
        for layout in &mut layouts {
            let marks = vec!["?"; layout.columns.len()].join(", ");
            let (name, columns) = (&layout.name, layout.names());
            layout.insert = format!("INSERT INTO main.{name} ({columns}) VALUES ({marks})");
        }
        Ok(layouts)
    }

    /// Hands over every row of a table, by its key.
    ///
    /// # Errors
    /// Those of `take`, and when the file cannot be read.
    pub(crate) fn each_row<E: From<StoreError>>(
        &self,
        layout: &Layout,
        mut take: impl FnMut(StoredRow) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let sql = format!("{} ORDER BY {}", layout.select(), layout.key.join(", "));
        let mut statement = self.sql.prepare(&sql).map_err(StoreError::from)?;
        let names = Names::of(&statement);
        let mut rows = statement.query([]).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            take(layout.read(&names.row(row)).map_err(StoreError::from)?)?;
        }
        Ok(())
    }

    /// The rows of a table in which a column of numbers holds one of these, by its key.
    pub(crate) fn rows_with(
        &self,
        layout: &Layout,
        column: &str,
        numbers: &BTreeSet<i64>,
    ) -> Result<Vec<StoredRow>> {
        let sql = format!(
            "{} WHERE {column} IN (SELECT value FROM json_each(?1)) ORDER BY {}",
            layout.select(),
            layout.key.join(", ")
        );
        self.rows(&sql, [json_ids(numbers.iter().copied())], |row| {
            layout.read(row)
        })
    }

    /// The operations whose command as typed names one of these addresses.
    pub(crate) fn operations_naming(&self, address_key: &str) -> Result<Vec<i64>> {
        let sql = "SELECT id FROM operations WHERE instr(lower(command), ?1) > 0 ORDER BY id";
        self.values(sql, [address_key])
    }

    /// Which columns of which tables point to a table.
    pub(crate) fn pointing_to(&self, table: &str) -> Result<Vec<(String, String)>> {
        self.rows(
            "SELECT s.name AS name, f.\"from\" AS pointer FROM main.sqlite_schema s JOIN pragma_foreign_key_list(s.name) f
             WHERE s.type = 'table' AND f.\"table\" = ?1 ORDER BY s.rowid, f.\"from\"",
            [table],
            |row| Ok((row.get("name")?, row.get("pointer")?)),
        )
    }
}

/// A new database that is being filled with the rows of another.
pub(crate) struct Restoring<'a> {
    tx: Tx<'a>,
}

impl Restoring<'_> {
    /// Every table of the schema that is being filled.
    pub(crate) fn layouts(&self) -> Result<Vec<Layout>> {
        self.tx.layouts()
    }

    /// Adds a row as it is.
    ///
    /// # Errors
    /// When the file cannot be written, or the row breaks what the schema promises.
    pub(crate) fn add(&self, layout: &Layout, row: &StoredRow) -> Result<()> {
        let mut insert = self.tx.sql.prepare_cached(&layout.insert)?;
        insert.execute(params_from_iter(row))?;
        Ok(())
    }
}

impl Store {
    /// Fills a new file ([`Store::create_at`]) in one transaction, and upgrades it. No operation is recorded: those of
    /// the other database are among the rows.
    ///
    /// # Errors
    /// Whatever `fill` returns: the file is of no use then.
    pub(crate) fn restored<E: From<StoreError>>(
        mut self,
        fill: impl FnOnce(&Restoring<'_>) -> std::result::Result<(), E>,
    ) -> std::result::Result<Self, E> {
        let tx = self
            .sql
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::from)?;
        // Tables come in the order of the schema, and some point to later ones.
        tx.pragma_update(None, "defer_foreign_keys", true)
            .map_err(StoreError::from)?;
        fill(&Restoring { tx: Tx::on(&tx) })?;
        tx.commit().map_err(StoreError::from)?;
        // SQLite renames no table that a view of the present looks at.
        self.drop_views()?;
        schema::upgrade(&mut self.sql)?;
        self.make_views()?;
        Ok(self)
    }
}
