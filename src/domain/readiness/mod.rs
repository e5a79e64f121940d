//! The eight hard rules, in their order (`docs/rules.md`, who may be asked).

use std::rc::Rc;

use chrono::NaiveDate;

use super::ask::{AskKind, Effort};
use super::calendar::{days_after, months_after, months_before};
use super::caps::{self, Claim, PerEffort};
use super::ids::RequestId;
use super::industry::slug;
use super::policy::Policy;
use super::refusal::Refusal;
use super::score::{Score, ScoreGroup};
use super::stage::{Stage, Standing};

/// What a person said about one kind of ask, last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Willingness {
    /// The kind.
    pub kind: AskKind,
    /// Yes or no.
    pub willing: bool,
    /// Since when.
    pub on: NaiveDate,
}

/// How an account is doing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccountState {
    /// Whether its health is red.
    pub red: bool,
    /// Whether an escalation is open.
    pub escalated: bool,
    /// Its next renewal.
    pub renewal_on: Option<NaiveDate>,
    /// Names and domains of its competitors.
    pub competitors: Vec<String>,
}

/// Everything about one person that the hard rules look at.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReadinessFacts {
    /// The stage recorded last.
    pub standing: Standing,
    /// What they said about each kind, last.
    pub willingness: Vec<Willingness>,
    /// The person's taps that count, and holds.
    pub claims: Vec<Claim>,
    /// The taps that count and holds of everyone at the account, this person included; its people share them.
    pub account_claims: Rc<[Claim]>,
    /// For each kind ever declined: the last time.
    pub declines: Vec<(AskKind, NaiveDate)>,
    /// The latest response.
    pub latest_score: Option<(Score, NaiveDate)>,
    /// The latest positive moment.
    pub last_moment_on: Option<NaiveDate>,
    /// Completed asks by effort.
    pub completed: PerEffort<u32>,
    /// The account.
    pub account: AccountState,
}

impl ReadinessFacts {
    /// The same facts without a hold for `request`, which gives its room to the ask that it was placed for.
    #[must_use]
    pub fn without_hold_for(mut self, request: RequestId) -> Self {
        let held = self.claims.iter().position(|one| one.is_held_for(request));
        if let Some(hold) = held.map(|place| self.claims.remove(place)) {
            let mut of_account = self.account_claims.to_vec();
            if let Some(place) = of_account.iter().position(|one| *one == hold) {
                of_account.remove(place);
            }
            self.account_claims = of_account.into();
        }
        self
    }
}

/// Whether `prospect` is one of the names, compared without regard to case and punctuation.
fn names(competitor: &str, prospect: &str) -> bool {
    !slug(prospect).is_empty() && slug(competitor) == slug(prospect)
}

/// What somebody would be asked for.
struct Asked<'a> {
    kind: AskKind,
    effort: Effort,
    prospect: Option<&'a str>,
    day: NaiveDate,
}

