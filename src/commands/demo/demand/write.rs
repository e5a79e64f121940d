//! Demand, written down: one step at a time, as the commands write it.

use anyhow::{Context as _, anyhow};

use super::super::plan::Plan;
use super::super::write;
use super::{Demand, Request, Step};
use crate::domain::ids::{AssetId, DealId, RequestId};
use crate::store::{DealRow, NewAsset, NewHold, NewReferral, NewRequest, Writing};

/// The ids of demand as they are given.
pub(in super::super) struct Ids {
    deals: Vec<Option<DealId>>,
    requests: Vec<Option<RequestId>>,
    assets: Vec<Option<AssetId>>,
}

impl Ids {
    /// Nothing is written yet.
    pub(in super::super) fn of(demand: &Demand) -> Self {
        Self {
            deals: vec![None; demand.deals.len()],
            requests: vec![None; demand.requests.len()],
            assets: vec![None; demand.assets.len()],
        }
    }

    /// The request's id.
    ///
    /// # Errors
    /// When it is not written yet.
    pub(in super::super) fn request(&self, index: usize) -> anyhow::Result<RequestId> {
        self.requests[index].ok_or_else(|| anyhow!("something comes before its request"))
    }

    fn deal(&self, index: usize) -> anyhow::Result<DealId> {
        self.deals[index].ok_or_else(|| anyhow!("something comes before its deal"))
    }

    fn asset(&self, index: usize) -> anyhow::Result<AssetId> {
        self.assets[index].ok_or_else(|| anyhow!("something comes before its asset"))
    }

    /// The command with the number of what it speaks of.
    ///
    /// # Errors
    /// When that is not written yet.
    pub(in super::super) fn named(&self, step: Step, command: &str) -> anyhow::Result<String> {
        Ok(match step {
            Step::Moved { request, .. } | Step::Held { request, .. } => {
                command.replace("{request}", &self.request(request)?.to_string())
            }
            Step::Asset { asset, .. } if command.contains("{asset}") => {
                command.replace("{asset}", &self.asset(asset)?.to_string())
            }
            Step::Used { asset, .. } => command.replace("{asset}", &self.asset(asset)?.to_string()),
            _ => command.to_owned(),
        })
    }
}

/// Writes one step.
///
/// # Errors
/// When the file cannot be written, or a step comes before what it speaks of.
pub(in super::super) fn write(
    writing: &Writing<'_>,
    plan: &Plan<'_>,
    ids: &mut write::Ids,
    step: Step,
) -> anyhow::Result<()> {
    match step {
        Step::Deal { deal, version } => write_deal(writing, plan, &mut ids.demand, deal, version)?,
        Step::Opened(request) => {
            let id = open(writing, plan, ids, &plan.demand.requests[request])?;
            ids.demand.requests[request] = Some(id);
        }
        Step::Moved {
            request,
            event,
            person,
            reason,
        } => {
            let person = person.map(|person| ids.person(person));
            let id = ids.demand.request(request)?;
            writing.add_request_event(id, event, person, reason, writing.at)?;
        }
        Step::Held { .. } => hold(writing, plan, ids, step)?,
        Step::Introduced(referral) => introduce(writing, plan, ids, referral)?,
        Step::Asset { asset, status } => match ids.demand.assets[asset] {
            Some(id) => writing.add_asset_event(id, status, writing.at)?,
            None => {
                let id = writing.add_asset(&words(plan, ids, asset), status, writing.at)?;
                ids.demand.assets[asset] = Some(id);
            }
        },
        Step::Used { asset, deal, by } => {
            let (asset, deal) = (ids.demand.asset(asset)?, ids.demand.deal(deal)?);
            writing.use_asset(asset, deal, by, writing.at)?;
        }
    }
    Ok(())
}

fn write_deal(
    writing: &Writing<'_>,
    plan: &Plan<'_>,
    ids: &mut Ids,
    deal: usize,
    version: usize,
) -> anyhow::Result<()> {
    let versions = &plan.demand.deals[deal].versions;
    match version.checked_sub(1) {
        None => ids.deals[deal] = Some(writing.add_deal(&versions[version])?),
        Some(before) => {
            let old = DealRow {
                id: ids.deal(deal)?,
                words: versions[before].clone(),
            };
            writing.change_deal(&old, &versions[version])?;
        }
    }
    Ok(())
}

fn open(
    writing: &Writing<'_>,
    plan: &Plan<'_>,
    ids: &write::Ids,
    request: &Request,
) -> anyhow::Result<RequestId> {
    let deal = request
        .deal
        .map(|deal| &plan.demand.deals[deal].versions[0]);
    let id = request.deal.map(|deal| ids.demand.deal(deal)).transpose()?;
    Ok(writing.open_request(&NewRequest {
        kind: request.kind,
        wanted: request.wanted,
        industry: Some(request.industry),
        prospect: deal.and_then(|words| words.prospect.as_deref()),
        deal: id,
        requested_by: request.by,
        needed_by: request.needed_by,
        note: None,
        at: writing.at,
        traits: &[],
    })?)
}

fn hold(
    writing: &Writing<'_>,
    plan: &Plan<'_>,
    ids: &write::Ids,
    step: Step,
) -> anyhow::Result<()> {
    if let Step::Held {
        request,
        person,
        effort,
        lapses_on,
    } = step
    {
        writing.place_hold(&NewHold {
            person: ids.person(person),
            account: Some(ids.account(plan.people[person].account)),
            request: ids.demand.request(request)?,
            effort,
            by: plan.owner(person),
            lapses_at: plan.present.policy.time_zone.start_of(lapses_on),
        })?;
    }
    Ok(())
}

fn introduce(
    writing: &Writing<'_>,
    plan: &Plan<'_>,
    ids: &write::Ids,
    referral: usize,
) -> anyhow::Result<()> {
    let referral = &plan.demand.referrals[referral];
    let deal = referral.deal.map(|deal| ids.demand.deal(deal));
    Ok(writing.add_referral(&NewReferral {
        tap: ids.tap(referral.tap).context(referral.company.clone())?,
        introduced: &referral.company,
        domain: Some(&referral.domain),
        deal: deal.transpose()?,
        at: writing.at,
    })?)
}

fn words(plan: &Plan<'_>, ids: &write::Ids, asset: usize) -> NewAsset {
    let asset = &plan.demand.assets[asset];
    let account = asset.person.map(|person| plan.people[person].account);
    NewAsset {
        person: asset.person.map(|person| ids.person(person)),
        account: account.map(|account| ids.account(account)),
        ..asset.words.clone()
    }
}
