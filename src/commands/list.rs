//! `list`: advocates and where they stand.

use crate::domain::tier::Tier;
use crate::failure::Result;
use crate::resolve::arguments::AsOf;
use crate::resolve::arguments::whole;
use clap::Args;
use clap::ValueEnum;
use std::cmp::Reverse;

use super::tier;
use crate::domain::ask::AskKind;
use crate::domain::calendar::months_before;
use crate::domain::industry::slug;
use crate::domain::matching::Person;
use crate::domain::present::Present;
use crate::domain::readiness;
use crate::domain::stage::Stage;
use crate::domain::tier::CurrentTier;
use crate::output::{Cell, Column, Sheet, Shown};
use crate::resolve;
use crate::session::{Done, Session};
use crate::store::{PersonRow, Scope, Tx};

/// Arguments of `list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// In this stage [default: active and paused]
    #[arg(long, value_name = "STAGE")]
    pub stage: Option<Stage>,
    /// In this industry
    #[arg(long, value_name = "NAME")]
    pub industry: Option<String>,
    /// In this region or country
    #[arg(long, value_name = "NAME")]
    pub region: Option<String>,
    /// In this segment
    #[arg(long, value_name = "NAME")]
    pub segment: Option<String>,
    /// Owned by this colleague
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
    /// In this tier
    #[arg(long, value_name = "TIER")]
    pub tier: Option<Tier>,
    /// Willing for this kind of ask
    #[arg(long, value_name = "KIND")]
    pub ask: Option<AskKind>,
    /// May be asked today (for --ask, or for anything they are willing to do)
    #[arg(long)]
    pub free_now: bool,
    /// Profile not verified for so many months
    #[arg(long, value_name = "MONTHS", value_parser = whole::<0, { u32::MAX }>)]
    pub not_verified_for: Option<u32>,
    /// By name, account, rested, score, tier or verified
    #[arg(
        long,
        value_name = "ORDER",
        default_value = "name",
        hide_possible_values = true
    )]
    pub sort: ListSort,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListSort {
    /// By name.
    Name,
    /// By account, then name.
    Account,
    /// Longest rested first.
    Rested,
    /// Latest score, highest first.
    Score,
    /// Highest tier first.
    Tier,
    /// Longest unverified first.
    Verified,
}

/// Somebody on the list.
struct Listed {
    card: PersonRow,
    person: Person,
    tier: CurrentTier,
}

pub(super) fn run(args: &ListArgs, session: &mut Session<'_>) -> Result<Done> {
    let (mut rows, present) = session.read(args.as_of.as_of, |tx, present| {
        if let Some(owner) = &args.owner {
            resolve::owner(owner, tx.owners()?)?;
        }
        let mut rows = load(tx, args, present)?;
        rows.retain(|row| matches(row, args, present));
        Ok((rows, present.clone()))
    })?;
    sort(&mut rows, args.sort);
    let sheet = sheet(&rows, &present).empty(nobody(args));
    session.show("list/1", present.today, sheet)?;
    Ok(Done::Fully)
}

fn load(tx: &Tx<'_>, args: &ListArgs, present: &Present) -> Result<Vec<Listed>> {
    let scope = match (&args.industry, args.stage) {
        (_, Some(Stage::Candidate)) => return load_candidates(tx, args, present),
        (Some(words), _) => {
            Scope::DecidedIn(resolve::industry(tx, &present.policy, words)?.spellings)
        }
        (None, _) => Scope::Decided,
    };
    let by_hand = tx.tiers_by_hand()?;
    let facts = tx.facts(&scope, &present.policy, present.today, present.today)?;
    Ok(facts
        .into_iter()
        .map(|(card, person)| Listed {
            tier: tier::current(by_hand.get(&card.id), &person, present),
            card,
            person,
        })
        .collect())
}

fn load_candidates(tx: &Tx<'_>, args: &ListArgs, present: &Present) -> Result<Vec<Listed>> {
    let spellings = match &args.industry {
        Some(words) => Some(resolve::industry(tx, &present.policy, words)?.spellings),
        None => None,
    };
    let mut rows = Vec::new();
    let found = super::candidates::candidates(tx, present, spellings.as_deref(), None, usize::MAX)?;
    for row in found.warmest {
        let (card, person) = tx.facts_of(row.person.id, present)?;
        rows.push(Listed {
            tier: tier::current(None, &person, present),
            card,
            person,
        });
    }
    Ok(rows)
}

