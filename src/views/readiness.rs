//! When somebody can be asked again, and what to type instead of an ask that is refused.

use chrono::NaiveDate;

use crate::domain::ask::AskKind;
use crate::domain::caps::PerEffort;
use crate::domain::refusal::Refusal;
use crate::domain::stage::Stage;
use crate::output::{Cell, CommandLine, Entry, Record, Sentence, Shown};

/// From which day on each effort has room, seen from `today`.
pub(crate) fn free_from(free: PerEffort<Option<NaiveDate>>, today: NaiveDate) -> Record {
    let each = [
        ("low", free.low),
        ("medium", free.medium),
        ("high", free.high),
    ];
    let words = |on: Option<NaiveDate>| match on {
        Some(on) if on <= today => Cell::text("now"),
        on => on.into(),
    };
    each.into_iter()
        .fold(Record::new(), |record, (effort, on)| {
            let reading = Entry::new("", effort, words(on)).only(Shown::ToPeople);
            record.data(effort, on).entry(reading)
        })
}

/// What to type instead of an ask that is refused; `another` finds somebody else.
pub(crate) fn instead_of_ask(
    refusals: &[Refusal],
    ask: AskKind,
    email: &str,
    another: CommandLine,
) -> Sentence {
    let register = || {
        CommandLine::of("register")
            .value(email)
            .option("--will", ask)
    };
    match refusals.first() {
        Some(Refusal::Stage { stage, .. }) => match stage {
            Some(Stage::Paused) => {
                Sentence::from("once they are back: ").then(CommandLine::of("resume").value(email))
            }
            Some(Stage::Declined) => {
                Sentence::from("a no is accepted; choose somebody else: ").then(another)
            }
            _ => Sentence::from("confirm first: ").then(register()),
        },
        Some(Refusal::Willingness {
            said_no_on: None, ..
        }) => Sentence::from("ask them first, then: ").then(register()),
        Some(Refusal::Freshness { .. }) => {
            let verify = CommandLine::of("verify").value(email);
            Sentence::from("if they say that they are willing still: ")
                .then(verify.then("--still-willing"))
        }
        Some(Refusal::Unanswered { .. }) => {
            let touch = CommandLine::of("touch").value(email);
            Sentence::from("once they were heard again: ")
                .then(touch.then("--kind check-in --answered"))
        }
        Some(Refusal::Moved { .. }) => {
            let verify = CommandLine::of("verify").value(email);
            Sentence::from("once somebody looked where they are now: ").then(verify)
        }
        _ => instead_of_hold(refusals, email, another),
    }
}

/// What to type instead of a hold that is refused: where another hold is in the way, what to do about that one.
pub(crate) fn instead_of_hold(refusals: &[Refusal], email: &str, another: CommandLine) -> Sentence {
    let first = refusals.first();
    match first.and_then(|first| Some((first, first.hold()?.request))) {
        Some((Refusal::AccountCap { .. }, request)) => {
            Sentence::from("who is held: ").then(CommandLine::of("request show").value(request))
        }
        Some((_, request)) => Sentence::from("if this comes first: ").then(
            CommandLine::of("release")
                .value(email)
                .option("--request", request),
        ),
        None => Sentence::from("choose somebody else: ").then(another),
    }
}
