//! Assets: what they are, how far they have come, and the deals they were used in.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the place was just found in the same list"
)]

use chrono::NaiveDate;
use rusqlite::params;

use super::rows::{next_id, record};
use super::{Result, Tx, Writing, asked_for};
use crate::domain::asset::{AssetKind, AssetStatus, Permission};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{AccountId, AssetId, DealId, OperationId, PersonId, TapId, UseId};
use crate::domain::present::Present;

/// The columns of what describes an asset, all of which have a history.
pub(super) const WORDS: [&str; 14] = [
    "kind",
    "title",
    "url",
    "platform",
    "external_key",
    "rating_tenths",
    "industry",
    "product",
    "permission",
    "permission_until",
    "reviewer",
    "company",
    "person_id",
    "account_id",
];

record! {
    /// What describes an asset.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct NewAsset from "assets s" {
        /// What it is.
        kind: AssetKind = "s.kind",
        /// Its title.
        title: String = "s.title",
        /// Where it is.
        url: Option<String> = "s.url",
        /// Where it was published, such as G2.
        platform: Option<String> = "s.platform",
        /// What identifies it in an import.
        external_key: Option<String> = "s.external_key",
        /// Stars times ten, 0 to 50.
        rating_tenths: Option<u8> = "s.rating_tenths",
        /// The industry it speaks of.
        industry: Option<String> = "s.industry",
        /// The product it speaks of.
        product: Option<String> = "s.product",
        /// What may be shown.
        permission: Option<String> = "s.permission",
        /// Until when.
        permission_until: Option<NaiveDate> = "s.permission_until",
        /// The reviewer's name as published.
        reviewer: Option<String> = "s.reviewer",
        /// The reviewer's company as published.
        company: Option<String> = "s.company",
        /// The person it comes from, where that is confirmed.
        person: Option<PersonId> = "s.person_id",
        /// Their account.
        account: Option<AccountId> = "s.account_id",
        /// The ask that it came of.
        tap: Option<TapId> = "s.tap_id",
    }
}

impl NewAsset {
    /// An asset of which nothing is known but its kind and title.
    pub(crate) fn blank(kind: AssetKind, title: &str) -> Self {
        Self {
            kind,
            title: title.to_owned(),
            url: None,
            platform: None,
            external_key: None,
            rating_tenths: None,
            industry: None,
            product: None,
            permission: None,
            permission_until: None,
            reviewer: None,
            company: None,
            person: None,
            account: None,
            tap: None,
        }
    }

    /// Whether it may be shown. What speaks of nobody needs nobody's leave.
    pub(crate) fn permission_to_show(&self) -> Permission {
        let given = Permission::of(self.permission.as_deref(), self.permission_until);
        if given == Permission::Missing && !self.speaks_of_somebody() {
            return Permission::Lasting;
        }
        given
    }

    fn speaks_of_somebody(&self) -> bool {
        let known = self.person.is_some() || self.account.is_some();
        known || self.reviewer.is_some() || self.company.is_some()
    }
}

record! {
    /// An asset as stored.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct AssetRow
    from "assets s LEFT JOIN people p ON p.id = s.person_id LEFT JOIN accounts a ON a.id = s.account_id" {
        /// Its id.
        id: AssetId = "s.id",
        /// What describes it.
        words: ..NewAsset,
        /// The person's address.
        email: Option<String> = "p.email",
        /// The person's name.
        name: Option<String> = "p.name",
        /// The account's name.
        account_name: Option<String> = "coalesce(a.name, a.domain)",
        /// How far it has come, with the instants, oldest first.
        events: Vec<(AssetStatus, Timestamp)>,
    }
}

impl AssetRow {
    /// The person's name, or their address where it is not known.
    pub(crate) fn shown_name(&self) -> Option<&str> {
        self.name.as_deref().or(self.email.as_deref())
    }

    /// How far it has come.
    pub(crate) fn status(&self) -> AssetStatus {
        self.events
            .last()
            .map_or(AssetStatus::Asked, |(status, _)| *status)
    }

    /// The day since which it is published; of one that was taken back and came out again, the last time.
    pub(crate) fn published_on(&self, present: &Present) -> Option<NaiveDate> {
        let rest = self
            .events
            .rsplit(|(status, _)| *status != AssetStatus::Published);
        let since = rest.map(<[_]>::first).next().flatten();
        since.map(|(_, at)| present.day(*at))
    }

    /// The first day on which it had come so far.
    pub(crate) fn reached_on(&self, status: AssetStatus, present: &Present) -> Option<NaiveDate> {
        let found = self.events.iter().find(|(one, _)| *one == status);
        found.map(|(_, at)| present.day(*at))
    }
}

