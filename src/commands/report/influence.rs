//! `report influence`: what the program was worth in deals, traceable touch by touch.

use chrono::NaiveDate;

use super::super::{Present, deal};
use super::{Asked, Figure, Followed, Kind, Report, group, number, rate, summary};
use crate::domain::ask::AskKind;
use crate::domain::exchange::Exchange;
use crate::domain::ids::DealId;
use crate::domain::influence::{
    Decided, Influence, InfluenceReport, PeriodStatus, Worth, influence,
};
use crate::domain::period::Period;
use crate::domain::policy::ExchangeRates;
use crate::domain::request;
use crate::domain::tap::Outcome;
use crate::domain::touchpoint::{DealFacts, TouchpointFacts, TouchpointKind, qualifies};
use crate::output::{Cell, Chart, Column, Names, Record, Sheet, Shown, count, count_of};
use crate::store::{DealRow, ReferralRow, TapFilter, TapRow, Tx};

mod pictures;

pub(super) const KIND: Kind = Kind {
    name: "influence",
    title: "Influence",
    question: "What was the program worth in deals?",
    schema: "report-influence/1",
    by: Some("ask"),
    load: |source, _| {
        source.read::<Box<dyn Report>>(|tx, present| {
            let deals = tx.deals()?;
            Ok(Box::new(Worths {
                deals: deals.iter().map(|row| deal_facts(row, present)).collect(),
                touches: touches(tx, present)?,
                rates: present.policy.exchange.clone(),
                today: present.today,
            }))
        })
    },
};

/// Every deal and every touch that is linked to one.
struct Worths {
    deals: Vec<DealFacts>,
    touches: Vec<TouchpointFacts>,
    rates: ExchangeRates,
    today: NaiveDate,
}

impl Worths {
    fn of(&self, period: &Period) -> InfluenceReport {
        let exchange = self.rates.into.map(|into| Exchange {
            into,
            rates: &self.rates.rates,
        });
        influence(&self.deals, &self.touches, period, exchange.as_ref())
    }
}

impl Followed for Worths {
    fn figures(&self, period: &Period) -> Vec<Figure> {
        pictures::followed(&self.of(period))
    }
}

impl Report for Worths {
    fn record(&self, asked: &Asked<'_>) -> anyhow::Result<Record> {
        let by = group(asked, &[("ask", ())])?;
        let periods = &asked.periods;
        let report = self.of(&periods.now);
        let mut record = figures(periods.heading(asked.present), &report);
        record = asked.beside(record, |beside| figures(Record::new(), &self.of(beside)));
        if by.is_some() {
            record = record.with("groups", "By ask", kinds(&report));
            if report.deals_in_several_kinds > 0 {
                record = record.say(format!(
                    "{} in more than one row: the rows do not add up to the total.",
                    count_of(report.deals_in_several_kinds, "deal is", "deals are")
                ));
            }
        }
        if asked.rows {
            record = record.with("rows", "Deals and touches", rows(&report));
        }
        let unmapped = self
            .deals
            .iter()
            .filter(|deal| deal.status.is_none())
            .count();
        if unmapped > 0 {
            let deals = count(unmapped, "deal");
            record = record.say(format!(
                "{deals} left out, without a stage or with one that nobody mapped: advocate deal list --unmapped"
            ));
        }
        Ok(record)
    }

    fn charts(&self, periods: &[Period]) -> Vec<Chart> {
        let reports: Vec<_> = periods
            .iter()
            .map(|period| (period, self.of(period)))
            .collect();
        pictures::charts(&reports, self.today)
    }
}

/// What the domain needs to know of a deal.
pub(in super::super) fn deal_facts(row: &DealRow, present: &Present) -> DealFacts {
    DealFacts {
        id: row.id,
        name: row.words.name.clone(),
        status: deal::status(row, present),
        amount: row.words.amount,
        opened_on: row.words.opened_on,
        closed_on: row.words.closed_on,
    }
}

