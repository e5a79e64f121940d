//! `report influence`: what the program was worth in deals, traceable touch by touch.

use chrono::NaiveDate;

use super::asked::{Asked, titled};
use super::groups::Groupings;
use super::kind::{Followed, Kind, Report};
use super::people::Program;
use crate::commands::deal;
use crate::domain::ask::AskKind;
use crate::domain::exchange::Exchange;
use crate::domain::ids::DealId;
use crate::domain::influence::{Decided, Influence, InfluenceReport, Worth, influence};
use crate::domain::money::{Currency, Money};
use crate::domain::period::Period;
use crate::domain::policy::ExchangeRates;
use crate::domain::present::Present;
use crate::domain::qualifying::{DealFacts, TouchFacts, TouchKind, qualifies};
use crate::domain::request;
use crate::domain::tap::Outcome;
use crate::failure::Result;
use crate::output::{
    Cell, Chart, Column, CommandLine, Document, Figure, Names, Record, Sentence, Sheet, Table,
    count, count_of,
};
use crate::store::{DealRow, ReferralRow, TapFilter, TapRow, Tx};

mod pictures;

pub(super) const KIND: Kind = Kind {
    name: "influence",
    title: "Influence",
    question: "What was the program worth in deals?",
    schema: "report-influence/1",
    by: Groupings::of(|| vec!["ask"]),
    pack_by: Some("ask"),
    at_end: false,
    load: |source, _| Ok(Box::new(source.read(load)?)),
};

/// Every deal and every touch that is linked to one.
struct Worths {
    deals: Vec<DealFacts>,
    touches: Vec<TouchFacts>,
    rates: ExchangeRates,
    today: NaiveDate,
}

fn load(program: &Program<'_>) -> Result<Worths> {
    let present = program.present;
    let deals = program.tx.deals()?;
    Ok(Worths {
        deals: deals.iter().map(|row| deal_facts(row, present)).collect(),
        touches: touches(program.tx, present)?,
        rates: present.policy.exchange.clone(),
        today: present.today,
    })
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
    fn document(&self, asked: &Asked<'_>) -> Document {
        let report = self.of(&asked.periods.now);
        let mut details = match asked.by {
            Some(by) => titled(by, kinds(&report)),
            None => Record::new(),
        };
        if asked.by.is_some() && report.deals_in_several_kinds > 0 {
            details = details.say(format!(
                "{} in more than one row: the rows do not add up to the total.",
                count_of(report.deals_in_several_kinds, "deal is", "deals are")
            ));
        }
        let deals = self.deals.iter();
        Document {
            details,
            facts: asked.facts("Deals and touches", || rows(&report)),
            notes: unmapped(deals.filter(|deal| deal.status.is_none()).count()),
            ..asked.document(|period| figures(&self.of(period)))
        }
    }

    fn charts(&self, periods: &[Period]) -> Vec<Chart> {
        let reports: Vec<_> = periods.iter().map(|period| self.of(period)).collect();
        pictures::charts(periods, &reports, self.today)
    }
}

