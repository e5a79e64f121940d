//! The instant of what is dated by hand.

use chrono::NaiveDate;

use crate::domain::calendar::Timestamp;
use crate::domain::named::Named;
use crate::domain::present::Present;
use crate::domain::typed_day::TypedDay;
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
    on: Option<TypedDay>,
) -> Result<Timestamp> {
    let stages = tx.stages_of(person.id)?;
    let last = stages.last().map(|last| (last.at, last.stage));
    replacing(present, on, last, |stage, since| {
        format!("{} is {stage} since {since}", person.shown_name())
    })
}

/// The instant of a no that is said now: it replaces the stage that holds, whatever the clock says.
pub(crate) fn of_no(tx: &Tx<'_>, present: &Present, person: &PersonRow) -> Result<Timestamp> {
    let stages = tx.stages_of(person.id)?;
    let last = stages.last().map_or(present.now, |last| last.at);
    Ok(present.now.max(last))
}

/// The instant of what happened on `on`, which is to replace what happened last; `held` says what that is.
///
/// # Errors
/// Exit code 2 for a day in the future, or before that of what happened last.
pub(crate) fn replacing<T>(
    present: &Present,
    on: Option<TypedDay>,
    last: Option<(Timestamp, T)>,
    held: impl FnOnce(T, NaiveDate) -> String,
) -> Result<Timestamp> {
    let at = present.instant_on(on)?;
    let Some((since, what)) = last else {
        return Ok(at);
    };
    let replaced = present.replacing(at, since);
    replaced.map_err(|since| Failure::replaces_later(since, held(what, since)))
}
