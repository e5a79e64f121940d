//! Charts as SVG: lying bars, standing bars and lines with round ticks, values beside what they belong to, and words
//! for those who do not see them. A picture has no colours of its own, only classes: [`STYLE`] is for a file, the page
//! brings its own.

mod bars;
mod canvas;
mod hues;
mod scale;
mod upright;

use canvas::{Anchor, Area, Canvas};
use hues::fill;

pub(super) use canvas::escaped;

use super::chart::{Chart, ChartKind, label};

/// The colours of a file: dark ink on white, and hues that stay apart for every kind of colour vision.
pub(super) const STYLE: &str = include_str!("light.css");

/// Where a picture goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A slide of its own: 16 to 9, with title and ground.
    Slide,
    /// A page that has the title, the ground and the colours.
    Page,
}

/// The size of a slide in points, so that text of 18 is 18 points on it.
pub(super) const SLIDE: (f64, f64) = (960.0, 540.0);
/// The width of a picture in a page.
const PAGE_WIDTH: f64 = 440.0;
/// The height of a picture with an upright axis in a page.
const PAGE_HEIGHT: f64 = 270.0;

/// Sizes of text on a slide: its title, and everything else.
const SLIDE_TEXT: (f64, f64) = (28.0, 18.0);
/// The size of text in a page.
const PAGE_TEXT: f64 = 14.0;

/// The picture of a chart.
pub(super) fn draw(chart: &Chart, place: Place) -> String {
    let (width, height, size) = match place {
        Place::Slide => (SLIDE.0, SLIDE.1, SLIDE_TEXT.1),
        Place::Page => (PAGE_WIDTH, page_height(chart), PAGE_TEXT),
    };
    let mut canvas = Canvas::new(size);
    open(&mut canvas, chart, place, (width, height));
    let mut area = Area {
        x: 0.0,
        y: 0.0,
        width,
        height,
    };
    if place == Place::Slide {
        area = titled(&mut canvas, chart, area);
    }
    let area = legend(&mut canvas, chart, area);
    match chart.kind {
        ChartKind::Bars => bars::draw(&mut canvas, chart, area),
        ChartKind::Columns | ChartKind::Lines => upright::draw(&mut canvas, chart, area),
    }
    canvas.raw("</svg>\n");
    canvas.done()
}

