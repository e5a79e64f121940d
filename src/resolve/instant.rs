//! The instant of what is dated by hand.

use chrono::NaiveDate;

use crate::domain::calendar::Timestamp;
use crate::domain::named::Named;
use crate::domain::present::Present;
use crate::failure::{Failure, Result};
use crate::store::{PersonRow, Tx};

/// The instant of a change of stage on `on`, which is to replace the stage that holds.
///
/// # Errors
/// Exit code 2 for a day in the future, or before the one since which the stage holds.
pub(crate) fn of_stage(
    tx: &Tx<'_>,
    present: &Present,
    person: &PersonRow,
    on: Option<NaiveDate>,
) -> Result<Timestamp> {
    let at = present.instant_on(on)?;
    let stages = tx.stages_of(person.id)?;
    let Some(last) = stages.last() else {
        return Ok(at);
    };
    present.replacing(at, last.at).map_err(|since| {
        let (who, stage) = (person.shown_name(), last.stage);
        Failure::replaces_later(since, format!("{who} is {stage} since {since}"))
    })
}

/// The instant of a no that is said now: it replaces the stage that holds, whatever the clock says.
pub(crate) fn of_no(tx: &Tx<'_>, present: &Present, person: &PersonRow) -> Result<Timestamp> {
    let stages = tx.stages_of(person.id)?;
    let last = stages.last().map_or(present.now, |last| last.at);
    Ok(present.now.max(last))
}
