//! The moment for which a command answers: what every rule is asked with. Nothing here reads a clock.

use std::fmt;

use chrono::NaiveDate;

use super::calendar::Timestamp;
use super::policy::Policy;

/// The moment for which a command answers, and the policy in force then.
#[derive(Debug, Clone, PartialEq)]
pub struct Present {
    /// The policy.
    pub policy: Policy,
    /// The program's day.
    pub today: NaiveDate,
    /// The instant: now, or the last second of an earlier day.
    pub now: Timestamp,
}

/// Why something cannot be recorded on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayError {
    /// It is said to have happened, and the day is still to come.
    Future {
        /// The day.
        day: NaiveDate,
        /// The program's day.
        today: NaiveDate,
    },
    /// What it is to replace holds since a later day.
    Superseded {
        /// Since when.
        since: NaiveDate,
        /// What holds since then, in words.
        held: String,
    },
}

impl fmt::Display for DayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DayError::Future { day, today } => {
                write!(f, "{day} is in the future; today is {today}")
            }
            DayError::Superseded { held, .. } => write!(f, "{held}, which is later"),
        }
    }
}

impl std::error::Error for DayError {}

impl Present {
    /// The policy at an instant.
    pub fn new(policy: Policy, now: Timestamp) -> Self {
        Self {
            today: policy.time_zone.day(now),
            policy,
            now,
        }
    }

    /// The program's day of an instant.
    pub fn day(&self, at: Timestamp) -> NaiveDate {
        self.policy.time_zone.day(at)
    }

    /// The instant of something that happened on `on`: now for today, noon for an earlier day.
    ///
    /// # Errors
    /// [`DayError::Future`].
    pub fn instant_on(&self, on: Option<NaiveDate>) -> Result<Timestamp, DayError> {
        let today = self.today;
        match on {
            Some(day) if day > today => Err(DayError::Future { day, today }),
            Some(day) if day < today => Ok(self.policy.time_zone.noon_of(day)),
            _ => Ok(self.now),
        }
    }

    /// The instant of something that happened at `at` and is to replace what happened at `last`: on one day the newer
    /// word wins, whatever the hour that either is dated.
    ///
    /// # Errors
    /// [`DayError::Superseded`], where `last` is of a later day; `held` puts in words what holds since then.
    pub fn replacing(
        &self,
        at: Timestamp,
        last: Timestamp,
        held: impl FnOnce(NaiveDate) -> String,
    ) -> Result<Timestamp, DayError> {
        self.policy
            .time_zone
            .replacing(at, last)
            .map_err(|since| DayError::Superseded {
                since,
                held: held(since),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::day;
    use super::*;

    fn present() -> Present {
        let mut policy = Policy::default();
        policy.set("time-zone", "Europe/Berlin").unwrap();
        // 23:30 UTC is half past one of the next day in Berlin.
        Present::new(policy, Timestamp(1_782_862_200))
    }

    #[test]
    fn today_is_the_programs_day() {
        assert_eq!(present().now.to_rfc3339(), "2026-06-30T23:30:00Z");
        assert_eq!(present().today, day("2026-07-01"));
    }

    #[test]
    fn what_happened_today_happened_now_and_what_happened_earlier_at_noon() {
        let present = present();
        let on = |text| present.instant_on(Some(day(text)));
        assert_eq!(present.instant_on(None), Ok(present.now));
        assert_eq!(on("2026-07-01"), Ok(present.now));
        assert_eq!(
            on("2026-06-30").unwrap().to_rfc3339(),
            "2026-06-30T10:00:00Z"
        );
        let error = on("2026-07-02").unwrap_err().to_string();
        assert_eq!(error, "2026-07-02 is in the future; today is 2026-07-01");
    }

    #[test]
    fn a_word_does_not_replace_one_of_a_later_day() {
        let present = present();
        let noon = present.policy.time_zone.noon_of(day("2026-07-01"));
        let held = |since: NaiveDate| format!("it is so since {since}");
        assert_eq!(present.replacing(present.now, noon, held), Ok(noon));
        let earlier = present.instant_on(Some(day("2026-06-30"))).unwrap();
        let error = present.replacing(earlier, noon, held).unwrap_err();
        assert_eq!(
            error.to_string(),
            "it is so since 2026-07-01, which is later"
        );
    }
}
