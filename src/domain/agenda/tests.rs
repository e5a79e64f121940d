//! The rules of the agenda as tables: each kind on both sides of its day, what settles it, whom it leaves alone, and
//! the order.

use crate::domain::appointment::Appointment;
use chrono::NaiveDate;

use super::*;
use crate::domain::ask::AskKind;
use crate::domain::asset::{AssetKind, AssetStatus, Permission};
use crate::domain::deal::DealStatus;
use crate::domain::ids::{AssetId, HoldId, NominationId, PersonId, RequestId, TapId};
use crate::domain::score::Score;
use crate::domain::stage::{Stage, Standing};
use crate::domain::tap::Rating;
use crate::domain::testing::day;

/// Somebody who has been active since the start of the year, verified and in touch in May.
pub(super) fn advocate() -> Person {
    let standing = Standing {
        stage: Some(Stage::Active),
        until: None,
    };
    Person {
        stages: vec![(Stage::Active, day("2026-01-05"))],
        verified_on: Some(day("2026-05-31")),
        last_touch_on: Some(day("2026-05-31")),
        ..Person::new(PersonId(7), standing)
    }
}

fn moved(stage: Stage, on: &str, until: Option<&str>) -> Person {
    let mut person = advocate();
    person.standing = Standing {
        stage: Some(stage),
        until: until.map(day),
    };
    person.stages.push((stage, day(on)));
    person
}

fn completed(on: &str) -> Person {
    let mut person = advocate();
    person.completed.push(Completed {
        tap: TapId(3),
        ask: AskKind::Reference,
        tapped_on: day(on),
        on: day(on),
        rated: None,
        imported_on: None,
    });
    person
}

/// A completed ask of this kind, rated badly where `rating` says so.
fn done(ask: AskKind, on: &str, rating: Option<u8>) -> Person {
    let mut person = completed(on);
    let done = &mut person.completed[0];
    done.ask = ask;
    done.rated = rating.and_then(Rating::new).map(|rating| (rating, day(on)));
    person
}

fn accepted(on: &str, scheduled_on: Option<&str>) -> Person {
    let mut person = advocate();
    person.accepted.push(Accepted {
        tap: TapId(9),
        ask: AskKind::Reference,
        on: day(on),
        appointment: scheduled_on.map(|on| Appointment {
            on: day(on),
            time: None,
        }),
    });
    person
}

fn scored(answers: &[(&str, u8)]) -> Person {
    let mut person = advocate();
    let answers = answers
        .iter()
        .map(|(on, score)| (day(on), Score::new(*score).unwrap()));
    person.answers = answers.collect();
    person
}

fn asset(status: AssetStatus, since: &str, until: Option<&str>) -> AgendaInput {
    AgendaInput {
        assets: vec![Asset {
            id: AssetId(4),
            kind: AssetKind::CaseStudy,
            title: "Half the waiting".into(),
            person: Some(PersonId(7)),
            tap: None,
            permission: match until {
                Some(until) => Permission::Until(day(until)),
                None => Permission::Lasting,
            },
            made_on: day("2025-01-01"),
            status,
            since: day(since),
        }],
        ..AgendaInput::default()
    }
}

fn of(person: Person) -> AgendaInput {
    AgendaInput {
        people: vec![person],
        ..AgendaInput::default()
    }
}

fn care(tap: Option<i64>, on: &str) -> Care {
    Care {
        tap: tap.map(TapId),
        on: day(on),
    }
}

/// The kinds on the agenda of a day, with the days on which they are due.
fn listed(facts: &AgendaInput, today: &str) -> Vec<(ItemKind, NaiveDate)> {
    let items = agenda(facts, &Policy::default(), day(today), 0);
    items.iter().map(|item| (item.kind, item.due_on)).collect()
}

fn has(facts: &AgendaInput, kind: ItemKind, today: &str) -> bool {
    listed(facts, today).iter().any(|(one, _)| *one == kind)
}

fn pending(on: &str) -> Person {
    let mut person = advocate();
    person.pending.push(Pending {
        tap: TapId(9),
        ask: AskKind::Logo,
        on: day(on),
    });
    person
}

