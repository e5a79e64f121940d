//! Rows that keep what the facts say, as they were at an instant: copies of today's, in which whatever has happened since
//! is taken back. They are made when an instant is first asked about, and stay beside those of other instants: people are
//! copied from the next later one that is there, so that of each change is asked once, where the latest comes first.

use rusqlite::Connection;

use super::Result;
use super::edits::{self, column};
use crate::domain::calendar::Timestamp;
use crate::domain::describing::{AccountField, PersonField};

/// The instant before which the views look.
pub(super) const UNTIL: &str = "(SELECT until FROM temp.moment)";

/// The instant after it from whose rows those of people are made: all that happened since is taken back there. Where
/// there is none, it is the end of time, whose rows are today's.
const NEXT: &str = "(SELECT next FROM temp.instants WHERE until = (SELECT until FROM temp.moment))";

/// The end of time.
const NEVER: Timestamp = Timestamp(i64::MAX);

/// From when an outcome counts: its own day, or the moment in which it was said again with other words.
pub(super) const SAID_AT: &str = "coalesce(said_at, outcome_at)";

/// The tables that hold them, for any number of instants. Accounts and people are there whole; of answers and taps,
/// there are so many that only those are which were otherwise. The types are those of the tables: values of another type
/// are not looked up in an index. Later instants come first, for they are mostly asked about first: the rows of the next one
/// are then added at the end.
const TABLES: &str = "
    CREATE TEMP TABLE accounts_then (
        until INTEGER, id INTEGER, name TEXT, name_key TEXT, domain TEXT, crm_id TEXT, industry TEXT, segment TEXT,
        region TEXT, country TEXT, owner TEXT, renewal_on TEXT, health TEXT, escalated INTEGER, customer_since TEXT,
        phone TEXT, merged_into INTEGER, operation_id INTEGER, PRIMARY KEY (until DESC, id)) WITHOUT ROWID;
    CREATE INDEX temp.accounts_then_name ON accounts_then (until DESC, name_key);
    CREATE INDEX temp.accounts_then_domain ON accounts_then (until DESC, domain);
    CREATE TEMP TABLE people_then (
        until INTEGER, id INTEGER, email_key TEXT, email TEXT, crm_id TEXT, account_id INTEGER, name TEXT, title TEXT,
        persona TEXT, language TEXT, owner TEXT, phone TEXT, stage TEXT, stage_until TEXT, latest_score INTEGER,
        latest_response_at INTEGER, last_tapped_at INTEGER, verified_at INTEGER, operation_id INTEGER,
        merged_into INTEGER, PRIMARY KEY (until DESC, id)) WITHOUT ROWID;
    CREATE INDEX temp.people_then_account ON people_then (until DESC, account_id);
    CREATE INDEX temp.people_then_merged ON people_then (until DESC, merged_into) WHERE merged_into IS NOT NULL;
    CREATE TEMP TABLE responses_then (
        until INTEGER, id INTEGER, score INTEGER, comment TEXT, PRIMARY KEY (until DESC, id)) WITHOUT ROWID;
    CREATE TEMP TABLE taps_then (
        until INTEGER, id INTEGER, outcome TEXT, outcome_at INTEGER, counts INTEGER, rating INTEGER,
        prospect_rating INTEGER, PRIMARY KEY (until DESC, id)) WITHOUT ROWID;
    CREATE TEMP TABLE instants (until INTEGER PRIMARY KEY, next INTEGER NOT NULL);";

/// How many rows are alike in the columns of each index: without that, SQLite takes an instant to be as rare as an id.
/// They are said here and not counted, so that the plans do not depend on what is in the file.
const STATISTICS: &str = "
    ANALYZE temp;
    DELETE FROM temp.sqlite_stat1;
    INSERT INTO temp.sqlite_stat1 VALUES
        ('accounts_then', 'accounts_then', '100000 10000 1'),
        ('accounts_then', 'accounts_then_name', '100000 10000 2'),
        ('accounts_then', 'accounts_then_domain', '100000 10000 2'),
        ('people_then', 'people_then', '100000 10000 1'),
        ('people_then', 'people_then_account', '100000 10000 8'),
        ('people_then', 'people_then_merged', '1000 100 2'),
        ('responses_then', 'responses_then', '10000 1000 1'),
        ('taps_then', 'taps_then', '100000 10000 1');
    ANALYZE temp.sqlite_schema;";

