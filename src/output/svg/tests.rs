//! Every kind of chart with few and many items, with long and foreign names, with negative and huge values: no two
//! texts overlap and none leaves the picture. Places are those of the letters as they are drawn, not as they were
//! measured.

use resvg::usvg::{Group, Node, Rect};

use super::super::answer::Cell;
use super::super::chart::Series;
use super::super::png::Painter;
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
        for place in [Place::Slide, Place::Page, Place::Phone] {
            let svg = draw(&chart, place);
            for nonsense in ["NaN", "inf", "<b>", "& "] {
                assert!(!svg.contains(nonsense), "{nonsense} in {svg}");
            }
            if place != Place::Phone {
                assert!(svg.contains("<title id=") && svg.contains("<desc id="));
                assert!(svg.contains(&escaped(&chart.title)));
                assert!(svg.contains("no value") || chart.key == "b", "{svg}");
            }
            assert_eq!(svg, draw(&chart, place), "the same every time");
        }
    }
}

#[test]
fn a_mark_says_what_is_special_about_it() {
    let [mut bars, mut columns, lines] = charts();
    assert!(
        !draw(&lines, Place::Page).contains("<polyline"),
        "a gap breaks the line"
    );
    let drawn = draw(&bars, Place::Page);
    assert_eq!(drawn.matches("hollow under").count(), 1, "{drawn}");
    assert!(drawn.contains("fewer than 5"));
    bars.series[0].values[0] = Cell::rate(5, 10);
    bars.beside = Some(1);
    let drawn = draw(&bars, Place::Page);
    assert_eq!(drawn.matches("class=\"fill under\"").count(), 1);
    let grey = drawn.matches("class=\"fill beside\"").count();
    assert_eq!(grey, 1 + 1 + 1, "the legend, the category, and the series");
    assert!(!draw(&columns, Place::Page).contains("hatch"));
    columns.running = true;
    assert!(draw(&columns, Place::Page).contains("class=\"hatch\""));
    let target = drawn.find("class=\"target\"").unwrap();
    assert!(
        target < drawn.rfind("class=\"fill").unwrap(),
        "it lies behind the values"
    );
}

/// The texts of a picture, each with its place.
fn texts(group: &Group, found: &mut Vec<(String, Rect)>) {
    for node in group.children() {
        match node {
            Node::Group(group) => texts(group, found),
            Node::Text(text) => {
                let words = text.chunks().iter().map(|chunk| chunk.text().to_owned());
                found.push((words.collect(), text.abs_bounding_box()));
            }
            _ => {}
        }
    }
}

/// Fails where two texts overlap, or one leaves the picture.
#[track_caller]
fn stands_free(chart: &Chart, place: Place, painter: &Painter) {
    let mut svg = draw(chart, place);
    if place != Place::Slide {
        svg = svg.replacen("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", 1);
        svg = svg.replacen(">\n", &format!(">\n<style>{STYLE}</style>\n"), 1);
    }
    let tree = painter.tree(&svg).unwrap();
    let (width, height) = (tree.size().width(), tree.size().height());
    let mut found = Vec::new();
    texts(tree.root(), &mut found);
    assert!(!found.is_empty());
    let about = || {
        format!(
            "{} {:?} {place:?} {} items\n{svg}",
            chart.key,
            chart.kind,
            chart.categories.len()
        )
    };
    for (index, (words, area)) in found.iter().enumerate() {
        // The space over and under letters is no letter.
        let (top, bottom) = (
            area.top() + 0.25 * area.height(),
            area.bottom() - 0.2 * area.height(),
        );
        let inside =
            area.left() >= -0.5 && area.right() <= width + 0.5 && top >= 0.0 && bottom <= height;
        assert!(inside, "`{words}` leaves the picture {area:?}: {}", about());
        for (other, beside) in &found[..index] {
            let (above, beneath) = (
                beside.top() + 0.25 * beside.height(),
                beside.bottom() - 0.2 * beside.height(),
            );
            let apart = area.left() + 0.5 >= beside.right() || beside.left() + 0.5 >= area.right();
            let apart = apart || top >= beneath || above >= bottom;
            assert!(
                apart,
                "`{words}` {area:?} lies on `{other}` {beside:?}: {}",
                about()
            );
        }
    }
}

