//! Dates as people, forms and programs write them, word by word: names of months in several languages, zones by name,
//! odd spaces, digits of any script, day numbers of a spreadsheet (`docs/import.md`, dates). The forms of most exports
//! are read faster, in `dates`.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "as many ASCII digits were just counted"
)]

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::date_parts::{Part, Parts};
use super::date_words::month;
use super::dates::{self, Order, Unread, ordered};
use super::digits::tidied;
use super::times::Moment;

/// Reads a date in any form. `order` is needed where both numbers could be the month.
pub(crate) fn parse(text: &str, order: Option<Order>) -> Result<Moment, Unread> {
    match dates::parse(text, order) {
        Err(Unread::NotADate) => word_by_word(&tidied(text), order),
        read => read,
    }
}

/// What a numbers-only date proves about its column's order: one number is above 12.
pub(crate) fn evidence(text: &str) -> Option<Order> {
    dates::evidence(text).or_else(|| {
        let numbers = numbers_only(text)?;
        match (numbers.first > 12, numbers.second > 12) {
            (true, false) => Some(Order::DayFirst),
            (false, true) => Some(Order::MonthFirst),
            _ => None,
        }
    })
}

/// A date of three numbers, the last of which is taken for the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Numbers {
    pub(crate) first: u32,
    pub(crate) second: u32,
    /// The year, where it has two digits only.
    pub(crate) short_year: Option<u32>,
}

/// The numbers of a date that is written with numbers only, the year last.
pub(crate) fn numbers_only(text: &str) -> Option<Numbers> {
    let text = tidied(text);
    let mut parts = Parts::of(&text);
    parts.skip_fillers();
    parts.numbers().map(|(numbers, _)| numbers)
}

/// The day number of a spreadsheet, which counts from 1900: from 1970 to 2100, perhaps with the time as a fraction.
pub(crate) fn serial(text: &str) -> Option<Moment> {
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 5 || !digits(whole) || !digits(part) || part.len() > 15 {
        return None;
    }
    let number: i64 = whole
        .parse()
        .ok()
        .filter(|n| (25_569..73_415).contains(n))?;
    let day = NaiveDate::from_ymd_opt(1899, 12, 30)? + TimeDelta::days(number);
    if part.bytes().all(|byte| byte == b'0') {
        return Some(Moment::Day(day));
    }
    let fraction: f64 = format!("0.{part}").parse().ok()?;
    let seconds = TimeDelta::seconds((fraction * 86_400.0).round() as i64);
    Some(Moment::Local(day.and_time(NaiveTime::MIN) + seconds))
}

/// Reads a date and the zone named behind it, after a pattern that ends in `%Z`.
pub(crate) fn parse_zoned_pattern(text: &str, pattern: &str) -> Result<Moment, Unread> {
    let text = tidied(text);
    let (local, name) = text.rsplit_once(' ').ok_or(Unread::NotADate)?;
    let local = NaiveDateTime::parse_from_str(local.trim(), pattern.trim());
    let local = local.map_err(|_| Unread::NotADate)?;
    let mut parts = Parts::of(name);
    match parts.zone(local)? {
        Some(moment) if parts.is_at_end() => Ok(moment),
        _ => Err(Unread::NotADate),
    }
}

fn word_by_word(text: &str, order: Option<Order>) -> Result<Moment, Unread> {
    if let Some(moment) = serial(text) {
        return Ok(moment);
    }
    let mut parts = Parts::of(text);
    parts.skip_fillers();
    let time_before = parts.time();
    parts.skip_fillers();
    let (mut year, month, day) = parts.day(order)?;
    parts.skip_before_time();
    let time = time_before.or_else(|| parts.time());
    let zone_begins = parts.at;
    if year.is_none() {
        // `Fri Mar 14 15:15:20 UTC 2025` has the year behind the time and the zone.
        parts.skip_to_last_number();
        year = parts.year();
    }
    let year = year.filter(|year| *year >= 1970).ok_or(Unread::NotADate)?;
    let day = NaiveDate::from_ymd_opt(year, month, day).ok_or(Unread::NotADate)?;
    let Some(time) = time else {
        parts.skip_fillers();
        return parts
            .is_at_end()
            .then_some(Moment::Day(day))
            .ok_or(Unread::NotADate);
    };
    let end = std::mem::replace(&mut parts.at, zone_begins);
    let local = day.and_time(time);
    let zoned = parts.zone(local)?;
    parts.at = parts.at.max(end);
    parts.skip_signs(&['.', ',']);
    match parts.is_at_end() {
        true => Ok(zoned.unwrap_or(Moment::Local(local))),
        false => Err(Unread::NotADate),
    }
}