/// The views of the rows as they were.
pub(super) fn views() -> [(&'static str, String); 4] {
    let whole = |table, columns: &[&str], fields: &[String]| {
        let fields = fields.join(", ");
        let columns = columns.join(", ");
        format!(
            "SELECT id, {columns}, {fields}, operation_id FROM temp.{table} WHERE until = {UNTIL}"
        )
    };
    let accounts: Vec<String> = AccountField::ALL.map(|field| column(field.name())).into();
    let people: Vec<String> = PersonField::ALL.map(|field| column(field.name())).into();
    [
        (
            "accounts",
            whole("accounts_then", &["name_key", "merged_into"], &accounts),
        ),
        ("people", whole("people_then", OF_PEOPLE, &people)),
        ("responses", responses()),
        ("taps", taps()),
    ]
}

/// The columns of people that do not describe them.
const OF_PEOPLE: &[&str] = &[
    "email_key",
    "email",
    "account_id",
    "stage",
    "stage_until",
    "latest_score",
    "latest_response_at",
    "last_tapped_at",
    "verified_at",
    "merged_into",
];

/// A column of a row that may have been otherwise.
fn otherwise(row: &str, column: &str) -> String {
    format!("CASE WHEN x.id IS NULL THEN {row}.{column} ELSE x.{column} END AS {column}")
}

fn responses() -> String {
    format!(
        "SELECT r.id, source_id, key, person_id, account_id, respondent, {}, {}, responded_at, updated_at, operation_id
         FROM main.responses r LEFT JOIN temp.responses_then x ON x.until = {UNTIL} AND x.id = r.id
         WHERE responded_at < {UNTIL}",
        otherwise("r", "score"),
        otherwise("r", "comment")
    )
}

fn taps() -> String {
    let kept = [
        "outcome",
        "outcome_at",
        "counts",
        "rating",
        "prospect_rating",
    ];
    let kept = kept.map(|column| otherwise("t", column));
    format!(
        "SELECT t.id, person_id, account_id, ask_kind, effort, tapped_at, tapped_by, note, over_cap, overridden,
             override_reason, imported, {}, operation_id, request_id
         FROM main.taps t LEFT JOIN temp.taps_then x ON x.until = {UNTIL} AND x.id = t.id
         WHERE tapped_at < {UNTIL}",
        kept.join(", ")
    )
}

/// Makes the tables, where that was not done.
pub(super) fn make(sql: &Connection) -> Result<()> {
    let made = "SELECT EXISTS (SELECT 1 FROM temp.sqlite_schema WHERE name = 'instants')";
    if !sql.query_row(made, [], |row| row.get(0))? {
        sql.execute_batch(TABLES)?;
        sql.execute_batch(STATISTICS)?;
    }
    Ok(())
}

/// Fills the tables for the instant at which the views look, where that was not done.
pub(super) fn fill(sql: &Connection, until: Timestamp) -> Result<()> {
    let is_new = "INSERT INTO temp.instants
                  SELECT ?1, coalesce(min(until), ?2) FROM temp.instants WHERE until > ?1 ON CONFLICT DO NOTHING";
    if sql.execute(is_new, [until, NEVER])? > 0 {
        let is_last = "SELECT next = ?2 FROM temp.instants WHERE until = ?1";
        let is_last = sql.query_row(is_last, [until, NEVER], |row| row.get(0))?;
        sql.execute_batch(&copied(is_last).join(";"))?;
        for change in changes() {
            sql.execute_batch(&change.taken_back())?;
        }
    }
    Ok(())
}

/// Whether a row was on record then.
pub(super) fn recorded(row: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM main.operations o WHERE o.id = {row}.operation_id AND o.at < {UNTIL})"
    )
}

/// Whether something happened since, as far as it is not taken back yet.
fn since(at: &str) -> String {
    format!("{at} >= {UNTIL} AND {at} < {NEXT}")
}

