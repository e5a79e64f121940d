//! Assets: what they are, how far they have come, and the deals they were used in.

use chrono::NaiveDate;
use rusqlite::{Row, params};

use super::{Result, Tx, Writing, date_opt, parsed};
use crate::domain::asset::{AssetKind, AssetStatus};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{AccountId, AssetId, DealId, PersonId};

/// What describes an asset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAsset {
    /// What it is.
    pub kind: AssetKind,
    /// Its title.
    pub title: String,
    /// Where it is.
    pub url: Option<String>,
    /// Where it was published, such as G2.
    pub platform: Option<String>,
    /// What identifies it in an import.
    pub external_key: Option<String>,
    /// Stars times ten, 0 to 50.
    pub rating_tenths: Option<u8>,
    /// The industry it speaks of.
    pub industry: Option<String>,
    /// The product it speaks of.
    pub product: Option<String>,
    /// What may be shown.
    pub permission: Option<String>,
    /// Until when.
    pub permission_until: Option<NaiveDate>,
    /// The reviewer's name as published.
    pub reviewer: Option<String>,
    /// The reviewer's company as published.
    pub company: Option<String>,
    /// The person it comes from, where that is confirmed.
    pub person: Option<PersonId>,
    /// Their account.
    pub account: Option<AccountId>,
}

/// An asset as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssetRow {
    /// Its id.
    pub id: AssetId,
    /// What describes it.
    pub words: NewAsset,
    /// The person's address.
    pub email: Option<String>,
    /// The person's name.
    pub name: Option<String>,
    /// The account's name.
    pub account_name: Option<String>,
    /// How far it has come, with the instants, oldest first.
    pub events: Vec<(AssetStatus, Timestamp)>,
}

impl AssetRow {
    /// The person's name, or their address where it is not known.
    pub fn shown_name(&self) -> Option<&str> {
        self.name.as_deref().or(self.email.as_deref())
    }

    /// How far it has come.
    pub fn status(&self) -> AssetStatus {
        self.events
            .last()
            .map_or(AssetStatus::Asked, |(status, _)| *status)
    }

    /// The first instant at which it had come so far.
    pub fn reached(&self, status: AssetStatus) -> Option<Timestamp> {
        self.events
            .iter()
            .find(|(one, _)| *one == status)
            .map(|(_, at)| *at)
    }
}

/// An asset used in a deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssetUseRow {
    /// The asset.
    pub asset: AssetId,
    /// What it is.
    pub kind: AssetKind,
    /// Its title.
    pub title: String,
    /// The deal.
    pub deal: DealId,
    /// By whom.
    pub used_by: String,
    /// When.
    pub at: Timestamp,
}

const SELECT: &str = "SELECT s.id, s.kind, s.title, s.url, s.platform, s.external_key, s.rating_tenths, s.industry,
    s.product, s.permission, s.permission_until, s.reviewer, s.company, s.person_id, s.account_id, p.email,
    coalesce(a.name, a.domain), p.name
    FROM assets s LEFT JOIN people p ON p.id = s.person_id LEFT JOIN accounts a ON a.id = s.account_id";

fn read(row: &Row<'_>) -> rusqlite::Result<AssetRow> {
    Ok(AssetRow {
        id: AssetId(row.get(0)?),
        words: NewAsset {
            kind: parsed(row, 1)?,
            title: row.get(2)?,
            url: row.get(3)?,
            platform: row.get(4)?,
            external_key: row.get(5)?,
            rating_tenths: row.get(6)?,
            industry: row.get(7)?,
            product: row.get(8)?,
            permission: row.get(9)?,
            permission_until: date_opt(row, 10)?,
            reviewer: row.get(11)?,
            company: row.get(12)?,
            person: row.get::<_, Option<i64>>(13)?.map(PersonId),
            account: row.get::<_, Option<i64>>(14)?.map(AccountId),
        },
        email: row.get(15)?,
        account_name: row.get(16)?,
        name: row.get(17)?,
        events: Vec::new(),
    })
}

