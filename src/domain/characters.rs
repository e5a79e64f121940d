//! Characters that nobody sees, and those that change how the text around them is shown.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "cut where a character of it was just found"
)]

use std::borrow::Cow;
use std::fmt::Write as _;

/// Control characters, and those that turn the direction of the text around them.
pub fn is_steering(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether a text shows nothing.
pub fn is_blank(text: &str) -> bool {
    let shows = |c: char| !c.is_whitespace() && !is_steering(c) && !is_invisible(c);
    !text.chars().any(shows)
}

/// Characters that take no room and so make two different texts look alike.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}'
        | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{3164}'
        | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// The text with what cannot be seen, and every space but the usual one, written out, as in `3:15\u{202F}PM`.
pub fn visible(text: &str) -> Cow<'_, str> {
    let is_odd = |c: char| is_steering(c) || is_invisible(c) || (c.is_whitespace() && c != ' ');
    if !text.contains(is_odd) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_odd(c) {
            // Writing to a text cannot fail.
            let _ = write!(shown, "\\u{{{:04X}}}", c as u32);
        } else {
            shown.push(c);
        }
    }
    shown.into()
}

/// The text, or its beginning where it has more characters: what comes from outside can be a whole book.
pub fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

/// The text with some words replaced wherever they stand for themselves, in whatever case; `None` where they stand nowhere.
pub fn replace_words(text: &str, words: &str, with: &str) -> Option<String> {
    let same = |a: char, b: char| a == b || a.to_lowercase().eq(b.to_lowercase());
    let sought: Vec<char> = words.chars().collect();
    let all: Vec<char> = text.chars().collect();
    let is_word = |at: Option<&char>| at.is_some_and(|c| c.is_alphanumeric());
    let stands_at = |at: usize| {
        let end = at + sought.len();
        let there = all.get(at..end)?;
        let alike = there.iter().zip(&sought).all(|(a, b)| same(*a, *b));
        let alone = !is_word(at.checked_sub(1).and_then(|before| all.get(before)))
            && !is_word(all.get(end));
        (alike && alone).then_some(end)
    };
    let (mut replaced, mut at, mut any) = (String::new(), 0, false);
    while at < all.len() {
        match stands_at(at).filter(|end| *end > at) {
            Some(end) => {
                replaced.push_str(with);
                (at, any) = (end, true);
            }
            None => {
                replaced.push(all[at]);
                at += 1;
            }
        }
    }
    any.then_some(replaced)
}

/// The letters for one with an accent, in lower case, where it has one.
const fn without_accent(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ą' | 'ă' => "a",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' | 'ė' => "e",
        'ğ' | 'ģ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
        'ķ' => "k",
        'ł' | 'ľ' | 'ĺ' | 'ļ' => "l",
        'ñ' | 'ń' | 'ň' | 'ņ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => "o",
        'ř' | 'ŕ' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ť' | 'ţ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        // Accents that stand behind their letter.
        '\u{300}'..='\u{36F}' => "",
        _ => return None,
    })
}

/// A text in lower case and without accents.
pub fn plain_word(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        match without_accent(c) {
            None => plain.push(c),
            Some(letters) => plain.push_str(letters),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_too_long_is_shortened() {
        for (text, shown) in [("Größe", "Größe"), ("Größen", "Größe…"), ("", "")] {
            assert_eq!(shortened(text, 5), shown);
        }
    }

    #[test]
    fn words_are_replaced_where_they_stand_for_themselves() {
        for (text, words, without) in [
            (
                "Nina said yes; NINA, too",
                "nina",
                Some("X said yes; X, too"),
            ),
            ("Ninas and Marianina", "nina", None),
            ("ask nina@n.example.", "nina@n.example", Some("ask X.")),
            ("Jörg Öl", "jörg öl", Some("X")),
            ("", "nina", None),
            ("nina", "", None),
        ] {
            assert_eq!(
                replace_words(text, words, "X").as_deref(),
                without,
                "{text}"
            );
        }
    }

    #[test]
    fn odd_characters_are_written_out() {
        for (text, shown) in [
            ("3:15\u{202f}PM", "3:15\\u{202F}PM"),
            ("a\tb", "a\\u{0009}b"),
            ("14 März", "14 März"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }
}
