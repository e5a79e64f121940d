//! The past stays as it was: whatever is done later, an earlier day is answered in the same bytes.
//!
//! A random program is played day by day, with every command that writes. In the last second of each day the answers of
//! lists, reports, `match`, `next`, `agenda` and `show` are kept; at the end they are asked for again `--as-of` that day.
//! What is today's by design stands in [`OF_TODAY`] and in `docs/history.md`, and is left out here.
//!
//! `ADVOCATE_TRIALS` says how many programs are played, `ADVOCATE_SEED` which is the first.

use chrono::Days;

use crate::random_program::World;

/// What is as it is known today on every day asked about, and how the programs here keep clear of it.
const OF_TODAY: [(&str, &str); 6] = [
    (
        "addresses, and who is one person (`merge`)",
        "nobody is merged, and nobody gets another address",
    ),
    (
        "a description that was filled in for the first time",
        "whoever and whatever is new is described in full",
    ),
    ("products and use cases of an account", "none is added"),
    (
        "the account of somebody who had none",
        "everybody begins at one",
    ),
    (
        "a deal's name, prospect, owner and industry",
        "they are given once",
    ),
    (
        "a fact that is dated earlier than it was recorded (`--on`, imported history), and one that was taken back",
        "facts are of their day, and nothing is taken back",
    ),
];

/// Plays a program and asks again; the first answer that differs, with the program.
#[allow(
    clippy::print_stderr,
    reason = "whoever looks for a fault sees the program"
)]
fn play(seed: u64, days: usize) -> Result<usize, String> {
    let mut world = World::new(seed);
    let mut kept = Vec::new();
    for _ in 0..days {
        world.live();
        let questions = world.questions();
        let answers = world.ask(&questions);
        kept.push((world.today, questions, answers));
        world.today = world.today + Days::new(1 + world.dice.roll(24) as u64);
    }
    let (mut same, mut different) = (0, Vec::new());
    for (day, questions, then) in kept {
        for (question, then) in questions.iter().zip(then) {
            let now = world.at("09:00:00", &format!("{question} --as-of {day}"));
            // What was unknown or ambiguous then may be told so in the words of today.
            if then.is_err() && now.is_err() {
                continue;
            }
            if now != then {
                let (then, now) = (shown(&then), shown(&now));
                let difference = difference(&then, &now);
                different.push(format!("{question} --as-of {day}\n{difference}"));
            } else {
                same += 1;
            }
        }
    }
    match different.first() {
        None => Ok(same),
        Some(first) => Err(format!(
            "seed {seed}: {} answers differ\n{}\n{first}\n\n{}",
            different.len(),
            different
                .iter()
                .filter_map(|one| one.lines().next())
                .collect::<Vec<_>>()
                .join("\n"),
            world.log
        )),
    }
}

fn shown(answer: &Result<String, (u8, String)>) -> String {
    match answer {
        Ok(text) => text.clone(),
        Err((code, said)) => format!("{code}: {said}"),
    }
}

/// The first lines that differ, with a few before them.
fn difference(then: &str, now: &str) -> String {
    let lines = then.lines().zip(now.lines());
    let first = lines.take_while(|(then, now)| then == now).count();
    let some = |text: &str| {
        let lines = text.lines().skip(first.saturating_sub(12)).take(24);
        lines.collect::<Vec<_>>().join("\n")
    };
    format!("then:\n{}\nnow:\n{}", some(then), some(now))
}

#[allow(
    clippy::disallowed_methods,
    reason = "a long test is told how long it may be"
)]
pub(crate) fn told(name: &str, without: u64) -> u64 {
    let told = std::env::var(name).ok();
    told.and_then(|told| told.parse().ok()).unwrap_or(without)
}

#[test]
fn every_earlier_day_is_answered_as_it_was() {
    const DAYS: usize = 12;
    let (first, trials) = (told("ADVOCATE_SEED", 1), told("ADVOCATE_TRIALS", 3));
    let mut different = Vec::new();
    for seed in first..first + trials {
        match play(seed, DAYS) {
            Ok(same) => assert!(same > 100, "seed {seed} asked next to nothing"),
            Err(story) => different.push(story),
        }
    }
    assert!(
        different.is_empty(),
        "{} of {trials} programs differ; the first:\n{}",
        different.len(),
        different[0]
    );
}

#[test]
fn what_is_of_today_stands_in_the_docs() {
    let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/history.md");
    let page = std::fs::read_to_string(page).unwrap();
    for (what, _) in OF_TODAY {
        assert!(page.contains(&format!("| {what} |")), "{what}");
    }
}
