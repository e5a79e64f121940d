//! Short ways to build an answer, so that a command reads like what it says.

use chrono::NaiveDate;

use super::answer::{Alignment, Answer, Cell, Column, Entry, Parts, Plain, Sheet, Shown, Value};
use super::command_line::CommandLine;
use super::sentence::Sentence;
use crate::domain::calendar::Timestamp;
use crate::domain::ids;
use crate::domain::money::{Currency, Money};
use crate::domain::rate::Rate;
use crate::domain::score::Score;
use crate::domain::statistics::Summary;

impl Answer {
    /// What it is about, such as `tap 12`, where it says the number of something.
    pub fn subject(&self) -> Option<String> {
        let Value::Record(entries) = &self.data else {
            return None;
        };
        entries.iter().find_map(|entry| match entry.value {
            Value::Cell(Cell::Integer(id)) => {
                let what = entry.key.strip_suffix("_id")?;
                Some(format!("{} {id}", what.replace('_', " ")))
            }
            _ => None,
        })
    }

    /// An answer in the shape `schema` that holds for the day `as_of`.
    pub fn new(schema: &'static str, as_of: NaiveDate, data: impl Into<Value>) -> Self {
        Self {
            schema,
            as_of,
            data: data.into(),
        }
    }
}

impl Column {
    /// A column of words.
    pub fn left(key: &'static str, heading: impl Into<String>) -> Self {
        Self {
            key,
            heading: heading.into(),
            ..Self::default()
        }
    }

    /// A column of figures.
    pub fn right(key: &'static str, heading: impl Into<String>) -> Self {
        Self {
            alignment: Alignment::Right,
            ..Self::left(key, heading)
        }
    }

    /// A column of rates: three columns in CSV.
    pub fn rate(key: &'static str, heading: impl Into<String>) -> Self {
        Self {
            parts: Parts::Rate,
            ..Self::right(key, heading)
        }
    }

    /// A column of money: two columns in CSV.
    pub fn money(key: &'static str, heading: impl Into<String>) -> Self {
        Self {
            parts: Parts::Money,
            ..Self::right(key, heading)
        }
    }
}

impl Sheet {
    /// A sheet without rows.
    pub fn new(columns: Vec<Column>) -> Self {
        Self {
            columns,
            rows: Vec::new(),
            empty: "Nothing to show.".into(),
            notes: Vec::new(),
            groups: Vec::new(),
        }
    }

    /// The same sheet with what to say where there are no rows; an empty sentence says nothing, not even the title.
    #[must_use]
    pub fn empty(self, sentence: impl Into<Sentence>) -> Self {
        Self {
            empty: sentence.into(),
            ..self
        }
    }

    /// The same sheet with a further sentence for people beneath its rows.
    #[must_use]
    pub fn say(mut self, sentence: impl Into<Sentence>) -> Self {
        self.notes.push(sentence.into());
        self
    }

    /// Adds a row: one cell a column.
    pub fn push(&mut self, row: Vec<Cell>) {
        debug_assert_eq!(row.len(), self.columns.len(), "a row has one cell a column");
        self.rows.push(row);
    }
}

impl Entry {
    /// A named value that everyone sees.
    pub fn new(key: &'static str, label: impl Into<String>, value: impl Into<Value>) -> Self {
        Self {
            key,
            label: label.into(),
            value: value.into(),
            shown: Shown::Everywhere,
            called: None,
        }
    }

    /// The same entry, seen only by some.
    #[must_use]
    pub fn only(self, shown: Shown) -> Self {
        Self { shown, ..self }
    }
}

/// Builds a record, entry by entry.
#[derive(Debug, Clone, PartialEq, Default)]
#[must_use]
pub struct Record(Vec<Entry>);

impl Record {
    /// A record without entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a value that everyone sees.
    pub fn with(
        self,
        key: &'static str,
        label: impl Into<String>,
        value: impl Into<Value>,
    ) -> Self {
        self.entry(Entry::new(key, label, value))
    }

    /// Adds a value for programs.
    pub fn data(self, key: &'static str, value: impl Into<Value>) -> Self {
        self.entry(Entry::new(key, "", value).only(Shown::ToPrograms))
    }

    /// Adds a value that people see only where there is one.
    pub fn with_any(self, key: &'static str, label: &'static str, value: impl Into<Cell>) -> Self {
        match value.into() {
            Cell::Empty => self.data(key, Cell::Empty),
            Cell::List(none) if none.is_empty() => self.data(key, Cell::List(none)),
            cell => self.with(key, label, cell),
        }
    }

    /// Adds sentences for people, as many as there are.
    pub fn say_all(self, sentences: impl IntoIterator<Item = impl Into<Sentence>>) -> Self {
        sentences.into_iter().fold(self, Self::say)
    }

    /// Adds a sentence for people.
    pub fn say(self, sentence: impl Into<Sentence>) -> Self {
        self.entry(Entry::new("", "", Cell::Sentence(sentence.into())).only(Shown::ToPeople))
    }

    /// Adds an entry.
    pub fn entry(mut self, entry: Entry) -> Self {
        self.0.push(entry);
        self
    }

    /// Adds the entries of another record.
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// The entries, in order.
    pub(super) fn into_entries(self) -> Vec<Entry> {
        self.0
    }
}

