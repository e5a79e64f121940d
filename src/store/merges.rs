//! Two records of one person made one, and apart again. Which records are one is for people to say; what follows from
//! it for stages and describing fields is for the commands.

use rusqlite::params;

use super::rows::record;
use super::{Result, Tx, Writing};
use crate::domain::calendar::Timestamp;
use crate::domain::duplicates::Known;
use crate::domain::ids::{MergeId, OperationId, PersonId};

/// The one table whose rows stay with their record: where a record's account came from.
const OF_THE_RECORD: &str = "account_moves";

/// What stands in `merged_facts` for an account that the kept record took over; the row is the account's.
const ACCOUNT: &str = "people.account_id";

record! {
    /// A merge as stored.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct MergeRow from "merges m JOIN people p ON p.id = m.merged_id" {
        /// Its id.
        id: MergeId = "m.id",
        /// Whose record was kept.
        kept: PersonId = "m.kept_id",
        /// Whose became part of it.
        merged: PersonId = "m.merged_id",
        /// The address of that record.
        merged_email: String = "p.email",
        /// Why.
        reason: Option<String> = "m.reason",
        /// When.
        at: Timestamp = "m.merged_at",
        /// When it was undone.
        undone_at: Option<Timestamp> = "m.undone_at",
        /// The operation that joined them.
        operation: OperationId = "m.operation_id",
    }
}

/// How many rows of each table of facts are a person's; tables without any are left out.
pub(crate) type FactCounts = Vec<(String, u32)>;

impl Tx<'_> {
    /// The tables whose rows are facts about a person, as the schema has them: a table that comes later is among them.
    pub(super) fn fact_tables(&self) -> Result<Vec<String>> {
        self.values(
            "SELECT s.name FROM main.sqlite_schema s JOIN pragma_table_info(s.name) c
             WHERE s.type = 'table' AND c.name = 'person_id' AND s.name <> ?1 ORDER BY s.name",
            [OF_THE_RECORD],
        )
    }

    /// How many facts about a person there are, table by table.
    pub(crate) fn fact_counts_of(&self, person: PersonId) -> Result<FactCounts> {
        let mut counts = FactCounts::new();
        for table in self.fact_tables()? {
            let sql = format!("SELECT count(*) FROM {table} WHERE person_id = ?1");
            let count: u32 = self.value(&sql, [person])?;
            if count > 0 {
                counts.push((table, count));
            }
        }
        Ok(counts)
    }

    /// The record that a record became part of; itself where it did not.
    pub(crate) fn kept(&self, person: PersonId) -> Result<PersonId> {
        let sql = "SELECT coalesce(merged_into, id) FROM people WHERE id = ?1";
        Ok(self.found(sql, [person])?.unwrap_or(person))
    }

    /// The record with this address key, merged or not.
    pub(crate) fn record_by_email(&self, key: &str) -> Result<Option<PersonId>> {
        self.found("SELECT id FROM people WHERE email_key = ?1", [key])
    }

    /// The record with this CRM id, merged or not.
    pub(crate) fn record_by_crm_id(&self, crm_id: &str) -> Result<Option<PersonId>> {
        self.found("SELECT id FROM people WHERE crm_id = ?1", [crm_id])
    }

    /// The records that are part of a person's.
    pub(crate) fn records_of(&self, person: PersonId) -> Result<Vec<PersonId>> {
        let sql = "SELECT id FROM people WHERE merged_into = ?1 ORDER BY id";
        self.values(sql, [person])
    }

    /// The other addresses under which a person is found.
    pub(crate) fn other_addresses(&self, person: PersonId) -> Result<Vec<String>> {
        let sql = "SELECT email FROM people WHERE merged_into = ?1 ORDER BY id";
        self.values(sql, [person])
    }

    /// Every merge, undone ones included, by id.
    pub(crate) fn merges(&self) -> Result<Vec<MergeRow>> {
        self.all("ORDER BY m.id", [])
    }

    /// Everyone as far as duplicates are told by it, by id.
    pub(crate) fn known_people(&self) -> Result<Vec<Known>> {
        self.rows(
            "SELECT id, name, email_key, account_id, stage FROM people WHERE merged_into IS NULL ORDER BY id",
            [],
            |row| {
                Ok(Known {
                    id: row.get("id")?,
                    name: row.get("name")?,
                    email: row.get("email_key")?,
                    account: row.get("account_id")?,
                    stage: row.get("stage")?,
                })
            },
        )
    }
}

