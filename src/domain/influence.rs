//! Influenced pipeline and revenue: what the deals that advocacy touched are worth (`docs/rules.md`, deals and
//! influence). Which touches count is said in `touchpoint`.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::ask::AskKind;
use super::deal::DealStatus;
use super::exchange::Exchange;
use super::ids::DealId;
use super::money::{Currency, Money};
use super::period::Period;
use super::rate::Rate;
use super::statistics::Summary;
use super::touchpoint::{DealFacts, NotQualified, TouchpointFacts, TouchpointKind, judged};
use super::words::words;

words! {
    /// As what a deal counts in a period; each deal is at most one of these.
    pub enum PeriodStatus {
        /// Open at the period's end.
        Pipeline = "pipeline",
        /// Won in the period.
        Won = "won",
        /// Lost in the period.
        Lost = "lost",
    }
}

impl PeriodStatus {
    /// As what the deal counts. Pipeline was opened before the period's end and not closed before
    /// it, so a deal that closed later was pipeline then. `None` for a deal that was over before the period, began
    /// after it, or lacks the stage or the dates to tell.
    pub fn of(deal: &DealFacts, period: &Period) -> Option<Self> {
        let status = deal.status?;
        let pipeline = || (deal.opened_on? < period.until()).then_some(PeriodStatus::Pipeline);
        if status == DealStatus::Open {
            return pipeline();
        }
        match deal.decided_on()? {
            closed if closed >= period.until() => pipeline(),
            closed if closed < period.from() => None,
            _ if status == DealStatus::Won => Some(PeriodStatus::Won),
            _ => Some(PeriodStatus::Lost),
        }
    }
}

/// The deals of one currency, or those without an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Worth {
    /// Sum of the deals open at the period's end, in minor units.
    pub pipeline_minor: i64,
    /// Sum of the deals won in the period, in minor units.
    pub revenue_minor: i64,
    /// How many are open at the period's end.
    pub deals_open: u64,
    /// How many were won in the period.
    pub deals_won: u64,
}

impl Worth {
    fn add(&mut self, status: PeriodStatus, amount_minor: i64) {
        let (sum, count) = match status {
            PeriodStatus::Pipeline => (&mut self.pipeline_minor, &mut self.deals_open),
            PeriodStatus::Won => (&mut self.revenue_minor, &mut self.deals_won),
            PeriodStatus::Lost => return,
        };
        *sum = sum.saturating_add(amount_minor);
        *count += 1;
    }
}

/// What some deals are worth, each counted once. Currencies are never added together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Influence {
    /// By currency, in the order of the codes; only those that occur.
    pub currencies: BTreeMap<Currency, Worth>,
    /// Deals that have no amount: they are counted here and add to no sum.
    pub without_amount: Worth,
    /// Pipeline and revenue of all currencies in one, where a rate is given for each of them.
    pub converted: Option<Converted>,
}

/// Amounts of several currencies expressed in one; the sum of all is rounded once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Converted {
    /// Influenced pipeline.
    pub pipeline: Money,
    /// Influenced revenue.
    pub revenue: Money,
}

impl Influence {
    fn of<'a>(
        deals: impl Iterator<Item = &'a CountedDeal<'a>>,
        exchange: Option<&Exchange<'_>>,
    ) -> Self {
        let mut influence = Self::default();
        for CountedDeal { deal, status, .. } in deals.filter(|one| one.has_worth()) {
            match deal.amount {
                Some(amount) => influence
                    .currencies
                    .entry(amount.currency)
                    .or_default()
                    .add(*status, amount.amount_minor),
                None => influence.without_amount.add(*status, 0),
            }
        }
        influence.converted = exchange.and_then(|exchange| influence.in_one(exchange));
        influence
    }

    fn in_one(&self, exchange: &Exchange<'_>) -> Option<Converted> {
        let sum = |part: fn(&Worth) -> i64| {
            let amounts = self.currencies.iter().map(|(currency, worth)| Money {
                amount_minor: part(worth),
                currency: *currency,
            });
            exchange.sum(amounts).map(|amount_minor| Money {
                amount_minor,
                currency: exchange.into,
            })
        };
        Some(Converted {
            pipeline: sum(|worth| worth.pipeline_minor)?,
            revenue: sum(|worth| worth.revenue_minor)?,
        })
    }
}

/// How the deals that were decided in the period went.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Decided {
    /// Won / (won + lost).
    pub win_rate: Rate,
    /// Days from opening to close of the won deals; those without an opening day, or closed before it, left out.
    pub cycle_days: Summary,
}