/// A small picture of a trend without words, for a line of a table: bars between the lowest and the highest value.
pub(super) fn spark(values: &[Option<f64>]) -> String {
    let known = || values.iter().flatten().copied();
    let low = known().fold(f64::INFINITY, f64::min);
    let span = known().fold(f64::NEG_INFINITY, f64::max) - low;
    let mut canvas = Canvas::new(0.0);
    canvas.raw(&format!(
        "<svg class=\"spark\" viewBox=\"0 0 {} 20\" aria-hidden=\"true\">",
        10 * values.len().max(1)
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

/// Lying bars take as much height as they are many.
fn page_height(chart: &Chart) -> f64 {
    if chart.kind != ChartKind::Bars {
        return PAGE_HEIGHT;
    }
    let bars = chart.categories.len() as f64;
    let each = 14.0 + 18.0 * chart.series.len() as f64;
    let above = if has_legend(chart) { 30.0 } else { 0.0 };
    above + bars * each + 30.0
}

/// The root with title and description; a file also gets its ground and its style.
fn open(canvas: &mut Canvas, chart: &Chart, place: Place, (width, height): (f64, f64)) {
    let (key, title) = (escaped(&chart.key), escaped(&chart.title));
    let root = match place {
        Place::Slide => "<svg xmlns=\"http://www.w3.org/2000/svg\"",
        Place::Page => "<svg",
    };
    canvas.raw(&format!(
        "{root} class=\"chart\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-labelledby=\"{key}-title {key}-words\">\n\
         <title id=\"{key}-title\">{title}</title>\n\
         <desc id=\"{key}-words\">{}</desc>\n",
        escaped(&in_words(chart))
    ));
    if place == Place::Slide {
        canvas.raw(&format!(
            "<style>\n{STYLE}</style>\n<rect width=\"{width}\" height=\"{height}\" class=\"ground\"/>\n"
        ));
    }
}

/// Everything that the picture shows, said.
fn in_words(chart: &Chart) -> String {
    let mut words = format!("{}.", chart.kind.name());
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

fn titled(canvas: &mut Canvas, chart: &Chart, area: Area) -> Area {
    let (margin, size) = (40.0, SLIDE_TEXT.0);
    let title = canvas::fitted(&chart.title, size * 1.05, area.width - 2.0 * margin);
    let at = (margin, margin + size * 0.8);
    canvas.sized_text(at, Anchor::Start, "ink strong", size, &title);
    Area {
        x: margin,
        y: 2.1 * margin,
        width: area.width - 2.0 * margin,
        height: area.height - 2.1 * margin - 0.6 * margin,
    }
}

/// One series needs no legend: the title says what it is.
fn has_legend(chart: &Chart) -> bool {
    chart.series.len() > 1 && chart.kind != ChartKind::Lines
}

fn legend(canvas: &mut Canvas, chart: &Chart, area: Area) -> Area {
    if !has_legend(chart) {
        return area;
    }
    let size = canvas.size;
    let mut x = area.x;
    for (index, series) in chart.series.iter().enumerate() {
        let swatch = Area {
            x,
            y: area.y + 0.2 * size,
            width: 0.8 * size,
            height: 0.8 * size,
        };
        canvas.bar(swatch, &fill(chart, index));
        let at = (x + 1.15 * size, area.y + 0.95 * size);
        canvas.text(at, Anchor::Start, "ink", &series.name);
        x += 2.4 * size + canvas::width(&series.name, size);
    }
    let taken = 2.1 * size;
    Area {
        y: area.y + taken,
        height: area.height - taken,
        ..area
    }
}

#[cfg(test)]
mod tests {
    use super::super::answer::Cell;
    use super::super::chart::Series;
    use super::*;

    fn charts() -> [Chart; 3] {
        let rates = [Cell::rate(2, 4), Cell::rate(5, 5), Cell::Empty];
        let counts = [Cell::from(3), Cell::from(0), Cell::from(7)];
        let scores = [Cell::decimal(-20.0, 1), Cell::Empty, Cell::decimal(45.5, 1)];
        let names = ["<b>retail</b>", "healthcare & care", "logistics"];
        [
            Chart::new("a", "Fill < rate", ChartKind::Bars, "Industry", names)
                .with(Series::new("now", rates.clone()))
                .with(Series::new("before", rates).muted())
                .reach(0.7, "70 %"),
            Chart::new("b", "Counts", ChartKind::Columns, "Month", names)
                .with(Series::new("now", counts)),
            Chart::new("c", "Scores", ChartKind::Lines, "Month", names)
                .with(Series::new("now", scores)),
        ]
    }

    #[test]
    fn every_picture_is_sound_and_says_what_it_shows() {
        for chart in charts() {
            for place in [Place::Slide, Place::Page] {
                let svg = draw(&chart, place);
                for nonsense in ["NaN", "inf", "<b>", "& "] {
                    assert!(!svg.contains(nonsense), "{nonsense} in {svg}");
                }
                assert!(svg.contains("<title id=") && svg.contains("<desc id="));
                assert!(svg.contains(&escaped(&chart.title)));
                assert!(svg.contains("no value") || chart.key == "b", "{svg}");
                assert_eq!(svg, draw(&chart, place), "the same every time");
            }
        }
    }

    #[test]
    fn a_gap_breaks_the_line_and_what_is_under_the_target_is_set_apart() {
        let [bars, _, lines] = charts();
        assert!(!draw(&lines, Place::Page).contains("<polyline"));
        assert_eq!(draw(&bars, Place::Page).matches("fill under").count(), 1);
    }
}
