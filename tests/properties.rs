//! Whatever is done in whatever order: no cap is broken but by an override, and what is kept equals what is derived.
//!
//! The commands run in this process, on a file, with a clock of their own.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that cannot go on fails"
)]

#[path = "properties/past.rs"]
mod past;
#[path = "properties/random_program.rs"]
mod random_program;
#[path = "properties/second_opinion.rs"]
mod second_opinion;
#[path = "properties/undo.rs"]
mod undo;

use std::path::Path;
use std::time::Duration;

use advocate::cli::Cli;
use advocate::clock::Clock;
use advocate::commands;
use advocate::domain::calendar::months_after;
use advocate::failure::{Failure, Result};
use advocate::output::{Cell, Format, Value as Shown};
use advocate::session::Session;
use advocate::store::Store;
use chrono::{Days, NaiveDate};
use clap::{CommandFactory as _, Parser};
use proptest::prelude::*;
use serde_json::Value;

const PEOPLE: [&str; 4] = [
    "ann@calm.example",
    "bob@calm.example",
    "cy@calm.example",
    "dee@else.example",
];
const KINDS: [&str; 4] = ["review", "logo", "reference", "speaking"];
const OUTCOMES: [&str; 6] = [
    "accepted",
    "declined",
    "completed",
    "no-reply",
    "no-show",
    "withdrawn",
];

/// One thing that somebody does.
#[derive(Debug, Clone)]
enum Deed {
    Tap {
        who: usize,
        kind: usize,
        days_ago: u64,
        overriding: bool,
    },
    Outcome {
        tap: usize,
        outcome: usize,
    },
    Pause {
        who: usize,
        days: u64,
    },
    Resume {
        who: usize,
    },
    Forbid {
        who: usize,
    },
    Wait {
        days: u64,
    },
}

fn deed() -> impl Strategy<Value = Deed> {
    let who = 0..PEOPLE.len();
    prop_oneof![
        6 => (who.clone(), 0..KINDS.len(), prop_oneof![2 => Just(0), 3 => 0_u64..120], prop::bool::weighted(0.15))
            .prop_map(|(who, kind, days_ago, overriding)| Deed::Tap { who, kind, days_ago, overriding }),
        4 => (0_usize..12, 0..OUTCOMES.len()).prop_map(|(tap, outcome)| Deed::Outcome { tap, outcome }),
        1 => (who.clone(), 1_u64..60).prop_map(|(who, days)| Deed::Pause { who, days }),
        1 => who.clone().prop_map(|who| Deed::Resume { who }),
        1 => prop::bool::weighted(0.3).prop_flat_map(move |really| match really {
            true => (0..PEOPLE.len()).prop_map(|who| Deed::Forbid { who }).boxed(),
            false => Just(Deed::Wait { days: 1 }).boxed(),
        }),
        3 => (1_u64..50).prop_map(|days| Deed::Wait { days }),
    ]
}

/// A program, and the day on which it is.
struct World {
    folder: tempfile::TempDir,
    today: NaiveDate,
}

impl World {
    fn new(caps: &[(&str, u32)]) -> Self {
        let world = Self {
            folder: tempfile::tempdir().unwrap(),
            today: "2025-10-31".parse().unwrap(),
        };
        world.run("init --time-zone UTC").unwrap();
        for who in PEOPLE {
            world
                .run(&format!("register {who} --will {}", KINDS.join(",")))
                .unwrap();
        }
        for rule in [
            "freshness off",
            "proven off",
            "brake off",
            "decline-rest.months 0",
        ] {
            world.run(&format!("policy set {rule}")).unwrap();
        }
        for (cap, max) in caps {
            world
                .run(&format!("policy set cap.{cap}.max {max}"))
                .unwrap();
        }
        world
    }

    fn database(&self) -> std::path::PathBuf {
        self.folder.path().join("program.db")
    }

    fn run(&self, line: &str) -> Result<Value> {
        run(&self.database(), self.today, line)
    }

