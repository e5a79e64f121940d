//! `hold` and `release`: short reservations, which count against the caps while they last (`docs/rules.md`).

use clap::Args;

use crate::domain::calendar::days_after;
use crate::domain::ids::RequestId;
use crate::domain::present::Present;
use crate::domain::readiness;
use crate::domain::request::{Event, Status};
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence};
use crate::resolve;
use crate::resolve::arguments::{request_number, whole, words};
use crate::session::{Done, Session};
use crate::store::{NewHold, PersonRow, RequestRow, Writing};
use crate::views::readiness::instead_of_hold;

/// Arguments of `hold`.
#[derive(Debug, Default, Args)]
pub struct HoldArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO", value_parser = words)]
    pub who: String,
    /// For which request
    #[arg(long, value_name = "ID", value_parser = request_number)]
    pub request: i64,
    /// For how many days [default: the policy's hold.days]
    #[arg(long, value_name = "DAYS", value_parser = whole::<1, 90>)]
    pub days: Option<u32>,
    /// The colleague for whom it is [default: you]
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub by: Option<String>,
    /// Whether they were just found by `request fill`.
    #[arg(skip)]
    pub is_proposed: bool,
}

/// Arguments of `release`.
#[derive(Debug, Args)]
pub struct ReleaseArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO", value_parser = words)]
    pub who: String,
    /// Held for which request
    #[arg(long, value_name = "ID", value_parser = request_number)]
    pub request: i64,
}

pub(super) fn hold(args: &HoldArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("hold/1", |writing, present| {
        let named = resolve::person(writing, &args.who)?;
        let request = resolve::request(writing, args.request)?;
        check_open(writing, present, &named, &request)?;
        let card = check_rules(writing, present, &named, &request)?;
        if args.is_proposed {
            let event = Event::Proposed;
            writing.add_request_event(request.id, event, Some(card.id), None, present.now)?;
        }
        let policy = &present.policy;
        let lapses_on = days_after(present.today, args.days.unwrap_or(policy.hold_days));
        writing.place_hold(&NewHold {
            person: card.id,
            account: card.account_id,
            request: request.id,
            effort: policy.effort(request.kind),
            by: writing.by(args.by.as_deref()),
            lapses_at: policy.time_zone.start_of(lapses_on),
        })?;
        Ok(Record::new()
            .with("email", "Person", &card.email)
            .with("request_id", "Request", request.id)
            .with("lapses_on", "Held until", lapses_on)
            .say(Sentence::from("When you ask: ").then(ask(&card.email, request.id))))
    })
}

/// Holds somebody for a request as long as the policy says.
pub(super) fn for_request(
    who: &str,
    request: i64,
    is_proposed: bool,
    session: &mut Session<'_>,
) -> Result<Done> {
    let args = HoldArgs {
        who: who.to_owned(),
        request,
        is_proposed,
        ..HoldArgs::default()
    };
    hold(&args, session)
}

/// The command that logs the ask that somebody is held for.
fn ask(email: &str, request: RequestId) -> CommandLine {
    CommandLine::of("tap")
        .value(email)
        .option("--request", request)
}

/// Whether the request is open, and the person not held for it yet.
fn check_open(
    writing: &Writing<'_>,
    present: &Present,
    person: &PersonRow,
    request: &RequestRow,
) -> Result<()> {
    let (id, status) = (request.id, request.status());
    if status != Status::Open {
        return Err(Failure::usage(format!("request {id} is {status}")));
    }
    match writing.live_hold(person.id, id, present.now)? {
        None => Ok(()),
        Some(_) => Err(Failure::usage_hint(
            format!("{} is held for it already", person.email),
            ask(&person.email, id),
        )),
    }
}

/// The person, where the rules let them be asked today.
fn check_rules(
    writing: &Writing<'_>,
    present: &Present,
    named: &PersonRow,
    request: &RequestRow,
) -> Result<PersonRow> {
    let (card, person) = writing.facts_of(named.id, present)?;
    let prospect = request.prospect.as_deref();
    let (policy, today) = (&present.policy, present.today);
    match readiness::check(&person.facts, request.kind, prospect, policy, today) {
        Ok(()) => Ok(card),
        Err(refusals) => {
            let another = CommandLine::of("match").option("--request", request.id);
            let hint = instead_of_hold(&refusals, &card.email, another);
            let kind = request.kind;
            let free = readiness::allowed_from(&person.facts, kind, prospect, policy, today);
            Err(Failure::refused(&card.email, &refusals, free.ok(), hint))
        }
    }
}

pub(super) fn release(args: &ReleaseArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("release/1", |writing, present| {
        let person = resolve::person(writing, &args.who)?;
        let request = resolve::request(writing, args.request)?;
        let hold = writing
            .live_hold(person.id, request.id, present.now)?
            .ok_or_else(|| {
                let message = format!("{} is not held for request {}", person.email, request.id);
                let show = CommandLine::of("request show").value(request.id);
                Failure::usage_hint(message, show)
            })?;
        writing.release_hold(hold.id)?;
        Ok(Record::new()
            .with("email", "Person", person.email)
            .with("request_id", "Request", request.id)
            .with("result", "Result", "released"))
    })
}
