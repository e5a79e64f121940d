//! Periods: the half-open ranges of civil days that every report is about, and how they are typed (`docs/rules.md`,
//! figures).

use chrono::{Datelike, Days, NaiveDate};

use super::calendar::{months_after, months_before};

/// What can be typed, for messages.
const ALLOWED: &str = "use 2026-Q3, 2026-09, 2026, Q3, last-quarter, this-month, ytd, 12m, last-90d, or \
                       FROM..TO such as 2026-01-01..2026-03-31 (both days included)";

/// The mean length of a month in days: a year of 365.25 days divided by 12.
const DAYS_PER_MONTH: f64 = 30.4375;

/// How long a period is: calendar units have a calendar unit before them, free ranges have as many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Unit {
    Year,
    Quarter,
    Month,
    Days,
    /// The first days of a calendar unit of so many months.
    Part(u32),
}

impl Unit {
    /// Calendar months in it; `None` for days.
    const fn months(self) -> Option<u32> {
        match self {
            Unit::Year => Some(12),
            Unit::Quarter => Some(3),
            Unit::Month => Some(1),
            Unit::Days | Unit::Part(_) => None,
        }
    }
}

/// Civil days in the program's zone, half-open. Never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    from: NaiveDate,
    until: NaiveDate,
    unit: Unit,
}

impl Period {
    /// Reads a period as typed: `2026-Q3`, `2026-09`, `2026`, `last-90d` (the days that end with today, today
    /// included) or `FROM..TO` (both days included); and from today `Q3` (the newest that has begun), `this-quarter`,
    /// `last-month`, `ytd` (this year up to today) and `12m` (the months that end with today). A period that has begun
    /// is taken whole, even where its last days are still to come.
    ///
    /// # Errors
    /// Says what is allowed; a range that ends before it begins and a period wholly in the future are refused.
    pub fn parse(text: &str, today: NaiveDate) -> Result<Self, String> {
        let typed = text.trim().to_ascii_lowercase();
        let period = if let Some((from, to)) = typed.split_once("..") {
            Self::range(text, from, to)?
        } else if let Some(period) = Self::from_today(&typed, today) {
            period
        } else if let Some(days) = typed.strip_prefix("last-") {
            Self::last_days(text, days, today)?
        } else {
            Self::calendar(text, &typed)?
        };
        if period.from > today {
            return Err(format!(
                "`{text}` begins on {}, after today ({today}); choose a period that has begun",
                period.from
            ));
        }
        Ok(period)
    }

    /// What a period is compared with: `previous`, or another period as [`Period::parse`] reads it.
    ///
    /// # Errors
    /// As for [`Period::parse`], naming `previous` as well.
    pub fn compared(&self, text: &str, today: NaiveDate) -> Result<Self, String> {
        if text.trim().eq_ignore_ascii_case("previous") {
            return Ok(self.previous());
        }
        Self::parse(text, today).map_err(|error| format!("{error}; or compare with `previous`"))
    }

    /// A period that is named by where it lies from today.
    fn from_today(typed: &str, today: NaiveDate) -> Option<Self> {
        let first_of = |month| NaiveDate::from_ymd_opt(today.year(), month, 1);
        let whole = |unit: Unit| {
            let months = unit.months()?;
            let first = first_of(today.month0() - today.month0() % months + 1)?;
            Some(Self::of_unit(first, unit))
        };
        let until_today = |from: NaiveDate| {
            let until = today.succ_opt()?;
            (from.year() > 0).then_some(Self {
                from,
                until,
                unit: Unit::Days,
            })
        };
        match typed {
            "ytd" => return until_today(first_of(1)?),
            "this-month" => return whole(Unit::Month),
            "this-quarter" => return whole(Unit::Quarter),
            "this-year" => return whole(Unit::Year),
            "last-month" => return Some(whole(Unit::Month)?.previous()),
            "last-quarter" => return Some(whole(Unit::Quarter)?.previous()),
            "last-year" => return Some(whole(Unit::Year)?.previous()),
            _ => {}
        }
        if let Some(months) = typed.strip_suffix('m').and_then(digits) {
            let months = Some(months).filter(|months| (1..=1200).contains(months))?;
            return until_today(months_before(today.succ_opt()?, months));
        }
        let quarter = digits(typed.strip_prefix('q')?).filter(|one| (1..=4).contains(one))?;
        let this_year = Self::of_unit(first_of(3 * quarter - 2)?, Unit::Quarter);
        Some(match this_year.from > today {
            true => Self::of_unit(months_before(this_year.from, 12), Unit::Quarter),
            false => this_year,
        })
    }

