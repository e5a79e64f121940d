//! `asset add|list|show|edit|use`: the library of what lasts.

use super::deal;
use crate::domain::asset::{AssetKind, AssetStatus};
use crate::domain::ids::{AssetId, PersonId};
use crate::domain::industry::slug;
use crate::domain::present::Present;
use crate::failure::{Failure, Result};
use crate::intake::platforms;
use crate::output::{Cell, Column, Record, Sheet, Shown};
use crate::resolve;
use crate::resolve::arguments::AsOf;
use crate::resolve::arguments::asset_number;
use crate::resolve::arguments::day;
use crate::resolve::arguments::words;
use crate::session::{Done, Session};
use crate::store::{AssetRow, AssetUseRow, NewAsset, Tx, Writing};
use chrono::NaiveDate;
use clap::Args;
use clap::Subcommand;

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
    #[arg(long, value_name = "STARS", value_parser = typed_stars)]
    pub rating: Option<u8>,
    /// How far it has come: asked, drafting, in-review, approved, published or expired
    #[arg(long, value_name = "STATUS")]
    pub status: Option<AssetStatus>,
    /// The day it came so far [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
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
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub permission_until: Option<NaiveDate>,
}

/// Arguments of `asset add`.
#[derive(Debug, Args)]
pub struct AssetAddArgs {
    /// Its title
    #[arg(value_name = "TITLE", value_parser = words)]
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
    #[arg(value_name = "ID", value_parser = asset_number)]
    pub id: i64,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
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
}

/// Arguments of `asset use`.
#[derive(Debug, Args)]
pub struct AssetUseArgs {
    /// The asset's number
    #[arg(value_name = "ID", value_parser = asset_number)]
    pub id: i64,
    /// The deal's id or CRM id
    #[arg(long, value_name = "DEAL")]
    pub deal: String,
    /// Who used it [default: you]
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// The day [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<NaiveDate>,
}

