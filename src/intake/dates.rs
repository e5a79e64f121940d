//! One date cell at a time, in the forms of most exports (`docs/import.md`, dates); `loose_dates` reads the others. Which
//! of day and month comes first is decided per column, in `date_column`.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the length was just looked at, and what is cut is ASCII"
)]

use chrono::{NaiveDate, NaiveDateTime};

use super::times::{Cursor, Moment, time};
use crate::domain::calendar::Timestamp;

/// What comes first in a date written with numbers only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    DayFirst,
    MonthFirst,
}

/// Why a cell could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unread {
    NotADate,
    /// It is a time in a zone of this name, which is not known or means several.
    Zone(String),
    /// It is a date, once it is known which of day and month comes first.
    Ambiguous,
}

/// Reads a date. `order` is needed where both numbers could be the month.
pub(crate) fn parse(text: &str, order: Option<Order>) -> Result<Moment, Unread> {
    let text = text.trim();
    if let Some(at) = commonest(text.as_bytes()) {
        return Ok(at);
    }
    if let Some(at) = unix(text) {
        return Ok(Moment::Instant(at));
    }
    let mut cursor = Cursor(text.as_bytes());
    let day = day(&mut cursor, order)?;
    time(day, cursor).ok_or(Unread::NotADate)
}

/// Reads a date written after a pattern, such as `%d/%m/%Y %H:%M`.
pub(crate) fn parse_pattern(text: &str, pattern: &str) -> Option<Moment> {
    let text = text.trim();
    if let Ok(found) = chrono::DateTime::parse_from_str(text, pattern) {
        return Some(Moment::Instant(Timestamp(found.timestamp())));
    }
    if let Ok(local) = NaiveDateTime::parse_from_str(text, pattern) {
        return Some(Moment::Local(local));
    }
    NaiveDate::parse_from_str(text, pattern)
        .ok()
        .map(Moment::Day)
}

/// What a numbers-only date proves about its column's order: one number is above 12.
pub(crate) fn evidence(text: &str) -> Option<Order> {
    let (first, second, _) = numbers_only(&mut Cursor(text.trim().as_bytes()))?;
    match (first > 12, second > 12) {
        (true, false) => Some(Order::DayFirst),
        (false, true) => Some(Order::MonthFirst),
        _ => None,
    }
}

/// Unix seconds (9 or 10 digits), milliseconds (12 or 13) or microseconds (16), perhaps with a fraction.
fn unix(text: &str) -> Option<Timestamp> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !matches!(whole.len(), 9 | 10 | 12 | 13 | 16) || !digits(whole) || !digits(fraction) {
        return None;
    }
    // `202503141515` is a day and a time, not a moment of 1976.
    if whole.len() == 12 && whole.starts_with("20") {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    Some(Timestamp(match whole.len() {
        16 => number / 1_000_000,
        12 | 13 => number / 1000,
        _ => number,
    }))
}

/// The form of most exports, read without a cursor: `2026-03-05 14:15:33`, with `T`, `Z` or ` UTC` or not.
fn commonest(text: &[u8]) -> Option<Moment> {
    let (start, zone) = text.split_at_checked(19)?;
    let universal = match zone {
        b"" => false,
        b"Z" | b" UTC" => true,
        _ => return None,
    };
    let separators = [start[4], start[7], start[10], start[13], start[16]];
    if !matches!(&separators, b"--T::" | b"-- ::") {
        return None;
    }
    let two = |at: usize| match start[at..at + 2] {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => {
            Some(u32::from((tens - b'0') * 10 + ones - b'0'))
        }
        _ => None,
    };
    let year = i32::try_from(two(0)? * 100 + two(2)?)
        .ok()
        .filter(|year| *year >= 1970)?;
    let day = NaiveDate::from_ymd_opt(year, two(5)?, two(8)?)?;
    let local = day.and_hms_opt(two(11)?, two(14)?, two(17)?)?;
    Some(if universal {
        Moment::Instant(Timestamp(local.and_utc().timestamp()))
    } else {
        Moment::Local(local)
    })
}

