//! `tap`: logs an ask, unless a rule refuses. The check and the write are one immediate transaction
//! (`domain.md` §4).

use chrono::NaiveDate;

use super::{Context, Done, Failure, Present, hold, names};
use crate::cli::TapArgs;
use crate::domain::ask::{AskKind, Effort};
use crate::domain::ask_text::ask_text;
use crate::domain::caps::PerEffort;
use crate::domain::ids::TapId;
use crate::domain::matching::Person;
use crate::domain::readiness::{self, ReadinessFacts};
use crate::domain::refusal::Refusal;
use crate::domain::request::{self, Status};
use crate::domain::stage::Stage;
use crate::output::{Cell, Record};
use crate::store::{NewTap, PersonRow, RequestRow, Scope, Tx, Writing};

/// A tap that was logged.
struct Logged {
    tap: TapId,
    ask: AskKind,
    card: PersonRow,
    effort: Effort,
    overridden: Vec<Refusal>,
    free_from: PerEffort<Option<NaiveDate>>,
    today: NaiveDate,
    industry: Option<String>,
}

pub(super) fn run(args: &TapArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let by = args.by.clone().unwrap_or_else(|| context.actor.clone());
    let logged = context.write(|writing, present| log(writing, present, args, &by))?;
    let card = &logged.card;
    let record = Record::new()
        .with("tap_id", "Tap", logged.tap.0)
        .with("email", "Person", card.email.as_str())
        .with("ask", "Ask", logged.ask.name())
        .with("effort", "Effort", logged.effort.name())
        .with(
            "free_from",
            "Free again from",
            free_from_record(&logged.free_from),
        );
    let record = match logged.overridden.is_empty() {
        true => record.data("overridden", Cell::Empty),
        false => record.with(
            "overridden",
            "Overridden",
            Cell::list(logged.overridden.iter().map(Refusal::name)),
        ),
    };
    let text = ask_text(logged.ask, card.first_name(), logged.industry.as_deref());
    let record = record
        .say(format!("Ready to send: {text}"))
        .say(format!(
            "When they answer: advocate outcome {} accepted",
            logged.tap
        ))
        .data("ask_text", text.as_str());
    context.show("tap/1", logged.today, record)?;
    Ok(Done::Fully)
}

fn log(
    writing: &Writing<'_>,
    present: &Present,
    args: &TapArgs,
    by: &str,
) -> anyhow::Result<Logged> {
    let named = names::person(writing, &args.who)?;
    let request = match args.request {
        Some(id) => Some(open_request(writing, id)?),
        None => None,
    };
    let ask = what(args, request.as_ref())?;
    let prospect = args.prospect.as_deref().or(request
        .as_ref()
        .and_then(|request| request.prospect.as_deref()));
    if let Some(request) = &request
        && let Some(hold) = writing.live_hold(named.id, request.id, present.now)?
    {
        // The hold was made for this very ask: it gives its room to it.
        writing.release_hold(hold.id)?;
    }
    let at = present.instant_on(args.on)?;
    let day = present.day(at);
    let (card, person) = facts_from(writing, present, &named, day)?;
    let policy = &present.policy;
    let verdict = readiness::check(&person.facts, ask, prospect, policy, day);
    let overridden = overridden(verdict, args, ask, &card)?;
    let names = overridden
        .iter()
        .map(Refusal::name)
        .collect::<Vec<_>>()
        .join(", ");
    let reason = args
        .override_reason
        .as_deref()
        .filter(|_| !overridden.is_empty());
    let effort = policy.effort(ask);
    let tap = writing.add_tap(&NewTap {
        person: card.id,
        account: card.account_id,
        kind: ask,
        effort,
        at,
        by,
        note: args.note.as_deref(),
        over_cap: overridden.iter().any(Refusal::is_cap),
        overridden: reason.map(|reason| (names.as_str(), reason)),
        imported: false,
        request: request.as_ref().map(|request| request.id),
    })?;
    let (card, person) = facts(writing, present, &card)?;
    Ok(Logged {
        tap,
        ask,
        effort,
        overridden,
        free_from: free_from(&person.facts, present),
        today: present.today,
        industry: card
            .industry
            .as_deref()
            .map(|words| policy.industries.name_of(words)),
        card,
    })
}

