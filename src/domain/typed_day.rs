//! Days as people type them: `2026-11-21`, `yesterday`, `friday`, `2 weeks ago`, `+10d`, `eom` (`docs/days.md`). A word that
//! can mean two days is refused, never guessed. The crates that read such words take `friday` for a day to come wherever
//! it stands, guess centuries and know hours: here an option says whether it looks back or ahead.

use std::fmt;

use chrono::{Datelike, NaiveDate, Weekday};

use super::calendar::{FIRST_YEAR, LAST_YEAR, is_plausible, months_after, months_before};
use super::words::words;

/// What can be typed, for messages.
pub const ALLOWED: &str =
    "write 2026-11-21, today, yesterday, friday, \"last friday\", \"2 weeks ago\", +10d, or eom";

/// Which way an option looks, where the words do not say it: `friday`, `2w`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looking {
    /// At what has happened: the last Friday, today included.
    Back,
    /// At what is planned: the Friday after today.
    Ahead,
}

words! {
    /// How dates such as 10/12/2026 are written.
    #[derive(Default)]
    pub enum DayOrder is "an order of dates" {
        /// Nobody has said: such a date is refused.
        #[default]
        Unsaid = "unsaid",
        /// The day comes first.
        DayFirst = "day-first",
        /// The month comes first.
        MonthFirst = "month-first",
    }
}

/// A day as it was typed; which one it is depends on the day that it is asked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypedDay {
    /// A date.
    On(NaiveDate),
    /// So many days after today, or before it.
    Days(i64),
    /// So many months after today, or before it.
    Months(i64),
    /// A day of the week: the last one before today, the next after it, or today where it is that.
    Weekday(Weekday, Which),
    /// The last day of this month, quarter or year: of 1, 3 or 12 months.
    EndOf(u32),
    /// A date whose order is not clear: two numbers up to 12, and the year.
    Unclear(u32, u32, i32),
}

/// Which day of that name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The last one, today included.
    LastOrToday,
    /// The last one before today.
    Last,
    /// The next one after today.
    Next,
}

/// A day that cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoDay {
    /// It can be two days: the one with the day first, and the one with the month first.
    TwoDays(NaiveDate, NaiveDate),
    /// It lies in no year that a program can have to do with.
    OutOfYears,
    /// It has not come yet.
    Future {
        /// The day.
        day: NaiveDate,
        /// The program's day.
        today: NaiveDate,
    },
}

impl fmt::Display for NoDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TwoDays(one, other) => write!(f, "it can be {one} or {other}"),
            Self::OutOfYears => write!(f, "the year must be from {FIRST_YEAR} to {LAST_YEAR}"),
            Self::Future { day, today } => write!(f, "{day} is in the future; today is {today}"),
        }
    }
}

impl std::error::Error for NoDay {}

impl From<NaiveDate> for TypedDay {
    fn from(day: NaiveDate) -> Self {
        Self::On(day)
    }
}

impl TypedDay {
    /// Reads a day as typed.
    ///
    /// # Errors
    /// Says what is allowed.
    pub fn parse(text: &str, looking: Looking) -> Result<Self, String> {
        let typed = text.trim().to_lowercase();
        let words: Vec<&str> = typed.split_whitespace().collect();
        let read = date(&typed)
            .or_else(|| one_word(&words, looking))
            .or_else(|| weekday_named(&words))
            .or_else(|| amount(&typed, looking));
        match read {
            Some(Self::On(day)) if !is_plausible(day) => Err(NoDay::OutOfYears.to_string()),
            Some(day) => Ok(day),
            None => Err(format!("`{text}` is not a day; {ALLOWED}")),
        }
    }

    /// The day that it is today.
    ///
    /// # Errors
    /// [`NoDay`].
    pub fn on(self, today: NaiveDate, order: DayOrder) -> Result<NaiveDate, NoDay> {
        let day = match self {
            Self::On(day) => Some(day),
            Self::Days(days) => days_from(today, days),
            Self::Months(months) => months_from(today, months),
            Self::Weekday(weekday, which) => days_from(today, days_to(today, weekday, which)),
            Self::EndOf(months) => end_of(today, months),
            Self::Unclear(first, second, year) => {
                let day_first = NaiveDate::from_ymd_opt(year, second, first);
                let month_first = NaiveDate::from_ymd_opt(year, first, second);
                match (order, day_first, month_first) {
                    (DayOrder::DayFirst, day, _) | (DayOrder::MonthFirst, _, day) => day,
                    (DayOrder::Unsaid, Some(one), Some(other)) if one != other => {
                        return Err(NoDay::TwoDays(one, other));
                    }
                    (DayOrder::Unsaid, day, _) => day,
                }
            }
        };
        day.filter(|day| is_plausible(*day))
            .ok_or(NoDay::OutOfYears)
    }
}

