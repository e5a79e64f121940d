//! `report influence`: what the program was worth in deals, traceable touch by touch.

use super::asked::{Asked, titled};
use super::follow::{Followed, Way};
use super::groups::Groupings;
use super::kind::{Kind, Report};
use super::people::Program;
use crate::domain::decisions::{Findings, Helped};
use crate::domain::exchange::Exchange;
use crate::domain::influence::{
    Decided, Influence, InfluenceReport, PeriodStatus, Worth, influence,
};
use crate::domain::money::{Currency, Money};
use crate::domain::period::Period;
use crate::domain::policy::ExchangeRates;
use crate::domain::touchpoint::{DealFacts, TouchpointFacts};
use crate::failure::Result;
use crate::output::{
    Cell, Chart, CommandLine, Document, Figure, Names, Record, Sentence, Sheet, Table, count,
    count_of,
};

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
    touches: Vec<TouchpointFacts>,
    rates: ExchangeRates,
}

fn load(program: &Program<'_>) -> Result<Worths> {
    let present = program.present;
    let deals = program.tx.deals()?;
    Ok(Worths {
        deals: deals.iter().map(|row| row.facts(&present.policy)).collect(),
        touches: program.tx.touchpoints(present)?,
        rates: present.policy.exchange.clone(),
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

    fn find(&self, period: &Period, found: &mut Findings) {
        let rows = self.of(period).rows.into_iter();
        let helped = rows.filter(|row| row.verdict.is_ok()).filter_map(|row| {
            let won = match row.status? {
                PeriodStatus::Won => true,
                PeriodStatus::Pipeline => false,
                PeriodStatus::Lost => return None,
            };
            Some(Helped {
                deal: row.name,
                amount: row.amount,
                won,
                what: row.kind.to_string(),
                on: row.on,
                source: row.source,
            })
        });
        found.helped = helped.collect();
        found.helped.sort_by_key(|one| !one.won);
    }
}

impl Report for Worths {
    fn document(&self, asked: &Asked<'_>) -> Document {
        let report = self.of(asked.now());
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
            typed: unmapped(deals.filter(|deal| deal.status.is_none()).count()),
            ..asked.document(|period| figures(&self.of(period)))
        }
    }

    fn charts(&self, way: &Way) -> Vec<Chart> {
        let reports: Vec<_> = way.periods.iter().map(|period| self.of(period)).collect();
        pictures::charts(way, &self.of(&way.now), &reports)
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
}

/// Every deal with every touch of it: the ones that qualified it and the ones that did not, with the reason.
fn rows(report: &InfluenceReport) -> Sheet {
    Table::of(&report.rows)
        .right("deal_id", "Deal", |row| row.deal)
        .left("name", "Name", |row| &row.name)
        .names(Names::Others)
        .always()
        .cut()
        .money("amount", "Amount", |row| row.amount)
        .data("counts_as", |row| row.status.map(|status| status.name()))
        .reading("Counts as", |row| match (row.status, row.verdict) {
            (Some(place), _) => Some(place.name()),
            (None, Ok(())) => Some("another period"),
            (None, Err(_)) => None,
        })
        .left("touch", "Touch", |row| row.kind.to_string())
        .left("on", "On", |row| row.on)
        .spare()
        .left("source", "From", |row| &row.source)
        .spare()
        .left("qualifies", "Qualifies", |row| row.verdict.is_ok())
        .always()
        .left("reason", "Why not", |row| {
            row.verdict.err().map(|reason| reason.to_string())
        })
        .empty("No deal was touched.")
}