impl Parts<'_> {
    /// Year, where it stands with them, month and day.
    fn day(&mut self, order: Option<Order>) -> Result<(Option<i32>, u32, u32), Unread> {
        let start = self.at;
        if let Some((numbers, year)) = self.numbers() {
            if numbers.short_year.is_some() && order.is_none() && numbers.first != numbers.second {
                return Err(Unread::Ambiguous);
            }
            let (day, month) = ordered(numbers.first, numbers.second, order)?;
            return Ok((Some(year), month, day));
        }
        self.at = start;
        let found = match self.next() {
            Some(Part::Word(_)) => self.month_first(),
            Some(Part::Number {
                digits: 8 | 12 | 14,
                ..
            }) => self.compact(),
            Some(Part::Number { digits: 4, .. }) => self.year_first(),
            _ => self.day_first(),
        };
        found.ok_or(Unread::NotADate)
    }

    /// `14/3/25`, `14. 3. 2025`: three numbers with the same sign between them. Two digits beside dashes may be a year
    /// first as well as last, so they are none.
    fn numbers(&mut self) -> Option<(Numbers, i32)> {
        let (first, _) = self.number(2)?;
        let sign = self.sign(&['/', '.', '-'])?;
        let (second, _) = self.number(2)?;
        self.sign(&[sign])?;
        let short_year = match self.next() {
            Some(Part::Number { value, digits: 2 }) if sign != '-' => u32::try_from(*value).ok(),
            Some(Part::Number { digits: 4, .. }) => None,
            _ => return None,
        };
        let year = self.year()?;
        let numbers = Numbers {
            first,
            second,
            short_year,
        };
        Some((numbers, year))
    }

    /// `2025. 3. 14.`, `2025-3-14`, `2025-Mar-14`.
    fn year_first(&mut self) -> Option<(Option<i32>, u32, u32)> {
        let year = self.year()?;
        let sign = self.sign(&['/', '.', '-']);
        let month = match self.named_month() {
            Some(month) => month,
            None => {
                sign?;
                self.number(2)?.0
            }
        };
        self.skip_signs(&['/', '.', '-']);
        let day = self.number(2)?.0;
        Some((Some(year), month, day))
    }

    /// `20250314`, perhaps with the time in the same run of digits, which is left to be read.
    fn compact(&mut self) -> Option<(Option<i32>, u32, u32)> {
        let (part, start) = self.parts.get(self.at)?.clone();
        let Part::Number { digits, .. } = part else {
            return None;
        };
        let digit_run = &self.text[start..start + digits];
        let number = |from: usize, to: usize| digit_run[from..to].parse::<u32>().ok();
        let found = (
            i32::try_from(number(0, 4)?).ok(),
            number(4, 6)?,
            number(6, 8)?,
        );
        self.at += 1;
        if digits > 8 {
            let value = digit_run[8..].parse().ok()?;
            let time = Part::Number {
                value,
                digits: digits - 8,
            };
            self.parts.insert(self.at, (time, start + 8));
        }
        Some(found)
    }

    /// `14 March 2025`, `14th of March, 2025`, `14-Mar-25`, `14 de marzo de 2025`.
    fn day_first(&mut self) -> Option<(Option<i32>, u32, u32)> {
        let (day, _) = self.number(2)?;
        self.skip_signs(&['-', '/', '.']);
        self.skip_fillers();
        let month = self.named_month()?;
        self.skip_signs(&['-', '/', '.', ',']);
        self.skip_fillers();
        Some((self.year_if_no_time(), month, day))
    }

    /// `March 14th, 2025`, and `Mar 14 15:15:20 2025`, whose year comes last.
    fn month_first(&mut self) -> Option<(Option<i32>, u32, u32)> {
        let month = self.named_month()?;
        self.skip_signs(&['-', '/', '.']);
        let (day, _) = self.number(2)?;
        self.skip_signs(&['-', '/', '.', ',']);
        self.skip_fillers();
        Some((self.year_if_no_time(), month, day))
    }

    /// The year, unless the number is the hour of a time.
    fn year_if_no_time(&mut self) -> Option<i32> {
        let is_time = matches!(self.parts.get(self.at + 1), Some((Part::Sign(':'), _)));
        if is_time { None } else { self.year() }
    }

    fn named_month(&mut self) -> Option<u32> {
        let month = month(self.word()?)?;
        self.at += 1;
        Some(month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Zone;

    fn at(text: &str, order: Option<Order>) -> String {
        match parse(text, order) {
            Ok(moment) => moment.at(Zone::UTC).to_rfc3339(),
            Err(problem) => format!("{problem:?}"),
        }
    }

    #[test]
    fn people_forms_and_programs_are_understood() {
        for (text, instant) in [
            ("2025/03/14 3:15:20 PM GMT+1", "2025-03-14T14:15:20Z"),
            ("2025/03/14 11:07:29 AM AST", "2025-03-14T15:07:29Z"),
            ("2025/03/15 9:01:02 AM MEZ", "2025-03-15T08:01:02Z"),
            ("2025-03-14 15:15 UTC+05:30", "2025-03-14T09:45:00Z"),
            ("2025-03-14 15:15 (CET)", "2025-03-14T14:15:00Z"),
            ("2025-03-14T15:15:20.123456", "2025-03-14T15:15:20Z"),
            (
                "2025-03-14T15:15:20+01:00[Europe/Berlin]",
                "2025-03-14T14:15:20Z",
            ),
            ("2025-03-14 15:15:20 Europe/Berlin", "2025-03-14T14:15:20Z"),
            ("14/03/2025\u{a0}15:15", "2025-03-14T15:15:00Z"),
            ("14/03/2025 3:15\u{202f}PM", "2025-03-14T15:15:00Z"),
            ("14/03/2025, 3:15 p.m.", "2025-03-14T15:15:00Z"),
            ("14/3/2025 3:15:20 p. m.", "2025-03-14T15:15:20Z"),
            ("14/3/2025 9:15 a.m", "2025-03-14T09:15:00Z"),
            ("14/03/2025 10.48", "2025-03-14T10:48:00Z"),
            ("14. 3. 2025 10:48", "2025-03-14T10:48:00Z"),
            ("45730.635", "2025-03-14T15:14:24Z"),
            ("45731", "2025-03-15T12:00:00Z"),
            (
                "Fri Mar 14 2025 15:15:20 GMT+0100 (Central European Standard Time)",
                "2025-03-14T14:15:20Z",
            ),
            (
                "Fri, 14 Mar 2025 15:15:20 +0100 (CET)",
                "2025-03-14T14:15:20Z",
            ),
            ("Fri, 14 Mar 2025 15:15:20 GMT", "2025-03-14T15:15:20Z"),
            ("Fri Mar 14 15:15:20 2025", "2025-03-14T15:15:20Z"),
            ("Fri Mar 14 15:15:20 CET 2025", "2025-03-14T14:15:20Z"),
            ("14th March 2025", "2025-03-14T12:00:00Z"),
            ("March 14th, 2025 at 3:15 PM", "2025-03-14T15:15:00Z"),
            ("Friday, March 14, 2025 3:15 PM", "2025-03-14T15:15:00Z"),
            ("the 14th of March 2025", "2025-03-14T12:00:00Z"),
            ("14-Mar-25", "2025-03-14T12:00:00Z"),
            ("Mar 14, '25", "2025-03-14T12:00:00Z"),
            ("14. März 2025 um 10:48 Uhr", "2025-03-14T10:48:00Z"),
            ("Freitag, 14. März 2025", "2025-03-14T12:00:00Z"),
            ("14 mars 2025 à 10:48", "2025-03-14T10:48:00Z"),
            ("mar. 14 mars 2025 10h48", "2025-03-14T10:48:00Z"),
            ("1er août 2025", "2025-08-01T12:00:00Z"),
            ("14 de marzo de 2025 a las 10:48", "2025-03-14T10:48:00Z"),
            ("14 de março de 2025", "2025-03-14T12:00:00Z"),
            ("14 marzo 2025 alle ore 10:48", "2025-03-14T10:48:00Z"),
            ("vrijdag 14 maart 2025 om 10:48 uur", "2025-03-14T10:48:00Z"),
            ("2025年3月14日", "2025-03-14T12:00:00Z"),
            ("2025年3月14日(金) 15時15分20秒", "2025-03-14T15:15:20Z"),
            ("2025年3月14日 午後3:15", "2025-03-14T15:15:00Z"),
            ("2025/3/14 下午3:15:20", "2025-03-14T15:15:20Z"),
            ("2025. 3. 14 오후 3:15:20", "2025-03-14T15:15:20Z"),
            ("2025. 3. 14.", "2025-03-14T12:00:00Z"),
            ("20250314", "2025-03-14T12:00:00Z"),
            ("20250314T151520Z", "2025-03-14T15:15:20Z"),
            ("20250314151520", "2025-03-14T15:15:20Z"),
            ("\u{200e}14/03/2025", "2025-03-14T12:00:00Z"),
            ("\u{feff}2025-03-14", "2025-03-14T12:00:00Z"),
            ("١٤/٠٣/٢٠٢٥", "2025-03-14T12:00:00Z"),
            ("２０２５-03-14", "2025-03-14T12:00:00Z"),
            ("15:15 14/03/2025", "2025-03-14T15:15:00Z"),
            ("2025-Mar-14", "2025-03-14T12:00:00Z"),
        ] {
            assert_eq!(at(text, None), instant, "{text}");
        }
    }

    #[test]
    fn two_digits_of_a_year_need_the_order_of_their_column() {
        assert_eq!(at("3/14/25 15:15", None), "Ambiguous");
        let month_first = Some(Order::MonthFirst);
        assert_eq!(at("3/14/25 15:15", month_first), "2025-03-14T15:15:00Z");
        assert_eq!(at("14.3.25", Some(Order::DayFirst)), "2025-03-14T12:00:00Z");
        assert_eq!(at("25-03-14", None), "NotADate");
        assert_eq!(evidence("3/14/25 15:15"), month_first);
        assert_eq!(evidence("14/03/2025\u{a0}15:15"), Some(Order::DayFirst));
    }

    #[test]
    fn zones_that_several_share_are_refused_by_name() {
        for (text, zone) in [
            ("2025-03-14 15:15 IST", "IST"),
            ("3/14/2025 3:15 PM ET", "ET"),
            (
                "2025-03-14 15:15 Eastern Standard Time",
                "Eastern Standard Time",
            ),
            ("Fri Mar 14 15:15:20 IST 2025", "IST"),
        ] {
            assert_eq!(at(text, None), format!("Zone({zone:?})"), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_not_guessed() {
        for text in [
            "",
            "soon",
            "14",
            "2025",
            "March",
            "14 March",
            "1.74E+09",
            "12345",
            "99999",
            "2025-03-14 25:00",
            "2025-03-14x",
            "13:00",
            "14 3 2025",
            "31/12",
            "May",
            "2025-02-30",
            "20251332",
            "Ma 5, 2026",
            "3/15/2026 13:15 PM",
            "2026-03-05 14:15:33 +99:00",
            "1.2.3.4",
            "5 stars",
            "10 days",
            "Q1 2025",
            "2025-03-14 or later",
            "-",
            "/",
            "+49 30 1234567",
        ] {
            let seen = at(text, None);
            assert!(
                seen == "NotADate" || seen.starts_with("Zone"),
                "{text}: {seen}"
            );
        }
    }

    #[test]
    fn a_zone_in_a_pattern_is_obeyed() {
        let read = |text| {
            parse_zoned_pattern(text, "%d/%m/%Y %H:%M:%S ").map(|at| at.at(Zone::UTC).to_rfc3339())
        };
        assert_eq!(
            read("14/03/2025 15:15:20 CET").unwrap(),
            "2025-03-14T14:15:20Z"
        );
        assert_eq!(
            read("14/03/2025 15:15:20 IST"),
            Err(Unread::Zone("IST".into()))
        );
        assert_eq!(read("14/03/2025 15:15:20"), Err(Unread::NotADate));
    }
}
