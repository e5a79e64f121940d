//! The past. To answer as of an earlier day, the fact tables are shadowed by temporary views of the same names that
//! leave out everything dated later and derive again what the rows keep beside them. Every query then speaks of the past
//! without knowing it. The views read their instant from a table of one row, so that another day is one change of it.

use rusqlite::Connection;

use super::edits::{self, column};
use super::{Result, assets};
use crate::domain::calendar::Timestamp;
use crate::domain::describing::{AccountField, PersonField};
use crate::domain::tap::Outcome;

/// The instant before which the views look.
const UNTIL: &str = "(SELECT until FROM temp.moment)";

/// From when an outcome counts: its own day, or the moment in which it was said again with other words.
const SAID_AT: &str = "coalesce(said_at, outcome_at)";

/// The tables whose rows are facts that are never changed, and when each of them happened.
const FACTS: [(&str, &str); 22] = [
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
];

/// Answers from here on as of an instant, with whatever is dated then or later left out, or as of the present. At the
/// end of time the views derive the present, which is what `advocate check` compares the kept values with.
pub(super) fn look(sql: &Connection, until: Option<Timestamp>) -> Result<()> {
    let back = "SELECT EXISTS (SELECT 1 FROM temp.sqlite_schema WHERE name = 'moment')";
    let is_back: bool = sql.query_row(back, [], |row| row.get(0))?;
    match (until, is_back) {
        (None, false) => Ok(()),
        (None, true) => Ok(sql.execute_batch(&removed())?),
        (Some(until), is_back) => {
            if !is_back {
                sql.execute_batch(&created())?;
            }
            sql.execute("UPDATE temp.moment SET until = ?1", [until])?;
            Ok(())
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
        ("accounts", accounts()),
        ("account_traits", account_traits()),
        ("assets", assets()),
        ("responses", responses()),
        ("taps", taps()),
        ("holds", holds()),
        ("deals", deals()),
        ("people", people()),
    ];
    facts.chain(derived).collect()
}

/// Accounts as they were described, and in the states that were on record. The key of the name stays today's: it only
/// finds the account that a referral means.
fn accounts() -> String {
    let fields = AccountField::ALL.iter().map(|field| match field {
        AccountField::Escalated => {
            let word = state("escalated");
            format!("CAST(coalesce({word}, '0') AS INTEGER) AS escalated")
        }
        AccountField::Health | AccountField::RenewalOn => {
            let column = column(field.name());
            format!("{} AS {column}", state(field.name()))
        }
        field => {
            let word = described(edits::ACCOUNT, "a", field.name());
            format!("{word} AS {}", column(field.name()))
        }
    });
    let fields: Vec<String> = fields.collect();
    format!(
        "SELECT id, name_key, {}, operation_id FROM main.accounts a",
        fields.join(", ")
    )
}

/// A state of an account `a`: what the first change since then replaced, nothing included, or today's where there is none.
/// What came with the account was not known before the account was.
fn state(field: &str) -> String {
    let since = format!(
        "FROM main.edits e WHERE e.entity = '{}' AND e.entity_id = a.id AND e.field = '{field}'
             AND e.edited_at >= {UNTIL}",
        edits::ACCOUNT
    );
    let now = format!("CASE WHEN {} THEN a.{} END", recorded("a"), column(field));
    earlier("e.old", &since, "e.edited_at, e.id", &now)
}

/// Whether a row was on record then.
fn recorded(row: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM main.operations o WHERE o.id = {row}.operation_id AND o.at < {UNTIL})"
    )
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

/// The word that the first change since then replaced, or today's where there is none. The first word of all is no
/// change: it was true before somebody typed it, so a history that is imported late is described from its beginning.
fn described(entity: &str, row: &str, field: &str) -> String {
    let since = format!(
        "FROM main.edits e WHERE e.entity = '{entity}' AND e.entity_id = {row}.id AND e.field = '{field}'
             AND e.old IS NOT NULL AND e.edited_at >= {UNTIL}"
    );
    let now = format!("{row}.{}", column(field));
    earlier("e.old", &since, "e.edited_at, e.id", &now)
}

