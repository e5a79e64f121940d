//! Charts as SVG: lying bars, standing bars and lines with round ticks, values beside what they belong to, and words
//! for those who do not see them. A picture has no colours of its own, only classes: [`STYLE`] is for a file, the page
//! brings its own.
//!
//! Why own code: the kept crates write their colours into each mark, where light, dark and paper need classes, and do not
//! set apart single values (`docs/qbr.md`, the look of the pictures).

mod bars;
mod canvas;
mod lines;
mod marks;
mod scale;
#[cfg(test)]
mod tests;
mod upright;

use canvas::{Anchor, Area, Canvas};
use lines::{LINE, fitted, lines};

pub(super) use canvas::escaped;

use super::chart::{Chart, ChartKind};
use super::short::label;

/// The colours of a file: dark ink on white, and hues that stay apart for every kind of colour vision.
pub(super) const STYLE: &str = include_str!("light.css");

/// Where a picture goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A slide of its own: 16 to 9, with title, footer and ground.
    Slide,
    /// A page that has the title, the footer, the ground and the colours.
    Page,
    /// The same on a phone.
    Phone,
}

/// The size of a slide in points, so that text of 18 is 18 points on it.
pub(super) const SLIDE: (f64, f64) = (960.0, 540.0);
/// The widths of a picture in a page and on a phone, about as many pixels as it has there.
const WIDTHS: (f64, f64) = (440.0, 340.0);
/// The height of a picture with an upright axis there.
const HEIGHT: f64 = 300.0;

/// Sizes of text on a slide: its title, its subtitle, everything else, and its footer.
const SLIDE_TEXT: (f64, f64, f64, f64) = (28.0, 18.0, 16.0, 14.0);
/// The size of text in a page and on a phone: nothing is smaller.
const PAGE_TEXT: (f64, f64) = (16.0, 15.0);

/// The picture of a chart.
pub(super) fn draw(chart: &Chart, place: Place) -> String {
    let (width, height, size) = match place {
        Place::Slide => (SLIDE.0, SLIDE.1, SLIDE_TEXT.2),
        Place::Page => (
            WIDTHS.0,
            page_height(chart, false, PAGE_TEXT.0),
            PAGE_TEXT.0,
        ),
        Place::Phone => (WIDTHS.1, page_height(chart, true, PAGE_TEXT.1), PAGE_TEXT.1),
    };
    let mut canvas = Canvas::new(size, size);
    open(&mut canvas, chart, place, (width, height));
    let mut area = Area {
        x: 0.0,
        y: 0.0,
        width,
        height,
    };
    if place == Place::Slide {
        area = framed(&mut canvas, chart, area);
    }
    match chart.kind {
        _ if chart.is_empty() => {
            let at = (area.x, area.y + 2.0 * size);
            canvas.text(at, Anchor::Start, "soft", "There are no figures yet.");
        }
        ChartKind::Bars => bars::draw(&mut canvas, chart, area, place == Place::Phone),
        ChartKind::Columns | ChartKind::Lines => upright::draw(&mut canvas, chart, area),
    }
    canvas.raw("</svg>\n");
    canvas.done()
}

/// A small picture of a trend, for a line of a table: bars between the lowest and the highest value, and the values as
/// words for those who do not see it.
pub(super) fn spark(values: &[Option<f64>]) -> String {
    let known = || values.iter().flatten().copied();
    // One value goes nowhere.
    if known().nth(1).is_none() {
        return String::new();
    }
    let low = known().fold(f64::INFINITY, f64::min);
    let span = known().fold(f64::NEG_INFINITY, f64::max) - low;
    let words: Vec<String> = values
        .iter()
        .map(|value| value.map_or_else(|| "none".to_owned(), super::short::compact))
        .collect();
    let mut canvas = Canvas::new(0.0, 0.0);
    canvas.raw(&format!(
        "<svg class=\"spark\" viewBox=\"0 0 {} 20\" role=\"img\" aria-label=\"Trend: {}\">",
        10 * values.len().max(1),
        words.join(", ")
    ));
    for (index, value) in values.iter().enumerate() {
        let Some(value) = value else { continue };
        let height = match span > 0.0 {
            true => 2.0 + 18.0 * (value - low) / span,
            false => 10.0,
        };
        canvas.bar(
            Area {
                x: 10.0 * index as f64,
                y: 20.0 - height,
                width: 8.0,
                height,
            },
            "bar",
        );
    }
    canvas.raw("</svg>");
    canvas.done()
}

