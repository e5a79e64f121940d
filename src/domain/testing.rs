//! ReadinessFacts for the tests of the rules.

use chrono::NaiveDate;

use super::ask::AskKind;
use super::caps::PerEffort;
use super::moment::LatestMoments;
use super::readiness::{ReadinessFacts, Willingness};
use super::score::Score;
use super::stage::{Stage, Standing};

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// One positive moment of their own.
pub(crate) const fn own_moment(on: NaiveDate) -> LatestMoments {
    LatestMoments {
        own: Some(on),
        any: Some(on),
    }
}

/// Someone whom every rule lets pass for every kind of ask on `today`.
pub(crate) fn ready_for_all(today: NaiveDate) -> ReadinessFacts {
    let said = |kind| Willingness {
        kind,
        willing: true,
        on: today,
    };
    ReadinessFacts {
        standing: Standing {
            stage: Some(Stage::Active),
            until: None,
        },
        willingness: AskKind::ALL.map(said).to_vec(),
        latest_score: Score::new(10).map(|score| (score, today)),
        moments: own_moment(today),
        completed: PerEffort {
            low: 2,
            medium: 1,
            high: 0,
        },
        ..ReadinessFacts::default()
    }
}
