//! What people told, and what was noted about them, in every table that keeps such words.

use std::collections::HashMap;

use super::people::json_ids;
use super::{Result, Tx};
use crate::domain::ids::PersonId;
use crate::domain::profile::ProfileField;
use crate::domain::told::{Place, Spoken, Told};

/// Where words are kept beside profiles, the newest first. `?1` are the people.
const KEPT: [(Place, &str); 7] = [
    (
        Place::Comment,
        "SELECT person_id, comment AS text FROM responses
         WHERE person_id IN (SELECT value FROM json_each(?1)) AND comment IS NOT NULL
         ORDER BY responded_at DESC, id DESC",
    ),
    (
        Place::Note,
        "SELECT person_id, note AS text FROM notes
         WHERE person_id IN (SELECT value FROM json_each(?1))
         ORDER BY noted_at DESC, id DESC",
    ),
    (
        Place::Note,
        "SELECT person_id, note AS text FROM touches
         WHERE person_id IN (SELECT value FROM json_each(?1)) AND note IS NOT NULL
         ORDER BY touched_at DESC, id DESC",
    ),
    (
        Place::Note,
        "SELECT person_id, note AS text FROM taps
         WHERE person_id IN (SELECT value FROM json_each(?1)) AND note IS NOT NULL
         ORDER BY tapped_at DESC, id DESC",
    ),
    (
        Place::Note,
        "SELECT t.person_id AS person_id, o.note AS text FROM taps t JOIN tap_outcomes o ON o.tap_id = t.id
         WHERE t.person_id IN (SELECT value FROM json_each(?1)) AND o.note IS NOT NULL
         ORDER BY o.outcome_at DESC, o.id DESC",
    ),
    (
        Place::Note,
        "SELECT person_id, note AS text FROM signals
         WHERE person_id IN (SELECT value FROM json_each(?1)) AND note IS NOT NULL
         ORDER BY happened_at DESC, id DESC",
    ),
    (
        Place::Note,
        "SELECT person_id, reason AS text FROM nominations
         WHERE person_id IN (SELECT value FROM json_each(?1))
         ORDER BY nominated_at DESC, id DESC",
    ),
];

/// The fields of a profile in which words are searched.
const TOLD: [(ProfileField, Place); 3] = [
    (ProfileField::Story, Place::Story),
    (ProfileField::Outcomes, Place::Outcomes),
    (ProfileField::Interests, Place::Interests),
];

impl Tx<'_> {
    /// What these people told; those of whom no words are on record are left out.
    pub(crate) fn spoken(
        &self,
        people: impl Iterator<Item = PersonId> + Clone,
    ) -> Result<HashMap<PersonId, Spoken>> {
        let mut spoken: HashMap<PersonId, Spoken> = HashMap::new();
        for (person, profile) in self.profiles(people.clone())? {
            let of_person = spoken.entry(person).or_default();
            of_person.avoided = profile.avoided().map(str::to_owned).collect();
            for (field, place) in TOLD {
                let text = profile.field(field).map(str::to_owned);
                of_person.told.extend(text.map(|text| Told { place, text }));
            }
        }
        let ids = json_ids(people.map(|person| person.0));
        for (place, sql) in KEPT {
            self.for_each(sql, [&ids], |row| {
                let (person, text) = (row.get("person_id")?, row.get("text")?);
                let of_person = spoken.entry(person).or_default();
                of_person.told.push(Told { place, text });
                Ok(())
            })?;
        }
        Ok(spoken)
    }
}