/// Lying bars take as much height as they are many. A legend takes its own.
fn page_height(chart: &Chart, narrow: bool, size: f64) -> f64 {
    let width = if narrow { WIDTHS.1 } else { WIDTHS.0 };
    let whole = Area {
        x: 0.0,
        y: 0.0,
        width,
        height: HEIGHT,
    };
    let legend = marks::legend(&mut Canvas::new(size, size), chart, whole).y;
    legend
        + match chart.kind {
            ChartKind::Bars => bars::height(chart, narrow, size),
            _ => HEIGHT,
        }
}

/// The root with title and description; a file also gets its ground and its style. The narrow picture of a page has
/// the words of the wide one.
fn open(canvas: &mut Canvas, chart: &Chart, place: Place, (width, height): (f64, f64)) {
    let (root, class) = match place {
        Place::Slide => ("<svg xmlns=\"http://www.w3.org/2000/svg\"", "chart"),
        Place::Page => ("<svg", "chart"),
        Place::Phone => ("<svg", "chart narrow"),
    };
    let (key, title) = (escaped(&chart.key), escaped(chart.titles().0));
    let (width, height) = (canvas::short(width), canvas::short(height));
    canvas.raw(&format!(
        "{root} class=\"{class}\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-labelledby=\"{key}-title {key}-words\">\n"
    ));
    if place != Place::Phone {
        canvas.raw(&format!(
            "<title id=\"{key}-title\">{title}</title>\n<desc id=\"{key}-words\">{}</desc>\n",
            escaped(&in_words(chart))
        ));
    }
    if place == Place::Slide {
        canvas.raw(&format!(
            "<style>\n{STYLE}</style>\n<rect width=\"{width}\" height=\"{height}\" class=\"ground\"/>\n"
        ));
    }
}

/// Everything that the picture shows, said.
fn in_words(chart: &Chart) -> String {
    let mut words = format!("{}: {}.", chart.kind.name(), chart.title);
    for series in &chart.series {
        let said: Vec<String> = chart
            .categories
            .iter()
            .zip(&series.values)
            .map(|(category, cell)| match label(cell) {
                value if value.is_empty() => format!("{category}: no value"),
                value => format!("{category}: {value}"),
            })
            .collect();
        words.push_str(&format!(" {}: {}.", series.name, said.join("; ")));
    }
    if let Some(target) = &chart.target {
        words.push_str(&format!(" Line: {}.", target.label));
    }
    words
}

/// The title, what is shown, and at the foot on how much it rests; what is left between them.
fn framed(canvas: &mut Canvas, chart: &Chart, area: Area) -> Area {
    let margin = 40.0;
    let (large, middle, _, little) = SLIDE_TEXT;
    let room = area.width - 2.0 * margin;
    let (title, subtitle) = chart.titles();
    let mut y = margin;
    // Bold letters are a little wider.
    for line in lines(title, 1.02 * large, room, 2) {
        canvas.sized_text(
            (margin, y + 0.8 * large),
            Anchor::Start,
            "ink strong",
            large,
            &line,
        );
        y += 1.2 * large;
    }
    if !subtitle.is_empty() {
        let line = fitted(subtitle, middle, room);
        canvas.sized_text((margin, y + middle), Anchor::Start, "soft", middle, &line);
        y += LINE * middle;
    }
    let footer = fitted(&chart.footer, little, room);
    let foot = area.bottom() - 0.5 * margin;
    canvas.sized_text((margin, foot), Anchor::Start, "soft", little, &footer);
    let top = y + 0.5 * margin;
    Area {
        x: margin,
        y: top,
        width: room,
        height: foot - 1.3 * little - top,
    }
}
