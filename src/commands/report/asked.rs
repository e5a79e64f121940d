//! What a report is asked: about which period, beside which, grouped how, with or without the facts.

use chrono::NaiveDate;

use crate::domain::period::Period;
use crate::domain::present::Present;
use crate::failure::{Failure, Result};
use crate::output::{Entry, Record, Shown};

/// What a report is asked.
pub(super) struct Asked<'a> {
    /// About which periods.
    pub(super) periods: Periods,
    /// The grouping, by its name.
    pub(super) by: Option<&'a str>,
    /// Whether to list the facts behind the figures.
    pub(super) rows: bool,
    /// The day for which it answers, and the policy of that day.
    pub(super) present: &'a Present,
}

impl Asked<'_> {
    /// The record that every report begins with.
    pub(super) fn heading(&self) -> Record {
        self.periods.heading(self.present)
    }

    /// The same for a report on how things stood at the period's end.
    pub(super) fn heading_at(&self, on: NaiveDate) -> Record {
        self.heading().with("at", "As at", on)
    }

    /// Sets the figures of the period beside it next to the others, where one is asked for.
    pub(super) fn beside(&self, record: Record, figures: impl FnOnce(&Period) -> Record) -> Record {
        match &self.periods.beside {
            Some(beside) => record.with("beside", beside.name(), figures(beside)),
            None => record,
        }
    }
}

/// The period asked for, and the one to set beside it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Periods {
    /// The one that the report is about.
    pub(super) now: Period,
    /// The one beside it.
    pub(super) beside: Option<Period>,
}

impl Periods {
    /// Reads them as typed.
    ///
    /// # Errors
    /// A usage failure that says what can be typed.
    pub(super) fn read(period: &str, compare: Option<&str>, present: &Present) -> Result<Self> {
        let now = Period::parse(period, present.today).map_err(Failure::usage)?;
        let beside = match compare {
            Some(text) => Some(now.compared(text, present.today).map_err(Failure::usage)?),
            None => None,
        };
        Ok(Self { now, beside })
    }

    /// Both.
    pub(super) fn all(&self) -> Vec<Period> {
        std::iter::once(self.now).chain(self.beside).collect()
    }

    /// The record that every report begins with.
    pub(super) fn heading(&self, present: &Present) -> Record {
        let running = self.now.is_running(present.today);
        let said = match running {
            true => format!("{} (running)", self.now.name()),
            false => self.now.name(),
        };
        let (from, to) = (self.now.from(), self.now.last());
        let record = Record::new()
            .entry(Entry::new("period", "Period", said).only(Shown::Reading))
            .data("period", self.now.name())
            .data("running", running);
        // A period that is named by its days says them once.
        let record = match self.now.name() == format!("{from}..{to}") {
            true => record.data("from", from).data("to", to),
            false => record.with("from", "From", from).with("to", "To", to),
        };
        match &self.beside {
            Some(beside) => record.with("compared_with", "Beside", beside.name()),
            None => record,
        }
    }
}
