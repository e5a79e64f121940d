//! Questions on a terminal. Plain values come back; where there is no terminal, nothing is ever asked.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the chosen ones are of the list that was shown"
)]

use std::io;

use dialoguer::console::Term;
use dialoguer::{Confirm, FuzzySelect, Input, MultiSelect};

use crate::system;

/// Puts a question. Ctrl-C ends it as an interruption, and the terminal has its cursor back.
fn put<T>(ask: impl FnOnce() -> dialoguer::Result<T>) -> io::Result<T> {
    let _heard = system::interrupts_are_for_another();
    ask().map_err(|dialoguer::Error::IO(error)| {
        // Where there is no terminal, there is no cursor either.
        let _ = Term::stderr().show_cursor();
        error
    })
}

/// Asks for a line of text; empty means "leave it".
///
/// # Errors
/// When the terminal cannot be read.
pub fn line(question: &str, default: Option<&str>) -> io::Result<Option<String>> {
    until(question, default, |_| Ok(()))
}

/// Asks for a line of text until it passes: says what is wrong with it, and asks again. Empty means "leave it".
///
/// # Errors
/// When the terminal cannot be read.
pub fn until(
    question: &str,
    default: Option<&str>,
    mut check: impl FnMut(&str) -> Result<(), String>,
) -> io::Result<Option<String>> {
    let mut input = Input::<String>::new()
        .with_prompt(question)
        .allow_empty(true)
        .validate_with(|text: &String| match text.trim() {
            "" => Ok(()),
            text => check(text),
        });
    if let Some(default) = default {
        input = input.default(default.to_owned());
    }
    let text = put(|| input.interact_text())?;
    Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
}

/// Asks for a line of text until it can be read; empty means "leave it".
///
/// # Errors
/// When the terminal cannot be read.
pub fn read<T>(question: &str, read: fn(&str) -> Result<T, String>) -> io::Result<Option<T>> {
    let text = until(question, None, |text| read(text).map(|_| ()))?;
    Ok(text.and_then(|text| read(&text).ok()))
}

/// Asks to tick any of the items; `ticked` are ticked at first.
///
/// # Errors
/// When the terminal cannot be read.
pub fn several<T: Copy + ToString>(question: &str, items: &[(T, bool)]) -> io::Result<Vec<T>> {
    let shown: Vec<(String, bool)> = items
        .iter()
        .map(|(item, on)| (item.to_string(), *on))
        .collect();
    let choice = MultiSelect::new()
        .with_prompt(format!("{question} (space ticks, enter confirms)"))
        .items_checked(shown);
    let chosen = put(|| choice.interact())?;
    Ok(chosen.into_iter().map(|at| items[at].0).collect())
}

/// Asks yes or no.
///
/// # Errors
/// When the terminal cannot be read.
pub fn yes(question: &str, default: bool) -> io::Result<bool> {
    let confirm = Confirm::new().with_prompt(question).default(default);
    put(|| confirm.interact())
}

/// Asks to choose one of the items; letters narrow them down. Returns its place.
///
/// # Errors
/// When the terminal cannot be read.
pub fn one(question: &str, items: &[&str], default: usize) -> io::Result<usize> {
    let choice = FuzzySelect::new()
        .with_prompt(question)
        .items(items)
        .default(default);
    put(|| choice.interact())
}
