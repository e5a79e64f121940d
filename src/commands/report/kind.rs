//! What a report is: its entry in the registry, and what it tells once its facts are loaded.

use chrono::NaiveDate;

use super::asked::Asked;
use super::follow::{Followed, Way};
use super::groups::Groupings;
use super::source::Source;
use crate::domain::period::Period;
use crate::failure::Result;
use crate::output::{Chart, Document, Heading};

/// Reads the facts of a report for some periods.
type Load = fn(&Source, &[Period]) -> Result<Box<dyn Report>>;

/// A report: what it is, and how its facts are loaded.
#[derive(Debug)]
pub struct Kind {
    /// Its name on the command line and in the names of its files.
    pub(super) name: &'static str,
    /// Its title, short enough for the tab of a worksheet.
    pub(super) title: &'static str,
    /// The question that it answers, which is also its help.
    pub(super) question: &'static str,
    /// The schema of its JSON.
    pub(super) schema: &'static str,
    /// What `--by` takes.
    pub(super) by: Groupings,
    /// How the pack groups it.
    pub(super) pack_by: Option<&'static str>,
    /// Whether it says how things stood at the period's end, rather than what began in the period.
    pub(super) at_end: bool,
    /// Reads its facts, for these periods.
    pub(super) load: Load,
}

impl Kind {
    /// What is done while it is made, in words.
    pub(super) fn doing(&self) -> String {
        format!("working out the report {}", self.name)
    }

    /// What it is asked about a period.
    pub(super) fn asked<'a>(
        &self,
        heading: Heading,
        by: Option<&'a str>,
        facts: bool,
        today: NaiveDate,
    ) -> Asked<'a> {
        let at = || heading.period.last().min(today);
        let heading = Heading {
            at: self.at_end.then(at),
            ..heading
        };
        Asked { heading, by, facts }
    }
}

/// A report whose facts are loaded.
pub(super) trait Report: Followed {
    /// What `report NAME` shows, but for the pictures.
    fn document(&self, asked: &Asked<'_>) -> Document;

    /// The pictures of it.
    fn charts(&self, way: &Way) -> Vec<Chart>;
}
