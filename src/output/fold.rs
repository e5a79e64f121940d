//! What is too much for a picture, folded: some categories are kept, and of the others it is said how many they are.

use std::ops::Range;

use super::answer::Cell;
use super::chart::{Chart, ChartKind, Series};
use super::short::label;
use super::text::count_of;

impl Chart {
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
