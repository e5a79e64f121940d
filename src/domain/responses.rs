//! What an answer that comes again means: the same, a change, or something older (`docs/import.md`, a survey export).

use super::calendar::Timestamp;
use super::interner::Interner;
use super::score::Score;

/// What an answer says, as far as it can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResponseValue<C> {
    /// The score.
    pub score: Score,
    /// The comment, or something that stands for it in comparisons.
    pub comment: C,
    /// When it was changed last, where the source says.
    pub updated_at: Option<Timestamp>,
}

/// Stands for a row of a survey file, and for how it was read: a row that comes again with the same digest says nothing
/// new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowDigest(pub i64);

/// Stands for the cells of a row of any file, whatever is made of them: a row that comes again and is read otherwise is
/// known by it (`docs/import.md`, repair).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CellsDigest(pub i64);

/// The responses on record from the source of a file: their keys, numbered in the order in which they were added, and
/// by these numbers the digests of the rows that said so.
#[derive(Debug, Default)]
pub struct OnRecord {
    /// The keys.
    pub keys: Interner,
    /// The digests, where they are known.
    pub digests: Vec<Option<RowDigest>>,
}

/// What is to be done about an answer that is on record already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResponseChange {
    /// It says what is on record.
    Same,
    /// It says something else, and it is the newer word.
    Changed,
    /// It says something else, but the record is newer.
    Older,
}

impl<C: PartialEq> ResponseValue<C> {
    /// Compares with what is on record: the newer update time wins; without one, the later file does.
    pub fn change_from(&self, on_record: &ResponseValue<C>) -> ResponseChange {
        if self.score == on_record.score && self.comment == on_record.comment {
            return ResponseChange::Same;
        }
        match (self.updated_at, on_record.updated_at) {
            (Some(here), Some(there)) if here < there => ResponseChange::Older,
            _ => ResponseChange::Changed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newer_word_wins() {
        let value = |score, updated_at: Option<i64>| ResponseValue {
            score: Score::new(score).unwrap(),
            comment: "",
            updated_at: updated_at.map(Timestamp),
        };
        for (incoming, on_record, again) in [
            (value(9, None), value(9, None), ResponseChange::Same),
            (value(9, Some(5)), value(9, Some(9)), ResponseChange::Same),
            (value(8, None), value(9, None), ResponseChange::Changed),
            (value(8, None), value(9, Some(9)), ResponseChange::Changed),
            (value(8, Some(9)), value(9, None), ResponseChange::Changed),
            (
                value(8, Some(9)),
                value(9, Some(5)),
                ResponseChange::Changed,
            ),
            (
                value(8, Some(9)),
                value(9, Some(9)),
                ResponseChange::Changed,
            ),
            (value(8, Some(4)), value(9, Some(5)), ResponseChange::Older),
        ] {
            assert_eq!(
                incoming.change_from(&on_record),
                again,
                "{incoming:?} {on_record:?}"
            );
        }
    }
}
