//! `outcome`: what became of an ask, with only the moves that make sense.

mod settling;

use clap::Args;
use settling::settle;

use crate::domain::appointment::{Appointment, TypedAppointment, clock};
use crate::domain::ask::AskKind;
use crate::domain::calendar::Timestamp;
use crate::domain::correction::Fact;
use crate::domain::named::Named;
use crate::domain::present::Present;
use crate::domain::request::Event;
use crate::domain::tap::{Outcome, Rating};
use crate::domain::typed_day::TypedDay;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence, count};
use crate::resolve;
use crate::resolve::arguments::{day, tap_number, word, words};
use crate::session::{Done, Session};
use crate::store::{LastOutcome, NewOutcome, NewReferral, TapRow, Tx, Writing};
use crate::views::gives::giving;

/// Arguments of `outcome`.
#[derive(Debug, Args)]
pub struct OutcomeArgs {
    /// The tap's number, as `taps` lists it
    #[arg(value_name = "TAP", value_parser = tap_number)]
    pub tap: i64,
    /// accepted, declined, completed, no-reply, no-show or withdrawn; with --correct also pending
    #[arg(value_parser = word::<Outcome>(), hide_possible_values = true, value_name = "OUTCOME")]
    pub outcome: Outcome,
    /// The day it happened [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<TypedDay>,
    /// For a completed referral: the company they introduced
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub introduced: Option<String>,
    /// That company's domain
    #[arg(long, value_name = "DOMAIN", value_parser = words, requires = "introduced")]
    pub introduced_domain: Option<String>,
    /// The deal that came of the introduction: its id or CRM id
    #[arg(long, value_name = "DEAL", value_parser = words, requires = "introduced")]
    pub deal: Option<String>,
    /// For an accepted ask: the day that was agreed upon, perhaps with its time: "2026-12-15 15:00"
    #[arg(long, value_name = "WHEN")]
    pub scheduled: Option<TypedAppointment>,
    /// How they liked it, 1 to 5
    #[arg(long, value_name = "1-5")]
    pub rating: Option<Rating>,
    /// How the prospect liked it, 1 to 5
    #[arg(long, value_name = "1-5")]
    pub prospect_rating: Option<Rating>,
    /// Words to keep beside it
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// What the prospect said of it
    #[arg(long, value_name = "TEXT")]
    pub prospect_note: Option<String>,
    /// What was said last was wrong: say this in its place, on its day
    #[arg(long)]
    pub correct: bool,
    /// Why it is corrected
    #[arg(long, value_name = "TEXT", value_parser = words, requires = "correct")]
    pub reason: Option<String>,
}

pub(super) fn run(args: &OutcomeArgs, session: &mut Session<'_>) -> Result<Done> {
    let is_a_no = args.outcome == Outcome::Declined;
    session.record_word("outcome/1", is_a_no, |writing, present| {
        let tap = resolve::tap(writing, args.tap)?;
        if args.scheduled.is_some() && args.outcome != Outcome::Accepted {
            let message = "--scheduled is the day of an ask that was accepted";
            return Err(Failure::usage(message));
        }
        if args.correct {
            return correct(writing, present, &tap, args);
        }
        let new = following(present, &tap, args, None)?;
        writing.add_outcome(tap.person, &new)?;
        introduce(writing, present, args, &tap)?;
        let follows = settle(writing, &tap, &new)?;
        // Whoever is still held for it is free again.
        if let Some((request, Event::Filled)) = follows {
            writing.release_holds_for(request)?;
        }
        let record = Record::new()
            .with("tap_id", "Tap", tap.id)
            .with("email", "Person", &tap.email)
            .with("ask", "Ask", tap.kind)
            .with("outcome", "Outcome", args.outcome)
            .with("was", "Before", tap.outcome)
            .with("rating", "Rating", new.rating.map(Rating::get))
            .with_any(
                "prospect_rating",
                "The prospect's",
                new.prospect_rating.map(Rating::get),
            )
            .with_any("scheduled_on", "Agreed for", new.scheduled_on)
            .with_any("scheduled_time", "At", new.scheduled_time.map(clock));
        let record = match follows {
            None => record,
            Some((request, Event::Filled)) => {
                record.with("request_filled", "Filled", format!("request {request}"))
            }
            Some((request, _)) => {
                let fill = CommandLine::of("request fill").value(request);
                record
                    .with(
                        "request_reopened",
                        "Open again",
                        format!("request {request}"),
                    )
                    .say(Sentence::from("Somebody else: ").then(fill))
            }
        };
        let record = record.say_all(next(&tap, args.outcome, present));
        let invitation = new.scheduled_on.map(|_| {
            let invitation = CommandLine::of("taps ics").value(tap.id);
            Sentence::from("For the calendars of both sides: ").then(invitation)
        });
        let record = record.say_all(invitation);
        Ok(record.say_all(give_back(writing, present, &tap, args.outcome)?))
    })
}

