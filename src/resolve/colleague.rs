//! The colleague who is meant.

use std::collections::BTreeSet;

use super::nearest::{only_with, unknown_word};
use crate::domain::industry::slug;
use crate::failure::{Failure, Result};

/// The colleague of this name, or the only one with these words in it: a misspelt name would make an empty list, which
/// looks as if nothing were there. `what` they are, such as `owner`.
///
/// # Errors
/// Exit code 2 with those whom it could mean, the nearest name, or all of them.
pub(crate) fn colleague(
    what: &str,
    typed: &str,
    known: impl IntoIterator<Item = String>,
) -> Result<String, Failure> {
    let known: BTreeSet<String> = known.into_iter().collect();
    let known: Vec<String> = known.into_iter().collect();
    if let Some(name) = known.iter().find(|name| slug(name) == slug(typed)) {
        return Ok(name.clone());
    }
    match only_with(typed, &known, |name| name) {
        Ok(Some(name)) => Ok(name.clone()),
        Ok(None) => {
            let known: Vec<&String> = known.iter().collect();
            Err(unknown_word(what, typed, typed, &known))
        }
        Err(several) => {
            let names: Vec<&str> = several.into_iter().map(String::as_str).collect();
            let message = format!("`{typed}` could be {} of them", names.len());
            Err(Failure::usage_hint(
                message,
                format!("one of: {}", names.join(", ")),
            ))
        }
    }
}
