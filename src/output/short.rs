//! A cell in few characters, for the marks of a picture, and where it stands on an axis.

use super::answer::Cell;
use super::figures::{decimal, major, rate};
use super::text::thousands;

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
}
