//! The addresses under which a person is found: their own, and those of the records that are part of theirs.

use rusqlite::params;

use super::edits::{ADDRESS, Entity};
use super::{MergeRow, Result, Writing};
use crate::domain::email::Email;
use crate::domain::ids::PersonId;

impl Writing<'_> {
    /// Gives a person another address. The one they had becomes a record of its own that is part of theirs, so that it
    /// finds them as before; an address that is part of theirs already changes places with it.
    pub(crate) fn change_address(&self, person: PersonId, new: &Email) -> Result<()> {
        let sql = "SELECT email_key, email FROM people WHERE id = ?1";
        let (key, shown): (String, String) = self
            .first(sql, [person], |row| {
                Ok((row.get("email_key")?, row.get("email")?))
            })?
            .unwrap_or_default();
        self.record_edit(
            Entity::Person(person),
            ADDRESS,
            Some(&shown),
            new.shown(),
            false,
        )?;
        let known = self.record_by_email(new.key())?;
        if let Some(known) = known {
            // An address is one record's at every step.
            self.set_address(known, "", "")?;
        }
        self.set_address(person, new.key(), new.shown())?;
        match known.filter(|known| *known != person) {
            Some(known) => self.set_address(known, &key, &shown),
            None if key != new.key() => {
                let former = self.add("people", &[("email_key", &key), ("email", &shown)])?;
                self.join_records(person, former, Some("their earlier address"))?;
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn set_address(&self, person: PersonId, key: &str, shown: &str) -> Result<()> {
        self.update("people", &person, &[("email_key", &key), ("email", &shown)])
    }

    /// Takes back the address that an operation gave somebody, after they have their earlier one again: a record that
    /// was made for nothing else is gone, one that was there before stands alone again.
    pub(crate) fn take_address_off(&self, merge: &MergeRow) -> Result<()> {
        self.part_records(merge)?;
        let made_for_it = self.change(
            "DELETE FROM merges WHERE id = ?1 AND operation_id =
                 (SELECT operation_id FROM people WHERE id = ?2)",
            params![merge.id, merge.merged],
        )?;
        if made_for_it > 0 {
            self.execute("DELETE FROM people WHERE id = ?1", [merge.merged])?;
        }
        Ok(())
    }
}