fn held(last_day: &str) -> Person {
    let mut person = advocate();
    person.holds.push(Hold {
        id: HoldId(2),
        request: RequestId(5),
        last_day: day(last_day),
    });
    person
}

fn nominated(on: &str) -> Person {
    let mut person = Person::new(PersonId(8), Standing::default());
    person.nominations.push(Nomination {
        id: NominationId(1),
        by: "Dana".into(),
        on: day(on),
    });
    person
}

fn needed(by: &str) -> AgendaInput {
    AgendaInput {
        requests: vec![Request {
            id: RequestId(5),
            ask: AskKind::Reference,
            by: "Dana".into(),
            needed_by: Some(day(by)),
            ..opened("2026-06-01")
        }],
        ..AgendaInput::default()
    }
}

/// A request without a day, for which nobody was asked yet.
fn opened(on: &str) -> Request {
    Request {
        id: RequestId(5),
        ask: AskKind::Reference,
        by: "Dana".into(),
        opened_on: day(on),
        reopened_on: None,
        needed_by: None,
        deal_closed: None,
        missing: 1,
        asked: Vec::new(),
        held: Vec::new(),
        nobody_free: false,
    }
}

fn wanted(on: &str) -> Person {
    let mut person = nominated(on);
    std::mem::swap(&mut person.nominations, &mut person.wanted);
    person
}

/// An asset that was published, or has come as far as `status`, of which nobody gave leave.
fn unpermitted(status: AssetStatus, since: &str) -> AgendaInput {
    let mut facts = asset(status, since, None);
    facts.assets[0].permission = Permission::Missing;
    facts
}

/// The same of somebody who is on record.
fn published(since: &str) -> AgendaInput {
    AgendaInput {
        people: vec![advocate()],
        ..asset(AssetStatus::Published, since, None)
    }
}

/// What happened, the kind, the first day on which it is listed, the day on which it is due.
type Case = (AgendaInput, ItemKind, &'static str, &'static str);

fn cases() -> Vec<Case> {
    let mut unverified = advocate();
    unverified.verified_on = None;
    unverified.stages = vec![(Stage::Active, day("2026-08-31"))];
    let paused = || moved(Stage::Paused, "2026-05-31", Some("2026-07-01"));
    use AssetStatus::{Approved, Asked, Published};
    use ItemKind::*;
    vec![
        (
            of(completed("2026-02-26")),
            ThankYou,
            "2026-03-01",
            "2026-03-01",
        ),
        (
            of(completed("2028-02-27")),
            ThankYou,
            "2028-03-01",
            "2028-03-01",
        ),
        (
            of(completed("2026-01-31")),
            Results,
            "2026-03-02",
            "2026-03-02",
        ),
        (of(advocate()), CheckIn, "2026-08-29", "2026-08-29"),
        (of(paused()), CheckIn, "2026-09-29", "2026-09-29"),
        (
            of(pending("2026-02-26")),
            PendingTap,
            "2026-03-03",
            "2026-03-03",
        ),
        (of(held("2026-06-18")), Hold, "2026-06-18", "2026-06-18"),
        (of(paused()), PauseEnds, "2026-07-01", "2026-07-01"),
        (
            of(nominated("2026-12-28")),
            Nomination,
            "2027-01-04",
            "2027-01-04",
        ),
        (
            of(moved(Stage::Invited, "2026-06-17", None)),
            Invitation,
            "2026-07-01",
            "2026-07-01",
        ),
        (of(advocate()), Verify, "2026-11-30", "2026-11-30"),
        (of(unverified), Verify, "2027-02-28", "2027-02-28"),
        (needed("2026-06-30"), Request, "2026-06-30", "2026-06-30"),
        (
            asset(Published, "2026-01-01", Some("2026-06-30")),
            Permission,
            "2026-05-31",
            "2026-06-30",
        ),
        (
            unpermitted(Approved, "2026-06-30"),
            Permission,
            "2026-05-31",
            "2026-06-30",
        ),
        (
            of(done(AskKind::Video, "2026-06-30", Some(2))),
            LowRating,
            "2026-06-30",
            "2026-06-30",
        ),
        (
            of(accepted("2026-06-17", None)),
            AcceptedTap,
            "2026-07-01",
            "2026-07-01",
        ),
        (of(wanted("2026-12-28")), Invite, "2027-01-04", "2027-01-04"),
        (
            published("2026-01-31"),
            Publication,
            "2026-03-02",
            "2026-03-02",
        ),
        (
            of(done(AskKind::Speaking, "2026-06-17", None)),
            AssetMissing,
            "2026-07-01",
            "2026-07-01",
        ),
        (
            of(moved(Stage::Paused, "2026-06-02", None)),
            OpenPause,
            "2026-08-31",
            "2026-08-31",
        ),
        (
            asset(Asked, "2026-02-20", None),
            Asset,
            "2026-03-06",
            "2026-03-06",
        ),
        (
            asset(Approved, "2026-06-17", None),
            Asset,
            "2026-07-01",
            "2026-07-01",
        ),
        (
            of(scored(&[("2026-03-01", 9), ("2026-06-10", 8)])),
            ScoreDrop,
            "2026-06-10",
            "2026-06-10",
        ),
    ]
}

