//! Cells as somebody reads them who has a minute: whole percentages with what they are a part of, days rather than
//! hours, money without its cents. What a figure has become is computed from what is shown, so that everyone can check it.

use super::answer::{Cell, Plain};
use super::figures::{decimal, minor_digits, rate, reading};
use super::text::{group, thousands};

/// A cell as it stands on a page.
pub(super) fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Told(told) => match &told.1 {
            Plain::Words(words) => words.clone(),
            Plain::Days | Plain::PerOne => with_unit(cell),
        },
        Cell::Rate {
            numerator,
            denominator,
        } => match percent(cell) {
            None => "none yet".to_owned(),
            Some(percent) => {
                let few = if super::figures::is_small(*denominator) {
                    ", few"
                } else {
                    ""
                };
                format!(
                    "{percent} % ({} of {}{few})",
                    thousands(*numerator),
                    thousands(*denominator)
                )
            }
        },
        Cell::Change(pair) => change(&pair.0, &pair.1),
        Cell::Instant(at) => at.utc().format("%Y-%m-%d").to_string(),
        Cell::Integer(number) => thousands(*number),
        Cell::Money { .. } => {
            let read = reading(cell);
            match read.split_once('.') {
                Some((whole, part)) if part.bytes().all(|digit| digit == b'0') => whole.to_owned(),
                _ => read,
            }
        }
        _ => reading(cell),
    }
}

/// The value alone, without on how much it rests.
pub(super) fn brief(cell: &Cell) -> String {
    match cell {
        Cell::Rate { .. } => {
            percent(cell).map_or_else(|| plain(cell), |percent| format!("{percent} %"))
        }
        _ => plain(cell),
    }
}

/// On how much a value rests: `5 of 9`; nothing for what is no rate.
pub(super) fn parts(cell: &Cell) -> String {
    match cell {
        Cell::Rate {
            numerator,
            denominator,
        } if *denominator != 0 => {
            format!("{} of {}", thousands(*numerator), thousands(*denominator))
        }
        _ => String::new(),
    }
}

/// What is shown as a number, as it is shown, and how many digits it has after the point.
fn shown(cell: &Cell) -> Option<(f64, usize)> {
    match cell {
        Cell::Integer(number) => Some((*number as f64, 0)),
        Cell::Rate { .. } => Some((percent(cell)? as f64, 0)),
        Cell::Decimal { value, places } => {
            let places = usize::from(*places);
            Some((
                format!("{value:.places$}")
                    .parse()
                    .ok()
                    .filter(|value: &f64| value.is_finite())?,
                places,
            ))
        }
        Cell::Money {
            amount_minor,
            currency,
        } => {
            let digits = minor_digits(currency);
            Some((*amount_minor as f64 / 10_f64.powi(digits as i32), digits))
        }
        Cell::Told(told) => match (&told.1, &told.0) {
            (Plain::Days, Cell::Decimal { value, .. }) => shown(&Cell::decimal(value / 24.0, 1)),
            (
                Plain::PerOne,
                Cell::Rate {
                    numerator,
                    denominator,
                },
            ) => shown(&Cell::decimal(rate(*numerator, *denominator)?, 1)),
            _ => None,
        },
        _ => None,
    }
}

/// The percentage of a rate.
fn percent(cell: &Cell) -> Option<i64> {
    let Cell::Rate {
        numerator,
        denominator,
    } = cell
    else {
        return None;
    };
    rate(*numerator, *denominator).map(|value| (100.0 * value).round() as i64)
}

fn with_unit(cell: &Cell) -> String {
    let Some((value, places)) = shown(cell) else {
        return "none yet".to_owned();
    };
    let text = decimal(value, places as u8).unwrap_or_default();
    match cell {
        Cell::Told(told) if told.1 == Plain::Days && text == "1.0" => format!("{text} day"),
        Cell::Told(told) if told.1 == Plain::Days => format!("{text} days"),
        _ => text,
    }
}

