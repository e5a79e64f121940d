//! Everyone about whom something was decided, with what the histories of everybody say of them.
#![allow(
    clippy::indexing_slicing,
    reason = "the places are those of the people that were loaded"
)]

use super::Gathering;
use super::person::add_moment;
use crate::domain::matching::Person;
use crate::domain::present::Present;
use crate::store::histories::Everybody;
use crate::store::{Result, Scope};

impl Everybody<'_> {
    /// The facts of everyone about whom something was decided, by ascending id.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn decided(&self, present: &Present) -> Result<Vec<Person>> {
        let (policy, today, scope) = (&present.policy, present.today, Scope::Decided);
        let gathering = Gathering::of(self.tx, &scope, policy, today, today)?;
        let known = self.known.map(|known| (self, known));
        Gathering { known, ..gathering }.people(&scope, today)
    }
}

impl Gathering<'_> {
    /// Moments of theirs and of their accounts, from the histories.
    pub(super) fn read_moments_of(&mut self, everybody: &Everybody<'_>) -> Result<()> {
        let (rules, year_ago) = (self.policy.moments(), self.year_ago);
        everybody.each_moment(|source, person, moment| {
            if !source.is_read()
                && let Some(place) = self.place(person)
                && let Some(on) = rules.day(moment)
            {
                add_moment(&mut self.people[place], on, moment.own, year_ago);
            }
        })
    }
}
