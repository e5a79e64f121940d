//! What matching looks at: what is asked for, what the prospect looks like, and what is known of each person.

use chrono::NaiveDate;

use crate::domain::ask::{AskKind, Effort};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::PersonId;
use crate::domain::industry::slug;
use crate::domain::policy::Policy;
use crate::domain::readiness::ReadinessFacts;
use crate::domain::tap::Outcome;
use crate::domain::told::{About, Spoken, Told};
use crate::domain::traits::Trait;

/// What is asked for: one kind, or anything of one effort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// This kind.
    Kind(AskKind),
    /// Any kind of this effort.
    Effort(Effort),
}

impl Ask {
    /// The kinds that would do, in their order.
    pub fn kinds(self, policy: &Policy) -> Vec<AskKind> {
        match self {
            Ask::Kind(kind) => vec![kind],
            Ask::Effort(effort) => policy.kinds_of(effort).collect(),
        }
    }
}

/// What the prospect looks like.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Traits that score, with the value asked for.
    pub traits: Vec<(Trait, String)>,
    /// Those of them that filter.
    pub required: Vec<Trait>,
    /// The prospect's name, to see conflicts.
    pub prospect: Option<String>,
    /// Whether an industry filtered everyone already: it counts as a fit and is named as a reason.
    pub industry: Option<String>,
    /// Words that filter everyone: of what they are to have told.
    pub about: Option<About>,
}

impl Wanted {
    /// Which of the traits asked for this person has.
    fn found(&self, person: &Person) -> Vec<(Trait, String)> {
        let has = |(kind, value): &&(Trait, String)| {
            let value = slug(value);
            person
                .traits
                .iter()
                .any(|(own, text)| own == kind && slug(text) == value)
        };
        self.traits.iter().filter(has).cloned().collect()
    }

    /// What filters beside the industry: traits, or words.
    pub fn filters(&self) -> bool {
        !self.required.is_empty() || self.about.is_some()
    }

    /// What this person told of the words that are looked for.
    pub fn told<'p>(&self, person: &'p Person) -> Vec<&'p Told> {
        let about = self.about.as_ref();
        about.map_or_else(Vec::new, |about| about.found(&person.spoken.told))
    }

    /// Which of the topics that this person will not speak about the words meet.
    pub fn avoided<'p>(&self, person: &'p Person) -> Vec<&'p str> {
        let about = self.about.as_ref();
        about.map_or_else(Vec::new, |about| about.avoided(&person.spoken.avoided))
    }

    /// Whether this person has all that filters.
    pub fn fits(&self, person: &Person) -> bool {
        self.fitting(person).is_some()
    }

    /// Which of the traits asked for this person has; `None` where something that filters is missing.
    pub(super) fn fitting(&self, person: &Person) -> Option<Vec<(Trait, String)>> {
        let found = self.found(person);
        let mut filters = self.traits.iter();
        let fits = filters.all(|one| !self.required.contains(&one.0) || found.contains(one));
        let told = self.about.is_none() || !self.told(person).is_empty();
        (fits && told).then_some(found)
    }
}

/// Everything about one person that matching looks at.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// What the hard rules look at.
    pub facts: ReadinessFacts,
    /// Traits of the person and the account.
    pub traits: Vec<(Trait, String)>,
    /// How earlier asks went.
    pub record: TrackRecord,
    /// The newest tap that counts.
    pub last_tapped_at: Option<Timestamp>,
    /// Taps that count in the last 12 months.
    pub taps_last_year: u32,
    /// Positive moments in the last 12 months.
    pub moments_last_year: u32,
    /// Gives and touches of the last 12 months: what the person received from us.
    pub given: u32,
    /// Every completed ask with its day.
    pub completed: Vec<(Effort, NaiveDate)>,
    /// What they told; read only where words are looked for.
    pub spoken: Spoken,
}

/// How earlier asks went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TrackRecord {
    /// Taps that were answered or lapsed: all but pending and withdrawn.
    pub answered: u32,
    /// Of those: accepted, completed or no-show.
    pub accepted: u32,
    /// Of those: completed.
    pub completed: u32,
}

impl TrackRecord {
    /// Adds one tap's outcome; what is pending or was withdrawn says nothing.
    pub fn add(&mut self, outcome: Outcome) {
        let answered = !matches!(outcome, Outcome::Pending | Outcome::Withdrawn);
        let accepted = matches!(
            outcome,
            Outcome::Accepted | Outcome::Completed | Outcome::NoShow
        );
        self.answered += u32::from(answered);
        self.accepted += u32::from(accepted);
        self.completed += u32::from(outcome == Outcome::Completed);
    }
}