/// The open request of this number.
fn open_request(writing: &Writing<'_>, id: i64) -> anyhow::Result<RequestRow> {
    let request = super::search::request(writing, id)?;
    match request::status(request.events.iter().map(|event| event.event)) {
        Status::Open => Ok(request),
        status => Err(Failure::usage_hint(
            format!("request {id} is {status}"),
            format!("advocate request reopen {id} --reason WHY"),
        )
        .into()),
    }
}

/// The kind of ask: what was typed, or what the request needs; both must agree.
fn what(args: &TapArgs, request: Option<&RequestRow>) -> anyhow::Result<AskKind> {
    match (args.ask, request) {
        (Some(ask), Some(request)) if ask != request.kind => {
            let message = format!(
                "request {} needs a {}, not a {ask}",
                request.id, request.kind
            );
            Err(Failure::usage(message).into())
        }
        (Some(ask), _) => Ok(ask),
        (None, Some(request)) => Ok(request.kind),
        (None, None) => Err(Failure::usage("--ask KIND is missing").into()),
    }
}

/// Everything the rules need to know about one person.
pub(super) fn facts(
    tx: &Tx<'_>,
    present: &Present,
    card: &PersonRow,
) -> anyhow::Result<(PersonRow, Person)> {
    facts_from(tx, present, card, present.today)
}

/// The same, for a cap that is checked on an earlier day; the account is the one of that day.
pub(super) fn facts_from(
    tx: &Tx<'_>,
    present: &Present,
    card: &PersonRow,
    day: NaiveDate,
) -> anyhow::Result<(PersonRow, Person)> {
    let scope = Scope::Person(card.id);
    let facts = tx.facts(
        &scope,
        &present.policy,
        present.today,
        day.min(present.today),
    )?;
    let (mut card, mut person) = facts
        .into_iter()
        .next()
        .ok_or_else(|| Failure::usage(format!("nobody has the id {}", card.id)))?;
    let then = tx.account_at(card.id, present.policy.time_zone.noon_of(day))?;
    if day < present.today && then != card.account_id {
        // They have moved since: the ask is one of the account that they belonged to.
        card.account_id = then;
        person.facts.account_claims = match then {
            Some(account) => tx
                .claims_on(account, &present.policy, day, present.today)?
                .into(),
            None => [].into(),
        };
    }
    Ok((card, person))
}

/// The refusals that the override passes; without one, or where none may pass, the refusal is the answer.
fn overridden(
    verdict: Result<(), Vec<Refusal>>,
    args: &TapArgs,
    ask: AskKind,
    card: &PersonRow,
) -> anyhow::Result<Vec<Refusal>> {
    let Err(refusals) = verdict else {
        return Ok(Vec::new());
    };
    let final_word = refusals.iter().any(|refusal| !refusal.can_be_overridden());
    if args.override_reason.is_some() && !final_word {
        return Ok(refusals);
    }
    let hint = match final_word {
        true => "a no is accepted; choose somebody else with advocate match".to_owned(),
        false => way_on(&refusals, ask, card),
    };
    Err(Failure::Refused {
        who: card.email.clone(),
        refusals,
        hint,
    }
    .into())
}

/// What to type instead of an ask that is refused.
fn way_on(refusals: &[Refusal], ask: AskKind, card: &PersonRow) -> String {
    let email = &card.email;
    match refusals.first() {
        Some(Refusal::Stage { stage, .. }) => match stage {
            Some(Stage::Paused) => format!("once they are back: advocate resume {email}"),
            Some(Stage::Declined) => {
                format!("a no is accepted; choose somebody else: advocate match --ask {ask}")
            }
            _ => format!("confirm first: advocate register {email} --will {ask}"),
        },
        Some(Refusal::Willingness {
            said_no_on: None, ..
        }) => format!("ask them first, then: advocate register {email} --will {ask}"),
        _ => hold::way_on(refusals, email)
            .unwrap_or_else(|| format!("choose somebody else: advocate match --ask {ask}")),
    }
}

/// From which day on the caps let each effort pass.
pub(super) fn free_from(facts: &ReadinessFacts, present: &Present) -> PerEffort<Option<NaiveDate>> {
    PerEffort::from_fn(|effort| readiness::free_from(facts, effort, &present.policy, present.today))
}

/// The same as shown: a day for each effort.
pub(super) fn free_from_record(free: &PerEffort<Option<NaiveDate>>) -> Record {
    Record::new()
        .with("low", "low", Cell::opt(free.low))
        .with("medium", "medium", Cell::opt(free.medium))
        .with("high", "high", Cell::opt(free.high))
}
