//! The facts that the agenda is made of: what happened, with its days, and nothing that was concluded from it.

use chrono::NaiveDate;

use super::item::ItemId;
use crate::domain::appointment::Appointment;
use crate::domain::ask::AskKind;
use crate::domain::asset::{AssetKind, AssetStatus, Permission};
use crate::domain::deal::DealStatus;
use crate::domain::ids::{AssetId, HoldId, NominationId, PersonId, RequestId, TapId};
use crate::domain::score::Score;
use crate::domain::stage::{Stage, Standing};
use crate::domain::tap::Rating;
use crate::domain::words::words;

/// Everything the agenda looks at, in any order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AgendaInput {
    /// People about whom something was decided, who were asked, or who were nominated.
    pub people: Vec<Person>,
    /// Open requests.
    pub requests: Vec<Request>,
    /// The library.
    pub assets: Vec<Asset>,
    /// What was said last about lines of the agenda.
    pub answers: Vec<Answer>,
}

/// A person and what happened to them.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// The stage recorded last.
    pub standing: Standing,
    /// Whether they were erased: nobody can be written to.
    pub is_erased: bool,
    /// Every stage with its day, oldest first.
    pub stages: Vec<(Stage, NaiveDate)>,
    /// When the profile was last verified.
    pub verified_on: Option<NaiveDate>,
    /// The last move to another account, where the profile was not verified since.
    pub unverified_move_on: Option<NaiveDate>,
    /// The last touch, of whatever kind: nothing else is contact.
    pub last_touch_on: Option<NaiveDate>,
    /// Their answers to surveys, oldest first.
    pub answers: Vec<(NaiveDate, Score)>,
    /// Asks that were completed.
    pub completed: Vec<Completed>,
    /// Asks without an outcome.
    pub pending: Vec<Pending>,
    /// Asks that were accepted and not completed.
    pub accepted: Vec<Accepted>,
    /// Thank-yous and gives.
    pub thanks: Vec<Care>,
    /// Results shared.
    pub results: Vec<Care>,
    /// Any other touch.
    pub talks: Vec<Care>,
    /// Holds that last.
    pub holds: Vec<Hold>,
    /// Nominations without a decision.
    pub nominations: Vec<Nomination>,
    /// Nominations that were accepted, with the day of that.
    pub wanted: Vec<Nomination>,
}

/// An ask that was completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Completed {
    /// The ask.
    pub tap: TapId,
    /// For what.
    pub ask: AskKind,
    /// The day on which it was asked.
    pub tapped_on: NaiveDate,
    /// The day on which that was first said.
    pub on: NaiveDate,
    /// How they liked it, and the day of that word.
    pub rated: Option<(Rating, NaiveDate)>,
    /// For an ask from an imported history: the day of the import.
    pub imported_on: Option<NaiveDate>,
}

/// An ask without an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pending {
    /// The ask.
    pub tap: TapId,
    /// For what.
    pub ask: AskKind,
    /// When it was made.
    pub on: NaiveDate,
}

/// An ask that was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accepted {
    /// The ask.
    pub tap: TapId,
    /// For what.
    pub ask: AskKind,
    /// When they said yes.
    pub on: NaiveDate,
    /// What was agreed upon.
    pub appointment: Option<Appointment>,
}

/// Something kind that was done for a person, perhaps for one ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Care {
    /// For which ask.
    pub tap: Option<TapId>,
    /// When.
    pub on: NaiveDate,
}

/// A hold that lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// The hold.
    pub id: HoldId,
    /// For which request.
    pub request: RequestId,
    /// The last day on which it can be used.
    pub last_day: NaiveDate,
}

/// A nomination without a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nomination {
    /// The nomination.
    pub id: NominationId,
    /// Who made it.
    pub by: String,
    /// When.
    pub on: NaiveDate,
}

/// An open request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The request.
    pub id: RequestId,
    /// For what.
    pub ask: AskKind,
    /// Who made it.
    pub by: String,
    /// When it was opened.
    pub opened_on: NaiveDate,
    /// When it was opened again, the last time.
    pub reopened_on: Option<NaiveDate>,
    /// By when.
    pub needed_by: Option<NaiveDate>,
    /// What became of its deal, and when that was closed.
    pub deal_closed: Option<(DealStatus, Option<NaiveDate>)>,
    /// How many are wanted and have not said yes.
    pub missing: usize,
    /// The days on which those were asked who have not answered.
    pub asked: Vec<NaiveDate>,
    /// The last days of the holds for it.
    pub held: Vec<NaiveDate>,
    /// Whether somebody looked, and nobody is free to be asked.
    pub nobody_free: bool,
}

/// An asset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// The asset.
    pub id: AssetId,
    /// What it is.
    pub kind: AssetKind,
    /// Its title.
    pub title: String,
    /// Whom it comes from.
    pub person: Option<PersonId>,
    /// The ask that it came of.
    pub tap: Option<TapId>,
    /// Whether it may be shown.
    pub permission: Permission,
    /// When it came into being.
    pub made_on: NaiveDate,
    /// How far it has come.
    pub status: AssetStatus,
    /// Since when.
    pub since: NaiveDate,
}

/// What was said about a line of the agenda, other than by its command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// The line.
    pub item: ItemId,
    /// What was said.
    pub word: AnswerWord,
    /// For a line that was put off: until when.
    pub until: Option<NaiveDate>,
    /// It is about what had come about by this day.
    pub since: NaiveDate,
}

words! {
    /// What can be said about a line of the agenda.
    pub enum AnswerWord is "an answer" {
        /// It is done.
        Done = "done",
        /// It can wait.
        Snoozed = "snoozed",
        /// It need not be done.
        Dismissed = "dismissed",
    }
}

impl Person {
    /// A person of whom nothing is known yet.
    pub const fn new(id: PersonId, standing: Standing) -> Self {
        Self {
            id,
            standing,
            is_erased: false,
            stages: Vec::new(),
            verified_on: None,
            unverified_move_on: None,
            last_touch_on: None,
            answers: Vec::new(),
            completed: Vec::new(),
            pending: Vec::new(),
            accepted: Vec::new(),
            thanks: Vec::new(),
            results: Vec::new(),
            talks: Vec::new(),
            holds: Vec::new(),
            nominations: Vec::new(),
            wanted: Vec::new(),
        }
    }

    /// The day of the last decision about them.
    pub(super) fn stage_since(&self) -> Option<NaiveDate> {
        self.stages.last().map(|(_, on)| *on)
    }

    /// The day on which they last became an advocate; a pause and its end do not change it.
    pub(super) fn advocate_since(&self) -> Option<NaiveDate> {
        let mut since = None;
        let mut before = false;
        for (stage, on) in &self.stages {
            if stage.is_advocate() && !before {
                since = Some(*on);
            }
            before = stage.is_advocate();
        }
        since
    }

    /// Whether nothing is asked of them any more. What is owed to them is owed all the same.
    pub(super) fn is_left_alone(&self) -> bool {
        self.standing.stage.is_some_and(Stage::is_left_alone)
    }
}
