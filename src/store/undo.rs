//! Taking operations back (`docs/history.md`). What an operation added carries its number, and what it changed or deleted
//! has images; both are undone by one mechanism that asks the schema which tables there are. Taking back is an operation
//! itself, and is taken back in the same way.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::Value;
use rusqlite::{ToSql, params, params_from_iter};
use serde_json::Value as Json;

use super::dump::Layout;
use super::images::{self, BOOKKEEPING};
use super::people::json_ids;
use super::rows::record;
use super::{Result, StoreError, Tx, Writing};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{OperationId, PersonId, TapId};

/// How many rows an operation may have added for images of them to be kept when it is taken back.
const MOST_IMAGES: i64 = 20_000;

/// Tables whose newest row of a parent holds: an earlier one cannot go while later ones build on it.
const NEWEST_HOLDS: [(&str, &str); 7] = [
    ("tap_outcomes", "tap_id"),
    ("request_events", "request_id"),
    ("asset_events", "asset_id"),
    ("stage_changes", "person_id"),
    ("account_moves", "person_id"),
    ("nomination_decisions", "nomination_id"),
    ("deal_edits", "deal_id"),
];

record! {
    /// An operation as stored.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct OperationRow from "operations o" {
        /// Its number.
        id: OperationId = "o.id",
        /// When.
        at: Timestamp = "o.at",
        /// Who.
        actor: String = "o.actor",
        /// The command as typed.
        command: String = "o.command",
    }
}

/// What taking operations back would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TakingBack {
    /// The rows that would go, table by table.
    pub(crate) removed: Vec<(String, u64)>,
    /// How many rows would be as they were before.
    pub(crate) restored: u64,
    /// Later operations that build on what would go, the oldest first.
    pub(crate) built_on: Vec<OperationId>,
}

/// Whose kept values may have changed.
#[derive(Default)]
struct Concerned {
    people: BTreeSet<PersonId>,
    taps: BTreeSet<TapId>,
}

impl Tx<'_> {
    /// One operation.
    pub(crate) fn operation(&self, id: OperationId) -> Result<Option<OperationRow>> {
        self.one("WHERE o.id = ?1", [id])
    }

    /// Each operation that is taken back, with the one that did it.
    pub(crate) fn taken_back(&self) -> Result<BTreeMap<OperationId, OperationId>> {
        let undos = self.undos()?;
        let mut taken: BTreeMap<OperationId, OperationId> = BTreeMap::new();
        // The newest first: one that was taken back itself takes nothing back.
        for (by, undone) in undos {
            if !taken.contains_key(&by) {
                taken.insert(undone, by);
            }
        }
        Ok(taken)
    }

    /// Who took back what, the newest first.
    fn undos(&self) -> Result<Vec<(OperationId, OperationId)>> {
        let sql =
            "SELECT operation_id, undone_id FROM undos ORDER BY operation_id DESC, undone_id DESC";
        self.rows(sql, [], |row| {
            Ok((row.get("operation_id")?, row.get("undone_id")?))
        })
    }

    /// What an operation took back; nothing where it did something else.
    pub(crate) fn took_back(&self, id: OperationId) -> Result<Vec<OperationId>> {
        self.values(
            "SELECT undone_id FROM undos WHERE operation_id = ?1 ORDER BY undone_id",
            [id],
        )
    }

    /// What taking back these operations would do, and what builds on them.
    pub(crate) fn taking_back(&self, operations: &[OperationId]) -> Result<TakingBack> {
        let layouts = self.facts_layouts()?;
        let ids = json_ids(operations.iter().map(|id| id.0));
        let mut found = TakingBack::default();
        for layout in &layouts {
            let sql = format!(
                "SELECT count(*) FROM main.{} WHERE operation_id IN (SELECT value FROM json_each(?1))",
                layout.name
            );
            let count: i64 = self.value(&sql, [&ids])?;
            if count > 0 {
                found.removed.push((layout.name.clone(), count as u64));
            }
        }
        let sql = "SELECT count(DISTINCT table_name || key) FROM row_images
             WHERE operation_id IN (SELECT value FROM json_each(?1))";
        let restored: i64 = self.value(sql, [&ids])?;
        found.restored = restored as u64;
        found.built_on = self.built_on(&layouts, operations)?.into_iter().collect();
        Ok(found)
    }

    /// The tables of facts.
    fn facts_layouts(&self) -> Result<Vec<Layout>> {
        let mut layouts = self.layouts()?;
        layouts.retain(|one| !BOOKKEEPING.contains(&one.name.as_str()));
        Ok(layouts)
    }

    /// Operations that build on what these did.
    fn built_on(
        &self,
        layouts: &[Layout],
        operations: &[OperationId],
    ) -> Result<BTreeSet<OperationId>> {
        let ids = json_ids(operations.iter().map(|id| id.0));
        let mut found = BTreeSet::new();
        let mut ask = |sql: &str| -> Result<()> {
            found.extend(self.values::<OperationId>(sql, [&ids])?);
            Ok(())
        };
        let these = "(SELECT value FROM json_each(?1))";
        for layout in layouts {
            let (name, key) = (&layout.name, images::key(layout, "x"));
            // Rows that these added, and others changed.
            ask(&format!(
                "SELECT DISTINCT l.operation_id FROM row_images l CROSS JOIN main.{name} x ON {key} = l.key
                 WHERE l.table_name = '{name}' AND x.operation_id IN {these}"
            ))?;
        }
        // Columns that these changed, and others changed after them.
        ask(&format!(
            "SELECT DISTINCT l.operation_id FROM row_images e JOIN row_images l
                 ON l.table_name = e.table_name AND l.key = e.key AND l.id > e.id
             WHERE e.operation_id IN {these} AND (e.after IS NULL OR l.after IS NULL OR EXISTS (
                 SELECT 1 FROM json_each(e.after) a JOIN json_each(l.after) b ON b.key = a.key))"
        ))?;
        // Rows that these added, and others deleted.
        ask(&format!(
            "SELECT DISTINCT operation_id FROM row_images
             WHERE after IS NULL AND json_extract(before, '$.operation_id') IN {these}"
        ))?;
        for (table, column, parent) in self.references()? {
            // Rows of others that point to rows that these added, or added again.
            ask(&format!(
                "SELECT DISTINCT operation_id FROM main.{table} WHERE {column} IN (
                     SELECT id FROM main.{parent} WHERE operation_id IN {these} UNION ALL
                     SELECT json_extract(key, '$[0]') FROM row_images
                     WHERE table_name = '{parent}' AND before IS NULL AND operation_id IN {these})"
            ))?;
        }
        for (table, parent) in NEWEST_HOLDS {
            ask(&format!(
                "SELECT DISTINCT l.operation_id FROM main.{table} e JOIN main.{table} l
                     ON l.{parent} = e.{parent} AND l.operation_id > e.operation_id
                 WHERE e.operation_id IN {these}"
            ))?;
        }
        let taken = self.taken_back()?;
        let undos: BTreeSet<OperationId> = self.undos()?.into_iter().map(|(by, _)| by).collect();
        // What was taken back builds on nothing, and taking back puts rows where they had been.
        found.retain(|one| {
            !operations.contains(one) && !taken.contains_key(one) && !undos.contains(one)
        });
        Ok(found)
    }

    /// Which column of which table points to the rows of which other one.
    fn references(&self) -> Result<Vec<(String, String, String)>> {
        let sql = "SELECT s.name AS name, f.\"from\" AS column_name, f.\"table\" AS parent
             FROM main.sqlite_schema s JOIN pragma_foreign_key_list(s.name) f
             WHERE s.type = 'table' AND f.\"table\" <> 'operations' ORDER BY s.name, f.\"from\"";
        self.rows(sql, [], |row| {
            Ok((
                row.get("name")?,
                row.get("column_name")?,
                row.get("parent")?,
            ))
        })
    }
}

