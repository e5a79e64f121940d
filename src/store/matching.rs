//! Everything that the rules look at, for one person or for many, in a handful of queries: who comes into question is
//! asked once, and each kind of fact is then read in one pass over those people or their accounts, by ascending id.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the places are those of the people and accounts that were loaded"
)]

mod asked;
mod decided;
mod person;
mod traits;

use std::rc::Rc;

use asked::{Asked, Asks};
use chrono::NaiveDate;
use person::{add_heard, add_moment, add_willingness, blank};

use super::histories::{Everybody, Until};
use super::people::{PersonRow, json_ids};
use super::rows::{Record, Row};
use super::scope::Scope;
use super::{Result, Tx, claims, holds, moments, moves};
use crate::domain::calendar::{Timestamp, Zone, days_after, months_before};
use crate::domain::caps::{self, Claim};
use crate::domain::ids::{AccountId, PersonId};
use crate::domain::matching::Person;
use crate::domain::policy::Policy;
use crate::domain::present::Present;
use crate::domain::readiness::Willingness;
use crate::domain::reciprocity::BALANCE_MONTHS;

impl Tx<'_> {
    /// The facts of everyone in the scope, by ascending id, each with the card that is shown of them.
    pub(crate) fn facts(
        &self,
        scope: &Scope,
        present: &Present,
    ) -> Result<Vec<(PersonRow, Person)>> {
        let people = self.people(scope, present, present.today)?;
        let cards = self.cards(people.iter().map(|person| person.id))?;
        Ok(cards.into_iter().zip(people).collect())
    }

    /// The same without the cards: most of many people are never shown. `from` is the earliest day for which a cap will
    /// be checked: today, or the day of a back-dated tap.
    pub(crate) fn people(
        &self,
        scope: &Scope,
        present: &Present,
        from: NaiveDate,
    ) -> Result<Vec<Person>> {
        let (policy, today) = (&present.policy, present.today);
        Gathering::of(self, scope, policy, today, from)?.people(scope, today)
    }

    /// Runs a query whose `?1` is a list of ids and whose `place` is one in it.
    fn each(
        &self,
        sql: &str,
        ids: &str,
        mut take: impl FnMut(usize, &Row<'_>) -> rusqlite::Result<()>,
    ) -> Result<()> {
        self.for_each(sql, [ids], |row| {
            let place: u32 = row.get("place")?;
            take(place as usize, row)
        })
    }
}

/// The people whose facts are being gathered, and the accounts where they are.
struct Gathering<'g> {
    tx: &'g Tx<'g>,
    policy: &'g Policy,
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
    accounts: Vec<AccountId>,
    person_ids: String,
    account_ids: String,
    /// The histories of everybody, where it is about so many, and they are at hand.
    known: Option<(&'g Everybody<'g>, Until<'g>)>,
}

impl<'g> Gathering<'g> {
    /// Finds who comes into question.
    fn of(
        tx: &'g Tx<'g>,
        scope: &Scope,
        policy: &'g Policy,
        today: NaiveDate,
        from: NaiveDate,
    ) -> Result<Self> {
        let zone = policy.time_zone;
        let (condition, param) = scope.people();
        let sql = format!(
            "SELECT id, account_id, stage, stage_until, latest_score, latest_response_at, last_tapped_at, persona, language
             FROM people p WHERE {condition}"
        );
        let mut found: Vec<(Person, Option<AccountId>)> = tx.rows(&sql, [param], |row| {
            let account = row.get("account_id")?;
            Ok((blank(row, zone)?, account))
        })?;
        // Sorted here: SQLite would carry every row through its sorter.
        found.sort_unstable_by_key(|(person, _)| person.id);
        let mut accounts: Vec<AccountId> =
            found.iter().filter_map(|(_, account)| *account).collect();
        accounts.sort_unstable();
        accounts.dedup();
        let place = |account: Option<AccountId>| accounts.binary_search(&account?).ok();
        let account_of = found.iter().map(|(_, account)| place(*account)).collect();
        let people: Vec<Person> = found.into_iter().map(|(person, _)| person).collect();
        let caps = [policy.caps.low, policy.caps.medium, policy.caps.high];
        let longest = caps.iter().map(|cap| cap.months).max().unwrap_or_default();
        Ok(Self {
            tx,
            policy,
            zone,
            year_ago: months_before(today, 12),
            person_reach: caps::reach(longest, from),
            account_reach: caps::reach(policy.account_cap.months, from),
            person_ids: json_ids(people.iter().map(|person| person.id.0)),
            account_ids: json_ids(accounts.iter().map(|account| account.0)),
            people,
            account_of,
            accounts,
            known: None,
        })
    }

