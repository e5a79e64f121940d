//! The hard rules, one function each, in the order of `docs/rules.md`, who may be asked.

use chrono::NaiveDate;

use super::facts::{AccountState, ReadinessFacts};
use crate::domain::ask::{AskKind, Effort};
use crate::domain::calendar::{days_after, months_after};
use crate::domain::caps;
use crate::domain::industry::slug;
use crate::domain::policy::Policy;
use crate::domain::refusal::Refusal;
use crate::domain::score::ScoreGroup;
use crate::domain::stage::Stage;

/// What somebody would be asked for.
pub(super) struct Asked<'a> {
    pub(super) kind: AskKind,
    pub(super) effort: Effort,
    pub(super) prospect: Option<&'a str>,
    pub(super) day: NaiveDate,
}

type Rule = fn(&ReadinessFacts, &Asked<'_>, &Policy) -> Option<Refusal>;

/// Every hard rule, in the order of that page.
pub(super) const RULES: [Rule; 14] = [
    stage,
    willingness,
    caps,
    account_cap,
    decline_rest,
    score_brake,
    freshness,
    proven,
    rating_rest,
    account_risk,
    renewal,
    conflict,
    unanswered,
    moved,
];

/// Rule 1: the stage is active.
fn stage(facts: &ReadinessFacts, asked: &Asked<'_>, _: &Policy) -> Option<Refusal> {
    match facts.standing.on(asked.day) {
        Some(Stage::Active) => None,
        Some(Stage::DoNotContact) => Some(Refusal::DoNotContact),
        stage => Some(Refusal::Stage {
            stage,
            until: facts.standing.until,
        }),
    }
}

/// Rule 2: willing for this kind of ask.
fn willingness(facts: &ReadinessFacts, asked: &Asked<'_>, _: &Policy) -> Option<Refusal> {
    let kind = asked.kind;
    let said = facts.willingness.iter().find(|said| said.kind == kind);
    match said {
        Some(said) if said.willing => None,
        said => Some(Refusal::Willingness {
            kind,
            said_no_on: said.map(|said| said.on),
        }),
    }
}

/// Rule 3: the person's caps have room.
fn caps(facts: &ReadinessFacts, asked: &Asked<'_>, policy: &Policy) -> Option<Refusal> {
    caps::check(&policy.caps, &facts.claims, asked.effort, asked.day)
        .err()
        .map(Refusal::Cap)
}

/// Rule 3: the account's cap has room.
fn account_cap(facts: &ReadinessFacts, asked: &Asked<'_>, policy: &Policy) -> Option<Refusal> {
    let cap = policy.account_cap;
    let claims = facts.account_claims.iter();
    (!cap.has_room(claims.clone(), asked.day)).then(|| Refusal::AccountCap {
        cap,
        hold: cap.hold_in_the_way(claims.clone(), asked.day),
        clears_on: cap.free_from(claims, asked.day),
    })
}

/// The end of a rest of so many months that began on a day, where it lasts on another.
fn rest(began_on: NaiveDate, months: u32, day: NaiveDate) -> Option<NaiveDate> {
    let clears_on = months_after(began_on, months);
    (began_on <= day && day < clears_on).then_some(clears_on)
}

/// Rule 3: the rest after a decline of this kind is over.
fn decline_rest(facts: &ReadinessFacts, asked: &Asked<'_>, policy: &Policy) -> Option<Refusal> {
    let mut declines = facts.declines.iter();
    let (kind, declined_on) = *declines.find(|(declined, _)| *declined == asked.kind)?;
    let clears_on = rest(declined_on, policy.decline_rest_months, asked.day)?;
    Some(Refusal::DeclineRest {
        kind,
        declined_on,
        clears_on,
    })
}

/// Rule 4: the latest response is not a detractor's; a passive's allows small asks only.
fn score_brake(facts: &ReadinessFacts, asked: &Asked<'_>, policy: &Policy) -> Option<Refusal> {
    let (score, on) = facts.latest_score?;
    let braked = match score.group() {
        ScoreGroup::Promoter => false,
        ScoreGroup::Passive => asked.effort > policy.brake.passive,
        ScoreGroup::Detractor => true,
    };
    (policy.brake.on && braked).then_some(Refusal::Score { score, on })
}

/// Rule 5: the latest positive moment that can carry an ask of this size is recent enough for it.
fn freshness(facts: &ReadinessFacts, asked: &Asked<'_>, policy: &Policy) -> Option<Refusal> {
    let months = policy.freshness.months(asked.kind, asked.effort);
    let last_on = facts.moments.carrying(asked.effort);
    let fresh = last_on.is_some_and(|on| asked.day <= months_after(on, months));
    (policy.freshness.on && !fresh).then_some(Refusal::Freshness {
        last_on,
        own: asked.effort > Effort::Low,
        months,
    })
}

/// Rule 6: a high-effort ask needs one completed ask of medium effort or more, or two of any.
fn proven(facts: &ReadinessFacts, asked: &Asked<'_>, policy: &Policy) -> Option<Refusal> {
    let low = facts.completed.low;
    let medium = facts.completed.medium + facts.completed.high;
    let proven = medium >= policy.proven.medium || low + medium >= policy.proven.low;
    (policy.proven.on && asked.effort == Effort::High && !proven)
        .then_some(Refusal::Unproven { medium, low })
}

/// Rule 6: the rest after an ask of this kind that went badly is over.
fn rating_rest(facts: &ReadinessFacts, asked: &Asked<'_>, policy: &Policy) -> Option<Refusal> {
    let rule = policy.bad_rating;
    let bad = facts.bad_asks.iter().find(|bad| bad.kind == asked.kind)?;
    let clears_on = rest(bad.on, rule.months, asked.day)?;
    rule.on.then_some(Refusal::RatingRest {
        kind: bad.kind,
        rating: bad.rating,
        on: bad.on,
        clears_on,
    })
}

/// Rule 7: the account's health is not red and no escalation is open.
fn account_risk(facts: &ReadinessFacts, _: &Asked<'_>, policy: &Policy) -> Option<Refusal> {
    let AccountState { red, escalated, .. } = facts.account;
    (policy.account_risk && (red || escalated)).then_some(Refusal::AccountRisk { escalated })
}

/// Rule 7: shortly before a renewal, only small asks.
fn renewal(facts: &ReadinessFacts, asked: &Asked<'_>, policy: &Policy) -> Option<Refusal> {
    let rule = policy.renewal;
    let on = facts.account.renewal_on?;
    let near = asked.day <= on && on <= days_after(asked.day, rule.days);
    (rule.on && near && asked.effort > rule.allowed).then(|| Refusal::Renewal {
        on,
        allowed: rule.allowed,
        clears_on: days_after(on, 1),
    })
}

/// Rule 8: the prospect is not on the account's list of competitors.
fn conflict(facts: &ReadinessFacts, asked: &Asked<'_>, policy: &Policy) -> Option<Refusal> {
    let prospect = asked.prospect?;
    let competitor = facts
        .account
        .competitors
        .iter()
        .find(|one| names(one, prospect))?;
    policy.conflict.then(|| Refusal::Conflict {
        competitor: competitor.clone(),
    })
}

/// Whether `prospect` is one of the names, compared without regard to case and punctuation.
fn names(competitor: &str, prospect: &str) -> bool {
    !slug(prospect).is_empty() && slug(competitor) == slug(prospect)
}

/// Rule 9: the rest after asks in a row that came to nothing is over. A positive moment that can carry the ask, or a
/// touch that was answered, ends it as soon as the last of them was made.
fn unanswered(facts: &ReadinessFacts, asked: &Asked<'_>, policy: &Policy) -> Option<Refusal> {
    let rule = policy.unanswered;
    let row = facts.in_vain.filter(|row| row.asks >= rule.asks)?;
    let moment = facts.moments.carrying(asked.effort);
    let heard = moment
        .max(facts.answered_touch_on)
        .is_some_and(|on| on >= row.asked_on);
    let clears_on = rest(row.settled_on, rule.months, asked.day)?;
    (rule.on && !heard).then_some(Refusal::Unanswered {
        asks: row.asks,
        last_on: row.asked_on,
        clears_on,
    })
}

/// Rule 10: nobody speaks for a company that is no customer, until they were verified there.
fn moved(facts: &ReadinessFacts, asked: &Asked<'_>, policy: &Policy) -> Option<Refusal> {
    let moved = facts.moved.filter(|moved| moved.on <= asked.day)?;
    (policy.moved && !moved.verified && !moved.customer.is_customer())
        .then_some(Refusal::Moved { on: moved.on })
}
