//! `outcome`: what became of an ask, with only the moves that make sense.

use super::{Context, Done, Failure};
use crate::cli::OutcomeArgs;
use crate::domain::ids::TapId;
use crate::domain::tap::Outcome;
use crate::output::{Cell, Record};
use crate::store::NewOutcome;

pub(super) fn run(args: &OutcomeArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let (tap, today) = context.write(|writing, present| {
        let id = TapId(args.tap);
        let tap = writing
            .tap(id)?
            .ok_or_else(|| Failure::usage_hint(format!("there is no tap {id}"), "advocate taps"))?;
        tap.outcome
            .step(args.outcome)
            .map_err(|message| Failure::Move {
                who: format!("tap {id}"),
                message,
                refusal: "outcome",
                hint: format!("advocate taps {}", tap.email),
            })?;
        // A rating added later does not move the day on which the ask was completed.
        let at = match args.on {
            None if tap.outcome == args.outcome => tap.outcome_at,
            on => present.instant_on(on)?,
        };
        if at < tap.outcome_at && present.day(at) < present.day(tap.outcome_at) {
            let since = present.day(tap.outcome_at);
            return Err(Failure::usage(format!(
                "tap {id} is {} since {since}; that is later",
                tap.outcome
            ))
            .into());
        }
        let at = at.max(tap.outcome_at);
        let new = NewOutcome {
            tap: id,
            outcome: args.outcome,
            rating: args.rating,
            note: args.note.as_deref(),
            at,
        };
        writing.add_outcome(tap.person, &new)?;
        Ok((tap, present.today))
    })?;
    let record = Record::new()
        .with("tap_id", "Tap", tap.id.0)
        .with("email", "Person", tap.email.as_str())
        .with("ask", "Ask", tap.kind.name())
        .with("outcome", "Outcome", args.outcome.name())
        .with("was", "Before", tap.outcome.name())
        .with(
            "rating",
            "Rating",
            Cell::opt(args.rating.map(|rating| i64::from(rating.get()))),
        );
    let record = match args.outcome {
        Outcome::Completed => record.say("A thank-you is due within three days."),
        Outcome::Accepted => record.say(format!(
            "When it is done: advocate outcome {} completed --rating 5",
            tap.id
        )),
        _ => record,
    };
    context.show("outcome/1", today, record)?;
    Ok(Done::Fully)
}
