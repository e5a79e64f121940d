//! A column of money: the currency of each amount comes from a column beside it, from the cell, from the header, or
//! from the program's own; amounts stay exact (`docs/import.md`, odd files).

use super::amounts::{self, Written};
use super::currencies::{self, Mark, Sign};
use super::table::{Header, Row};
use super::{CellResult, cells};
use crate::domain::money::{Currency, Money};

/// A column of amounts, and what is known about their currency.
#[derive(Debug)]
pub(crate) struct AmountColumn {
    column: usize,
    /// The column that names the currency of each row.
    currency: Option<usize>,
    in_header: Option<Mark>,
    default: Option<Currency>,
    /// Shared signs that were read as their usual currency.
    guessed: Vec<(&'static Sign, Currency)>,
    /// The first cell, and what it was read as.
    first: Option<(String, String)>,
}

impl AmountColumn {
    /// The column, the one of its currencies, and the currency of amounts that name none.
    pub(crate) fn new(
        column: usize,
        currency: Option<usize>,
        default: Option<Currency>,
        header: &Header,
    ) -> Self {
        let name = header.name(column);
        Self {
            column,
            currency,
            in_header: currencies::in_header(name),
            default,
            guessed: Vec::new(),
            first: None,
        }
    }

    /// Reads this column's cell of a row; nothing where it is empty.
    pub(crate) fn read(&mut self, row: &Row<'_>) -> CellResult<Option<Money>> {
        let cell = row.value(Some(self.column));
        let Some(cell) = cell.filter(|cell| !cells::is_no_answer(cell)) else {
            return Ok(None);
        };
        if cell.contains('+') && cells::is_destroyed_number(cell) {
            return Err(format!(
                "the amount `{cell}` was destroyed by a spreadsheet"
            ));
        }
        let written =
            amounts::read(cell).ok_or_else(|| format!("`{cell}` is not an amount of money"))?;
        let currency = self.currency(cell, &written, row)?;
        if written.is_lone_group && currency.minor_digits() == 3 {
            return Err(format!(
                "the amount `{cell}` can be read in two ways, since {currency} has three decimal places; \
                 write it with all of them, such as 1,234.000"
            ));
        }
        let money = Money::parse(&written.plain, currency)
            .map_err(|why| format!("the amount `{cell}` cannot be used: {why}"))?;
        self.first
            .get_or_insert_with(|| (cell.to_owned(), format!("{currency} {}", written.plain)));
        Ok(Some(money))
    }

    /// Where it stands, and how its cells were read, with the first of them.
    pub(crate) fn read_as(&self) -> (usize, Option<String>) {
        let first = self.first.as_ref();
        let how = first.map(|(cell, amount)| format!("`{cell}` is {amount}"));
        (self.column, how)
    }

    /// What should be said once about the file, for each shared sign.
    pub(crate) fn notes(&self) -> impl Iterator<Item = String> {
        self.guessed.iter().map(|(sign, currency)| {
            let sign = sign.text;
            format!("`{sign}` was read as {currency}; --currency names another")
        })
    }

    fn currency(&mut self, cell: &str, written: &Written, row: &Row<'_>) -> CellResult<Currency> {
        let beside = match row.value(self.currency) {
            Some(word) => Some(currencies::whole(word).ok_or_else(|| {
                format!("`{word}` is not a currency; use a code such as EUR or USD")
            })?),
            None => self.in_header,
        };
        let marks: Vec<Mark> = beside.into_iter().chain(written.marks.clone()).collect();
        let currency = self.currency_of(cell, &marks)?;
        if marks.iter().all(|mark| mark.fits(currency)) {
            return Ok(currency);
        }
        Err(match row.value(self.currency) {
            Some(word) => format!("the amount `{cell}` and its currency `{word}` do not agree"),
            None if self.in_header.is_some() => {
                format!("the amount `{cell}` is in another currency than its header says")
            }
            None => format!("the amount `{cell}` names two currencies"),
        })
    }

    /// A code if there is one, else what the sign stands for that the fewest currencies share.
    fn currency_of(&mut self, cell: &str, marks: &[Mark]) -> CellResult<Currency> {
        let mut signs = Vec::new();
        for mark in marks {
            match mark {
                Mark::Code(currency) => return Ok(*currency),
                Mark::Sign(sign) => signs.push(*sign),
            }
        }
        let narrowest = signs.into_iter().min_by_key(|sign| sign.shared_by());
        let Some((sign, usual)) = narrowest.and_then(|sign| Some((sign, sign.usual()?))) else {
            return self.default.ok_or_else(|| {
                format!(
                    "the amount `{cell}` has no currency; name its column with \
                     --map currency=HEADER or give --currency"
                )
            });
        };
        if let Some(own) = self.default.filter(|own| Mark::Sign(sign).fits(*own)) {
            return Ok(own);
        }
        if sign.shared_by() > 1 && !self.guessed.contains(&(sign, usual)) {
            self.guessed.push((sign, usual));
        }
        Ok(usual)
    }
}
