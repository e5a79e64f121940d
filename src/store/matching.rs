//! Everything that the rules look at, for one person or for many, in a handful of queries.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::{Row, types::ToSql};

use super::people::{self, PersonRow, json_list};
use super::{Result, Tx, parsed};
use crate::domain::ask::{AskKind, Effort};
use crate::domain::calendar::{Timestamp, months_before};
use crate::domain::caps::Claim;
use crate::domain::ids::PersonId;
use crate::domain::matching::{Person, TrackRecord, Trait};
use crate::domain::policy::Policy;
use crate::domain::readiness::{AccountState, Facts, Willingness};
use crate::domain::tap::Outcome;

/// About whom to load the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// One person.
    Person(PersonId),
    /// Everyone about whom something was decided.
    Decided,
    /// Those of them in accounts whose industry is spelt in one of these ways.
    DecidedIn(Vec<String>),
}

impl Scope {
    /// The join that every query of this module starts from, and its one parameter. With industries, the order of the
    /// join is fixed: from the few accounts to their people.
    fn people(&self) -> (&'static str, Box<dyn ToSql>) {
        match self {
            Scope::Person(id) => (
                "people p LEFT JOIN accounts a ON a.id = p.account_id WHERE p.id = ?1",
                Box::new(id.0),
            ),
            Scope::Decided => (
                "people p LEFT JOIN accounts a ON a.id = p.account_id
                 WHERE ?1 IS NULL AND p.stage IS NOT NULL AND p.stage <> 'candidate'",
                Box::new(None::<i64>),
            ),
            Scope::DecidedIn(industries) => (
                "accounts a CROSS JOIN people p ON p.account_id = a.id
                 WHERE a.industry IN (SELECT value FROM json_each(?1))
                   AND p.stage IS NOT NULL AND p.stage <> 'candidate'",
                Box::new(json_list(industries)),
            ),
        }
    }
}

/// One tap as the rules need it.
struct Tap {
    at: Timestamp,
    effort: Effort,
    kind: AskKind,
    outcome: Outcome,
    outcome_at: Timestamp,
}