/// Puts right what was said last. The same is said otherwise where it stands; else it is taken back with all that followed
/// from it, and what was right is said in its moment.
fn correct(
    writing: &Writing<'_>,
    present: &Present,
    was: &TapRow,
    args: &OutcomeArgs,
) -> Result<Record> {
    let Some(last) = writing.last_outcome(was.id)? else {
        let first = CommandLine::of("outcome").value(was.id).value(args.outcome);
        return Err(refused(was, "no outcome was recorded yet", first));
    };
    let at = present.moved_to(was.outcome_at, args.on)?;
    match args.outcome == was.outcome {
        true => say_otherwise(writing, present, was, (&last, at), args)?,
        false => say_instead(writing, present, was, (&last, at), args)?,
    }
    let (person, reason) = (Some(was.person), args.reason.as_deref());
    match args.outcome {
        Outcome::Pending => writing.note_removed(Fact::Outcome, was.id.0, person, reason)?,
        _ => writing.note_changed(Fact::Outcome, was.id.0, person, reason)?,
    }
    let now = resolve::tap(writing, args.tap)?;
    let mut status = None;
    if let Some(request) = was.request {
        writing.settle_again(request)?;
        status = writing.request(request)?.map(|row| row.status());
    }
    Ok(Record::new()
        .with("tap_id", "Tap", now.id)
        .with("email", "Person", &now.email)
        .with("ask", "Ask", now.kind)
        .with("outcome", "Outcome", now.outcome)
        .with("outcome_on", "On", present.day(now.outcome_at))
        .with("was", "Before", was.outcome)
        .with("rating", "Rating", now.rating)
        .with_any("prospect_rating", "The prospect's", now.prospect_rating)
        .with_any("request_status", "Its request", status))
}

fn refused(tap: &TapRow, message: impl std::fmt::Display, hint: impl Into<Sentence>) -> Failure {
    Failure::step(format!("tap {}", tap.id), message, "outcome", hint)
}

/// Another day, rating, note or introduction of the same outcome.
fn say_otherwise(
    writing: &Writing<'_>,
    present: &Present,
    was: &TapRow,
    (last, at): (&LastOutcome, Timestamp),
    args: &OutcomeArgs,
) -> Result<()> {
    let before = writing.outcomes_of(was.id)?.into_iter().rev().nth(1);
    if at < before.map_or(was.at, |(_, at)| at) {
        let message = format!("tap {} was not {} before that", was.id, was.outcome);
        return Err(Failure::usage(message));
    }
    let kept = |rating: Option<u8>| rating.and_then(Rating::new);
    let (rating, prospect_rating) = (kept(was.rating), kept(was.prospect_rating));
    let (note, from_prospect) = (was.outcome_note.as_deref(), was.prospect_note.as_deref());
    let appointment = appointment(present, args)?.or(last.appointment);
    let new = NewOutcome {
        tap: was.id,
        outcome: was.outcome,
        rating: args.rating.or(rating),
        prospect_rating: args.prospect_rating.or(prospect_rating),
        note: args.note.as_deref().or(note),
        prospect_note: args.prospect_note.as_deref().or(from_prospect),
        scheduled_on: appointment.map(|one| one.on),
        scheduled_time: appointment.and_then(|one| one.time),
        at,
        said_at: None,
    };
    let is_same = at == was.outcome_at
        && (new.rating, new.prospect_rating) == (rating, prospect_rating)
        && (new.note, new.prospect_note) == (note, from_prospect)
        && appointment == last.appointment;
    if is_same && args.introduced.is_none() {
        let what = format!("what became of tap {}", was.id);
        return Err(Failure::nothing_to_change("outcome", what));
    }
    if !is_same {
        writing.correct_outcome(was.person, last, &new)?;
    }
    introduce(writing, present, args, was)
}

/// Another outcome, or none.
fn say_instead(
    writing: &Writing<'_>,
    present: &Present,
    was: &TapRow,
    (last, at): (&LastOutcome, Timestamp),
    args: &OutcomeArgs,
) -> Result<()> {
    let later = writing.built_on_outcome(was.id, last)?;
    if let Some(first) = later.first() {
        let history = CommandLine::of("history").option("--op", first);
        let hint = Sentence::from("see ")
            .then(history)
            .then(", and take that back first");
        let message = format!("operation {first} builds on what was said last");
        return Err(Failure::step(
            format!("tap {}", was.id),
            message,
            "built-on",
            hint,
        ));
    }
    writing.remove_outcome(was.person, was.id, last)?;
    let tap = resolve::tap(writing, args.tap)?;
    // What was said before it holds again.
    if tap.outcome == args.outcome {
        return Ok(());
    }
    if args.outcome == Outcome::Pending {
        let outcome = CommandLine::of("outcome").value(tap.id).value(tap.outcome);
        let hint = Sentence::from("to go back to that: ").then(outcome.then("--correct"));
        return Err(refused(was, format!("it was {} before", tap.outcome), hint));
    }
    writing.add_outcome(tap.person, &following(present, &tap, args, Some(at))?)?;
    introduce(writing, present, args, &tap)
}

