//! The rules of the library: assets that do not move on, that nobody gave leave to show, or of which nobody has heard
//! what came of them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::facts::{AgendaInput, Asset, Care, Completed, Person};
use super::item::{Item, ItemKind, Matter};
use crate::domain::asset::{AssetKind, AssetStatus, Permission};
use crate::domain::calendar::days_after;
use crate::domain::ids::{PersonId, TapId};
use crate::domain::policy::Policy;

/// What waits of each asset. Of people who are left alone, only a permission that ends or is missing: the asset is then
/// taken out of use.
pub(super) fn items(facts: &AgendaInput, policy: &Policy) -> Vec<Item> {
    let people: BTreeMap<PersonId, &Person> =
        facts.people.iter().map(|one| (one.id, one)).collect();
    let mut items = Vec::new();
    for asset in &facts.assets {
        let author = asset.person.and_then(|one| people.get(&one).copied());
        items.extend(permission(asset));
        if author.is_none_or(|one| !one.is_left_alone()) {
            items.extend(stuck(asset, policy));
            items.extend(author.and_then(|one| publication(asset, one, policy)));
        }
    }
    items
}

/// The assets by what they came of: of each completed ask it is asked whether one did.
pub(super) struct Origins<'a> {
    of_asks: BTreeSet<TapId>,
    /// Those that are linked to no ask.
    of_people: BTreeMap<PersonId, Vec<&'a Asset>>,
}

impl<'a> Origins<'a> {
    pub(super) fn of(assets: &'a [Asset]) -> Self {
        let mut of_people: BTreeMap<PersonId, Vec<&Asset>> = BTreeMap::new();
        for asset in assets.iter().filter(|asset| asset.tap.is_none()) {
            if let Some(person) = asset.person {
                of_people.entry(person).or_default().push(asset);
            }
        }
        Self {
            of_asks: assets.iter().filter_map(|asset| asset.tap).collect(),
            of_people,
        }
    }

    /// Whether an asset came of a completed ask: linked to it, or to none, of that kind, and not older than the ask.
    pub(super) fn has(&self, person: PersonId, done: &Completed) -> bool {
        let of_kind = |asset: &&Asset| {
            AssetKind::left_by(done.ask) == Some(asset.kind) && asset.made_on >= done.tapped_on
        };
        let theirs = self.of_people.get(&person);
        self.of_asks.contains(&done.tap) || theirs.is_some_and(|assets| assets.iter().any(of_kind))
    }
}

/// The last day on which an asset may be shown, until it is taken out of use or the permission goes on. Without one,
/// the day on which it could be shown: a review stands where its author put it.
fn permission(asset: &Asset) -> Option<Item> {
    use AssetStatus::{Approved, Expired, Published};
    let (on, until) = match (asset.permission, asset.status) {
        (_, Expired) | (Permission::Lasting, _) => return None,
        (Permission::Until(until), _) => (until, Some(until)),
        (Permission::Missing, Approved | Published) if asset.kind != AssetKind::Review => {
            (asset.since, None)
        }
        (Permission::Missing, _) => return None,
    };
    let matter = Matter::Permission(asset.id, asset.title.clone(), until);
    Some(of_asset(asset, ItemKind::Permission, (on, 0), matter))
}

/// `asset.days` after an asset last moved, until it is published.
fn stuck(asset: &Asset, policy: &Policy) -> Option<Item> {
    let when = (asset.since, policy.care.asset_days);
    let matter = Matter::Asset(asset.id, asset.kind, asset.title.clone(), asset.status);
    let is_stuck = asset.status < AssetStatus::Published;
    is_stuck.then(|| of_asset(asset, ItemKind::Asset, when, matter))
}

/// `results.days` after an asset was published, until its author heard what came of it. A review came of an ask, or of
/// nobody's asking.
fn publication(asset: &Asset, author: &Person, policy: &Policy) -> Option<Item> {
    let is_out = asset.status == AssetStatus::Published && asset.kind != AssetKind::Review;
    let about_it = |told: &Care| {
        let linked = told.tap.is_none() || asset.tap.is_none() || told.tap == asset.tap;
        linked && told.on >= asset.since
    };
    let when = (asset.since, policy.care.results_days);
    let matter = Matter::Published(asset.id, asset.title.clone(), asset.tap);
    (is_out && !author.results.iter().any(about_it))
        .then(|| of_asset(asset, ItemKind::Publication, when, matter))
}

fn of_asset(
    asset: &Asset,
    kind: ItemKind,
    (since, days): (NaiveDate, u32),
    matter: Matter,
) -> Item {
    Item {
        kind,
        person: asset.person,
        since,
        due_on: days_after(since, days),
        matter,
    }
}
