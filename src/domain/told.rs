//! What people told, searched by words (`docs/matching.md`, what they told).

use std::fmt;
use std::str::FromStr;

use super::characters::plain_word;
use super::words::words;

words! {
    /// Where words of somebody, or about them, are on record.
    pub enum Place {
        /// Their story.
        Story = "story",
        /// What came of it.
        Outcomes = "outcomes",
        /// Their interests.
        Interests = "interests",
        /// A note about them, or beside an ask, its outcome, a touch, a signal or a nomination.
        Note = "note",
        /// A comment in a survey.
        Comment = "comment",
    }
}

/// Something that was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Where.
    pub place: Place,
    /// In which words.
    pub text: String,
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place.name(), self.text)
    }
}

/// What is known of somebody as far as words are searched in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spoken {
    /// What they told, and what was noted about them.
    pub told: Vec<Told>,
    /// Topics that they will not speak about.
    pub avoided: Vec<String>,
}

/// Words that are looked for in what people told, in any case and with or without accents. Each must be there, in one
/// text or another, at the beginning of a word: `wait` finds `Waiting`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    typed: String,
    words: Vec<String>,
}

/// The letters from which on a word says enough to be a topic by itself.
const TELLING: usize = 4;

impl FromStr for About {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let words = split(text);
        match words.is_empty() {
            true => Err("it has no word to look for".to_owned()),
            false => Ok(Self {
                typed: text.split_whitespace().collect::<Vec<_>>().join(" "),
                words,
            }),
        }
    }
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.typed)
    }
}

impl About {
    /// What was told with any of the words in it; nothing where one of the words is nowhere.
    pub fn found<'t>(&self, told: &'t [Told]) -> Vec<&'t Told> {
        let mut missing: Vec<&String> = self.words.iter().collect();
        let mut found = Vec::new();
        for one in told {
            let words = split(&one.text);
            if self.words.iter().any(|word| begins_one_of(word, &words)) {
                missing.retain(|word| !begins_one_of(word, &words));
                found.push(one);
            }
        }
        match missing.is_empty() {
            true => found,
            false => Vec::new(),
        }
    }

    /// Whether every word is in one text.
    pub fn is_in(&self, text: &str) -> bool {
        let words = split(text);
        self.words.iter().all(|word| begins_one_of(word, &words))
    }

    /// The topics that the words meet: with a telling word in common, or the one says nothing that is not in the other.
    pub fn avoided<'t>(&self, topics: &'t [String]) -> Vec<&'t str> {
        let topics = topics.iter().filter(|topic| self.meets(&split(topic)));
        topics.map(String::as_str).collect()
    }

    fn meets(&self, topic: &[String]) -> bool {
        let is_alike = |one: &str, other: &str| one.starts_with(other) || other.starts_with(one);
        let is_in = |word: &str, words: &[String]| words.iter().any(|one| is_alike(word, one));
        let is_telling = |word: &str| word.chars().count() >= TELLING;
        let mut words = self.words.iter();
        words.any(|word| {
            is_telling(word)
                && topic
                    .iter()
                    .any(|one| is_telling(one) && is_alike(word, one))
        }) || self.words.iter().all(|word| is_in(word, topic))
            || topic.iter().all(|word| is_in(word, &self.words))
    }
}

/// Whether one of the words begins with this one. Scripts that put no blanks between words have it anywhere.
fn begins_one_of(word: &str, words: &[String]) -> bool {
    let anywhere = word.chars().any(|c| c >= '\u{2E80}');
    words.iter().any(|one| match anywhere {
        true => one.contains(word),
        false => one.starts_with(word),
    })
}

/// The words of a text, as they are compared.
fn split(text: &str) -> Vec<String> {
    let plain = plain_word(text);
    let words = plain.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told() -> Vec<Told> {
        [
            (
                Place::Story,
                "Wir haben die Wartezeiten halbiert; Räume sind frei.",
            ),
            (Place::Outcomes, "30 % less WAITING in triage"),
            (Place::Comment, "Les délais d’attente ont baissé"),
            (Place::Note, "病院の待ち時間が短くなった"),
        ]
        .map(|(place, text)| Told {
            place,
            text: text.to_owned(),
        })
        .to_vec()
    }

    #[test]
    fn every_word_must_be_somewhere() {
        let told = told();
        for (words, places) in [
            ("wartezeit", &[Place::Story][..]),
            ("raume RÄUME", &[Place::Story]),
            ("wait triage", &[Place::Outcomes]),
            ("waiting delais", &[Place::Outcomes, Place::Comment]),
            ("de\u{301}lais attente", &[Place::Comment]),
            ("待ち時間", &[Place::Note]),
            ("30 %", &[Place::Outcomes]),
            ("iting", &[]),
            ("waiting rooms", &[]),
        ] {
            let about: About = words.parse().unwrap();
            let found = about.found(&told).into_iter();
            let found: Vec<Place> = found.map(|one| one.place).collect();
            assert_eq!(found, places, "{words}");
        }
        assert!(" % ".parse::<About>().is_err());
    }

    #[test]
    fn topics_are_met_by_a_telling_word_or_whole() {
        for (words, topic, meets) in [
            ("pricing", "Pricing of the renewal", true),
            ("price pressure", "prices", true),
            ("AI", "AI", true),
            ("AI in triage", "AI", true),
            ("cost of the rollout", "the outage of May", false),
            ("outage", "the outage of May", true),
            ("waiting times", "pricing", false),
        ] {
            let about: About = words.parse().unwrap();
            let topics = [topic.to_owned()];
            assert_eq!(
                !about.avoided(&topics).is_empty(),
                meets,
                "{words}: {topic}"
            );
        }
    }
}
