//! `asset use`: an asset that was used in a deal.

use chrono::NaiveDate;
use clap::Args;

use crate::domain::asset::AssetStatus;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence};
use crate::resolve;
use crate::resolve::arguments::{asset_number, day, words};
use crate::session::{Done, Session};
use crate::store::AssetRow;

/// Arguments of `asset use`.
#[derive(Debug, Args)]
pub struct AssetUseArgs {
    /// The asset's number
    #[arg(value_name = "ID", value_parser = asset_number)]
    pub id: i64,
    /// The deal's id or CRM id
    #[arg(long, value_name = "DEAL", value_parser = words)]
    pub deal: String,
    /// Who used it [default: you]
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub by: Option<String>,
    /// The day [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<NaiveDate>,
}

pub(super) fn run(args: &AssetUseArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("asset-use/1", |writing, present| {
        let row = resolve::asset(writing, args.id)?;
        let deal = resolve::deal(writing, &args.deal)?;
        check_status(&row)?;
        let at = present.instant_on(args.on)?;
        check_permission(&row, present.day(at))?;
        writing.use_asset(row.id, deal.id, writing.by(args.by.as_deref()), at)?;
        Ok(Record::new()
            .with("asset_id", "Asset", row.id)
            .with("title", "Title", row.words.title)
            .with("deal_id", "Deal", deal.id)
            .with("deal", "Used in", deal.words.name))
    })
}

/// Only what is approved or published may be used.
fn check_status(row: &AssetRow) -> Result<()> {
    let status = row.status();
    if matches!(status, AssetStatus::Approved | AssetStatus::Published) {
        return Ok(());
    }
    let edit = CommandLine::of("asset edit").value(row.id);
    Err(Failure::step(
        format!("asset {}", row.id),
        format!("it is {status}; only what is approved or published may be used"),
        "asset",
        edit.then("--status approved"),
    ))
}

/// Nothing may be used after the permission has ended.
fn check_permission(row: &AssetRow, on: NaiveDate) -> Result<()> {
    let Some(until) = row.words.permission_until.filter(|until| *until < on) else {
        return Ok(());
    };
    let edit = CommandLine::of("asset edit").value(row.id);
    Err(Failure::step(
        format!("asset {}", row.id),
        format!("the permission ended on {until}"),
        "permission",
        Sentence::from("ask again, then: ").then(edit.then("--permission-until DATE")),
    ))
}
