//! The profile of an advocate (`docs/advocates.md`, the profile): what the interview brought. What they value decides what is
//! given back first (`docs/value-back.md`, what fits).

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::words::words;

words! {
    /// What a profile holds.
    pub enum ProfileField is "a field of a profile" {
        /// Their story: what they did, and how it went.
        Story = "story",
        /// What came of it, in figures where there are any.
        Outcomes = "outcomes",
        /// What they like to do and to talk about.
        Interests = "interests",
        /// What they value: [`Values`].
        Values = "values",
        /// Topics that they will not speak about.
        Avoid = "avoid",
    }
}

words! {
    /// What somebody gets out of being an advocate.
    pub enum Valued is "something that people value" {
        /// A say in what is built.
        ProductInfluence = "product-influence",
        /// Others who do the same work.
        Peers = "peers",
        /// Being seen.
        Visibility = "visibility",
        /// Time with those who decide.
        ExecutiveAccess = "executive-access",
        /// Being thanked where others hear it.
        Recognition = "recognition",
        /// Gifts and the like.
        Perks = "perks",
    }
}

/// What somebody values, what they named first in front.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Values(pub Vec<Valued>);

impl FromStr for Values {
    type Err = String;

    /// Reads words with commas between them; no words are no values.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut values = Vec::new();
        for word in text
            .split(',')
            .map(str::trim)
            .filter(|word| !word.is_empty())
        {
            let value = word.parse()?;
            if !values.contains(&value) {
                values.push(value);
            }
        }
        Ok(Self(values))
    }
}

impl fmt::Display for Values {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.0.iter().map(|value| value.name()).collect();
        f.write_str(&words.join(","))
    }
}

/// What a profile says on a day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profile(BTreeMap<ProfileField, String>);

impl Profile {
    /// From its changes, oldest first: the newest of a field holds, and one without words clears it.
    pub fn after(changes: impl IntoIterator<Item = (ProfileField, Option<String>)>) -> Self {
        let mut profile = Self::default();
        for (field, words) in changes {
            match words {
                Some(words) => profile.0.insert(field, words),
                None => profile.0.remove(&field),
            };
        }
        profile
    }

    /// What it says in a field.
    pub fn field(&self, field: ProfileField) -> Option<&str> {
        self.0.get(&field).map(String::as_str)
    }

    /// What they value.
    pub fn values(&self) -> Values {
        let words = self.field(ProfileField::Values).unwrap_or_default();
        // Only what was read as values is ever stored.
        words.parse().unwrap_or_default()
    }

    /// The topics that they will not speak about, one by one.
    pub fn avoided(&self) -> impl Iterator<Item = &str> {
        let topics = self.field(ProfileField::Avoid).unwrap_or_default();
        let topics = topics.split([',', ';', '\n']).map(str::trim);
        topics.filter(|topic| !topic.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_word_of_a_field_holds() {
        let say = |field, words: &str| (field, Some(words.to_owned()));
        let profile = Profile::after([
            say(ProfileField::Story, "Began alone"),
            say(ProfileField::Avoid, "pricing; the outage of May, "),
            say(ProfileField::Outcomes, "30 % less waiting"),
            say(ProfileField::Story, "Began with a team"),
            (ProfileField::Outcomes, None),
        ]);
        assert_eq!(
            profile.field(ProfileField::Story),
            Some("Began with a team")
        );
        assert_eq!(profile.field(ProfileField::Outcomes), None);
        let avoided: Vec<&str> = profile.avoided().collect();
        assert_eq!(avoided, ["pricing", "the outage of May"]);
    }

    #[test]
    fn values_are_words_in_the_order_in_which_they_were_named() {
        let values: Values = " Peers, product influence,peers ".parse().unwrap();
        assert_eq!(values.0, [Valued::Peers, Valued::ProductInfluence]);
        assert_eq!(values.to_string(), "peers,product-influence");
        assert_eq!("".parse(), Ok(Values::default()));
        assert!("money".parse::<Values>().unwrap_err().contains("perks"));
    }
}