impl Cell {
    /// Words: anything that can be written.
    pub fn text(words: impl ToString) -> Self {
        Cell::Text(words.to_string())
    }

    /// The value, or nothing.
    pub fn opt(value: Option<impl Into<Cell>>) -> Self {
        value.map_or(Cell::Empty, Into::into)
    }

    /// A number shown with so many digits after the point.
    pub fn decimal(value: f64, places: u8) -> Self {
        Cell::Decimal { value, places }
    }

    /// An amount in the currency's smallest unit.
    pub fn money(amount_minor: i64, currency: impl Into<String>) -> Self {
        Cell::Money {
            amount_minor,
            currency: currency.into(),
        }
    }

    /// A rate with what it is computed from.
    pub fn rate(numerator: i64, denominator: i64) -> Self {
        Cell::Rate {
            numerator,
            denominator,
        }
    }

    /// Several short texts.
    pub fn list(items: impl IntoIterator<Item = impl ToString>) -> Self {
        Cell::List(items.into_iter().map(|item| item.to_string()).collect())
    }
}

macro_rules! from {
    ($($type:ty, $value:ident => $into:ty: $built:expr;)+) => {$(
        impl From<$type> for $into {
            fn from($value: $type) -> Self {
                $built
            }
        }
    )+};
}

from! {
    &str, text => Cell: Cell::Text(text.to_owned());
    String, text => Cell: Cell::Text(text);
    &String, text => Cell: Cell::Text(text.clone());
    i64, number => Cell: Cell::Integer(number);
    i32, number => Cell: Cell::Integer(number.into());
    u32, number => Cell: Cell::Integer(number.into());
    u8, number => Cell: Cell::Integer(number.into());
    usize, number => Cell: Cell::Integer(i64::try_from(number).unwrap_or(i64::MAX));
    bool, yes => Cell: Cell::Flag(yes);
    CommandLine, command => Cell: Cell::Command(Box::new(command));
    Sentence, sentence => Cell: Cell::Sentence(sentence);
    NaiveDate, day => Cell: Cell::Day(day);
    Timestamp, at => Cell: Cell::Instant(at);
    Vec<String>, items => Cell: Cell::List(items);
    Currency, currency => Cell: Cell::Text(currency.code().to_owned());
    Money, money => Cell: Cell::money(money.amount_minor, money.currency.code());
    Sheet, sheet => Value: Value::Sheet(sheet);
    Record, record => Value: Value::Record(record.0);
    Vec<Entry>, entries => Value: Value::Record(entries);
}

macro_rules! from_ids {
    ($($id:ident)+) => {$(
        impl From<ids::$id> for Cell {
            fn from(id: ids::$id) -> Self {
                Cell::Integer(id.0)
            }
        }
    )+};
}

from_ids! {
    AccountId PersonId ResponseId TapId OperationId RequestId HoldId DealId GiveId TouchId AssetId UseId SignalId
    NominationId NoteId MergeId SourceId
}

macro_rules! from_words {
    ($($($part:ident)::+;)+) => {$(
        impl From<crate::domain::$($part)::+> for Cell {
            fn from(word: crate::domain::$($part)::+) -> Self {
                Cell::Text(word.name().to_owned())
            }
        }
    )+};
}

from_words! {
    agenda::ItemKind;
    ask::AskKind;
    ask::Effort;
    asset::AssetKind;
    asset::AssetStatus;
    deal::DealStatus;
    describing::AccountStatus;
    describing::Health;
    matching::Trait;
    nomination::Decision;
    profile::ProfileField;
    profile::Valued;
    request::Event;
    request::Status;
    request::UnfilledReason;
    signal::SignalKind;
    stage::Stage;
    tap::Outcome;
    tier::Tier;
    touch::TouchKind;
}

impl From<u64> for Cell {
    fn from(count: u64) -> Self {
        Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<Rate> for Cell {
    fn from(rate: Rate) -> Self {
        let whole = |part: u64| i64::try_from(part).unwrap_or(i64::MAX);
        Cell::rate(whole(rate.numerator), whole(rate.denominator))
    }
}

impl From<Score> for Cell {
    fn from(score: Score) -> Self {
        Cell::Integer(score.get().into())
    }
}

impl Record {
    /// What hours come to: a page says them in days.
    pub fn of_hours(summary: Summary) -> Self {
        Self::of_summary(summary, |hours| Cell::decimal(hours, 1).told(Plain::Days))
    }

    fn of_summary(summary: Summary, cell: fn(f64) -> Cell) -> Self {
        Record::new()
            .with("median", "median", summary.median.map(cell))
            .called("half within")
            .with("p90", "p90", summary.p90.map(cell))
            .called("nine of ten within")
            .with("mean", "mean", summary.mean.map(cell))
            .called("on average")
            .with("n", "n", summary.n)
            .called("cases")
    }

    /// The same record, as a page calls its last value.
    pub fn called(mut self, called: &'static str) -> Self {
        if let Some(entry) = self.0.last_mut() {
            entry.called = Some(called);
        }
        self
    }
}

impl From<Summary> for Value {
    fn from(summary: Summary) -> Self {
        Record::of_summary(summary, |value| Cell::decimal(value, 1)).into()
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        Cell::opt(value)
    }
}

impl<T: Into<Cell>> From<T> for Value {
    fn from(cell: T) -> Self {
        Value::Cell(cell.into())
    }
}
