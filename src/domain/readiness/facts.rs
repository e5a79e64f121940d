//! Everything about one person that the hard rules look at.

use std::rc::Rc;

use chrono::NaiveDate;

use crate::domain::ask::AskKind;
use crate::domain::caps::{Claim, PerEffort};
use crate::domain::customer::CustomerSigns;
use crate::domain::ids::RequestId;
use crate::domain::moment::LatestMoments;
use crate::domain::score::Score;
use crate::domain::stage::Standing;
use crate::domain::tap::{Outcome, Rating};

/// What a person said about one kind of ask, last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Willingness {
    /// The kind.
    pub kind: AskKind,
    /// Yes or no.
    pub willing: bool,
    /// Since when.
    pub on: NaiveDate,
}

/// How an account is doing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccountState {
    /// Whether its health is red.
    pub red: bool,
    /// Whether an escalation is open.
    pub escalated: bool,
    /// Its next renewal.
    pub renewal_on: Option<NaiveDate>,
    /// Names and domains of its competitors.
    pub competitors: Vec<String>,
}

/// An ask that went badly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadAsk {
    /// Of what kind.
    pub kind: AskKind,
    /// How it was rated.
    pub rating: Rating,
    /// When it was completed.
    pub on: NaiveDate,
}

/// The newest asks in a row that were declined or got no reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InVain {
    /// How many.
    pub asks: u32,
    /// The day of the last of them.
    pub asked_on: NaiveDate,
    /// The day on which that came to nothing.
    pub settled_on: NaiveDate,
}

impl InVain {
    /// The row once the next ask, by the day of the ask, is settled so: an answer ends it, and what still waits for one
    /// or was withdrawn says nothing.
    pub fn after(
        row: Option<Self>,
        asked_on: NaiveDate,
        outcome: Outcome,
        settled_on: NaiveDate,
    ) -> Option<Self> {
        match outcome {
            Outcome::Pending | Outcome::Withdrawn => row,
            Outcome::Accepted | Outcome::Completed | Outcome::NoShow => None,
            Outcome::Declined | Outcome::NoReply => Some(Self {
                asks: row.map_or(0, |row| row.asks) + 1,
                asked_on,
                settled_on,
            }),
        }
    }
}

/// The last move of a person to another account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// When.
    pub on: NaiveDate,
    /// What says that the account is a customer.
    pub customer: CustomerSigns,
    /// Whether the person was verified since.
    pub verified: bool,
}

/// Everything about one person that the hard rules look at.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReadinessFacts {
    /// The stage recorded last.
    pub standing: Standing,
    /// What they said about each kind, last.
    pub willingness: Vec<Willingness>,
    /// The person's taps that count, and holds.
    pub claims: Vec<Claim>,
    /// The taps that count and holds of everyone at the account, this person included; its people share them.
    pub account_claims: Rc<[Claim]>,
    /// For each kind ever declined: the last time.
    pub declines: Vec<(AskKind, NaiveDate)>,
    /// For each kind that ever went badly: the last time.
    pub bad_asks: Vec<BadAsk>,
    /// The latest response.
    pub latest_score: Option<(Score, NaiveDate)>,
    /// The latest positive moments.
    pub moments: LatestMoments,
    /// Completed asks that did not go badly, by effort.
    pub completed: PerEffort<u32>,
    /// The account.
    pub account: AccountState,
    /// The newest asks in a row that came to nothing.
    pub in_vain: Option<InVain>,
    /// The last touch that was answered.
    pub answered_touch_on: Option<NaiveDate>,
    /// The last move.
    pub moved: Option<Moved>,
}

impl ReadinessFacts {
    /// The same facts without a hold for `request`, which gives its room to the ask that it was placed for.
    #[must_use]
    pub fn without_hold_for(mut self, request: RequestId) -> Self {
        let held = self.claims.iter().position(|one| one.is_held_for(request));
        if let Some(hold) = held.map(|place| self.claims.remove(place)) {
            let mut of_account = self.account_claims.to_vec();
            if let Some(place) = of_account.iter().position(|one| *one == hold) {
                of_account.remove(place);
            }
            self.account_claims = of_account.into();
        }
        self
    }
}
