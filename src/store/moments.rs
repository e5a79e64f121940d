//! Positive moments, gathered from the tables whose rows are one. What counts as one is said here and by
//! `domain::moment`, and nowhere else; but an import of surveys counts the promoters' scores of those whom it adds itself.

mod everybody;

pub(super) use everybody::{FactOfMoment, Which, otherwise};

use std::collections::HashMap;
use std::sync::LazyLock;

use super::people::json_ids;
use super::rows::Row;
use super::stages::stages;
use super::{Result, Tx};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::PersonId;
use crate::domain::moment::{Moment, MomentRules};
use crate::domain::nomination::Decision;
use crate::domain::score::Score;
use crate::domain::signal::{Noticed, SignalKind};
use crate::domain::stage::Stage;
use crate::domain::tap::Outcome;

/// The table of the answers.
const RESPONSES: &str = "responses";

/// The tables that whoever gathers facts reads for more than their moments.
const READ: [&str; 2] = ["taps", "willingness"];

/// Whether a word `m` about willingness is a positive moment. By id first: the index holds it, and hardly anybody has an
/// earlier one to look up.
pub(super) const FIRST_OF_A_CONFIRMATION: &str = "m.willing = 1 AND NOT EXISTS (
    SELECT 1 FROM willingness x
    WHERE x.person_id = m.person_id AND x.id < m.id AND x.willing = 1 AND x.operation_id = m.operation_id)";

/// Since when a person `p` is on record at their account, as far as it matters to an instant: the day on which they were
/// first heard of, by whichever fact, or went there. Where they were on record before the instant anyway, the other facts
/// are not looked up.
fn there_since(instant: &str) -> String {
    format!(
        "max(
             coalesce((SELECT v.moved_at FROM account_moves v WHERE v.person_id = p.id
                       ORDER BY v.moved_at DESC, v.id DESC LIMIT 1), 0),
             coalesce(
                 (SELECT o.at FROM operations o WHERE o.id = p.operation_id AND o.at <= {instant}),
                 (SELECT min(f.at) FROM (
                      SELECT o.at AS at FROM operations o WHERE o.id = p.operation_id
                      UNION ALL SELECT o.at FROM people x JOIN operations o ON o.id = x.operation_id WHERE x.merged_into = p.id
                      UNION ALL SELECT min(x.responded_at) FROM responses x WHERE x.person_id = p.id
                      UNION ALL SELECT min(x.changed_at) FROM stage_changes x WHERE x.person_id = p.id
                      UNION ALL SELECT min(x.said_at) FROM willingness x WHERE x.person_id = p.id
                      UNION ALL SELECT min(x.tapped_at) FROM taps x WHERE x.person_id = p.id
                      UNION ALL SELECT min(x.nominated_at) FROM nominations x WHERE x.person_id = p.id
                      UNION ALL SELECT min(x.happened_at) FROM signals x WHERE x.person_id = p.id
                      UNION ALL SELECT min(x.given_at) FROM gives x WHERE x.person_id = p.id
                      UNION ALL SELECT min(x.touched_at) FROM touches x WHERE x.person_id = p.id) f)))"
    )
}

/// A table whose rows `m` are positive moments: whether of an account's people or of one person, when they happened,
/// which of them count, and which are the person's own.
pub(super) struct Source {
    pub(super) table: &'static str,
    of_account: bool,
    happened_at: &'static str,
    /// From when on the row is on record.
    dated: &'static str,
    /// Of which people `p` or rows it depends on what else is on record, and so on the day, whether a row counts.
    by_day: Option<&'static str>,
    condition: String,
    own: String,
    rating: &'static str,
}

/// They are looked at for every row.
static SOURCES: LazyLock<[Source; 8]> = LazyLock::new(sources);