impl Tx<'_> {
    /// One asset.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn asset(&self, id: AssetId) -> Result<Option<AssetRow>> {
        let mut found: Vec<AssetRow> = self
            .first(&format!("{SELECT} WHERE s.id = ?1"), [id.0], read)?
            .into_iter()
            .collect();
        self.load_asset_events(&mut found)?;
        found.retain(|asset| !asset.events.is_empty());
        Ok(found.pop())
    }

    /// Every asset, by id. As of an earlier day, those of which nothing had happened yet are left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn assets(&self) -> Result<Vec<AssetRow>> {
        let mut found = self.rows(&format!("{SELECT} ORDER BY s.id"), [], read)?;
        self.load_asset_events(&mut found)?;
        found.retain(|asset| !asset.events.is_empty());
        Ok(found)
    }

    fn load_asset_events(&self, assets: &mut [AssetRow]) -> Result<()> {
        for asset in assets {
            asset.events = self.rows(
                "SELECT status, happened_at FROM asset_events WHERE asset_id = ?1 ORDER BY happened_at, id",
                [asset.id.0],
                |row| Ok((parsed(row, 0)?, Timestamp(row.get(1)?))),
            )?;
        }
        Ok(())
    }

    /// The asset that an import identifies by `key`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn asset_by_key(&self, key: &str) -> Result<Option<AssetId>> {
        self.first(
            "SELECT id FROM assets WHERE external_key = ?1",
            [key],
            |row| row.get(0).map(AssetId),
        )
    }

    /// Every use of an asset in a deal.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn asset_uses(&self) -> Result<Vec<AssetUseRow>> {
        self.rows(
            "SELECT u.asset_id, s.kind, s.title, u.deal_id, u.used_by, u.used_at
             FROM asset_uses u JOIN assets s ON s.id = u.asset_id ORDER BY u.used_at, u.id",
            [],
            |row| {
                Ok(AssetUseRow {
                    asset: AssetId(row.get(0)?),
                    kind: parsed(row, 1)?,
                    title: row.get(2)?,
                    deal: DealId(row.get(3)?),
                    used_by: row.get(4)?,
                    at: Timestamp(row.get(5)?),
                })
            },
        )
    }
}

impl Writing<'_> {
    /// Adds an asset that has come so far.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_asset(&self, new: &NewAsset, status: AssetStatus, at: Timestamp) -> Result<AssetId> {
        let id = AssetId(self.next_id("assets")?);
        self.execute(
            "INSERT INTO assets (id, kind, title, operation_id) VALUES (?1, ?2, ?3, ?4)",
            params![id.0, new.kind.name(), new.title, self.operation.0],
        )?;
        self.describe_asset(id, new)?;
        self.add_asset_event(id, status, at)?;
        Ok(id)
    }

    /// Replaces what describes an asset.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn describe_asset(&self, id: AssetId, new: &NewAsset) -> Result<()> {
        self.execute(
            "UPDATE assets SET kind = ?2, title = ?3, url = ?4, platform = ?5, external_key = ?6, rating_tenths = ?7,
                 industry = ?8, product = ?9, permission = ?10, permission_until = ?11, reviewer = ?12, company = ?13,
                 person_id = ?14, account_id = ?15
             WHERE id = ?1",
            params![
                id.0,
                new.kind.name(),
                new.title,
                new.url,
                new.platform,
                new.external_key,
                new.rating_tenths,
                new.industry,
                new.product,
                new.permission,
                new.permission_until.map(|day| day.to_string()),
                new.reviewer,
                new.company,
                new.person.map(|id| id.0),
                new.account.map(|id| id.0),
            ],
        )?;
        Ok(())
    }

    /// Records how far an asset has come.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_asset_event(&self, id: AssetId, status: AssetStatus, at: Timestamp) -> Result<()> {
        self.execute(
            "INSERT INTO asset_events (asset_id, status, happened_at, operation_id) VALUES (?1, ?2, ?3, ?4)",
            params![id.0, status.name(), at.0, self.operation.0],
        )?;
        Ok(())
    }

    /// Records that an asset was used in a deal.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn use_asset(&self, asset: AssetId, deal: DealId, by: &str, at: Timestamp) -> Result<()> {
        self.execute(
            "INSERT INTO asset_uses (asset_id, deal_id, used_by, used_at, operation_id) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![asset.0, deal.0, by, at.0, self.operation.0],
        )?;
        Ok(())
    }
}