/// What is said of deals that count as nothing.
fn unmapped(deals: usize) -> Vec<Sentence> {
    if deals == 0 {
        return Vec::new();
    }
    let deals = count(deals, "deal");
    let why = format!("{deals} left out, without a stage or with one that nobody mapped: ");
    vec![Sentence::from(why).then(CommandLine::of("deal list --unmapped"))]
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
pub(in super::super) fn touches(tx: &Tx<'_>, present: &Present) -> Result<Vec<TouchFacts>> {
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
        found.push(TouchFacts {
            deal: used.deal,
            kind: TouchKind::AssetUse(used.kind),
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
) -> Result<Option<TouchFacts>> {
    let (kind, counts): (TouchKind, fn(Outcome) -> bool) = match tap.kind {
        AskKind::Reference => (TouchKind::Reference, request::supplies),
        AskKind::Referral => (TouchKind::Referral, |outcome| outcome == Outcome::Completed),
        _ => return Ok(None),
    };
    let completed = counts(tap.outcome);
    let mut outcomes = tx.outcomes_of(tap.id)?.into_iter();
    let yes = outcomes.find(|(outcome, _)| completed && counts(*outcome));
    Ok(Some(TouchFacts {
        deal,
        kind,
        on: present.day(yes.map_or(tap.at, |(_, at)| at)),
        completed,
        source: format!("tap {}", tap.id),
    }))
}

fn referral_touch(referral: &ReferralRow, present: &Present) -> Option<TouchFacts> {
    Some(TouchFacts {
        deal: referral.deal?,
        kind: TouchKind::Referral,
        on: present.day(referral.at),
        completed: true,
        source: format!("tap {}", referral.tap),
    })
}

fn figures(report: &InfluenceReport) -> Record {
    let mut record = Record::new()
        .with("totals", "Influenced, by currency", totals(&report.total))
        .with("sourced", "Sourced by a referral", totals(&report.sourced))
        .with("assisted", "Assisted", totals(&report.assisted));
    if let Some(converted) = &report.total.converted {
        record = record
            .with(
                "pipeline_converted",
                "Pipeline in one currency",
                converted.pipeline,
            )
            .with(
                "revenue_converted",
                "Revenue in one currency",
                converted.revenue,
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
        .with("win_rate", "win rate", decided.win_rate)
        .with("cycle_days", "cycle days", decided.cycle_days)
}

/// What deals are worth in a currency, or without an amount.
type Worthy<'a> = (Option<Currency>, &'a Worth);

/// One for each currency, and one for the deals without an amount, where there are any.
fn worths(influence: &Influence) -> Vec<Worthy<'_>> {
    let without = &influence.without_amount;
    let without = (*without != Worth::default()).then_some((None, without));
    let currencies = influence.currencies.iter();
    let currencies = currencies.map(|(currency, worth)| (Some(*currency), worth));
    currencies.chain(without).collect()
}

fn money(currency: Option<Currency>, amount_minor: i64) -> Option<Money> {
    currency.map(|currency| Money {
        amount_minor,
        currency,
    })
}

fn totals(influence: &Influence) -> Sheet {
    let reading = |currency, minor| match money(currency, minor) {
        Some(money) => money.into(),
        None => Cell::text("no amount"),
    };
    Table::of(&worths(influence))
        .left("currency", "Currency", |(currency, _)| *currency)
        .data("pipeline_minor", |(_, worth)| worth.pipeline_minor)
        .data("revenue_minor", |(_, worth)| worth.revenue_minor)
        .reading("Pipeline", |(currency, worth)| {
            reading(*currency, worth.pipeline_minor)
        })
        .figures()
        .reading("Revenue", |(currency, worth)| {
            reading(*currency, worth.revenue_minor)
        })
        .figures()
        .right("deals_open", "Open deals", |(_, worth)| worth.deals_open)
        .right("deals_won", "Won deals", |(_, worth)| worth.deals_won)
        .empty("none")
        .sheet()
}

fn kinds(report: &InfluenceReport) -> Sheet {
    let rows: Vec<_> = report
        .kinds
        .iter()
        .flat_map(|(kind, influence)| worths(influence).into_iter().map(move |one| (kind, one)))
        .collect();
    Table::of(&rows)
        .left("ask", "Ask", |(kind, _)| **kind)
        .left("currency", "Currency", |(_, (currency, _))| *currency)
        .money("pipeline", "Pipeline", |(_, (currency, worth))| {
            money(*currency, worth.pipeline_minor)
        })
        .money("revenue", "Revenue", |(_, (currency, worth))| {
            money(*currency, worth.revenue_minor)
        })
        .right("deals_open", "Open deals", |(_, (_, worth))| {
            worth.deals_open
        })
        .right("deals_won", "Won deals", |(_, (_, worth))| worth.deals_won)
        .empty("none")
        .sheet()
}

/// Every deal with every touch of it: the ones that qualified it and the ones that did not, with the reason.
fn rows(report: &InfluenceReport) -> Sheet {
    Table::of(&report.rows)
        .right("deal_id", "Deal", |row| row.deal)
        .left("name", "Name", |row| &row.name)
        .names(Names::Others)
        .money("amount", "Amount", |row| row.amount)
        .data("counts_as", |row| row.place.map(|place| place.name()))
        .reading("Counts as", |row| match (row.place, row.verdict) {
            (Some(place), _) => Some(place.name()),
            (None, Ok(())) => Some("another period"),
            (None, Err(_)) => None,
        })
        .left("touch", "Touch", |row| row.kind.to_string())
        .left("on", "On", |row| row.on)
        .left("source", "From", |row| &row.source)
        .left("qualifies", "Qualifies", |row| row.verdict.is_ok())
        .left("reason", "Why not", |row| {
            row.verdict.err().map(|reason| reason.to_string())
        })
        .empty("No deal was touched.")
        .sheet()
}

/// The touches of one deal, with the verdict on each.
pub(in super::super) fn touch_sheet<'a>(
    touches: impl Iterator<Item = (&'a TouchFacts, &'a DealFacts)>,
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
