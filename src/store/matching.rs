//! Everything that the rules look at, for one person or for many, in a handful of queries: who comes into question is
//! asked once, and each kind of fact is then read in one pass over those people or their accounts, by ascending id.

mod one;

use std::rc::Rc;

use chrono::NaiveDate;
use one::{Word, add_completed, add_decline, add_moment, add_willingness};
use rusqlite::Row;

use super::people::{PersonRow, json_ids};
use super::scope::Scope;
use super::{Result, Tx, date_opt, parsed, parsed_opt, score_opt};
use crate::domain::calendar::{Timestamp, Zone, days_after, months_before};
use crate::domain::caps::{self, Claim, Hold};
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::matching::{Person, TrackRecord, Trait};
use crate::domain::policy::Policy;
use crate::domain::readiness::{AccountState, ReadinessFacts, Willingness};
use crate::domain::reciprocity::BALANCE_MONTHS;
use crate::domain::stage::Standing;
use crate::domain::tap::Outcome;

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
        let people = self.people(scope, policy, today, from)?;
        let cards = self.cards(people.iter().map(|person| person.id))?;
        Ok(cards.into_iter().zip(people).collect())
    }

    /// The same without the cards: most of many people are never shown.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn people(
        &self,
        scope: &Scope,
        policy: &Policy,
        today: NaiveDate,
        from: NaiveDate,
    ) -> Result<Vec<Person>> {
        let mut gathering = Gathering::of(self, scope, policy, today, from)?;
        gathering.read_accounts()?;
        gathering.read_taps()?;
        gathering.read_willingness()?;
        gathering.read_moments()?;
        gathering.read_account_moments()?;
        gathering.read_claims_and_holds(today)?;
        gathering.read_given(scope, today)?;
        Ok(gathering.people)
    }

    /// Runs a query whose `?1` is a list of ids and whose first column is a place in it.
    fn each(
        &self,
        sql: &str,
        ids: &str,
        mut take: impl FnMut(usize, &Row<'_>) -> rusqlite::Result<()>,
    ) -> Result<()> {
        let mut statement = self.sql.prepare_cached(sql)?;
        let mut rows = statement.query([ids])?;
        while let Some(row) = rows.next()? {
            let place: u32 = row.get(0)?;
            take(place as usize, row)?;
        }
        Ok(())
    }
}

/// The people whose facts are being gathered, and the accounts where they are.
struct Gathering<'g> {
    tx: &'g Tx<'g>,
    zone: Zone,
    /// What happened after this day is of the last year.
    year_ago: NaiveDate,
    /// The first day whose claims matter to the cap of a person, and of an account.
    person_reach: NaiveDate,
    account_reach: NaiveDate,
    /// By ascending id.
    people: Vec<Person>,
    /// The place of each person's account.
    account_of: Vec<Option<usize>>,
    /// By ascending id as well.
    accounts: Vec<i64>,
    person_ids: String,
    account_ids: String,
}

impl<'g> Gathering<'g> {
    /// Finds who comes into question.
    fn of(
        tx: &'g Tx<'g>,
        scope: &Scope,
        policy: &Policy,
        today: NaiveDate,
        from: NaiveDate,
    ) -> Result<Self> {
        let zone = policy.time_zone;
        let (source, param) = scope.people();
        let sql = format!(
            "SELECT p.id, p.account_id, p.stage, p.stage_until, p.latest_score, p.latest_response_at, p.last_tapped_at,
                 p.persona, p.language FROM {source}"
        );
        let mut found: Vec<(Person, Option<i64>)> =
            tx.rows(&sql, [param], |row| Ok((blank(row, zone)?, row.get(1)?)))?;
        // Sorted here: SQLite would carry every row through its sorter.
        found.sort_unstable_by_key(|(person, _)| person.id);
        let mut accounts: Vec<i64> = found.iter().filter_map(|(_, account)| *account).collect();
        accounts.sort_unstable();
        accounts.dedup();
        let place = |account: Option<i64>| accounts.binary_search(&account?).ok();
        let account_of = found.iter().map(|(_, account)| place(*account)).collect();
        let people: Vec<Person> = found.into_iter().map(|(person, _)| person).collect();
        let caps = [policy.caps.low, policy.caps.medium, policy.caps.high];
        let longest = caps.iter().map(|cap| cap.months).max().unwrap_or_default();
        Ok(Self {
            tx,
            zone,
            year_ago: months_before(today, 12),
            person_reach: caps::reach(longest, from),
            account_reach: caps::reach(policy.account_cap.months, from),
            person_ids: json_ids(people.iter().map(|person| person.id.0)),
            account_ids: json_ids(accounts.iter().copied()),
            people,
            account_of,
            accounts,
        })
    }

