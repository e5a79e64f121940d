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
