//! The cadence caps (`docs/rules.md`, caps): how often one person, and one account, may be asked.
//!
//! A tap counts toward the cap of its own effort and of every smaller one, and an ask passes only if the cap of its
//! own effort and of every smaller one has room. The check looks at every window that contains the day asked for, so
//! a back-dated tap is held against earlier taps and later ones alike.

use chrono::NaiveDate;

use super::ask::Effort;
use super::calendar::{months_after, months_before};
use super::ids::RequestId;

/// At most `max` taps in any window of `months` calendar months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cap {
    /// The most taps a window may hold.
    pub max: u32,
    /// The window's length in calendar months.
    pub months: u32,
}

/// One value for each effort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PerEffort<T> {
    /// For low effort.
    pub low: T,
    /// For medium effort.
    pub medium: T,
    /// For high effort.
    pub high: T,
}

impl<T> PerEffort<T> {
    /// The value for `effort`.
    pub const fn get(&self, effort: Effort) -> &T {
        match effort {
            Effort::Low => &self.low,
            Effort::Medium => &self.medium,
            Effort::High => &self.high,
        }
    }

    /// The value for `effort`, to change.
    pub const fn get_mut(&mut self, effort: Effort) -> &mut T {
        match effort {
            Effort::Low => &mut self.low,
            Effort::Medium => &mut self.medium,
            Effort::High => &mut self.high,
        }
    }

    /// A value for each effort from a function.
    pub fn from_fn(mut value: impl FnMut(Effort) -> T) -> Self {
        Self {
            low: value(Effort::Low),
            medium: value(Effort::Medium),
            high: value(Effort::High),
        }
    }
}

/// Something that takes room in a cap: a tap that counts, or a hold while it lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// The day of the tap, or the day the hold was placed.
    pub on: NaiveDate,
    /// How much was asked.
    pub effort: Effort,
    /// What makes it a hold.
    pub hold: Option<Hold>,
}

/// What a hold is for, and how long it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// The request that it was placed for.
    pub request: RequestId,
    /// The first day on which it no longer counts.
    pub lapses_on: NaiveDate,
}

impl Claim {
    /// A tap that counts.
    pub const fn tap(on: NaiveDate, effort: Effort) -> Self {
        Self {
            on,
            effort,
            hold: None,
        }
    }

    /// A hold that counts until it lapses.
    pub const fn hold(on: NaiveDate, effort: Effort, hold: Hold) -> Self {
        Self {
            on,
            effort,
            hold: Some(hold),
        }
    }

    /// Whether it is a hold for this request.
    pub(super) fn is_held_for(&self, request: RequestId) -> bool {
        self.hold.is_some_and(|hold| hold.request == request)
    }

    /// The day on which it takes room for an ask on `day`: that of the tap; for a hold the very day, as long as it lasts.
    fn counts_on(&self, day: NaiveDate) -> Option<NaiveDate> {
        match self.hold {
            None => Some(self.on),
            Some(hold) => (day < hold.lapses_on).then(|| self.on.max(day)),
        }
    }

    /// The first day on which this claim alone no longer stands in the way.
    fn frees_on(&self, months: u32) -> NaiveDate {
        self.hold
            .map_or_else(|| months_after(self.on, months), |hold| hold.lapses_on)
    }
}

impl Cap {
    /// Whether one more claim on `day` keeps every window that contains `day` within the cap.
    pub fn has_room<'a>(
        &self,
        claims: impl Iterator<Item = &'a Claim> + Clone,
        day: NaiveDate,
    ) -> bool {
        let days = claims.filter_map(|claim| claim.counts_on(day));
        let starts = days.clone().chain(std::iter::once(day));
        // A window that starts between two claims holds no more than the one that starts at the next claim.
        starts
            .filter(|&start| start <= day && day < months_after(start, self.months))
            .all(|start| {
                let end = months_after(start, self.months);
                let inside = days.clone().filter(|&on| start <= on && on < end).count();
                inside < self.max as usize
            })
    }

    /// The first day from `day` on with room for one more claim; `None` where no day has it (a cap of zero).
    pub fn free_from<'a>(
        &self,
        claims: impl Iterator<Item = &'a Claim> + Clone,
        day: NaiveDate,
    ) -> Option<NaiveDate> {
        if self.has_room(claims.clone(), day) {
            return Some(day);
        }
        let mut ends: Vec<NaiveDate> = claims
            .clone()
            .map(|claim| claim.frees_on(self.months))
            .filter(|&end| end > day)
            .collect();
        ends.sort_unstable();
        ends.into_iter()
            .find(|&end| self.has_room(claims.clone(), end))
    }

    /// The hold that leaves no room on `day`: the first to lapse of those without which there would be some.
    pub(super) fn hold_in_the_way<'a>(
        &self,
        claims: impl Iterator<Item = &'a Claim> + Clone,
        day: NaiveDate,
    ) -> Option<Hold> {
        let all = claims.enumerate();
        let others = |one: usize| all.clone().filter(move |(at, _)| *at != one);
        all.clone()
            .filter_map(|(at, claim)| Some((at, claim.hold?)))
            .filter(|(at, _)| self.has_room(others(*at).map(|(_, claim)| claim), day))
            .map(|(_, hold)| hold)
            .min_by_key(|hold| hold.lapses_on)
    }
}

