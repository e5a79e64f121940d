//! How wide a text is on a terminal, how narrow it may become, and how it is cut: by display width, so that a letter of
//! Chinese or an emoji counts as two.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::answer::Flow;
use super::layout::FLOORS;
use super::text::is_plain;

/// A word up to this wide is never broken.
const WORD: usize = 20;
/// Texts go on in a next line rather than being left out, as long as they have so much room.
const TEXT: usize = 20;
/// What is hardly missed is left out before they have less.
const CALM_TEXT: usize = 28;
/// A longer one, such as an address or the name of a setting, is broken before a column is left out that is missed.
const LONG_WORD: usize = 40;
/// Names are cut rather than left out, as long as they have so much room.
const NAME: usize = 16;
/// No name is cut shorter.
const LEAST_NAME: usize = 10;
/// What stands for the rest of a name.
const CUT: &str = "…";

/// How wide a text is on one line, and how narrow it may become.
pub(super) fn measured(text: &str, flow: Flow) -> (usize, [usize; FLOORS]) {
    let natural = width_of(text);
    let floors = match flow {
        Flow::Whole => [natural; FLOORS],
        // The end of an address says the most.
        Flow::IsCut if text.contains('@') => [LONG_WORD, LONG_WORD, NAME, LEAST_NAME],
        Flow::IsCut => [NAME, NAME, NAME, LEAST_NAME],
        Flow::Wraps => {
            let word = longest_word(text);
            let long = word.min(LONG_WORD);
            [long.max(CALM_TEXT), long.max(TEXT), TEXT, word.min(WORD)]
        }
    };
    (natural, floors.map(|floor| floor.min(natural)))
}

/// How many columns a text takes on one line.
pub(super) fn width_of(text: &str) -> usize {
    match is_plain(text) {
        true => text.len(),
        false => text.width(),
    }
}

pub(super) fn longest_word(text: &str) -> usize {
    text.split(' ').map(width_of).max().unwrap_or(0)
}

/// `text` in at most `width` columns, with `…` for the rest. No number and no date is cut: it is left out.
pub(super) fn cut(text: &str, width: usize) -> Cow<'_, str> {
    if width_of(text) <= width {
        return Cow::Borrowed(text);
    }
    let room = width.saturating_sub(CUT.width());
    let mut kept = String::new();
    for piece in text.graphemes(true) {
        if kept.width() + piece.width() > room {
            break;
        }
        kept.push_str(piece);
    }
    let at_space = text
        .get(kept.len()..)
        .is_some_and(|rest| rest.starts_with(' '));
    let (before, last) = kept.rsplit_once(' ').unwrap_or(("", &kept));
    if !at_space && !before.is_empty() && last.contains(|c: char| c.is_ascii_digit()) {
        kept = before.to_owned();
    }
    Cow::Owned(format!("{}{CUT}", kept.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_end_in_an_ellipsis() {
        for (text, width, shown) in [
            ("Northwind Clinics", 17, "Northwind Clinics"),
            ("Northwind Clinics", 12, "Northwind C…"),
            ("Northwind Clinics", 11, "Northwind…"),
            ("Plant 2026 Ltd", 9, "Plant…"),
            ("Plant 2026 Ltd", 11, "Plant 2026…"),
            ("山田 太郎", 8, "山田 太…"),
            ("山田 太郎", 7, "山田…"),
            ("Zoë\u{301}s", 4, "Zoë\u{301}s"),
            ("👩‍👩‍👧👩‍👩‍👧", 3, "👩‍👩‍👧…"),
            ("ab", 1, "…"),
        ] {
            let cut = cut(text, width);
            assert_eq!(cut, shown, "{text}");
            assert!(cut.width() <= width, "{text}");
        }
    }

    #[test]
    fn texts_are_measured_by_what_they_can_do() {
        for (text, flow, natural, floors) in [
            ("2026-06-15", Flow::Whole, 10, [10, 10, 10, 10]),
            ("one two three", Flow::Wraps, 13, [13, 13, 13, 5]),
            (
                "a sentence that is not very short",
                Flow::Wraps,
                33,
                [28, 20, 20, 8],
            ),
            (
                "financial-services-and-more of it",
                Flow::Wraps,
                33,
                [28, 27, 20, 20],
            ),
            ("Halcyon Fen Diagnostics", Flow::IsCut, 23, [16, 16, 16, 10]),
            (
                "ana.lopez@north-wind.example",
                Flow::IsCut,
                28,
                [28, 28, 16, 10],
            ),
            ("山田病院", Flow::IsCut, 8, [8, 8, 8, 8]),
            ("", Flow::Wraps, 0, [0, 0, 0, 0]),
        ] {
            assert_eq!(measured(text, flow), (natural, floors), "{text}");
        }
    }
}
