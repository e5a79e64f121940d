//! Tags (`docs/advocates.md`, notes and tags): short words that colleagues put on people and accounts, and look for.

use std::fmt;
use std::str::FromStr;

use super::industry::slug;

/// A word put on a person or an account: in lower case with dashes, so that `Champion` and `champion` are one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(String);

impl Tag {
    /// The word.
    pub fn name(&self) -> &str {
        &self.0
    }
}

impl FromStr for Tag {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let word = slug(text);
        match word.is_empty() {
            true => Err("a tag has at least one letter or figure".to_owned()),
            false => Ok(Self(word)),
        }
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A tag to put on, as `+champion` or `champion`, or to take off, as `-champion`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagChange {
    /// Which.
    pub tag: Tag,
    /// Whether it is there afterwards.
    pub has: bool,
}

impl FromStr for TagChange {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (word, has) = match text.strip_prefix('-') {
            Some(word) => (word, false),
            None => (text.strip_prefix('+').unwrap_or(text), true),
        };
        let tag = word.parse()?;
        Ok(Self { tag, has })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_one_word_however_it_is_typed() {
        for (typed, name, has) in [
            ("champion", "champion", true),
            ("+Champion", "champion", true),
            ("-champion", "champion", false),
            (" + exec sponsor", "exec-sponsor", true),
            ("推進者", "推進者", true),
        ] {
            let change: TagChange = typed.parse().unwrap();
            assert_eq!((change.tag.name(), change.has), (name, has), "{typed}");
        }
        for nothing in ["", "+", "-", "!!"] {
            assert!(nothing.parse::<TagChange>().is_err(), "{nothing}");
        }
    }
}
