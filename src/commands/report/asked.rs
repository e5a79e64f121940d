//! What a report is asked: about which period, beside which, grouped how, with or without the facts.

use chrono::NaiveDate;

use crate::domain::period::Period;
use crate::failure::{Failure, Result};
use crate::output::{Document, Heading, Record, Sheet, Value};

/// What a report is asked.
pub(super) struct Asked<'a> {
    /// About which period, and beside which.
    pub(super) heading: Heading,
    /// The grouping, by its name.
    pub(super) by: Option<&'a str>,
    /// Whether to list the facts behind the figures.
    pub(super) facts: bool,
}

impl<'a> Asked<'a> {
    /// The period that the report is about.
    pub(super) const fn now(&self) -> &Period {
        &self.heading.period
    }

    /// A document with the figures of the period, and those of the one beside it.
    pub(super) fn document(&self, figures: impl Fn(&Period) -> Record) -> Document {
        Document {
            beside: self.heading.beside.as_ref().map(&figures),
            ..Document::new(self.heading, figures(self.now()))
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

/// The period asked for and the one to set beside it, as typed.
///
/// # Errors
/// A usage failure that says what can be typed.
pub(super) fn heading(period: &str, compare: Option<&str>, today: NaiveDate) -> Result<Heading> {
    let period = Period::parse(period, today).map_err(Failure::usage)?;
    let beside = compare.map(|text| period.compared(text, today));
    Ok(Heading {
        beside: beside.transpose().map_err(Failure::usage)?,
        running: period.is_running(today),
        same_days: false,
        period,
        at: None,
    })
}