impl Decided {
    fn of<'a>(deals: impl Iterator<Item = &'a CountedDeal<'a>>) -> Self {
        let decided: Vec<&CountedDeal<'_>> = deals
            .filter(|one| one.status != PeriodStatus::Pipeline)
            .collect();
        let won = || decided.iter().filter(|one| one.status == PeriodStatus::Won);
        Self {
            win_rate: Rate::new(won().count() as u64, decided.len() as u64),
            cycle_days: Summary::of_whole(won().filter_map(|one| cycle_days(one.deal))),
        }
    }
}

fn cycle_days(deal: &DealFacts) -> Option<i64> {
    let days = (deal.decided_on()? - deal.opened_on?).num_days();
    (days >= 0).then_some(days)
}

/// One deal and one touch linked to it, with what became of it in the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DealTouchpoint {
    /// The deal.
    pub deal: DealId,
    /// The deal's name.
    pub name: String,
    /// The deal's amount.
    pub amount: Option<Money>,
    /// As what the deal counts in the period; `None` where it does not.
    pub status: Option<PeriodStatus>,
    /// What the touch was.
    pub kind: TouchpointKind,
    /// When it was.
    pub on: NaiveDate,
    /// Where it is recorded.
    pub source: String,
    /// Whether the touch qualifies, or why it does not.
    pub verdict: Result<(), NotQualified>,
}

/// What advocacy influenced in a period.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct InfluenceReport {
    /// All influenced deals, each once.
    pub total: Influence,
    /// Those of them with a qualifying referral. With the assisted ones they make the total.
    pub sourced: Influence,
    /// Those of them without one.
    pub assisted: Influence,
    /// By ask kind, in their order: a deal can be in several rows, so the rows do not add up to the
    /// total where `deals_in_several_kinds` is not zero.
    pub kinds: Vec<(AskKind, Influence)>,
    /// How many deals of the total are in more than one row of `kinds`.
    pub deals_in_several_kinds: u64,
    /// Decided deals with a qualifying touch.
    pub influenced: Decided,
    /// Decided deals without one.
    pub not_influenced: Decided,
    /// Every touch of every deal, by deal and day: also those that do not count, and deals outside the period.
    pub rows: Vec<DealTouchpoint>,
}

/// A deal that counts in the period, with the ask kinds of its qualifying touches.
struct CountedDeal<'a> {
    deal: &'a DealFacts,
    status: PeriodStatus,
    kinds: BTreeSet<AskKind>,
}

impl CountedDeal<'_> {
    fn has_worth(&self) -> bool {
        self.status != PeriodStatus::Lost
    }

    fn is_influenced(&self) -> bool {
        !self.kinds.is_empty()
    }

    fn is_sourced(&self) -> bool {
        self.kinds.contains(&AskKind::Referral)
    }
}

/// What the touches influenced among the deals, in a period. Amounts and stages are as the facts
/// say, so of a past period as they are known now; touches after the period's end do not count in it. Touches of
/// deals that are not among the facts are left out. With an exchange, and a rate for every currency, the sums come
/// in one currency as well.
pub fn influence(
    deals: &[DealFacts],
    touches: &[TouchpointFacts],
    period: &Period,
    exchange: Option<&Exchange<'_>>,
) -> InfluenceReport {
    let deals: BTreeMap<DealId, &DealFacts> = deals.iter().map(|deal| (deal.id, deal)).collect();
    let rows = rows(&deals, touches, period);
    let counted = counted(&deals, &rows, period);
    let influenced = || counted.iter().filter(|one| one.is_influenced());
    let not_influenced = counted.iter().filter(|one| !one.is_influenced());
    let several = influenced().filter(|one| one.has_worth() && one.kinds.len() > 1);
    InfluenceReport {
        total: Influence::of(influenced(), exchange),
        sourced: Influence::of(influenced().filter(|one| one.is_sourced()), exchange),
        assisted: Influence::of(influenced().filter(|one| !one.is_sourced()), exchange),
        kinds: by_kind(&counted, exchange),
        deals_in_several_kinds: several.count() as u64,
        influenced: Decided::of(influenced()),
        not_influenced: Decided::of(not_influenced),
        rows,
    }
}

