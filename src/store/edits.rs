//! How accounts and people were described before an instant: the rows hold today's words, the edits the earlier ones.

use crate::domain::calendar::Timestamp;
use crate::domain::describing::{AccountField, PersonField};

/// The view of accounts as they were described before `until`. The key of the name stays today's: it only finds the
/// account that a referral means.
pub(super) fn accounts(until: Timestamp) -> String {
    let fields = AccountField::ALL.iter().map(|field| {
        let word = described("account", "a", field.name(), until);
        match field {
            AccountField::Escalated => {
                format!("CAST(coalesce({word}, '0') AS INTEGER) AS escalated")
            }
            field => format!("{word} AS {}", column(field.name())),
        }
    });
    let fields: Vec<String> = fields.collect();
    format!(
        "CREATE TEMP VIEW accounts AS SELECT id, name_key, {}, operation_id FROM main.accounts a;",
        fields.join(", ")
    )
}

/// The columns that describe a person `p`, as they were before `until`.
pub(super) fn person_columns(until: Timestamp) -> String {
    let fields = PersonField::ALL.iter().map(|field| {
        let word = described("person", "p", field.name(), until);
        format!("{word} AS {}", column(field.name()))
    });
    fields.collect::<Vec<_>>().join(", ")
}

fn column(field: &str) -> String {
    field.replace('-', "_")
}

/// The word that the first change since then replaced, or today's where there is none. The first word of all is no
/// change: it was true before somebody typed it, so a history that is imported late is described from its beginning.
fn described(entity: &str, row: &str, field: &str, until: Timestamp) -> String {
    let since = format!(
        "FROM main.edits e WHERE e.entity = '{entity}' AND e.entity_id = {row}.id AND e.field = '{field}'
             AND e.old IS NOT NULL AND e.edited_at >= {}",
        until.0
    );
    format!(
        "CASE WHEN EXISTS (SELECT 1 {since}) THEN (SELECT e.old {since} ORDER BY e.edited_at, e.id LIMIT 1)
         ELSE {row}.{} END",
        column(field)
    )
}
