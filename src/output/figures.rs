//! Cells as figures and words: the one place where a number is rounded and a currency's digits are known, so that all
//! formats agree.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the place is taken within the list"
)]

use super::answer::Cell;
use super::text::{group, visible};
use crate::domain::money::Currency;
use crate::domain::rate::SMALL;

/// A decimal number rounded to `places`; nothing where it is not a number.
pub(super) fn decimal(value: f64, places: u8) -> Option<String> {
    if !value.is_finite() {
        return None;
    }
    let text = format!("{value:.*}", usize::from(places));
    let zero = !text.contains(|c: char| c.is_ascii_digit() && c != '0');
    Some(if zero {
        text.trim_start_matches('-').to_owned()
    } else {
        text
    })
}

/// A rate's value; nothing where the whole is zero.
pub(super) fn rate(numerator: i64, denominator: i64) -> Option<f64> {
    (denominator != 0).then(|| numerator as f64 / denominator as f64)
}

/// Whether a rate rests on too few cases to be trusted.
pub(super) fn is_small(denominator: i64) -> bool {
    u64::try_from(denominator).is_ok_and(|denominator| denominator < SMALL)
}

/// A cell as a person reads it, on one line; nothing where there is nothing to read.
pub(super) fn reading(cell: &Cell) -> String {
    match cell.bare() {
        // What something has become is said where it is shown: in the words of a page.
        Cell::Empty | Cell::Told(_) | Cell::Change(_) => String::new(),
        Cell::Text(text) => visible(text),
        Cell::Command(command) => command.typed(),
        Cell::Sentence(sentence) => sentence.text(),
        Cell::Integer(number) => number.to_string(),
        Cell::Decimal { value, places } => decimal(*value, *places).unwrap_or_default(),
        Cell::Flag(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Cell::Day(day) => day.to_string(),
        Cell::Instant(at) => at.utc().format("%Y-%m-%d %H:%M UTC").to_string(),
        Cell::List(items) => visible(&items.join("; ")),
        Cell::Numbers(numbers) => numbers_in_words(numbers),
        Cell::Money {
            amount_minor,
            currency,
        } => money(*amount_minor, currency),
        Cell::Rate {
            numerator,
            denominator,
        } => rate_reading(*numerator, *denominator),
        Cell::Trend(values) => sparkline(values),
    }
}

/// The bars of a sparkline, from the lowest to the highest.
const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A small picture of values between their own lowest and highest; a level one stays in the middle.
fn sparkline(values: &[Option<f64>]) -> String {
    let known = || {
        values
            .iter()
            .flatten()
            .copied()
            .filter(|one| one.is_finite())
    };
    let low = known().fold(f64::INFINITY, f64::min);
    let span = known().fold(f64::NEG_INFINITY, f64::max) - low;
    let bar = |value: &Option<f64>| match value {
        Some(value) if value.is_finite() && span > 0.0 => {
            BARS[((value - low) / span * 7.0).round() as usize % BARS.len()]
        }
        Some(value) if value.is_finite() => BARS[3],
        _ => '·',
    };
    values.iter().map(bar).collect()
}

fn rate_reading(numerator: i64, denominator: i64) -> String {
    let percent = rate(numerator, denominator).and_then(|value| decimal(100.0 * value, 1));
    match percent {
        None => format!("{numerator}/{denominator} -"),
        Some(percent) => {
            let mark = if is_small(denominator) {
                " small n"
            } else {
                ""
            };
            format!("{numerator}/{denominator} ({percent} %){mark}")
        }
    }
}

/// Money as `USD 1,234.50`, with as many digits after the point as the currency has.
fn money(amount_minor: i64, currency: &str) -> String {
    let units = major_units(amount_minor, currency);
    let (sign, digits) = match units.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", units.as_str()),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let point = if part.is_empty() { "" } else { "." };
    format!("{} {sign}{}{point}{part}", visible(currency), group(whole))
}

/// An amount in major units, exactly: `-1234.50`.
pub(super) fn major_units(amount_minor: i64, currency: &str) -> String {
    let digits = minor_digits(currency);
    let sign = if amount_minor < 0 { "-" } else { "" };
    let padded = format!(
        "{:0width$}",
        amount_minor.unsigned_abs(),
        width = digits + 1
    );
    let (whole, part) = padded.split_at(padded.len() - digits);
    let point = if part.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{part}")
}

/// Digits of a currency's minor unit; two for what is no currency.
pub(super) fn minor_digits(currency: &str) -> usize {
    let currency: Result<Currency, _> = currency.parse();
    currency.map_or(2, |currency| currency.minor_digits() as usize)
}

/// Money in major units, for axes and spreadsheets.
pub(super) fn major(amount_minor: i64, currency: &str) -> f64 {
    amount_minor as f64 / 10_f64.powi(minor_digits(currency) as i32)
}

/// Several whole numbers, one after the other.
pub(super) fn numbers_in_words(numbers: &[i64]) -> String {
    let words: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    words.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Timestamp;

    #[test]
    fn sparklines_go_from_low_to_high() {
        for (values, drawn) in [
            (vec![Some(0.0), Some(0.5), Some(1.0)], "▁▅█"),
            (vec![Some(2.0), None, Some(2.0)], "▄·▄"),
            (vec![None, Some(-5.0), Some(f64::NAN), Some(5.0)], "·▁·█"),
            (vec![], ""),
        ] {
            assert_eq!(sparkline(&values), drawn);
        }
    }

    #[test]
    fn cells_read_as_people_write_them() {
        for (cell, text) in [
            (Cell::Empty, ""),
            (Cell::Flag(true), "yes"),
            (Cell::Integer(-1234), "-1234"),
            (
                Cell::Instant(Timestamp(1_795_249_800)),
                "2026-11-21 08:30 UTC",
            ),
            (Cell::Day("2026-11-21".parse().unwrap()), "2026-11-21"),
            (Cell::List(vec!["a".into(), "b\nc".into()]), "a; b c"),
            (Cell::decimal(-0.04, 1), "0.0"),
            (Cell::decimal(33.333, 1), "33.3"),
            (Cell::decimal(f64::NAN, 1), ""),
            (Cell::rate(7, 12), "7/12 (58.3 %)"),
            (Cell::rate(2, 3), "2/3 (66.7 %) small n"),
            (Cell::rate(0, 0), "0/0 -"),
            (Cell::money(123_450, "USD"), "USD 1,234.50"),
            (Cell::money(-5, "EUR"), "EUR -0.05"),
            (Cell::money(1_234_567, "JPY"), "JPY 1,234,567"),
            (Cell::money(1_234_567, "KWD"), "KWD 1,234.567"),
            (
                Cell::money(i64::MIN, "USD"),
                "USD -92,233,720,368,547,758.08",
            ),
        ] {
            assert_eq!(reading(&cell), text, "{cell:?}");
        }
    }
}