    /// How each account is doing, and its traits.
    fn read_accounts(&mut self) -> Result<()> {
        let mut known = vec![(AccountState::default(), Vec::new()); self.accounts.len()];
        let sql = "SELECT j.key, a.health = 'red', a.escalated, a.renewal_on, a.region, a.country, a.segment
             FROM json_each(?1) j CROSS JOIN accounts a ON a.id = j.value";
        self.tx.each(sql, &self.account_ids, |place, row| {
            let (state, traits) = &mut known[place];
            state.red = row.get::<_, Option<bool>>(1)?.unwrap_or(false);
            state.escalated = row.get(2)?;
            state.renewal_on = date_opt(row, 3)?;
            for (column, kind) in [(4, Trait::Region), (5, Trait::Region), (6, Trait::Segment)] {
                traits.extend(
                    row.get::<_, Option<String>>(column)?
                        .map(|value| (kind, value)),
                );
            }
            Ok(())
        })?;
        let sql = "SELECT j.key, x.trait, x.value
             FROM json_each(?1) j CROSS JOIN account_traits x ON x.account_id = j.value";
        self.tx.each(sql, &self.account_ids, |place, row| {
            let (state, traits) = &mut known[place];
            match row.get_ref(1)?.as_str()? {
                "product" => traits.push((Trait::Product, row.get(2)?)),
                "use-case" => traits.push((Trait::UseCase, row.get(2)?)),
                _ => state.competitors.push(row.get(2)?),
            }
            Ok(())
        })?;
        for (person, account) in self.people.iter_mut().zip(&self.account_of) {
            if let Some((state, traits)) = account.map(|place| &known[place]) {
                person.facts.account.clone_from(state);
                person.traits.extend_from_slice(traits);
            }
        }
        Ok(())
    }

    fn read_taps(&mut self) -> Result<()> {
        let (zone, year_ago, reach) = (self.zone, self.year_ago, self.person_reach);
        // The day of an earlier tap is of no interest, and there are many of them.
        let recent = zone.start_of(reach.min(year_ago));
        let sql = "SELECT j.key, t.tapped_at, t.effort, t.ask_kind, t.outcome, t.outcome_at
             FROM json_each(?1) j CROSS JOIN taps t ON t.person_id = j.value";
        self.tx.each(sql, &self.person_ids, |place, row| {
            let person = &mut self.people[place];
            let at = Timestamp(row.get(1)?);
            let outcome: Outcome = parsed(row, 4)?;
            if at >= recent && outcome.counts() {
                let on = zone.day(at);
                if on >= reach {
                    let claim = Claim::tap(on, parsed(row, 2)?);
                    person.facts.claims.push(claim);
                }
                person.taps_last_year += u32::from(on > year_ago);
            }
            person.record.add(outcome);
            match outcome {
                Outcome::Completed => {
                    add_completed(person, parsed(row, 2)?, day(row, 5, zone)?, year_ago)
                }
                Outcome::Declined => add_decline(person, parsed(row, 3)?, day(row, 5, zone)?),
                _ => {}
            }
            Ok(())
        })
    }

    fn read_willingness(&mut self) -> Result<()> {
        let sql = "SELECT j.key, w.said_at, w.id, w.ask_kind, w.willing, w.operation_id
             FROM json_each(?1) j CROSS JOIN willingness w ON w.person_id = j.value";
        let mut words: Vec<(usize, Word)> = Vec::new();
        self.tx.each(sql, &self.person_ids, |place, row| {
            let said_at = row.get(1)?;
            let said = Willingness {
                kind: parsed(row, 3)?,
                willing: row.get(4)?,
                on: self.zone.day(Timestamp(said_at)),
            };
            let (id, operation) = (row.get(2)?, row.get(5)?);
            words.push((
                place,
                Word {
                    said_at,
                    id,
                    operation,
                    said,
                },
            ));
            Ok(())
        })?;
        words.sort_unstable_by_key(|(place, word)| (*place, word.said_at, word.id));
        for of_one in words.chunk_by(|(one, _), (other, _)| one == other) {
            let person = &mut self.people[of_one[0].0];
            for (_, word) in of_one {
                if word.is_moment(of_one.iter().map(|(_, other)| other)) {
                    add_moment(person, word.said.on, self.year_ago);
                }
                add_willingness(person, word.said);
            }
        }
        Ok(())
    }

    fn read_moments(&mut self) -> Result<()> {
        let sql = super::moments::beside_those_read();
        self.tx.each(&sql, &self.person_ids, |place, row| {
            let on = day(row, 1, self.zone)?;
            add_moment(&mut self.people[place], on, self.year_ago);
            Ok(())
        })
    }

