//! `asset use`: an asset that was used in a deal.

use chrono::NaiveDate;
use clap::Args;

use crate::domain::asset::{AssetStatus, Permission};
use crate::domain::stage::Stage;
use crate::domain::typed_day::TypedDay;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence};
use crate::resolve;
use crate::resolve::arguments::{asset_number, day, words};
use crate::session::{Done, Session};
use crate::store::{AssetRow, Tx};

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
    /// Use it although no permission holds, or its author must not be contacted; the reason is stored
    #[arg(long = "override", value_name = "REASON", value_parser = words)]
    pub override_reason: Option<String>,
    /// The day [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<TypedDay>,
}

pub(super) fn run(args: &AssetUseArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("asset-use/1", |writing, present| {
        let row = resolve::asset(writing, args.id)?;
        let deal = resolve::deal(writing, &args.deal)?;
        check_status(&row)?;
        let at = present.instant_on(args.on)?;
        let refused = check_author(writing, &row)
            .and_then(|()| check_permission(&row, present.day(at)))
            .err();
        let overridden = match (refused, args.override_reason.as_deref()) {
            (Some(refused), None) => return Err(refused),
            (Some(_), reason) => reason,
            (None, _) => None,
        };
        let by = writing.by(args.by.as_deref());
        writing.use_asset(row.id, deal.id, by, overridden, at)?;
        Ok(Record::new()
            .with("asset_id", "Asset", row.id)
            .with("title", "Title", row.words.title)
            .with("deal_id", "Deal", deal.id)
            .with("deal", "Used in", deal.words.name)
            .with_any("override_reason", "Overridden", overridden))
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

/// Nothing may be used of somebody who must not be contacted: the customer's word is not ours to show.
fn check_author(tx: &Tx<'_>, row: &AssetRow) -> Result<()> {
    let author = row.words.person.map(|id| tx.person(id)).transpose()?;
    match author.flatten() {
        Some(author) if author.standing.stage == Some(Stage::DoNotContact) => {
            let use_it = CommandLine::of("asset use").value(row.id);
            Err(Failure::step(
                format!("asset {}", row.id),
                format!("{} must not be contacted", author.email),
                "do-not-contact",
                Sentence::from("only where they agreed to this: ")
                    .then(use_it.then("--deal DEAL --override REASON")),
            ))
        }
        _ => Ok(()),
    }
}

/// Nothing may be used without a permission, nor after it has ended.
fn check_permission(row: &AssetRow, on: NaiveDate) -> Result<()> {
    let permission = row.words.permission_to_show();
    let edit = CommandLine::of("asset edit").value(row.id);
    let (message, first, next) = match permission {
        _ if permission.holds(on) => return Ok(()),
        Permission::Until(until) => (
            format!("the permission ended on {until}"),
            "ask again, then: ",
            edit.then("--permission-until DATE"),
        ),
        _ => (
            "nobody gave leave to show it".to_owned(),
            "ask them, then: ",
            edit.then("--permission WHAT --permission-until DATE"),
        ),
    };
    Err(Failure::step(
        format!("asset {}", row.id),
        message,
        "permission",
        Sentence::from(first).then(next),
    ))
}
