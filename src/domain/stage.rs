//! Where a person stands in the program, and the moves between stages (`docs/rules.md`, stages).

use chrono::NaiveDate;

use super::words::words;

words! {
    /// Where a person stands. A person about whom nobody has decided anything has no stage.
    pub enum Stage is "a stage" {
        /// Goodwill seen, willingness not confirmed.
        Candidate = "candidate",
        /// Asked to join, no answer yet.
        Invited = "invited",
        /// An advocate who may be asked.
        Active = "active",
        /// An advocate who is resting.
        Paused = "paused",
        /// Was an advocate.
        Retired = "retired",
        /// Does not want to take part.
        Declined = "declined",
        /// Must never be asked.
        DoNotContact = "do-not-contact",
    }
}

impl Stage {
    /// The stages of an advocate: willingness was confirmed and not taken back.
    pub const ADVOCATE: [Stage; 2] = [Stage::Active, Stage::Paused];

    /// Whether the person is an advocate.
    pub fn is_advocate(self) -> bool {
        Self::ADVOCATE.contains(&self)
    }

    /// Whether the person is out of the program or never wanted in: nothing is asked of them any more.
    pub const fn is_left_alone(self) -> bool {
        matches!(self, Stage::Retired | Stage::Declined | Stage::DoNotContact)
    }
}

/// The stage that was recorded last, with the day it holds until where one was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// The recorded stage; `None` where nobody has decided anything.
    pub stage: Option<Stage>,
    /// For a pause: the day on which the person is back.
    pub until: Option<NaiveDate>,
}

impl Standing {
    /// The stage on `day`: a pause ends by itself on the day that was named for it.
    pub fn on(self, day: NaiveDate) -> Option<Stage> {
        match (self.stage, self.until) {
            (Some(Stage::Paused), Some(until)) if until <= day => Some(Stage::Active),
            (stage, _) => stage,
        }
    }
}

/// A decision about a person's stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// We ask whether they would like to take part.
    Invite,
    /// They say yes: willingness is confirmed.
    Confirm,
    /// They say no.
    Decline,
    /// A rest, with or without an end.
    Pause,
    /// The rest is over.
    Resume,
    /// They leave the program.
    Retire,
    /// Never ask again.
    Forbid,
    /// They took "never ask" back themselves.
    Lift,
}

impl Move {
    /// Whether it is a person's no, or takes them out of reach: such a word always counts, and at once.
    pub const fn is_a_no(self) -> bool {
        matches!(
            self,
            Move::Decline | Move::Pause | Move::Retire | Move::Forbid
        )
    }

    /// The stage that follows from `from`, or a sentence why the move makes no sense there.
    ///
    /// # Errors
    /// The sentence says where the person stands and what would be needed first.
    pub fn from(self, from: Option<Stage>) -> Result<Stage, String> {
        use Stage::{Active, Candidate, Declined, DoNotContact, Invited, Paused, Retired};
        let to = match (self, from) {
            (Move::Lift, Some(DoNotContact)) => Candidate,
            (Move::Lift, _) => return Err("nothing to lift: not marked do-not-contact".into()),
            (Move::Forbid, Some(DoNotContact)) => {
                return Err("marked do-not-contact already".into());
            }
            (_, Some(DoNotContact)) => {
                return Err("marked do-not-contact; only the person can take that back".into());
            }
            (Move::Invite, None | Some(Candidate)) => Invited,
            (Move::Invite | Move::Pause | Move::Resume | Move::Retire, Some(Declined)) => {
                return Err("said no; nothing asks again until they say so themselves".into());
            }
            (Move::Invite, Some(Invited)) => return Err("already invited".into()),
            (Move::Invite | Move::Pause | Move::Resume | Move::Retire, Some(Retired)) => {
                return Err("retired; register them again once they say yes".into());
            }
            (Move::Invite, Some(Active | Paused)) => return Err("already an advocate".into()),
            (Move::Confirm, Some(Paused)) => Paused,
            (Move::Confirm, _) => Active,
            (Move::Decline, Some(Declined)) => return Err("has declined already".into()),
            (Move::Decline, _) => Declined,
            (Move::Pause, Some(Active | Paused)) => Paused,
            (Move::Resume, Some(Paused)) => Active,
            (Move::Resume, Some(Active)) => return Err("not paused".into()),
            (Move::Retire, Some(Active | Paused)) => Retired,
            (Move::Pause | Move::Resume | Move::Retire, Some(Invited)) => {
                return Err("invited, and has not said yes yet".into());
            }
            (Move::Pause | Move::Resume | Move::Retire, None | Some(Candidate)) => {
                return Err("not an advocate: willingness is not confirmed".into());
            }
            (Move::Forbid, _) => DoNotContact,
        };
        Ok(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_ends_on_its_day_by_itself() {
        let until: NaiveDate = "2026-12-01".parse().unwrap();
        let standing = Standing {
            stage: Some(Stage::Paused),
            until: Some(until),
        };
        assert_eq!(standing.on(until.pred_opt().unwrap()), Some(Stage::Paused));
        assert_eq!(standing.on(until), Some(Stage::Active));
        let open = Standing {
            until: None,
            ..standing
        };
        assert_eq!(open.on(NaiveDate::MAX), Some(Stage::Paused));
    }

    #[test]
    fn moves_between_stages() {
        use Stage::*;
        let table: [(Move, [Option<Stage>; 8]); 8] = [
            // from:        none          Candidate     Invited         Active          Paused        Retired       Declined      DoNotContact
            (
                Move::Invite,
                [
                    Some(Invited),
                    Some(Invited),
                    None,
                    None,
                    None,
                    None,
                    None,
                    None,
                ],
            ),
            (
                Move::Confirm,
                [
                    Some(Active),
                    Some(Active),
                    Some(Active),
                    Some(Active),
                    Some(Paused),
                    Some(Active),
                    Some(Active),
                    None,
                ],
            ),
            (
                Move::Decline,
                [
                    Some(Declined),
                    Some(Declined),
                    Some(Declined),
                    Some(Declined),
                    Some(Declined),
                    Some(Declined),
                    None,
                    None,
                ],
            ),
            (
                Move::Pause,
                [
                    None,
                    None,
                    None,
                    Some(Paused),
                    Some(Paused),
                    None,
                    None,
                    None,
                ],
            ),
            (
                Move::Resume,
                [None, None, None, None, Some(Active), None, None, None],
            ),
            (
                Move::Retire,
                [
                    None,
                    None,
                    None,
                    Some(Retired),
                    Some(Retired),
                    None,
                    None,
                    None,
                ],
            ),
            (
                Move::Forbid,
                [
                    Some(DoNotContact),
                    Some(DoNotContact),
                    Some(DoNotContact),
                    Some(DoNotContact),
                    Some(DoNotContact),
                    Some(DoNotContact),
                    Some(DoNotContact),
                    None,
                ],
            ),
            (
                Move::Lift,
                [None, None, None, None, None, None, None, Some(Candidate)],
            ),
        ];
        for (what, expected) in table {
            let froms = std::iter::once(None).chain(Stage::ALL.map(Some));
            for (from, to) in froms.zip(expected) {
                assert_eq!(what.from(from).ok(), to, "{what:?} from {from:?}");
            }
        }
    }
}