#[test]
fn every_kind_is_listed_from_its_day_on_and_due_by_it() {
    for (facts, kind, from, due_on) in cases() {
        let before = day(from).pred_opt().unwrap().to_string();
        // AgendaInput are known from the day on which they happened: before it, nothing tells of a fallen score.
        if kind != ItemKind::ScoreDrop {
            assert!(!has(&facts, kind, &before), "{kind} on {before}");
        }
        assert!(
            listed(&facts, from).contains(&(kind, day(due_on))),
            "{kind} on {from}"
        );
    }
    let tried: std::collections::BTreeSet<ItemKind> = cases().iter().map(|case| case.1).collect();
    assert!(
        tried.into_iter().eq(ItemKind::ALL
            .into_iter()
            .collect::<std::collections::BTreeSet<_>>())
    );
}

#[test]
fn days_to_come_are_listed_as_far_as_asked_for() {
    for (facts, kind, from, _) in cases() {
        if kind == ItemKind::ScoreDrop {
            continue;
        }
        let on = |ahead, days| {
            let today = day(from) - chrono::TimeDelta::days(ahead);
            let items = agenda(&facts, &Policy::default(), today, days);
            items.iter().any(|item| item.kind == kind)
        };
        assert!(on(7, 7) && !on(8, 7), "{kind}");
    }
}

#[test]
fn the_days_are_policy() {
    for (key, of_kind) in [
        ("thanks.days", ItemKind::ThankYou),
        ("results.days", ItemKind::Results),
        ("check-in.days", ItemKind::CheckIn),
        ("answer.days", ItemKind::PendingTap),
        ("invitation.days", ItemKind::Invitation),
        ("nomination.days", ItemKind::Nomination),
        ("asset.days", ItemKind::Asset),
        ("accepted.days", ItemKind::AcceptedTap),
        ("invite.days", ItemKind::Invite),
        ("asset-missing.days", ItemKind::AssetMissing),
        ("pause.days", ItemKind::OpenPause),
        ("results.days", ItemKind::Publication),
        ("permission.days", ItemKind::Permission),
    ] {
        let mut policy = Policy::default();
        let usual: u32 = policy.setting(key).unwrap().parse().unwrap();
        policy.set(key, &(usual + 7).to_string()).unwrap();
        let cases = cases().into_iter().filter(|case| case.1 == of_kind);
        for (facts, kind, from, _) in cases {
            let first = |ahead: i64| {
                let today = day(from) + chrono::TimeDelta::days(ahead);
                let on = |today| agenda(&facts, &policy, today, 0);
                let has = |today| on(today).iter().any(|item| item.kind == kind);
                has(today) && !has(today - chrono::TimeDelta::days(1))
            };
            // Longer notice is an earlier day; everything else is due later.
            assert!(
                first(if kind == ItemKind::Permission { -7 } else { 7 }),
                "{key}"
            );
        }
    }
}

