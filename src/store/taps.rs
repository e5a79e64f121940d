//! Taps and their outcomes: facts, with the newest outcome kept beside the tap.

use rusqlite::{Row, params};

use super::{Result, Tx, Writing, asked_for, parsed};
use crate::domain::ask::{AskKind, Effort};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{AccountId, PersonId, RequestId, TapId};
use crate::domain::tap::{Outcome, Rating};

/// A tap to record.
#[derive(Debug, Clone, Copy)]
pub struct NewTap<'a> {
    /// Who is asked.
    pub person: PersonId,
    /// Their account on that day.
    pub account: Option<AccountId>,
    /// For what.
    pub kind: AskKind,
    /// How much that takes, by the policy of that day.
    pub effort: Effort,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: &'a str,
    /// Words beside it.
    pub note: Option<&'a str>,
    /// Whether it breaks a cap.
    pub over_cap: bool,
    /// The refusals that were overridden, and the reason given.
    pub overridden: Option<(&'a str, &'a str)>,
    /// Whether it comes from an imported history.
    pub imported: bool,
    /// The request that it is made for.
    pub request: Option<RequestId>,
}

/// An outcome to record.
#[derive(Debug, Clone, Copy)]
pub struct NewOutcome<'a> {
    /// Of which tap.
    pub tap: TapId,
    /// What happened.
    pub outcome: Outcome,
    /// How they liked it.
    pub rating: Option<Rating>,
    /// Words beside it.
    pub note: Option<&'a str>,
    /// When.
    pub at: Timestamp,
}

/// A tap as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TapRow {
    /// Its id.
    pub id: TapId,
    /// Who was asked.
    pub person: PersonId,
    /// Their address.
    pub email: String,
    /// Their name.
    pub name: Option<String>,
    /// Their account on that day.
    pub account: Option<String>,
    /// For what.
    pub kind: AskKind,
    /// How much that took.
    pub effort: Effort,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Since when.
    pub outcome_at: Timestamp,
    /// How they liked it.
    pub rating: Option<u8>,
    /// Words beside it.
    pub note: Option<String>,
    /// Words beside what became of it.
    pub outcome_note: Option<String>,
    /// Whether it breaks a cap.
    pub over_cap: bool,
    /// The refusals that were overridden.
    pub overridden: Option<String>,
    /// The reason given for that.
    pub override_reason: Option<String>,
    /// Whether it comes from an imported history.
    pub imported: bool,
    /// The request that it was made for.
    pub request: Option<RequestId>,
    /// The company that a referral introduced.
    pub introduced: Option<String>,
    /// Whether that company is an account now: the loop is closed.
    pub loop_closed: bool,
}

/// Which taps to list.
#[derive(Debug, Clone, Copy, Default)]
pub struct TapFilter {
    /// Of this person.
    pub person: Option<PersonId>,
    /// With this outcome.
    pub outcome: Option<Outcome>,
    /// Of this kind.
    pub kind: Option<AskKind>,
    /// Made at or after this instant.
    pub since: Option<Timestamp>,
    /// Made for this request.
    pub request: Option<RequestId>,
    /// At most so many, the newest.
    pub limit: Option<u32>,
}

const SELECT: &str = "SELECT t.id, t.person_id, p.email, p.name, coalesce(a.name, a.domain), t.ask_kind, t.effort,
    t.tapped_at, t.tapped_by, t.outcome, t.outcome_at, t.rating, t.note, t.over_cap, t.overridden, t.override_reason,
    t.imported, t.request_id, r.introduced,
    EXISTS (SELECT 1 FROM accounts x WHERE x.name_key = r.introduced_key OR (r.domain IS NOT NULL AND x.domain = r.domain)),
    (SELECT o.note FROM tap_outcomes o WHERE o.tap_id = t.id ORDER BY o.outcome_at DESC, o.id DESC LIMIT 1)
    FROM taps t JOIN people p ON p.id = t.person_id LEFT JOIN accounts a ON a.id = t.account_id
    LEFT JOIN referrals r ON r.tap_id = t.id";

fn read(row: &Row<'_>) -> rusqlite::Result<TapRow> {
    Ok(TapRow {
        id: TapId(row.get(0)?),
        person: PersonId(row.get(1)?),
        email: row.get(2)?,
        name: row.get(3)?,
        account: row.get(4)?,
        kind: parsed(row, 5)?,
        effort: parsed(row, 6)?,
        at: Timestamp(row.get(7)?),
        by: row.get(8)?,
        outcome: parsed(row, 9)?,
        outcome_at: Timestamp(row.get(10)?),
        rating: row.get(11)?,
        note: row.get(12)?,
        over_cap: row.get(13)?,
        overridden: row.get(14)?,
        override_reason: row.get(15)?,
        imported: row.get(16)?,
        request: row.get::<_, Option<i64>>(17)?.map(RequestId),
        introduced: row.get(18)?,
        loop_closed: row.get(19)?,
        outcome_note: row.get(20)?,
    })
}

