//! How the program is called in what it prints to be typed: a command that is pasted goes to the database that was
//! named on the command line.

use std::path::{Path, PathBuf};

use super::Problem;
use super::answer::{Answer, Cell, Sheet, Value};
use super::command_line::CommandLine;
use super::sentence::Sentence;

/// How the program was called: the database named with `--db`, where one was, which printed commands name as well.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Invocation {
    database: Option<PathBuf>,
}

impl Invocation {
    /// With this database named on the command line, or with none.
    pub const fn new(database: Option<PathBuf>) -> Self {
        Self { database }
    }

    /// The database that was named on the command line.
    pub fn database(&self) -> Option<&Path> {
        self.database.as_deref()
    }

    /// The problem with the database in its hint.
    #[must_use]
    pub fn problem(&self, mut problem: Problem) -> Problem {
        problem.hint = problem.hint.map(|hint| self.sentence(hint));
        problem
    }

    /// The answer with the database in what it says and in its columns of commands.
    #[must_use]
    pub fn answer(&self, mut answer: Answer) -> Answer {
        if self.database.is_some() {
            self.value(&mut answer.data);
        }
        answer
    }

    /// The sentence with the database in each of its commands.
    #[must_use]
    pub fn sentence(&self, sentence: Sentence) -> Sentence {
        sentence.on(self.database())
    }

    /// The command with the database.
    #[must_use]
    pub fn command(&self, command: CommandLine) -> CommandLine {
        command.on(self.database())
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
            Cell::Command(command) => **command = self.command((**command).clone()),
            Cell::Sentence(sentence) => *sentence = self.sentence(sentence.clone()),
            _ => {}
        }
    }

    /// Puts the database into what a sheet says and into its columns of commands.
    pub(super) fn sheet(&self, sheet: &mut Sheet) {
        sheet.empty = self.sentence(std::mem::take(&mut sheet.empty));
        for sentence in &mut sheet.notes {
            *sentence = self.sentence(std::mem::take(sentence));
        }
        for cell in sheet.rows.iter_mut().flatten() {
            self.cell(cell);
        }
    }
}
