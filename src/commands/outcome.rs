//! `outcome`: what became of an ask, with only the moves that make sense.

use crate::domain::ask::AskKind;
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{RequestId, TapId};
use crate::domain::present::Present;
use crate::domain::request::{self, Event, Status};
use crate::domain::tap::{Outcome, Rating};
use crate::failure::{Failure, Result};
use crate::output::{Cell, Record, count};
use crate::resolve::arguments::day;
use crate::resolve::arguments::tap_number;
use crate::session::{Done, Session};
use crate::store::{NewOutcome, NewReferral, TapFilter, TapRow, Writing};
use chrono::NaiveDate;
use clap::Args;

/// Arguments of `outcome`.
#[derive(Debug, Args)]
pub struct OutcomeArgs {
    /// The tap's number, as `taps` lists it
    #[arg(value_name = "TAP", value_parser = tap_number)]
    pub tap: i64,
    /// accepted, declined, completed, no-reply, no-show or withdrawn
    #[arg(value_name = "OUTCOME")]
    pub outcome: Outcome,
    /// The day it happened [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<NaiveDate>,
    /// For a completed referral: the company they introduced
    #[arg(long, value_name = "NAME")]
    pub introduced: Option<String>,
    /// That company's domain
    #[arg(long, value_name = "DOMAIN", requires = "introduced")]
    pub introduced_domain: Option<String>,
    /// The deal that came of the introduction: its id or CRM id
    #[arg(long, value_name = "DEAL", requires = "introduced")]
    pub deal: Option<String>,
    /// How they liked it, 1 to 5
    #[arg(long, value_name = "1-5")]
    pub rating: Option<Rating>,
    /// Words to keep beside it
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}

pub(super) fn run(args: &OutcomeArgs, session: &mut Session<'_>) -> Result<Done> {
    let (tap, rating, filled, present) = session.write(|writing, present| {
        let id = TapId(args.tap);
        let tap = writing
            .tap(id)?
            .ok_or_else(|| Failure::usage_hint(format!("there is no tap {id}"), "advocate taps"))?;
        let new = following(present, &tap, args)?;
        writing.add_outcome(tap.person, &new)?;
        introduce(writing, present, args, &tap)?;
        let filled = match request::supplies(args.outcome) {
            true => settle(writing, &tap, new.at)?,
            false => None,
        };
        // Whoever is still held for it is free again.
        if let Some(request) = filled {
            super::hold::release_all(writing, request, present)?;
        }
        let rating = new.rating;
        Ok((tap, rating, filled, present.clone()))
    })?;
    let record = Record::new()
        .with("tap_id", "Tap", tap.id.0)
        .with("email", "Person", tap.email.as_str())
        .with("ask", "Ask", tap.kind.name())
        .with("outcome", "Outcome", args.outcome.name())
        .with("was", "Before", tap.outcome.name())
        .with(
            "rating",
            "Rating",
            Cell::opt(rating.map(|rating| i64::from(rating.get()))),
        );
    let record = match filled {
        Some(request) => record.with("request_filled", "Filled", format!("request {request}")),
        None => record,
    };
    let record = match args.outcome {
        // It was said when the ask was completed.
        Outcome::Completed if tap.outcome == Outcome::Completed => record,
        Outcome::Completed => record
            .say(format!(
                "A thank-you is due within {}. Then:",
                count(present.policy.care.thanks_days, "day")
            ))
            .say(format!(
                "  advocate touch {} --kind thank-you --tap {}",
                tap.email, tap.id
            )),
        Outcome::Accepted => record.say(format!(
            "When it is done: advocate outcome {} completed --rating 5",
            tap.id
        )),
        _ => record,
    };
    session.show("outcome/1", present.today, record)?;
    Ok(Done::Fully)
}

/// The outcome that was typed, where it can follow the one on record.
fn following<'a>(
    present: &Present,
    tap: &'a TapRow,
    args: &'a OutcomeArgs,
) -> Result<NewOutcome<'a>> {
    let id = tap.id;
    let outcome = tap.outcome.step(args.outcome).map_err(|message| {
        Failure::step(
            format!("tap {id}"),
            message,
            "outcome",
            format!("advocate taps {}", tap.email),
        )
    })?;
    // What is said again takes nothing back: the day, the rating and the note stay where no other is given.
    let again = tap.outcome == outcome;
    let at = match args.on {
        None if again => tap.outcome_at,
        on => present.instant_on(on)?,
    };
    let at = present.replacing(at, tap.outcome_at).map_err(|since| {
        Failure::replaces_later(since, format!("tap {id} is {} since {since}", tap.outcome))
    })?;
    let rated = tap.rating.and_then(Rating::new).filter(|_| again);
    let noted = tap.outcome_note.as_deref().filter(|_| again);
    Ok(NewOutcome {
        tap: id,
        outcome,
        rating: args.rating.or(rated),
        note: args.note.as_deref().or(noted),
        at,
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
    let deal = match &args.deal {
        Some(words) => Some(super::deal::named(writing, words)?.id),
        None => None,
    };
    let at = present.instant_on(args.on)?;
    let domain = args.introduced_domain.as_deref().map(str::to_lowercase);
    let referral = NewReferral {
        tap: tap.id,
        introduced,
        domain: domain.as_deref(),
        deal,
        at,
    };
    Ok(writing.add_referral(&referral)?)
}

/// Marks the request of a tap as filled in the moment when as many said yes as are wanted (`domain.md` §7).
pub(super) fn settle(
    writing: &Writing<'_>,
    tap: &TapRow,
    at: Timestamp,
) -> Result<Option<RequestId>> {
    let Some(request) = tap
        .request
        .map(|id| writing.request(id))
        .transpose()?
        .flatten()
    else {
        return Ok(None);
    };
    let taps = writing.taps(&TapFilter {
        request: Some(request.id),
        ..TapFilter::default()
    })?;
    let open = request::status(request.events.iter().map(|event| event.event)) == Status::Open;
    if !open || !request::is_filled(request.wanted, taps.iter().map(|tap| tap.outcome)) {
        return Ok(None);
    }
    // A yes that is dated before the reopening fills it from the reopening on: what was recorded first stays first.
    let reopened = request
        .events
        .iter()
        .rev()
        .find(|event| event.event == Event::Reopened);
    let at = reopened.map_or(at, |event| at.max(event.at));
    writing.add_request_event(request.id, Event::Filled, None, None, at)?;
    Ok(Some(request.id))
}
