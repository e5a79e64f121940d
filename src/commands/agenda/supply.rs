//! Who is free for the requests that are due: the agenda offers them before it gives a request up.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use crate::domain::agenda::{AgendaInput, request_due_on};
use crate::domain::ask::AskKind;
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::matching::{Person, Trait, ready};
use crate::domain::present::Present;
use crate::domain::readiness;
use crate::domain::request::Status;
use crate::failure::Result;
use crate::resolve;
use crate::resolve::wanted::Search;
use crate::store::{RequestRow, Tx};
use crate::views::agenda::Supply;

/// Looks for somebody for each request for which somebody has to look today, and notes in the facts where there is
/// nobody: what is under way already is then waited for. The most urgent comes first, and nobody is offered twice.
pub(super) fn look(
    tx: &Tx<'_>,
    present: &Present,
    facts: &mut AgendaInput,
) -> Result<BTreeMap<RequestId, Supply>> {
    let mut supplies = BTreeMap::new();
    let mut searched = Searched::default();
    let (policy, today) = (&present.policy, present.today);
    let open = facts.requests.iter_mut();
    let open = open.filter(|request| request.deal_closed.is_none());
    let due = open.filter_map(|one| Some((request_due_on(one, policy, today)?, one)));
    let mut due: Vec<_> = due.collect();
    due.sort_by_key(|(due_on, request)| (*due_on, request.id));
    for (_, request) in due {
        let supply = searched.of(tx, present, request.id)?;
        request.nobody_free = matches!(supply, Supply::Resting | Supply::Nobody);
        supplies.insert(request.id, supply);
    }
    Ok(supplies)
}

/// Whether whoever is held may be asked for what they are held for: something may have come between since.
pub(super) fn is_usable(
    tx: &Tx<'_>,
    present: &Present,
    person: PersonId,
    request: RequestId,
) -> Result<bool> {
    let row = resolve::request(tx, request.0)?;
    let (_, person) = tx.facts_of(person, present)?;
    let facts = person.facts.without_hold_for(request);
    let (policy, today) = (&present.policy, present.today);
    let passes = readiness::passes(&facts, row.kind, row.prospect.as_deref(), policy, today);
    Ok(passes && row.status() == Status::Open)
}

/// What a request asks for, but for whom: two that ask for the same find the same people in the same order.
type Demand = (AskKind, Option<String>, Vec<(Trait, String, bool)>);

/// Who was loaded and found for the requests before.
#[derive(Default)]
struct Searched {
    people: HashMap<Option<Vec<String>>, Rc<[Person]>>,
    found: HashMap<Demand, Rc<Found>>,
    /// Who was offered for one of them.
    offered: HashSet<PersonId>,
}

/// Who comes into question for a demand.
struct Found {
    people: Rc<[Person]>,
    /// The places of those who may be asked, best first, whoever the prospect is.
    ready: Vec<usize>,
    /// Whether anybody fits, whether they may be asked or not.
    anybody_fits: bool,
}

impl Searched {
    fn of(&mut self, tx: &Tx<'_>, present: &Present, request: RequestId) -> Result<Supply> {
        let row = resolve::request(tx, request.0)?;
        let demand = (row.kind, row.industry.clone(), row.traits.clone());
        let found = match self.found.get(&demand) {
            Some(found) => Rc::clone(found),
            None => {
                let found = Rc::new(self.search(tx, present, &row)?);
                self.found.insert(demand, Rc::clone(&found));
                found
            }
        };
        // Who the prospect is keeps some from being asked, and moves nobody to another place.
        let (policy, today, prospect) = (&present.policy, present.today, row.prospect.as_deref());
        let ready = found
            .ready
            .iter()
            .filter_map(|&place| found.people.get(place));
        let mut free = ready
            .filter(|one| readiness::passes(&one.facts, row.kind, prospect, policy, today))
            .peekable();
        let anybody_is_free = free.peek().is_some();
        let next = free.find(|one| !self.offered.contains(&one.id));
        let card = next.map(|one| tx.person(one.id)).transpose()?;
        Ok(match card.flatten() {
            Some(card) => {
                self.offered.insert(card.id);
                Supply::Free(Box::new(card))
            }
            // Whoever is free is offered for another; whether they are still is seen when somebody is looked for.
            None if anybody_is_free => Supply::Unknown,
            // As none of them may be asked, each who fits is blocked.
            None if found.anybody_fits => Supply::Resting,
            None => Supply::Nobody,
        })
    }

    fn search(&mut self, tx: &Tx<'_>, present: &Present, row: &RequestRow) -> Result<Found> {
        let mut search = Search::for_request(tx, present, row)?;
        search.wanted.prospect = None;
        let people = match self.people.get(&search.spellings) {
            Some(people) => Rc::clone(people),
            None => {
                let people: Rc<[Person]> = search.people(tx, present)?.into();
                let spellings = search.spellings.clone();
                self.people.insert(spellings, Rc::clone(&people));
                people
            }
        };
        let (policy, today) = (&present.policy, present.today);
        let place = |id: PersonId| people.binary_search_by_key(&id, |one| one.id).ok();
        let ready = ready(&people, search.ask, &search.wanted, policy, today);
        Ok(Found {
            ready: ready
                .iter()
                .filter_map(|one| place(one.person.id))
                .collect(),
            anybody_fits: people.iter().any(|one| search.wanted.fits(one)),
            people,
        })
    }
}