/// Every source: a promoter's score, a confirmation of willingness, a completed ask, a signal about the person or their
/// account, a nomination that was not declined, a good word at a touch. One confirmation is one moment, for however many
/// kinds of ask it was.
fn sources() -> [Source; 8] {
    let promoters = format!("m.score >= {}", Score::PROMOTER_FROM);
    let completed = format!("m.outcome = '{}'", Outcome::Completed);
    let own = |table, happened_at, condition: &str| Source {
        table,
        of_account: false,
        happened_at,
        dated: happened_at,
        by_day: None,
        condition: condition.to_owned(),
        own: "1".to_owned(),
        rating: "NULL",
    };
    [
        own(RESPONSES, "responded_at", &promoters),
        own("willingness", "said_at", FIRST_OF_A_CONFIRMATION),
        own("verifications", "verified_at", "m.still_willing = 1"),
        own("touches", "touched_at", "m.good = 1"),
        Source {
            dated: "tapped_at",
            rating: "m.rating",
            ..own("taps", "outcome_at", &completed)
        },
        Source {
            own: is_own_signal(),
            ..own("signals", "happened_at", "m.person_id IS NOT NULL")
        },
        Source {
            of_account: true,
            by_day: Some(HAS_MOVED),
            own: "0".to_owned(),
            ..own("signals", "happened_at", "m.account_id IS NOT NULL")
        },
        Source {
            by_day: Some("1"),
            own: IS_SELF_NOMINATION.to_owned(),
            ..own("nominations", "nominated_at", &not_declined())
        },
    ]
}

/// Whether a signal `m` of a person is theirs and not one that only their account gives.
fn is_own_signal() -> String {
    let of_accounts = SignalKind::ALL
        .into_iter()
        .filter(|kind| kind.is_of_account());
    let of_accounts: Vec<String> = of_accounts.map(|kind| format!("'{kind}'")).collect();
    format!("m.kind NOT IN ({})", of_accounts.join(", "))
}

/// Whether it depends on the day which account's signals are those of a person `p`, or since when they are on record there:
/// they went from one to another, or were known by words of their profile alone, of which [`there_since`] does not ask.
const HAS_MOVED: &str = "(EXISTS (SELECT 1 FROM main.account_moves v WHERE v.person_id = p.id)
    OR EXISTS (SELECT 1 FROM main.profile_words w WHERE w.person_id = p.id))";

/// Whether somebody put themselves forward in a nomination `m`, as the row of a nomination says it.
const IS_SELF_NOMINATION: &str = "EXISTS (SELECT 1 FROM people s WHERE s.id = m.person_id
    AND lower(m.nominated_by) IN (s.email_key, lower(coalesce(s.name, ''))))";

/// Whether the last word about a nomination `m` is not a no: the last answer to it, or else the first thing that was decided
/// about the person since, as `Course::verdict` says.
fn not_declined() -> String {
    let declined = Decision::Declined;
    let is_decided = |stage: Stage| stage != Stage::Candidate;
    let is_no = |stage: Stage| is_decided(stage) && stage != Stage::Invited && !stage.is_advocate();
    let (decided, no) = (stages(is_decided), stages(is_no));
    let changes = "SELECT c.stage FROM stage_changes c WHERE c.person_id = m.person_id
                       AND (c.changed_at, c.operation_id)";
    format!(
        "coalesce(
             (SELECT d.decision FROM nomination_decisions d WHERE d.nomination_id = m.id
              ORDER BY d.decided_at DESC, d.id DESC LIMIT 1),
             CASE WHEN coalesce(({changes} < (m.nominated_at, m.operation_id)
                       ORDER BY c.changed_at DESC, c.id DESC LIMIT 1), '') NOT IN ({decided})
                   AND ({changes} >= (m.nominated_at, m.operation_id) AND c.stage IN ({decided})
                       ORDER BY c.changed_at, c.id LIMIT 1) IN ({no})
                  THEN '{declined}' END,
             '') <> '{declined}'"
    )
}

impl Source {
    /// What its rows say of a moment, joined to what stands before and after them.
    fn arm(&self, who: &str, before: &str, after: &str) -> String {
        let Self {
            table,
            happened_at,
            condition,
            own,
            rating,
            of_account,
            ..
        } = self;
        let there_since = match of_account {
            true => there_since(&format!("m.{happened_at}")),
            false => "NULL".to_owned(),
        };
        format!(
            "SELECT {who}, m.{happened_at} AS happened_at, {own} AS own, {rating} AS rating,
                 {there_since} AS there_since
             FROM {before} {table} m {after} WHERE {condition}"
        )
    }

    /// The same of people `p`.
    fn of_people(&self) -> String {
        let on = match self.of_account {
            true => "ON m.account_id = p.account_id",
            false => "ON m.person_id = p.id",
        };
        self.arm("p.id AS person_id", "people p CROSS JOIN", on)
    }

    /// Whether its rows are answers: a promoter's score each.
    pub(super) fn is_answer(&self) -> bool {
        self.table == RESPONSES
    }

