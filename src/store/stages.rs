//! Stages, willingness and verification: what was decided and said, with its date.

use chrono::NaiveDate;

use super::rows::{new_record, record};
use super::{Result, Tx, Writing};
use crate::domain::ask::AskKind;
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{OperationId, PersonId};
use crate::domain::stage::Stage;

new_record! {
    /// A change of stage to record.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct NewStage<'a> into "stage_changes" {
        /// Whose.
        person: PersonId = "person_id",
        /// The new stage.
        stage: Stage = "stage",
        /// For a pause: the day on which they are back.
        until: Option<NaiveDate> = "until_on",
        /// Why.
        reason: Option<&'a str> = "reason",
        /// Who decided or confirmed it.
        decided_by: Option<&'a str> = "decided_by",
        /// When.
        at: Timestamp = "changed_at",
    }
}

new_record! {
    /// A word about one kind of ask to record.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct NewWillingness<'a> into "willingness" {
        /// Whose.
        person: PersonId = "person_id",
        /// About which kind.
        kind: AskKind = "ask_kind",
        /// Yes or no.
        willing: bool = "willing",
        /// Who confirmed it.
        confirmed_by: Option<&'a str> = "confirmed_by",
        /// A limit they named, such as "not in December".
        note: Option<&'a str> = "note",
        /// When.
        at: Timestamp = "said_at",
    }
}

new_record! {
    /// A look at a profile to record.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct NewVerification<'a> into "verifications" {
        /// Whose.
        person: PersonId = "person_id",
        /// Who looked.
        by: &'a str = "verified_by",
        /// Whether they said that they are willing still.
        still_willing: bool = "still_willing",
        /// When.
        at: Timestamp = "verified_at",
    }
}

record! {
    /// A change of stage as shown.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct StageRow from "stage_changes" {
        /// The stage.
        stage: Stage = "stage",
        /// For a pause: the day on which they are back.
        until: Option<NaiveDate> = "until_on",
        /// Why.
        reason: Option<String> = "reason",
        /// Who decided it.
        decided_by: Option<String> = "decided_by",
        /// When.
        at: Timestamp = "changed_at",
        /// The operation that recorded it.
        operation: OperationId = "operation_id",
    }
}

record! {
    /// What a person said last about one kind of ask.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct WillingnessRow from "willingness" {
        /// The kind.
        kind: AskKind = "ask_kind",
        /// Yes or no.
        willing: bool = "willing",
        /// Who confirmed it.
        confirmed_by: Option<String> = "confirmed_by",
        /// A limit they named.
        note: Option<String> = "note",
        /// Since when.
        at: Timestamp = "said_at",
    }
}

/// The words of the stages of which something is true, as a list for `IN`.
pub(super) fn stages(of_which: impl Fn(Stage) -> bool) -> String {
    let stages = Stage::ALL.into_iter().filter(|stage| of_which(*stage));
    let words: Vec<String> = stages.map(|stage| format!("'{stage}'")).collect();
    words.join(", ")
}

/// The condition for a recorded stage to be an advocate's.
pub(super) fn is_advocate(stage: &str) -> String {
    format!("{stage} IN ({})", stages(Stage::is_advocate))
}

impl Tx<'_> {
    /// Every stage that a person has been in, oldest first.
    pub(crate) fn stages_of(&self, person: PersonId) -> Result<Vec<StageRow>> {
        self.all("WHERE person_id = ?1 ORDER BY changed_at, id", [person])
    }

    /// Every change of stage of anybody, oldest first.
    pub(crate) fn stage_changes(&self) -> Result<Vec<(PersonId, Stage, Timestamp)>> {
        self.rows(
            "SELECT person_id, stage, changed_at FROM stage_changes ORDER BY changed_at, id",
            [],
            |row| {
                Ok((
                    row.get("person_id")?,
                    row.get("stage")?,
                    row.get("changed_at")?,
                ))
            },
        )
    }

    /// What a person said last about each kind of ask, by kind.
    pub(crate) fn willingness_of(&self, person: PersonId) -> Result<Vec<WillingnessRow>> {
        let mut words: Vec<WillingnessRow> = self.all(
            "WHERE person_id = ?1 ORDER BY said_at DESC, id DESC",
            [person],
        )?;
        // The newest of each kind comes first, and stays so.
        words.sort_by_key(|word| word.kind);
        words.dedup_by_key(|word| word.kind);
        Ok(words)
    }
}

impl Writing<'_> {
    /// Records a change of stage and keeps the newest beside the person.
    pub(crate) fn change_stage(&self, new: &NewStage<'_>) -> Result<()> {
        self.insert_new(new, &[])?;
        self.refresh_stage(new.person)
    }

    /// Keeps the newest change of stage beside the person. Whoever is left alone is held for nothing any more.
    pub(super) fn refresh_stage(&self, person: PersonId) -> Result<()> {
        self.derive_stage(person)?;
        let stage: Option<Stage> =
            self.value("SELECT stage FROM people WHERE id = ?1", [person])?;
        match stage.is_some_and(Stage::is_left_alone) {
            true => self.release_holds_of(person),
            false => Ok(()),
        }
    }

    /// The same of the stage alone.
    pub(super) fn derive_stage(&self, person: PersonId) -> Result<()> {
        self.execute_kept(
            "UPDATE people SET (stage, stage_until) =
                 (SELECT stage, until_on FROM stage_changes WHERE person_id = ?1
                  ORDER BY changed_at DESC, id DESC LIMIT 1)
             WHERE id = ?1",
            [person],
        )
    }

    /// Records what a person said about one kind of ask.
    pub(crate) fn add_willingness(&self, new: &NewWillingness<'_>) -> Result<()> {
        self.insert_new(new, &[])
    }

    /// Records that somebody looked at a profile and found it right.
    pub(crate) fn verify(&self, new: &NewVerification<'_>) -> Result<()> {
        self.insert_new(new, &[])?;
        self.refresh_verified(new.person)
    }

    /// Keeps the newest verification beside the person.
    pub(super) fn refresh_verified(&self, person: PersonId) -> Result<()> {
        self.execute_kept(
            "UPDATE people SET verified_at = (SELECT max(verified_at) FROM verifications WHERE person_id = ?1)
             WHERE id = ?1",
            [person],
        )
    }
}
