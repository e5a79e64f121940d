//! `give`: value returned to an advocate. A give that goes beyond the menu's tier or the year's budget is recorded all the
//! same, with a warning: it happened.

use chrono::Datelike;
use clap::Args;

use crate::domain::ids::{PersonId, TapId};
use crate::domain::named::Named;
use crate::domain::present::Present;
use crate::domain::typed_day::TypedDay;
use crate::domain::value_back::{Caution, Cost, MenuItem, below_tier, over_budget};
use crate::failure::{Failure, Result};
use crate::output::{Cell, CommandLine, Entry, Record, Shown};
use crate::resolve;
use crate::resolve::arguments::{day, tap_number, words};
use crate::resolve::colleague::{asked_back, slip};
use crate::session::{Done, Session};
use crate::store::{GiveRow, NewGive, PersonRow, Tx, Writing};
use crate::views::budget::{in_words, of_year, spent};
use crate::views::gives::giving;

/// Arguments of `give`.
#[derive(Debug, Clone, Args)]
pub struct GiveArgs {
    /// To whom: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO", value_parser = words)]
    pub who: String,
    /// What, as `policy menu` lists it; without it, what fits them is proposed
    #[arg(long, value_name = "ITEM", value_parser = words)]
    pub item: Option<String>,
    /// What it cost, such as "25 USD", or free [default: as on the menu]
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    pub cost: Option<Cost>,
    /// The ask that it is for, as `taps` numbers it
    #[arg(long, value_name = "ID", value_parser = tap_number)]
    pub tap: Option<i64>,
    /// The day it was given [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<TypedDay>,
    /// The colleague who gave it [default: you]
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub by: Option<String>,
    /// Words to keep beside it
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}

pub(super) fn run(args: &GiveArgs, session: &mut Session<'_>) -> Result<Done> {
    let Some(item) = &args.item else {
        return Err(session.read(None, |tx, present| without_item(tx, present, args))?);
    };
    let by = asked_back(session, args.by.as_deref())?;
    let args = &GiveArgs { by, ..args.clone() };
    let asked = session.interactive;
    let (record, cautions, slip, today) = session.write(|writing, present| {
        let slip = slip(writing, args.by.as_deref().filter(|_| !asked))?;
        let card = resolve::person(writing, &args.who)?;
        let (give, item) = save(writing, present, (args, item), card.id)?;
        let cautions = cautions(writing, present, &give, item)?;
        let record = record(&give, &card, &cautions, present);
        Ok((record, cautions, slip, present.today))
    })?;
    for caution in cautions {
        session.warn(format!("{caution}; it is recorded all the same"))?;
    }
    session.show("give/1", today, record)?;
    session.note_any(slip)
}

fn record(give: &GiveRow, card: &PersonRow, cautions: &[Caution], present: &Present) -> Record {
    Record::new()
        .with("give_id", "Give", give.id)
        .with("email", "Person", &card.email)
        .with("item", "Item", &give.item)
        .entry(Entry::new("", "Cost", in_words(give.cost)).only(Shown::ToPeople))
        .data("cost", give.cost)
        .with("given_on", "On", present.day(give.at))
        .with("given_by", "By", &give.by)
        .with("tap_id", "For tap", give.tap)
        .data("warnings", Cell::list(cautions))
}

/// Saves the give; with it comes what the menu says of its item.
fn save(
    writing: &Writing<'_>,
    present: &Present,
    (args, item_typed): (&GiveArgs, &str),
    person: PersonId,
) -> Result<(GiveRow, MenuItem)> {
    let (item, on_menu) = resolve::menu_item(&present.policy, item_typed)?;
    let give = writing.add_give(&NewGive {
        person,
        item,
        cost: args.cost.unwrap_or(on_menu.cost).0,
        tap: resolve::tap_of(writing, args.tap, person)?,
        by: writing.by(args.by.as_deref()),
        note: args.note.as_deref(),
        at: present.instant_on(args.on)?,
    })?;
    Ok((give, on_menu))
}

/// What is said where nothing is named: what fits them, or where to look.
fn without_item(tx: &Tx<'_>, present: &Present, args: &GiveArgs) -> Result<Failure> {
    let card = resolve::person(tx, &args.who)?;
    let receiver = tx.receiver(card.id, present)?;
    let Some(fitting) = receiver.fitting(&present.policy, present.today) else {
        let menu = CommandLine::of("policy menu");
        let message = "--item is missing, and nothing on the menu is known to fit";
        return Ok(Failure::usage_hint(message, menu));
    };
    let message = format!(
        "--item is missing; {} values {}",
        card.shown_name(),
        fitting.value
    );
    Ok(Failure::usage_hint(
        message,
        giving(&card.email, &fitting, args.tap.map(TapId)),
    ))
}

/// What goes beyond the menu's tier or the year's budget.
fn cautions(
    writing: &Writing<'_>,
    present: &Present,
    give: &GiveRow,
    item: MenuItem,
) -> Result<Vec<Caution>> {
    let day = present.day(give.at);
    let (_, person) = writing.facts_of(give.person, present)?;
    // The tier of that day, which a later change by hand does not touch.
    let mut set = writing.tiers_of(give.person)?.into_iter();
    let by_hand = set.find(|row| row.at <= give.at).and_then(|row| row.tier);
    let tiers = &present.policy.tiers;
    let tier = tiers.current(by_hand, &person.completed, day).tier;
    let mut cautions: Vec<Caution> = below_tier(&give.item, item.from, tier)
        .into_iter()
        .collect();
    if let Some(cost) = give.cost {
        let spent = spent(of_year(&writing.gives()?, day.year(), present));
        let budgets = &present.policy.budgets;
        cautions.extend(over_budget(budgets, day.year(), cost, &spent));
    }
    Ok(cautions)
}
