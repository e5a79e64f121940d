//! Erasing a person (`docs/privacy.md`): from every table, the images of rows, the commands as typed, and the pages that
//! are free. Which tables and columns there are is asked of the schema. Counts and sums stay: the rows are there, and name
//! nobody.

use std::collections::BTreeSet;

use rusqlite::params;
use sha2::{Digest, Sha256};

use super::dump::Layout;
use super::images;
use super::people::json_ids;
use super::{Result, Store, Tx, Writing};
use crate::domain::characters::replace_words;
use crate::domain::ids::{OperationId, PersonId};

/// What stands where a name or an address stood.
pub(crate) const FORGOTTEN: &str = "[forgotten]";

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

/// Columns of other rows in which somebody may be named; no others, for a word such as a stage is nobody's name.
const MAY_NAME: [&str; 24] = [
    "after",
    "before",
    "command",
    "comment",
    "company",
    "external_key",
    "introduced",
    "item",
    "name",
    "name_key",
    "new",
    "note",
    "old",
    "override_reason",
    "permission",
    "prospect",
    "reading",
    "reason",
    "respondent",
    "reviewer",
    "title",
    "url",
    "value",
    "words",
];

/// How rows belong to a person: their own column, or that of the row they point to.
const OWNED: [(&str, &str); 5] = [
    ("person_id", "{people}"),
    (
        "tap_id",
        "SELECT id FROM main.taps WHERE person_id IN ({people})",
    ),
    (
        "response_id",
        "SELECT id FROM main.responses WHERE person_id IN ({people})",
    ),
    (
        "nomination_id",
        "SELECT id FROM main.nominations WHERE person_id IN ({people})",
    ),
    (
        "asset_id",
        "SELECT id FROM main.assets WHERE person_id IN ({people})",
    ),
];

/// Somebody to erase.
#[derive(Debug, Clone)]
pub(crate) struct Forgettable {
    /// The record, and those that became part of it.
    pub(crate) records: Vec<PersonId>,
    /// Every address that they had.
    addresses: BTreeSet<String>,
    /// Every name, addresses included.
    names: BTreeSet<String>,
}

/// Who was erased: keyed hashes of their addresses.
#[derive(Debug, Clone)]
pub(crate) struct ForgottenList {
    key: String,
    hashes: BTreeSet<String>,
}

/// A text of somebody else's rows that names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Naming {
    /// The table.
    pub(crate) table: String,
    /// The column.
    pub(crate) column: String,
    /// What stands there.
    pub(crate) text: String,
}

impl ForgottenList {
    /// Whether the address is that of somebody who was erased.
    pub(crate) fn has(&self, address_key: &str) -> bool {
        self.hashes.contains(&hash(&self.key, address_key))
    }
}

