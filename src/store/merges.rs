//! Two records of one person made one, and apart again. Which records are one is for people to say; what follows from
//! it for stages and describing fields is for the commands.

use rusqlite::{Row, params};

use super::{Result, Tx, Writing};
use crate::domain::calendar::Timestamp;
use crate::domain::duplicates::Known;
use crate::domain::ids::{AccountId, MergeId, OperationId, PersonId};

/// The one table whose rows stay with their record: where a record's account came from.
const OF_THE_RECORD: &str = "account_moves";

/// What stands in `merged_facts` for an account that the kept record took over; the row is the account's.
const ACCOUNT: &str = "people.account_id";

/// A merge as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeRow {
    /// Its id.
    pub id: MergeId,
    /// Whose record was kept.
    pub kept: PersonId,
    /// Whose became part of it.
    pub merged: PersonId,
    /// The address of that record.
    pub merged_email: String,
    /// Why.
    pub reason: Option<String>,
    /// When.
    pub at: Timestamp,
    /// When it was undone.
    pub undone_at: Option<Timestamp>,
    /// The operation that joined them.
    pub operation: OperationId,
}

/// How many rows of each table of facts are a person's; tables without any are left out.
pub type FactCounts = Vec<(String, u32)>;

const SELECT: &str = "SELECT m.id, m.kept_id, m.merged_id, p.email, m.reason, m.merged_at, m.undone_at, m.operation_id
    FROM merges m JOIN people p ON p.id = m.merged_id";

fn read(row: &Row<'_>) -> rusqlite::Result<MergeRow> {
    Ok(MergeRow {
        id: MergeId(row.get(0)?),
        kept: PersonId(row.get(1)?),
        merged: PersonId(row.get(2)?),
        merged_email: row.get(3)?,
        reason: row.get(4)?,
        at: Timestamp(row.get(5)?),
        undone_at: row.get::<_, Option<i64>>(6)?.map(Timestamp),
        operation: OperationId(row.get(7)?),
    })
}

impl Tx<'_> {
    /// The tables whose rows are facts about a person, as the schema has them: a table that comes later is among them.
    pub(super) fn fact_tables(&self) -> Result<Vec<String>> {
        self.rows(
            "SELECT s.name FROM main.sqlite_schema s JOIN pragma_table_info(s.name) c
             WHERE s.type = 'table' AND c.name = 'person_id' AND s.name <> ?1 ORDER BY s.name",
            [OF_THE_RECORD],
            |row| row.get(0),
        )
    }

    /// How many facts about a person there are, table by table.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn fact_counts_of(&self, person: PersonId) -> Result<FactCounts> {
        let mut counts = FactCounts::new();
        for table in self.fact_tables()? {
            let sql = format!("SELECT count(*) FROM {table} WHERE person_id = ?1");
            let count: u32 = self.value(&sql, [person.0])?;
            if count > 0 {
                counts.push((table, count));
            }
        }
        Ok(counts)
    }

    /// The record that a record became part of; itself where it did not.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn kept(&self, person: PersonId) -> Result<PersonId> {
        let found = self.first(
            "SELECT coalesce(merged_into, id) FROM people WHERE id = ?1",
            [person.0],
            |row| row.get(0).map(PersonId),
        )?;
        Ok(found.unwrap_or(person))
    }

    /// The record with this address key, merged or not.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn record_by_email(&self, key: &str) -> Result<Option<PersonId>> {
        self.first("SELECT id FROM people WHERE email_key = ?1", [key], |row| {
            row.get(0).map(PersonId)
        })
    }

    /// The record that each merged one is part of, with the name and address under which it was kept.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn aliases(&self) -> Result<Vec<(PersonId, Option<String>, String)>> {
        self.rows(
            "SELECT merged_into, name, email_key FROM people WHERE merged_into IS NOT NULL ORDER BY id",
            [],
            |row| Ok((PersonId(row.get(0)?), row.get(1)?, row.get(2)?)),
        )
    }

    /// The records that are part of a person's.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn records_of(&self, person: PersonId) -> Result<Vec<PersonId>> {
        let sql = "SELECT id FROM people WHERE merged_into = ?1 ORDER BY id";
        self.rows(sql, [person.0], |row| row.get(0).map(PersonId))
    }

    /// The other addresses under which a person is found.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn other_addresses(&self, person: PersonId) -> Result<Vec<String>> {
        let sql = "SELECT email FROM people WHERE merged_into = ?1 ORDER BY id";
        self.rows(sql, [person.0], |row| row.get(0))
    }

    /// Every merge, undone ones included, by id.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn merges(&self) -> Result<Vec<MergeRow>> {
        self.rows(&format!("{SELECT} ORDER BY m.id"), [], read)
    }

    /// Everyone as far as duplicates are told by it, by id.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn known_people(&self) -> Result<Vec<Known>> {
        self.rows(
            "SELECT id, name, email_key, account_id, stage FROM people WHERE merged_into IS NULL ORDER BY id",
            [],
            |row| {
                Ok(Known {
                    id: PersonId(row.get(0)?),
                    name: row.get(1)?,
                    email: row.get(2)?,
                    account: row.get::<_, Option<i64>>(3)?.map(AccountId),
                    stage: super::parsed_opt(row, 4)?,
                })
            },
        )
    }
}

