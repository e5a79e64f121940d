//! `asset add` and `asset edit`.

use clap::Args;

use super::words::{AssetWordsArgs, record, typed};
use crate::domain::ask::AskKind;
use crate::domain::asset::{AssetKind, AssetStatus};
use crate::domain::correction::Fact;
use crate::domain::named::Named;
use crate::domain::present::Present;
use crate::failure::{Failure, Result};
use crate::output::{CommandLine, Sentence};
use crate::resolve;
use crate::resolve::arguments::{asset_number, word, words};
use crate::session::{Done, Session};
use crate::store::{AssetRow, NewAsset, Tx, Writing};

/// Arguments of `asset add`.
#[derive(Debug, Args)]
pub struct AssetAddArgs {
    /// Its title [default: what the ask of --tap was, and whose]
    #[arg(value_name = "TITLE", value_parser = words, required_unless_present = "tap")]
    pub title: Option<String>,
    /// What it is: review, case-study, testimonial, video or talk [default: what the ask of --tap was for]
    #[arg(value_parser = word::<AssetKind>(), hide_possible_values = true, long, value_name = "KIND", required_unless_present = "tap")]
    pub kind: Option<AssetKind>,
    /// What describes it.
    #[command(flatten)]
    pub words: AssetWordsArgs,
}

/// Arguments of `asset edit`.
#[derive(Debug, Args)]
pub struct AssetEditArgs {
    /// The asset's number
    #[arg(value_name = "ID", value_parser = asset_number)]
    pub id: i64,
    /// Another title
    #[arg(long, value_name = "TITLE", value_parser = words)]
    pub title: Option<String>,
    /// What describes it.
    #[command(flatten)]
    pub words: AssetWordsArgs,
    /// Take back how far it came last: it was recorded by mistake
    #[arg(long, conflicts_with_all = ["status", "on"])]
    pub take_back: bool,
    /// Why it is corrected
    #[arg(long, value_name = "TEXT", value_parser = words, requires = "take_back")]
    pub reason: Option<String>,
}

pub(super) fn add(args: &AssetAddArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("asset-add/1", |writing, present| {
        let (kind, title) = what(writing, args)?;
        let blank = NewAsset::blank(kind, &title);
        let words = typed(writing, &args.words, blank, present)?;
        let at = present.instant_on(args.words.on)?;
        let status = args.words.status.unwrap_or(AssetStatus::Asked);
        let id = writing.add_asset(&words, status, at)?;
        Ok(record(&resolve::asset(writing, id.0)?, present))
    })
}

/// Its kind and title: what was typed, or else what the ask left behind.
fn what(tx: &Tx<'_>, args: &AssetAddArgs) -> Result<(AssetKind, String)> {
    let asked = args.words.tap.map(|id| resolve::tap(tx, id)).transpose()?;
    let left = asked.as_ref().and_then(|tap| match tap.kind {
        AskKind::Review => Some(AssetKind::Review),
        ask => AssetKind::left_by(ask),
    });
    let kind = args.kind.or(left).ok_or_else(|| {
        let ask = asked.as_ref().map_or("", |tap| tap.kind.name());
        Failure::usage(format!(
            "no asset is left by a {ask}; name what it is with --kind KIND"
        ))
    })?;
    let of_tap = || {
        asked
            .as_ref()
            .map(|tap| format!("{kind} of {}", tap.shown_name()))
    };
    Ok((kind, args.title.clone().or_else(of_tap).unwrap_or_default()))
}

pub(super) fn edit(args: &AssetEditArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("asset-edit/1", |writing, present| {
        let row = resolve::asset(writing, args.id)?;
        // A day alone says nothing: it is the day of a status.
        let nothing = AssetWordsArgs {
            on: args.words.on,
            ..AssetWordsArgs::default()
        };
        if args.title.is_none() && !args.take_back && args.words == nothing {
            let what = format!("asset {}", row.id);
            return Err(Failure::nothing_to_change("asset edit", what));
        }
        let mut words = typed(writing, &args.words, row.words.clone(), present)?;
        if let Some(title) = &args.title {
            words.title.clone_from(title);
        }
        if words != row.words {
            writing.change_asset(row.id, &words)?;
        }
        match args.take_back {
            true => take_back(writing, &row, args.reason.as_deref())?,
            false => move_on(writing, present, &row, &args.words)?,
        }
        Ok(record(&resolve::asset(writing, args.id)?, present))
    })
}

/// Takes back how far an asset has come last, as if that had never been.
fn take_back(writing: &Writing<'_>, row: &AssetRow, reason: Option<&str>) -> Result<()> {
    if row.events.len() < 2 {
        let message = format!("it has been {} from the beginning", row.status());
        let history = Sentence::from("to remove it, take back its operation: ")
            .then(CommandLine::of("history --kind asset"));
        return Err(Failure::step(
            format!("asset {}", row.id),
            message,
            "asset",
            history,
        ));
    }
    writing.remove_last_asset_event(row.id)?;
    Ok(writing.note_changed(Fact::Asset, row.id.0, row.words.person, reason)?)
}

/// Records how far an asset has come, where that is new.
fn move_on(
    writing: &Writing<'_>,
    present: &Present,
    row: &AssetRow,
    args: &AssetWordsArgs,
) -> Result<()> {
    let Some(status) = args.status.filter(|status| *status != row.status()) else {
        return Ok(());
    };
    let at = present.instant_on(args.on)?;
    if let Some((last, since)) = row.events.last() {
        let since = present.day(*since);
        if present.day(at) < since {
            let message = format!("asset {} is {last} since {since}, which is later", row.id);
            return Err(Failure::usage(message));
        }
    }
    Ok(writing.add_asset_event(row.id, status, at)?)
}
