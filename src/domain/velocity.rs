//! Review velocity and the case studies' clock (`docs/metrics.md`, review velocity): how fast what lasts comes out.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::calendar::months_before;
use super::period::Period;
use super::statistics::Summary;

/// How many months before the period a velocity is compared with.
const MONTHS_BEFORE: u32 = 12;

/// A review that was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedReview {
    /// Where, as the platform is named in the database.
    pub platform: String,
    /// When, in the program's zone.
    pub published_on: NaiveDate,
}

/// Reviews published per month.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Velocity {
    /// Reviews published in the period.
    pub published: u64,
    /// The same per month: published / the period's months, the whole period's even while it is running.
    pub per_month: f64,
    /// Reviews published in the 12 months before the period's first day.
    pub published_before: u64,
    /// Their mean per month: published before / 12.
    pub per_month_before: f64,
}

/// Review velocity by platform and in all.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct VelocityReport {
    /// Platforms by name: those with a review in the period or in the 12 months before, so that one which has
    /// fallen silent shows.
    pub platforms: Vec<(String, Velocity)>,
    /// All platforms together.
    pub total: Velocity,
    /// Months in the period, by which `per_month` divides.
    pub months: f64,
}

/// Review velocity in the period beside the mean of the 12 months before it.
pub fn velocity(reviews: &[PublishedReview], period: &Period) -> VelocityReport {
    let before = months_before(period.from(), MONTHS_BEFORE);
    let mut platforms: BTreeMap<&str, Velocity> = BTreeMap::new();
    let mut total = Velocity::default();
    for review in reviews {
        let on = review.published_on;
        let part = if period.contains(on) {
            |velocity: &mut Velocity| velocity.published += 1
        } else if before <= on && on < period.from() {
            |velocity: &mut Velocity| velocity.published_before += 1
        } else {
            continue;
        };
        part(platforms.entry(&review.platform).or_default());
        part(&mut total);
    }
    let months = period.months();
    VelocityReport {
        platforms: platforms
            .into_iter()
            .map(|(name, counted)| (name.to_owned(), counted.divided(months)))
            .collect(),
        total: total.divided(months),
        months,
    }
}

impl Velocity {
    fn divided(self, months: f64) -> Self {
        Self {
            per_month: self.published as f64 / months,
            per_month_before: self.published_before as f64 / f64::from(MONTHS_BEFORE),
            ..self
        }
    }
}

/// A case study's two ends; either may not be known or not have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseStudyFacts {
    /// When it was asked for.
    pub asked_on: Option<NaiveDate>,
    /// When it was published.
    pub published_on: Option<NaiveDate>,
}

/// How long case studies take.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct CaseStudyClock {
    /// Case studies published in the period.
    pub published: u64,
    /// Weeks from asked to published, decimal: of those published in the period that were asked for on a known day,
    /// not after their publication.
    pub weeks: Summary,
}

