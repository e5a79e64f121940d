//! What an outcome settles: the request that the ask was made for.

use crate::domain::ids::RequestId;
use crate::domain::request::{self, Event};
use crate::failure::Result;
use crate::store::{NewOutcome, TapRow, Writing};

/// What follows for the request of a tap (`docs/rules.md`, requests): it is filled in the moment when as many said yes as
/// are wanted, and open again once one of them is lost.
pub(super) fn settle(
    writing: &Writing<'_>,
    tap: &TapRow,
    new: &NewOutcome<'_>,
) -> Result<Option<(RequestId, Event)>> {
    let request = tap.request.map(|id| writing.request(id)).transpose()?;
    let Some(request) = request.flatten() else {
        return Ok(None);
    };
    let taps = writing.taps_for(request.id)?;
    let filled = request::is_filled(request.wanted, taps.iter().map(|tap| tap.outcome));
    let Some(event) = request::follows(request.status(), filled, new.outcome) else {
        return Ok(None);
    };
    // An answer that is dated before the last change follows it: what was recorded first stays first.
    let mut events = request.events.iter().rev();
    let last = events.find(|one| one.event != Event::Opened && one.event.leads_to().is_some());
    let at = last.map_or(new.at, |event| new.at.max(event.at));
    let reason = (event == Event::Reopened).then(|| new.outcome.name());
    writing.add_request_event(request.id, event, None, reason, at)?;
    Ok(Some((request.id, event)))
}
