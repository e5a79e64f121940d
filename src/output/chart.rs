//! A neutral chart beside [`Sheet`]: what is drawn, not how. SVG, the workbook and the page's table follow from it.

use super::answer::{Cell, Column, Parts, Sheet};
use super::figures::decimal;
use super::short::compact;
use super::text::thousands;
use crate::domain::rate::SMALL;

/// A picture of some figures: categories, and a cell of each series for each of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Names the file: lower-case words and hyphens.
    pub key: String,
    /// What is shown, in words.
    pub title: String,
    /// What it comes to, in a short sentence: the title of the picture, where there is one.
    pub finding: String,
    /// On how much it rests, of which period and day.
    pub footer: String,
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
    /// Whether the last category is a period that is not over.
    pub running: bool,
    /// A category that only stands beside the others.
    pub beside: Option<usize>,
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
    /// Between which two values each lies, where it is not known better; one a category or none at all.
    pub band: Vec<Option<(f64, f64)>>,
    /// On how many cases each rests, where the value does not say it itself; one a category or none at all.
    pub counts: Vec<u64>,
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
            band: Vec::new(),
            counts: Vec::new(),
        }
    }

    /// The same, each value with the two between which it lies.
    #[must_use]
    pub fn between(self, band: impl IntoIterator<Item = Option<(f64, f64)>>) -> Self {
        Self {
            band: band.into_iter().collect(),
            ..self
        }
    }

    /// The same, each value with the number of cases on which it rests.
    #[must_use]
    pub fn resting_on(self, counts: impl IntoIterator<Item = u64>) -> Self {
        Self {
            counts: counts.into_iter().collect(),
            ..self
        }
    }

    /// On how many cases a value rests, where that is known.
    pub(super) fn count(&self, index: usize) -> Option<u64> {
        let own = match self.values.get(index) {
            Some(Cell::Rate { denominator, .. }) => u64::try_from(*denominator).ok(),
            _ => None,
        };
        own.or_else(|| self.counts.get(index).copied())
    }

    /// Whether a value rests on too few cases to say anything.
    pub fn is_small(&self, index: usize) -> bool {
        self.count(index).is_some_and(|count| count < SMALL)
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
            finding: String::new(),
            footer: String::new(),
            running: false,
            beside: None,
        }
    }

    /// The same chart with what it comes to.
    #[must_use]
    pub fn finding(self, finding: impl Into<String>) -> Self {
        Self {
            finding: finding.into(),
            ..self
        }
    }

    /// The same chart with on how much it rests.
    #[must_use]
    pub fn of(self, footer: impl Into<String>) -> Self {
        Self {
            footer: footer.into(),
            ..self
        }
    }

    /// The same chart, one category of which only stands beside the others.
    #[must_use]
    pub fn beside(self, category: usize) -> Self {
        Self {
            beside: Some(category),
            ..self
        }
    }

    /// The words over the picture: what it comes to, and beneath it what is shown.
    pub(super) fn titles(&self) -> (&str, &str) {
        match self.finding.as_str() {
            "" => (&self.title, ""),
            finding => (finding, &self.title),
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

    /// The same chart with on how much it rests, and about what it is.
    #[must_use]
    pub fn foot(self, about: &str) -> Self {
        let footer = match self.n() {
            Some(n) => format!(
                "n = {} · {about}",
                thousands(i64::try_from(n).unwrap_or(i64::MAX))
            ),
            None => about.to_owned(),
        };
        self.of(footer)
    }

    /// On how many cases it rests: all of its bars, or the last of what goes from left to right.
    fn n(&self) -> Option<u64> {
        let series = self.series.iter().filter(|series| !series.muted);
        let last = self.categories.len().saturating_sub(1);
        let places = match self.kind {
            ChartKind::Bars => 0..self.categories.len(),
            _ => last..self.categories.len(),
        };
        let n = |series: &Series, place: usize| match series.values.get(place)? {
            // What is counted says itself how much it is.
            Cell::Integer(_) => None,
            _ => series.count(place),
        };
        let each =
            series.flat_map(|series| places.clone().filter_map(move |place| n(series, place)));
        each.reduce(u64::saturating_add)
    }

    /// Whether there is anything to draw.
    pub(super) fn is_empty(&self) -> bool {
        !self.cells().any(|cell| cell.number().is_some())
    }

    /// Whether there is nothing to see: no figure, or no count but zero.
    pub(super) fn is_blank(&self) -> bool {
        let seen = |cell: &Cell| match cell {
            Cell::Rate { denominator, .. } => *denominator != 0,
            cell => cell.number().is_some_and(|number| number != 0.0),
        };
        !self.cells().any(seen)
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

#[cfg(test)]
mod tests {
    use super::*;

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
