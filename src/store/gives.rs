//! Gives: value returned to an advocate, a fact each, with what it cost.

use rusqlite::{Row, params};

use super::{Result, Tx, Writing, parsed_opt};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{GiveId, PersonId, TapId};
use crate::domain::money::{Currency, Money};

/// A give to record.
#[derive(Debug, Clone, Copy)]
pub struct NewGive<'a> {
    /// To whom.
    pub person: PersonId,
    /// What, by its name on the menu.
    pub item: &'a str,
    /// What it cost; `None` for nothing.
    pub cost: Option<Money>,
    /// The ask that it was for.
    pub tap: Option<TapId>,
    /// By whom.
    pub by: &'a str,
    /// Words beside it.
    pub note: Option<&'a str>,
    /// When.
    pub at: Timestamp,
}

/// A give as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GiveRow {
    /// Its id.
    pub id: GiveId,
    /// To whom.
    pub person: PersonId,
    /// What.
    pub item: String,
    /// What it cost; `None` for nothing.
    pub cost: Option<Money>,
    /// The ask that it was for.
    pub tap: Option<TapId>,
    /// By whom.
    pub by: String,
    /// Words beside it.
    pub note: Option<String>,
    /// When.
    pub at: Timestamp,
}

const SELECT: &str = "SELECT id, person_id, item, amount_minor, currency, tap_id, given_by, note, given_at FROM gives";

fn read(row: &Row<'_>) -> rusqlite::Result<GiveRow> {
    let cost = row
        .get::<_, Option<i64>>(3)?
        .zip(parsed_opt::<Currency>(row, 4)?);
    Ok(GiveRow {
        id: GiveId(row.get(0)?),
        person: PersonId(row.get(1)?),
        item: row.get(2)?,
        cost: cost.map(|(amount_minor, currency)| Money {
            amount_minor,
            currency,
        }),
        tap: row.get::<_, Option<i64>>(5)?.map(TapId),
        by: row.get(6)?,
        note: row.get(7)?,
        at: Timestamp(row.get(8)?),
    })
}

impl Tx<'_> {
    /// Every give, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn gives(&self) -> Result<Vec<GiveRow>> {
        self.rows(
            &format!("{SELECT} ORDER BY given_at DESC, id DESC"),
            [],
            read,
        )
    }

    /// The gives to one person, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn gives_to(&self, person: PersonId) -> Result<Vec<GiveRow>> {
        let sql = format!("{SELECT} WHERE person_id = ?1 ORDER BY given_at DESC, id DESC");
        self.rows(&sql, [person.0], read)
    }
}

impl Writing<'_> {
    /// Records a give.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_give(&self, new: &NewGive<'_>) -> Result<GiveId> {
        let id = GiveId(self.next_id("gives")?);
        self.execute(
            "INSERT INTO gives (id, person_id, item, amount_minor, currency, tap_id, given_by, note, given_at,
                 operation_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                id.0,
                new.person.0,
                new.item,
                new.cost.map(|cost| cost.amount_minor),
                new.cost.map(|cost| cost.currency.code().to_owned()),
                new.tap.map(|tap| tap.0),
                new.by,
                new.note,
                new.at.0,
                self.operation.0,
            ],
        )?;
        Ok(id)
    }
}
