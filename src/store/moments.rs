//! Positive moments (`domain.md` §2), gathered from the tables whose rows are one.

use super::{Result, Tx, parsed_opt};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::PersonId;
use crate::domain::nomination::Decision;
use crate::domain::score::Score;
use crate::domain::signal::Noticed;
use crate::domain::tap::Outcome;

/// The table of asks, whose completed ones are positive moments.
const TAPS: &str = "taps";

/// How a row `m` is of the person `p`: their own, or their account's.
const OWN: &str = "m.person_id = p.id";
const OF_ACCOUNT: &str = "m.account_id = p.account_id";

/// A table whose rows are positive moments: whose they are, when they happened, and which of them count.
pub(super) struct Source {
    table: &'static str,
    of: &'static str,
    happened_at: &'static str,
    condition: String,
}

/// Every source: a promoter's score, a confirmation of willingness, a completed ask, a signal about the person or their
/// account, a nomination that was not declined. One confirmation is one moment, for however many kinds of ask it was.
fn sources() -> [Source; 6] {
    let promoter = Score::PROMOTER_FROM.get();
    let completed = Outcome::Completed.name();
    let first_of_a_confirmation = "m.willing = 1 AND m.id = (
        SELECT min(x.id) FROM willingness x
        WHERE x.person_id = m.person_id AND x.operation_id = m.operation_id AND x.willing = 1)";
    let source = |table, happened_at, condition| Source {
        table,
        of: OWN,
        happened_at,
        condition,
    };
    [
        source(
            "responses",
            "responded_at",
            format!("m.score >= {promoter}"),
        ),
        source("willingness", "said_at", first_of_a_confirmation.to_owned()),
        source(TAPS, "outcome_at", format!("m.outcome = '{completed}'")),
        source("signals", "happened_at", "1".to_owned()),
        Source {
            of: OF_ACCOUNT,
            ..source("signals", "happened_at", "1".to_owned())
        },
        source("nominations", "nominated_at", not_declined()),
    ]
}

/// Whether the last word about a nomination `m` is not a no.
fn not_declined() -> String {
    let declined = Decision::Declined.name();
    format!(
        "coalesce((SELECT d.decision FROM nomination_decisions d WHERE d.nomination_id = m.id
                   ORDER BY d.decided_at DESC, d.id DESC LIMIT 1), '') <> '{declined}'"
    )
}

/// The temporary view of all of them.
pub(super) fn view() -> String {
    let arms = sources().map(|Source { table, of, happened_at, condition }| {
        let (person, join) = match of {
            OWN => ("m.person_id", String::new()),
            of => ("p.id", format!(" JOIN people p ON {of}")),
        };
        format!("SELECT {person} AS person_id, m.{happened_at} AS happened_at FROM {table} m{join} WHERE {condition}")
    });
    format!(
        "CREATE TEMP VIEW positive_moments AS {};",
        arms.join(" UNION ALL ")
    )
}

/// Person and instant of each positive moment but completed asks, of the people that `join` and `filter` name as `p`:
/// whoever asks has read the taps already. SQLite does not carry a join into a view of several arms, so the arms are
/// written out.
pub(super) fn joined(join: &str, filter: &str) -> String {
    let beside_taps = sources().into_iter().filter(|source| source.table != TAPS);
    let arms: Vec<String> = beside_taps
        .map(
            |Source {
                 table,
                 of,
                 happened_at,
                 condition,
             }| {
                format!(
                    "SELECT p.id, m.{happened_at} FROM {join} CROSS JOIN {table} m ON {of}
             WHERE {filter} AND {condition}"
                )
            },
        )
        .collect();
    arms.join(" UNION ALL ")
}

impl Tx<'_> {
    /// The latest signal or nomination among the positive moments of a person.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn noticed(&self, id: PersonId) -> Result<Option<(Noticed, Timestamp)>> {
        let not_declined = not_declined();
        let sql = format!(
            "SELECT NULL AS kind, m.nominated_at AS at FROM nominations m WHERE m.person_id = ?1 AND {not_declined}
             UNION ALL SELECT m.kind, m.happened_at FROM signals m WHERE m.person_id = ?1
             UNION ALL SELECT m.kind, m.happened_at FROM people p JOIN signals m ON {OF_ACCOUNT} WHERE p.id = ?1
             ORDER BY 2 DESC, 1 LIMIT 1"
        );
        self.first(&sql, [id.0], |row| {
            let signal = parsed_opt(row, 0)?.map(Noticed::Signal);
            Ok((
                signal.unwrap_or(Noticed::Nomination),
                Timestamp(row.get(1)?),
            ))
        })
    }
}
