//! Positive moments, gathered from the tables whose rows are one. What counts as one is said here and nowhere else; but
//! an import of surveys counts the promoters' scores of those whom it adds itself.

use super::{Result, Tx};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::PersonId;
use crate::domain::nomination::Decision;
use crate::domain::score::Score;
use crate::domain::signal::{Noticed, SignalKind};
use crate::domain::tap::Outcome;

/// The tables that whoever gathers facts reads for more than their moments.
const READ: [&str; 2] = ["taps", "willingness"];

/// Whether a word `m` about willingness is a positive moment. By id first: the index holds it, and hardly anybody has an
/// earlier one to look up.
pub(super) const FIRST_OF_A_CONFIRMATION: &str = "m.willing = 1 AND NOT EXISTS (
    SELECT 1 FROM willingness x
    WHERE x.person_id = m.person_id AND x.id < m.id AND x.willing = 1 AND x.operation_id = m.operation_id)";

/// Whether an ask `m` is a positive moment.
pub(super) fn completed() -> String {
    format!("m.outcome = '{}'", Outcome::Completed)
}

/// A table whose rows `m` are positive moments: whether of an account's people or of one person, when they happened, and
/// which of them count.
struct Source {
    table: &'static str,
    of_account: bool,
    happened_at: &'static str,
    condition: String,
}

/// Every source: a promoter's score, a confirmation of willingness, a completed ask, a signal about the person or their
/// account, a nomination that was not declined. One confirmation is one moment, for however many kinds of ask it was.
fn sources() -> [Source; 6] {
    let promoters = format!("m.score >= {}", Score::PROMOTER_FROM);
    let source = |table, happened_at, condition| Source {
        table,
        of_account: false,
        happened_at,
        condition,
    };
    let signal = |of: &str| source("signals", "happened_at", format!("m.{of} IS NOT NULL"));
    [
        source("responses", "responded_at", promoters),
        source("willingness", "said_at", FIRST_OF_A_CONFIRMATION.to_owned()),
        source("taps", "outcome_at", completed()),
        signal("person_id"),
        Source {
            of_account: true,
            ..signal("account_id")
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

impl Source {
    /// What its rows say, joined to what stands before and after them.
    fn arm(&self, who: &str, before: &str, after: &str) -> String {
        let Self {
            table,
            happened_at,
            condition,
            ..
        } = self;
        format!(
            "SELECT {who}, m.{happened_at} AS happened_at FROM {before} {table} m {after} WHERE {condition}"
        )
    }
}

/// The temporary view of all of them.
pub(super) fn view() -> String {
    let arms = sources().map(|source| match source.of_account {
        true => source.arm(
            "p.id AS person_id",
            "people p JOIN",
            "ON m.account_id = p.account_id",
        ),
        false => source.arm("m.person_id AS person_id", "", ""),
    });
    format!(
        "CREATE TEMP VIEW positive_moments AS {};",
        arms.join(" UNION ALL ")
    )
}

/// Place and instant of each positive moment but asks and words about willingness, of the people whose ids are listed in
/// `?1`. SQLite does not carry a join into a view of several arms, so the arms are written out.
pub(super) fn beside_those_read() -> String {
    listed(false, "m.person_id")
}

/// Place and instant of each positive moment of the accounts whose ids are listed in `?1`.
pub(super) fn of_accounts() -> String {
    listed(true, "m.account_id")
}

fn listed(of_account: bool, id: &str) -> String {
    let asked = |source: &Source| !READ.contains(&source.table) && source.of_account == of_account;
    let on = format!("ON {id} = j.value");
    let arms = sources().into_iter().filter(asked);
    let arms = arms.map(|one| one.arm("j.key AS place", "json_each(?1) j CROSS JOIN", &on));
    arms.collect::<Vec<_>>().join(" UNION ALL ")
}

impl Tx<'_> {
    /// The latest signal or nomination among the positive moments of a person.
    pub(crate) fn noticed(&self, id: PersonId) -> Result<Option<(Noticed, Timestamp)>> {
        let not_declined = not_declined();
        let sql = format!(
            "SELECT NULL AS kind, m.nominated_at AS at FROM nominations m WHERE m.person_id = ?1 AND {not_declined}
             UNION ALL SELECT m.kind, m.happened_at FROM signals m WHERE m.person_id = ?1
             UNION ALL SELECT m.kind, m.happened_at FROM people p JOIN signals m ON m.account_id = p.account_id WHERE p.id = ?1
             ORDER BY 2 DESC, 1 LIMIT 1"
        );
        self.first(&sql, [id], |row| {
            let signal: Option<SignalKind> = row.get("kind")?;
            let what = signal.map_or(Noticed::Nomination, Noticed::Signal);
            Ok((what, row.get("at")?))
        })
    }
}
