//! The ladder (`docs/rules.md`, the ladder): the sensible next ask for one advocate. Start people small; a good
//! experience earns the next step, and nobody climbs two at once.

use std::fmt;

use chrono::NaiveDate;

use super::ask::{AskKind, Effort};
use super::policy::Policy;
use super::readiness::{self, ReadinessFacts};
use super::refusal::Refusal;
use super::tap::{Outcome, Rating};

/// An earlier ask that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// For what.
    pub kind: AskKind,
    /// How much that took.
    pub effort: Effort,
    /// When.
    pub on: NaiveDate,
    /// What became of it.
    pub outcome: Outcome,
    /// How they liked it.
    pub rating: Option<Rating>,
}

impl Asked {
    /// Whether it was completed and was a good experience: rated well, or not rated at all.
    fn went_well(&self, policy: &Policy) -> bool {
        let liked = |rating: Rating| u32::from(rating.get()) >= policy.good_rating;
        self.outcome == Outcome::Completed && self.rating.is_none_or(liked)
    }
}

/// The step from which somebody climbs: the ask of the highest effort that went well, the newest of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stand(Option<Asked>);

impl Stand {
    /// Where the earlier asks, oldest first, have led.
    fn of(asked: &[Asked], policy: &Policy) -> Self {
        let went_well = asked.iter().filter(|one| one.went_well(policy));
        // The last of several equal ones is the newest.
        Self(went_well.max_by_key(|one| one.effort).copied())
    }

    /// The efforts that come into question, the preferred one first: one step up, then the same step again.
    fn steps(self) -> Vec<Effort> {
        match self.0.map(|one| one.effort) {
            None => vec![Effort::Low],
            Some(Effort::Low) => vec![Effort::Medium, Effort::Low],
            Some(Effort::Medium) => vec![Effort::High, Effort::Medium],
            Some(Effort::High) => vec![Effort::High],
        }
    }

    /// Why an ask of this effort is the one, in words.
    fn reason(self, effort: Effort) -> String {
        let Some(one) = self.0 else {
            return "nothing completed well yet: start small".to_owned();
        };
        let rated = match one.rating {
            Some(rating) => format!(", rated {}", rating.get()),
            None => String::new(),
        };
        let done = format!("completed a {} ({}{rated})", one.kind, one.effort);
        match effort > one.effort {
            true => format!("{done}: one step up"),
            false => format!("{done}: the same step again"),
        }
    }
}

/// When the next ask can be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// Today.
    Now,
    /// From this day on, if nothing else happens; until then, this stands in the way.
    From(NaiveDate, Refusal),
    /// Not before something other than time clears this.
    Blocked(Refusal),
}

/// The sensible next ask for one advocate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// For what.
    pub kind: AskKind,
    /// How much that takes.
    pub effort: Effort,
    /// When.
    pub when: When,
    /// Where they stand.
    stand: Stand,
    /// Why it is not one step up, where there is one.
    instead_of: Option<Missed>,
    /// Whether it is what was asked last, too.
    again: bool,
}

/// Why somebody does not climb.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Missed {
    /// The best kind of the step up is refused.
    Refused(AskKind, Refusal),
    /// It would be the kind that was asked last.
    Last(AskKind),
    /// They would do nothing of that effort.
    NotWilling(Effort),
}

/// A kind that comes into question, with what the rules say.
struct Choice {
    kind: AskKind,
    effort: Effort,
    /// The refusal that stands longest, of today's or of those to come.
    refusal: Option<Refusal>,
    free_on: Option<NaiveDate>,
}

/// The sensible next ask, from the earlier asks that count, oldest first: of a kind that the person is willing to do,
/// one step up from the highest effort completed with a good experience, or else the same step again, never two steps
/// up; what every hard rule allows today comes first, then what becomes free first; not the kind that was asked last
/// where another would do, and of several the one asked longest ago. `None` where they are willing for nothing of that
/// size.
pub fn next(
    facts: &ReadinessFacts,
    asked: &[Asked],
    policy: &Policy,
    today: NaiveDate,
) -> Option<Next> {
    let stand = Stand::of(asked, policy);
    let last = asked.last().map(|one| one.kind);
    let steps = stand.steps();
    let willing = facts.willingness.iter().filter(|said| said.willing);
    let mut choices: Vec<Choice> = willing
        .map(|said| said.kind)
        .filter(|kind| steps.contains(&policy.effort(*kind)))
        .map(|kind| choice(facts, kind, policy, today))
        .collect();
    let last_asked = |kind| asked.iter().rfind(|one| one.kind == kind).map(|one| one.on);
    choices.sort_by_key(|choice| {
        let free_on = choice.free_on.unwrap_or(NaiveDate::MAX);
        let down = std::cmp::Reverse(choice.effort);
        let kind = choice.kind;
        (free_on, last == Some(kind), down, last_asked(kind), kind)
    });
    let best = choices.first()?;
    Some(Next {
        kind: best.kind,
        effort: best.effort,
        when: when(best, today),
        stand,
        instead_of: missed(&choices, best, &steps),
        again: last == Some(best.kind),
    })
}

