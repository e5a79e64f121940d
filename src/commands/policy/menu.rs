//! `policy menu` and `policy budget`: what can be given to advocates, what may be spent on it, and what was.

use crate::failure::Result;
use crate::resolve::arguments::AsOf;
use clap::Args;
use std::collections::BTreeMap;

use chrono::Datelike;

use crate::domain::money::Totals;
use crate::domain::value_back::MenuItem;
use crate::output::{Cell, Column, Sheet, Shown, Table};
use crate::session::{Done, Session};
use crate::views::budget::{self, Line, in_words, spent};

/// Arguments of `policy menu`.
#[derive(Debug, Args)]
pub struct PolicyMenuArgs {
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

/// Arguments of `policy budget`.
#[derive(Debug, Args)]
pub struct PolicyBudgetArgs {
    /// As of an earlier day.
    #[command(flatten)]
    pub as_of: AsOf,
}

pub(super) fn menu(args: &PolicyMenuArgs, session: &mut Session<'_>) -> Result<Done> {
    let (gives, present) = session.read(args.as_of.as_of, |tx, present| {
        Ok((tx.gives()?, present.clone()))
    })?;
    let year = present.today.year();
    // What was given this year stays in sight after it was taken off the menu.
    let mut rows: BTreeMap<&str, (Option<MenuItem>, u32)> = BTreeMap::new();
    for (name, item) in present.policy.menu.items() {
        rows.insert(name, (Some(item), 0));
    }
    for give in gives
        .iter()
        .filter(|give| present.day(give.at).year() == year)
    {
        rows.entry(&give.item).or_default().1 += 1;
    }
    let mut sheet = Sheet::new(vec![
        Column::left("item", "Item"),
        Column::right("cost_in_words", "Cost").only(Shown::Reading),
        Column::money("cost", "Cost").only(Shown::Data),
        Column::left("from_tier", "From tier"),
        Column::right("given", format!("Given in {year}")),
    ])
    .empty("Nothing can be given. Add an item: advocate policy set menu.swag \"50 USD; community\"")
    .say("Change it: advocate policy set menu.ITEM \"25 USD; silver\", or none to take it off");
    for (name, (item, given)) in rows {
        let cost = Cell::from(item.and_then(|item| item.cost.0));
        let in_words = item.map_or("off the menu".into(), |item| in_words(item.cost.0));
        let tier = Cell::opt(item.map(|item| item.from.name()));
        sheet.push(vec![name.into(), in_words, cost, tier, given.into()]);
    }
    session.show("policy-menu/1", present.today, sheet)?;
    Ok(Done::Fully)
}

pub(super) fn budget(args: &PolicyBudgetArgs, session: &mut Session<'_>) -> Result<Done> {
    let (gives, present) = session.read(args.as_of.as_of, |tx, present| {
        Ok((tx.gives()?, present.clone()))
    })?;
    let mut years: BTreeMap<i32, Totals> = present
        .policy
        .budgets
        .keys()
        .map(|year| (*year, Totals::default()))
        .collect();
    for give in &gives {
        years.entry(present.day(give.at).year()).or_default();
    }
    for (year, totals) in &mut years {
        let of_year = gives
            .iter()
            .filter(|give| present.day(give.at).year() == *year);
        *totals = spent(of_year);
    }
    let budgets = &present.policy.budgets;
    let lines = years.iter();
    let lines: Vec<Line> = lines
        .flat_map(|(year, spent)| budget::lines(*year, budgets.get(year), spent))
        .collect();
    let table = Table::of(&lines)
        .right("year", "Year", |line| line.year)
        .left("currency", "Currency", |line| line.currency);
    let mut sheet = budget::columns(table, |line| line)
        .empty(
            "No budget, and nothing spent. Set one: advocate policy set budget.2026 \"5000 USD\"",
        )
        .sheet();
    let year = present.today.year();
    if !years.is_empty() && !present.policy.budgets.contains_key(&year) {
        sheet = sheet.say(format!(
            "There is no budget for {year}. Set it: advocate policy set budget.{year} \"5000 USD\""
        ));
    }
    session.show("policy-budget/1", present.today, sheet)?;
    Ok(Done::Fully)
}
