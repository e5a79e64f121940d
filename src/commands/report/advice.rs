//! What needs a decision, in words: each concern with the figures that show it and the command to begin with.

use crate::domain::decisions::{self as domain, Concern, Decision, Gap};
use crate::domain::fill::FILL_TARGET;
use crate::domain::rate::Rate;
use crate::output::{Advice, Case, Cell, CommandLine, count, count_of};

/// How many cases of one concern are named.
const NAMED: usize = 5;

/// A decision in words.
pub(super) fn advice(decision: &Decision) -> Advice {
    match &decision.concern {
        Concern::Sourcing(industries) => sourcing(industries),
        Concern::Caps {
            over,
            overridden,
            taps,
        } => caps(*over, *overridden, *taps),
        Concern::Overdrawn(who) => Advice {
            title: format!("{} gave more than they got", count(who.len(), "advocate")),
            ..cases(who)
        },
        Concern::ScoreDrops(who) => Advice {
            title: format!(
                "{} less content than before",
                count_of(who.len(), "advocate is", "advocates are")
            ),
            ..cases(who)
        },
        Concern::Coverage(gaps) => coverage(gaps),
        Concern::Stale(stale) => Advice {
            title: "Many profiles have not been checked for long".to_owned(),
            evidence: vec![format!("Stale: {} of the advocates", share(stale))],
            people: Vec::new(),
            next: Some(CommandLine::of("list --not-verified-for 6")),
        },
    }
}

fn sourcing(industries: &[(String, Rate)]) -> Advice {
    let worst = industries.first().map_or("", |(name, _)| name.as_str());
    let title = match industries.len() {
        1 => format!("Requests in {worst} are filled too rarely: a sourcing problem"),
        many => format!("Requests in {many} industries are filled too rarely: a sourcing problem"),
    };
    let facts = industries
        .iter()
        .map(|(name, rate)| format!("{name}: filled {}", share(rate)));
    let mut evidence = named(facts);
    evidence.push(format!("The target is {FILL_TARGET} %"));
    Advice {
        title,
        evidence,
        people: Vec::new(),
        next: Some(CommandLine::of("candidates").option("--industry", worst)),
    }
}

fn caps(over: u64, overridden: u64, taps: u64) -> Advice {
    let title = match over {
        0 => "Refusals were overridden: are the rules right, or the habit wrong?",
        _ => "The promise not to over-ask was broken",
    };
    Advice {
        title: title.to_owned(),
        evidence: vec![format!(
            "{} over a cap and {}, of {}",
            count(over, "tap"),
            count_of(overridden, "refusal overridden", "refusals overridden"),
            count(taps, "tap")
        )],
        people: Vec::new(),
        next: Some(CommandLine::of("taps")),
    }
}

fn coverage(gaps: &[Gap]) -> Advice {
    let missing: u64 = gaps.iter().map(Gap::missing).sum();
    let fact = |gap: &Gap| {
        format!(
            "{}: {} of {}, {} could close it",
            gap.what,
            gap.available,
            gap.target,
            count(gap.candidates, "candidate")
        )
    };
    Advice {
        title: format!(
            "{} missing where they are asked for",
            count_of(missing, "advocate is", "advocates are")
        ),
        evidence: named(gaps.iter().map(fact)),
        people: Vec::new(),
        next: Some(CommandLine::of("report coverage")),
    }
}

/// The people whom a concern is about, and a look at the first of them.
fn cases(who: &[domain::Case]) -> Advice {
    let case = |case: &domain::Case| Case {
        who: case.who.clone(),
        what: case.what.clone(),
    };
    Advice {
        title: String::new(),
        evidence: match who.len().saturating_sub(NAMED) {
            0 => Vec::new(),
            more => vec![format!("The first {NAMED}; {more} more")],
        },
        people: who.iter().take(NAMED).map(case).collect(),
        next: who
            .first()
            .map(|case| CommandLine::of("show").value(&case.who)),
    }
}

/// The first few, and how many more there are.
fn named(facts: impl ExactSizeIterator<Item = String>) -> Vec<String> {
    let more = facts.len().saturating_sub(NAMED);
    let mut named: Vec<String> = facts.take(NAMED).collect();
    if more > 0 {
        named.push(format!("and {more} more"));
    }
    named
}

/// A rate as it is shown everywhere.
fn share(rate: &Rate) -> String {
    Cell::from(*rate).reading()
}
