//! What is on record of very many people, read once for all the days that somebody asks about. Of an earlier day it is
//! what is dated before its end, but for the few rows that were otherwise then: those are asked of the views ([`then`]).

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::moments::{self, FactOfMoment, Source, Which};
use super::taps::AskRow;
use super::then::UNTIL;
use super::{Result, Tx};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{PersonId, TapId};
use crate::domain::moment::{Moment, MomentRules};

/// Everything that happened until today, as it is known today.
pub(super) struct Histories {
    asks: Vec<AskRow>,
    moments: Vec<FactOfMoment>,
    /// Who was heard at a touch, and when.
    heard: Vec<(PersonId, Timestamp)>,
    /// What was asked anew about the moments of a day, by the instant at which it ends.
    of_days: RefCell<HashMap<Option<Timestamp>, Rc<OfDay>>>,
}

/// What of the moments of one day is not the same on every day.
struct OfDay {
    /// The rows that were otherwise then, whatever they say today.
    otherwise: HashSet<(&'static str, i64)>,
    /// What they said, and the facts that count or not by what else is on record.
    moments: Vec<FactOfMoment>,
}

/// Everybody on record: asked of the file, or of the histories where they are at hand.
pub(crate) struct Everybody<'a> {
    /// What else can be asked.
    pub(crate) tx: &'a Tx<'a>,
    pub(super) known: Option<Until<'a>>,
}

/// The histories, as they were before an instant or as they are today.
#[derive(Clone, Copy)]
pub(super) struct Until<'h> {
    pub(super) histories: &'h Histories,
    pub(super) until: Option<Timestamp>,
}

const HEARD: &str = "SELECT person_id, touched_at FROM touches WHERE answered = 1";

impl Until<'_> {
    /// Who was heard at a touch, and when.
    pub(super) fn heard(&self) -> impl Iterator<Item = (PersonId, Timestamp)> {
        let heard = self.histories.heard.iter();
        heard.filter(|(_, at)| self.has(*at)).copied()
    }

    fn has(&self, dated: Timestamp) -> bool {
        self.until.is_none_or(|until| dated < until)
    }
}

impl Histories {
    /// Reads them; to be asked about the present.
    pub(super) fn load(tx: &Tx<'_>) -> Result<Self> {
        Ok(Self {
            asks: asks_as_read(tx)?,
            moments: tx.facts_of_moments(Which::Lasting)?,
            heard: tx.rows(HEARD, [], |row| {
                Ok((row.get("person_id")?, row.get("touched_at")?))
            })?,
            of_days: RefCell::default(),
        })
    }
}

/// Every tap, by person, in the order in which the taps of one person are read.
fn asks_as_read(tx: &Tx<'_>) -> Result<Vec<AskRow>> {
    tx.all(
        "ORDER BY person_id, tapped_at, counts, effort, ask_kind, outcome, outcome_at, rating, id",
        [],
    )
}