    /// Does it; a refusal by a rule is an answer, too.
    fn act(&mut self, deed: &Deed) {
        let line = match *deed {
            Deed::Wait { days } => {
                self.today = self.today + Days::new(days);
                return;
            }
            Deed::Tap {
                who,
                kind,
                days_ago,
                overriding,
            } => {
                let on = self.today - Days::new(days_ago);
                let reason = if overriding {
                    " --override because"
                } else {
                    ""
                };
                format!(
                    "tap {} --ask {} --on {on}{reason}",
                    PEOPLE[who], KINDS[kind]
                )
            }
            Deed::Outcome { tap, outcome } => format!("outcome {} {}", tap + 1, OUTCOMES[outcome]),
            Deed::Pause { who, days } => {
                format!(
                    "pause {} --until {}",
                    PEOPLE[who],
                    self.today + Days::new(days)
                )
            }
            Deed::Resume { who } => format!("resume {}", PEOPLE[who]),
            Deed::Forbid { who } => format!("do-not-contact {}", PEOPLE[who]),
        };
        if let Err(error) = self.run(&line) {
            // Said in words: a rule refuses, or nothing would change.
            assert!([2, 3].contains(&error.exit_code()), "{line}: {error}");
        }
    }
}

/// Runs a command line in this process at nine in the morning and gives the data of its answer.
fn run(database: &Path, today: NaiveDate, line: &str) -> Result<Value> {
    let answer = answer(database, &format!("{today}T09:00:00Z"), line)?;
    let whole: Value = serde_json::from_str(&answer)?;
    Ok(whole["data"].clone())
}

/// Runs a command line in this process at an instant and gives its answer as it is printed.
fn answer(database: &Path, now: &str, line: &str) -> Result<String> {
    let words = std::iter::once("advocate").chain(line.split(' '));
    let cli = Cli::try_parse_from(words).unwrap_or_else(|error| panic!("{line}: {error}"));
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let clock = Clock::fixed(now).unwrap();
    let mut session = Session {
        actor: "Mona".to_owned(),
        command: line.to_owned(),
        format: Format::Json,
        ..Session::off_terminal(
            clock,
            database.to_owned(),
            advocate::cli::Cli::command,
            (&mut out, &mut err),
        )
    };
    commands::run(cli.command, &mut session)?;
    Ok(String::from_utf8(out).unwrap())
}

/// Whether a cap is among the rules that refuse.
fn is_refused_by_a_cap(failure: Failure) -> bool {
    assert_eq!(failure.exit_code(), 3, "{failure}");
    let problem = failure.problem().unwrap();
    let (_, refusals) = problem
        .extra
        .iter()
        .find(|(key, _)| *key == "refusals")
        .unwrap();
    let caps = ["cap", "account-cap"];
    match refusals {
        Shown::Cell(Cell::List(names)) => names.iter().any(|name| caps.contains(&name.as_str())),
        other => panic!("{other:?}"),
    }
}

/// A tap as it is listed.
#[derive(Debug)]
struct Tap {
    email: String,
    account: String,
    effort: usize,
    on: NaiveDate,
    counts: bool,
    overridden: bool,
}

fn taps(world: &World) -> Vec<Tap> {
    let rows = world.run("taps").unwrap();
    let read = |row: &Value| {
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        Tap {
            email: text("email"),
            account: text("account"),
            effort: ["low", "medium", "high"]
                .iter()
                .position(|e| *e == text("effort"))
                .unwrap(),
            on: text("tapped_on").parse().unwrap(),
            counts: text("outcome") != "withdrawn",
            overridden: !row["overridden"].is_null(),
        }
    };
    rows.as_array().unwrap().iter().map(read).collect()
}

/// Whether more than `max` of the days lie in any window of so many months.
fn over(mut days: Vec<NaiveDate>, max: usize, months: u32) -> bool {
    days.sort();
    days.iter()
        .zip(days.iter().skip(max))
        .any(|(first, last)| *last < months_after(*first, months))
}

