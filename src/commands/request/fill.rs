//! `request fill`: proposes the best free advocate, drafts the ask, and holds or taps them once that is confirmed.

use super::super::{hold, tap};
use super::status;
use crate::commands::hold::HoldArgs;
use crate::commands::tap::TapArgs;
use crate::domain::ask_text::ask_text;
use crate::domain::matching::ready;
use crate::domain::present::Present;
use crate::domain::readiness;
use crate::domain::request::{Event, Status};
use crate::failure::{Failure, Result};
use crate::output::{Cell, Record};
use crate::prompt;
use crate::resolve::arguments::request_number;
use crate::resolve::wanted::{self as search, Search};
use crate::session::{Done, Session};
use crate::store::{PersonRow, RequestRow, Tx, Writing};
use clap::Args;

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

pub(super) fn run(args: &RequestFillArgs, session: &mut Session<'_>) -> Result<Done> {
    let another = args.hold || (session.assume_yes && !args.tap);
    let (proposal, today) = session.write(|writing, present| {
        Ok((propose(writing, present, args.id, another)?, present.today))
    })?;
    match choose(args, session, &proposal)? {
        Chosen::Tap => tap::run(&tap_args(args, &proposal), session),
        Chosen::Hold => hold::hold(&hold_args(args, &proposal), session),
        Chosen::Nothing => {
            session.show("request-fill/1", today, proposed(args.id, &proposal))?;
            Ok(Done::Fully)
        }
    }
}

/// Whoever is held for the request, unless `another` is wanted; or else the best who may be asked.
fn propose(writing: &Writing<'_>, present: &Present, id: i64, another: bool) -> Result<Proposal> {
    let row = search::request(writing, id)?;
    if status(&row) != Status::Open {
        return Err(Failure::usage(format!(
            "request {} is {}",
            row.id,
            status(&row)
        )));
    }
    match another {
        true => refuse_one_too_many(writing, present, &row)?,
        false => {
            if let Some(held) = held(writing, present, &row)? {
                return Ok(held);
            }
        }
    }
    let search = Search::for_request(writing, present, &row)?;
    let people = search.people(writing, present)?;
    let (policy, today) = (&present.policy, present.today);
    let ready = ready(&people, search.ask, &search.wanted, policy, today);
    let best = ready.first();
    let card = match best {
        Some(best) => writing.person(best.person.id)?,
        None => None,
    };
    let Some((best, card)) = best.zip(card) else {
        return Err(Failure::other(
            format!("nobody can take request {} today", row.id),
            format!("advocate match --request {} --why-not", row.id),
        ));
    };
    writing.add_request_event(row.id, Event::Proposed, Some(card.id), None, present.now)?;
    let industry = search.wanted.industry.as_deref();
    Ok(Proposal {
        text: ask_text(best.kind, card.first_name(), industry),
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
    let hint = format!("advocate request fill {} --tap", row.id);
    Err(Failure::usage_hint(message, hint))
}

fn proposed(id: i64, proposal: &Proposal) -> Record {
    let score = proposal.score;
    let then = match score {
        Some(_) => format!("Then: advocate request fill {id} --tap, or --hold to reserve first"),
        None => format!("Then: advocate request fill {id} --tap"),
    };
    Record::new()
        .with("request_id", "Request", id)
        .with("email", "Proposed", proposal.card.email.as_str())
        .with(
            "score",
            "Score",
            score.map_or(Cell::Empty, |score| Cell::decimal(score, 1)),
        )
        .with("reasons", "Why", Cell::list(&proposal.reasons))
        .data("ask_text", proposal.text.as_str())
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
        let industry = row.industry.as_deref();
        let industry = industry.map(|words| present.policy.industries.name_of(words));
        let until = present.day(hold.lapses_at);
        return Ok(Some(Proposal {
            text: ask_text(row.kind, card.first_name(), industry.as_deref()),
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
    let (_, person) = tap::facts(tx, present, card)?;
    let facts = person.facts.without_hold_for(row.id);
    let prospect = row.prospect.as_deref();
    Ok(readiness::passes(
        &facts,
        row.kind,
        prospect,
        &present.policy,
        present.today,
    ))
}

/// What to do with the one proposed.
enum Chosen {
    Tap,
    Hold,
    Nothing,
}

fn choose(
    args: &RequestFillArgs,
    session: &mut Session<'_>,
    proposal: &Proposal,
) -> Result<Chosen> {
    if args.tap {
        return Ok(Chosen::Tap);
    }
    if args.hold || session.assume_yes {
        return Ok(Chosen::Hold);
    }
    if !session.interactive {
        return Ok(Chosen::Nothing);
    }
    let card = &proposal.card;
    writeln!(
        session.err,
        "{} <{}>: {}",
        card.shown_name(),
        card.email,
        proposal.reasons.join("; ")
    )?;
    writeln!(session.err, "{}", proposal.text)?;
    let mut choices = vec![
        ("log the ask", Chosen::Tap),
        ("hold them for this request", Chosen::Hold),
        ("nothing yet", Chosen::Nothing),
    ];
    if proposal.score.is_none() {
        choices.remove(1);
    }
    let words: Vec<&str> = choices.iter().map(|(words, _)| *words).collect();
    let chosen = prompt::one("What now", &words, 0)?;
    Ok(choices.swap_remove(chosen).1)
}

fn tap_args(args: &RequestFillArgs, proposal: &Proposal) -> TapArgs {
    TapArgs {
        who: proposal.card.email.clone(),
        ask: None,
        by: None,
        on: None,
        request: Some(args.id),
        note: None,
        prospect: None,
        override_reason: None,
    }
}

fn hold_args(args: &RequestFillArgs, proposal: &Proposal) -> HoldArgs {
    HoldArgs {
        who: proposal.card.email.clone(),
        request: args.id,
        days: None,
        by: None,
    }
}
