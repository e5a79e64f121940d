//! `invite`, `decline`, `do-not-contact`, `pause`, `resume`, `retire`, `verify`: decisions about where a person stands.

use crate::resolve::arguments::day;
use crate::resolve::arguments::words;
use chrono::NaiveDate;
use clap::Args;

use crate::domain::calendar::Timestamp;
use crate::domain::present::Present;
use crate::domain::stage::{Move, Stage};
use crate::failure::{Failure, Result};
use crate::output::{Cell, Record};
use crate::resolve;
use crate::session::{Done, Session};
use crate::store::{NewStage, PersonRow, Tx};

/// Arguments of a command that takes nothing but a person.
#[derive(Debug, Args)]
pub struct WhoArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO")]
    pub who: String,
}

/// Arguments of a decision that may have a reason.
#[derive(Debug, Args)]
pub struct ReasonArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO")]
    pub who: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// The day it happened [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<NaiveDate>,
}

/// Arguments of `do-not-contact`.
#[derive(Debug, Args)]
pub struct SilenceArgs {
    /// Who, why and when.
    #[command(flatten)]
    pub decision: ReasonArgs,
    /// The person took it back themselves; needs a --reason
    #[arg(long, requires = "reason")]
    pub lift: bool,
}

/// Arguments of `pause`.
#[derive(Debug, Args)]
pub struct PauseArgs {
    /// Who, why and when.
    #[command(flatten)]
    pub decision: ReasonArgs,
    /// The day on which they are back [default: until resumed]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub until: Option<NaiveDate>,
}

/// Arguments of `retire`.
#[derive(Debug, Args)]
pub struct RetireArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO")]
    pub who: String,
    /// Why they leave
    #[arg(long, value_name = "TEXT", required = true, value_parser = words)]
    pub reason: String,
    /// The day it happened [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<NaiveDate>,
}

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

pub(super) fn invite(args: &ReasonArgs, session: &mut Session<'_>) -> Result<Done> {
    decide(&Decision::new(args, Move::Invite), session)
}

pub(super) fn decline(args: &ReasonArgs, session: &mut Session<'_>) -> Result<Done> {
    decide(&Decision::new(args, Move::Decline), session)
}

pub(super) fn do_not_contact(args: &SilenceArgs, session: &mut Session<'_>) -> Result<Done> {
    let what = if args.lift { Move::Lift } else { Move::Forbid };
    decide(&Decision::new(&args.decision, what), session)
}

pub(super) fn pause(args: &PauseArgs, session: &mut Session<'_>) -> Result<Done> {
    decide(
        &Decision {
            until: args.until,
            ..Decision::new(&args.decision, Move::Pause)
        },
        session,
    )
}

pub(super) fn resume(args: &ReasonArgs, session: &mut Session<'_>) -> Result<Done> {
    decide(&Decision::new(args, Move::Resume), session)
}

pub(super) fn retire(args: &RetireArgs, session: &mut Session<'_>) -> Result<Done> {
    let decision = Decision {
        who: &args.who,
        what: Move::Retire,
        reason: Some(&args.reason),
        until: None,
        on: args.on,
    };
    decide(&decision, session)
}

fn decide(decision: &Decision<'_>, session: &mut Session<'_>) -> Result<Done> {
    let actor = session.actor.clone();
    let (person, stage, today) = session.write(|writing, present| {
        let person = resolve::person(writing, decision.who)?;
        if let Some(until) = decision.until.filter(|until| *until <= present.today) {
            return Err(Failure::usage(format!(
                "--until {until} is not in the future"
            )));
        }
        let stage = decision
            .what
            .from(person.standing.stage)
            .map_err(|message| {
                Failure::step(
                    person.email.clone(),
                    message,
                    if person.standing.stage == Some(Stage::DoNotContact) {
                        "do-not-contact"
                    } else {
                        "stage"
                    },
                    format!("advocate show {}", person.email),
                )
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
    session.show("stage/1", today, record)?;
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
) -> Result<Timestamp> {
    let at = present.instant_on(on)?;
    match tx.stages_of(person.id)?.last() {
        None => Ok(at),
        Some(last) => present.replacing(at, last.at).map_err(|since| {
            Failure::replaces_later(
                since,
                format!("{} is {} since {since}", person.shown_name(), last.stage),
            )
        }),
    }
}

pub(super) fn verify(args: &WhoArgs, session: &mut Session<'_>) -> Result<Done> {
    let actor = session.actor.clone();
    let (person, before, today) = session.write(|writing, present| {
        let person = resolve::person(writing, &args.who)?;
        let before = person.verified_at.map(|at| present.day(at));
        writing.verify(person.id, &actor, present.now)?;
        Ok((person, before, present.today))
    })?;
    let record = Record::new()
        .with("email", "Person", person.email.as_str())
        .with("verified_on", "Verified", today)
        .with("was", "Before", Cell::opt(before));
    session.show("verify/1", today, record)?;
    Ok(Done::Fully)
}
