//! The figures that lead as tidy rows: a figure and a period a row, in units that a person pastes into a slide.

use super::super::answer::{Cell, Plain, Sheet};
use super::super::document::Compared;
use super::super::figures::{decimal, minor_digits, rate};
use super::super::table::Table;
use super::Pack;

/// The rows: figure, period, value, unit, before, change. The value is a number in its unit, and so is the change.
pub(super) fn sheet(pack: &Pack) -> Sheet {
    let (period, beside) = pack.heading.names();
    let known = pack.headlines.iter().filter(|one| !one.is_blank());
    let known: Vec<&Compared> = known.collect();
    Table::of(&known)
        .left("figure", "Figure", |one| one.figure.name())
        .left("period", "Period", |_| period.as_str())
        .right("value", "Value", |one| number(&one.figure.value))
        .left("unit", "Unit", |one| unit(&one.figure.value))
        .right("before", "Before", |one| number(&one.before))
        .left("before_period", "Period before", |_| beside.as_str())
        .right("change", "Change", |one| change(one))
        .empty("")
}

/// A value in its unit, with as many digits as are shown.
fn number(cell: &Cell) -> Option<Cell> {
    let (value, places) = match cell {
        Cell::Integer(number) => return Some(Cell::Integer(*number)),
        Cell::Decimal { value, places } => (*value, *places),
        Cell::Rate {
            numerator,
            denominator,
        } => (100.0 * rate(*numerator, *denominator)?, 0),
        Cell::Money { currency, .. } => (cell.number()?, minor_digits(currency) as u8),
        Cell::Told(told) => match told.1 {
            Plain::Days => (told.0.number()? / 24.0, 1),
            Plain::PerOne => (told.0.number()?, 1),
            Plain::Words(_) => return None,
        },
        _ => return None,
    };
    Some(Cell::decimal(decimal(value, places)?.parse().ok()?, places))
}

/// What the value is measured in.
fn unit(cell: &Cell) -> String {
    match cell {
        Cell::Rate { .. } => "%".to_owned(),
        Cell::Money { currency, .. } => currency.clone(),
        Cell::Told(told) => match told.1 {
            Plain::Days => "days".to_owned(),
            _ => String::new(),
        },
        _ => String::new(),
    }
}

/// What the value has become, computed from what stands in the row; of a percentage in points.
fn change(one: &Compared) -> Option<Cell> {
    let (now, before) = (number(&one.figure.value)?, number(&one.before)?);
    match (&now, &before) {
        (Cell::Decimal { value, places }, Cell::Decimal { value: before, .. }) => {
            Some(Cell::decimal(value - before, *places))
        }
        (Cell::Integer(now), Cell::Integer(before)) => {
            Some(Cell::Integer(now.checked_sub(*before)?))
        }
        _ => None,
    }
}
