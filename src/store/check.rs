//! Proof that what rows keep beside the facts is what the facts say, and that the file is whole.

use rusqlite::types::Value;

use super::rows::Row;
use super::{Result, Tx};
use crate::domain::ids::TapId;

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discrepancy {
    /// Which check found it.
    pub check: &'static str,
    /// Where, in words.
    pub detail: String,
}

const KEPT: &[(&str, &str)] = &[
    ("stage", "stage"),
    ("stage", "stage_until"),
    ("latest-response", "latest_score"),
    ("latest-response", "latest_response_at"),
    ("last-tapped", "last_tapped_at"),
    ("verified", "verified_at"),
];

impl Tx<'_> {
    /// Compares every kept value with the one derived from the facts, and looks for damage. The store must be opened
    /// as of the end of time, so that its views derive the present.
    pub fn discrepancies(&self) -> Result<Vec<Discrepancy>> {
        let mut found = self.kept_values()?;
        found.extend(self.outcomes()?);
        found.extend(self.moves()?);
        found.extend(self.merged_records()?);
        found.extend(
            self.each_as("reference", "PRAGMA foreign_key_check", |row| {
                let (table, id): (String, Option<i64>) = (row.get("table")?, row.get("rowid")?);
                Ok(format!(
                    "{table} row {} points nowhere",
                    id.unwrap_or_default()
                ))
            })?,
        );
        let damage = |row: &Row<'_>| row.get("integrity_check");
        found.extend(self.each_as("integrity", "PRAGMA integrity_check", damage)?);
        found.retain(|one| one.detail != "ok");
        Ok(found)
    }

    /// Every row that a check finds, with what it says.
    fn each_as(
        &self,
        check: &'static str,
        sql: &str,
        detail: impl Fn(&Row<'_>) -> rusqlite::Result<String>,
    ) -> Result<Vec<Discrepancy>> {
        self.rows(sql, [], |row| {
            let detail = detail(row)?;
            Ok(Discrepancy { check, detail })
        })
    }

    fn outcomes(&self) -> Result<Vec<Discrepancy>> {
        let sql = "SELECT k.id AS id, k.outcome AS kept, d.outcome AS derived
             FROM main.taps k JOIN taps d ON d.id = k.id
             WHERE k.outcome <> d.outcome OR k.counts <> d.counts OR k.outcome_at <> d.outcome_at
                OR k.rating IS NOT d.rating OR k.prospect_rating IS NOT d.prospect_rating";
        self.each_as("outcome", sql, |row| {
            let id: TapId = row.get("id")?;
            let (kept, derived): (String, String) = (row.get("kept")?, row.get("derived")?);
            Ok(format!("tap {id}: kept {kept}, its outcomes say {derived}"))
        })
    }

    /// Where people are is where the newest move leads.
    fn moves(&self) -> Result<Vec<Discrepancy>> {
        let sql = "SELECT p.email AS email, p.account_id AS kept, m.to_account_id AS moved
             FROM main.people p JOIN main.account_moves m ON m.id = (
                 SELECT x.id FROM main.account_moves x WHERE x.person_id = p.id
                 ORDER BY x.moved_at DESC, x.id DESC LIMIT 1)
             WHERE p.account_id IS NOT m.to_account_id";
        self.each_as("account", sql, |row| {
            let email: String = row.get("email")?;
            let (kept, moved): (Option<i64>, i64) = (row.get("kept")?, row.get("moved")?);
            Ok(format!(
                "{email}: kept account is {kept:?}, the newest move leads to {moved}"
            ))
        })
    }

    /// What became part of another record has no facts of its own.
    fn merged_records(&self) -> Result<Vec<Discrepancy>> {
        let sql = "SELECT p.email AS email FROM main.people p LEFT JOIN main.people k ON k.id = p.merged_into
             WHERE (p.merged_into IS NOT NULL) <>
                   EXISTS (SELECT 1 FROM main.merges m WHERE m.merged_id = p.id AND m.undone_at IS NULL)
                OR k.merged_into IS NOT NULL";
        let mut found = self.each_as("merged", sql, |row| {
            let email: String = row.get("email")?;
            Ok(format!(
                "{email}: what it is part of is not what the merges say"
            ))
        })?;
        for table in self.fact_tables()? {
            let sql = format!(
                "SELECT p.email AS email, count(*) AS facts
                 FROM main.{table} f JOIN main.people p ON p.id = f.person_id
                 WHERE p.merged_into IS NOT NULL GROUP BY p.id, p.email ORDER BY p.id"
            );
            found.extend(self.each_as("merged", &sql, |row| {
                let (email, rows): (String, i64) = (row.get("email")?, row.get("facts")?);
                Ok(format!(
                    "{email}: is part of another record, but {rows} rows of {table} are still its own"
                ))
            })?);
        }
        Ok(found)
    }

    fn kept_values(&self) -> Result<Vec<Discrepancy>> {
        let both = |(_, column): &(_, &str)| {
            format!("k.{column} AS kept_{column}, d.{column} AS {column}")
        };
        let differ = |(_, column): &(_, &str)| format!("k.{column} IS NOT d.{column}");
        let sql = format!(
            "SELECT k.email AS email, {} FROM main.people k JOIN people d ON d.id = k.id WHERE {}",
            KEPT.iter().map(both).collect::<Vec<_>>().join(", "),
            KEPT.iter().map(differ).collect::<Vec<_>>().join(" OR ")
        );
        let people = self.rows(&sql, [], |row| {
            let email: String = row.get("email")?;
            let mut found = Vec::new();
            for &(check, column) in KEPT {
                let kept: Value = row.get(&format!("kept_{column}"))?;
                let derived: Value = row.get(column)?;
                if kept != derived {
                    let detail =
                        format!("{email}: kept {column} is {kept:?}, the facts say {derived:?}");
                    found.push(Discrepancy { check, detail });
                }
            }
            Ok(found)
        })?;
        Ok(people.concat())
    }
}
