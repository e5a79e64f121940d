//! How much is on record about somebody: the table's name says what its rows are.

use crate::output::{Sheet, Table};
use crate::store::FactCounts;

/// `responses 3, taps 1`.
pub(crate) fn in_words(facts: &FactCounts) -> String {
    if facts.is_empty() {
        return "nothing on record but the address".to_owned();
    }
    let words = facts
        .iter()
        .map(|(table, count)| format!("{} {count}", table.replace('_', " ")));
    words.collect::<Vec<_>>().join(", ")
}

/// The same as a list.
pub(crate) fn table(facts: &FactCounts) -> Sheet {
    Table::of(facts)
        .left("fact", "Fact", |(table, _)| table.replace('_', "-"))
        .right("rows", "Rows", |(_, count)| *count)
        .empty("")
}
