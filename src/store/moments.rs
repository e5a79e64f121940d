//! Positive moments, gathered from the tables whose rows are one. What counts as one is said here and nowhere else; but
//! an import of surveys counts the promoters' scores of those whom it adds itself.

use super::{Result, Tx};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::PersonId;
use crate::domain::nomination::Decision;
use crate::domain::score::Score;
use crate::domain::signal::{Noticed, SignalKind};
use crate::domain::tap::Outcome;

/// The tables that whoever gathers facts reads for more than their moments: see [`is_moment`].
const READ: [&str; 2] = ["taps", "willingness"];

/// How a row `m` is of the person `p`: their own, or their account's.
const OWN: &str = "m.person_id = p.id";
const OF_ACCOUNT: &str = "m.account_id = p.account_id";

/// A table whose rows are positive moments: whose they are, when they happened, and which of them count.
struct Source {
    table: &'static str,
    of: &'static str,
    happened_at: &'static str,
    condition: String,
}

/// Every source: a promoter's score, a confirmation of willingness, a completed ask, a signal about the person or their
/// account, a nomination that was not declined. One confirmation is one moment, for however many kinds of ask it was.
fn sources() -> [Source; 6] {
    let (promoter, completed) = (Score::PROMOTER_FROM, Outcome::Completed);
    // By id first: the index holds it, and hardly anybody has an earlier one to look up.
    let first_of_a_confirmation = "m.willing = 1 AND NOT EXISTS (
        SELECT 1 FROM willingness x
        WHERE x.person_id = m.person_id AND x.id < m.id AND x.willing = 1 AND x.operation_id = m.operation_id)";
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
        source("taps", "outcome_at", format!("m.outcome = '{completed}'")),
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
    let declined = Decision::Declined;
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

/// Whether a row `m` of a table is a positive moment of the person whose it is.
pub(super) fn is_moment(table: &str) -> String {
    let of_table = |source: &Source| source.table == table && source.of == OWN;
    let conditions = sources()
        .into_iter()
        .filter(of_table)
        .map(|source| source.condition);
    conditions.collect::<Vec<_>>().join(" OR ")
}

/// Place and instant of each positive moment but asks and words about willingness, of the people whose ids are listed in
/// `?1`. SQLite does not carry a join into a view of several arms, so the arms are written out.
pub(super) fn beside_those_read() -> String {
    listed(OWN, "m.person_id")
}

/// Place and instant of each positive moment of the accounts whose ids are listed in `?1`.
pub(super) fn of_accounts() -> String {
    listed(OF_ACCOUNT, "m.account_id")
}

fn listed(whose: &str, id: &str) -> String {
    let asked = |source: &Source| !READ.contains(&source.table) && source.of == whose;
    let arms: Vec<String> = sources()
        .into_iter()
        .filter(asked)
        .map(
            |Source {
                 table,
                 happened_at,
                 condition,
                 ..
             }| {
                format!(
                    "SELECT j.key AS place, m.{happened_at} AS happened_at
                 FROM json_each(?1) j CROSS JOIN {table} m ON {id} = j.value WHERE {condition}"
                )
            },
        )
        .collect();
    arms.join(" UNION ALL ")
}

impl Tx<'_> {
    /// The latest signal or nomination among the positive moments of a person.
    pub(crate) fn noticed(&self, id: PersonId) -> Result<Option<(Noticed, Timestamp)>> {
        let not_declined = not_declined();
        let sql = format!(
            "SELECT NULL AS kind, m.nominated_at AS at FROM nominations m WHERE m.person_id = ?1 AND {not_declined}
             UNION ALL SELECT m.kind, m.happened_at FROM signals m WHERE m.person_id = ?1
             UNION ALL SELECT m.kind, m.happened_at FROM people p JOIN signals m ON {OF_ACCOUNT} WHERE p.id = ?1
             ORDER BY 2 DESC, 1 LIMIT 1"
        );
        self.first(&sql, [id], |row| {
            let signal: Option<SignalKind> = row.get("kind")?;
            let what = signal.map_or(Noticed::Nomination, Noticed::Signal);
            Ok((what, row.get("at")?))
        })
    }
}
