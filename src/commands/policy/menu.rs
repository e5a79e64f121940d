//! `policy menu` and `policy budget`: what can be given to advocates, what may be spent on it, and what was.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::domain::money::Totals;
use crate::domain::present::Present;
use crate::domain::value_back::MenuItem;
use crate::failure::Result;
use crate::output::{CommandLine, Sentence, Sheet, Shown, Table};
use crate::resolve::arguments::AsOf;
use crate::session::{Done, Session};
use crate::store::GiveRow;
use crate::views::budget::{self, in_words, lines, of_year, spent};

/// An item with how often it was given this year.
struct Given<'a> {
    name: &'a str,
    /// What it costs and from which tier on it is meant; `None` where it is off the menu.
    item: Option<MenuItem>,
    times: u32,
}

pub(super) fn menu(as_of: AsOf, session: &mut Session<'_>) -> Result<Done> {
    session.answer("policy-menu/1", as_of.as_of, |tx, present| {
        Ok(menu_table(&tx.gives()?, present))
    })
}

fn menu_table(gives: &[GiveRow], present: &Present) -> Sheet {
    let year = present.today.year();
    // What was given this year stays in sight after it was taken off the menu.
    let mut rows: BTreeMap<&str, Given<'_>> = BTreeMap::new();
    let blank = |name, item| Given {
        name,
        item,
        times: 0,
    };
    for (name, item) in present.policy.menu.items() {
        rows.insert(name, blank(name, Some(item)));
    }
    for give in of_year(gives, year, present) {
        let name = give.item.as_str();
        rows.entry(name).or_insert_with(|| blank(name, None)).times += 1;
    }
    let rows: Vec<Given<'_>> = rows.into_values().collect();
    let add = CommandLine::of("policy set menu.swag").value("50 USD; community");
    let change = CommandLine::of("policy set menu.ITEM").value("25 USD; silver");
    Table::of(&rows)
        .left("item", "Item", |row| row.name)
        .right("cost_in_words", "Cost", |row| match row.item {
            Some(item) => in_words(item.cost.0),
            None => "off the menu".into(),
        })
        .only(Shown::ToPeople)
        .money("cost", "Cost", |row| row.item.and_then(|item| item.cost.0))
        .only(Shown::ToPrograms)
        .left("from_tier", "From tier", |row| {
            row.item.map(|item| item.from)
        })
        .left("value", "For who values", |row| row.item?.value)
        .right("given", format!("Given in {year}"), |row| row.times)
        .empty(Sentence::from("Nothing can be given. Add an item: ").then(add))
        .say(
            Sentence::from("Change it: ")
                .then(change)
                .then(", or none to take it off"),
        )
}

pub(super) fn budget(as_of: AsOf, session: &mut Session<'_>) -> Result<Done> {
    session.answer("policy-budget/1", as_of.as_of, |tx, present| {
        Ok(budget_table(&tx.gives()?, present))
    })
}

fn budget_table(gives: &[GiveRow], present: &Present) -> Sheet {
    let budgets = &present.policy.budgets;
    let year_of = |give: &GiveRow| present.day(give.at).year();
    let mut years: BTreeMap<i32, Totals> = BTreeMap::new();
    for year in budgets.keys().copied().chain(gives.iter().map(year_of)) {
        let given = of_year(gives, year, present);
        years.entry(year).or_insert_with(|| spent(given));
    }
    let lines = years
        .iter()
        .flat_map(|(year, spent)| lines(*year, budgets.get(year), spent));
    let lines: Vec<budget::Line> = lines.collect();
    let set = |year| {
        CommandLine::of("policy set")
            .value(format!("budget.{year}"))
            .value("5000 USD")
    };
    let table = Table::of(&lines)
        .right("year", "Year", |line| line.year)
        .left("currency", "Currency", |line| line.currency);
    let table = budget::columns(table, |line| line)
        .empty(Sentence::from("No budget, and nothing spent. Set one: ").then(set(2026)));
    let year = present.today.year();
    if years.is_empty() || budgets.contains_key(&year) {
        return table;
    }
    table.say(Sentence::from(format!("There is no budget for {year}. Set it: ")).then(set(year)))
}