/// The first day whose claims can matter to a cap of so many months that is checked on `day` or later: a window that
/// holds an earlier one has ended before.
pub fn reach(months: u32, day: NaiveDate) -> NaiveDate {
    // A month more than the window, for months are clamped to their ends.
    months_before(day, months.saturating_add(1))
}

/// The caps of one person, by effort.
pub type Caps = PerEffort<Cap>;

/// The defaults: low 1 a month, medium 1 in two months, high 1 in three.
pub(super) const DEFAULT_CAPS: Caps = PerEffort {
    low: Cap { max: 1, months: 1 },
    medium: Cap { max: 1, months: 2 },
    high: Cap { max: 1, months: 3 },
};

/// The default for an account: 3 taps in 3 months over all of its people.
pub(super) const DEFAULT_ACCOUNT_CAP: Cap = Cap { max: 3, months: 3 };

/// A cap without room: which one, and from when an ask of the wanted effort passes all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full {
    /// The effort whose cap is full.
    pub effort: Effort,
    /// The cap.
    pub cap: Cap,
    /// The hold that takes the last room, where it is one; otherwise it was asks.
    pub hold: Option<Hold>,
    /// The first day on which the ask passes; `None` for never.
    pub clears_on: Option<NaiveDate>,
}

/// Checks an ask of `effort` on `day` against the person's caps.
///
/// # Errors
/// The largest cap that is full, with the day on which the ask passes every cap.
pub fn check(caps: &Caps, claims: &[Claim], effort: Effort, day: NaiveDate) -> Result<(), Full> {
    let full = applicable(caps, effort)
        .rev()
        .find(|(counted, cap)| !cap.has_room(counting_toward(claims, *counted), day));
    match full {
        None => Ok(()),
        Some((counted, cap)) => Err(Full {
            effort: counted,
            cap,
            hold: cap.hold_in_the_way(counting_toward(claims, counted), day),
            clears_on: free_from(caps, claims, effort, day),
        }),
    }
}

/// The first day from `day` on when an ask of `effort` passes every cap; `None` for never.
pub fn free_from(
    caps: &Caps,
    claims: &[Claim],
    effort: Effort,
    day: NaiveDate,
) -> Option<NaiveDate> {
    let mut candidate = day;
    loop {
        let next = applicable(caps, effort)
            .map(|(counted, cap)| cap.free_from(counting_toward(claims, counted), candidate))
            .try_fold(candidate, |latest, free| free.map(|free| latest.max(free)))?;
        if next == candidate {
            return Some(candidate);
        }
        candidate = next;
    }
}

/// The caps that an ask of `effort` must pass: its own and every smaller one.
fn applicable(caps: &Caps, effort: Effort) -> impl DoubleEndedIterator<Item = (Effort, Cap)> {
    let caps = *caps;
    Effort::ALL
        .into_iter()
        .filter(move |one| *one <= effort)
        .map(move |one| (one, *caps.get(one)))
}

