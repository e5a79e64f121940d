//! What stands on the agenda: the kinds of things to do, what each is about, and their order.

use chrono::{NaiveDate, NaiveTime};

use crate::domain::ask::AskKind;
use crate::domain::asset::{AssetKind, AssetStatus};
use crate::domain::deal::DealStatus;
use crate::domain::ids::{AssetId, HoldId, NominationId, PersonId, RequestId, TapId};
use crate::domain::score::Score;
use crate::domain::words::words;

words! {
    /// What is to be done. The order is that of the agenda: the most urgent kind first.
    pub enum ItemKind is "something on the agenda" {
        /// An advocate's score fell.
        ScoreDrop = "score-drop",
        /// A completed ask was a bad experience.
        LowRating = "low-rating",
        /// A hold lapses.
        Hold = "hold",
        /// A request is needed.
        Request = "request",
        /// Thanks are owed for a completed ask.
        ThankYou = "thank-you",
        /// An ask has no answer.
        PendingTap = "pending-tap",
        /// An ask was accepted and is not completed.
        AcceptedTap = "accepted-tap",
        /// A nomination waits for a decision.
        Nomination = "nomination",
        /// Somebody who was accepted for the program is not invited.
        Invite = "invite",
        /// What may be shown of an asset ends, or nobody gave leave.
        Permission = "permission",
        /// Results of a completed ask are to be shared.
        Results = "results",
        /// What came of a published asset is to be shared.
        Publication = "publication",
        /// A pause is over.
        PauseEnds = "pause-ends",
        /// An invitation has no answer.
        Invitation = "invitation",
        /// A completed ask left no asset.
        AssetMissing = "asset-missing",
        /// An asset does not move on.
        Asset = "asset",
        /// A pause has no end.
        OpenPause = "open-pause",
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
            ItemKind::ScoreDrop | ItemKind::LowRating | ItemKind::Hold | ItemKind::Request => {
                Urgency::Now
            }
            ItemKind::ThankYou
            | ItemKind::PendingTap
            | ItemKind::AcceptedTap
            | ItemKind::Nomination
            | ItemKind::Invite
            | ItemKind::Permission
            | ItemKind::Results
            | ItemKind::Publication
            | ItemKind::PauseEnds
            | ItemKind::Invitation => Urgency::Promised,
            ItemKind::AssetMissing
            | ItemKind::Asset
            | ItemKind::OpenPause
            | ItemKind::CheckIn
            | ItemKind::Verify => Urgency::Upkeep,
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
    /// An ask that was accepted for a time.
    Appointment(TapId, AskKind, NaiveTime),
    /// A hold for a request.
    Hold(HoldId, RequestId),
    /// A nomination, and who made it.
    Nomination(NominationId, String),
    /// A request.
    Request(Demand),
    /// An asset with its title and how far it has come.
    Asset(AssetId, AssetKind, String, AssetStatus),
    /// An asset with its title, and the last day on which it may be shown; `None` where nobody gave leave.
    Permission(AssetId, String, Option<NaiveDate>),
    /// An asset with its title that was published, and the ask that it came of.
    Published(AssetId, String, Option<TapId>),
    /// An answer that fell, from one score to another.
    Scores(Score, Score),
}

/// What a request needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// The request.
    pub id: RequestId,
    /// For what.
    pub ask: AskKind,
    /// Who made it.
    pub by: String,
    /// What became of its deal, where that is closed: nobody is needed any more.
    pub deal_closed: Option<DealStatus>,
}

/// A line of the agenda by its name, such as `thank-you:12`: the same every day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemId {
    /// What is to be done.
    pub kind: ItemKind,
    /// The number of what it is about.
    pub fact: i64,
}

impl std::fmt::Display for ItemId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.kind, self.fact)
    }
}

impl std::str::FromStr for ItemId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.trim().split_once(':');
        let (kind, fact) = parts.ok_or("it is a kind and a number, such as thank-you:12")?;
        let fact = fact.trim().parse();
        Ok(Self {
            kind: kind.parse()?,
            fact: fact.map_err(|_| format!("`{text}` has no number, such as thank-you:12"))?,
        })
    }
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What.
    pub kind: ItemKind,
    /// For whom; `None` for a request, and for an asset that nobody is linked to.
    pub person: Option<PersonId>,
    /// Since which day it is so, whatever the policy says: what was answered before then was answered of something else.
    pub since: NaiveDate,
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
            Matter::Ask(tap, _) | Matter::Appointment(tap, ..) => tap.0,
            Matter::Hold(hold, _) => hold.0,
            Matter::Nomination(nomination, _) => nomination.0,
            Matter::Request(demand) => demand.id.0,
            Matter::Asset(asset, ..)
            | Matter::Permission(asset, ..)
            | Matter::Published(asset, ..) => asset.0,
        }
    }

    /// Its name.
    pub fn name(&self) -> ItemId {
        ItemId {
            kind: self.kind,
            fact: self.id(),
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
