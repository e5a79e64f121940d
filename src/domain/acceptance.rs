//! Acceptance rate (`docs/metrics.md`, acceptance): how often an ask gets a yes. What counts as an answer is said in
//! `matching`.

use chrono::NaiveDate;

use super::ask::{AskKind, Effort};
use super::group::{By, Group, Traits};
use super::matching::TrackRecord;
use super::rate::Rate;
use super::tap::Outcome;

/// One ask and who was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedFacts {
    /// For what.
    pub kind: AskKind,
    /// How much that took.
    pub effort: Effort,
    /// When, in the program's zone; it decides the period.
    pub on: NaiveDate,
    /// What became of it.
    pub outcome: Outcome,
    /// Whom: the tier is that of the day of the ask.
    pub traits: Traits,
}

/// What asks can be grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskedBy {
    /// The kind of ask.
    Ask,
    /// Its effort.
    Effort,
    /// The month of the ask.
    Month,
    /// A trait of whom was asked.
    Trait(By),
}

impl AskedFacts {
    /// The group to which the ask belongs.
    pub fn group(&self, by: AskedBy) -> Option<Group> {
        match by {
            AskedBy::Ask => Some(Group::of_ask(self.kind)),
            AskedBy::Effort => Some(Group::placed(self.effort as usize, self.effort.name())),
            AskedBy::Month => Some(Group::named(&self.on.format("%Y-%m").to_string())),
            AskedBy::Trait(by) => self.traits.group(by),
        }
    }
}

/// How asks were answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Acceptance {
    /// (Accepted + completed + no-show) / answered or lapsed: all taps but the pending and the withdrawn.
    pub acceptance: Rate,
    /// Completed / (accepted + completed + no-show).
    pub completion: Rate,
    /// Taps made.
    pub taps: u64,
    /// Said no.
    pub declined: u64,
    /// Did not answer.
    pub no_reply: u64,
    /// Said yes and did not come.
    pub no_show: u64,
    /// Not answered yet; in no rate.
    pub pending: u64,
    /// Taken back by us; in no rate.
    pub withdrawn: u64,
}

/// How these asks were answered.
pub fn acceptance<'a>(asks: impl IntoIterator<Item = &'a AskedFacts>) -> Acceptance {
    let mut record = TrackRecord::default();
    let mut report = Acceptance::default();
    for ask in asks {
        record.add(ask.outcome);
        report.taps += 1;
        match ask.outcome {
            Outcome::Declined => report.declined += 1,
            Outcome::NoReply => report.no_reply += 1,
            Outcome::NoShow => report.no_show += 1,
            Outcome::Pending => report.pending += 1,
            Outcome::Withdrawn => report.withdrawn += 1,
            Outcome::Accepted | Outcome::Completed => {}
        }
    }
    report.acceptance = Rate::new(record.accepted.into(), record.answered.into());
    report.completion = Rate::new(record.completed.into(), record.accepted.into());
    report
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;
    use crate::domain::tier::Tier;

    fn asked(kind: AskKind, outcome: Outcome) -> AskedFacts {
        AskedFacts {
            kind,
            effort: kind.default_effort(),
            on: day("2026-05-02"),
            outcome,
            traits: Traits {
                tier: Some(Tier::Silver),
                ..Traits::default()
            },
        }
    }

    #[test]
    fn by_hand() {
        use Outcome::{Accepted, Completed, Declined, NoReply, NoShow, Pending, Withdrawn};
        let asks = [
            Completed, Completed, Completed, Accepted, NoShow, Declined, Declined, NoReply,
            Pending, Withdrawn,
        ]
        .map(|outcome| asked(AskKind::Review, outcome));
        let expected = Acceptance {
            acceptance: Rate::new(5, 8),
            completion: Rate::new(3, 5),
            taps: 10,
            declined: 2,
            no_reply: 1,
            no_show: 1,
            pending: 1,
            withdrawn: 1,
        };
        assert_eq!(acceptance(&asks), expected);
        assert_eq!(acceptance([]), Acceptance::default());
    }

    #[test]
    fn kinds_and_efforts_are_in_their_own_order() {
        let ask = asked(AskKind::Speaking, Outcome::Pending);
        let small = asked(AskKind::Review, Outcome::Pending);
        for by in [AskedBy::Ask, AskedBy::Effort] {
            assert!(small.group(by) < ask.group(by), "{by:?}");
        }
        assert_eq!(ask.group(AskedBy::Month), Some(Group::named("2026-05")));
        assert_eq!(
            ask.group(AskedBy::Trait(By::Tier)),
            Some(Group::of_tier(Tier::Silver))
        );
    }
}
