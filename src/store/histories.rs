//! What is on record of very many people, read once for all the days that somebody asks about. Of an earlier day it is
//! what is dated before its end, but for the few rows that were otherwise then: those are asked of the views ([`then`]).

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::moments::{self, FactOfMoment, Source};
use super::taps::AskRow;
use super::then::UNTIL;
use super::{Result, Tx};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::{PersonId, TapId};
use crate::domain::moment::Moment;

/// Everything that happened until today, as it is known today.
pub(super) struct Histories {
    asks: Vec<AskRow>,
    moments: Vec<FactOfMoment>,
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

/// The histories, as they were before an instant or as they are today.
#[derive(Clone, Copy)]
pub(super) struct Until<'h> {
    pub(super) histories: &'h Histories,
    pub(super) until: Option<Timestamp>,
}

impl Until<'_> {
    fn has(&self, dated: Timestamp) -> bool {
        self.until.is_none_or(|until| dated < until)
    }
}

impl Histories {
    /// Reads them; to be asked about the present.
    pub(super) fn load(tx: &Tx<'_>) -> Result<Self> {
        Ok(Self {
            asks: tx.asks_as_read()?,
            moments: tx.facts_of_moments(Source::is_lasting, "1")?,
            of_days: RefCell::default(),
        })
    }
}

impl Tx<'_> {
    /// Whether the histories are at hand.
    pub(super) const fn knows_histories(&self) -> bool {
        self.histories.is_some()
    }

    /// Every tap of everybody, by person, in the order in which the taps of one person are read.
    pub(super) fn asks_by_person(&self) -> Result<Vec<AskRow>> {
        let Some(known) = self.histories else {
            return self.asks_as_read();
        };
        let asks = known.histories.asks.iter();
        let mut asks: Vec<AskRow> = asks.filter(|ask| known.has(ask.at)).copied().collect();
        if known.until.is_some() {
            let which =
                format!("WHERE id IN (SELECT id FROM temp.taps_then WHERE until = {UNTIL})");
            let otherwise: Vec<AskRow> = self.all(&which, [])?;
            let otherwise: HashMap<TapId, AskRow> =
                otherwise.into_iter().map(|ask| (ask.tap, ask)).collect();
            for ask in &mut asks {
                *ask = *otherwise.get(&ask.tap).unwrap_or(ask);
            }
        }
        Ok(asks)
    }

    fn asks_as_read(&self) -> Result<Vec<AskRow>> {
        self.all(
            "ORDER BY person_id, tapped_at, counts, effort, ask_kind, outcome, outcome_at, rating, id",
            [],
        )
    }

    /// Every positive moment of everybody, each with what its fact is a row of.
    pub(super) fn each_moment(
        &self,
        mut take: impl FnMut(&Source, PersonId, &Moment),
    ) -> Result<()> {
        let mut hand_over = |fact: &FactOfMoment| take(fact.source, fact.person, &fact.moment);
        let Some(known) = self.histories else {
            let all = self.facts_of_moments(|_| true, "1")?;
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
            moments: self.facts_of_moments(|one| !one.is_lasting(), "1")?,
        };
        if known.until.is_some() {
            for (table, which) in moments::otherwise() {
                let ids: Vec<i64> = self.values(&which, [])?;
                if !ids.is_empty() {
                    let which = format!("m.id IN ({which})");
                    let then = self.facts_of_moments(|one| one.table == table, &which)?;
                    of_day.moments.extend(then);
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
