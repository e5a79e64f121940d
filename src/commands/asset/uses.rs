//! `asset uses`: where assets were used, newest first, and what was wrong about it put right.

use clap::{Args, Subcommand};

use crate::domain::correction::Fact;
use crate::domain::present::Present;
use crate::domain::typed_day::TypedDay;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Record, Sentence, Table};
use crate::resolve;
use crate::resolve::arguments::{AsOf, asset_number, day, use_number, words};
use crate::session::{Done, Session};
use crate::store::AssetUseRow;
use crate::views::changes::Changes;

/// Arguments of `asset uses`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct AssetUsesArgs {
    /// Only of this asset
    #[arg(value_name = "ID", value_parser = asset_number)]
    pub asset: Option<i64>,
    /// Only in this deal: its id or CRM id
    #[arg(long, value_name = "DEAL", value_parser = words)]
    pub deal: Option<String>,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
    /// What is to be put right.
    #[command(subcommand)]
    pub correct: Option<AssetUsesCommand>,
}

/// How a use is put right.
#[derive(Debug, Subcommand)]
pub enum AssetUsesCommand {
    /// Correct a use; it counts as corrected on every day
    Edit(UseEditArgs),
    /// Remove a use that never was
    Remove(UseRemoveArgs),
}

/// Arguments of `asset uses edit`.
#[derive(Debug, Args)]
pub struct UseEditArgs {
    /// The use's number, as `asset uses` lists it
    #[arg(value_name = "USE", value_parser = use_number)]
    pub id: i64,
    /// The deal it was used in: its id or CRM id
    #[arg(long, value_name = "DEAL", value_parser = words)]
    pub deal: Option<String>,
    /// Who used it
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub by: Option<String>,
    /// The day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<TypedDay>,
    /// Why it is corrected
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub reason: Option<String>,
}

/// Arguments of `asset uses remove`.
#[derive(Debug, Args)]
pub struct UseRemoveArgs {
    /// The use's number, as `asset uses` lists it
    #[arg(value_name = "USE", value_parser = use_number)]
    pub id: i64,
    /// Why it is removed
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub reason: Option<String>,
}

pub(super) fn run(args: &AssetUsesArgs, session: &mut Session<'_>) -> Result<Done> {
    match &args.correct {
        None => list(args, session),
        Some(AssetUsesCommand::Edit(args)) => edit(args, session),
        Some(AssetUsesCommand::Remove(args)) => remove(args, session),
    }
}

fn list(args: &AssetUsesArgs, session: &mut Session<'_>) -> Result<Done> {
    session.answer("asset-uses/1", args.as_of.as_of, |tx, present| {
        let asset = args.asset.map(|id| resolve::asset(tx, id)).transpose()?;
        let deal = args.deal.as_ref().map(|deal| resolve::deal(tx, deal));
        let deal = deal.transpose()?;
        let mut rows = tx.asset_uses()?;
        rows.retain(|row| asset.as_ref().is_none_or(|asset| asset.id == row.asset));
        rows.retain(|row| deal.as_ref().is_none_or(|deal| deal.id == row.deal));
        rows.reverse();
        let first = CommandLine::of("asset use ID --deal DEAL");
        let table = Table::of(&rows)
            .right("use_id", "Use", |used| used.id)
            .left("on", "On", |used| present.day(used.at))
            .right("asset_id", "Asset", |used| used.asset)
            .left("title", "Title", |used| &used.title)
            .always()
            .right("deal_id", "Deal", |used| used.deal)
            .left("deal", "Name", |used| &used.deal_name)
            .cut()
            .left("used_by", "By", |used| &used.used_by)
            .cut()
            .spare()
            .data("override_reason", |used| used.override_reason.as_ref())
            .right("operation_id", "Op", |used| used.operation)
            .spare();
        Ok(table.empty(match (&asset, &deal) {
            (None, None) => {
                Sentence::from("No asset was used. Record the first with: ").then(first)
            }
            _ => "No uses like that.".into(),
        }))
    })
}

fn edit(args: &UseEditArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("asset-use-edit/1", |writing, present| {
        let old = resolve::asset_use(writing, args.id)?;
        let deal = args.deal.as_ref().map(|deal| resolve::deal(writing, deal));
        let deal = deal.transpose()?;
        let name = deal
            .as_ref()
            .map_or(&old.deal_name, |deal| &deal.words.name);
        let by = args.by.as_deref().unwrap_or(&old.used_by);
        let at = present.moved_to(old.at, args.on)?;
        let id = deal.as_ref().map_or(old.deal, |deal| deal.id);
        let changes = Changes::default()
            .field("deal", Some(old.deal), Some(id))
            .field("name", Some(&old.deal_name), Some(name))
            .field("by", Some(old.used_by.as_str()), Some(by))
            .field("day", Some(present.day(old.at)), Some(present.day(at)));
        if changes.is_empty() {
            let what = format!("use {}", old.id);
            return Err(Failure::nothing_to_change("asset uses edit", what));
        }
        writing.correct_use(old.id, id, by, at)?;
        let reason = args.reason.as_deref();
        writing.note_changed(Fact::Use, old.id.0, None, reason)?;
        Ok(record(&old).with("changes", "Corrected", changes.sheet()))
    })
}

fn remove(args: &UseRemoveArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("asset-use-remove/1", |writing, present| {
        let old = resolve::asset_use(writing, args.id)?;
        writing.remove_use(old.id)?;
        let reason = args.reason.as_deref();
        writing.note_removed(Fact::Use, old.id.0, None, reason)?;
        Ok(record(&old).with("removed", "Removed", removed(&old, present)))
    })
}

fn removed(old: &AssetUseRow, present: &Present) -> String {
    format!("in {} on {}", old.deal_name, present.day(old.at))
}

fn record(old: &AssetUseRow) -> Record {
    Record::new()
        .with("use_id", "Use", old.id)
        .with("asset_id", "Asset", old.asset)
        .with("title", "Title", &old.title)
}
