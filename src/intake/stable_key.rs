//! Keys for rows whose source gives none (`docs/import.md`, sources), so that reading a file again adds nothing.
//! FNV-1a with 128 bits: its constants are fixed, so the keys in old databases stay good.

use crate::domain::calendar::Timestamp;
use crate::domain::score::Score;

const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

/// The key of a response: the same facts give the same key, on every machine and in every release.
/// `occurrence` counts equal responses within one file, from 0.
pub(crate) fn stable_key(
    source: &str,
    person: &str,
    at: Timestamp,
    score: Score,
    comment: &str,
    occurrence: u32,
) -> String {
    hashed(&[
        source.as_bytes(),
        person.as_bytes(),
        &at.0.to_le_bytes(),
        &[score.get()],
        comment.as_bytes(),
        &occurrence.to_le_bytes(),
    ])
}

/// The key of any other row, from the words that make it what it is.
pub fn hash_key(words: &[&str]) -> String {
    let parts: Vec<&[u8]> = words.iter().map(|word| word.as_bytes()).collect();
    hashed(&parts)
}

fn hashed(parts: &[&[u8]]) -> String {
    let mut hash = OFFSET;
    for bytes in parts {
        for part in [&(bytes.len() as u64).to_le_bytes(), *bytes] {
            for byte in part {
                hash = (hash ^ u128::from(*byte)).wrapping_mul(PRIME);
            }
        }
    }
    format!("fnv:{hash:032x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_never_changes() {
        let nine = Score::new(9).unwrap();
        let key = stable_key(
            "generic",
            "ada@x.example",
            Timestamp(1_767_225_600),
            nine,
            "Good",
            0,
        );
        assert_eq!(key, "fnv:504ac69af5c2d225d0e94c1ca2d47d80");
    }

    #[test]
    fn the_key_of_words_never_changes_and_keeps_them_apart() {
        let key = hash_key(&["ada@x.example", "power-user", "2026-07-01", ""]);
        assert_eq!(key, "fnv:ba3953682171cd7c1fa039b63546eb17");
        assert_ne!(hash_key(&["ab", "c"]), hash_key(&["a", "bc"]));
        assert_ne!(hash_key(&["a", ""]), hash_key(&["a"]));
    }

    #[test]
    fn every_part_counts_and_none_runs_into_the_next() {
        let score = |n| Score::new(n).unwrap();
        let keys = [
            stable_key("a", "bc", Timestamp(1), score(9), "", 0),
            stable_key("ab", "c", Timestamp(1), score(9), "", 0),
            stable_key("a", "bc", Timestamp(2), score(9), "", 0),
            stable_key("a", "bc", Timestamp(1), score(8), "", 0),
            stable_key("a", "bc", Timestamp(1), score(9), "x", 0),
            stable_key("a", "bc", Timestamp(1), score(9), "", 1),
        ];
        let distinct: std::collections::BTreeSet<_> = keys.iter().collect();
        assert_eq!(distinct.len(), keys.len());
    }
}
