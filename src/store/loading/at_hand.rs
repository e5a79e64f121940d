//! Who and what an importer keeps at hand, and how each is found: by what the database knows it by, and by the number
//! that the file gave it.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "places at hand are given out by this file for what it keeps"
)]

use std::collections::{HashMap, HashSet};

use rusqlite::CachedStatement;

use super::by_text::ByText;
use super::fillable::Fillable;
use crate::domain::ids::{AccountId, PersonId, ResponseId, SourceId};
use crate::domain::interner::Symbol;
use crate::domain::responses::{OnRecord, RowDigest};

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
    known: Vec<AccountOnRecord>,
    places: HashMap<AccountId, AccountAtHand>,
    pub(super) by_domain: ByText<OfDomain>,
    pub(super) by_name: ByText<AccountAtHand>,
    /// Those with signals, which are moments of whoever comes to them.
    signalled: HashSet<AccountId>,
    pub(super) next: AccountId,
    pub(super) added: u64,
}

/// One of them.
struct AccountOnRecord {
    id: AccountId,
    /// Read when they are first needed.
    fillable: Option<Fillable>,
}

/// Whose a domain is.
#[derive(Debug, Clone, Copy)]
pub(super) enum OfDomain {
    One(AccountAtHand),
    Several,
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
            self.known.push(AccountOnRecord { id, fillable });
        }
        at
    }

    /// Lets a domain find an account; one that found another finds neither.
    pub(super) fn keep_domain(&mut self, domain: &str, account: AccountAtHand) {
        let of_domain = match self.by_domain.get(domain) {
            None => OfDomain::One(account),
            Some(OfDomain::One(known)) if *known == account => return,
            Some(_) => OfDomain::Several,
        };
        self.by_domain.insert(domain, of_domain);
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
    /// Whether the source has given any before.
    pub(super) has_any: bool,
    /// By their ids: those on record without an id of the source of which the file has told.
    pub(super) told: Vec<bool>,
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
    pub(super) fn new(
        adding: CachedStatement<'w>,
        source: SourceId,
        has_any: bool,
        next: ResponseId,
    ) -> Self {
        Self {
            adding,
            source,
            on_record: OnRecord::default(),
            seen: Vec::new(),
            has_any,
            told: Vec::new(),
            next,
        }
    }

    /// Notes that the file tells of a response on record; says whether it did so before.
    pub(super) fn tell(&mut self, id: ResponseId) -> bool {
        let place = usize::try_from(id.0).unwrap_or(0);
        if self.told.len() <= place {
            self.told.resize(place + 1, false);
        }
        std::mem::replace(&mut self.told[place], true)
    }

    /// Whether the file has told of a response on record.
    pub(super) fn is_told(&self, id: ResponseId) -> bool {
        let place = usize::try_from(id.0).unwrap_or(0);
        self.told.get(place).copied().unwrap_or(false)
    }
}