    /// The last `days` days, today included.
    fn last_days(text: &str, days: &str, today: NaiveDate) -> Result<Self, String> {
        let until = today.succ_opt().ok_or_else(|| unread(text))?;
        days.strip_suffix('d')
            .and_then(digits)
            .filter(|days| *days > 0)
            .and_then(|days| until.checked_sub_days(Days::new(days.into())))
            .filter(|from| from.year() > 0)
            .map(|from| Self {
                from,
                until,
                unit: Unit::Days,
            })
            .ok_or_else(|| unread(text))
    }

    /// The days from one to another, both included.
    fn range(text: &str, from: &str, to: &str) -> Result<Self, String> {
        let (Some(from), Some(to)) = (day(from), day(to)) else {
            return Err(unread(text));
        };
        if to < from {
            return Err(format!(
                "`{text}` ends before it begins; write the earlier day first"
            ));
        }
        Ok(Self {
            from,
            until: to.succ_opt().ok_or_else(|| unread(text))?,
            unit: Unit::Days,
        })
    }

    /// A year, a quarter or a month.
    fn calendar(text: &str, typed: &str) -> Result<Self, String> {
        let (year, rest) = typed.split_once('-').unwrap_or((typed, ""));
        let (unit, month) = match (rest.strip_prefix('q'), rest) {
            (Some(quarter), _) if quarter.len() == 1 => {
                let first = digits(quarter).and_then(|number| (3 * number).checked_sub(2));
                (Unit::Quarter, first)
            }
            (None, "") if !typed.contains('-') => (Unit::Year, Some(1)),
            (None, month) if month.len() == 2 => (Unit::Month, digits(month)),
            _ => return Err(unread(text)),
        };
        digits(year)
            .filter(|number| year.len() == 4 && *number > 0)
            .and_then(|year| NaiveDate::from_ymd_opt(year.cast_signed(), month?, 1))
            .map(|from| Self::of_unit(from, unit))
            .ok_or_else(|| unread(text))
    }

    /// The calendar unit that begins on `from`.
    fn of_unit(from: NaiveDate, unit: Unit) -> Self {
        Self {
            from,
            until: months_after(from, unit.months().unwrap_or(0)),
            unit,
        }
    }

    /// The first day in it.
    pub const fn from(&self) -> NaiveDate {
        self.from
    }

    /// The first day after it.
    pub const fn until(&self) -> NaiveDate {
        self.until
    }

    /// The last day in it.
    pub fn last(&self) -> NaiveDate {
        self.until.pred_opt().unwrap_or(self.until)
    }

    /// Whether `day` lies in it.
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= day && day < self.until
    }

    /// Whether it is not over yet: today lies in it, so its figures can still grow.
    pub fn is_running(&self, today: NaiveDate) -> bool {
        self.contains(today)
    }

    /// The one just before: the previous year, quarter or month, and for free ranges as many days. A free range
    /// stays one even where it happens to be a whole quarter.
    #[must_use]
    pub fn previous(&self) -> Self {
        match self.unit.months() {
            Some(months) => Self::of_unit(months_before(self.from, months), self.unit),
            None => Self {
                from: self.from - (self.until - self.from),
                until: self.from,
                unit: Unit::Days,
            },
        }
    }

    /// As many days of the one before as have passed of this one, today included; `None` where it is over.
    pub fn same_days_before(&self, today: NaiveDate) -> Option<Self> {
        let (before, passed) = (self.previous(), today - self.from);
        let until = (before.from + passed).succ_opt()?.min(before.until);
        self.is_running(today).then_some(Self {
            from: before.from,
            until,
            unit: self.unit.months().map_or(Unit::Days, Unit::Part),
        })
    }

    /// The period as people say it: `Q3 2026`, `Sep 2026`, `2026`, and free ranges by their last day.
    pub fn spoken(&self) -> String {
        match self.unit {
            Unit::Year => self.name(),
            Unit::Quarter => format!("Q{} {:04}", self.from.month().div_ceil(3), self.from.year()),
            Unit::Month => self.from.format("%b %Y").to_string(),
            Unit::Days | Unit::Part(_) => format!("to {}", self.last()),
        }
    }

    /// Days in it.
    pub fn days(&self) -> i64 {
        (self.until - self.from).num_days()
    }

    /// Months in it: 12, 3 or 1 for years, quarters and months, and as many for the first days of one, so that what is
    /// counted by the month in a running period stands beside the same; days / 30.4375 for free ranges.
    pub fn months(&self) -> f64 {
        match (self.unit, self.unit.months()) {
            (Unit::Part(months), _) | (_, Some(months)) => months.into(),
            (_, None) => self.days() as f64 / DAYS_PER_MONTH,
        }
    }

    /// The period as shown, which reads back as the same period on any day: `2026-Q3`, `2026-09`, `2026`, and
    /// free ranges (`last-90d` too) by their first and last day.
    pub fn name(&self) -> String {
        let (year, month) = (self.from.year(), self.from.month());
        match self.unit {
            Unit::Year => format!("{year:04}"),
            Unit::Quarter => format!("{year:04}-Q{}", month.div_ceil(3)),
            Unit::Month => format!("{year:04}-{month:02}"),
            Unit::Days | Unit::Part(_) => format!("{}..{}", self.from, self.last()),
        }
    }
}

