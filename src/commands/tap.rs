//! `tap`: logs an ask, unless a rule refuses (`docs/rules.md`). The check and the write are one immediate transaction.

use clap::Args;

use crate::domain::ask::AskKind;
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{PersonId, TapId};
use crate::domain::present::Present;
use crate::domain::readiness::{self, free_from_each};
use crate::domain::refusal::Refusal;
use crate::domain::request::{Event, Status};
use crate::domain::typed_day::TypedDay;
use crate::failure::{Failure, Result};
use crate::output::{Cell, CommandLine, Record, Sentence};
use crate::resolve;
use crate::resolve::arguments::{day, request_number, word, words};
use crate::resolve::colleague::{asked_back, slip};
use crate::resolve::several::each;
use crate::session::{Done, Session};
use crate::store::{NewTap, PersonRow, RequestRow, Tx, Writing};
use crate::views::messages::ask_text;
use crate::views::readiness::{free_from, instead_of_ask};

/// Arguments of `tap`.
#[derive(Debug, Default, Clone, Args)]
pub struct TapArgs {
    /// Who: an e-mail address, an id, or part of a name; several, or - for one a line on standard input
    #[arg(value_name = "WHO", value_parser = words, required = true)]
    pub who: Vec<String>,
    /// What they are asked for [default: what the request needs]
    #[arg(value_parser = word::<AskKind>(), hide_possible_values = true, long, value_name = "KIND", required_unless_present = "request")]
    pub ask: Option<AskKind>,
    /// The colleague who asks [default: you]
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub by: Option<String>,
    /// The day of the ask [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<TypedDay>,
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
    /// Say whether the rules let it pass and what would be recorded, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Whether they were just found by `request fill`.
    #[arg(skip)]
    pub is_proposed: bool,
}

pub(super) fn run(args: &TapArgs, session: &mut Session<'_>) -> Result<Done> {
    let by = asked_back(session, args.by.as_deref())?;
    let args = &TapArgs { by, ..args.clone() };
    each(&args.who, session, |who, session| ask(who, args, session))
}

fn ask(who: &str, args: &TapArgs, session: &mut Session<'_>) -> Result<Done> {
    let asked = session.interactive;
    let (record, slip, today) = session.write_or_rehearse(args.dry_run, |writing, present| {
        let slip = slip(writing, args.by.as_deref().filter(|_| !asked))?;
        Ok((tap(who, args, writing, present)?, slip, present.today))
    })?;
    session.show("tap/1", today, record)?;
    session.note_any(slip)
}

fn tap(who: &str, args: &TapArgs, writing: &Writing<'_>, present: &Present) -> Result<Record> {
    let ask = Ask::read(writing, present, who, args)?;
    let (card, overridden) = ask.pass_rules(writing, present)?;
    if let Some(request) = ask.request.as_ref().filter(|_| args.is_proposed) {
        let event = Event::Proposed;
        writing.add_request_event(request.id, event, Some(card.id), None, present.now)?;
    }
    let tap = ask.log(writing, present, &card, &overridden)?;
    let (card, person) = writing.facts_of(card.id, present)?;
    let free = free_from_each(&person.facts, &present.policy, present.today);
    let record = Record::new()
        .with("tap_id", "Tap", tap)
        .with("email", "Person", &card.email)
        .with("ask", "Ask", ask.kind)
        .with("effort", "Effort", present.policy.effort(ask.kind))
        .with(
            "free_from",
            "Free again from",
            free_from(free, present.today),
        )
        .with_any("overridden", "Overridden", names(&overridden));
    // A request that names no industry is for a prospect of any.
    let industry = match &ask.request {
        Some(request) => request.industry.as_deref(),
        None => card.industry.as_deref(),
    };
    let industry = present.industry(industry);
    let deadline = ask.request.as_ref().and_then(|request| request.needed_by);
    let text = ask_text(present, ask.kind, &card, industry.as_deref(), deadline);
    let outcome = CommandLine::of("outcome").value(tap);
    let record = match args.dry_run {
        true => record.say("Nothing was recorded: this is what would be."),
        false => record
            .say(format!("Ready to send: {text}"))
            .say(Sentence::from("When they answer: ").then(outcome.then("accepted"))),
    };
    Ok(record.data("ask_text", text))
}

/// Logs the ask that a request needs.
pub(super) fn for_request(
    who: &str,
    request: i64,
    is_proposed: bool,
    session: &mut Session<'_>,
) -> Result<Done> {
    let args = TapArgs {
        who: vec![who.to_owned()],
        request: Some(request),
        is_proposed,
        ..TapArgs::default()
    };
    run(&args, session)
}

/// The rules that an override passed; nothing where there was none.
fn names(refusals: &[Refusal]) -> Option<Cell> {
    let names = || Cell::list(refusals.iter().map(Refusal::name));
    (!refusals.is_empty()).then(names)
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

impl<'a> Ask<'a> {
    /// What was typed; a hold that was made for this very ask gives its room to it.
    fn read(
        writing: &Writing<'_>,
        present: &Present,
        who: &str,
        args: &'a TapArgs,
    ) -> Result<Self> {
        let person = resolve::person(writing, who)?.id;
        let request = args
            .request
            .map(|id| open_request(writing, id))
            .transpose()?;
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
                let (kind, policy) = (self.kind, &present.policy);
                let free = readiness::allowed_from(&person.facts, kind, prospect, policy, day);
                Err(Failure::refused(&card.email, &refusals, free.ok(), hint))
            }
        }
    }

    fn log(
        &self,
        writing: &Writing<'_>,
        present: &Present,
        card: &PersonRow,
        overridden: &[Refusal],
    ) -> Result<TapId> {
        let rules: Vec<&str> = overridden.iter().map(Refusal::name).collect();
        let rules = rules.join(", ");
        let reason = self.args.override_reason.as_deref();
        let reason = reason.filter(|_| !overridden.is_empty());
        Ok(writing.add_tap(&NewTap {
            person: card.id,
            account: card.account_id,
            kind: self.kind,
            effort: present.policy.effort(self.kind),
            at: self.at,
            by: writing.by(self.args.by.as_deref()),
            note: self.args.note.as_deref(),
            over_cap: overridden.iter().any(Refusal::is_cap),
            overridden: reason.map(|reason| (rules.as_str(), reason)),
            imported: false,
            request: self.request.as_ref().map(|request| request.id),
        })?)
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
