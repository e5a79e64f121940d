//! Native charts, which read their values from the cells of the worksheet and can be copied into slides.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a block has a column of values for each series"
)]

use rust_xlsxwriter::{
    Chart as Native, ChartAxisCrossing, ChartDataLabel, ChartFont, ChartFormat,
    ChartLegendPosition, ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType,
    ChartPatternFill, ChartPatternFillType, ChartPoint, ChartSeries, ChartSolidFill, ChartType,
    Color,
};

use super::page::{Block, money_format, number_format};
use crate::output::chart::{Chart, ChartKind, Series, Unit};
use crate::output::short::short_label;

/// The rows of a worksheet that a chart covers, with one beneath it.
pub(super) const ROWS: u32 = 19;
/// A chart's size in pixels.
const SIZE: (u32, u32) = (720, 360);
/// The hues of the series, as in the pictures, and the grey of what only stands beside.
const HUES: [u32; 3] = [0x000B_5FA5, 0x001A_9A76, 0x008A_4FAE];
const UNDER: u32 = 0x00C2_570C;
const INK: u32 = 0x001B_1F24;
const BESIDE: u32 = 0x0084_8F9B;
const GRID: u32 = 0x00DF_E3E8;
/// More bars than this are drawn without their values.
const LABELLED: usize = 24;

/// The chart over the table whose headings are in the row `heading` of the worksheet `page`.
pub(super) fn native(chart: &Chart, page: &str, heading: u32, block: &Block) -> Native {
    // Lying bars take no line to reach: with one they stand.
    let lying = chart.kind == ChartKind::Bars && block.target.is_none();
    let mut native = Native::new(match chart.kind {
        ChartKind::Bars if lying => ChartType::Bar,
        ChartKind::Bars => ChartType::Column,
        ChartKind::Columns => ChartType::Column,
        ChartKind::Lines => ChartType::Line,
    });
    let (first, last) = (heading + 1, heading + block.rows);
    let labelled = chart.series.len() * chart.categories.len() <= LABELLED;
    let mut hues = HUES.iter().cycle();
    for (index, series) in chart.series.iter().enumerate() {
        let column = block.values[index + 1];
        let color = match series.muted {
            true => BESIDE,
            false => *hues.next().unwrap_or(&BESIDE),
        };
        let drawn = native.add_series();
        drawn
            .set_name((page, heading, column))
            .set_categories((page, first, block.values[0], last, block.values[0]))
            .set_values((page, first, column, last, column));
        look(drawn, chart, color, labelled);
        points(drawn, chart, index, color);
        if labelled {
            counts(drawn, series);
        }
    }
    if let Some(column) = block.target {
        let mut line = Native::new(ChartType::Line);
        let mut look = ChartFormat::new();
        let mut dashes = ChartLine::new();
        dashes
            .set_color(Color::RGB(INK))
            .set_width(1.5)
            .set_dash_type(ChartLineDashType::Dash);
        look.set_line(&dashes);
        let reach = line.add_series();
        reach
            .set_name((page, heading, column))
            .set_categories((page, first, block.values[0], last, block.values[0]))
            .set_values((page, first, column, last, column))
            .set_format(&mut look);
        native.combine(&line);
    }
    frame(&mut native, chart, lying);
    native
}

/// Beside a value that rests on too few cases, on how many.
fn counts(drawn: &mut ChartSeries, series: &Series) {
    let small = |index: usize| series.is_small(index) && series.values[index].number().is_some();
    let label = |index: usize| match series.count(index).filter(|_| small(index)) {
        Some(count) => {
            let words = format!("{} (n = {count})", short_label(&series.values[index]));
            ChartDataLabel::new().set_value(words.as_str()).clone()
        }
        None => ChartDataLabel::default(),
    };
    if (0..series.values.len()).any(small) {
        let labels: Vec<ChartDataLabel> = (0..series.values.len()).map(label).collect();
        drawn.set_custom_data_labels(&labels);
    }
}

