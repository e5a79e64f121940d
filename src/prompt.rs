//! Questions on a terminal. Plain values come back; where there is no terminal, nothing is ever asked.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the chosen ones are of the list that was shown"
)]

use std::io;

use dialoguer::{Confirm, Input, MultiSelect};

/// Asks for a line of text; empty means "leave it".
///
/// # Errors
/// When the terminal cannot be read.
pub fn line(question: &str, default: Option<&str>) -> io::Result<Option<String>> {
    let mut input = Input::<String>::new()
        .with_prompt(question)
        .allow_empty(true);
    if let Some(default) = default {
        input = input.default(default.to_owned());
    }
    let text = input.interact_text().map_err(io_error)?;
    Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
}

/// Asks for a line of text until it can be read; empty means "leave it".
///
/// # Errors
/// When the terminal cannot be read.
pub fn read<T>(question: &str, read: fn(&str) -> Result<T, String>) -> io::Result<Option<T>> {
    let text = Input::<String>::new()
        .with_prompt(question)
        .allow_empty(true)
        .validate_with(|text: &String| match text.trim() {
            "" => Ok(()),
            text => read(text).map(|_| ()),
        })
        .interact_text()
        .map_err(io_error)?;
    Ok(read(&text).ok())
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
    let chosen = MultiSelect::new()
        .with_prompt(format!("{question} (space ticks, enter confirms)"))
        .items_checked(shown)
        .interact()
        .map_err(io_error)?;
    Ok(chosen.into_iter().map(|at| items[at].0).collect())
}

/// Asks yes or no.
///
/// # Errors
/// When the terminal cannot be read.
pub fn yes(question: &str, default: bool) -> io::Result<bool> {
    Confirm::new()
        .with_prompt(question)
        .default(default)
        .interact()
        .map_err(io_error)
}

fn io_error(error: dialoguer::Error) -> io::Error {
    match error {
        dialoguer::Error::IO(error) => error,
    }
}

/// Asks to choose one of the items; returns its place.
///
/// # Errors
/// When the terminal cannot be read.
pub fn one(question: &str, items: &[&str], default: usize) -> io::Result<usize> {
    dialoguer::Select::new()
        .with_prompt(question)
        .items(items)
        .default(default)
        .interact()
        .map_err(io_error)
}
