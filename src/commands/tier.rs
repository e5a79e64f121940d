//! `tier set|list|show`: tiers by hand and computed, with how they came about. The computed one is derived for any day.

use crate::resolve::arguments::AsOf;
use crate::resolve::arguments::day;
use crate::resolve::arguments::words;
use clap::Args;
use clap::Subcommand;
use std::cmp::Reverse;

use chrono::NaiveDate;

use crate::domain::calendar::{months_after, months_before};
use crate::domain::matching::Person;
use crate::domain::present::Present;
use crate::domain::stage::Stage;
use crate::domain::tier::{CurrentTier, Tier};
use crate::failure::{Failure, Result};
use crate::output::{Cell, Column, Record, Sheet, Shown};
use crate::resolve;
use crate::session::{Done, Session};
use crate::store::{NewTier, PersonRow, Scope, TierRow};

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
    #[arg(value_name = "WHO")]
    pub who: String,
    /// community, silver, gold or platinum, which holds until it is changed; or computed
    #[arg(value_name = "TIER")]
    pub tier: TierChoice,
    /// Why
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub reason: String,
    /// The day from which it holds [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<NaiveDate>,
    /// The colleague who decided it [default: you]
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

/// Arguments of `tier list`.
#[derive(Debug, Args)]
pub struct TierListArgs {
    /// Only tiers that were set by hand
    #[arg(long)]
    pub by_hand: bool,
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// Arguments of `tier show`.
#[derive(Debug, Args)]
pub struct TierShowArgs {
    /// Whose: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO")]
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

/// The tier that somebody has today, with what was set by hand last.
pub(super) fn current(
    by_hand: Option<&TierRow>,
    person: &Person,
    present: &Present,
) -> CurrentTier {
    let by_hand = by_hand.and_then(|row| row.tier);
    let rules = &present.policy.tiers;
    rules.current(by_hand, &person.completed, present.today)
}

fn set(args: &TierSetArgs, session: &mut Session<'_>) -> Result<Done> {
    let by = args.by.clone().unwrap_or_else(|| session.actor.clone());
    let (card, before, now, today) = session.write(|writing, present| {
        let named = resolve::person(writing, &args.who)?;
        let (card, person) = writing.facts_of(named.id, present)?;
        may_have_one(&card, present)?;
        let tiers = writing.tiers_of(card.id)?;
        let before = current(tiers.first(), &person, present);
        let at = present.instant_on(args.on)?;
        if args.tier.0.is_none()
            && tiers
                .iter()
                .find(|row| row.at <= at)
                .is_none_or(|row| row.tier.is_none())
        {
            let message = format!("the tier of {} is computed already", card.email);
            let hint = format!("advocate tier show {}", card.email);
            return Err(Failure::usage_hint(message, hint));
        }
        writing.set_tier(&NewTier {
            person: card.id,
            tier: args.tier.0,
            reason: &args.reason,
            by: &by,
            at,
        })?;
        let now = current(writing.tiers_of(card.id)?.first(), &person, present);
        Ok((card, before, now, present.today))
    })?;
    let record = Record::new()
        .with("email", "Person", card.email.as_str())
        .with("tier", "Tier", now.tier.name())
        .with("tier_source", "How", now.source())
        .with("was", "Before", before.to_string());
    session.show("tier-set/1", today, record)?;
    Ok(Done::Fully)
}

/// Only advocates have a tier.
fn may_have_one(card: &PersonRow, present: &Present) -> Result<()> {
    let stage = card.standing.on(present.today);
    if stage.is_some_and(Stage::is_advocate) {
        return Ok(());
    }
    let stands = stage.map_or("not confirmed", Stage::name);
    Err(Failure::step(
        card.email.clone(),
        format!("only active and paused advocates have a tier; this is {stands}"),
        "stage",
        format!("advocate show {}", card.email),
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
    let tier = current(by_hand, person, present);
    let by_hand = by_hand.filter(|row| row.tier.is_some());
    let changed = || history(person, present).last().map(|(on, _)| *on);
    Ranked {
        computed: present.policy.tiers.tier(&person.completed, present.today),
        since: by_hand.map(|row| present.day(row.at)).or_else(changed),
        by_hand: by_hand.cloned(),
        card,
        tier,
    }
}

/// The days of the last two years on which the computed tier changed, oldest first.
fn history(person: &Person, present: &Present) -> Vec<(NaiveDate, Tier)> {
    let (rules, today) = (&present.policy.tiers, present.today);
    rules.changes(
        &person.completed,
        months_before(today, HISTORY_MONTHS),
        today,
    )
}

fn list(args: &TierListArgs, session: &mut Session<'_>) -> Result<Done> {
    let (mut rows, present) = session.read(args.as_of.as_of, |tx, present| {
        let by_hand = tx.tiers_by_hand()?;
        let facts = tx.facts(
            &Scope::Decided,
            &present.policy,
            present.today,
            present.today,
        )?;
        let advocates = facts.into_iter().filter(|(card, _)| {
            let stage = card.standing.on(present.today);
            stage.is_some_and(Stage::is_advocate)
        });
        let rows: Vec<Ranked> = advocates
            .map(|(card, person)| {
                let set = by_hand.get(&card.id);
                ranked(card, &person, set, present)
            })
            .filter(|row| row.tier.by_hand || !args.by_hand)
            .collect();
        Ok((rows, present.clone()))
    })?;
    rows.sort_by_key(|row| {
        (
            Reverse(row.tier.tier),
            row.card.shown_name().to_lowercase(),
            row.card.id,
        )
    });
    let mut sheet = Sheet::new(vec![
        Column::left("who", "Name").only(Shown::Reading),
        Column::left("email", "E-mail").only(Shown::Data),
        Column::left("name", "Name").only(Shown::Data),
        Column::left("account", "Account"),
        Column::left("tier", "Tier"),
        Column::left("tier_source", "How"),
        Column::left("since", "Since"),
        Column::left("computed", "Computed").only(Shown::Data),
        Column::left("reason", "Reason"),
    ])
    .empty(match args.by_hand {
        true => "No tier is set by hand.",
        false => {
            "No advocates. Confirm the first with: advocate register EMAIL --will reference,review"
        }
    });
    for row in &rows {
        sheet.push(vec![
            row.card.shown_name().into(),
            row.card.email.as_str().into(),
            row.card.name.as_deref().into(),
            row.card.account.as_deref().into(),
            row.tier.tier.name().into(),
            row.tier.source().into(),
            Cell::opt(row.since),
            row.computed.name().into(),
            Cell::opt(row.by_hand.as_ref().map(|set| set.reason.as_str())),
        ]);
    }
    session.show("tier-list/1", present.today, sheet)?;
    Ok(Done::Fully)
}

fn show(args: &TierShowArgs, session: &mut Session<'_>) -> Result<Done> {
    let (row, person, set, present) = session.read(args.as_of.as_of, |tx, present| {
        let named = resolve::person(tx, &args.who)?;
        let (card, person) = tx.facts_of(named.id, present)?;
        may_have_one(&card, present)?;
        let set = tx.tiers_of(card.id)?;
        Ok((
            ranked(card, &person, set.first(), present),
            person,
            set,
            present.clone(),
        ))
    })?;
    let (rules, today) = (&present.policy.tiers, present.today);
    let points = rules.points(&person.completed, today);
    let mut record = Record::new()
        .with("email", "Person", row.card.email.as_str())
        .with("name", "Name", row.card.name.as_deref())
        .with("tier", "Tier", row.tier.tier.name())
        .with("tier_source", "How", row.tier.source())
        .with("since", "Since", Cell::opt(row.since))
        .with("computed", "Computed", row.computed.name())
        .with("points", "Points in 12 months", points);
    // Nothing but the ageing of what was completed lies ahead.
    let ahead = rules.changes(&person.completed, today, months_after(today, 13));
    record = match ahead.first() {
        Some((on, tier)) => record
            .data("falls_to", tier.name())
            .data("falls_on", *on)
            .say(format!(
                "Without another completed ask the computed tier is {tier} from {on}."
            )),
        None => record
            .data("falls_to", Cell::Empty)
            .data("falls_on", Cell::Empty),
    };
    record = record
        .with("by_hand", "By hand", by_hand_sheet(&set, &present))
        .with(
            "history",
            "Computed, last two years",
            history_sheet(&person, &present),
        );
    session.show("tier/1", today, record)?;
    Ok(Done::Fully)
}

fn by_hand_sheet(rows: &[TierRow], present: &Present) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::left("on", "On"),
        Column::left("tier", "Tier"),
        Column::left("set_by", "By"),
        Column::left("reason", "Reason"),
    ])
    .empty("");
    for row in rows {
        sheet.push(vec![
            present.day(row.at).into(),
            row.tier.map_or("computed", Tier::name).into(),
            row.by.as_str().into(),
            row.reason.as_str().into(),
        ]);
    }
    sheet
}

/// Newest first.
fn history_sheet(person: &Person, present: &Present) -> Sheet {
    let mut sheet = Sheet::new(vec![Column::left("on", "On"), Column::left("tier", "Tier")])
        .empty("It did not change.");
    for (on, tier) in history(person, present).into_iter().rev() {
        sheet.push(vec![on.into(), tier.name().into()]);
    }
    sheet
}
