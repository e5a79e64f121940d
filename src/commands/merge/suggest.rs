//! Lists records that are likely to be of one person.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "no more than there are"
)]

use crate::domain::duplicates::{self, Likeness, Pair};
use crate::failure::Result;
use crate::output::{CommandLine, Sheet, Table};
use crate::session::{Done, Session};
use crate::store::{MergeRow, PersonRow, Tx};

/// Two records that could be one person's.
struct Suggestion {
    keep: PersonRow,
    other: PersonRow,
    likeness: Likeness,
}

pub(super) fn run(limit: usize, session: &mut Session<'_>) -> Result<Done> {
    let mut all = 0;
    session.answer("merge-suggest/1", None, |tx, _| {
        let pairs = pairs(tx)?;
        all = pairs.len();
        Ok(table(&pairs[..limit.min(all)]))
    })?;
    session.note_the_rest(limit, all)
}

fn table(pairs: &[Suggestion]) -> Sheet {
    Table::of(pairs)
        .data("keep_id", |pair| pair.keep.id)
        .data("other_id", |pair| pair.other.id)
        .left("name", "Name", |pair| {
            pair.keep.name.as_ref().or(pair.other.name.as_ref())
        })
        .cut()
        .data("keep", |pair| &pair.keep.email)
        .left("other", "Other record", |pair| &pair.other.email)
        .always()
        .cut()
        .left("reason", "Why", |pair| pair.likeness.words())
        .left("command", "If they are one", |pair| {
            let merge = CommandLine::of("merge").value(pair.keep.id);
            merge.value(pair.other.id)
        })
        .empty("No two records look like one person.")
}

fn pairs(tx: &Tx<'_>) -> Result<Vec<Suggestion>> {
    let merges = tx.merges()?;
    let mut pairs = duplicates::pairs(&tx.known_people()?);
    pairs.retain(|pair| !merges.iter().any(|merge| is_of(merge, pair)));
    let mut suggestions = Vec::new();
    for pair in pairs {
        if let (Some(keep), Some(other)) = (tx.person(pair.keep)?, tx.person(pair.other)?) {
            suggestions.push(Suggestion {
                keep,
                other,
                likeness: pair.likeness,
            });
        }
    }
    Ok(suggestions)
}

/// Whoever took two records apart has said that they are not one.
fn is_of(merge: &MergeRow, pair: &Pair) -> bool {
    let records = [merge.kept, merge.merged];
    records == [pair.keep, pair.other] || records == [pair.other, pair.keep]
}