fn unread(text: &str) -> String {
    format!("`{text}` is not a period; {ALLOWED}")
}

/// A number written with digits only.
fn digits(text: &str) -> Option<u32> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// A day written as `2026-01-31`.
fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    (text.len() == "2026-01-31".len())
        .then(|| text.parse().ok())
        .flatten()
        .filter(|day: &NaiveDate| day.year() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;
    use proptest::prelude::*;

    fn period(text: &str) -> Period {
        Period::parse(text, day("2026-09-28")).unwrap()
    }

    #[test]
    fn each_way_to_say_one_from_today() {
        for (text, name) in [
            ("q3", "2026-Q3"),
            ("Q4", "2025-Q4"),
            ("this-quarter", "2026-Q3"),
            ("last-quarter", "2026-Q2"),
            ("this-month", "2026-09"),
            ("Last-Month", "2026-08"),
            ("this-year", "2026"),
            ("last-year", "2025"),
            ("ytd", "2026-01-01..2026-09-28"),
            ("12m", "2025-09-29..2026-09-28"),
            ("1m", "2026-08-29..2026-09-28"),
        ] {
            assert_eq!(period(text).name(), name, "{text}");
        }
        for text in [
            "q0",
            "q5",
            "q",
            "0m",
            "1201m",
            "m",
            "this-week",
            "4294967299m",
        ] {
            assert!(Period::parse(text, day("2026-09-28")).is_err(), "{text}");
        }
    }

    #[test]
    fn each_way_to_write_one() {
        for (text, from, until, name, months) in [
            ("2026-Q3", "2026-07-01", "2026-10-01", "2026-Q3", 3.0),
            ("2025-q4", "2025-10-01", "2026-01-01", "2025-Q4", 3.0),
            (" 2026-09 ", "2026-09-01", "2026-10-01", "2026-09", 1.0),
            ("2025-12", "2025-12-01", "2026-01-01", "2025-12", 1.0),
            ("2026", "2026-01-01", "2027-01-01", "2026", 12.0),
            (
                "last-90d",
                "2026-07-01",
                "2026-09-29",
                "2026-07-01..2026-09-28",
                90.0 / 30.4375,
            ),
            (
                "LAST-1D",
                "2026-09-28",
                "2026-09-29",
                "2026-09-28..2026-09-28",
                1.0 / 30.4375,
            ),
            (
                "2026-01-01..2026-03-31",
                "2026-01-01",
                "2026-04-01",
                "2026-01-01..2026-03-31",
                90.0 / 30.4375,
            ),
        ] {
            let period = period(text);
            assert_eq!((period.from(), period.until()), (day(from), day(until)));
            assert_eq!(period.name(), name);
            assert!((period.months() - months).abs() < 1e-12, "{text}");
        }
    }

    #[test]
    fn the_one_before_is_of_the_same_kind() {
        for (text, before) in [
            ("2026-Q3", "2026-Q2"),
            ("2026-Q1", "2025-Q4"),
            ("2026-03", "2026-02"),
            ("2026-01", "2025-12"),
            ("2026", "2025"),
            ("last-90d", "2026-04-02..2026-06-30"),
            ("2026-01-01..2026-03-31", "2025-10-03..2025-12-31"),
            ("2026-05-05..2026-05-05", "2026-05-04..2026-05-04"),
        ] {
            let before_it = period(text).previous();
            assert_eq!(before_it.name(), before);
            assert_eq!(before_it.until(), period(text).from(), "{text}");
        }
    }

    #[test]
    fn comparing_with_the_previous_or_any_other() {
        let today = day("2026-09-28");
        let quarter = period("2026-Q3");
        let compared = |text| quarter.compared(text, today).map(|other| other.name());
        assert_eq!(compared("Previous").unwrap(), "2026-Q2");
        assert_eq!(compared("2025-Q3").unwrap(), "2025-Q3");
        assert!(compared("before").unwrap_err().contains("`previous`"));
    }

    #[test]
    fn days_at_the_edges() {
        let quarter = period("2026-Q3");
        for (on, inside) in [
            ("2026-06-30", false),
            ("2026-07-01", true),
            ("2026-09-30", true),
            ("2026-10-01", false),
        ] {
            assert_eq!(quarter.contains(day(on)), inside, "{on}");
            assert_eq!(quarter.is_running(day(on)), inside, "{on}");
        }
    }

    #[test]
    fn the_future_is_refused_and_the_running_period_taken_whole() {
        let parse = |text, today| Period::parse(text, day(today));
        assert!(parse("2026-Q4", "2026-09-30").is_err());
        let begun = parse("2026-Q4", "2026-10-01").unwrap();
        assert_eq!(begun.until(), day("2027-01-01"));
        assert!(parse("2026-09-29..2026-12-31", "2026-09-28").is_err());
        assert!(parse("2026-09-28..2026-12-31", "2026-09-28").is_ok());
    }

    #[test]
    fn a_running_one_has_as_many_days_before() {
        for (period, today, same) in [
            ("2026-Q4", "2026-11-22", Some("2026-07-01..2026-08-22")),
            ("2026-Q4", "2026-10-01", Some("2026-07-01..2026-07-01")),
            ("2026-03", "2026-03-31", Some("2026-02-01..2026-02-28")),
            (
                "2026-11-01..2026-11-30",
                "2026-11-10",
                Some("2026-10-02..2026-10-11"),
            ),
            ("2026-Q3", "2026-11-22", None),
        ] {
            let period = Period::parse(period, day(today)).unwrap();
            let found = period.same_days_before(day(today));
            assert_eq!(found.map(|one| one.name()).as_deref(), same, "{period:?}");
        }
        let spoken = |text| Period::parse(text, day("2026-11-22")).unwrap().spoken();
        assert_eq!(
            ["2026", "2026-Q3", "2026-09", "2026-09-01..2026-09-03"].map(spoken),
            ["2026", "Q3 2026", "Sep 2026", "to 2026-09-03"]
        );
    }

    #[test]
    fn what_is_no_period_says_what_is_allowed() {
        for text in [
            "",
            "26",
            "2026-",
            "2026-Q",
            "2026-Q0",
            "2026-Q5",
            "2026-Q33",
            "2026-q+1",
            "2026-13",
            "2026-00",
            "2026-9",
            "2026-09-01",
            "0000",
            "+026",
            "last-0d",
            "last-d",
            "last-90",
            "last--1d",
            "last-99999999d",
            "last-99999999999d",
            "2026-01-01..",
            "..2026-01-01",
            "2026-02-30..2026-03-01",
            "2026-01-01...2026-03-01",
            "2026-1-1..2026-3-31",
            "9999-12-31..99999-12-31",
            "Ⅶ",
        ] {
            let error = Period::parse(text, day("2026-09-28")).unwrap_err();
            assert!(error.contains("2026-Q3"), "{text}: {error}");
        }
        let error = Period::parse("2026-03-01..2026-02-01", day("2026-09-28")).unwrap_err();
        assert!(error.contains("ends before it begins"), "{error}");
    }

    #[test]
    fn leap_years_and_the_ends_of_the_calendar() {
        let far = day("9999-12-31");
        let february = Period::parse("2028-02", far).unwrap();
        assert_eq!(february.days(), 29);
        assert_eq!(
            Period::parse("9999", far).unwrap().until().to_string(),
            "+10000-01-01"
        );
        assert_eq!(Period::parse("0001", far).unwrap().previous().days(), 366);
        assert!(Period::parse("last-90d", NaiveDate::MAX).is_err());
    }

    proptest! {
        #[test]
        fn nothing_typed_panics(text in "\\PC{0,16}") {
            let _ = Period::parse(&text, day("2026-09-28"));
        }

        #[test]
        fn a_name_reads_back_as_the_same_period(
            text in "20[01][0-9](-(0[1-9]|1[0-2])|-Q[1-4])?|last-[1-9][0-9]{0,3}d"
        ) {
            let one = period(&text);
            prop_assert_eq!(period(&one.name()), one);
            prop_assert_eq!(period(&one.previous().name()), one.previous());
            prop_assert_eq!(one.previous().until(), one.from());
            prop_assert!(one.days() > 0);
        }
    }
}
