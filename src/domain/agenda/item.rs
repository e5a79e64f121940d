//! What stands on the agenda: the kinds of things to do, what each is about, and their order.

use chrono::NaiveDate;

use crate::domain::ask::AskKind;
use crate::domain::asset::{AssetKind, AssetStatus};
use crate::domain::ids::{AssetId, HoldId, NominationId, PersonId, RequestId, TapId};
use crate::domain::score::Score;
use crate::domain::words::words;

words! {
    /// What is to be done. The order is that of the agenda: the most urgent kind first.
    pub enum ItemKind is "something on the agenda" {
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
pub(super) enum Urgency {
    /// Not at all: tomorrow it is lost, or somebody with it.
    Now,
    /// Somebody waits for it.
    Promised,
    /// Nobody would ask for it, and without it the program decays.
    Upkeep,
}

impl ItemKind {
    pub(super) const fn urgency(self) -> Urgency {
        match self {
            ItemKind::ScoreDrop | ItemKind::Hold | ItemKind::Request => Urgency::Now,
            ItemKind::ThankYou
            | ItemKind::PendingTap
            | ItemKind::Nomination
            | ItemKind::Permission
            | ItemKind::Results
            | ItemKind::PauseEnds
            | ItemKind::Invitation => Urgency::Promised,
            ItemKind::Asset | ItemKind::CheckIn | ItemKind::Verify => Urgency::Upkeep,
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
    pub kind: ItemKind,
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
    pub(super) fn place(&self, today: NaiveDate) -> impl Ord + use<> {
        let due = self.due_on <= today;
        let urgency = due.then(|| self.kind.urgency());
        (!due, urgency, self.due_on, self.kind, self.id())
    }
}
