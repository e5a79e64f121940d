//! `asset add|list|show|edit|use`.

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::AsOf;
use super::numbers::asset;
use crate::domain::asset::{AssetKind, AssetStatus};

/// What can be done with assets.
#[derive(Debug, Subcommand)]
pub enum AssetCommand {
    /// Add a review, case study, quote, video or talk
    Add(AssetAddArgs),
    /// List the library
    List(AssetListArgs),
    /// Show an asset, how far it has come, and where it was used
    Show(AssetShowArgs),
    /// Correct an asset or move it on
    Edit(AssetEditArgs),
    /// Record that an asset was used in a deal
    Use(AssetUseArgs),
}

/// What describes an asset.
#[derive(Debug, Clone, PartialEq, Default, Args)]
pub struct AssetWordsArgs {
    /// Where it is
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// Where it is published, such as G2
    #[arg(long, value_name = "NAME")]
    pub platform: Option<String>,
    /// Stars, 0 to 5, such as 4.5
    #[arg(long, value_name = "STARS", value_parser = stars)]
    pub rating: Option<u8>,
    /// How far it has come: asked, drafting, in-review, approved, published or expired
    #[arg(long, value_name = "STATUS")]
    pub status: Option<AssetStatus>,
    /// The day it came so far [default: today]
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub on: Option<NaiveDate>,
    /// The industry it speaks of
    #[arg(long, value_name = "NAME")]
    pub industry: Option<String>,
    /// The product it speaks of
    #[arg(long, value_name = "NAME")]
    pub product: Option<String>,
    /// Whom it comes from; for an imported review, this confirms the person
    #[arg(long, value_name = "WHO")]
    pub person: Option<String>,
    /// What may be shown, such as "name, title, logo"
    #[arg(long, value_name = "TEXT")]
    pub permission: Option<String>,
    /// Until when
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub permission_until: Option<NaiveDate>,
}

/// Arguments of `asset add`.
#[derive(Debug, Args)]
pub struct AssetAddArgs {
    /// Its title
    #[arg(value_name = "TITLE", value_parser = super::words)]
    pub title: String,
    /// What it is: review, case-study, testimonial, video or talk
    #[arg(long, value_name = "KIND")]
    pub kind: AssetKind,
    /// What describes it.
    #[command(flatten)]
    pub words: AssetWordsArgs,
}

/// Arguments of `asset list`.
#[derive(Debug, Args)]
pub struct AssetListArgs {
    /// Only of this kind
    #[arg(long, value_name = "KIND")]
    pub kind: Option<AssetKind>,
    /// Only with this status
    #[arg(long, value_name = "STATUS")]
    pub status: Option<AssetStatus>,
    /// Only of this industry
    #[arg(long, value_name = "NAME")]
    pub industry: Option<String>,
    /// Only those that no person is confirmed for
    #[arg(long)]
    pub unlinked: bool,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// Arguments of `asset show`.
#[derive(Debug, Args)]
pub struct AssetShowArgs {
    /// The asset's number
    #[arg(value_name = "ID", value_parser = asset)]
    pub id: i64,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// Arguments of `asset edit`.
#[derive(Debug, Args)]
pub struct AssetEditArgs {
    /// The asset's number
    #[arg(value_name = "ID", value_parser = asset)]
    pub id: i64,
    /// Another title
    #[arg(long, value_name = "TITLE", value_parser = super::words)]
    pub title: Option<String>,
    /// What describes it.
    #[command(flatten)]
    pub words: AssetWordsArgs,
}

/// Arguments of `asset use`.
#[derive(Debug, Args)]
pub struct AssetUseArgs {
    /// The asset's number
    #[arg(value_name = "ID", value_parser = asset)]
    pub id: i64,
    /// The deal's id or CRM id
    #[arg(long, value_name = "DEAL")]
    pub deal: String,
    /// Who used it [default: you]
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// The day [default: today]
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub on: Option<NaiveDate>,
}

/// Stars in tenths: 4.5 is 45.
fn stars(text: &str) -> Result<u8, String> {
    let (whole, tenths) = text.split_once('.').unwrap_or((text, "0"));
    let digit = |text: &str| match text.as_bytes() {
        [digit @ b'0'..=b'9'] => Some(digit - b'0'),
        _ => None,
    };
    match (digit(whole), digit(tenths)) {
        (Some(whole), Some(tenths)) if whole * 10 + tenths <= 50 => Ok(whole * 10 + tenths),
        _ => Err("stars go from 0 to 5, such as 4.5".to_owned()),
    }
}
