//! What value back costs, and what a budget leaves of it.

use chrono::Datelike;

use crate::domain::money::{Currency, Money, Totals};
use crate::domain::present::Present;
use crate::output::{Cell, Table};
use crate::store::GiveRow;

/// What gives cost together, by currency.
pub(crate) fn spent<'a>(gives: impl Iterator<Item = &'a GiveRow>) -> Totals {
    let mut totals = Totals::default();
    gives
        .filter_map(|give| give.cost)
        .for_each(|cost: Money| totals.add(cost));
    totals
}

/// The gives of a calendar year.
pub(crate) fn of_year<'a>(
    gives: &'a [GiveRow],
    year: i32,
    present: &'a Present,
) -> impl Iterator<Item = &'a GiveRow> {
    let gives = gives.iter();
    gives.filter(move |give| present.day(give.at).year() == year)
}

/// A cost as people read it.
pub(crate) fn in_words(cost: Option<Money>) -> Cell {
    cost.map_or_else(|| "free".into(), |cost| Cell::from(Some(cost)))
}

/// A year's budget in one currency, and what was spent of it.
pub(crate) struct Line {
    pub(crate) year: i32,
    pub(crate) currency: Currency,
    budget: Option<i64>,
    spent: i64,
}

/// Each currency in which there is a budget for the year, or something was spent.
pub(crate) fn lines(year: i32, budget: Option<&Totals>, spent: &Totals) -> Vec<Line> {
    let none = Totals::default();
    let budget = budget.unwrap_or(&none);
    let mut currencies: Vec<Currency> = budget.0.keys().chain(spent.0.keys()).copied().collect();
    currencies.sort_unstable();
    currencies.dedup();
    let line = |currency: Currency| Line {
        year,
        currency,
        budget: budget.0.get(&currency).copied(),
        spent: spent.of(currency),
    };
    currencies.into_iter().map(line).collect()
}

impl Line {
    /// An amount in the line's currency.
    pub(crate) const fn money(&self, amount_minor: i64) -> Money {
        Money {
            amount_minor,
            currency: self.currency,
        }
    }

    fn left(&self) -> Option<i64> {
        self.budget.map(|budget| budget.saturating_sub(self.spent))
    }
}

/// What may be spent, what was, what is left, and whether it is too much.
pub(crate) fn columns<T>(table: Table<'_, T>, of: fn(&T) -> &Line) -> Table<'_, T> {
    let money = |line: &Line, amount: Option<i64>| amount.map(|amount| line.money(amount));
    table
        .money("budget", "Budget", |row| money(of(row), of(row).budget))
        .money("spent", "Spent", |row| money(of(row), Some(of(row).spent)))
        .money("left", "Left", |row| money(of(row), of(row).left()))
        .left("over", "Over", |row| of(row).left().map(|left| left < 0))
}
