//! What is due (`docs/rules.md`, care): the facts that make it so, the items, and their order. The rule of each kind is
//! in `rules.rs`; all of them speak of days in the program's zone.

mod facts;
mod item;
#[cfg(test)]
mod properties;
mod rules;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use super::calendar::days_after;
use super::policy::Policy;

pub use facts::{AgendaInput, Asset, Care, Completed, Hold, Nomination, Pending, Person, Request};
pub use item::{Item, ItemKind, Matter};

/// Everything that is due on `today`, overdue, or to come within `days`, the most urgent first.
pub fn agenda(facts: &AgendaInput, policy: &Policy, today: NaiveDate, days: u32) -> Vec<Item> {
    let last = days_after(today, days);
    let mut items = rules::items(facts, policy, today);
    items.retain(|item| item.due_on <= last || noticed(item, policy, last));
    items.sort_by_key(|item| item.place(today));
    items
}

/// Whether an item is listed before it is due: a permission takes the customer's time to extend.
fn noticed(item: &Item, policy: &Policy, last: NaiveDate) -> bool {
    item.kind == ItemKind::Permission
        && item.due_on <= days_after(last, policy.care.permission_days)
}
