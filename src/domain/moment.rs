//! Positive moments (`docs/rules.md`, positive moments): which facts count as one, and which asks the latest carry.

use chrono::NaiveDate;

use super::ask::Effort;
use super::calendar::{Timestamp, Zone};
use super::tap::Rating;

/// The second half of rule 6: a completed ask that is rated badly neither proves nor is a positive moment, and its kind
/// rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadRating {
    /// Whether the rule applies.
    pub on: bool,
    /// The best rating that is still a bad one.
    pub most: u32,
    /// The months for which the kind rests.
    pub months: u32,
}

impl BadRating {
    /// Whether an ask went badly; one that was not rated did not.
    pub fn is(&self, rating: Option<Rating>) -> bool {
        self.on && rating.is_some_and(|rating| u32::from(rating.get()) <= self.most)
    }
}

/// A fact that is a positive moment, unless what is said here speaks against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// When.
    pub at: Timestamp,
    /// Whether it is the person's own; otherwise it is what others say of them, or what is known of their account.
    pub own: bool,
    /// How a completed ask was rated.
    pub rating: Option<Rating>,
    /// For what is known of the account: since when the person is on record there.
    pub there_since: Option<Timestamp>,
}

/// What of the policy decides whether a fact is a positive moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MomentRules {
    /// Where days begin and end.
    pub zone: Zone,
    /// Which ratings are bad ones.
    pub bad_rating: BadRating,
}

impl MomentRules {
    /// The day of a moment that counts: no badly rated ask, and nothing of an account from before the person was there.
    pub fn day(&self, moment: &Moment) -> Option<NaiveDate> {
        let on = self.zone.day(moment.at);
        let was_there = moment
            .there_since
            .is_none_or(|since| self.zone.day(since) <= on);
        (was_there && !self.bad_rating.is(moment.rating)).then_some(on)
    }
}

/// The latest positive moments of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LatestMoments {
    /// Of the person's own.
    pub own: Option<NaiveDate>,
    /// Of any sort.
    pub any: Option<NaiveDate>,
}

impl LatestMoments {
    /// One more moment.
    pub fn add(&mut self, on: NaiveDate, own: bool) {
        self.any = self.any.max(Some(on));
        if own {
            self.own = self.own.max(Some(on));
        }
    }

    /// The latest that can carry an ask of this effort: only one of their own carries more than a low one.
    pub const fn carrying(&self, effort: Effort) -> Option<NaiveDate> {
        match effort {
            Effort::Low => self.any,
            Effort::Medium | Effort::High => self.own,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::policy::Policy;
    use super::super::testing::day;
    use super::*;

    #[test]
    fn what_was_rated_badly_or_came_before_the_person_is_no_moment() {
        let policy = Policy::default();
        let at = policy.time_zone.noon_of(day("2026-03-10"));
        let noon = |text| Some(policy.time_zone.noon_of(day(text)));
        for (rating, there_since, counts) in [
            (None, None, true),
            (Some(1), None, false),
            (Some(2), None, false),
            (Some(3), None, true),
            (None, noon("2026-03-09"), true),
            (None, noon("2026-03-10"), true),
            (None, noon("2026-03-11"), false),
        ] {
            let moment = Moment {
                at,
                own: rating.is_some(),
                rating: rating.and_then(Rating::new),
                there_since,
            };
            let on = policy.moments().day(&moment);
            assert_eq!(on.is_some(), counts, "{moment:?}");
        }
        let mut off = policy.clone();
        off.set("bad-rating", "off").unwrap();
        let moment = Moment {
            at,
            own: true,
            rating: Rating::new(1),
            there_since: None,
        };
        assert_eq!(off.moments().day(&moment), Some(day("2026-03-10")));
    }

    #[test]
    fn only_a_moment_of_their_own_carries_more_than_a_low_ask() {
        let mut latest = LatestMoments::default();
        assert_eq!(latest.carrying(Effort::Low), None);
        latest.add(day("2026-03-10"), true);
        latest.add(day("2026-05-10"), false);
        latest.add(day("2026-04-10"), false);
        for (effort, on) in [
            (Effort::Low, "2026-05-10"),
            (Effort::Medium, "2026-03-10"),
            (Effort::High, "2026-03-10"),
        ] {
            assert_eq!(latest.carrying(effort), Some(day(on)), "{effort}");
        }
    }
}
