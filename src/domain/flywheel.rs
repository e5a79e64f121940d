//! The flywheel (`docs/metrics.md`, flywheel): how far each person has come, how many go on from step to step and how
//! long that takes, and the step at which most stay behind.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the place was just found in the same list"
)]

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::ask::Effort;
use super::group::Traits;
use super::ids::PersonId;
use super::period::Period;
use super::rate::Rate;
use super::statistics::Summary;
use super::words::words;

words! {
    /// A step of the flywheel, in its order.
    pub enum Step {
        /// Gave a promoter's score.
        Promoter = "promoter",
        /// Showed goodwill of any kind.
        Candidate = "candidate",
        /// Was asked to take part. Who said yes without that on record counts on the day of the yes.
        Invited = "invited",
        /// Willingness was confirmed.
        Confirmed = "confirmed",
        /// Completed an ask of low effort, or a bigger one.
        LowAsk = "low-ask",
        /// Completed an ask of medium effort, or a bigger one.
        MediumAsk = "medium-ask",
        /// Completed an ask of high effort.
        HighAsk = "high-ask",
        /// Introduced a company.
        Referral = "referral",
        /// A company that they introduced has become an account.
        NewCustomer = "new-customer",
    }
}

impl Step {
    /// The step from which people come to this one. `None` for the first two: everybody who gives a promoter's score
    /// is a candidate on the same day, and some are candidates without one, so there is nothing to convert.
    pub const fn from(self) -> Option<Step> {
        Some(match self {
            Step::Promoter | Step::Candidate => return None,
            Step::Invited => Step::Candidate,
            Step::Confirmed => Step::Invited,
            Step::LowAsk => Step::Confirmed,
            Step::MediumAsk => Step::LowAsk,
            Step::HighAsk | Step::Referral => Step::MediumAsk,
            Step::NewCustomer => Step::Referral,
        })
    }
}

/// What is on record of one person's way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journey {
    /// Who.
    pub person: PersonId,
    /// What reports group by.
    pub traits: Traits,
    /// The first promoter's score.
    pub promoter_on: Option<NaiveDate>,
    /// The first positive moment of any kind.
    pub moment_on: Option<NaiveDate>,
    /// The first invitation.
    pub invited_on: Option<NaiveDate>,
    /// The first confirmation of willingness.
    pub confirmed_on: Option<NaiveDate>,
    /// Every completed ask.
    pub completed: Vec<(Effort, NaiveDate)>,
    /// The first company introduced.
    pub referred_on: Option<NaiveDate>,
    /// The first introduced company that became an account.
    pub customer_on: Option<NaiveDate>,
    /// Whether they are in the pool at the period's end.
    pub in_pool: bool,
    /// Whether their own account was introduced by an advocate.
    pub from_referral: bool,
}

impl Journey {
    /// The day on which the person first stood on the step.
    pub fn reached(&self, step: Step) -> Option<NaiveDate> {
        let completed = |least: Effort| {
            let big = self.completed.iter().filter(|(effort, _)| *effort >= least);
            big.map(|(_, on)| *on).min()
        };
        match step {
            Step::Promoter => self.promoter_on,
            Step::Candidate => [
                self.promoter_on,
                self.moment_on,
                self.invited_on,
                self.confirmed_on,
            ]
            .into_iter()
            .flatten()
            .min(),
            Step::Invited => [self.invited_on, self.confirmed_on]
                .into_iter()
                .flatten()
                .min(),
            Step::Confirmed => self.confirmed_on,
            Step::LowAsk => completed(Effort::Low),
            Step::MediumAsk => completed(Effort::Medium),
            Step::HighAsk => completed(Effort::High),
            Step::Referral => self.referred_on,
            Step::NewCustomer => self.customer_on,
        }
    }
}

/// One step: who came so far, and who of those on the step before went on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StepReport {
    /// The step.
    pub step: Step,
    /// People who have come so far by the period's end.
    pub people: u64,
    /// Those of them who came in the period.
    pub in_period: u64,
    /// Those of them who were on the step before / all who were on the step before.
    pub conversion: Option<Rate>,
    /// Days from the step before to this one; who came in another order is left out.
    pub days: Summary,
    /// Whether the flywheel sticks here: of all steps to which at least five could have come, the lowest conversion;
    /// of equal ones the earliest.
    pub weakest: bool,
}

/// How the flywheel turns.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FlywheelReport {
    /// Every step, in order.
    pub steps: Vec<StepReport>,
    /// Completed two asks or more / completed one or more.
    pub repeaters: Rate,
    /// Of the pool: their own account was introduced by an advocate.
    pub closed_loops: Rate,
}

impl FlywheelReport {
    /// One step.
    pub fn step(&self, step: Step) -> Option<&StepReport> {
        self.steps.iter().find(|one| one.step == step)
    }

    /// The step at which the flywheel sticks; `None` while too few have come anywhere.
    pub fn weakest(&self) -> Option<&StepReport> {
        self.steps.iter().find(|one| one.weakest)
    }
}