/// Stars in tenths: 4.5 is 45.
fn typed_stars(text: &str) -> Result<u8, String> {
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

pub(super) fn run(command: &AssetCommand, session: &mut Session<'_>) -> Result<Done> {
    match command {
        AssetCommand::Add(args) => add(args, session),
        AssetCommand::List(args) => list(args, session),
        AssetCommand::Show(args) => show(args, session),
        AssetCommand::Edit(args) => edit(args, session),
        AssetCommand::Use(args) => use_in_deal(args, session),
    }
}

/// An asset of which nothing is known but its kind and title.
pub(super) fn blank(kind: AssetKind, title: &str) -> NewAsset {
    NewAsset {
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
    }
}

fn asset(tx: &Tx<'_>, id: i64) -> Result<AssetRow> {
    let found = tx.asset(AssetId(id))?;
    found.ok_or_else(|| {
        Failure::usage_hint(format!("there is no asset {id}"), "advocate asset list")
    })
}

/// The words typed, on top of those on record.
fn typed(tx: &Tx<'_>, args: &AssetWordsArgs, before: NewAsset) -> Result<NewAsset> {
    let own = |typed: &Option<String>, before| typed.clone().or(before);
    let person = match &args.person {
        Some(who) => Some(resolve::person(tx, who)?),
        None => None,
    };
    Ok(NewAsset {
        url: own(&args.url, before.url),
        platform: platform(args, before.platform),
        rating_tenths: args.rating.or(before.rating_tenths),
        industry: own(&args.industry, before.industry),
        product: own(&args.product, before.product),
        permission: own(&args.permission, before.permission),
        permission_until: args.permission_until.or(before.permission_until),
        account: person
            .as_ref()
            .map_or(before.account, |person| person.account_id),
        person: person.as_ref().map(|person| person.id).or(before.person),
        ..before
    })
}

/// Where it is published, by the name that imports use, so that one platform has one row in a report.
fn platform(args: &AssetWordsArgs, before: Option<String>) -> Option<String> {
    let typed = args.platform.as_deref();
    let known = typed.and_then(platforms::by_word).map(str::to_owned);
    let of_page = || args.url.as_deref().and_then(platforms::by_address);
    known
        .or_else(|| typed.map(str::to_owned))
        .or(before)
        .or_else(|| of_page().map(str::to_owned))
}

fn add(args: &AssetAddArgs, session: &mut Session<'_>) -> Result<Done> {
    let (row, present) = session.write(|writing, present| {
        let words = typed(writing, &args.words, blank(args.kind, &args.title))?;
        let at = present.instant_on(args.words.on)?;
        let status = args.words.status.unwrap_or(AssetStatus::Asked);
        let id = writing.add_asset(&words, status, at)?;
        Ok((asset(writing, id.0)?, present.clone()))
    })?;
    session.show("asset-add/1", present.today, record(&row, &present))?;
    Ok(Done::Fully)
}

fn edit(args: &AssetEditArgs, session: &mut Session<'_>) -> Result<Done> {
    let (row, present) = session.write(|writing, present| {
        let row = asset(writing, args.id)?;
        // A day alone says nothing: it is the day of a status.
        let on = None;
        let words = AssetWordsArgs {
            on,
            ..args.words.clone()
        };
        if args.title.is_none() && words == AssetWordsArgs::default() {
            return Err(Failure::nothing_to_change(
                "asset edit",
                format!("asset {}", row.id),
            ));
        }
        let mut words = typed(writing, &args.words, row.words.clone())?;
        if let Some(title) = &args.title {
            words.title.clone_from(title);
        }
        if words != row.words {
            writing.describe_asset(row.id, &words)?;
        }
        move_on(writing, present, &row, &args.words)?;
        Ok((asset(writing, args.id)?, present.clone()))
    })?;
    session.show("asset-edit/1", present.today, record(&row, &present))?;
    Ok(Done::Fully)
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
    if let Some((last, since)) = row
        .events
        .last()
        .filter(|(_, since)| present.day(at) < present.day(*since))
    {
        let message = format!(
            "asset {} is {last} since {}, which is later",
            row.id,
            present.day(*since)
        );
        return Err(Failure::usage(message));
    }
    Ok(writing.add_asset_event(row.id, status, at)?)
}

fn record(row: &AssetRow, present: &Present) -> Record {
    let words = &row.words;
    Record::new()
        .with("asset_id", "Asset", row.id.0)
        .with("kind", "Kind", words.kind.name())
        .with("title", "Title", words.title.as_str())
        .with("url", "URL", words.url.as_deref())
        .with("platform", "Platform", words.platform.as_deref())
        .with("rating", "Rating", stars(words.rating_tenths))
        .with("status", "Status", row.status().name())
        .with("industry", "Industry", words.industry.as_deref())
        .with("product", "Product", words.product.as_deref())
        .with("email", "Person", row.email.as_deref())
        .with(
            "account",
            "Account",
            row.account_name.as_deref().or(words.company.as_deref()),
        )
        .with("reviewer", "Published as", words.reviewer.as_deref())
        .with("permission", "May be shown", words.permission.as_deref())
        .with(
            "permission_until",
            "Until",
            Cell::opt(words.permission_until),
        )
        .with(
            "published_on",
            "Published",
            Cell::opt(published_on(row, present)),
        )
}

fn stars(tenths: Option<u8>) -> Cell {
    tenths.map_or(Cell::Empty, |tenths| {
        Cell::decimal(f64::from(tenths) / 10.0, 1)
    })
}

fn published_on(row: &AssetRow, present: &Present) -> Option<chrono::NaiveDate> {
    row.reached(AssetStatus::Published)
        .map(|at| present.day(at))
}

fn list(args: &AssetListArgs, session: &mut Session<'_>) -> Result<Done> {
    let (rows, present) = session.read(args.as_of.as_of, |tx, present| {
        let wanted = args
            .industry
            .as_ref()
            .map(|words| present.policy.industries.name_of(words));
        let mut rows = tx.assets()?;
        rows.retain(|row| {
            let own = row
                .words
                .industry
                .as_deref()
                .map(|words| present.policy.industries.name_of(words));
            args.kind.is_none_or(|kind| row.words.kind == kind)
                && args.status.is_none_or(|status| row.status() == status)
                && (wanted.is_none() || own == wanted)
                && (!args.unlinked || row.words.person.is_none())
        });
        Ok((rows, present.clone()))
    })?;
    let mut sheet = Sheet::new(vec![
        Column::right("asset_id", "Asset"),
        Column::left("kind", "Kind"),
        Column::left("title", "Title"),
        Column::left("platform", "Platform"),
        Column::right("rating", "Rating"),
        Column::left("status", "Status"),
        Column::left("published_on", "Published"),
        Column::left("industry", "Industry").only(Shown::Data),
        Column::left("who", "Person").only(Shown::Reading),
        Column::left("email", "Person").only(Shown::Data),
        Column::left("permission_until", "Permission until"),
        Column::left("url", "URL").only(Shown::Data),
    ])
    .empty("No assets. Import reviews with: advocate import reviews FILE");
    for row in &rows {
        let words = &row.words;
        sheet.push(vec![
            row.id.0.into(),
            words.kind.name().into(),
            words.title.as_str().into(),
            words.platform.as_deref().into(),
            stars(words.rating_tenths),
            row.status().name().into(),
            Cell::opt(published_on(row, &present)),
            words.industry.as_deref().into(),
            row.shown_name().into(),
            row.email.as_deref().into(),
            Cell::opt(words.permission_until),
            words.url.as_deref().into(),
        ]);
    }
    session.show("asset-list/1", present.today, sheet)?;
    Ok(Done::Fully)
}

fn show(args: &AssetShowArgs, session: &mut Session<'_>) -> Result<Done> {
    let (row, uses, suggested, present) = session.read(args.as_of.as_of, |tx, present| {
        let row = asset(tx, args.id)?;
        let uses = tx
            .asset_uses()?
            .into_iter()
            .filter(|used| used.asset == row.id)
            .collect::<Vec<_>>();
        let suggested = match row.words.person {
            Some(_) => Vec::new(),
            None => suggested(tx, &row.words)?,
        };
        Ok((row, uses, suggested, present.clone()))
    })?;
    let mut record = record(&row, &present)
        .with("events", "How far it has come", events(&row, &present))
        .with("uses", "Used in deals", uses_sheet(&uses, &present));
    record = match suggested.as_slice() {
        [] => record.data("suggested", Cell::List(Vec::new())),
        [first, ..] => record
            .with("suggested", "Perhaps by", Cell::list(&suggested))
            .say(format!(
                "If so: advocate asset edit {} --person {first}",
                row.id
            )),
    };
    session.show("asset/1", present.today, record)?;
    Ok(Done::Fully)
}

/// People who could have written a review: those of the published name, at the published company where one is named.
/// Only a suggestion (`formats.md` §4).
pub(super) fn suggested(tx: &Tx<'_>, words: &NewAsset) -> Result<Vec<String>> {
    let Some(reviewer) = words
        .reviewer
        .as_deref()
        .map(slug)
        .filter(|name| !name.is_empty())
    else {
        return Ok(Vec::new());
    };
    let namesakes: Vec<PersonId> = tx
        .names()?
        .into_iter()
        .filter(|(_, name, _)| name.as_deref().map(slug).as_ref() == Some(&reviewer))
        .map(|(id, ..)| id)
        .collect();
    let company = words.company.as_deref().map(slug);
    let mut found = Vec::new();
    for id in namesakes {
        let Some(person) = tx.person(id)? else {
            continue;
        };
        let own = person.account.as_deref().map(slug);
        if company.is_none() || own == company {
            found.push(person.email);
        }
    }
    Ok(found)
}

fn events(row: &AssetRow, present: &Present) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::left("status", "Status"),
        Column::left("on", "On"),
    ]);
    for (status, at) in &row.events {
        sheet.push(vec![status.name().into(), present.day(*at).into()]);
    }
    sheet
}

