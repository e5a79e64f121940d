//! What is on record of somebody's goodwill, and the people about whom nothing was decided yet. Who of them is a
//! candidate is for the rules to say.

use super::people::PersonRow;
use super::rows::record;
use super::{Result, Scope, Tx};
use crate::domain::calendar::{Timestamp, Zone};
use crate::domain::candidates::Goodwill;
use crate::domain::ids::PersonId;
use crate::domain::moment::MomentRules;
use crate::domain::score::Score;
use crate::domain::signal::Noticed;
use crate::domain::stage::Stage;

/// A row of a list of people: the card and the goodwill on record.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ListRow {
    /// Who.
    pub(crate) person: PersonRow,
    /// Positive moments on record.
    pub(crate) moments: u32,
    /// The latest signal or nomination among them.
    pub(crate) noticed: Option<(Noticed, Timestamp)>,
}

record! {
    /// Somebody about whom nothing was decided: what can make them a candidate, apart from their moments.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(crate) struct Undecided from "people p" {
        /// Their id.
        id: PersonId = "p.id",
        /// `candidate`, or nothing.
        stage: Option<Stage> = "p.stage",
        /// The latest response.
        latest_score: Option<Score> = "p.latest_score",
        /// When it was given.
        latest_response_at: Option<Timestamp> = "p.latest_response_at",
    }
}

impl Undecided {
    /// What is known of their goodwill without the moments.
    pub(crate) fn goodwill(&self, zone: Zone) -> Goodwill {
        let latest = self.latest_score.zip(self.latest_response_at);
        Goodwill {
            stage: self.stage,
            latest_score: latest.map(|(score, at)| (score, zone.day(at))),
            ..Goodwill::default()
        }
    }
}

impl ListRow {
    /// What is known of their goodwill, with days in the program's zone.
    pub(crate) fn goodwill(&self, zone: Zone) -> Goodwill {
        let person = &self.person;
        let latest = person.latest_score.zip(person.latest_response_at);
        Goodwill {
            stage: person.standing.stage,
            latest_score: latest.map(|(score, at)| (score, zone.day(at))),
            moments: self.moments,
            noticed: self.noticed.map(|(what, at)| (what, zone.day(at))),
        }
    }
}

impl Tx<'_> {
    /// People without a decision about them, in accounts whose industry is spelt in one of these ways (`None`: all).
    pub(crate) fn undecided(&self, spellings: Option<&[String]>) -> Result<Vec<Undecided>> {
        let scope = match spellings {
            Some(spellings) => Scope::UndecidedIn(spellings.to_vec()),
            None => Scope::Undecided,
        };
        let (condition, param) = scope.people();
        self.all(&format!("WHERE {condition}"), [param])
    }

    /// One person's goodwill.
    pub(crate) fn goodwill(&self, id: PersonId, rules: MomentRules) -> Result<Goodwill> {
        let noticed = self.noticed(id, rules)?;
        Ok(Goodwill {
            moments: self.moments_of(id, rules)?,
            noticed: noticed.map(|(what, at)| (what, rules.zone.day(at))),
            ..self.goodwill_of_answers(id, rules.zone)?
        })
    }

    /// One person's goodwill with the moments counted only where [`Goodwill::is_candidate`] needs them, for an import
    /// that asks this of everybody.
    pub(super) fn goodwill_as_candidate(
        &self,
        id: PersonId,
        rules: MomentRules,
    ) -> Result<Goodwill> {
        let mut goodwill = self.goodwill_of_answers(id, rules.zone)?;
        if goodwill.hinges_on_moments() {
            goodwill.moments = self.moments_of(id, rules)?;
        }
        Ok(goodwill)
    }

    /// One person's goodwill without the moments.
    fn goodwill_of_answers(&self, id: PersonId, zone: Zone) -> Result<Goodwill> {
        let found: Option<Undecided> = self.one("WHERE p.id = ?1", [id])?;
        Ok(found.map(|one| one.goodwill(zone)).unwrap_or_default())
    }
}
