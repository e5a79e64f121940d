//! The positive moments of everybody, and which of them are the same on every day.

use super::{RESPONSES, SOURCES, Source, moment};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::PersonId;
use crate::domain::moment::Moment;
use crate::store::then::UNTIL;
use crate::store::{Result, Tx};

/// Which rows to read.
#[derive(Clone, Copy)]
pub(in crate::store) enum Which<'w> {
    /// All of them.
    Every,
    /// Those that count on all days since they are on record, or on none, but for those that [`otherwise`] names.
    Lasting,
    /// Those of which it depends on the day.
    ByDay,
    /// Those of this table whose ids this query finds.
    Of(&'static str, &'w str),
}

/// A row that is a positive moment of somebody, unless what is said of it speaks against that.
pub(in crate::store) struct FactOfMoment {
    pub(in crate::store) source: &'static Source,
    pub(in crate::store) id: i64,
    pub(in crate::store) person: PersonId,
    /// From when on it is on record.
    pub(in crate::store) dated: Timestamp,
    pub(in crate::store) moment: Moment,
}

/// The tables with rows that were otherwise at the instant at which the views look, and which these are: they said
/// something else, or the words before them were not said yet.
pub(in crate::store) fn otherwise() -> [(&'static str, String); 3] {
    let words = format!(
        "SELECT m.id FROM main.willingness x CROSS JOIN main.willingness m
             ON m.person_id = x.person_id AND m.operation_id = x.operation_id AND m.id > x.id
         WHERE x.said_at >= {UNTIL} AND m.said_at < {UNTIL}"
    );
    let then = |table| format!("SELECT id FROM temp.{table} WHERE until = {UNTIL}");
    [
        (RESPONSES, then("responses_then")),
        ("taps", then("taps_then")),
        ("willingness", words),
    ]
}

impl Source {
    /// The same of everybody, with what says which row it is.
    fn of_everybody(&self) -> String {
        let dated = self.dated;
        let who = |who| format!("{who} AS person_id, m.id AS id, m.{dated} AS dated");
        match self.of_account {
            true => self.arm(
                &who("p.id"),
                "people p CROSS JOIN",
                "ON m.account_id = p.account_id",
            ),
            false => self.arm(&who("m.person_id"), "", "") + " AND m.person_id IS NOT NULL",
        }
    }

    /// Which of its rows these are; `None` for none of them.
    fn condition(&self, which: Which<'_>) -> Option<String> {
        match (which, self.by_day) {
            (Which::Every, _) | (Which::Lasting, None) => Some("1".to_owned()),
            (Which::Lasting, Some(by_day)) => Some(format!("NOT {by_day}")),
            (Which::ByDay, by_day) => by_day.map(str::to_owned),
            (Which::Of(table, ids), _) => (self.table == table).then(|| format!("m.id IN ({ids})")),
        }
    }
}

impl Tx<'_> {
    /// Rows that are positive moments, of everybody.
    pub(in crate::store) fn facts_of_moments(&self, which: Which<'_>) -> Result<Vec<FactOfMoment>> {
        let mut facts = Vec::new();
        for source in &*SOURCES {
            let Some(condition) = source.condition(which) else {
                continue;
            };
            let sql = format!("{} AND {condition}", source.of_everybody());
            self.for_each(&sql, [], |row| {
                facts.push(FactOfMoment {
                    source,
                    person: row.get("person_id")?,
                    id: row.get("id")?,
                    dated: row.get("dated")?,
                    moment: moment(row)?,
                });
                Ok(())
            })?;
        }
        Ok(facts)
    }
}
