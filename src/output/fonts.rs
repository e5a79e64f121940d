//! The letters of the pictures: the bundled font, how wide text is in it, and fonts of the machine for what it lacks.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use resvg::usvg::fontdb::{Database, FaceInfo, Source, Style, Weight};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider as _};

/// Inter in its two weights, under the SIL Open Font License (`fonts/OFL.txt`).
const FONTS: [&[u8]; 2] = [
    include_bytes!("fonts/Inter-Regular.otf"),
    include_bytes!("fonts/Inter-SemiBold.otf"),
];

/// The same for a page, which then needs no network for it.
pub(super) const FACES: &str = include_str!("fonts/inter.css");

/// The advance of each letter of the bundled font, as a part of the size of text: the wider of its two weights.
static ADVANCES: LazyLock<HashMap<char, f64>> = LazyLock::new(|| {
    let mut advances = HashMap::new();
    for font in FONTS.iter().filter_map(|font| FontRef::new(font).ok()) {
        let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
        for (code, glyph) in font.charmap().mappings() {
            let advance = metrics.advance_width(glyph).map(f64::from);
            if let (Some(c), Some(advance)) = (char::from_u32(code), advance) {
                let known: &mut f64 = advances.entry(c).or_default();
                *known = known.max(advance);
            }
        }
    }
    advances
});

/// How wide text is at a size. Letters that the bundled font lacks count as wide as fonts of their script have them.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

fn advance(c: char) -> f64 {
    ADVANCES.get(&c).copied().unwrap_or_else(|| elsewhere(c))
}

/// The widest that a letter of another font is, in sizes of text.
fn elsewhere(c: char) -> f64 {
    match u32::from(c) {
        0x0300..=0x036F | 0x200B..=0x200F | 0xFE00..=0xFE0F => 0.0,
        // Hebrew and Arabic are narrow, the scripts of India and beyond are not.
        0x0590..=0x08FF => 0.8,
        0x0900..=0x10FF => 1.1,
        _ => 1.05,
    }
}

/// Whether a letter stands in a script that is broken anywhere, for it has no spaces.
pub(super) fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c), 0x2E80..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

/// The fonts that draw all of `texts` that can be drawn, and the letters that none here can.
pub(super) fn database<'a>(texts: impl IntoIterator<Item = &'a str>) -> (Database, BTreeSet<char>) {
    let mut fonts = Database::new();
    for font in FONTS {
        fonts.load_font_data(font.to_vec());
    }
    let letters = texts.into_iter().flat_map(str::chars);
    let mut lacking: BTreeSet<char> = letters
        .filter(|c| !c.is_ascii() && !c.is_whitespace() && elsewhere(*c) > 0.0)
        .filter(|c| !ADVANCES.contains_key(c))
        .collect();
    if !lacking.is_empty() {
        add(&mut fonts, &mut lacking);
    }
    (fonts, lacking)
}

/// Adds the fonts of this machine that have any of the letters, upright and regular ones first, and crosses those off.
fn add(fonts: &mut Database, lacking: &mut BTreeSet<char>) {
    let mut here = Database::new();
    here.load_system_fonts();
    let mut faces: Vec<&FaceInfo> = here.faces().collect();
    faces.sort_by_cached_key(|face| {
        let plain = (face.style == Style::Normal, face.weight == Weight::NORMAL);
        (!plain.0, !plain.1, path(face), face.index)
    });
    for face in faces {
        let covers = here.with_face_data(face.id, |data, index| {
            let font = FontRef::from_index(data, index).ok()?;
            let letters = font.charmap();
            let before = lacking.len();
            lacking.retain(|c| letters.map(*c).is_none());
            (lacking.len() < before).then_some(())
        });
        if covers.flatten().is_some() {
            fonts.load_font_source(face.source.clone());
        }
        if lacking.is_empty() {
            break;
        }
    }
}

/// Where a face lies, so that the same machine asks its fonts in the same order.
fn path(face: &FaceInfo) -> String {
    match &face.source {
        Source::File(path) => path.display().to_string(),
        Source::Binary(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_as_wide_as_the_font_has_them() {
        // Inter has 2,816 units to the em: `i` takes 684 of them in SemiBold, `W` far more.
        assert!(width("i", 10.0) < 3.0 && width("W", 10.0) > 9.0);
        assert!((width("ab", 10.0) - width("a", 10.0) - width("b", 10.0)).abs() < 1e-9);
        assert!(width("医", 10.0) >= 10.0);
    }

    #[test]
    fn what_no_font_has_is_named() {
        let (fonts, lacking) = database(["plain", "Łódź Ω Ж"]);
        assert_eq!((fonts.len(), lacking.len()), (2, 0));
        let (_, lacking) = database(["\u{10_FFFD}"]);
        assert_eq!(lacking, BTreeSet::from(['\u{10_FFFD}']));
    }
}