fn missed(choices: &[Choice], best: &Choice, steps: &[Effort]) -> Option<Missed> {
    let up = *steps.first().filter(|up| **up > best.effort)?;
    match choices.iter().find(|one| one.effort == up) {
        Some(one) => Some(match &one.refusal {
            Some(refusal) => Missed::Refused(one.kind, refusal.clone()),
            None => Missed::Last(one.kind),
        }),
        None => Some(Missed::NotWilling(up)),
    }
}

fn choice(facts: &ReadinessFacts, kind: AskKind, policy: &Policy, today: NaiveDate) -> Choice {
    let refusals = readiness::check(facts, kind, None, policy, today).err();
    let (refusal, free_on) = match readiness::allowed_from(facts, kind, None, policy, today) {
        Ok(free_on) => (refusals.and_then(lasting), Some(free_on)),
        Err(lasting) => (Some(lasting), None),
    };
    Choice {
        kind,
        effort: policy.effort(kind),
        refusal,
        free_on,
    }
}

/// The last of today's refusals to clear.
fn lasting(refusals: Vec<Refusal>) -> Option<Refusal> {
    let longest = |one: &Refusal| one.clears_on();
    // Of several equal ones the first, in the order of the rules.
    refusals.into_iter().rev().max_by_key(longest)
}

fn when(choice: &Choice, today: NaiveDate) -> When {
    match (choice.free_on, &choice.refusal) {
        (Some(on), Some(refusal)) if on > today => When::From(on, refusal.clone()),
        (None, Some(refusal)) => When::Blocked(refusal.clone()),
        _ => When::Now,
    }
}

impl Next {
    /// The first day on which it may be asked: today for [`When::Now`].
    pub fn free_on(&self, today: NaiveDate) -> Option<NaiveDate> {
        match self.when {
            When::Now => Some(today),
            When::From(on, _) => Some(on),
            When::Blocked(_) => None,
        }
    }

    /// Why this one, and why not now, in words.
    pub fn reasons(&self) -> Vec<String> {
        let mut reasons = vec![self.stand.reason(self.effort)];
        reasons.extend(self.instead_of.as_ref().map(|missed| match missed {
            Missed::Refused(kind, refusal) => format!("not a {kind} yet: {refusal}"),
            Missed::Last(kind) => format!("not a {kind} again: it was asked last"),
            Missed::NotWilling(effort) => format!("willing for nothing of {effort} effort"),
        }));
        if self.again {
            reasons
                .push("asked last as well: nothing else of that size is free earlier".to_owned());
        }
        match &self.when {
            When::Now => {}
            When::From(_, refusal) | When::Blocked(refusal) => reasons.push(refusal.to_string()),
        }
        reasons
    }
}

/// What to say of somebody who is willing for nothing of the size that comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotWilling(pub Vec<Effort>);

impl NotWilling {
    /// For somebody with these earlier asks.
    pub fn after(asked: &[Asked], policy: &Policy) -> Self {
        Self(Stand::of(asked, policy).steps())
    }

    /// The kinds that could be talked about, those of the smallest effort.
    pub fn kinds(&self, policy: &Policy) -> Vec<AskKind> {
        let smallest = self.0.iter().min().copied().unwrap_or(Effort::Low);
        policy.kinds_of(smallest).collect()
    }
}

impl fmt::Display for NotWilling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let efforts: Vec<&str> = self.0.iter().map(|effort| effort.name()).collect();
        write!(f, "willing for nothing of {} effort", efforts.join(" or "))
    }
}

#[cfg(test)]
mod tests {
    use super::super::caps::Claim;
    use super::super::readiness::Willingness;
    use super::super::testing::{day, own_moment, ready_for_all};
    use super::*;
    use AskKind::{CaseStudy, Logo, Reference, Review, Speaking, Testimonial, Video};
    use Outcome::{Accepted, Completed, Declined, NoReply, NoShow};
    use chrono::Days;
    use proptest::prelude::*;

    const TODAY: &str = "2026-06-15";

    fn asked(kind: AskKind, on: &str, outcome: Outcome, rating: u8) -> Asked {
        Asked {
            kind,
            effort: kind.default_effort(),
            on: day(on),
            outcome,
            rating: Rating::new(rating),
        }
    }

