//! A neutral chart beside [`Sheet`]: what is drawn, not how. SVG, the workbook and the page's table follow from it.

use super::answer::{Cell, Column, Parts, Sheet};
use super::figures::{decimal, major, rate};
use super::text::thousands;

/// A picture of some figures: categories, and a cell of each series for each of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Names the file: lower-case words and hyphens.
    pub key: String,
    /// What is shown, in words.
    pub title: String,
    /// How it is drawn.
    pub kind: ChartKind,
    /// What the categories are, such as `Industry`.
    pub heading: &'static str,
    /// The categories, in the order in which they are drawn. They name no person and no account, for a pack that names
    /// nobody shows them too.
    pub categories: Vec<String>,
    /// The series; each has one cell a category, and all cells are of one sort.
    pub series: Vec<Series>,
    /// A value that should be reached; what stays under it is set apart.
    pub target: Option<Target>,
}

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Lying bars, for categories with names.
    Bars,
    /// Standing bars, for what is counted in each period.
    Columns,
    /// Lines, for what is measured again and again.
    Lines,
}

impl ChartKind {
    /// The words for it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            ChartKind::Bars => "Bar chart",
            ChartKind::Columns => "Column chart",
            ChartKind::Lines => "Line chart",
        }
    }
}

/// Values of one sort.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What they are.
    pub name: String,
    /// One a category; [`Cell::Empty`] leaves a gap.
    pub values: Vec<Cell>,
    /// Whether it only stands beside the others, such as the period before.
    pub muted: bool,
}

/// A line to reach.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// Where, in the unit of the chart: a share is 0 to 1.
    pub value: f64,
    /// What it is.
    pub label: String,
}

/// What the values of a chart are measured in.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Unit {
    /// A number with so many digits after the point.
    Number(u8),
    /// A part of a whole, 0 to 1.
    Share,
    /// Major units of a currency.
    Money(String),
}

impl Unit {
    /// A value on an axis.
    pub(super) fn tick(&self, value: f64) -> String {
        match self {
            Unit::Share => format!("{} %", decimal(100.0 * value, 0).unwrap_or_default()),
            Unit::Money(currency) => format!("{currency} {}", compact(value)),
            Unit::Number(_) => compact(value),
        }
    }
}

impl Series {
    /// A series of its own.
    pub fn new(name: impl Into<String>, values: impl IntoIterator<Item = Cell>) -> Self {
        Self {
            name: name.into(),
            values: values.into_iter().collect(),
            muted: false,
        }
    }

    /// The same, standing only beside the others.
    #[must_use]
    pub fn muted(self) -> Self {
        Self {
            muted: true,
            ..self
        }
    }
}

impl Chart {
    /// A chart without series.
    pub fn new(
        key: impl Into<String>,
        title: impl Into<String>,
        kind: ChartKind,
        heading: &'static str,
        categories: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        Self {
            key: key.into(),
            title: title.into(),
            kind,
            heading,
            categories: categories.into_iter().map(Into::into).collect(),
            series: Vec::new(),
            target: None,
        }
    }

    /// The same chart with one more series.
    #[must_use]
    pub fn with(mut self, series: Series) -> Self {
        self.series.push(series);
        self
    }

    /// The same chart with a line to reach.
    #[must_use]
    pub fn reach(mut self, value: f64, label: impl Into<String>) -> Self {
        self.target = Some(Target {
            value,
            label: label.into(),
        });
        self
    }

    /// Whether there is anything to draw.
    pub fn is_empty(&self) -> bool {
        !self.cells().any(|cell| cell.number().is_some())
    }

    fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.series.iter().flat_map(|series| &series.values)
    }

    /// Whether a value is below zero.
    pub(super) fn has_negative(&self) -> bool {
        self.cells()
            .filter_map(Cell::number)
            .any(|value| value < 0.0)
    }

    /// What all its values are measured in.
    pub(super) fn unit(&self) -> Unit {
        let first = self.cells().find(|cell| **cell != Cell::Empty);
        match first {
            Some(Cell::Rate { .. }) => Unit::Share,
            Some(Cell::Money { currency, .. }) => Unit::Money(currency.clone()),
            Some(Cell::Decimal { places, .. }) => Unit::Number(*places),
            _ => Unit::Number(0),
        }
    }

    /// The figures as a table: for those who do not see the picture, and for the workbook.
    pub(super) fn sheet(&self) -> Sheet {
        let parts = match self.unit() {
            Unit::Share => Parts::Rate,
            Unit::Money(_) => Parts::Money,
            Unit::Number(_) => Parts::One,
        };
        let mut columns = vec![Column::left("category", self.heading)];
        columns.extend(self.series.iter().map(|series| Column {
            parts,
            ..Column::right("value", series.name.as_str())
        }));
        let mut sheet = Sheet::new(columns);
        for (index, category) in self.categories.iter().enumerate() {
            let mut row = vec![Cell::text(category)];
            let cells = self.series.iter().map(|series| series.values.get(index));
            row.extend(cells.map(|cell| cell.cloned().unwrap_or(Cell::Empty)));
            sheet.push(row);
        }
        sheet
    }
}

