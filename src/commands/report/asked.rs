//! What a report is asked: about which period, beside which, grouped how, with or without the facts.

use chrono::NaiveDate;

use crate::domain::period::Period;
use crate::domain::present::Present;
use crate::failure::{Failure, Result};
use crate::output::{Document, Heading, Record, Sheet, Value};

/// What a report is asked.
pub(super) struct Asked<'a> {
    /// About which periods.
    pub(super) periods: Periods,
    /// The grouping, by its name.
    pub(super) by: Option<&'a str>,
    /// Whether to list the facts behind the figures.
    pub(super) facts: bool,
    /// Whether the report says how things stood at the period's end.
    pub(super) at_end: bool,
    /// The day for which it answers.
    pub(super) today: NaiveDate,
}

impl<'a> Asked<'a> {
    /// A document with the figures of the period, and those of the one beside it.
    pub(super) fn document(&self, figures: impl Fn(&Period) -> Record) -> Document {
        let now = self.periods.now;
        let heading = Heading {
            at: self.at_end.then(|| now.last().min(self.today)),
            ..self.periods.heading(self.today)
        };
        Document {
            beside: self.periods.beside.as_ref().map(&figures),
            ..Document::new(heading, figures(&now))
        }
    }

    /// The grouping asked for, out of those that a report offers.
    pub(super) fn grouping<T: Copy>(&self, offered: &[(&'a str, T)]) -> Option<(&'a str, T)> {
        let by = self.by?;
        offered.iter().find(|(name, _)| *name == by).copied()
    }

    /// The table of groups, where a grouping is asked for.
    pub(super) fn groups<T: Copy, V: Into<Value>>(
        &self,
        offered: &[(&'a str, T)],
        groups: impl FnOnce(T) -> V,
    ) -> Record {
        match self.grouping(offered) {
            Some((name, by)) => titled(name, groups(by)),
            None => Record::new(),
        }
    }

    /// The facts under their title, where they are asked for.
    pub(super) fn facts(
        &self,
        title: &'static str,
        facts: impl FnOnce() -> Sheet,
    ) -> Option<(&'static str, Sheet)> {
        self.facts.then(|| (title, facts()))
    }
}

/// The table of groups by the name of the grouping.
pub(super) fn titled(name: &str, groups: impl Into<Value>) -> Record {
    Record::new().with("groups", format!("By {name}"), groups)
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
        let beside = compare.map(|text| now.compared(text, present.today));
        let beside = beside.transpose().map_err(Failure::usage)?;
        Ok(Self { now, beside })
    }

    /// Both.
    pub(super) fn all(&self) -> Vec<Period> {
        std::iter::once(self.now).chain(self.beside).collect()
    }

    /// What a document about them begins with.
    pub(super) fn heading(&self, today: NaiveDate) -> Heading {
        Heading {
            period: self.now,
            beside: self.beside,
            running: self.now.is_running(today),
            at: None,
        }
    }
}
