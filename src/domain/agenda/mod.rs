//! What is due (`domain.md` §9): the facts that make it so, the items, and their order. The rule of each kind is in
//! `rules.rs`; all of them speak of days in the program's zone.

mod facts;
#[cfg(test)]
mod properties;
mod rules;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use super::ask::AskKind;
use super::asset::{AssetKind, AssetStatus};
use super::calendar::days_after;
use super::ids::{AssetId, HoldId, NominationId, PersonId, RequestId, TapId};
use super::policy::Policy;
use super::score::Score;
use super::words::words;

pub use facts::{Asset, Care, Completed, Facts, Hold, Nomination, Pending, Person, Request};

words! {
    /// What is to be done. The order is that of the agenda: the most urgent kind first.
    pub enum Kind is "something on the agenda" {
        /// An advocate's score fell.
        ScoreDrop = "score-drop",
        /// A hold lapses.
        Hold = "hold",
        /// A request is needed.
        Request = "request",
        /// Thanks are owed for a completed ask.
        ThankYou = "thank-you",
        /// An ask has no answer.
        PendingTap = "pending-tap",
        /// A nomination waits for a decision.
        Nomination = "nomination",
        /// What may be shown of an asset ends.
        Permission = "permission",
        /// Results of a completed ask are to be shared.
        Results = "results",
        /// A pause is over.
        PauseEnds = "pause-ends",
        /// An invitation has no answer.
        Invitation = "invitation",
        /// An asset does not move on.
        Asset = "asset",
        /// Nobody was in touch for long.
        CheckIn = "check-in",
        /// A profile is to be verified.
        Verify = "verify",
    }
}

/// How long a kind can wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Urgency {
    /// Not at all: tomorrow it is lost, or somebody with it.
    Now,
    /// Somebody waits for it.
    Promised,
    /// Nobody would ask for it, and without it the program decays.
    Upkeep,
}

impl Kind {
    const fn urgency(self) -> Urgency {
        match self {
            Kind::ScoreDrop | Kind::Hold | Kind::Request => Urgency::Now,
            Kind::ThankYou
            | Kind::PendingTap
            | Kind::Nomination
            | Kind::Permission
            | Kind::Results
            | Kind::PauseEnds
            | Kind::Invitation => Urgency::Promised,
            Kind::Asset | Kind::CheckIn | Kind::Verify => Urgency::Upkeep,
        }
    }
}

/// What an item is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matter {
    /// The person, who is so since a day: invited, verified, last in touch, or back.
    Since(NaiveDate),
    /// An ask.
    Ask(TapId, AskKind),
    /// A hold for a request.
    Hold(HoldId, RequestId),
    /// A nomination, and who made it.
    Nomination(NominationId, String),
    /// A request for an ask, and who made it.
    Request(RequestId, AskKind, String),
    /// An asset with its title and how far it has come.
    Asset(AssetId, AssetKind, String, AssetStatus),
    /// An answer that fell, from one score to another.
    Scores(Score, Score),
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What.
    pub kind: Kind,
    /// For whom; `None` for a request, and for an asset that nobody is linked to.
    pub person: Option<PersonId>,
    /// By which day: that day itself is in time.
    pub due_on: NaiveDate,
    /// What it is about.
    pub matter: Matter,
}

impl Item {
    /// The number of what it is about: a tap's, a hold's, a person's. With the kind it names the item.
    pub fn id(&self) -> i64 {
        match &self.matter {
            Matter::Since(_) | Matter::Scores(..) => self.person.map_or(0, |person| person.0),
            Matter::Ask(tap, _) => tap.0,
            Matter::Hold(hold, _) => hold.0,
            Matter::Nomination(nomination, _) => nomination.0,
            Matter::Request(request, ..) => request.0,
            Matter::Asset(asset, ..) => asset.0,
        }
    }

    /// Whole days since it was due; 0 for what is due on `today` or later.
    pub fn overdue_days(&self, today: NaiveDate) -> i64 {
        (today - self.due_on).num_days().max(0)
    }

    /// Where it stands on the agenda of `today`: what is due comes before what is still to come. What is due is in the
    /// order of how long it can wait, then the longest overdue first; what is to come is in the order of its days. Ties
    /// go by kind, then by id, so that no two items stand in the same place.
    fn place(&self, today: NaiveDate) -> impl Ord + use<> {
        let due = self.due_on <= today;
        let urgency = due.then(|| self.kind.urgency());
        (!due, urgency, self.due_on, self.kind, self.id())
    }
}

/// Everything that is due on `today`, overdue, or to come within `days`, the most urgent first (`domain.md` §9).
pub fn agenda(facts: &Facts, policy: &Policy, today: NaiveDate, days: u32) -> Vec<Item> {
    let last = days_after(today, days);
    let mut items = rules::items(facts, policy, today);
    items.retain(|item| item.due_on <= last || noticed(item, policy, last));
    items.sort_by_key(|item| item.place(today));
    items
}

/// Whether an item is listed before it is due: a permission takes the customer's time to extend.
fn noticed(item: &Item, policy: &Policy, last: NaiveDate) -> bool {
    item.kind == Kind::Permission && item.due_on <= days_after(last, policy.care.permission_days)
}
