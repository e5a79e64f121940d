//! `tier set|list|show`: tiers by hand and computed, with how they came about. The computed one is derived for any day.

use std::cmp::Reverse;

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use crate::domain::calendar::{months_after, months_before};
use crate::domain::matching::Person;
use crate::domain::named::Named;
use crate::domain::present::Present;
use crate::domain::stage::Stage;
use crate::domain::tier::{CurrentTier, Tier};
use crate::domain::typed_day::TypedDay;
use crate::failure::{Failure, Result};
use crate::output::{Cell, CommandLine, Record, Sentence, Sheet, Table};
use crate::resolve;
use crate::resolve::arguments::{AsOf, day, limit, words};
use crate::resolve::filter::FilterArgs;
use crate::session::{Done, Session};
use crate::store::{NewTier, PersonRow, Scope, TierRow, Tx, Writing};
use crate::views::who::WhoColumns;

/// What can be done with tiers.
#[derive(Debug, Subcommand)]
pub enum TierCommand {
    /// Set a tier by hand, or give it back to the policy
    Set(TierSetArgs),
    /// List advocates by tier, the highest first
    List(TierListArgs),
    /// Show how somebody came to their tier
    Show(TierShowArgs),
}

/// A tier as typed: one of them, or the computed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TierChoice(pub Option<Tier>);

impl std::str::FromStr for TierChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.trim().eq_ignore_ascii_case("computed") {
            return Ok(Self(None));
        }
        let tier = text.parse().map_err(|error| format!("{error}, computed"))?;
        Ok(Self(Some(tier)))
    }
}

/// Arguments of `tier set`.
#[derive(Debug, Args)]
pub struct TierSetArgs {
    /// Whose: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO", value_parser = words)]
    pub who: String,
    /// community, silver, gold or platinum, which holds until it is changed; or computed
    #[arg(value_name = "TIER")]
    pub tier: TierChoice,
    /// Why
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub reason: String,
    /// The day from which it holds [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<TypedDay>,
    /// The colleague who decided it [default: you]
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub by: Option<String>,
}

