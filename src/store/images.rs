//! What rows were before they were changed or deleted, kept so that an operation can be taken back (`docs/undo.md`).
//! Temporary triggers that are made from the schema keep it, for a table once it is changed: no table has code of its own.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "cut where a character of it was just found"
)]

use rusqlite::Params;

use super::dump::Layout;
use super::{Result, Writing};

/// The tables that are about operations themselves; what happens to them is never taken back.
pub(super) const BOOKKEEPING: [&str; 7] = [
    "operations",
    "row_images",
    "undos",
    "used_ids",
    "forgotten",
    "forgotten_operations",
    "forget_keys",
];

/// What stands in place of a table's name where an operation took away so much that no images of it were kept.
pub(super) const TOO_MUCH: &str = "(too much)";

/// What rows keep beside the facts: it follows from them, and needs no image.
pub(super) const KEPT: [(&str, &str); 11] = [
    ("people", "stage"),
    ("people", "stage_until"),
    ("people", "latest_score"),
    ("people", "latest_response_at"),
    ("people", "last_tapped_at"),
    ("people", "verified_at"),
    ("taps", "outcome"),
    ("taps", "outcome_at"),
    ("taps", "counts"),
    ("taps", "rating"),
    ("taps", "prospect_rating"),
];

/// The columns of a table that are kept beside the facts.
pub(super) fn kept(table: &str) -> impl Iterator<Item = &'static str> {
    let kept = KEPT.iter().filter(move |(of, _)| *of == table);
    kept.map(|(_, column)| *column)
}

/// The operation that is being written: the newest.
const THIS: &str = "(SELECT max(id) FROM main.operations)";

impl Writing<'_> {
    /// Changes rows, and says how many. What they were is kept.
    pub(super) fn change(&self, sql: &str, params: impl Params) -> Result<usize> {
        if let Some(table) = changed(sql) {
            self.keep_images_of(table)?;
        }
        self.change_kept(sql, params)
    }

    /// Changes rows, however many. What they were is kept.
    pub(super) fn execute(&self, sql: &str, params: impl Params) -> Result<()> {
        self.change(sql, params).map(drop)
    }

    /// Changes what rows keep beside the facts, of which no image is kept.
    pub(super) fn change_kept(&self, sql: &str, params: impl Params) -> Result<usize> {
        Ok(self.sql.prepare_cached(sql)?.execute(params)?)
    }

    /// The same, however many.
    pub(super) fn execute_kept(&self, sql: &str, params: impl Params) -> Result<()> {
        self.change_kept(sql, params).map(drop)
    }

    fn keep_images_of(&self, table: &str) -> Result<()> {
        let mut imaged = self.imaged.borrow_mut();
        let Some(imaged) = imaged.as_mut().filter(|_| !BOOKKEEPING.contains(&table)) else {
            return Ok(());
        };
        if imaged.contains(table) {
            return Ok(());
        }
        let layouts = self.layouts()?;
        if let Some(layout) = layouts.iter().find(|one| one.name == table) {
            self.sql.execute_batch(&triggers(layout))?;
        }
        imaged.insert(table.to_owned());
        Ok(())
    }

    /// From here on no images are kept: what is done cannot be taken back.
    pub(super) fn keep_no_images(&self) -> Result<()> {
        for name in self.imaged.take().into_iter().flatten() {
            let triggers = ["image_of_change", "image_of_delete"];
            let drops = triggers.map(|one| format!("DROP TRIGGER IF EXISTS temp.{one}_{name};"));
            self.sql.execute_batch(&drops.concat())?;
        }
        Ok(())
    }

    /// Whether images are kept.
    pub(super) fn keeps_images(&self) -> bool {
        self.imaged.borrow().is_some()
    }
}

