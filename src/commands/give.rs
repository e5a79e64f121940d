//! `give`: value returned to an advocate (`domain.md` §2). A give that goes beyond the menu's tier or the year's budget is
//! recorded all the same, with a warning: it happened.

use chrono::Datelike;

use super::touch::tap_of;
use super::{Context, Done, Present, deal, names, tap};
use crate::cli::GiveArgs;
use crate::domain::money::{Money, Totals};
use crate::domain::policy::Policy;
use crate::domain::value_back::{Caution, MenuItem, below_tier, over_budget};
use crate::output::{Cell, Column, Entry, Record, Sheet, Shown};
use crate::store::{GiveRow, NewGive, PersonRow, Tx, Writing};

pub(super) fn run(args: &GiveArgs, context: &mut Context<'_>) -> anyhow::Result<Done> {
    let by = args.by.clone().unwrap_or_else(|| context.actor.clone());
    let (row, person, cautions, present) =
        context.write(|writing, present| record(writing, present, args, &by))?;
    let cautions: Vec<String> = cautions.iter().map(Caution::to_string).collect();
    for caution in &cautions {
        context.warn(&format!("{caution}; it is recorded all the same"))?;
    }
    let record = Record::new()
        .with("give_id", "Give", row.id.0)
        .with("email", "Person", person.email.as_str())
        .with("item", "Item", row.item.as_str())
        .entry(Entry::new("", "Cost", in_words(row.cost)).only(Shown::Reading))
        .data("cost", deal::amount(row.cost))
        .with("given_on", "On", present.day(row.at))
        .with("given_by", "By", row.by.as_str())
        .with("tap_id", "For tap", Cell::opt(row.tap.map(|id| id.0)))
        .data("warnings", Cell::list(cautions));
    context.show("give/1", present.today, record)?;
    Ok(Done::Fully)
}

fn record(
    writing: &Writing<'_>,
    present: &Present,
    args: &GiveArgs,
    by: &str,
) -> anyhow::Result<(GiveRow, PersonRow, Vec<Caution>, Present)> {
    let named = names::person(writing, &args.who)?;
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
    let (card, person) = tap::facts(writing, present, &named)?;
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
fn item<'a>(policy: &'a Policy, words: &str) -> anyhow::Result<(&'a String, MenuItem)> {
    policy.menu.item(words).ok_or_else(|| {
        let known: Vec<&String> = policy.menu.items().map(|(name, _)| name).collect();
        names::unknown_word("item", words, &words.to_lowercase(), &known).into()
    })
}

/// What was spent in a calendar year, by currency.
fn spent_in(tx: &Tx<'_>, present: &Present, year: i32) -> anyhow::Result<Totals> {
    let gives = tx.gives()?;
    let of_year = gives
        .iter()
        .filter(|give| present.day(give.at).year() == year);
    Ok(spent(of_year))
}

/// What gives cost together, by currency.
pub(super) fn spent<'a>(gives: impl Iterator<Item = &'a GiveRow>) -> Totals {
    let mut totals = Totals::default();
    gives
        .filter_map(|give| give.cost)
        .for_each(|cost: Money| totals.add(cost));
    totals
}

/// A cost as people read it.
pub(super) fn in_words(cost: Option<Money>) -> Cell {
    cost.map_or_else(|| "free".into(), |cost| deal::amount(Some(cost)))
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
            deal::amount(row.cost),
            row.by.as_str().into(),
            Cell::opt(row.tap.map(|id| id.0)),
            row.note.as_deref().into(),
        ]);
    }
    sheet
}
