//! The program is what it promises on any day, and the file is safe.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::*;
use crate::clock::Clock;
use crate::domain::ask::AskKind;
use crate::domain::calendar::Timestamp;
use crate::domain::candidates::Goodwill;
use crate::domain::caps::{self, Claim};
use crate::domain::matching::{Ask, Person, Wanted, blocked, ready};
use crate::domain::nomination::{Status, days_overdue};
use crate::domain::signal::SignalKind;
use crate::domain::stage::Stage;
use crate::domain::tap::Outcome;
use crate::output::Style;
use crate::store::{PersonRow, Scope, SignalFilter, TapFilter, TapRow, Tx};

const DAYS: &[&str] = &[
    "2026-11-21T00:00:20Z",
    "2028-02-29T09:30:00Z",
    "2027-01-31T23:59:59Z",
    "2030-06-15T12:00:00Z",
    "2027-05-01T07:00:00Z",
];
const SEEDS: [u64; 3] = [1, 2, 77];

fn present(now: &str) -> Present {
    Present::new(Policy::default(), Clock::fixed(now).unwrap().now())
}

fn generated(store: &mut Store, now: &str, seed: u64) -> (Loaded, Present) {
    let present = present(now);
    let operation = NewOperation {
        at: present.now,
        actor: "test",
        command: "advocate demo",
    };
    let write = |writing: &Writing<'_>| generate(writing, seed, &present);
    (store.write(&operation, write).unwrap(), present)
}

#[test]
fn the_program_is_alive_on_any_day_and_with_any_seed() {
    for now in DAYS {
        for seed in SEEDS {
            let mut store = Store::in_memory().unwrap();
            let (loaded, present) = generated(&mut store, now, seed);
            let looked = store.read(|tx| {
                counts_are_as_promised(tx, &loaded, &present);
                the_tour_goes_as_told(tx, &present);
                every_refusal_occurs(tx, &present);
                healthcare_has_candidates(tx, &present);
                goodwill_is_seen_and_nominations_wait(tx, &present);
                no_ask_breaks_a_cap_unless_it_says_so(tx, &present);
                the_words_make_no_second_nina_or_omar(tx);
                Ok::<_, StoreError>(())
            });
            looked.unwrap();
        }
    }
}

fn decided(tx: &Tx<'_>, present: &Present, healthcare: bool) -> (Vec<PersonRow>, Vec<Person>) {
    let policy = &present.policy;
    let spelt = tx.industries().unwrap().into_iter();
    let spelt = spelt.filter(|words| policy.industries.name_of(words) == "healthcare");
    let scope = match healthcare {
        true => Scope::DecidedIn(spelt.collect()),
        false => Scope::Decided,
    };
    let facts = tx
        .facts(&scope, policy, present.today, present.today)
        .unwrap();
    facts.into_iter().unzip()
}

/// Who is ready, and everyone else with the names of their refusals.
fn matched(
    tx: &Tx<'_>,
    present: &Present,
    (kind, healthcare, prospect): (AskKind, bool, Option<&str>),
) -> (Vec<String>, BTreeMap<String, Vec<&'static str>>) {
    let (rows, people) = decided(tx, present, healthcare);
    let name = |person: &Person| {
        let row = rows.iter().find(|row| row.id == person.id).unwrap();
        row.name.clone().unwrap()
    };
    let wanted = Wanted {
        prospect: prospect.map(str::to_owned),
        ..Wanted::default()
    };
    let ask = Ask::Kind(kind);
    let (policy, today) = (&present.policy, present.today);
    let ready = ready(&people, ask, &wanted, policy, today);
    let ready = ready.iter().map(|one| name(one.person)).collect();
    let blocked = blocked(&people, ask, &wanted, policy, today);
    let blocked = blocked.iter().map(|one| {
        let refusals = one.refusals.iter().map(|refusal| refusal.name());
        (name(one.person), refusals.collect())
    });
    (ready, blocked.collect())
}