    /// Somebody who would do these, with the taps of this history in the caps.
    fn facts(willing: &[AskKind], history: &[Asked]) -> ReadinessFacts {
        let mut facts = ready_for_all(day(TODAY));
        facts
            .willingness
            .retain(|said| willing.contains(&said.kind));
        facts.claims = history
            .iter()
            .map(|one| Claim::tap(one.on, one.effort))
            .collect();
        facts.account_claims = facts.claims.as_slice().into();
        facts
    }

    #[test]
    fn the_next_ask() {
        let old = |kind, outcome, rating| asked(kind, "2025-10-01", outcome, rating);
        // What they would do, what was asked, what comes next and when.
        for (willing, history, kind, free_on) in [
            // Start small, in the order of the kinds.
            (
                vec![Review, Reference, CaseStudy],
                vec![],
                Some(Review),
                Some(TODAY),
            ),
            (vec![Testimonial, Review], vec![], Some(Review), Some(TODAY)),
            (vec![Reference, CaseStudy], vec![], None, None),
            // One step up after a good experience; a rating of 4 is good, none is, 3 is not.
            (
                vec![Review, Reference, CaseStudy],
                vec![old(Review, Completed, 4)],
                Some(Reference),
                Some(TODAY),
            ),
            (
                vec![Review, Reference, CaseStudy],
                vec![old(Review, Completed, 0)],
                Some(Reference),
                Some(TODAY),
            ),
            (
                vec![Review, Logo, Reference],
                vec![old(Review, Completed, 3)],
                Some(Logo),
                Some(TODAY),
            ),
            (
                vec![Review, Logo, Reference],
                vec![old(Review, NoShow, 5)],
                Some(Logo),
                Some(TODAY),
            ),
            (
                vec![Review, Logo, Reference],
                vec![old(Review, Accepted, 0)],
                Some(Logo),
                Some(TODAY),
            ),
            (
                vec![Review, Reference, Speaking],
                vec![old(Reference, Completed, 5)],
                Some(Speaking),
                Some(TODAY),
            ),
            // Never two steps: a high ask is not for those who completed low ones only.
            (
                vec![Review, CaseStudy],
                vec![old(Review, Completed, 5)],
                Some(Review),
                Some(TODAY),
            ),
            // At the top, the same step again.
            (
                vec![Review, CaseStudy, Speaking],
                vec![old(Speaking, Completed, 5)],
                Some(CaseStudy),
                Some(TODAY),
            ),
            // Not the same kind twice in a row, not even for a step up.
            (
                vec![Review, Logo],
                vec![
                    old(Logo, Completed, 5),
                    asked(Review, "2026-01-01", NoReply, 0),
                ],
                Some(Logo),
                Some(TODAY),
            ),
            (
                vec![Review, Logo, Video],
                vec![
                    old(Logo, Completed, 5),
                    asked(Video, "2026-01-01", NoReply, 0),
                ],
                Some(Review),
                Some(TODAY),
            ),
            (
                vec![Review],
                vec![old(Review, Completed, 5)],
                Some(Review),
                Some(TODAY),
            ),
            // Of several, the one asked longest ago.
            (
                vec![Reference, Video],
                vec![
                    old(Video, Completed, 5),
                    asked(Reference, "2025-12-01", NoReply, 0),
                    asked(Logo, "2026-02-01", NoReply, 0),
                ],
                Some(Video),
                Some(TODAY),
            ),
            // Resting: what becomes free first, on its day.
            (
                vec![Review, Reference],
                vec![asked(Review, "2026-06-01", Completed, 5)],
                Some(Reference),
                Some("2026-07-01"),
            ),
            (
                vec![Reference, CaseStudy],
                vec![asked(Reference, "2026-06-01", Completed, 5)],
                Some(CaseStudy),
                Some("2026-08-01"),
            ),
        ] {
            let facts = facts(&willing, &history);
            let found = next(&facts, &history, &Policy::default(), day(TODAY));
            let free = found.as_ref().and_then(|next| next.free_on(day(TODAY)));
            assert_eq!(
                found.as_ref().map(|next| next.kind),
                kind,
                "{willing:?} {history:?}"
            );
            assert_eq!(free, free_on.map(day), "{willing:?} {history:?}");
        }
    }

    #[test]
    fn the_same_step_again_where_the_rules_refuse_the_step_up() {
        let history = [asked(Reference, "2025-10-01", Completed, 5)];
        let mut facts = facts(&[Reference, Video, CaseStudy], &history);
        facts.moments = own_moment(day("2026-02-01")); // fresh for medium, not for high
        let found = next(&facts, &history, &Policy::default(), day(TODAY)).unwrap();
        assert_eq!((found.kind, &found.when), (Video, &When::Now));
        let reasons = found.reasons();
        assert_eq!(
            reasons[0],
            "completed a reference (medium, rated 5): the same step again"
        );
        assert!(
            reasons[1].starts_with("not a case-study yet: the last positive moment"),
            "{reasons:?}"
        );
    }

