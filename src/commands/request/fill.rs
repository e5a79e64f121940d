//! `request fill`: proposes the best free advocate, drafts the ask, and holds or taps them once that is confirmed.

use clap::Args;

use crate::domain::ids::RequestId;
use crate::domain::matching::ready;
use crate::domain::named::Named;
use crate::domain::present::Present;
use crate::domain::readiness;
use crate::domain::request::{Event, Status};
use crate::failure::{Failure, Result};
use crate::output::{Cell, CommandLine, Record, Sentence};
use crate::prompt;
use crate::resolve;
use crate::resolve::arguments::request_number;
use crate::resolve::wanted::Search;
use crate::session::{Done, Session};
use crate::store::{PersonRow, RequestRow, Tx};
use crate::views::messages::ask_text;

/// Arguments of `request fill`.
#[derive(Debug, Args)]
pub struct RequestFillArgs {
    /// The request's number
    #[arg(value_name = "ID", value_parser = request_number)]
    pub id: i64,
    /// Hold the one proposed, without asking
    #[arg(long, conflicts_with = "tap")]
    pub hold: bool,
    /// Log the ask to the one proposed, without asking
    #[arg(long)]
    pub tap: bool,
}

/// Who is proposed, and how the ask reads.
struct Proposal {
    card: PersonRow,
    /// `None` for somebody who is held for the request already.
    score: Option<f64>,
    reasons: Vec<String>,
    text: String,
}