/// Puts into the tables what is there today, but for what is as easily said as it was.
fn copied(is_last: bool) -> [String; 4] {
    [
        accounts(),
        format!(
            "INSERT INTO temp.responses_then SELECT {UNTIL}, response_id, score, comment FROM main.response_edits e
             WHERE superseded_at >= {UNTIL} AND NOT EXISTS (
                 SELECT 1 FROM main.response_edits x WHERE x.response_id = e.response_id
                     AND x.superseded_at >= {UNTIL} AND (x.superseded_at, x.id) < (e.superseded_at, e.id))"
        ),
        format!(
            "INSERT INTO temp.taps_then SELECT {UNTIL}, t.id, {} FROM {}
             WHERE tapped_at < {UNTIL}
                 AND t.id IN (SELECT id FROM temp.taps_then WHERE until = {NEXT}
                              UNION ALL SELECT tap_id FROM main.tap_outcomes WHERE {})",
            OUTCOME.map(|(_, said)| said).join(", "),
            outcomes(&format!("AND {SAID_AT} < {UNTIL}")),
            since(SAID_AT)
        ),
        people(&match is_last {
            true => "main.people p WHERE".to_owned(),
            false => format!("temp.people_then p WHERE until = {NEXT} AND"),
        }),
    ]
}

/// Accounts are described as they are today, and in states only where they were on record: what came with the account was
/// not known before the account was. The key of the name stays today's: it only finds the account that a referral means.
fn accounts() -> String {
    format!(
        "INSERT INTO temp.accounts_then
         SELECT {UNTIL}, a.id, name, name_key, domain, crm_id, industry, segment, region, country, owner,
             CASE WHEN o.at < {UNTIL} THEN renewal_on END, CASE WHEN o.at < {UNTIL} THEN health END,
             CASE WHEN o.at < {UNTIL} THEN escalated ELSE 0 END, customer_since, phone, merged_into, a.operation_id
         FROM main.accounts a LEFT JOIN main.operations o ON o.id = a.operation_id"
    )
}

/// The facts that tell of somebody who came on record later, and when each happened: an imported history.
const TELLING: [(&str, &str); 10] = [
    ("responses", "responded_at"),
    ("taps", "tapped_at"),
    ("stage_changes", "changed_at"),
    ("willingness", "said_at"),
    ("signals", "happened_at"),
    ("nominations", "nominated_at"),
    ("touches", "touched_at"),
    ("gives", "given_at"),
    ("profile_words", "said_at"),
    ("notes", "noted_at"),
];

/// Those who were known then.
fn people(rows: &str) -> String {
    let told = TELLING.map(|(table, at)| {
        format!(
            "EXISTS (SELECT 1 FROM main.{table} x WHERE x.person_id = p.id AND x.{at} < {UNTIL})"
        )
    });
    format!(
        "INSERT INTO temp.people_then
         SELECT {UNTIL}, id, email_key, email, crm_id, account_id, name, title, persona, language, owner, phone, stage, stage_until,
             latest_score, latest_response_at, last_tapped_at, verified_at, operation_id, merged_into
         FROM {rows} ({} OR {})",
        recorded("p"),
        told.join(" OR ")
    )
}

/// What is kept beside a tap `t`, and what its newest outcome `o` says; without one it is pending.
pub(super) const OUTCOME: [(&str, &str); 5] = [
    ("outcome", "coalesce(o.outcome, 'pending')"),
    ("outcome_at", "coalesce(o.outcome_at, t.tapped_at)"),
    ("counts", "coalesce(o.counts, 1)"),
    ("rating", "o.rating"),
    ("prospect_rating", "o.prospect_rating"),
];

/// Each tap `t` with the newest of those outcomes `o` for which a condition on `x` holds.
pub(super) fn outcomes(which: &str) -> String {
    format!(
        "main.taps t LEFT JOIN main.tap_outcomes o ON o.id = (
             SELECT x.id FROM main.tap_outcomes x WHERE x.tap_id = t.id {which}
             ORDER BY x.outcome_at DESC, x.id DESC LIMIT 1)"
    )
}

/// What is kept beside a person `x`: the columns, and the query of the facts that says them.
pub(super) const KEPT: [(&[&str], &str); 4] = [
    (
        &["stage", "stage_until"],
        "SELECT s.stage AS stage, s.until_on AS stage_until FROM stage_changes s WHERE s.person_id = x.id
         ORDER BY s.changed_at DESC, s.id DESC LIMIT 1",
    ),
    (
        &["latest_score", "latest_response_at"],
        "SELECT r.score AS latest_score, r.responded_at AS latest_response_at FROM responses r WHERE r.person_id = x.id
         ORDER BY r.responded_at DESC, r.id DESC LIMIT 1",
    ),
    (
        &["last_tapped_at"],
        "SELECT t.tapped_at AS last_tapped_at FROM taps t WHERE t.person_id = x.id AND t.counts = 1
         ORDER BY t.tapped_at DESC LIMIT 1",
    ),
    (
        &["verified_at"],
        "SELECT max(v.verified_at) AS verified_at FROM verifications v WHERE v.person_id = x.id",
    ),
];