/// What a figure has become since, as a number in the unit in which it is shown; nothing where one of the two has no
/// value or they are of different sorts.
pub(super) fn difference(now: &Cell, before: &Cell) -> Option<f64> {
    let alike = match (now, before) {
        (
            Cell::Money { currency, .. },
            Cell::Money {
                currency: other, ..
            },
        ) => currency == other,
        _ => std::mem::discriminant(now) == std::mem::discriminant(before),
    };
    let ((now, _), (before, _)) = (shown(now)?, shown(before)?);
    alike.then_some(now - before)
}

/// The same in words, with its sign.
pub(super) fn change(now: &Cell, before: &Cell) -> String {
    let (Some(by), Some((_, places))) = (difference(now, before), shown(now)) else {
        return String::new();
    };
    let size = decimal(by.abs(), places as u8).unwrap_or_default();
    if !size.contains(|c: char| c.is_ascii_digit() && c != '0') {
        return "same".to_owned();
    }
    let (whole, part) = size.split_once('.').unwrap_or((&size, ""));
    let size = match part.trim_matches('0') {
        "" if matches!(now, Cell::Money { .. }) => group(whole),
        _ if part.is_empty() => group(whole),
        _ => format!("{}.{part}", group(whole)),
    };
    let sign = if by < 0.0 { '−' } else { '+' };
    match now {
        Cell::Rate { .. } if size == "1" => format!("{sign}1 point"),
        Cell::Rate { .. } => format!("{sign}{size} points"),
        Cell::Money { currency, .. } => format!("{sign}{currency} {size}"),
        Cell::Told(told) if told.1 == Plain::Days => format!("{sign}{size} days"),
        _ => format!("{sign}{size}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(hours: f64) -> Cell {
        Cell::decimal(hours, 1).told(Plain::Days)
    }

    #[test]
    fn a_page_says_it_in_units_that_people_use() {
        for (cell, said) in [
            (hours(124.6), "5.2 days"),
            (hours(24.0), "1.0 day"),
            (Cell::rate(67, 32).told(Plain::PerOne), "2.1"),
            (Cell::rate(0, 0).told(Plain::PerOne), "none yet"),
            (Cell::rate(0, 0), "none yet"),
            (Cell::rate(5, 9), "56 % (5 of 9)"),
            (Cell::rate(2, 3), "67 % (2 of 3, few)"),
            (
                Cell::text("-6.6..100.0").told(Plain::Words("between".into())),
                "between",
            ),
            (Cell::money(27_310_000, "EUR"), "EUR 273,100"),
            (Cell::money(27_310_050, "EUR"), "EUR 273,100.50"),
            (Cell::money(5_000, "KWD"), "KWD 5"),
            (Cell::Integer(1_234), "1,234"),
            (Cell::Empty, ""),
        ] {
            assert_eq!(plain(&cell), said, "{cell:?}");
        }
        assert_eq!(
            (brief(&Cell::rate(5, 9)), parts(&Cell::rate(5, 9))),
            ("56 %".into(), "5 of 9".into())
        );
    }

    #[test]
    fn changes_are_those_of_what_is_shown() {
        for (now, before, said) in [
            (Cell::Integer(3), Cell::Integer(5), "−2"),
            (Cell::Integer(1_500), Cell::Integer(0), "+1,500"),
            (Cell::Integer(5), Cell::Integer(5), "same"),
            (Cell::decimal(1.5, 1), Cell::decimal(1.46, 1), "same"),
            (Cell::decimal(1.75, 2), Cell::decimal(1.25, 2), "+0.50"),
            (Cell::decimal(-6.6, 1), Cell::decimal(0.0, 1), "−6.6"),
            (hours(101.2), hours(125.1), "−1.0 days"),
            (Cell::rate(3, 4), Cell::rate(1, 2), "+25 points"),
            (Cell::rate(5, 9), Cell::rate(9, 16), "same"),
            (Cell::rate(3, 4), Cell::rate(0, 0), ""),
            (
                Cell::money(100_000, "EUR"),
                Cell::money(150_050, "EUR"),
                "−EUR 500.50",
            ),
            (
                Cell::money(100_000, "EUR"),
                Cell::money(0, "EUR"),
                "+EUR 1,000",
            ),
            (Cell::money(1, "EUR"), Cell::money(1, "USD"), ""),
            (Cell::Integer(3), Cell::Empty, ""),
        ] {
            assert_eq!(change(&now, &before), said, "{now:?} {before:?}");
        }
    }
}