fn uses_sheet(uses: &[AssetUseRow], present: &Present) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::right("deal_id", "Deal"),
        Column::left("used_by", "By"),
        Column::left("on", "On"),
    ])
    .empty("");
    for used in uses {
        sheet.push(vec![
            used.deal.0.into(),
            used.used_by.as_str().into(),
            present.day(used.at).into(),
        ]);
    }
    sheet
}

fn use_in_deal(args: &AssetUseArgs, session: &mut Session<'_>) -> Result<Done> {
    let by = args.by.clone().unwrap_or_else(|| session.actor.clone());
    let (row, deal, today) = session.write(|writing, present| {
        let row = asset(writing, args.id)?;
        let deal = deal::named(writing, &args.deal)?;
        if !matches!(row.status(), AssetStatus::Approved | AssetStatus::Published) {
            return Err(Failure::step(
                format!("asset {}", row.id),
                format!(
                    "it is {}; only what is approved or published may be used",
                    row.status()
                ),
                "asset",
                format!("advocate asset edit {} --status approved", row.id),
            ));
        }
        let at = present.instant_on(args.on)?;
        if let Some(until) = row
            .words
            .permission_until
            .filter(|until| *until < present.day(at))
        {
            return Err(Failure::step(
                format!("asset {}", row.id),
                format!("the permission ended on {until}"),
                "permission",
                format!(
                    "ask again, then: advocate asset edit {} --permission-until DATE",
                    row.id
                ),
            ));
        }
        writing.use_asset(row.id, deal.id, &by, at)?;
        Ok((row, deal, present.today))
    })?;
    let record = Record::new()
        .with("asset_id", "Asset", row.id.0)
        .with("title", "Title", row.words.title.as_str())
        .with("deal_id", "Deal", deal.id.0)
        .with("deal", "Used in", deal.words.name);
    session.show("asset-use/1", today, record)?;
    Ok(Done::Fully)
}
