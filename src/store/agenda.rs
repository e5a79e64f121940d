//! The facts that the agenda is made of, in a handful of queries over everybody.

use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::NaiveDate;
use rusqlite::Params;

use super::rows::Row;
use super::{AssetRow, DealRow, PersonRow, RequestRow, Result, Tx, holds, stages, taps};
use crate::domain::agenda::{
    Accepted, AgendaInput, Asset, Care, Completed, Hold, Nomination, Pending, Person, Request,
};
use crate::domain::calendar::{Timestamp, Zone};
use crate::domain::deal::DealStatus;
use crate::domain::ids::{OperationId, PersonId};
use crate::domain::nomination::Decision;
use crate::domain::present::Present;
use crate::domain::request::{self, Event, Status};
use crate::domain::tap::{Outcome, Rating};
use crate::domain::touch::TouchKind;

/// The facts of the agenda, and the cards of the people in them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AgendaFacts {
    /// What the rules look at.
    pub(crate) facts: AgendaInput,
    /// Who the people are.
    pub(crate) cards: BTreeMap<PersonId, Rc<PersonRow>>,
}

/// Everybody about whom something was decided, who was asked or nominated, or whom an asset comes from.
const CONCERNED: &str = "p.merged_into IS NULL AND (p.stage IS NOT NULL
    OR p.id IN (SELECT person_id FROM taps)
    OR p.id IN (SELECT person_id FROM nominations)
    OR p.id IN (SELECT person_id FROM assets WHERE person_id IS NOT NULL))";

impl Tx<'_> {
    /// Everything that the agenda looks at.
    pub(crate) fn agenda_facts(&self, present: &Present) -> Result<AgendaFacts> {
        let zone = present.policy.time_zone;
        let mut gathering = Gathering {
            tx: self,
            zone,
            people: BTreeMap::new(),
        };
        let cards = gathering.read_people()?;
        gathering.read_stages()?;
        gathering.read_moves()?;
        gathering.read_answers()?;
        gathering.read_asks()?;
        gathering.read_touches()?;
        gathering.read_gives()?;
        gathering.read_holds(present.now)?;
        gathering.read_nominations()?;
        gathering.read_accepted_nominations()?;
        let facts = AgendaInput {
            people: gathering.people.into_values().collect(),
            requests: self.open_requests(present)?,
            assets: self.assets_in_stock(zone)?,
            answers: self.agenda_answers()?,
        };
        Ok(AgendaFacts { facts, cards })
    }

    /// The colleagues who own a relationship with a person or an account.
    pub(crate) fn owners(&self) -> Result<Vec<String>> {
        self.values(
            "SELECT owner FROM people WHERE owner IS NOT NULL
             UNION SELECT owner FROM accounts WHERE owner IS NOT NULL ORDER BY 1",
            [],
        )
    }

    /// The same, and those who asked for something.
    pub(crate) fn colleagues(&self) -> Result<Vec<String>> {
        self.values(
            "SELECT owner FROM people WHERE owner IS NOT NULL
             UNION SELECT owner FROM accounts WHERE owner IS NOT NULL
             UNION SELECT requested_by FROM requests ORDER BY 1",
            [],
        )
    }

    /// When the first thing was written here: it tells this program from another.
    pub(crate) fn founded_at(&self) -> Result<Timestamp> {
        self.value(
            "SELECT coalesce((SELECT at FROM main.operations ORDER BY id LIMIT 1), 0)",
            [],
        )
    }

    fn open_requests(&self, present: &Present) -> Result<Vec<Request>> {
        let mut requests = self.requests()?;
        requests.retain(|one| one.status() == Status::Open);
        let open = requests.into_iter().map(|one| {
            let reopened = one.events.iter().rfind(|one| one.event == Event::Reopened);
            let taps = self.taps_for(one.id)?;
            let supplied = request::supplied(taps.iter().map(|tap| tap.outcome));
            let pending = taps.iter().filter(|tap| tap.outcome == Outcome::Pending);
            let holds = self.holds_for(one.id)?.into_iter();
            let lasting = holds.filter(|hold| hold.lasts(present.now));
            Ok(Request {
                id: one.id,
                opened_on: present.day(one.opened_at),
                reopened_on: reopened.map(|event| present.day(event.at)),
                needed_by: one.needed_by,
                deal_closed: self.how_its_deal_ended(&one, present)?,
                missing: (one.wanted as usize).saturating_sub(supplied),
                asked: pending.map(|tap| present.day(tap.at)).collect(),
                held: lasting
                    .map(|hold| present.day(Timestamp(hold.lapses_at.0 - 1)))
                    .collect(),
                nobody_free: false,
                ask: one.kind,
                by: one.requested_by,
            })
        });
        open.collect()
    }

    /// What became of the deal of a request, where it is closed, and its closing day.
    fn how_its_deal_ended(
        &self,
        request: &RequestRow,
        present: &Present,
    ) -> Result<Option<(DealStatus, Option<NaiveDate>)>> {
        let deal = request.deal.map(|id| self.deal(id)).transpose()?.flatten();
        let status = |deal: &DealRow| {
            let stage = deal.words.stage.as_deref()?;
            let status = present.policy.deal_stages.status(stage);
            status.filter(|status| *status != DealStatus::Open)
        };
        Ok(deal.and_then(|deal| Some((status(&deal)?, deal.words.closed_on))))
    }

    /// Every asset of which something has happened, with its newest step.
    fn assets_in_stock(&self, zone: Zone) -> Result<Vec<Asset>> {
        let newest = |asset: AssetRow| {
            let (status, at) = *asset.events.last()?;
            let (_, made_at) = *asset.events.first()?;
            Some(Asset {
                id: asset.id,
                kind: asset.words.kind,
                permission: asset.words.permission_to_show(),
                title: asset.words.title,
                person: asset.words.person,
                tap: asset.words.tap,
                made_on: zone.day(made_at),
                status,
                since: zone.day(at),
            })
        };
        Ok(self.assets()?.into_iter().filter_map(newest).collect())
    }
}

