//! The parts of a date that is read word by word: numbers, words and signs, one after the other. What they mean is found
//! out in `loose_dates`.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "cut where a character of it was just found"
)]

use super::date_words::{is_filler, is_weekday, month};
use crate::domain::characters::plain_word;

/// A part of a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// A run of digits.
    Number {
        value: u64,
        digits: usize,
    },
    /// Lower-case, without accents.
    Word(String),
    Sign(char),
}

/// The parts of a date, one after the other.
pub(super) struct Parts<'t> {
    pub(super) text: &'t str,
    /// Each with where it begins in the text.
    pub(super) parts: Vec<(Part, usize)>,
    pub(super) at: usize,
}

impl<'t> Parts<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let mut parts = Vec::new();
        let mut from = 0;
        while let Some(first) = text[from..].chars().next() {
            let run = |is_part: fn(char) -> bool| {
                let rest = &text[from..];
                &rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())]
            };
            let part = if first.is_ascii_digit() {
                let run = run(|c| c.is_ascii_digit());
                let value = run.parse().unwrap_or(u64::MAX);
                let digits = run.len();
                parts.push((Part::Number { value, digits }, from));
                digits
            } else if first.is_alphabetic() {
                let run = run(char::is_alphabetic);
                parts.push((Part::Word(plain_word(run)), from));
                run.len()
            } else {
                if !first.is_whitespace() {
                    parts.push((Part::Sign(first), from));
                }
                first.len_utf8()
            };
            from += part;
        }
        Self { text, parts, at: 0 }
    }

    pub(super) fn next(&self) -> Option<&Part> {
        self.parts.get(self.at).map(|(part, _)| part)
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.parts.len()
    }

    pub(super) fn sign(&mut self, allowed: &[char]) -> Option<char> {
        match self.next() {
            Some(Part::Sign(sign)) if allowed.contains(sign) => {
                let sign = *sign;
                self.at += 1;
                Some(sign)
            }
            _ => None,
        }
    }

    pub(super) fn skip_signs(&mut self, allowed: &[char]) {
        while self.sign(allowed).is_some() {}
    }

    pub(super) fn word(&self) -> Option<&str> {
        match self.next() {
            Some(Part::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// A number of at most so many digits.
    pub(super) fn number(&mut self, most: usize) -> Option<(u32, usize)> {
        match self.next() {
            Some(Part::Number { value, digits }) if *digits <= most => {
                let found = (u32::try_from(*value).ok()?, *digits);
                self.at += 1;
                Some(found)
            }
            _ => None,
        }
    }

    /// Passes weekdays and words that say nothing, with the signs behind them.
    pub(super) fn skip_fillers(&mut self) {
        self.skip_signs(&['.', ',']);
        while let Some(word) = self.word() {
            let names_month = |(part, _): &(Part, usize)| matches!(part, Part::Word(word) if month(word).is_some());
            // `mar` is Tuesday in `mar. 14 mars`, and March in `Mar 14`.
            let is_day = is_weekday(word)
                && (month(word).is_none() || self.parts[self.at + 1..].iter().any(names_month));
            if !is_day && !is_filler(word) {
                return;
            }
            self.at += 1;
            self.skip_signs(&['.', ',', '-', '\'']);
        }
    }

    pub(super) fn skip_before_time(&mut self) {
        self.skip_fillers();
        if self.word() == Some("t") {
            self.at += 1;
        }
        self.skip_signs(&['-', ',', '.']);
        self.skip_fillers();
    }

    pub(super) fn skip_to_last_number(&mut self) {
        let is_number = |(part, _): &(Part, usize)| matches!(part, Part::Number { .. });
        if let Some(last) = self.parts.iter().rposition(is_number) {
            self.at = self.at.max(last);
        }
    }

    /// A year of four digits, or of two, which are those of 1969 to 2068.
    pub(super) fn year(&mut self) -> Option<i32> {
        self.sign(&['\'', '’']);
        let before = self.at;
        let (number, digits) = self.number(4)?;
        let year = match (digits, number) {
            (4, _) => number,
            (2, 0..=68) => 2000 + number,
            (2, _) => 1900 + number,
            _ => {
                self.at = before;
                return None;
            }
        };
        i32::try_from(year).ok()
    }
}
