//! What needs a decision, in words: what to do, why, with the figures that show it, who could own it, and the command to
//! begin with.

use crate::domain::decisions::{ALL_INDUSTRIES, Case, Concern, Decision, Gap, people_missing};
use crate::domain::fill::FILL_TARGET;
use crate::domain::rate::Rate;
use crate::output::{Advice, CommandLine, count, count_of};

/// How many cases of one concern are named.
const NAMED: usize = 3;

/// A decision in words.
pub(super) fn advice(decision: &Decision) -> Advice {
    match &decision.concern {
        Concern::Sourcing(industries) => sourcing(industries),
        Concern::Caps {
            over,
            overridden,
            taps,
        } => caps(*over, *overridden, *taps),
        Concern::Overdrawn(who) => cases(
            "Give something back",
            format!("{} gave more than they got", count(who.len(), "advocate")),
            who,
        ),
        Concern::ScoreDrops(who) => cases(
            "Talk to the advocates who are less content than before",
            format!(
                "the score of {} fell into a lower group",
                count(who.len(), "advocate")
            ),
            who,
        ),
        Concern::Coverage(gaps) => coverage(gaps),
        Concern::Stale(stale) => Advice::new(
            "Verify the profiles that nobody has checked for long",
            vec![format!("{} profiles are stale", share(stale))],
            CommandLine::of("list --not-verified-for 6"),
        ),
    }
}

fn sourcing(industries: &[(String, Rate)]) -> Advice {
    let target = format!("the target is {FILL_TARGET} %");
    match industries {
        [(name, rate)] if name == ALL_INDUSTRIES => Advice::new(
            "Confirm more advocates where requests wait",
            vec![format!(
                "of all requests {} were filled, and {target}; no industry alone has five, too few to say where",
                share(rate)
            )],
            CommandLine::of("candidates"),
        ),
        industries => {
            let worst = industries.first().map_or("", |(name, _)| name.as_str());
            let places = industries.iter();
            let places = places.map(|(name, rate)| format!("{name} {}", share(rate)));
            Advice::new(
                format!("Confirm more advocates in {worst}"),
                vec![format!("filled were {}, and {target}", named(places, ", "))],
                CommandLine::of("candidates").option("--industry", worst),
            )
        }
    }
}

fn caps(over: u64, overridden: u64, taps: u64) -> Advice {
    let title = match over {
        0 => "Decide whether the rules are right or the habit is wrong",
        _ => "Keep the promise not to over-ask",
    };
    let overridden = count_of(
        overridden,
        "refusal was overridden",
        "refusals were overridden",
    );
    let evidence = match over {
        0 => format!("{overridden}, of {}", count(taps, "ask")),
        _ => format!(
            "{} over a cap and {overridden}, of {}",
            count_of(over, "ask was", "asks were"),
            count(taps, "ask")
        ),
    };
    Advice::new(title, vec![evidence], CommandLine::of("taps"))
}

fn coverage(gaps: &[Gap]) -> Advice {
    let missing = count_of(people_missing(gaps), "more advocate", "more advocates");
    let fact = |gap: &Gap| {
        let candidates = count(gap.candidates, "candidate");
        format!(
            "{} ({} of {}, {candidates})",
            gap.what, gap.available, gap.target
        )
    };
    let places = count_of(gaps.len(), "place has", "places have");
    Advice::new(
        format!("Confirm {missing} where they are asked for"),
        vec![
            format!(
                "{places} fewer than are wanted, and one person can close several of an industry"
            ),
            format!("the widest are {}", named(gaps.iter().map(fact), ", ")),
        ],
        CommandLine::of("report coverage"),
    )
}

/// The people whom a concern is about, who looks after them, and a look at the first of them.
fn cases(title: &str, why: String, who: &[Case]) -> Advice {
    let first = who.first();
    let more = who.len().saturating_sub(NAMED);
    let owner = first.and_then(|case| case.owner.as_deref());
    Advice {
        title: title.to_owned(),
        evidence: vec![match more {
            0 => why,
            more => format!("{why}; {NAMED} of them here, {more} more"),
        }],
        people: who.iter().take(NAMED).cloned().collect(),
        owner: match owner {
            Some(owner) => format!("{owner}, who looks after the first"),
            None => "whoever looks after them".to_owned(),
        },
        next: first.map(|case| CommandLine::of("show").value(&case.who)),
    }
}

/// The first few, and how many more there are.
fn named(facts: impl ExactSizeIterator<Item = String>, between: &str) -> String {
    let more = facts.len().saturating_sub(NAMED);
    let named: Vec<String> = facts.take(NAMED).collect();
    let named = named.join(between);
    match more {
        0 => named,
        more => format!("{named}{between}and {more} more"),
    }
}

/// A rate with what it is computed from.
fn share(rate: &Rate) -> String {
    format!("{} of {}", rate.numerator, rate.denominator)
}