    /// What the rules look at of each of them.
    fn people(mut self, scope: &Scope, today: NaiveDate) -> Result<Vec<Person>> {
        self.read_accounts()?;
        self.read_tags()?;
        self.read_taps()?;
        self.read_willingness()?;
        match self.known {
            Some((everybody, _)) => self.read_moments_of(everybody)?,
            None => {
                self.read_moments()?;
                self.read_account_moments()?;
            }
        }
        self.read_answered_touches()?;
        self.read_last_moves()?;
        self.read_claims_and_holds(today)?;
        self.read_received(scope, today)?;
        Ok(self.people)
    }

    fn read_taps(&mut self) -> Result<()> {
        let mut asks = Asks {
            zone: self.zone,
            bad_rating: self.policy.bad_rating,
            year_ago: self.year_ago,
            reach: self.person_reach,
            recent: self.zone.start_of(self.person_reach.min(self.year_ago)),
            settled: Vec::new(),
        };
        if let Some((everybody, known)) = self.known {
            for ask in &everybody.asks_by_person(known)? {
                if let Some(place) = self.place(ask.person) {
                    asks.add(place, &mut self.people[place], &ask.into());
                }
            }
        } else {
            let sql = format!(
                "SELECT j.key AS place, {} FROM json_each(?1) j CROSS JOIN {} ON m.person_id = j.value",
                Asked::columns(),
                Asked::FROM
            );
            self.tx.each(&sql, &self.person_ids, |place, row| {
                asks.add(place, &mut self.people[place], &Asked::read(row)?);
                Ok(())
            })?;
        }
        asks.settle(&mut self.people);
        Ok(())
    }

    /// The place of somebody, where they come into question.
    fn place(&self, person: PersonId) -> Option<usize> {
        self.people.binary_search_by_key(&person, |one| one.id).ok()
    }

    fn read_willingness(&mut self) -> Result<()> {
        let sql = format!(
            "SELECT j.key AS place, m.said_at AS said_at, m.id AS id, m.ask_kind AS ask_kind, m.willing AS willing,
                 {} AS is_moment
             FROM json_each(?1) j CROSS JOIN willingness m ON m.person_id = j.value",
            moments::FIRST_OF_A_CONFIRMATION
        );
        let mut words: Vec<(usize, Timestamp, i64, Willingness)> = Vec::new();
        self.tx.each(&sql, &self.person_ids, |place, row| {
            let (said_at, id) = (row.get("said_at")?, row.get("id")?);
            let word = Willingness {
                kind: row.get("ask_kind")?,
                willing: row.get("willing")?,
                on: self.zone.day(said_at),
            };
            if row.get("is_moment")? {
                add_moment(&mut self.people[place], word.on, true, self.year_ago);
            }
            words.push((place, said_at, id, word));
            Ok(())
        })?;
        words.sort_unstable_by_key(|(place, said_at, id, _)| (*place, *said_at, *id));
        for (place, _, _, word) in words {
            add_willingness(&mut self.people[place], word);
        }
        Ok(())
    }

    fn read_moments(&mut self) -> Result<()> {
        let sql = moments::beside_those_read();
        self.tx.each(&sql, &self.person_ids, |place, row| {
            let on = self.zone.day(row.get("happened_at")?);
            let own = row.get("own")?;
            add_moment(&mut self.people[place], on, own, self.year_ago);
            Ok(())
        })
    }

    /// Signals about an account are moments of those of its people who were on record there.
    fn read_account_moments(&mut self) -> Result<()> {
        let mut signalled = vec![false; self.accounts.len()];
        let sql = "SELECT j.key AS place FROM json_each(?1) j
             WHERE EXISTS (SELECT 1 FROM signals m WHERE m.account_id = j.value)";
        self.tx.each(sql, &self.account_ids, |place, _| {
            signalled[place] = true;
            Ok(())
        })?;
        let accounts = self.account_of.iter().enumerate();
        let concerned = accounts.filter(|(_, account)| account.is_some_and(|at| signalled[at]));
        let concerned: Vec<usize> = concerned.map(|(person, _)| person).collect();
        let ids = json_ids(concerned.iter().map(|place| self.people[*place].id.0));
        let rules = self.policy.moments();
        self.tx
            .each(&moments::of_their_accounts(), &ids, |place, row| {
                if let Some(on) = rules.day(&moments::moment(row)?) {
                    add_moment(&mut self.people[concerned[place]], on, false, self.year_ago);
                }
                Ok(())
            })
    }