fn day(cursor: &mut Cursor<'_>, order: Option<Order>) -> Result<NaiveDate, Unread> {
    let start = cursor.0;
    let found = if let Some((first, second, year)) = numbers_only(cursor) {
        let (day, month) = ordered(first, second, order)?;
        Some((year, month, day))
    } else {
        cursor.0 = start;
        if cursor.at_letter() {
            month_name_first(cursor)
        } else {
            year_or_day_first(cursor)
        }
    };
    let (year, month, day) = found.ok_or(Unread::NotADate)?;
    if year < 1970 {
        return Err(Unread::NotADate);
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or(Unread::NotADate)
}

/// The day and the month of two numbers.
pub(crate) fn ordered(first: u32, second: u32, order: Option<Order>) -> Result<(u32, u32), Unread> {
    match (first > 12, second > 12, order) {
        (true, false, None | Some(Order::DayFirst)) => Ok((first, second)),
        (false, true, None | Some(Order::MonthFirst)) => Ok((second, first)),
        (false, false, Some(Order::DayFirst)) => Ok((first, second)),
        (false, false, Some(Order::MonthFirst)) => Ok((second, first)),
        (false, false, None) if first == second => Ok((first, second)),
        (false, false, None) => Err(Unread::Ambiguous),
        _ => Err(Unread::NotADate),
    }
}

/// `15/11/2025`, `8.02.2023`, `3-5-2026`: two numbers that can be day or month, and the year.
fn numbers_only(cursor: &mut Cursor<'_>) -> Option<(u32, u32, i32)> {
    let (first, _) = cursor.number(2)?;
    let separator = cursor.eat(b"/.-")?;
    let (second, _) = cursor.number(2)?;
    cursor.eat(&[separator])?;
    Some((first, second, cursor.year()?))
}

/// `2026-03-29`, `2026/3/29` and `05-Mar-2026`, `5 March 2026`.
fn year_or_day_first(cursor: &mut Cursor<'_>) -> Option<(i32, u32, u32)> {
    let (first, length) = cursor.number(4)?;
    if length == 4 {
        let separator = cursor.eat(b"-/.")?;
        let (month, _) = cursor.number(2)?;
        cursor.eat(&[separator])?;
        return Some((first as i32, month, cursor.number(2)?.0));
    }
    cursor.eat(b"-/. ");
    let month = month(cursor.word())?;
    cursor.eat(b"-/.,");
    cursor.eat_spaces();
    Some((cursor.year()?, month, first))
}

/// `Mar 5, 2026`.
fn month_name_first(cursor: &mut Cursor<'_>) -> Option<(i32, u32, u32)> {
    let month = month(cursor.word())?;
    cursor.eat(b".");
    cursor.eat_spaces();
    let (day, _) = cursor.number(2)?;
    cursor.eat(b",");
    cursor.eat_spaces();
    Some((cursor.year()?, month, day))
}

fn month(word: &[u8]) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let fits = |month: &&str| {
        word.len() >= 3
            && word.len() <= month.len()
            && month.as_bytes()[..word.len()].eq_ignore_ascii_case(word)
    };
    (1..)
        .zip(MONTHS.iter())
        .find(|(_, month)| fits(month))
        .map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Zone;

    fn at(text: &str, order: Option<Order>) -> String {
        let zone: Zone = "Europe/Berlin".parse().unwrap();
        match parse(text, order) {
            Ok(moment) => moment.at(zone).to_rfc3339(),
            Err(problem) => format!("{problem:?}"),
        }
    }

    #[test]
    fn every_form_met_is_read() {
        for (text, instant) in [
            ("1772720133", "2026-03-05T14:15:33Z"),
            ("1772720133.5", "2026-03-05T14:15:33Z"),
            ("1772720133000", "2026-03-05T14:15:33Z"),
            ("2026-03-05T14:15:33Z", "2026-03-05T14:15:33Z"),
            ("2026-03-05 14:15:33 UTC", "2026-03-05T14:15:33Z"),
            ("2026-03-05 14:15:33 +0000 UTC", "2026-03-05T14:15:33Z"),
            ("2026-03-05T16:15:33.123+02:00", "2026-03-05T14:15:33Z"),
            ("2026-03-05 09:15:33 -0500", "2026-03-05T14:15:33Z"),
            ("2026-03-05 15:15:33", "2026-03-05T14:15:33Z"),
            ("2026-03-05 15:15", "2026-03-05T14:15:00Z"),
            ("2026/03/05", "2026-03-05T11:00:00Z"),
            ("2026-03-29", "2026-03-29T10:00:00Z"),
            ("15/11/2025", "2025-11-15T11:00:00Z"),
            ("11/15/2025", "2025-11-15T11:00:00Z"),
            ("15.11.2025 08:00", "2025-11-15T07:00:00Z"),
            ("3/15/2026 2:15:33 PM", "2026-03-15T13:15:33Z"),
            ("03/15/2026 12:15:33 AM", "2026-03-14T23:15:33Z"),
            ("05-Mar-2026", "2026-03-05T11:00:00Z"),
            ("5 March 2026 3:15 pm", "2026-03-05T14:15:00Z"),
            ("Mar 5, 2026", "2026-03-05T11:00:00Z"),
            ("Sept. 5, 2025 15:15", "2025-09-05T13:15:00Z"),
            ("5/5/2026", "2026-05-05T10:00:00Z"),
        ] {
            assert_eq!(at(text, None), instant, "{text}");
        }
    }

    #[test]
    fn day_and_month_are_told_apart_only_by_their_column() {
        assert_eq!(at("8/02/2023", None), "Ambiguous");
        assert_eq!(at("3/5/2026 2:15:33 PM", None), "Ambiguous");
        assert_eq!(
            at("8/02/2023", Some(Order::DayFirst)),
            "2023-02-08T11:00:00Z"
        );
        assert_eq!(
            at("8/02/2023", Some(Order::MonthFirst)),
            "2023-08-02T10:00:00Z"
        );
        assert_eq!(at("13/02/2023", Some(Order::MonthFirst)), "NotADate");
        for (text, order) in [
            ("13/02/2023", Some(Order::DayFirst)),
            ("02/13/2023 10:00", Some(Order::MonthFirst)),
            ("02/03/2023", None),
            ("13/13/2023", None),
            ("2023-02-13", None),
            ("", None),
        ] {
            assert_eq!(evidence(text), order, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_not_guessed() {
        for text in [
            "",
            "soon",
            "2026-02-30",
            "2026-13-01",
            "1.74E+09",
            "12345",
            "2026-03-05T25:00",
            "2026-03-05 14:15 EST",
            "31/12/26",
            "2026-03-05x",
            "13:00",
            "Ma 5, 2026",
            "0000-00-00 00:00:00",
            "1900-01-01",
            "3/15/2026 13:15 PM",
            "2026-03-05 14:15:33 +99:00",
            "２０２６-03-05",
        ] {
            assert_eq!(at(text, None), "NotADate", "{text}");
        }
    }

    #[test]
    fn patterns_read_what_they_describe() {
        let read = |text, pattern| {
            parse_pattern(text, pattern)
                .unwrap()
                .at(Zone::UTC)
                .to_rfc3339()
        };
        assert_eq!(
            read("31.12.25 10:30", "%d.%m.%y %H:%M"),
            "2025-12-31T10:30:00Z"
        );
        assert_eq!(read("20251231", "%Y%m%d"), "2025-12-31T12:00:00Z");
        assert_eq!(
            read("31 Dec 2025 10:30 +0200", "%d %b %Y %H:%M %z"),
            "2025-12-31T08:30:00Z"
        );
        assert_eq!(parse_pattern("31/12/2025", "%Y"), None);
    }
}