record! {
    /// An asset used in a deal.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct AssetUseRow
    from "asset_uses u JOIN assets s ON s.id = u.asset_id JOIN deals d ON d.id = u.deal_id" {
        /// Its number.
        id: UseId = "u.id",
        /// The asset.
        asset: AssetId = "u.asset_id",
        /// What it is.
        kind: AssetKind = "s.kind",
        /// Its title.
        title: String = "s.title",
        /// The deal.
        deal: DealId = "u.deal_id",
        /// The deal's name.
        deal_name: String = "d.name",
        /// By whom.
        used_by: String = "u.used_by",
        /// Why, although no permission holds.
        override_reason: Option<String> = "u.override_reason",
        /// When.
        at: Timestamp = "u.used_at",
        /// The operation that recorded it.
        operation: OperationId = "u.operation_id",
    }
}

impl Tx<'_> {
    /// One asset.
    pub(crate) fn asset(&self, id: AssetId) -> Result<Option<AssetRow>> {
        Ok(self.assets_with(Some(id))?.pop())
    }

    /// Every asset, by id. As of an earlier day, those of which nothing had happened yet are left out.
    pub(crate) fn assets(&self) -> Result<Vec<AssetRow>> {
        self.assets_with(None)
    }

    fn assets_with(&self, only: Option<AssetId>) -> Result<Vec<AssetRow>> {
        let which = asked_for(only, "?1", "s.id = ?1");
        let mut found: Vec<AssetRow> = self.all(&format!("WHERE {which} ORDER BY s.id"), [only])?;
        let which = asked_for(only, "?1", "asset_id = ?1");
        let sql = format!(
            "SELECT asset_id, status, happened_at FROM asset_events WHERE {which} ORDER BY happened_at, id"
        );
        self.for_each(&sql, [only], |row| {
            let id: AssetId = row.get("asset_id")?;
            if let Ok(place) = found.binary_search_by_key(&id, |asset| asset.id) {
                let event = (row.get("status")?, row.get("happened_at")?);
                found[place].events.push(event);
            }
            Ok(())
        })?;
        found.retain(|asset| !asset.events.is_empty());
        Ok(found)
    }

    /// The asset that an import identifies by `key`.
    pub(crate) fn asset_by_key(&self, key: &str) -> Result<Option<AssetId>> {
        self.found("SELECT id FROM assets WHERE external_key = ?1", [key])
    }

    /// One use of an asset.
    pub(crate) fn asset_use(&self, id: UseId) -> Result<Option<AssetUseRow>> {
        self.one("WHERE u.id = ?1", [id])
    }

    /// Every use of an asset in a deal.
    pub(crate) fn asset_uses(&self) -> Result<Vec<AssetUseRow>> {
        self.all("ORDER BY u.used_at, u.id", [])
    }
}

impl Writing<'_> {
    /// Adds an asset that has come so far.
    pub(crate) fn add_asset(
        &self,
        new: &NewAsset,
        status: AssetStatus,
        at: Timestamp,
    ) -> Result<AssetId> {
        let id = self.add("assets", &[("kind", &new.kind), ("title", &new.title)])?;
        self.describe_asset(id, new)?;
        self.add_asset_event(id, status, at)?;
        Ok(id)
    }

    /// Replaces what describes an asset, and keeps what did.
    pub(crate) fn change_asset(&self, id: AssetId, new: &NewAsset) -> Result<()> {
        let words = WORDS.join(", ");
        let sql = format!(
            "INSERT INTO asset_edits (id, asset_id, {words}, superseded_at, operation_id)
             SELECT ({}), id, {words}, ?2, ?3 FROM assets WHERE id = ?1",
            next_id("asset_edits")
        );
        self.execute(&sql, params![id, self.at, self.operation])?;
        self.describe_asset(id, new)
    }

    fn describe_asset(&self, id: AssetId, new: &NewAsset) -> Result<()> {
        self.update(
            "assets",
            &id,
            &[
                ("kind", &new.kind),
                ("title", &new.title),
                ("url", &new.url),
                ("platform", &new.platform),
                ("external_key", &new.external_key),
                ("rating_tenths", &new.rating_tenths),
                ("industry", &new.industry),
                ("product", &new.product),
                ("permission", &new.permission),
                ("permission_until", &new.permission_until),
                ("reviewer", &new.reviewer),
                ("company", &new.company),
                ("person_id", &new.person),
                ("account_id", &new.account),
                ("tap_id", &new.tap),
            ],
        )
    }

    /// Records how far an asset has come.
    pub(crate) fn add_asset_event(
        &self,
        id: AssetId,
        status: AssetStatus,
        at: Timestamp,
    ) -> Result<()> {
        self.insert(
            "asset_events",
            &[("asset_id", &id), ("status", &status), ("happened_at", &at)],
        )
    }

    /// Records that an asset was used in a deal.
    pub(crate) fn use_asset(
        &self,
        asset: AssetId,
        deal: DealId,
        by: &str,
        override_reason: Option<&str>,
        at: Timestamp,
    ) -> Result<()> {
        self.insert(
            "asset_uses",
            &[
                ("asset_id", &asset),
                ("deal_id", &deal),
                ("used_by", &by),
                ("override_reason", &override_reason),
                ("used_at", &at),
            ],
        )
    }
}
