//! NPS in both its forms, with how sure it is (`docs/metrics.md`, NPS).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::calendar::Timestamp;
use super::group::Traits;
use super::ids::{PersonId, ResponseId};
use super::rate::SMALL;
use super::score::{Score, ScoreGroup};

/// The normal quantile of a two-sided interval of 95 %, as `docs/metrics.md` says it.
const Z: f64 = 1.96;

/// Under this many responses an interval is only a hint, and is marked.
const ROUGH: u64 = 30;

/// One answer, as it stands on the day that the report is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Which one.
    pub id: ResponseId,
    /// Who gave it.
    pub respondent: Respondent,
    /// The score.
    pub score: Score,
    /// When.
    pub at: Timestamp,
    /// The day of that, in the program's zone; it decides the period.
    pub on: NaiveDate,
    /// Where it came from.
    pub source: String,
    /// What reports group by.
    pub traits: Traits,
}

/// Who gave an answer, as far as that is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Respondent {
    /// A person on record.
    Person(PersonId),
    /// Somebody whom the source knows under its own id.
    Elsewhere(String, String),
    /// Nobody knows: the answer stands for one person.
    Unknown(ResponseId),
}

/// An NPS with what it is computed from.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Nps {
    /// Answers of 9 and 10.
    pub promoters: u64,
    /// Answers of 7 and 8.
    pub passives: u64,
    /// Answers of 0 to 6.
    pub detractors: u64,
}

/// Where the NPS of everyone who might have answered lies, with 95 % confidence; from −100 to 100.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Nps {
    /// Of these answers.
    pub fn of<'a>(answers: impl IntoIterator<Item = &'a Answer>) -> Self {
        let mut nps = Self::default();
        for answer in answers {
            *match answer.score.group() {
                ScoreGroup::Promoter => &mut nps.promoters,
                ScoreGroup::Passive => &mut nps.passives,
                ScoreGroup::Detractor => &mut nps.detractors,
            } += 1;
        }
        nps
    }

    /// How many answers.
    pub const fn responses(&self) -> u64 {
        self.promoters + self.passives + self.detractors
    }

    /// 100 × (promoters − detractors) / all; `None` of nothing.
    pub fn value(&self) -> Option<f64> {
        let balance = self.promoters as f64 - self.detractors as f64;
        (self.responses() > 0).then(|| 100.0 * balance / self.responses() as f64)
    }

    /// Whether it rests on fewer than five answers.
    pub const fn is_small(&self) -> bool {
        self.responses() < SMALL
    }

    /// Whether it rests on so few answers that the interval is only a hint.
    pub const fn is_rough(&self) -> bool {
        self.responses() < ROUGH
    }

    /// The adjusted Wald interval of 95 %: the normal approximation of the mean of +1, 0 and −1, after adding three
    /// answers (¾ of a promoter, 1½ passives, ¾ of a detractor), so that a few equal answers do not look certain.
    /// `None` of nothing.
    pub fn interval(&self) -> Option<Interval> {
        if self.responses() == 0 {
            return None;
        }
        let all = self.responses() as f64 + 3.0;
        let promoters = (self.promoters as f64 + 0.75) / all;
        let detractors = (self.detractors as f64 + 0.75) / all;
        let mean = promoters - detractors;
        let variance = promoters + detractors - mean * mean;
        let margin = Z * (variance / all).sqrt();
        Some(Interval {
            low: (100.0 * (mean - margin)).max(-100.0),
            high: (100.0 * (mean + margin)).min(100.0),
        })
    }
}

