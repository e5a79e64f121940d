//! Taps and their outcomes: facts, with the newest outcome kept beside the tap.

use chrono::{NaiveDate, NaiveTime};
use rusqlite::params;

use super::rows::{ColumnValue, Row, new_record, record};
use super::{Result, Tx, Writing, asked_for};
use crate::domain::appointment::Appointment;
use crate::domain::ask::{AskKind, Effort};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{AccountId, OperationId, PersonId, RequestId, TapId};
use crate::domain::named::Named;
use crate::domain::tap::{Outcome, Rating};

new_record! {
    /// A tap to record.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct NewTap<'a> into "taps" {
        /// Who is asked.
        person: PersonId = "person_id",
        /// Their account on that day.
        account: Option<AccountId> = "account_id",
        /// For what.
        kind: AskKind = "ask_kind",
        /// How much that takes, by the policy of that day.
        effort: Effort = "effort",
        /// When.
        at: Timestamp = "tapped_at",
        /// By whom.
        by: &'a str = "tapped_by",
        /// Words beside it.
        note: Option<&'a str> = "note",
        /// Whether it breaks a cap.
        over_cap: bool = "over_cap",
        /// The refusals that were overridden, and the reason given.
        overridden: Option<(&'a str, &'a str)>,
        /// Whether it comes from an imported history.
        imported: bool = "imported",
        /// The request that it is made for.
        request: Option<RequestId> = "request_id",
    }
}

new_record! {
    /// An outcome to record.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct NewOutcome<'a> into "tap_outcomes" {
        /// Of which tap.
        tap: TapId = "tap_id",
        /// What happened.
        outcome: Outcome = "outcome",
        /// How they liked it.
        rating: Option<Rating> = "rating",
        /// How the prospect liked it.
        prospect_rating: Option<Rating> = "prospect_rating",
        /// Words beside it.
        note: Option<&'a str> = "note",
        /// What the prospect said of it.
        prospect_note: Option<&'a str> = "prospect_note",
        /// For an accepted ask: the day that was agreed upon.
        scheduled_on: Option<NaiveDate> = "scheduled_on",
        /// The time of that day.
        scheduled_time: Option<NaiveTime> = "scheduled_time",
        /// When.
        at: Timestamp = "outcome_at",
        /// Of one that is said again: when, for its words count from then on.
        said_at: Option<Timestamp> = "said_at",
    }
}

record! {
    /// A tap as shown.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct TapRow
    from "taps t JOIN people p ON p.id = t.person_id LEFT JOIN accounts a ON a.id = t.account_id" {
        /// Its id.
        id: TapId = "t.id",
        /// Who was asked.
        person: PersonId = "t.person_id",
        /// Their address.
        email: String = "p.email",
        /// Their name.
        name: Option<String> = "p.name",
        /// Their account on that day.
        account_id: Option<AccountId> = "t.account_id",
        /// Its name, or its domain.
        account: Option<String> = "coalesce(a.name, a.domain)",
        /// For what.
        kind: AskKind = "t.ask_kind",
        /// How much that took.
        effort: Effort = "t.effort",
        /// When.
        at: Timestamp = "t.tapped_at",
        /// By whom.
        by: String = "t.tapped_by",
        /// What became of it.
        outcome: Outcome = "t.outcome",
        /// Since when.
        outcome_at: Timestamp = "t.outcome_at",
        /// How they liked it.
        rating: Option<u8> = "t.rating",
        /// How the prospect liked it.
        prospect_rating: Option<u8> = "t.prospect_rating",
        /// Words beside it.
        note: Option<String> = "t.note",
        /// Words beside what became of it.
        outcome_note: Option<String> = "(SELECT o.note FROM tap_outcomes o WHERE o.tap_id = t.id
                                         ORDER BY o.outcome_at DESC, o.id DESC LIMIT 1)",
        /// What the prospect said of it.
        prospect_note: Option<String> = "(SELECT o.prospect_note FROM tap_outcomes o WHERE o.tap_id = t.id
                                          ORDER BY o.outcome_at DESC, o.id DESC LIMIT 1)",
        /// Whether it breaks a cap.
        over_cap: bool = "t.over_cap",
        /// The refusals that were overridden.
        overridden: Option<String> = "t.overridden",
        /// The reason given for that.
        override_reason: Option<String> = "t.override_reason",
        /// Whether it comes from an imported history.
        imported: bool = "t.imported",
        /// The request that it was made for.
        request: Option<RequestId> = "t.request_id",
        /// The operation that recorded it.
        operation: OperationId = "t.operation_id",
        /// The one that recorded what became of it.
        outcome_operation: Option<OperationId> = "(SELECT o.operation_id FROM tap_outcomes o WHERE o.tap_id = t.id
                                                   ORDER BY o.outcome_at DESC, o.id DESC LIMIT 1)",
        /// The companies that a referral introduced, in their order.
        introduced: Option<String> = "CASE WHEN EXISTS (SELECT 1 FROM referrals f WHERE f.tap_id = t.id) THEN (
            SELECT group_concat(i.introduced, ', ') FROM (
                SELECT x.introduced FROM introductions x WHERE x.tap_id = t.id
                GROUP BY x.introduced_key ORDER BY min(x.introduced_at), x.introduced_key) i) END",
        /// Whether one of them is an account now: the loop is closed.
        loop_closed: bool = "EXISTS (
            SELECT 1 FROM introductions i WHERE i.tap_id = t.id AND i.account_id IS NOT NULL)",
    }
}