fn by_kind(
    counted: &[CountedDeal<'_>],
    exchange: Option<&Exchange<'_>>,
) -> Vec<(AskKind, Influence)> {
    let with = |kind| {
        counted
            .iter()
            .filter(move |one| one.has_worth() && one.kinds.contains(&kind))
    };
    AskKind::ALL
        .into_iter()
        .filter(|kind| with(*kind).next().is_some())
        .map(|kind| (kind, Influence::of(with(kind), exchange)))
        .collect()
}

/// The deals that count in the period, by id.
fn counted<'a>(
    deals: &BTreeMap<DealId, &'a DealFacts>,
    rows: &[DealTouchpoint],
    period: &Period,
) -> Vec<CountedDeal<'a>> {
    let mut kinds: BTreeMap<DealId, BTreeSet<AskKind>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.verdict.is_ok()) {
        kinds.entry(row.deal).or_default().insert(row.kind.ask());
    }
    deals
        .values()
        .filter_map(|deal| {
            Some(CountedDeal {
                deal,
                status: PeriodStatus::of(deal, period)?,
                kinds: kinds.remove(&deal.id).unwrap_or_default(),
            })
        })
        .collect()
}

/// Every touch with its verdict, by deal, day, kind and source.
fn rows(
    deals: &BTreeMap<DealId, &DealFacts>,
    touches: &[TouchpointFacts],
    period: &Period,
) -> Vec<DealTouchpoint> {
    let mut rows: Vec<DealTouchpoint> = touches
        .iter()
        .filter_map(|touch| Some(DealTouchpoint::new(deals.get(&touch.deal)?, touch, period)))
        .collect();
    let key = |row: &DealTouchpoint| (row.deal, row.on, row.kind, row.verdict);
    rows.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| a.source.cmp(&b.source)));
    rows
}

