//! The days that are promised: each is the first day on which every rule lets the ask pass, if nothing else happens.

use chrono::NaiveDate;

use super::{ReadinessFacts, Willingness, check};
use crate::domain::ask::{AskKind, Effort};
use crate::domain::caps::PerEffort;
use crate::domain::policy::Policy;
use crate::domain::refusal::Refusal;

/// The first day from `day` on when every hard rule lets an ask of this kind pass, if nothing else happens until then.
///
/// # Errors
/// Where time alone never clears it: the first refusal that will still stand once the others are over. It can be one
/// that does not stand yet.
pub fn allowed_from(
    facts: &ReadinessFacts,
    kind: AskKind,
    prospect: Option<&str>,
    policy: &Policy,
    day: NaiveDate,
) -> Result<NaiveDate, Refusal> {
    let mut candidate = day;
    loop {
        let Err(refusals) = check(facts, kind, prospect, policy, candidate) else {
            return Ok(candidate);
        };
        // A refusal stands on every day before it clears, so no day in between passes.
        let since = candidate;
        for refusal in refusals {
            match refusal.clears_on().filter(|day| *day > since) {
                Some(clears_on) => candidate = candidate.max(clears_on),
                None => return Err(refusal),
            }
        }
    }
}

/// For each effort, the first day from `day` on when an ask of it passes, of whichever kind they are willing to do; where
/// they are willing for none, as if they were. `None` where no day can be promised.
pub fn free_from_each(
    facts: &ReadinessFacts,
    policy: &Policy,
    day: NaiveDate,
) -> PerEffort<Option<NaiveDate>> {
    PerEffort::from_fn(|effort| {
        let is_willing = |kind: &AskKind| {
            let mut said = facts.willingness.iter();
            said.any(|said| said.kind == *kind && said.willing)
        };
        if policy.kinds_of(effort).any(|kind| is_willing(&kind)) {
            return free_from(facts, effort, policy, day);
        }
        let yes = policy.kinds_of(effort).map(|kind| Willingness {
            kind,
            willing: true,
            on: day,
        });
        let facts = ReadinessFacts {
            willingness: yes.collect(),
            ..facts.clone()
        };
        free_from(&facts, effort, policy, day)
    })
}

fn free_from(
    facts: &ReadinessFacts,
    effort: Effort,
    policy: &Policy,
    day: NaiveDate,
) -> Option<NaiveDate> {
    let kinds = policy.kinds_of(effort);
    let days = kinds.filter_map(|kind| allowed_from(facts, kind, None, policy, day).ok());
    days.min()
}
