//! Who and what an importer keeps at hand, and how each is found: by what the database knows it by, and by the number
//! that the file gave it.

use std::collections::{HashMap, HashSet};

use rusqlite::CachedStatement;

use super::by_text::ByText;
use super::fillable::Fillable;
use crate::domain::ids::{AccountId, PersonId, ResponseId, SourceId};
use crate::domain::interner::Symbol;
use crate::domain::responses::{OnRecord, RowDigest};
use crate::store::StoredResponse;

/// Where a person is kept at hand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PersonAtHand(pub(super) usize);

/// Where an account is kept at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AccountAtHand(usize);

/// Keeps something by the number that the file gave it.
pub(super) fn keep<T>(list: &mut Vec<Option<T>>, symbol: Symbol, one: T) {
    if list.len() <= symbol.index() {
        list.resize_with(symbol.index() + 1, || None);
    }
    list[symbol.index()] = Some(one);
}

/// What was kept by the number that the file gave it.
pub(super) fn kept<T: Copy>(list: &[Option<T>], symbol: Symbol) -> Option<T> {
    list.get(symbol.index()).copied().flatten()
}

/// The accounts at hand.
pub(super) struct Accounts {
    known: Vec<KnownAccount>,
    places: HashMap<AccountId, AccountAtHand>,
    pub(super) by_domain: ByText<AccountAtHand>,
    pub(super) by_name: ByText<AccountAtHand>,
    /// Those with signals, which are moments of whoever comes to them.
    signalled: HashSet<AccountId>,
    pub(super) next: AccountId,
    pub(super) added: u64,
}

/// One of them.
struct KnownAccount {
    id: AccountId,
    /// Read when they are first needed.
    fillable: Option<Fillable>,
}

/// What an account is found by.
#[derive(Debug, Clone, Copy)]
pub(super) enum By {
    Domain,
    /// The key of its name.
    Name,
}

impl Accounts {
    pub(super) fn new(next: AccountId, signalled: HashSet<AccountId>) -> Self {
        Self {
            known: Vec::new(),
            places: HashMap::new(),
            by_domain: ByText::default(),
            by_name: ByText::default(),
            signalled,
            next,
            added: 0,
        }
    }

    /// The account with this id, at hand from now on.
    pub(super) fn keep(&mut self, id: AccountId) -> AccountAtHand {
        let next = AccountAtHand(self.known.len());
        let at = *self.places.entry(id).or_insert(next);
        if at == next {
            let fillable = None;
            self.known.push(KnownAccount { id, fillable });
        }
        at
    }

    pub(super) const fn by(&mut self, by: By) -> &mut ByText<AccountAtHand> {
        match by {
            By::Domain => &mut self.by_domain,
            By::Name => &mut self.by_name,
        }
    }

    pub(super) fn id(&self, account: AccountAtHand) -> AccountId {
        self.known[account.0].id
    }

    pub(super) fn fillable(&mut self, account: AccountAtHand) -> &mut Option<Fillable> {
        &mut self.known[account.0].fillable
    }

    /// Whether an account has signals.
    pub(super) fn has_signals(&self, account: Option<AccountAtHand>) -> bool {
        account.is_some_and(|account| self.signalled.contains(&self.id(account)))
    }
}

/// The people at hand.
pub(super) struct People<'w> {
    pub(super) adding: CachedStatement<'w>,
    pub(super) known: Vec<KnownPerson>,
    /// Those on record that were read.
    pub(super) by_address: ByText<PersonAtHand>,
    /// The people of the file, by the number of their address.
    pub(super) of_file: Vec<Option<PersonAtHand>>,
    /// Who stands behind the source's own ids; read when the first row without an address comes.
    pub(super) respondents: Option<ByText<PersonId>>,
}

/// A person at hand.
#[derive(Debug, Clone, Copy)]
pub(super) struct KnownPerson {
    pub(super) id: PersonId,
    pub(super) account: Option<AccountAtHand>,
    pub(super) fillable: Fillable,
}

impl<'w> People<'w> {
    pub(super) fn new(adding: CachedStatement<'w>) -> Self {
        Self {
            adding,
            known: Vec::new(),
            by_address: ByText::default(),
            of_file: Vec::new(),
            respondents: None,
        }
    }

    pub(super) fn keep(&mut self, known: KnownPerson) -> PersonAtHand {
        self.known.push(known);
        PersonAtHand(self.known.len() - 1)
    }
}

/// The responses at hand.
pub(super) struct Responses<'w> {
    pub(super) adding: CachedStatement<'w>,
    pub(super) source: SourceId,
    pub(super) on_record: OnRecord,
    /// By the number of their key: first those on record, where they were read, then those of the file.
    pub(super) seen: Vec<Option<Seen>>,
    /// Those on record that the file changed: as they were, and how often.
    pub(super) changed: HashMap<ResponseId, (StoredResponse, u64)>,
    pub(super) first: ResponseId,
    pub(super) next: ResponseId,
}

/// A response, and the row that said so.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    pub(super) id: ResponseId,
    pub(super) row: Option<RowDigest>,
}

impl Seen {
    pub(super) const fn by(id: ResponseId, row: RowDigest) -> Self {
        Self { id, row: Some(row) }
    }
}

impl<'w> Responses<'w> {
    pub(super) fn new(adding: CachedStatement<'w>, source: SourceId, next: ResponseId) -> Self {
        Self {
            adding,
            source,
            on_record: OnRecord::default(),
            seen: Vec::new(),
            changed: HashMap::new(),
            first: next,
            next,
        }
    }
}
