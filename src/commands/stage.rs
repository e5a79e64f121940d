//! `invite`, `decline`, `do-not-contact`, `pause`, `resume`, `retire`, `verify`: decisions about where a person stands.

use clap::{Arg, Args};

use crate::domain::stage::{Move, Stage};
use crate::domain::typed_day::TypedDay;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence};
use crate::resolve::arguments::{coming_day, day, words};
use crate::resolve::several::each;
use crate::resolve::{self, instant};
use crate::session::{Done, Session};
use crate::store::{NewStage, NewVerification, PersonRow};

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Who: an e-mail address, an id, or part of a name; several, or - for one a line on standard input
    #[arg(value_name = "WHO", value_parser = words, required = true)]
    pub who: Vec<String>,
    /// They said that they are willing still: a confirmation, and so a positive moment
    #[arg(long)]
    pub still_willing: bool,
}

/// Arguments of a decision that may have a reason.
#[derive(Debug, Args)]
pub struct ReasonArgs {
    /// Who: an e-mail address, an id, or part of a name; several, or - for one a line on standard input
    #[arg(value_name = "WHO", value_parser = words, required = true)]
    pub who: Vec<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// The day it happened [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<TypedDay>,
}

/// Nobody retires without a word of why.
pub(super) fn why_they_leave(reason: Arg) -> Arg {
    let reason = reason.help("Why they leave").required(true);
    reason.value_parser(words)
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
    #[arg(long, value_name = "DATE", value_parser = coming_day)]
    pub until: Option<TypedDay>,
}

pub(super) fn do_not_contact(args: &SilenceArgs, session: &mut Session<'_>) -> Result<Done> {
    let what = if args.lift { Move::Lift } else { Move::Forbid };
    decide(what, &args.decision, session)
}

pub(super) fn pause(args: &PauseArgs, session: &mut Session<'_>) -> Result<Done> {
    decide_until(Move::Pause, &args.decision, args.until, session)
}

/// Records a decision about somebody.
pub(super) fn decide(what: Move, args: &ReasonArgs, session: &mut Session<'_>) -> Result<Done> {
    decide_until(what, args, None, session)
}

fn decide_until(
    what: Move,
    args: &ReasonArgs,
    until: Option<TypedDay>,
    session: &mut Session<'_>,
) -> Result<Done> {
    each(&args.who, session, |who, session| {
        decide_on(who, what, args, until, session)
    })
}

fn decide_on(
    who: &str,
    what: Move,
    args: &ReasonArgs,
    until: Option<TypedDay>,
    session: &mut Session<'_>,
) -> Result<Done> {
    session.record_word("stage/1", what.is_a_no(), |writing, present| {
        let person = resolve::person(writing, who)?;
        let until = present.typed_any(until)?;
        if let Some(until) = until.filter(|until| *until <= present.today) {
            let message = format!("--until {until} is not in the future");
            return Err(Failure::usage(message));
        }
        let moved = what.from(person.standing.stage);
        let stage = moved.map_err(|message| Failure::wrong_stage(&person, message))?;
        writing.change_stage(&NewStage {
            person: person.id,
            stage,
            until,
            reason: args.reason.as_deref(),
            decided_by: Some(writing.by(None)),
            at: match (what.is_a_no(), args.on) {
                (true, None) => instant::of_no(writing, present, &person)?,
                _ => instant::of_stage(writing, present, &person, args.on)?,
            },
        })?;
        Ok(Record::new()
            .with("email", "Person", &person.email)
            .with("stage", "Stage", stage)
            .with_any("until", "Until", until)
            .with("was", "Before", person.standing.stage)
            .say_all((stage == Stage::Invited).then(|| answers(&person))))
    })
}

/// The two answers to an invitation.
fn answers(person: &PersonRow) -> Sentence {
    let register = CommandLine::of("register").value(&person.email);
    Sentence::from("When they answer: ")
        .then(register.then("--will KINDS"))
        .then(", or ")
        .then(CommandLine::of("decline").value(&person.email))
}

pub(super) fn verify(args: &VerifyArgs, session: &mut Session<'_>) -> Result<Done> {
    each(&args.who, session, |who, session| {
        verify_one(who, args, session)
    })
}

fn verify_one(who: &str, args: &VerifyArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("verify/1", |writing, present| {
        let person = resolve::person(writing, who)?;
        let stage = person.standing.stage;
        if args.still_willing && !stage.is_some_and(Stage::is_advocate) {
            let register = CommandLine::of("register").value(&person.email);
            let refused = Failure::wrong_stage(&person, "willingness is not on record");
            let hint = Sentence::from("once they say yes: ").then(register.then("--will KINDS"));
            return Err(refused.hint(hint));
        }
        writing.verify(&NewVerification {
            person: person.id,
            by: writing.by(None),
            still_willing: args.still_willing,
            at: present.now,
        })?;
        Ok(Record::new()
            .with("email", "Person", &person.email)
            .with("verified_on", "Verified", present.today)
            .with(
                "was",
                "Before",
                person.verified_at.map(|at| present.day(at)),
            )
            .data("still_willing", args.still_willing))
    })
}
