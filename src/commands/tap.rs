//! `tap`: logs an ask, unless a rule refuses (`docs/rules.md`). The check and the write are one immediate transaction.

use chrono::NaiveDate;
use clap::Args;

use crate::domain::ask::{AskKind, Effort};
use crate::domain::ask_text::ask_text;
use crate::domain::calendar::Timestamp;
use crate::domain::caps::PerEffort;
use crate::domain::ids::{PersonId, TapId};
use crate::domain::present::Present;
use crate::domain::readiness::{self, free_from_each};
use crate::domain::refusal::Refusal;
use crate::domain::request::Status;
use crate::failure::{Failure, Result};
use crate::output::{Cell, CommandLine, Record, Sentence};
use crate::resolve;
use crate::resolve::arguments::{day, request_number, words};
use crate::session::{Done, Session};
use crate::store::{NewTap, PersonRow, RequestRow, Tx, Writing};
use crate::views::readiness::{free_from, instead_of_ask};

/// Arguments of `tap`.
#[derive(Debug, Args)]
pub struct TapArgs {
    /// Who: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO", value_parser = words)]
    pub who: String,
    /// What they are asked for [default: what the request needs]
    #[arg(long, value_name = "KIND", required_unless_present = "request")]
    pub ask: Option<AskKind>,
    /// The colleague who asks [default: you]
    #[arg(long, value_name = "NAME", value_parser = words)]
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
    #[arg(long, value_name = "NAME", value_parser = words)]
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

/// What is asked of whom.
struct Ask<'a> {
    person: PersonId,
    kind: AskKind,
    /// For which request.
    request: Option<RequestRow>,
    at: Timestamp,
    args: &'a TapArgs,
}

fn log(writing: &Writing<'_>, present: &Present, args: &TapArgs, by: &str) -> Result<Logged> {
    let ask = Ask::read(writing, present, args)?;
    let (card, overridden) = ask.pass_rules(writing, present)?;
    let effort = present.policy.effort(ask.kind);
    let rules: Vec<&str> = overridden.iter().map(Refusal::name).collect();
    let rules = rules.join(", ");
    let reason = args.override_reason.as_deref();
    let reason = reason.filter(|_| !overridden.is_empty());
    let tap = writing.add_tap(&NewTap {
        person: card.id,
        account: card.account_id,
        kind: ask.kind,
        effort,
        at: ask.at,
        by,
        note: args.note.as_deref(),
        over_cap: overridden.iter().any(Refusal::is_cap),
        overridden: reason.map(|reason| (rules.as_str(), reason)),
        imported: false,
        request: ask.request.map(|request| request.id),
    })?;
    let (card, person) = writing.facts_of(card.id, present)?;
    let (policy, industry) = (&present.policy, card.industry.as_deref());
    Ok(Logged {
        tap,
        ask: ask.kind,
        effort,
        overridden,
        free_from: free_from_each(&person.facts, policy, present.today),
        today: present.today,
        industry: industry.map(|words| policy.industries.name_of(words)),
        card,
    })
}

impl<'a> Ask<'a> {
    /// What was typed; a hold that was made for this very ask gives its room to it.
    fn read(writing: &Writing<'_>, present: &Present, args: &'a TapArgs) -> Result<Self> {
        let person = resolve::person(writing, &args.who)?.id;
        let request = match args.request {
            Some(id) => Some(open_request(writing, id)?),
            None => None,
        };
        let kind = kind(args, request.as_ref())?;
        if let Some(request) = &request
            && let Some(hold) = writing.live_hold(person, request.id, present.now)?
        {
            writing.release_hold(hold.id)?;
        }
        Ok(Self {
            person,
            kind,
            request,
            at: present.instant_on(args.on)?,
            args,
        })
    }

    /// The person as of the day of the ask, and the refusals that the override passes; without one, or where none may
    /// pass, the refusal is the answer.
    fn pass_rules(&self, tx: &Tx<'_>, present: &Present) -> Result<(PersonRow, Vec<Refusal>)> {
        let day = present.day(self.at);
        let (card, person) = tx.facts_on(self.person, present, day)?;
        let request = self.request.as_ref();
        let of_request = request.and_then(|request| request.prospect.as_deref());
        let prospect = self.args.prospect.as_deref().or(of_request);
        match readiness::check(&person.facts, self.kind, prospect, &present.policy, day) {
            Ok(()) => Ok((card, Vec::new())),
            Err(refusals) => {
                let may_be_asked = refusals.iter().all(Refusal::can_be_overridden);
                if may_be_asked && self.args.override_reason.is_some() {
                    return Ok((card, refusals));
                }
                let hint = self.instead(&refusals, may_be_asked, &card.email);
                Err(Failure::refused(&card.email, &refusals, hint))
            }
        }
    }

    fn instead(&self, refusals: &[Refusal], may_be_asked: bool, email: &str) -> Sentence {
        let another = CommandLine::of("match");
        match may_be_asked {
            true => instead_of_ask(
                refusals,
                self.kind,
                email,
                another.option("--ask", self.kind),
            ),
            false => Sentence::from("a no is accepted; choose somebody else with ").then(another),
        }
    }
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
fn kind(args: &TapArgs, request: Option<&RequestRow>) -> Result<AskKind> {
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
