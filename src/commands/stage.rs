//! `invite`, `decline`, `do-not-contact`, `pause`, `resume`, `retire`, `verify`: decisions about where a person stands.

use chrono::NaiveDate;

use super::{Context, Done, Failure, Present, names};
use crate::cli::{PauseArgs, ReasonArgs, RetireArgs, SilenceArgs, WhoArgs};
use crate::domain::calendar::Timestamp;
use crate::domain::stage::{Move, Stage};
use crate::output::{Cell, Record};
use crate::store::{NewStage, PersonRow, Tx};

/// A decision as typed.
struct Decision<'a> {
    who: &'a str,
    what: Move,
    reason: Option<&'a str>,
    until: Option<NaiveDate>,
    on: Option<NaiveDate>,
}

impl<'a> Decision<'a> {
    fn new(args: &'a ReasonArgs, what: Move) -> Self {
        Self {
            who: &args.who,
            what,
            reason: args.reason.as_deref(),
            until: None,
            on: args.on,
        }
    }
}

pub(super) fn invite(args: &ReasonArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    decide(&Decision::new(args, Move::Invite), context)
}

pub(super) fn decline(args: &ReasonArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    decide(&Decision::new(args, Move::Decline), context)
}

pub(super) fn do_not_contact(
    args: &SilenceArgs,
    context: &mut Context<'_>,
) -> anyhow::Result<Done> {
    let what = if args.lift { Move::Lift } else { Move::Forbid };
    decide(&Decision::new(&args.decision, what), context)
}

pub(super) fn pause(args: &PauseArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    decide(
        &Decision {
            until: args.until,
            ..Decision::new(&args.decision, Move::Pause)
        },
        context,
    )
}

pub(super) fn resume(args: &ReasonArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    decide(&Decision::new(args, Move::Resume), context)
}

pub(super) fn retire(args: &RetireArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let decision = Decision {
        who: &args.who,
        what: Move::Retire,
        reason: Some(&args.reason),
        until: None,
        on: args.on,
    };
    decide(&decision, context)
}

fn decide(decision: &Decision<'_>, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let actor = context.actor.clone();
    let (person, stage, today) = context.write(|writing, present| {
        let person = names::person(writing, decision.who)?;
        if let Some(until) = decision.until.filter(|until| *until <= present.today) {
            return Err(Failure::usage(format!("--until {until} is not in the future")).into());
        }
        let stage = decision
            .what
            .from(person.standing.stage)
            .map_err(|message| Failure::Move {
                who: person.email.clone(),
                message,
                refusal: if person.standing.stage == Some(Stage::DoNotContact) {
                    "do-not-contact"
                } else {
                    "stage"
                },
                hint: format!("advocate show {}", person.email),
            })?;
        let at = dated(writing, present, &person, decision.on)?;
        writing.change_stage(&NewStage {
            person: person.id,
            stage,
            until: decision.until,
            reason: decision.reason,
            decided_by: Some(&actor),
            at,
        })?;
        Ok((person, stage, present.today))
    })?;
    let record = Record::new()
        .with("email", "Person", person.email.as_str())
        .with("stage", "Stage", stage.name());
    let record = match decision.until {
        Some(until) => record.with("until", "Until", until),
        None => record.data("until", Cell::Empty),
    };
    let record = record.with("was", "Before", person.standing.stage.map(Stage::name));
    let record = match stage {
        Stage::Invited => record.say(format!(
            "When they answer: advocate register {0} --will KINDS, or advocate decline {0}",
            person.email
        )),
        _ => record,
    };
    context.show("stage/1", today, record)?;
    Ok(Done::Fully)
}

/// The instant of a change of stage on `on`, which is to replace the stage that holds.
///
/// # Errors
/// A usage failure for a day in the future, or before the one since which the stage holds.
pub(super) fn dated(
    tx: &Tx<'_>,
    present: &Present,
    person: &PersonRow,
    on: Option<NaiveDate>,
) -> anyhow::Result<Timestamp> {
    let at = present.instant_on(on)?;
    match tx.stages_of(person.id)?.last() {
        None => Ok(at),
        Some(last) => present.replacing(at, last.at, |since| {
            format!("{} is {} since {since}", person.shown_name(), last.stage)
        }),
    }
}

pub(super) fn verify(args: &WhoArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let actor = context.actor.clone();
    let (person, before, today) = context.write(|writing, present| {
        let person = names::person(writing, &args.who)?;
        let before = person.verified_at.map(|at| present.day(at));
        writing.verify(person.id, &actor, present.now)?;
        Ok((person, before, present.today))
    })?;
    let record = Record::new()
        .with("email", "Person", person.email.as_str())
        .with("verified_on", "Verified", today)
        .with("was", "Before", Cell::opt(before));
    context.show("verify/1", today, record)?;
    Ok(Done::Fully)
}