/// Does something with somebody for a request, by their address and its number; where they were just found, with the
/// proposal in the same operation.
pub(crate) type Act = fn(&str, i64, bool, &mut Session<'_>) -> Result<Done>;

/// What is done with whoever is proposed, once that is confirmed.
pub(crate) struct Acts {
    /// Logs the ask.
    pub(crate) tap: Act,
    /// Holds them for it.
    pub(crate) hold: Act,
}

pub(super) fn run(args: &RequestFillArgs, session: &mut Session<'_>, acts: &Acts) -> Result<Done> {
    let another = args.hold || (session.assume_yes && !args.tap);
    let propose = |tx: &Tx<'_>, present: &Present| propose(tx, present, args.id, another);
    let proposal = session.read(None, propose)?;
    if let Some(act) = choose(args, session, &proposal, acts)? {
        let is_new = proposal.score.is_some();
        return act(&proposal.card.email, args.id, is_new, session);
    }
    session.record("request-fill/1", |writing, present| {
        let proposal = propose(writing, present)?;
        if proposal.score.is_some() {
            let (request, person) = (RequestId(args.id), Some(proposal.card.id));
            writing.add_request_event(request, Event::Proposed, person, None, present.now)?;
        }
        Ok(proposed(args.id, &proposal))
    })
}

/// Whoever is held for the request, unless `another` is wanted; or else the best who may be asked.
fn propose(tx: &Tx<'_>, present: &Present, id: i64, another: bool) -> Result<Proposal> {
    let row = resolve::request(tx, id)?;
    let status = row.status();
    if status != Status::Open {
        return Err(Failure::usage(format!("request {} is {status}", row.id)));
    }
    if another {
        refuse_one_too_many(tx, present, &row)?;
    } else if let Some(held) = held(tx, present, &row)? {
        return Ok(held);
    }
    best(tx, present, &row)
}

fn best(tx: &Tx<'_>, present: &Present, row: &RequestRow) -> Result<Proposal> {
    let search = Search::for_request(tx, present, row)?;
    let people = search.people(tx, present)?;
    let (policy, today) = (&present.policy, present.today);
    let ready = ready(&people, search.ask, &search.wanted, policy, today);
    let best = ready.first();
    let card = best.map(|best| tx.person(best.person.id)).transpose()?;
    let Some((best, card)) = best.zip(card.flatten()) else {
        let why_not = CommandLine::of("match")
            .option("--request", row.id)
            .then("--why-not");
        let message = format!("nobody can take request {} today", row.id);
        return Err(Failure::other(message, why_not));
    };
    let industry = search.wanted.industry.as_deref();
    Ok(Proposal {
        text: ask_text(present, best.kind, &card, industry, row.needed_by),
        reasons: best.reasons(&search.wanted, policy, today),
        score: Some(best.score),
        card,
    })
}

/// Who is held can be asked by nobody else, so no more are held than are wanted; somebody chosen by name may be.
fn refuse_one_too_many(tx: &Tx<'_>, present: &Present, row: &RequestRow) -> Result<()> {
    let holds = tx.holds_for(row.id)?;
    let held = holds.iter().filter(|hold| hold.lasts(present.now)).count();
    if held < row.wanted as usize {
        return Ok(());
    }
    let message = format!(
        "request {} wants {} and {held} {} held for it",
        row.id,
        row.wanted,
        if held == 1 { "is" } else { "are" }
    );
    let hint = CommandLine::of("request fill").value(row.id).then("--tap");
    Err(Failure::usage_hint(message, hint))
}

fn proposed(id: i64, proposal: &Proposal) -> Record {
    let tap = CommandLine::of("request fill").value(id).then("--tap");
    let then = Sentence::from("Then: ").then(tap);
    let then = match proposal.score {
        Some(_) => then.then(", or --hold to reserve first"),
        None => then,
    };
    let score = proposal.score.map(|score| Cell::decimal(score, 1));
    Record::new()
        .with("request_id", "Request", id)
        .with("email", "Proposed", &proposal.card.email)
        .with("score", "Score", score)
        .with("reasons", "Why", Cell::list(&proposal.reasons))
        .data("ask_text", &proposal.text)
        .say(format!("Ready to send: {}", proposal.text))
        .say(then)
}

/// Somebody who is held for the request comes first, as long as they may be asked: the hold was made for this very ask.
fn held(tx: &Tx<'_>, present: &Present, row: &RequestRow) -> Result<Option<Proposal>> {
    for hold in tx.holds_for(row.id)? {
        let lasts = hold.lasts(present.now);
        let Some(card) = tx.person(hold.person)?.filter(|_| lasts) else {
            continue;
        };
        if !may_be_asked(tx, present, row, &card)? {
            continue;
        }
        let industry = present.industry(row.industry.as_deref());
        let until = present.day(hold.lapses_at);
        return Ok(Some(Proposal {
            text: ask_text(present, row.kind, &card, industry.as_deref(), row.needed_by),
            reasons: vec![format!("held for it until {until}")],
            score: None,
            card,
        }));
    }
    Ok(None)
}

/// Whether the rules let somebody who is held for a request be asked for it today.
fn may_be_asked(
    tx: &Tx<'_>,
    present: &Present,
    row: &RequestRow,
    card: &PersonRow,
) -> Result<bool> {
    let (_, person) = tx.facts_of(card.id, present)?;
    let facts = person.facts.without_hold_for(row.id);
    let prospect = row.prospect.as_deref();
    let (policy, today) = (&present.policy, present.today);
    Ok(readiness::passes(&facts, row.kind, prospect, policy, today))
}

/// What to do with the one proposed: nothing yet, where nobody says.
fn choose(
    args: &RequestFillArgs,
    session: &mut Session<'_>,
    proposal: &Proposal,
    acts: &Acts,
) -> Result<Option<Act>> {
    if args.tap {
        return Ok(Some(acts.tap));
    }
    if args.hold || session.assume_yes {
        return Ok(Some(acts.hold));
    }
    if !session.interactive {
        return Ok(None);
    }
    let (card, reasons) = (&proposal.card, proposal.reasons.join("; "));
    let (name, email) = (card.shown_name(), &card.email);
    writeln!(session.err, "{name} <{email}>: {reasons}")?;
    writeln!(session.err, "{}", proposal.text)?;
    let mut choices = vec![
        ("log the ask", Some(acts.tap)),
        ("hold them for this request", Some(acts.hold)),
        ("nothing yet", None),
    ];
    if proposal.score.is_none() {
        choices.remove(1);
    }
    let words: Vec<&str> = choices.iter().map(|(words, _)| *words).collect();
    let chosen = prompt::one("What now", &words, 0)?;
    Ok(choices.swap_remove(chosen).1)
}
