//! Who may be asked, and who may not: each of the people of the tour by the rule that is told of them.

use std::collections::{BTreeMap, BTreeSet};

use super::Seen;
use crate::domain::ask::AskKind;
use crate::domain::caps::{self, Claim};
use crate::domain::ladder::{self, Asked, When};
use crate::domain::matching::{Ask, Person, Wanted, blocked, ready};
use crate::domain::tap::Outcome;
use crate::store::{PersonRow, TapFilter, TapRow};

/// The tour, and the history of asks.
pub(super) fn go_as_told(seen: &Seen<'_>) {
    the_tour_goes_as_told(seen);
    every_refusal_occurs(seen);
    the_next_asks_are_those_of_the_tour(seen);
    no_ask_breaks_a_cap_unless_it_says_so(seen);
}

/// Who is ready, and everyone else with the names of their refusals.
fn matched(
    seen: &Seen<'_>,
    (kind, industry, prospect): (AskKind, Option<&str>, Option<&str>),
) -> (Vec<String>, BTreeMap<String, Vec<&'static str>>) {
    let policy = &seen.present.policy;
    let fits = |row: &PersonRow| {
        let words = row.industry.as_deref().unwrap_or_default();
        industry.is_none_or(|industry| policy.industries.name_of(words) == industry)
    };
    let everyone = seen.rows.iter().zip(&seen.people);
    let (rows, people): (Vec<_>, Vec<_>) = everyone
        .filter(|(row, _)| fits(row))
        .map(|(row, person)| (row, person.clone()))
        .unzip();
    let name = |person: &Person| {
        let row = rows.iter().find(|row| row.id == person.id).unwrap();
        row.name.clone().unwrap()
    };
    let wanted = Wanted {
        prospect: prospect.map(str::to_owned),
        ..Wanted::default()
    };
    let ask = Ask::Kind(kind);
    let today = seen.present.today;
    let ready = ready(&people, ask, &wanted, policy, today);
    let ready = ready.iter().map(|one| name(one.person)).collect();
    let blocked = blocked(&people, ask, &wanted, policy, today);
    let blocked = blocked.iter().map(|one| {
        let refusals = one.refusals.iter().map(|refusal| refusal.name());
        (name(one.person), refusals.collect())
    });
    (ready, blocked.collect())
}

fn the_tour_goes_as_told(seen: &Seen<'_>) {
    let (ready, blocked) = matched(seen, (AskKind::Reference, Some("healthcare"), None));
    assert_eq!(
        ready[..3],
        ["Nina Alvarez", "Kwame Boateng", "Ruth Lindqvist"]
    );
    assert_eq!(ready.len(), 4, "{ready:?} {blocked:?}");
    let only = |name: &str| blocked[name].as_slice();
    for (name, refusal) in [
        ("Omar Farouk", "cap"),
        ("Sofia Moretti", "willingness"),
        ("Pieter van Aalst", "renewal"),
        ("Aisha Bello", "account-risk"),
        ("Dilnoza Karimova", "decline-rest"),
        ("Graham Osei", "score"),
        ("Ingrid Solheim", "stage"),
        ("Hana Novak", "freshness"),
        ("Yara Campos", "account-cap"),
    ] {
        assert_eq!(only(name), [refusal], "{name}");
    }
    let (_, blocked) = matched(seen, (AskKind::Review, Some("healthcare"), None));
    assert_eq!(blocked["Omar Farouk"], ["cap"]);
    let (ready, blocked) = matched(seen, (AskKind::CaseStudy, Some("healthcare"), None));
    assert_eq!(ready, ["Nina Alvarez"]);
    assert_eq!(blocked["Kwame Boateng"], ["unproven"]);
    let rivalry = (
        AskKind::Reference,
        Some("healthcare"),
        Some("Brightwater Diagnostics"),
    );
    let (_, blocked) = matched(seen, rivalry);
    assert_eq!(blocked["Mei Takeda"], ["conflict"]);
    let (ready, blocked) = matched(seen, (AskKind::Reference, Some("logistics"), None));
    assert_eq!(ready, Vec::<String>::new());
    assert_eq!(blocked["Yasmin Eriksen"], ["cap"]);
    assert!(blocked["Haruto Mendes"].contains(&"willingness"));
}

