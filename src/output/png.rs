//! Charts as PNG: the picture for slides, drawn with the bundled font, so that it is the same on every machine. Letters
//! that it lacks are taken from the fonts of the machine, and those that none has are named.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::{fonts, svg};

/// What stands for a letter that no font has.
const BOX: char = '?';
/// Pixels in a row.
const WIDTH: u32 = 1920;

/// Turns pictures into pixels; it reads the fonts once.
pub(super) struct Painter {
    fonts: Arc<fontdb::Database>,
    /// Letters that no font here has: a picture shows a question mark for each.
    pub(super) lacking: BTreeSet<char>,
}

impl Painter {
    /// A painter that knows the fonts which these pictures need.
    pub(super) fn of<'a>(pictures: impl IntoIterator<Item = &'a str>) -> Self {
        let (fonts, lacking) = fonts::database(pictures);
        Self {
            fonts: Arc::new(fonts),
            lacking,
        }
    }

    /// The picture as a tree of marks, each with its place.
    ///
    /// # Errors
    /// When the picture is not sound, which is a mistake of ours.
    pub(super) fn tree(&self, picture: &str) -> io::Result<Tree> {
        let boxed: String;
        let picture = match self.lacking.is_empty() {
            true => picture,
            // What no font has would be left out in silence.
            false => {
                let seen = |c| if self.lacking.contains(&c) { BOX } else { c };
                boxed = picture.chars().map(seen).collect();
                &boxed
            }
        };
        let options = Options {
            fontdb: Arc::clone(&self.fonts),
            font_family: "Inter".to_owned(),
            ..Options::default()
        };
        Tree::from_str(picture, &options).map_err(io::Error::other)
    }

    /// The picture of a slide as a PNG of 1920 pixels in a row.
    ///
    /// # Errors
    /// When the picture is not sound, which is a mistake of ours.
    pub(super) fn png(&self, picture: &str) -> io::Result<Vec<u8>> {
        let tree = self.tree(picture)?;
        let scale = WIDTH as f32 / svg::SLIDE.0 as f32;
        let height = (svg::SLIDE.1 as f32 * scale).round() as u32;
        let mut pixels = Pixmap::new(WIDTH, height)
            .ok_or_else(|| io::Error::other("no room for the pixels of a picture"))?;
        let transform = Transform::from_scale(scale, scale);
        resvg::render(&tree, transform, &mut pixels.as_mut());
        pixels.encode_png().map_err(io::Error::other)
    }
}
