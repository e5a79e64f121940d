//! What a report is: its entry in the registry, and what it tells once its facts are loaded.

use super::asked::Asked;
use super::groups::Groupings;
use super::source::Source;
use crate::domain::decisions::Findings;
use crate::domain::period::Period;
use crate::failure::Result;
use crate::output::{Chart, Document, Figure};

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

/// Facts that are loaded, and give figures for any period.
pub(super) trait Followed {
    /// The figures that are followed from period to period: the same keys for every period.
    fn figures(&self, period: &Period) -> Vec<Figure>;

    /// Adds what it knows to what may need a decision.
    fn find(&self, _period: &Period, _found: &mut Findings) {}
}

/// A report whose facts are loaded.
pub(super) trait Report: Followed {
    /// What `report NAME` shows, but for the pictures.
    fn document(&self, asked: &Asked<'_>) -> Document;

    /// The pictures of it; `periods` run from the oldest to the one that is asked about.
    fn charts(&self, periods: &[Period]) -> Vec<Chart>;
}
