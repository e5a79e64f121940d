//! Erasing somebody, by hand or after a backup was brought back.

use crate::domain::stage::Stage;
use crate::failure::Result;
use crate::store::{Forgettable, NewStage, Writing};

/// Erases somebody, who is left alone from then on.
pub(crate) fn erase(writing: &Writing<'_>, person: &Forgettable) -> Result<()> {
    let kept = person.records[0];
    let stage = writing.person(kept)?.and_then(|one| one.standing.stage);
    if stage != Some(Stage::DoNotContact) {
        writing.change_stage(&NewStage {
            person: kept,
            stage: Stage::DoNotContact,
            until: None,
            reason: Some("forgotten"),
            decided_by: None,
            at: writing.at,
        })?;
    }
    Ok(writing.forget(person)?)
}