/// Every touch that is linked to a deal: references and referrals made for a request of it, referrals that became it,
/// and assets used in it.
pub(in super::super) fn touches(
    tx: &Tx<'_>,
    present: &Present,
) -> anyhow::Result<Vec<TouchpointFacts>> {
    let referrals = tx.referrals()?;
    let mut found = Vec::new();
    for request in tx.requests()? {
        let Some(deal) = request.deal else { continue };
        for tap in tx.taps(&TapFilter {
            request: Some(request.id),
            ..TapFilter::default()
        })? {
            if !referrals
                .iter()
                .any(|referral| referral.tap == tap.id && referral.deal.is_some())
            {
                found.extend(tap_touch(tx, &tap, deal, present)?);
            }
        }
    }
    for referral in &referrals {
        found.extend(referral_touch(referral, present));
    }
    for used in tx.asset_uses()? {
        found.push(TouchpointFacts {
            deal: used.deal,
            kind: TouchpointKind::AssetUse(used.kind),
            on: present.day(used.at),
            completed: true,
            source: format!("asset {}", used.asset),
        });
    }
    Ok(found)
}

/// A reference counts from the first yes, a referral from its completion; of what did not come about, the day of the
/// ask is shown.
fn tap_touch(
    tx: &Tx<'_>,
    tap: &TapRow,
    deal: DealId,
    present: &Present,
) -> anyhow::Result<Option<TouchpointFacts>> {
    let (kind, counts): (TouchpointKind, fn(Outcome) -> bool) = match tap.kind {
        AskKind::Reference => (TouchpointKind::Reference, request::supplies),
        AskKind::Referral => (TouchpointKind::Referral, |outcome| {
            outcome == Outcome::Completed
        }),
        _ => return Ok(None),
    };
    let completed = counts(tap.outcome);
    let mut outcomes = tx.outcomes_of(tap.id)?.into_iter();
    let yes = outcomes.find(|(outcome, _)| completed && counts(*outcome));
    Ok(Some(TouchpointFacts {
        deal,
        kind,
        on: present.day(yes.map_or(tap.at, |(_, at)| at)),
        completed,
        source: format!("tap {}", tap.id),
    }))
}

fn referral_touch(referral: &ReferralRow, present: &Present) -> Option<TouchpointFacts> {
    Some(TouchpointFacts {
        deal: referral.deal?,
        kind: TouchpointKind::Referral,
        on: present.day(referral.at),
        completed: true,
        source: format!("tap {}", referral.tap),
    })
}

fn figures(record: Record, report: &InfluenceReport) -> Record {
    let mut record = record
        .with("totals", "Influenced, by currency", totals(&report.total))
        .with("sourced", "Sourced by a referral", totals(&report.sourced))
        .with("assisted", "Assisted", totals(&report.assisted));
    if let Some(converted) = &report.total.converted {
        record = record
            .with(
                "pipeline_converted",
                "Pipeline in one currency",
                deal::amount(Some(converted.pipeline)),
            )
            .with(
                "revenue_converted",
                "Revenue in one currency",
                deal::amount(Some(converted.revenue)),
            );
    }
    record
        .with(
            "influenced",
            "Influenced deals",
            decided(&report.influenced),
        )
        .with(
            "not_influenced",
            "Other deals",
            decided(&report.not_influenced),
        )
}

fn decided(decided: &Decided) -> Record {
    Record::new()
        .with("win_rate", "win rate", rate(decided.win_rate))
        .with("cycle_days", "cycle days", summary(decided.cycle_days))
}

