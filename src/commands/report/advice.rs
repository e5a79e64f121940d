//! What needs a decision, in words: each concern with the figures that show it and the command to begin with.

use crate::domain::decisions::{Concern, Decision};
use crate::domain::fill::FILL_TARGET;
use crate::domain::rate::Rate;
use crate::output::{Advice, count, count_of};

/// How many cases of one concern are named.
const NAMED: usize = 5;

/// A decision in words.
pub(super) fn advice(decision: &Decision) -> Advice {
    let (title, evidence, people, next) = match &decision.concern {
        Concern::Sourcing(industries) => sourcing(industries),
        Concern::Caps {
            over,
            overridden,
            taps,
        } => (
            "The promise not to over-ask was broken".to_owned(),
            vec![format!(
                "{} over a cap and {}, of {}",
                count(*over, "tap"),
                count_of(*overridden, "refusal overridden", "refusals overridden"),
                count(*taps, "tap")
            )],
            Vec::new(),
            "advocate taps".to_owned(),
        ),
        Concern::Overdrawn(who) => (
            format!("{} gave more than they got", count_of(who.len(), "advocate", "advocates")),
            Vec::new(),
            named(who),
            "advocate report reciprocity --rows".to_owned(),
        ),
        Concern::ScoreDrops(who) => (
            format!(
                "{} less content than before",
                count_of(who.len(), "advocate is", "advocates are")
            ),
            vec!["Their score fell from promoter or passive into a lower group".to_owned()],
            named(who),
            "advocate list --stage active".to_owned(),
        ),
        Concern::Coverage(gaps) => (
            format!(
                "{} missing where they are asked for",
                count_of(
                    gaps.iter().map(|gap| gap.missing() as usize).sum::<usize>(),
                    "advocate is",
                    "advocates are"
                )
            ),
            gaps.iter()
                .take(NAMED)
                .map(|gap| {
                    format!(
                        "{}: {} of {}, {} could close it",
                        gap.what,
                        gap.available,
                        gap.target,
                        count(gap.candidates as usize, "candidate")
                    )
                })
                .collect(),
            Vec::new(),
            "advocate report coverage".to_owned(),
        ),
        Concern::Stale(stale) => (
            "Many profiles have not been checked for long".to_owned(),
            vec![format!("{} of all advocates", share(stale))],
            Vec::new(),
            "advocate list --not-verified-for 6".to_owned(),
        ),
    };
    Advice {
        title,
        evidence,
        people,
        next,
    }
}

type Words = (String, Vec<String>, Vec<String>, String);

fn sourcing(industries: &[(String, Rate)]) -> Words {
    let worst = industries.first().map_or("", |(name, _)| name.as_str());
    let title = match industries.len() {
        1 => format!("Requests in {worst} are filled too rarely: a sourcing problem"),
        many => format!("Requests in {many} industries are filled too rarely: a sourcing problem"),
    };
    let mut evidence: Vec<String> = industries
        .iter()
        .take(NAMED)
        .map(|(name, rate)| format!("{name}: {} filled", share(rate)))
        .collect();
    if industries.len() > NAMED {
        evidence.push(format!("and {} more", industries.len() - NAMED));
    }
    evidence.push(format!("The target is {FILL_TARGET} %"));
    let next = format!("advocate candidates --industry {worst}");
    (title, evidence, Vec::new(), next)
}

fn named(who: &[String]) -> Vec<String> {
    who.iter().take(NAMED).cloned().collect()
}

/// A rate as it is shown everywhere.
fn share(rate: &Rate) -> String {
    super::rate(*rate).reading()
}
