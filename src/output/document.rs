//! A report as a document, before any format: what it is about, the figures of a period and of the one beside it, tables,
//! facts, sentences and pictures. A terminal, Markdown, JSON and CSV show it as the record that it becomes; the pack and
//! the dashboard read its parts.

use chrono::NaiveDate;

use super::answer::{Cell, Entry, Sheet, Shown, Value};
use super::build::Record;
use super::chart::Chart;
use super::figures::is_small;
use super::plain;
use super::sentence::Sentence;
use super::table::Table;
use crate::domain::period::Period;
use crate::domain::story::{Good, Verdict};

/// What a document is about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Heading {
    /// The period.
    pub period: Period,
    /// The one beside it.
    pub beside: Option<Period>,
    /// Whether that is as many days of the period before as have passed of this one.
    pub same_days: bool,
    /// Whether the period is not over yet.
    pub running: bool,
    /// The day for which the figures hold, where they say how things stood.
    pub at: Option<NaiveDate>,
}

/// A report's answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What it is about.
    pub heading: Heading,
    /// The period's figures: single values, groups of them, and tables.
    pub figures: Record,
    /// The same of the period beside.
    pub beside: Option<Record>,
    /// What is shown of the period alone, such as its rows by group.
    pub details: Record,
    /// The facts behind the figures, under their title.
    pub facts: Option<(&'static str, Sheet)>,
    /// Sentences at the end.
    pub notes: Vec<Sentence>,
    /// Sentences about what can be typed, which are not for a pack.
    pub typed: Vec<Sentence>,
    /// The pictures, for the pack.
    pub charts: Vec<Chart>,
}

/// The key of the facts, in JSON and in the names of files.
pub(super) const FACTS: &str = "rows";

/// A figure that is followed from period to period.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The snake_case key, the same in every period.
    pub key: String,
    /// What it is.
    pub label: String,
    /// Its value in the period.
    pub value: Cell,
    /// What is wrong with it, where a threshold is crossed.
    pub mark: Option<String>,
    /// Whether it is shown large: one of the few figures that an executive asks for.
    pub leads: bool,
    /// What a page calls it, where that is not its label.
    pub called: Option<&'static str>,
    /// Which way it is good.
    pub good: Good,
    /// What it counts, such as `requests`.
    pub noun: &'static str,
}

/// A figure beside the one of another period.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// The period's.
    pub figure: Figure,
    /// The value in the other period.
    pub before: Cell,
    /// The way there: the values of all periods, oldest first.
    pub trend: Vec<Option<f64>>,
}

impl Heading {
    /// The names of the period and of the one beside it.
    pub fn names(&self) -> (String, String) {
        let beside = self.beside.as_ref().map(|beside| match self.same_days {
            true => format!("{}, same days", self.period.previous().name()),
            false => beside.name(),
        });
        (self.period.name(), beside.unwrap_or_default())
    }

    fn record(&self) -> Record {
        let (name, beside) = self.names();
        let said = match self.running {
            true => format!("{name} (running)"),
            false => name.clone(),
        };
        let (from, to) = (self.period.from(), self.period.last());
        // A period that is named by its days says them once.
        let days = match name == format!("{from}..{to}") {
            true => Shown::ToPrograms,
            false => Shown::Everywhere,
        };
        let mut record = Record::new()
            .entry(Entry::new("period", "Period", said).only(Shown::ToPeople))
            .data("period", name)
            .data("running", self.running)
            .entry(Entry::new("from", "From", from).only(days))
            .entry(Entry::new("to", "To", to).only(days));
        if self.beside.is_some() {
            record = record.with("compared_with", "Beside", beside);
        }
        match self.at {
            Some(at) => record.with("at", "As at", at),
            None => record,
        }
    }
}

impl Document {
    /// A document without anything but figures.
    pub fn new(heading: Heading, figures: Record) -> Self {
        Self {
            heading,
            figures,
            beside: None,
            details: Record::new(),
            facts: None,
            notes: Vec::new(),
            typed: Vec::new(),
            charts: Vec::new(),
        }
    }
}

