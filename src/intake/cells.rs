//! One cell at a time: guards, words that mean "nothing", yes and no, lists, ids and domains (`docs/import.md`, odd
//! files).
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "cut behind ASCII that was just found there"
)]

use std::borrow::Cow;

use crate::domain::characters::{is_invisible, is_steering};
use crate::domain::email::is_free_mail;

/// The cell without the `'` that a spreadsheet export puts before `+ - = @`.
pub(crate) fn unguarded(cell: &str) -> &str {
    match cell.as_bytes() {
        [b'\'', b'+' | b'-' | b'=' | b'@', ..] => &cell[1..],
        _ => cell,
    }
}

/// The cell without surrounding space. Most cells have none, which their first and last byte tell.
pub(crate) fn trimmed(cell: &str) -> &str {
    match cell.as_bytes() {
        [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => cell,
        _ => cell.trim(),
    }
}

/// Words that stand for an empty cell, whatever their case.
const NOTHING: [&str; 28] = [
    "-",
    "--",
    "---",
    "–",
    "—",
    "n/a",
    "#n/a",
    "n.a.",
    "n.a",
    "n/d",
    "nan",
    "null",
    "nil",
    "none",
    "undefined",
    "unknown",
    "anonymous",
    "anonym",
    "anonyme",
    "not provided",
    "not available",
    "not set",
    "(not set)",
    "(none)",
    "(blank)",
    "(empty)",
    "<null>",
    "[null]",
];

/// The longest of them.
const LONGEST: usize = "not available".len();

/// The trimmed cell, or nothing when it is empty or a word for nothing. `NA` is a value: Namibia, North America.
pub(crate) fn value(cell: &str) -> Option<&str> {
    let text = unguarded(trimmed(cell));
    (!text.is_empty() && !is_nothing(text)).then_some(text)
}

/// Whether the word stands for an empty cell. Most cells are too long, or begin in another way.
fn is_nothing(text: &str) -> bool {
    let may_be = matches!(
        text.as_bytes()[0],
        b'-' | b'#' | b'(' | b'<' | b'[' | b'n' | b'N' | b'u' | b'U' | b'a' | b'A' | 0xe2
    );
    text.len() <= LONGEST && may_be && NOTHING.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Whether the trimmed cell holds no answer: empty, `NA`, or a word for nothing such as `N/A`.
pub(crate) fn is_no_answer(text: &str) -> bool {
    text.is_empty() || is_nothing(text) || text.eq_ignore_ascii_case("na")
}

/// Yes or no, in the words that exports use; nothing for other words.
pub(crate) fn yes_or_no(cell: &str) -> Option<bool> {
    let word = cell.trim();
    let among = |words: &[&str]| words.iter().any(|one| word.eq_ignore_ascii_case(one));
    if among(&["1", "true", "yes", "y", "t", "x", "on"]) {
        Some(true)
    } else if among(&["0", "false", "no", "n", "f", "off"]) {
        Some(false)
    } else {
        None
    }
}

/// The parts of a list joined by `;`, trimmed, without empty ones.
pub(crate) fn list(cell: &str) -> Vec<String> {
    cell.split(';')
        .filter_map(value)
        .map(str::to_owned)
        .collect()
}

/// Whether a spreadsheet turned a long number into the like of `1.23E+18`: its digits are lost.
pub(crate) fn is_destroyed_number(text: &str) -> bool {
    let last = text.as_bytes().iter().rev().take(4);
    if !last.clone().any(|byte| matches!(byte, b'E' | b'e' | b'+')) {
        return false;
    }
    let Some((digits, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    // An id such as 1E5 may be one; with a fraction or a sign it is a number.
    let signed = exponent.strip_prefix('+');
    if signed.is_none() && !digits.contains(['.', ',']) {
        return false;
    }
    let exponent = signed.unwrap_or(exponent);
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let plain: Cow<'_, str> = match digits.split_once(['.', ',']) {
        Some((whole, fraction)) => format!("{whole}{fraction}").into(),
        None => digits.into(),
    };
    all_digits(&plain) && all_digits(exponent)
}

/// The id, unless it is a word for none or a spreadsheet destroyed it; the first such id is remembered.
pub(crate) fn intact_id<'a>(
    id: Option<&'a str>,
    destroyed: &mut Option<String>,
) -> Option<&'a str> {
    let id = id.filter(|id| !is_no_answer(id))?;
    if is_destroyed_number(id) {
        destroyed.get_or_insert_with(|| id.to_owned());
        return None;
    }
    Some(id)
}

/// What to say once about a file with such ids.
pub(crate) fn destroyed_note(example: &str) -> String {
    format!(
        "ids like {example} were destroyed by a spreadsheet: they are ignored; export the file again"
    )
}

/// A web address or domain as a bare lower-case domain; nothing for a mailbox provider's or for what is no domain.
pub(crate) fn domain(cell: &str) -> Option<Cow<'_, str>> {
    let text = value(cell)?;
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    let text = text.split(['/', '?', '#', ':']).next().unwrap_or("");
    let text = text.rsplit('@').next().unwrap_or("");
    let bare = if text.len() > 4 && text.as_bytes()[..4].eq_ignore_ascii_case(b"www.") {
        &text[4..]
    } else {
        text
    };
    let lower: Cow<'_, str> = if bare
        .bytes()
        .any(|b| b.is_ascii_uppercase() || !b.is_ascii())
    {
        bare.to_lowercase().into()
    } else {
        bare.into()
    };
    let plausible = lower.contains('.') && !lower.contains(char::is_whitespace);
    (plausible && !is_free_mail(&lower)).then_some(lower)
}

