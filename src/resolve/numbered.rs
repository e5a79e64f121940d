//! What a list numbers: a request, a tap, an asset, a nomination.

use crate::domain::ids::{AssetId, NominationId, OperationId, PersonId, RequestId, TapId};
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Sentence};
use crate::store::{AssetRow, NominationRow, OperationRow, RequestRow, TapRow, Tx};

/// The request of this number.
pub(crate) fn request(tx: &Tx<'_>, id: i64) -> Result<RequestRow> {
    let found = tx.request(RequestId(id))?;
    found.ok_or_else(|| unknown("request", id, "request list --all"))
}

/// The tap of this number.
pub(crate) fn tap(tx: &Tx<'_>, id: i64) -> Result<TapRow> {
    let found = tx.tap(TapId(id))?;
    found.ok_or_else(|| unknown("tap", id, "taps"))
}

/// The tap of this number, where one is named; it must be one of the person's.
///
/// # Errors
/// Exit code 2 for a tap that is not there or was made to somebody else.
pub(crate) fn tap_of(tx: &Tx<'_>, id: Option<i64>, person: PersonId) -> Result<Option<TapId>> {
    let Some(id) = id else {
        return Ok(None);
    };
    let tap = tap(tx, id)?;
    if tap.person == person {
        return Ok(Some(tap.id));
    }
    Err(Failure::usage_hint(
        format!("tap {id} was made to {}", tap.email),
        Sentence::from(CommandLine::of("taps WHO")).then(" lists those of one person"),
    ))
}

/// The asset of this number.
pub(crate) fn asset(tx: &Tx<'_>, id: i64) -> Result<AssetRow> {
    let found = tx.asset(AssetId(id))?;
    found.ok_or_else(|| unknown("asset", id, "asset list"))
}

/// The operation of this number.
pub(crate) fn operation(tx: &Tx<'_>, id: i64) -> Result<OperationRow> {
    let found = tx.operation(OperationId(id))?;
    found.ok_or_else(|| unknown("operation", id, "history"))
}

/// The nomination of this number.
pub(crate) fn nomination(tx: &Tx<'_>, id: i64) -> Result<NominationRow> {
    let found = tx.nomination(NominationId(id))?;
    found.ok_or_else(|| unknown("nomination", id, "nominations --all"))
}

fn unknown(what: &str, id: i64, listed_by: &'static str) -> Failure {
    let message = format!("there is no {what} {id}");
    Failure::usage_hint(message, CommandLine::of(listed_by))
}
