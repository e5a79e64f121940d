//! Numbers that are typed: how many, and which one of what a list shows. What is wrong is told in the program's words.

use std::num::IntErrorKind;

/// A value that is not what it should be.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(super) struct Unfit {
    message: String,
    /// The command that lists what can be typed.
    pub(super) listed_by: Option<&'static str>,
}

/// Reads a whole number within bounds.
pub(super) fn whole<const LEAST: u32, const MOST: u32>(text: &str) -> Result<u32, Unfit> {
    let read = text.trim().parse::<u32>();
    if let Ok(number) = read
        && (LEAST..=MOST).contains(&number)
    {
        return Ok(number);
    }
    let large = matches!(read, Err(error) if *error.kind() == IntErrorKind::PosOverflow);
    let bounds = match (LEAST, MOST) {
        (0, u32::MAX) if large => format!(" up to {MOST}"),
        (0, u32::MAX) => String::new(),
        (_, u32::MAX) => format!(" of {LEAST} or more"),
        _ => format!(" from {LEAST} to {MOST}"),
    };
    Err(Unfit {
        message: format!("`{text}` is not a whole number{bounds}"),
        listed_by: None,
    })
}

/// Reads how many lines a list may have.
pub(super) fn limit(text: &str) -> Result<u32, Unfit> {
    whole::<1, { u32::MAX }>(text)
}

/// Reads the number of a request.
pub(super) fn request(text: &str) -> Result<i64, Unfit> {
    one_of("a request", "advocate request list", text)
}

/// Reads the number of a tap.
pub(super) fn tap(text: &str) -> Result<i64, Unfit> {
    one_of("a tap", "advocate taps", text)
}

/// Reads the number of an asset.
pub(super) fn asset(text: &str) -> Result<i64, Unfit> {
    one_of("an asset", "advocate asset list", text)
}

/// Reads the number of a nomination.
pub(super) fn nomination(text: &str) -> Result<i64, Unfit> {
    one_of("a nomination", "advocate nominations", text)
}

fn one_of(what: &str, listed_by: &'static str, text: &str) -> Result<i64, Unfit> {
    text.trim().parse().map_err(|_| Unfit {
        message: format!("`{text}` is not {what}'s number"),
        listed_by: Some(listed_by),
    })
}