/// What is special about single values, as in the pictures: grey is what only stands beside, orange what stays under
/// the target, hollow what rests on too few cases, hatched what is not over.
fn points(drawn: &mut ChartSeries, chart: &Chart, series: usize, color: u32) {
    if chart.kind == ChartKind::Lines {
        return;
    }
    let values = &chart.series[series];
    let point = |index: usize| {
        let value = values.values[index].number();
        let under = chart
            .target
            .as_ref()
            .zip(value)
            .is_some_and(|(target, value)| value < target.value);
        let color = Color::RGB(match () {
            () if chart.beside == Some(index) => BESIDE,
            () if under && !values.muted => UNDER,
            () => color,
        });
        let mut format = ChartFormat::new();
        if values.is_small(index) {
            format
                .set_no_fill()
                .set_border(ChartLine::new().set_color(color).set_width(1.5));
        } else if chart.running && index + 1 == chart.categories.len() {
            let mut hatched = ChartPatternFill::new();
            hatched
                .set_pattern(ChartPatternFillType::DiagonalStripesWideUpwards)
                .set_foreground_color(color);
            format.set_pattern_fill(hatched.set_background_color(Color::White));
        } else {
            format.set_solid_fill(ChartSolidFill::new().set_color(color));
        }
        ChartPoint::new().set_format(&mut format)
    };
    let points: Vec<ChartPoint> = (0..values.values.len()).map(point).collect();
    drawn.set_points(&points);
}

fn look(drawn: &mut ChartSeries, chart: &Chart, color: u32, labelled: bool) {
    let color = Color::RGB(color);
    let fill = ChartSolidFill::new().set_color(color).clone();
    let mut format = ChartFormat::new();
    if chart.kind == ChartKind::Lines {
        format.set_line(ChartLine::new().set_color(color).set_width(2.25));
        let mut marker = ChartMarker::new();
        marker
            .set_type(ChartMarkerType::Circle)
            .set_size(7)
            .set_format(ChartFormat::new().set_solid_fill(&fill));
        drawn.set_marker(&marker);
    } else {
        format.set_solid_fill(&fill);
        drawn.set_gap(60).set_overlap(-5);
    }
    drawn.set_format(&mut format);
    if labelled {
        drawn.set_data_label(
            ChartDataLabel::new()
                .show_value()
                .set_num_format(short_format(chart)),
        );
    }
}

fn frame(native: &mut Native, chart: &Chart, lying: bool) {
    let title = chart.titles().0;
    native.set_width(SIZE.0).set_height(SIZE.1);
    native.set_alt_text(chart.title.as_str());
    native.title().set_name(title);
    native
        .title()
        .set_font(ChartFont::new().set_bold().set_size(13));
    let format = short_format(chart);
    let grid = ChartLine::new().set_color(Color::RGB(GRID)).clone();
    // Of lying bars the axis of values lies, and that of the categories stands, its first at the top.
    let values = match lying {
        true => native.x_axis(),
        false => native.y_axis(),
    };
    values
        .set_num_format(format)
        .set_major_gridlines(true)
        .set_major_gridlines_line(&grid);
    if chart.unit() == Unit::Share {
        values.set_min(0).set_max(1);
    } else if !chart.has_negative() {
        values.set_min(0);
    }
    if lying {
        native
            .y_axis()
            .set_reverse()
            .set_crossing(ChartAxisCrossing::Max)
            .set_major_gridlines(false);
    }
    match chart.series.len() + usize::from(chart.target.is_some()) {
        0 | 1 => native.legend().set_hidden(),
        _ => native.legend().set_position(ChartLegendPosition::Bottom),
    };
}

/// The number format of axes and values: shorter than that of the cells.
pub(super) fn short_format(chart: &Chart) -> String {
    match chart.unit() {
        Unit::Share => "0%".to_owned(),
        Unit::Money(currency) => {
            let code = money_format(&currency);
            let code = code.split(' ').next().unwrap_or_default();
            format!("[>=1000000]{code} 0.0,,\"M\";[>=1000]{code} 0,\"k\";{code} 0")
        }
        Unit::Number(places) => number_format(usize::from(places)),
    }
}
