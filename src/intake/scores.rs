//! What counts as an NPS answer, what as no answer, and what is a mistake (`docs/import.md`, odd files).

use super::{CellResult, cells};
use crate::domain::score::Score;

/// Reads a score cell: a score, no answer, or the reason why it is neither.
pub(crate) fn parse(cell: &str) -> CellResult<Option<Score>> {
    let text = cells::unguarded(cells::trimmed(cell));
    if cells::is_no_answer(text) {
        return Ok(None);
    }
    let reason = || format!("`{text}` is not a score: a whole number from 0 to 10 is needed");
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 2 || !is_harmless(&text[digits..]) {
        return Err(reason());
    }
    let number: u8 = text[..digits].parse().map_err(|_| reason())?;
    Score::new(number).map(Some).ok_or_else(reason)
}

/// What may follow the number: nothing, a zero fraction, or a dash and a label.
fn is_harmless(rest: &str) -> bool {
    if rest.is_empty() {
        return true;
    }
    if let Some(fraction) = rest.strip_prefix('.') {
        return !fraction.is_empty() && fraction.bytes().all(|b| b == b'0');
    }
    let label = rest
        .trim_start()
        .strip_prefix(['-', '–', '—'])
        .map(str::trim_start);
    label.is_some_and(|label| label.starts_with(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_read_in_every_form_met() {
        for (cell, score) in [
            ("10", 10),
            ("0", 0),
            (" 9 ", 9),
            ("10.0", 10),
            ("7.00", 7),
            ("10 - Extremely likely", 10),
            ("0 - Not at all likely", 0),
            ("10 – Extremely likely", 10),
            ("9-great", 9),
        ] {
            assert_eq!(parse(cell).unwrap().unwrap().get(), score, "{cell}");
        }
    }

    #[test]
    fn no_answer_is_not_a_mistake() {
        for cell in ["", "  ", "NA", "n/a", "null", "None", "-", "'-"] {
            assert_eq!(parse(cell), Ok(None), "{cell}");
        }
    }

    #[test]
    fn what_is_no_score_is_refused_with_the_reason() {
        for cell in [
            "11", "-1", "7.5", "five", "5 stars", "9-10", "100", "10.", "10,0", "9 10", "+9", "é",
            "10 -", "1e1", "٩",
        ] {
            let reason = parse(cell).unwrap_err();
            assert!(
                reason.contains("0 to 10") && reason.contains(cell),
                "{cell}: {reason}"
            );
        }
    }
}
