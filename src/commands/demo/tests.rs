//! The stories of the program hold on every day. `tests/program/demonstration.rs` looks at the file.

mod asks;
mod demand;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};

use super::*;
use crate::domain::agenda::{Item, ItemKind};
use crate::domain::calendar::Timestamp;
use crate::domain::candidates::Goodwill;
use crate::domain::matching::Person;
use crate::domain::nomination::{Status, days_overdue};
use crate::domain::signal::SignalKind;
use crate::domain::stage::Stage;
use crate::intake::IntakeError;
use crate::store::{
    ClockSetBack, NewOperation, PersonRow, SCHEMA_VERSION, SignalFilter, StoredRow,
};

/// Where those are who look at a demonstration, and when in the day they create it.
const ZONES: [&str; 4] = ["UTC", "America/Los_Angeles", "Europe/Berlin", "Asia/Tokyo"];
const TIMES: [&str; 3] = ["00:00:20", "09:30:00", "23:59:59"];

/// The rows as they were recorded, read once.
static RECORDED: LazyLock<BTreeMap<String, Vec<StoredRow>>> = LazyLock::new(|| {
    let demonstration = demonstration(Zone::UTC, Timestamp(0));
    let mut recorded = BTreeMap::new();
    assert_eq!(
        demonstration.schema_version(),
        SCHEMA_VERSION,
        "DEMO_UPDATE=1 cargo test --test program demonstration"
    );
    let store = Store::in_memory().unwrap().restored(|restoring| {
        for layout in restoring.layouts()? {
            let mut rows = Vec::new();
            demonstration
                .export
                .rows(&layout.name, &layout.columns, |row| {
                    rows.push(row);
                    Ok::<_, IntakeError>(())
                })?;
            recorded.insert(layout.name, rows);
        }
        Ok::<_, Failure>(())
    });
    store.unwrap();
    recorded
});

fn demonstration(zone: Zone, at: Timestamp) -> Demonstration<'static> {
    let operation = NewOperation {
        at,
        actor: "ada",
        command: "advocate demo",
        clock: ClockSetBack::Refuse,
    };
    Demonstration::new(zone, operation).unwrap()
}

/// The program as it is created at an instant.
fn created(zone: Zone, now: Timestamp) -> (Store, Present) {
    let demonstration = demonstration(zone, now);
    let store = Store::in_memory().unwrap().restored(|restoring| {
        for layout in restoring.layouts()? {
            for row in &RECORDED[&layout.name] {
                let mut row = row.clone();
                demonstration.bring(&layout, &mut row);
                restoring.add(&layout, &row)?;
            }
        }
        Ok::<_, Failure>(())
    });
    let store = store.unwrap();
    let policy = store.read(|tx| tx.policy()).unwrap();
    (store, Present::new(policy, now))
}

/// A program, with what is asked of it more than once.
struct Seen<'a> {
    tx: &'a Tx<'a>,
    present: &'a Present,
    rows: Vec<PersonRow>,
    people: Vec<Person>,
}

/// A quarter of the 366 days, which run beside each other: a year from a day on, a leap day in it.
fn the_stories_hold(quarter: usize) {
    let first: NaiveDate = "2027-07-01".parse().unwrap();
    let days = first.iter_days().take(366).enumerate();
    for (index, day) in days.skip(quarter * 92).take(92) {
        let (zone, time) = (ZONES[index % ZONES.len()], TIMES[index % TIMES.len()]);
        let told = std::panic::catch_unwind(|| {
            let zone: Zone = zone.parse().unwrap();
            let now = zone.instant(day.and_time(time.parse().unwrap()));
            let (store, present) = created(zone, now);
            assert_eq!((present.policy.time_zone, present.today), (zone, day));
            store.read(|tx| tell(tx, &present)).unwrap();
        });
        assert!(told.is_ok(), "on {day} at {time} in {zone}");
    }
}

fn tell(tx: &Tx<'_>, present: &Present) -> Result<(), StoreError> {
    let facts = tx.facts(&Scope::Decided, present)?;
    let (rows, people) = facts.into_iter().unzip();
    let seen = Seen {
        tx,
        present,
        rows,
        people,
    };
    counts_are_as_promised(&seen);
    asks::go_as_told(&seen);
    healthcare_has_candidates(&seen);
    goodwill_is_seen_and_nominations_wait(&seen);
    the_words_make_no_second_nina_or_omar(tx);
    the_agenda_has_something_of_every_kind(&seen);
    the_budgets_are_those_of_this_year_and_the_last(&seen);
    demand::is_alive(&seen);
    Ok(())
}

#[test]
fn the_stories_hold_in_the_third_quarter() {
    the_stories_hold(0);
}

#[test]
fn the_stories_hold_in_the_fourth_quarter() {
    the_stories_hold(1);
}

#[test]
fn the_stories_hold_in_the_first_quarter() {
    the_stories_hold(2);
}

#[test]
fn the_stories_hold_in_the_second_quarter() {
    the_stories_hold(3);
}

