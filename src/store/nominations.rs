//! Nominations and what was decided about them, with what was decided about their people.

use std::collections::HashMap;

use rusqlite::{Row, params};

use super::{Result, Tx, Writing, asked_for, parsed, parsed_opt};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{NominationId, PersonId};
use crate::domain::nomination::{Course, Decision};
use crate::domain::stage::Stage;

/// A nomination to record.
#[derive(Debug, Clone, Copy)]
pub struct NewNomination<'a> {
    /// Who is nominated.
    pub person: PersonId,
    /// By whom.
    pub by: &'a str,
    /// Why.
    pub reason: &'a str,
    /// When.
    pub at: Timestamp,
}

/// A decision about a nomination to record.
#[derive(Debug, Clone, Copy)]
pub struct NewDecision<'a> {
    /// About which.
    pub nomination: NominationId,
    /// Yes or no.
    pub decision: Decision,
    /// Why.
    pub reason: Option<&'a str>,
    /// Who decided it.
    pub by: &'a str,
}

/// A nomination as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NominationRow {
    /// Its number.
    pub id: NominationId,
    /// Who is nominated.
    pub person: PersonId,
    /// Their address.
    pub email: String,
    /// Their name.
    pub name: Option<String>,
    /// Their account's name or domain.
    pub account: Option<String>,
    /// Its industry in the words received.
    pub industry: Option<String>,
    /// Who nominates them.
    pub by: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// What was decided about it and about the person.
    pub course: Course,
    /// Why it was decided so.
    pub decision_reason: Option<String>,
    /// Who decided it.
    pub decided_by: Option<String>,
}

impl NominationRow {
    /// The name, or else the address.
    pub fn shown_name(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.email)
    }
}

/// What comes first of two facts of one person: the earlier one, or of one instant the earlier operation's.
type Order = (Timestamp, i64);

fn read(row: &Row<'_>) -> rusqlite::Result<(Order, NominationRow)> {
    let at = Timestamp(row.get(8)?);
    let decision: Option<Decision> = parsed_opt(row, 10)?;
    let decided_at = row.get::<_, Option<i64>>(13)?.map(Timestamp);
    let nomination = NominationRow {
        id: NominationId(row.get(0)?),
        person: PersonId(row.get(1)?),
        email: row.get(2)?,
        name: row.get(3)?,
        account: row.get(4)?,
        industry: row.get(5)?,
        by: row.get(6)?,
        reason: row.get(7)?,
        at,
        course: Course {
            decision: decision.zip(decided_at),
            ..Course::default()
        },
        decision_reason: row.get(11)?,
        decided_by: row.get(12)?,
    };
    Ok(((at, row.get(9)?), nomination))
}

impl Tx<'_> {
    /// Every nomination, or those of one person, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn nominations(&self, person: Option<PersonId>) -> Result<Vec<NominationRow>> {
        let of_person = asked_for(person, "?1", "person_id = ?1");
        let person = person.map(|id| id.0);
        let mut stages: HashMap<i64, Vec<(Order, Stage)>> = HashMap::new();
        let sql = format!(
            "SELECT person_id, stage, changed_at, operation_id FROM stage_changes
             WHERE person_id IN (SELECT person_id FROM nominations) AND {of_person}
             ORDER BY changed_at, id"
        );
        for (person, change) in self.rows(&sql, [person], |row| {
            let order = (Timestamp(row.get(2)?), row.get(3)?);
            Ok((row.get::<_, i64>(0)?, (order, parsed(row, 1)?)))
        })? {
            stages.entry(person).or_default().push(change);
        }
        let sql = format!(
            "SELECT n.id, p.id, p.email, p.name, coalesce(a.name, a.domain), a.industry, n.nominated_by, n.reason,
                 n.nominated_at, n.operation_id, d.decision, d.reason, d.decided_by, d.decided_at
             FROM nominations n
             JOIN people p ON p.id = n.person_id
             LEFT JOIN accounts a ON a.id = p.account_id
             LEFT JOIN nomination_decisions d ON d.id = (
                 SELECT x.id FROM nomination_decisions x WHERE x.nomination_id = n.id
                 ORDER BY x.decided_at DESC, x.id DESC LIMIT 1)
             WHERE {of_person}
             ORDER BY n.nominated_at, n.id"
        );
        let rows = self.rows(&sql, [person], read)?;
        Ok(rows
            .into_iter()
            .map(|(order, mut row)| {
                for (changed, stage) in stages.get(&row.person.0).into_iter().flatten() {
                    match *changed < order {
                        true => row.course.stage_before = Some(*stage),
                        false => row.course.stages_since.push((*stage, changed.0)),
                    }
                }
                row
            })
            .collect())
    }

    /// One nomination.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn nomination(&self, id: NominationId) -> Result<Option<NominationRow>> {
        let sql = "SELECT person_id FROM nominations WHERE id = ?1";
        let Some(person) = self.first(sql, [id.0], |row| row.get(0).map(PersonId))? else {
            return Ok(None);
        };
        let mut rows = self.nominations(Some(person))?.into_iter();
        Ok(rows.find(|row| row.id == id))
    }
}

impl Writing<'_> {
    /// Records a nomination.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn nominate(&self, new: &NewNomination<'_>) -> Result<NominationId> {
        let id = NominationId(self.next_id("nominations")?);
        self.execute(
            "INSERT INTO nominations (id, person_id, nominated_by, reason, nominated_at, operation_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                id.0,
                new.person.0,
                new.by,
                new.reason,
                new.at.0,
                self.operation.0
            ],
        )?;
        Ok(id)
    }

    /// Records a decision about a nomination, taken now.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn decide_nomination(&self, new: &NewDecision<'_>) -> Result<()> {
        self.execute(
            "INSERT INTO nomination_decisions (nomination_id, decision, reason, decided_by, decided_at, operation_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                new.nomination.0,
                new.decision.name(),
                new.reason,
                new.by,
                self.at.0,
                self.operation.0
            ],
        )?;
        Ok(())
    }
}
