//! Deals as the CRM exports them, night by night.

use super::super::plan::Plan;
use super::super::words::{address, pick};
use super::{Deal, Step};
use crate::domain::money::Money;
use crate::store::DealWords;

/// How many deals there are at least.
pub(super) const DEALS: usize = 40;

/// What becomes of a deal, in days before today.
#[derive(Clone, Copy)]
pub(super) struct Fate {
    /// When it was opened; not known where there is none.
    pub opened: Option<i64>,
    /// When it was closed; not known, or still open, where there is none.
    pub closed: Option<i64>,
    /// The stage it has come to.
    pub stage: &'static str,
    /// When it came into the CRM, where that is not the day of its opening.
    pub known: i64,
    /// Whether the CRM knows an amount.
    pub valued: bool,
}

impl Fate {
    /// A deal that is still open.
    pub(super) const fn open(opened: i64, stage: &'static str) -> Self {
        Self {
            opened: Some(opened),
            closed: None,
            stage,
            known: opened,
            valued: true,
        }
    }

    /// A deal that is over.
    pub(super) const fn over(opened: i64, closed: i64, stage: &'static str) -> Self {
        Self {
            closed: Some(closed),
            ..Self::open(opened, stage)
        }
    }
}

/// Stages of a deal that was just opened.
const FIRST: &[&str] = &["Discovery", "Qualification", "Prospecting"];
/// Stages of a deal that has come further.
const LATER: &[&str] = &["Proposal/Price Quote", "Negotiation/Review", "Demo"];

impl Plan<'_> {
    /// Adds a deal with a prospect of this industry.
    pub(super) fn add_deal(&mut self, industry: &'static str, fate: Fate) -> usize {
        let prospect = self.prospect(industry);
        let index = self.demand.deals.len();
        let product = pick(&self.words.products, &mut self.rng);
        let expected = self.rng.i64(5..90);
        let first = DealWords {
            crm_id: Some(format!("OPP-{}", 3001 + index)),
            name: format!("{prospect}: {product}"),
            prospect: Some(prospect.to_owned()),
            prospect_domain: Some(format!("{}.example", address(prospect, "-"))),
            amount: self.some_amount(index).filter(|_| fate.valued),
            stage: Some(pick(FIRST, &mut self.rng).to_owned()),
            opened_on: fate.opened.map(|_| self.day(fate.known)),
            closed_on: fate.opened.map(|_| self.day(-expected)),
            owner: Some(pick(&self.words.sellers, &mut self.rng).to_owned()),
            industry: Some(industry.to_owned()),
        };
        let over = fate.closed.is_some() || fate.stage.starts_with("Closed");
        let last = DealWords {
            stage: Some(fate.stage.to_owned()),
            opened_on: fate.opened.map(|ago| self.day(ago)),
            closed_on: match over {
                true => fate.closed.map(|ago| self.day(ago)),
                false => first.closed_on,
            },
            ..first.clone()
        };
        let changed = match (fate.closed, fate.opened) {
            (Some(closed), _) => closed - 1,
            (None, Some(opened)) if opened < fate.known => opened - 1,
            _ => fate.known / 2,
        };
        self.demand.deals.push(Deal {
            versions: vec![first, last],
        });
        self.import_deal(index, [fate.known - 1, changed]);
        index
    }

    /// The nights in which the deal's words come, one version after the other.
    fn import_deal(&mut self, deal: usize, nights: [i64; 2]) {
        for (version, ago) in nights.into_iter().enumerate() {
            let imports = &mut self.demand.imports;
            let night = imports.entry(ago.max(1)).or_default();
            night.push(Step::Deal { deal, version });
        }
    }

    fn some_amount(&mut self, index: usize) -> Option<Money> {
        // Told by turns, so that neighbours in the story differ and no period is left with one of them.
        let currency = if index.is_multiple_of(2) {
            "EUR"
        } else {
            "USD"
        };
        let hundreds = self.rng.i64(90..1900);
        currency.parse().ok().map(|currency| Money {
            amount_minor: hundreds * 10_000,
            currency,
        })
    }

    /// A company without a deal, of the industry as long as there is one.
    pub(super) fn prospect(&mut self, industry: &str) -> &'static str {
        let prospects = &mut self.demand.prospects;
        let own = prospects.iter_mut();
        let own = own.filter(|(name, left)| *name == industry && !left.is_empty());
        if let Some((_, left)) = own.last() {
            return left.remove(0);
        }
        let any = prospects.iter_mut().find(|(_, left)| !left.is_empty());
        any.map_or("Nobody & Sons", |(_, left)| left.remove(0))
    }

    /// Deals that nobody advocated in, until there are enough.
    pub(super) fn add_other_deals(&mut self) {
        while self.demand.deals.len() < DEALS {
            let left = self.demand.prospects.iter();
            let left = left.filter(|(_, names)| !names.is_empty());
            let left: Vec<&'static str> = left.map(|(industry, _)| *industry).collect();
            let industry = pick(&left, &mut self.rng);
            let opened = self.rng.i64(20..350);
            let closed = opened - self.rng.i64(35..120);
            let stage = match self.demand.deals.len() % 3 {
                _ if closed < 2 => pick(LATER, &mut self.rng),
                0 => "Closed Won",
                _ => "Closed Lost",
            };
            let mut fate = match closed {
                ..2 => Fate::open(opened, stage),
                _ => Fate::over(opened, closed, stage),
            };
            fate.valued = self.rng.u8(0..10) > 0;
            self.add_deal(industry, fate);
        }
    }
}
