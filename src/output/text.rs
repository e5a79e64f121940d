//! Text from outside, made safe to show, and the small words around numbers. Nothing here knows about formats.

use crate::domain::characters::{is_invisible, is_steering};

/// `text` without characters that steer a terminal or hide: line breaks and tabs become a space, control characters
/// and overrides of the writing direction become U+FFFD, characters without width disappear.
pub fn visible(text: &str) -> String {
    clean(text, ' ')
}

/// Like [`visible`], with line breaks kept as `\n`: for formats that quote their cells.
pub(super) fn visible_lines(text: &str) -> String {
    clean(text, '\n')
}

/// Whether a text is made of letters, digits, signs and spaces that every keyboard has: most texts are, and no character
/// of theirs has to be looked at.
pub(super) fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn clean(text: &str, line_break: char) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => shown.push(line_break),
            '\t' => shown.push(' '),
            '\u{200C}' | '\u{200D}' if joins(shown.chars().last(), characters.peek()) => {
                shown.push(c);
            }
            c if is_invisible(c) => {}
            c if is_steering(c) => shown.push(char::REPLACEMENT_CHARACTER),
            c => shown.push(c),
        }
    }
    shown
}

/// Joiners are part of the spelling of Persian, of Indic scripts and of emoji; anywhere else they only hide.
fn joins(before: Option<char>, after: Option<&char>) -> bool {
    let spells = |c: char| !c.is_ascii() && !is_invisible(c) && !is_steering(c);
    before.is_some_and(spells) && after.is_some_and(|c| spells(*c))
}

/// Whether `c` would be changed by [`visible`]: JSON writes it as an escape.
pub(super) fn is_hidden(c: char) -> bool {
    is_steering(c) || is_invisible(c) || matches!(c, '\u{2028}' | '\u{2029}')
}

/// A number of things in words, plural by `s`: `1 row`, `3 rows`, `1,234 rows`.
pub fn count(number: impl TryInto<i64>, one: &str) -> String {
    count_of(number, one, &format!("{one}s"))
}

/// A number of things in words with its own plural: `1 person`, `3 people`.
pub fn count_of(number: impl TryInto<i64>, one: &str, many: &str) -> String {
    let number = number.try_into().unwrap_or(i64::MAX);
    format!(
        "{} {}",
        thousands(number),
        if number == 1 { one } else { many }
    )
}

/// A whole number with commas between its thousands: `-1,234,567`.
pub(super) fn thousands(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", group(&number.unsigned_abs().to_string()))
}

/// Digits with a comma before every third from the right.
pub(super) fn group(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_the_terminal() {
        for (text, shown) in [
            ("Ana López", "Ana López"),
            ("\u{1b}[31mred\u{7}", "\u{fffd}[31mred\u{fffd}"),
            ("\u{9b}2J\u{7f}", "\u{fffd}2J\u{fffd}"),
            ("one\r\ntwo\nthree\rfour\tfive", "one two three four five"),
            ("exe\u{202e}gpj", "exe\u{fffd}gpj"),
            ("\u{feff}a\u{200b}na\u{200d}@x.io\u{2060}", "ana@x.io"),
            ("tag\u{e0041}", "tag"),
            ("", ""),
        ] {
            assert_eq!(visible(text), shown, "{text:?}");
        }
        assert_eq!(visible_lines("a\r\nb\rc\td"), "a\nb\nc d");
    }

    #[test]
    fn joiners_stay_where_they_spell_a_word() {
        for text in ["👩‍👩‍👧", "می‌خواهم", "❤️"] {
            assert_eq!(visible(text), text);
        }
    }

    #[test]
    fn counts_read_well() {
        assert_eq!(count(1, "row"), "1 row");
        assert_eq!(count(0_usize, "row"), "0 rows");
        assert_eq!(count(12_345_u32, "row"), "12,345 rows");
        assert_eq!(count_of(2_i64, "person", "people"), "2 people");
        assert_eq!(thousands(-1_234_567), "-1,234,567");
        assert_eq!(thousands(i64::MIN), "-9,223,372,036,854,775,808");
        assert_eq!(thousands(999), "999");
    }
}