    #[test]
    fn what_only_a_person_can_clear_has_no_day() {
        let mut facts = facts(&[Review], &[]);
        facts.account.escalated = true;
        let found = next(&facts, &[], &Policy::default(), day(TODAY)).unwrap();
        assert!(matches!(
            found.when,
            When::Blocked(Refusal::AccountRisk { .. })
        ));
        assert_eq!(found.free_on(day(TODAY)), None);
        let declined = asked(Review, "2026-05-01", Declined, 0);
        let not_willing = NotWilling::after(&[declined], &Policy::default());
        assert_eq!(not_willing.to_string(), "willing for nothing of low effort");
    }

    #[test]
    fn policy_says_what_was_a_good_experience() {
        let history = [asked(Review, "2025-10-01", Completed, 3)];
        let facts = facts(&[Review, Reference], &history);
        let mut policy = Policy::default();
        for (rating, kind) in [("4", Review), ("3", Reference)] {
            policy.set("ladder.good-rating", rating).unwrap();
            let found = next(&facts, &history, &policy, day(TODAY)).unwrap();
            assert_eq!(found.kind, kind, "{rating}");
        }
    }

    fn history() -> impl Strategy<Value = Vec<Asked>> {
        let one = (
            0..AskKind::ALL.len(),
            0_u64..400,
            0..Outcome::ALL.len(),
            0_u8..6,
        );
        proptest::collection::vec(one, 0..7).prop_map(|all| {
            let mut asked: Vec<Asked> = all
                .into_iter()
                .map(|(kind, days, outcome, rating)| Asked {
                    kind: AskKind::ALL[kind],
                    effort: AskKind::ALL[kind].default_effort(),
                    on: day("2025-05-20") + Days::new(days),
                    outcome: Outcome::ALL[outcome],
                    rating: Rating::new(rating),
                })
                .filter(|one| one.outcome.counts() && one.on <= day(TODAY))
                .collect();
            asked.sort_by_key(|one| one.on);
            asked
        })
    }

    proptest! {
        /// What is proposed for now is allowed, wanted, and at most one step up; what is proposed for later is allowed
        /// on its day and on none before, and on that day it is what comes next.
        #[test]
        fn the_next_ask_keeps_its_promises(
            history in history(),
            willing in proptest::collection::vec(any::<bool>(), AskKind::ALL.len()),
            renews_in in 0_u64..200,
            fresh in 0_u64..300,
        ) {
            let (policy, today) = (Policy::default(), day(TODAY));
            let kinds: Vec<AskKind> = AskKind::ALL.into_iter().zip(willing).filter_map(|(kind, yes)| yes.then_some(kind)).collect();
            let mut facts = facts(&kinds, &history);
            facts.account.renewal_on = Some(today + Days::new(renews_in));
            facts.moments = own_moment(today - Days::new(fresh));
            let done = history.iter().filter(|one| one.went_well(&policy)).map(|one| one.effort as u8 + 1).max().unwrap_or(0);
            // Steps from 1; nothing completed well is 0.
            let reachable = |effort: Effort| {
                let step = effort as u8 + 1;
                step >= done.max(1) && step <= done + 1
            };
            let Some(found) = next(&facts, &history, &policy, today) else {
                let missed = kinds.iter().any(|kind| reachable(policy.effort(*kind)));
                prop_assert!(!missed);
                return Ok(());
            };
            prop_assert!(kinds.contains(&found.kind) && reachable(found.effort));
            let passes = |on| readiness::check(&facts, found.kind, None, &policy, on).is_ok();
            match found.free_on(today) {
                Some(free_on) => {
                    let before = today.iter_days().take_while(|on| *on < free_on);
                    prop_assert!(passes(free_on) && before.clone().all(|on| !passes(on)));
                    let then = next(&facts, &history, &policy, free_on).map(|next| (next.kind, next.when));
                    prop_assert_eq!(then, Some((found.kind, When::Now)));
                }
                None => prop_assert!(today.iter_days().take(400).all(|on| !passes(on))),
            }
        }
    }

    #[test]
    fn a_no_is_no_kind_to_come_back_to() {
        let mut facts = facts(&[Review, Logo], &[]);
        facts.willingness.push(Willingness {
            kind: Testimonial,
            willing: false,
            on: day(TODAY),
        });
        let found = next(&facts, &[], &Policy::default(), day(TODAY)).unwrap();
        assert_eq!(found.kind, Review);
    }
}