fn counts_are_as_promised(tx: &Tx<'_>, loaded: &Loaded, present: &Present) {
    assert_eq!((loaded.accounts, loaded.people), (80, 300));
    assert_eq!(loaded.advocates, 45);
    assert!((820..=980).contains(&loaded.responses), "{loaded:?}");
    assert!((100..=260).contains(&loaded.taps), "{loaded:?}");
    let (rows, _) = decided(tx, present, false);
    let staged = |stage| {
        let stages = rows.iter().filter(|row| row.standing.stage == Some(stage));
        stages.count()
    };
    assert_eq!(staged(Stage::Active) + staged(Stage::Paused), 45);
    assert_eq!(staged(Stage::Paused), 4);
    assert_eq!(staged(Stage::DoNotContact), 2);
    assert!(staged(Stage::Retired) >= 5 && staged(Stage::Declined) >= 5);
    assert!(staged(Stage::Invited) >= 5);
    assert_eq!(
        rows.len(),
        tx.names().unwrap().len() - undecided(tx, None).1
    );
    let industries = tx.industries().unwrap().into_iter();
    let industries = industries.map(|words| present.policy.industries.name_of(&words));
    assert_eq!(industries.collect::<BTreeSet<_>>().len(), 8);
}

/// The goodwill of those about whom nothing was decided, and their number.
fn undecided(tx: &Tx<'_>, industries: Option<&[String]>) -> (Vec<Goodwill>, usize) {
    let rows = tx.undecided(industries).unwrap();
    let goodwill = rows.iter().map(|row| row.goodwill(Zone::UTC)).collect();
    (goodwill, rows.len())
}

fn the_tour_goes_as_told(tx: &Tx<'_>, present: &Present) {
    let (ready, blocked) = matched(tx, present, (AskKind::Reference, true, None));
    assert_eq!(ready[0], "Nina Alvarez", "{ready:?}");
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
    let (_, blocked) = matched(tx, present, (AskKind::Review, true, None));
    assert_eq!(blocked["Omar Farouk"], ["cap"]);
    let (ready, blocked) = matched(tx, present, (AskKind::CaseStudy, true, None));
    assert_eq!(ready, ["Nina Alvarez"]);
    assert_eq!(blocked["Kwame Boateng"], ["unproven"]);
    let rivalry = (AskKind::Reference, true, Some(RIVAL));
    let (_, blocked) = matched(tx, present, rivalry);
    assert_eq!(blocked["Mei Takeda"], ["conflict"]);
}

fn every_refusal_occurs(tx: &Tx<'_>, present: &Present) {
    let mut found = BTreeSet::new();
    for kind in [AskKind::Reference, AskKind::CaseStudy] {
        let (_, blocked) = matched(tx, present, (kind, false, None));
        found.extend(blocked.into_values().flatten());
    }
    let all = [
        "account-cap",
        "account-risk",
        "cap",
        "decline-rest",
        "do-not-contact",
        "freshness",
        "renewal",
        "score",
        "stage",
        "unproven",
        "willingness",
    ];
    assert_eq!(found.into_iter().collect::<Vec<_>>(), all);
}