impl Cell {
    /// The cell as a person reads it, for sentences.
    pub fn reading(&self) -> String {
        super::figures::reading(self)
    }

    /// Where it stands on an axis: a rate from 0 to 1, money in major units; nothing where it is no figure.
    pub fn number(&self) -> Option<f64> {
        match self {
            Cell::Integer(number) => Some(*number as f64),
            Cell::Decimal { value, .. } => value.is_finite().then_some(*value),
            Cell::Rate {
                numerator,
                denominator,
            } => rate(*numerator, *denominator),
            Cell::Money {
                amount_minor,
                currency,
            } => Some(major(*amount_minor, currency)),
            _ => None,
        }
    }
}

/// The few words written beside a value in a picture.
pub(super) fn label(cell: &Cell) -> String {
    match cell {
        Cell::Rate {
            numerator,
            denominator,
        } => match rate(*numerator, *denominator).and_then(|value| decimal(100.0 * value, 0)) {
            Some(percent) => format!("{percent} % ({numerator}/{denominator})"),
            None => format!("({numerator}/{denominator})"),
        },
        Cell::Money { currency, .. } => cell
            .number()
            .map(|value| format!("{currency} {}", compact(value)))
            .unwrap_or_default(),
        Cell::Integer(number) => thousands(*number),
        Cell::Decimal { value, places } => decimal(*value, *places).unwrap_or_default(),
        _ => String::new(),
    }
}

/// The same without what can be left out where there is no room: the parts of a rate, the currency.
pub(super) fn short_label(cell: &Cell) -> String {
    match cell {
        Cell::Rate { .. } => {
            let whole = label(cell);
            whole.split(" (").next().unwrap_or_default().to_owned()
        }
        Cell::Money { .. } => cell.number().map(compact).unwrap_or_default(),
        cell => label(cell),
    }
}

/// A number in few characters: `950`, `12.5k`, `1.2M`.
fn compact(value: f64) -> String {
    let (scaled, suffix) = match value.abs() {
        size if size >= 999_500_000.0 => (value / 1e9, "B"),
        size if size >= 999_500.0 => (value / 1e6, "M"),
        size if size >= 1_000.0 => (value / 1e3, "k"),
        _ => (value, ""),
    };
    let places = if scaled.abs() >= 100.0 { 0 } else { 2 };
    let text = decimal(scaled, places).unwrap_or_default();
    let text = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.'),
        false => &text,
    };
    format!("{text}{suffix}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_short_beside_a_picture() {
        for (cell, text) in [
            (Cell::rate(2, 4), "50 % (2/4)"),
            (Cell::rate(0, 0), "(0/0)"),
            (Cell::money(33_510_000, "EUR"), "EUR 335k"),
            (Cell::money(123_456_789, "USD"), "USD 1.23M"),
            (Cell::money(1_250, "JPY"), "JPY 1.25k"),
            (Cell::Integer(12_345), "12,345"),
            (Cell::decimal(1.25, 2), "1.25"),
            (Cell::decimal(f64::NAN, 2), ""),
            (Cell::Empty, ""),
        ] {
            assert_eq!(label(&cell), text, "{cell:?}");
        }
        assert_eq!(short_label(&Cell::rate(2, 4)), "50 %");
        assert_eq!(short_label(&Cell::money(-5_000, "EUR")), "-50");
        for (value, text) in [
            (0.0, "0"),
            (0.5, "0.5"),
            (-20.0, "-20"),
            (999.0, "999"),
            (1_000.0, "1k"),
            (999_500.0, "1M"),
            (2_500_000.0, "2.5M"),
            (1e9, "1B"),
        ] {
            assert_eq!(compact(value), text);
        }
    }

    #[test]
    fn the_table_of_a_chart_has_its_cells() {
        let chart = Chart::new("k", "T", ChartKind::Bars, "Industry", ["a", "b"])
            .with(Series::new("now", [Cell::rate(1, 2), Cell::Empty]));
        assert_eq!(chart.unit(), Unit::Share);
        let sheet = chart.sheet();
        assert_eq!(sheet.columns[1].parts, Parts::Rate);
        assert_eq!(sheet.rows[0], vec![Cell::text("a"), Cell::rate(1, 2)]);
        assert_eq!(sheet.rows[1], vec![Cell::text("b"), Cell::Empty]);
        assert!(!chart.is_empty());
    }
}
