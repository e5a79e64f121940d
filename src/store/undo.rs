//! Taking operations back (`docs/undo.md`). What an operation added carries its number, and what it changed or deleted
//! has images; both are undone by one mechanism that asks the schema which tables there are. Taking back is an operation
//! itself, and is taken back in the same way.

use std::collections::BTreeSet;

use rusqlite::types::Value;
use rusqlite::{ToSql, params, params_from_iter};
use serde_json::Value as Json;

use super::dump::Layout;
use super::images::{self, TOO_MUCH};
use super::{Result, StoreError, Writing};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{OperationId, PersonId, TapId};

/// How many rows may go at once with images of them, so that they can be had again: with none of them or all.
const MOST_IMAGES: u64 = 20_000;

/// Whose kept values may have changed.
#[derive(Default)]
struct Concerned {
    people: BTreeSet<PersonId>,
    taps: BTreeSet<TapId>,
}

impl Writing<'_> {
    /// Takes back operations, the newest first, as if they had never been. Nothing may build on them.
    ///
    /// # Errors
    /// [`StoreError::InTheWay`] where a row of today has the place of one that would come back.
    pub(crate) fn take_back(&self, operations: &[OperationId]) -> Result<()> {
        self.take_back_rows(operations)?;
        for operation in operations {
            self.insert("undos", &[("undone_id", operation)])?;
        }
        Ok(())
    }

    /// The same as a part of an operation that does more: the others are not taken back, but there is nothing left of
    /// what they did.
    pub(super) fn take_back_rows(&self, operations: &[OperationId]) -> Result<()> {
        self.sql.pragma_update(None, "defer_foreign_keys", true)?;
        let layouts = self.facts_layouts()?;
        let mut newest: Vec<OperationId> = operations.to_vec();
        newest.sort_unstable();
        newest.reverse();
        if self.added_by(&layouts, operations)? > MOST_IMAGES {
            self.execute(
                "INSERT INTO row_images (operation_id, table_name, key, before) VALUES (?1, ?2, '', '{}')",
                params![self.operation, TOO_MUCH],
            )?;
            self.keep_no_images()?;
        }
        let mut concerned = Concerned::default();
        for operation in newest {
            self.remove_added(&layouts, operation, &mut concerned)?;
            self.restore(&layouts, operation, &mut concerned)?;
        }
        self.derive_again(&concerned)
    }

    /// Removes what an operation added.
    fn remove_added(
        &self,
        layouts: &[Layout],
        operation: OperationId,
        concerned: &mut Concerned,
    ) -> Result<()> {
        for layout in layouts {
            let name = &layout.name;
            self.touch(layout, "operation_id = ?1", &operation, concerned)?;
            if layout.key == ["id"] {
                self.use_up(name, "operation_id = ?1", operation.0)?;
            }
            self.execute(
                &format!("DELETE FROM main.{name} WHERE operation_id = ?1"),
                [operation],
            )?;
        }
        Ok(())
    }

    /// Keeps in mind the newest id of rows that are about to go: no id is given out again.
    pub(super) fn use_up(&self, table: &str, which: &str, id: i64) -> Result<()> {
        self.execute_kept(
            &format!(
                "INSERT INTO used_ids (table_name, newest)
                 SELECT '{table}', max(id) FROM main.{table} WHERE {which} HAVING max(id) IS NOT NULL
                 ON CONFLICT (table_name) DO UPDATE SET newest = max(newest, excluded.newest)"
            ),
            [id],
        )
    }

    /// Gives the rows that an operation changed or deleted what they were before.
    fn restore(
        &self,
        layouts: &[Layout],
        operation: OperationId,
        concerned: &mut Concerned,
    ) -> Result<()> {
        type Image = (String, String, Option<String>, Option<String>);
        let images: Vec<Image> = self.rows(
            "SELECT table_name, key, before, after FROM row_images WHERE operation_id = ?1 ORDER BY id DESC",
            [operation],
            |row| Ok((row.get("table_name")?, row.get("key")?, row.get("before")?, row.get("after")?)),
        )?;
        for (table, key, before, after) in images {
            let Some(layout) = layouts.iter().find(|one| one.name == table) else {
                continue;
            };
            let place = images::place(layout, &format!("main.{table}"), "?1");
            self.touch(layout, &place, &key, concerned)?;
            match (before, after) {
                (Some(before), Some(_)) => self.set_row(layout, &key, &before)?,
                (Some(before), None) => self.add_again(layout, &key, &before)?,
                (None, _) => {
                    self.execute(&format!("DELETE FROM main.{table} WHERE {place}"), [&key])?;
                }
            }
            self.touch(layout, &place, &key, concerned)?;
        }
        Ok(())
    }

    fn set_row(&self, layout: &Layout, key: &str, before: &str) -> Result<()> {
        let columns = columns(before);
        let set: Vec<String> = columns
            .iter()
            .zip(2..)
            .map(|((name, _), number)| format!("{name} = ?{number}"))
            .collect();
        let place = images::place(layout, &format!("main.{}", layout.name), "?1");
        let sql = format!(
            "UPDATE main.{} SET {} WHERE {place}",
            layout.name,
            set.join(", ")
        );
        let key = Value::Text(key.to_owned());
        let values = columns.into_iter().map(|(_, value)| value);
        let values = std::iter::once(key).chain(values);
        let changed = self.change(&sql, params_from_iter(values));
        changed.map(drop).map_err(in_the_way)
    }

    /// Adds a row again that was deleted, and notes that it did.
    fn add_again(&self, layout: &Layout, key: &str, before: &str) -> Result<()> {
        let (names, values): (Vec<String>, Vec<Value>) = columns(before).into_iter().unzip();
        let marks = vec!["?"; names.len()].join(", ");
        let sql = format!(
            "INSERT INTO main.{} ({}) VALUES ({marks})",
            layout.name,
            names.join(", ")
        );
        self.execute(&sql, params_from_iter(values))
            .map_err(in_the_way)?;
        if !self.keeps_images() {
            return Ok(());
        }
        self.execute(
            "INSERT INTO row_images (operation_id, table_name, key, after) VALUES (?1, ?2, ?3, ?4)",
            params![self.operation, layout.name, key, before],
        )
    }

    /// Notes the people and taps that rows are about, as far as something is kept beside them.
    fn touch(
        &self,
        layout: &Layout,
        which: &str,
        parameter: &dyn ToSql,
        concerned: &mut Concerned,
    ) -> Result<()> {
        let name = &layout.name;
        let column = |of: &str, pointing: &'static str| {
            let mut columns = layout.columns.iter();
            match name == of {
                true => Some("id"),
                false => columns.any(|(one, _)| one == pointing).then_some(pointing),
            }
        };
        let ids = |column: &str| {
            format!(
                "SELECT DISTINCT {column} FROM main.{name} WHERE {which} AND {column} IS NOT NULL"
            )
        };
        if let Some(column) = column("people", "person_id") {
            concerned
                .people
                .extend(self.values::<PersonId>(&ids(column), [parameter])?);
        }
        if let Some(column) = column("taps", "tap_id") {
            concerned
                .taps
                .extend(self.values::<TapId>(&ids(column), [parameter])?);
        }
        Ok(())
    }

    /// Derives again what is kept beside taps and people.
    fn derive_again(&self, concerned: &Concerned) -> Result<()> {
        let mut people = concerned.people.clone();
        for tap in &concerned.taps {
            self.refresh_outcome(*tap)?;
            people
                .extend(self.found::<PersonId>("SELECT person_id FROM taps WHERE id = ?1", [tap])?);
        }
        for person in people {
            self.derive_kept_values(person)?;
        }
        Ok(())
    }
}

