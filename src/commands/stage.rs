//! `invite`, `decline`, `do-not-contact`, `pause`, `resume`, `retire`, `verify`: decisions about where a person stands.

use chrono::NaiveDate;
use clap::Args;

use crate::domain::present::Present;
use crate::domain::stage::{Move, Stage};
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence};
use crate::resolve::arguments::{day, words};
use crate::resolve::{self, instant};
use crate::session::{Done, Session};
use crate::store::{NewStage, PersonRow, Writing};

/// Arguments of a command that takes nothing but a person.
#[derive(Debug, Args)]
pub struct WhoArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO", value_parser = words)]
    pub who: String,
}

/// Arguments of a decision that may have a reason.
#[derive(Debug, Args)]
pub struct ReasonArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO", value_parser = words)]
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
    #[arg(value_name = "WHO", value_parser = words)]
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
    let decision = Decision {
        until: args.until,
        ..Decision::new(&args.decision, Move::Pause)
    };
    decide(&decision, session)
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
    let (person, stage, today) =
        session.write_word(decision.what.is_a_no(), |writing, present| {
            let person = resolve::person(writing, decision.who)?;
            let stage = save(writing, present, decision, (&person, &actor))?;
            Ok((person, stage, present.today))
        })?;
    let record = Record::new()
        .with("email", "Person", &person.email)
        .with("stage", "Stage", stage)
        .with_any("until", "Until", decision.until)
        .with("was", "Before", person.standing.stage)
        .say_all((stage == Stage::Invited).then(|| answers(&person)));
    session.show("stage/1", today, record)?;
    Ok(Done::Fully)
}

fn save(
    writing: &Writing<'_>,
    present: &Present,
    decision: &Decision<'_>,
    (person, actor): (&PersonRow, &str),
) -> Result<Stage> {
    if let Some(until) = decision.until.filter(|until| *until <= present.today) {
        let message = format!("--until {until} is not in the future");
        return Err(Failure::usage(message));
    }
    let moved = decision.what.from(person.standing.stage);
    let stage = moved.map_err(|message| Failure::wrong_stage(person, message))?;
    writing.change_stage(&NewStage {
        person: person.id,
        stage,
        until: decision.until,
        reason: decision.reason,
        decided_by: Some(actor),
        at: match (decision.what.is_a_no(), decision.on) {
            (true, None) => instant::of_no(writing, present, person)?,
            _ => instant::of_stage(writing, present, person, decision.on)?,
        },
    })?;
    Ok(stage)
}

/// The two answers to an invitation.
fn answers(person: &PersonRow) -> Sentence {
    let register = CommandLine::of("register").value(&person.email);
    Sentence::from("When they answer: ")
        .then(register.then("--will KINDS"))
        .then(", or ")
        .then(CommandLine::of("decline").value(&person.email))
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
        .with("email", "Person", &person.email)
        .with("verified_on", "Verified", today)
        .with("was", "Before", before);
    session.show("verify/1", today, record)?;
    Ok(Done::Fully)
}
