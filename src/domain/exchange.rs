//! Exchange: several currencies as one amount, only by rates that policy gives (`docs/rules.md`, money), in whole
//! numbers.

use std::collections::BTreeMap;

use super::money::{Currency, Money};

/// Rates into one currency.
#[derive(Debug, Clone, Copy)]
pub struct Exchange<'a> {
    /// The currency to express amounts in. It needs no rate.
    pub into: Currency,
    /// For each currency, how many major units of `into` one major unit of it is worth, as numerator and
    /// denominator: with (92, 100) for USD into EUR, 1 USD is 0.92 EUR.
    pub rates: &'a BTreeMap<Currency, (u64, u64)>,
}

impl Exchange<'_> {
    /// The sum of the amounts in minor units of `into`, exact until it is rounded once, half up (towards the larger
    /// amount, below zero too). `None` where a rate is missing or its denominator is zero, or where it does not fit.
    pub fn sum(&self, amounts: impl IntoIterator<Item = Money>) -> Option<i64> {
        let mut amounts = amounts.into_iter();
        let sum = amounts.try_fold(Fraction::ZERO, |sum, money| sum.plus(self.convert(money)?));
        sum?.rounded()
    }

    /// The amount in minor units of `into`.
    fn convert(&self, money: Money) -> Option<Fraction> {
        let amount = i128::from(money.amount_minor);
        if money.currency == self.into {
            return Fraction::of(amount, 1);
        }
        let (numerator, denominator) = *self.rates.get(&money.currency)?;
        let scale = |currency: Currency| 10_i128.checked_pow(currency.minor_digits());
        let part = amount
            .checked_mul(numerator.into())?
            .checked_mul(scale(self.into)?)?;
        let whole = i128::from(denominator).checked_mul(scale(money.currency)?)?;
        Fraction::of(part, whole)
    }
}

/// An exact amount in its lowest terms: part / whole, whole above zero.
#[derive(Debug, Clone, Copy)]
struct Fraction {
    part: i128,
    whole: i128,
}

impl Fraction {
    const ZERO: Self = Self { part: 0, whole: 1 };

    /// `None` where `whole` is zero.
    fn of(part: i128, whole: i128) -> Option<Self> {
        let shared = common_divisor(part, whole);
        (whole > 0).then(|| Self {
            part: part / shared,
            whole: whole / shared,
        })
    }

    fn plus(self, other: Self) -> Option<Self> {
        let shared = common_divisor(self.whole, other.whole);
        let (own, others) = (other.whole / shared, self.whole / shared);
        let part = self
            .part
            .checked_mul(own)?
            .checked_add(other.part.checked_mul(others)?)?;
        Self::of(part, self.whole.checked_mul(own)?)
    }

    fn rounded(self) -> Option<i64> {
        let doubled = self.part.checked_mul(2)?.checked_add(self.whole)?;
        let rounded = doubled.checked_div_euclid(self.whole.checked_mul(2)?)?;
        rounded.try_into().ok()
    }
}

/// The largest number that divides both; one of them is not zero.
const fn common_divisor(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    // No amount is the least i128: it came of a product that fits beside its negative.
    a.wrapping_abs()
}

/// Reads a rate such as `USD 0.92`; its digits are kept exactly.
pub(super) fn rate(text: &str) -> Result<(Currency, (u64, u64)), String> {
    let form = || format!("`{text}` must look like USD 0.92");
    let (currency, number) = text.split_once([' ', '=']).ok_or_else(form)?;
    let (whole, part) = number.trim().split_once('.').unwrap_or((number.trim(), ""));
    let digits = format!("{whole}{part}");
    if part.len() > 9 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(form());
    }
    let numerator = digits
        .parse()
        .ok()
        .filter(|number| *number > 0)
        .ok_or_else(form)?;
    Ok((
        currency.parse()?,
        (numerator, 10_u64.pow(part.len() as u32)),
    ))
}

/// A rate as a decimal number: its denominator is a power of ten.
pub(super) fn decimal((numerator, denominator): (u64, u64)) -> String {
    let places = denominator.ilog10() as usize;
    match places {
        0 => numerator.to_string(),
        _ => format!(
            "{}.{:0places$}",
            numerator / denominator,
            numerator % denominator
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(amount_minor: i64, currency: &str) -> Money {
        Money {
            amount_minor,
            currency: currency.parse().unwrap(),
        }
    }

    #[test]
    fn converted_by_hand() {
        let rates = [
            ("USD", (92, 100)),
            ("GBP", (1, 2)),
            ("JPY", (61, 10_000)),
            ("KWD", (3, 1)),
            ("CHF", (1, 0)),
        ]
        .map(|(code, rate)| (code.parse().unwrap(), rate))
        .into();
        let exchange = Exchange {
            into: "EUR".parse().unwrap(),
            rates: &rates,
        };
        for (amount, currency, converted) in [
            (12_345, "EUR", Some(12_345)),
            (100, "USD", Some(92)),
            (1, "GBP", Some(1)),      // 0.5 up
            (3, "GBP", Some(2)),      // 1.5 up
            (-1, "GBP", Some(0)),     // -0.5 up
            (-3, "GBP", Some(-1)),    // -1.5 up
            (1000, "JPY", Some(610)), // 1000 yen, no minor unit: 6.10 EUR
            (1, "JPY", Some(1)),      // 0.61 cents
            (1, "KWD", Some(0)),      // 0.001 KWD: 0.3 cents
            (1000, "KWD", Some(300)),
            (0, "CHF", None),
            (100, "SEK", None),
            (i64::MAX, "KWD", Some(2_767_011_611_056_432_742)),
        ] {
            assert_eq!(
                exchange.sum([money(amount, currency)]),
                converted,
                "{amount} {currency}"
            );
        }
        // 0.3 cents and 0.61 cents are 0.91 cents: one cent, not none and one of two roundings.
        assert_eq!(
            exchange.sum([money(1, "KWD"), money(1, "JPY"), money(1, "KWD")]),
            Some(1)
        );
        assert_eq!(exchange.sum([]), Some(0));
        assert_eq!(
            exchange.sum([money(100, "USD"), money(8, "EUR")]),
            Some(100)
        );
        assert_eq!(exchange.sum([money(100, "USD"), money(8, "SEK")]), None);
        assert_eq!(
            exchange.sum([money(i64::MAX, "EUR"), money(2, "USD")]),
            None
        );
    }

    #[test]
    fn no_rate_overflows_unseen() {
        let rates = BTreeMap::from([("USD".parse().unwrap(), (u64::MAX, 1))]);
        let into = "EUR".parse().unwrap();
        let exchange = Exchange {
            into,
            rates: &rates,
        };
        assert_eq!(exchange.sum([money(i64::MAX, "USD")]), None);
        assert_eq!(exchange.sum([money(i64::MIN, "USD")]), None);
    }
}