/// What facts of one kind changed.
struct Change {
    table: &'static str,
    columns: String,
    /// What stood in these columns of a row `x`, as a query.
    then: String,
    /// The rows that were changed since, as a query.
    since: String,
}

impl Change {
    fn taken_back(&self) -> String {
        let Self {
            table,
            columns,
            then,
            since,
        } = self;
        format!(
            "UPDATE temp.{table} AS x SET ({columns}) = ({then}) WHERE x.until = {UNTIL} AND x.id IN ({since})"
        )
    }
}

/// Every kind of change.
fn changes() -> Vec<Change> {
    let whose =
        |table: &str, at: &str| format!("SELECT person_id FROM main.{table} WHERE {}", since(at));
    // In the order of what is kept. What was otherwise then counts as well.
    let facts = [
        whose("stage_changes", "changed_at"),
        format!(
            "{} UNION ALL SELECT r.person_id FROM main.response_edits e CROSS JOIN main.responses r ON r.id = e.response_id
             WHERE {}",
            whose("responses", "responded_at"),
            since("superseded_at")
        ),
        format!(
            "{} UNION ALL SELECT m.person_id FROM temp.taps_then t CROSS JOIN main.taps m ON m.id = t.id
             LEFT JOIN temp.taps_then n ON n.until = {NEXT} AND n.id = t.id
             WHERE t.until = {UNTIL} AND t.counts <> coalesce(n.counts, m.counts)",
            whose("taps", "tapped_at")
        ),
        whose("verifications", "verified_at"),
    ];
    let kept = KEPT
        .iter()
        .zip(facts)
        .map(|((columns, said), since)| Change {
            table: "people_then",
            columns: columns.join(", "),
            then: (*said).to_owned(),
            since,
        });
    let moved = Change {
        table: "people_then",
        columns: "account_id".to_owned(),
        then: format!(
            "SELECT m.from_account_id FROM main.account_moves m
             WHERE m.person_id = x.id AND m.moved_at >= {UNTIL} ORDER BY m.moved_at, m.id LIMIT 1"
        ),
        since: whose("account_moves", "moved_at"),
    };
    let described =
        PersonField::ALL.map(|field| edited("people_then", edits::PERSON, field.name(), DESCRIBED));
    let accounts = AccountField::ALL.map(|field| {
        let counts = match field {
            AccountField::Escalated | AccountField::Health | AccountField::RenewalOn => STATE,
            _ => DESCRIBED,
        };
        edited("accounts_then", edits::ACCOUNT, field.name(), counts)
    });
    let changes = kept.chain([moved]).chain(described).chain(accounts);
    changes.collect()
}

/// Of a describing field, the first word of all is no change: it was true before somebody typed it, so a history that is
/// imported late is described from its beginning.
const DESCRIBED: &str = "e.old IS NOT NULL";

/// Of a state, nothing is a word as well.
const STATE: &str = "1";

/// The word that the first change since then replaced.
fn edited(table: &'static str, entity: &str, field: &str, counts: &str) -> Change {
    let edits = format!(
        "main.edits e WHERE e.entity = '{entity}' AND e.field = '{field}' AND {counts} AND e.edited_at >= {UNTIL}"
    );
    let old = match column(field).as_str() {
        "escalated" => "CAST(coalesce(e.old, '0') AS INTEGER)",
        _ => "e.old",
    };
    Change {
        table,
        columns: column(field),
        then: format!(
            "SELECT {old} FROM {edits} AND e.entity_id = x.id ORDER BY e.edited_at, e.id LIMIT 1"
        ),
        since: format!("SELECT e.entity_id FROM {edits}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::tap::Outcome;

    #[test]
    fn a_tap_without_an_outcome_is_pending() {
        let said = OUTCOME.map(|(_, said)| said);
        let (outcome, counts) = (Outcome::Pending, u8::from(Outcome::Pending.counts()));
        assert_eq!(said[0], format!("coalesce(o.outcome, '{outcome}')"));
        assert_eq!(said[2], format!("coalesce(o.counts, {counts})"));
    }
}
