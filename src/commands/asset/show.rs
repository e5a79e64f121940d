//! `asset show`: an asset, how far it has come, and where it was used.

use clap::Args;

use super::words::record;
use crate::failure::Result;
use crate::output::{Cell, CommandLine, Sentence, Table};
use crate::resolve;
use crate::resolve::arguments::{AsOf, asset_number};
use crate::session::{Done, Session};

/// Arguments of `asset show`.
#[derive(Debug, Args)]
pub struct AssetShowArgs {
    /// The asset's number
    #[arg(value_name = "ID", value_parser = asset_number)]
    pub id: i64,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

pub(super) fn run(args: &AssetShowArgs, session: &mut Session<'_>) -> Result<Done> {
    session.answer("asset/1", args.as_of.as_of, |tx, present| {
        let row = resolve::asset(tx, args.id)?;
        let mut uses = tx.asset_uses()?;
        uses.retain(|used| used.asset == row.id);
        let authors = match row.words.person {
            Some(_) => Vec::new(),
            None => resolve::authors(tx, &row.words)?,
        };
        let events = Table::of(&row.events)
            .left("status", "Status", |(status, _)| *status)
            .left("on", "On", |(_, at)| present.day(*at));
        let uses = Table::of(&uses)
            .right("use_id", "Use", |used| used.id)
            .right("deal_id", "Deal", |used| used.deal)
            .left("used_by", "By", |used| &used.used_by)
            .left("on", "On", |used| present.day(used.at))
            .data("override_reason", |used| used.override_reason.as_ref())
            .right("operation_id", "Op", |used| used.operation)
            .empty("");
        let edit = CommandLine::of("asset edit").value(row.id);
        let confirm = authors.first().map(|first| edit.option("--person", first));
        Ok(record(&row, present)
            .with("events", "How far it has come", events)
            .with("uses", "Used in deals", uses)
            .with_any("suggested", "Perhaps by", Cell::list(&authors))
            .say_all(confirm.map(|confirm| Sentence::from("If so: ").then(confirm))))
    })
}
