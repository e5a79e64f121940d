//! Fill rate, slot fill and time-to-fill of the requests opened in a period (`docs/metrics.md`, fill rate).

use chrono::NaiveDate;

use super::ask::AskKind;
use super::calendar::Timestamp;
use super::group::grouped;
use super::ids::RequestId;
use super::period::Period;
use super::rate::Rate;
use super::request::{Status, is_overdue};
use super::statistics::Summary;
use super::words::words;

/// The fill rate in percent under which there is a sourcing problem.
pub const FILL_TARGET: u64 = 70;

/// One request, as it stands on the day the report is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestFacts {
    /// Which one.
    pub id: RequestId,
    /// What is asked for.
    pub ask: AskKind,
    /// The prospect's industry by its one name.
    pub industry: Option<String>,
    /// Who asks.
    pub requester: String,
    /// The prospect's region.
    pub region: Option<String>,
    /// The prospect's segment.
    pub segment: Option<String>,
    /// The day it was opened, in the program's zone; it decides the period.
    pub opened_on: NaiveDate,
    /// The moment it was opened.
    pub opened_at: Timestamp,
    /// The last day on which a fill is in time, where one was named.
    pub needed_by: Option<NaiveDate>,
    /// The day after which it is overdue: that day, or else so many days after the opening as policy says.
    pub due_on: NaiveDate,
    /// How many people are wanted.
    pub wanted: u32,
    /// How many taps for it are accepted or completed.
    pub supplied: u32,
    /// Where it stands.
    pub status: Status,
    /// The first moment in which it was filled, frozen.
    pub first_filled_at: Option<Timestamp>,
    /// The day of that moment, in the program's zone.
    pub first_filled_on: Option<NaiveDate>,
}

words! {
    /// What a request comes to in the fill rate; each request is exactly one of these.
    pub enum Verdict {
        /// Filled at least once, even if it was reopened, closed or withdrawn later.
        Filled = "filled",
        /// Closed without.
        Unfilled = "unfilled",
        /// Open past its due day.
        Overdue = "overdue",
        /// Open, and its due day is not over.
        Open = "open",
        /// No longer needed, and never filled.
        Withdrawn = "withdrawn",
    }
}

impl Verdict {
    /// Whether the fill rate and slot fill count it: those that are withdrawn or open in time stand apart.
    pub const fn counts(self) -> bool {
        matches!(self, Verdict::Filled | Verdict::Unfilled | Verdict::Overdue)
    }
}

impl RequestFacts {
    /// What it comes to on `today`. The first fill is frozen (`docs/rules.md`, requests): what was once filled stays
    /// filled for the rate, whatever happened to it later.
    pub fn verdict(&self, today: NaiveDate) -> Verdict {
        match self.status {
            _ if self.first_filled_at.is_some() => Verdict::Filled,
            Status::Filled => Verdict::Filled,
            Status::Unfilled => Verdict::Unfilled,
            Status::Withdrawn => Verdict::Withdrawn,
            Status::Open if is_overdue(self.status, self.due_on, today) => Verdict::Overdue,
            Status::Open => Verdict::Open,
        }
    }

    /// First filled − opened, in hours; a fill dated before the opening took no time.
    pub fn hours_to_fill(&self) -> Option<f64> {
        let filled = self.first_filled_at?;
        let seconds = filled.0.saturating_sub(self.opened_at.0).max(0);
        Some(seconds as f64 / 3600.0)
    }

    /// Whether the first fill came on or before the needed-by day; `None` where either day is not known.
    pub fn filled_on_time(&self) -> Option<bool> {
        Some(self.first_filled_on? <= self.needed_by?)
    }

    /// Groups by ask kind.
    pub fn by_ask(&self) -> Option<String> {
        Some(self.ask.name().to_owned())
    }

    /// Groups by industry.
    pub fn by_industry(&self) -> Option<String> {
        self.industry.clone()
    }

    /// Groups by who asks.
    pub fn by_requester(&self) -> Option<String> {
        Some(self.requester.clone())
    }

    /// Groups by region.
    pub fn by_region(&self) -> Option<String> {
        self.region.clone()
    }

    /// Groups by segment.
    pub fn by_segment(&self) -> Option<String> {
        self.segment.clone()
    }

    /// Groups by the month of opening, as `2026-09`.
    pub fn by_month(&self) -> Option<String> {
        Some(self.opened_on.format("%Y-%m").to_string())
    }
}

