//! Putting facts right (`docs/undo.md`): a row says something else from now on, on every day, or is gone. What it said
//! before stands in the images, and why it was changed in the history.

use rusqlite::params;

use super::rows::{ColumnValue, NewRecord};
use super::{
    NewGive, NewNote, NewOutcome, NewRequest, NewSignal, NewTap, NewTouch, Result, Tx, Writing,
    taps,
};
use crate::domain::appointment::Appointment;
use crate::domain::calendar::Timestamp;
use crate::domain::correction::{Change, Fact};
use crate::domain::ids::{
    AssetId, DealId, GiveId, NominationId, NoteId, OperationId, PersonId, RequestId, SignalId,
    TapId, TouchId, UseId,
};
use crate::domain::request::{self, Event, Status};
use crate::domain::tap::Outcome;

/// What was said last of a tap, with each time that it was said: a rating may have come later.
#[derive(Debug, Clone)]
pub(crate) struct LastOutcome {
    /// The rows, the newest first, each with its instant.
    rows: Vec<(i64, Timestamp)>,
    /// The operations that recorded nothing else than what became of this tap, and what followed from that.
    pub(crate) operations: Vec<OperationId>,
    /// The rows that other operations recorded, such as an import.
    of_others: Vec<i64>,
    /// What was agreed upon.
    pub(crate) appointment: Option<Appointment>,
}

/// What an operation that records an outcome leaves.
const OF_AN_OUTCOME: [&str; 3] = ["tap_outcomes", "request_events", "referrals"];

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

    /// What was said last of a tap; nothing while nothing was said.
    pub(crate) fn last_outcome(&self, tap: TapId) -> Result<Option<LastOutcome>> {
        type Said = (i64, OperationId, Timestamp, Outcome, Option<Appointment>);
        let sql = "SELECT id, operation_id, outcome_at, outcome, scheduled_on, scheduled_time FROM tap_outcomes WHERE tap_id = ?1
             ORDER BY outcome_at DESC, id DESC";
        let mut said: Vec<Said> = self.rows(sql, [tap], |row| {
            Ok((
                row.get("id")?,
                row.get("operation_id")?,
                row.get("outcome_at")?,
                row.get("outcome")?,
                taps::appointment(row)?,
            ))
        })?;
        let Some(&(.., outcome, appointment)) = said.first() else {
            return Ok(None);
        };
        let same = said.iter().take_while(|(.., one, _)| *one == outcome);
        said.truncate(same.count());
        let mut last = LastOutcome {
            rows: said.iter().map(|(id, _, at, ..)| (*id, *at)).collect(),
            operations: Vec::new(),
            of_others: Vec::new(),
            appointment,
        };
        for (id, operation, ..) in said {
            match self.recorded_an_outcome_alone(operation)? {
                true => last.operations.push(operation),
                false => last.of_others.push(id),
            }
        }
        Ok(Some(last))
    }

    /// What builds on what was said last of a tap. A correction of it does not: it is corrected itself.
    pub(crate) fn built_on_outcome(
        &self,
        tap: TapId,
        last: &LastOutcome,
    ) -> Result<Vec<OperationId>> {
        let sql = "SELECT operation_id FROM corrections WHERE fact = ?1 AND fact_id = ?2";
        let corrections: Vec<OperationId> = self.values(sql, params![Fact::Outcome, tap])?;
        let mut later = self.taking_back(&last.operations)?.built_on;
        later.retain(|one| !corrections.contains(one));
        Ok(later)
    }

    /// Whether an operation recorded one outcome, and nothing but that and what followed from it.
    fn recorded_an_outcome_alone(&self, operation: OperationId) -> Result<bool> {
        let added = self.taking_back(&[operation])?.removed;
        let one = ("tap_outcomes".to_owned(), 1);
        let all = added
            .iter()
            .all(|(table, _)| OF_AN_OUTCOME.contains(&table.as_str()));
        Ok(all && added.contains(&one))
    }
}

impl Writing<'_> {
    /// Notes that something says something else now, and why.
    pub(crate) fn note_changed(
        &self,
        fact: Fact,
        id: i64,
        person: Option<PersonId>,
        reason: Option<&str>,
    ) -> Result<()> {
        self.note((fact, Change::Changed), id, person, reason)
    }

    /// Notes that something is not there any more, and why.
    pub(crate) fn note_removed(
        &self,
        fact: Fact,
        id: i64,
        person: Option<PersonId>,
        reason: Option<&str>,
    ) -> Result<()> {
        self.note((fact, Change::Removed), id, person, reason)
    }

    fn note(
        &self,
        (fact, change): (Fact, Change),
        id: i64,
        person: Option<PersonId>,
        reason: Option<&str>,
    ) -> Result<()> {
        self.insert(
            "corrections",
            &[
                ("fact", &fact),
                ("fact_id", &id),
                ("person_id", &person),
                ("change", &change),
                ("reason", &reason),
            ],
        )
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

    /// Says otherwise what was said last of a tap. Of another day, it was said once, and what followed from it was of that
    /// day as well.
    pub(crate) fn correct_outcome(
        &self,
        person: PersonId,
        last: &LastOutcome,
        new: &NewOutcome<'_>,
    ) -> Result<()> {
        let mut rows = last.rows.iter();
        if let Some((newest, was)) = rows.next() {
            self.rewrite(*newest, new, &[("counts", &new.outcome.counts())])?;
            if *was != new.at {
                for (row, _) in rows {
                    self.remove_row("tap_outcomes", *row)?;
                }
                self.date_what_followed(last, new.at)?;
            }
        }
        self.refresh_outcome(new.tap)?;
        self.refresh_last_tapped(person)
    }

    fn date_what_followed(&self, last: &LastOutcome, at: Timestamp) -> Result<()> {
        let followed = [
            ("request_events", "happened_at"),
            ("referrals", "introduced_at"),
        ];
        for (operation, (table, column)) in last
            .operations
            .iter()
            .flat_map(|one| followed.map(|of| (one, of)))
        {
            let sql = format!("UPDATE {table} SET {column} = ?2 WHERE operation_id = ?1");
            self.execute(&sql, params![operation, at])?;
        }
        Ok(())
    }

    /// Takes back what was said last of a tap, with all that followed from it.
    pub(crate) fn remove_outcome(
        &self,
        person: PersonId,
        tap: TapId,
        last: &LastOutcome,
    ) -> Result<()> {
        self.take_back_rows(&last.operations)?;
        for row in &last.of_others {
            self.remove_row("tap_outcomes", *row)?;
        }
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

    /// Changes a note; whom it is about stays.
    pub(crate) fn correct_note(&self, id: NoteId, new: &NewNote<'_>) -> Result<()> {
        self.rewrite(id.0, new, &[])
    }

    /// Removes a note.
    pub(crate) fn remove_note(&self, id: NoteId) -> Result<()> {
        self.remove_row("notes", id.0)
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
        let mut yes = Vec::new();
        for tap in self.taps_for(id)? {
            yes.extend(request::supplies_since(&self.outcomes_of(tap.id)?));
        }
        match (request.status(), request::filled_since(request.wanted, yes)) {
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