fn one_word(words: &[&str], looking: Looking) -> Option<TypedDay> {
    let [word] = words else { return None };
    Some(match *word {
        "today" => TypedDay::Days(0),
        "yesterday" => TypedDay::Days(-1),
        "tomorrow" => TypedDay::Days(1),
        "eom" => TypedDay::EndOf(1),
        "eoq" => TypedDay::EndOf(3),
        "eoy" => TypedDay::EndOf(12),
        word => {
            let which = match looking {
                Looking::Back => Which::LastOrToday,
                Looking::Ahead => Which::Next,
            };
            TypedDay::Weekday(weekday(word)?, which)
        }
    })
}

/// `last friday`, `next friday`, and `this friday`, which is the next one.
fn weekday_named(words: &[&str]) -> Option<TypedDay> {
    let [which, day] = words else { return None };
    let which = match *which {
        "last" => Which::Last,
        "next" | "this" => Which::Next,
        _ => return None,
    };
    Some(TypedDay::Weekday(weekday(day)?, which))
}

/// A day of the week by its name or the first three letters of it.
fn weekday(word: &str) -> Option<Weekday> {
    let letters = word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    letters.then(|| word.parse().ok()).flatten()
}

/// An amount of time from today: `+10d`, `-2w`, `2 weeks ago`, `in 3 days`; without a direction, the way the option looks.
fn amount(typed: &str, looking: Looking) -> Option<TypedDay> {
    let ago = typed.strip_suffix("ago").map(|rest| (rest, Looking::Back));
    let within = typed
        .strip_prefix("in ")
        .or_else(|| typed.strip_prefix('+'))
        .map(|rest| (rest, Looking::Ahead));
    let before = typed
        .strip_prefix('-')
        .or_else(|| typed.strip_prefix('\u{2212}'))
        .map(|rest| (rest, Looking::Back));
    let (rest, looking) = ago.or(within).or(before).unwrap_or((typed, looking));
    let rest = rest.trim();
    let unit_at = rest.find(|one: char| !one.is_ascii_digit())?;
    let (number, unit) = rest.split_at_checked(unit_at)?;
    let number: i64 = number.parse().ok().filter(|number| *number <= 10_000)?;
    let number = match looking {
        Looking::Back => -number,
        Looking::Ahead => number,
    };
    Some(match unit.trim() {
        "d" | "day" | "days" => TypedDay::Days(number),
        "w" | "week" | "weeks" => TypedDay::Days(7 * number),
        "m" | "month" | "months" => TypedDay::Months(number),
        "y" | "year" | "years" => TypedDay::Months(12 * number),
        _ => return None,
    })
}

