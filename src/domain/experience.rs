//! How completed asks were liked (`docs/metrics.md`, experience): by those who were asked, and by the prospects.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::ask::AskKind;
use super::ids::TapId;
use super::period::Period;
use super::tap::Rating;

/// A completed ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CompletedAsk {
    /// Which.
    pub tap: TapId,
    /// For what.
    pub kind: AskKind,
    /// The day of its completion.
    pub on: NaiveDate,
    /// How the advocate liked it.
    pub rating: Option<Rating>,
    /// How the prospect liked it.
    pub prospect_rating: Option<Rating>,
}

impl CompletedAsk {
    /// Whether one of the two liked it as little as `most` or less.
    pub fn is_low(&self, most: u32) -> bool {
        let ratings = [self.rating, self.prospect_rating];
        let mut ratings = ratings.into_iter().flatten();
        ratings.any(|rating| u32::from(rating.get()) <= most)
    }
}

/// Ratings of one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ratings {
    /// Their sum.
    sum: u64,
    /// How many there are.
    pub n: u64,
}

impl Ratings {
    fn add(&mut self, rating: Option<Rating>) {
        if let Some(rating) = rating {
            self.sum += u64::from(rating.get());
            self.n += 1;
        }
    }

    /// Sum / n; `None` of none.
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then(|| self.sum as f64 / self.n as f64)
    }
}

/// How asks were liked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Experience {
    /// Asks completed in the period.
    pub completed: u64,
    /// What those who were asked said.
    pub advocates: Ratings,
    /// What the prospects said.
    pub prospects: Ratings,
    /// Asks that one of the two liked little.
    pub low: u64,
}

impl Experience {
    fn add(&mut self, ask: &CompletedAsk, most: u32) {
        self.completed += 1;
        self.advocates.add(ask.rating);
        self.prospects.add(ask.prospect_rating);
        self.low += u64::from(ask.is_low(most));
    }
}

/// How the asks completed in the period were liked, in all and by kind. A rating is low up to `most`.
pub fn experience(
    asks: &[CompletedAsk],
    period: &Period,
    most: u32,
) -> (Experience, BTreeMap<AskKind, Experience>) {
    let (mut all, mut kinds) = (Experience::default(), BTreeMap::new());
    for ask in asks.iter().filter(|ask| period.contains(ask.on)) {
        all.add(ask, most);
        let kind: &mut Experience = kinds.entry(ask.kind).or_default();
        kind.add(ask, most);
    }
    (all, kinds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;

    #[test]
    fn a_quarter_by_hand() {
        let ask = |tap, kind, on: &str, rating: u8, prospect_rating: u8| CompletedAsk {
            tap: TapId(tap),
            kind,
            on: day(on),
            rating: Rating::new(rating),
            prospect_rating: Rating::new(prospect_rating),
        };
        let asks = [
            ask(1, AskKind::Reference, "2026-04-01", 5, 2), // the prospect did not like it
            ask(2, AskKind::Reference, "2026-06-30", 4, 0), // 0 stands for no rating
            ask(3, AskKind::Review, "2026-05-01", 0, 0),
            ask(4, AskKind::Review, "2026-05-01", 1, 0),
            ask(5, AskKind::Review, "2026-07-01", 1, 1), // after the quarter
        ];
        let period = Period::parse("2026-Q2", day("2026-12-31")).unwrap();
        let (all, kinds) = experience(&asks, &period, 2);
        assert_eq!((all.completed, all.low), (4, 2));
        assert_eq!((all.advocates.n, all.prospects.n), (3, 1));
        assert_eq!(all.advocates.mean(), Some(10.0 / 3.0));
        assert_eq!(all.prospects.mean(), Some(2.0));
        let reference = kinds[&AskKind::Reference];
        assert_eq!((reference.completed, reference.low), (2, 1));
        assert_eq!(reference.advocates.mean(), Some(4.5));
        assert_eq!(kinds[&AskKind::Review].prospects.mean(), None);
    }
}