/// How far these people have come by the period's end. What is dated after it is left out.
pub fn flywheel<'a>(
    journeys: impl IntoIterator<Item = &'a Journey>,
    period: &Period,
) -> FlywheelReport {
    let journeys: Vec<&Journey> = journeys.into_iter().collect();
    let mut steps: Vec<StepReport> = Step::ALL
        .into_iter()
        .map(|step| step_report(&journeys, step, period))
        .collect();
    if let Some(weakest) = weakest(&steps) {
        steps[weakest].weakest = true;
    }
    let mut report = FlywheelReport {
        steps,
        ..FlywheelReport::default()
    };
    for journey in journeys {
        let done = journey.completed.iter();
        let done = done.filter(|(_, on)| *on < period.until()).count();
        report.repeaters.numerator += u64::from(done >= 2);
        report.repeaters.denominator += u64::from(done >= 1);
        if journey.in_pool {
            report.closed_loops.numerator += u64::from(journey.from_referral);
            report.closed_loops.denominator += 1;
        }
    }
    report
}

fn step_report(journeys: &[&Journey], step: Step, period: &Period) -> StepReport {
    let by_then = |journey: &Journey, step| journey.reached(step).filter(|on| *on < period.until());
    let came = |journey: &&&Journey| by_then(journey, step).is_some();
    let people = journeys.iter().filter(came);
    let in_period = people
        .clone()
        .filter(|one| one.reached(step).is_some_and(|on| period.contains(on)));
    let mut report = StepReport {
        step,
        people: people.clone().count() as u64,
        in_period: in_period.count() as u64,
        conversion: None,
        days: Summary::default(),
        weakest: false,
    };
    let Some(from) = step.from() else {
        return report;
    };
    let were_there = journeys.iter().filter(|one| by_then(one, from).is_some());
    let went_on = people.filter(|one| by_then(one, from).is_some());
    report.conversion = Some(Rate::new(
        went_on.clone().count() as u64,
        were_there.count() as u64,
    ));
    report.days = Summary::of_whole(went_on.filter_map(|one| {
        let days = (by_then(one, step)? - by_then(one, from)?).num_days();
        (days >= 0).then_some(days)
    }));
    report
}

/// Companies that share a name, whatever order they are told in, are one; for each, whether anybody said so of it.
pub fn one_by_name(told: impl IntoIterator<Item = (BTreeSet<String>, bool)>) -> Vec<bool> {
    let mut companies: Vec<(BTreeSet<String>, bool)> = Vec::new();
    for (mut names, mut so) in told {
        companies.retain(|(known, also)| {
            let other = known.is_disjoint(&names);
            if !other {
                names.extend(known.iter().cloned());
                so |= also;
            }
            other
        });
        companies.push((names, so));
    }
    companies.into_iter().map(|(_, so)| so).collect()
}

