//! A list in another order: `--sort score-`.

use std::cmp::Ordering;
use std::str::FromStr;

use super::answer::{Cell, Column, Entry, Sheet, Shown, Value};
use super::fields::{NoSuchField, place_of_main};
use super::plain::plain;

/// By which field a list is sorted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Its key.
    pub key: String,
    /// Whether the highest comes first.
    pub descending: bool,
    /// How many rows are left once they are sorted; nothing for all.
    pub most: Option<usize>,
}

impl FromStr for Order {
    type Err = String;

    /// Reads a key with `+` or `-` behind it.
    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (key, descending) = match text.strip_suffix('-') {
            Some(key) => (key, true),
            None => (text.strip_suffix('+').unwrap_or(text), false),
        };
        match key.is_empty() {
            true => Err("it names no field".to_owned()),
            false => Ok(Self {
                key: key.to_owned(),
                descending,
                most: None,
            }),
        }
    }
}

/// Puts the rows of an answer in another order; whatever has nothing there comes last.
///
/// # Errors
/// [`NoSuchField`], also where the answer is no list.
pub fn sort(value: &mut Value, order: &Order) -> Result<(), NoSuchField> {
    let sheet = match value {
        Value::Sheet(sheet) => Some(sheet),
        Value::Record(entries) => main_sheet_mut(entries),
        Value::Cell(_) => None,
    };
    match sheet {
        Some(sheet) => sort_sheet(sheet, order),
        None => Err(NoSuchField {
            field: order.key.clone(),
            known: Vec::new(),
        }),
    }
}

/// The sheet that a record is about.
fn main_sheet_mut(entries: &mut [Entry]) -> Option<&mut Sheet> {
    let place = place_of_main(entries)?;
    match &mut entries.get_mut(place)?.value {
        Value::Sheet(sheet) => Some(sheet),
        Value::Record(inner) => main_sheet_mut(inner),
        Value::Cell(_) => None,
    }
}

fn sort_sheet(sheet: &mut Sheet, order: &Order) -> Result<(), NoSuchField> {
    let is_keyed = |column: &&Column| column.shown != Shown::ToPeople && !column.key.is_empty();
    let is_meant = |column: &Column| is_keyed(&column) && column.key == order.key;
    let Some(place) = sheet.columns.iter().position(is_meant) else {
        let known = sheet.columns.iter().filter(is_keyed);
        return Err(NoSuchField {
            field: order.key.clone(),
            known: known.map(|column| column.key).collect(),
        });
    };
    sheet.rows.sort_by(|one, other| {
        let (one, other) = (one.get(place), other.get(place));
        let is_missing = |cell: Option<&Cell>| cell.is_none_or(|cell| *cell == Cell::Empty);
        match (is_missing(one), is_missing(other), one, other) {
            (false, false, Some(one), Some(other)) if order.descending => compare(other, one),
            (false, false, Some(one), Some(other)) => compare(one, other),
            (one_missing, other_missing, ..) => one_missing.cmp(&other_missing),
        }
    });
    sheet.rows.truncate(order.most.unwrap_or(usize::MAX));
    Ok(())
}

/// Two values of one column: numbers by what they are, amounts within their currency, all else as text in any case.
fn compare(one: &Cell, other: &Cell) -> Ordering {
    match (one, other) {
        (Cell::Integer(one), Cell::Integer(other)) => one.cmp(other),
        (Cell::Decimal { value: one, .. }, Cell::Decimal { value: other, .. }) => {
            one.total_cmp(other)
        }
        (Cell::Flag(one), Cell::Flag(other)) => one.cmp(other),
        (Cell::Day(one), Cell::Day(other)) => one.cmp(other),
        (Cell::Instant(one), Cell::Instant(other)) => one.cmp(other),
        (
            Cell::Money {
                amount_minor: one,
                currency: of_one,
            },
            Cell::Money {
                amount_minor: other,
                currency: of_other,
            },
        ) => of_one.cmp(of_other).then(one.cmp(other)),
        (
            Cell::Rate {
                numerator: one,
                denominator: of_one,
                ..
            },
            Cell::Rate {
                numerator: other,
                denominator: of_other,
                ..
            },
        ) => {
            let value = |part: i64, whole: i64| part as f64 / whole as f64;
            value(*one, *of_one).total_cmp(&value(*other, *of_other))
        }
        (one, other) => words(one).cmp(&words(other)),
    }
}

/// A value as it is compared as text.
fn words(cell: &Cell) -> String {
    match cell {
        Cell::List(words) => words.join(", ").to_lowercase(),
        cell => plain(cell).to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(cells: Vec<Cell>) -> Value {
        Value::Sheet(Sheet {
            rows: cells.into_iter().map(|cell| vec![cell]).collect(),
            ..Sheet::new(vec![Column::left("score", "Score")])
        })
    }

    #[test]
    fn what_is_missing_comes_last_in_either_direction() {
        let cells = vec![Cell::Empty, Cell::Integer(9), Cell::Integer(10)];
        for (order, expected) in [
            ("score", [Cell::Integer(9), Cell::Integer(10), Cell::Empty]),
            ("score+", [Cell::Integer(9), Cell::Integer(10), Cell::Empty]),
            ("score-", [Cell::Integer(10), Cell::Integer(9), Cell::Empty]),
        ] {
            let mut sorted = sheet(cells.clone());
            sort(&mut sorted, &order.parse().unwrap()).unwrap();
            assert_eq!(sorted, sheet(expected.to_vec()), "{order}");
        }
    }

    #[test]
    fn words_are_compared_in_any_case() {
        let cells = ["beta", "Alpha", "alpine"].map(Cell::text).to_vec();
        let expected = ["Alpha", "alpine", "beta"].map(Cell::text).to_vec();
        let mut sorted = sheet(cells);
        sort(&mut sorted, &"score".parse().unwrap()).unwrap();
        assert_eq!(sorted, sheet(expected));
    }

    #[test]
    fn a_field_that_is_not_there_is_named_with_those_that_are() {
        let order: Order = "rank-".parse().unwrap();
        let error = sort(&mut sheet(Vec::new()), &order).unwrap_err();
        assert_eq!((error.field.as_str(), error.known), ("rank", vec!["score"]));
        assert!("-".parse::<Order>().is_err());
    }
}