/// What the first row since then replaced, or what stands there now where there is none.
fn earlier(replaced: &str, since: &str, order: &str, now: &str) -> String {
    format!(
        "CASE WHEN EXISTS (SELECT 1 {since}) THEN (SELECT {replaced} {since} ORDER BY {order} LIMIT 1)
         ELSE {now} END"
    )
}

fn responses() -> String {
    let since = format!(
        "FROM main.response_edits e WHERE e.response_id = r.id AND e.superseded_at >= {UNTIL}"
    );
    let earlier = |column| {
        let (replaced, now) = (format!("e.{column}"), format!("r.{column}"));
        earlier(&replaced, &since, "e.superseded_at, e.id", &now)
    };
    format!(
        "SELECT id, source_id, key, person_id, account_id, respondent, {} AS score, {} AS comment, responded_at,
             updated_at, operation_id
         FROM main.responses r WHERE responded_at < {UNTIL}",
        earlier("score"),
        earlier("comment")
    )
}

fn taps() -> String {
    let pending = Outcome::Pending;
    format!(
        "SELECT t.id, t.person_id, t.account_id, ask_kind, effort, tapped_at, tapped_by, t.note, over_cap, overridden,
             override_reason, imported, coalesce(o.outcome, '{pending}') AS outcome,
             coalesce(o.outcome_at, tapped_at) AS outcome_at, coalesce(o.counts, {}) AS counts, o.rating, o.prospect_rating,
             t.operation_id, t.request_id
         FROM main.taps t
         LEFT JOIN main.tap_outcomes o ON o.id = (
             SELECT x.id FROM main.tap_outcomes x WHERE x.tap_id = t.id AND {SAID_AT} < {UNTIL}
             ORDER BY x.outcome_at DESC, x.id DESC LIMIT 1)
         WHERE tapped_at < {UNTIL}",
        pending.counts()
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

/// The facts that tell of somebody who came on record later, and when each happened: an imported history.
const TELLING: [(&str, &str); 9] = [
    ("responses", "responded_at"),
    ("taps", "tapped_at"),
    ("stage_changes", "changed_at"),
    ("willingness", "said_at"),
    ("signals", "happened_at"),
    ("nominations", "nominated_at"),
    ("touches", "touched_at"),
    ("gives", "given_at"),
    ("profile_words", "said_at"),
];

/// Those who were known then, as they were described, where they were, and what is kept beside their facts.
fn people() -> String {
    let told = TELLING.map(|(table, at)| {
        format!(
            "EXISTS (SELECT 1 FROM main.{table} x WHERE x.person_id = p.id AND x.{at} < {UNTIL})"
        )
    });
    let fields = PersonField::ALL.iter().map(|field| {
        let word = described(edits::PERSON, "p", field.name());
        format!("{word} AS {}", column(field.name()))
    });
    format!(
        "SELECT p.id, email_key, email, {},
             CASE WHEN m.id IS NULL THEN p.account_id ELSE m.from_account_id END AS account_id,
             s.stage, s.until_on AS stage_until, r.score AS latest_score, r.responded_at AS latest_response_at,
             (SELECT max(t.tapped_at) FROM taps t WHERE t.person_id = p.id AND t.counts = 1) AS last_tapped_at,
             (SELECT max(v.verified_at) FROM verifications v WHERE v.person_id = p.id) AS verified_at,
             p.operation_id, p.merged_into
         FROM main.people p
         LEFT JOIN main.account_moves m ON m.id = (
             SELECT x.id FROM main.account_moves x WHERE x.person_id = p.id AND x.moved_at >= {UNTIL}
             ORDER BY x.moved_at, x.id LIMIT 1)
         LEFT JOIN main.stage_changes s ON s.id = (
             SELECT x.id FROM main.stage_changes x WHERE x.person_id = p.id AND x.changed_at < {UNTIL}
             ORDER BY x.changed_at DESC, x.id DESC LIMIT 1)
         LEFT JOIN responses r ON r.id = (
             SELECT x.id FROM main.responses x WHERE x.person_id = p.id AND x.responded_at < {UNTIL}
             ORDER BY x.responded_at DESC, x.id DESC LIMIT 1)
         WHERE {} OR {}",
        fields.collect::<Vec<_>>().join(", "),
        recorded("p"),
        told.join(" OR ")
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
