//! The deal that is meant.

use super::nearest::only_with;
use crate::domain::ids::DealId;
use crate::failure::{Failure, Result};
use crate::output::CommandLine;
use crate::store::{DealRow, Tx};

/// The deal of this CRM id, or else of this number, or else the only one with these words in its name.
///
/// # Errors
/// Exit code 2 where there is none, or where there are several.
pub(crate) fn deal(tx: &Tx<'_>, words: &str) -> Result<DealRow> {
    if let Some(found) = tx.deal_by_crm_id(words.trim())? {
        return Ok(found);
    }
    let by_id = words.trim().parse().ok().map(DealId);
    if let Some(found) = by_id.map(|id| tx.deal(id)).transpose()?.flatten() {
        return Ok(found);
    }
    let all = tx.deals()?;
    match only_with(words, &all, |deal| &deal.words.name) {
        Ok(Some(found)) => Ok(found.clone()),
        Ok(None) => {
            let message = format!("there is no deal `{words}`");
            Err(Failure::usage_hint(message, CommandLine::of("deal list")))
        }
        Err(several) => {
            let named = several
                .iter()
                .map(|deal| format!("{} {}", deal.id, deal.words.name));
            let named: Vec<String> = named.collect();
            let message = format!("`{words}` could be {} deals", named.len());
            Err(Failure::usage(message)
                .cause(named.join(", "))
                .hint("name one by its number or CRM id"))
        }
    }
}
