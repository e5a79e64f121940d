//! A review's rating: tenths of a star out of five, whatever scale it is written on. An NPS score is in `scores`.

use super::CellResult;
use super::digits::tidied;

/// The rating that means five stars, where a cell or its header does not say.
pub(crate) const FIVE: u32 = 5;

/// The scale that a header tells, such as `Rating (out of 10)`.
pub(crate) fn scale_in_header(header: &str) -> u32 {
    let words: Vec<String> = header
        .split(|c: char| !c.is_alphanumeric() && c != '/')
        .map(str::to_lowercase)
        .collect();
    let says_ten = words.windows(2).any(|pair| pair == ["of", "10"])
        || words.iter().any(|word| word.ends_with("/10"));
    if says_ten { 10 } else { FIVE }
}

/// Reads a rating such as `4.5`, `4,5 stars`, `4.5/5` or `9/10` as tenths from 0 to 50, the nearest; halves go up.
pub(crate) fn tenths(cell: &str, scale: u32) -> CellResult<u8> {
    let lower = tidied(cell).to_lowercase();
    let bare = drawn(&lower).unwrap_or_else(|| of_as_slash(without_words(&lower)));
    let bad = || format!("`{cell}` is not a rating; write it like 4.5, 4.5/5 or 9/10");
    let (number, scale) = match bare.split_once('/') {
        None => (bare.as_str(), scale),
        Some((number, of)) => match of.trim() {
            "5" | "5.0" => (number, 5),
            "10" | "10.0" => (number, 10),
            "100" => (number, 100),
            _ => return Err(bad()),
        },
    };
    let thousandths = thousandths(number.trim()).ok_or_else(bad)?;
    if thousandths > u64::from(scale) * 1000 {
        return Err(if scale == FIVE {
            format!("the rating `{cell}` is above 5; write it like 9/10 if it is out of ten")
        } else {
            format!("the rating `{cell}` is above {scale}")
        });
    }
    // Tenths out of five are number × 50 / scale.
    let step = u64::from(scale) * 1000;
    let rounded = (thousandths * 50 + step / 2) / step;
    u8::try_from(rounded).map_err(|_| bad())
}

/// `★★★★☆` as `4/5`.
fn drawn(text: &str) -> Option<String> {
    let is_full = |c: char| matches!(c, '★' | '⭐' | '⭑' | '🌟');
    let signs: Vec<char> = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{fe0f}')
        .collect();
    let full = signs.iter().filter(|c| is_full(**c)).count();
    let is_drawn = full > 0 && signs.len() <= 5 && signs.iter().all(|c| is_full(*c) || *c == '☆');
    is_drawn.then(|| format!("{full}/5"))
}

/// Without the words around the number, in the languages of the platforms.
fn without_words(text: &str) -> &str {
    const BEFORE: [&str; 6] = [
        "rated",
        "rating",
        "bewertet mit",
        "bewertung",
        "noté",
        "note",
    ];
    const BEHIND: [&str; 14] = [
        "star rating",
        "stars",
        "star",
        "sternen",
        "sterne",
        "stern",
        "étoiles",
        "étoile",
        "estrellas",
        "estrelas",
        "stelle",
        "sterren",
        "★",
        "⭐",
    ];
    let text = BEFORE
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(text);
    let text = text.trim_start_matches([':', ' ']);
    let text = BEHIND
        .iter()
        .find_map(|word| text.strip_suffix(word))
        .unwrap_or(text);
    text.trim_end_matches(['-', ' '])
}

/// `4 out of 5` as `4/5`.
fn of_as_slash(text: &str) -> String {
    const OF: [&str; 8] = [
        " out of ", " of ", " von ", " sur ", " de ", " su ", " van ", " di ",
    ];
    let mut text = text.to_owned();
    for of in OF {
        text = text.replace(of, "/");
    }
    text
}

/// Up to two digits (three for a hundred) and up to three decimals after a point or a comma.
fn thousandths(text: &str) -> Option<u64> {
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let fits = (1..=3).contains(&whole.len()) && part.len() <= 3;
    if !fits || !digits(whole) || !digits(part) {
        return None;
    }
    format!("{whole}{part:0<3}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_are_read_in_every_form_met() {
        for (cell, read) in [
            ("4.5", 45),
            ("4,5", 45),
            ("5", 50),
            ("5.0", 50),
            ("0", 0),
            ("3.5 stars", 35),
            ("1 Star", 10),
            ("4★", 40),
            ("★★★★☆", 40),
            ("⭐⭐⭐", 30),
            ("Rated 5 out of 5 stars", 50),
            ("Rated 4.5 out of 5", 45),
            ("5 of 5", 50),
            ("4-star", 40),
            ("5 star rating", 50),
            ("4 von 5 Sternen", 40),
            ("4,5 sur 5 étoiles", 45),
            ("Rating: 4/5", 40),
            ("４", 40),
            ("4.5/5", 45),
            ("4.5 / 5", 45),
            ("4 out of 5", 40),
            ("9/10", 45),
            ("9 out of 10", 45),
            ("4.5/5 stars", 45),
            ("10/10", 50),
            ("90/100", 45),
            ("4.25", 43),
            ("4.667", 47),
            ("9.5/10", 48),
        ] {
            assert_eq!(tenths(cell, FIVE), Ok(read), "{cell}");
        }
        assert_eq!(tenths("9", 10), Ok(45));
        assert_eq!(tenths("4/5", 10), Ok(40));
    }

    #[test]
    fn what_is_no_rating_is_refused_with_the_reason() {
        for (cell, reason) in [
            ("9", "above 5; write it like 9/10"),
            ("5.1", "above 5"),
            ("6/5", "above 5"),
            ("11/10", "above 10"),
            ("-1", "not a rating"),
            ("five", "not a rating"),
            ("4/7", "not a rating"),
            ("4/", "not a rating"),
            ("/5", "not a rating"),
            (" / ", "not a rating"),
            ("4.5.1", "not a rating"),
            ("4/5/5", "not a rating"),
            ("90%", "not a rating"),
            ("", "not a rating"),
            ("9999", "not a rating"),
        ] {
            let error = tenths(cell, FIVE).unwrap_err();
            assert!(error.contains(reason), "{cell}: {error}");
        }
    }

    #[test]
    fn a_header_can_tell_the_scale() {
        for (header, scale) in [
            ("Rating (out of 10)", 10),
            ("Rating /10", 10),
            ("Stars out of 5", 5),
            ("Rating", 5),
            ("Top 10 rating", 5),
        ] {
            assert_eq!(scale_in_header(header), scale, "{header}");
        }
    }
}