fn matches(row: &Listed, args: &ListArgs, present: &Present) -> bool {
    let card = &row.card;
    let stage = card.standing.on(present.today);
    let same = |value: &Option<String>, wanted: &Option<String>| {
        wanted.as_ref().is_none_or(|wanted| {
            value
                .as_ref()
                .is_some_and(|value| slug(value) == slug(wanted))
        })
    };
    let stage_fits = match args.stage {
        Some(Stage::Candidate) => true,
        Some(wanted) => stage == Some(wanted),
        None => stage.is_some_and(Stage::is_advocate),
    };
    stage_fits
        && (same(&card.region, &args.region) || same(&card.country, &args.region))
        && same(&card.segment, &args.segment)
        && same(&card.owner, &args.owner)
        && args.tier.is_none_or(|tier| tier == row.tier.tier)
        && args
            .ask
            .is_none_or(|kind| willing(&row.person).any(|one| one == kind))
        && (!args.free_now || free_now(&row.person, args.ask, present))
        && args
            .not_verified_for
            .is_none_or(|months| stale(card, months, present))
}

fn willing(person: &Person) -> impl Iterator<Item = AskKind> {
    person
        .facts
        .willingness
        .iter()
        .filter(|said| said.willing)
        .map(|said| said.kind)
}

/// What is said where nobody is listed: only an empty program lacks its first advocate.
fn nobody(args: &ListArgs) -> &'static str {
    let traits = [&args.industry, &args.region, &args.segment, &args.owner];
    let filtered = args.stage.is_some()
        || args.ask.is_some()
        || args.free_now
        || args.tier.is_some()
        || args.not_verified_for.is_some()
        || args.as_of.as_of.is_some()
        || traits.iter().any(|wanted| wanted.is_some());
    match filtered {
        true => "Nobody like that.",
        false => "Nobody. Confirm the first with: advocate register EMAIL --will reference,review",
    }
}

/// Whether every rule lets them be asked today: for the kind named, or for anything they are willing to do.
fn free_now(person: &Person, kind: Option<AskKind>, present: &Present) -> bool {
    let passes =
        |kind| readiness::passes(&person.facts, kind, None, &present.policy, present.today);
    match kind {
        Some(kind) => passes(kind),
        None => willing(person).any(passes),
    }
}

fn stale(card: &PersonRow, months: u32, present: &Present) -> bool {
    let since = months_before(present.today, months);
    card.verified_at.is_none_or(|at| present.day(at) <= since)
}

fn sort(rows: &mut [Listed], order: ListSort) {
    let name = |row: &Listed| (row.card.shown_name().to_lowercase(), row.card.id);
    match order {
        ListSort::Name => rows.sort_by_key(name),
        ListSort::Account => rows.sort_by_key(|row| {
            (
                row.card.account.clone().map(|a| a.to_lowercase()),
                name(row),
            )
        }),
        ListSort::Rested => rows.sort_by_key(|row| {
            (
                row.card.last_tapped_at,
                row.person.taps_last_year,
                row.card.id,
            )
        }),
        ListSort::Score => rows.sort_by_key(|row| (Reverse(row.card.latest_score), name(row))),
        ListSort::Tier => rows.sort_by_key(|row| (Reverse(row.tier.tier), name(row))),
        ListSort::Verified => rows.sort_by_key(|row| (row.card.verified_at, name(row))),
    }
}

fn sheet(rows: &[Listed], present: &Present) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::right("id", "Id").only(Shown::Data),
        Column::left("who", "Name").only(Shown::Reading),
        Column::left("email", "E-mail").only(Shown::Data),
        Column::left("name", "Name").only(Shown::Data),
        Column::left("account", "Account"),
        Column::left("industry", "Industry"),
        Column::left("region", "Region").only(Shown::Data),
        Column::left("segment", "Segment").only(Shown::Data),
        Column::left("stage", "Stage"),
        Column::left("until", "Until").only(Shown::Data),
        Column::left("tier_in_words", "Tier").only(Shown::Reading),
        Column::left("tier", "Tier").only(Shown::Data),
        Column::left("tier_source", "How").only(Shown::Data),
        Column::right("score", "Score"),
        Column::left("willing", "Said yes to"),
        Column::left("last_tapped_on", "Last asked"),
        Column::left("owner", "Owner").only(Shown::Data),
        Column::left("verified_on", "Verified").only(Shown::Data),
    ]);
    for Listed { card, person, tier } in rows {
        let day = |at: Option<_>| Cell::opt(at.map(|at| present.day(at)));
        let stage = card.standing.on(present.today).unwrap_or(Stage::Candidate);
        sheet.push(vec![
            card.id.0.into(),
            card.shown_name().into(),
            card.email.as_str().into(),
            card.name.as_deref().into(),
            card.account.as_deref().into(),
            card.industry
                .as_deref()
                .map(|words| present.policy.industries.name_of(words))
                .into(),
            card.region.as_deref().into(),
            card.segment.as_deref().into(),
            stage.name().into(),
            Cell::opt(card.standing.until.filter(|_| stage == Stage::Paused)),
            tier.to_string().into(),
            tier.tier.name().into(),
            tier.source().into(),
            Cell::opt(card.latest_score.map(|score| i64::from(score.get()))),
            Cell::list(willing(person).map(AskKind::name)),
            day(card.last_tapped_at),
            card.owner.as_deref().into(),
            day(card.verified_at),
        ]);
    }
    sheet
}