    /// When each was last heard at a touch.
    fn read_answered_touches(&mut self) -> Result<()> {
        if let Some((_, known)) = self.known {
            for (person, at) in known.heard() {
                if let Some(place) = self.place(person) {
                    add_heard(&mut self.people[place], self.zone.day(at));
                }
            }
            return Ok(());
        }
        let sql = "SELECT j.key AS place, m.touched_at AS touched_at
             FROM json_each(?1) j CROSS JOIN touches m ON m.person_id = j.value WHERE m.answered = 1";
        self.tx.each(sql, &self.person_ids, |place, row| {
            let on = self.zone.day(row.get("touched_at")?);
            add_heard(&mut self.people[place], on);
            Ok(())
        })
    }

    /// The last move of those who moved, with what is on record since and of the account.
    fn read_last_moves(&mut self) -> Result<()> {
        let sql = moves::last_moves("json_each(?1) j CROSS JOIN", "m.person_id = j.value");
        self.tx.each(&sql, &self.person_ids, |place, row| {
            self.people[place].facts.moved = Some(moves::moved(row, self.policy)?);
            Ok(())
        })
    }

    /// What people received within the months of a balance.
    fn read_received(&mut self, scope: &Scope, today: NaiveDate) -> Result<()> {
        let first = days_after(months_before(today, BALANCE_MONTHS), 1);
        let only = match scope {
            Scope::Person(id) => Some(*id),
            _ => None,
        };
        let since = self.zone.start_of(first);
        for (person, received) in self.tx.received_since(since, only)? {
            if let Ok(place) = self.people.binary_search_by_key(&person, |one| one.id) {
                self.people[place].given = received;
            }
        }
        Ok(())
    }

    /// What takes room in an account's cap, for all of its people.
    fn read_claims_and_holds(&mut self, today: NaiveDate) -> Result<()> {
        let zone = self.zone;
        let mut of_accounts: Vec<Vec<Claim>> = vec![Vec::new(); self.accounts.len()];
        let sql = format!(
            "SELECT j.key AS place, t.tapped_at AS tapped_at, t.effort AS effort
             FROM json_each(?1) j CROSS JOIN taps t ON t.account_id = j.value AND t.tapped_at >= {}
             WHERE t.counts = 1",
            zone.start_of(self.account_reach).0
        );
        self.tx.each(&sql, &self.account_ids, |place, row| {
            of_accounts[place].push(claims::of_tap(row, zone)?);
            Ok(())
        })?;
        self.read_holds(today, &mut of_accounts)?;
        let shared: Vec<Rc<[Claim]>> = of_accounts.into_iter().map(Rc::from).collect();
        for (person, account) in self.people.iter_mut().zip(&self.account_of) {
            if let Some(place) = *account {
                person.facts.account_claims = Rc::clone(&shared[place]);
            }
        }
        Ok(())
    }

    /// Holds take room while they last, in the caps of the person and of the account. There are few of them, so all
    /// that last are read for many people.
    fn read_holds(&mut self, today: NaiveDate, of_accounts: &mut [Vec<Claim>]) -> Result<()> {
        let zone = self.zone;
        let (only, theirs) = match &self.people[..] {
            [one] => (Some(one.id), self.accounts.first()),
            _ => (None, None),
        };
        let sql = format!(
            "SELECT person_id, account_id, placed_at, effort, lapses_at, request_id FROM holds
             WHERE {} AND {} ORDER BY id",
            holds::lasts("?1"),
            match only {
                Some(_) => "(person_id = ?2 OR account_id = ?3)",
                None => "?2 IS NULL AND ?3 IS NULL",
            }
        );
        let params = (zone.start_of(today), only, theirs.copied());
        self.tx.for_each(&sql, params, |row| {
            let person: PersonId = row.get("person_id")?;
            let account: Option<AccountId> = row.get("account_id")?;
            let claim = claims::of_hold(row, zone)?;
            if let Ok(place) = self.people.binary_search_by_key(&person, |one| one.id) {
                self.people[place].facts.claims.push(claim);
            }
            if let Some(Ok(place)) = account.map(|id| self.accounts.binary_search(&id)) {
                of_accounts[place].push(claim);
            }
            Ok(())
        })
    }
}