type Rule = fn(&ReadinessFacts, &Asked<'_>, &Policy) -> Option<Refusal>;

/// Every hard rule, in the order of that page.
const RULES: [Rule; 11] = [
    stage,
    willingness,
    caps,
    account_cap,
    decline_rest,
    score_brake,
    freshness,
    proven,
    account_risk,
    renewal,
    conflict,
];

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

/// Rule 3: the rest after a decline of this kind is over.
fn decline_rest(facts: &ReadinessFacts, asked: &Asked<'_>, policy: &Policy) -> Option<Refusal> {
    let Asked { kind, day, .. } = *asked;
    let (_, declined_on) = *facts
        .declines
        .iter()
        .find(|(declined, _)| *declined == kind)?;
    let clears_on = months_after(declined_on, policy.decline_rest_months);
    (declined_on <= day && day < clears_on).then_some(Refusal::DeclineRest {
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

/// Rule 5: the latest positive moment is recent enough for the ask's size.
fn freshness(facts: &ReadinessFacts, asked: &Asked<'_>, policy: &Policy) -> Option<Refusal> {
    let months = *policy.freshness.months.get(asked.effort);
    let fresh = facts
        .last_moment_on
        .is_some_and(|on| on >= months_before(asked.day, months));
    (policy.freshness.on && !fresh).then_some(Refusal::Freshness {
        last_on: facts.last_moment_on,
        months,
    })
}

/// Rule 6: a high-effort ask needs one completed medium ask or two completed low ones.
fn proven(facts: &ReadinessFacts, asked: &Asked<'_>, policy: &Policy) -> Option<Refusal> {
    let low = facts.completed.low;
    let medium = facts.completed.medium + facts.completed.high;
    let proven = medium >= policy.proven.medium || low >= policy.proven.low;
    (policy.proven.on && asked.effort == Effort::High && !proven)
        .then_some(Refusal::Unproven { medium, low })
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

/// The first day from `day` on when the person's and the account's caps have room for an ask of `effort`, whatever the
/// other rules say; `None` for never.
pub fn free_from(
    facts: &ReadinessFacts,
    effort: Effort,
    policy: &Policy,
    day: NaiveDate,
) -> Option<NaiveDate> {
    let mut candidate = day;
    loop {
        let person = caps::free_from(&policy.caps, &facts.claims, effort, candidate)?;
        let both = policy
            .account_cap
            .free_from(facts.account_claims.iter(), person)?;
        if both == candidate {
            return Some(candidate);
        }
        candidate = both;
    }
}

/// The same for an ask of each effort.
pub fn free_from_each(
    facts: &ReadinessFacts,
    policy: &Policy,
    day: NaiveDate,
) -> PerEffort<Option<NaiveDate>> {
    PerEffort::from_fn(|effort| free_from(facts, effort, policy, day))
}

/// The first day from `day` on when every hard rule lets an ask of this kind pass, if nothing else happens until then;
/// `None` where time alone does not clear it.
pub(super) fn allowed_from(
    facts: &ReadinessFacts,
    kind: AskKind,
    policy: &Policy,
    day: NaiveDate,
) -> Option<NaiveDate> {
    let mut candidate = day;
    loop {
        let Err(refusals) = check(facts, kind, None, policy, candidate) else {
            return Some(candidate);
        };
        // A refusal stands on every day before it clears, so no day in between passes.
        let clears = refusals.iter().map(Refusal::clears_on);
        let last = clears.collect::<Option<Vec<_>>>()?.into_iter().max()?;
        if last <= candidate {
            return None;
        }
        candidate = last;
    }
}

#[cfg(test)]
mod tests {
    use super::super::caps::Hold;
    use super::super::testing::{day, ready_for_all};
    use super::*;

    fn refusals(
        facts: &ReadinessFacts,
        kind: AskKind,
        policy: &Policy,
    ) -> Vec<(&'static str, Option<NaiveDate>)> {
        let (prospect, day) = (Some("Rival, Inc."), day("2026-06-15"));
        let checked = check(facts, kind, prospect, policy, day);
        assert_eq!(
            passes(facts, kind, prospect, policy, day),
            checked.is_ok(),
            "{checked:?}"
        );
        checked
            .err()
            .unwrap_or_default()
            .iter()
            .map(|refusal| (refusal.name(), refusal.clears_on()))
            .collect()
    }

    #[test]
    fn someone_in_good_standing_passes_every_kind() {
        let facts = ready_for_all(day("2026-06-15"));
        for kind in AskKind::ALL {
            assert_eq!(refusals(&facts, kind, &Policy::default()), [], "{kind}");
        }
    }

    type Change = fn(&mut ReadinessFacts);
    /// What is changed, in words and in the facts; what is asked; the refusal and the day it clears.
    type Case = (
        &'static str,
        Change,
        AskKind,
        Option<(&'static str, Option<&'static str>)>,
    );

    /// Each hard rule on both sides of its edge: what is changed, what is asked, the refusal and the day it clears.
    #[test]
    fn each_rule_refuses_by_name_with_the_day_it_clears() {
        use AskKind::{CaseStudy, Reference, Review};
        let table: &[Case] = &[
            (
                "never confirmed",
                |f| f.standing = Standing::default(),
                Review,
                Some(("stage", None)),
            ),
            (
                "candidate",
                |f| f.standing.stage = Some(Stage::Candidate),
                Review,
                Some(("stage", None)),
            ),
            (
                "invited",
                |f| f.standing.stage = Some(Stage::Invited),
                Review,
                Some(("stage", None)),
            ),
            (
                "retired",
                |f| f.standing.stage = Some(Stage::Retired),
                Review,
                Some(("stage", None)),
            ),
            (
                "declined",
                |f| f.standing.stage = Some(Stage::Declined),
                Review,
                Some(("stage", None)),
            ),
            (
                "forbidden",
                |f| f.standing.stage = Some(Stage::DoNotContact),
                Review,
                Some(("do-not-contact", None)),
            ),
            (
                "paused, open end",
                |f| f.standing.stage = Some(Stage::Paused),
                Review,
                Some(("stage", None)),
            ),
            (
                "paused until tomorrow",
                |f| {
                    f.standing = Standing {
                        stage: Some(Stage::Paused),
                        until: Some(day("2026-06-16")),
                    }
                },
                Review,
                Some(("stage", Some("2026-06-16"))),
            ),
            (
                "paused until today",
                |f| {
                    f.standing = Standing {
                        stage: Some(Stage::Paused),
                        until: Some(day("2026-06-15")),
                    }
                },
                Review,
                None,
            ),
            (
                "said no",
                |f| f.willingness.iter_mut().for_each(|w| w.willing = false),
                Review,
                Some(("willingness", None)),
            ),
            (
                "never said",
                |f| f.willingness.clear(),
                Review,
                Some(("willingness", None)),
            ),
            (
                "tapped in the last month",
                |f| f.claims.push(Claim::tap(day("2026-05-16"), Effort::Low)),
                Review,
                Some(("cap", Some("2026-06-16"))),
            ),
            (
                "tapped a month ago",
                |f| f.claims.push(Claim::tap(day("2026-05-15"), Effort::Low)),
                Review,
                None,
            ),
            (
                "held",
                |f| {
                    let held = Hold {
                        request: RequestId(1),
                        lapses_on: day("2026-06-19"),
                    };
                    f.claims
                        .push(Claim::hold(day("2026-06-14"), Effort::Low, held))
                },
                Review,
                Some(("cap", Some("2026-06-19"))),
            ),
            (
                "account tapped three times",
                |f| {
                    f.account_claims = ["2026-03-20", "2026-04-20", "2026-05-20"]
                        .map(|d| Claim::tap(day(d), Effort::Low))
                        .into()
                },
                Review,
                Some(("account-cap", Some("2026-06-20"))),
            ),
            (
                "account tapped twice",
                |f| {
                    f.account_claims = ["2026-04-20", "2026-05-20"]
                        .map(|d| Claim::tap(day(d), Effort::Low))
                        .into()
                },
                Review,
                None,
            ),
            (
                "declined this kind",
                |f| f.declines = vec![(AskKind::Reference, day("2025-12-16"))],
                Reference,
                Some(("decline-rest", Some("2026-06-16"))),
            ),
            (
                "declined this kind long ago",
                |f| f.declines = vec![(AskKind::Reference, day("2025-12-15"))],
                Reference,
                None,
            ),
            (
                "declined another kind",
                |f| f.declines = vec![(AskKind::Video, day("2026-06-01"))],
                Reference,
                None,
            ),
            (
                "detractor",
                |f| f.latest_score = Some((Score::new(6).unwrap(), day("2026-06-01"))),
                Review,
                Some(("score", None)),
            ),
            (
                "passive, small ask",
                |f| f.latest_score = Some((Score::new(7).unwrap(), day("2026-06-01"))),
                Review,
                None,
            ),
            (
                "passive, bigger ask",
                |f| f.latest_score = Some((Score::new(8).unwrap(), day("2026-06-01"))),
                Reference,
                Some(("score", None)),
            ),
            ("never surveyed", |f| f.latest_score = None, Reference, None),
            (
                "no moment",
                |f| f.last_moment_on = None,
                Review,
                Some(("freshness", None)),
            ),
            (
                "stale for low",
                |f| f.last_moment_on = Some(day("2025-06-14")),
                Review,
                Some(("freshness", None)),
            ),
            (
                "fresh for low",
                |f| f.last_moment_on = Some(day("2025-06-15")),
                Review,
                None,
            ),
            (
                "stale for medium",
                |f| f.last_moment_on = Some(day("2025-12-14")),
                Reference,
                Some(("freshness", None)),
            ),
            (
                "fresh for medium",
                |f| f.last_moment_on = Some(day("2025-12-15")),
                Reference,
                None,
            ),
            (
                "stale for high",
                |f| f.last_moment_on = Some(day("2026-03-14")),
                CaseStudy,
                Some(("freshness", None)),
            ),
            (
                "fresh for high",
                |f| f.last_moment_on = Some(day("2026-03-15")),
                CaseStudy,
                None,
            ),
            (
                "one low is no proof",
                |f| {
                    f.completed = PerEffort {
                        low: 1,
                        ..Default::default()
                    }
                },
                CaseStudy,
                Some(("unproven", None)),
            ),
            (
                "two low are",
                |f| {
                    f.completed = PerEffort {
                        low: 2,
                        ..Default::default()
                    }
                },
                CaseStudy,
                None,
            ),
            (
                "one medium is",
                |f| {
                    f.completed = PerEffort {
                        medium: 1,
                        ..Default::default()
                    }
                },
                CaseStudy,
                None,
            ),
            (
                "proof is for high only",
                |f| f.completed = PerEffort::default(),
                Reference,
                None,
            ),
            (
                "red",
                |f| f.account.red = true,
                Review,
                Some(("account-risk", None)),
            ),
            (
                "escalated",
                |f| f.account.escalated = true,
                Review,
                Some(("account-risk", None)),
            ),
            (
                "renewal in 60 days",
                |f| f.account.renewal_on = Some(day("2026-08-14")),
                Reference,
                Some(("renewal", Some("2026-08-15"))),
            ),
            (
                "renewal in 61 days",
                |f| f.account.renewal_on = Some(day("2026-08-15")),
                Reference,
                None,
            ),
            (
                "renewal today",
                |f| f.account.renewal_on = Some(day("2026-06-15")),
                Reference,
                Some(("renewal", Some("2026-06-16"))),
            ),
            (
                "renewed yesterday",
                |f| f.account.renewal_on = Some(day("2026-06-14")),
                Reference,
                None,
            ),
            (
                "renewal near, small ask",
                |f| f.account.renewal_on = Some(day("2026-07-01")),
                Review,
                None,
            ),
            (
                "competitor",
                |f| f.account.competitors = vec!["RIVAL INC".into()],
                Review,
                Some(("conflict", None)),
            ),
            (
                "another's competitor",
                |f| f.account.competitors = vec!["Other".into()],
                Review,
                None,
            ),
        ];
        for (what, change, kind, expected) in table {
            let mut facts = ready_for_all(day("2026-06-15"));
            change(&mut facts);
            let expected: Vec<_> = expected
                .iter()
                .map(|(name, clears)| (*name, clears.map(day)))
                .collect();
            assert_eq!(
                refusals(&facts, *kind, &Policy::default()),
                expected,
                "{what}"
            );
        }
    }

    #[test]
    fn rules_four_to_eight_can_be_switched_off() {
        let mut facts = ready_for_all(day("2026-06-15"));
        facts.latest_score = Some((Score::new(0).unwrap(), day("2026-06-01")));
        facts.last_moment_on = None;
        facts.completed = PerEffort::default();
        facts.account = AccountState {
            red: true,
            escalated: false,
            renewal_on: Some(day("2026-06-20")),
            competitors: vec!["Rival Inc".into()],
        };
        let mut policy = Policy::default();
        let all = [
            "score",
            "freshness",
            "unproven",
            "account-risk",
            "renewal",
            "conflict",
        ];
        let names = |policy: &Policy| -> Vec<&str> {
            refusals(&facts, AskKind::Speaking, policy)
                .into_iter()
                .map(|(name, _)| name)
                .collect()
        };
        assert_eq!(names(&policy), all);
        let switches = [
            "brake",
            "freshness",
            "proven",
            "account-risk",
            "renewal",
            "conflict",
        ];
        for (done, switch) in switches.iter().enumerate() {
            policy.set(switch, "off").unwrap();
            assert_eq!(names(&policy), all[done + 1..]);
        }
    }

    #[test]
    fn free_from_looks_at_both_caps() {
        let mut facts = ready_for_all(day("2026-06-15"));
        facts.claims = vec![Claim::tap(day("2026-06-01"), Effort::Low)];
        facts.account_claims = ["2026-04-20", "2026-05-20", "2026-06-01"]
            .map(|d| Claim::tap(day(d), Effort::Low))
            .into();
        let policy = Policy::default();
        assert_eq!(
            free_from(&facts, Effort::Low, &policy, day("2026-06-15")),
            Some(day("2026-07-20"))
        );
    }
}