/// Where the lowest conversion stands, compared exactly.
fn weakest(steps: &[StepReport]) -> Option<usize> {
    let rates = steps.iter().enumerate().filter_map(|(at, one)| {
        let rate = one.conversion.filter(|rate| !rate.is_small())?;
        Some((at, rate))
    });
    rates
        .min_by(|(_, a), (_, b)| a.cmp_value(b))
        .map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;
    use proptest::prelude::*;

    #[test]
    fn a_company_is_one_whoever_tells_of_it() {
        let told = |all: &[(&[&str], bool)]| {
            let all = all.iter().map(|(names, so)| {
                let names = names.iter().map(|name| (*name).to_owned());
                (names.collect(), *so)
            });
            one_by_name(all)
        };
        assert!(told(&[]).is_empty());
        assert_eq!(told(&[(&["a"], false), (&["b"], true)]), [false, true]);
        assert_eq!(told(&[(&["a"], true), (&["a"], false)]), [true]);
        // The third says that the first two are one.
        let third: (&[&str], bool) = (&["a", "b"], false);
        assert_eq!(told(&[(&["a"], false), (&["b"], true), third]), [true]);
    }

    fn quarter() -> Period {
        Period::parse("2026-Q2", day("2026-12-31")).unwrap()
    }

    /// Nobody in particular: add the days that are on record.
    fn journey() -> Journey {
        Journey {
            person: PersonId(1),
            traits: Traits::default(),
            promoter_on: None,
            moment_on: None,
            invited_on: None,
            confirmed_on: None,
            completed: Vec::new(),
            referred_on: None,
            customer_on: None,
            in_pool: false,
            from_referral: false,
        }
    }

    fn some(on: &str) -> Option<NaiveDate> {
        Some(day(on))
    }

    /// Six candidates: three promoters and three others. Five of them confirmed, one without an invitation.
    fn a_program() -> Vec<Journey> {
        let promoter = Journey {
            promoter_on: some("2026-01-01"),
            moment_on: some("2026-01-01"),
            ..journey()
        };
        let confirmed = Journey {
            invited_on: some("2026-01-11"),
            confirmed_on: some("2026-01-21"),
            in_pool: true,
            ..promoter.clone()
        };
        vec![
            promoter,
            Journey {
                completed: vec![
                    (Effort::Low, day("2026-02-20")),
                    (Effort::Medium, day("2026-04-01")),
                    (Effort::High, day("2026-06-30")),
                ],
                referred_on: some("2026-04-01"),
                customer_on: some("2026-07-01"),
                ..confirmed.clone()
            },
            Journey {
                completed: vec![(Effort::Medium, day("2026-01-31"))],
                referred_on: some("2026-01-31"),
                customer_on: some("2026-05-01"),
                ..confirmed
            },
            Journey {
                confirmed_on: some("2026-04-10"),
                moment_on: some("2026-04-10"),
                in_pool: true,
                from_referral: true,
                ..journey()
            },
            Journey {
                moment_on: some("2026-03-01"),
                invited_on: some("2026-04-01"),
                confirmed_on: some("2026-04-30"),
                completed: vec![
                    (Effort::Low, day("2026-05-10")),
                    (Effort::Low, day("2026-07-10")),
                ],
                ..journey()
            },
            Journey {
                invited_on: some("2026-04-02"),
                confirmed_on: some("2026-05-02"),
                in_pool: true,
                ..journey()
            },
            // After the quarter.
            Journey {
                promoter_on: some("2026-07-01"),
                ..journey()
            },
        ]
    }

    #[test]
    fn a_quarter_by_hand() {
        let report = flywheel(&a_program(), &quarter());
        let found: Vec<_> = report
            .steps
            .iter()
            .map(|one| {
                let rate = one
                    .conversion
                    .map(|rate| (rate.numerator, rate.denominator));
                (
                    one.step.name(),
                    one.people,
                    one.in_period,
                    rate,
                    one.days.median,
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                ("promoter", 3, 0, None, None),
                ("candidate", 6, 2, None, None),
                // 10, 10, 0, 31, 0
                ("invited", 5, 3, Some((5, 6)), Some(10.0)),
                // 10, 10, 0, 29, 30
                ("confirmed", 5, 3, Some((5, 5)), Some(10.0)),
                // 30, 10, 10
                ("low-ask", 3, 1, Some((3, 5)), Some(10.0)),
                // 40, 0
                ("medium-ask", 2, 1, Some((2, 3)), Some(20.0)),
                ("high-ask", 1, 1, Some((1, 2)), Some(90.0)),
                ("referral", 2, 1, Some((2, 2)), Some(0.0)),
                ("new-customer", 1, 1, Some((1, 2)), Some(90.0)),
            ]
        );
        // 1/2 rests on too few.
        assert_eq!(report.weakest().unwrap().step, Step::LowAsk);
        assert_eq!(report.repeaters, Rate::new(1, 3));
        assert_eq!(report.closed_loops, Rate::new(1, 4));
    }

    #[test]
    fn of_equal_steps_the_first_is_the_weakest() {
        let stuck = vec![
            Journey {
                moment_on: some("2026-04-01"),
                ..journey()
            };
            5
        ];
        let report = flywheel(&stuck, &quarter());
        assert_eq!(report.weakest().unwrap().step, Step::Invited);
        assert!(flywheel(&stuck[..4], &quarter()).weakest().is_none());
        assert!(flywheel([], &quarter()).weakest().is_none());
    }

    #[test]
    fn what_came_in_another_order_has_no_days() {
        let report = flywheel(
            &[Journey {
                completed: vec![(Effort::Low, day("2026-04-01"))],
                confirmed_on: some("2026-04-02"),
                ..journey()
            }],
            &quarter(),
        );
        let step = report.step(Step::LowAsk).unwrap();
        assert_eq!((step.conversion, step.days.n), (Some(Rate::new(1, 1)), 0));
    }

    proptest! {
        #[test]
        fn no_step_converts_more_than_there_are(
            days in proptest::collection::vec(proptest::collection::vec(proptest::option::of(0_u64..200), 8), 0..20)
        ) {
            let on = |after: Option<u64>| after.map(|after| day("2026-01-01") + chrono::Days::new(after));
            let journeys: Vec<Journey> = days.iter().map(|days| Journey {
                promoter_on: on(days[0]),
                moment_on: on(days[1]),
                invited_on: on(days[2]),
                confirmed_on: on(days[3]),
                completed: [(Effort::Low, days[4]), (Effort::High, days[5])]
                    .into_iter()
                    .filter_map(|(effort, after)| Some((effort, on(after)?)))
                    .collect(),
                referred_on: on(days[6]),
                customer_on: on(days[7]),
                ..journey()
            }).collect();
            let report = flywheel(&journeys, &quarter());
            for one in &report.steps {
                prop_assert!(one.in_period <= one.people);
                if let (Some(rate), Some(from)) = (one.conversion, one.step.from()) {
                    prop_assert!(rate.numerator <= one.people);
                    prop_assert_eq!(rate.denominator, report.step(from).unwrap().people);
                    prop_assert!(one.days.n <= rate.numerator);
                }
            }
            prop_assert!(report.steps.iter().filter(|one| one.weakest).count() <= 1);
        }
    }
}
