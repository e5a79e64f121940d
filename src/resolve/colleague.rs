//! The colleague who is meant.

use std::collections::BTreeSet;

use super::nearest::{only_with, unknown_word};
use crate::domain::industry::slug;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Sentence};
use crate::prompt;
use crate::session::Session;
use crate::store::Tx;

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

/// The colleague meant by a name that is nearly that of one on record: on a terminal it is asked, and whoever says no is
/// new. Elsewhere it is as typed, and [`slip`] says what it is near to.
///
/// # Errors
/// When the file or the terminal cannot be read.
pub(crate) fn asked_back(session: &Session<'_>, typed: Option<&str>) -> Result<Option<String>> {
    let typed = typed.map(str::to_owned);
    if !session.interactive {
        return Ok(typed);
    }
    let near = session.read(None, |tx, _| nearly(tx, typed.as_deref()))?;
    let Some(name) = near else {
        return Ok(typed);
    };
    let is_meant = session.assume_yes || prompt::yes(&format!("Did you mean {name}?"), true)?;
    Ok(if is_meant { Some(name) } else { typed })
}

/// What to say where a name is nearly that of a colleague who owns or requested something: `Dan` beside `Dan Reyes`.
pub(crate) fn slip(tx: &Tx<'_>, typed: Option<&str>) -> Result<Option<Sentence>> {
    let name = nearly(tx, typed)?;
    Ok(typed.zip(name).map(|(typed, name)| {
        let words = format!(
            "{} is new here, and {name} is on record; to take it back: ",
            typed.trim()
        );
        Sentence::from(words).then(CommandLine::of("undo"))
    }))
}

/// The colleague on record whose name is nearly this one, which nobody has.
fn nearly(tx: &Tx<'_>, typed: Option<&str>) -> Result<Option<String>> {
    let Some(typed) = typed.map(str::trim) else {
        return Ok(None);
    };
    let known = tx.colleagues()?;
    if known.iter().any(|name| slug(name) == slug(typed)) {
        return Ok(None);
    }
    let has_word = |name: &&String| {
        name.split_whitespace()
            .any(|word| slug(word) == slug(typed))
    };
    let mut found = known.iter().filter(has_word);
    let by_part = found.next().filter(|_| found.next().is_none());
    let alike = || {
        known
            .iter()
            .find(|name| strsim::jaro_winkler(name, typed) >= ALIKE)
    };
    Ok(by_part.or_else(alike).cloned())
}

/// From this likeness on, another name could be the one that was meant.
const ALIKE: f64 = 0.92;
