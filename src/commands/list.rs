//! `list`: advocates and where they stand.

use std::cmp::Reverse;

use clap::Args;

use crate::domain::ask::AskKind;
use crate::domain::calendar::months_before;
use crate::domain::matching::{Person, Trait};
use crate::domain::named::Named;
use crate::domain::present::Present;
use crate::domain::readiness;
use crate::domain::stage::Stage;
use crate::domain::tier::{CurrentTier, Tier};
use crate::domain::told::About;
use crate::domain::words::words;
use crate::failure::Result;
use crate::output::{Cell, CommandLine, Reader, Sentence, Table};
use crate::resolve::arguments::{AsOf, limit, whole, word};
use crate::resolve::filter::{Filter, FilterArgs, InStage};
use crate::session::{Done, Session};
use crate::store::{PersonRow, Scope, TierRow, Tx};
use crate::views::who::WhoColumns;

/// Arguments of `list`.
#[derive(Debug, Clone, PartialEq, Default, Args)]
pub struct ListArgs {
    /// About whom; in the stages active and paused where none is named.
    #[command(flatten)]
    pub filter: FilterArgs,
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
    /// At most so many
    #[arg(long, value_name = "NUMBER", value_parser = limit)]
    pub limit: Option<u32>,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

words! {
    /// An order of this list: by its own words, where no direction is named.
    enum ListSort is "an order" {
        /// By name.
        Name = "name",
        /// By account, then name.
        Account = "account",
        /// Longest rested first.
        Rested = "rested",
        /// Latest score, highest first.
        Score = "score",
        /// Highest tier first.
        Tier = "tier",
        /// Longest unverified first.
        Verified = "verified",
    }
}

/// Somebody on the list.
struct Listed {
    card: PersonRow,
    person: Person,
    tier: CurrentTier,
}

pub(super) fn run(args: &ListArgs, session: &mut Session<'_>) -> Result<Done> {
    let own = session.order.as_ref().filter(|order| !order.descending);
    let own = own.and_then(|order| order.key.parse::<ListSort>().ok());
    if own.is_some() {
        session.order = None;
    }
    let most = session.most(args.limit);
    let reader = session.reader();
    session.answer("list/1", args.as_of.as_of, |tx, present| {
        let filter = args.filter.filter(tx, present)?;
        let mut rows = load(tx, args, &filter, present)?;
        rows.retain(|row| matches(row, args, &filter, present));
        if let Some(about) = &args.about {
            let spoken = tx.spoken(rows.iter().map(|row| row.card.id))?;
            let told = |row: &Listed| spoken.get(&row.card.id).map(|one| about.found(&one.told));
            rows.retain(|row| told(row).is_some_and(|found| !found.is_empty()));
        }
        sort(&mut rows, own.unwrap_or(ListSort::Name));
        rows.truncate(most);
        Ok(table(reader, &rows, present).empty(nobody(args)))
    })
}

impl Listed {
    /// The tags on them and on their account, each once.
    fn tags(&self) -> Vec<&str> {
        let traits = self.person.traits.iter();
        let tags = traits.filter(|(kind, _)| *kind == Trait::Tag);
        let mut tags: Vec<&str> = tags.map(|(_, tag)| tag.as_str()).collect();
        tags.sort_unstable();
        tags.dedup();
        tags
    }

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

fn load(tx: &Tx<'_>, args: &ListArgs, filter: &Filter, present: &Present) -> Result<Vec<Listed>> {
    let policy = &present.policy;
    let wants = |stage| args.filter.stage.contains(&stage);
    let spellings = filter.spellings.clone();
    let mut listed = Vec::new();
    if wants(InStage::One(Stage::Candidate)) || wants(InStage::Any) {
        let ids = tx.candidate_ids(policy.moments(), spellings.as_deref())?;
        let scope = spellings.clone();
        let scope = scope.map_or(Scope::Undecided, Scope::UndecidedIn);
        let undecided = tx.facts(&scope, present)?.into_iter();
        let candidates = undecided.filter(|facts| ids.contains(&facts.0.id));
        listed.extend(candidates.map(|facts| Listed::new(facts, None, present)));
        if args.filter.stage == [InStage::One(Stage::Candidate)] {
            return Ok(listed);
        }
    }
    let scope = spellings.map_or(Scope::Decided, Scope::DecidedIn);
    let by_hand = tx.tiers_by_hand()?;
    let decided = tx.facts(&scope, present)?.into_iter();
    listed.extend(decided.map(|facts| {
        let set = by_hand.get(&facts.0.id);
        Listed::new(facts, set, present)
    }));
    Ok(listed)
}

fn matches(row: &Listed, args: &ListArgs, filter: &Filter, present: &Present) -> bool {
    let card = &row.card;
    let stage_fits = match args.filter.stage[..] {
        [] => card
            .standing
            .on(present.today)
            .is_some_and(Stage::is_advocate),
        _ => filter.is_in_stage(card, present),
    };
    stage_fits
        && filter.passes_but_stage(card, present)
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
    let first = CommandLine::of("register EMAIL --will reference,review");
    match *args == ListArgs::default() {
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
        .data("phone", |row| row.card.phone.as_ref())
        .data("tags", |row| Cell::list(row.tags()))
}