/// The clock of the case studies published in the period.
pub fn case_study_clock(studies: &[CaseStudyFacts], period: &Period) -> CaseStudyClock {
    let published: Vec<(Option<NaiveDate>, NaiveDate)> = studies
        .iter()
        .filter_map(|study| Some((study.asked_on, study.published_on?)))
        .filter(|(_, published_on)| period.contains(*published_on))
        .collect();
    let days = published
        .iter()
        .filter_map(|(asked_on, published_on)| Some((*published_on - (*asked_on)?).num_days()))
        .filter(|days| *days >= 0);
    CaseStudyClock {
        published: published.len() as u64,
        weeks: Summary::of(days.map(|days| days as f64 / 7.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;
    use proptest::prelude::*;

    fn period(text: &str) -> Period {
        Period::parse(text, day("2026-09-30")).unwrap()
    }

    fn reviews(list: &[(&str, &str)]) -> Vec<PublishedReview> {
        list.iter()
            .map(|(platform, on)| PublishedReview {
                platform: (*platform).to_owned(),
                published_on: day(on),
            })
            .collect()
    }

    #[test]
    fn a_quarter_by_hand() {
        let facts = reviews(&[
            ("G2", "2025-06-30"), // a day too early for the 12 months before
            ("G2", "2025-07-01"), // their first day
            ("G2", "2026-06-30"), // their last day
            ("Capterra", "2026-01-15"),
            ("G2", "2026-07-01"), // the period's first day
            ("G2", "2026-08-15"),
            ("G2", "2026-09-30"),          // its last day
            ("G2", "2026-10-01"),          // a day too late
            ("TrustRadius", "2024-01-01"), // silent for too long to show
        ]);
        let g2 = Velocity {
            published: 3,
            per_month: 1.0,
            published_before: 2,
            per_month_before: 2.0 / 12.0,
        };
        let capterra = Velocity {
            published_before: 1,
            per_month_before: 1.0 / 12.0,
            ..Velocity::default()
        };
        let total = Velocity {
            published_before: 3,
            per_month_before: 0.25,
            ..g2
        };
        let report = velocity(&facts, &period("2026-Q3"));
        assert_eq!(
            report.platforms,
            [("Capterra".to_owned(), capterra), ("G2".to_owned(), g2)]
        );
        assert_eq!((report.total, report.months), (total, 3.0));
    }

    #[test]
    fn months_are_exact_for_calendar_units_and_by_days_for_free_ranges() {
        let facts = reviews(&[("G2", "2026-02-01"), ("G2", "2026-02-28")]);
        for (text, per_month) in [
            ("2026-02", 2.0),
            ("2026-Q1", 2.0 / 3.0),
            ("2026", 2.0 / 12.0),
            ("2026-02-01..2026-02-28", 2.0 * 30.4375 / 28.0),
        ] {
            let total = velocity(&facts, &period(text)).total;
            assert!((total.per_month - per_month).abs() < 1e-12, "{text}");
        }
    }

    #[test]
    fn no_reviews_is_none_a_month() {
        let report = velocity(&[], &period("2026-Q3"));
        assert_eq!(report.total, Velocity::default());
        assert!(report.platforms.is_empty());
        let clock = case_study_clock(&[], &period("2026-Q3"));
        assert_eq!(clock, CaseStudyClock::default());
    }

    #[test]
    fn case_studies_by_hand() {
        let facts = [
            (Some("2026-05-20"), Some("2026-07-01")), // 42 days, 6 weeks
            (Some("2026-09-02"), Some("2026-09-30")), // 28 days, 4 weeks
            (Some("2026-08-01"), Some("2026-09-15")), // 45 days, 6.43 weeks
            (Some("2026-05-01"), Some("2026-06-30")), // before the period
            (Some("2026-09-01"), Some("2026-10-01")), // after it
            (Some("2026-09-01"), None),               // still in the making
            (None, Some("2026-08-01")),               // asked on a day nobody knows
            (Some("2026-08-02"), Some("2026-08-01")), // asked after it was out
        ]
        .map(|(asked_on, published_on)| CaseStudyFacts {
            asked_on: asked_on.map(day),
            published_on: published_on.map(day),
        });
        let clock = case_study_clock(&facts, &period("2026-Q3"));
        assert_eq!(clock.published, 5);
        assert_eq!((clock.weeks.median, clock.weeks.n), (Some(6.0), 3));
    }

    proptest! {
        #[test]
        fn platforms_add_up_to_the_total_in_any_order(
            (facts, shuffled) in proptest::collection::vec(("[a-c]", 0_u64..900), 0..40)
                .prop_map(|list| list
                    .into_iter()
                    .map(|(platform, days)| PublishedReview {
                        platform,
                        published_on: day("2024-06-01") + chrono::Days::new(days),
                    })
                    .collect::<Vec<_>>())
                .prop_flat_map(|facts| (Just(facts.clone()), Just(facts).prop_shuffle()))
        ) {
            let report = velocity(&facts, &period("2026-Q3"));
            prop_assert_eq!(&report, &velocity(&shuffled, &period("2026-Q3")));
            let sum = |part: fn(&Velocity) -> u64| report.platforms.iter().map(|(_, one)| part(one)).sum::<u64>();
            prop_assert_eq!(sum(|one| one.published), report.total.published);
            prop_assert_eq!(sum(|one| one.published_before), report.total.published_before);
        }
    }
}
