//! What a setting's value can be: the places in the policy that `settings.rs` names, each read and written as text.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::ask::Effort;
use super::calendar::Zone;
use super::exchange::{decimal, rate};
use super::industry::slug;
use super::money::{Currency, Totals};
use super::policy::Policy;
use super::value_back::{MenuItem, amounts, amounts_shown};

/// A place in the policy that a setting's value is read from and written to.
pub(super) enum Slot<'a> {
    Number(&'a mut u32, RangeInclusive<u32>),
    Switch(&'a mut bool),
    Effort(&'a mut Effort),
    Zone(&'a mut Zone),
    Words(&'a mut Vec<String>),
    Currency(&'a mut Option<Currency>),
    Rates(&'a mut BTreeMap<Currency, (u64, u64)>),
    Item(&'a mut Option<MenuItem>),
    Amounts(&'a mut Totals),
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
            Slot::Item(item) => item.map_or_else(|| "none".to_owned(), |item| item.to_string()),
            Slot::Amounts(totals) => amounts_shown(totals),
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
            Slot::Item(item) => {
                **item = match value {
                    "none" => None,
                    typed => Some(typed.parse()?),
                };
            }
            Slot::Amounts(totals) => **totals = amounts(value)?,
        }
        Ok(self.shown())
    }
}

impl Policy {
    /// The value of a list of words with some added and some taken away. Case and punctuation do not tell words apart.
    ///
    /// # Errors
    /// A sentence, for a key that is not known or holds no words, and for a word to be taken away that is not there.
    pub fn amended(&self, key: &str, add: &[String], remove: &[String]) -> Result<String, String> {
        let mut changed = self.clone();
        changed.make_room(key)?;
        match changed.slot(key) {
            Some(Slot::Words(words)) => {
                amend(words, add, remove).map_err(|word| format!("{key} has no `{word}`"))?;
                Ok(Slot::Words(words).shown())
            }
            Some(_) => Err(format!("{key} is not a list of words")),
            None => Err(format!("there is no setting `{key}`")),
        }
    }
}

/// Takes words from a list and adds others that are not there yet; the word that cannot be taken is the error.
fn amend(words: &mut Vec<String>, add: &[String], remove: &[String]) -> Result<(), String> {
    for word in remove {
        let before = words.len();
        words.retain(|one| slug(one) != slug(word));
        if words.len() == before {
            return Err(word.trim().to_owned());
        }
    }
    for word in add {
        if words.iter().all(|one| slug(one) != slug(word)) {
            words.push(word.trim().to_owned());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_added_once_and_taken_away() {
        type Words = &'static [&'static str];
        let cases: &[(Words, Words, Result<Words, &str>)] = &[
            (
                &["Verbal yes"],
                &[],
                Ok(&["Demo", "Closed Won", "Verbal yes"]),
            ),
            (
                &["DEMO", "verbal yes "],
                &[],
                Ok(&["Demo", "Closed Won", "verbal yes"]),
            ),
            (&[], &["closed-won"], Ok(&["Demo"])),
            (
                &["Closed won"],
                &["Closed Won"],
                Ok(&["Demo", "Closed won"]),
            ),
            (&["New"], &[" Lost"], Err("Lost")),
        ];
        let owned =
            |words: Words| -> Vec<String> { words.iter().map(ToString::to_string).collect() };
        for (add, remove, expected) in cases {
            let mut words = owned(&["Demo", "Closed Won"]);
            let amended = amend(&mut words, &owned(add), &owned(remove)).map(|()| words);
            assert_eq!(
                amended,
                expected.map(owned).map_err(String::from),
                "{add:?} {remove:?}"
            );
        }
    }
}