impl Tx<'_> {
    /// The facts of everyone in the scope, by ascending id, each with the card that is shown of them. `from` is the
    /// earliest day for which a cap will be checked: today, or the day of a back-dated tap.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn facts(
        &self,
        scope: &Scope,
        policy: &Policy,
        today: NaiveDate,
        from: NaiveDate,
    ) -> Result<Vec<(PersonRow, Person)>> {
        let mut everyone = self.cards(scope, policy)?;
        // Sorted here: SQLite would carry every wide row through its sorter.
        everyone.sort_unstable_by_key(|(card, _)| card.id);
        let index: HashMap<i64, usize> = everyone
            .iter()
            .enumerate()
            .map(|(at, (row, _))| (row.id.0, at))
            .collect();
        let year_ago = months_before(today, 12);
        self.load_taps(scope, |id, tap| {
            if let Some(&at) = index.get(&id) {
                add_tap(&mut everyone[at].1, &tap, policy, year_ago);
            }
        })?;
        self.load_willingness(scope, policy, |id, said| {
            if let Some(&at) = index.get(&id) {
                add_willingness(&mut everyone[at].1, said);
            }
        })?;
        self.load_moments(scope, |id, at| {
            if let Some(&index) = index.get(&id) {
                add_moment(&mut everyone[index].1, policy.time_zone.day(at), year_ago);
            }
        })?;
        self.load_account_traits(scope, &mut everyone)?;
        self.load_account_claims(scope, policy, from, &mut everyone)?;
        self.load_holds(policy, today, &mut everyone)?;
        self.load_given(scope, policy, today, &mut everyone)?;
        Ok(everyone)
    }

    fn cards(&self, scope: &Scope, policy: &Policy) -> Result<Vec<(PersonRow, Person)>> {
        let (from, param) = scope.people();
        let sql = format!(
            "SELECT {}, a.health = 'red', a.escalated, a.renewal_on FROM {from}",
            people::COLUMNS
        );
        self.rows(&sql, [param], |row| {
            let card = people::read(row)?;
            let state = AccountState {
                red: row.get::<_, Option<bool>>(people::WIDTH)?.unwrap_or(false),
                escalated: row
                    .get::<_, Option<bool>>(people::WIDTH + 1)?
                    .unwrap_or(false),
                renewal_on: super::date_opt(row, people::WIDTH + 2)?,
                competitors: Vec::new(),
            };
            let person = blank(&card, state, policy);
            Ok((card, person))
        })
    }

    fn load_taps(&self, scope: &Scope, mut add: impl FnMut(i64, Tap)) -> Result<()> {
        let (from, param) = scope.people();
        let (join, filter) = joined(from, "taps t ON t.person_id = p.id");
        let sql = format!(
            "SELECT p.id, t.tapped_at, t.effort, t.ask_kind, t.outcome, t.outcome_at FROM {join} {filter}"
        );
        self.each(&sql, param, |row| {
            let tap = Tap {
                at: Timestamp(row.get(1)?),
                effort: parsed(row, 2)?,
                kind: parsed(row, 3)?,
                outcome: parsed(row, 4)?,
                outcome_at: Timestamp(row.get(5)?),
            };
            add(row.get(0)?, tap);
            Ok(())
        })
    }

    fn load_willingness(
        &self,
        scope: &Scope,
        policy: &Policy,
        mut add: impl FnMut(i64, Willingness),
    ) -> Result<()> {
        let (from, param) = scope.people();
        let (join, filter) = joined(from, "willingness w ON w.person_id = p.id");
        let sql =
            format!("SELECT p.id, w.ask_kind, w.willing, w.said_at, w.id FROM {join} {filter}");
        let mut words: Vec<([i64; 3], Willingness)> = Vec::new();
        self.each(&sql, param, |row| {
            let said_at = row.get(3)?;
            let said = Willingness {
                kind: parsed(row, 1)?,
                willing: row.get(2)?,
                on: policy.time_zone.day(Timestamp(said_at)),
            };
            words.push(([row.get(0)?, said_at, row.get(4)?], said));
            Ok(())
        })?;
        words.sort_unstable_by_key(|(order, _)| *order);
        for ([person, ..], said) in words {
            add(person, said);
        }
        Ok(())
    }

    fn load_moments(&self, scope: &Scope, mut add: impl FnMut(i64, Timestamp)) -> Result<()> {
        let (from, param) = scope.people();
        let (join, filter) = from.split_once("WHERE").unwrap_or((from, "1"));
        self.each(&super::moments::joined(join, filter), param, |row| {
            add(row.get(0)?, Timestamp(row.get(1)?));
            Ok(())
        })
    }

    fn load_account_traits(
        &self,
        scope: &Scope,
        everyone: &mut [(PersonRow, Person)],
    ) -> Result<()> {
        let (from, param) = scope.people();
        let (join, filter) = joined(from, "account_traits x ON x.account_id = p.account_id");
        let sql = format!("SELECT DISTINCT x.account_id, x.trait, x.value FROM {join} {filter}");
        let mut by_account: HashMap<i64, Vec<(String, String)>> = HashMap::new();
        self.each(&sql, param, |row| {
            by_account
                .entry(row.get(0)?)
                .or_default()
                .push((row.get(1)?, row.get(2)?));
            Ok(())
        })?;
        for (card, person) in everyone {
            let Some(traits) = card.account_id.and_then(|id| by_account.get(&id.0)) else {
                continue;
            };
            for (kind, value) in traits {
                match kind.as_str() {
                    "product" => person.traits.push((Trait::Product, value.clone())),
                    "use-case" => person.traits.push((Trait::UseCase, value.clone())),
                    _ => person.facts.account.competitors.push(value.clone()),
                }
            }
        }
        Ok(())
    }

    fn load_account_claims(
        &self,
        scope: &Scope,
        policy: &Policy,
        first: NaiveDate,
        everyone: &mut [(PersonRow, Person)],
    ) -> Result<()> {
        let (from, param) = scope.people();
        let since = policy
            .time_zone
            .start_of(months_before(first, policy.account_cap.months + 1));
        let sql = format!(
            "SELECT t.account_id, t.tapped_at, t.effort FROM taps t
             WHERE t.account_id IN (SELECT p.account_id FROM {from}) AND t.counts = 1 AND t.tapped_at >= {}",
            since.0
        );
        let mut by_account: HashMap<i64, Vec<Claim>> = HashMap::new();
        self.each(&sql, param, |row| {
            let on = policy.time_zone.day(Timestamp(row.get(1)?));
            by_account
                .entry(row.get(0)?)
                .or_default()
                .push(Claim::tap(on, parsed(row, 2)?));
            Ok(())
        })?;
        for (card, person) in everyone {
            if let Some(claims) = card.account_id.and_then(|id| by_account.get(&id.0)) {
                person.facts.account_claims.clone_from(claims);
            }
        }
        Ok(())
    }

    /// Holds take room while they last; there are few of them, so all that last are read.
    fn load_holds(
        &self,
        policy: &Policy,
        today: NaiveDate,
        everyone: &mut [(PersonRow, Person)],
    ) -> Result<()> {
        let zone = policy.time_zone;
        let holds = self.rows(
            "SELECT person_id, account_id, placed_at, effort, lapses_at FROM holds
             WHERE released_at IS NULL AND lapses_at > ?1",
            [zone.start_of(today).0],
            |row| {
                let placed_on = zone.day(Timestamp(row.get(2)?));
                let lapses_on = zone.day(Timestamp(row.get(4)?));
                let claim = Claim::hold(placed_on, parsed(row, 3)?, lapses_on);
                Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?, claim))
            },
        )?;
        if holds.is_empty() {
            return Ok(());
        }
        for (card, person) in everyone {
            for (held, account, claim) in &holds {
                if *held == card.id.0 {
                    person.facts.claims.push(*claim);
                }
                if account.is_some() && *account == card.account_id.map(|id| id.0) {
                    person.facts.account_claims.push(*claim);
                }
            }
        }
        Ok(())
    }

    fn each(
        &self,
        sql: &str,
        param: Box<dyn ToSql>,
        mut take: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
    ) -> Result<()> {
        let mut statement = self.sql.prepare_cached(sql)?;
        let mut rows = statement.query([param])?;
        while let Some(row) = rows.next()? {
            take(row)?;
        }
        Ok(())
    }
}

