//! Profiles: what was said in an interview, a fact for each field that changed.

use std::collections::HashMap;

use super::people::json_ids;
use super::rows::{new_record, record};
use super::{Result, Tx, Writing};
use crate::domain::calendar::Timestamp;
use crate::domain::ids::PersonId;
use crate::domain::profile::{Profile, ProfileField};

new_record! {
    /// A word about one field of a profile to record.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct NewProfileWord<'a> into "profile_words" {
        /// Whose.
        person: PersonId = "person_id",
        /// Which.
        field: ProfileField = "field",
        /// What was said; nothing clears it.
        words: Option<&'a str> = "words",
        /// When.
        at: Timestamp = "said_at",
    }
}

record! {
    /// A word about one field of a profile.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct ProfileRow from "profile_words" {
        /// Whose.
        person: PersonId = "person_id",
        /// Which.
        field: ProfileField = "field",
        /// What was said; nothing cleared it.
        words: Option<String> = "words",
        /// When.
        at: Timestamp = "said_at",
    }
}

impl Tx<'_> {
    /// Every word about somebody's profile, oldest first.
    pub(crate) fn profile_words_of(&self, person: PersonId) -> Result<Vec<ProfileRow>> {
        self.all("WHERE person_id = ?1 ORDER BY said_at, id", [person])
    }

    /// What somebody's profile says.
    pub(crate) fn profile(&self, person: PersonId) -> Result<Profile> {
        let words = self.profile_words_of(person)?.into_iter();
        Ok(Profile::after(words.map(|row| (row.field, row.words))))
    }

    /// The profiles of those of these people who have one.
    pub(crate) fn profiles(
        &self,
        people: impl Iterator<Item = PersonId>,
    ) -> Result<HashMap<PersonId, Profile>> {
        let ids = json_ids(people.map(|person| person.0));
        let rows: Vec<ProfileRow> = self.all(
            "WHERE person_id IN (SELECT value FROM json_each(?1)) ORDER BY said_at, id",
            [ids],
        )?;
        let mut words: HashMap<PersonId, Vec<(ProfileField, Option<String>)>> = HashMap::new();
        for row in rows {
            let of_person = words.entry(row.person).or_default();
            of_person.push((row.field, row.words));
        }
        let profiles = words.into_iter();
        let profiles = profiles.map(|(person, words)| (person, Profile::after(words)));
        Ok(profiles.collect())
    }
}

impl Writing<'_> {
    /// Records a word about somebody's profile.
    pub(crate) fn add_profile_word(&self, new: &NewProfileWord<'_>) -> Result<()> {
        self.insert_new(new, &[])
    }
}
