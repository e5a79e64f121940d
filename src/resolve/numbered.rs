//! What a list numbers: a request, a tap, an asset, a nomination, a give and so on.

use crate::domain::ids::{
    AssetId, GiveId, NominationId, NoteId, OperationId, PersonId, RequestId, SignalId, TapId,
    TouchId, UseId,
};
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Sentence};
use crate::store::{
    AssetRow, AssetUseRow, GiveRow, NominationRow, NoteRow, OperationRow, RequestRow, SignalRow,
    TapRow, TouchRow, Tx,
};

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

/// The give of this number.
pub(crate) fn give(tx: &Tx<'_>, id: i64) -> Result<GiveRow> {
    let found = tx.give(GiveId(id))?;
    found.ok_or_else(|| unknown("give", id, "gives"))
}

/// The note of this number.
pub(crate) fn note(tx: &Tx<'_>, id: i64) -> Result<NoteRow> {
    let found = tx.note_row(NoteId(id))?;
    found.ok_or_else(|| unknown("note", id, "notes"))
}

/// The touch of this number.
pub(crate) fn touch(tx: &Tx<'_>, id: i64) -> Result<TouchRow> {
    let found = tx.touch_row(TouchId(id))?;
    found.ok_or_else(|| unknown("touch", id, "touches"))
}

/// The signal of this number.
pub(crate) fn signal(tx: &Tx<'_>, id: i64) -> Result<SignalRow> {
    let found = tx.signal(SignalId(id))?;
    found.ok_or_else(|| unknown("signal", id, "signals"))
}

/// The use of an asset of this number.
pub(crate) fn asset_use(tx: &Tx<'_>, id: i64) -> Result<AssetUseRow> {
    let found = tx.asset_use(UseId(id))?;
    found.ok_or_else(|| unknown("use", id, "asset uses"))
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
