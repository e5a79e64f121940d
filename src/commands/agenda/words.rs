//! What an item says: what is to be done, for whom, until when, and the command that settles it.

use chrono::NaiveDate;

use super::Due;
use crate::cli::AgendaArgs;
use crate::domain::agenda::{Item, ItemKind, Matter};
use crate::domain::asset::AssetStatus;
use crate::domain::calendar::months_after;
use crate::domain::stage::Stage;
use crate::domain::touch::TouchKind;
use crate::output::{count, shell_word};

/// How a command names a person: by address for programs, by number where the line must be short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// The e-mail address.
    Address,
    /// The id.
    Number,
}

/// What is said where nothing is due.
pub(super) fn nothing(args: &AgendaArgs) -> String {
    let filtered = args.owner.is_some() || !args.kind.is_empty();
    match (filtered, args.days) {
        (true, _) => "Nothing like that is due.".to_owned(),
        (false, 0) => "Nothing is due. Everyone is thanked, answered and looked after.".to_owned(),
        (false, days) => format!(
            "Nothing is due, nor within {}. Everyone is thanked, answered and looked after.",
            count(days, "day")
        ),
    }
}

/// The day in words, seen from today.
pub(super) fn due(on: NaiveDate, today: NaiveDate) -> String {
    let days = (on - today).num_days();
    match days {
        0 => "today".to_owned(),
        1.. => format!("in {}", count(days, "day")),
        _ => format!("{} ago", count(-days, "day")),
    }
}

/// Whom it is about, as programs name them: the address; for a request who made it; for an asset of nobody's its title.
pub(super) fn who(due: &Due) -> String {
    match (&due.card, &due.item.matter) {
        (Some(card), _) => card.email.clone(),
        (None, Matter::Request(_, _, by)) => by.clone(),
        (None, Matter::Asset(_, _, title, _)) => title.clone(),
        (None, _) => String::new(),
    }
}

/// What is to be done, in a sentence without a full stop.
pub(super) fn what(due: &Due) -> String {
    let who = due.card.as_ref().map_or("", |card| card.shown_name());
    match (due.item.kind, &due.item.matter) {
        (ItemKind::ThankYou, Matter::Ask(_, ask)) => format!("Thank {who} for the {ask}"),
        (ItemKind::Results, Matter::Ask(_, ask)) => {
            format!("Tell {who} what came of the {ask}")
        }
        (_, Matter::Ask(_, ask)) => format!("No answer from {who}: {ask}"),
        (_, Matter::Hold(_, request)) => format!("Hold of {who} for request {request} ends"),
        (_, Matter::Nomination(_, by)) => format!("{who} is nominated by {by}"),
        (_, Matter::Request(_, ask, by)) => format!("Request of {by}: {ask}"),
        (ItemKind::Permission, Matter::Asset(_, _, title, _)) => {
            format!("Permission ends: {title}")
        }
        (_, Matter::Asset(_, _, title, status)) => format!("Still {status}: {title}"),
        (_, Matter::Scores(from, to)) => format!("{who} scored {to} after {from}"),
        (ItemKind::PauseEnds, Matter::Since(_)) => format!("The pause of {who} is over"),
        (ItemKind::Invitation, Matter::Since(_)) => {
            format!("{who} has not answered the invitation")
        }
        (ItemKind::Verify, Matter::Since(on)) => format!("Verify {who}, unverified since {on}"),
        (_, Matter::Since(on)) => format!("Check in with {who}, last contact {on}"),
    }
}

/// The command that settles it.
pub(super) fn command(due: &Due, by: By, today: NaiveDate) -> String {
    let item = &due.item;
    let who = match (&due.card, by) {
        (Some(card), By::Address) => shell_word(&card.email),
        (Some(card), By::Number) => card.id.to_string(),
        (None, _) => String::new(),
    };
    let touch = |kind: TouchKind| format!("advocate touch {who} --kind {kind}");
    match (item.kind, &item.matter) {
        (ItemKind::ThankYou, Matter::Ask(tap, _)) => {
            format!("{} --tap {tap}", touch(TouchKind::ThankYou))
        }
        (ItemKind::Results, Matter::Ask(tap, _)) => {
            format!("{} --tap {tap}", touch(TouchKind::ResultsShared))
        }
        (_, Matter::Ask(tap, _)) => format!("advocate outcome {tap} no-reply"),
        (_, Matter::Hold(_, request)) => format!("advocate tap {who} --request {request}"),
        (_, Matter::Nomination(id, _)) => format!("advocate nominations accept {id}"),
        (_, Matter::Request(id, ..)) if item.due_on < today => {
            format!("advocate request close {id} --unfilled too-late")
        }
        (_, Matter::Request(id, ..)) => format!("advocate request fill {id}"),
        (_, Matter::Asset(id, _, _, status)) => {
            format!(
                "advocate asset edit {id} {}",
                next_step(due, *status, today)
            )
        }
        (ItemKind::PauseEnds, Matter::Since(_)) => format!("advocate resume {who}"),
        (ItemKind::Invitation, Matter::Since(_)) => {
            format!("advocate decline {who} --reason 'no answer'")
        }
        (ItemKind::Verify, Matter::Since(_)) => format!("advocate verify {who}"),
        (_, Matter::Since(_) | Matter::Scores(..)) => touch(TouchKind::CheckIn),
    }
}

/// What is next for an asset: a permission goes on for a year where somebody may still be asked for it; what is stuck
/// takes its next step.
fn next_step(due: &Due, status: AssetStatus, today: NaiveDate) -> String {
    let Item { kind, due_on, .. } = due.item;
    if kind == ItemKind::Asset {
        return format!("--status {}", status.next());
    }
    let stage = due.card.as_ref().and_then(|card| card.standing.stage);
    if stage.is_some_and(Stage::is_left_alone) {
        return format!("--status {}", AssetStatus::Expired);
    }
    let until = months_after(due_on.max(today), 12);
    format!("--permission-until {until}")
}
