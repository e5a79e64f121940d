//! Who is to be erased, what names them, and who was erased (`docs/privacy.md`).

use std::collections::BTreeSet;

use rusqlite::params;
use sha2::{Digest, Sha256};

use super::dump::Layout;
use super::people::json_ids;
use super::{PersonRow, Result, Scope, Tx};
use crate::domain::calendar::Timestamp;
use crate::domain::characters::replace_words;
use crate::domain::ids::{OperationId, PersonId};

/// What stands where a name or an address stood.
pub(super) const FORGOTTEN: &str = "[forgotten]";

/// Columns of other rows in which somebody may be named; no others, for a word such as a stage is nobody's name.
const MAY_NAME: [&str; 27] = [
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
    "nominated_by",
    "note",
    "old",
    "override_reason",
    "permission",
    "prospect",
    "reading",
    "prospect_note",
    "reason",
    "respondent",
    "reviewer",
    "tag",
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

/// How many letters a name must have to be sought in the texts of others.
const LEAST_OF_A_NAME: usize = 3;

/// Somebody to erase.
#[derive(Debug, Clone)]
pub(crate) struct Forgettable {
    /// The record that they are found by; nothing in a file that knows them only from the texts of others.
    pub(crate) kept: Option<PersonId>,
    /// The record, and those that became part of it.
    pub(super) records: Vec<PersonId>,
    /// Every address that they had.
    pub(super) addresses: BTreeSet<String>,
    /// Every name that is sought in texts, addresses included.
    pub(super) names: BTreeSet<String>,
}

/// Who was erased: keyed hashes of their addresses.
#[derive(Debug, Clone)]
pub(crate) struct ForgottenList {
    pub(super) keys: Vec<String>,
    pub(super) hashes: BTreeSet<String>,
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
        let mut hashes = self.keys.iter().map(|key| hash(key, address_key));
        hashes.any(|hash| self.hashes.contains(&hash))
    }
}

impl Tx<'_> {
    /// Those who never took part and with whom there was no contact since an instant, each with the last of it, the
    /// longest ago first. Of whom nothing is known but that they are on record, that counts from when they came there.
    pub(crate) fn without_contact_since(
        &self,
        before: Timestamp,
    ) -> Result<Vec<(PersonRow, Timestamp)>> {
        let (undecided, _) = Scope::Undecided.people();
        let contact = [
            ("responses", "responded_at"),
            ("signals", "happened_at"),
            ("nominations", "nominated_at"),
            ("touches", "touched_at"),
            ("gives", "given_at"),
            ("taps", "tapped_at"),
        ];
        let contact = contact.map(|(table, at)| {
            format!("SELECT max({at}) AS at FROM {table} WHERE person_id = p.id")
        });
        let sql = format!(
            "SELECT id, last FROM (
                 SELECT p.id AS id, coalesce((SELECT max(at) FROM ({})), o.at) AS last
                 FROM people p JOIN operations o ON o.id = p.operation_id WHERE {undecided})
             WHERE last < ?2 ORDER BY last, id",
            contact.join(" UNION ALL ")
        );
        let found = self.rows(&sql, params![None::<i64>, before], |row| {
            Ok((row.get::<PersonId>("id")?, row.get("last")?))
        })?;
        let cards = found
            .into_iter()
            .map(|(id, last)| Ok((self.person(id)?, last)));
        let cards: Vec<(Option<PersonRow>, Timestamp)> = cards.collect::<Result<_>>()?;
        Ok(cards
            .into_iter()
            .filter_map(|(card, last)| Some((card?, last)))
            .collect())
    }

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
             UNION SELECT phone FROM people WHERE phone IS NOT NULL AND id IN (SELECT value FROM json_each(?1))
             UNION SELECT respondent FROM responses WHERE respondent IS NOT NULL
                 AND person_id IN (SELECT value FROM json_each(?1))";
        let addresses: BTreeSet<String> = self.values(addresses, [&ids])?.into_iter().collect();
        let names: Vec<String> = self.values(names, [&ids])?;
        let names = names.into_iter();
        let names = names.filter(|name| name.chars().count() >= LEAST_OF_A_NAME);
        Ok(Forgettable {
            kept: Some(person),
            records,
            names: names.chain(addresses.clone()).collect(),
            addresses,
        })
    }

    /// The same person in another file, such as a backup: found by the addresses, for an id can be somebody else's there.
    pub(crate) fn forgettable_here(&self, person: &Forgettable) -> Result<Vec<Forgettable>> {
        let keys: BTreeSet<String> = person
            .addresses
            .iter()
            .map(|one| one.to_lowercase())
            .collect();
        let keys = serde_json::json!(keys).to_string();
        let sql = "SELECT DISTINCT coalesce(merged_into, id) FROM people
             WHERE email_key IN (SELECT value FROM json_each(?1)) ORDER BY 1";
        let found: Vec<PersonId> = self.values(sql, [keys])?;
        let mut all = Vec::new();
        for id in found {
            let mut here = self.forgettable(id)?;
            here.names.extend(person.names.iter().cloned());
            here.addresses.extend(person.addresses.iter().cloned());
            all.push(here);
        }
        if all.is_empty() {
            all.push(Forgettable {
                kept: None,
                records: Vec::new(),
                ..person.clone()
            });
        }
        Ok(all)
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

    /// Who was erased, for a file that still knows them.
    pub(crate) fn forgotten_list(&self) -> Result<Option<ForgottenList>> {
        let there = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'forgotten')";
        if !self.value::<bool>(there, [])? {
            return Ok(None);
        }
        let keys = self.forget_keys()?;
        if keys.is_empty() {
            return Ok(None);
        }
        let hashes: Vec<String> = self.values("SELECT address_hash FROM main.forgotten", [])?;
        Ok(Some(ForgottenList {
            keys,
            hashes: hashes.into_iter().collect(),
        }))
    }

    /// Whom an import must not bring back: whoever was erased and did not come back by hand.
    pub(crate) fn not_to_be_brought_back(&self) -> Result<Option<ForgottenList>> {
        let Some(mut list) = self.forgotten_list()? else {
            return Ok(None);
        };
        let addresses: Vec<String> = self.values("SELECT email_key FROM main.people", [])?;
        for (address, key) in addresses
            .iter()
            .flat_map(|one| list.keys.iter().map(move |key| (one, key)))
        {
            list.hashes.remove(&hash(key, address));
        }
        Ok(Some(list))
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

    /// The keys of the hashes, once somebody was erased: several where a backup of another program was brought back.
    pub(super) fn forget_keys(&self) -> Result<Vec<String>> {
        self.values(
            "SELECT key FROM main.forget_keys ORDER BY operation_id, key",
            [],
        )
    }

    /// The operations that were about somebody who was erased.
    pub(crate) fn about_the_forgotten(&self) -> Result<BTreeSet<OperationId>> {
        let about: Vec<OperationId> =
            self.values("SELECT about_id FROM main.forgotten_operations", [])?;
        Ok(about.into_iter().collect())
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
