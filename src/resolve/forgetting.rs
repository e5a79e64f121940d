//! Erasing somebody, by hand or after a backup was brought back.

use crate::domain::stage::Stage;
use crate::failure::Result;
use crate::store::{Forgettable, NewStage, Writing};

/// Erases somebody, who is left alone from then on.
pub(crate) fn erase(writing: &Writing<'_>, person: &Forgettable) -> Result<()> {
    let card = person.kept.map(|id| writing.person(id)).transpose()?;
    if let Some(card) = card.flatten()
        && card.standing.stage != Some(Stage::DoNotContact)
    {
        writing.change_stage(&NewStage {
            person: card.id,
            stage: Stage::DoNotContact,
            until: None,
            reason: None,
            decided_by: None,
            at: writing.at,
        })?;
    }
    Ok(writing.forget(person)?)
}