#[test]
fn thanks_and_results_are_owed_until_they_are_given_for_that_ask() {
    let owed = |thanks: &[Care], results: &[Care]| {
        let mut person = completed("2026-06-10");
        person.thanks = thanks.to_vec();
        person.results = results.to_vec();
        let facts = of(person);
        let on = "2026-08-01";
        (
            has(&facts, ItemKind::ThankYou, on),
            has(&facts, ItemKind::Results, on),
        )
    };
    assert_eq!(owed(&[], &[]), (true, true));
    for (done, still_owed) in [
        (care(None, "2026-06-10"), false),
        (care(None, "2026-06-09"), true),
        (care(None, "2026-07-30"), false),
        (care(Some(3), "2026-06-11"), false),
        // Said when they agreed: it was for this ask.
        (care(Some(3), "2026-06-01"), false),
        (care(Some(4), "2026-06-11"), true),
    ] {
        assert_eq!(owed(&[done], &[]), (still_owed, true), "{done:?}");
        assert_eq!(owed(&[], &[done]), (true, still_owed), "{done:?}");
    }
}

#[test]
fn what_was_overdue_when_it_was_imported_is_history() {
    for (imported_on, thanks) in [("2026-06-13", true), ("2026-06-14", false)] {
        let mut person = completed("2026-06-10");
        person.completed[0].imported_on = Some(day(imported_on));
        let facts = of(person);
        assert_eq!(has(&facts, ItemKind::ThankYou, "2026-08-01"), thanks);
        assert!(has(&facts, ItemKind::Results, "2026-08-01"));
    }
}

#[test]
fn nobody_thanks_whoever_was_erased_and_their_asks_are_settled() {
    let mut person = moved(Stage::DoNotContact, "2026-06-12", None);
    person.completed = completed("2026-06-01").completed;
    person.pending = pending("2026-06-01").pending;
    person.is_erased = true;
    let kinds = listed(&of(person), "2027-06-01");
    let kinds: Vec<ItemKind> = kinds.iter().map(|item| item.0).collect();
    assert_eq!(kinds, [ItemKind::PendingTap]);
}

#[test]
fn whoever_is_left_alone_gets_nothing_but_thanks_and_their_asks_are_settled() {
    for stage in Stage::ALL {
        let mut person = moved(stage, "2026-06-12", None);
        person.completed = completed("2026-06-01").completed;
        person.pending = pending("2026-06-01").pending;
        person.nominations = nominated("2026-06-01").nominations;
        let mut facts = of(person);
        facts.assets = asset(AssetStatus::Drafting, "2026-01-01", None).assets;
        let kinds: Vec<ItemKind> = listed(&facts, "2027-06-01")
            .iter()
            .map(|item| item.0)
            .collect();
        use ItemKind::*;
        let expected = match stage {
            Stage::Retired | Stage::Declined | Stage::DoNotContact => vec![PendingTap, ThankYou],
            Stage::Candidate => vec![PendingTap, ThankYou, Nomination, Results, Asset],
            Stage::Invited => vec![PendingTap, ThankYou, Invitation, Results, Asset],
            Stage::Active => vec![PendingTap, ThankYou, Results, Asset, CheckIn, Verify],
            Stage::Paused => vec![PendingTap, ThankYou, Results, Asset, OpenPause],
        };
        let sorted = |mut kinds: Vec<ItemKind>| {
            kinds.sort();
            kinds
        };
        assert_eq!(sorted(kinds), sorted(expected), "{stage}");
    }
}

#[test]
fn the_permission_of_an_asset_ends_whoever_it_comes_from() {
    use AssetStatus::{Expired, Published};
    let mut facts = asset(Published, "2026-01-01", Some("2026-06-30"));
    facts.people = vec![moved(Stage::Retired, "2026-03-01", None)];
    assert!(has(&facts, ItemKind::Permission, "2027-01-01"));
    let facts = asset(Expired, "2026-07-01", Some("2026-06-30"));
    assert_eq!(listed(&facts, "2027-01-01"), []);
}

