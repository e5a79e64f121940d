//! What reading a survey file remembers from row to row.

use std::borrow::Cow;
use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use crate::domain::calendar::Timestamp;
use crate::domain::interner::{Interned, Interner, Symbol};
use crate::domain::responses::{OnRecord, RowDigest};
use crate::domain::score::Score;
use crate::intake::stable_key;

/// What is known of a file from the rows read so far.
#[derive(Debug)]
pub(super) struct FileState<'f> {
    source: &'f str,
    /// The first id that a spreadsheet destroyed.
    pub(super) destroyed: Option<String>,
    pub(super) addresses: Interner,
    /// Begins every digest.
    manner: Sha256,
    on_record: OnRecord,
    /// The one met last: the same export again has them in the order in which they were added.
    last: Option<Symbol>,
    /// For rows without an id: how often each answer came.
    occurrences: HashMap<String, u32>,
}

impl<'f> FileState<'f> {
    /// Nothing yet, in a file from this source that is read in this manner.
    pub(super) fn begin(source: &'f str, manner: &str, on_record: OnRecord) -> Self {
        Self {
            source,
            destroyed: None,
            addresses: Interner::default(),
            manner: Sha256::new_with_prefix(manner),
            on_record,
            last: None,
            occurrences: HashMap::new(),
        }
    }

    pub(super) fn interned<'a>(&mut self, key: Cow<'a, str>) -> Interned<Cow<'a, str>> {
        Interned {
            symbol: self.on_record.keys.intern(&key),
            value: key,
        }
    }

    pub(super) fn digest(&self, text: &str) -> RowDigest {
        let whole = self.manner.clone().chain_update(text).finalize();
        let mut first = [0; 8];
        first.copy_from_slice(&whole[..8]);
        RowDigest(i64::from_le_bytes(first))
    }

    pub(super) fn is_on_record(&mut self, key: &str, row: RowDigest) -> bool {
        let OnRecord { keys, digests } = &mut self.on_record;
        if digests.is_empty() {
            return false;
        }
        let next = keys.after(self.last).filter(|next| keys.text(*next) == key);
        let Some(symbol) = next.or_else(|| keys.find(key)) else {
            return false;
        };
        self.last = Some(symbol);
        let Some(on_record) = digests.get_mut(symbol.index()) else {
            return false;
        };
        if *on_record != Some(row) {
            // What this row says may be changed back by one that comes after it.
            *on_record = None;
        }
        on_record.is_some()
    }

    /// A key for an answer whose source gives none: the same file again gives the same keys.
    pub(super) fn stable_key(
        &mut self,
        person: &str,
        at: Timestamp,
        score: Score,
        comment: &str,
    ) -> String {
        let key = |occurrence| stable_key(self.source, person, at, score, comment, occurrence);
        let seen = self.occurrences.entry(key(0)).or_insert(0);
        *seen += 1;
        key(*seen - 1)
    }
}