impl Named for TapRow {
    fn email(&self) -> &str {
        &self.email
    }

    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }
}

record! {
    /// A tap as the ladder and the figures look at it: without the words and names that are shown of one.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(crate) struct AskRow from "taps" {
        /// Its id.
        tap: TapId = "id",
        /// Who was asked.
        person: PersonId = "person_id",
        /// For what.
        kind: AskKind = "ask_kind",
        /// How much that took.
        effort: Effort = "effort",
        /// When.
        at: Timestamp = "tapped_at",
        /// What became of it.
        outcome: Outcome = "outcome",
        /// Since when.
        outcome_at: Timestamp = "outcome_at",
        /// How they liked it.
        rating: Option<Rating> = "rating",
        /// How the prospect liked it.
        prospect_rating: Option<Rating> = "prospect_rating",
        /// Whether it counts against the caps.
        counts: bool = "counts",
        /// Whether it breaks a cap.
        over_cap: bool = "over_cap",
        /// Whether a refusal was overridden.
        overridden: bool = "overridden IS NOT NULL",
    }
}

/// Which taps to list.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct TapFilter {
    /// Of this person.
    pub(crate) person: Option<PersonId>,
    /// Of somebody who was at this account then.
    pub(crate) account: Option<AccountId>,
    /// With this outcome.
    pub(crate) outcome: Option<Outcome>,
    /// Of this kind.
    pub(crate) kind: Option<AskKind>,
    /// Made at or after this instant.
    pub(crate) since: Option<Timestamp>,
    /// Made for this request.
    pub(crate) request: Option<RequestId>,
    /// With an outcome from the first instant on and before the second.
    pub(crate) settled: Option<(Timestamp, Timestamp)>,
    /// At most so many, the newest.
    pub(crate) limit: Option<u32>,
}

/// Reads what was agreed upon, where that was a day.
pub(super) fn appointment(row: &Row<'_>) -> rusqlite::Result<Option<Appointment>> {
    let on: Option<NaiveDate> = row.get("scheduled_on")?;
    let time = row.get("scheduled_time")?;
    Ok(on.map(|on| Appointment { on, time }))
}

