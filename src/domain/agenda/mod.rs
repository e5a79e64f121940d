//! What is due (`docs/rules.md`, care): the facts that make it so, the items, and their order. The rule of each kind is
//! in `rules.rs`, `demand.rs` and `library.rs`; all of them speak of days in the program's zone.

mod demand;
mod facts;
mod item;
mod library;
mod lives;
#[cfg(test)]
mod properties;
mod rules;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::calendar::days_after;
use super::policy::Policy;

pub use demand::request_due_on;
pub use facts::{
    Accepted, AgendaInput, Answer, AnswerWord, Asset, Care, Completed, Hold, Nomination, Pending,
    Person, Request,
};
pub use item::{Demand, Item, ItemId, ItemKind, Matter};
pub use lives::{LIVES, Life};

/// Everything that is due on `today`, overdue, or to come within `days`, the most urgent first.
pub fn agenda(facts: &AgendaInput, policy: &Policy, today: NaiveDate, days: u32) -> Vec<Item> {
    let last = days_after(today, days);
    let answers: BTreeMap<ItemId, &Answer> =
        facts.answers.iter().map(|one| (one.item, one)).collect();
    let items = everything(facts, policy, today).into_iter();
    let mut items: Vec<Item> = items
        .filter_map(|item| match answers.get(&item.name()) {
            Some(answer) if answer.since >= item.since => put_off(item, answer, policy, last),
            _ => listed(item, policy, last),
        })
        .collect();
    items.sort_by_key(|item| item.place(today));
    items
}

/// Everything that waits on `today`, due or not, whatever was said about it, in no order.
pub fn everything(facts: &AgendaInput, policy: &Policy, today: NaiveDate) -> Vec<Item> {
    let mut items = rules::items(facts, policy, today);
    items.extend(
        facts
            .requests
            .iter()
            .map(|one| demand::item(one, policy, today)),
    );
    items.extend(library::items(facts, policy));
    items
}

/// An item that was answered: it is gone, or it comes on the day until which it was put off.
fn put_off(mut item: Item, answer: &Answer, policy: &Policy, last: NaiveDate) -> Option<Item> {
    let until = answer.until?;
    item.due_on = item.due_on.max(until);
    listed(item, policy, last).filter(|_| until <= last)
}

/// An item whose day has come by `last`; a permission is listed before, for it takes the customer's time to extend.
fn listed(item: Item, policy: &Policy, last: NaiveDate) -> Option<Item> {
    let notice = match item.kind {
        ItemKind::Permission => policy.care.permission_days,
        _ => 0,
    };
    (item.due_on <= days_after(last, notice)).then_some(item)
}
