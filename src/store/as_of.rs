//! The past. To answer as of an earlier day, the fact tables are shadowed by temporary views of the same names that
//! leave out everything dated later and show what the rows kept beside them then ([`then`]). Every query then speaks of
//! the past without knowing it. The views read their instant from a table of one row, so that another day is one change
//! of it.

use rusqlite::Connection;

use super::then::{self, SAID_AT, UNTIL, recorded};
use super::{Result, assets};
use crate::domain::calendar::Timestamp;

/// The tables whose rows are facts that are never changed, and when each of them happened.
const FACTS: [(&str, &str); 24] = [
    ("operations", "at"),
    ("settings", "set_at"),
    ("stage_changes", "changed_at"),
    ("willingness", "said_at"),
    ("verifications", "verified_at"),
    ("tap_outcomes", SAID_AT),
    ("response_edits", "superseded_at"),
    ("requests", "opened_at"),
    ("request_events", "happened_at"),
    ("referrals", "introduced_at"),
    ("asset_events", "happened_at"),
    ("asset_uses", "used_at"),
    ("signals", "happened_at"),
    ("nominations", "nominated_at"),
    ("nomination_decisions", "decided_at"),
    ("gives", "given_at"),
    ("touches", "touched_at"),
    ("tier_changes", "set_at"),
    ("account_moves", "moved_at"),
    ("agenda_answers", "answered_at"),
    ("account_statuses", "since_at"),
    ("profile_words", "said_at"),
    ("notes", "noted_at"),
    ("tags", "tagged_at"),
];

/// Answers from here on as of an instant, with whatever is dated then or later left out, or as of the present.
pub(super) fn look(sql: &Connection, until: Option<Timestamp>) -> Result<()> {
    let back = "SELECT EXISTS (SELECT 1 FROM temp.sqlite_schema WHERE name = 'moment')";
    let is_back: bool = sql.query_row(back, [], |row| row.get(0))?;
    match (until, is_back) {
        (None, false) => Ok(()),
        (None, true) => Ok(sql.execute_batch(&removed())?),
        (Some(until), is_back) => {
            if !is_back {
                then::make(sql)?;
                sql.execute_batch(&created())?;
            }
            sql.execute("UPDATE temp.moment SET until = ?1", [until])?;
            then::fill(sql, until)
        }
    }
}

/// The table comes last: where it is, every view is there.
fn created() -> String {
    let views = past().into_iter();
    let views = views.map(|(table, how)| format!("CREATE TEMP VIEW {table} AS {how};"));
    format!(
        "{} CREATE TEMP TABLE moment (until INTEGER NOT NULL); INSERT INTO temp.moment VALUES (0);",
        views.collect::<String>()
    )
}

fn removed() -> String {
    let views = past().into_iter();
    let views = views.map(|(table, _)| format!("DROP VIEW temp.{table};"));
    format!("{} DROP TABLE temp.moment;", views.collect::<String>())
}

/// Each dated table, and how it looked.
fn past() -> Vec<(&'static str, String)> {
    let facts = FACTS.iter().map(|(table, happened_at)| {
        let how = format!("SELECT * FROM main.{table} WHERE {happened_at} < {UNTIL}");
        (*table, how)
    });
    let derived = [
        ("account_traits", account_traits()),
        ("assets", assets()),
        ("holds", holds()),
        ("deals", deals()),
    ];
    facts.chain(then::views()).chain(derived).collect()
}

/// What an account uses describes it, and who competes with it is a state of the world.
fn account_traits() -> String {
    let recorded = recorded("t");
    format!("SELECT * FROM main.account_traits t WHERE t.trait <> 'competitor' OR {recorded}")
}

/// Assets with the words of then.
fn assets() -> String {
    let words = assets::WORDS.map(|column| {
        format!("CASE WHEN e.id IS NULL THEN s.{column} ELSE e.{column} END AS {column}")
    });
    format!(
        "SELECT s.id, s.tap_id, {}, s.operation_id FROM main.assets s
         LEFT JOIN main.asset_edits e ON e.id = (
             SELECT x.id FROM main.asset_edits x WHERE x.asset_id = s.id AND x.superseded_at >= {UNTIL}
             ORDER BY x.superseded_at, x.id LIMIT 1)",
        words.join(", ")
    )
}

fn holds() -> String {
    format!(
        "SELECT id, person_id, account_id, request_id, effort, placed_at, placed_by, lapses_at,
             CASE WHEN released_at < {UNTIL} THEN released_at END AS released_at, operation_id
         FROM main.holds WHERE placed_at < {UNTIL}"
    )
}

/// Deals that were on record then, with the words that were measured.
fn deals() -> String {
    let measured = [
        "amount_minor",
        "currency",
        "stage",
        "opened_on",
        "closed_on",
    ];
    let measured = measured.map(|column| {
        format!("CASE WHEN e.id IS NULL THEN d.{column} ELSE e.{column} END AS {column}")
    });
    format!(
        "SELECT d.id, crm_id, name, name_key, prospect, prospect_key, prospect_domain, {}, owner, industry,
             d.operation_id
         FROM main.deals d
         LEFT JOIN main.deal_edits e ON e.id = (
             SELECT x.id FROM main.deal_edits x WHERE x.deal_id = d.id AND x.superseded_at >= {UNTIL}
             ORDER BY x.superseded_at, x.id LIMIT 1)
         WHERE {}",
        measured.join(", "),
        recorded("d")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    /// Tables that are the same whatever the day that is asked about.
    const OF_ALL_TIME: [(&str, &str); 14] = [
        ("import_profiles", "how files are read, not what is in them"),
        ("edits", "what the views of accounts and people are made of"),
        ("deal_edits", "what the view of deals is made of"),
        ("asset_edits", "what the view of assets is made of"),
        (
            "sources",
            "only names, for responses that are dated themselves",
        ),
        ("merges", "who is one person is what is known today"),
        ("merged_facts", "as merges"),
        ("request_traits", "opened with their request"),
        ("corrections", "what is right now is right on every day"),
        ("row_images", "never read to answer of the past"),
        ("undos", "what was taken back never was, on any day"),
        ("forgotten", "a forgotten person is forgotten on every day"),
        ("forgotten_operations", "as forgotten"),
        ("forget_keys", "a key, not a fact"),
    ];

    #[test]
    fn every_dated_table_has_its_view() {
        let store = Store::in_memory().unwrap();
        let sql = "SELECT DISTINCT s.name FROM main.sqlite_schema s JOIN pragma_table_info(s.name) c
                   WHERE s.type = 'table' AND (c.name IN ('at', 'operation_id') OR substr(c.name, -3) = '_at')
                   ORDER BY s.name";
        let dated: Vec<String> = store.read(|tx| tx.values(sql, [])).unwrap();
        let mut known: Vec<&str> = past().iter().map(|(table, _)| *table).collect();
        known.extend(OF_ALL_TIME.map(|(table, _)| table));
        known.sort_unstable();
        assert_eq!(dated, known);
    }
}
