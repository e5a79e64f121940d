//! What the ids of a survey file name: the answers, or whoever gave them (`docs/import.md`, one row, one fact).

use std::collections::HashMap;
use std::collections::hash_map::{DefaultHasher, Entry};
use std::hash::{Hash as _, Hasher as _};

use crate::intake::cells;
use crate::intake::headers::plain;
use crate::intake::table::{Row, Table};

/// Ids that come again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeated {
    /// Each with one person, but on other days.
    OnePerson,
    /// With other people.
    OtherPeople,
}

/// Whether a header says that the ids are those of answers.
pub(super) fn names_answers(header: &str) -> bool {
    const ANSWERS: [&str; 9] = [
        "response",
        "answer",
        "submission",
        "antwort",
        "respuesta",
        "réponse",
        "reponse",
        "risposta",
        "回答",
    ];
    let header = plain(header);
    ANSWERS.iter().any(|word| header.contains(word))
}

/// How the ids of a column come again with another address or date, if they do. Only numbers stand for what was seen:
/// there can be millions of rows.
pub(super) fn repeated(
    table: &Table,
    ids: usize,
    email: Option<usize>,
    date: Option<usize>,
) -> Option<Repeated> {
    let mut seen: HashMap<u64, (u64, u64)> = HashMap::new();
    let mut found = None;
    let mut rows = table.rows();
    while let Some(row) = rows.next() {
        let Some(id) = row.value(Some(ids)).filter(|id| !cells::is_no_answer(id)) else {
            continue;
        };
        let says = (number_of(&row, email), number_of(&row, date));
        match seen.entry(hashed(id)) {
            Entry::Vacant(first) => {
                first.insert(says);
            }
            Entry::Occupied(first) if first.get().0 != says.0 => {
                return Some(Repeated::OtherPeople);
            }
            Entry::Occupied(first) if first.get().1 != says.1 => found = Some(Repeated::OnePerson),
            Entry::Occupied(_) => {}
        }
    }
    found
}

fn number_of(row: &Row<'_>, column: Option<usize>) -> u64 {
    let value = row.value(column).unwrap_or_default();
    hashed(&value.to_lowercase())
}

fn hashed(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
