//! Each hard rule on both sides of its edge, and the days that are promised.

use chrono::Days;
use proptest::prelude::*;

use super::*;
use crate::domain::ask::Effort;
use crate::domain::caps::{Claim, Hold, PerEffort};
use crate::domain::customer::CustomerSigns;
use crate::domain::ids::RequestId;
use crate::domain::moment::LatestMoments;
use crate::domain::score::Score;
use crate::domain::stage::{Stage, Standing};
use crate::domain::tap::{Outcome, Rating};
use crate::domain::testing::{day, own_moment, ready_for_all};

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

fn account_moment(on: &str) -> LatestMoments {
    LatestMoments {
        own: None,
        any: Some(day(on)),
    }
}

fn bad(kind: AskKind, rating: u8, on: &str) -> BadAsk {
    BadAsk {
        kind,
        rating: Rating::new(rating).unwrap(),
        on: day(on),
    }
}

fn in_vain(asks: u32, asked_on: &str, settled_on: &str) -> Option<InVain> {
    Some(InVain {
        asks,
        asked_on: day(asked_on),
        settled_on: day(settled_on),
    })
}

fn moved(described: bool, verified: bool) -> Option<Moved> {
    Some(Moved {
        on: day("2026-06-01"),
        customer: CustomerSigns {
            described,
            ..CustomerSigns::default()
        },
        verified,
    })
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
    use AskKind::{CaseStudy, Reference, Review, Video};
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
            |f| f.moments = LatestMoments::default(),
            Review,
            Some(("freshness", None)),
        ),
        (
            "stale for low",
            |f| f.moments = own_moment(day("2025-06-14")),
            Review,
            Some(("freshness", None)),
        ),
        (
            "fresh for low",
            |f| f.moments = own_moment(day("2025-06-15")),
            Review,
            None,
        ),
        (
            "stale for medium",
            |f| f.moments = own_moment(day("2025-12-14")),
            Video,
            Some(("freshness", None)),
        ),
        (
            "fresh for medium",
            |f| f.moments = own_moment(day("2025-12-15")),
            Video,
            None,
        ),
        (
            "stale for a reference",
            |f| f.moments = own_moment(day("2026-03-14")),
            Reference,
            Some(("freshness", None)),
        ),
        (
            "fresh for a reference",
            |f| f.moments = own_moment(day("2026-03-15")),
            Reference,
            None,
        ),
        (
            "only of the account, low",
            |f| f.moments = account_moment("2026-06-10"),
            Review,
            None,
        ),
        (
            "only of the account, medium",
            |f| f.moments = account_moment("2026-06-10"),
            Video,
            Some(("freshness", None)),
        ),
        (
            "only of the account, high",
            |f| f.moments = account_moment("2026-06-10"),
            CaseStudy,
            Some(("freshness", None)),
        ),
        (
            "of the account after a stale one of their own",
            |f| {
                f.moments = own_moment(day("2025-12-14"));
                f.moments.add(day("2026-06-10"), false);
            },
            Video,
            Some(("freshness", None)),
        ),
        (
            "stale for high",
            |f| f.moments = own_moment(day("2026-03-14")),
            CaseStudy,
            Some(("freshness", None)),
        ),
        (
            "fresh for high",
            |f| f.moments = own_moment(day("2026-03-15")),
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
            "one high is",
            |f| {
                f.completed = PerEffort {
                    high: 1,
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
            "this kind was rated badly",
            |f| f.bad_asks = vec![bad(Video, 2, "2025-12-16")],
            Video,
            Some(("rating-rest", Some("2026-06-16"))),
        ),
        (
            "this kind was rated badly long ago",
            |f| f.bad_asks = vec![bad(Video, 1, "2025-12-15")],
            Video,
            None,
        ),
        (
            "another kind was rated badly",
            |f| f.bad_asks = vec![bad(Video, 1, "2026-06-01")],
            Reference,
            None,
        ),
        (
            "three in vain",
            |f| {
                f.in_vain = in_vain(3, "2026-01-10", "2026-01-16");
                f.moments = own_moment(day("2026-01-09"));
            },
            Review,
            Some(("unanswered", Some("2026-07-16"))),
        ),
        (
            "four in vain",
            |f| {
                f.in_vain = in_vain(4, "2026-01-10", "2026-01-16");
                f.moments = own_moment(day("2026-01-09"));
            },
            Video,
            Some(("unanswered", Some("2026-07-16"))),
        ),
        (
            "two in vain",
            |f| {
                f.in_vain = in_vain(2, "2026-01-10", "2026-01-16");
                f.moments = own_moment(day("2026-01-09"));
            },
            Review,
            None,
        ),
        (
            "in vain six months ago",
            |f| {
                f.in_vain = in_vain(3, "2025-12-01", "2025-12-15");
                f.moments = own_moment(day("2025-11-01"));
            },
            Review,
            None,
        ),
        (
            "in vain, with a moment since",
            |f| {
                f.in_vain = in_vain(3, "2026-01-10", "2026-01-16");
                f.moments = own_moment(day("2026-01-10"));
            },
            Review,
            None,
        ),
        (
            "in vain, with a touch that was answered",
            |f| {
                f.in_vain = in_vain(3, "2026-01-10", "2026-01-16");
                f.moments = own_moment(day("2026-01-09"));
                f.answered_touch_on = Some(day("2026-02-01"));
            },
            Review,
            None,
        ),
        (
            "in vain, with a touch answered before",
            |f| {
                f.in_vain = in_vain(3, "2026-01-10", "2026-01-16");
                f.moments = own_moment(day("2026-01-09"));
                f.answered_touch_on = Some(day("2026-01-09"));
            },
            Review,
            Some(("unanswered", Some("2026-07-16"))),
        ),
        (
            "moved to no customer",
            |f| f.moved = moved(false, false),
            Review,
            Some(("moved", None)),
        ),
        (
            "moved to a customer",
            |f| f.moved = moved(true, false),
            Review,
            None,
        ),
        (
            "moved to no customer, verified since",
            |f| f.moved = moved(false, true),
            Review,
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
fn rules_four_to_ten_can_be_switched_off() {
    let mut facts = ready_for_all(day("2026-06-15"));
    facts.latest_score = Some((Score::new(0).unwrap(), day("2026-06-01")));
    facts.moments = LatestMoments::default();
    facts.completed = PerEffort::default();
    facts.bad_asks = vec![bad(AskKind::Speaking, 1, "2026-05-01")];
    facts.in_vain = in_vain(3, "2026-05-01", "2026-05-01");
    facts.moved = moved(false, false);
    facts.account = AccountState {
        red: true,
        escalated: false,
        renewal_on: Some(day("2026-06-20")),
        competitors: vec!["Rival Inc".into()],
    };
    let mut policy = Policy::default();
    let all = [
        ("score", "brake"),
        ("freshness", "freshness"),
        ("unproven", "proven"),
        ("rating-rest", "bad-rating"),
        ("account-risk", "account-risk"),
        ("renewal", "renewal"),
        ("conflict", "conflict"),
        ("unanswered", "unanswered"),
        ("moved", "moved"),
    ];
    let names = |policy: &Policy| -> Vec<&str> {
        refusals(&facts, AskKind::Speaking, policy)
            .into_iter()
            .map(|(name, _)| name)
            .collect()
    };
    assert_eq!(names(&policy), all.map(|(name, _)| name));
    for (done, (_, switch)) in all.iter().enumerate() {
        policy.set(switch, "off").unwrap();
        assert_eq!(names(&policy), all.map(|(name, _)| name)[done + 1..]);
    }
}

/// A moment at the end of a month carries asks to the end of a shorter one, and no day longer.
#[test]
fn months_are_counted_forward_from_the_moment() {
    let mut policy = Policy::default();
    policy.set("proven", "off").unwrap();
    for (moment, last) in [
        ("2026-02-28", "2026-05-28"),
        ("2026-11-30", "2027-02-28"),
        ("2026-01-31", "2026-04-30"),
        ("2026-03-15", "2026-06-15"),
    ] {
        let mut facts = ready_for_all(day(moment));
        facts.moments = own_moment(day(moment));
        let passes = |on| passes(&facts, AskKind::Speaking, None, &policy, on);
        assert!(passes(day(last)), "{moment}");
        assert!(!passes(day(last) + Days::new(1)), "{moment}");
    }
}

/// Every outcome after two asks in vain: what still waits says nothing, what was answered ends the row.
#[test]
fn asks_in_vain_are_counted_in_a_row() {
    let two = in_vain(2, "2026-05-01", "2026-05-06");
    let then = in_vain(3, "2026-06-01", "2026-06-06");
    for (outcome, row) in [
        (Outcome::Pending, two),
        (Outcome::Withdrawn, two),
        (Outcome::Accepted, None),
        (Outcome::Completed, None),
        (Outcome::NoShow, None),
        (Outcome::Declined, then),
        (Outcome::NoReply, then),
    ] {
        let after = InVain::after(two, day("2026-06-01"), outcome, day("2026-06-06"));
        assert_eq!(after, row, "{outcome}");
    }
}

#[test]
fn the_first_free_day_is_one_on_which_every_rule_lets_an_ask_pass() {
    let mut facts = ready_for_all(day("2026-06-15"));
    facts.claims = vec![Claim::tap(day("2026-06-01"), Effort::Low)];
    facts.account_claims = ["2026-04-20", "2026-05-20", "2026-06-01"]
        .map(|d| Claim::tap(day(d), Effort::Low))
        .into();
    let free =
        |facts: &ReadinessFacts| free_from_each(facts, &Policy::default(), day("2026-06-15"));
    // The account's cap is the last to have room.
    let july = Some(day("2026-07-20"));
    let each = |low, medium, high| PerEffort { low, medium, high };
    assert_eq!(free(&facts), each(july, july, july));
    // Goodwill runs out before.
    facts.moments = own_moment(day("2026-04-19"));
    assert_eq!(free(&facts), each(july, july, None));
    // Somebody who would do nothing of that size is free for it once they would.
    let low = |said: &Willingness| said.kind == AskKind::Review;
    facts.willingness.retain(low);
    assert_eq!(free(&facts), each(july, july, None));
}

#[test]
fn what_begins_to_stand_in_the_way_is_named() {
    let ask = |facts: &ReadinessFacts| {
        let (policy, today) = (Policy::default(), day("2026-06-15"));
        allowed_from(facts, AskKind::Reference, None, &policy, today)
    };
    let mut facts = ready_for_all(day("2026-06-15"));
    facts.claims = vec![Claim::tap(day("2026-06-01"), Effort::Medium)];
    assert_eq!(ask(&facts), Ok(day("2026-08-01")));
    facts.account.renewal_on = Some(day("2026-09-10"));
    assert_eq!(ask(&facts), Ok(day("2026-09-11")));
    facts.moments = own_moment(day("2026-06-10"));
    let refusal = ask(&facts).unwrap_err();
    assert_eq!(refusal.name(), "freshness", "{refusal}");
}

fn days_around(today: NaiveDate) -> impl Strategy<Value = NaiveDate> {
    (-400_i64..30).prop_map(move |days| today + chrono::TimeDelta::days(days))
}

/// Somebody with any mixture of what the rules look at.
fn anybody(today: NaiveDate) -> impl Strategy<Value = ReadinessFacts> {
    let past = move || days_around(today).prop_map(move |on| on.min(today));
    let effort = proptest::sample::select(&Effort::ALL[..]);
    let claim =
        (past(), effort, proptest::option::of(1_u64..90)).prop_map(move |(on, effort, hold)| {
            match hold {
                None => Claim::tap(on, effort),
                Some(days) => {
                    let lapses_on = today + Days::new(days);
                    let request = RequestId(1);
                    Claim::hold(on, effort, Hold { request, lapses_on })
                }
            }
        });
    let kind = || proptest::sample::select(&AskKind::ALL[..]);
    let own = (
        proptest::collection::vec(claim, 0..5),
        proptest::option::of((kind(), past())),
        proptest::option::of((kind(), 1_u8..3, past())),
        past(),
        past(),
        proptest::option::of(1_u64..200),
    );
    let more = (
        proptest::option::of((1_u32..5, past(), 0_u64..20)),
        proptest::option::of(past()),
        proptest::option::of((any::<bool>(), any::<bool>(), past())),
        proptest::option::of(-20_i64..150),
        0_u32..3,
        0_u32..2,
        4_u8..11,
    );
    (own, more).prop_map(move |(own, more)| {
        let (claims, decline, bad, moment, account_moment, pause) = own;
        let (row, touch, went, renewal, low, medium, score) = more;
        let mut facts = ready_for_all(today);
        facts.account_claims = claims.clone().into();
        facts.claims = claims;
        facts.declines = decline.into_iter().collect();
        facts.bad_asks = bad
            .map(|(kind, rating, on)| BadAsk {
                kind,
                rating: Rating::new(rating).unwrap(),
                on,
            })
            .into_iter()
            .collect();
        facts.moments = own_moment(moment);
        facts.moments.add(account_moment, false);
        if let Some(days) = pause {
            facts.standing = Standing {
                stage: Some(Stage::Paused),
                until: Some(today + Days::new(days)),
            };
        }
        facts.in_vain = row.map(|(asks, asked_on, days)| InVain {
            asks,
            asked_on,
            settled_on: (asked_on + Days::new(days)).min(today),
        });
        facts.answered_touch_on = touch;
        facts.moved = went.map(|(won, verified, on)| Moved {
            on,
            customer: CustomerSigns {
                won,
                ..CustomerSigns::default()
            },
            verified,
        });
        facts.account.renewal_on = renewal.map(|days| today + chrono::TimeDelta::days(days));
        facts.completed = PerEffort {
            low,
            medium,
            high: 0,
        };
        facts.latest_score = Score::new(score).map(|score| (score, today));
        facts
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// On the day that is promised the ask passes, and on none before; where none is promised, none passes.
    #[test]
    fn a_promised_day_holds(facts in anybody(day("2026-01-30")), kind in proptest::sample::select(&AskKind::ALL[..])) {
        let (policy, today) = (Policy::default(), day("2026-01-30"));
        let passes = |on| passes(&facts, kind, None, &policy, on);
        let first = today.iter_days().take(800).find(|on| passes(*on));
        let promised = allowed_from(&facts, kind, None, &policy, today);
        prop_assert_eq!(promised.clone().ok(), first, "{:?}", promised);
        let effort = policy.effort(kind);
        let any = |on: &NaiveDate| policy.kinds_of(effort).any(|kind| super::passes(&facts, kind, None, &policy, *on));
        let first = today.iter_days().take(800).find(any);
        prop_assert_eq!(*free_from_each(&facts, &policy, today).get(effort), first);
    }
}
