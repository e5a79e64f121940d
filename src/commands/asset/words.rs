//! What describes an asset: as it is typed, and as it is shown.

use clap::Args;

use crate::domain::asset::AssetStatus;
use crate::domain::present::Present;
use crate::domain::typed_day::TypedDay;
use crate::failure::{Failure, Result};
use crate::intake::platforms;
use crate::output::{Cell, Record};
use crate::resolve;
use crate::resolve::arguments::{coming_day, day, tap_number, word, words};
use crate::store::{AssetRow, NewAsset, Tx};

/// What describes an asset.
#[derive(Debug, Clone, PartialEq, Default, Args)]
pub struct AssetWordsArgs {
    /// Where it is
    #[arg(long, value_name = "URL", value_parser = words)]
    pub url: Option<String>,
    /// Where it is published, such as G2
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub platform: Option<String>,
    /// Stars, 0 to 5, such as 4.5
    #[arg(long, value_name = "STARS", value_parser = typed_stars)]
    pub rating: Option<u8>,
    /// How far it has come: asked, drafting, in-review, approved, published or expired
    #[arg(value_parser = word::<AssetStatus>(), hide_possible_values = true, long, value_name = "STATUS")]
    pub status: Option<AssetStatus>,
    /// The day it came so far [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<TypedDay>,
    /// The industry it speaks of
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub industry: Option<String>,
    /// The product it speaks of
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub product: Option<String>,
    /// Whom it comes from; for an imported review, this confirms the person
    #[arg(long, value_name = "WHO", value_parser = words)]
    pub person: Option<String>,
    /// The ask that it came of, as `taps` numbers it; says whom it comes from
    #[arg(long, value_name = "ID", value_parser = tap_number)]
    pub tap: Option<i64>,
    /// What may be shown, such as "name, title, logo"
    #[arg(long, value_name = "TEXT")]
    pub permission: Option<String>,
    /// Until when
    #[arg(long, value_name = "DATE", value_parser = coming_day)]
    pub permission_until: Option<TypedDay>,
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

/// The words typed, on top of those on record.
pub(super) fn typed(
    tx: &Tx<'_>,
    args: &AssetWordsArgs,
    before: NewAsset,
    present: &Present,
) -> Result<NewAsset> {
    let own = |typed: &Option<String>, before| typed.clone().or(before);
    let tap = args.tap.map(|id| resolve::tap(tx, id)).transpose()?;
    let of_tap = tap.as_ref().map(|tap| tap.person.to_string());
    let who = args.person.as_ref().or(of_tap.as_ref());
    let person = who.map(|who| resolve::person(tx, who)).transpose()?;
    if let (Some(tap), Some(person)) = (&tap, &person)
        && tap.person != person.id
    {
        let message = format!(
            "tap {} is an ask to {}, not to {}",
            tap.id, tap.email, person.email
        );
        return Err(Failure::usage(message));
    }
    Ok(NewAsset {
        url: own(&args.url, before.url),
        platform: platform(args, before.platform),
        rating_tenths: args.rating.or(before.rating_tenths),
        industry: own(&args.industry, before.industry),
        product: own(&args.product, before.product),
        permission: own(&args.permission, before.permission),
        permission_until: present
            .typed_any(args.permission_until)?
            .or(before.permission_until),
        account: match &person {
            Some(person) => person.account_id,
            None => before.account,
        },
        person: person.map(|person| person.id).or(before.person),
        tap: tap.map(|tap| tap.id).or(before.tap),
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

/// An asset, and from whom it comes.
pub(super) fn record(row: &AssetRow, present: &Present) -> Record {
    let words = &row.words;
    let account = row.account_name.as_ref().or(words.company.as_ref());
    Record::new()
        .with("asset_id", "Asset", row.id)
        .with("kind", "Kind", words.kind)
        .with("title", "Title", &words.title)
        .with("url", "URL", words.url.as_ref())
        .with("platform", "Platform", words.platform.as_ref())
        .with("rating", "Rating", stars(row))
        .with("status", "Status", row.status())
        .with("industry", "Industry", words.industry.as_ref())
        .with("product", "Product", words.product.as_ref())
        .with("email", "Person", row.email.as_ref())
        .with_any("tap_id", "Of tap", words.tap)
        .with("account", "Account", account)
        .with("reviewer", "Published as", words.reviewer.as_ref())
        .with("permission", "May be shown", words.permission.as_ref())
        .with("permission_until", "Until", words.permission_until)
        .with("published_on", "Published", row.published_on(present))
}

/// The stars given.
pub(super) fn stars(row: &AssetRow) -> Option<Cell> {
    let tenths = row.words.rating_tenths?;
    Some(Cell::decimal(f64::from(tenths) / 10.0, 1))
}