fn no_cap_is_broken(taps: &[Tap], caps: &[(&str, u32)]) {
    let max = |name: &str, default: usize| {
        let set = caps.iter().find(|(cap, _)| *cap == name);
        set.map_or(default, |(_, max)| *max as usize)
    };
    let kept = || taps.iter().filter(|tap| tap.counts && !tap.overridden);
    for who in PEOPLE {
        for (effort, (name, months)) in [("low", 1), ("medium", 2), ("high", 3)]
            .into_iter()
            .enumerate()
        {
            let days = kept().filter(|tap| tap.email == who && tap.effort >= effort);
            assert!(
                !over(days.map(|tap| tap.on).collect(), max(name, 1), months),
                "the cap of {name} is broken for {who}: {taps:#?}"
            );
        }
    }
    for account in ["calm.example", "else.example"] {
        let days = kept().filter(|tap| tap.account == account);
        assert!(
            !over(days.map(|tap| tap.on).collect(), max("account", 3), 3),
            "the cap of {account} is broken: {taps:#?}"
        );
    }
}

fn nothing_has_drifted(world: &World, taps: &[Tap]) {
    let store = Store::open_read(&world.database(), Duration::from_secs(5)).unwrap();
    let found = store.read(|tx| tx.discrepancies()).unwrap();
    assert!(found.is_empty(), "{found:?}");
    for who in PEOPLE {
        let newest = taps
            .iter()
            .filter(|tap| tap.email == who && tap.counts)
            .map(|tap| tap.on)
            .max();
        let shown = world.run(&format!("show {who}")).unwrap()["last_tapped_at"].clone();
        let shown = shown
            .as_str()
            .map(|at| at[..10].parse::<NaiveDate>().unwrap());
        assert_eq!(shown, newest, "{who}");
    }
}

/// On the day from which an ask passes no cap is in its way, and on the day before it is refused.
fn free_from_is_true(world: &mut World, who: &str) {
    let free = world.run(&format!("show {who}")).unwrap()["free_from"].clone();
    for (effort, kind) in [
        ("low", "review"),
        ("medium", "reference"),
        ("high", "speaking"),
    ] {
        let Some(day) = free[effort].as_str() else {
            continue;
        };
        let day: NaiveDate = day.parse().unwrap();
        let tapped = |on: NaiveDate| {
            let trial = tempfile::NamedTempFile::new().unwrap();
            std::fs::copy(world.database(), trial.path()).unwrap();
            run(trial.path(), on, &format!("tap {who} --ask {kind}"))
        };
        assert!(
            !tapped(day).is_err_and(is_refused_by_a_cap),
            "{who} is said to be free for {effort} from {day}"
        );
        if day > world.today {
            let eve = day.pred_opt().unwrap();
            assert!(
                tapped(eve).is_err(),
                "{who} is free for {effort} before {day}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 20,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(20_260_615),
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_order_of_deeds_breaks_a_cap(
        deeds in prop::collection::vec(deed(), 5..40),
        low in 1_u32..3,
        account in 2_u32..5,
    ) {
        let caps = [("low", low), ("account", account)];
        let mut world = World::new(&caps);
        let mut forbidden: Vec<(usize, usize)> = Vec::new();
        for deed in &deeds {
            world.act(deed);
            if let Deed::Forbid { who } = deed {
                let so_far = taps(&world).iter().filter(|tap| tap.email == PEOPLE[*who]).count();
                if !forbidden.iter().any(|(known, _)| known == who) {
                    forbidden.push((*who, so_far));
                }
            }
        }
        let all = taps(&world);
        no_cap_is_broken(&all, &caps);
        nothing_has_drifted(&world, &all);
        for (who, count) in forbidden {
            let now = all.iter().filter(|tap| tap.email == PEOPLE[who]).count();
            prop_assert_eq!(now, count, "{} was asked although do-not-contact", PEOPLE[who]);
        }
        free_from_is_true(&mut world, PEOPLE[0]);
    }
}

#[test]
fn the_check_of_this_test_sees_a_broken_cap() {
    let days = |days: &[&str]| {
        days.iter()
            .map(|day| day.parse().unwrap())
            .collect::<Vec<NaiveDate>>()
    };
    assert!(over(days(&["2026-01-31", "2026-02-27"]), 1, 1));
    assert!(!over(days(&["2026-01-31", "2026-02-28"]), 1, 1));
    assert!(over(
        days(&["2026-01-01", "2026-01-02", "2026-01-31"]),
        2,
        1
    ));
    assert!(!over(days(&["2026-01-01", "2026-01-02"]), 2, 1));
}
