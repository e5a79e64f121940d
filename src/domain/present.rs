//! The moment for which a command answers, and the policy in force then: what every rule may be asked with.

use chrono::NaiveDate;

use super::ask::Effort;
use super::calendar::{Timestamp, months_before};
use super::policy::Policy;
use super::tier::{CurrentTier, Tier};
use super::typed_day::{NoDay, TypedDay};

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

impl Present {
    /// From when on operations can be taken back.
    pub fn undo_since(&self) -> Timestamp {
        let months = self.policy.keep.images_months;
        self.policy
            .time_zone
            .start_of(months_before(self.today, months))
    }

    /// The moment `now` under this policy.
    pub fn new(policy: Policy, now: Timestamp) -> Self {
        Self {
            today: policy.time_zone.day(now),
            policy,
            now,
        }
    }

    /// The day that was typed, as it is today.
    ///
    /// # Errors
    /// [`NoDay`].
    pub fn typed(&self, day: TypedDay) -> Result<NaiveDate, NoDay> {
        day.on(self.today, self.policy.date_order)
    }

    /// The same, where a day was typed at all.
    ///
    /// # Errors
    /// [`NoDay`].
    pub fn typed_any(&self, day: Option<TypedDay>) -> Result<Option<NaiveDate>, NoDay> {
        day.map(|day| self.typed(day)).transpose()
    }

    /// The instant of something that happened on `on`: now for today, noon for an earlier day.
    ///
    /// # Errors
    /// [`NoDay`], for a day that has not come yet as well: nothing can have happened on it.
    pub fn instant_on(&self, on: Option<TypedDay>) -> Result<Timestamp, NoDay> {
        let today = self.today;
        match self.typed_any(on)? {
            Some(day) if day > today => Err(NoDay::Future { day, today }),
            Some(day) if day < today => Ok(self.policy.time_zone.noon_of(day)),
            _ => Ok(self.now),
        }
    }

    /// The instant of something that happened at `at`, where it is corrected to have happened on `on`; on the same day it
    /// stays at its time.
    ///
    /// # Errors
    /// As [`Present::instant_on`].
    pub fn moved_to(&self, at: Timestamp, on: Option<TypedDay>) -> Result<Timestamp, NoDay> {
        match self.typed_any(on)? {
            Some(day) if day != self.day(at) => self.instant_on(Some(day.into())),
            _ => Ok(at),
        }
    }

    /// The instant of something that happened at `at` and is to replace what happened at `last`.
    ///
    /// # Errors
    /// The day of what happened last, where that is a later one.
    pub fn replacing(&self, at: Timestamp, last: Timestamp) -> Result<Timestamp, NaiveDate> {
        self.policy.time_zone.replacing(at, last)
    }

    /// The tier that somebody has today: the one set by hand, or else what their completed asks come to.
    pub fn tier(&self, by_hand: Option<Tier>, completed: &[(Effort, NaiveDate)]) -> CurrentTier {
        self.policy.tiers.current(by_hand, completed, self.today)
    }

    /// The one name of an industry, from the words received.
    pub fn industry(&self, words: Option<&str>) -> Option<String> {
        words.map(|words| self.policy.industries.name_of(words))
    }

    /// The program's day of an instant.
    pub fn day(&self, at: Timestamp) -> NaiveDate {
        self.policy.time_zone.day(at)
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
        let on = |text| present.instant_on(Some(day(text).into()));
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
        assert_eq!(present.replacing(present.now, noon), Ok(noon));
        let earlier = present.instant_on(Some(day("2026-06-30").into())).unwrap();
        assert_eq!(present.replacing(earlier, noon), Err(day("2026-07-01")));
    }
}
