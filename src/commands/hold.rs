//! `hold` and `release`: short reservations, which count against the caps while they last (`domain.md` §4).

use super::tap;
use crate::domain::calendar::days_after;
use crate::domain::ids::RequestId;
use crate::domain::present::Present;
use crate::domain::readiness;
use crate::domain::refusal::Refusal;
use crate::domain::request::{self, Status};
use crate::failure::{Failure, Result};
use crate::output::Record;
use crate::resolve;
use crate::resolve::arguments::request_number;
use crate::resolve::arguments::whole;
use crate::resolve::wanted as search;
use crate::session::{Done, Session};
use crate::store::{NewHold, Writing};
use clap::Args;

/// Arguments of `hold`.
#[derive(Debug, Args)]
pub struct HoldArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO")]
    pub who: String,
    /// For which request
    #[arg(long, value_name = "ID", value_parser = request_number)]
    pub request: i64,
    /// For how many days [default: the policy's hold.days]
    #[arg(long, value_name = "DAYS", value_parser = whole::<1, 90>)]
    pub days: Option<u32>,
    /// The colleague for whom it is [default: you]
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

/// Arguments of `release`.
#[derive(Debug, Args)]
pub struct ReleaseArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO")]
    pub who: String,
    /// Held for which request
    #[arg(long, value_name = "ID", value_parser = request_number)]
    pub request: i64,
}

pub(super) fn hold(args: &HoldArgs, session: &mut Session<'_>) -> Result<Done> {
    let by = args.by.clone().unwrap_or_else(|| session.actor.clone());
    let (card, lapses_on, today) = session.write(|writing, present| {
        let named = resolve::person(writing, &args.who)?;
        let request = search::request(writing, args.request)?;
        let status = request::status(request.events.iter().map(|event| event.event));
        if status != Status::Open {
            return Err(Failure::usage(format!(
                "request {} is {status}",
                request.id
            )));
        }
        if writing
            .live_hold(named.id, request.id, present.now)?
            .is_some()
        {
            let hint = format!("advocate tap {} --request {}", named.email, request.id);
            return Err(Failure::usage_hint(
                format!("{} is held for it already", named.email),
                hint,
            ));
        }
        let (card, person) = tap::facts(writing, present, &named)?;
        let policy = &present.policy;
        let verdict = readiness::check(
            &person.facts,
            request.kind,
            request.prospect.as_deref(),
            policy,
            present.today,
        );
        if let Err(refusals) = verdict {
            let hint = way_on(&refusals, &card.email).unwrap_or(format!(
                "choose somebody else: advocate match --request {}",
                request.id
            ));
            return Err(Failure::refused(&card.email, &refusals, hint));
        }
        let lapses_on = days_after(present.today, args.days.unwrap_or(policy.hold_days));
        writing.place_hold(&NewHold {
            person: card.id,
            account: card.account_id,
            request: request.id,
            effort: policy.effort(request.kind),
            by: &by,
            lapses_at: policy.time_zone.start_of(lapses_on),
        })?;
        Ok((card, lapses_on, present.today))
    })?;
    let record = Record::new()
        .with("email", "Person", card.email.as_str())
        .with("request_id", "Request", args.request)
        .with("lapses_on", "Held until", lapses_on)
        .say(format!(
            "When you ask: advocate tap {} --request {}",
            card.email, args.request
        ));
    session.show("hold/1", today, record)?;
    Ok(Done::Fully)
}

/// What to type where the first of the refusals is that somebody is held.
pub(super) fn way_on(refusals: &[Refusal], email: &str) -> Option<String> {
    let first = refusals.first()?;
    let request = first.hold()?.request;
    Some(match first {
        Refusal::AccountCap { .. } => format!("who is held: advocate request show {request}"),
        _ => format!("if this comes first: advocate release {email} --request {request}"),
    })
}

/// Ends every reservation for a request that needs nobody any more.
pub(super) fn release_all(
    writing: &Writing<'_>,
    request: RequestId,
    present: &Present,
) -> Result<()> {
    for hold in writing.holds_for(request)? {
        if hold.lasts(present.now) {
            writing.release_hold(hold.id)?;
        }
    }
    Ok(())
}

pub(super) fn release(args: &ReleaseArgs, session: &mut Session<'_>) -> Result<Done> {
    let (person, today) = session.write(|writing, present| {
        let person = resolve::person(writing, &args.who)?;
        let request = search::request(writing, args.request)?;
        let hold = writing
            .live_hold(person.id, request.id, present.now)?
            .ok_or_else(|| {
                let message = format!("{} is not held for request {}", person.email, request.id);
                Failure::usage_hint(message, format!("advocate request show {}", request.id))
            })?;
        writing.release_hold(hold.id)?;
        Ok((person, present.today))
    })?;
    let record = Record::new()
        .with("email", "Person", person.email.as_str())
        .with("request_id", "Request", args.request)
        .with("result", "Result", "released");
    session.show("release/1", today, record)?;
    Ok(Done::Fully)
}
