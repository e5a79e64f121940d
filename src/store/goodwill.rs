//! What is on record of somebody's goodwill, and the people about whom nothing was decided yet. Who of them is a
//! candidate is for the rules to say.

use rusqlite::Row;

use super::people::{PersonRow, json_list};
use super::{Result, Tx, parsed_opt, score_opt};
use crate::domain::calendar::{Timestamp, Zone};
use crate::domain::candidates::Goodwill;
use crate::domain::ids::PersonId;
use crate::domain::score::Score;
use crate::domain::signal::Noticed;
use crate::domain::stage::Stage;

/// A row of a list of people: the card and the goodwill on record.
#[derive(Debug, Clone, PartialEq)]
pub struct ListRow {
    /// Who.
    pub person: PersonRow,
    /// Positive moments on record.
    pub moments: u32,
    /// The latest signal or nomination among them.
    pub noticed: Option<(Noticed, Timestamp)>,
}

/// Somebody about whom nothing was decided: what can make them a candidate, apart from their moments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undecided {
    /// Their id.
    pub id: PersonId,
    /// `candidate`, or nothing.
    pub stage: Option<Stage>,
    /// The latest response.
    pub latest_score: Option<Score>,
    /// When it was given.
    pub latest_response_at: Option<Timestamp>,
}

impl Undecided {
    /// What is known of their goodwill without the moments.
    pub fn goodwill(&self, zone: Zone) -> Goodwill {
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
    pub fn goodwill(&self, zone: Zone) -> Goodwill {
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
    /// People without a decision about them, in the given industries (`None`: all), with their goodwill but without
    /// their moments. Who of them is a candidate is for the rules to say.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn undecided(&self, industries: Option<&[String]>) -> Result<Vec<Undecided>> {
        let filter = match industries {
            Some(_) => {
                "p.account_id IN (SELECT id FROM accounts WHERE industry IN (SELECT value FROM json_each(?1)))"
            }
            None => "?1 IS NULL",
        };
        let sql = format!(
            "SELECT p.id, p.stage, p.latest_score, p.latest_response_at FROM people p
             WHERE (p.stage IS NULL OR p.stage = 'candidate') AND p.merged_into IS NULL AND {filter}"
        );
        self.rows(&sql, [industries.map(json_list)], |row| {
            Ok(Undecided {
                id: PersonId(row.get(0)?),
                stage: parsed_opt(row, 1)?,
                latest_score: score_opt(row, 2)?,
                latest_response_at: row.get::<_, Option<i64>>(3)?.map(Timestamp),
            })
        })
    }

    /// How many positive moments of a person are on record.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn moments_of(&self, id: PersonId) -> Result<u32> {
        self.value(
            "SELECT count(*) FROM positive_moments WHERE person_id = ?1",
            [id.0],
        )
    }

    /// One person's goodwill.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn goodwill(&self, id: PersonId, zone: Zone) -> Result<Goodwill> {
        Ok(Goodwill {
            moments: self.moments_of(id)?,
            noticed: self.noticed(id)?.map(|(what, at)| (what, zone.day(at))),
            ..self.goodwill_of_answers(id, zone)?
        })
    }

    /// One person's goodwill with the moments counted only where [`Goodwill::is_candidate`] needs them, for an import
    /// that asks this of everybody.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn goodwill_as_candidate(&self, id: PersonId, zone: Zone) -> Result<Goodwill> {
        let mut goodwill = self.goodwill_of_answers(id, zone)?;
        if goodwill.hinges_on_moments() {
            goodwill.moments = self.moments_of(id)?;
        }
        Ok(goodwill)
    }

    /// One person's goodwill without the moments.
    fn goodwill_of_answers(&self, id: PersonId, zone: Zone) -> Result<Goodwill> {
        let sql = "SELECT stage, latest_score, latest_response_at FROM people WHERE id = ?1";
        let read = |row: &Row<'_>| {
            let at = row.get::<_, Option<i64>>(2)?.map(Timestamp);
            Ok(Goodwill {
                stage: parsed_opt(row, 0)?,
                latest_score: score_opt(row, 1)?
                    .zip(at)
                    .map(|(score, at)| (score, zone.day(at))),
                ..Goodwill::default()
            })
        };
        Ok(self.first(sql, [id.0], read)?.unwrap_or_default())
    }
}
