//! An interner: numbers for texts, in the order in which they first come, so that what is known about a million of them can stand in
//! a list.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "symbols are given out by this file for what it keeps"
)]

use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::{BuildHasher as _, BuildHasherDefault, Hasher, RandomState};
use std::ops::Deref;

/// The number of a text, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Symbol(u32);

impl Symbol {
    /// As an index into a list.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Something with the number of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interned<T> {
    /// The number.
    pub symbol: Symbol,
    /// What has it.
    pub value: T,
}

impl<T> Deref for Interned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Different texts and their numbers. All of them stand in one string, one behind the other. As long as they come in
/// ascending order, as the ids of most exports do, a look at the last one tells a new one, and nothing is hashed.
#[derive(Debug, Default)]
pub struct Interner {
    kept: Vec<Kept>,
    texts: String,
    /// Where texts did not come in ascending order, or were looked for.
    hashed: Option<Hashed>,
}

#[derive(Debug)]
struct Kept {
    /// Where the text ends; the one before it ends where it begins.
    end: usize,
    /// An earlier text of the same hash.
    earlier: Option<Symbol>,
}

#[derive(Debug, Default)]
struct Hashed {
    hasher: RandomState,
    /// The newest text of each hash.
    newest: HashMap<u32, Symbol, BuildHasherDefault<SpreadHasher>>,
}

impl Interner {
    /// The text with this number.
    pub fn text(&self, symbol: Symbol) -> &str {
        let begin = match symbol.index() {
            0 => 0,
            place => self.kept[place - 1].end,
        };
        &self.texts[begin..self.kept[symbol.index()].end]
    }

    /// The number that comes after another, where a text has it.
    pub fn after(&self, symbol: Option<Symbol>) -> Option<Symbol> {
        let next = Symbol(symbol.map_or(0, |symbol| symbol.0 + 1));
        (next.index() < self.kept.len()).then_some(next)
    }

    /// The number of a text that came before.
    pub fn find(&mut self, text: &str) -> Option<Symbol> {
        if self.kept.is_empty() {
            return None;
        }
        if self.hashed.is_none() {
            self.hash_all();
        }
        let hashed = self.hashed.as_ref()?;
        self.find_among(hashed, hashed.of(text), text)
    }

    /// The number of a text, whether or not it came before.
    ///
    /// # Panics
    /// From 2^32 different texts on, for which there is no memory.
    pub fn intern(&mut self, text: &str) -> Symbol {
        if self.hashed.is_none() {
            match self.last().map(|last| (last, text.cmp(self.text(last)))) {
                Some((last, Ordering::Equal)) => return last,
                Some((_, Ordering::Less)) => self.hash_all(),
                Some((_, Ordering::Greater)) | None => return self.keep(text, None),
            }
        }
        let Some(hashed) = &self.hashed else {
            return self.keep(text, None);
        };
        let hash = hashed.of(text);
        match self.find_among(hashed, hash, text) {
            Some(found) => found,
            None => self.keep(text, Some(hash)),
        }
    }

    fn last(&self) -> Option<Symbol> {
        let last = self.kept.len().checked_sub(1)?;
        Some(Symbol(last as u32))
    }

    #[allow(
        clippy::expect_used,
        reason = "so many texts do not fit into memory: reading ends before"
    )]
    fn keep(&mut self, text: &str, hash: Option<u32>) -> Symbol {
        let symbol =
            Symbol(u32::try_from(self.kept.len()).expect("fewer texts than fill the memory"));
        self.texts.push_str(text);
        let newest = self.hashed.as_mut().map(|hashed| &mut hashed.newest);
        let earlier = newest
            .zip(hash)
            .and_then(|(newest, hash)| newest.insert(hash, symbol));
        self.kept.push(Kept {
            end: self.texts.len(),
            earlier,
        });
        symbol
    }

    fn hash_all(&mut self) {
        let mut hashed = Hashed::default();
        hashed.newest.reserve(self.kept.len());
        let mut next = self.after(None);
        while let Some(symbol) = next {
            let hash = hashed.of(self.text(symbol));
            self.kept[symbol.index()].earlier = hashed.newest.insert(hash, symbol);
            next = self.after(next);
        }
        self.hashed = Some(hashed);
    }

    fn find_among(&self, hashed: &Hashed, hash: u32, text: &str) -> Option<Symbol> {
        let mut next = hashed.newest.get(&hash).copied();
        while let Some(symbol) = next {
            if self.text(symbol) == text {
                return Some(symbol);
            }
            next = self.kept[symbol.index()].earlier;
        }
        None
    }
}

impl Hashed {
    fn of(&self, text: &str) -> u32 {
        self.hasher.hash_one(text) as u32
    }
}

/// Spreads what is a hash already over the bits that a map looks at.
#[derive(Debug, Default)]
struct SpreadHasher(u64);

impl Hasher for SpreadHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, hash: u32) {
        self.0 = (self.0 ^ u64::from(hash)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_has_the_same_number_and_another_the_next() {
        let mut interner = Interner::default();
        let numbers = ["b", "a", "", "b", "ab", "", "a"].map(|text| interner.intern(text).index());
        assert_eq!(numbers, [0, 1, 2, 0, 3, 2, 1]);
        assert_eq!(interner.find("ab").map(Symbol::index), Some(3));
        assert_eq!(interner.find("ba"), None);
    }

    #[test]
    fn ascending_texts_are_found_as_others_are() {
        let mut interner = Interner::default();
        let ascending = ["1", "10", "2", "2", "30"].map(|text| interner.intern(text).index());
        assert_eq!(ascending, [0, 1, 2, 2, 3]);
        assert!(interner.hashed.is_none());
        assert_eq!(interner.intern("11").index(), 4);
        assert_eq!(interner.find("10").map(Symbol::index), Some(1));
        assert_eq!(interner.find("3"), None);
        let all =
            std::iter::successors(interner.after(None), |symbol| interner.after(Some(*symbol)));
        let texts: Vec<_> = all.map(|symbol| interner.text(symbol)).collect();
        assert_eq!(texts, ["1", "10", "2", "30", "11"]);
    }

    #[test]
    fn texts_whose_hashes_meet_are_told_apart() {
        // Of 400,000 texts some twenty share a hash of 32 bits.
        let mut interner = Interner::default();
        for number in 0..400_000 {
            assert_eq!(interner.intern(&format!("text {number}")).index(), number);
        }
        assert!(interner.kept.iter().any(|kept| kept.earlier.is_some()));
        for number in 0..400_000 {
            let found = interner.find(&format!("text {number}"));
            assert_eq!(found.map(Symbol::index), Some(number));
        }
    }
}
