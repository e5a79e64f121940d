//! `give`: value returned to an advocate (`domain.md` §2). A give that goes beyond the menu's tier or the year's budget is
//! recorded all the same, with a warning: it happened.

use crate::domain::value_back::Cost;
use crate::failure::Result;
use crate::resolve::arguments::day;
use crate::resolve::arguments::tap_number;
use chrono::Datelike;
use chrono::NaiveDate;
use clap::Args;

use super::touch::tap_of;
use crate::domain::money::Totals;
use crate::domain::policy::Policy;
use crate::domain::present::Present;
use crate::domain::value_back::{Caution, MenuItem, below_tier, over_budget};
use crate::output::{Cell, Column, Entry, Record, Sheet, Shown};
use crate::resolve;
use crate::session::{Done, Session};
use crate::store::{GiveRow, NewGive, PersonRow, Tx, Writing};
use crate::views::budget::{in_words, spent};

/// Arguments of `give`.
#[derive(Debug, Args)]
pub struct GiveArgs {
    /// To whom: an e-mail address, an id, or part of a name
    #[arg(value_name = "WHO")]
    pub who: String,
    /// What, as `policy menu` lists it
    #[arg(long, value_name = "ITEM")]
    pub item: String,
    /// What it cost, such as "25 USD", or free [default: as on the menu]
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    pub cost: Option<Cost>,
    /// The ask that it is for, as `taps` numbers it
    #[arg(long, value_name = "ID", value_parser = tap_number)]
    pub tap: Option<i64>,
    /// The day it was given [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<NaiveDate>,
    /// The colleague who gave it [default: you]
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Words to keep beside it
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}

pub(super) fn run(args: &GiveArgs, session: &mut Session<'_>) -> Result<Done> {
    let by = args.by.clone().unwrap_or_else(|| session.actor.clone());
    let (row, person, cautions, present) =
        session.write(|writing, present| record(writing, present, args, &by))?;
    let cautions: Vec<String> = cautions.iter().map(Caution::to_string).collect();
    for caution in &cautions {
        session.warn(format!("{caution}; it is recorded all the same"))?;
    }
    let record = Record::new()
        .with("give_id", "Give", row.id.0)
        .with("email", "Person", person.email.as_str())
        .with("item", "Item", row.item.as_str())
        .entry(Entry::new("", "Cost", in_words(row.cost)).only(Shown::Reading))
        .data("cost", Cell::from(row.cost))
        .with("given_on", "On", present.day(row.at))
        .with("given_by", "By", row.by.as_str())
        .with("tap_id", "For tap", Cell::opt(row.tap.map(|id| id.0)))
        .data("warnings", Cell::list(cautions));
    session.show("give/1", present.today, record)?;
    Ok(Done::Fully)
}

fn record(
    writing: &Writing<'_>,
    present: &Present,
    args: &GiveArgs,
    by: &str,
) -> Result<(GiveRow, PersonRow, Vec<Caution>, Present)> {
    let named = resolve::person(writing, &args.who)?;
    let (item, on_menu) = item(&present.policy, &args.item)?;
    let at = present.instant_on(args.on)?;
    let cost = args.cost.unwrap_or(on_menu.cost).0;
    let tap = tap_of(writing, args.tap, named.id)?;
    let id = writing.add_give(&NewGive {
        person: named.id,
        item,
        cost,
        tap,
        by,
        note: args.note.as_deref(),
        at,
    })?;
    let row = GiveRow {
        id,
        person: named.id,
        item: item.clone(),
        cost,
        tap,
        by: by.to_owned(),
        note: args.note.clone(),
        at,
    };
    let (card, person) = writing.facts_of(named.id, present)?;
    // The tier of that day, which a later change by hand does not touch.
    let mut set = writing.tiers_of(card.id)?.into_iter();
    let by_hand = set.find(|row| row.at <= at).and_then(|row| row.tier);
    let rules = &present.policy.tiers;
    let tier = rules
        .current(by_hand, &person.completed, present.day(at))
        .tier;
    let mut cautions: Vec<Caution> = below_tier(item, on_menu.from, tier).into_iter().collect();
    if let Some(cost) = cost {
        let year = present.day(at).year();
        let spent = spent_in(writing, present, year)?;
        cautions.extend(over_budget(&present.policy.budgets, year, cost, &spent));
    }
    Ok((row, card, cautions, present.clone()))
}

/// The item of the menu that is meant.
fn item<'a>(policy: &'a Policy, words: &str) -> Result<(&'a String, MenuItem)> {
    policy.menu.item(words).ok_or_else(|| {
        let known: Vec<&String> = policy.menu.items().map(|(name, _)| name).collect();
        resolve::unknown_word("item", words, &words.to_lowercase(), &known)
    })
}

/// What was spent in a calendar year, by currency.
fn spent_in(tx: &Tx<'_>, present: &Present, year: i32) -> Result<Totals> {
    let gives = tx.gives()?;
    let of_year = gives
        .iter()
        .filter(|give| present.day(give.at).year() == year);
    Ok(spent(of_year))
}

/// Gives as a list.
pub(super) fn sheet(rows: &[GiveRow], present: &Present) -> Sheet {
    let mut sheet = Sheet::new(vec![
        Column::right("give_id", "Give"),
        Column::left("given_on", "On"),
        Column::left("item", "Item"),
        Column::right("cost_in_words", "Cost").only(Shown::Reading),
        Column::money("cost", "Cost").only(Shown::Data),
        Column::left("given_by", "By"),
        Column::right("tap_id", "For tap"),
        Column::left("note", "Note"),
    ])
    .empty("");
    for row in rows {
        sheet.push(vec![
            row.id.0.into(),
            present.day(row.at).into(),
            row.item.as_str().into(),
            in_words(row.cost),
            Cell::from(row.cost),
            row.by.as_str().into(),
            Cell::opt(row.tap.map(|id| id.0)),
            row.note.as_deref().into(),
        ]);
    }
    sheet
}
