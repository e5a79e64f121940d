//! The deal that is meant.

use crate::domain::ids::DealId;
use crate::failure::{Failure, Result};
use crate::output::CommandLine;
use crate::store::{DealRow, Tx};

/// The deal of this CRM id, or else of this number.
///
/// # Errors
/// Exit code 2 where there is none.
pub(crate) fn deal(tx: &Tx<'_>, words: &str) -> Result<DealRow> {
    if let Some(found) = tx.deal_by_crm_id(words.trim())? {
        return Ok(found);
    }
    let by_id = words.trim().parse().ok().map(DealId);
    let found = by_id.map(|id| tx.deal(id)).transpose()?.flatten();
    found.ok_or_else(|| {
        let message = format!("there is no deal `{words}`");
        Failure::usage_hint(message, CommandLine::of("deal list"))
    })
}
