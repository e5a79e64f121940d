//! Conditions on the columns of a file, such as `active_days>=20`: which readings of a usage or health export are worth
//! a signal.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "cut where a character of it was just found"
)]

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::words::words;

words! {
    /// How a cell is compared. Those of two signs come first: `>=` is no `>` before `=20`.
    enum Operator {
        AtLeast = ">=",
        AtMost = "<=",
        NotEqual = "!=",
        Above = ">",
        Below = "<",
        Equal = "=",
    }
}

impl Operator {
    fn allows(self, order: Ordering) -> bool {
        match self {
            Operator::AtLeast => order.is_ge(),
            Operator::AtMost => order.is_le(),
            Operator::NotEqual => order.is_ne(),
            Operator::Above => order.is_gt(),
            Operator::Below => order.is_lt(),
            Operator::Equal => order.is_eq(),
        }
    }
}

/// A condition on one column of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Condition {
    column: String,
    operator: Operator,
    value: String,
}

impl Condition {
    /// The column's header, as typed.
    pub fn column(&self) -> &str {
        &self.column
    }

    /// Whether it compares numbers.
    pub fn is_of_number(&self) -> bool {
        number(&self.value).is_some()
    }

    /// Whether a cell meets it. Numbers are compared as numbers, whatever their separators and percent signs; other
    /// words are equal or not, in any case. An empty cell meets nothing.
    ///
    /// # Errors
    /// A sentence, where the size of something is asked that is no number.
    pub fn holds(&self, cell: Option<&str>) -> Result<bool, String> {
        let Some(cell) = cell.map(str::trim).filter(|cell| !cell.is_empty()) else {
            return Ok(false);
        };
        let numbers = number(cell).zip(number(&self.value));
        if let Some(order) = numbers.and_then(|(cell, value)| cell.partial_cmp(&value)) {
            return Ok(self.operator.allows(order));
        }
        let same = cell.to_lowercase() == self.value.to_lowercase();
        match self.operator {
            Operator::Equal => Ok(same),
            Operator::NotEqual => Ok(!same),
            _ => Err(format!(
                "`{cell}` in column `{}` is not a number",
                self.column
            )),
        }
    }
}

impl FromStr for Condition {
    type Err = String;

    /// Reads a header, an operator and a value.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "`{text}` is not a condition; write HEADER, then one of >= > <= < = !=, then a value, \
                 such as \"active_days>=20\""
            )
        };
        let at = text.find(['>', '<', '=', '!']).ok_or_else(wrong)?;
        let (column, rest) = text.split_at(at);
        let operator = Operator::ALL
            .into_iter()
            .find(|operator| rest.starts_with(operator.name()))
            .ok_or_else(wrong)?;
        let (column, value) = (column.trim(), rest[operator.name().len()..].trim());
        if column.is_empty() || value.is_empty() || value.starts_with(['>', '<', '=', '!']) {
            return Err(wrong());
        }
        let is_of_size = !matches!(operator, Operator::Equal | Operator::NotEqual);
        if is_of_size && number(value).is_none() {
            return Err(format!(
                "`{value}` in `{text}` is not a number; words can be compared with = and != only"
            ));
        }
        Ok(Self {
            column: column.to_owned(),
            operator,
            value: value.to_owned(),
        })
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.column, self.operator.name(), self.value)
    }
}

impl TryFrom<String> for Condition {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Condition> for String {
    fn from(condition: Condition) -> Self {
        condition.to_string()
    }
}

/// A figure as exports write it: `20`, `-3.5`, `1,234`, `1.234,5`, `85 %`. Of two separators the last is the decimal
/// one; a lone comma before three digits groups them.
fn number(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('%').trim_end();
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_figure = unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && unsigned
            .chars()
            .all(|c| c.is_ascii_digit() || c == '.' || c == ',');
    if !is_figure {
        return None;
    }
    let groups = |sign: char| {
        let mut parts = text.split(sign);
        parts.next().is_some_and(|first| !first.is_empty()) && parts.all(|part| part.len() == 3)
    };
    let plain = match (text.rfind(','), text.rfind('.')) {
        (Some(comma), Some(point)) if comma > point => text.replace('.', "").replace(',', "."),
        (Some(_), Some(_)) => text.replace(',', ""),
        (Some(_), None) if groups(',') => text.replace(',', ""),
        (Some(_), None) => text.replace(',', "."),
        (None, Some(_)) if text.matches('.').count() > 1 && groups('.') => text.replace('.', ""),
        _ => text.to_owned(),
    };
    plain.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_exports_write_them() {
        for (text, value) in [
            ("20", Some(20.0)),
            (" -3.5 ", Some(-3.5)),
            ("+7", Some(7.0)),
            (".5", Some(0.5)),
            ("1,234", Some(1234.0)),
            ("1,234,567", Some(1_234_567.0)),
            ("1,234.5", Some(1234.5)),
            ("1.234,5", Some(1234.5)),
            ("1.234.567", Some(1_234_567.0)),
            ("12,5", Some(12.5)),
            ("1.234", Some(1.234)),
            ("85 %", Some(85.0)),
            ("", None),
            ("-", None),
            ("inf", None),
            ("1e3", None),
            ("12 days", None),
            ("1.2.3", None),
            (",5", None),
        ] {
            assert_eq!(number(text), value, "{text:?}");
        }
    }

    #[test]
    fn conditions_hold_or_not() {
        for (condition, cell, holds) in [
            ("active_days>=20", Some("20"), Some(true)),
            ("active_days>=20", Some("19.9"), Some(false)),
            ("Active days > 20", Some("20"), Some(false)),
            ("Active days > 20", Some("1,020"), Some(true)),
            ("errors<=0", Some("0"), Some(true)),
            ("errors<1", Some("-1"), Some(true)),
            ("health=85", Some("85 %"), Some(true)),
            ("health!=85", Some("85.0"), Some(false)),
            ("plan=Enterprise", Some(" enterprise "), Some(true)),
            ("plan!=Free", Some("Team"), Some(true)),
            ("plan!=Free", Some("FREE"), Some(false)),
            ("plan!=3", Some("three"), Some(true)),
            ("active_days>=20", Some("many"), None),
            ("active_days>=20", Some(""), Some(false)),
            ("plan!=Free", None, Some(false)),
        ] {
            let read: Condition = condition.parse().unwrap();
            assert_eq!(read.holds(cell).ok(), holds, "{condition} {cell:?}");
        }
    }

    #[test]
    fn what_is_no_condition_says_how_one_looks() {
        for (text, words) in [
            ("active_days", ">= > <= < = !="),
            (">=20", "such as"),
            ("active_days>=", "such as"),
            ("active_days!20", "such as"),
            ("plan>=gold", "words can be compared with = and != only"),
            ("a>>3", "such as"),
            ("active_days=>20", "such as"),
        ] {
            let error = text.parse::<Condition>().unwrap_err();
            assert!(error.contains(words), "{text}: {error}");
        }
    }

    #[test]
    fn a_condition_is_saved_as_it_is_typed() {
        for text in ["active_days>=20", "plan!=Free tier", "a=b=c"] {
            let read: Condition = text.parse().unwrap();
            assert_eq!(read.to_string(), text);
            let saved = serde_json::to_string(&read).unwrap();
            assert_eq!(serde_json::from_str::<Condition>(&saved).unwrap(), read);
        }
    }
}
