//! About whom facts are gathered.

use rusqlite::types::ToSql;

use super::people::json_list;
use super::stages::stages;
use crate::domain::candidates::Goodwill;
use crate::domain::ids::PersonId;
use crate::domain::stage::Stage;

/// About whom to load the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Scope {
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

/// The people `p` in accounts whose industry is spelt in one of the ways listed in `?1`.
const IN_INDUSTRIES: &str =
    "p.account_id IN (SELECT id FROM accounts WHERE industry IN (SELECT value FROM json_each(?1)))";

/// The people `p` about whom something was decided.
fn decided() -> String {
    format!(
        "p.stage IS NOT NULL AND p.stage NOT IN ({})",
        stages(is_undecided)
    )
}

/// The people `p` about whom nothing was decided.
fn undecided() -> String {
    format!(
        "(p.stage IS NULL OR p.stage IN ({})) AND p.merged_into IS NULL",
        stages(is_undecided)
    )
}

fn is_undecided(stage: Stage) -> bool {
    let goodwill = Goodwill {
        stage: Some(stage),
        ..Goodwill::default()
    };
    goodwill.is_undecided()
}

impl Scope {
    /// The condition for its people `p`, and the one parameter of that.
    pub(super) fn people(&self) -> (String, Box<dyn ToSql + '_>) {
        let anywhere = "?1 IS NULL";
        let (whether, place, spellings) = match self {
            Scope::Person(id) => return ("p.id = ?1".to_owned(), Box::new(*id)),
            Scope::Decided => (decided(), anywhere, None),
            Scope::DecidedIn(spellings) => (decided(), IN_INDUSTRIES, Some(spellings)),
            Scope::Undecided => (undecided(), anywhere, None),
            Scope::UndecidedIn(spellings) => (undecided(), IN_INDUSTRIES, Some(spellings)),
        };
        let spellings = spellings.map(|spellings| json_list(spellings));
        (format!("{place} AND {whether}"), Box::new(spellings))
    }
}
