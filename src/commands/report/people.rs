//! The program on one day, and the people that the reports are about, with what they are grouped by.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use chrono::NaiveDate;

use crate::domain::group::Traits;
use crate::domain::ids::PersonId;
use crate::domain::matching;
use crate::domain::pool::Member;
use crate::domain::present::Present;
use crate::domain::stage::Stage;
use crate::domain::tier::Tier;
use crate::failure::Result;
use crate::store::{AskRow, Everybody, PersonRow, Tx};

/// Somebody with their card.
pub(super) struct Someone {
    pub(super) card: Rc<PersonRow>,
    pub(super) member: Member,
    /// What they have earned, also whoever is no advocate any more: the tier of the traits is an advocate's.
    pub(super) tier: Option<Tier>,
    /// What the rules look at; empty for whoever is no more than a candidate.
    pub(super) person: Option<matching::Person>,
}

/// Several of them, shared by the reports of one day.
pub(super) type People = Rc<[Rc<Someone>]>;

/// Everybody on record, shared by the reports of one day.
pub(super) type Cards = Rc<HashMap<PersonId, Rc<PersonRow>>>;

/// A stage that somebody has come to.
pub(super) type Change = (NaiveDate, Stage);

/// Every stage that somebody has come to, oldest first.
type Changes = BTreeMap<PersonId, Vec<Change>>;

/// The program as it stood on a day.
pub(super) struct Program<'d> {
    pub(super) tx: &'d Tx<'d>,
    pub(super) everybody: &'d Everybody<'d>,
    /// The day, and the policy of that day.
    pub(super) present: &'d Present,
    loaded: &'d Loaded,
}

/// What several reports ask about one day: loaded when it is first asked for.
#[derive(Default)]
pub(super) struct Loaded {
    cards: OnceCell<Cards>,
    /// What an industry is called, by its words: the same words stand in very many cards.
    industries: RefCell<HashMap<String, String>>,
    asks: OnceCell<Rc<[AskRow]>>,
    changes: OnceCell<Rc<Changes>>,
    decided: OnceCell<People>,
    undecided: OnceCell<People>,
    everyone: OnceCell<People>,
}

fn once<T: Clone>(kept: &OnceCell<T>, load: impl FnOnce() -> Result<T>) -> Result<T> {
    if let Some(known) = kept.get() {
        return Ok(known.clone());
    }
    let loaded = load()?;
    Ok(kept.get_or_init(|| loaded).clone())
}

impl<'d> Program<'d> {
    pub(super) fn new(
        everybody: &'d Everybody<'d>,
        present: &'d Present,
        loaded: &'d Loaded,
    ) -> Self {
        Self {
            tx: everybody.tx,
            everybody,
            present,
            loaded,
        }
    }

    /// Everyone about whom something was decided.
    pub(super) fn decided(&self) -> Result<People> {
        once(&self.loaded.decided, || {
            let by_hand = self.tx.tiers_by_hand()?;
            let (cards, today) = (self.cards()?, self.present.today);
            let people = self.everybody.decided(self.present)?;
            let known = people.into_iter();
            let known =
                known.filter_map(|person| Some((Rc::clone(cards.get(&person.id)?), person)));
            let decided = known.map(|(card, person)| {
                let set = by_hand.get(&card.id).and_then(|row| row.tier);
                let tier = self.present.tier(set, &person.completed).tier;
                let stage = card.standing.on(today);
                let mut one = self.someone(card, stage)?;
                if one.member.is_advocate() {
                    one.member.traits.tier = Some(tier);
                }
                one.member.completed.clone_from(&person.completed);
                one.tier = Some(tier);
                one.person = Some(person);
                Ok(Rc::new(one))
            });
            decided.collect()
        })
    }

    /// Everyone who could be confirmed.
    pub(super) fn undecided(&self) -> Result<People> {
        once(&self.loaded.undecided, || {
            let rules = self.present.policy.moments();
            let cards = self.cards()?;
            let candidates = self.everybody.candidates(rules)?.into_iter();
            let candidates = candidates.filter_map(|id| cards.get(&id));
            let candidates = candidates.map(|card| {
                let candidate = self.someone(Rc::clone(card), Some(Stage::Candidate));
                candidate.map(Rc::new)
            });
            candidates.collect()
        })
    }

    /// Everyone in the program or near it, and whoever was once.
    pub(super) fn everyone(&self) -> Result<People> {
        once(&self.loaded.everyone, || {
            let (decided, undecided) = (self.decided()?, self.undecided()?);
            let mut everyone: Vec<_> = decided.iter().chain(&*undecided).cloned().collect();
            // Somebody may have gone back to being nothing in particular.
            let known: HashSet<PersonId> = everyone.iter().map(|one| one.card.id).collect();
            let (cards, changes) = (self.cards()?, self.changes()?);
            for id in changes.keys().filter(|id| !known.contains(id)) {
                if let Some(card) = cards.get(id) {
                    everyone.push(Rc::new(self.someone(Rc::clone(card), None)?));
                }
            }
            Ok(everyone.into())
        })
    }

    /// The cards of everybody on record.
    pub(super) fn cards(&self) -> Result<Cards> {
        once(&self.loaded.cards, || {
            let everybody = self.tx.everybody()?.into_iter();
            let cards = everybody.map(|card| (card.id, Rc::new(card)));
            Ok(Rc::new(cards.collect()))
        })
    }

    /// Every tap of everybody, oldest first.
    pub(super) fn asks(&self) -> Result<Rc<[AskRow]>> {
        once(&self.loaded.asks, || Ok(self.everybody.asks()?.into()))
    }

    /// What an industry is called.
    pub(super) fn industry(&self, words: Option<&str>) -> Option<String> {
        let words = words?;
        let mut known = self.loaded.industries.borrow_mut();
        if let Some(name) = known.get(words) {
            return Some(name.clone());
        }
        let name = self.present.industry(Some(words))?;
        known.insert(words.to_owned(), name.clone());
        Some(name)
    }

    /// What people are grouped by, but for the tier.
    pub(super) fn traits(&self, card: &PersonRow) -> Traits {
        Traits {
            industry: self.industry(card.industry.as_deref()),
            segment: card.segment.clone(),
            region: card.region.clone(),
            owner: card.owner.clone(),
            tier: None,
        }
    }

    /// Every stage that somebody has come to, oldest first.
    pub(super) fn changes(&self) -> Result<Rc<Changes>> {
        once(&self.loaded.changes, || {
            let mut changes = Changes::new();
            for (person, stage, at) in self.tx.stage_changes()? {
                let change = (self.present.day(at), stage);
                changes.entry(person).or_default().push(change);
            }
            Ok(Rc::new(changes))
        })
    }

    /// Somebody who stands there, about whom nothing else is known.
    pub(super) fn someone(&self, card: Rc<PersonRow>, stage: Option<Stage>) -> Result<Someone> {
        let changes = self.changes()?;
        Ok(Someone {
            member: Member {
                person: card.id,
                account: card.account_id,
                traits: self.traits(&card),
                stage,
                changes: changes.get(&card.id).cloned().unwrap_or_default(),
                completed: Vec::new(),
            },
            tier: None,
            person: None,
            card,
        })
    }
}