impl From<Document> for Value {
    fn from(document: Document) -> Self {
        let (_, beside) = document.heading.names();
        let mut record = document.heading.record().and(document.figures);
        if let Some(figures) = document.beside {
            record = record.with("beside", beside, figures);
        }
        record = record.and(document.details);
        if let Some((title, facts)) = document.facts {
            record = record.with(FACTS, title, facts);
        }
        let notes = document.notes.into_iter().chain(document.typed);
        notes.fold(record, Record::say).into()
    }
}

impl Figure {
    /// A figure with nothing special about it.
    pub fn new(key: impl Into<String>, label: impl Into<String>, value: impl Into<Cell>) -> Self {
        Self {
            key: key.into(),
            label: label.into(),
            value: value.into(),
            mark: None,
            leads: false,
            called: None,
            good: Good::Neither,
            noun: "",
        }
    }

    /// The same figure, of which more is better.
    #[must_use]
    pub fn more_is_better(self) -> Self {
        Self {
            good: Good::More,
            ..self
        }
    }

    /// The same figure, of which less is better.
    #[must_use]
    pub fn less_is_better(self) -> Self {
        Self {
            good: Good::Less,
            ..self
        }
    }

    /// The same figure, as a page calls it.
    #[must_use]
    pub fn called(self, called: &'static str) -> Self {
        Self {
            called: Some(called),
            ..self
        }
    }

    /// The same figure with what it counts.
    #[must_use]
    pub fn counting(self, noun: &'static str) -> Self {
        Self { noun, ..self }
    }

    /// What a page calls it.
    pub fn name(&self) -> &str {
        self.called.unwrap_or(&self.label)
    }

    /// The same figure, shown large.
    #[must_use]
    pub fn leading(self) -> Self {
        Self {
            leads: true,
            ..self
        }
    }

    /// The same figure with what is wrong with it, if it is.
    #[must_use]
    pub fn marked(self, wrong: bool, mark: impl Into<String>) -> Self {
        Self {
            mark: wrong.then(|| mark.into()),
            ..self
        }
    }
}

impl Compared {
    /// Whether it has become better, where that can be said.
    pub fn verdict(&self) -> Option<Verdict> {
        let few = |cell: &Cell| matches!(cell.bare(), Cell::Rate { denominator, .. } if is_small(*denominator));
        let few = few(&self.figure.value) || few(&self.before);
        let by = plain::difference(&self.figure.value, &self.before);
        Verdict::of(by, self.figure.good, few)
    }

    /// Whether there is nothing in it, now, before, or on the way.
    pub(super) fn is_blank(&self) -> bool {
        let nothing = |value: Option<f64>| value.is_none_or(|value| value == 0.0);
        let now = nothing(self.figure.value.number()) && nothing(self.before.number());
        now && self.trend.iter().all(|value| nothing(*value))
    }

    /// The value in words; nothing counted is said with what would be.
    pub fn said(&self) -> String {
        match (self.figure.value.bare(), self.figure.noun) {
            (Cell::Rate { denominator: 0, .. }, noun) if !noun.is_empty() => {
                format!("no {noun} yet")
            }
            _ => plain::brief(&self.figure.value),
        }
    }

    /// What it has become since the other period, in words.
    pub fn changed(&self) -> String {
        plain::change(self.figure.value.bare(), self.before.bare())
    }

    /// What it has become since the other period.
    pub(super) fn change(&self) -> Cell {
        let pair = (self.figure.value.clone(), self.before.clone());
        Cell::Change(Box::new(pair))
    }

    /// Several of them as a table: the period, the one beside it, and the change.
    pub(super) fn table<'a>(all: &'a [Compared], heading: &Heading) -> Table<'a, Compared> {
        let (now, before) = heading.names();
        Table::of(all)
            .data("figure", |one| &one.figure.key)
            .reading("Figure", |one| one.figure.name())
            .right("now", now, |one| one.figure.value.clone())
            .right("before", before, |one| one.before.clone())
            .reading("Change", Compared::change)
            .figures()
    }
}
