//! What counts as an NPS answer, what as no answer, and what is a mistake (`docs/import.md`, odd files).

use super::digits::tidied;
use super::{CellResult, cells};
use crate::domain::characters::visible;
use crate::domain::score::Score;

/// Reads a score cell: a score, no answer, or the reason why it is neither.
pub(crate) fn parse(cell: &str) -> CellResult<Option<Score>> {
    let text = cells::unguarded(cells::trimmed(cell));
    if let Some(score) = plain_number(text) {
        return Ok(Some(score));
    }
    if cells::is_no_answer(text) {
        return Ok(None);
    }
    let found = labelled(&tidied(text).to_lowercase());
    found.map(Some).ok_or_else(|| {
        let shown = visible(text);
        format!("`{shown}` is not a score: a whole number from 0 to 10 is needed")
    })
}

/// One or two digits and nothing else: most cells.
fn plain_number(text: &str) -> Option<Score> {
    match text.as_bytes() {
        [one @ b'0'..=b'9'] => Score::new(one - b'0'),
        [b'1', b'0'] => Score::new(10),
        _ => None,
    }
}

/// A number with a zero fraction, of ten, or with a label before or behind it or in brackets.
fn labelled(text: &str) -> Option<Score> {
    let is_edge =
        |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '"' | '\'' | '=');
    let text = text.trim_matches(is_edge);
    let from = text.find(|c: char| c.is_ascii_digit())?;
    let (before, rest) = text.split_at(from);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (number, after) = rest.split_at(digits);
    let after = without_ten(without_zeros(after)?)?;
    let is_alone = before.is_empty() || after.is_empty();
    let is_score = is_alone && is_label_before(before) && is_label_behind(after);
    is_score.then(|| {
        number
            .parse()
            .ok()
            .filter(|_| digits <= 2)
            .and_then(Score::new)
    })?
}

/// What follows a zero fraction, as in `9.0` and `9,00`; nothing where the fraction is another.
fn without_zeros(after: &str) -> Option<&str> {
    let Some(fraction) = after.strip_prefix(['.', ',']) else {
        return Some(after);
    };
    let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
    let (zeros, rest) = fraction.split_at(digits);
    match digits {
        // `9. very likely`
        0 if rest.starts_with(' ') => Some(rest),
        0 => None,
        _ => zeros.bytes().all(|byte| byte == b'0').then_some(rest),
    }
}

/// What follows `/10` or `out of 10`; nothing where it is of another number.
fn without_ten(after: &str) -> Option<&str> {
    let text = after.trim_start();
    let of = [
        "/", "out of", "of", "von", "sur", "de", "su", "van", "uit", "av", "på", "из",
    ];
    let ends_word = |rest: &str| rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let Some(rest) = of
        .iter()
        .find_map(|word| text.strip_prefix(word).filter(|rest| ends_word(rest)))
    else {
        return Some(after);
    };
    let rest = rest.trim_start().strip_prefix("10")?;
    let rest = without_zeros(rest)?;
    (!rest.starts_with(|c: char| c.is_ascii_digit())).then_some(rest)
}

/// `Extremely likely - `, `score: `, `promoter (`.
fn is_label_before(before: &str) -> bool {
    before.is_empty()
        || (before.starts_with(char::is_alphabetic)
            && before.ends_with([' ', '-', '–', '—', ':', '(', '[', '='])
            && !before.trim_end().ends_with('.')
            && !before.ends_with("- -"))
}

/// ` - Extremely likely`, `: very likely`, ` (promoter`; no stars, points or other units.
fn is_label_behind(after: &str) -> bool {
    const UNITS: [&str; 14] = [
        "star", "stern", "étoile", "etoile", "estrella", "estrela", "stell", "ster", "point",
        "punkt", "percent", "prozent", "day", "of",
    ];
    let label = after.trim_start_matches([' ', '-', '–', '—', ':', '(', '[', '=', '|']);
    let gap = after.len() - label.len();
    after.is_empty()
        || (gap > 0
            && label.starts_with(char::is_alphabetic)
            && !label.contains(|c: char| c.is_ascii_digit())
            && !UNITS.iter().any(|unit| label.starts_with(unit)))
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
            ("9/10", 9),
            ("10 / 10", 10),
            ("9 out of 10", 9),
            ("9 von 10", 9),
            ("9 sur 10", 9),
            ("9,0", 9),
            ("10,0", 10),
            ("9.0/10", 9),
            ("9/10 - Promoter", 9),
            ("Extremely likely - 10", 10),
            ("Promoter (9)", 9),
            ("Score: 9", 9),
            ("9 (Promoter)", 9),
            ("(9)", 9),
            ("[9]", 9),
            ("9: very likely", 9),
            ("10 Extremely likely", 10),
            ("٩", 9),
            ("１０", 10),
            ("9\u{a0}", 9),
            ("\u{200e}9", 9),
            ("09", 9),
        ] {
            assert_eq!(
                parse(cell).map(|score| score.map(Score::get)),
                Ok(Some(score)),
                "{cell}"
            );
        }
    }

    #[test]
    fn no_answer_is_not_a_mistake() {
        for cell in [
            "",
            "  ",
            "NA",
            "n/a",
            "null",
            "None",
            "-",
            "'-",
            "NaN",
            "nan",
            "--",
            "N.A.",
            "not provided",
            "(not set)",
        ] {
            assert_eq!(parse(cell), Ok(None), "{cell}");
        }
    }

    #[test]
    fn what_is_no_score_is_refused_with_the_reason() {
        for cell in [
            "11",
            "-1",
            "7.5",
            "7,5",
            "five",
            "5 stars",
            "9-10",
            "100",
            "10.",
            "9 10",
            "+9",
            "é",
            "10 -",
            "1e1",
            "4/5",
            "3 out of 5",
            "9/100",
            "9/10/11",
            "5 points",
            "90%",
            "9%",
            "Q1 9",
            "2025-03-14",
            "-9/10",
            "9.5/10",
        ] {
            let reason = parse(cell).unwrap_err();
            assert!(
                reason.contains("0 to 10") && reason.contains(cell),
                "{cell}: {reason}"
            );
        }
    }
}
