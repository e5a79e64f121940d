//! "Did you mean …?" for a word out of a list.

use crate::failure::Failure;

/// "There is no such …, did you mean …?".
pub(crate) fn unknown_word(what: &str, typed: &str, word: &str, known: &[&String]) -> Failure {
    let hint = match nearest_word(word, known) {
        Some(one) => format!("did you mean {one}?"),
        None => {
            let names: Vec<&str> = known.iter().map(|one| one.as_str()).collect();
            format!("one of: {}", names.join(", "))
        }
    };
    Failure::usage_hint(format!("there is no {what} `{typed}`"), hint)
}

/// The only name that has these words in it, without regard to case; or all that have, where there are several.
pub(crate) fn only_with<'a, T>(
    typed: &str,
    known: &'a [T],
    name: impl Fn(&T) -> &str,
) -> Result<Option<&'a T>, Vec<&'a T>> {
    let typed = typed.trim().to_lowercase();
    let has = |one: &&T| !typed.is_empty() && name(one).to_lowercase().contains(&typed);
    let found: Vec<&T> = known.iter().filter(has).collect();
    match found.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        _ => Err(found),
    }
}

/// The word that is most like the one typed, where one is like it at all; case does not matter.
pub(crate) fn nearest_word<'a, T: AsRef<str>>(word: &str, known: &'a [T]) -> Option<&'a str> {
    let word = word.to_lowercase();
    known
        .iter()
        .map(AsRef::as_ref)
        .map(|one| (strsim::jaro_winkler(&word, &one.to_lowercase()), one))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(likeness, _)| *likeness >= 0.75)
        .map(|(_, one)| one)
}
