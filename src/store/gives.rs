//! Gives: value returned to an advocate, a fact each, with what it cost; and how much people received lately.

use super::rows::{ColumnValue, Row, new_record, record};
use super::{Result, Tx, Writing, asked_for};
use crate::domain::calendar::Timestamp;
use crate::domain::fitting::Receiver;
use crate::domain::ids::{GiveId, OperationId, PersonId, TapId};
use crate::domain::money::{Currency, Money};
use crate::domain::named::Named;
use crate::domain::present::Present;

new_record! {
    /// A give to record.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct NewGive<'a> into "gives" {
        /// To whom.
        person: PersonId = "person_id",
        /// What, by its name on the menu.
        item: &'a str = "item",
        /// What it cost; `None` for nothing.
        cost: Option<Money>,
        /// The ask that it was for.
        tap: Option<TapId> = "tap_id",
        /// By whom.
        by: &'a str = "given_by",
        /// Words beside it.
        note: Option<&'a str> = "note",
        /// When.
        at: Timestamp = "given_at",
    }
}

record! {
    /// A give as shown.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct GiveRow from "gives g JOIN people p ON p.id = g.person_id" {
        /// Its id.
        id: GiveId = "g.id",
        /// To whom.
        person: PersonId = "g.person_id",
        /// Their address.
        email: String = "p.email",
        /// Their name.
        name: Option<String> = "p.name",
        /// What.
        item: String = "g.item",
        /// What it cost; `None` for nothing.
        cost: Option<Money> = "g.amount_minor AS amount_minor, g.currency AS currency" => money,
        /// The ask that it was for.
        tap: Option<TapId> = "g.tap_id",
        /// By whom.
        by: String = "g.given_by",
        /// Words beside it.
        note: Option<String> = "g.note",
        /// When.
        at: Timestamp = "g.given_at",
        /// The operation that recorded it.
        operation: OperationId = "g.operation_id",
    }
}

impl NewGive<'_> {
    /// The amount and its currency, as they are stored.
    pub(super) fn cost_columns(&self) -> (Option<i64>, Option<Currency>) {
        let cost = self.cost.map(|cost| (cost.amount_minor, cost.currency));
        cost.unzip()
    }
}

impl Named for GiveRow {
    fn email(&self) -> &str {
        &self.email
    }

    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn account(&self) -> Option<&str> {
        None
    }
}

/// Reads an amount and its currency, which are there together or not at all.
pub(super) fn money(row: &Row<'_>) -> rusqlite::Result<Option<Money>> {
    let amount_minor: Option<i64> = row.get("amount_minor")?;
    let cost = amount_minor.zip(row.get("currency")?);
    Ok(cost.map(|(amount_minor, currency)| Money {
        amount_minor,
        currency,
    }))
}

impl Tx<'_> {
    /// Every give, newest first.
    pub(crate) fn gives(&self) -> Result<Vec<GiveRow>> {
        self.all("ORDER BY g.given_at DESC, g.id DESC", [])
    }

    /// The gives to one person, newest first.
    pub(crate) fn gives_to(&self, person: PersonId) -> Result<Vec<GiveRow>> {
        self.all(
            "WHERE g.person_id = ?1 ORDER BY g.given_at DESC, g.id DESC",
            [person],
        )
    }

    /// One give.
    pub(crate) fn give(&self, id: GiveId) -> Result<Option<GiveRow>> {
        self.one("WHERE g.id = ?1", [id])
    }

    /// What is known of somebody to whom something is to be given.
    pub(crate) fn receiver(&self, person: PersonId, present: &Present) -> Result<Receiver> {
        let values = self.profile(person)?.values();
        if values.0.is_empty() {
            // Nothing is proposed to them.
            return Ok(Receiver::default());
        }
        let (_, facts) = self.facts_of(person, present)?;
        let gives = self.gives_to(person)?.into_iter();
        Ok(Receiver {
            values,
            by_hand: self.tiers_of(person)?.first().and_then(|row| row.tier),
            completed: facts.completed,
            given: gives
                .map(|give| (give.item, present.day(give.at)))
                .collect(),
        })
    }

    /// How many gives and touches each person received from an instant on, by ascending id: of everybody, or of one.
    /// Both indexes hold all that is asked for, so no row is looked at.
    pub(super) fn received_since(
        &self,
        since: Timestamp,
        only: Option<PersonId>,
    ) -> Result<Vec<(PersonId, u32)>> {
        let who = asked_for(only, "?2", "person_id = ?2");
        let sql = format!(
            "SELECT person_id, sum(received) AS received FROM (
                 SELECT person_id, count(*) AS received FROM gives WHERE given_at >= ?1 AND {who} GROUP BY person_id
                 UNION ALL
                 SELECT person_id, count(*) FROM touches WHERE touched_at >= ?1 AND {who} GROUP BY person_id)
             GROUP BY person_id ORDER BY person_id"
        );
        self.rows(&sql, (since, only), |row| {
            Ok((row.get("person_id")?, row.get("received")?))
        })
    }
}

impl Writing<'_> {
    /// Records a give, and says how it stands on record.
    pub(crate) fn add_give(&self, new: &NewGive<'_>) -> Result<GiveRow> {
        let (minor, currency) = new.cost_columns();
        let cost: [ColumnValue<'_>; 2] = [("amount_minor", &minor), ("currency", &currency)];
        let id: GiveId = self.add_new(new, &cost)?;
        let give = self.give(id)?;
        Ok(give.ok_or(rusqlite::Error::QueryReturnedNoRows)?)
    }
}
