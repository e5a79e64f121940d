//! What reading a survey file remembers from row to row.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a digest has 32 bytes, and there is a line for each symbol"
)]

use std::borrow::Cow;
use std::collections::HashMap;
use std::num::NonZeroU32;

use sha2::{Digest as _, Sha256};

use crate::domain::calendar::Timestamp;
use crate::domain::interner::{Interned, Interner, Symbol};
use crate::domain::responses::{CellsDigest, OnRecord, RowDigest};
use crate::domain::score::Score;
use crate::intake::{first_number, stable_key};

/// What is known of a file from the rows read so far.
#[derive(Debug)]
pub(super) struct FileState<'f> {
    source: &'f str,
    /// The first id that a spreadsheet destroyed.
    pub(super) destroyed: Option<String>,
    pub(super) addresses: Interner,
    /// How rows are read.
    manner: i64,
    on_record: OnRecord,
    /// The one met last: the same export again has them in the order in which they were added.
    last: Option<Symbol>,
    /// For rows without an id: how often each answer came.
    occurrences: HashMap<String, u32>,
    /// For rows without an id: how often rows of these cells came.
    equal_rows: HashMap<CellsDigest, u32>,
    /// By the numbers of the ids: the line on which each came first.
    lines: Vec<Option<NonZeroU32>>,
}

/// What stands for a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Digests {
    /// For its cells, and for how they are read.
    pub(super) row: RowDigest,
    /// For its cells alone.
    pub(super) cells: CellsDigest,
}

impl<'f> FileState<'f> {
    /// Nothing yet, in a file from this source that is read in this manner.
    pub(super) fn begin(source: &'f str, manner: &str, on_record: OnRecord) -> Self {
        Self {
            source,
            destroyed: None,
            addresses: Interner::default(),
            manner: first_number(&Sha256::digest(manner)),
            on_record,
            last: None,
            occurrences: HashMap::new(),
            equal_rows: HashMap::new(),
            lines: Vec::new(),
        }
    }

    pub(super) fn interned<'a>(&mut self, key: Cow<'a, str>) -> Interned<Cow<'a, str>> {
        Interned {
            symbol: self.on_record.keys.intern(&key),
            value: key,
        }
    }

    pub(super) fn digests(&self, text: &str) -> Digests {
        let whole = Sha256::digest(text.trim_end_matches(['\r', '\n']));
        Digests {
            row: RowDigest(first_number(&whole[8..]) ^ self.manner),
            cells: CellsDigest(first_number(&whole)),
        }
    }

    /// The digest of cells, told from that of equal rows before.
    pub(super) fn nth_of(&mut self, cells: CellsDigest) -> CellsDigest {
        let before = self.equal_rows.entry(cells).or_insert(0);
        let nth = i64::from(*before);
        *before += 1;
        // An odd factor keeps different numbers different.
        CellsDigest(
            cells
                .0
                .wrapping_add(nth.wrapping_mul(0x9e37_79b9_7f4a_7c15_u64 as i64)),
        )
    }

    /// The line on which an id came first, where that is an earlier one.
    pub(super) fn earlier_line(&mut self, id: Symbol, line: u64) -> Option<u64> {
        if self.lines.len() <= id.index() {
            self.lines.resize(id.index() + 1, None);
        }
        let first = &mut self.lines[id.index()];
        let earlier = first.map(|line| line.get().into());
        if earlier.is_none() {
            *first = u32::try_from(line).ok().and_then(NonZeroU32::new);
        }
        earlier
    }

    pub(super) fn is_on_record(&mut self, key: &str, row: RowDigest, line: u64) -> bool {
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
            // Another row of the file says something else under this key: each must be looked at.
            *on_record = None;
            return false;
        }
        self.earlier_line(symbol, line);
        true
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
