//! The words that are sent: for each ask and each other occasion a text in each language, small, specific, and easy to
//! say no to (`docs/messages.md`). They are filled in by `output`.

use chrono::{Datelike, NaiveDate};

use super::ask::AskKind;
use super::words::{typed, words};

words! {
    /// A language that the texts are shipped in.
    pub enum Language is "a language" {
        /// English.
        English = "en" or "english",
        /// German.
        German = "de" or "german" or "deutsch",
        /// French.
        French = "fr" or "french" or "français" or "francais",
        /// Spanish.
        Spanish = "es" or "spanish" or "español" or "espanol",
    }
}

words! {
    /// An occasion to write that asks for nothing from the menu of asks.
    pub enum Occasion is "an occasion" {
        /// Would they like to take part?
        Invite = "invite",
        /// Thanks for what somebody did.
        ThankYou = "thank-you" or "thanks",
        /// What came of it.
        Results = "results" or "results-shared",
        /// How are they getting on?
        CheckIn = "check-in",
        /// Is their profile still right?
        Verify = "verify",
    }
}

/// What a message is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Message {
    /// An ask.
    Ask(AskKind),
    /// Anything else.
    On(Occasion),
}

impl Message {
    /// All of them: the asks first.
    pub fn all() -> impl Iterator<Item = Message> {
        let asks = AskKind::ALL.into_iter().map(Message::Ask);
        asks.chain(Occasion::ALL.into_iter().map(Message::On))
    }

    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Message::Ask(kind) => kind.name(),
            Message::On(occasion) => occasion.name(),
        }
    }

    /// Reads the word for it, as it is typed.
    ///
    /// # Errors
    /// Says which there are.
    pub fn read(text: &str) -> Result<Self, String> {
        let ask = typed(text).map(Message::Ask);
        ask.or_else(|| typed(text).map(Message::On)).ok_or_else(|| {
            let names: Vec<&str> = Self::all().map(Self::name).collect();
            format!("`{text}` is no message; one of: {}", names.join(", "))
        })
    }

    /// The text that the program comes with: a line with the subject, and the body.
    pub fn shipped(self, language: Language) -> &'static str {
        language.section(self.name())
    }
}

impl Language {
    /// The language somebody speaks, by the words on record; English where they name none of those shipped.
    pub fn spoken(words: Option<&str>) -> Self {
        words.and_then(typed).unwrap_or(Language::English)
    }

    /// What stands under a heading in the texts of the language.
    fn section(self, heading: &str) -> &'static str {
        let heading = format!("[{heading}]\n");
        let after = self.texts().split(&heading).nth(1).unwrap_or_default();
        let end = after.find("\n[").unwrap_or(after.len());
        after.get(..end).unwrap_or_default().trim()
    }

    const fn texts(self) -> &'static str {
        match self {
            Language::English => include_str!("messages/en.txt"),
            Language::German => include_str!("messages/de.txt"),
            Language::French => include_str!("messages/fr.txt"),
            Language::Spanish => include_str!("messages/es.txt"),
        }
    }

    /// Whoever is to be talked to, where they are not named.
    pub fn prospect(self, industry: Option<&str>) -> String {
        match (self, industry) {
            (Language::English, Some(industry)) => {
                let article = match industry.starts_with(['a', 'e', 'i', 'o', 'u']) {
                    true => "an",
                    false => "a",
                };
                format!("{article} {industry} prospect")
            }
            (Language::English, None) => "a prospect".to_owned(),
            (Language::German, Some(industry)) => {
                format!("einem Interessenten aus dem Bereich {industry}")
            }
            (Language::German, None) => "einem Interessenten".to_owned(),
            (Language::French, Some(industry)) => format!("un prospect du secteur {industry}"),
            (Language::French, None) => "un prospect".to_owned(),
            (Language::Spanish, Some(industry)) => {
                format!("un posible cliente del sector {industry}")
            }
            (Language::Spanish, None) => "un posible cliente".to_owned(),
        }
    }

    /// A day in words: `Thursday 18 December`.
    pub fn day(self, day: NaiveDate) -> String {
        let word = |heading, place: u32| {
            let mut words = self.section(heading).split_whitespace();
            words.nth(place as usize).unwrap_or_default()
        };
        let weekday = word("weekdays", day.weekday().num_days_from_monday());
        let month = word("months", day.month0());
        let number = day.day();
        match self {
            Language::German => format!("{weekday}, {number}. {month}"),
            Language::Spanish => format!("{weekday} {number} de {month}"),
            Language::English | Language::French => format!("{weekday} {number} {month}"),
        }
    }
}

/// What the placeholders of a text stand for; what is not known is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Placeholders {
    /// The person's first name.
    pub name: Option<String>,
    /// The industry that the ask is about, or else theirs.
    pub industry: Option<String>,
    /// Whom they are to talk to: by name, or in words.
    pub prospect: String,
    /// The ask that a thank-you is about.
    pub ask: Option<String>,
    /// Who writes.
    pub by: Option<String>,
    /// The last day, in words.
    pub deadline: Option<String>,
    /// A page to look at.
    pub link: Option<String>,
}

impl Placeholders {
    /// Each with its name, as a text has it in braces.
    pub fn named(&self) -> [(&'static str, Option<&str>); 7] {
        [
            ("name", self.name.as_deref()),
            ("industry", self.industry.as_deref()),
            ("prospect", Some(&self.prospect)),
            ("ask", self.ask.as_deref()),
            ("by", self.by.as_deref()),
            ("deadline", self.deadline.as_deref()),
            ("link", self.link.as_deref()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;

    #[test]
    fn there_is_a_text_for_everything_in_every_language() {
        for language in Language::ALL {
            for message in Message::all() {
                let text = message.shipped(language);
                assert!(
                    text.starts_with("Subject: "),
                    "{language} {}: {text}",
                    message.name()
                );
                assert!(text.contains("{name}"), "{language} {}", message.name());
                assert!(!text.contains("\n["), "{language} {}", message.name());
            }
        }
    }

    #[test]
    fn a_language_is_read_from_the_words_on_record() {
        for (words, language) in [
            (None, Language::English),
            (Some("German"), Language::German),
            (Some("deutsch"), Language::German),
            (Some("Français"), Language::French),
            (Some("es"), Language::Spanish),
            (Some("Klingon"), Language::English),
        ] {
            assert_eq!(Language::spoken(words), language, "{words:?}");
        }
    }

    #[test]
    fn a_day_is_said_in_each_language() {
        let said = Language::ALL.map(|language| language.day(day("2026-12-17")));
        assert_eq!(
            said,
            [
                "Thursday 17 December",
                "Donnerstag, 17. Dezember",
                "jeudi 17 décembre",
                "jueves 17 de diciembre"
            ]
        );
    }

    #[test]
    fn a_message_is_read_by_its_word() {
        assert_eq!(Message::read("ref"), Ok(Message::Ask(AskKind::Reference)));
        assert_eq!(Message::read("thanks"), Ok(Message::On(Occasion::ThankYou)));
        assert!(
            Message::read("poem")
                .unwrap_err()
                .contains("advisory-board, invite")
        );
    }
}