fn counts_are_as_promised(seen: &Seen<'_>) {
    let (tx, names) = (seen.tx, seen.tx.names().unwrap());
    let accounts = tx.account_names().unwrap();
    assert_eq!((accounts.len(), names.len()), (80, 300));
    let staged = |stage| {
        let stages = seen
            .rows
            .iter()
            .filter(|row| row.standing.stage == Some(stage));
        stages.count()
    };
    assert_eq!(staged(Stage::Active) + staged(Stage::Paused), 45);
    assert_eq!(staged(Stage::Paused), 4);
    assert_eq!(staged(Stage::DoNotContact), 2);
    assert!(staged(Stage::Retired) >= 5 && staged(Stage::Declined) >= 5);
    assert!(staged(Stage::Invited) >= 5);
    assert_eq!(seen.rows.len(), names.len() - undecided(tx, None).1);
    let industries = tx.industries().unwrap().into_iter();
    let industries = industries.map(|words| seen.present.policy.industries.name_of(&words));
    assert_eq!(industries.collect::<BTreeSet<_>>().len(), 8);
}

/// The goodwill of those about whom nothing was decided, and their number.
fn undecided(tx: &Tx<'_>, industries: Option<&[String]>) -> (Vec<Goodwill>, usize) {
    let rows = tx.undecided(industries).unwrap();
    let goodwill = rows.iter().map(|row| row.goodwill(Zone::UTC)).collect();
    (goodwill, rows.len())
}

fn healthcare_has_candidates(seen: &Seen<'_>) {
    let (tx, present) = (seen.tx, seen.present);
    let spelt = tx.industries().unwrap().into_iter();
    let names = &present.policy.industries;
    let spelt: Vec<String> = spelt
        .filter(|words| names.name_of(words) == "healthcare")
        .collect();
    assert!(spelt.len() >= 3, "{spelt:?}");
    let (goodwill, _) = undecided(tx, Some(&spelt));
    let candidates = goodwill.iter().filter(|one| one.is_candidate()).count();
    assert!(candidates >= 6, "{candidates}");
}

fn goodwill_is_seen_and_nominations_wait(seen: &Seen<'_>) {
    let (tx, present) = (seen.tx, seen.present);
    let signals = tx.signals(&SignalFilter::default()).unwrap();
    let kinds: BTreeSet<SignalKind> = signals.iter().map(|one| one.kind).collect();
    assert_eq!(kinds.len(), SignalKind::ALL.len(), "{kinds:?}");
    assert!(signals.iter().all(|one| one.at < present.now));
    let mut found = BTreeMap::new();
    let mut overdue = 0;
    for one in tx.nominations(None).unwrap() {
        let status = one.course.verdict().status;
        *found.entry(status.name()).or_insert(0) += 1;
        let days = present.policy.nomination_days;
        let late = days_overdue(present.day(one.at), days, present.today);
        overdue += u32::from(status == Status::Waiting && late > 0);
    }
    assert_eq!((found["waiting"], overdue), (4, 2));
    assert_eq!((found["declined"], found["noted"]), (2, 1));
    assert!(found["accepted"] >= 6, "{found:?}");
}

fn the_words_make_no_second_nina_or_omar(tx: &Tx<'_>) {
    for wanted in ["nina", "omar"] {
        let found = tx.names().unwrap().into_iter().filter(|(_, name, email)| {
            let name = name.as_deref().unwrap_or_default().to_lowercase();
            name.contains(wanted) || email.contains(wanted)
        });
        assert_eq!(found.count(), 1, "{wanted}");
    }
    let plain = |email: &String| email.is_ascii() && email.ends_with(".example");
    assert!(tx.names().unwrap().iter().all(|(.., email)| plain(email)));
}

fn the_agenda_has_something_of_every_kind(seen: &Seen<'_>) {
    let present = seen.present;
    let found = seen.tx.agenda_facts(present).unwrap();
    let items = agenda::agenda(&found.facts, &present.policy, present.today, 0);
    let kinds: BTreeSet<_> = items.iter().map(|item| item.kind).collect();
    assert_eq!(kinds.len(), ItemKind::ALL.len(), "{kinds:?}");
    assert!((40..=50).contains(&items.len()), "{}", items.len());
    for (kind, name) in [
        (ItemKind::ThankYou, "Viktor Hallgren"),
        (ItemKind::Results, "Viktor Hallgren"),
        (ItemKind::PendingTap, "Chidi Eze"),
        (ItemKind::ScoreDrop, "Graham Osei"),
        (ItemKind::PauseEnds, "Ruth Lindqvist"),
        (ItemKind::Invitation, "Leila Sadeghi"),
        (ItemKind::CheckIn, "Hana Novak"),
    ] {
        let about = |item: &Item| {
            let card = item.person.map(|person| &found.cards[&person]);
            item.kind == kind && card.is_some_and(|card| card.name.as_deref() == Some(name))
        };
        assert!(items.iter().any(about), "{kind:?} {name}");
    }
}

fn the_budgets_are_those_of_this_year_and_the_last(seen: &Seen<'_>) {
    let year = seen.present.today.year();
    let budgets = seen.present.policy.budgets.keys().copied();
    assert_eq!(budgets.collect::<Vec<_>>(), [year - 1, year]);
}
