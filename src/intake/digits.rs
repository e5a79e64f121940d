//! Odd characters of cells: digits and signs of other scripts, and spaces that look like others or like none.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a place of the same list"
)]

use crate::domain::characters::{is_invisible, is_steering};

/// The zeros of the scripts whose digits are met; the others follow them.
const ZEROS: [char; 13] = [
    '\u{660}', '\u{6F0}', '\u{966}', '\u{9E6}', '\u{A66}', '\u{AE6}', '\u{BE6}', '\u{C66}',
    '\u{CE6}', '\u{D66}', '\u{E50}', '\u{1040}', '\u{FF10}',
];

/// The digit of another script as the usual one.
fn usual_digit(c: char) -> Option<char> {
    let after = |zero: &char| (c as u32).checked_sub(*zero as u32).filter(|n| *n < 10);
    let value = ZEROS.iter().find_map(after)?;
    char::from_digit(value, 10)
}

/// The text of a number, a date or a score with the usual digits, signs and spaces, without what cannot be seen.
pub(crate) fn tidied(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let chars: Vec<char> = text.trim().chars().collect();
    let mut from = 0;
    while let Some(c) = chars.get(from).copied() {
        // A weekday of one letter in brackets.
        if matches!(chars[from..], ['(' | '（', c, ')' | '）', ..] if !c.is_ascii()) {
            from += 3;
            continue;
        }
        from += 1;
        if is_invisible(c) || (is_steering(c) && !c.is_whitespace()) {
            continue;
        }
        tidy.push(match c {
            _ if c.is_ascii() && !c.is_ascii_whitespace() => c,
            _ if c.is_whitespace() => ' ',
            '年' | '月' | '년' | '월' | '－' | '−' | '–' | '‐' | '‑' => '-',
            '日' | '일' | '秒' | '초' | '、' => ' ',
            '時' | '时' | '시' | '分' | '분' | '：' => ':',
            '／' => '/',
            '．' => '.',
            '，' | '٫' => ',',
            '（' => '(',
            '）' => ')',
            _ => usual_digit(c).unwrap_or(c),
        });
    }
    tidy.truncate(tidy.trim_end().len());
    tidy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_characters_become_the_usual_ones() {
        for (text, tidy) in [
            ("\u{200e}3:15\u{202f}PM\u{a0}", "3:15 PM"),
            ("١٤/٠٣", "14/03"),
            ("９／１０", "9/10"),
            ("2025年3月14日(金)", "2025-3-14"),
            ("plain", "plain"),
        ] {
            assert_eq!(tidied(text), tidy);
        }
    }
}