impl DealTouchpoint {
    fn new(deal: &DealFacts, touch: &TouchpointFacts, period: &Period) -> Self {
        let (on, verdict) = judged(touch, deal);
        let in_time = (on < period.until()).then_some(());
        Self {
            deal: deal.id,
            name: deal.name.clone(),
            amount: deal.amount,
            status: PeriodStatus::of(deal, period),
            kind: touch.kind,
            on,
            source: touch.source.clone(),
            verdict: verdict.and_then(|()| in_time.ok_or(NotQualified::AfterPeriod)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::asset::AssetKind;
    use crate::domain::testing::day;
    use proptest::prelude::*;

    const CASE_STUDY: TouchpointKind = TouchpointKind::AssetUse(AssetKind::CaseStudy);

    fn quarter() -> Period {
        Period::parse("2026-Q3", day("2026-12-31")).unwrap()
    }

    fn currency(code: &str) -> Currency {
        code.parse().unwrap()
    }

    /// `won 2026-04-01 2026-07-01 EUR 100`; `-` for what is not known.
    fn deal(id: i64, text: &str) -> DealFacts {
        let words: Vec<&str> = text.split(' ').collect();
        let known = |at: usize| words.get(at).copied().filter(|word| *word != "-");
        DealFacts {
            id: DealId(id),
            name: format!("Deal {id}"),
            status: known(0).map(|word| word.parse().unwrap()),
            opened_on: known(1).map(day),
            closed_on: known(2).map(day),
            amount: known(3).map(|code| Money::parse(words[4], currency(code)).unwrap()),
        }
    }

    fn touch(deal: i64, kind: TouchpointKind, on: &str) -> TouchpointFacts {
        TouchpointFacts {
            deal: DealId(deal),
            kind,
            on: day(on),
            later: Vec::new(),
            completed: true,
            source: format!("tap {deal}"),
        }
    }

    fn worth(pipeline_minor: i64, deals_open: u64, revenue_minor: i64, deals_won: u64) -> Worth {
        Worth {
            pipeline_minor,
            revenue_minor,
            deals_open,
            deals_won,
        }
    }

    fn currencies(list: &[(&str, Worth)]) -> BTreeMap<Currency, Worth> {
        list.iter()
            .map(|(code, worth)| (currency(code), *worth))
            .collect()
    }

    /// A quarter by hand.
    fn a_quarter() -> (Vec<DealFacts>, Vec<TouchpointFacts>) {
        let deals = vec![
            deal(1, "won 2026-05-01 2026-07-10 EUR 1000"), // 70 days, two references and a case study
            deal(2, "won 2026-06-10 2026-09-08 USD 500"),  // 90 days, a referral
            deal(3, "open 2026-09-01 2026-12-31 EUR 250.50"), // a referral and a reference
            deal(4, "lost 2026-06-01 2026-08-01 EUR 9000"), // a reference, in vain
            deal(5, "won 2026-07-01 2026-07-31 EUR 700"),  // 30 days, touched after its close
            deal(6, "lost 2026-07-01 2026-07-31 EUR 80"),  // nobody touched it
            deal(7, "won - 2026-08-01 EUR 60"),            // no opening day
            deal(8, "- 2026-07-01 - EUR 40"),              // a stage nobody mapped
            deal(9, "open 2026-07-01 - -"),                // no amount, a case study
            deal(10, "won 2026-05-01 2026-06-30 EUR 30"),  // won before the period
            deal(11, "won 2026-07-01 - EUR 20"),           // won on a day nobody knows
        ];
        let mut touches = vec![
            touch(1, TouchpointKind::Reference, "2026-06-01"),
            touch(1, TouchpointKind::Reference, "2026-06-02"),
            touch(1, CASE_STUDY, "2026-07-10"),
            touch(2, TouchpointKind::Referral, "2026-06-01"),
            touch(3, TouchpointKind::Referral, "2026-08-01"),
            touch(3, TouchpointKind::Reference, "2026-09-30"),
            touch(4, TouchpointKind::Reference, "2026-07-01"),
            touch(5, TouchpointKind::Reference, "2026-08-01"),
            touch(7, TouchpointKind::Reference, "2026-07-01"),
            touch(8, TouchpointKind::Reference, "2026-07-02"),
            touch(9, CASE_STUDY, "2026-07-02"),
            touch(10, TouchpointKind::Reference, "2026-06-30"),
            touch(11, TouchpointKind::Reference, "2026-07-02"),
            touch(99, TouchpointKind::Reference, "2026-07-02"),
        ];
        touches.push(TouchpointFacts {
            completed: false,
            ..touch(6, TouchpointKind::Reference, "2026-07-15")
        });
        (deals, touches)
    }

    #[test]
    fn worth_of_a_quarter_by_hand() {
        let (deals, touches) = a_quarter();
        let report = influence(&deals, &touches, &quarter(), None);
        let (total, sourced, assisted) = (&report.total, &report.sourced, &report.assisted);
        let usd = ("USD", worth(0, 0, 50_000, 1));
        assert_eq!(
            total.currencies,
            currencies(&[("EUR", worth(25_050, 1, 100_000, 1)), usd])
        );
        assert_eq!(total.without_amount, worth(0, 1, 0, 0));
        assert_eq!(total.converted, None);
        assert_eq!(
            sourced.currencies,
            currencies(&[("EUR", worth(25_050, 1, 0, 0)), usd])
        );
        assert_eq!(sourced.without_amount, Worth::default());
        assert_eq!(
            assisted.currencies,
            currencies(&[("EUR", worth(0, 0, 100_000, 1))])
        );
        assert_eq!(assisted.without_amount, worth(0, 1, 0, 0));
    }

    #[test]
    fn a_deal_touched_twice_is_in_each_kind_and_once_in_the_total() {
        let (deals, touches) = a_quarter();
        let report = influence(&deals, &touches, &quarter(), None);
        let kinds: Vec<_> = report
            .kinds
            .iter()
            .map(|(kind, one)| (*kind, one.currencies.clone(), one.without_amount))
            .collect();
        let (won, open) = (worth(0, 0, 100_000, 1), worth(25_050, 1, 0, 0));
        assert_eq!(
            kinds,
            [
                (
                    AskKind::Reference,
                    currencies(&[("EUR", worth(25_050, 1, 100_000, 1))]),
                    Worth::default()
                ),
                (
                    AskKind::Referral,
                    currencies(&[("EUR", open), ("USD", worth(0, 0, 50_000, 1))]),
                    Worth::default()
                ),
                (
                    AskKind::CaseStudy,
                    currencies(&[("EUR", won)]),
                    worth(0, 1, 0, 0)
                ),
            ]
        );
        assert_eq!(report.deals_in_several_kinds, 2);
    }

    #[test]
    fn win_rate_and_cycle_time_by_hand() {
        let (deals, touches) = a_quarter();
        let report = influence(&deals, &touches, &quarter(), None);
        // won 1 and 2, lost 4
        assert_eq!(report.influenced.win_rate, Rate::new(2, 3));
        assert_eq!(report.influenced.cycle_days, Summary::of_whole([70, 90]));
        // won 5 and 7 (without an opening day), lost 6
        assert_eq!(report.not_influenced.win_rate, Rate::new(2, 3));
        assert_eq!(report.not_influenced.cycle_days, Summary::of_whole([30]));
    }

    #[test]
    fn every_touch_has_its_row_and_reason() {
        use NotQualified::{AfterClose, NoClosingDate, NoOpeningDate, NotCompleted, UnmappedStage};
        let (deals, touches) = a_quarter();
        let report = influence(&deals, &touches, &quarter(), None);
        let rows: Vec<_> = report
            .rows
            .iter()
            .map(|row| (row.deal.0, row.status.map(PeriodStatus::name), row.verdict))
            .collect();
        assert_eq!(
            rows,
            [
                (1, Some("won"), Ok(())),
                (1, Some("won"), Ok(())),
                (1, Some("won"), Ok(())),
                (2, Some("won"), Ok(())),
                (3, Some("pipeline"), Ok(())),
                (3, Some("pipeline"), Ok(())),
                (4, Some("lost"), Ok(())),
                (5, Some("won"), Err(AfterClose)),
                (6, Some("lost"), Err(NotCompleted)),
                (7, Some("won"), Err(NoOpeningDate)),
                (8, None, Err(UnmappedStage)),
                (9, Some("pipeline"), Ok(())),
                (10, None, Ok(())),
                (11, None, Err(NoClosingDate)),
            ]
        );
    }

    #[test]
    fn places_on_both_sides_of_every_edge() {
        use PeriodStatus::{Lost, Pipeline, Won};
        for (text, status) in [
            ("open 2026-09-30 - -", Some(Pipeline)),
            ("open 2026-10-01 - -", None),
            ("open 2024-01-01 2024-06-30 -", Some(Pipeline)), // expected long ago, and still open
            ("open - - -", None),
            ("won 2026-01-01 2026-06-30 -", None),
            ("won 2026-01-01 2026-07-01 -", Some(Won)),
            ("won 2026-01-01 2026-09-30 -", Some(Won)),
            ("won 2026-01-01 2026-10-01 -", Some(Pipeline)),
            ("lost 2026-01-01 2026-06-30 -", None),
            ("lost 2026-01-01 2026-07-01 -", Some(Lost)),
            ("lost 2026-01-01 2026-10-01 -", Some(Pipeline)),
            ("lost 2026-10-01 2026-10-02 -", None),
            ("won 2026-01-01 - -", None),
            ("won - 2026-09-30 -", Some(Won)),
            ("won - 2026-10-01 -", None),
            ("- 2026-07-01 2026-08-01 -", None),
        ] {
            assert_eq!(
                PeriodStatus::of(&deal(1, text), &quarter()),
                status,
                "{text}"
            );
        }
    }

    #[test]
    fn a_touch_after_the_period_counts_later() {
        let deals = [deal(1, "open 2026-07-01 - EUR 10")];
        for (on, verdict, open) in [
            ("2026-09-30", Ok(()), 1),
            ("2026-10-01", Err(NotQualified::AfterPeriod), 0),
        ] {
            let touches = [touch(1, TouchpointKind::Reference, on)];
            let report = influence(&deals, &touches, &quarter(), None);
            assert_eq!(report.rows[0].verdict, verdict, "{on}");
            let counted = report.total.currencies.values().map(|one| one.deals_open);
            assert_eq!(counted.sum::<u64>(), open, "{on}");
        }
    }

    #[test]
    fn one_amount_only_with_a_rate_for_every_currency() {
        let (deals, touches) = a_quarter();
        let converted = |rates: &[(&str, (u64, u64))]| {
            let rates = rates
                .iter()
                .map(|(code, rate)| (currency(code), *rate))
                .collect();
            let exchange = Exchange {
                into: currency("EUR"),
                rates: &rates,
            };
            let total = influence(&deals, &touches, &quarter(), Some(&exchange)).total;
            total
                .converted
                .map(|one| (one.pipeline.amount_minor, one.revenue.amount_minor))
        };
        // 250.50 EUR open; 1000 EUR + 500 USD × 0.9 won
        assert_eq!(converted(&[("USD", (9, 10))]), Some((25_050, 145_000)));
        assert_eq!(converted(&[("GBP", (9, 10))]), None);
    }

    #[test]
    fn nothing_influences_nothing() {
        let report = influence(&[], &[], &quarter(), None);
        assert_eq!(report, InfluenceReport::default());
    }

    fn any_deal() -> impl Strategy<Value = DealFacts> {
        let on = || prop_oneof![4 => (1_u32..13).prop_map(Some), 1 => Just(None)];
        let amount = proptest::option::of((any::<bool>(), any::<i64>()));
        (1_i64..7, 0_usize..4, on(), on(), amount).prop_map(
            |(id, status, opened, closed, amount)| {
                let on = |month: u32| day(&format!("2026-{month:02}-15"));
                DealFacts {
                    id: DealId(id),
                    name: format!("Deal {id}"),
                    status: DealStatus::ALL.get(status).copied(),
                    amount: amount.map(|(euro, amount_minor)| Money {
                        amount_minor,
                        currency: currency(if euro { "EUR" } else { "USD" }),
                    }),
                    opened_on: opened.map(on),
                    closed_on: closed.map(on),
                }
            },
        )
    }

    fn any_touch() -> impl Strategy<Value = TouchpointFacts> {
        (1_i64..8, 0_usize..4, 1_u32..13, any::<bool>()).prop_map(
            |(deal, kind, month, completed)| {
                let video = TouchpointKind::AssetUse(AssetKind::Video);
                let kinds = [
                    TouchpointKind::Reference,
                    TouchpointKind::Referral,
                    CASE_STUDY,
                    video,
                ];
                TouchpointFacts {
                    completed,
                    ..touch(deal, kinds[kind], &format!("2026-{month:02}-10"))
                }
            },
        )
    }

    /// Deals with distinct ids, and touches, each in two orders.
    type Orders = (
        (Vec<DealFacts>, Vec<TouchpointFacts>),
        (Vec<DealFacts>, Vec<TouchpointFacts>),
    );

    fn in_two_orders() -> impl Strategy<Value = Orders> {
        let deals = proptest::collection::vec(any_deal(), 0..12).prop_map(|mut deals| {
            deals.sort_by_key(|deal| deal.id);
            deals.dedup_by_key(|deal| deal.id);
            deals
        });
        (deals, proptest::collection::vec(any_touch(), 0..20)).prop_flat_map(|(deals, touches)| {
            let shuffled = (
                Just(deals.clone()).prop_shuffle(),
                Just(touches.clone()).prop_shuffle(),
            );
            (Just((deals, touches)), shuffled)
        })
    }

    fn counted(influence: &Influence) -> u64 {
        let all = influence
            .currencies
            .values()
            .chain([&influence.without_amount]);
        all.map(|one| one.deals_open + one.deals_won).sum()
    }

    proptest! {
        #[test]
        fn the_order_of_the_facts_does_not_matter(((deals, touches), (other_deals, other_touches)) in in_two_orders()) {
            prop_assert_eq!(
                influence(&deals, &touches, &quarter(), None),
                influence(&other_deals, &other_touches, &quarter(), None)
            );
        }

        #[test]
        fn a_deal_counts_once_however_often_it_is_touched(((deals, touches), _) in in_two_orders()) {
            let period = quarter();
            let report = influence(&deals, &touches, &period, None);
            let qualified: BTreeSet<DealId> = report
                .rows
                .iter()
                .filter(|row| row.verdict.is_ok())
                .filter(|row| matches!(row.status, Some(PeriodStatus::Pipeline | PeriodStatus::Won)))
                .map(|row| row.deal)
                .collect();
            prop_assert_eq!(counted(&report.total), qualified.len() as u64);
            prop_assert_eq!(counted(&report.sourced) + counted(&report.assisted), counted(&report.total));
            for (_, kind) in &report.kinds {
                prop_assert!(counted(kind) > 0 && counted(kind) <= counted(&report.total));
            }
            let in_kinds: u64 = report.kinds.iter().map(|(_, kind)| counted(kind)).sum();
            prop_assert_eq!(in_kinds > counted(&report.total), report.deals_in_several_kinds > 0);
            let decided = report.influenced.win_rate.denominator + report.not_influenced.win_rate.denominator;
            let places = deals.iter().filter_map(|deal| PeriodStatus::of(deal, &period));
            prop_assert_eq!(decided, places.filter(|status| *status != PeriodStatus::Pipeline).count() as u64);

            let twice = [touches.clone(), touches].concat();
            let again = influence(&[deals.clone(), deals].concat(), &twice, &period, None);
            let without_rows = |report| InfluenceReport { rows: Vec::new(), ..report };
            prop_assert_eq!(without_rows(again), without_rows(report));
        }
    }
}
