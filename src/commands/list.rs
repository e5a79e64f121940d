//! `list`: advocates and where they stand.

use std::cmp::Reverse;

use clap::{Args, ValueEnum};

use crate::domain::ask::AskKind;
use crate::domain::calendar::months_before;
use crate::domain::industry::names_the_same;
use crate::domain::matching::Person;
use crate::domain::named::Named;
use crate::domain::present::Present;
use crate::domain::readiness;
use crate::domain::stage::Stage;
use crate::domain::tier::{CurrentTier, Tier};
use crate::domain::told::About;
use crate::failure::Result;
use crate::output::{Cell, CommandLine, Reader, Sentence, Table};
use crate::resolve;
use crate::resolve::arguments::{AsOf, whole, word, words};
use crate::session::{Done, Session};
use crate::store::{PersonRow, Scope, TierRow, Tx};
use crate::views::who::WhoColumns;

/// Arguments of `list`.
#[derive(Debug, Clone, PartialEq, Default, Args)]
pub struct ListArgs {
    /// In this stage [default: active and paused]
    #[arg(value_parser = word::<Stage>(), hide_possible_values = true, long, value_name = "STAGE")]
    pub stage: Option<Stage>,
    /// In this industry
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub industry: Option<String>,
    /// In this region or country
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub region: Option<String>,
    /// In this segment
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub segment: Option<String>,
    /// Owned by this colleague
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub owner: Option<String>,
    /// In this tier
    #[arg(value_parser = word::<Tier>(), hide_possible_values = true, long, value_name = "TIER")]
    pub tier: Option<Tier>,
    /// Willing for this kind of ask
    #[arg(value_parser = word::<AskKind>(), hide_possible_values = true, long, value_name = "KIND")]
    pub ask: Option<AskKind>,
    /// Who told of this: every word is in their story, outcomes, interests, notes or comments
    #[arg(long, value_name = "WORDS")]
    pub about: Option<About>,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ListSort {
    /// By name.
    #[default]
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
    let reader = session.reader();
    session.answer("list/1", args.as_of.as_of, |tx, present| {
        let owner = args.owner.as_ref();
        let owner = owner.map(|owner| resolve::colleague("owner", owner, tx.owners()?));
        let args = &ListArgs {
            owner: owner.transpose()?,
            ..args.clone()
        };
        let mut rows = load(tx, args, present)?;
        rows.retain(|row| matches(row, args, present));
        if let Some(about) = &args.about {
            let spoken = tx.spoken(rows.iter().map(|row| row.card.id))?;
            let told = |row: &Listed| spoken.get(&row.card.id).map(|one| about.found(&one.told));
            rows.retain(|row| told(row).is_some_and(|found| !found.is_empty()));
        }
        sort(&mut rows, args.sort);
        Ok(table(reader, &rows, present).empty(nobody(args)))
    })
}

impl Listed {
    fn new(
        (card, person): (PersonRow, Person),
        by_hand: Option<&TierRow>,
        present: &Present,
    ) -> Self {
        let by_hand = by_hand.and_then(|row| row.tier);
        Self {
            tier: present.tier(by_hand, &person.completed),
            card,
            person,
        }
    }
}

fn load(tx: &Tx<'_>, args: &ListArgs, present: &Present) -> Result<Vec<Listed>> {
    let policy = &present.policy;
    let industry = resolve::typed_industry(tx, policy, args.industry.as_deref())?;
    let spellings = industry.map(|industry| industry.spellings);
    if args.stage == Some(Stage::Candidate) {
        let found = tx.candidates(policy.moments(), spellings.as_deref(), None, usize::MAX)?;
        let ids = found.warmest.iter().map(|row| row.person.id);
        return ids
            .map(|id| Ok(Listed::new(tx.facts_of(id, present)?, None, present)))
            .collect();
    }
    let scope = spellings.map_or(Scope::Decided, Scope::DecidedIn);
    let by_hand = tx.tiers_by_hand()?;
    let facts = tx.facts(&scope, present)?.into_iter();
    Ok(facts
        .map(|facts| {
            let set = by_hand.get(&facts.0.id);
            Listed::new(facts, set, present)
        })
        .collect())
}

fn matches(row: &Listed, args: &ListArgs, present: &Present) -> bool {
    let card = &row.card;
    let stage = card.standing.on(present.today);
    let same = |value: &Option<String>, wanted: &Option<String>| {
        names_the_same(value.as_deref(), wanted.as_deref())
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
fn nobody(args: &ListArgs) -> Sentence {
    let everybody = ListArgs {
        sort: args.sort,
        ..ListArgs::default()
    };
    let first = CommandLine::of("register EMAIL --will reference,review");
    match *args == everybody {
        true => Sentence::from("Nobody. Confirm the first with: ").then(first),
        false => "Nobody like that.".into(),
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
        ListSort::Name => rows.sort_by_cached_key(name),
        ListSort::Account => rows.sort_by_cached_key(|row| {
            let account = row.card.account.as_ref();
            (account.map(|account| account.to_lowercase()), name(row))
        }),
        ListSort::Rested => rows.sort_by_key(|row| {
            let Listed { card, person, .. } = row;
            (card.last_tapped_at, person.taps_last_year, card.id)
        }),
        ListSort::Score => rows.sort_by_key(|row| (Reverse(row.card.latest_score), name(row))),
        ListSort::Tier => rows.sort_by_key(|row| (Reverse(row.tier.tier), name(row))),
        ListSort::Verified => rows.sort_by_key(|row| (row.card.verified_at, name(row))),
    }
}

fn table<'a>(reader: Reader, rows: &'a [Listed], present: &Present) -> Table<'a, Listed> {
    let stage = |row: &Listed| {
        let stage = row.card.standing.on(present.today);
        stage.unwrap_or(Stage::Candidate)
    };
    Table::read_by(reader, rows)
        .data("id", |row| row.card.id)
        .who_and_account(|row| &row.card)
        .left("industry", "Industry", |row| {
            present.industry(row.card.industry.as_deref())
        })
        .cut()
        .spare()
        .data("region", |row| row.card.region.as_ref())
        .data("segment", |row| row.card.segment.as_ref())
        .left("stage", "Stage", stage)
        .data("until", |row| {
            let until = row.card.standing.until;
            until.filter(|_| stage(row) == Stage::Paused)
        })
        .reading("Tier", |row| row.tier.to_string())
        .spare()
        .data("tier", |row| row.tier.tier)
        .data("tier_source", |row| row.tier.source())
        .right("score", "Score", |row| row.card.latest_score)
        .spare()
        .left("willing", "Said yes to", |row| {
            Cell::list(willing(&row.person))
        })
        .always()
        .left("last_tapped_on", "Last asked", |row| {
            row.card.last_tapped_at.map(|at| present.day(at))
        })
        .data("owner", |row| row.card.owner.as_ref())
        .data("verified_on", |row| {
            row.card.verified_at.map(|at| present.day(at))
        })
}
