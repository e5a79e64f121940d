//! Numbers for texts, in the order in which they first come, so that what is known about a million of them can stand in
//! a list.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::{BuildHasher as _, BuildHasherDefault, Hasher, RandomState};
use std::ops::Deref;

/// The number of a text, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nth(u32);

impl Nth {
    /// As a place in a list.
    pub const fn place(self) -> usize {
        self.0 as usize
    }
}

/// Something with the number of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered<T> {
    /// The number.
    pub nth: Nth,
    /// What has it.
    pub value: T,
}

impl<T> Deref for Numbered<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Different texts and their numbers. All of them stand in one string, one behind the other. As long as they come in
/// ascending order, as the ids of most exports do, a look at the last one tells a new one, and nothing is hashed.
#[derive(Debug, Default)]
pub struct Numbering {
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
    earlier: Option<Nth>,
}

#[derive(Debug, Default)]
struct Hashed {
    hasher: RandomState,
    /// The newest text of each hash.
    newest: HashMap<u32, Nth, BuildHasherDefault<Spread>>,
}

impl Numbering {
    /// The text with this number.
    pub fn text(&self, nth: Nth) -> &str {
        let begin = match nth.place() {
            0 => 0,
            place => self.kept[place - 1].end,
        };
        &self.texts[begin..self.kept[nth.place()].end]
    }

    /// The number that comes after another, where a text has it.
    pub fn after(&self, nth: Option<Nth>) -> Option<Nth> {
        let next = Nth(nth.map_or(0, |nth| nth.0 + 1));
        (next.place() < self.kept.len()).then_some(next)
    }

    /// The number of a text that came before.
    pub fn find(&mut self, text: &str) -> Option<Nth> {
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
    pub fn number(&mut self, text: &str) -> Nth {
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

    fn last(&self) -> Option<Nth> {
        let last = self.kept.len().checked_sub(1)?;
        Some(Nth(last as u32))
    }

    fn keep(&mut self, text: &str, hash: Option<u32>) -> Nth {
        let nth = Nth(u32::try_from(self.kept.len()).expect("fewer texts than fill the memory"));
        self.texts.push_str(text);
        let newest = self.hashed.as_mut().map(|hashed| &mut hashed.newest);
        let earlier = newest
            .zip(hash)
            .and_then(|(newest, hash)| newest.insert(hash, nth));
        self.kept.push(Kept {
            end: self.texts.len(),
            earlier,
        });
        nth
    }

    fn hash_all(&mut self) {
        let mut hashed = Hashed::default();
        hashed.newest.reserve(self.kept.len());
        let mut next = self.after(None);
        while let Some(nth) = next {
            let hash = hashed.of(self.text(nth));
            self.kept[nth.place()].earlier = hashed.newest.insert(hash, nth);
            next = self.after(next);
        }
        self.hashed = Some(hashed);
    }

    fn find_among(&self, hashed: &Hashed, hash: u32, text: &str) -> Option<Nth> {
        let mut next = hashed.newest.get(&hash).copied();
        while let Some(nth) = next {
            if self.text(nth) == text {
                return Some(nth);
            }
            next = self.kept[nth.place()].earlier;
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
struct Spread(u64);

impl Hasher for Spread {
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
        let mut numbering = Numbering::default();
        let numbers = ["b", "a", "", "b", "ab", "", "a"].map(|text| numbering.number(text).place());
        assert_eq!(numbers, [0, 1, 2, 0, 3, 2, 1]);
        assert_eq!(numbering.find("ab").map(Nth::place), Some(3));
        assert_eq!(numbering.find("ba"), None);
    }

    #[test]
    fn ascending_texts_are_found_as_others_are() {
        let mut numbering = Numbering::default();
        let ascending = ["1", "10", "2", "2", "30"].map(|text| numbering.number(text).place());
        assert_eq!(ascending, [0, 1, 2, 2, 3]);
        assert!(numbering.hashed.is_none());
        assert_eq!(numbering.number("11").place(), 4);
        assert_eq!(numbering.find("10").map(Nth::place), Some(1));
        assert_eq!(numbering.find("3"), None);
        let all = std::iter::successors(numbering.after(None), |nth| numbering.after(Some(*nth)));
        let texts: Vec<_> = all.map(|nth| numbering.text(nth)).collect();
        assert_eq!(texts, ["1", "10", "2", "30", "11"]);
    }

    #[test]
    fn texts_whose_hashes_meet_are_told_apart() {
        // Of 400,000 texts some twenty share a hash of 32 bits.
        let mut numbering = Numbering::default();
        for number in 0..400_000 {
            assert_eq!(numbering.number(&format!("text {number}")).place(), number);
        }
        assert!(numbering.kept.iter().any(|kept| kept.earlier.is_some()));
        for number in 0..400_000 {
            let found = numbering.find(&format!("text {number}"));
            assert_eq!(found.map(Nth::place), Some(number));
        }
    }
}
