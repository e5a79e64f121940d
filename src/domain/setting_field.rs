//! What a setting's value can be: a field of the policy that is read and written as text.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::ask::Effort;
use super::calendar::Zone;
use super::exchange::{decimal, rate};
use super::industry::slug;
use super::money::{Currency, Totals};
use super::typed_day::DayOrder;
use super::value_back::{MenuItem, amounts, amounts_shown};

/// The field of the policy that a setting's value is read from and written to.
pub(super) enum Field<'a> {
    Number(&'a mut u32, RangeInclusive<u32>),
    Switch(&'a mut bool),
    Effort(&'a mut Effort),
    Zone(&'a mut Zone),
    DateOrder(&'a mut DayOrder),
    /// As it is written, over several lines.
    Text(&'a mut String),
    Words(&'a mut Vec<String>),
    Currency(&'a mut Option<Currency>),
    Rates(&'a mut BTreeMap<Currency, (u64, u64)>),
    Item(&'a mut Option<MenuItem>),
    Amounts(&'a mut Totals),
}

impl Field<'_> {
    /// The value as it would be typed.
    pub(super) fn shown(&self) -> String {
        match self {
            Field::Number(number, _) => number.to_string(),
            Field::Switch(on) => if **on { "on" } else { "off" }.to_owned(),
            Field::Effort(effort) => effort.to_string(),
            Field::Zone(zone) => zone.to_string(),
            Field::DateOrder(order) => order.to_string(),
            Field::Text(text) => (**text).clone(),
            Field::Words(words) => words.join("; "),
            Field::Currency(currency) => {
                currency.map_or_else(|| "none".to_owned(), |code| code.to_string())
            }
            Field::Rates(rates) => {
                let shown = rates
                    .iter()
                    .map(|(currency, rate)| format!("{currency} {}", decimal(*rate)));
                shown.collect::<Vec<_>>().join("; ")
            }
            Field::Item(item) => item.map_or_else(|| "none".to_owned(), |item| item.to_string()),
            Field::Amounts(totals) => amounts_shown(totals),
        }
    }

    /// Takes a new value and gives it back as it is stored; an error says what is allowed.
    pub(super) fn put(mut self, value: &str) -> Result<String, String> {
        let value = value.trim();
        match &mut self {
            Field::Number(number, range) => **number = number_within(value, range)?,
            Field::Switch(on) => **on = switch(value)?,
            Field::Effort(effort) => {
                let read = value.parse();
                **effort = read.map_err(|_| "one of low, medium, high".to_owned())?;
            }
            Field::Zone(zone) => **zone = value.parse()?,
            Field::DateOrder(order) => {
                let read = value.parse();
                **order = read.map_err(|_| "one of day-first, month-first, unsaid".to_owned())?;
            }
            Field::Text(text) => **text = value.to_owned(),
            Field::Words(words) => **words = parts(value).map(String::from).collect(),
            Field::Currency(currency) => {
                let code = Some(value).filter(|code| !matches!(*code, "" | "none"));
                **currency = code.map(str::parse).transpose()?;
            }
            Field::Rates(rates) => **rates = parts(value).map(rate).collect::<Result<_, _>>()?,
            Field::Item(item) => {
                let typed = Some(value).filter(|typed| *typed != "none");
                **item = typed.map(str::parse).transpose()?;
            }
            Field::Amounts(totals) => **totals = amounts(value)?,
        }
        Ok(self.shown())
    }
}

fn number_within(value: &str, range: &RangeInclusive<u32>) -> Result<u32, String> {
    let number = value.parse().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| format!("a whole number from {} to {}", range.start(), range.end()))
}

fn switch(value: &str) -> Result<bool, String> {
    match value.to_lowercase().as_str() {
        "on" | "yes" | "true" => Ok(true),
        "off" | "no" | "false" => Ok(false),
        _ => Err("on or off".to_owned()),
    }
}

/// What stands between semicolons.
fn parts(value: &str) -> impl Iterator<Item = &str> {
    let parts = value.split(';').map(str::trim);
    parts.filter(|part| !part.is_empty())
}

/// Takes words from a list and adds others that are not there yet; the word that cannot be taken is the error.
pub(super) fn amend(
    words: &mut Vec<String>,
    add: &[String],
    remove: &[String],
) -> Result<(), String> {
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