/// Adds one more table to the join of a scope.
fn joined(from: &str, table: &str) -> (String, String) {
    let (join, filter) = from.split_once("WHERE").unwrap_or((from, "1"));
    (
        format!("{join} CROSS JOIN {table}"),
        format!("WHERE {filter}"),
    )
}

/// A person before their taps, words and moments are added.
fn blank(card: &PersonRow, account: AccountState, policy: &Policy) -> Person {
    let latest = card.latest_score.zip(card.latest_response_at);
    let traits = [
        (Trait::Region, &card.region),
        (Trait::Region, &card.country),
        (Trait::Segment, &card.segment),
        (Trait::Persona, &card.persona),
        (Trait::Language, &card.language),
    ];
    Person {
        id: card.id,
        facts: Facts {
            standing: card.standing,
            latest_score: latest.map(|(score, at)| (score, policy.time_zone.day(at))),
            account,
            ..Facts::default()
        },
        traits: traits
            .into_iter()
            .filter_map(|(kind, value)| Some((kind, value.clone()?)))
            .collect(),
        record: TrackRecord::default(),
        last_tapped_at: card.last_tapped_at,
        taps_last_year: 0,
        moments_last_year: 0,
        given: 0,
        completed: Vec::new(),
    }
}

fn add_moment(person: &mut Person, on: NaiveDate, year_ago: NaiveDate) {
    person.facts.last_moment_on = person.facts.last_moment_on.max(Some(on));
    person.moments_last_year += u32::from(on > year_ago);
}

fn add_tap(person: &mut Person, tap: &Tap, policy: &Policy, year_ago: NaiveDate) {
    let zone = policy.time_zone;
    let on = zone.day(tap.at);
    if tap.outcome.counts() {
        person.facts.claims.push(Claim::tap(on, tap.effort));
        person.taps_last_year += u32::from(on > year_ago);
    }
    person.record.add(tap.outcome);
    let settled_on = zone.day(tap.outcome_at);
    match tap.outcome {
        Outcome::Completed => {
            *person.facts.completed.get_mut(tap.effort) += 1;
            person.completed.push((tap.effort, settled_on));
            add_moment(person, settled_on, year_ago);
        }
        Outcome::Declined => {
            let declines = &mut person.facts.declines;
            match declines.iter_mut().find(|(kind, _)| *kind == tap.kind) {
                Some((_, last)) => *last = settled_on.max(*last),
                None => declines.push((tap.kind, settled_on)),
            }
        }
        _ => {}
    }
}

/// Keeps the last word on each kind: the rows come oldest first.
fn add_willingness(person: &mut Person, said: Willingness) {
    let all = &mut person.facts.willingness;
    match all.iter_mut().find(|earlier| earlier.kind == said.kind) {
        Some(earlier) => *earlier = said,
        None => all.push(said),
    }
}