    /// Whether whoever gathers facts reads its rows for more than their moments.
    pub(super) fn is_read(&self) -> bool {
        READ.contains(&self.table)
    }
}

/// The positive moments of the person `?1`; kept, for it is asked of very many.
static OF_PERSON: LazyLock<String> = LazyLock::new(|| all(" AND p.id = ?1"));

/// Those of the people whose ids are listed in `?1`.
static OF_LISTED: LazyLock<String> =
    LazyLock::new(|| all(" AND p.id IN (SELECT value FROM json_each(?1))"));

fn all(only: &str) -> String {
    let arms = SOURCES.iter().map(|source| source.of_people() + only);
    arms.collect::<Vec<_>>().join(" UNION ALL ")
}

/// Place and instant of each positive moment but asks and words about willingness, of the people whose ids are listed in
/// `?1`. SQLite does not carry a join into a view of several arms, so the arms are written out.
pub(super) fn beside_those_read() -> String {
    listed(false, "", "m.person_id = j.value")
}

/// Place and instant of each positive moment of the accounts of these people.
pub(super) fn of_their_accounts() -> String {
    listed(
        true,
        "people p ON p.id = j.value CROSS JOIN ",
        "m.account_id = p.account_id",
    )
}

fn listed(of_account: bool, between: &str, on: &str) -> String {
    let asked = |source: &&Source| !source.is_read() && source.of_account == of_account;
    let before = format!("json_each(?1) j CROSS JOIN {between}");
    let arms = SOURCES.iter().filter(asked);
    let arms = arms.map(|one| one.arm("j.key AS place", &before, &format!("ON {on}")));
    arms.collect::<Vec<_>>().join(" UNION ALL ")
}

/// What a row says of a moment.
pub(super) fn moment(row: &Row<'_>) -> rusqlite::Result<Moment> {
    Ok(Moment {
        at: row.get("happened_at")?,
        own: row.get("own")?,
        rating: row.get("rating")?,
        there_since: row.get("there_since")?,
    })
}

impl Tx<'_> {
    /// How many positive moments of a person are on record.
    pub(super) fn moments_of(&self, id: PersonId, rules: MomentRules) -> Result<u32> {
        let moments = self.rows(&OF_PERSON, [id], moment)?;
        let counting = moments.iter().filter(|one| rules.day(one).is_some());
        Ok(counting.count() as u32)
    }

    /// How many positive moments of each of these people are on record, of those who have any.
    pub(super) fn moments_of_each(
        &self,
        ids: Vec<PersonId>,
        rules: MomentRules,
    ) -> Result<HashMap<PersonId, u32>> {
        let mut counts = HashMap::new();
        let ids = json_ids(ids.into_iter().map(|id| id.0));
        self.for_each(&OF_LISTED, [ids], |row| {
            if rules.day(&moment(row)?).is_some() {
                *counts.entry(row.get("person_id")?).or_default() += 1;
            }
            Ok(())
        })?;
        Ok(counts)
    }

    /// The latest signal or nomination among the positive moments of a person.
    pub(crate) fn noticed(
        &self,
        id: PersonId,
        rules: MomentRules,
    ) -> Result<Option<(Noticed, Timestamp)>> {
        let (not_declined, there_since) = (not_declined(), there_since("m.happened_at"));
        let sql = format!(
            "SELECT NULL AS kind, m.nominated_at AS happened_at, 0 AS own, NULL AS rating, NULL AS there_since
             FROM nominations m WHERE m.person_id = ?1 AND {not_declined}
             UNION ALL SELECT m.kind, m.happened_at, 0, NULL, NULL FROM signals m WHERE m.person_id = ?1
             UNION ALL SELECT '{}', m.touched_at, 0, NULL, NULL FROM touches m WHERE m.person_id = ?1 AND m.good = 1
             UNION ALL SELECT m.kind, m.happened_at, 0, NULL, {there_since}
             FROM people p JOIN signals m ON m.account_id = p.account_id WHERE p.id = ?1
             ORDER BY 2 DESC, 1",
            SignalKind::BusinessReview
        );
        let all = self.rows(&sql, [id], |row| {
            let signal: Option<SignalKind> = row.get("kind")?;
            let what = signal.map_or(Noticed::Nomination, Noticed::Signal);
            Ok((what, moment(row)?))
        })?;
        let latest = all
            .into_iter()
            .find(|(_, moment)| rules.day(moment).is_some());
        Ok(latest.map(|(what, moment)| (what, moment.at)))
    }
}
