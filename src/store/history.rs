//! What happened, told from the facts that each operation left (`docs/undo.md`).

use std::collections::BTreeMap;

use rusqlite::params;

use super::images::{self, BOOKKEEPING};
use super::people::json_ids;
use super::taking_back::OperationRow;
use super::{Result, Tx};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{OperationId, PersonId};

/// Which operations are told.
#[derive(Debug, Default)]
pub(crate) struct HistoryFilter<'a> {
    /// From this moment on.
    pub(crate) since: Option<Timestamp>,
    /// With a fact about this person.
    pub(crate) person: Option<PersonId>,
    /// By this colleague.
    pub(crate) actor: Option<&'a str>,
    /// With this word in the command as typed, such as `tap`.
    pub(crate) word: Option<&'a str>,
    /// This one alone.
    pub(crate) only: Option<OperationId>,
}

/// A cell that an operation changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChangedCell {
    /// The table.
    pub(crate) table: String,
    /// The row's key: a JSON array.
    pub(crate) key: String,
    /// The column.
    pub(crate) column: String,
    /// What stood there; nothing where the row was added.
    pub(crate) before: Option<String>,
    /// What stands there since; nothing where the row was removed.
    pub(crate) after: Option<String>,
}

/// Whom a row `x` with a `person_id` is about.
const WHO: &str = "(SELECT coalesce(name, email) FROM main.people WHERE id = x.person_id)";
/// The deal, the asset and the account that a row is about.
const DEAL: &str = "(SELECT name FROM main.deals WHERE id = x.deal_id)";
const ASSET: &str = "(SELECT title FROM main.assets WHERE id = x.asset_id)";
const ACCOUNT: &str =
    "(SELECT coalesce(name, domain, 'an account') FROM main.accounts WHERE id = x.account_id)";

/// What is told of a row of each table, the most telling first: a sentence without its subject, and what many are called.
/// `{who}`, `{deal}`, `{asset}` and `{account}` are the names of what the row points to.
const TOLD: [(&str, &str, &str); 33] = [
    (
        "corrections",
        "CASE x.change WHEN 'removed' THEN 'removed ' ELSE 'corrected ' END || x.fact || ' ' || x.fact_id ||
         coalesce(' of ' || {who}, '') || coalesce(': ' || x.reason, '')",
        "corrected {n} facts",
    ),
    (
        "undos",
        "CASE WHEN EXISTS (SELECT 1 FROM main.undos y WHERE y.operation_id = x.undone_id)
             THEN 'did again what operation ' || x.undone_id || ' had taken back'
             ELSE 'took back operation ' || x.undone_id END",
        "took back {n} operations",
    ),
    (
        "merges",
        "'made ' || (SELECT email FROM main.people WHERE id = x.merged_id) || ' part of ' ||
         (SELECT coalesce(name, email) FROM main.people WHERE id = x.kept_id)",
        "made {n} records part of others",
    ),
    (
        "account_moves",
        "'moved ' || {who} || ' to ' ||
         coalesce((SELECT coalesce(name, domain) FROM main.accounts WHERE id = x.to_account_id), 'another account')",
        "moved {n} people",
    ),
    (
        "taps",
        "'asked ' || {who} || CASE WHEN substr(x.ask_kind, 1, 1) IN ('a', 'e', 'i', 'o', 'u') THEN ' for an '
             ELSE ' for a ' END || replace(x.ask_kind, '-', ' ')",
        "recorded {n} asks",
    ),
    (
        "tap_outcomes",
        "'recorded ' || x.outcome || ' for the ' || (SELECT replace(t.ask_kind, '-', ' ') || ' of ' ||
             coalesce(p.name, p.email) FROM main.taps t JOIN main.people p ON p.id = t.person_id WHERE t.id = x.tap_id)",
        "recorded {n} outcomes",
    ),
    (
        "requests",
        "'opened request ' || x.id || ' for ' || x.requested_by || ': ' || replace(x.ask_kind, '-', ' ')",
        "opened {n} requests",
    ),
    ("holds", "'held ' || {who} || ' for request ' || x.request_id", "held {n} people"),
    (
        "request_events",
        "'recorded request ' || x.request_id || ' as ' || x.event",
        "recorded {n} events of requests",
    ),
    (
        "stage_changes",
        "CASE WHEN x.stage = 'active' AND EXISTS (SELECT 1 FROM main.willingness w WHERE w.operation_id = x.operation_id)
             THEN 'registered ' || {who} ELSE 'recorded ' || {who} || ' as ' || x.stage END",
        "recorded {n} stages",
    ),
    ("nominations", "'nominated ' || {who}", "recorded {n} nominations"),
    (
        "nomination_decisions",
        "'recorded ' || x.decision || ' for the nomination of ' || (SELECT coalesce(p.name, p.email)
             FROM main.nominations n JOIN main.people p ON p.id = n.person_id WHERE n.id = x.nomination_id)",
        "answered {n} nominations",
    ),
    ("willingness", "'recorded what ' || {who} || ' is willing to do'", "recorded {n} words of willingness"),
    ("verifications", "'verified ' || {who}", "verified {n} profiles"),
    ("gives", "'gave ' || {who} || ': ' || x.item", "recorded {n} gives"),
    ("touches", "'recorded ' || x.kind || ' with ' || {who}", "recorded {n} touches"),
    (
        "signals",
        "'recorded ' || x.kind || ' of ' || coalesce({who},
             {account}, 'an account')",
        "recorded {n} signals",
    ),
    (
        "notes",
        "'noted about ' || coalesce({who}, {account}) || ': ' || x.note",
        "wrote {n} notes",
    ),
    (
        "tags",
        "CASE x.has WHEN 1 THEN 'tagged ' ELSE 'took a tag off ' END || coalesce({who}, {account}) || ': ' || x.tag",
        "changed {n} tags",
    ),
    ("tier_changes", "'set the tier of ' || {who}", "set {n} tiers"),
    ("deals", "'added deal ' || x.name", "added {n} deals"),
    ("deal_edits", "'changed deal ' || {deal}", "changed {n} deals"),
    ("assets", "'added asset ' || x.title", "added {n} assets"),
    ("asset_uses", "'used ' || {asset} || ' in deal ' || {deal}", "used {n} assets"),
    ("asset_events", "'recorded ' || {asset} || ' as ' || x.status", "recorded {n} states of assets"),
    ("asset_edits", "'changed asset ' || {asset}", "changed {n} assets"),
    ("referrals", "'recorded the introduction of ' || x.introduced", "recorded {n} introductions"),
    (
        "account_statuses",
        "'recorded ' || {account} ||
         ' as ' || x.status",
        "recorded {n} states of accounts",
    ),
    ("agenda_answers", "'answered ' || x.kind || ' of the agenda: ' || x.answer", "answered {n} lines of the agenda"),
    ("settings", "'set ' || x.key || ' to ' || x.value", "changed {n} settings"),
    ("responses", "'recorded an answer'", "recorded {n} answers"),
    ("people", "'added ' || coalesce(x.name, x.email)", "added {n} people"),
    ("edits", "'changed ' || x.field || ' of ' || CASE x.entity WHEN 'person' THEN
         (SELECT coalesce(name, email) FROM main.people WHERE id = x.entity_id) ELSE
         coalesce((SELECT coalesce(name, domain) FROM main.accounts WHERE id = x.entity_id), 'an account') END",
     "changed {n} fields"),
];

