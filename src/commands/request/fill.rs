//! `request fill`: proposes the best free advocate, drafts the ask, and holds or taps them once that is confirmed.

use super::super::search::{self, Search};
use super::super::{Context, Done, Failure, hold, tap};
use super::status;
use crate::cli::{HoldArgs, RequestFillArgs, TapArgs};
use crate::domain::ask_text::ask_text;
use crate::domain::matching::rank;
use crate::domain::request::{Event, Status};
use crate::output::Record;
use crate::prompt;
use crate::store::PersonRow;

/// Who is proposed, and how the ask reads.
struct Proposal {
    card: PersonRow,
    score: f64,
    reasons: Vec<String>,
    text: String,
}

pub(super) fn run(args: &RequestFillArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let (proposal, today) = context.write(|writing, present| {
        let row = search::request(writing, args.id)?;
        if status(&row) != Status::Open {
            return Err(Failure::usage(format!("request {} is {}", row.id, status(&row))).into());
        }
        let search = Search::for_request(writing, present, &row)?;
        let (cards, people) = search.people(writing, present)?;
        let ranking = rank(
            &people,
            search.ask,
            &search.wanted,
            &present.policy,
            present.today,
        );
        let best = ranking.ready.first().and_then(|best| {
            let card = cards.iter().find(|card| card.id == best.person.id)?;
            Some(Proposal {
                text: ask_text(
                    best.kind,
                    card.first_name(),
                    search.wanted.industry.as_deref(),
                ),
                reasons: best.reasons(&search.wanted, &present.policy, present.today),
                score: best.score,
                card: card.clone(),
            })
        });
        let Some(best) = best else {
            return Err(Failure::Other {
                message: format!("nobody can take request {} today", row.id),
                hint: format!("advocate match --request {} --why-not", row.id),
            }
            .into());
        };
        writing.add_request_event(
            row.id,
            Event::Proposed,
            Some(best.card.id),
            None,
            present.now,
        )?;
        Ok((best, present.today))
    })?;
    let chosen = choose(args, context, &proposal)?;
    match chosen {
        Chosen::Tap => tap::run(&tap_args(args, &proposal), context),
        Chosen::Hold => hold::hold(&hold_args(args, &proposal), context),
        Chosen::Nothing => {
            let record = Record::new()
                .with("request_id", "Request", args.id)
                .with("email", "Proposed", proposal.card.email.as_str())
                .with(
                    "score",
                    "Score",
                    crate::output::Cell::decimal(proposal.score, 1),
                )
                .with(
                    "reasons",
                    "Why",
                    crate::output::Cell::list(&proposal.reasons),
                )
                .data("ask_text", proposal.text.as_str())
                .say(format!("Ready to send: {}", proposal.text))
                .say(format!(
                    "Then: advocate request fill {} --tap, or --hold to reserve first",
                    args.id
                ));
            context.show("request-fill/1", today, record)?;
            Ok(Done::Fully)
        }
    }
}

/// What to do with the one proposed.
enum Chosen {
    Tap,
    Hold,
    Nothing,
}

fn choose(
    args: &RequestFillArgs,
    context: &mut Context<'_>,
    proposal: &Proposal,
) -> anyhow::Result<Chosen> {
    if args.tap {
        return Ok(Chosen::Tap);
    }
    if args.hold || context.assume_yes {
        return Ok(Chosen::Hold);
    }
    if !context.interactive {
        return Ok(Chosen::Nothing);
    }
    let card = &proposal.card;
    writeln!(
        context.err,
        "{} <{}>: {}",
        card.shown_name(),
        card.email,
        proposal.reasons.join("; ")
    )?;
    writeln!(context.err, "{}", proposal.text)?;
    let choices = ["log the ask", "hold them for this request", "nothing yet"];
    Ok(match prompt::one("What now", &choices, 0)? {
        0 => Chosen::Tap,
        1 => Chosen::Hold,
        _ => Chosen::Nothing,
    })
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
