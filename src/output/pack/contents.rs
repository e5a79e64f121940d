//! What a pack holds, before any format.

use chrono::NaiveDate;

use super::section::Section;
use crate::domain::decisions::Case;
use crate::output::answer::{Cell, Sheet};
use crate::output::document::{Compared, Heading};
use crate::output::{CommandLine, Invocation};

/// A review's figures, pictures and advice, before any format.
#[derive(Debug, Clone, PartialEq)]
pub struct Pack {
    /// The day for which it holds.
    pub as_of: NaiveDate,
    /// What it is about.
    pub heading: Heading,
    /// The figures that lead, one a line.
    pub headlines: Vec<Compared>,
    /// What needs a decision, most urgent first.
    pub decisions: Vec<Advice>,
    /// The reports.
    pub sections: Vec<Section>,
    /// Whether it names nobody.
    pub anonymous: bool,
}

/// What needs a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// What is wrong, in a sentence.
    pub title: String,
    /// The figures that show it.
    pub evidence: Vec<String>,
    /// Whom it concerns.
    pub people: Vec<Case>,
    /// What to type to begin with it.
    pub next: Option<CommandLine>,
}

impl Advice {
    /// Advice about nobody in particular.
    pub fn new(title: impl Into<String>, evidence: Vec<String>, next: CommandLine) -> Self {
        Self {
            title: title.into(),
            evidence,
            people: Vec::new(),
            next: Some(next),
        }
    }

    /// What shows it, and whom it concerns, a line each.
    pub(super) fn facts(&self) -> impl Iterator<Item = String> {
        let people = self.people.iter();
        let people = people.map(|case| format!("{}: {}", case.who, case.what));
        self.evidence.iter().cloned().chain(people)
    }
}

impl Pack {
    /// The same pack, with the database in the commands that it prints.
    #[must_use]
    pub fn called_by(mut self, invocation: &Invocation) -> Self {
        for advice in &mut self.decisions {
            advice.next = advice.next.take().map(|next| invocation.command(next));
        }
        for section in &mut self.sections {
            for note in &mut section.notes {
                *note = invocation.sentence(std::mem::take(note));
            }
            for table in section.tables.iter_mut().chain(&mut section.facts) {
                invocation.sheet(&mut table.sheet);
            }
        }
        self
    }

    /// What it is, such as `Customer advocacy, 2026-Q4`.
    pub(super) fn title(&self) -> String {
        format!("Customer advocacy, {}", self.heading.period.name())
    }

    /// The sentence beneath the title.
    pub(super) fn subtitle(&self) -> String {
        let (period, beside) = self.heading.names();
        let running = match self.heading.running {
            true => ", which is still running",
            false => "",
        };
        format!("{period}{running}, beside {beside}. As of {}.", self.as_of)
    }

    /// The figures that lead, as a table.
    pub(super) fn headline_sheet(&self) -> Sheet {
        Compared::table(&self.headlines, &self.heading)
            .left("trend", "Trend", |one| Cell::Trend(one.trend.clone()))
            .left("mark", "Mark", |one| one.figure.mark.as_ref())
            .empty("There are no figures yet.")
    }
}
