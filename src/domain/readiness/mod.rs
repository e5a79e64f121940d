//! The ten hard rules (`docs/rules.md`, who may be asked): what they look at, what each of them says, and the days that
//! can be promised.

mod facts;
mod promise;
mod rules;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use super::ask::AskKind;
use super::policy::Policy;
use super::refusal::Refusal;
use rules::{Asked, RULES};

pub use facts::{AccountState, BadAsk, InVain, Moved, ReadinessFacts, Willingness};
pub use promise::{allowed_from, free_from_each};

/// The refusals in the order of the rules; each rule is looked at when its turn comes.
fn refusals(
    facts: &ReadinessFacts,
    kind: AskKind,
    prospect: Option<&str>,
    policy: &Policy,
    day: NaiveDate,
) -> impl Iterator<Item = Refusal> {
    let asked = Asked {
        kind,
        effort: policy.effort(kind),
        prospect,
        day,
    };
    RULES
        .iter()
        .filter_map(move |rule| rule(facts, &asked, policy))
}

/// Checks every hard rule for one ask on `day`.
///
/// `prospect` is the company that the ask is for, where it is known.
///
/// # Errors
/// All refusals, in the order of the rules.
pub fn check(
    facts: &ReadinessFacts,
    kind: AskKind,
    prospect: Option<&str>,
    policy: &Policy,
    day: NaiveDate,
) -> Result<(), Vec<Refusal>> {
    let refusals: Vec<Refusal> = refusals(facts, kind, prospect, policy, day).collect();
    if refusals.is_empty() {
        Ok(())
    } else {
        Err(refusals)
    }
}

/// Whether [`check`] finds nothing against it; the first refusal is enough to know.
pub fn passes(
    facts: &ReadinessFacts,
    kind: AskKind,
    prospect: Option<&str>,
    policy: &Policy,
    day: NaiveDate,
) -> bool {
    refusals(facts, kind, prospect, policy, day)
        .next()
        .is_none()
}