/// The people whose facts are being gathered.
struct Gathering<'g> {
    tx: &'g Tx<'g>,
    zone: Zone,
    people: BTreeMap<PersonId, Person>,
}

impl Gathering<'_> {
    fn read_people(&mut self) -> Result<BTreeMap<PersonId, Rc<PersonRow>>> {
        let cards: Vec<PersonRow> = self.tx.all(&format!("WHERE {CONCERNED}"), [])?;
        for card in &cards {
            let mut person = Person::new(card.id, card.standing);
            person.is_erased = card.is_forgotten();
            person.verified_on = card.verified_at.map(|at| self.zone.day(at));
            self.people.insert(card.id, person);
        }
        let cards = cards.into_iter();
        Ok(cards.map(|card| (card.id, Rc::new(card))).collect())
    }

    /// Runs a query whose rows say a person in `person_id` and an instant in `at`, and hands each row to `add` with the
    /// person and the day.
    fn each(
        &mut self,
        sql: &str,
        params: impl Params,
        add: impl Fn(&mut Person, NaiveDate, &Row<'_>) -> rusqlite::Result<()>,
    ) -> Result<()> {
        self.tx.for_each(sql, params, |row| {
            match self.people.get_mut(&row.get("person_id")?) {
                Some(person) => add(person, self.zone.day(row.get("at")?), row),
                None => Ok(()),
            }
        })
    }

    fn read_stages(&mut self) -> Result<()> {
        let sql =
            "SELECT person_id, changed_at AS at, stage FROM stage_changes ORDER BY changed_at, id";
        self.each(sql, [], |person, on, row| {
            person.stages.push((row.get("stage")?, on));
            Ok(())
        })
    }

    /// The last move of each, where it waits for a verification: of one day, the word said later holds.
    fn read_moves(&mut self) -> Result<()> {
        let zone = self.zone;
        let sql =
            "SELECT m.person_id AS person_id, m.moved_at AS at, m.operation_id AS operation_id,
                 v.verified_at AS verified_at, v.operation_id AS verified_by
             FROM account_moves m LEFT JOIN verifications v ON v.id = (
                 SELECT x.id FROM verifications x WHERE x.person_id = m.person_id
                 ORDER BY x.verified_at DESC, x.id DESC LIMIT 1)
             ORDER BY m.moved_at, m.id";
        self.each(sql, [], |person, on, row| {
            let moved: OperationId = row.get("operation_id")?;
            let verified: Option<Timestamp> = row.get("verified_at")?;
            let verified = verified.map(|at| zone.day(at)).zip(row.get("verified_by")?);
            let is_verified = verified.is_some_and(|verified| verified > (on, moved));
            person.unverified_move_on = (!is_verified).then_some(on);
            Ok(())
        })
    }

    fn read_answers(&mut self) -> Result<()> {
        let sql = format!(
            "SELECT r.person_id AS person_id, r.responded_at AS at, r.score AS score
             FROM people p JOIN responses r ON r.person_id = p.id
             WHERE {} ORDER BY r.responded_at, r.id",
            stages::is_advocate("p.stage")
        );
        self.each(&sql, [], |person, on, row| {
            person.answers.push((on, row.get("score")?));
            Ok(())
        })
    }

    /// Asks without an outcome, accepted ones, and completed ones with the day on which that was first said.
    fn read_asks(&mut self) -> Result<()> {
        let sql = "SELECT person_id, tapped_at AS at, id, ask_kind FROM taps WHERE outcome = ?1 ORDER BY id";
        self.each(sql, [Outcome::Pending], |person, on, row| {
            let (tap, ask) = (row.get("id")?, row.get("ask_kind")?);
            person.pending.push(Pending { tap, ask, on });
            Ok(())
        })?;
        let sql = "SELECT t.person_id AS person_id, t.outcome_at AS at, t.id AS id, t.ask_kind AS ask_kind,
                 (SELECT o.scheduled_on FROM tap_outcomes o WHERE o.tap_id = t.id
                  ORDER BY o.outcome_at DESC, o.id DESC LIMIT 1) AS scheduled_on,
                 (SELECT o.scheduled_time FROM tap_outcomes o WHERE o.tap_id = t.id
                  ORDER BY o.outcome_at DESC, o.id DESC LIMIT 1) AS scheduled_time
             FROM taps t WHERE t.outcome = ?1 ORDER BY t.id";
        self.each(sql, [Outcome::Accepted], |person, on, row| {
            person.accepted.push(Accepted {
                tap: row.get("id")?,
                ask: row.get("ask_kind")?,
                on,
                appointment: taps::appointment(row)?,
            });
            Ok(())
        })?;
        self.read_completed()
    }

    fn read_completed(&mut self) -> Result<()> {
        let zone = self.zone;
        let sql = "SELECT t.person_id AS person_id,
                 coalesce((SELECT min(o.outcome_at) FROM tap_outcomes o
                           WHERE o.tap_id = t.id AND o.outcome = ?1), t.outcome_at) AS at,
                 t.id AS id, t.ask_kind AS ask_kind, t.tapped_at AS tapped_at, t.outcome_at AS outcome_at,
                 t.rating AS rating, CASE WHEN t.imported = 1 THEN n.at END AS imported_at
             FROM taps t JOIN main.operations n ON n.id = t.operation_id WHERE t.outcome = ?1 ORDER BY t.id";
        self.each(sql, [Outcome::Completed], |person, on, row| {
            let imported_at: Option<Timestamp> = row.get("imported_at")?;
            let rating: Option<Rating> = row.get("rating")?;
            let rated_on = zone.day(row.get("outcome_at")?);
            person.completed.push(Completed {
                tap: row.get("id")?,
                ask: row.get("ask_kind")?,
                tapped_on: zone.day(row.get("tapped_at")?),
                on,
                rated: rating.map(|rating| (rating, rated_on)),
                imported_on: imported_at.map(|at| zone.day(at)),
            });
            Ok(())
        })
    }

    fn read_touches(&mut self) -> Result<()> {
        let sql =
            "SELECT person_id, touched_at AS at, kind, tap_id FROM touches ORDER BY touched_at, id";
        self.each(sql, [], |person, on, row| {
            person.last_touch_on = Some(on);
            let tap = row.get("tap_id")?;
            match row.get("kind")? {
                TouchKind::ThankYou => person.thanks.push(Care { tap, on }),
                TouchKind::ResultsShared => person.results.push(Care { tap, on }),
                _ => person.talks.push(Care { tap, on }),
            }
            Ok(())
        })
    }

    fn read_gives(&mut self) -> Result<()> {
        let sql = "SELECT person_id, given_at AS at, tap_id FROM gives ORDER BY given_at, id";
        self.each(sql, [], |person, on, row| {
            let tap = row.get("tap_id")?;
            person.thanks.push(Care { tap, on });
            Ok(())
        })
    }

    /// Holds that last, with the second before the instant at which they lapse.
    fn read_holds(&mut self, now: Timestamp) -> Result<()> {
        let sql = format!(
            "SELECT person_id, lapses_at - 1 AS at, id, request_id FROM holds WHERE {} ORDER BY id",
            holds::lasts("?1")
        );
        self.each(&sql, [now], |person, last_day, row| {
            let (id, request) = (row.get("id")?, row.get("request_id")?);
            person.holds.push(Hold {
                id,
                request,
                last_day,
            });
            Ok(())
        })
    }

    fn read_nominations(&mut self) -> Result<()> {
        let sql = "SELECT n.person_id AS person_id, n.nominated_at AS at, n.id AS id, n.nominated_by AS nominated_by
             FROM nominations n
             WHERE NOT EXISTS (SELECT 1 FROM nomination_decisions d WHERE d.nomination_id = n.id) ORDER BY n.id";
        self.each(sql, [], |person, on, row| {
            let (id, by) = (row.get("id")?, row.get("nominated_by")?);
            person.nominations.push(Nomination { id, by, on });
            Ok(())
        })
    }

    /// Nominations whose last decision was yes, in the order of the decisions.
    fn read_accepted_nominations(&mut self) -> Result<()> {
        let sql = "SELECT n.person_id AS person_id, d.decided_at AS at, n.id AS id, n.nominated_by AS nominated_by
             FROM nominations n JOIN nomination_decisions d ON d.id = (
                 SELECT x.id FROM nomination_decisions x WHERE x.nomination_id = n.id
                 ORDER BY x.decided_at DESC, x.id DESC LIMIT 1)
             WHERE d.decision = ?1 ORDER BY d.decided_at, d.id";
        self.each(sql, [Decision::Accepted], |person, on, row| {
            let (id, by) = (row.get("id")?, row.get("nominated_by")?);
            person.wanted.push(Nomination { id, by, on });
            Ok(())
        })
    }
}