/// The latest of these answers of each respondent, by respondent.
pub fn latest<'a>(answers: impl IntoIterator<Item = &'a Answer>) -> Vec<&'a Answer> {
    let mut last: BTreeMap<&Respondent, &Answer> = BTreeMap::new();
    for answer in answers {
        let kept = last.entry(&answer.respondent).or_insert(answer);
        if (kept.at, kept.id) < (answer.at, answer.id) {
            *kept = answer;
        }
    }
    last.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Zone;
    use crate::domain::testing::day;
    use proptest::prelude::*;

    fn answer(id: i64, respondent: Respondent, score: u8, on: &str) -> Answer {
        Answer {
            id: ResponseId(id),
            respondent,
            score: Score::try_from(score).unwrap(),
            at: Zone::UTC.noon_of(day(on)),
            on: day(on),
            source: "delighted".into(),
            traits: Traits::default(),
        }
    }

    const fn of(promoters: u64, passives: u64, detractors: u64) -> Nps {
        Nps {
            promoters,
            passives,
            detractors,
        }
    }

    #[test]
    fn both_forms_by_hand() {
        let nina = || Respondent::Person(PersonId(1));
        let otto = || Respondent::Person(PersonId(2));
        let stranger = || Respondent::Elsewhere("typeform".into(), "r7".into());
        let answers = [
            answer(1, nina(), 3, "2026-04-01"),
            answer(2, nina(), 10, "2026-05-01"),
            answer(3, otto(), 9, "2026-05-01"),
            // Two on one day: the evening's is the later one, whatever its id.
            Answer {
                at: Timestamp(Zone::UTC.noon_of(day("2026-06-01")).0 + 3600),
                ..answer(4, otto(), 7, "2026-06-01")
            },
            answer(5, otto(), 0, "2026-06-01"),
            answer(6, stranger(), 9, "2026-06-01"),
            answer(7, stranger(), 6, "2026-06-02"),
            answer(8, Respondent::Unknown(ResponseId(8)), 8, "2026-06-02"),
            answer(9, Respondent::Unknown(ResponseId(9)), 9, "2026-06-02"),
        ];
        // 10 9 9 9 against 3 0 6, and 7 8 between.
        assert_eq!(Nps::of(&answers), of(4, 2, 3));
        assert_eq!(Nps::of(&answers).value(), Some(100.0 / 9.0));
        // Nina 10, Otto 7, the stranger 6, and the two unknown 8 and 9.
        assert_eq!(Nps::of(latest(&answers)), of(2, 2, 1));
        assert_eq!(Nps::of(latest(&answers)).value(), Some(20.0));
    }

    #[test]
    fn nothing_has_no_score() {
        let none = Nps::of([]);
        assert_eq!((none.value(), none.interval()), (None, None));
        assert!(none.is_small() && none.is_rough());
    }

    #[test]
    fn intervals_by_hand() {
        // 50, 30, 20: (50.75 − 20.75) / 103 = 0.29126; variance 71.5 / 103 − 0.29126² = 0.60934;
        // 1.96 × √(0.60934 / 103) = 0.15075.
        // 3, 0, 0: 3 / 6 = 0.5; variance 4.5 / 6 − 0.25 = 0.5; margin 1.96 × √(0.5 / 6) = 0.56580.
        for (nps, low, high) in [
            (of(50, 30, 20), 14.050, 44.202),
            (of(3, 0, 0), -6.580, 100.0),
            (of(0, 0, 3), -100.0, 6.580),
            (of(0, 1, 0), -60.013, 60.013),
        ] {
            let interval = nps.interval().unwrap();
            assert!((interval.low - low).abs() < 1e-3, "{nps:?} {interval:?}");
            assert!((interval.high - high).abs() < 1e-3, "{nps:?} {interval:?}");
        }
        assert!(of(20, 9, 0).is_rough() && !of(20, 10, 0).is_rough());
        assert!(of(4, 0, 0).is_small() && !of(5, 0, 0).is_small());
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_score_and_more_answers_narrow_it(
            promoters in 0_u64..400, passives in 0_u64..400, detractors in 0_u64..400
        ) {
            let nps = of(promoters, passives, detractors);
            prop_assume!(nps.responses() > 0);
            let (value, interval) = (nps.value().unwrap(), nps.interval().unwrap());
            prop_assert!(interval.low <= value && value <= interval.high);
            prop_assert!(-100.0 <= interval.low && interval.high <= 100.0);
            let tenfold = of(10 * promoters, 10 * passives, 10 * detractors).interval().unwrap();
            prop_assert!(tenfold.high - tenfold.low < interval.high - interval.low + 1e-9);
        }

        #[test]
        fn the_order_does_not_matter(
            (answers, shuffled) in proptest::collection::vec((1_i64..8, 0_u8..11, 0_u64..30), 0..30)
                .prop_map(|list| list
                    .into_iter()
                    .enumerate()
                    .map(|(id, (person, score, after))| {
                        let on = (day("2026-04-01") + chrono::Days::new(after)).to_string();
                        answer(id as i64, Respondent::Person(PersonId(person)), score, &on)
                    })
                    .collect::<Vec<_>>())
                .prop_flat_map(|answers| (Just(answers.clone()), Just(answers).prop_shuffle()))
        ) {
            prop_assert_eq!(latest(&answers), latest(&shuffled));
        }
    }
}
