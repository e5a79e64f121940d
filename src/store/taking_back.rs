//! Operations, what taking them back would do, and what builds on them (`docs/undo.md`).

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::params;

use super::dump::Layout;
use super::images::{self, BOOKKEEPING, TOO_MUCH};
use super::people::json_ids;
use super::rows::record;
use super::{Result, Tx};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::OperationId;

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

    /// The takings back that can be taken back themselves, each with the operations that it was about in the end: only
    /// the last one that was about an operation can.
    pub(crate) fn last_takings_back(&self) -> Result<BTreeMap<OperationId, BTreeSet<OperationId>>> {
        let mut about: BTreeMap<OperationId, BTreeSet<OperationId>> = BTreeMap::new();
        let mut undos = self.undos()?;
        undos.sort_unstable();
        for (by, undone) in undos {
            let found = about.get(&undone).cloned();
            let found = found.unwrap_or_else(|| BTreeSet::from([undone]));
            about.entry(by).or_default().extend(found);
        }
        let mut seen = BTreeSet::new();
        let mut last = BTreeMap::new();
        for (by, of) in about.into_iter().rev() {
            if of.is_disjoint(&seen) {
                last.insert(by, of.clone());
            }
            seen.extend(of);
        }
        Ok(last)
    }

    /// What taking back these operations would do, and what builds on them.
    pub(crate) fn taking_back(&self, operations: &[OperationId]) -> Result<TakingBack> {
        let layouts = self.facts_layouts()?;
        let ids = json_ids(operations.iter().map(|id| id.0));
        let mut found = TakingBack::default();
        for layout in &layouts {
            let count = self.added_to(layout, operations)?;
            if count > 0 {
                found.removed.push((layout.name.clone(), count));
            }
        }
        let sql = "SELECT count(DISTINCT table_name || key) FROM row_images
             WHERE operation_id IN (SELECT value FROM json_each(?1))";
        let restored: i64 = self.value(sql, [&ids])?;
        found.restored = restored as u64;
        found.built_on = self.built_on(&layouts, operations)?.into_iter().collect();
        Ok(found)
    }

    /// How many rows of a table these operations added.
    fn added_to(&self, layout: &Layout, operations: &[OperationId]) -> Result<u64> {
        let sql = format!(
            "SELECT count(*) FROM main.{} WHERE operation_id IN (SELECT value FROM json_each(?1))",
            layout.name
        );
        let count: i64 = self.value(&sql, [json_ids(operations.iter().map(|id| id.0))])?;
        Ok(count.unsigned_abs())
    }

    /// How many rows they added to all of these tables.
    pub(super) fn added_by(&self, layouts: &[Layout], operations: &[OperationId]) -> Result<u64> {
        let counts = layouts.iter().map(|one| self.added_to(one, operations));
        counts.sum()
    }

    /// The operations that took others back.
    pub(crate) fn takings_back(&self) -> Result<BTreeSet<OperationId>> {
        let undos = self.undos()?.into_iter();
        Ok(undos.map(|(by, _)| by).collect())
    }

    /// Whether one of these operations made two accounts one that still are.
    pub(crate) fn takes_accounts_apart(&self, operations: &[OperationId]) -> Result<bool> {
        let sql = "SELECT EXISTS (
             SELECT 1 FROM row_images i JOIN accounts a ON a.id = json_extract(i.key, '$[0]')
             WHERE i.table_name = 'accounts' AND i.operation_id IN (SELECT value FROM json_each(?1))
                 AND json_type(i.before, '$.merged_into') = 'null' AND a.merged_into IS NOT NULL)";
        self.value(sql, [json_ids(operations.iter().map(|id| id.0))])
    }

    /// Whether a record is part of one that is itself part of another, or of itself.
    pub(crate) fn has_merged_twice(&self) -> Result<bool> {
        let one = |table: &str| {
            format!(
                "EXISTS (SELECT 1 FROM {table} x JOIN {table} y ON y.id = x.merged_into WHERE y.merged_into IS NOT NULL)"
            )
        };
        let sql = format!("SELECT {} OR {}", one("accounts"), one("people"));
        self.value(&sql, [])
    }

    /// Whether nothing was kept of what a taking back took away: it was too much at once.
    pub(crate) fn is_beyond_return(&self, taking_back: OperationId) -> Result<bool> {
        let sql =
            "SELECT EXISTS (SELECT 1 FROM row_images WHERE operation_id = ?1 AND table_name = ?2)";
        self.value(sql, params![taking_back, TOO_MUCH])
    }

    /// The tables of facts.
    pub(super) fn facts_layouts(&self) -> Result<Vec<Layout>> {
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
            let (name, place) = (&layout.name, images::place(layout, "x", "l.key"));
            // Rows that these added, and others changed.
            ask(&format!(
                "SELECT DISTINCT l.operation_id FROM row_images l CROSS JOIN main.{name} x ON {place}
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
        let undos = self.takings_back()?;
        let first = operations.iter().min().copied();
        // What was taken back builds on nothing, taking back puts rows where they had been, and nothing builds on what
        // came after it.
        found.retain(|one| {
            let is_earlier = Some(*one) < first;
            !is_earlier
                && !operations.contains(one)
                && !taken.contains_key(one)
                && !undos.contains(one)
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
