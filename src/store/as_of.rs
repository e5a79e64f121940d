//! The past, and the facts that are gathered from several tables.
//!
//! To answer as of an earlier day, the fact tables are shadowed by temporary views of the same names that leave out
//! everything dated later and derive again what the rows keep beside them. Every query then speaks of the past without
//! knowing it.

use rusqlite::Connection;

use super::{Result, edits};
use crate::domain::calendar::Timestamp;
use crate::domain::tap::Outcome;

/// How each table looked before the instant `:until`.
fn past(until: Timestamp) -> String {
    let accounts = edits::accounts(until);
    let described = edits::person_columns(until);
    let until = until.0;
    let pending = Outcome::Pending.name();
    format!(
        "
{accounts}
CREATE TEMP VIEW settings AS SELECT * FROM main.settings WHERE set_at < {until};
CREATE TEMP VIEW stage_changes AS SELECT * FROM main.stage_changes WHERE changed_at < {until};
CREATE TEMP VIEW willingness AS SELECT * FROM main.willingness WHERE said_at < {until};
CREATE TEMP VIEW verifications AS SELECT * FROM main.verifications WHERE verified_at < {until};
CREATE TEMP VIEW tap_outcomes AS SELECT * FROM main.tap_outcomes WHERE outcome_at < {until};
CREATE TEMP VIEW response_edits AS SELECT * FROM main.response_edits WHERE superseded_at < {until};
CREATE TEMP VIEW responses AS
SELECT id, source_id, key, person_id, account_id, respondent,
       coalesce((SELECT e.score FROM main.response_edits e
                 WHERE e.response_id = r.id AND e.superseded_at >= {until}
                 ORDER BY e.superseded_at, e.id LIMIT 1), score) AS score,
       CASE WHEN EXISTS (SELECT 1 FROM main.response_edits e
                         WHERE e.response_id = r.id AND e.superseded_at >= {until})
            THEN (SELECT e.comment FROM main.response_edits e
                  WHERE e.response_id = r.id AND e.superseded_at >= {until}
                  ORDER BY e.superseded_at, e.id LIMIT 1)
            ELSE comment END AS comment,
       responded_at, updated_at, operation_id
FROM main.responses r WHERE responded_at < {until};
CREATE TEMP VIEW taps AS
SELECT t.id, t.person_id, t.account_id, ask_kind, effort, tapped_at, tapped_by, t.note, over_cap, overridden,
       override_reason, imported, coalesce(o.outcome, '{pending}') AS outcome,
       coalesce(o.outcome_at, tapped_at) AS outcome_at, coalesce(o.counts, 1) AS counts, o.rating, t.operation_id, t.request_id
FROM main.taps t
LEFT JOIN main.tap_outcomes o ON o.id = (
    SELECT x.id FROM main.tap_outcomes x WHERE x.tap_id = t.id AND x.outcome_at < {until}
    ORDER BY x.outcome_at DESC, x.id DESC LIMIT 1)
WHERE tapped_at < {until};
CREATE TEMP VIEW requests AS SELECT * FROM main.requests WHERE opened_at < {until};
CREATE TEMP VIEW request_events AS SELECT * FROM main.request_events WHERE happened_at < {until};
CREATE TEMP VIEW holds AS
SELECT id, person_id, account_id, request_id, effort, placed_at, placed_by, lapses_at,
       CASE WHEN released_at < {until} THEN released_at END AS released_at, operation_id
FROM main.holds WHERE placed_at < {until};
CREATE TEMP VIEW referrals AS SELECT * FROM main.referrals WHERE introduced_at < {until};
CREATE TEMP VIEW asset_events AS SELECT * FROM main.asset_events WHERE happened_at < {until};
CREATE TEMP VIEW asset_uses AS SELECT * FROM main.asset_uses WHERE used_at < {until};
CREATE TEMP VIEW signals AS SELECT * FROM main.signals WHERE happened_at < {until};
CREATE TEMP VIEW nominations AS SELECT * FROM main.nominations WHERE nominated_at < {until};
CREATE TEMP VIEW nomination_decisions AS SELECT * FROM main.nomination_decisions WHERE decided_at < {until};
CREATE TEMP VIEW gives AS SELECT * FROM main.gives WHERE given_at < {until};
CREATE TEMP VIEW touches AS SELECT * FROM main.touches WHERE touched_at < {until};
CREATE TEMP VIEW tier_changes AS SELECT * FROM main.tier_changes WHERE set_at < {until};
CREATE TEMP VIEW account_moves AS SELECT * FROM main.account_moves WHERE moved_at < {until};
CREATE TEMP VIEW deals AS
SELECT d.id, crm_id, name, name_key, prospect, prospect_key, prospect_domain,
       CASE WHEN e.id IS NULL THEN d.amount_minor ELSE e.amount_minor END AS amount_minor,
       CASE WHEN e.id IS NULL THEN d.currency ELSE e.currency END AS currency,
       CASE WHEN e.id IS NULL THEN d.stage ELSE e.stage END AS stage,
       CASE WHEN e.id IS NULL THEN d.opened_on ELSE e.opened_on END AS opened_on,
       CASE WHEN e.id IS NULL THEN d.closed_on ELSE e.closed_on END AS closed_on,
       owner, industry, d.operation_id
FROM main.deals d
LEFT JOIN main.deal_edits e ON e.id = (
    SELECT x.id FROM main.deal_edits x WHERE x.deal_id = d.id AND x.superseded_at >= {until}
    ORDER BY x.superseded_at, x.id LIMIT 1)
WHERE EXISTS (SELECT 1 FROM main.operations o WHERE o.id = d.operation_id AND o.at < {until});
CREATE TEMP VIEW people AS
SELECT p.id, email_key, email, {described},
       CASE WHEN m.id IS NULL THEN p.account_id ELSE m.from_account_id END AS account_id,
       s.stage, s.until_on AS stage_until,
       r.score AS latest_score, r.responded_at AS latest_response_at,
       (SELECT max(t.tapped_at) FROM taps t WHERE t.person_id = p.id AND t.counts = 1) AS last_tapped_at,
       (SELECT max(v.verified_at) FROM verifications v WHERE v.person_id = p.id) AS verified_at,
       p.operation_id, p.merged_into
FROM main.people p
LEFT JOIN main.account_moves m ON m.id = (
    SELECT x.id FROM main.account_moves x WHERE x.person_id = p.id AND x.moved_at >= {until}
    ORDER BY x.moved_at, x.id LIMIT 1)
LEFT JOIN main.stage_changes s ON s.id = (
    SELECT x.id FROM main.stage_changes x WHERE x.person_id = p.id AND x.changed_at < {until}
    ORDER BY x.changed_at DESC, x.id DESC LIMIT 1)
LEFT JOIN responses r ON r.id = (
    SELECT x.id FROM main.responses x WHERE x.person_id = p.id AND x.responded_at < {until}
    ORDER BY x.responded_at DESC, x.id DESC LIMIT 1);
"
    )
}

/// Creates the view of positive moments; temporary, so that the file is never touched.
#[allow(
    clippy::disallowed_types,
    reason = "store/ is where SQLite is spoken to"
)]
pub(super) fn gather(sql: &Connection) -> Result<()> {
    sql.execute_batch(&super::moments::view())?;
    Ok(())
}

/// Shadows the fact tables with how they looked before `until`. At the end of time this derives the present, which is
/// what `advocate check` compares the kept values with.
#[allow(
    clippy::disallowed_types,
    reason = "store/ is where SQLite is spoken to"
)]
pub(super) fn shadow(sql: &Connection, until: Timestamp) -> Result<()> {
    sql.execute_batch("DROP VIEW temp.positive_moments;")?;
    sql.execute_batch(&past(until))?;
    gather(sql)
}
