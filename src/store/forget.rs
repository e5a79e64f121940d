//! Erasing a person (`docs/privacy.md`): from every table, the images of rows, the commands as typed, and the pages that
//! are free. Which tables and columns there are is asked of the schema. Counts and sums stay: the rows are there, and name
//! nobody.

use rusqlite::params;

use super::dump::Layout;
use super::forgotten::{
    FORGOTTEN, Forgettable, ForgottenList, OWNED, contains, hash, ids, own, texts,
};
use super::images;
use super::{Result, Store, Writing};
use crate::domain::characters::replace_words;
use crate::domain::ids::{OperationId, PersonId};

/// Columns of free text: what somebody said or noted about a person.
const FREE_TEXT: [&str; 7] = [
    "comment",
    "note",
    "override_reason",
    "reason",
    "respondent",
    "reviewer",
    "words",
];

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

    /// Images of their rows, and of rows that were theirs.
    fn remove_images(&self, layout: &Layout, person: &Forgettable) -> Result<()> {
        let name = &layout.name;
        let own = own(layout, person);
        let key = images::key(layout, "x");
        self.execute(
            &format!(
                "DELETE FROM row_images WHERE table_name = '{name}'
                     AND key IN (SELECT {key} FROM main.{name} x WHERE {own})"
            ),
            [],
        )?;
        let people = ids(person);
        for (column, of) in OWNED {
            let of = of.replace("{people}", &people);
            let sql = format!(
                "DELETE FROM row_images WHERE table_name = '{name}' AND (
                     json_extract(before, '$.{column}') IN ({of}) OR json_extract(after, '$.{column}') IN ({of}))"
            );
            self.execute(&sql, [])?;
        }
        Ok(())
    }

    /// What was said and noted in their own rows, and what stands for the rows that said so.
    fn clear_own(&self, layout: &Layout, person: &Forgettable) -> Result<()> {
        let name = &layout.name;
        if name == "people" || images::BOOKKEEPING.contains(&name.as_str()) {
            return Ok(());
        }
        let own = own(layout, person);
        for (column, required) in self.columns_of(name)? {
            let nothing = match (column.as_str(), required) {
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
                 name = NULL, title = NULL, crm_id = NULL, cells_digest = NULL WHERE id = ?1",
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

    /// Keeps in mind who was erased under another key, before a backup was brought back.
    pub(crate) fn keep_key(&self, list: &ForgottenList) -> Result<()> {
        self.execute("DELETE FROM forget_keys", [])?;
        self.insert("forget_keys", &[("key", &list.key)])
    }

    fn note_forgotten(&self, person: &Forgettable) -> Result<()> {
        let key = match self.forget_key()? {
            Some(key) => key,
            None => {
                let key: String = self.value("SELECT hex(randomblob(32))", [])?;
                self.insert("forget_keys", &[("key", &key)])?;
                key
            }
        };
        for address in &person.addresses {
            let id: PersonId = person.records[0];
            let hash = hash(&key, &address.to_lowercase());
            let sql = "INSERT OR IGNORE INTO forgotten (forgotten_id, address_hash, operation_id) VALUES (?1, ?2, ?3)";
            self.execute(sql, params![id, hash, self.operation])?;
        }
        Ok(())
    }
}

impl Store {
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
