//! The rule of requests: by when somebody has to look for an advocate, or to say that none is needed any more.

use chrono::NaiveDate;

use super::facts::Request;
use super::item::{Demand, Item, ItemKind, Matter};
use crate::domain::calendar::days_after;
use crate::domain::policy::Policy;
use crate::domain::request::due_on;

/// By the day on which it is needed; at once after it was opened again, and once its deal is closed. While as many are
/// asked or held as are missing, it waits for them: their own lines stand for it.
pub(super) fn item(request: &Request, policy: &Policy, today: NaiveDate) -> Item {
    let needed = due_on(
        request.needed_by,
        request.opened_on,
        policy.care.request_days,
    );
    let due = request.reopened_on.map_or(needed, |on| on.min(needed));
    let since = request.reopened_on.unwrap_or(request.opened_on);
    let closed = request.deal_closed.map(|(status, on)| {
        let on = on.unwrap_or(request.opened_on).max(request.opened_on);
        (status, on.min(today))
    });
    let (since, due_on) = match closed {
        Some((_, on)) => (since.max(on), due.min(on)),
        None => {
            // As long as somebody may still say yes, it is not given up before it is needed.
            let gives_up = request.nobody_free && !request.asked.is_empty();
            let due = if gives_up { needed } else { due };
            (
                since,
                waits_until(request, policy).map_or(due, |day| day.max(due)),
            )
        }
    };
    Item {
        kind: ItemKind::Request,
        person: None,
        since,
        due_on,
        matter: Matter::Request(Demand {
            id: request.id,
            ask: request.ask,
            by: request.by.clone(),
            deal_closed: closed.map(|(status, _)| status),
        }),
    }
}

/// Since when somebody has to be looked for, where that is so on `today`.
pub fn request_due_on(request: &Request, policy: &Policy, today: NaiveDate) -> Option<NaiveDate> {
    let due_on = item(request, policy, today).due_on;
    (due_on <= today).then_some(due_on)
}

/// The first day on which somebody is to be heard of or free again, while nobody else has to be looked for.
fn waits_until(request: &Request, policy: &Policy) -> Option<NaiveDate> {
    let under_way = request.asked.len() + request.held.len();
    if under_way < request.missing && !request.nobody_free {
        return None;
    }
    let answers = request.asked.iter();
    let answers = answers.map(|on| days_after(*on, policy.care.answer_days));
    let lapses = request.held.iter().map(|last| days_after(*last, 1));
    answers.chain(lapses).min()
}
