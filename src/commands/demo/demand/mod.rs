//! Demand: deals, requests, referrals and assets, on top of the program that is there already. Chance comes from a
//! stream of its own, so that people, answers and asks stay what the seed made them.

mod assets;
mod deals;
mod library;
mod referrals;
mod requests;
mod story;
mod write;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use fastrand::Rng;

use super::events::{Event, Fact};
use super::plan::Plan;
use crate::domain::ask::{AskKind, Effort};
use crate::domain::asset::AssetStatus;
use crate::domain::request;
use crate::store::{DealWords, NewAsset};

pub(super) use write::{Ids, write};

/// Sets the chance of demand apart from that of everything else.
const STREAM: u64 = 0xDE_3A4D;

/// Everything that demand adds to a plan.
#[derive(Default)]
pub(super) struct Demand {
    pub deals: Vec<Deal>,
    pub requests: Vec<Request>,
    pub referrals: Vec<Referral>,
    pub assets: Vec<Asset>,
    /// Prospects by industry that have no deal yet.
    prospects: Vec<(&'static str, Vec<&'static str>)>,
    /// What each night's import of deals brings, by the days since.
    imports: BTreeMap<i64, Vec<Step>>,
}

/// A deal: its words, one version after the other.
pub(super) struct Deal {
    pub versions: Vec<DealWords>,
}

/// A request to open.
pub(super) struct Request {
    pub kind: AskKind,
    pub wanted: u32,
    pub industry: &'static str,
    pub deal: Option<usize>,
    pub by: &'static str,
    pub needed_by: Option<NaiveDate>,
}

/// The company that a referral introduced.
pub(super) struct Referral {
    pub tap: usize,
    pub company: String,
    pub domain: String,
    pub deal: Option<usize>,
}

/// An asset, with the person whom it comes from.
pub(super) struct Asset {
    pub words: NewAsset,
    pub person: Option<usize>,
}

/// One thing to write.
#[derive(Clone, Copy)]
pub(super) enum Step {
    /// The deal gets these words.
    Deal { deal: usize, version: usize },
    /// The request is opened.
    Opened(usize),
    /// Something happens to the request.
    Moved {
        request: usize,
        event: request::Event,
        person: Option<usize>,
        reason: Option<&'static str>,
    },
    /// Somebody is held for the request.
    Held {
        request: usize,
        person: usize,
        effort: Effort,
        lapses_on: NaiveDate,
    },
    /// A referral has introduced a company.
    Introduced(usize),
    /// The asset has come so far.
    Asset { asset: usize, status: AssetStatus },
    /// The asset is used in the deal.
    Used {
        asset: usize,
        deal: usize,
        by: &'static str,
    },
}

impl Plan<'_> {
    /// Adds what sales wants of the program and what came of it.
    ///
    /// # Errors
    /// When a story speaks of an ask that was not made, or asks for what the rules refuse.
    pub(super) fn add_demand(&mut self, seed: u64) -> anyhow::Result<()> {
        let before = std::mem::replace(&mut self.rng, Rng::with_seed(seed ^ STREAM));
        self.demand.prospects.clone_from(&self.words.prospects);
        self.add_scenes()?;
        self.add_requests_for_asks();
        self.hold_somebody();
        self.add_referrals()?;
        self.add_library();
        self.add_other_deals();
        self.import_deals();
        self.rng = before;
        Ok(())
    }

    /// Somebody types a command about demand.
    fn typed(&mut self, (ago, hour): (i64, i64), by: &str, command: String, step: Step) {
        let facts = vec![Fact::Demand(step)];
        self.happens(self.day(ago), hour, by, command, facts);
    }

    /// The nightly imports of deals.
    fn import_deals(&mut self) {
        for (ago, steps) in std::mem::take(&mut self.demand.imports) {
            let on = self.day(ago);
            let command = format!("advocate import deals deals-{on}.csv");
            let facts = steps.into_iter().map(Fact::Demand).collect();
            self.happens(on, 3, "cron", command, facts);
        }
    }

    /// The operation in which an ask was completed.
    fn completion(&mut self, wanted: usize) -> Option<&mut Event> {
        use crate::domain::tap::Outcome::Completed;
        self.events.iter_mut().find(|event| {
            event.facts.iter().any(
                |fact| matches!(fact, Fact::Outcome { tap, outcome: Completed, .. } if *tap == wanted),
            )
        })
    }
}
