//! How the program is called in what it prints to be typed: a command that is pasted goes to the database that was
//! named on the command line.

use std::path::Path;

use super::Problem;
use super::answer::{Answer, Cell, Sheet, Value};
use super::command_line::{CommandLine, shell_word};
use super::sentence::Sentence;

/// What every printed command begins with.
const PROGRAM: &str = "advocate ";

/// The words that printed commands begin with: `advocate`, and `--db PATH` where that is how the database was named.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Invocation {
    database: Option<String>,
    option: Option<String>,
    commands: Vec<&'static str>,
}

impl Invocation {
    /// The words for a database named on the command line, if one was; `commands` are those that need it.
    pub fn new(named: Option<&Path>, commands: Vec<&'static str>) -> Self {
        let option = named.map(|path| format!("--db {} ", shell_word(&path.display().to_string())));
        let database = named.map(|path| path.display().to_string());
        Self {
            database,
            option,
            commands,
        }
    }

    /// The words for another database, as if that had been named.
    #[must_use]
    pub fn naming(&self, database: &Path) -> Self {
        Self::new(Some(database), self.commands.clone())
    }

    /// The text with the database in each of its commands. Prose about an advocate stays as it is.
    pub fn text(&self, text: &str) -> String {
        let Some(option) = &self.option else {
            return text.to_owned();
        };
        let mut said = String::new();
        let mut from = 0;
        for (at, _) in text.match_indices(PROGRAM) {
            let after = at + PROGRAM.len();
            if starts_a_word(&text[..at]) && self.is_command(&text[after..]) {
                said.push_str(&text[from..after]);
                said.push_str(option);
                from = after;
            }
        }
        said.push_str(&text[from..]);
        said
    }

    /// The problem with the database in its hint.
    #[must_use]
    pub fn problem(&self, mut problem: Problem) -> Problem {
        problem.hint = problem.hint.map(|hint| self.sentence(hint));
        problem
    }

    /// The answer with the database in what it says and in its columns of commands. Nothing else is looked at.
    #[must_use]
    pub fn answer(&self, mut answer: Answer) -> Answer {
        if self.option.is_some() {
            self.value(&mut answer.data);
        }
        answer
    }

    /// The sentence with the database in each of its commands.
    #[must_use]
    pub fn sentence(&self, sentence: Sentence) -> Sentence {
        sentence.on(self.database.as_deref(), &|words| self.text(words))
    }

    /// The command with the database.
    #[must_use]
    pub fn command(&self, command: CommandLine) -> CommandLine {
        command.on(self.database.as_deref())
    }

    fn value(&self, value: &mut Value) {
        match value {
            Value::Cell(cell) => self.cell(cell),
            Value::Record(entries) => {
                entries
                    .iter_mut()
                    .for_each(|entry| self.value(&mut entry.value));
            }
            Value::Sheet(sheet) => self.sheet(sheet),
        }
    }

    fn cell(&self, cell: &mut Cell) {
        match cell {
            Cell::Command(command) => *command = self.command(command.clone()),
            Cell::Sentence(sentence) => *sentence = self.sentence(sentence.clone()),
            _ => {}
        }
    }

    /// Puts the database into what a sheet says and into its columns of commands.
    pub(super) fn sheet(&self, sheet: &mut Sheet) {
        sheet.empty = self.sentence(std::mem::take(&mut sheet.empty));
        for sentence in &mut sheet.said {
            *sentence = self.sentence(std::mem::take(sentence));
        }
        for cell in sheet.rows.iter_mut().flatten() {
            self.cell(cell);
        }
    }

    fn is_command(&self, words: &str) -> bool {
        let end = words.find(|c: char| !(c.is_ascii_lowercase() || c == '-'));
        self.commands
            .contains(&&words[..end.unwrap_or(words.len())])
    }
}

fn starts_a_word(before: &str) -> bool {
    before
        .chars()
        .next_back()
        .is_none_or(|c| c.is_whitespace() || "(`".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(path: &str) -> Invocation {
        Invocation::new(Some(Path::new(path)), vec!["show", "do-not-contact", "tap"])
    }

    #[test]
    fn a_command_names_the_database_and_prose_does_not() {
        for (text, said) in [
            ("Next: advocate show x", "Next: advocate --db a.db show x"),
            (
                "advocate tap 1, or advocate do-not-contact 1",
                "advocate --db a.db tap 1, or advocate --db a.db do-not-contact 1",
            ),
            (
                "with `advocate tap`, then",
                "with `advocate --db a.db tap`, then",
            ),
            ("2 of them: 1 advocate is", "2 of them: 1 advocate is"),
            ("bin/advocate show x", "bin/advocate show x"),
            ("advocate --db b.db show x", "advocate --db b.db show x"),
            ("advocate taps 1", "advocate taps 1"),
        ] {
            assert_eq!(named("a.db").text(text), said);
            assert_eq!(Invocation::default().text(text), text);
        }
        let quoted = "advocate --db 'my own.db' tap 1";
        assert_eq!(named("my own.db").text("advocate tap 1"), quoted);
    }
}