impl Tx<'_> {
    /// A person, with every address and name that they are known by.
    pub(crate) fn forgettable(&self, person: PersonId) -> Result<Forgettable> {
        let records: Vec<PersonId> = self.values(
            "SELECT id FROM people WHERE id = ?1 OR merged_into = ?1 ORDER BY id",
            [person],
        )?;
        let ids = json_ids(records.iter().map(|id| id.0));
        let addresses = "SELECT email FROM people WHERE id IN (SELECT value FROM json_each(?1))
             UNION SELECT email_key FROM people WHERE id IN (SELECT value FROM json_each(?1))
             UNION SELECT old FROM edits WHERE entity = 'person' AND field = 'email' AND old IS NOT NULL
                 AND entity_id IN (SELECT value FROM json_each(?1))";
        let names = "SELECT name FROM people WHERE name IS NOT NULL AND id IN (SELECT value FROM json_each(?1))
             UNION SELECT old FROM edits WHERE entity = 'person' AND field = 'name' AND old IS NOT NULL
                 AND entity_id IN (SELECT value FROM json_each(?1))
             UNION SELECT respondent FROM responses WHERE respondent IS NOT NULL
                 AND person_id IN (SELECT value FROM json_each(?1))";
        let addresses: BTreeSet<String> = self.values(addresses, [&ids])?.into_iter().collect();
        let names: Vec<String> = self.values(names, [&ids])?;
        Ok(Forgettable {
            records,
            names: names.into_iter().chain(addresses.clone()).collect(),
            addresses,
        })
    }

    /// The texts outside a person's own rows that name them.
    pub(crate) fn naming(&self, person: &Forgettable) -> Result<Vec<Naming>> {
        let mut found = Vec::new();
        for layout in self.layouts()? {
            let own = own(&layout, person);
            for column in texts(&layout) {
                let told = matches!(layout.name.as_str(), "operations" | "row_images" | "people");
                if told {
                    continue;
                }
                let sql = format!(
                    "SELECT DISTINCT {column} FROM main.{} WHERE {} AND NOT ({own})",
                    layout.name,
                    contains(column)
                );
                for name in &person.names {
                    for text in self.values::<String>(&sql, [name])? {
                        if replace_words(&text, name, FORGOTTEN).is_some() {
                            found.push(Naming {
                                table: layout.name.clone(),
                                column: column.to_owned(),
                                text,
                            });
                        }
                    }
                }
            }
        }
        Ok(found)
    }

    /// Whether an address is that of somebody who was erased.
    pub(crate) fn is_forgotten(&self, address_key: &str) -> Result<bool> {
        let Some(key) = self.forget_key()? else {
            return Ok(false);
        };
        let sql = "SELECT EXISTS (SELECT 1 FROM main.forgotten WHERE address_hash = ?1)";
        self.value(sql, [hash(&key, address_key)])
    }

    /// The people who were erased.
    pub(crate) fn forgotten(&self) -> Result<Vec<PersonId>> {
        self.values(
            "SELECT DISTINCT forgotten_id FROM main.forgotten ORDER BY forgotten_id",
            [],
        )
    }

    /// Who was erased, for a file that still knows them.
    pub(crate) fn forgotten_list(&self) -> Result<Option<ForgottenList>> {
        let there = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'forgotten')";
        if !self.value::<bool>(there, [])? {
            return Ok(None);
        }
        let Some(key) = self.forget_key()? else {
            return Ok(None);
        };
        let hashes: Vec<String> = self.values("SELECT address_hash FROM main.forgotten", [])?;
        Ok(Some(ForgottenList {
            key,
            hashes: hashes.into_iter().collect(),
        }))
    }

    /// The people of this file who are on such a list.
    pub(crate) fn on_list(&self, list: &ForgottenList) -> Result<Vec<PersonId>> {
        let mut found = Vec::new();
        self.for_each(
            "SELECT id, email_key FROM main.people ORDER BY id",
            [],
            |row| {
                let address: String = row.get("email_key")?;
                if list.has(&address) {
                    found.push(row.get("id")?);
                }
                Ok(())
            },
        )?;
        Ok(found)
    }

    /// The key of the hashes, once somebody was erased.
    fn forget_key(&self) -> Result<Option<String>> {
        self.found("SELECT key FROM main.forget_keys", [])
    }

    /// The operations that have a fact about somebody who was erased.
    pub(crate) fn about_the_forgotten(&self) -> Result<BTreeSet<OperationId>> {
        let mut found = BTreeSet::new();
        for person in self.forgotten()? {
            found.extend(self.values::<OperationId>(&self.about(person)?, [])?);
        }
        Ok(found)
    }
}

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

/// The columns in which somebody may be named.
fn texts(layout: &Layout) -> impl Iterator<Item = &str> {
    let names = layout.columns.iter().map(|(name, _)| name.as_str());
    names.filter(|name| MAY_NAME.contains(name))
}

fn contains(column: &str) -> String {
    format!("{column} IS NOT NULL AND instr(lower({column}), lower(?1)) > 0")
}

fn ids(person: &Forgettable) -> String {
    let ids: Vec<String> = person.records.iter().map(ToString::to_string).collect();
    ids.join(", ")
}

/// The condition of the rows that are about a person.
fn own(layout: &Layout, person: &Forgettable) -> String {
    let people = ids(person);
    let has = |column: &str| layout.columns.iter().any(|(one, _)| one == column);
    let mut conditions: Vec<String> = OWNED
        .iter()
        .filter(|(column, _)| has(column))
        .map(|(column, of)| format!("{column} IN ({})", of.replace("{people}", &people)))
        .collect();
    if layout.name == "people" {
        conditions.push(format!("id IN ({people})"));
    }
    if layout.name == "edits" {
        conditions.push(format!("entity = 'person' AND entity_id IN ({people})"));
    }
    if conditions.is_empty() {
        return "0".to_owned();
    }
    conditions.join(" OR ")
}

/// A keyed hash of an address.
fn hash(key: &str, address_key: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(key.as_bytes());
    hash.update([0]);
    hash.update(address_key.as_bytes());
    hash.finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
