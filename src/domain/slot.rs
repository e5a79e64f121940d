//! What a setting's value can be: the places in the policy that `settings.rs` names, each read and written as text.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::ask::Effort;
use super::calendar::Zone;
use super::exchange::{decimal, rate};
use super::money::Currency;

/// A place in the policy that a setting's value is read from and written to.
pub(super) enum Slot<'a> {
    Number(&'a mut u32, RangeInclusive<u32>),
    Switch(&'a mut bool),
    Effort(&'a mut Effort),
    Zone(&'a mut Zone),
    Words(&'a mut Vec<String>),
    Currency(&'a mut Option<Currency>),
    Rates(&'a mut BTreeMap<Currency, (u64, u64)>),
}

impl Slot<'_> {
    /// The value as it would be typed.
    pub(super) fn shown(&self) -> String {
        match self {
            Slot::Number(number, _) => number.to_string(),
            Slot::Switch(on) => if **on { "on" } else { "off" }.to_owned(),
            Slot::Effort(effort) => effort.to_string(),
            Slot::Zone(zone) => zone.to_string(),
            Slot::Words(words) => words.join("; "),
            Slot::Currency(currency) => {
                currency.map_or_else(|| "none".to_owned(), |code| code.to_string())
            }
            Slot::Rates(rates) => {
                let shown = rates
                    .iter()
                    .map(|(currency, rate)| format!("{currency} {}", decimal(*rate)));
                shown.collect::<Vec<_>>().join("; ")
            }
        }
    }

    /// Takes a new value and gives it back as it is stored; an error says what is allowed.
    pub(super) fn put(mut self, value: &str) -> Result<String, String> {
        let value = value.trim();
        match &mut self {
            Slot::Number(number, range) => {
                **number = value
                    .parse()
                    .ok()
                    .filter(|number| range.contains(number))
                    .ok_or_else(|| {
                        format!("a whole number from {} to {}", range.start(), range.end())
                    })?;
            }
            Slot::Switch(on) => {
                **on = match value.to_lowercase().as_str() {
                    "on" | "yes" | "true" => true,
                    "off" | "no" | "false" => false,
                    _ => return Err("on or off".into()),
                };
            }
            Slot::Effort(effort) => {
                **effort = value
                    .parse()
                    .map_err(|_| "one of low, medium, high".to_owned())?;
            }
            Slot::Zone(zone) => **zone = value.parse()?,
            Slot::Words(words) => {
                **words = value
                    .split(';')
                    .map(str::trim)
                    .filter(|w| !w.is_empty())
                    .map(String::from)
                    .collect();
            }
            Slot::Currency(currency) => {
                **currency = match value {
                    "" | "none" => None,
                    code => Some(code.parse()?),
                };
            }
            Slot::Rates(rates) => {
                let parts = value
                    .split(';')
                    .map(str::trim)
                    .filter(|part| !part.is_empty());
                **rates = parts.map(rate).collect::<Result<_, String>>()?;
            }
        }
        Ok(self.shown())
    }
}