/// `2026-11-21`, `21.11.2026`, `10/31/2026`: with the year in four digits.
fn date(typed: &str) -> Option<TypedDay> {
    if let Ok(day) = typed.parse() {
        return Some(TypedDay::On(day));
    }
    let separator = typed.chars().find(|one| !one.is_ascii_digit())?;
    let parts: Vec<&str> = typed.split(separator).collect();
    let [first, second, third] = parts.as_slice() else {
        return None;
    };
    let number = |text: &str, most: usize| -> Option<u32> {
        let fits = !text.is_empty() && text.len() <= most;
        (fits && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
    };
    let year = |text: &str| -> Option<i32> {
        let year = number(text, 4).filter(|_| text.len() == 4)?;
        i32::try_from(year).ok()
    };
    if let (Some(year), '-' | '/' | '.') = (year(first), separator) {
        let day = NaiveDate::from_ymd_opt(year, number(second, 2)?, number(third, 2)?);
        return day.map(TypedDay::On);
    }
    let (first, second, year) = (number(first, 2)?, number(second, 2)?, year(third)?);
    let day_first = || NaiveDate::from_ymd_opt(year, second, first).map(TypedDay::On);
    let month_first = || NaiveDate::from_ymd_opt(year, first, second).map(TypedDay::On);
    match separator {
        // Whoever writes full stops writes the day first.
        '.' => day_first(),
        '/' | '-' if first > 12 => day_first(),
        '/' | '-' if second > 12 => month_first(),
        '/' | '-' if first > 0 && second > 0 => Some(TypedDay::Unclear(first, second, year)),
        _ => None,
    }
}

fn days_from(today: NaiveDate, days: i64) -> Option<NaiveDate> {
    today.checked_add_signed(chrono::TimeDelta::try_days(days)?)
}

fn months_from(today: NaiveDate, months: i64) -> Option<NaiveDate> {
    let count = u32::try_from(months.unsigned_abs()).ok()?;
    Some(match months {
        ..0 => months_before(today, count),
        _ => months_after(today, count),
    })
}

/// The days from today to a day of the week.
fn days_to(today: NaiveDate, weekday: Weekday, which: Which) -> i64 {
    let since = i64::from(today.weekday().days_since(weekday));
    match which {
        Which::LastOrToday => -since,
        Which::Last if since == 0 => -7,
        Which::Last => -since,
        Which::Next => 7 - since,
    }
}

/// The last day of the month, quarter or year in which today lies.
fn end_of(today: NaiveDate, months: u32) -> Option<NaiveDate> {
    let first_month = today.month0() - today.month0() % months + 1;
    let first = NaiveDate::from_ymd_opt(today.year(), first_month, 1)?;
    months_after(first, months).pred_opt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;
    use proptest::prelude::*;

    /// A Wednesday.
    const TODAY: &str = "2026-11-18";

    fn read(text: &str, looking: Looking) -> Result<NaiveDate, String> {
        let typed = TypedDay::parse(text, looking)?;
        let on = typed.on(day(TODAY), DayOrder::Unsaid);
        on.map_err(|error| error.to_string())
    }

    #[test]
    fn each_way_to_write_one() {
        for (text, back, ahead) in [
            ("2026-11-21", "2026-11-21", "2026-11-21"),
            ("2026/11/21", "2026-11-21", "2026-11-21"),
            (" Today ", "2026-11-18", "2026-11-18"),
            ("yesterday", "2026-11-17", "2026-11-17"),
            ("tomorrow", "2026-11-19", "2026-11-19"),
            ("friday", "2026-11-13", "2026-11-20"),
            ("Fri", "2026-11-13", "2026-11-20"),
            ("wednesday", "2026-11-18", "2026-11-25"),
            ("last friday", "2026-11-13", "2026-11-13"),
            ("last wednesday", "2026-11-11", "2026-11-11"),
            ("next friday", "2026-11-20", "2026-11-20"),
            ("this  friday", "2026-11-20", "2026-11-20"),
            ("2 weeks ago", "2026-11-04", "2026-11-04"),
            ("1 month ago", "2026-10-18", "2026-10-18"),
            ("in 3 days", "2026-11-21", "2026-11-21"),
            ("+10d", "2026-11-28", "2026-11-28"),
            ("-10d", "2026-11-08", "2026-11-08"),
            ("2w", "2026-11-04", "2026-12-02"),
            ("1y", "2025-11-18", "2027-11-18"),
            ("10/31/2026", "2026-10-31", "2026-10-31"),
            ("31/10/2026", "2026-10-31", "2026-10-31"),
            ("11/11/2026", "2026-11-11", "2026-11-11"),
            ("3.12.2026", "2026-12-03", "2026-12-03"),
            ("eom", "2026-11-30", "2026-11-30"),
            ("eoq", "2026-12-31", "2026-12-31"),
            ("EOY", "2026-12-31", "2026-12-31"),
        ] {
            assert_eq!(read(text, Looking::Back), Ok(day(back)), "{text}");
            assert_eq!(read(text, Looking::Ahead), Ok(day(ahead)), "{text}");
        }
    }

    #[test]
    fn what_is_no_day() {
        for text in [
            "",
            "soon",
            "fr",
            "fridayish",
            "12",
            "2026",
            "2026-13-01",
            "31/13/2026",
            "0/5/2026",
            "1/2/26",
            "friday 13",
            "last",
            "next week",
            "2 parsecs",
            "99999d",
            "ago",
            "+",
            "-",
            "in",
            "0206-11-20",
            "21-11-20",
            "１/2/2026",
        ] {
            assert!(read(text, Looking::Back).is_err(), "{text}");
        }
    }

    #[test]
    fn a_date_that_can_be_two_days_is_refused_until_somebody_says_which() {
        let typed = TypedDay::parse("10/12/2026", Looking::Back).unwrap();
        let two = NoDay::TwoDays(day("2026-12-10"), day("2026-10-12"));
        for (order, expected) in [
            (DayOrder::Unsaid, Err(two)),
            (DayOrder::DayFirst, Ok(day("2026-12-10"))),
            (DayOrder::MonthFirst, Ok(day("2026-10-12"))),
        ] {
            assert_eq!(typed.on(day(TODAY), order), expected);
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_a_day_of_a_plausible_year_or_refused(text in "\\PC{0,20}|[0-9+-]{1,6} ?[dwmy]( ago)?") {
            for looking in [Looking::Back, Looking::Ahead] {
                if let Ok(day) = read(&text, looking) {
                    prop_assert!(is_plausible(day));
                }
            }
        }
    }
}