impl Tx<'_> {
    /// The operations that a filter finds, newest first.
    pub(crate) fn operations(
        &self,
        filter: &HistoryFilter<'_>,
        limit: usize,
    ) -> Result<Vec<OperationRow>> {
        let about = match filter.person {
            Some(person) => format!("o.id IN ({})", self.about(person)?),
            None => "1".to_owned(),
        };
        let rest = format!(
            "WHERE (?1 IS NULL OR o.at >= ?1) AND (?2 IS NULL OR o.actor = ?2 COLLATE NOCASE)
               AND (?3 IS NULL OR instr(' ' || o.command || ' ', ' ' || ?3 || ' ') > 0)
               AND (?4 IS NULL OR o.id = ?4) AND {about}
             ORDER BY o.id DESC LIMIT ?5"
        );
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let params = params![filter.since, filter.actor, filter.word, filter.only, limit];
        self.all(&rest, params)
    }

    /// When each kind of file was imported last, by the word that follows `import`.
    pub(crate) fn last_imports(&self) -> Result<BTreeMap<String, Timestamp>> {
        let mut last: BTreeMap<String, Timestamp> = BTreeMap::new();
        let sql = "SELECT command, max(at) AS at FROM operations WHERE command LIKE '% import %' GROUP BY command";
        self.for_each(sql, [], |row| {
            let (command, at): (String, Timestamp) = (row.get("command")?, row.get("at")?);
            let mut words = command
                .split_whitespace()
                .skip_while(|word| *word != "import");
            if let Some(kind) = words.nth(1) {
                let known = last.entry(kind.to_owned()).or_insert(at);
                *known = at.max(*known);
            }
            Ok(())
        })?;
        Ok(last)
    }

    /// The operations that came after another one, newest first; all of them where that one is not on record here.
    pub(crate) fn operations_after(
        &self,
        newest: Option<&OperationRow>,
    ) -> Result<Vec<OperationRow>> {
        let known = newest.map(|one| self.operation(one.id)).transpose()?;
        let after = match (newest, known.flatten()) {
            // Its command may have been cleared since.
            (Some(newest), Some(known)) if newest.at == known.at => newest.id,
            _ => OperationId(0),
        };
        self.all("WHERE o.id > ?1 ORDER BY o.id DESC", [after])
    }

    /// The question for the operations that are about a person.
    pub(super) fn about(&self, person: PersonId) -> Result<String> {
        let tables = self.tables_about_people()?.into_iter();
        let mut asked: Vec<String> = tables
            .map(|(table, column)| {
                format!("SELECT operation_id FROM main.{table} WHERE {column} = {person}")
            })
            .collect();
        asked.push(format!(
            "SELECT operation_id FROM main.tap_outcomes WHERE tap_id IN
                 (SELECT id FROM main.taps WHERE person_id = {person})"
        ));
        asked.push(format!(
            "SELECT operation_id FROM main.row_images WHERE table_name = 'people' AND key = '[{person}]'"
        ));
        // What was taken back stands in the images alone.
        let gone = format!("after IS NULL AND json_extract(before, '$.person_id') = {person}");
        asked.push(format!(
            "SELECT operation_id FROM main.row_images WHERE {gone}"
        ));
        asked.push(format!(
            "SELECT json_extract(before, '$.operation_id') FROM main.row_images WHERE {gone}"
        ));
        Ok(asked.join(" UNION "))
    }

    /// Each column that points to a person, and the id of the person itself.
    fn tables_about_people(&self) -> Result<Vec<(String, String)>> {
        let sql = "SELECT s.name AS name, f.\"from\" AS column_name
             FROM main.sqlite_schema s JOIN pragma_foreign_key_list(s.name) f
             WHERE s.type = 'table' AND f.\"table\" = 'people' ORDER BY s.name, f.\"from\"";
        let mut found = self.rows(sql, [], |row| {
            Ok((row.get("name")?, row.get("column_name")?))
        })?;
        found.push(("people".to_owned(), "id".to_owned()));
        Ok(found)
    }

    /// What each of these operations did, in words without a subject: its most telling fact.
    pub(crate) fn told(
        &self,
        operations: &[OperationRow],
    ) -> Result<BTreeMap<OperationId, String>> {
        let ids = json_ids(operations.iter().map(|one| one.id.0));
        let mut told: BTreeMap<OperationId, String> = BTreeMap::new();
        for (table, one, many) in TOLD {
            let one = one
                .replace("{who}", WHO)
                .replace("{deal}", DEAL)
                .replace("{asset}", ASSET)
                .replace("{account}", ACCOUNT);
            let sql = format!(
                "SELECT x.operation_id AS id, count(*) AS n, coalesce(min({one}), '') AS told FROM main.{table} x
                 WHERE x.operation_id IN (SELECT value FROM json_each(?1)) GROUP BY x.operation_id"
            );
            self.for_each(&sql, [&ids], |row| {
                let (id, n): (OperationId, i64) = (row.get("id")?, row.get("n")?);
                let words = match n {
                    1 => row.get("told")?,
                    n => many.replace("{n}", &n.to_string()),
                };
                told.entry(id).or_insert(words);
                Ok(())
            })?;
        }
        Ok(told)
    }

    /// Every cell that an operation changed: of the rows that it added and that are there, and of those of which there
    /// are images.
    pub(crate) fn changed_by(&self, operation: OperationId) -> Result<Vec<ChangedCell>> {
        let mut found = Vec::new();
        for layout in self.layouts()? {
            if BOOKKEEPING.contains(&layout.name.as_str()) {
                continue;
            }
            let (name, key) = (&layout.name, images::key(&layout, "x"));
            let whole = images::whole(&layout, "x");
            let order = layout.key.join(", x.");
            let sql = format!(
                "SELECT {key} AS key, j.key AS column_name, NULL AS before, j.value AS after
                 FROM main.{name} x, json_each({whole}) j
                 WHERE x.operation_id = ?1 AND j.value IS NOT NULL AND j.key <> 'operation_id'
                 ORDER BY x.{order}, j.id"
            );
            self.add_cells(&sql, operation, Some(name), &mut found)?;
        }
        let sql = "SELECT i.table_name AS table_name, i.key AS key, j.key AS column_name,
                 json_extract(i.before, '$.' || j.key) AS before, json_extract(i.after, '$.' || j.key) AS after
             FROM row_images i, json_each(coalesce(i.after, i.before)) j WHERE i.operation_id = ?1
             ORDER BY i.id, j.id";
        self.add_cells(sql, operation, None, &mut found)?;
        Ok(found)
    }

    fn add_cells(
        &self,
        sql: &str,
        operation: OperationId,
        table: Option<&str>,
        found: &mut Vec<ChangedCell>,
    ) -> Result<()> {
        let sql = format!(
            "SELECT *, CAST(before AS TEXT) AS before_text, CAST(after AS TEXT) AS after_text FROM ({sql})"
        );
        self.for_each(&sql, [operation], |row| {
            found.push(ChangedCell {
                table: match table {
                    Some(table) => table.to_owned(),
                    None => row.get("table_name")?,
                },
                key: row.get("key")?,
                column: row.get("column_name")?,
                before: row.get("before_text")?,
                after: row.get("after_text")?,
            });
            Ok(())
        })
    }
}