/// The claims that count toward the cap of `effort`: those of that effort and every larger one.
fn counting_toward(claims: &[Claim], effort: Effort) -> impl Iterator<Item = &Claim> + Clone {
    claims.iter().filter(move |claim| claim.effort >= effort)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Effort::{High, Low, Medium};
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn taps(list: &[(&str, Effort)]) -> Vec<Claim> {
        list.iter()
            .map(|(on, effort)| Claim::tap(day(on), *effort))
            .collect()
    }

    /// Every row of the cap rule: one tap, then an ask of each effort, with the first day it passes.
    #[test]
    fn each_effort_after_each_effort() {
        for (tapped, asked, free) in [
            (Low, Low, "2026-04-10"),
            (Low, Medium, "2026-04-10"),
            (Low, High, "2026-04-10"),
            (Medium, Low, "2026-04-10"),
            (Medium, Medium, "2026-05-10"),
            (Medium, High, "2026-05-10"),
            (High, Low, "2026-04-10"),
            (High, Medium, "2026-05-10"),
            (High, High, "2026-06-10"),
        ] {
            let claims = taps(&[("2026-03-10", tapped)]);
            let free = day(free);
            let before = free.pred_opt().unwrap();
            let full = check(&DEFAULT_CAPS, &claims, asked, before).unwrap_err();
            assert_eq!(full.clears_on, Some(free), "{asked} after {tapped}");
            assert_eq!(
                check(&DEFAULT_CAPS, &claims, asked, free),
                Ok(()),
                "{asked} after {tapped}"
            );
        }
    }

    #[test]
    fn a_back_dated_tap_is_checked_on_both_sides() {
        let claims = taps(&[("2026-03-10", Low), ("2026-06-10", High)]);
        for (on, effort, passes) in [
            ("2026-02-10", Low, true),  // a month before the earlier one
            ("2026-02-11", Low, false), // too near to the later tap of 10 March
            ("2026-04-10", Low, true),
            ("2026-05-10", Low, true), // exactly a month before 10 June
            ("2026-05-11", Low, false),
            ("2026-04-10", Medium, true), // two months before 10 June
            ("2026-04-11", Medium, false),
            ("2026-03-10", High, false), // a low tap on that very day
            ("2026-04-10", High, false), // three months before 10 June is 10 March
        ] {
            assert_eq!(
                check(&DEFAULT_CAPS, &claims, effort, day(on)).is_ok(),
                passes,
                "{effort} on {on}"
            );
        }
        // The day it clears lies beyond the later tap.
        let full = check(&DEFAULT_CAPS, &claims, High, day("2026-04-10")).unwrap_err();
        assert_eq!(full.clears_on, Some(day("2026-09-10")));
    }

    #[test]
    fn a_cap_of_several_counts_windows_not_gaps() {
        let cap = Cap { max: 3, months: 3 };
        let claims = taps(&[
            ("2026-01-05", Low),
            ("2026-02-20", Low),
            ("2026-03-30", High),
        ]);
        assert!(!cap.has_room(claims.iter(), day("2026-04-04")));
        assert_eq!(
            cap.free_from(claims.iter(), day("2026-04-01")),
            Some(day("2026-04-05"))
        );
        // A window that begins before: 20 Feb, 30 Mar and 5 Apr fill the quarter from 20 Feb.
        let more = [claims, taps(&[("2026-04-05", Low)])].concat();
        assert_eq!(
            cap.free_from(more.iter(), day("2026-04-06")),
            Some(day("2026-05-20"))
        );
        // Back-dated between them: the window of 5 Jan is full already.
        assert!(!cap.has_room(more.iter(), day("2026-03-01")));
    }

    #[test]
    fn a_hold_is_in_the_way_where_there_would_be_room_without_it() {
        let cap = Cap { max: 2, months: 1 };
        let held = |request, lapses_on| Hold {
            request: RequestId(request),
            lapses_on: day(lapses_on),
        };
        let (first, second) = (held(1, "2026-03-20"), held(2, "2026-03-15"));
        let on = day("2026-03-12");
        let hold = |hold| Claim::hold(day("2026-03-10"), Low, hold);
        let tap = |on| Claim::tap(day(on), Low);
        for (claims, expected) in [
            (vec![hold(first), hold(second)], Some(second)),
            (vec![tap("2026-03-01"), hold(first)], Some(first)),
            (vec![tap("2026-03-01"), tap("2026-03-02")], None),
            // The asks alone fill it.
            (
                vec![tap("2026-03-01"), hold(first), tap("2026-03-02")],
                None,
            ),
            // An ask of long ago takes no room.
            (
                vec![tap("2026-01-01"), hold(second), tap("2026-03-02")],
                Some(second),
            ),
        ] {
            assert!(!cap.has_room(claims.iter(), on), "{claims:?}");
            let found = cap.hold_in_the_way(claims.iter(), on);
            assert_eq!(found, expected, "{claims:?}");
        }
    }

    #[test]
    fn a_hold_counts_until_it_lapses_and_no_longer() {
        let held = Hold {
            request: RequestId(1),
            lapses_on: day("2026-03-15"),
        };
        let claims = [Claim::hold(day("2026-03-10"), Medium, held)];
        let full = check(&DEFAULT_CAPS, &claims, Low, day("2026-03-14")).unwrap_err();
        assert_eq!(full.clears_on, Some(day("2026-03-15")));
        assert_eq!(
            check(&DEFAULT_CAPS, &claims, High, day("2026-03-15")),
            Ok(())
        );
        // However long it lasts, and after the window of the day on which it was placed.
        let long = Hold {
            lapses_on: day("2026-05-20"),
            ..held
        };
        let claims = [Claim::hold(day("2026-03-10"), Low, long)];
        for on in ["2026-03-10", "2026-04-10", "2026-05-19"] {
            let full = check(&DEFAULT_CAPS, &claims, High, day(on)).unwrap_err();
            assert_eq!(full.clears_on, Some(day("2026-05-20")), "{on}");
            assert_eq!(full.hold, Some(long), "{on}");
        }
        assert_eq!(
            check(&DEFAULT_CAPS, &claims, Low, day("2026-05-20")),
            Ok(())
        );
        // An ask dated back before it is held against the day on which it was placed.
        assert!(check(&DEFAULT_CAPS, &claims, Low, day("2026-02-11")).is_err());
        assert_eq!(
            check(&DEFAULT_CAPS, &claims, Low, day("2026-02-10")),
            Ok(())
        );
    }

    #[test]
    fn a_cap_of_zero_never_clears() {
        let caps = Caps {
            high: Cap { max: 0, months: 3 },
            ..DEFAULT_CAPS
        };
        let full = check(&caps, &[], High, day("2026-03-10")).unwrap_err();
        assert_eq!((full.effort, full.clears_on), (High, None));
        assert_eq!(check(&caps, &[], Medium, day("2026-03-10")), Ok(()));
    }

    #[test]
    fn imported_history_over_the_cap_blocks_only_its_own_windows() {
        let claims = taps(&[
            ("2026-01-01", Low),
            ("2026-01-02", Low),
            ("2026-01-03", Low),
        ]);
        assert!(check(&DEFAULT_CAPS, &claims, Low, day("2026-02-02")).is_err());
        assert_eq!(
            check(&DEFAULT_CAPS, &claims, Low, day("2026-02-03")),
            Ok(())
        );
    }

    fn effort() -> impl Strategy<Value = Effort> {
        prop_oneof![Just(Low), Just(Medium), Just(High)]
    }

    /// The promise, said independently of the code: any two taps of which the smaller effort is `e` are at least the
    /// window of `e` apart (for caps of one).
    fn promise_holds(claims: &[Claim]) -> bool {
        claims.iter().enumerate().all(|(i, a)| {
            claims[i + 1..].iter().all(|b| {
                let (first, second) = if a.on <= b.on { (a, b) } else { (b, a) };
                let months = DEFAULT_CAPS.get(first.effort.min(second.effort)).months;
                second.on >= months_after(first.on, months)
            })
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn random_sequences_never_break_a_cap(
            asks in proptest::collection::vec((0i64..500, effort()), 0..24)
        ) {
            let start = day("2027-10-15");
            let mut accepted: Vec<Claim> = Vec::new();
            for (offset, effort) in asks {
                let on = start + chrono::TimeDelta::days(offset);
                match check(&DEFAULT_CAPS, &accepted, effort, on) {
                    Ok(()) => accepted.push(Claim::tap(on, effort)),
                    Err(full) => {
                        let clears = full.clears_on.unwrap();
                        prop_assert!(clears > on);
                        prop_assert_eq!(check(&DEFAULT_CAPS, &accepted, effort, clears), Ok(()));
                        // and no earlier day would have done
                        let mut earlier = on;
                        while earlier < clears {
                            prop_assert!(check(&DEFAULT_CAPS, &accepted, effort, earlier).is_err());
                            earlier = earlier.succ_opt().unwrap();
                        }
                    }
                }
                prop_assert!(promise_holds(&accepted));
            }
        }

        #[test]
        fn what_is_out_of_reach_changes_nothing(
            taps in proptest::collection::vec((0i64..500, effort()), 0..30),
            asked in 0i64..600, later in 0i64..90, effort in effort(), months in 0u32..6
        ) {
            let start = day("2027-10-15");
            let on = |offset| start + chrono::TimeDelta::days(offset);
            let all: Vec<Claim> = taps.iter().map(|(at, effort)| Claim::tap(on(*at), *effort)).collect();
            let caps = Caps::from_fn(|_| Cap { max: 2, months });
            let since = reach(months, on(asked));
            let near: Vec<Claim> = all.iter().copied().filter(|claim| claim.on >= since).collect();
            let day = on(asked + later);
            prop_assert_eq!(check(&caps, &near, effort, day), check(&caps, &all, effort, day));
            prop_assert_eq!(free_from(&caps, &near, effort, day), free_from(&caps, &all, effort, day));
        }

        #[test]
        fn several_in_a_window_never_exceed_the_cap(
            days in proptest::collection::vec(0i64..300, 0..30), max in 1u32..5, months in 1u32..5
        ) {
            let cap = Cap { max, months };
            let start = day("2027-10-31");
            let mut accepted: Vec<Claim> = Vec::new();
            for offset in days {
                let on = start + chrono::TimeDelta::days(offset);
                if cap.has_room(accepted.iter(), on) {
                    accepted.push(Claim::tap(on, Low));
                }
            }
            // Slide the window over every single day.
            for offset in -130i64..300 {
                let from = start + chrono::TimeDelta::days(offset);
                let to = months_after(from, months);
                let inside = accepted.iter().filter(|claim| from <= claim.on && claim.on < to).count();
                prop_assert!(inside <= max as usize);
            }
        }
    }
}
