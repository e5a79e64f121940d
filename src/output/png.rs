//! Charts as PNG: the picture for slides, drawn with the bundled font alone, so that it is the same on every machine.

use std::io;
use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::svg;

/// Pixels in a row.
const WIDTH: u32 = 1920;
/// The bundled font, in its two weights: Inter, under the SIL Open Font License (`fonts/OFL.txt`).
const FONTS: [&[u8]; 2] = [
    include_bytes!("fonts/Inter-Regular.otf"),
    include_bytes!("fonts/Inter-SemiBold.otf"),
];

/// Turns pictures into pixels; it reads the font once.
pub(super) struct Painter(Arc<fontdb::Database>);

impl Painter {
    /// A painter that knows the bundled font and no other.
    pub(super) fn new() -> Self {
        let mut fonts = fontdb::Database::new();
        for font in FONTS {
            fonts.load_font_data(font.to_vec());
        }
        Self(Arc::new(fonts))
    }

    /// The picture of a slide as a PNG of 1920 pixels in a row.
    ///
    /// # Errors
    /// When the picture is not sound, which is a mistake of ours.
    pub(super) fn png(&self, picture: &str) -> io::Result<Vec<u8>> {
        let options = Options {
            fontdb: Arc::clone(&self.0),
            font_family: "Inter".to_owned(),
            ..Options::default()
        };
        let tree = Tree::from_str(picture, &options).map_err(io::Error::other)?;
        let scale = WIDTH as f32 / svg::SLIDE.0 as f32;
        let height = (svg::SLIDE.1 as f32 * scale).round() as u32;
        let mut pixels = Pixmap::new(WIDTH, height)
            .ok_or_else(|| io::Error::other("no room for the pixels of a picture"))?;
        let transform = Transform::from_scale(scale, scale);
        resvg::render(&tree, transform, &mut pixels.as_mut());
        pixels.encode_png().map_err(io::Error::other)
    }
}