/// An e-mail address without what programs put around it: quotation marks, angle brackets with a name before them,
/// `mailto:`, a full stop or a semicolon behind it.
pub(crate) fn address(cell: &str) -> &str {
    let is_plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = cell.as_bytes();
    if is_plain(bytes.first()) && is_plain(bytes.last()) && !cell.contains([':', ' ']) {
        return cell;
    }
    let around = |c: char| {
        c.is_whitespace()
            || is_invisible(c)
            || is_steering(c)
            || matches!(
                c,
                '"' | '\''
                    | '‘'
                    | '’'
                    | '“'
                    | '”'
                    | '„'
                    | '«'
                    | '»'
                    | '`'
                    | '<'
                    | '>'
                    | '('
                    | ')'
                    | '['
                    | ']'
                    | ','
                    | ';'
                    | '.'
            )
    };
    // Where a contact has several, Google writes them into one cell.
    let first = cell.split(" ::: ").next().unwrap_or(cell);
    let mut text = first.trim_matches(around);
    if let Some((_, inner)) = text.rsplit_once('<') {
        text = inner.trim_matches(around);
    }
    let scheme = text
        .get(..7)
        .filter(|start| start.eq_ignore_ascii_case("mailto:"));
    if scheme.is_some() {
        text = text[7..]
            .split('?')
            .next()
            .unwrap_or("")
            .trim_matches(around);
    }
    if text.contains('@') { text } else { cell }
}

/// A first and a last name as one, whichever of them is there.
pub(crate) fn full_name<'a>(first: Option<&'a str>, last: Option<&'a str>) -> Option<Cow<'a, str>> {
    match (first, last) {
        (Some(first), Some(last)) => Some(format!("{first} {last}").into()),
        (Some(one), None) | (None, Some(one)) => Some(one.into()),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_guard_is_stripped_and_only_a_guard() {
        for (cell, plain) in [
            ("'+49 30", "+49 30"),
            ("'=1+1", "=1+1"),
            ("'-", "-"),
            ("'@ada", "@ada"),
            ("''+1", "''+1"),
            ("'tis fine", "'tis fine"),
            ("'", "'"),
        ] {
            assert_eq!(unguarded(cell), plain);
        }
    }

    #[test]
    fn words_for_nothing_are_nothing_but_na_can_be_a_place() {
        for nothing in [
            "",
            "  ",
            "-",
            "N/A",
            "null",
            "None",
            "#N/A",
            "NaN",
            "Anonymous",
            "(not set)",
        ] {
            assert_eq!(value(nothing), None, "{nothing}");
        }
        assert!(
            NOTHING
                .iter()
                .all(|word| word.len() <= LONGEST && is_nothing(word))
        );
        assert!(
            ["Anne", "unknown Ltd", "–5"]
                .iter()
                .all(|word| value(word).is_some())
        );
        assert_eq!(value(" NA "), Some("NA"));
        assert!(is_no_answer("NA") && is_no_answer("") && !is_no_answer("0"));
    }

    #[test]
    fn spreadsheets_destroy_long_numbers() {
        for (text, destroyed) in [
            ("1.23E+18", true),
            ("1,23E+18", true),
            ("9E+15", true),
            ("1.23E18", true),
            ("1.5", false),
            ("1234567890123456789", false),
            ("AE+1", false),
            ("1E5", false),
            ("E+", false),
        ] {
            assert_eq!(is_destroyed_number(text), destroyed, "{text}");
        }
    }

    #[test]
    fn domains_are_bare_and_never_a_mailbox_providers() {
        for (cell, bare) in [
            (
                "https://www.Northwind.example/about?x=1",
                Some("northwind.example"),
            ),
            ("northwind.example", Some("northwind.example")),
            ("ada@northwind.example", Some("northwind.example")),
            ("WWW.Northwind.example:8080", Some("northwind.example")),
            ("gmail.com", None),
            ("https://www.GMAIL.com/", None),
            ("Northwind", None),
            ("N/A", None),
        ] {
            assert_eq!(domain(cell).as_deref(), bare, "{cell}");
        }
    }

    #[test]
    fn what_stands_around_an_address_is_not_part_of_it() {
        for (cell, bare) in [
            ("ada@x.example", "ada@x.example"),
            ("'ada@x.example'", "ada@x.example"),
            ("\"ada@x.example\"", "ada@x.example"),
            ("<ada@x.example>", "ada@x.example"),
            ("Ada Lark <ada@x.example>", "ada@x.example"),
            ("\"Lark, Ada\" <ada@x.example>;", "ada@x.example"),
            ("mailto:ada@x.example", "ada@x.example"),
            ("MAILTO:ada@x.example?subject=x", "ada@x.example"),
            ("<mailto:ada@x.example>", "ada@x.example"),
            ("ada@x.example;", "ada@x.example"),
            ("\u{200b}ada@x.example", "ada@x.example"),
            ("o'brien@x.example", "o'brien@x.example"),
            ("-dash@x.example", "-dash@x.example"),
            ("a@x.example; b@y.example", "a@x.example; b@y.example"),
            ("a@x.example ::: b@y.example", "a@x.example"),
            ("nobody", "nobody"),
            ("'", "'"),
        ] {
            assert_eq!(address(cell), bare, "{cell}");
        }
    }

    #[test]
    fn yes_no_and_lists() {
        assert_eq!(yes_or_no(" TRUE "), Some(true));
        assert_eq!(yes_or_no("0"), Some(false));
        assert_eq!(yes_or_no("maybe"), None);
        assert_eq!(list("Sync; Vault ;;N/A"), ["Sync", "Vault"]);
    }
}
