//! Positive moments (`domain.md` §2), gathered from the tables whose rows are one.

use crate::domain::score::Score;
use crate::domain::tap::Outcome;

/// The table of asks, whose completed ones are positive moments.
const TAPS: &str = "taps";

/// A table whose rows are positive moments: when they happened, and which of them count.
pub(super) struct Source {
    table: &'static str,
    happened_at: &'static str,
    condition: String,
}

/// Every source: a promoter's score, a confirmation of willingness, a completed ask. One confirmation is one moment,
/// for however many kinds of ask it was.
fn sources() -> [Source; 3] {
    let promoter = Score::PROMOTER_FROM.get();
    let completed = Outcome::Completed.name();
    // By id first: the index holds it, and hardly anybody has an earlier one to look up.
    let first_of_a_confirmation = "m.willing = 1 AND NOT EXISTS (
        SELECT 1 FROM willingness x
        WHERE x.person_id = m.person_id AND x.id < m.id AND x.willing = 1 AND x.operation_id = m.operation_id)";
    [
        Source {
            table: "responses",
            happened_at: "responded_at",
            condition: format!("m.score >= {promoter}"),
        },
        Source {
            table: "willingness",
            happened_at: "said_at",
            condition: first_of_a_confirmation.to_owned(),
        },
        Source {
            table: TAPS,
            happened_at: "outcome_at",
            condition: format!("m.outcome = '{completed}'"),
        },
    ]
}

/// The temporary view of all of them.
pub(super) fn view() -> String {
    let arms = sources().map(|Source { table, happened_at, condition }| {
        format!("SELECT m.person_id, m.{happened_at} AS happened_at FROM {table} m WHERE {condition}")
    });
    format!(
        "CREATE TEMP VIEW positive_moments AS {};",
        arms.join(" UNION ALL ")
    )
}

/// Place and instant of each positive moment but completed asks, of the people whose ids are listed in `?1`: whoever
/// asks has read the taps already. SQLite does not carry a join into a view of several arms, so the arms are written
/// out.
pub(super) fn beside_taps() -> String {
    let beside_taps = sources().into_iter().filter(|source| source.table != TAPS);
    let arms: Vec<String> = beside_taps
        .map(
            |Source {
                 table,
                 happened_at,
                 condition,
             }| {
                format!(
                    "SELECT j.key, m.{happened_at} FROM json_each(?1) j CROSS JOIN {table} m ON m.person_id = j.value
                     WHERE {condition}"
                )
            },
        )
        .collect();
    arms.join(" UNION ALL ")
}