#[test]
fn the_end_of_a_pause_is_told_until_somebody_acts_or_a_check_in_is_due() {
    let paused = moved(Stage::Paused, "2026-05-31", Some("2026-07-01"));
    for (today, told, check_in) in [
        ("2026-06-30", false, false),
        ("2026-07-01", true, false),
        ("2026-09-28", true, false),
        ("2026-09-29", false, true),
    ] {
        let facts = of(paused.clone());
        assert_eq!(has(&facts, ItemKind::PauseEnds, today), told, "{today}");
        assert_eq!(has(&facts, ItemKind::CheckIn, today), check_in, "{today}");
    }
    for (contact, told) in [("2026-06-30", true), ("2026-07-01", false)] {
        let mut touched = paused.clone();
        touched.last_touch_on = Some(day(contact));
        assert_eq!(has(&of(touched), ItemKind::PauseEnds, "2026-07-10"), told);
    }
    for stage in [Stage::Active, Stage::Paused, Stage::Retired] {
        let mut decided = paused.clone();
        decided.standing = Standing {
            stage: Some(stage),
            until: None,
        };
        assert!(
            !has(&of(decided), ItemKind::PauseEnds, "2026-07-10"),
            "{stage}"
        );
    }
}

#[test]
fn a_score_that_falls_calls_for_a_touch() {
    let told = |answers: &[(&str, u8)], touch: Option<&str>| {
        let mut person = scored(answers);
        person.last_touch_on = touch.map(day);
        let items = agenda(&of(person), &Policy::default(), day("2026-06-15"), 0);
        let drop = items
            .into_iter()
            .find(|item| item.kind == ItemKind::ScoreDrop);
        drop.map(|item| match item.matter {
            Matter::Scores(from, to) => (item.due_on.to_string(), from.get(), to.get()),
            _ => unreachable!("a score drop speaks of scores"),
        })
    };
    let (may, june, late) = ("2026-05-01", "2026-06-01", "2026-06-10");
    let fell = |on: &str, from, to| Some((on.to_owned(), from, to));
    for (answers, touch, expected) in [
        (&[(may, 9), (june, 8)][..], None, fell(june, 9, 8)),
        (&[(may, 10), (june, 6)], None, fell(june, 10, 6)),
        (&[(may, 10), (june, 9)], None, None),
        (&[(may, 8), (june, 3)], None, None),
        (&[(june, 3)], None, None),
        (&[(may, 9), (june, 5), (late, 10)], None, None),
        // It stays where it fell, or falls again.
        (&[(may, 9), (june, 7), (late, 8)], None, fell(june, 9, 7)),
        (&[(may, 9), (june, 7), (late, 8)], Some(june), None),
        (
            &[(may, 9), (june, 7), (late, 5)],
            Some(june),
            fell(late, 7, 5),
        ),
        (&[(may, 9), (june, 5), (late, 7)], None, fell(june, 9, 5)),
        (&[(may, 9), (june, 8)], Some("2026-05-31"), fell(june, 9, 8)),
        (&[(may, 9), (june, 8)], Some(late), None),
        // It fell before they became an advocate.
        (&[("2025-05-01", 9), ("2025-06-01", 6)], None, None),
    ] {
        assert_eq!(told(answers, touch), expected, "{answers:?} {touch:?}");
    }
}

#[test]
fn an_advocate_counts_from_when_they_last_joined() {
    let mut person = advocate();
    use Stage::*;
    for (stages, since) in [
        (&[Invited, Active][..], Some("2026-01-02")),
        (&[Active, Paused, Active], Some("2026-01-01")),
        (&[Active, Retired, Active], Some("2026-01-03")),
        (&[Invited], None),
    ] {
        let days = (1..).map(|number| NaiveDate::from_ymd_opt(2026, 1, number).unwrap());
        person.stages = stages.iter().copied().zip(days).collect();
        assert_eq!(person.advocate_since(), since.map(day), "{stages:?}");
    }
}

/// What cannot wait comes first, then the longest overdue; what is to come follows in the order of its days.
#[test]
fn the_order_is_by_urgency_then_by_days() {
    let item = |kind, id, due_on| Item {
        kind,
        person: Some(PersonId(id)),
        since: day(due_on),
        due_on: day(due_on),
        matter: Matter::Since(day(due_on)),
    };
    use ItemKind::*;
    let ordered = [
        item(Request, 9, "2026-06-10"),
        item(ScoreDrop, 9, "2026-06-15"),
        item(Hold, 9, "2026-06-15"),
        item(Results, 9, "2026-01-01"),
        item(ThankYou, 9, "2026-06-01"),
        item(ThankYou, 1, "2026-06-15"),
        item(ThankYou, 2, "2026-06-15"),
        item(Invitation, 1, "2026-06-15"),
        item(Verify, 1, "2025-01-01"),
        item(CheckIn, 1, "2026-06-15"),
        item(Verify, 1, "2026-06-15"),
        item(CheckIn, 2, "2026-06-16"),
        item(ScoreDrop, 3, "2026-06-17"),
        item(Hold, 2, "2026-06-17"),
        item(Verify, 2, "2026-06-17"),
    ];
    let today = day("2026-06-15");
    for pair in ordered.windows(2) {
        assert!(pair[0].place(today) < pair[1].place(today), "{pair:?}");
    }
}