/// What was agreed upon, where it was typed.
fn appointment(present: &Present, args: &OutcomeArgs) -> Result<Option<Appointment>> {
    let typed = args.scheduled.map(|typed| Appointment::of(typed, present));
    Ok(typed.transpose()?)
}

/// What to type next.
fn next(tap: &TapRow, outcome: Outcome, present: &Present) -> Vec<Sentence> {
    match outcome {
        // It was said when the ask was completed.
        Outcome::Completed if tap.outcome == Outcome::Completed => Vec::new(),
        Outcome::Completed => {
            let days = count(present.policy.care.thanks_days, "day");
            let thanks = CommandLine::of("touch")
                .value(&tap.email)
                .then("--kind thank-you")
                .option("--tap", tap.id);
            vec![
                format!("A thank-you is due within {days}. Then:").into(),
                Sentence::from("  ").then(thanks),
            ]
        }
        Outcome::Accepted => {
            let completed = CommandLine::of("outcome")
                .value(tap.id)
                .then("completed --rating 5");
            vec![Sentence::from("When it is done: ").then(completed)]
        }
        _ => Vec::new(),
    }
}

/// What to give for a completed ask to somebody who said what they value.
fn give_back(
    tx: &Tx<'_>,
    present: &Present,
    tap: &TapRow,
    outcome: Outcome,
) -> Result<Option<Sentence>> {
    if outcome != Outcome::Completed || tap.outcome == Outcome::Completed {
        return Ok(None);
    }
    let receiver = tx.receiver(tap.person, present)?;
    let fitting = receiver.fitting(&present.policy, present.today);
    Ok(fitting.map(|fitting| {
        let values = format!("{} values {}. What fits: ", tap.shown_name(), fitting.value);
        Sentence::from(values).then(giving(&tap.email, &fitting, Some(tap.id)))
    }))
}

/// The outcome that was typed, where it can follow the one on record.
fn following<'a>(
    present: &Present,
    tap: &'a TapRow,
    args: &'a OutcomeArgs,
    said_at: Option<Timestamp>,
) -> Result<NewOutcome<'a>> {
    let id = tap.id;
    // A yes is said again to agree upon another day.
    let rescheduled = tap.outcome == args.outcome && args.scheduled.is_some();
    let step = match rescheduled {
        true => Ok(tap.outcome),
        false => tap.outcome.step(args.outcome),
    };
    let outcome = step.map_err(|message| {
        Failure::step(
            format!("tap {id}"),
            message,
            "outcome",
            CommandLine::of("taps").value(&tap.email),
        )
    })?;
    // What is said again takes nothing back: the day, the rating and the note stay where no other is given.
    let again = tap.outcome == outcome;
    let at = match (said_at, args.on) {
        (Some(at), _) => at,
        (None, None) if again && !rescheduled => tap.outcome_at,
        (None, on) => present.instant_on(on)?,
    };
    let at = present.replacing(at, tap.outcome_at).map_err(|since| {
        Failure::replaces_later(since, format!("tap {id} is {} since {since}", tap.outcome))
    })?;
    let kept = |rating: Option<u8>| rating.and_then(Rating::new).filter(|_| again);
    let noted = tap.outcome_note.as_deref().filter(|_| again);
    let from_prospect = tap.prospect_note.as_deref().filter(|_| again);
    let appointment = appointment(present, args)?;
    Ok(NewOutcome {
        tap: id,
        outcome,
        rating: args.rating.or_else(|| kept(tap.rating)),
        prospect_rating: args.prospect_rating.or_else(|| kept(tap.prospect_rating)),
        note: args.note.as_deref().or(noted),
        prospect_note: args.prospect_note.as_deref().or(from_prospect),
        scheduled_on: appointment.map(|one| one.on),
        scheduled_time: appointment.and_then(|one| one.time),
        at,
        said_at: (again && args.on.is_none()).then_some(present.now),
    })
}

/// Records whom a completed referral introduced.
fn introduce(
    writing: &Writing<'_>,
    present: &Present,
    args: &OutcomeArgs,
    tap: &TapRow,
) -> Result<()> {
    let Some(introduced) = &args.introduced else {
        return Ok(());
    };
    if tap.kind != AskKind::Referral || args.outcome != Outcome::Completed {
        return Err(Failure::usage(
            "--introduced belongs to a completed referral",
        ));
    }
    let deal = args.deal.as_ref().map(|deal| resolve::deal(writing, deal));
    let at = present.instant_on(args.on)?;
    let domain = args.introduced_domain.as_deref().map(str::to_lowercase);
    let referral = NewReferral {
        tap: tap.id,
        introduced,
        domain: domain.as_deref(),
        deal: deal.transpose()?.map(|deal| deal.id),
        at,
    };
    Ok(writing.add_referral(&referral)?)
}