impl Writing<'_> {
    /// Makes every fact of `merged` one of `kept`, row by row, and lets the name, address and CRM id of `merged` find
    /// `kept`. An account is taken over where `kept` has none.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn join_records(
        &self,
        kept: PersonId,
        merged: PersonId,
        reason: Option<&str>,
    ) -> Result<MergeId> {
        let id = MergeId(self.next_id("merges")?);
        self.execute(
            "INSERT INTO merges (id, kept_id, merged_id, reason, merged_at, operation_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![id.0, kept.0, merged.0, reason, self.at.0, self.operation.0],
        )?;
        for table in self.fact_tables()? {
            self.execute(
                &format!(
                    "INSERT INTO merged_facts (merge_id, fact, row_id) SELECT ?1, ?2, id FROM {table} WHERE person_id = ?3"
                ),
                params![id.0, table, merged.0],
            )?;
            let sql = format!("UPDATE {table} SET person_id = ?2 WHERE person_id = ?1");
            self.execute(&sql, [merged.0, kept.0])?;
        }
        self.take_account_over(id, kept, merged)?;
        self.refresh_merged_into(kept)?;
        self.refresh_kept_values(kept)?;
        self.refresh_kept_values(merged)?;
        Ok(id)
    }

    /// Takes two records apart: the rows that the merge moved go back as far as they are still there, and what it
    /// wrote itself is gone. Facts written since stay with the one that was kept.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn part_records(&self, merge: &MergeRow) -> Result<()> {
        for table in self.fact_tables()? {
            self.execute(
                &format!(
                    "UPDATE {table} SET person_id = ?3 WHERE person_id = ?2
                     AND id IN (SELECT row_id FROM merged_facts WHERE merge_id = ?1 AND fact = ?4)"
                ),
                params![merge.id.0, merge.kept.0, merge.merged.0, table],
            )?;
        }
        self.execute(
            "DELETE FROM stage_changes WHERE person_id = ?1 AND operation_id = ?2",
            [merge.kept.0, merge.operation.0],
        )?;
        self.execute(
            "UPDATE people SET account_id = NULL
             WHERE id = ?1 AND account_id IN (SELECT row_id FROM merged_facts WHERE merge_id = ?2 AND fact = ?3)
               AND NOT EXISTS (SELECT 1 FROM account_moves WHERE person_id = ?1)",
            params![merge.kept.0, merge.id.0, ACCOUNT],
        )?;
        self.execute(
            "UPDATE merges SET undone_at = ?2 WHERE id = ?1",
            params![merge.id.0, self.at.0],
        )?;
        let apart = "UPDATE people SET merged_into = NULL WHERE id = ?1";
        self.execute(apart, [merge.merged.0])?;
        self.refresh_merged_into(merge.merged)?;
        self.refresh_kept_values(merge.kept)?;
        self.refresh_kept_values(merge.merged)
    }

    fn take_account_over(&self, id: MergeId, kept: PersonId, merged: PersonId) -> Result<()> {
        let taken = self.execute(
            "INSERT INTO merged_facts (merge_id, fact, row_id)
             SELECT ?1, ?2, m.account_id FROM people k JOIN people m ON m.id = ?4
             WHERE k.id = ?3 AND k.account_id IS NULL AND m.account_id IS NOT NULL",
            params![id.0, ACCOUNT, kept.0, merged.0],
        )?;
        if taken > 0 {
            self.execute(
                "UPDATE people SET account_id = (SELECT account_id FROM people WHERE id = ?2) WHERE id = ?1",
                [kept.0, merged.0],
            )?;
        }
        Ok(())
    }

    /// Keeps beside each record that is part of `whole`, directly or through another, that it is.
    fn refresh_merged_into(&self, whole: PersonId) -> Result<()> {
        self.execute(
            "UPDATE people SET merged_into = ?1 WHERE id IN (
                 WITH RECURSIVE part (id) AS (
                     SELECT merged_id FROM merges WHERE kept_id = ?1 AND undone_at IS NULL
                     UNION
                     SELECT m.merged_id FROM merges m JOIN part p ON m.kept_id = p.id WHERE m.undone_at IS NULL)
                 SELECT id FROM part)",
            [whole.0],
        )?;
        Ok(())
    }

    /// Derives again what a person's row keeps beside the facts.
    fn refresh_kept_values(&self, person: PersonId) -> Result<()> {
        self.refresh_stage(person)?;
        self.refresh_latest_response(person)?;
        self.refresh_last_tapped(person)?;
        self.refresh_verified(person)
    }
}