#[test]
fn every_kind_reads_back_its_word_and_stands_in_its_place() {
    for pair in ItemKind::ALL.windows(2) {
        assert!(pair[0] < pair[1] && pair[0].urgency() <= pair[1].urgency());
    }
    for kind in ItemKind::ALL {
        assert_eq!(kind.name().parse(), Ok(kind));
    }
}

#[test]
fn a_request_comes_up_by_its_day_or_by_what_happened_to_it() {
    let due = |change: fn(&mut Request)| {
        let mut facts = AgendaInput {
            requests: vec![opened("2026-06-01")],
            ..AgendaInput::default()
        };
        change(&mut facts.requests[0]);
        let items = agenda(&facts, &Policy::default(), day("2026-12-01"), 0);
        items[0].due_on.to_string()
    };
    for (change, due_on) in [
        ((|_| {}) as fn(&mut Request), "2026-07-01"),
        (|one| one.needed_by = Some(day("2026-06-20")), "2026-06-20"),
        (
            |one| one.reopened_on = Some(day("2026-06-10")),
            "2026-06-10",
        ),
        (
            |one| one.reopened_on = Some(day("2026-07-10")),
            "2026-07-01",
        ),
        // Somebody was asked: their answer is waited for, unless more are missing and others are free.
        (|one| one.asked = vec![day("2026-06-10")], "2026-07-01"),
        (|one| one.asked = vec![day("2026-07-10")], "2026-07-15"),
        (
            |one| {
                one.asked = vec![day("2026-07-10")];
                one.missing = 2;
            },
            "2026-07-01",
        ),
        (
            |one| {
                one.asked = vec![day("2026-07-10")];
                one.missing = 2;
                one.nobody_free = true;
            },
            "2026-07-15",
        ),
        (|one| one.held = vec![day("2026-07-10")], "2026-07-11"),
        // Its deal is closed.
        (
            |one| one.deal_closed = Some((DealStatus::Lost, Some(day("2026-06-15")))),
            "2026-06-15",
        ),
        (
            |one| one.deal_closed = Some((DealStatus::Won, Some(day("2026-05-15")))),
            "2026-06-01",
        ),
        (
            |one| one.deal_closed = Some((DealStatus::Lost, None)),
            "2026-06-01",
        ),
    ] {
        assert_eq!(due(change), due_on);
    }
}

#[test]
fn what_an_ask_should_leave_is_missed_until_it_is_there_and_told_of_once_it_is_out() {
    use AssetStatus::{Drafting, Expired, Published};
    use ItemKind::{AssetMissing, Publication, Results};
    let kinds = |assets: AgendaInput, told: Option<Care>| {
        let mut person = done(AskKind::CaseStudy, "2026-06-01", None);
        person.thanks.push(care(Some(3), "2026-06-01"));
        person.results.extend(told);
        let facts = AgendaInput {
            people: vec![person],
            ..assets
        };
        let listed = listed(&facts, "2026-08-20");
        let kinds = listed.into_iter().map(|(kind, _)| kind);
        kinds
            .filter(|kind| *kind != ItemKind::Asset)
            .collect::<Vec<_>>()
    };
    let of_then = |status, on: &str| {
        let mut facts = asset(status, on, None);
        facts.assets[0].made_on = day(on);
        facts
    };
    let none = || AgendaInput::default();
    assert_eq!(kinds(none(), None), [Results, AssetMissing]);
    assert_eq!(
        kinds(none(), Some(care(Some(3), "2026-06-05"))),
        [AssetMissing]
    );
    assert_eq!(kinds(of_then(Drafting, "2026-06-01"), None), []);
    assert_eq!(kinds(of_then(Expired, "2026-06-01"), None), []);
    assert_eq!(
        kinds(of_then(Drafting, "2026-05-31"), None),
        [Results, AssetMissing]
    );
    let mut linked = of_then(Drafting, "2026-05-31");
    linked.assets[0].tap = Some(TapId(3));
    assert_eq!(kinds(linked, None), []);
    let out = || of_then(Published, "2026-07-01");
    assert_eq!(kinds(out(), None), [Publication]);
    assert_eq!(kinds(out(), Some(care(None, "2026-06-30"))), [Publication]);
    assert_eq!(kinds(out(), Some(care(None, "2026-07-01"))), []);
}

