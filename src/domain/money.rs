//! Money: whole minor units of one currency, never a floating-point number, never two currencies added together
//! (`docs/rules.md`, money).
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the digits are ASCII, and no more than there are"
)]

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// An ISO 4217 code: three capital letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// Digits of the minor unit by ISO 4217, of currencies that do not have two.
const MINOR_DIGITS: &[(u32, &[&str])] = &[
    (
        0,
        &[
            "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
            "VND", "VUV", "XAF", "XOF", "XPF",
        ],
    ),
    (3, &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]),
    (4, &["CLF", "UYW"]),
];

impl Currency {
    /// The code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Digits after the decimal point of a major unit.
    pub fn minor_digits(&self) -> u32 {
        MINOR_DIGITS
            .iter()
            .find(|(_, codes)| codes.contains(&self.code()))
            .map_or(2, |(digits, _)| *digits)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl FromStr for Currency {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim().to_ascii_uppercase().as_bytes() {
            &[a, b, c] if [a, b, c].iter().all(u8::is_ascii_uppercase) => Ok(Self([a, b, c])),
            _ => Err(format!(
                "`{text}` is not a currency; use a code such as EUR or USD"
            )),
        }
    }
}

/// An amount in the currency's smallest unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Money {
    /// Minor units, such as cents.
    pub amount_minor: i64,
    /// Of which currency.
    pub currency: Currency,
}

impl Money {
    /// Reads a plain decimal amount of major units, such as `1234.50`; the digits are kept exactly.
    ///
    /// # Errors
    /// Says what is wrong: not a number, more digits than the currency has, or too large.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, String> {
        let trimmed = text.trim();
        let bad = || format!("`{text}` is not an amount; write it like 12500 or 12500.50");
        let (sign, digits) = match trimmed.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, trimmed),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let numeric = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && part.is_empty()) || !numeric(whole) || !numeric(part) {
            return Err(bad());
        }
        let places = currency.minor_digits() as usize;
        if part.trim_end_matches('0').len() > places {
            return Err(format!("`{text}` has more decimal places than {currency}"));
        }
        let minor = format!("{whole}{:0<places$}", &part[..part.len().min(places)]);
        let amount: i64 = minor
            .parse()
            .map_err(|_| format!("`{text}` is too large an amount"))?;
        Ok(Self {
            amount_minor: sign * amount,
            currency,
        })
    }
}

impl Money {
    /// The same number in another currency, where the first one was named by mistake.
    ///
    /// # Errors
    /// Where it has more decimal places than the currency.
    pub fn renamed(self, currency: Currency) -> Result<Self, String> {
        let shown = self.to_string();
        Self::parse(shown.split(' ').next().unwrap_or_default(), currency)
    }
}

impl FromStr for Money {
    type Err = String;

    /// Reads an amount with its currency, in either order: `25 USD`, `USD 25.50`.
    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || format!("`{text}` is not an amount of money; write it like 25 USD");
        let (one, other) = text
            .trim()
            .split_once(char::is_whitespace)
            .ok_or_else(bad)?;
        let (amount, code) = match one.starts_with(|c: char| c.is_ascii_alphabetic()) {
            true => (other, one),
            false => (one, other),
        };
        Self::parse(amount, code.parse()?)
    }
}

impl fmt::Display for Money {
    /// The amount as [`Money::from_str`] reads it, without a fraction of nothing: `25 USD`, `25.50 USD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.amount_minor < 0 { "-" } else { "" };
        let places = self.currency.minor_digits();
        let (minor, unit) = (self.amount_minor.unsigned_abs(), 10_u64.pow(places));
        let (whole, part, places) = (minor / unit, minor % unit, places as usize);
        match part {
            0 => write!(f, "{sign}{whole} {}", self.currency),
            part => write!(f, "{sign}{whole}.{part:0places$} {}", self.currency),
        }
    }
}

/// Sums by currency, since two currencies are never added together without a rate.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals(pub BTreeMap<Currency, i64>);

impl Totals {
    /// Adds an amount to the total of its currency; a sum that would not fit stays at the largest.
    pub fn add(&mut self, money: Money) {
        let total = self.0.entry(money.currency).or_insert(0);
        *total = total.saturating_add(money.amount_minor);
    }

    /// The total of a currency.
    pub fn of(&self, currency: Currency) -> i64 {
        self.0.get(&currency).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact() {
        for (text, currency, minor) in [
            ("1234.5", "EUR", 123_450),
            ("0.07", "usd", 7),
            ("-3", "USD", -300),
            (".5", "USD", 50),
            ("90071992547409.93", "USD", 9_007_199_254_740_993),
            ("1500", "JPY", 1500),
            ("1500.00", "JPY", 1500),
            ("1.234", "KWD", 1234),
            ("1.234", "IQD", 1234),
            ("1.2345", "CLF", 12_345),
        ] {
            let money = Money::parse(text, currency.parse().unwrap()).unwrap();
            assert_eq!(money.amount_minor, minor, "{text} {currency}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        let usd = "USD".parse().unwrap();
        for text in [
            "",
            "-",
            ".",
            "1,000",
            "1e5",
            "12.345",
            "99999999999999999999",
            "$5",
        ] {
            assert!(Money::parse(text, usd).is_err(), "{text}");
        }
        assert!("EURO".parse::<Currency>().is_err() && "E1R".parse::<Currency>().is_err());
    }

    #[test]
    fn money_is_read_as_it_is_shown() {
        for (typed, shown) in [
            ("25 USD", "25 USD"),
            ("USD 25.5", "25.50 USD"),
            ("-0.05  eur", "-0.05 EUR"),
            ("1500 JPY", "1500 JPY"),
            ("1.5 KWD", "1.500 KWD"),
        ] {
            let money: Money = typed.parse().unwrap();
            assert_eq!(money.to_string(), shown);
            assert_eq!(shown.parse(), Ok(money));
        }
        for wrong in ["", "25", "USD", "25USD", "25 dollars", "25 26 USD", "x USD"] {
            assert!(wrong.parse::<Money>().is_err(), "{wrong}");
        }
        let least = Money {
            amount_minor: i64::MIN,
            currency: "USD".parse().unwrap(),
        };
        assert_eq!(least.to_string(), "-92233720368547758.08 USD");
    }

    #[test]
    fn currencies_are_never_added_together() {
        let mut totals = Totals::default();
        for (text, currency) in [("1", "EUR"), ("2", "USD"), ("3", "EUR")] {
            totals.add(Money::parse(text, currency.parse().unwrap()).unwrap());
        }
        assert_eq!(totals.of("EUR".parse().unwrap()), 400);
        assert_eq!(totals.of("USD".parse().unwrap()), 200);
    }
}
