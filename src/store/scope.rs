//! About whom facts are gathered.

use rusqlite::types::ToSql;

use super::people::json_list;
use crate::domain::ids::PersonId;

/// About whom to load the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// One person.
    Person(PersonId),
    /// Everyone about whom something was decided.
    Decided,
    /// Those of them in accounts whose industry is spelt in one of these ways.
    DecidedIn(Vec<String>),
    /// Everyone about whom nothing was decided.
    Undecided,
    /// Those of them in accounts whose industry is spelt in one of these ways.
    UndecidedIn(Vec<String>),
}

impl Scope {
    /// Where its people are found, and the one parameter of that.
    pub(super) fn people(&self) -> (&'static str, Box<dyn ToSql>) {
        match self {
            Scope::Person(id) => ("people p WHERE p.id = ?1", Box::new(id.0)),
            Scope::Decided => (
                "people p WHERE ?1 IS NULL AND p.stage IS NOT NULL AND p.stage <> 'candidate'",
                Box::new(None::<i64>),
            ),
            Scope::DecidedIn(industries) => (
                "people p
                 WHERE p.account_id IN
                       (SELECT id FROM accounts WHERE industry IN (SELECT value FROM json_each(?1)))
                   AND p.stage IS NOT NULL AND p.stage <> 'candidate'",
                Box::new(json_list(industries)),
            ),
            Scope::Undecided => (
                "people p
                 WHERE ?1 IS NULL AND (p.stage IS NULL OR p.stage = 'candidate') AND p.merged_into IS NULL",
                Box::new(None::<i64>),
            ),
            Scope::UndecidedIn(industries) => (
                "people p
                 WHERE p.account_id IN
                       (SELECT id FROM accounts WHERE industry IN (SELECT value FROM json_each(?1)))
                   AND (p.stage IS NULL OR p.stage = 'candidate') AND p.merged_into IS NULL",
                Box::new(json_list(industries)),
            ),
        }
    }
}
