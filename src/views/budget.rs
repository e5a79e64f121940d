//! What value back costs, and what a budget leaves of it.

use crate::domain::money::{Currency, Money, Totals};
use crate::output::Cell;
use crate::store::GiveRow;

/// What gives cost together, by currency.
pub(crate) fn spent<'a>(gives: impl Iterator<Item = &'a GiveRow>) -> Totals {
    let mut totals = Totals::default();
    gives
        .filter_map(|give| give.cost)
        .for_each(|cost: Money| totals.add(cost));
    totals
}

/// A cost as people read it.
pub(crate) fn in_words(cost: Option<Money>) -> Cell {
    cost.map_or_else(|| "free".into(), |cost| Cell::from(Some(cost)))
}

/// Each currency of a year in which there is a budget or was spent: what may be spent, what was, what is left, and
/// whether it is too much.
pub(crate) fn lines(budget: Option<&Totals>, spent: &Totals) -> Vec<(Currency, Vec<Cell>)> {
    let none = Totals::default();
    let budget = budget.unwrap_or(&none);
    let mut currencies: Vec<Currency> = budget.0.keys().chain(spent.0.keys()).copied().collect();
    currencies.sort_unstable();
    currencies.dedup();
    let row = |currency: Currency| {
        let money = |amount_minor| {
            Cell::from(Some(Money {
                amount_minor,
                currency,
            }))
        };
        let used = spent.of(currency);
        let line = budget.0.get(&currency);
        let left = line.map(|line| line.saturating_sub(used));
        let cells = vec![
            line.map_or(Cell::Empty, |line| money(*line)),
            money(used),
            left.map_or(Cell::Empty, money),
            Cell::opt(left.map(|left| left < 0)),
        ];
        (currency, cells)
    };
    currencies.into_iter().map(row).collect()
}
