//! Nominations and what was decided about them, with what was decided about their people.

use std::collections::HashMap;

use super::rows::{Row, new_record, record};
use super::{Result, Tx, Writing, asked_for};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{NominationId, OperationId, PersonId};
use crate::domain::named::Named;
use crate::domain::nomination::{Course, Decision};
use crate::domain::stage::Stage;

new_record! {
    /// A nomination to record.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct NewNomination<'a> into "nominations" {
        /// Who is nominated.
        person: PersonId = "person_id",
        /// By whom.
        by: &'a str = "nominated_by",
        /// Why.
        reason: &'a str = "reason",
        /// When.
        at: Timestamp = "nominated_at",
    }
}

new_record! {
    /// A decision about a nomination to record.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct NewDecision<'a> into "nomination_decisions" {
        /// About which.
        nomination: NominationId = "nomination_id",
        /// Yes or no.
        decision: Decision = "decision",
        /// Why.
        reason: Option<&'a str> = "reason",
        /// Who decided it.
        by: &'a str = "decided_by",
    }
}

record! {
    /// A nomination as shown.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct NominationRow
    from "nominations n
          JOIN people p ON p.id = n.person_id
          LEFT JOIN accounts a ON a.id = p.account_id
          LEFT JOIN nomination_decisions d ON d.id = (
              SELECT x.id FROM nomination_decisions x WHERE x.nomination_id = n.id
              ORDER BY x.decided_at DESC, x.id DESC LIMIT 1)" {
        /// Its number.
        id: NominationId = "n.id",
        /// Who is nominated.
        person: PersonId = "p.id",
        /// Their address.
        email: String = "p.email",
        /// Their name.
        name: Option<String> = "p.name",
        /// Their account's name or domain.
        account: Option<String> = "coalesce(a.name, a.domain)",
        /// Its industry in the words received.
        industry: Option<String> = "a.industry",
        /// Who nominates them.
        by: String = "n.nominated_by",
        /// Whether that is themselves.
        own: bool = "lower(n.nominated_by) IN (p.email_key, lower(coalesce(p.name, '')))",
        /// Why.
        reason: String = "n.reason",
        /// When.
        at: Timestamp = "n.nominated_at",
        /// The operation that recorded it.
        operation: OperationId = "n.operation_id",
        /// What was decided about it and about the person.
        course: Course = "d.decision AS decision, d.decided_at AS decided_at" => decided,
        /// Why it was decided so.
        decision_reason: Option<String> = "d.reason",
        /// Who decided it.
        decided_by: Option<String> = "d.decided_by",
    }
}

impl Named for NominationRow {
    fn email(&self) -> &str {
        &self.email
    }

    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }
}

/// What was decided about the nomination; what was decided about the person is added later.
fn decided(row: &Row<'_>) -> rusqlite::Result<Course> {
    let decision: Option<Decision> = row.get("decision")?;
    Ok(Course {
        decision: decision.zip(row.get("decided_at")?),
        ..Course::default()
    })
}

/// What comes first of two facts of one person: the earlier one, or of one instant the earlier operation's.
type Order = (Timestamp, OperationId);

impl Tx<'_> {
    /// Every nomination, or those of one person, oldest first.
    pub(crate) fn nominations(&self, person: Option<PersonId>) -> Result<Vec<NominationRow>> {
        let stages = self.stages_of_nominated(person)?;
        let of_person = asked_for(person, "?1", "n.person_id = ?1");
        let rest = format!("WHERE {of_person} ORDER BY n.nominated_at, n.id");
        let mut rows: Vec<NominationRow> = self.all(&rest, [person])?;
        for row in &mut rows {
            for (changed, stage) in stages.get(&row.person).into_iter().flatten() {
                match *changed < (row.at, row.operation) {
                    true => row.course.stage_before = Some(*stage),
                    false => row.course.stages_since.push((*stage, changed.0)),
                }
            }
        }
        Ok(rows)
    }

    /// The changes of stage of everybody who was nominated, or of one person, oldest first.
    fn stages_of_nominated(
        &self,
        person: Option<PersonId>,
    ) -> Result<HashMap<PersonId, Vec<(Order, Stage)>>> {
        let of_person = asked_for(person, "?1", "person_id = ?1");
        let sql = format!(
            "SELECT person_id, stage, changed_at, operation_id FROM stage_changes
             WHERE person_id IN (SELECT person_id FROM nominations) AND {of_person}
             ORDER BY changed_at, id"
        );
        let mut stages: HashMap<PersonId, Vec<(Order, Stage)>> = HashMap::new();
        self.for_each(&sql, [person], |row| {
            let change = (
                (row.get("changed_at")?, row.get("operation_id")?),
                row.get("stage")?,
            );
            stages
                .entry(row.get("person_id")?)
                .or_default()
                .push(change);
            Ok(())
        })?;
        Ok(stages)
    }

    /// One nomination.
    pub(crate) fn nomination(&self, id: NominationId) -> Result<Option<NominationRow>> {
        let sql = "SELECT person_id FROM nominations WHERE id = ?1";
        let Some(person) = self.found(sql, [id])? else {
            return Ok(None);
        };
        let mut rows = self.nominations(Some(person))?.into_iter();
        Ok(rows.find(|row| row.id == id))
    }
}

impl Writing<'_> {
    /// Records a nomination.
    pub(crate) fn nominate(&self, new: &NewNomination<'_>) -> Result<NominationId> {
        self.add_new(new, &[])
    }

    /// Records a decision about a nomination, taken now.
    pub(crate) fn decide_nomination(&self, new: &NewDecision<'_>) -> Result<()> {
        self.insert_new(new, &[("decided_at", &self.at)])
    }
}