fn every_refusal_occurs(seen: &Seen<'_>) {
    let mut found = BTreeSet::new();
    for kind in [AskKind::Reference, AskKind::CaseStudy] {
        let (_, blocked) = matched(seen, (kind, None, None));
        found.extend(blocked.into_values().flatten());
    }
    let all = [
        "account-cap",
        "account-risk",
        "cap",
        "decline-rest",
        "do-not-contact",
        "freshness",
        "rating-rest",
        "renewal",
        "score",
        "stage",
        "unanswered",
        "unproven",
        "willingness",
    ];
    assert_eq!(found.into_iter().collect::<Vec<_>>(), all);
}

fn no_ask_breaks_a_cap_unless_it_says_so(seen: &Seen<'_>) {
    let (tx, present) = (seen.tx, seen.present);
    let policy = &present.policy;
    let mut taps = tx.taps(&TapFilter::default()).unwrap();
    taps.reverse();
    let (mut over, mut overridden, mut imported) = (0, 0, 0);
    for (index, tap) in taps.iter().enumerate() {
        let before = |same: &dyn Fn(&TapRow) -> bool| -> Vec<Claim> {
            let earlier = taps[..index].iter().filter(|one| one.outcome.counts());
            let earlier = earlier.filter(|one| same(one));
            earlier
                .map(|one| Claim::tap(present.day(one.at), one.effort))
                .collect()
        };
        let day = present.day(tap.at);
        let own = before(&|one| one.person == tap.person);
        let accounts = before(&|one| one.account == tap.account);
        let breaks = caps::check(&policy.caps, &own, tap.effort, day).is_err()
            || !policy.account_cap.has_room(accounts.iter(), day);
        assert_eq!(breaks, tap.over_cap, "{tap:?}");
        assert!(
            !breaks || tap.imported || tap.overridden.is_some(),
            "{tap:?}"
        );
        over += u32::from(breaks && tap.imported);
        overridden += u32::from(tap.overridden.is_some());
        imported += u32::from(tap.imported);
        assert!(tap.at < present.now && tap.outcome_at < present.now);
    }
    assert_eq!((over, overridden, imported), (4, 3, 5));
    let outcomes: BTreeSet<Outcome> = taps.iter().map(|tap| tap.outcome).collect();
    assert_eq!(outcomes.len(), Outcome::ALL.len(), "{outcomes:?}");
    let since = present.now.0 - 21 * 86_400;
    let open = taps.iter().filter(|tap| tap.outcome == Outcome::Pending);
    assert!(open.filter(|tap| tap.at.0 > since).count() >= 3);
}

/// What each of these people is proposed to be asked today.
fn the_next_asks_are_those_of_the_tour(seen: &Seen<'_>) {
    let Seen { tx, present, .. } = seen;
    for (name, kind) in [
        ("Sofia Moretti", AskKind::Review),
        ("Hana Novak", AskKind::Testimonial),
        ("Mei Takeda", AskKind::Reference),
    ] {
        let mut everyone = seen.rows.iter().zip(&seen.people);
        let found = everyone.find(|(row, _)| row.name.as_deref() == Some(name));
        let (row, person) = found.unwrap();
        let asked = tx.asks(Some(row.id)).unwrap();
        let asked: Vec<Asked> = asked
            .iter()
            .map(|ask| Asked {
                kind: ask.kind,
                effort: ask.effort,
                on: present.day(ask.at),
                outcome: ask.outcome,
                rating: ask.rating,
            })
            .collect();
        let next = ladder::next(&person.facts, &asked, &present.policy, present.today).unwrap();
        assert_eq!((next.kind, next.when), (kind, When::Now), "{name}");
    }
}
