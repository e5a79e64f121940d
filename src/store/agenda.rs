//! The facts that the agenda is made of, in a handful of queries over everybody.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::params;

use super::people::{COLUMNS, read};
use super::{PersonRow, Result, Tx, date_opt, parsed};
use crate::domain::agenda::{
    AgendaInput, Asset, Care, Completed, Hold, Nomination, Pending, Person, Request,
};
use crate::domain::asset::AssetStatus;
use crate::domain::calendar::{Timestamp, Zone};
use crate::domain::ids::{AssetId, HoldId, NominationId, PersonId, RequestId, TapId};
use crate::domain::request::{self, Event, Status};
use crate::domain::score::Score;
use crate::domain::tap::Outcome;
use crate::domain::touch::TouchKind;

/// The facts of the agenda, and the cards of the people in them.
#[derive(Debug, Clone, PartialEq)]
pub struct AgendaFacts {
    /// What the rules look at.
    pub facts: AgendaInput,
    /// Who the people are.
    pub cards: BTreeMap<PersonId, PersonRow>,
}

/// People by id, while their facts are gathered.
type People = BTreeMap<PersonId, Person>;

/// Everybody about whom something was decided, who was asked or nominated, or whom an asset comes from.
const CONCERNED: &str = "p.merged_into IS NULL AND (p.stage IS NOT NULL
    OR p.id IN (SELECT person_id FROM taps)
    OR p.id IN (SELECT person_id FROM nominations)
    OR p.id IN (SELECT person_id FROM assets WHERE person_id IS NOT NULL))";