/// Arguments of `tier list`.
#[derive(Debug, Args)]
pub struct TierListArgs {
    /// Only tiers that were set by hand
    #[arg(long)]
    pub by_hand: bool,
    /// About whom.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// At most so many
    #[arg(long, value_name = "NUMBER", value_parser = limit)]
    pub limit: Option<u32>,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// Arguments of `tier show`.
#[derive(Debug, Args)]
pub struct TierShowArgs {
    /// Whose: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO", value_parser = words)]
    pub who: String,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// How far back changes of the computed tier are shown.
const HISTORY_MONTHS: u32 = 24;

pub(super) fn run(command: &TierCommand, session: &mut Session<'_>) -> Result<Done> {
    match command {
        TierCommand::Set(args) => set(args, session),
        TierCommand::List(args) => list(args, session),
        TierCommand::Show(args) => show(args, session),
    }
}

fn set(args: &TierSetArgs, session: &mut Session<'_>) -> Result<Done> {
    session.record("tier-set/1", |writing, present| {
        let named = resolve::person(writing, &args.who)?;
        let (card, person) = writing.facts_of(named.id, present)?;
        may_have_one(&card, present)?;
        let current = |set: &[TierRow]| {
            let by_hand = set.first().and_then(|row| row.tier);
            present.tier(by_hand, &person.completed)
        };
        let before = writing.tiers_of(card.id)?;
        save(writing, present, args, &card, &before)?;
        let now = current(&writing.tiers_of(card.id)?);
        Ok(Record::new()
            .with("email", "Person", &card.email)
            .with("tier", "Tier", now.tier)
            .with("tier_source", "How", now.source())
            .with("was", "Before", current(&before).to_string()))
    })
}

fn save(
    writing: &Writing<'_>,
    present: &Present,
    args: &TierSetArgs,
    card: &PersonRow,
    before: &[TierRow],
) -> Result<()> {
    let at = present.instant_on(args.on)?;
    let then = before.iter().find(|row| row.at <= at);
    if args.tier.0.is_none() && then.is_none_or(|row| row.tier.is_none()) {
        let message = format!("the tier of {} is computed already", card.email);
        let show = CommandLine::of("tier show").value(&card.email);
        return Err(Failure::usage_hint(message, show));
    }
    Ok(writing.set_tier(&NewTier {
        person: card.id,
        tier: args.tier.0,
        reason: &args.reason,
        by: writing.by(args.by.as_deref()),
        at,
    })?)
}

/// Only advocates have a tier.
fn may_have_one(card: &PersonRow, present: &Present) -> Result<()> {
    let stage = card.standing.on(present.today);
    if stage.is_some_and(Stage::is_advocate) {
        return Ok(());
    }
    let stands = stage.map_or("not confirmed", Stage::name);
    Err(Failure::step(
        &card.email,
        format!("only active and paused advocates have a tier; this is {stands}"),
        "stage",
        CommandLine::of("show").value(&card.email),
    ))
}

/// An advocate with their tier.
struct Ranked {
    card: PersonRow,
    tier: CurrentTier,
    computed: Tier,
    since: Option<NaiveDate>,
    by_hand: Option<TierRow>,
}

fn ranked(
    card: PersonRow,
    person: &Person,
    by_hand: Option<&TierRow>,
    present: &Present,
) -> Ranked {
    let by_hand = by_hand.filter(|row| row.tier.is_some());
    let changed = || history(person, present).last().map(|(on, _)| *on);
    Ranked {
        card,
        tier: present.tier(by_hand.and_then(|row| row.tier), &person.completed),
        computed: present.tier(None, &person.completed).tier,
        since: by_hand.map(|row| present.day(row.at)).or_else(changed),
        by_hand: by_hand.cloned(),
    }
}

/// The days of the last two years on which the computed tier changed, oldest first.
fn history(person: &Person, present: &Present) -> Vec<(NaiveDate, Tier)> {
    let (rules, today) = (&present.policy.tiers, present.today);
    let since = months_before(today, HISTORY_MONTHS);
    rules.changes(&person.completed, since, today)
}

fn list(args: &TierListArgs, session: &mut Session<'_>) -> Result<Done> {
    let most = session.most(args.limit);
    session.answer("tier-list/1", args.as_of.as_of, |tx, present| {
        let mut rows = advocates(tx, present, args)?;
        rows.truncate(most);
        Ok(table(&rows, args))
    })
}

fn table(rows: &[Ranked], args: &TierListArgs) -> Sheet {
    let first = CommandLine::of("register EMAIL --will reference,review");
    Table::of(rows)
        .who_and_account(|row| &row.card)
        .left("tier", "Tier", |row| row.tier.tier)
        .always()
        .left("tier_source", "How", |row| row.tier.source())
        .spare()
        .left("since", "Since", |row| row.since)
        .data("computed", |row| row.computed)
        .left("reason", "Reason", |row| {
            row.by_hand.as_ref().map(|set| &set.reason)
        })
        .empty(match args.by_hand {
            _ if !args.filter.is_empty() => "No advocates like that.".into(),
            true => "No tier is set by hand.".into(),
            false => Sentence::from("No advocates. Confirm the first with: ").then(first),
        })
}

/// The advocates asked for, the highest tier first.
fn advocates(tx: &Tx<'_>, present: &Present, args: &TierListArgs) -> Result<Vec<Ranked>> {
    let by_hand = tx.tiers_by_hand()?;
    let passing = args.filter.passing(tx, present)?;
    let mut rows: Vec<Ranked> = tx
        .facts(&Scope::Decided, present)?
        .into_iter()
        .filter(|(card, _)| passing.concerns(Some(card.id), None))
        .filter(|(card, _)| {
            card.standing
                .on(present.today)
                .is_some_and(Stage::is_advocate)
        })
        .map(|(card, person)| {
            let set = by_hand.get(&card.id);
            ranked(card, &person, set, present)
        })
        .filter(|row| row.tier.by_hand || !args.by_hand)
        .collect();
    rows.sort_by_key(|row| {
        let name = row.card.shown_name().to_lowercase();
        (Reverse(row.tier.tier), name, row.card.id)
    });
    Ok(rows)
}

fn show(args: &TierShowArgs, session: &mut Session<'_>) -> Result<Done> {
    session.answer("tier/1", args.as_of.as_of, |tx, present| {
        let named = resolve::person(tx, &args.who)?;
        let (card, person) = tx.facts_of(named.id, present)?;
        may_have_one(&card, present)?;
        let set = tx.tiers_of(card.id)?;
        let row = ranked(card, &person, set.first(), present);
        let rules = &present.policy.tiers;
        let points = rules.points(&person.completed, present.today);
        let history = changes(&history(&person, present));
        let record = Record::new()
            .with("email", "Person", &row.card.email)
            .with("name", "Name", row.card.name.as_ref())
            .with("tier", "Tier", row.tier.tier)
            .with("tier_source", "How", row.tier.source())
            .with("since", "Since", row.since)
            .with("computed", "Computed", row.computed)
            .with("points", "Points in 12 months", points);
        Ok(falls(record, &person, present)
            .with("by_hand", "By hand", set_by_hand(&set, present))
            .with("history", "Computed, last two years", history))
    })
}

/// What comes of the computed tier without another completed ask: nothing but the ageing of what was completed lies
/// ahead.
fn falls(record: Record, person: &Person, present: &Present) -> Record {
    let (rules, today) = (&present.policy.tiers, present.today);
    let ahead = rules.changes(&person.completed, today, months_after(today, 13));
    let (on, tier) = ahead.first().copied().unzip();
    let words = ahead.first().map(|(on, tier)| {
        format!("Without another completed ask the computed tier is {tier} from {on}.")
    });
    record
        .data("falls_to", Cell::opt(tier))
        .data("falls_on", Cell::opt(on))
        .say_all(words)
}

fn set_by_hand(rows: &[TierRow], present: &Present) -> Sheet {
    Table::of(rows)
        .left("on", "On", |row| present.day(row.at))
        .left("tier", "Tier", |row| {
            row.tier.map_or("computed", Tier::name)
        })
        .left("set_by", "By", |row| &row.by)
        .left("reason", "Reason", |row| &row.reason)
        .empty("")
}

/// Newest first.
fn changes(history: &[(NaiveDate, Tier)]) -> Sheet {
    let newest_first: Vec<_> = history.iter().rev().collect();
    Table::of(&newest_first)
        .left("on", "On", |(on, _)| *on)
        .left("tier", "Tier", |(_, tier)| *tier)
        .empty("It did not change.")
}
