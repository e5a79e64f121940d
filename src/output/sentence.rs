//! What the program says to a person: words, and commands to be typed among them.

use std::path::Path;

use super::command_line::CommandLine;
use super::text::visible;

/// Words and commands, in the order in which they are read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sentence(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Words(String),
    Command(CommandLine),
}

impl Sentence {
    /// The same with more behind it.
    #[must_use]
    pub fn then(mut self, more: impl Into<Sentence>) -> Self {
        for part in more.into().0 {
            match (self.0.last_mut(), part) {
                // Words that follow words are one piece of a line.
                (Some(Part::Words(before)), Part::Words(words)) => before.push_str(&words),
                (_, part) => self.0.push(part),
            }
        }
        self
    }

    /// The same for the database that was named on the command line, where one was.
    #[must_use]
    pub fn on(self, database: Option<&Path>) -> Self {
        let on = |part| match part {
            Part::Command(command) => Part::Command(command.on(database)),
            Part::Words(words) => Part::Words(words),
        };
        Self(self.0.into_iter().map(on).collect())
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0
            .iter()
            .all(|part| matches!(part, Part::Words(words) if words.is_empty()))
    }

    /// The whole sentence on one line, with nothing in it that steers a terminal.
    pub fn text(&self) -> String {
        self.0.iter().map(Part::text).collect()
    }

    /// Its words and its commands, each apart; the comma between two of them is left out.
    pub(super) fn pieces(&self) -> Vec<Piece> {
        let piece = |part: &Part| match part {
            Part::Words(words) => {
                let words = visible(words);
                let words = words.trim().trim_start_matches(", ");
                (!words.is_empty()).then(|| Piece::Words(words.to_owned()))
            }
            Part::Command(command) => Some(Piece::Command(command.typed())),
        };
        self.0.iter().filter_map(piece).collect()
    }
}

/// What a sentence is made of, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Words, which may be broken over lines.
    Words(String),
    /// A command, which may not: it could not be pasted.
    Command(String),
}

impl Part {
    fn text(&self) -> String {
        match self {
            Part::Words(words) => visible(words),
            Part::Command(command) => command.typed(),
        }
    }
}

impl From<String> for Sentence {
    fn from(words: String) -> Self {
        Self(vec![Part::Words(words)])
    }
}

impl From<&str> for Sentence {
    fn from(words: &str) -> Self {
        Self::from(words.to_owned())
    }
}

impl From<CommandLine> for Sentence {
    fn from(command: CommandLine) -> Self {
        Self(vec![Part::Command(command)])
    }
}