/// How well requests were filled.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FillReport {
    /// Filled / (filled + unfilled + overdue).
    pub fill_rate: Rate,
    /// People supplied / people wanted, over the requests that the fill rate counts. A request supplies at most as
    /// many as it wants, so that plenty in one place does not hide a lack in another; and what it supplies is as of
    /// now, so that a no-show after a frozen fill can be seen.
    pub slot_fill: Rate,
    /// Filled on or before the needed-by day / filled that had one.
    pub on_time: Rate,
    /// Hours from opening to first fill, of the filled.
    pub time_to_fill_hours: Summary,
    /// Requests filled.
    pub filled: u64,
    /// Requests closed without.
    pub unfilled: u64,
    /// Requests open past their due day.
    pub overdue: u64,
    /// Requests open in time; in no rate.
    pub open: u64,
    /// Requests withdrawn before any fill; in no rate.
    pub withdrawn: u64,
    /// Whether the fill rate is under [`FILL_TARGET`]: a sourcing problem. Marked however small the denominator.
    pub below_target: bool,
}

impl FillReport {
    fn count(&mut self, request: &RequestFacts, verdict: Verdict) {
        *match verdict {
            Verdict::Filled => &mut self.filled,
            Verdict::Unfilled => &mut self.unfilled,
            Verdict::Overdue => &mut self.overdue,
            Verdict::Open => &mut self.open,
            Verdict::Withdrawn => &mut self.withdrawn,
        } += 1;
        if verdict.counts() {
            self.slot_fill.numerator += u64::from(request.supplied.min(request.wanted));
            self.slot_fill.denominator += u64::from(request.wanted);
        }
        if let Some(on_time) = request.filled_on_time() {
            self.on_time.numerator += u64::from(on_time);
            self.on_time.denominator += 1;
        }
    }

    fn of(requests: &[&RequestFacts], today: NaiveDate) -> Self {
        let mut report = Self::default();
        for request in requests {
            report.count(request, request.verdict(today));
        }
        let counted = report.filled + report.unfilled + report.overdue;
        report.fill_rate = Rate::new(report.filled, counted);
        report.below_target = report.fill_rate.is_below(FILL_TARGET);
        report.time_to_fill_hours =
            Summary::of(requests.iter().filter_map(|one| one.hours_to_fill()));
        report
    }
}

/// How well the requests opened in the period were filled, as things stand on `today`. The facts are
/// those known on `today`: of a past day, none that came later.
pub fn fill(facts: &[RequestFacts], period: &Period, today: NaiveDate) -> FillReport {
    FillReport::of(&opened_in(facts, period).collect::<Vec<_>>(), today)
}

/// The same for each group, such as [`RequestFacts::by_industry`]: in the order of the groups' names, those without
/// one last. Every request is in one group.
pub fn fill_by(
    facts: &[RequestFacts],
    period: &Period,
    today: NaiveDate,
    group: fn(&RequestFacts) -> Option<String>,
) -> Vec<(Option<String>, FillReport)> {
    grouped(opened_in(facts, period), |request| group(request))
        .into_iter()
        .map(|(name, requests)| (name, FillReport::of(&requests, today)))
        .collect()
}