impl Tx<'_> {
    /// Everything that the agenda looks at. `now` tells which holds last.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn agenda_facts(&self, zone: Zone, now: Timestamp) -> Result<AgendaFacts> {
        let (mut people, cards) = self.concerned(zone)?;
        self.add_stages(zone, &mut people)?;
        self.add_contacts(zone, &mut people)?;
        self.add_answers(zone, &mut people)?;
        self.add_asks(zone, &mut people)?;
        self.add_touches(zone, &mut people)?;
        self.add_gives(zone, &mut people)?;
        self.add_holds(zone, now, &mut people)?;
        self.add_nominations(zone, &mut people)?;
        let facts = AgendaInput {
            people: people.into_values().collect(),
            requests: self.open_requests()?,
            assets: self.assets_in_stock(zone)?,
        };
        Ok(AgendaFacts { facts, cards })
    }

    /// The colleagues who own a relationship with a person or an account.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn owners(&self) -> Result<Vec<String>> {
        self.rows(
            "SELECT owner FROM people WHERE owner IS NOT NULL
             UNION SELECT owner FROM accounts WHERE owner IS NOT NULL ORDER BY 1",
            [],
            |row| row.get(0),
        )
    }

    /// When the first thing was written here: it tells this program from another.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn founded_at(&self) -> Result<Timestamp> {
        let first = "SELECT coalesce((SELECT at FROM operations ORDER BY id LIMIT 1), 0)";
        self.value(first, []).map(Timestamp)
    }

    fn concerned(&self, zone: Zone) -> Result<(People, BTreeMap<PersonId, PersonRow>)> {
        let sql = format!(
            "SELECT {COLUMNS} FROM people p LEFT JOIN accounts a ON a.id = p.account_id WHERE {CONCERNED}"
        );
        let mut people = People::new();
        let mut cards = BTreeMap::new();
        for card in self.rows(&sql, [], read)? {
            let mut person = Person::new(card.id, card.standing);
            person.verified_on = card.verified_at.map(|at| zone.day(at));
            people.insert(card.id, person);
            cards.insert(card.id, card);
        }
        Ok((people, cards))
    }

    /// Runs a query whose first column is a person and whose second is an instant, and hands each row with the day of
    /// the instant to `add`.
    fn for_each_fact<T>(
        &self,
        (zone, people): (Zone, &mut People),
        sql: &str,
        params: impl rusqlite::Params,
        mut of: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
        add: impl Fn(&mut Person, NaiveDate, T),
    ) -> Result<()> {
        let rows = self.rows(sql, params, |row| {
            let at = Timestamp(row.get(1)?);
            Ok((PersonId(row.get(0)?), at, of(row)?))
        })?;
        for (id, at, value) in rows {
            if let Some(person) = people.get_mut(&id) {
                add(person, zone.day(at), value);
            }
        }
        Ok(())
    }

    fn add_stages(&self, zone: Zone, people: &mut People) -> Result<()> {
        self.for_each_fact(
            (zone, people),
            "SELECT person_id, changed_at, stage FROM stage_changes ORDER BY changed_at, id",
            [],
            |row| parsed(row, 2),
            |person, on, stage| person.stages.push((stage, on)),
        )
    }

    /// The last contact with each: whatever we did that they noticed, and whatever they told us themselves. An ask that
    /// was withdrawn they never saw.
    fn add_contacts(&self, zone: Zone, people: &mut People) -> Result<()> {
        let heard = [Outcome::Accepted, Outcome::Completed, Outcome::Declined];
        let [accepted, completed, declined] = heard.map(Outcome::name);
        let sql = format!(
            "SELECT person_id, max(at) FROM (
                 SELECT person_id, tapped_at AS at FROM taps WHERE counts = 1
                 UNION ALL SELECT t.person_id, o.outcome_at FROM tap_outcomes o JOIN taps t ON t.id = o.tap_id
                     WHERE o.outcome IN ('{accepted}', '{completed}', '{declined}')
                 UNION ALL SELECT person_id, touched_at FROM touches
                 UNION ALL SELECT person_id, given_at FROM gives
                 UNION ALL SELECT person_id, said_at FROM willingness
                 UNION ALL SELECT person_id, changed_at FROM stage_changes)
             GROUP BY person_id"
        );
        self.for_each_fact(
            (zone, people),
            &sql,
            [],
            |_| Ok(()),
            |person, on, ()| person.last_contact_on = Some(on),
        )
    }

    fn add_answers(&self, zone: Zone, people: &mut People) -> Result<()> {
        self.for_each_fact(
            (zone, people),
            "SELECT r.person_id, r.responded_at, r.score FROM people p JOIN responses r ON r.person_id = p.id
             WHERE p.stage IN ('active', 'paused') ORDER BY r.responded_at, r.id",
            [],
            |row| {
                let score: u8 = row.get(2)?;
                Score::try_from(score).map_err(|error| super::corrupt(2, error))
            },
            |person, on, score| person.answers.push((on, score)),
        )
    }

    /// Asks without an outcome, and completed ones with the day on which that was first said.
    fn add_asks(&self, zone: Zone, people: &mut People) -> Result<()> {
        self.for_each_fact(
            (zone, people),
            "SELECT t.person_id, t.tapped_at, t.id, t.ask_kind FROM taps t WHERE t.outcome = ?1 ORDER BY t.id",
            [Outcome::Pending.name()],
            |row| Ok((TapId(row.get(2)?), parsed(row, 3)?)),
            |person, on, (tap, ask)| person.pending.push(Pending { tap, ask, on }),
        )?;
        self.for_each_fact(
            (zone, people),
            "SELECT t.person_id,
                 coalesce((SELECT min(o.outcome_at) FROM tap_outcomes o
                           WHERE o.tap_id = t.id AND o.outcome = ?1), t.outcome_at),
                 t.id, t.ask_kind, CASE WHEN t.imported = 1 THEN n.at END
             FROM taps t JOIN operations n ON n.id = t.operation_id WHERE t.outcome = ?1 ORDER BY t.id",
            [Outcome::Completed.name()],
            |row| {
                let imported: Option<i64> = row.get(4)?;
                Ok((TapId(row.get(2)?), parsed(row, 3)?, imported))
            },
            |person, on, (tap, ask, imported)| {
                let imported_on = imported.map(|at| zone.day(Timestamp(at)));
                person.completed.push(Completed { tap, ask, on, imported_on });
            },
        )
    }

    fn add_touches(&self, zone: Zone, people: &mut People) -> Result<()> {
        self.for_each_fact(
            (zone, people),
            "SELECT person_id, touched_at, kind, tap_id FROM touches ORDER BY touched_at, id",
            [],
            |row| Ok((parsed(row, 2)?, row.get::<_, Option<i64>>(3)?.map(TapId))),
            |person, on, (kind, tap)| {
                person.last_touch_on = Some(on);
                match kind {
                    TouchKind::ThankYou => person.thanks.push(Care { tap, on }),
                    TouchKind::ResultsShared => person.results.push(Care { tap, on }),
                    _ => {}
                }
            },
        )
    }

    fn add_gives(&self, zone: Zone, people: &mut People) -> Result<()> {
        self.for_each_fact(
            (zone, people),
            "SELECT person_id, given_at, tap_id FROM gives ORDER BY given_at, id",
            [],
            |row| Ok(row.get::<_, Option<i64>>(2)?.map(TapId)),
            |person, on, tap| person.thanks.push(Care { tap, on }),
        )
    }

    /// Holds that last, with the second before the instant at which they lapse.
    fn add_holds(&self, zone: Zone, now: Timestamp, people: &mut People) -> Result<()> {
        self.for_each_fact(
            (zone, people),
            "SELECT person_id, lapses_at - 1, id, request_id FROM holds
             WHERE released_at IS NULL AND lapses_at > ?1 ORDER BY id",
            params![now.0],
            |row| Ok((HoldId(row.get(2)?), RequestId(row.get(3)?))),
            |person, last_day, (id, request)| {
                person.holds.push(Hold {
                    id,
                    request,
                    last_day,
                });
            },
        )
    }

    fn add_nominations(&self, zone: Zone, people: &mut People) -> Result<()> {
        self.for_each_fact(
            (zone, people),
            "SELECT n.person_id, n.nominated_at, n.id, n.nominated_by FROM nominations n
             WHERE NOT EXISTS (SELECT 1 FROM nomination_decisions d WHERE d.nomination_id = n.id) ORDER BY n.id",
            [],
            |row| Ok((NominationId(row.get(2)?), row.get::<_, String>(3)?)),
            |person, on, (id, by)| person.nominations.push(Nomination { id, by, on }),
        )
    }

    fn open_requests(&self) -> Result<Vec<Request>> {
        let mut events: BTreeMap<i64, Vec<Event>> = BTreeMap::new();
        let happened = self.rows(
            "SELECT request_id, event FROM request_events ORDER BY happened_at, id",
            [],
            |row| Ok((row.get(0)?, parsed(row, 1)?)),
        )?;
        for (id, event) in happened {
            events.entry(id).or_default().push(event);
        }
        let mut requests = self.rows(
            "SELECT id, ask_kind, requested_by, needed_by FROM requests ORDER BY id",
            [],
            |row| {
                Ok(Request {
                    id: RequestId(row.get(0)?),
                    ask: parsed(row, 1)?,
                    by: row.get(2)?,
                    needed_by: date_opt(row, 3)?,
                })
            },
        )?;
        requests.retain(|one| {
            let events = events.get(&one.id.0).into_iter().flatten();
            request::status(events.copied()) == Status::Open
        });
        Ok(requests)
    }

    /// Every asset of which something has happened, with its newest step.
    fn assets_in_stock(&self, zone: Zone) -> Result<Vec<Asset>> {
        let steps = self.rows(
            "SELECT asset_id, status, happened_at FROM asset_events ORDER BY happened_at, id",
            [],
            |row| Ok((row.get(0)?, (parsed(row, 1)?, Timestamp(row.get(2)?)))),
        )?;
        let newest: BTreeMap<i64, (AssetStatus, Timestamp)> = steps.into_iter().collect();
        let assets = self.rows(
            "SELECT id, kind, title, person_id, permission_until FROM assets ORDER BY id",
            [],
            |row| {
                let id: i64 = row.get(0)?;
                let Some((status, at)) = newest.get(&id).copied() else {
                    return Ok(None);
                };
                Ok(Some(Asset {
                    id: AssetId(id),
                    kind: parsed(row, 1)?,
                    title: row.get(2)?,
                    person: row.get::<_, Option<i64>>(3)?.map(PersonId),
                    permission_until: date_opt(row, 4)?,
                    status,
                    since: zone.day(at),
                }))
            },
        )?;
        Ok(assets.into_iter().flatten().collect())
    }
}