impl Tx<'_> {
    /// What was agreed upon for an ask, as it was said last.
    pub(crate) fn appointment(&self, id: TapId) -> Result<Option<Appointment>> {
        let sql = "SELECT scheduled_on, scheduled_time FROM tap_outcomes WHERE tap_id = ?1
             ORDER BY outcome_at DESC, id DESC LIMIT 1";
        let said = self.rows(sql, [id], appointment)?;
        Ok(said.into_iter().next().flatten())
    }

    /// One tap.
    pub(crate) fn tap(&self, id: TapId) -> Result<Option<TapRow>> {
        self.one("WHERE t.id = ?1", [id])
    }

    /// Taps, newest first.
    pub(crate) fn taps(&self, filter: &TapFilter) -> Result<Vec<TapRow>> {
        let person = asked_for(filter.person, "?1", "t.person_id = ?1");
        let request = asked_for(filter.request, "?6", "t.request_id = ?6");
        let account = asked_for(filter.account, "?9", "t.account_id = ?9");
        let (settled_from, settled_until) = filter.settled.unzip();
        let rest = format!(
            "WHERE {person} AND {account} AND {request} AND (?7 IS NULL OR t.outcome_at >= ?7 AND t.outcome_at < ?8) AND (?2 IS NULL OR t.outcome = ?2)
                 AND (?3 IS NULL OR t.ask_kind = ?3) AND (?4 IS NULL OR t.tapped_at >= ?4)
             ORDER BY t.tapped_at DESC, t.id DESC LIMIT ?5"
        );
        let params = params![
            filter.person,
            filter.outcome,
            filter.kind,
            filter.since,
            filter.limit.map_or(-1, i64::from),
            filter.request,
            settled_from,
            settled_until,
            filter.account,
        ];
        self.all(&rest, params)
    }

    /// The taps that count, of everybody or of one person, oldest first.
    pub(crate) fn asks(&self, only: Option<PersonId>) -> Result<Vec<AskRow>> {
        let who = asked_for(only, "?1", "person_id = ?1");
        let rest = format!("WHERE counts = 1 AND {who} ORDER BY tapped_at, id");
        self.all(&rest, [only])
    }

    /// The taps made for a request, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn taps_for(&self, request: RequestId) -> Result<Vec<TapRow>> {
        self.taps(&TapFilter {
            request: Some(request),
            ..TapFilter::default()
        })
    }

    /// What became of a tap, oldest first; an outcome that was said again counts once, on the day that was said last, as
    /// everywhere else.
    pub(crate) fn outcomes_of(&self, tap: TapId) -> Result<Vec<(Outcome, Timestamp)>> {
        let mut outcomes = self.rows(
            "SELECT outcome, outcome_at FROM tap_outcomes WHERE tap_id = ?1 ORDER BY outcome_at, id",
            [tap],
            |row| Ok((row.get("outcome")?, row.get("outcome_at")?)),
        )?;
        // The newest of each run stays.
        outcomes.reverse();
        outcomes.dedup_by_key(|(outcome, _)| *outcome);
        outcomes.reverse();
        Ok(outcomes)
    }

    /// Taps of a person whose outcome is not settled, newest first.
    pub(crate) fn open_taps_of(&self, person: PersonId) -> Result<Vec<TapId>> {
        let mut taps = self.taps(&TapFilter {
            person: Some(person),
            ..TapFilter::default()
        })?;
        taps.retain(|tap| tap.outcome.is_open());
        Ok(taps.into_iter().map(|tap| tap.id).collect())
    }
}

impl Writing<'_> {
    /// Fills in who made an imported ask, and its note, because its row is read better.
    pub(crate) fn mend_tap(&self, id: TapId, by: &str, note: Option<&str>) -> Result<()> {
        self.update("taps", &id, &[("tapped_by", &by), ("note", &note)])
    }

    /// Records a tap as pending and keeps the person's `last_tapped_at` beside it.
    pub(crate) fn add_tap(&self, new: &NewTap<'_>) -> Result<TapId> {
        let (overridden, reason) = new.overridden.unzip();
        let more: [ColumnValue<'_>; 5] = [
            ("overridden", &overridden),
            ("override_reason", &reason),
            ("outcome", &Outcome::Pending),
            ("outcome_at", &new.at),
            ("counts", &Outcome::Pending.counts()),
        ];
        let id = self.add_new(new, &more)?;
        self.refresh_last_tapped(new.person)?;
        Ok(id)
    }

    /// Records an outcome and keeps what depends on it beside the tap and its person.
    pub(crate) fn add_outcome(&self, person: PersonId, new: &NewOutcome<'_>) -> Result<()> {
        self.insert_new(new, &[("counts", &new.outcome.counts())])?;
        self.refresh_outcome(new.tap)?;
        self.refresh_last_tapped(person)
    }

    /// Keeps the newest outcome beside the tap; without one it is pending.
    pub(super) fn refresh_outcome(&self, tap: TapId) -> Result<()> {
        let pending = Outcome::Pending;
        self.execute_kept(
            "UPDATE taps SET (outcome, outcome_at, counts, rating, prospect_rating) =
                 (SELECT outcome, outcome_at, counts, rating, prospect_rating FROM (
                      SELECT outcome, outcome_at, counts, rating, prospect_rating, id FROM tap_outcomes WHERE tap_id = ?1
                      UNION ALL SELECT ?2, tapped_at, ?3, NULL, NULL, 0)
                  ORDER BY id > 0 DESC, outcome_at DESC, id DESC LIMIT 1)
             WHERE id = ?1",
            params![tap, pending, pending.counts()],
        )
    }

    /// Keeps the newest tap that counts beside the person.
    pub(super) fn refresh_last_tapped(&self, person: PersonId) -> Result<()> {
        self.execute_kept(
            "UPDATE people SET last_tapped_at =
                 (SELECT max(tapped_at) FROM taps WHERE person_id = ?1 AND counts = 1)
             WHERE id = ?1",
            [person],
        )
    }
}