fn opened_in<'a>(
    facts: &'a [RequestFacts],
    period: &Period,
) -> impl Iterator<Item = &'a RequestFacts> {
    let period = *period;
    facts
        .iter()
        .filter(move |request| period.contains(request.opened_on))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::{Zone, days_after};
    use crate::domain::testing::day;
    use proptest::prelude::*;

    const TODAY: &str = "2026-09-15";

    fn quarter() -> Period {
        Period::parse("2026-Q3", day(TODAY)).unwrap()
    }

    /// A reference wanted by sales, opened at midnight; filled as many hours later.
    fn request(id: i64, opened_on: &str, filled_after: Option<i64>) -> RequestFacts {
        let opened_at = Zone::UTC.start_of(day(opened_on));
        let filled_at = filled_after.map(|hours| Timestamp(opened_at.0 + 3600 * hours));
        RequestFacts {
            id: RequestId(id),
            ask: AskKind::Reference,
            industry: Some("healthcare".to_owned()),
            requester: "sam".to_owned(),
            region: None,
            segment: None,
            opened_on: day(opened_on),
            opened_at,
            needed_by: None,
            due_on: days_after(day(opened_on), 90),
            wanted: 1,
            supplied: u32::from(filled_at.is_some()),
            status: filled_at.map_or(Status::Open, |_| Status::Filled),
            first_filled_at: filled_at,
            first_filled_on: filled_at.map(|at| Zone::UTC.day(at)),
        }
    }

    fn closed(id: i64, status: Status) -> RequestFacts {
        RequestFacts {
            status,
            ..request(id, "2026-07-10", None)
        }
    }

    fn needed(by: &str, request: RequestFacts) -> RequestFacts {
        RequestFacts {
            needed_by: Some(day(by)),
            due_on: day(by),
            ..request
        }
    }

    /// A quarter by hand: 4 filled after 24, 48, 12 and 96 hours, 1 unfilled, 1 overdue; 1 open, 1 withdrawn apart.
    fn a_quarter() -> Vec<RequestFacts> {
        vec![
            needed("2026-07-02", request(1, "2026-07-01", Some(24))),
            needed("2026-07-02", request(2, "2026-07-01", Some(48))),
            RequestFacts {
                wanted: 3,
                supplied: 4,
                industry: Some("retail".to_owned()),
                ..request(3, "2026-08-01", Some(12))
            },
            // Reopened after its fill, and the one who said yes did not come.
            RequestFacts {
                status: Status::Open,
                supplied: 0,
                industry: None,
                ..needed("2026-09-14", request(4, "2026-09-01", Some(96)))
            },
            RequestFacts {
                wanted: 3,
                supplied: 1,
                ..closed(5, Status::Unfilled)
            },
            needed("2026-09-14", closed(6, Status::Open)),
            needed("2026-09-15", closed(7, Status::Open)),
            closed(8, Status::Withdrawn),
            request(9, "2026-06-30", Some(1)),
            request(10, "2026-10-01", Some(1)),
        ]
    }

    #[test]
    fn a_quarter_by_hand() {
        let expected = FillReport {
            fill_rate: Rate::new(4, 6),
            // 1 + 1 + 3 (of 4) + 0 + 1 + 0 of 1 + 1 + 3 + 1 + 3 + 1
            slot_fill: Rate::new(6, 10),
            // 24 h: midnight of the 2nd, in time; 48 h: the 3rd, late; 96 h: in time
            on_time: Rate::new(2, 3),
            time_to_fill_hours: Summary {
                median: Some(36.0),
                p90: Some(96.0),
                mean: Some(45.0),
                n: 4,
            },
            filled: 4,
            unfilled: 1,
            overdue: 1,
            open: 1,
            withdrawn: 1,
            below_target: true,
        };
        assert_eq!(fill(&a_quarter(), &quarter(), day(TODAY)), expected);
    }

    #[test]
    fn each_way_a_request_can_stand() {
        use Verdict::{Filled, Open, Overdue, Unfilled, Withdrawn};
        let once_filled = |status| RequestFacts {
            status,
            ..request(1, "2026-07-01", Some(5))
        };
        for (request, verdict) in [
            (closed(1, Status::Open), Open),
            (needed("2026-09-15", closed(1, Status::Open)), Open),
            (needed("2026-09-14", closed(1, Status::Open)), Overdue),
            (needed("2026-07-01", closed(1, Status::Unfilled)), Unfilled),
            (
                needed("2026-07-01", closed(1, Status::Withdrawn)),
                Withdrawn,
            ),
            (closed(1, Status::Filled), Filled),
            (once_filled(Status::Filled), Filled),
            (once_filled(Status::Withdrawn), Filled),
            (once_filled(Status::Unfilled), Filled),
            (needed("2026-07-02", once_filled(Status::Open)), Filled),
        ] {
            assert_eq!(request.verdict(day(TODAY)), verdict, "{request:?}");
        }
    }

    #[test]
    fn on_time_is_on_or_before_the_needed_by_day() {
        for (hours, needed_by, on_time) in [
            (23, "2026-07-01", Some(true)),
            (24, "2026-07-01", Some(false)),
            (24, "2026-07-02", Some(true)),
            (48, "2026-07-02", Some(false)),
        ] {
            let one = needed(needed_by, request(1, "2026-07-01", Some(hours)));
            assert_eq!(one.filled_on_time(), on_time, "{hours} h, {needed_by}");
        }
        assert_eq!(request(1, "2026-07-01", Some(1)).filled_on_time(), None);
        assert_eq!(closed(1, Status::Unfilled).filled_on_time(), None);
    }

    #[test]
    fn a_fill_dated_before_the_opening_took_no_time() {
        assert_eq!(
            request(1, "2026-07-01", Some(-3)).hours_to_fill(),
            Some(0.0)
        );
    }

    #[test]
    fn the_target_is_marked_however_few_there_are() {
        let of = |filled: i64, unfilled: i64| {
            let mut facts: Vec<_> = (0..filled)
                .map(|id| request(id, "2026-07-01", Some(1)))
                .collect();
            facts.extend((0..unfilled).map(|id| closed(100 + id, Status::Unfilled)));
            fill(&facts, &quarter(), day(TODAY))
        };
        assert!(!of(7, 3).below_target && !of(1, 0).below_target);
        assert!(of(2, 1).below_target && of(2, 1).fill_rate.is_small());
        assert!(of(69, 31).below_target);
    }

    #[test]
    fn nothing_is_no_rate_and_no_problem() {
        let empty = fill(&[], &quarter(), day(TODAY));
        assert_eq!(empty, FillReport::default());
        assert_eq!(empty.fill_rate.value(), None);
        assert!(fill_by(&[], &quarter(), day(TODAY), RequestFacts::by_ask).is_empty());
    }

    #[test]
    fn groups_are_sorted_with_the_unnamed_last() {
        let rates = |group| -> Vec<(Option<String>, Rate)> {
            fill_by(&a_quarter(), &quarter(), day(TODAY), group)
                .into_iter()
                .map(|(name, report)| (name, report.fill_rate))
                .collect()
        };
        let named = |name: &str| Some(name.to_owned());
        assert_eq!(
            rates(RequestFacts::by_industry),
            [
                (named("healthcare"), Rate::new(2, 4)),
                (named("retail"), Rate::new(1, 1)),
                (None, Rate::new(1, 1)),
            ]
        );
        assert_eq!(
            rates(RequestFacts::by_month),
            [
                (named("2026-07"), Rate::new(2, 4)),
                (named("2026-08"), Rate::new(1, 1)),
                (named("2026-09"), Rate::new(1, 1)),
            ]
        );
        assert_eq!(
            rates(RequestFacts::by_ask),
            [(named("reference"), Rate::new(4, 6))]
        );
        assert_eq!(rates(RequestFacts::by_requester).len(), 1);
        assert_eq!(
            rates(RequestFacts::by_region),
            [(None, Rate::new(4, 6))],
            "none has a region"
        );
        assert_eq!(rates(RequestFacts::by_segment), [(None, Rate::new(4, 6))]);
    }

    fn any_request() -> impl Strategy<Value = RequestFacts> {
        let filled = proptest::option::of(0_i64..900);
        let needed = proptest::option::of(0_u64..120);
        (0_u64..120, filled, needed, 1_u32..4, 0_u32..6, 0_usize..4).prop_map(
            |(opened, filled, needed, wanted, supplied, status)| {
                let after = |days| day("2026-06-15") + chrono::Days::new(days);
                let request = request(1, &after(opened).to_string(), filled);
                RequestFacts {
                    needed_by: needed.map(after),
                    due_on: needed.map_or(request.due_on, after),
                    wanted,
                    supplied,
                    status: Status::ALL[status],
                    industry: (wanted > 1).then(|| wanted.to_string()),
                    ..request
                }
            },
        )
    }

    proptest! {
        #[test]
        fn every_request_counts_once_in_any_order(
            (facts, shuffled) in proptest::collection::vec(any_request(), 0..30)
                .prop_flat_map(|facts| (Just(facts.clone()), Just(facts).prop_shuffle()))
        ) {
            let (period, today) = (quarter(), day(TODAY));
            let whole = fill(&facts, &period, today);
            prop_assert_eq!(&whole, &fill(&shuffled, &period, today));
            let opened = facts.iter().filter(|one| period.contains(one.opened_on)).count() as u64;
            let parts = whole.filled + whole.unfilled + whole.overdue + whole.open + whole.withdrawn;
            prop_assert_eq!(parts, opened);
            for rate in [whole.fill_rate, whole.slot_fill, whole.on_time] {
                prop_assert!(rate.numerator <= rate.denominator);
            }

            let groups = fill_by(&facts, &period, today, RequestFacts::by_industry);
            prop_assert_eq!(&groups, &fill_by(&shuffled, &period, today, RequestFacts::by_industry));
            let sum = |part: fn(&FillReport) -> u64| groups.iter().map(|(_, one)| part(one)).sum::<u64>();
            prop_assert_eq!(sum(|one| one.fill_rate.denominator), whole.fill_rate.denominator);
            prop_assert_eq!(sum(|one| one.slot_fill.numerator), whole.slot_fill.numerator);
            prop_assert_eq!(sum(|one| one.time_to_fill_hours.n), whole.time_to_fill_hours.n);
        }
    }
}
