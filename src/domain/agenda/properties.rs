//! Whatever happens in whatever order: what is settled is gone for good, and the order is one.

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;

use super::tests::advocate;
use super::*;
use crate::domain::ask::AskKind;
use crate::domain::ids::TapId;
use crate::domain::score::Score;
use crate::domain::stage::Stage;
use crate::domain::testing::day;

/// How many days the story takes, and is watched after.
const DAYS: u32 = 160;
const AFTER: u32 = 120;
const TAPS: i64 = 4;

/// One thing that happens on a day, counted from the beginning.
#[derive(Debug, Clone)]
enum Deed {
    Tap(i64),
    Complete(i64),
    NoReply(i64),
    Thank(Option<i64>),
    Share(Option<i64>),
    Answer(u8),
    CheckIn,
    Verify,
    Pause(u32),
    Resume,
    Retire,
}

type Story = Vec<(u32, Deed)>;

fn deed() -> impl Strategy<Value = Deed> {
    let linked = || prop::option::of(1..=TAPS);
    prop_oneof![
        3 => (1..=TAPS).prop_map(Deed::Tap),
        4 => (1..=TAPS).prop_map(Deed::Complete),
        1 => (1..=TAPS).prop_map(Deed::NoReply),
        3 => linked().prop_map(Deed::Thank),
        3 => linked().prop_map(Deed::Share),
        3 => (0_u8..=10).prop_map(Deed::Answer),
        2 => Just(Deed::CheckIn),
        1 => Just(Deed::Verify),
        1 => (1_u32..60).prop_map(Deed::Pause),
        1 => Just(Deed::Resume),
        1 => prop::bool::weighted(0.2).prop_map(|really| match really {
            true => Deed::Retire,
            false => Deed::CheckIn,
        }),
    ]
}

fn story() -> impl Strategy<Value = Story> {
    prop::collection::vec((0..DAYS, deed()), 0..25).prop_map(|mut story: Story| {
        story.sort_by_key(|(on, _)| *on);
        story
    })
}

fn on(days: u32) -> NaiveDate {
    day("2026-06-01") + TimeDelta::days(days.into())
}

/// What is known at the end of a day.
fn facts(story: &Story, until: u32) -> AgendaInput {
    let mut person = advocate();
    for (days, deed) in story.iter().filter(|(days, _)| *days <= until) {
        happen(&mut person, on(*days), deed);
    }
    AgendaInput {
        people: vec![person],
        ..AgendaInput::default()
    }
}

fn happen(person: &mut Person, on: NaiveDate, deed: &Deed) {
    let ask = AskKind::Review;
    let tapped = |person: &Person, id: i64| person.pending.iter().any(|one| one.tap.0 == id);
    let done = |person: &Person, id: i64| person.completed.iter().any(|one| one.tap.0 == id);
    let care = |tap: Option<i64>| Care {
        tap: tap.map(TapId),
        on,
    };
    match *deed {
        Deed::Tap(id) if !tapped(person, id) && !done(person, id) => {
            let tap = TapId(id);
            person.pending.push(Pending { tap, ask, on });
        }
        Deed::Complete(id) if tapped(person, id) => {
            person.pending.retain(|one| one.tap.0 != id);
            person.completed.push(Completed {
                tap: TapId(id),
                ask,
                on,
                imported_on: None,
            });
        }
        Deed::NoReply(id) if tapped(person, id) => {
            person.pending.retain(|one| one.tap.0 != id);
        }
        Deed::Thank(tap) => person.thanks.push(care(tap)),
        Deed::Share(tap) => person.results.push(care(tap)),
        Deed::Answer(score) => {
            person
                .answers
                .extend(Score::new(score).map(|score| (on, score)));
        }
        Deed::CheckIn => {}
        Deed::Verify => {
            person.verified_on = Some(on);
        }
        Deed::Pause(days) => decide(person, on, Stage::Paused, Some(days)),
        Deed::Resume => decide(person, on, Stage::Active, None),
        Deed::Retire => decide(person, on, Stage::Retired, None),
        _ => {}
    }
    let touch = matches!(deed, Deed::Thank(_) | Deed::Share(_) | Deed::CheckIn);
    if touch {
        person.last_touch_on = Some(on);
    }
}

