//! Proof that what rows keep beside the facts is what the facts say, and that the file is whole.

use rusqlite::types::Value;

use super::rows::Row;
use super::then::{KEPT, OUTCOME, outcomes};
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

/// Which check a value belongs to that is kept beside a person.
const CHECKS: [&str; 4] = ["stage", "latest-response", "last-tapped", "verified"];

impl Tx<'_> {
    /// Compares every kept value with the one derived from the facts, and looks for damage.
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
        let differ = OUTCOME.map(|(column, said)| format!("t.{column} IS NOT {said}"));
        let sql = format!(
            "SELECT t.id AS id, t.outcome AS kept, {} AS derived FROM {} WHERE {}",
            OUTCOME[0].1,
            outcomes(""),
            differ.join(" OR ")
        );
        self.each_as("outcome", &sql, |row| {
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
        let kept = CHECKS.iter().zip(KEPT);
        let kept = kept.flat_map(|(check, (columns, said))| {
            columns.iter().map(move |column| (*check, *column, said))
        });
        let kept: Vec<(&str, &str, &str)> = kept.collect();
        let both = kept.iter().map(|(_, column, said)| {
            format!("x.{column} AS kept_{column}, (SELECT {column} FROM ({said})) AS {column}")
        });
        let differ = kept
            .iter()
            .map(|(_, column, _)| format!("kept_{column} IS NOT {column}"));
        let sql = format!(
            "SELECT * FROM (SELECT x.email AS email, {} FROM main.people x) WHERE {}",
            both.collect::<Vec<_>>().join(", "),
            differ.collect::<Vec<_>>().join(" OR ")
        );
        let people = self.rows(&sql, [], |row| {
            let email: String = row.get("email")?;
            let mut found = Vec::new();
            for &(check, column, _) in &kept {
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