impl Everybody<'_> {
    /// Every tap of everybody, whether it counts or not, oldest first.
    pub(crate) fn asks(&self) -> Result<Vec<AskRow>> {
        let mut asks = match self.known {
            Some(known) => self.asks_by_person(known)?,
            None => self.tx.all("", [])?,
        };
        // Sorted here: SQLite would carry every row through its sorter.
        asks.sort_unstable_by_key(|ask| (ask.at, ask.tap));
        Ok(asks)
    }

    /// Every tap of everybody, by person, in the order in which the taps of one person are read.
    pub(super) fn asks_by_person(&self, known: Until<'_>) -> Result<Vec<AskRow>> {
        let asks = known.histories.asks.iter();
        let mut asks: Vec<AskRow> = asks.filter(|ask| known.has(ask.at)).copied().collect();
        if known.until.is_some() {
            let which =
                format!("WHERE id IN (SELECT id FROM temp.taps_then WHERE until = {UNTIL})");
            let otherwise: Vec<AskRow> = self.tx.all(&which, [])?;
            let otherwise: HashMap<TapId, AskRow> =
                otherwise.into_iter().map(|ask| (ask.tap, ask)).collect();
            for ask in &mut asks {
                *ask = *otherwise.get(&ask.tap).unwrap_or(ask);
            }
        }
        Ok(asks)
    }

    /// How many positive moments of each of these people are on record, of those who have any.
    pub(super) fn moments_of_each(
        &self,
        ids: Vec<PersonId>,
        rules: MomentRules,
    ) -> Result<HashMap<PersonId, u32>> {
        if self.known.is_none() {
            return self.tx.moments_of_each(ids, rules);
        }
        let ids: HashSet<PersonId> = ids.into_iter().collect();
        let mut counts = HashMap::new();
        self.each_moment(|_, person, moment| {
            if ids.contains(&person) && rules.day(moment).is_some() {
                *counts.entry(person).or_default() += 1;
            }
        })?;
        Ok(counts)
    }

    /// Every positive moment of everybody, each with what its fact is a row of.
    pub(super) fn each_moment(
        &self,
        mut take: impl FnMut(&Source, PersonId, &Moment),
    ) -> Result<()> {
        let mut hand_over = |fact: &FactOfMoment| take(fact.source, fact.person, &fact.moment);
        let Some(known) = self.known else {
            let all = self.tx.facts_of_moments(Which::Every)?;
            all.iter().for_each(hand_over);
            return Ok(());
        };
        let of_day = self.of_day(known)?;
        let facts = known.histories.moments.iter();
        let facts = facts.filter(|fact| known.has(fact.dated));
        facts
            .filter(|fact| !of_day.otherwise.contains(&(fact.source.table, fact.id)))
            .for_each(&mut hand_over);
        of_day.moments.iter().for_each(hand_over);
        Ok(())
    }

    fn of_day(&self, known: Until<'_>) -> Result<Rc<OfDay>> {
        let kept = &known.histories.of_days;
        if let Some(of_day) = kept.borrow().get(&known.until) {
            return Ok(Rc::clone(of_day));
        }
        let mut of_day = OfDay {
            otherwise: HashSet::new(),
            moments: self.tx.facts_of_moments(Which::ByDay)?,
        };
        if known.until.is_some() {
            for (table, which) in moments::otherwise() {
                let ids: Vec<i64> = self.tx.values(&which, [])?;
                if !ids.is_empty() {
                    let then = Which::Of(table, &which);
                    of_day.moments.extend(self.tx.facts_of_moments(then)?);
                }
                of_day
                    .otherwise
                    .extend(ids.into_iter().map(|id| (table, id)));
            }
        }
        let of_day = Rc::new(of_day);
        kept.borrow_mut().insert(known.until, Rc::clone(&of_day));
        Ok(of_day)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::Duration;

    use super::*;
    use crate::domain::present::Present;
    use crate::store::schema::CURRENT;
    use crate::store::{Snapshot, Store};

    const DAY: i64 = 86_400;
    /// 2026-11-01, at noon.
    const NOW: i64 = 1_793_534_400;

    /// What is otherwise on some days: outcomes said late and said again, words before which others come to stand, answers
    /// corrected twice, people of whom nothing but words of their profile is known, and whole people who came late.
    const OTHERWISE: &str = "
        UPDATE tap_outcomes SET said_at = outcome_at + 86400 * 40 WHERE id % 7 = 0;
        INSERT INTO tap_outcomes (tap_id, outcome, counts, rating, outcome_at, operation_id)
        SELECT tap_id, 'completed', 1, 1, outcome_at + 86400 * 25, operation_id FROM tap_outcomes WHERE id % 11 = 0;
        UPDATE taps SET (outcome, counts, rating, outcome_at) = (
            SELECT o.outcome, o.counts, o.rating, o.outcome_at FROM tap_outcomes o WHERE o.tap_id = taps.id
            ORDER BY o.outcome_at DESC, o.id DESC LIMIT 1)
        WHERE id IN (SELECT tap_id FROM tap_outcomes);
        UPDATE willingness SET said_at = said_at + 86400 * 60 WHERE id % 5 = 0;
        INSERT INTO response_edits (response_id, score, superseded_at, operation_id)
        SELECT id, 10, responded_at + 86400 * 70, operation_id FROM responses WHERE id % 13 = 0;
        INSERT INTO profile_words (person_id, field, words, said_at, operation_id)
        SELECT id, 'story', 'Words', 1750000000, 1 FROM people WHERE id % 9 = 0;
        UPDATE people SET operation_id = (SELECT max(id) FROM operations) WHERE id % 4 = 0;
        UPDATE people SET merged_into = id + 1 WHERE id % 31 = 0;";

    /// All that is made from histories where they are at hand.
    fn told(
        everybody: &Everybody<'_>,
        now: i64,
    ) -> Result<impl PartialEq + std::fmt::Debug + use<>> {
        let tx = everybody.tx;
        let present = Present::new(tx.policy()?, Timestamp(now));
        let rules = present.policy.moments();
        let first: BTreeMap<_, _> = everybody.first_moments(rules)?.into_iter().collect();
        let people = everybody.decided(&present)?;
        Ok((
            people,
            everybody.asks()?,
            everybody.candidates(rules)?,
            tx.names()?
                .into_iter()
                .map(|(person, ..)| (person, first.get(&person).copied()))
                .collect::<Vec<_>>(),
        ))
    }

    #[test]
    fn of_every_day_they_say_what_the_views_say() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("program.db");
        let store = Store::create_at(&path, Duration::ZERO, CURRENT).unwrap();
        let seeded = include_str!("../../tests/bench/seeded.sql").replace(":people", "280");
        store.sql.execute_batch(&seeded).unwrap();
        store.sql.execute_batch(OTHERWISE).unwrap();
        drop(store);
        let open = || Snapshot::open(&path, Duration::ZERO).unwrap();
        let (day_by_day, at_once) = (open(), open());
        at_once.expect_many_days().unwrap();
        // Back and forth, for the rows of a day are made from those of a later one.
        for days in [0, 30, 400, 90, 200, 600, 45, 300, 0, 90] {
            let until = (days > 0).then_some(Timestamp(NOW - days * DAY));
            let ask = |everybody: &Everybody<'_>| told(everybody, NOW - days * DAY - 1);
            let expected = day_by_day.read_everybody(until, ask).unwrap();
            let found = at_once.read_everybody(until, ask).unwrap();
            assert!(found == expected, "{days} days ago: {found:?} {expected:?}");
            let alone = open().read_everybody(until, ask).unwrap();
            assert!(
                alone == expected,
                "{days} days ago, alone: {alone:?} {expected:?}"
            );
        }
    }
}
