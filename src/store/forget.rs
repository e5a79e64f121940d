//! Erasing a person (`docs/privacy.md`): from every table, the images of rows, the commands as typed, and the pages that
//! are free. Which tables and columns there are is asked of the schema. Counts and sums stay: the rows are there, and name
//! nobody.

use rusqlite::params;

use super::dump::Layout;
use super::forgotten::{
    FORGOTTEN, Forgettable, ForgottenList, OWNED, contains, hash, ids, own, texts,
};
use super::images;
use super::rows::ColumnValue;
use super::{Result, Store, Writing};
use crate::domain::characters::replace_words;
use crate::domain::ids::{OperationId, PersonId};

/// Columns of free text: what somebody said or noted about a person.
const FREE_TEXT: [&str; 7] = [
    "comment",
    "note",
    "prospect_note",
    "reason",
    "respondent",
    "reviewer",
    "words",
];

/// Tables whose rows are nothing but such words: they go as a whole.
const WORDS_ALONE: [&str; 2] = ["notes", "tags"];

/// The fields of a person whose earlier words name them.
const NAMING: &str = "('name', 'title', 'crm-id', 'email', 'phone')";

impl Writing<'_> {
    /// Erases a person. Counts and sums of every day stay; they are left alone from now on.
    pub(crate) fn forget(&self, person: &Forgettable) -> Result<()> {
        self.sql.pragma_update(None, "secure_delete", true)?;
        self.keep_no_images()?;
        let layouts = self.layouts()?;
        for record in &person.records {
            self.clear_commands(*record)?;
        }
        for layout in &layouts {
            self.remove_images(layout, person)?;
        }
        for layout in &layouts {
            self.clear_own(layout, person)?;
        }
        for record in &person.records {
            self.clear_person(*record)?;
        }
        for layout in &layouts {
            self.replace_names(layout, person)?;
        }
        self.note_forgotten(person)
    }

    /// Of a command as typed about them only its verb is left.
    fn clear_commands(&self, person: PersonId) -> Result<()> {
        let sql = format!(
            "SELECT id, command FROM main.operations WHERE id IN ({})
                 AND instr(' ' || command || ' ', ' import ') = 0",
            self.about(person)?
        );
        self.execute(
            &format!(
                "INSERT OR IGNORE INTO forgotten_operations (about_id, operation_id)
                 SELECT id, ?1 FROM main.operations WHERE id = ?1 OR id IN ({})",
                self.about(person)?
            ),
            [self.operation],
        )?;
        let commands: Vec<(OperationId, String)> =
            self.rows(&sql, [], |row| Ok((row.get("id")?, row.get("command")?)))?;
        for (id, command) in commands {
            let words = command.split_whitespace();
            let verb: Vec<&str> = words
                .take(2)
                .filter(|word| !word.starts_with('-'))
                .collect();
            let command = format!("{} {FORGOTTEN}", verb.join(" "));
            self.execute(
                "UPDATE operations SET command = ?2 WHERE id = ?1",
                params![id, command],
            )?;
        }
        Ok(())
    }

    /// Images of their rows, and of rows that were theirs. What they served can no more be taken back.
    fn remove_images(&self, layout: &Layout, person: &Forgettable) -> Result<()> {
        let name = &layout.name;
        let own = own(layout, person);
        let key = images::key(layout, "x");
        let mut about = vec![format!(
            "key IN (SELECT {key} FROM main.{name} x WHERE {own})"
        )];
        let people = ids(person);
        for (column, of) in OWNED {
            let of = of.replace("{people}", &people);
            for image in ["before", "after"] {
                about.push(format!("json_extract({image}, '$.{column}') IN ({of})"));
            }
        }
        let which = format!("table_name = '{name}' AND ({})", about.join(" OR "));
        self.execute(
            &format!(
                "INSERT OR IGNORE INTO forgotten_operations (about_id, operation_id)
                 SELECT DISTINCT operation_id, ?1 FROM row_images WHERE {which}"
            ),
            [self.operation],
        )?;
        self.execute(&format!("DELETE FROM row_images WHERE {which}"), [])
    }

    /// What was said and noted in their own rows, and what stands for the rows that said so.
    fn clear_own(&self, layout: &Layout, person: &Forgettable) -> Result<()> {
        let name = &layout.name;
        if name == "people" || images::BOOKKEEPING.contains(&name.as_str()) {
            return Ok(());
        }
        let own = match name == "edits" {
            // Who looked after them, and what they do, names nobody.
            true => format!("({}) AND field IN {NAMING}", own(layout, person)),
            false => own(layout, person),
        };
        if WORDS_ALONE.contains(&name.as_str()) {
            return self.execute(&format!("DELETE FROM main.{name} WHERE {own}"), []);
        }
        for (column, required) in self.columns_of(name)? {
            let nothing = match (column.as_str(), required) {
                // An override has a reason, whatever it was.
                ("override_reason", _) => format!("'{FORGOTTEN}'"),
                (free, false) if FREE_TEXT.contains(&free) => "NULL".to_owned(),
                (free, true) if FREE_TEXT.contains(&free) => format!("'{FORGOTTEN}'"),
                (digest, false) if digest.ends_with("_digest") => "NULL".to_owned(),
                ("key", _) if layout.key == ["id"] => "'forgotten:' || id".to_owned(),
                ("old" | "new", false) => "NULL".to_owned(),
                _ => continue,
            };
            let sql = format!(
                "UPDATE main.{name} SET {column} = {nothing} WHERE {column} IS NOT NULL AND ({own})"
            );
            self.execute(&sql, [])?;
        }
        Ok(())
    }

    /// Each column of a table, and whether something must stand in it.
    fn columns_of(&self, table: &str) -> Result<Vec<(String, bool)>> {
        let sql = "SELECT name, \"notnull\" AS required FROM pragma_table_info(?1)";
        self.rows(sql, [table], |row| {
            Ok((row.get("name")?, row.get("required")?))
        })
    }

    fn clear_person(&self, person: PersonId) -> Result<()> {
        self.execute(
            "UPDATE people SET email = 'forgotten-' || id || '@forgotten.invalid',
                 email_key = 'forgotten-' || id || '@forgotten.invalid',
                 name = NULL, title = NULL, crm_id = NULL, phone = NULL, cells_digest = NULL WHERE id = ?1",
            [person],
        )
    }

    /// Their names in the texts of everybody else.
    fn replace_names(&self, layout: &Layout, person: &Forgettable) -> Result<()> {
        let name = &layout.name;
        for column in texts(layout) {
            for word in &person.names {
                let sql = format!(
                    "SELECT DISTINCT {column} FROM main.{name} WHERE {}",
                    contains(column)
                );
                for text in self.values::<String>(&sql, [word])? {
                    let Some(without) = replace_words(&text, word, FORGOTTEN) else {
                        continue;
                    };
                    let sql = format!("UPDATE main.{name} SET {column} = ?2 WHERE {column} = ?1");
                    self.execute(&sql, [&text, &without])?;
                }
            }
        }
        Ok(())
    }

    /// Keeps in mind who was erased from the file in whose place this one came: whoever is on that list stays on it.
    pub(crate) fn keep_forgotten(&self, list: &ForgottenList) -> Result<()> {
        for key in &list.keys {
            self.insert_or("forget_keys", &[("key", key)], "ON CONFLICT DO NOTHING")?;
        }
        for hash in &list.hashes {
            let values: &[ColumnValue<'_>] = &[("address_hash", hash)];
            self.insert_or("forgotten", values, "ON CONFLICT DO NOTHING")?;
        }
        Ok(())
    }

    fn note_forgotten(&self, person: &Forgettable) -> Result<()> {
        let key = match self.forget_keys()?.into_iter().next() {
            Some(key) => key,
            None => {
                let key: String = self.value("SELECT hex(randomblob(32))", [])?;
                self.insert("forget_keys", &[("key", &key)])?;
                key
            }
        };
        for address in &person.addresses {
            let hash = hash(&key, &address.to_lowercase());
            let values: &[ColumnValue<'_>] =
                &[("address_hash", &hash), ("forgotten_id", &person.kept)];
            self.insert_or("forgotten", values, "ON CONFLICT DO NOTHING")?;
        }
        Ok(())
    }
}

impl Store {
    /// Rewrites a backup in the same way, so that it is one file again.
    ///
    /// # Errors
    /// As [`Store::rewrite`].
    pub(crate) fn rewrite_copy(&self) -> Result<()> {
        self.rewrite()?;
        Ok(self.sql.pragma_update(None, "journal_mode", "DELETE")?)
    }

    /// Rewrites the file, so that nothing of what was erased is left in free pages or in the log beside it.
    ///
    /// # Errors
    /// [`super::StoreError::Busy`] where others use it for too long.
    pub(crate) fn rewrite(&self) -> Result<()> {
        self.sql.execute_batch("VACUUM")?;
        let busy: i64 = self
            .sql
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        match busy {
            0 => Ok(()),
            _ => Err(super::StoreError::Busy),
        }
    }
}
