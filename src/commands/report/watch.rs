//! What is watched beside the reports: scores that fall, and profiles that nobody checks.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use super::follow::Followed;
use super::people::Program;
use crate::domain::calendar::{Timestamp, months_before};
use crate::domain::decisions::{Case, Findings};
use crate::domain::period::Period;
use crate::domain::rate::Rate;
use crate::failure::Result;
use crate::output::Figure;
use crate::store::FallRow;

/// Falls into a lower group by day and person, and the profiles that are stale today.
pub(super) struct Watch {
    falls: Vec<(NaiveDate, FallRow)>,
    /// Everybody's name and owner, by address.
    people: HashMap<String, Known>,
    stale: Rate,
    today: NaiveDate,
}

/// Somebody's name, where it is known, and who looks after them.
type Known = (Option<String>, Option<String>);

impl Watch {
    /// Reads its facts.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn load(program: &Program<'_>) -> Result<Self> {
        let (tx, present) = (program.tx, program.present);
        let fell = |row: FallRow| {
            let lower = row.to.group() < row.from.group();
            lower.then(|| (present.day(row.at), row))
        };
        let since = months_before(present.today, present.policy.verify_months);
        let verified = tx.verified()?;
        let is_stale = |at: &&Option<Timestamp>| at.is_none_or(|at| present.day(at) <= since);
        let stale = verified.iter().filter(is_stale).count();
        let cards = program.cards()?;
        let known = cards.values();
        let known = known.map(|card| (card.email.clone(), (card.name.clone(), card.owner.clone())));
        Ok(Self {
            people: known.collect(),
            falls: tx.falls()?.into_iter().filter_map(fell).collect(),
            stale: Rate::new(stale as u64, verified.len() as u64),
            today: present.today,
        })
    }

    /// Whose score fell in the period, each once with their deepest fall, the deepest of all first.
    fn fallen(&self, period: &Period) -> Vec<Case> {
        let mut falls: Vec<&FallRow> = self
            .falls
            .iter()
            .filter(|(day, _)| period.contains(*day))
            .map(|(_, row)| row)
            .collect();
        falls.sort_by_key(|row| (row.to, Reverse(row.from), &row.email));
        let mut seen = BTreeSet::new();
        falls.retain(|row| seen.insert(&row.email));
        let case = |row: &&FallRow| {
            let (name, owner) = self.people.get(&row.email).cloned().unwrap_or_default();
            Case {
                who: row.email.clone(),
                name: name.unwrap_or_else(|| row.email.clone()),
                owner,
                what: format!("from {} to {}", row.from.get(), row.to.get()),
            }
        };
        falls.iter().map(case).collect()
    }
}

impl Followed for Watch {
    fn figures(&self, period: &Period) -> Vec<Figure> {
        let fallen = self.fallen(period).len() as u64;
        let mut figures = vec![
            Figure::new("score_drops", "Advocates whose score fell", fallen)
                .marked(fallen > 0, "talk to them")
                .less_is_better(),
        ];
        // How a profile stood on an earlier day is not known here: stale ones are those of today.
        if period.until() > self.today {
            let stale = self.stale.numerator > 0;
            let figure = Figure::new("stale_profiles", "Stale profiles", self.stale);
            figures.push(figure.marked(stale, "verify them").less_is_better());
        }
        figures
    }

    fn find(&self, period: &Period, found: &mut Findings) {
        found.score_drops = self.fallen(period);
        if period.until() > self.today {
            found.stale_profiles = self.stale;
        }
    }
}