impl Writing<'_> {
    /// Makes every fact of `merged` one of `kept`, row by row, and lets the name, address and CRM id of `merged` find
    /// `kept`. An account is taken over where `kept` has none.
    pub(crate) fn join_records(
        &self,
        kept: PersonId,
        merged: PersonId,
        reason: Option<&str>,
    ) -> Result<MergeId> {
        let id = self.add(
            "merges",
            &[
                ("kept_id", &kept),
                ("merged_id", &merged),
                ("reason", &reason),
                ("merged_at", &self.at),
            ],
        )?;
        for table in self.fact_tables()? {
            self.execute(
                &format!(
                    "INSERT INTO merged_facts (merge_id, fact, row_id, operation_id)
                     SELECT ?1, ?2, id, ?4 FROM {table} WHERE person_id = ?3"
                ),
                params![id, table, merged, self.operation],
            )?;
            let sql = format!("UPDATE {table} SET person_id = ?2 WHERE person_id = ?1");
            self.execute(&sql, [merged, kept])?;
        }
        self.take_account_over(id, kept, merged)?;
        self.refresh_merged_into(kept)?;
        self.refresh_kept_values(kept)?;
        self.refresh_kept_values(merged)?;
        Ok(id)
    }

    /// Takes two records apart: the rows that the merge moved go back as far as they are still there, and what it
    /// wrote itself is gone. Facts written since stay with the one that was kept.
    pub(crate) fn part_records(&self, merge: &MergeRow) -> Result<()> {
        for table in self.fact_tables()? {
            self.execute(
                &format!(
                    "UPDATE {table} SET person_id = ?3 WHERE person_id = ?2
                     AND id IN (SELECT row_id FROM merged_facts WHERE merge_id = ?1 AND fact = ?4)"
                ),
                params![merge.id, merge.kept, merge.merged, table],
            )?;
        }
        self.execute(
            "DELETE FROM stage_changes WHERE person_id = ?1 AND operation_id = ?2",
            params![merge.kept, merge.operation],
        )?;
        self.execute(
            "UPDATE people SET account_id = NULL
             WHERE id = ?1 AND account_id IN (SELECT row_id FROM merged_facts WHERE merge_id = ?2 AND fact = ?3)
               AND NOT EXISTS (SELECT 1 FROM account_moves WHERE person_id = ?1)",
            params![merge.kept, merge.id, ACCOUNT],
        )?;
        self.update("merges", &merge.id, &[("undone_at", &self.at)])?;
        let nobody = None::<PersonId>;
        self.update("people", &merge.merged, &[("merged_into", &nobody)])?;
        self.refresh_merged_into(merge.merged)?;
        self.refresh_kept_values(merge.kept)?;
        self.refresh_kept_values(merge.merged)
    }

    fn take_account_over(&self, id: MergeId, kept: PersonId, merged: PersonId) -> Result<()> {
        let taken = self.change(
            "INSERT INTO merged_facts (merge_id, fact, row_id, operation_id)
             SELECT ?1, ?2, m.account_id, ?5 FROM people k JOIN people m ON m.id = ?4
             WHERE k.id = ?3 AND k.account_id IS NULL AND m.account_id IS NOT NULL",
            params![id, ACCOUNT, kept, merged, self.operation],
        )?;
        if taken > 0 {
            self.execute(
                "UPDATE people SET account_id = (SELECT account_id FROM people WHERE id = ?2) WHERE id = ?1",
                [kept, merged],
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
            [whole],
        )
    }

    /// Derives again what a person's row keeps beside the facts, and changes nothing else.
    pub(super) fn derive_kept_values(&self, person: PersonId) -> Result<()> {
        self.derive_stage(person)?;
        self.refresh_latest_response(person)?;
        self.refresh_last_tapped(person)?;
        self.refresh_verified(person)
    }

    /// Derives again what a person's row keeps beside the facts.
    fn refresh_kept_values(&self, person: PersonId) -> Result<()> {
        self.refresh_stage(person)?;
        self.refresh_latest_response(person)?;
        self.refresh_last_tapped(person)?;
        self.refresh_verified(person)
    }
}
