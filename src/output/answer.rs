//! The neutral value that every command builds and every format renders.

use chrono::NaiveDate;

use super::command_line::CommandLine;
use super::layout::Importance;
use super::sentence::Sentence;
use crate::domain::calendar::Timestamp;

/// What a command answers: a schema name, the day it speaks of, and the data.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Name and version of the JSON shape, such as `match/1`.
    pub schema: &'static str,
    /// The day for which the answer holds.
    pub as_of: NaiveDate,
    /// The data: a list (JSON array) or a record (JSON object).
    pub data: Value,
}

/// One value: a cell, a record of named values, or a sheet of rows.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A single typed cell.
    Cell(Cell),
    /// Named values, in order. JSON: an object. Table: a line each; sheets as titled tables beneath.
    Record(Vec<Entry>),
    /// Rows under typed columns. JSON: an array of objects.
    Sheet(Sheet),
}

/// Who sees an entry or a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    /// Both people (table, Markdown) and programs (CSV, JSON).
    #[default]
    Everywhere,
    /// Programs only: JSON and CSV.
    ToPrograms,
    /// People only: table and Markdown.
    ToPeople,
    /// JSON only: what stands beside the rows that CSV holds.
    InJson,
}

impl Shown {
    /// Whether people see it.
    pub(super) const fn is_for_people(self) -> bool {
        matches!(self, Self::Everywhere | Self::ToPeople)
    }

    /// Whether CSV holds it.
    pub(super) const fn is_in_csv(self) -> bool {
        matches!(self, Self::Everywhere | Self::ToPrograms)
    }
}

/// For whom a table is made, where that is known beforehand: what they do not see need not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reader {
    /// Nobody knows yet.
    #[default]
    Anybody,
    /// Whoever reads it on a terminal or a page.
    People,
    /// A spreadsheet.
    Csv,
    /// A program.
    Json,
}

impl Reader {
    /// Whether they see what is shown to some.
    pub(super) fn sees(self, shown: Shown) -> bool {
        match self {
            Self::Anybody => true,
            Self::People => shown.is_for_people(),
            Self::Csv => shown.is_in_csv(),
            Self::Json => shown != Shown::ToPeople,
        }
    }
}

/// A named value in a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The snake_case key of JSON and CSV.
    pub key: &'static str,
    /// The words that a person reads; empty for a value that stands alone, such as a sentence.
    pub label: String,
    /// The value.
    pub value: Value,
    /// Who sees it.
    pub shown: Shown,
    /// What a page calls it, where that is not its label.
    pub called: Option<&'static str>,
}

/// Rows under typed columns.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// The rows; each has one cell a column.
    pub rows: Vec<Vec<Cell>>,
    /// What to say to a person where there are no rows.
    pub empty: Sentence,
    /// Sentences for people, beneath the rows.
    pub notes: Vec<Sentence>,
    /// On a terminal, the title under which each row stands; none where they stand together. The rows of a title are
    /// shown together, the titles in their own order.
    pub groups: Vec<Group>,
}

/// A title over several rows, on a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// The place of the title among the others.
    pub place: u8,
    /// The title.
    pub title: &'static str,
}

/// What a cell means to whoever reads it: a colour, where there are colours. The words alone say it as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Plain,
    /// Overdue, or worse than it should be.
    Bad,
    /// Due.
    Due,
    /// Free, or as it should be.
    Good,
}

/// A column of a sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Column {
    /// The snake_case key of JSON and CSV.
    pub key: &'static str,
    /// The heading that a person reads.
    pub heading: String,
    /// Which side the cells lean to.
    pub alignment: Alignment,
    /// Who sees it.
    pub shown: Shown,
    /// What its cells are made of, so that the CSV header is the same whatever the rows hold.
    pub parts: Parts,
    /// Whom its cells name, so that they can be made nameless.
    pub names: Names,
    /// What a page calls it, where that is not its heading.
    pub called: Option<&'static str>,
    /// How much it is missed where a terminal has no room for it.
    pub importance: Importance,
    /// What a terminal does with words that are wider than it.
    pub flow: Flow,
    /// What each cell means; none where nothing does.
    pub tones: Vec<Tone>,
}

