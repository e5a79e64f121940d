//! Stages, willingness and verification: what was decided and said, with its date.

use rusqlite::params;

use super::{Result, Tx, Writing, date_opt, parsed, parsed_opt};
use crate::domain::ask::AskKind;
use crate::domain::calendar::Timestamp;
use crate::domain::ids::PersonId;
use crate::domain::stage::Stage;

/// A change of stage to record.
#[derive(Debug, Clone, Copy)]
pub struct NewStage<'a> {
    /// Whose.
    pub person: PersonId,
    /// The new stage.
    pub stage: Stage,
    /// For a pause: the day on which they are back.
    pub until: Option<chrono::NaiveDate>,
    /// Why.
    pub reason: Option<&'a str>,
    /// Who decided or confirmed it.
    pub decided_by: Option<&'a str>,
    /// When.
    pub at: Timestamp,
}

/// A word about one kind of ask to record.
#[derive(Debug, Clone, Copy)]
pub struct NewWillingness<'a> {
    /// Whose.
    pub person: PersonId,
    /// About which kind.
    pub kind: AskKind,
    /// Yes or no.
    pub willing: bool,
    /// Who confirmed it.
    pub confirmed_by: Option<&'a str>,
    /// A limit they named, such as "not in December".
    pub note: Option<&'a str>,
    /// When.
    pub at: Timestamp,
}

/// A change of stage as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageRow {
    /// The stage.
    pub stage: Stage,
    /// For a pause: the day on which they are back.
    pub until: Option<chrono::NaiveDate>,
    /// Why.
    pub reason: Option<String>,
    /// Who decided it.
    pub decided_by: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// What a person said last about one kind of ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WillingnessRow {
    /// The kind.
    pub kind: AskKind,
    /// Yes or no.
    pub willing: bool,
    /// Who confirmed it.
    pub confirmed_by: Option<String>,
    /// A limit they named.
    pub note: Option<String>,
    /// Since when.
    pub at: Timestamp,
}

impl Tx<'_> {
    /// Every stage that a person has been in, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn stages_of(&self, person: PersonId) -> Result<Vec<StageRow>> {
        self.rows(
            "SELECT stage, until_on, reason, decided_by, changed_at FROM stage_changes
             WHERE person_id = ?1 ORDER BY changed_at, id",
            [person.0],
            |row| {
                Ok(StageRow {
                    stage: parsed(row, 0)?,
                    until: date_opt(row, 1)?,
                    reason: row.get(2)?,
                    decided_by: row.get(3)?,
                    at: Timestamp(row.get(4)?),
                })
            },
        )
    }

    /// What a person said last about each kind of ask.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn willingness_of(&self, person: PersonId) -> Result<Vec<WillingnessRow>> {
        let rows = self.rows(
            "SELECT ask_kind, willing, confirmed_by, note, said_at FROM willingness
             WHERE person_id = ?1 ORDER BY said_at DESC, id DESC",
            [person.0],
            |row| {
                Ok(WillingnessRow {
                    kind: parsed(row, 0)?,
                    willing: row.get(1)?,
                    confirmed_by: row.get(2)?,
                    note: row.get(3)?,
                    at: Timestamp(row.get(4)?),
                })
            },
        )?;
        let mut last: Vec<WillingnessRow> = Vec::new();
        for row in rows {
            if !last.iter().any(|newer| newer.kind == row.kind) {
                last.push(row);
            }
        }
        last.sort_by_key(|row| row.kind);
        Ok(last)
    }
}

impl Writing<'_> {
    /// Records a change of stage and keeps the newest beside the person.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn change_stage(&self, new: &NewStage<'_>) -> Result<()> {
        let until = new.until.map(|day| day.to_string());
        self.execute(
            "INSERT INTO stage_changes (person_id, stage, until_on, reason, decided_by, changed_at, operation_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                new.person.0,
                new.stage.name(),
                until,
                new.reason,
                new.decided_by,
                new.at.0,
                self.operation.0
            ],
        )?;
        self.refresh_stage(new.person)
    }

    /// Keeps the newest change of stage beside the person. Whoever is left alone is held for nothing any more.
    pub(super) fn refresh_stage(&self, person: PersonId) -> Result<()> {
        self.execute(
            "UPDATE people SET (stage, stage_until) =
                 (SELECT stage, until_on FROM stage_changes WHERE person_id = ?1
                  ORDER BY changed_at DESC, id DESC LIMIT 1)
             WHERE id = ?1",
            [person.0],
        )?;
        let sql = "SELECT stage FROM people WHERE id = ?1";
        let stage: Option<Stage> = self
            .first(sql, [person.0], |row| parsed_opt(row, 0))?
            .flatten();
        match stage.is_some_and(Stage::is_left_alone) {
            true => self.release_holds_of(person),
            false => Ok(()),
        }
    }

    /// Records what a person said about one kind of ask.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_willingness(&self, new: &NewWillingness<'_>) -> Result<()> {
        self.execute(
            "INSERT INTO willingness (person_id, ask_kind, willing, confirmed_by, note, said_at, operation_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                new.person.0,
                new.kind.name(),
                new.willing,
                new.confirmed_by,
                new.note,
                new.at.0,
                self.operation.0
            ],
        )?;
        Ok(())
    }

    /// Records that somebody looked at a profile and found it right.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn verify(&self, person: PersonId, by: &str, at: Timestamp) -> Result<()> {
        self.execute(
            "INSERT INTO verifications (person_id, verified_by, verified_at, operation_id) VALUES (?1, ?2, ?3, ?4)",
            params![person.0, by, at.0, self.operation.0],
        )?;
        self.refresh_verified(person)
    }

    /// Keeps the newest verification beside the person.
    pub(super) fn refresh_verified(&self, person: PersonId) -> Result<()> {
        self.execute(
            "UPDATE people SET verified_at = (SELECT max(verified_at) FROM verifications WHERE person_id = ?1)
             WHERE id = ?1",
            [person.0],
        )?;
        Ok(())
    }
}