    /// Signals about an account are moments of all of its people.
    fn read_account_moments(&mut self) -> Result<()> {
        let mut moments: Vec<Vec<NaiveDate>> = vec![Vec::new(); self.accounts.len()];
        let sql = super::moments::of_accounts();
        self.tx.each(&sql, &self.account_ids, |place, row| {
            moments[place].push(day(row, 1, self.zone)?);
            Ok(())
        })?;
        for (person, account) in self.people.iter_mut().zip(&self.account_of) {
            for on in account.iter().flat_map(|place| &moments[*place]) {
                add_moment(person, *on, self.year_ago);
            }
        }
        Ok(())
    }

    /// What people received within the months of a balance.
    fn read_given(&mut self, scope: &Scope, today: NaiveDate) -> Result<()> {
        let first = days_after(months_before(today, BALANCE_MONTHS), 1);
        let only = match scope {
            Scope::Person(id) => Some(*id),
            _ => None,
        };
        let since = self.zone.start_of(first);
        for (person, received) in self.tx.given_since(since, only)? {
            if let Ok(place) = self.people.binary_search_by_key(&person, |one| one.id) {
                self.people[place].given = received;
            }
        }
        Ok(())
    }

    /// What takes room in an account's cap, for all of its people.
    fn read_claims_and_holds(&mut self, today: NaiveDate) -> Result<()> {
        let zone = self.zone;
        let mut claims: Vec<Vec<Claim>> = vec![Vec::new(); self.accounts.len()];
        let sql = format!(
            "SELECT j.key, t.tapped_at, t.effort
             FROM json_each(?1) j CROSS JOIN taps t ON t.account_id = j.value AND t.tapped_at >= {}
             WHERE t.counts = 1",
            zone.start_of(self.account_reach).0
        );
        self.tx.each(&sql, &self.account_ids, |place, row| {
            let on = day(row, 1, zone)?;
            claims[place].push(Claim::tap(on, parsed(row, 2)?));
            Ok(())
        })?;
        self.read_holds(today, &mut claims)?;
        let shared: Vec<Rc<[Claim]>> = claims.into_iter().map(Rc::from).collect();
        for (person, account) in self.people.iter_mut().zip(&self.account_of) {
            if let Some(place) = *account {
                person.facts.account_claims = Rc::clone(&shared[place]);
            }
        }
        Ok(())
    }

    /// Holds take room while they last, in the caps of the person and of the account. There are few of them, so all
    /// that last are read.
    fn read_holds(&mut self, today: NaiveDate, of_accounts: &mut [Vec<Claim>]) -> Result<()> {
        let zone = self.zone;
        let holds = self.tx.rows(
            "SELECT person_id, account_id, placed_at, lapses_at, effort, request_id FROM holds
             WHERE released_at IS NULL AND lapses_at > ?1",
            [zone.start_of(today).0],
            |row| {
                let hold = Hold {
                    request: RequestId(row.get(5)?),
                    lapses_on: day(row, 3, zone)?,
                };
                let claim = Claim::hold(day(row, 2, zone)?, parsed(row, 4)?, hold);
                Ok((PersonId(row.get(0)?), row.get::<_, Option<i64>>(1)?, claim))
            },
        )?;
        for (person, account, claim) in holds {
            if let Ok(place) = self.people.binary_search_by_key(&person, |one| one.id) {
                self.people[place].facts.claims.push(claim);
            }
            if let Some(Ok(place)) = account.map(|id| self.accounts.binary_search(&id)) {
                of_accounts[place].push(claim);
            }
        }
        Ok(())
    }
}

/// Reads an instant as the day on which it falls.
fn day(row: &Row<'_>, column: usize, zone: Zone) -> rusqlite::Result<NaiveDate> {
    Ok(zone.day(Timestamp(row.get(column)?)))
}

/// A person before anything but their own row was read.
fn blank(row: &Row<'_>, zone: Zone) -> rusqlite::Result<Person> {
    let answered_at = row.get::<_, Option<i64>>(5)?.map(Timestamp);
    let latest = score_opt(row, 4)?.zip(answered_at);
    let mut traits = Vec::new();
    for (column, kind) in [(7, Trait::Persona), (8, Trait::Language)] {
        traits.extend(
            row.get::<_, Option<String>>(column)?
                .map(|value| (kind, value)),
        );
    }
    Ok(Person {
        id: PersonId(row.get(0)?),
        facts: ReadinessFacts {
            standing: Standing {
                stage: parsed_opt(row, 2)?,
                until: date_opt(row, 3)?,
            },
            latest_score: latest.map(|(score, at)| (score, zone.day(at))),
            ..ReadinessFacts::default()
        },
        traits,
        record: TrackRecord::default(),
        last_tapped_at: row.get::<_, Option<i64>>(6)?.map(Timestamp),
        taps_last_year: 0,
        moments_last_year: 0,
        given: 0,
        completed: Vec::new(),
    })
}