impl Writing<'_> {
    /// Takes back operations, the newest first, as if they had never been. Nothing may build on them.
    ///
    /// # Errors
    /// [`StoreError::InTheWay`] where a row of today has the place of one that would come back.
    pub(crate) fn take_back(&self, operations: &[OperationId]) -> Result<()> {
        self.sql.pragma_update(None, "defer_foreign_keys", true)?;
        let layouts = self.facts_layouts()?;
        let mut newest: Vec<OperationId> = operations.to_vec();
        newest.sort_unstable();
        newest.reverse();
        let mut concerned = Concerned::default();
        for operation in newest {
            self.remove_added(&layouts, operation, &mut concerned)?;
            self.restore(&layouts, operation, &mut concerned)?;
            self.insert("undos", &[("undone_id", &operation)])?;
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
        let mut added = 0;
        for layout in layouts {
            let sql = format!(
                "SELECT count(*) FROM main.{} WHERE operation_id = ?1",
                layout.name
            );
            added += self.value::<i64>(&sql, [operation])?;
        }
        if added > MOST_IMAGES {
            self.keep_no_images()?;
        }
        for layout in layouts {
            let name = &layout.name;
            self.touch(layout, "operation_id = ?1", &operation, concerned)?;
            if layout.key == ["id"] {
                self.execute_kept(
                    &format!(
                        "INSERT INTO used_ids (table_name, newest)
                         SELECT '{name}', max(id) FROM main.{name} WHERE operation_id = ?1 HAVING max(id) IS NOT NULL
                         ON CONFLICT (table_name) DO UPDATE SET newest = max(newest, excluded.newest)"
                    ),
                    [operation],
                )?;
            }
            self.execute(
                &format!("DELETE FROM main.{name} WHERE operation_id = ?1"),
                [operation],
            )?;
        }
        Ok(())
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
            let place = format!("{} = ?1", images::key(layout, &format!("main.{table}")));
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
            .map(|(name, _)| format!("{name} = ?"))
            .collect();
        let place = images::key(layout, &format!("main.{}", layout.name));
        let sql = format!(
            "UPDATE main.{} SET {} WHERE {place} = ?",
            layout.name,
            set.join(", ")
        );
        let key = Value::Text(key.to_owned());
        let values = columns.into_iter().map(|(_, value)| value);
        let changed = self.change(&sql, params_from_iter(values.chain([key])));
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
