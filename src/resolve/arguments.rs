//! What many commands are told in the same way: a day, words, how many, which one of what a list shows. What is wrong
//! is told in the program's words.

use std::num::IntErrorKind;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;
use clap::builder::{PathBufValueParser, TypedValueParser};

use crate::domain::calendar::{FIRST_YEAR, LAST_YEAR, is_plausible};
use crate::domain::characters::is_blank;
use crate::output::CommandLine;

/// The day for which a reading command answers.
#[derive(Debug, Clone, Copy, PartialEq, Default, Args)]
pub struct AsOf {
    /// Answer as of an earlier day: whatever happened later is left out
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<NaiveDate>,
}

/// Reads a date such as 2026-11-21, in a year that a program can have to do with.
pub(crate) fn day(text: &str) -> Result<NaiveDate, String> {
    let day = text.trim().parse();
    let day: NaiveDate = day.map_err(|_| "dates look like 2026-11-21".to_owned())?;
    match is_plausible(day) {
        true => Ok(day),
        false => Err(format!("the year must be from {FIRST_YEAR} to {LAST_YEAR}")),
    }
}

/// Reads text that must say something. Characters that nobody sees say nothing.
pub(crate) fn words(text: &str) -> Result<String, String> {
    let text = text.trim();
    if is_blank(text) {
        Err("it is empty".to_owned())
    } else {
        Ok(text.to_owned())
    }
}

/// A value that is not what it should be.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Unfit {
    message: String,
    /// The command that lists what can be typed.
    pub listed_by: Option<Box<CommandLine>>,
}

/// Reads a whole number within bounds.
pub(crate) fn whole<const LEAST: u32, const MOST: u32>(text: &str) -> Result<u32, Unfit> {
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

/// Reads a path that printed commands name.
pub(crate) fn path() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path| match is_printable(&path) {
        true => Ok(path),
        false => Err(Unfit {
            message: "a path cannot end in a line break".to_owned(),
            listed_by: None,
        }),
    })
}

/// Whether a printed command can name a path: a shell has no word on one line that ends in a line break.
pub(crate) fn is_printable(path: &Path) -> bool {
    !path.as_os_str().as_encoded_bytes().ends_with(b"\n")
}

/// Reads how many lines a list may have.
pub(crate) fn limit(text: &str) -> Result<u32, Unfit> {
    whole::<1, { u32::MAX }>(text)
}

/// Reads the number of a request.
pub(crate) fn request_number(text: &str) -> Result<i64, Unfit> {
    one_of("a request", "request list", text)
}

/// Reads the number of a tap.
pub(crate) fn tap_number(text: &str) -> Result<i64, Unfit> {
    one_of("a tap", "taps", text)
}

/// Reads the number of an asset.
pub(crate) fn asset_number(text: &str) -> Result<i64, Unfit> {
    one_of("an asset", "asset list", text)
}

/// Reads the number of a give.
pub(crate) fn give_number(text: &str) -> Result<i64, Unfit> {
    one_of("a give", "gives", text)
}

/// Reads the number of a touch.
pub(crate) fn touch_number(text: &str) -> Result<i64, Unfit> {
    one_of("a touch", "touches", text)
}

/// Reads the number of a signal.
pub(crate) fn signal_number(text: &str) -> Result<i64, Unfit> {
    one_of("a signal", "signals", text)
}

/// Reads the number of a use of an asset.
pub(crate) fn use_number(text: &str) -> Result<i64, Unfit> {
    one_of("a use", "asset uses", text)
}

/// Reads the number of an operation.
pub(crate) fn operation_number(text: &str) -> Result<i64, Unfit> {
    one_of("an operation", "history", text)
}

/// Reads the number of a nomination.
pub(crate) fn nomination_number(text: &str) -> Result<i64, Unfit> {
    one_of("a nomination", "nominations", text)
}

fn one_of(what: &str, listed_by: &'static str, text: &str) -> Result<i64, Unfit> {
    text.trim().parse().map_err(|_| Unfit {
        message: format!("`{text}` is not {what}'s number"),
        listed_by: Some(Box::new(CommandLine::of(listed_by))),
    })
}
