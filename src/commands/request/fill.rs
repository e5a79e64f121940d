//! `request fill`: proposes the best free advocate, drafts the ask, and holds or taps them once that is confirmed.

use super::super::search::{self, Search};
use super::super::{Context, Done, Failure, Present, hold, tap};
use super::status;
use crate::cli::{HoldArgs, RequestFillArgs, TapArgs};
use crate::domain::ask_text::ask_text;
use crate::domain::matching::ready;
use crate::domain::readiness;
use crate::domain::request::{Event, Status};
use crate::output::{Cell, Record};
use crate::prompt;
use crate::store::{PersonRow, RequestRow, Tx};

/// Who is proposed, and how the ask reads.
struct Proposal {
    card: PersonRow,
    /// `None` for somebody who is held for the request already.
    score: Option<f64>,
    reasons: Vec<String>,
    text: String,
}

pub(super) fn run(args: &RequestFillArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let assume_yes = context.assume_yes;
    let (proposal, today) = context.write(|writing, present| {
        let row = search::request(writing, args.id)?;
        if status(&row) != Status::Open {
            return Err(Failure::usage(format!("request {} is {}", row.id, status(&row))).into());
        }
        let another = args.hold || assume_yes;
        if !another && let Some(held) = held(writing, present, &row)? {
            return Ok((held, present.today));
        }
        let search = Search::for_request(writing, present, &row)?;
        let people = search.people(writing, present)?;
        let ready = ready(
            &people,
            search.ask,
            &search.wanted,
            &present.policy,
            present.today,
        );
        let card = match ready.first() {
            Some(best) => writing.person(best.person.id)?,
            None => None,
        };
        let best = ready.first().zip(card).map(|(best, card)| Proposal {
            text: ask_text(
                best.kind,
                card.first_name(),
                search.wanted.industry.as_deref(),
            ),
            reasons: best.reasons(&search.wanted, &present.policy, present.today),
            score: Some(best.score),
            card,
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
                    proposal
                        .score
                        .map_or(Cell::Empty, |score| Cell::decimal(score, 1)),
                )
                .with("reasons", "Why", Cell::list(&proposal.reasons))
                .data("ask_text", proposal.text.as_str())
                .say(format!("Ready to send: {}", proposal.text))
                .say(match proposal.score {
                    Some(_) => format!(
                        "Then: advocate request fill {} --tap, or --hold to reserve first",
                        args.id
                    ),
                    None => format!("Then: advocate request fill {} --tap", args.id),
                });
            context.show("request-fill/1", today, record)?;
            Ok(Done::Fully)
        }
    }
}

/// Somebody who is held for the request comes first, as long as they may be asked: the hold was made for this very ask.
fn held(tx: &Tx<'_>, present: &Present, row: &RequestRow) -> anyhow::Result<Option<Proposal>> {
    for hold in tx.holds_for(row.id)? {
        let lasts = hold.released_at.is_none() && hold.lapses_at > present.now;
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
) -> anyhow::Result<bool> {
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
