//! The people whom an import of surveys adds. All that is on record of them comes from that import, so what their rows
//! keep beside it, and their goodwill, is known without asking: there can be very many of them.

use crate::domain::calendar::{Timestamp, Zone};
use crate::domain::candidates::Goodwill;
use crate::domain::ids::{PersonId, ResponseId};
use crate::domain::score::Score;

/// A score and when it was given: what a person's row keeps of their latest response.
pub(super) type Latest = (Score, Timestamp);

/// Everyone added, in the order of their ids, which are counted up without gaps.
#[derive(Debug)]
pub(super) struct Newcomers {
    first: i64,
    all: Vec<Newcomer>,
}

/// What is known of somebody added.
#[derive(Debug, Clone, Copy)]
pub(super) struct Newcomer {
    /// What their row says of the latest response.
    kept: Option<Latest>,
    /// What it should say.
    latest: Option<Latest>,
    latest_id: ResponseId,
    promoter_scores: u32,
    /// Whether something happened that is not counted here, so that the database must be asked.
    pub(super) in_doubt: bool,
}

impl Newcomers {
    /// Nobody yet; `first` is the id of the next to come.
    pub(super) const fn from(first: PersonId) -> Self {
        Self {
            first: first.0,
            all: Vec::new(),
        }
    }

    /// The id of the next to come.
    pub(super) fn next_id(&self) -> PersonId {
        PersonId(self.first + self.all.len() as i64)
    }

    /// How many came.
    pub(super) fn count(&self) -> u64 {
        self.all.len() as u64
    }

    /// One more came, whose row was written with `kept`.
    pub(super) fn add(&mut self, kept: Option<Latest>) {
        self.all.push(Newcomer {
            kept,
            latest: None,
            latest_id: ResponseId(0),
            promoter_scores: 0,
            in_doubt: false,
        });
    }

    fn get_mut(&mut self, person: PersonId) -> Option<&mut Newcomer> {
        let place = usize::try_from(person.0 - self.first).ok()?;
        self.all.get_mut(place)
    }

    /// Counts a response, if it is one of theirs. The newest is the latest; of the same instant, the one added last.
    pub(super) fn answered(
        &mut self,
        person: PersonId,
        id: ResponseId,
        (score, at): Latest,
    ) -> bool {
        let Some(one) = self.get_mut(person) else {
            return false;
        };
        if one.latest.map(|(_, at)| (at, one.latest_id)) < Some((at, id)) {
            one.latest = Some((score, at));
            one.latest_id = id;
        }
        one.promoter_scores += u32::from(score.is_promoter());
        true
    }

    /// Notes that the database must be asked about somebody, if it is one of them.
    pub(super) fn doubt(&mut self, person: PersonId) -> bool {
        let one = self.get_mut(person);
        one.map(|one| one.in_doubt = true).is_some()
    }

    /// Everyone, by ascending id.
    pub(super) fn each(&self) -> impl Iterator<Item = (PersonId, &Newcomer)> {
        (self.first..).map(PersonId).zip(&self.all)
    }
}

impl Newcomer {
    /// What their row should say of the latest response, where it does not say so yet.
    pub(super) fn unkept(&self) -> Option<Latest> {
        self.latest.filter(|_| self.latest != self.kept)
    }

    /// Their goodwill: nothing was decided about them, and the promoter scores are their only positive moments.
    pub(super) fn goodwill(&self, zone: Zone) -> Goodwill {
        Goodwill {
            stage: None,
            latest_score: self.latest.map(|(score, at)| (score, zone.day(at))),
            moments: self.promoter_scores,
            ..Goodwill::default()
        }
    }
}
