//! The few marks of which a picture is made, written as SVG with classes, so that a style decides on colours.

use std::fmt::Write as _;

use crate::output::text::visible;

/// Where text leans to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    const fn name(self) -> &'static str {
        match self {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        }
    }
}

/// A rectangle in the picture's units, from the upper left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Area {
    pub(super) fn right(&self) -> f64 {
        self.x + self.width
    }

    pub(super) fn bottom(&self) -> f64 {
        self.y + self.height
    }
}

/// A picture under way.
pub(super) struct Canvas {
    svg: String,
    /// The size of ordinary text.
    pub(super) size: f64,
}

impl Canvas {
    pub(super) fn new(size: f64) -> Self {
        Self {
            svg: String::new(),
            size,
        }
    }

    pub(super) fn raw(&mut self, svg: &str) {
        self.svg.push_str(svg);
    }

    pub(super) fn text(&mut self, (x, y): (f64, f64), anchor: Anchor, class: &str, text: &str) {
        self.sized_text((x, y), anchor, class, self.size, text);
    }

    pub(super) fn sized_text(
        &mut self,
        (x, y): (f64, f64),
        anchor: Anchor,
        class: &str,
        size: f64,
        text: &str,
    ) {
        let (x, y, size) = (short(x), short(y), short(size));
        let anchor = anchor.name();
        let text = escaped(text);
        self.add(format_args!(
            "<text x=\"{x}\" y=\"{y}\" class=\"{class}\" font-size=\"{size}\" text-anchor=\"{anchor}\">{text}</text>"
        ));
    }

    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), class: &str) {
        let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(short);
        self.add(format_args!(
            "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" class=\"{class}\"/>"
        ));
    }

    pub(super) fn bar(&mut self, area: Area, class: &str) {
        let [x, y, width, height] = [area.x, area.y, area.width, area.height].map(short);
        self.add(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"2\" class=\"{class}\"/>"
        ));
    }

    pub(super) fn polyline(&mut self, points: &[(f64, f64)], class: &str) {
        let mut path = String::new();
        for (x, y) in points {
            let _ = write!(path, "{},{} ", short(*x), short(*y));
        }
        let path = path.trim_end();
        self.add(format_args!(
            "<polyline points=\"{path}\" class=\"{class}\"/>"
        ));
    }

    pub(super) fn dot(&mut self, (x, y): (f64, f64), class: &str) {
        let (x, y, r) = (short(x), short(y), short(self.size / 4.0));
        self.add(format_args!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" class=\"{class}\"/>"
        ));
    }

    fn add(&mut self, mark: std::fmt::Arguments<'_>) {
        let _ = writeln!(self.svg, "{mark}");
    }

    pub(super) fn done(self) -> String {
        self.svg
    }
}

/// A coordinate with at most one digit after the point.
pub(super) fn short(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0" } else { text }.to_owned()
}

/// Text as XML and HTML take it, without characters that steer or hide.
pub(in crate::output) fn escaped(text: &str) -> String {
    html_escape::encode_quoted_attribute(&visible(text)).into_owned()
}

/// How wide text is, about: the letters of the bundled font in four widths.
pub(super) fn width(text: &str, size: f64) -> f64 {
    let one = |c: char| match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' | '(' | ')'
        | '/' => 0.32,
        'f' | 'r' | 't' | '-' => 0.42,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.9,
        c if c.is_ascii_uppercase() => 0.7,
        c if c.is_ascii_digit() => 0.64,
        c if u32::from(c) > 0x2E80 => 1.0,
        _ => 0.6,
    };
    text.chars().map(one).sum::<f64>() * size
}

/// The text, or its beginning with an ellipsis where it would be wider than `room`.
pub(super) fn fitted(text: &str, size: f64, room: f64) -> String {
    // A name that has decided on the room itself fits, whatever the last digit says.
    if width(text, size) <= room + 0.1 {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if width(&kept, size) + size > room {
            break;
        }
    }
    kept.pop();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_shortened_where_it_must_be() {
        assert_eq!(fitted("short", 10.0, 100.0), "short");
        let cut = fitted("a very long name of an industry", 10.0, 100.0);
        assert!(cut.ends_with('…') && width(&cut, 10.0) <= 105.0, "{cut}");
        assert_eq!(fitted("word", 10.0, 0.0), "…");
    }

    #[test]
    fn nothing_from_outside_becomes_markup() {
        assert_eq!(
            escaped("<script>\"&'\u{202e}"),
            "&lt;script&gt;&quot;&amp;&#x27;\u{fffd}"
        );
    }

    #[test]
    fn coordinates_are_short() {
        assert_eq!([short(1.0), short(1.26), short(-0.01)], ["1", "1.3", "0"]);
    }
}