/// Whom the texts of a column name. What leaves the house nameless (`report qbr --anonymous`) shows a role for a person
/// and an industry for an account, and leaves the rest out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Names {
    /// Nobody: figures, dates, words of the program.
    #[default]
    Nobody,
    /// People, by their e-mail address.
    People,
    /// Accounts, by their name.
    Accounts,
    /// Anything else that tells who is meant: colleagues, deals, titles, addresses, comments, notes.
    Others,
}

/// What the cells of a column are made of: CSV gives each part a column of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Parts {
    /// One value.
    #[default]
    One,
    /// A numerator, a denominator and a value.
    Rate,
    /// An amount and a currency.
    Money,
}

/// What becomes of words that are wider than their column on a terminal. Figures and dates always stay whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Flow {
    /// They go on in a next line.
    #[default]
    Wraps,
    /// They are names, and end in `…`.
    IsCut,
    /// They stay whole: the column is never narrower.
    Whole,
}

/// Which side cells lean to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Alignment {
    /// Words.
    #[default]
    Left,
    /// Figures.
    Right,
}

/// One typed value.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing: JSON null, an empty cell.
    Empty,
    /// Words, possibly from outside.
    Text(String),
    /// A command to be typed. Few cells are, and all would be as large.
    Command(Box<CommandLine>),
    /// What the program says, perhaps with commands in it.
    Sentence(Sentence),
    /// A whole number.
    Integer(i64),
    /// A number shown with so many decimal places; JSON carries it rounded to them.
    Decimal {
        /// The number, unrounded.
        value: f64,
        /// Digits after the point.
        places: u8,
    },
    /// Yes or no; JSON true or false.
    Flag(bool),
    /// A civil date.
    Day(NaiveDate),
    /// An instant.
    Instant(Timestamp),
    /// Several short texts; JSON an array.
    List(Vec<String>),
    /// Several whole numbers; JSON an array of numbers.
    Numbers(Vec<i64>),
    /// Money in minor units with its ISO 4217 code.
    Money {
        /// Amount in the currency's smallest unit.
        amount_minor: i64,
        /// Three capital letters.
        currency: String,
    },
    /// A rate with what it was computed from (`docs/metrics.md`).
    Rate {
        /// The part.
        numerator: i64,
        /// The whole; zero means that there is no value.
        denominator: i64,
    },
    /// How a figure went from period to period, oldest first; gaps where it had no value. JSON an array of numbers.
    Trend(Vec<Option<f64>>),
    /// A cell that a page says otherwise than a terminal and programs do.
    Told(Box<(Cell, Plain)>),
    /// What a figure has become: its value, and the one before. For people only.
    Change(Box<(Cell, Cell)>),
}

/// How a page says a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plain {
    /// A number of hours as days.
    Days,
    /// A rate as so many to one.
    PerOne,
    /// In these words.
    Words(String),
}

impl Cell {
    /// The same cell, said otherwise on a page.
    #[must_use]
    pub fn told(self, plain: Plain) -> Self {
        Cell::Told(Box::new((self, plain)))
    }

    /// The cell as everything but a page knows it.
    pub(super) fn bare(&self) -> &Self {
        match self {
            Cell::Told(told) => told.0.bare(),
            cell => cell,
        }
    }
}

impl Cell {
    /// Whether it is words, which may go on in a next line; figures and dates may not.
    pub(super) fn is_words(&self) -> bool {
        matches!(
            self.bare(),
            Self::Text(_) | Self::List(_) | Self::Sentence(_)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_no_larger_than_it_has_to_be() {
        // A long list has hundreds of thousands.
        assert!(size_of::<Cell>() <= 32, "{}", size_of::<Cell>());
    }
}
