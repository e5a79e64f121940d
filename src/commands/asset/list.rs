//! `asset list`.

use clap::Args;

use super::words::stars;
use crate::domain::asset::{AssetKind, AssetStatus};
use crate::domain::present::Present;
use crate::failure::Result;
use crate::output::{CommandLine, Sentence, Table};
use crate::resolve::arguments::{AsOf, word, words};
use crate::resolve::filter::SearchArgs;
use crate::session::{Done, Session};
use crate::store::AssetRow;

/// Arguments of `asset list`.
#[derive(Debug, Args)]
pub struct AssetListArgs {
    /// Only of this kind
    #[arg(value_parser = word::<AssetKind>(), hide_possible_values = true, long, value_name = "KIND")]
    pub kind: Option<AssetKind>,
    /// Only with this status
    #[arg(value_parser = word::<AssetStatus>(), hide_possible_values = true, long, value_name = "STATUS")]
    pub status: Option<AssetStatus>,
    /// Only of this industry
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub industry: Option<String>,
    /// Only those that no person is confirmed for
    #[arg(long)]
    pub unlinked: bool,
    /// Which are shown.
    #[command(flatten)]
    pub search: SearchArgs,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

pub(super) fn run(args: &AssetListArgs, session: &mut Session<'_>) -> Result<Done> {
    let most = session.most(args.search.limit);
    session.answer("asset-list/1", args.as_of.as_of, |tx, present| {
        let name_of = |words: &String| present.policy.industries.name_of(words);
        let industry = args.industry.as_ref().map(name_of);
        let mut rows = tx.assets()?;
        let on_record = rows.len();
        rows.retain(|row| {
            let words = &row.words;
            args.kind.is_none_or(|kind| words.kind == kind)
                && args.status.is_none_or(|status| row.status() == status)
                && (industry.is_none() || words.industry.as_ref().map(name_of) == industry)
                && (!args.unlinked || words.person.is_none())
                && args.search.finds([
                    Some(words.title.as_str()),
                    words.platform.as_deref(),
                    row.name.as_deref(),
                ])
        });
        rows.truncate(most);
        let import = CommandLine::of("import reviews FILE");
        Ok(table(&rows, present).empty(match on_record {
            0 => Sentence::from("No assets. Import reviews with: ").then(import),
            _ => "No assets like that.".into(),
        }))
    })
}

fn table<'a>(rows: &'a [AssetRow], present: &Present) -> Table<'a, AssetRow> {
    Table::of(rows)
        .right("asset_id", "Asset", |row| row.id)
        .left("kind", "Kind", |row| row.words.kind)
        .left("title", "Title", |row| &row.words.title)
        .always()
        .left("platform", "Platform", |row| row.words.platform.as_ref())
        .spare()
        .right("rating", "Rating", stars)
        .spare()
        .left("status", "Status", AssetRow::status)
        .always()
        .left("published_on", "Published", |row| row.published_on(present))
        .data("industry", |row| row.words.industry.as_ref())
        .reading("Person", AssetRow::shown_name)
        .cut()
        .data("email", |row| row.email.as_ref())
        .left("permission_until", "Permission until", |row| {
            row.words.permission_until
        })
        .spare()
        .data("url", |row| row.words.url.as_ref())
}
