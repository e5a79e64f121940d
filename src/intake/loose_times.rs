//! Times of the day as people, forms and programs write them, in the parts of a date (`docs/import.md`, dates).

use chrono::NaiveTime;

use super::date_parts::{Part, Parts};
use super::date_words::half_of_day;

impl Parts<'_> {
    /// `15:15:20.123`, `3:15 p.m.`, `10.48`, `15h15`, `151520`, `午後3:15`; nothing, and nothing passed, where it is none.
    pub(super) fn time(&mut self) -> Option<NaiveTime> {
        let start = self.at;
        let time = self.time_of_day();
        if time.is_none() {
            self.at = start;
        }
        time
    }

    fn time_of_day(&mut self) -> Option<NaiveTime> {
        let mut half = self.half();
        let (hour, minute, second) = match self.next() {
            Some(Part::Number { value, digits: 4 }) => (value / 100, value % 100, 0),
            Some(Part::Number { value, digits: 6 }) => {
                (value / 10_000, value / 100 % 100, value % 100)
            }
            _ => return self.time_with_signs(half),
        };
        let is_compact =
            self.at > 0 && !matches!(self.parts.get(self.at + 1), Some((Part::Sign(_), _)));
        self.at += 1;
        half = half.or_else(|| self.half());
        let part = |number: u64| u32::try_from(number).ok();
        let time = of_half(part(hour)?, half)?;
        is_compact.then(|| NaiveTime::from_hms_opt(time, part(minute)?, part(second)?))?
    }

    fn time_with_signs(&mut self, half: Option<bool>) -> Option<NaiveTime> {
        let (hour, _) = self.number(2)?;
        let separator = match self.word() {
            Some("h") => {
                self.at += 1;
                'h'
            }
            _ => self.sign(&[':', '.'])?,
        };
        let minute = match self.number(2) {
            Some((minute, 2)) => minute,
            None if separator == 'h' => 0,
            _ => return None,
        };
        let mut second = 0;
        if self.sign(&[':', '.']).is_some() {
            // Behind `3時15分` nothing needs to follow.
            second = self.number(2).map_or(0, |(second, _)| second);
            if second > 0 || self.at > 0 {
                self.fraction();
            }
        }
        let half = half.or_else(|| self.half());
        NaiveTime::from_hms_opt(of_half(hour, half)?, minute, second)
    }

    fn fraction(&mut self) {
        let before = self.at;
        let is_fraction = self.sign(&['.', ',']).is_some()
            && matches!(self.next(), Some(Part::Number { digits: 1..=9, .. }));
        self.at = if is_fraction { self.at + 1 } else { before };
    }

    /// `PM`, `p.m.`, `p`.
    fn half(&mut self) -> Option<bool> {
        let start = self.at;
        let word = self.word()?;
        if let Some(half) = half_of_day(word) {
            self.at += 1;
            return Some(half);
        }
        let half = match word {
            "a" | "π" => false,
            "p" | "μ" => true,
            "م" => return self.passed(true),
            "ص" => return self.passed(false),
            _ => return None,
        };
        self.at += 1;
        self.sign(&['.']);
        if matches!(self.word(), Some("m" | "μ")) {
            self.at += 1;
            self.sign(&['.']);
        } else if start == 0 {
            self.at = start;
            return None;
        }
        Some(half)
    }

    fn passed<T>(&mut self, found: T) -> Option<T> {
        self.at += 1;
        Some(found)
    }
}

/// The hour of the day, where one from 1 to 12 is of its first or second half.
fn of_half(hour: u32, half: Option<bool>) -> Option<u32> {
    match half {
        None => Some(hour),
        Some(afternoon) if (1..=12).contains(&hour) => {
            Some(hour % 12 + if afternoon { 12 } else { 0 })
        }
        Some(_) => None,
    }
}