/// So many names of a kind.
fn names(kind: usize, count: usize) -> Vec<String> {
    let one = |index: usize| match kind {
        0 => format!("Q{} {}", index % 4 + 1, 2020 + index / 4),
        1 => format!("industrial machinery and equipment of the heavier sort, case-study {index}"),
        2 => {
            [
                "医療と介護サービス",
                "القطاع المصرفي والتأمين",
                "金融服务和保险",
                "여행과 관광",
            ][index % 4]
                .to_owned()
                + &index.to_string()
        }
        _ => format!("Donaudampfschifffahrtsgesellschaftskapitänswitwenrente{index}"),
    };
    (0..count).map(one).collect()
}

/// So many values of a kind.
fn values(kind: usize, count: usize) -> Vec<Cell> {
    let one = |index: usize| {
        let number = index as i64;
        match kind {
            0 => Cell::rate(number % 7, 7),
            1 => Cell::rate(number % 4, 3 + number % 2),
            2 => Cell::Integer(number * number - 30),
            3 => Cell::money(number * 987_654_321_987, "JPY"),
            4 => Cell::decimal(
                if index.is_multiple_of(2) {
                    -1e18
                } else {
                    7.25e17
                },
                1,
            ),
            5 if index.is_multiple_of(3) => Cell::Empty,
            5 => Cell::decimal(-66.6 + 7.0 * index as f64, 1),
            _ => Cell::Integer(i64::MAX - number),
        }
    };
    (0..count).map(one).collect()
}

/// Every chart of a kind, with so many series.
fn every(kind: ChartKind, series: usize) -> Vec<Chart> {
    let mut charts = Vec::new();
    for count in [0, 1, 2, 12, 40] {
        for (naming, valuing) in (0..4).flat_map(|one| (0..7).map(move |next| (one, next))) {
            let key = format!("names-{naming}-values-{valuing}");
            let title = "How many of all requests were filled in time, by industry and ask, with everything that belongs to them and more";
            let mut chart = Chart::new(key, title, kind, "Where", names(naming, count))
                .finding("Half of the requests of the whole year were filled (4 of 8), which is far fewer than the target of 70 % asks for in any of the quarters before")
                .of("n = 8 requests · 2026-Q4, not over yet · as of 2026-11-30");
            for place in 0..series {
                let series = Series::new(
                    format!("Series of the place {place}"),
                    values(valuing, count),
                );
                chart = chart.with(match place {
                    0 => series.resting_on((0..count as u64).map(|index| index % 9)),
                    _ => series.muted(),
                });
            }
            chart.running = count.is_multiple_of(4);
            let chart = match naming {
                1 => chart.reach(0.7, "target 70 %, as it was agreed upon"),
                2 if kind == ChartKind::Lines => {
                    let ends = (0..count).map(|index| (index != 2).then_some((-5.0, 9.0)));
                    chart.series[0].band = ends.collect();
                    chart
                }
                _ => chart,
            };
            charts.push(chart);
        }
    }
    charts
}

fn every_one_stands_free(kind: ChartKind) {
    let all: String = (0..4).flat_map(|kind| names(kind, 4)).collect();
    let painter = Painter::of([all.as_str()]);
    let two = every(kind, 2)
        .into_iter()
        .filter(|chart| chart.key.starts_with("names-0"));
    for chart in every(kind, 1).into_iter().chain(two) {
        for place in [Place::Slide, Place::Page, Place::Phone] {
            stands_free(&chart, place, &painter);
        }
    }
}

#[test]
fn texts_of_lying_bars_stand_free() {
    every_one_stands_free(ChartKind::Bars);
}

#[test]
fn texts_of_columns_stand_free() {
    every_one_stands_free(ChartKind::Columns);
}

#[test]
fn texts_of_lines_stand_free() {
    every_one_stands_free(ChartKind::Lines);
}
