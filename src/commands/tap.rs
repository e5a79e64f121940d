//! `tap`: logs an ask, unless a rule refuses (`docs/rules.md`). The check and the write are one immediate transaction.

use chrono::NaiveDate;
use clap::Args;

use crate::domain::ask::{AskKind, Effort};
use crate::domain::ask_text::ask_text;
use crate::domain::caps::PerEffort;
use crate::domain::ids::TapId;
use crate::domain::present::Present;
use crate::domain::readiness::{self, free_from_each};
use crate::domain::refusal::Refusal;
use crate::domain::request::Status;
use crate::failure::{Failure, Result};
use crate::output::{Cell, CommandLine, Record, Sentence};
use crate::resolve;
use crate::resolve::arguments::{day, request_number, words};
use crate::session::{Done, Session};
use crate::store::{NewTap, PersonRow, RequestRow, Writing};
use crate::views::readiness::{free_from, instead_of_ask};

/// Arguments of `tap`.
#[derive(Debug, Args)]
pub struct TapArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO")]
    pub who: String,
    /// What they are asked for [default: what the request needs]
    #[arg(long, value_name = "KIND", required_unless_present = "request")]
    pub ask: Option<AskKind>,
    /// The colleague who asks [default: you]
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// The day of the ask [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<NaiveDate>,
    /// For which request; uses the hold made for it
    #[arg(long, value_name = "ID", value_parser = request_number)]
    pub request: Option<i64>,
    /// Words to keep beside it
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// The prospect's name: refuses a competitor of the account
    #[arg(long, value_name = "NAME")]
    pub prospect: Option<String>,
    /// Ask although a rule refuses; the reason is stored and reported
    #[arg(long = "override", value_name = "REASON", value_parser = words)]
    pub override_reason: Option<String>,
}

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

pub(super) fn run(args: &TapArgs, session: &mut Session<'_>) -> Result<Done> {
    let by = args.by.clone().unwrap_or_else(|| session.actor.clone());
    let logged = session.write(|writing, present| log(writing, present, args, &by))?;
    session.show("tap/1", logged.today, record(&logged))?;
    Ok(Done::Fully)
}

/// Logs the ask that a request needs.
pub(super) fn for_request(who: &str, request: i64, session: &mut Session<'_>) -> Result<Done> {
    let args = TapArgs {
        who: who.to_owned(),
        ask: None,
        by: None,
        on: None,
        request: Some(request),
        note: None,
        prospect: None,
        override_reason: None,
    };
    run(&args, session)
}

fn record(logged: &Logged) -> Record {
    let card = &logged.card;
    let record = Record::new()
        .with("tap_id", "Tap", logged.tap)
        .with("email", "Person", &card.email)
        .with("ask", "Ask", logged.ask)
        .with("effort", "Effort", logged.effort)
        .with("free_from", "Free again from", free_from(logged.free_from));
    let record = match logged.overridden.as_slice() {
        [] => record.data("overridden", Cell::Empty),
        all => record.with("overridden", "Overridden", names(all)),
    };
    let text = ask_text(logged.ask, card.first_name(), logged.industry.as_deref());
    let outcome = CommandLine::of("outcome").value(logged.tap);
    record
        .say(format!("Ready to send: {text}"))
        .say(Sentence::from("When they answer: ").then(outcome.then("accepted")))
        .data("ask_text", text)
}

fn names(refusals: &[Refusal]) -> Cell {
    Cell::list(refusals.iter().map(Refusal::name))
}

fn log(writing: &Writing<'_>, present: &Present, args: &TapArgs, by: &str) -> Result<Logged> {
    let named = resolve::person(writing, &args.who)?;
    let request = match args.request {
        Some(id) => Some(open_request(writing, id)?),
        None => None,
    };
    let ask = what(args, request.as_ref())?;
    if let Some(request) = &request
        && let Some(hold) = writing.live_hold(named.id, request.id, present.now)?
    {
        // The hold was made for this very ask: it gives its room to it.
        writing.release_hold(hold.id)?;
    }
    let at = present.instant_on(args.on)?;
    let day = present.day(at);
    let (card, person) = writing.facts_on(named.id, present, day)?;
    let policy = &present.policy;
    let of_request = request
        .as_ref()
        .and_then(|request| request.prospect.as_deref());
    let prospect = args.prospect.as_deref().or(of_request);
    let verdict = readiness::check(&person.facts, ask, prospect, policy, day);
    let overridden = overridden(verdict, args, ask, &card)?;
    let rules: Vec<&str> = overridden.iter().map(Refusal::name).collect();
    let rules = rules.join(", ");
    let reason = args.override_reason.as_deref();
    let reason = reason.filter(|_| !overridden.is_empty());
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
        overridden: reason.map(|reason| (rules.as_str(), reason)),
        imported: false,
        request: request.map(|request| request.id),
    })?;
    let (card, person) = writing.facts_of(card.id, present)?;
    let industry = card.industry.as_deref();
    Ok(Logged {
        tap,
        ask,
        effort,
        overridden,
        free_from: free_from_each(&person.facts, policy, present.today),
        today: present.today,
        industry: industry.map(|words| policy.industries.name_of(words)),
        card,
    })
}

/// The open request of this number.
fn open_request(writing: &Writing<'_>, id: i64) -> Result<RequestRow> {
    let request = resolve::request(writing, id)?;
    match request.status() {
        Status::Open => Ok(request),
        status => Err(Failure::usage_hint(
            format!("request {id} is {status}"),
            CommandLine::of("request reopen")
                .value(id)
                .then("--reason WHY"),
        )),
    }
}

/// The kind of ask: what was typed, or what the request needs; both must agree.
fn what(args: &TapArgs, request: Option<&RequestRow>) -> Result<AskKind> {
    match (args.ask, request) {
        (Some(ask), Some(request)) if ask != request.kind => {
            let message = format!(
                "request {} needs a {}, not a {ask}",
                request.id, request.kind
            );
            Err(Failure::usage(message))
        }
        (Some(ask), _) => Ok(ask),
        (None, Some(request)) => Ok(request.kind),
        (None, None) => Err(Failure::usage("--ask KIND is missing")),
    }
}

/// The refusals that the override passes; without one, or where none may pass, the refusal is the answer.
fn overridden(
    verdict: Result<(), Vec<Refusal>>,
    args: &TapArgs,
    ask: AskKind,
    card: &PersonRow,
) -> Result<Vec<Refusal>> {
    let Err(refusals) = verdict else {
        return Ok(Vec::new());
    };
    let final_word = refusals.iter().any(|refusal| !refusal.can_be_overridden());
    if args.override_reason.is_some() && !final_word {
        return Ok(refusals);
    }
    let hint = match final_word {
        true => Sentence::from("a no is accepted; choose somebody else with ")
            .then(CommandLine::of("match")),
        false => {
            let another = CommandLine::of("match").option("--ask", ask);
            instead_of_ask(&refusals, ask, &card.email, another)
        }
    };
    Err(Failure::refused(&card.email, &refusals, hint))
}