/// The table whose rows a statement changes or deletes, rather than adds.
fn changed(sql: &str) -> Option<&str> {
    let table = |rest: &'_ str| -> usize { rest.find([' ', '\n']).unwrap_or(rest.len()) };
    let after = |verb: &str| sql.strip_prefix(verb);
    let rest = after("UPDATE ")
        .or_else(|| after("DELETE FROM "))
        .or_else(|| {
            let rest = after("INSERT INTO ")?;
            sql.contains("DO UPDATE").then_some(rest)
        })?;
    let name = &rest[..table(rest)];
    Some(name.strip_prefix("main.").unwrap_or(name))
}

/// The key of a row as a JSON array.
pub(super) fn key(layout: &Layout, of: &str) -> String {
    let columns = layout.key.iter().map(|column| format!("{of}.{column}"));
    format!("json_array({})", columns.collect::<Vec<_>>().join(", "))
}

/// The condition that finds the row of a key, by the index of its columns.
pub(super) fn place(layout: &Layout, of: &str, key: &str) -> String {
    let columns = layout.key.iter().enumerate();
    let columns =
        columns.map(|(place, column)| format!("{of}.{column} = json_extract({key}, '$[{place}]')"));
    columns.collect::<Vec<_>>().join(" AND ")
}

/// A row as a JSON object of every column.
pub(super) fn whole(layout: &Layout, of: &str) -> String {
    let columns = layout.columns.iter();
    let columns = columns.map(|(name, _)| format!("'{name}', {of}.{name}"));
    format!("json_object({})", columns.collect::<Vec<_>>().join(", "))
}

/// Of what an operation itself added it needs no image.
fn triggers(layout: &Layout) -> String {
    let table = &layout.name;
    let key = key(layout, "OLD");
    let is_kept = |column: &str| kept(table).any(|one| one == column);
    let names = layout.columns.iter().map(|(name, _)| name.as_str());
    let facts: Vec<&str> = names.filter(|name| !is_kept(name)).collect();
    let differ: Vec<String> = facts
        .iter()
        .map(|column| format!("OLD.{column} IS NOT NEW.{column}"))
        .collect();
    let differing = |of: &str| {
        let columns = facts.iter().map(|column| {
            format!(
                "SELECT '{column}' AS k, {of}.{column} AS v WHERE OLD.{column} IS NOT NEW.{column}"
            )
        });
        let columns = columns.collect::<Vec<_>>().join(" UNION ALL ");
        format!("(SELECT json_group_object(k, v) FROM ({columns}))")
    };
    format!(
        "CREATE TEMP TRIGGER IF NOT EXISTS image_of_change_{table} AFTER UPDATE OF {columns} ON main.{table}
         WHEN OLD.operation_id <> {THIS} AND ({differ})
         BEGIN
             INSERT INTO row_images (operation_id, table_name, key, before, after)
             VALUES ({THIS}, '{table}', {key}, {before}, {after});
         END;
         CREATE TEMP TRIGGER IF NOT EXISTS image_of_delete_{table} AFTER DELETE ON main.{table}
         WHEN OLD.operation_id <> {THIS}
         BEGIN
             INSERT INTO row_images (operation_id, table_name, key, before)
             VALUES ({THIS}, '{table}', {key}, {whole});
         END;",
        columns = facts.join(", "),
        differ = differ.join(" OR "),
        before = differing("OLD"),
        after = differing("NEW"),
        whole = whole(layout, "OLD"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_statement_changes_is_seen_from_its_words() {
        for (sql, table) in [
            ("UPDATE people SET name = ?1", Some("people")),
            ("UPDATE main.taps SET x = 1", Some("taps")),
            ("DELETE FROM merges WHERE id = ?1", Some("merges")),
            ("INSERT INTO taps (id) VALUES (?1) ", None),
            (
                "INSERT INTO settings (key) VALUES (?) ON CONFLICT (key) DO UPDATE SET value = 1",
                Some("settings"),
            ),
            ("SELECT 1", None),
        ] {
            assert_eq!(changed(sql), table, "{sql}");
        }
    }
}
