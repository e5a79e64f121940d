//! The colleague who is meant.

use super::nearest::unknown_word;
use crate::domain::industry::slug;
use crate::failure::{Failure, Result};

/// Makes sure that somebody owns something by this name: a misspelt one would make an empty list, which looks as if
/// nothing were there.
///
/// # Errors
/// Exit code 2 with the nearest name, or all of them.
pub(crate) fn owner(typed: &str, known: impl IntoIterator<Item = String>) -> Result<(), Failure> {
    let known: Vec<String> = known.into_iter().collect();
    if known.iter().any(|name| slug(name) == slug(typed)) {
        return Ok(());
    }
    let known: Vec<&String> = known.iter().collect();
    Err(unknown_word("owner", typed, typed, &known))
}
