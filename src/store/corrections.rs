//! Putting facts right (`docs/undo.md`): a row says something else from now on, on every day, or is gone. What it said
//! before stands in the images, and why it was changed in the history.

use chrono::NaiveDate;
use rusqlite::params;

use super::rows::{ColumnValue, NewRecord, new_record};
use super::{NewGive, NewOutcome, NewRequest, NewSignal, NewTap, NewTouch, Result, Tx, Writing};
use crate::domain::calendar::Timestamp;
use crate::domain::correction::{Change, Fact};
use crate::domain::ids::{
    AssetId, DealId, GiveId, NominationId, OperationId, PersonId, RequestId, SignalId, TapId,
    TouchId, UseId,
};
use crate::domain::request::{self, Event, Status};

new_record! {
    /// What was put right, for the history.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct NewCorrection<'a> into "corrections" {
        /// What it is.
        fact: Fact = "fact",
        /// Its number.
        id: i64 = "fact_id",
        /// Whom it is about.
        person: Option<PersonId> = "person_id",
        /// What was done to it.
        change: Change = "change",
        /// Why.
        reason: Option<&'a str> = "reason",
    }
}

/// The outcome of a tap that was said last.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LastOutcome {
    row: i64,
    /// The operation that recorded it.
    pub(crate) operation: OperationId,
    /// Since when it holds.
    at: Timestamp,
}

impl Tx<'_> {
    /// What points to a row, table by table, with how many rows do.
    fn depending_on(&self, parent: &str, id: i64, own: &[&str]) -> Result<Vec<(String, u64)>> {
        let mut found: Vec<(String, u64)> = Vec::new();
        for (table, column) in self.pointing_to(parent)? {
            if own.contains(&table.as_str()) {
                continue;
            }
            let sql = format!("SELECT count(*) FROM main.{table} WHERE {column} = ?1");
            let count: i64 = self.value(&sql, [id])?;
            if count > 0 {
                found.push((table.replace('_', " "), count.unsigned_abs()));
            }
        }
        Ok(found)
    }

    /// What depends on a deal.
    pub(crate) fn depending_on_deal(&self, deal: DealId) -> Result<Vec<(String, u64)>> {
        self.depending_on("deals", deal.0, &["deal_edits"])
    }

    /// What depends on a person.
    pub(crate) fn depending_on_person(&self, person: PersonId) -> Result<Vec<(String, u64)>> {
        self.depending_on("people", person.0, &[])
    }

    /// What was said last of a tap.
    pub(crate) fn last_outcome(&self, tap: TapId) -> Result<Option<LastOutcome>> {
        let sql = "SELECT id, operation_id, outcome_at FROM tap_outcomes WHERE tap_id = ?1
             ORDER BY outcome_at DESC, id DESC LIMIT 1";
        self.first(sql, [tap], |row| {
            Ok(LastOutcome {
                row: row.get("id")?,
                operation: row.get("operation_id")?,
                at: row.get("outcome_at")?,
            })
        })
    }

    /// The day that was agreed upon last.
    pub(crate) fn scheduled_on(&self, tap: TapId) -> Result<Option<NaiveDate>> {
        let sql = "SELECT scheduled_on FROM tap_outcomes WHERE tap_id = ?1
             ORDER BY outcome_at DESC, id DESC LIMIT 1";
        Ok(self.found::<Option<NaiveDate>>(sql, [tap])?.flatten())
    }

    /// Whether an operation recorded this outcome and no other.
    fn said_alone(&self, last: &LastOutcome) -> Result<bool> {
        let sql = "SELECT count(*) = 1 FROM tap_outcomes WHERE operation_id = ?1";
        self.value(sql, [last.operation])
    }
}

