//! Who is to be erased, what names them, and who was erased (`docs/privacy.md`).

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::dump::Layout;
use super::people::json_ids;
use super::{Result, Tx};
use crate::domain::characters::replace_words;
use crate::domain::ids::{OperationId, PersonId};

/// What stands where a name or an address stood.
pub(super) const FORGOTTEN: &str = "[forgotten]";

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
pub(super) const OWNED: [(&str, &str); 5] = [
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
    pub(super) addresses: BTreeSet<String>,
    /// Every name, addresses included.
    pub(super) names: BTreeSet<String>,
}

/// Who was erased: keyed hashes of their addresses.
#[derive(Debug, Clone)]
pub(crate) struct ForgottenList {
    pub(super) key: String,
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
    pub(super) fn forget_key(&self) -> Result<Option<String>> {
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

/// The columns in which somebody may be named.
pub(super) fn texts(layout: &Layout) -> impl Iterator<Item = &str> {
    let names = layout.columns.iter().map(|(name, _)| name.as_str());
    names.filter(|name| MAY_NAME.contains(name))
}

pub(super) fn contains(column: &str) -> String {
    format!("{column} IS NOT NULL AND instr(lower({column}), lower(?1)) > 0")
}

pub(super) fn ids(person: &Forgettable) -> String {
    let ids: Vec<String> = person.records.iter().map(ToString::to_string).collect();
    ids.join(", ")
}

/// The condition of the rows that are about a person.
pub(super) fn own(layout: &Layout, person: &Forgettable) -> String {
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
pub(super) fn hash(key: &str, address_key: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(key.as_bytes());
    hash.update([0]);
    hash.update(address_key.as_bytes());
    hash.finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
