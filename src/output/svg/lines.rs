//! Text in lines: broken between words where it would be too wide, and shortened between words where it still is.

use super::super::fonts::{is_ideograph, width};

/// The height of a line, in sizes of text.
pub(super) const LINE: f64 = 1.25;

/// Text in at most `most` lines, none of them wider than `room`. What does not fit ends in an ellipsis, between words
/// where there are any.
pub(super) fn lines(text: &str, size: f64, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut words = words(text).into_iter().peekable();
    while lines.len() < most.max(1) && words.peek().is_some() {
        let mut line = String::new();
        while let Some(word) = words.peek() {
            let longer = format!("{line}{word}");
            if width(longer.trim_end(), size) > room {
                break;
            }
            line = longer;
            words.next();
        }
        // A word that is wider than the line begins one, and is cut: there is no other way.
        if line.trim().is_empty()
            && let Some(word) = words.next()
        {
            line = begun(&word, size, room);
        }
        lines.push(line.trim_end().to_owned());
    }
    if words.peek().is_some()
        && let Some(last) = lines.last_mut()
    {
        *last = shortened(last, size, room);
    }
    lines
}

/// The text in one line.
pub(super) fn fitted(text: &str, size: f64, room: f64) -> String {
    lines(text, size, room, 1).concat()
}

/// How wide the widest of some texts is.
pub(super) fn widest<T: AsRef<str>>(texts: impl IntoIterator<Item = T>, size: f64) -> f64 {
    let widths = texts.into_iter().map(|text| width(text.as_ref(), size));
    widths.fold(0.0, f64::max)
}

/// What a text may be broken between: words with the space or hyphen after them, and letters of scripts without spaces.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    for c in text.chars() {
        match words.last_mut() {
            Some(word) if open && !is_ideograph(c) => word.push(c),
            Some(word) if c == ' ' => word.push(c),
            _ => words.push(c.to_string()),
        }
        open = !matches!(c, ' ' | '-' | '/') && !is_ideograph(c);
    }
    words
}

/// As many letters of a word as have room, and an ellipsis.
fn begun(word: &str, size: f64, room: f64) -> String {
    let mut kept = String::new();
    for c in word.trim_end().chars() {
        if width(&kept, size) + width(&format!("{c}…"), size) > room {
            break;
        }
        kept.push(c);
    }
    format!("{kept}…")
}

/// A line with an ellipsis at its end, without the words that stand in its way.
fn shortened(line: &str, size: f64, room: f64) -> String {
    let mut kept = words(line);
    while kept.len() > 1 && width(&format!("{}…", kept.concat().trim_end()), size) > room {
        kept.pop();
    }
    let line = kept.concat();
    let line = line.trim_end().trim_end_matches([',', ';', '-', '/', '…']);
    match width(&format!("{line}…"), size) > room {
        true => begun(line, size, room),
        false => format!("{line}…"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_broken_between_words() {
        for (text, room, most, broken) in [
            ("short", 100.0, 2, vec!["short"]),
            (
                "logistics, reference",
                80.0,
                2,
                vec!["logistics,", "reference"],
            ),
            (
                "industrial-machinery",
                80.0,
                2,
                vec!["industrial-", "machinery"],
            ),
            ("Q4 2026", 40.0, 2, vec!["Q4", "2026"]),
            ("financial services and more", 80.0, 1, vec!["financial…"]),
            (
                "financial services and more",
                80.0,
                2,
                vec!["financial", "services and…"],
            ),
            ("医療と介護", 25.0, 2, vec!["医療", "と…"]),
            ("supercalifragilistic", 60.0, 2, vec!["supercalif…"]),
            ("", 10.0, 2, vec![]),
        ] {
            let found = lines(text, 10.0, room, most);
            assert_eq!(found, broken, "{text}");
            assert!(widest(&found, 10.0) <= room, "{found:?}");
        }
    }
}
