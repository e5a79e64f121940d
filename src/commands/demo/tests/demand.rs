//! Demand is alive on any day: every status and every reason occurs, and the reports have something to say.

use std::collections::BTreeSet;

use super::Seen;
use crate::domain::asset::{AssetKind, AssetStatus};
use crate::domain::present::Present;
use crate::domain::request::{self, Event, Status, UnfilledReason};
use crate::store::{TapFilter, Tx};

/// Every status and every reason occurs.
pub(super) fn is_alive(seen: &Seen<'_>) {
    let (tx, present) = (seen.tx, &seen.present);
    every_way_a_request_can_go(tx, present);
    asks_come_after_their_requests(tx, present);
    the_library_is_filled(tx, present);
    referrals_came_to_something(tx, present);
}

fn every_way_a_request_can_go(tx: &Tx<'_>, present: &Present) {
    let (mut stands, mut reasons, mut late, mut again) = (BTreeSet::new(), BTreeSet::new(), 0, 0);
    let (mut held, mut sellers) = (0, BTreeSet::new());
    for row in tx.requests().unwrap() {
        let status = request::status(row.events.iter().map(|one| one.event));
        let overdue = request::is_overdue(status, row.due_on(present), present.today);
        stands.insert((status, overdue));
        if status == Status::Unfilled {
            reasons.extend(row.events.last().unwrap().reason.clone());
        }
        let filled = request::first_filled(row.events.iter().map(|one| (one.event, one.at)));
        late += u32::from(filled.is_some_and(|at| Some(present.day(at)) > row.needed_by));
        let reopened = |one: &&crate::store::EventRow| one.event == Event::Reopened;
        again += row.events.iter().filter(reopened).count();
        let holds = tx.holds_for(row.id).unwrap();
        held += holds
            .iter()
            .filter(|hold| hold.lapses_at > present.now)
            .count();
        sellers.insert(row.requested_by);
    }
    assert_eq!(stands.len(), 5, "{stands:?}");
    let every: BTreeSet<String> = UnfilledReason::ALL
        .map(|reason| reason.name().to_owned())
        .into();
    assert_eq!(reasons, every);
    assert!(late >= 2 && again == 2, "{late} late, {again} reopened");
    assert_eq!((held, sellers.len()), (1, 4));
}

/// What the commands would have refused did not happen, and a fill is where its last yes is.
fn asks_come_after_their_requests(tx: &Tx<'_>, present: &Present) {
    for row in tx.requests().unwrap() {
        let deal = row.deal.map(|deal| tx.deal(deal).unwrap().unwrap().words);
        assert_eq!(row.prospect, deal.and_then(|words| words.prospect));
        let mut status = Status::Open;
        for (index, one) in row.events.iter().enumerate() {
            assert!(index == 0 || one.event.check(status).is_ok(), "{row:?}");
            status = one.event.leads_to().unwrap_or(status);
            assert!(one.at < present.now);
        }
        let taps = tx.taps(&TapFilter {
            request: Some(row.id),
            ..TapFilter::default()
        });
        for tap in taps.unwrap() {
            assert_eq!(tap.kind, row.kind);
            assert!(tap.at > row.opened_at && !tap.imported, "{tap:?} {row:?}");
            let before = row.events.iter().filter(|one| one.at < tap.at);
            assert_eq!(request::status(before.map(|one| one.event)), Status::Open);
            let filled = row.events.iter().any(|one| one.event == Event::Filled);
            assert!(filled || row.wanted > 1 || !request::supplies(tap.outcome));
        }
    }
}

fn the_library_is_filled(tx: &Tx<'_>, present: &Present) {
    let assets = tx.assets().unwrap();
    let statuses: BTreeSet<_> = assets.iter().map(|asset| asset.status()).collect();
    assert_eq!(statuses.len(), AssetStatus::ALL.len());
    let kinds: BTreeSet<_> = assets.iter().map(|asset| asset.words.kind).collect();
    assert_eq!(kinds.len(), AssetKind::ALL.len());
    for used in tx.asset_uses().unwrap() {
        let asset = tx.asset(used.asset).unwrap().unwrap();
        let before = asset
            .events
            .iter()
            .rfind(|(_, at)| *at <= used.at)
            .unwrap()
            .0;
        assert!(matches!(
            before,
            AssetStatus::Approved | AssetStatus::Published
        ));
        let until = asset.words.permission_until;
        assert!(
            until.is_none_or(|until| until >= present.day(used.at)),
            "{asset:?}"
        );
    }
}

fn referrals_came_to_something(tx: &Tx<'_>, present: &Present) {
    let referrals = tx.referrals().unwrap();
    assert_eq!(referrals.len(), 3, "{referrals:?}");
    let count = |of: fn(&crate::store::ReferralRow) -> bool| {
        referrals.iter().filter(|referral| of(referral)).count()
    };
    assert_eq!(count(|one| one.account.is_some()), 1);
    assert_eq!(count(|one| one.deal.is_some()), 1);
    assert!(referrals.iter().all(|one| one.at < present.now));
}