#[test]
fn a_bad_experience_is_talked_about() {
    let told = |talks: &[Care], rating| {
        let mut person = done(AskKind::Logo, "2026-06-10", Some(rating));
        person.talks = talks.to_vec();
        person.thanks.push(care(Some(3), "2026-06-11"));
        has(&of(person), ItemKind::LowRating, "2026-08-01")
    };
    assert!(told(&[], 1) && told(&[], 2) && !told(&[], 3));
    for (talk, still) in [
        (care(Some(3), "2026-06-10"), false),
        (care(None, "2026-06-12"), false),
        (care(None, "2026-06-09"), true),
        (care(Some(4), "2026-06-12"), true),
    ] {
        assert_eq!(told(&[talk], 2), still, "{talk:?}");
    }
}

#[test]
fn whoever_was_accepted_is_invited_unless_something_was_decided_since() {
    let invite = |stage: Option<(Stage, &str)>| {
        let mut person = wanted("2026-06-10");
        if let Some((stage, on)) = stage {
            person.standing.stage = Some(stage);
            person.stages = vec![(stage, day(on))];
        }
        has(&of(person), ItemKind::Invite, "2026-08-01")
    };
    assert!(invite(None) && invite(Some((Stage::Candidate, "2026-06-10"))));
    for (stage, on) in [
        (Stage::Candidate, "2026-06-11"),
        (Stage::Invited, "2026-06-11"),
        (Stage::Active, "2026-06-11"),
        (Stage::Declined, "2026-06-11"),
    ] {
        assert!(!invite(Some((stage, on))), "{stage} {on}");
    }
}

#[test]
fn an_accepted_ask_is_due_on_the_day_agreed_upon() {
    let due = |scheduled| listed(&of(accepted("2026-06-01", scheduled)), "2026-08-01")[0].1;
    assert_eq!(due(None), day("2026-06-15"));
    assert_eq!(due(Some("2026-06-03")), day("2026-06-03"));
    assert_eq!(due(Some("2026-07-20")), day("2026-07-20"));
}

#[test]
fn what_was_answered_is_gone_until_it_comes_about_anew() {
    let item: ItemId = "check-in:7".parse().unwrap();
    let listed = |word, until: Option<&str>, since: &str, today: &str| {
        let mut facts = of(advocate());
        facts.answers.push(Answer {
            item,
            word,
            until: until.map(day),
            since: day(since),
        });
        let found = listed(&facts, today);
        found
            .iter()
            .find(|(kind, _)| *kind == ItemKind::CheckIn)
            .map(|(_, on)| on.to_string())
    };
    let due = Some("2026-08-29".to_owned());
    for word in [AnswerWord::Done, AnswerWord::Dismissed] {
        assert_eq!(listed(word, None, "2026-05-31", "2027-01-01"), None);
        assert_eq!(
            listed(word, None, "2026-05-30", "2027-01-01"),
            due,
            "another one"
        );
    }
    let snoozed = |until, today| listed(AnswerWord::Snoozed, Some(until), "2026-05-31", today);
    assert_eq!(snoozed("2026-10-01", "2026-09-30"), None);
    assert_eq!(
        snoozed("2026-10-01", "2026-10-01"),
        Some("2026-10-01".to_owned())
    );
    assert_eq!(snoozed("2026-07-01", "2026-08-29"), due);
    assert_eq!(snoozed("2026-07-01", "2026-08-28"), None);
}
