//! Instants, civil days and the program's time zone (`docs/rules.md`, time): an instant is UTC seconds, a day is a date
//! in the zone, and months are calendar months clamped to their ends.

use std::fmt;
use std::str::FromStr;

use chrono::{
    DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc,
};

/// An instant: whole seconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The instant as a UTC date and time; instants outside chrono's range (±262,000 years) show as its nearest end.
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.0, 0).unwrap_or(if self.0 < 0 {
            DateTime::<Utc>::MIN_UTC
        } else {
            DateTime::<Utc>::MAX_UTC
        })
    }

    /// RFC 3339 in UTC, to the second: `2026-11-21T08:30:00Z`.
    pub fn to_rfc3339(self) -> String {
        self.utc().format("%Y-%m-%dT%H:%M:%SZ").to_string()
    }
}

/// The program's time zone: an IANA name such as `Europe/Berlin`. Days begin and end at its midnights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(chrono_tz::Tz);

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Zone = Zone(chrono_tz::UTC);

    /// The civil date on which `at` falls.
    pub fn day(self, at: Timestamp) -> NaiveDate {
        at.utc().with_timezone(&self.0).date_naive()
    }

    /// The first instant of `day`. Where a change of clocks skips midnight, the first instant after the gap.
    pub fn start_of(self, day: NaiveDate) -> Timestamp {
        self.instant(day.and_time(NaiveTime::MIN))
    }

    /// The middle of `day`, the time given to facts that are known by date only.
    pub fn noon_of(self, day: NaiveDate) -> Timestamp {
        self.instant(day.and_time(NaiveTime::MIN) + chrono::TimeDelta::hours(12))
    }

    /// A wall-clock time in this zone as an instant: the earlier one where the clock shows it twice, the first
    /// instant after the gap where the clock skips it.
    pub fn instant(self, local: NaiveDateTime) -> Timestamp {
        let mut probe = local;
        for _ in 0..=96 {
            if let Some(found) = self.0.from_local_datetime(&probe).earliest() {
                return Timestamp(found.timestamp());
            }
            probe += chrono::TimeDelta::minutes(15);
        }
        Timestamp(local.and_utc().timestamp())
    }

    /// The instant of a word said at `at` that is to replace the one said at `last`: on one day the newer word wins,
    /// whatever the hour that either is dated.
    ///
    /// # Errors
    /// The day of `last`, where that is later than the day of `at`: the word said then would go on to hold.
    pub fn replacing(self, at: Timestamp, last: Timestamp) -> Result<Timestamp, NaiveDate> {
        match self.day(last) {
            since if since > self.day(at) => Err(since),
            _ => Ok(at.max(last)),
        }
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name())
    }
}

impl FromStr for Zone {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        name.parse().map(Zone).map_err(|_| {
            format!("`{name}` is not a time zone; use an IANA name such as Europe/Berlin or UTC")
        })
    }
}

/// The first year in which something of a program can have happened.
pub const FIRST_YEAR: i32 = 1990;
/// The last year for which something of a program can be planned.
pub const LAST_YEAR: i32 = 2100;

/// Whether a day can have to do with a program; any other is a slip, such as 0206-11-20.
pub fn is_plausible(day: NaiveDate) -> bool {
    (FIRST_YEAR..=LAST_YEAR).contains(&day.year())
}

/// `day` plus whole calendar months, clamped to the end of the month: 30 Nov + 3 months is 28 or 29 Feb.
pub fn months_after(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months))
        .unwrap_or(NaiveDate::MAX)
}

/// `day` minus whole calendar months, clamped to the end of the month.
pub fn months_before(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_sub_months(Months::new(months))
        .unwrap_or(NaiveDate::MIN)
}

/// `day` plus whole days.
pub fn days_after(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(Days::new(days.into()))
        .unwrap_or(NaiveDate::MAX)
}

/// A rough age in words: `today`, `12 days ago`, `5 months ago`.
pub fn ago(today: NaiveDate, on: NaiveDate) -> String {
    match (today - on).num_days() {
        i64::MIN..=0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days @ 2..=59 => format!("{days} days ago"),
        days @ 60..=729 => format!("{} months ago", days / 30),
        days => format!("{} years ago", days / 365),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn months_clamp_to_month_ends() {
        for (from, months, to) in [
            ("2026-11-30", 3, "2027-02-28"),
            ("2027-11-30", 3, "2028-02-29"),
            ("2026-01-31", 1, "2026-02-28"),
            ("2026-01-31", 2, "2026-03-31"),
            ("2028-01-31", 1, "2028-02-29"),
            ("2027-03-31", 1, "2027-04-30"),
            ("2026-12-31", 2, "2027-02-28"),
            ("2027-02-28", 1, "2027-03-28"),
            ("2028-02-29", 1, "2028-03-29"),
            ("2028-02-29", 12, "2029-02-28"),
            ("2026-12-15", 1, "2027-01-15"),
        ] {
            assert_eq!(
                months_after(day(from), months),
                day(to),
                "{from} + {months}"
            );
        }
        assert_eq!(months_before(day("2026-05-31"), 3), day("2026-02-28"));
    }

    #[test]
    fn days_follow_the_zone_through_changes_of_clocks() {
        let berlin: Zone = "Europe/Berlin".parse().unwrap();
        // 2026-03-29 has 23 hours in Berlin, 2026-10-25 has 25.
        let start = berlin.start_of(day("2026-03-29"));
        assert_eq!(berlin.start_of(day("2026-03-30")).0 - start.0, 23 * 3600);
        let start = berlin.start_of(day("2026-10-25"));
        assert_eq!(berlin.start_of(day("2026-10-26")).0 - start.0, 25 * 3600);
        assert_eq!(berlin.day(Timestamp(start.0 - 1)), day("2026-10-24"));
        // Midnight does not exist on 2018-11-04 in São Paulo: the day begins at 01:00.
        let sao_paulo: Zone = "America/Sao_Paulo".parse().unwrap();
        let start = sao_paulo.start_of(day("2018-11-04"));
        assert_eq!(sao_paulo.day(start), day("2018-11-04"));
        assert_eq!(sao_paulo.day(Timestamp(start.0 - 1)), day("2018-11-03"));
    }

    #[test]
    fn an_unknown_zone_says_what_is_allowed() {
        let error = "Mars/Olympus".parse::<Zone>().unwrap_err();
        assert!(error.contains("Europe/Berlin"), "{error}");
    }

    #[test]
    fn the_ends_of_time_do_not_panic() {
        assert!(Timestamp(i64::MAX).utc() > Timestamp(i64::MIN).utc());
        assert_eq!(months_after(NaiveDate::MAX, 1), NaiveDate::MAX);
        Zone::UTC.start_of(NaiveDate::MIN);
    }
}
