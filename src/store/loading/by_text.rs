//! A map by keys of text, for an importer, which has millions of them.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a value is kept for each key"
)]

use crate::domain::interner::Interner;

/// Values by keys of text.
pub(super) struct ByText<V> {
    keys: Interner,
    values: Vec<V>,
}

impl<V> Default for ByText<V> {
    fn default() -> Self {
        Self {
            keys: Interner::default(),
            values: Vec::new(),
        }
    }
}

impl<V> ByText<V> {
    /// The value of a key.
    pub(super) fn get(&mut self, key: &str) -> Option<&V> {
        Some(&self.values[self.keys.find(key)?.index()])
    }

    /// Sets the value of a key, whatever it was.
    pub(super) fn insert(&mut self, key: &str, value: V) {
        let place = self.keys.intern(key).index();
        match self.values.get_mut(place) {
            Some(before) => *before = value,
            None => self.values.push(value),
        }
    }

    /// Sets the value of a key that has none.
    pub(super) fn insert_new(&mut self, key: &str, value: V) {
        if self.keys.intern(key).index() == self.values.len() {
            self.values.push(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_the_value_set_last_and_keeps_one_it_had() {
        let mut by_text = ByText::default();
        by_text.insert("a", 1);
        by_text.insert("b", 2);
        by_text.insert("a", 3);
        by_text.insert_new("b", 4);
        by_text.insert_new("c", 5);
        let values = ["a", "b", "c", "d"].map(|key| by_text.get(key).copied());
        assert_eq!(values, [Some(3), Some(2), Some(5), None]);
    }
}