fn decide(person: &mut Person, on: NaiveDate, stage: Stage, days: Option<u32>) {
    if person.standing.stage != Some(Stage::Retired) {
        person.standing.stage = Some(stage);
        person.standing.until = days.map(|days| days_after(on, days));
        person.stages.push((stage, on));
    }
}

/// An item and what caused it: the same cause later is a new one.
type Cause = (ItemKind, i64, NaiveDate);

fn causes(story: &Story, policy: &Policy, today: u32) -> Vec<Cause> {
    let items = agenda(&facts(story, today), policy, on(today), 0);
    let cause = |item: &Item| (item.kind, item.id(), item.due_on);
    items.iter().map(cause).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Nobody pauses here: a pause hides what it does not settle.
    #[test]
    fn what_has_gone_never_comes_back(story in story()) {
        let story: Story = story
            .into_iter()
            .filter(|(_, deed)| !matches!(deed, Deed::Pause(_)))
            .collect();
        let policy = Policy::default();
        let mut gone = std::collections::BTreeSet::new();
        let mut before: Vec<Cause> = Vec::new();
        for today in 0..DAYS + AFTER {
            let now = causes(&story, &policy, today);
            gone.extend(before.iter().copied().filter(|one| !now.contains(one)));
            for one in &now {
                prop_assert!(!gone.contains(one), "{one:?} is back on {}", on(today));
            }
            before = now;
        }
    }

    /// From the day of the deed that settles it to the end of time, whatever else happens: pauses too.
    #[test]
    fn what_was_settled_is_gone_for_good(story in story()) {
        let policy = Policy::default();
        for today in 0..DAYS + AFTER {
            let known: Vec<_> = story.iter().filter(|(days, _)| *days <= today).collect();
            let last_thanks = known.iter().rfind(|(_, deed)| matches!(deed, Deed::Thank(None)));
            let last_touch = known.iter().rfind(|(_, deed)| {
                matches!(deed, Deed::Thank(_) | Deed::Share(_) | Deed::CheckIn)
            });
            for item in agenda(&facts(&story, today), &policy, on(today), 0) {
                let done = |deed: &Deed| match (item.kind, deed) {
                    (ItemKind::ThankYou, Deed::Thank(Some(id))) => *id == item.id(),
                    (ItemKind::Results, Deed::Share(Some(id))) => *id == item.id(),
                    _ => false,
                };
                prop_assert!(!known.iter().any(|(_, deed)| done(deed)), "{item:?}");
                if item.kind == ItemKind::ThankYou {
                    let completed = item.due_on - TimeDelta::days(3);
                    prop_assert!(last_thanks.is_none_or(|(days, _)| on(*days) < completed));
                }
                if item.kind == ItemKind::ScoreDrop {
                    prop_assert!(last_touch.is_none_or(|(days, _)| on(*days) < item.due_on));
                }
                if item.kind == ItemKind::CheckIn {
                    let since = item.due_on - TimeDelta::days(90);
                    prop_assert!(last_touch.is_none_or(|(days, _)| on(*days) <= since));
                }
            }
        }
    }

    /// The facts may come in any order; no two items stand in one place; one more day of sight only adds.
    #[test]
    fn the_order_is_total_and_stable(story in story(), today in 0..DAYS + AFTER, days in 0_u32..40, turn in 0_usize..9) {
        let facts = facts(&story, today);
        let mut other = facts.clone();
        for person in &mut other.people {
            for list in [&mut person.thanks, &mut person.results] {
                let by = turn.min(list.len());
                list.rotate_left(by);
            }
            person.completed.reverse();
            person.pending.reverse();
        }
        let (policy, today) = (Policy::default(), on(today));
        let items = agenda(&facts, &policy, today, days);
        prop_assert_eq!(&items, &agenda(&other, &policy, today, days));
        for pair in items.windows(2) {
            prop_assert!(pair[0].place(today) < pair[1].place(today), "{:?}", pair);
        }
        let longer = agenda(&facts, &policy, today, days + 1);
        prop_assert!(longer.starts_with(&items));
    }
}