fn healthcare_has_candidates(tx: &Tx<'_>, present: &Present) {
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

fn goodwill_is_seen_and_nominations_wait(tx: &Tx<'_>, present: &Present) {
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

fn no_ask_breaks_a_cap_unless_it_says_so(tx: &Tx<'_>, present: &Present) {
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

/// Everything that can be read of the program, as text.
fn rows(seed: u64) -> String {
    let mut store = Store::in_memory().unwrap();
    let (loaded, present) = generated(&mut store, DAYS[0], seed);
    store
        .read(|tx| {
            let mut all = format!("{loaded:?}{:?}", tx.taps(&TapFilter::default())?);
            for (id, ..) in tx.names()? {
                let person = tx.person(id)?.unwrap();
                let account = person.account_id.unwrap();
                all += &format!("{person:?}{:?}", tx.account(account)?);
                all += &format!(
                    "{:?}{:?}",
                    tx.account_traits(account)?,
                    tx.responses_of(id)?
                );
                all += &format!("{:?}{:?}", tx.stages_of(id)?, tx.willingness_of(id)?);
            }
            Ok::<_, StoreError>(all + &format!("{:?}", present.today))
        })
        .unwrap()
}

#[test]
fn the_same_seed_gives_the_same_rows() {
    assert_eq!(rows(5), rows(5));
    assert_ne!(rows(5), rows(6));
}

fn demo(path: &Path, force: bool, format: Format) -> anyhow::Result<String> {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut context = Context {
        program: "advocate".to_owned(),
        clock: Clock::fixed(DAYS[1]).unwrap(),
        database: PathBuf::from("elsewhere.db"),
        named_database: None,
        actor: "ada".into(),
        command: "advocate demo".into(),
        lock_wait: Duration::from_secs(1),
        format,
        style: Style::default(),
        quiet: false,
        verbose: false,
        assume_yes: false,
        interactive: false,
        no_input: false,
        out: &mut out,
        err: &mut err,
    };
    let args = DemoArgs {
        path: Some(path.to_owned()),
        seed: 1,
        force,
    };
    assert_eq!(run(&args, &mut context)?, Done::Fully);
    assert_eq!(context.database, path);
    Ok(String::from_utf8(out).unwrap())
}

#[test]
fn the_file_is_whole_and_derives_what_it_keeps() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("my demo.db");
    let said = demo(&path, false, Format::Table).unwrap();
    assert!(
        said.contains("my demo.db' match --industry healthcare"),
        "{said}"
    );
    let store = Store::open_read(&path).unwrap();
    store.look_back(Timestamp(i64::MAX)).unwrap();
    let found = store.read(|tx| tx.discrepancies()).unwrap();
    assert_eq!(found, []);
}

#[test]
fn a_year_ago_there_was_a_program_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("demo.db");
    demo(&path, false, Format::Json).unwrap();
    let store = Store::open_read(&path).unwrap();
    let zone = store.read(|tx| tx.policy()).unwrap().time_zone;
    let then = present("2027-03-01T00:00:00Z");
    store.look_back(then.now).unwrap();
    let looked = store.read(|tx| {
        assert_eq!(tx.policy()?.time_zone, zone);
        assert!(decided(tx, &then, false).0.len() >= 10);
        assert!(tx.taps(&TapFilter::default())?.len() >= 20);
        Ok::<_, StoreError>(())
    });
    looked.unwrap();
}

#[test]
fn only_an_earlier_demonstration_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("demo.db");
    let first = demo(&path, false, Format::Json).unwrap();
    let json: serde_json::Value = serde_json::from_str(&first).unwrap();
    assert_eq!(json["data"]["advocates"], 45);
    let again = demo(&path, false, Format::Json).unwrap_err();
    assert!(matches!(again.downcast_ref(), Some(StoreError::Exists(_))));
    assert_eq!(demo(&path, true, Format::Json).unwrap(), first);

    let text = folder.path().join("notes.txt");
    std::fs::write(
        &text,
        "mine, and longer than the header of a database: do not touch",
    )
    .unwrap();
    let refused = demo(&text, true, Format::Json).unwrap_err();
    assert!(matches!(
        refused.downcast_ref(),
        Some(StoreError::NotOurs(_))
    ));
    assert!(std::fs::read_to_string(&text).unwrap().starts_with("mine"));

    let real = folder.path().join("real.db");
    drop(Store::create(&real, Duration::from_secs(1)).unwrap());
    let refused = demo(&real, true, Format::Json).unwrap_err();
    assert!(
        refused.to_string().contains("no demonstration program"),
        "{refused}"
    );
    assert!(Store::open_read(&real).is_ok());
}
