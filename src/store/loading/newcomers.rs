//! The people whom an import of surveys adds. All that is on record of them comes from that import, so what their rows
//! keep beside it, and their goodwill, is known without asking: there can be very many of them.

use crate::domain::calendar::{Timestamp, Zone};
use crate::domain::candidates::Goodwill;
use crate::domain::ids::{PersonId, ResponseId};
use crate::domain::score::Score;

/// A score and when it was given: what a person's row keeps of their latest response.
type Latest = (Score, Timestamp);

/// Everyone added, in the order of their ids, which are counted up without gaps.
#[derive(Debug)]
pub(super) struct Newcomers {
    first: i64,
    all: Vec<Newcomer>,
}

/// What is known of somebody added: in few bytes, for a large import goes back and forth among a great many of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Newcomer {
    /// The time, id and score of the latest response; the score is what tells that there is one.
    latest_at: Timestamp,
    latest_id: ResponseId,
    latest_score: Option<Score>,
    promoter_scores: u32,
    /// Whether their row says so.
    is_kept: bool,
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

    /// One more came. Where their row `is_kept`, it was written with the response that is counted next.
    pub(super) fn add(&mut self, is_kept: bool) {
        self.all.push(Newcomer {
            latest_at: Timestamp(0),
            latest_id: ResponseId(0),
            latest_score: None,
            promoter_scores: 0,
            is_kept,
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
        let before = one.latest();
        if before.is_none() || (one.latest_at, one.latest_id) < (at, id) {
            (one.latest_at, one.latest_id, one.latest_score) = (at, id, Some(score));
            one.is_kept &= before.is_none() || before == one.latest();
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
    fn latest(&self) -> Option<Latest> {
        Some((self.latest_score?, self.latest_at))
    }

    /// What their row should say of the latest response, where it does not say so yet.
    pub(super) fn unkept(&self) -> Option<Latest> {
        self.latest().filter(|_| !self.is_kept)
    }

    /// Their goodwill: nothing was decided about them, and the promoter scores are their only positive moments.
    pub(super) fn goodwill(&self, zone: Zone) -> Goodwill {
        Goodwill {
            stage: None,
            latest_score: self.latest().map(|(score, at)| (score, zone.day(at))),
            moments: self.promoter_scores,
            ..Goodwill::default()
        }
    }
}
