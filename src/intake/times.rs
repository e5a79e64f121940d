//! Moments as written: a day, perhaps with the time that follows it, with or without a zone; and the cursor that reads
//! both.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use crate::domain::calendar::{Timestamp, Zone};

/// A date as written: with a zone, without one, or without a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    Instant(Timestamp),
    Local(NaiveDateTime),
    Day(NaiveDate),
}

impl Moment {
    /// The instant; a day without a time counts as its noon in the zone.
    pub(crate) fn at(self, zone: Zone) -> Timestamp {
        match self {
            Self::Instant(at) => at,
            Self::Local(local) => zone.instant(local),
            Self::Day(day) => zone.noon_of(day),
        }
    }

    /// The civil day in the zone.
    pub(crate) fn day(self, zone: Zone) -> NaiveDate {
        match self {
            Self::Instant(at) => zone.day(at),
            Self::Local(local) => local.date(),
            Self::Day(day) => day,
        }
    }
}

/// What follows the day: nothing, or a time with or without a zone.
pub(crate) fn time(day: NaiveDate, mut cursor: Cursor<'_>) -> Option<Moment> {
    if cursor.0.is_empty() {
        return Some(Moment::Day(day));
    }
    cursor.eat(b"T,").or_else(|| cursor.eat(b" "))?;
    cursor.eat_spaces();
    let (mut hour, _) = cursor.number(2)?;
    cursor.eat(b":")?;
    let minute = cursor.two_digits()?;
    let second = if cursor.eat(b":").is_some() {
        cursor.two_digits()?
    } else {
        0
    };
    if cursor.eat(b".,").is_some() {
        while cursor.eat(b"0123456789").is_some() {}
    }
    cursor.eat_spaces();
    let mut word = cursor.word();
    if let Some(afternoon) = half_of_day(word) {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + if afternoon { 12 } else { 0 };
        cursor.eat_spaces();
        word = cursor.word();
    }
    let local = day.and_time(NaiveTime::from_hms_opt(hour, minute, second)?);
    zone(word, cursor, local)
}

fn half_of_day(word: &[u8]) -> Option<bool> {
    match word {
        [b'a' | b'A', b'm' | b'M'] => Some(false),
        [b'p' | b'P', b'm' | b'M'] => Some(true),
        _ => None,
    }
}

/// `Z`, `UTC`, `GMT`, `+02:00`, `-0500`, `+00`, or nothing.
fn zone(word: &[u8], mut cursor: Cursor<'_>, local: NaiveDateTime) -> Option<Moment> {
    let universal = [&b"z"[..], b"utc", b"gmt"]
        .iter()
        .any(|one| word.eq_ignore_ascii_case(one));
    if (!word.is_empty() && !universal) || (universal && !cursor.0.is_empty()) {
        return None;
    }
    let seconds = |local: NaiveDateTime| local.and_utc().timestamp();
    if universal {
        return Some(Moment::Instant(Timestamp(seconds(local))));
    }
    if cursor.0.is_empty() {
        return Some(Moment::Local(local));
    }
    let east = cursor.eat(b"+-")? == b'+';
    let hours = cursor.two_digits()?;
    cursor.eat(b":");
    let minutes = if cursor.0.is_empty() {
        0
    } else {
        cursor.two_digits()?
    };
    cursor.eat_spaces();
    let repeated = cursor.word();
    if hours > 14 || minutes > 59 || !cursor.0.is_empty() || !matches!(repeated, b"" | b"UTC") {
        return None;
    }
    let offset = TimeDelta::minutes(i64::from(hours * 60 + minutes));
    let universal = if east { local - offset } else { local + offset };
    Some(Moment::Instant(Timestamp(seconds(universal))))
}

/// What is left of a date to be read.
pub(crate) struct Cursor<'a>(pub(crate) &'a [u8]);

impl<'a> Cursor<'a> {
    pub(crate) fn number(&mut self, most: usize) -> Option<(u32, usize)> {
        let count = self
            .0
            .iter()
            .take(most + 1)
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if count == 0 || count > most {
            return None;
        }
        let (digits, rest) = self.0.split_at(count);
        self.0 = rest;
        Some((
            digits
                .iter()
                .fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0')),
            count,
        ))
    }

    pub(crate) fn two_digits(&mut self) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(2)?;
        let number = Cursor(digits).number(2).filter(|(_, count)| *count == 2)?.0;
        self.0 = rest;
        Some(number)
    }

    pub(crate) fn year(&mut self) -> Option<i32> {
        self.number(4)
            .filter(|(_, count)| *count == 4)
            .map(|(number, _)| number as i32)
    }

    pub(crate) fn eat(&mut self, allowed: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        allowed.contains(first).then(|| {
            self.0 = rest;
            *first
        })
    }

    pub(crate) fn eat_spaces(&mut self) {
        while self.eat(b" ").is_some() {}
    }

    pub(crate) fn word(&mut self) -> &'a [u8] {
        let count = self
            .0
            .iter()
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        let (word, rest) = self.0.split_at(count);
        self.0 = rest;
        word
    }

    pub(crate) fn at_letter(&self) -> bool {
        self.0.first().is_some_and(u8::is_ascii_alphabetic)
    }
}