/// A row a currency, and one for the deals without an amount, where there are any.
fn totals(influence: &Influence) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::left("currency", "Currency"),
        Column::right("pipeline_minor", "Pipeline (minor)").only(Shown::Data),
        Column::right("revenue_minor", "Revenue (minor)").only(Shown::Data),
        Column::right("pipeline", "Pipeline").only(Shown::Reading),
        Column::right("revenue", "Revenue").only(Shown::Reading),
        Column::right("deals_open", "Open deals"),
        Column::right("deals_won", "Won deals"),
    ])
    .empty("none");
    for (currency, worth) in &influence.currencies {
        let code = currency.to_string();
        let money = |minor| Cell::money(minor, code.clone());
        sheet.push(row(
            code.as_str().into(),
            worth,
            [money(worth.pipeline_minor), money(worth.revenue_minor)],
        ));
    }
    if influence.without_amount != Worth::default() {
        sheet.push(row(
            Cell::Empty,
            &influence.without_amount,
            ["no amount".into(), "no amount".into()],
        ));
    }
    sheet
}

fn row(currency: Cell, worth: &Worth, [pipeline, revenue]: [Cell; 2]) -> Vec<Cell> {
    vec![
        currency,
        worth.pipeline_minor.into(),
        worth.revenue_minor.into(),
        pipeline,
        revenue,
        number(worth.deals_open),
        number(worth.deals_won),
    ]
}

fn kinds(report: &InfluenceReport) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::left("ask", "Ask"),
        Column::left("currency", "Currency"),
        Column::money("pipeline", "Pipeline"),
        Column::money("revenue", "Revenue"),
        Column::right("deals_open", "Open deals"),
        Column::right("deals_won", "Won deals"),
    ])
    .empty("none");
    for (kind, influence) in &report.kinds {
        for (currency, worth) in &influence.currencies {
            let money = |minor| Cell::money(minor, currency.to_string());
            sheet.push(vec![
                kind.name().into(),
                currency.to_string().into(),
                money(worth.pipeline_minor),
                money(worth.revenue_minor),
                number(worth.deals_open),
                number(worth.deals_won),
            ]);
        }
        let worth = &influence.without_amount;
        if *worth != Worth::default() {
            sheet.push(vec![
                kind.name().into(),
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
                number(worth.deals_open),
                number(worth.deals_won),
            ]);
        }
    }
    sheet
}

/// Every deal with every touch of it: the ones that qualified it and the ones that did not, with the reason.
fn rows(report: &InfluenceReport) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::right("deal_id", "Deal"),
        Column::left("name", "Name").names(Names::Others),
        Column::money("amount", "Amount"),
        Column::left("counts_as", "Counts as").only(Shown::Data),
        Column::left("counts", "Counts as").only(Shown::Reading),
        Column::left("touch", "Touch"),
        Column::left("on", "On"),
        Column::left("source", "From"),
        Column::left("qualifies", "Qualifies"),
        Column::left("reason", "Why not"),
    ])
    .empty("No deal was touched.");
    for row in &report.rows {
        sheet.push(vec![
            row.deal.0.into(),
            row.name.as_str().into(),
            deal::amount(row.amount),
            Cell::opt(row.status.map(PeriodStatus::name)),
            match (row.status, row.verdict) {
                (Some(place), _) => place.name().into(),
                (None, Ok(())) => "another period".into(),
                (None, Err(_)) => Cell::Empty,
            },
            row.kind.to_string().into(),
            row.on.into(),
            row.source.as_str().into(),
            row.verdict.is_ok().into(),
            Cell::opt(row.verdict.err().map(|reason| reason.to_string())),
        ]);
    }
    sheet
}

/// The touches of one deal, with the verdict on each.
pub(in super::super) fn touch_sheet<'a>(
    touches: impl Iterator<Item = (&'a TouchpointFacts, &'a DealFacts)>,
) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::left("touch", "Touch"),
        Column::left("on", "On"),
        Column::left("source", "From"),
        Column::left("qualifies", "Qualifies"),
        Column::left("reason", "Why not"),
    ])
    .empty("none");
    for (touch, deal) in touches {
        let verdict = qualifies(touch, deal);
        sheet.push(vec![
            touch.kind.to_string().into(),
            touch.on.into(),
            touch.source.as_str().into(),
            verdict.is_ok().into(),
            Cell::opt(verdict.err().map(|reason| reason.to_string())),
        ]);
    }
    sheet
}