impl Writing<'_> {
    /// Notes that something was put right, and why.
    pub(crate) fn note_correction(&self, new: &NewCorrection<'_>) -> Result<()> {
        self.insert_new(new, &[])
    }

    /// Gives the row with this id the values of what is new.
    fn rewrite<R: NewRecord>(&self, id: i64, new: &R, more: &[ColumnValue<'_>]) -> Result<()> {
        self.update(R::TABLE, &id, &[&new.values(), more].concat())
    }

    /// Removes the row with this id, which is not given out again.
    fn remove_row(&self, table: &str, id: i64) -> Result<()> {
        self.use_up(table, "id = ?1", id)?;
        self.execute(&format!("DELETE FROM {table} WHERE id = ?1"), [id])
    }

    /// Changes a tap; what became of it stays.
    pub(crate) fn correct_tap(&self, id: TapId, new: &NewTap<'_>) -> Result<()> {
        self.rewrite(id.0, new, &[])?;
        self.refresh_outcome(id)?;
        self.refresh_last_tapped(new.person)
    }

    /// Says something else of what became of a tap, with whatever the same operation recorded in the same moment.
    pub(crate) fn correct_outcome(
        &self,
        person: PersonId,
        last: &LastOutcome,
        new: &NewOutcome<'_>,
    ) -> Result<()> {
        self.rewrite(last.row, new, &[("counts", &new.outcome.counts())])?;
        if self.said_alone(last)? {
            for (table, column) in [
                ("request_events", "happened_at"),
                ("referrals", "introduced_at"),
            ] {
                let sql = format!(
                    "UPDATE {table} SET {column} = ?3 WHERE operation_id = ?1 AND {column} = ?2"
                );
                self.execute(&sql, params![last.operation, last.at, new.at])?;
            }
        }
        self.refresh_outcome(new.tap)?;
        self.refresh_last_tapped(person)
    }

    /// Takes back what was said last of a tap, with all that followed from it.
    pub(crate) fn remove_outcome(
        &self,
        person: PersonId,
        tap: TapId,
        last: &LastOutcome,
    ) -> Result<()> {
        if self.said_alone(last)? {
            return self.take_back_rows(&[last.operation]);
        }
        self.remove_row("tap_outcomes", last.row)?;
        self.refresh_outcome(tap)?;
        self.refresh_last_tapped(person)
    }

    /// Changes a give.
    pub(crate) fn correct_give(&self, id: GiveId, new: &NewGive<'_>) -> Result<()> {
        let (minor, currency) = new.cost_columns();
        self.rewrite(
            id.0,
            new,
            &[("amount_minor", &minor), ("currency", &currency)],
        )
    }

    /// Removes a give.
    pub(crate) fn remove_give(&self, id: GiveId) -> Result<()> {
        self.remove_row("gives", id.0)
    }

    /// Changes a touch.
    pub(crate) fn correct_touch(&self, id: TouchId, new: &NewTouch<'_>) -> Result<()> {
        self.rewrite(id.0, new, &[])
    }

    /// Removes a touch.
    pub(crate) fn remove_touch(&self, id: TouchId) -> Result<()> {
        self.remove_row("touches", id.0)
    }

    /// Changes a signal; whose it is, and the file it came from, stay.
    pub(crate) fn correct_signal(&self, id: SignalId, new: &NewSignal<'_>) -> Result<()> {
        self.rewrite(id.0, new, &[])
    }

    /// Removes a signal.
    pub(crate) fn remove_signal(&self, id: SignalId) -> Result<()> {
        self.remove_row("signals", id.0)
    }

    /// Changes in which deal, by whom and when an asset was used.
    pub(crate) fn correct_use(
        &self,
        id: UseId,
        deal: DealId,
        by: &str,
        at: Timestamp,
    ) -> Result<()> {
        self.update(
            "asset_uses",
            &id,
            &[("deal_id", &deal), ("used_by", &by), ("used_at", &at)],
        )
    }

    /// Removes a use of an asset.
    pub(crate) fn remove_use(&self, id: UseId) -> Result<()> {
        self.remove_row("asset_uses", id.0)
    }

    /// Takes back how far an asset has come last.
    pub(crate) fn remove_last_asset_event(&self, id: AssetId) -> Result<()> {
        let sql = "SELECT id FROM asset_events WHERE asset_id = ?1 ORDER BY happened_at DESC, id DESC LIMIT 1";
        match self.found(sql, [id])? {
            Some(event) => self.remove_row("asset_events", event),
            None => Ok(()),
        }
    }

    /// Takes back the answer to a nomination: all of them, where it was answered more than once.
    pub(crate) fn reopen_nomination(&self, id: NominationId) -> Result<()> {
        self.use_up("nomination_decisions", "nomination_id = ?1", id.0)?;
        self.execute(
            "DELETE FROM nomination_decisions WHERE nomination_id = ?1",
            [id],
        )
    }

    /// What follows for a request of which something was put right: it is filled since the moment when as many said yes as
    /// are wanted, and was never filled where they are fewer.
    pub(crate) fn settle_again(&self, id: RequestId) -> Result<()> {
        let Some(request) = self.request(id)? else {
            return Ok(());
        };
        let taps = self.taps_for(id)?;
        let mut yes: Vec<Timestamp> = taps
            .iter()
            .filter(|tap| request::supplies(tap.outcome))
            .map(|tap| tap.outcome_at)
            .collect();
        yes.sort_unstable();
        let filled_at = yes
            .get((request.wanted as usize).saturating_sub(1))
            .copied();
        match (request.status(), filled_at) {
            (Status::Open, Some(at)) => {
                let last = request.events.last().map_or(at, |event| event.at);
                self.add_request_event(id, Event::Filled, None, None, at.max(last))
            }
            (Status::Filled, None) => {
                let sql = "SELECT id FROM request_events WHERE request_id = ?1 AND event = ?2
                     ORDER BY happened_at DESC, id DESC LIMIT 1";
                match self.found(sql, params![id, Event::Filled])? {
                    Some(event) => self.remove_row("request_events", event),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// Changes what a request asks for.
    pub(crate) fn correct_request(&self, id: RequestId, new: &NewRequest<'_>) -> Result<()> {
        self.rewrite(id.0, new, &[])?;
        self.execute("DELETE FROM request_traits WHERE request_id = ?1", [id])?;
        self.add_request_traits(id, new.traits)?;
        self.settle_again(id)
    }

    /// Removes a deal on which nothing depends, with what it was before.
    pub(crate) fn remove_deal(&self, id: DealId) -> Result<()> {
        self.use_up("deal_edits", "deal_id = ?1", id.0)?;
        self.execute("DELETE FROM deal_edits WHERE deal_id = ?1", [id])?;
        self.remove_row("deals", id.0)
    }

    /// Removes a person on whom nothing depends, with what was known of them before.
    pub(crate) fn remove_person(&self, id: PersonId) -> Result<()> {
        let of_person = "entity = 'person' AND entity_id = ?1";
        self.use_up("edits", of_person, id.0)?;
        self.execute(&format!("DELETE FROM edits WHERE {of_person}"), [id])?;
        self.remove_row("people", id.0)
    }
}
