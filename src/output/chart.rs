//! A neutral chart beside [`Sheet`]: what is drawn, not how. SVG, the workbook and the page's table follow from it.

use std::ops::Range;

use super::answer::{Cell, Column, Parts, Sheet};
use super::figures::{decimal, major, rate};
use super::text::{count_of, thousands};
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

    /// At most so many categories, and what is to be said of the others: of bars the first are kept, of what goes from
    /// left to right the last.
    pub(super) fn folded(&self, most: usize) -> (Self, Option<String>) {
        let more = self.categories.len().saturating_sub(most);
        if more == 0 {
            return (self.clone(), None);
        }
        let (kept, left) = match self.kind {
            ChartKind::Bars => (0..most, most..most + more),
            _ => (more..more + most, 0..more),
        };
        let some = |range: &Range<usize>, series: &Series| Series {
            values: part(&series.values, range),
            band: part(&series.band, range),
            counts: part(&series.counts, range),
            ..series.clone()
        };
        let said = match self.kind {
            ChartKind::Bars => count_of(more as u64, "other", "others"),
            _ => format!("{} before these", count_of(more as u64, "other", "others")),
        };
        let sums = self
            .series
            .iter()
            .map(|series| sum(&some(&left, series).values));
        let sums: Option<Vec<String>> = sums.collect();
        let chart = Self {
            categories: part(&self.categories, &kept),
            series: self
                .series
                .iter()
                .map(|series| some(&kept, series))
                .collect(),
            beside: self
                .beside
                .filter(|place| kept.contains(place))
                .map(|place| place - kept.start),
            ..self.clone()
        };
        let sums = sums.filter(|sums| !sums.is_empty());
        (
            chart,
            Some(sums.map_or(said.clone(), |sums| {
                format!("{said}: {} in all", sums.join(", "))
            })),
        )
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

/// The items in a range, fewer where there are not so many.
fn part<T: Clone>(items: &[T], range: &Range<usize>) -> Vec<T> {
    items
        .iter()
        .skip(range.start)
        .take(range.len())
        .cloned()
        .collect()
}

/// What counts, rates or amounts add up to; nothing for what cannot be added.
fn sum(cells: &[Cell]) -> Option<String> {
    let add = |sum: Cell, cell: &Cell| match (sum, cell) {
        (_, Cell::Decimal { .. }) => None,
        (Cell::Empty, cell) => Some(cell.clone()),
        (sum, Cell::Empty) => Some(sum),
        (Cell::Integer(one), Cell::Integer(next)) => Some(Cell::Integer(one.checked_add(*next)?)),
        (
            Cell::Rate {
                numerator,
                denominator,
            },
            Cell::Rate {
                numerator: part,
                denominator: whole,
            },
        ) => Some(Cell::Rate {
            numerator: numerator.checked_add(*part)?,
            denominator: denominator.checked_add(*whole)?,
        }),
        (
            Cell::Money {
                amount_minor,
                currency,
            },
            Cell::Money {
                amount_minor: next,
                currency: other,
            },
        ) if currency == *other => Some(Cell::Money {
            amount_minor: amount_minor.checked_add(*next)?,
            currency,
        }),
        _ => None,
    };
    let whole = cells.iter().try_fold(Cell::Empty, add)?;
    Some(label(&whole)).filter(|text| !text.is_empty())
}

impl Cell {
    /// The cell as a person reads it, for sentences.
    pub fn reading(&self) -> String {
        super::figures::reading(self)
    }

    /// The cell as somebody reads it who has a minute.
    pub fn brief(&self) -> String {
        super::plain::brief(self)
    }

    /// The cell in as few characters as there are beside a picture.
    pub fn short(&self) -> String {
        label(self)
    }

    /// What it has become since another, as it is shown; nothing where that cannot be said.
    pub fn since(&self, before: &Self) -> Option<f64> {
        super::plain::difference(self, before)
    }

    /// Where it stands on an axis: a rate from 0 to 1, money in major units; nothing where it is no figure.
    pub fn number(&self) -> Option<f64> {
        match self.bare() {
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
            None => "none yet".to_owned(),
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
        Cell::Integer(number) => compact(*number as f64),
        Cell::Decimal { value, .. } if value.abs() >= 1_000.0 => compact(*value),
        cell => label(cell),
    }
}

/// A number in few characters: `950`, `12.5k`, `1.2M`.
pub(super) fn compact(value: f64) -> String {
    let (scaled, suffix) = match value.abs() {
        size if size >= 999.5e12 => return format!("{value:.1e}"),
        size if size >= 999_500_000_000.0 => (value / 1e12, "T"),
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
            (Cell::rate(0, 0), "none yet"),
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
            (-2.5e13, "-25T"),
            (9e18, "9.0e18"),
        ] {
            assert_eq!(compact(value), text);
        }
    }

    #[test]
    fn many_are_folded() {
        let many = |kind, cell: fn(i64) -> Cell| {
            let names = (0..40).map(|index| index.to_string());
            let chart = Chart::new("k", "T", kind, "Where", names);
            chart.with(Series::new("now", (0..40).map(cell))).beside(39)
        };
        let (bars, said) = many(ChartKind::Bars, Cell::Integer).folded(12);
        assert_eq!(
            (bars.categories.len(), bars.series[0].values.len()),
            (12, 12)
        );
        assert_eq!(said.unwrap(), "28 others: 714 in all");
        assert_eq!(bars.beside, None);
        let (lines, said) = many(ChartKind::Lines, |_| Cell::decimal(1.0, 1)).folded(12);
        assert_eq!(
            (lines.categories[0].as_str(), lines.beside),
            ("28", Some(11))
        );
        assert_eq!(said.unwrap(), "28 others before these");
        assert_eq!(many(ChartKind::Bars, |_| Cell::Empty).folded(40).1, None);
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