impl Writing<'_> {
    /// Lets go of what rows were before they were changed by operations from before an instant, which can no more be
    /// taken back. So that no write takes long, some at a time.
    pub(crate) fn let_images_go(&self, before: Timestamp) -> Result<()> {
        const AT_ONCE: i64 = 2_000;
        let oldest = "SELECT o.at FROM row_images i JOIN operations o ON o.id = i.operation_id ORDER BY i.id LIMIT 1";
        let oldest: Option<Timestamp> = self.found(oldest, [])?;
        if oldest.is_none_or(|oldest| oldest >= before) {
            return Ok(());
        }
        self.change_kept(
            "DELETE FROM row_images WHERE id IN (
                 SELECT i.id FROM (SELECT id, operation_id FROM row_images ORDER BY id LIMIT ?2) i
                 JOIN operations o ON o.id = i.operation_id WHERE o.at < ?1)",
            params![before, AT_ONCE],
        )
        .map(drop)
    }

    /// Derives again everything that is kept beside facts.
    pub(crate) fn repair(&self) -> Result<()> {
        self.derive_again(&Concerned {
            people: self
                .values("SELECT id FROM people", [])?
                .into_iter()
                .collect(),
            taps: self
                .values("SELECT id FROM taps", [])?
                .into_iter()
                .collect(),
        })
    }
}

/// The columns of an image.
fn columns(image: &str) -> Vec<(String, Value)> {
    let value = |value: Json| match value {
        Json::String(text) => Value::Text(text),
        Json::Number(number) => number.as_i64().map_or(Value::Null, Value::Integer),
        _ => Value::Null,
    };
    match serde_json::from_str(image) {
        Ok(Json::Object(columns)) => {
            let columns = columns.into_iter();
            columns.map(|(name, one)| (name, value(one))).collect()
        }
        _ => Vec::new(),
    }
}

fn in_the_way(error: StoreError) -> StoreError {
    match error {
        StoreError::Sqlite(rusqlite::Error::SqliteFailure(found, said))
            if found.code == rusqlite::ErrorCode::ConstraintViolation =>
        {
            StoreError::InTheWay(said.unwrap_or_default())
        }
        error => error,
    }
}