impl Tx<'_> {
    /// One tap.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn tap(&self, id: TapId) -> Result<Option<TapRow>> {
        self.first(&format!("{SELECT} WHERE t.id = ?1"), [id.0], read)
    }

    /// Taps, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn taps(&self, filter: &TapFilter) -> Result<Vec<TapRow>> {
        let person = asked_for(filter.person, "?1", "t.person_id = ?1");
        let request = asked_for(filter.request, "?6", "t.request_id = ?6");
        let sql = format!(
            "{SELECT} WHERE {person} AND {request} AND (?2 IS NULL OR t.outcome = ?2)
                 AND (?3 IS NULL OR t.ask_kind = ?3) AND (?4 IS NULL OR t.tapped_at >= ?4)
             ORDER BY t.tapped_at DESC, t.id DESC LIMIT ?5"
        );
        let params = params![
            filter.person.map(|id| id.0),
            filter.outcome.map(Outcome::name),
            filter.kind.map(AskKind::name),
            filter.since.map(|at| at.0),
            filter.limit.map_or(-1, i64::from),
            filter.request.map(|id| id.0),
        ];
        self.rows(&sql, params, read)
    }

    /// What became of a tap, oldest first; an outcome that was said again counts once.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn outcomes_of(&self, tap: TapId) -> Result<Vec<(Outcome, Timestamp)>> {
        let mut outcomes = self.rows(
            "SELECT outcome, outcome_at FROM tap_outcomes WHERE tap_id = ?1 ORDER BY outcome_at, id",
            [tap.0],
            |row| Ok((parsed(row, 0)?, Timestamp(row.get(1)?))),
        )?;
        outcomes.dedup_by_key(|(outcome, _)| *outcome);
        Ok(outcomes)
    }

    /// Taps of a person whose outcome is not settled.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn open_taps_of(&self, person: PersonId) -> Result<Vec<TapId>> {
        let taps = self.taps(&TapFilter {
            person: Some(person),
            ..TapFilter::default()
        })?;
        Ok(taps
            .into_iter()
            .filter(|tap| tap.outcome.is_open())
            .map(|tap| tap.id)
            .collect())
    }
}

impl Writing<'_> {
    /// Records a tap as pending and keeps the person's `last_tapped_at` beside it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_tap(&self, new: &NewTap<'_>) -> Result<TapId> {
        let id = TapId(self.next_id("taps")?);
        let (overridden, reason) = new.overridden.unzip();
        self.execute(
            "INSERT INTO taps (id, person_id, account_id, ask_kind, effort, tapped_at, tapped_by, note, over_cap,
                 overridden, override_reason, imported, outcome, outcome_at, counts, operation_id,
                 request_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?6, ?14, ?15, ?16)",
            params![
                id.0,
                new.person.0,
                new.account.map(|account| account.0),
                new.kind.name(),
                new.effort.name(),
                new.at.0,
                new.by,
                new.note,
                new.over_cap,
                overridden,
                reason,
                new.imported,
                Outcome::Pending.name(),
                Outcome::Pending.counts(),
                self.operation.0,
                new.request.map(|id| id.0),
            ],
        )?;
        self.refresh_last_tapped(new.person)?;
        Ok(id)
    }

    /// Records an outcome and keeps what depends on it beside the tap and its person.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_outcome(&self, person: PersonId, new: &NewOutcome<'_>) -> Result<()> {
        self.execute(
            "INSERT INTO tap_outcomes (tap_id, outcome, counts, rating, note, outcome_at, operation_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                new.tap.0,
                new.outcome.name(),
                new.outcome.counts(),
                new.rating.map(Rating::get),
                new.note,
                new.at.0,
                self.operation.0,
            ],
        )?;
        self.execute(
            "UPDATE taps SET (outcome, outcome_at, counts, rating) =
                 (SELECT outcome, outcome_at, counts, rating FROM tap_outcomes WHERE tap_id = ?1
                  ORDER BY outcome_at DESC, id DESC LIMIT 1)
             WHERE id = ?1",
            [new.tap.0],
        )?;
        self.refresh_last_tapped(person)
    }

    /// Marks a tap as over a cap.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn mark_over_cap(&self, tap: TapId) -> Result<()> {
        self.execute("UPDATE taps SET over_cap = 1 WHERE id = ?1", [tap.0])?;
        Ok(())
    }

    /// Keeps the newest tap that counts beside the person.
    pub(super) fn refresh_last_tapped(&self, person: PersonId) -> Result<()> {
        self.execute(
            "UPDATE people SET last_tapped_at =
                 (SELECT max(tapped_at) FROM taps WHERE person_id = ?1 AND counts = 1)
             WHERE id = ?1",
            [person.0],
        )?;
        Ok(())
    }
}
