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
    /// The size of everything that is written small.
    pub(super) small: f64,
}

impl Canvas {
    pub(super) fn new(size: f64, small: f64) -> Self {
        Self {
            svg: String::new(),
            size,
            small,
        }
    }

    pub(super) fn raw(&mut self, svg: &str) {
        self.svg.push_str(svg);
    }

    /// Ordinary text; its foot is at the point.
    pub(super) fn text(&mut self, at: (f64, f64), anchor: Anchor, class: &str, text: &str) {
        self.sized_text(at, anchor, class, self.size, text);
    }

    /// Small text; its foot is at the point.
    pub(super) fn small_text(&mut self, at: (f64, f64), anchor: Anchor, class: &str, text: &str) {
        self.sized_text(at, anchor, class, self.small, text);
    }

    pub(super) fn sized_text(
        &mut self,
        (x, y): (f64, f64),
        anchor: Anchor,
        class: &str,
        size: f64,
        text: &str,
    ) {
        if text.trim().is_empty() {
            return;
        }
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
        let path = path(points);
        self.add(format_args!(
            "<polyline points=\"{path}\" class=\"{class}\"/>"
        ));
    }

    pub(super) fn polygon(&mut self, points: &[(f64, f64)], class: &str) {
        let path = path(points);
        self.add(format_args!(
            "<polygon points=\"{path}\" class=\"{class}\"/>"
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

fn path(points: &[(f64, f64)]) -> String {
    let points = points
        .iter()
        .map(|(x, y)| format!("{},{}", short(*x), short(*y)));
    points.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

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
